"""What a reviewer looks for besides the numbers, one file per family. A check takes a `Reading` and gives findings.

Of the text alone: residue, praise (what a sentence contradicts by itself), compared, and the report against itself (SELF_CHECKS). Against a case: years, grades, outcomes, own_unit, and the same two.
Of a whole report of a case: closure, problems, references, targets.
"""

from assistant.verify.checks.closure import closure
from assistant.verify.checks.compared import compared
from assistant.verify.checks.grades import grades
from assistant.verify.checks.own_unit import own_unit
from assistant.verify.checks.praise import praise
from assistant.verify.checks.problems import problems
from assistant.verify.checks.reading import Reading
from assistant.verify.checks.references import references
from assistant.verify.checks.residue import residue
from assistant.verify.checks.targets import outcomes, targets
from assistant.verify.checks.years import years
from assistant.verify.itself import SELF_CHECKS

TONE_CHECKS = (praise, compared)
TEXT_CHECKS = (residue, *TONE_CHECKS, *SELF_CHECKS)
CASE_CHECKS = (years, grades, outcomes, own_unit)
WHOLE_CHECKS = (closure, problems, references, targets)

__all__ = ["CASE_CHECKS", "SELF_CHECKS", "TEXT_CHECKS", "TONE_CHECKS", "WHOLE_CHECKS", "Reading"]
