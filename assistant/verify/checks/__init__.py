"""What a reviewer looks for besides the numbers, one file per family. A check takes a `Reading` and gives findings.

Of the text alone: residue, praise (what a sentence contradicts by itself), compared, and the report against itself (SELF_CHECKS).
Against a case (`of_case`): years, dates, grades, outcomes of targets, own_unit; of a whole report also closure, problems, references,
targets.
"""

from assistant.verify.checks.compared import compared
from assistant.verify.checks.praise import praise
from assistant.verify.checks.residue import residue
from assistant.verify.itself import SELF_CHECKS
from assistant.verify.reading.reading import Reading

TONE_CHECKS = (praise, compared)
TEXT_CHECKS = (residue, *TONE_CHECKS, *SELF_CHECKS)

__all__ = ["SELF_CHECKS", "TEXT_CHECKS", "TONE_CHECKS", "Reading", "residue"]
