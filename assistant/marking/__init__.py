"""How leaves get their marks: each part under its rule, by figures or by a person, and what a leaf with gaps is worth."""

from assistant.marking.figures import issued_shares, mark_figures
from assistant.marking.leaf import mark_leaf, rounded
from assistant.marking.model import BASIS_NAMES, FATE, STRENGTH, Basis, LeafMarks, PartMarks
from assistant.marking.part import of_measure
from assistant.marking.waived import settled

__all__ = [
    "BASIS_NAMES",
    "FATE",
    "STRENGTH",
    "Basis",
    "LeafMarks",
    "PartMarks",
    "issued_shares",
    "mark_figures",
    "mark_leaf",
    "of_measure",
    "rounded",
    "settled",
]
