"""Two figures a slip of the pen apart whose names differ only in what is often left out: 政府采购执行率98.30%, 采购执行率93.80%.

Names that are not quite the same may be of two things, so here the digits must speak as well: one digit another, two turned
round, or the point moved. Two figures of two things are that near each other once in a thousand times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, islice

from assistant.numbers import Mention
from assistant.patterns import regex
from assistant.verify.itself.fact_keys import Fact, Setting
from assistant.verify.reading.facets import Aspect

_LEFT_OUT = regex(
    r"政府|部门|单位|整体|总体|公务(?!员)|日常|年度|实际|经费|支出|资金|费用?|维护|金额|总额|发放|举?办(?!公|理|结|事|法|案|学)|在职|固定(?=资产[利使]用率)|[和及、]|人员$"
)
"""What one sentence says of a thing and another does not."""
_LEAST = 2
_FEWEST_TURNED, _FEWEST_CHANGED, _MOST_DIGITS = 3, 4, 12
"""A number of fewer digits is one slip away from too many others."""
_MOST_ALIKE = 40
"""Where a name has more figures than this, they are of many things."""
_SPENT: frozenset[Aspect] = frozenset({"", "final", "executed"})
_Slip = tuple[str, Decimal, str]


def short_name(core: str) -> str:
    """What a figure is of, without what is often left out: 三公 of 三公经费支出."""
    short = _LEFT_OUT.sub("", core)
    return short if len(short) >= _LEAST else core


def slips(facts: Iterable[Fact], setting: Callable[[Fact], Setting]) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of figures of one short name, unit and setting that are a slip apart, one for a name, where nothing else explains them."""
    names: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if not fact.mention.bound and fact.mention.value:
            names[short_name(fact.key.core), fact.key.family].append(fact)
    for alike in names.values():
        if len(alike) <= _MOST_ALIKE:
            yield from islice((pair for pair in _pairs(alike) if _should_be_one(*pair, alike, setting)), 1)


def _pairs(alike: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """The figures of one name that are a slip apart."""
    apart: dict[_Slip, list[Fact]] = defaultdict(list)
    for fact in alike:
        for slip in _slips_of(fact.mention):
            apart[slip].append(fact)
    for (kind, _, _), near in apart.items():
        for one, other in combinations(near, 2):
            if _apart(one.mention, other.mention) and (kind != "turned" or _turned(one.mention, other.mention)):
                yield one, other


def _slips_of(mention: Mention) -> Iterator[_Slip]:
    """What a number has in common with those that are one slip away from it."""
    digits, step = _digits(mention), mention.step or Decimal(1)
    bare = digits.rstrip("0")
    if len(bare) >= _FEWEST_TURNED:
        yield "moved", Decimal(0), bare
    if _FEWEST_TURNED <= len(digits) <= _MOST_DIGITS:
        yield "turned", step, "".join(sorted(digits))
    if _FEWEST_CHANGED <= len(digits) <= _MOST_DIGITS:
        yield from (("changed", step, f"{digits[:at]}□{digits[at + 1 :]}") for at in range(len(digits)))


def _apart(one: Mention, other: Mention) -> bool:
    """Whether two numbers differ by more than rounding leaves over (尾差)."""
    return abs((one.value or Decimal(0)) - (other.value or Decimal(0))) > max(one.step or 0, other.step or 0)


def _turned(one: Mention, other: Mention) -> bool:
    """Whether two digits side by side are turned round, and no more."""
    pairs = zip(_digits(one), _digits(other), strict=True)
    places = [at for at, (a, b) in enumerate(pairs) if a != b]
    return len(places) == 2 and places[1] == places[0] + 1


def _digits(mention: Mention) -> str:
    return str(abs(int((mention.value or Decimal(0)) / (mention.step or Decimal(1)))))


def _should_be_one(one: Fact, other: Fact, alike: Sequence[Fact], setting: Callable[[Fact], Setting]) -> bool:
    """Whether two figures are of one stage and setting, in two places, and one of them is said once and true of nothing else.

    A third value makes them figures of several things of one name.
    """
    if one.home == other.home or not _of_one_stage(one, other) or setting(one) != setting(other):
        return False
    pair = (one, other)
    values = {fact.mention.value for fact in pair}
    if any(_of_one_stage(one, f) and setting(f) == setting(one) and f.mention.value not in values for f in alike):
        return False
    again = [[f for f in alike if f is not fact and f.mention.value == fact.mention.value] for fact in pair]
    return not all(again) and not any(
        setting(f) != setting(fact) or (fact.key.aspect == "" and not _of_one_stage(f, fact))
        for fact, same in zip(pair, again, strict=True)
        for f in same
    )


def _of_one_stage(one: Fact, other: Fact) -> bool:
    """Whether two figures are of one stage; one that says none may be what was spent."""
    return one.key.aspect == other.key.aspect or {one.key.aspect, other.key.aspect} <= _SPENT
