"""Which source's sentence is this? Figures of materials, text cells and the rubric are known by the sentence they come from."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.ledger import Figure
from assistant.numbers import Mention, compatible_units
from assistant.subjects import BLANK, Context, bigrams, common_prefix, common_suffix, dice, plain
from assistant.verify.known import Known, Source, plain_side

SURE, CERTAIN, LIKELY = 8, 16, 4
"""So many characters shared with a source's sentence around the number: it is that number's place; there is nothing else it
could be; it may well be."""
ALIKE, ALIKE_NEARBY = 0.5, 0.25
"""Share of character pairs in common: of whole sentences; of the stretch beside the number."""
_NEARBY = 12
_NEARER = {"paragraph": 3, "cell": 2}
"""Of sentences that are alike to a hair, the material's own explains a number better than one that repeats it."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The figures of the most alike sentence (several where they are alike to a hair), how far it touches, in all and to the left, and whether all of it does."""

    figures: list[Figure]
    touching: int = 0
    left: int = 0
    whole: bool = False

    @property
    def sure(self) -> bool:
        """Whether this is the very place of that number."""
        return self.touching >= SURE or (self.whole and self.touching >= LIKELY)

    @property
    def certain(self) -> bool:
        """Whether no other reading is left."""
        return self.touching >= CERTAIN or (self.sure and self.whole)


def quoted_figures(context: Context, known: Known) -> Quoted:
    """The figures whose source's sentence looks like this one, compared outwards from the number."""
    left, right = plain_side(context.left), plain_side(context.right)
    words = bigrams(plain(context.left + context.right))
    ranked: list[tuple[float, int, int, Source]] = []
    for source in {id(s): s for s in (*known.sources_touching(left, right), *known.sources_like(words))}.values():
        before = common_suffix(left, source.left)
        touching = before + common_prefix(right, source.right)
        alike = dice(words, source.words)
        if touching >= LIKELY or (alike >= ALIKE and touching >= 1):
            ranked.append((touching + 10 * alike, touching, before, source))
    if not ranked:
        return Quoted([])
    best = max(ranked, key=lambda entry: entry[0])
    near = [entry for entry in ranked if entry[0] >= best[0] - 0.5]
    near.sort(key=lambda entry: -_NEARER.get(entry[3].figure.provenance.source, 0))
    whole = best[1] == len(best[3].left) + len(best[3].right)
    return Quoted([entry[3].figure for entry in near], best[1], best[2], whole)


def reworded_figures(mention: Mention, context: Context, known: Known) -> list[Figure]:
    """For a sentence in other words: the figures of this unit whose own surroundings are the most alike, in any order of words."""
    here = _nearby(context.left, context.right)
    ranked = [
        (dice(here, _nearby(source.left, source.right)), source.figure)
        for source in known.sources_like(here)
        if source.figure.provenance.source in ("paragraph", "cell")
        and compatible_units(mention.unit, source.figure.base[1])
    ]
    best = max((score for score, _ in ranked), default=0.0)
    return [figure for score, figure in ranked if score >= max(ALIKE_NEARBY, best - 0.02)]


def _nearby(left: str, right: str) -> frozenset[str]:
    """The pairs of characters within reach of the number, other numbers left out."""
    return bigrams(plain(left.replace(BLANK, ""))[-_NEARBY:]) | bigrams(plain(right.replace(BLANK, ""))[:_NEARBY])
