"""What a model's text may not say: each sentence of a point is held against the point's own statements.

judge    every fault of the sentences written for a point; the families stand in `FAMILIES`, each a pure function
told     which statements each sentence tells
untold   which statements they leave out
"""

from assistant.guard.fault import WHOLE, Fault, Ground
from assistant.guard.judge import FAMILIES, judge, told, untold

__all__ = ["FAMILIES", "WHOLE", "Fault", "Ground", "judge", "told", "untold"]
