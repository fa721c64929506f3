"""What a model's text may not say: each sentence of a point is held against the point's own statements.

judge    every fault of the sentences written for a point; the families stand in `FAMILIES`, each a pure function
told     which statements each sentence tells
"""

from assistant.guard.fault import WHOLE, Fault, Ground
from assistant.guard.judge import FAMILIES, judge, told

__all__ = ["FAMILIES", "WHOLE", "Fault", "Ground", "judge", "told"]
