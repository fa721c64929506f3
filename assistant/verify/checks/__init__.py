"""What a reviewer looks for besides the numbers, one file per family. A check takes a `Reading` and gives findings.

Of the text alone: residue, praise (what a sentence contradicts by itself), compared, and the report against itself (SELF_CHECKS). Against a case: years, grades, outcomes, own_unit, and the same two.
Of a whole report of a case: closure, problems, references, targets. Those that need a case are in `of_case`.
"""

from assistant.verify.checks.compared import compared
from assistant.verify.checks.praise import praise
from assistant.verify.checks.residue import residue
from assistant.verify.itself import SELF_CHECKS
from assistant.verify.reading.reading import Reading

TONE_CHECKS = (praise, compared)
TEXT_CHECKS = (residue, *TONE_CHECKS, *SELF_CHECKS)

__all__ = ["SELF_CHECKS", "TEXT_CHECKS", "TONE_CHECKS", "Reading", "residue"]
