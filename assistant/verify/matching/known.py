"""What the verifier knows: figures by their words and figures by the sentences they come from, ready to be looked up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from assistant.ledger import Figure, Ledger
from assistant.numbers import Mention, compatible_units
from assistant.patterns import regex
from assistant.subjects import SELF, Terms, bigrams, normal_term, plain, split_subject
from assistant.verify.matching.variants import variant_of

_Words = tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]]


@lru_cache(maxsize=16384)
def normal_name(words: str) -> str:
    """A label, an item or the head of a cell in normal form; the same ones are asked for with every check."""
    return normal_term(words)


class Source(NamedTuple):
    """A figure known by its sentence: the sides of the number there, the words of the whole, the indicator whose wording it is, and
    its base unit.
    """

    figure: Figure
    left: str
    right: str
    words: frozenset[str]
    leaf: str = ""
    unit: str = ""


class Known:
    """An index over a ledger. Built once per check; what it gives is read only (it remembers what it was asked)."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.by_item: dict[str, list[Figure]] = defaultdict(list)
        self.aspects: dict[str, set[str]] = {}
        self.names: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.sources: list[Source] = []
        self.by_figure: dict[str, Source] = {}
        self._by_value: dict[Decimal, list[Figure]] = defaultdict(list)
        self._by_words: dict[str, list[int]] = defaultdict(list)
        self._by_touch: dict[str, list[int]] = defaultdict(list)
        self._of_unit: dict[tuple[str, str], list[Figure]] = {}
        self._words: dict[str, _Words] = {}
        self._said_of: dict[str, tuple[str, ...]] = {}
        self._near: dict[tuple[Decimal, Decimal | None, str], list[Figure]] = {}
        self._called: dict[str, str] = {}
        aspect_words: set[str] = set()
        for figure in ledger:
            if figure.id.startswith("given.") and figure.id.removeprefix("given.") in ledger:
                continue  # the computed rate speaks for both: a report may not print the other one
            self._by_value[figure.base[0]].append(figure)
            if figure.subject:
                self._add_source(figure)
                continue
            for item in dict.fromkeys((*figure.items, *(figure.terms if not figure.items else ()))):
                self.by_item[normal_name(item)].append(figure)
            for term in figure.terms:
                if figure not in self.by_item[normal_name(term)]:
                    self.by_item[normal_name(term)].append(figure)
            self.names[figure.id] = (normal_name(figure.label), tuple(map(normal_name, figure.items)))
            self.aspects[figure.id] = {normal_name(aspect) for aspect in (*figure.aspects, *_implied_aspects(figure))}
            aspect_words |= self.aspects[figure.id]
        self.aspect_words = aspect_words - {""}
        self._all = [figure for figures in self._by_value.values() for figure in figures]
        self._ordered = sorted((figure.base[0], at) for at, figure in enumerate(self._all))
        self._targets = [
            (normal_name(item), f) for f in self._all if f.id.endswith((".target", ".achieved")) for item in f.items
        ]
        self._leaves = frozenset(source.leaf for source in self.sources if source.leaf)
        self.terms = Terms({*self.by_item, *aspect_words} - {""})
        years = Counter(figure.period for figure in ledger if figure.period)
        self.year = max(years, key=lambda year: (years[year], year), default="")

    def _add_source(self, figure: Figure) -> None:
        left, right = split_subject(figure.subject)
        source = Source(
            figure, plain_left(left), plain_side(right), bigrams(plain(left + right)), _leaf(figure), figure.base[1]
        )
        self.by_figure[figure.id] = source
        for word in source.words:
            self._by_words[word].append(len(self.sources))
        for key in _touch_keys(source.left, source.right):
            self._by_touch[key].append(len(self.sources))
        self.sources.append(source)

    @cached_property
    def losses(self) -> list[Figure]:
        """What each indicator lost, where it lost anything."""
        return [f for f in self._all if f.id.startswith("lost.") and f.id != "lost.total" and f.value]

    def of_unit(self, term: str, unit: str) -> list[Figure]:
        """The figures that a term names, of units that go with this one. The list is shared: not to be changed."""
        key = (term, unit)
        if key not in self._of_unit:
            _make_room(self._of_unit)
            self._of_unit[key] = [f for f in self.by_item.get(term, ()) if compatible_units(unit, f.unit)]
        return self._of_unit[key]

    def leaves_of(self, row_heads: Sequence[str]) -> frozenset[str]:
        """The indicators that a row of a table names (管理制度健全性 of 预算管理 among them)."""
        rows = [normal_name(head) for head in row_heads]
        return self._leaves & {*rows, *(name + above for name, above in pairwise(rows))}

    def targets_ending(self, word: str) -> list[Figure]:
        """The targets, and what was achieved of them, whose name ends with this word."""
        return [figure for name, figure in self._targets if name.endswith(word)]

    def targets_called(self, words: str) -> list[Figure]:
        """The target, and what was achieved of it, that these words are another wording of."""
        if words not in self._called:
            _make_room(self._called)
            self._called[words] = variant_of(words, dict(self._targets))
        name = self._called[words]
        return [figure for other, figure in self._targets if other == name] if name else []

    def sources_touching(self, left: str, right: str) -> list[Source]:
        """The sources that share at least four characters with this place, outwards from the number."""
        found = (self._by_touch.get(key, ()) for key in _touch_keys(left, right))
        return [self.sources[at] for at in dict.fromkeys(chain.from_iterable(found))]

    def sources_like(self, words: frozenset[str]) -> list[Source]:
        """The sources that share the most pairs of characters with these words, found by the rarest of them.

        Bounded, so that the time of a check grows with the text and not with text times materials.
        """
        holders = sorted((len(held), word, held) for word in words if (held := self._by_words.get(word)))
        visited: list[int] = []
        for number, _, held in holders:
            if visited and len(visited) + number > _MOST_VISITED:
                break
            visited += held
        least = min(2, len(words))
        enough = [(at, n) for at, n in Counter(visited).items() if n >= least]
        enough.sort(key=itemgetter(1), reverse=True)
        return [self.sources[at] for at, _ in enough[:_MOST_ALIKE]]

    def words_of(self, text: str) -> _Words:
        """The items and the aspects (term, start, end) in a normalised text, the longest reading at each place."""
        if text not in self._words:
            _make_room(self._words)
            found = self.terms.find(text)
            items = [hit for hit in found if hit[0] in self.by_item]
            self._words[text] = items, [hit for hit in found if hit[0] in self.aspect_words]
        return self._words[text]

    def said_of(self, figure: Figure) -> tuple[str, ...]:
        """All that a figure is called, in normal form, but for names of nothing else than what is done with anything."""
        if figure.id not in self._said_of:
            names = dict.fromkeys(map(normal_name, (*figure.terms, *figure.items)))
            self._said_of[figure.id] = tuple(name for name in names if len(_LIGHT.sub("", name)) > 1)
        return self._said_of[figure.id]

    def near_value(self, value: Decimal, step: Decimal | None, unit: str) -> list[Figure]:
        """The figures within one printed step of this value, of units that go with this one (the caller holds them against
        each other). The list is shared: not to be changed.
        """
        key = (value, step, unit)
        if key not in self._near:
            _make_room(self._near)
            reach = step or Decimal(0)
            low, high = (
                bisect_left(self._ordered, (value - reach, -1)),
                bisect_left(self._ordered, (value + reach, len(self._all))),
            )
            near = (self._all[at] for _, at in self._ordered[low:high])
            self._near[key] = [figure for figure in near if compatible_units(unit, figure.unit)]
        return self._near[key]


_LIGHT = regex(r"开展|组织|举办|举行|召开|完成|实现|参加|累计|全年|共")
"""What is done with anything: a name of nothing else names nothing."""
_MOST_REMEMBERED = 4096


def _make_room(answers: dict[Any, Any]) -> None:
    """Forget the answers where there are too many: what is asked comes out of texts, which may be a megabyte long."""
    if len(answers) >= _MOST_REMEMBERED:
        answers.clear()


_TOUCH = 4
_MOST_VISITED, _MOST_ALIKE = 400, 40


def _touch_keys(left: str, right: str) -> list[str]:
    """Every way in which four characters lie on the two sides of a number."""
    around = f"{left[-_TOUCH:]}{SELF}{right[:_TOUCH]}"
    return [around[at : at + _TOUCH + 1] for at in reversed(range(len(around) - _TOUCH))]


_IMPLIED = {
    "年初预算": ("年初", "年初批复", "批复预算"),
    "年初": ("上年末", "上年年末", "上年结余"),
    "全年预算": ("调为", "调整为", "调整到", "调整至", "调增到", "调增至", "调增为", "调减到", "调减至", "调减为"),
    "上年决算": ("上年", "去年", "上年度"),
    "决算": ("今年",),
    ".target": ("目标", "计划", "指标值", "年初设定"),
    ".achieved": ("实际", "完成", "实现", "达到"),
}
"""What else people call a stage, and the two sides of a target."""


def _implied_aspects(figure: Figure) -> tuple[str, ...]:
    return _IMPLIED.get(figure.scope.stage, ()) or next(
        (words for end, words in _IMPLIED.items() if end[0] == "." and figure.id.endswith(end)), ()
    )


def _leaf(figure: Figure) -> str:
    """The indicator whose standard, or whose reason for the marks, a number of the rubric's wording belongs to."""
    place = figure.provenance
    if place.source == "framework" and place.paragraph.endswith("的评分标准"):
        return normal_name(place.paragraph.removesuffix("的评分标准"))
    return normal_name(place.formula.removesuffix("的得分说明")) if place.formula.endswith("的得分说明") else ""


_SAME = (*zip("(),:;", "（），：；", strict=True), *((mark, "") for mark in ' \u3000“”‘’"'))


def reach_of(mention: Mention) -> Decimal | None:
    """How far a figure may be from a number that prints it: one printed step; a tenth of it where it is a bound (超1,300元)."""
    if mention.bound and mention.value is not None:
        return max(mention.step or Decimal(0), abs(mention.value) / 10)
    return mention.step


def plain_side(text: str) -> str:
    """One side of a number for comparing letter by letter: without space and quotes, brackets and commas alike, no full stop."""
    for mark, same in _SAME:  # each is rare: a dozen looks for one character take a fifth of the time of str.translate
        text = text.replace(mark, same)
    return text.rstrip("。；")


def plain_left(text: str) -> str:
    """The left side without the words that only lead up to a number (共, 达, 为)."""
    return plain_side(text).rstrip("共计为达到有约近超了")
