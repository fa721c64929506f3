"""雷同: passages that the reports of a batch share with one another, or with last year's, beyond what everybody writes.

pieces     a report → paragraphs as bare words, numbers and own names as signs
stock      wording that is nobody's: phrases, rubrics, our own templates
index      hashed stretches of all paragraphs, sorted once → stock marks and pairs of paragraphs worth a look
overlap    two paragraphs → the stretch that they share
pairs      `compare`: reports → `Pair`s with both places
judged     a `Pair` → what is told each of the two units
"""

from assistant.similarity.judged import similarities
from assistant.similarity.pairs import Pair, Place, compare
from assistant.similarity.pieces import Report

__all__ = ["Pair", "Place", "Report", "compare", "similarities"]
