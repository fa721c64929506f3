"""Which source's sentence is this? Figures of materials, text cells and the rubric are known by the sentence they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.ledger import Figure
from assistant.numbers import Mention, compatible_units, unit_family
from assistant.patterns import regex
from assistant.subjects import BLANK, Context, bigrams, common_prefix, common_suffix, dice, plain
from assistant.verify.matching.known import Known, Source, plain_left, plain_side, reach_of
from assistant.verify.reading.places import Place

SURE, CERTAIN, LIKELY = 8, 16, 4
"""So many characters shared with a source's sentence around the number: it is that number's place; there is nothing else it
could be; it may well be."""
_UNRIVALLED = 15
"""No sentence that is only alike can come near one that touches this far."""
ALIKE, ALIKE_NEARBY = 0.5, 0.25
"""Share of character pairs in common: of whole sentences; of the stretch beside the number."""
_NEARBY = 12
KEYED = 0.6
"""Share of the shorter clause's pairs that two clauses must have in common."""
_CLAUSE = regex(rf"[，。！？；：,;:、{BLANK}]")
_FILLING = regex(
    r"开展|组织|举办|举行|召开|惠及|覆盖|涉及|其中|分别|共计|累计|全年|本年|达到|一共|共|有|了|的|为|达|约|近|超"
)
_NEARER = {"paragraph": 3, "cell": 2}
"""Of sentences that are alike to a hair, the material's own explains a number better than one that repeats it."""

_MOST_ALIKE, _A_HAIR = 10, 0.5
"""So many characters more does the same sentence touch than one of no word in common; sentences so near are alike to a hair."""

_Ranked = tuple[int, int, Source]
"""How far it touches, in all and to the left."""


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


def quoted_figures(mention: Mention, place: Place, known: Known, alike: bool = True) -> Quoted:
    """The figures whose source's sentence looks like this one, compared outwards from the number.

    In a row of the score table the wording of the row's own indicator counts alone. `alike`: where no sentence is the same
    about the number, one that is alike as a whole will do.
    """
    if place.alone:
        return Quoted([])
    context, leaves = place.context, known.leaves_of(place.row_heads)
    left, right = plain_left(context.left), plain_side(context.right)
    last, first, money = left[-1:], right[:1], mention.unit == "元"

    def touched(sources: Iterable[Source]) -> Iterator[_Ranked]:
        for source in sources:
            if last != source.left[-1:] and first != source.right[:1]:
                continue  # nothing touches
            if leaves and source.leaf and source.leaf not in leaves:
                continue
            if money != (source.unit == "元") and mention.unit:
                continue  # 86.6万元、104人次: money is no slip for a count
            before = common_suffix(left, source.left)
            if not before and _other_things(left, source.left):
                continue  # the next item of a list is the same, its own is not
            yield before + common_prefix(right, source.right), before, source

    ranked = [entry for entry in touched(known.sources_touching(left, right)) if entry[0] >= LIKELY]
    if (ranked or alike) and all(entry[0] < _UNRIVALLED for entry in ranked):
        words = _pairs(context)
        ranked += [
            entry
            for entry in touched(known.sources_like(words))
            if all(entry[2] is not one[2] for one in ranked)
            and (entry[0] >= LIKELY or (entry[0] and dice(words, entry[2].words) >= ALIKE))
        ]
    return _best(context, _of_the_same_thing(left, ranked)) if ranked else Quoted([])


def _pairs(context: Context) -> frozenset[str]:
    return bigrams(plain(context.left + context.right))


def _best(context: Context, ranked: list[_Ranked]) -> Quoted:
    """The source that touches and resembles a sentence most, and those that come near it."""
    farthest = max(touching for touching, _, _ in ranked)
    rivals = [entry for entry in ranked if entry[0] + _MOST_ALIKE >= farthest - _A_HAIR]
    best, near = rivals[0], rivals
    if len(rivals) > 1:
        words = _pairs(context)
        scores = [entry[0] + _MOST_ALIKE * dice(words, entry[2].words) for entry in rivals]
        highest = max(scores)
        best = rivals[scores.index(highest)]
        near = [entry for score, entry in zip(scores, rivals, strict=True) if score >= highest - _A_HAIR]
        near.sort(key=lambda entry: -_NEARER.get(entry[2].figure.provenance.source, 0))
    touching, left, source = best
    return Quoted([one.figure for _, _, one in near], touching, left, touching == len(source.left) + len(source.right))


def _of_the_same_thing(left: str, ranked: list[_Ranked]) -> list[_Ranked]:
    """Of the sources those that say the very thing right before their number, if any do: in a list of another order the
    words after a number are those of the next thing (微党课5个、微电影1个 for 微电影1个、微党课5个).
    """
    own = _CLAUSE.split(left)[-1]
    return [entry for entry in ranked if entry[1] >= len(own)] or ranked if len(own) >= LIKELY else ranked


def reworded_figures(mention: Mention, context: Context, known: Known) -> list[Figure]:
    """For a sentence in other words: the figures of this unit whose own surroundings are the most alike, in any order of words."""
    here, key = _nearby(context.left, context.right), _key(context.left, context.right)
    ranked = [
        (dice(here, _nearby(source.left, source.right)), source.figure)
        for source in known.sources_like(here)
        if source.figure.provenance.source in ("paragraph", "cell")
        and compatible_units(mention.unit, source.unit)
        and not _strangers(key, _key(source.left, source.right))
    ]
    best = max((score for score, _ in ranked), default=0.0)
    return [figure for score, figure in ranked if score >= max(ALIKE_NEARBY, best - 0.02)]


def outbid(quoted: Sequence[Figure], mention: Mention, context: Context, known: Known) -> list[Figure]:
    """The figures whose own clause says what this one says, where the quoted ones' only happens to end alike."""
    here = _key(context.left, context.right)
    if not here or not quoted:
        return []
    shared = max(len(here & _key_of(figure, known)) for figure in quoted)
    return [
        f for f in reworded_figures(mention, context, known) if len(here & _key_of(f, known)) > max(2 * shared, LIKELY)
    ]


def _key_of(figure: Figure, known: Known) -> frozenset[str]:
    source = known.by_figure[figure.id]
    return _key(source.left, source.right)


def keyed_figures(mention: Mention, context: Context, known: Known) -> list[Figure]:
    """For a clause lifted out of its sentence (其中登记1140家): the figures of this value and unit whose own clause has its words."""
    if mention.value is None:
        return []
    here = _key(context.left, context.right)
    found = []
    for figure in known.near_value(mention.value, reach_of(mention), mention.unit) if here else ():
        source = known.by_figure.get(figure.id)
        if source is None or source.leaf or unit_family(figure.base[1]) != unit_family(mention.unit):
            continue
        there = _key(source.left, source.right)
        if there and len(here & there) >= KEYED * min(len(here), len(there)):
            found.append(figure)
    return found


def _other_things(one: str, other: str) -> bool:
    """Whether two numbers are said right after the names of different things (事实无人抚养儿童 and 散居孤儿 of one list)."""
    return _strangers(_last_clause(one), _last_clause(other))


@lru_cache(maxsize=4096)
def _last_clause(words: str) -> frozenset[str]:
    return bigrams(_CLAUSE.split(words)[-1])


def _strangers(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two clauses both say what is counted and share no word of it (公务员 and 职员 of one list)."""
    return bool(one and other) and not one & other


@lru_cache(maxsize=4096)
def _key(left: str, right: str) -> frozenset[str]:
    """The pairs of characters of the clause that a number stands in, up to the numbers beside it."""
    own = _CLAUSE.split(left)[-1] + BLANK + _CLAUSE.split(right)[0]
    return frozenset(pair for pair in bigrams(_FILLING.sub("", own)) if BLANK not in pair)


@lru_cache(maxsize=4096)
def _nearby(left: str, right: str) -> frozenset[str]:
    """The pairs of characters within reach of the number, other numbers left out."""
    return bigrams(plain(left.replace(BLANK, ""))[-_NEARBY:]) | bigrams(plain(right.replace(BLANK, ""))[:_NEARBY])
