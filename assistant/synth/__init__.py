"""A made-up bureau: consistent cases over all frameworks, with materials, and a known share of planted faults with their key.

words   the vocabulary (knowledge_base/synth.yaml) and the dice: one seed, the same bytes
made    a case before it is written
money   figures that foot · rows: the tables · answers: marks, problems, reasons · story: the material
family  a department and the units that it adds up
faults  what may be planted · write: the folders and key.json · measure: which faults the product finds
"""

from assistant.synth.measure import Caught, examine
from assistant.synth.write import synthesize

__all__ = ["Caught", "examine", "synthesize"]
