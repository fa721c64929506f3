"""What a reviewer looks for besides the numbers, one file per family. A check takes the text, and the scorecard if there is one."""

from assistant.verify.checks.closure import closure
from assistant.verify.checks.residue import residue
from assistant.verify.checks.years import years

TEXT_CHECKS = (residue,)
CASE_CHECKS = (years,)
WHOLE_CHECKS = (closure,)

__all__ = ["CASE_CHECKS", "TEXT_CHECKS", "WHOLE_CHECKS"]
