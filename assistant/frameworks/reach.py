"""Thresholds and marks of a rule that no input can reach: outside what the measure can be, behind earlier bands, beyond the part."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from assistant.frameworks.domain import domain
from assistant.frameworks.model import Framework, Indicator, Part
from assistant.rules import Band, Bands, Linear, Step, show

Place = tuple[str | int, ...]
_Bound = Decimal | None


def unreachable(framework: Framework, node: Indicator, part: Part) -> Iterator[tuple[Place, str]]:
    """Each as (place within the part, what is wrong)."""
    low, high = domain(framework, part.measure)
    name = framework.ratio_names.get(part.measure, node.name)
    match part.rule:
        case Bands():
            yield from _bands(part.rule, part.full_marks, name, low, high)
        case Linear():
            yield from _linear(part.rule, len(node.parts) == 1, low, high)
        case Step():
            yield from _step(part.rule, low, high)


def _bands(rule: Bands, full: Decimal, name: str, low: _Bound, high: _Bound) -> Iterator[tuple[Place, str]]:
    for number, band in enumerate(rule.bands):
        place: Place = ("rule", "bands", number)
        if not _reachable(band, rule.bands[:number], low, high):
            yield place, f"分档“{band.words(name, rule.unit)}”没有数据能够达到{_limits(low, high, rule.unit)}"
        if not 0 <= band.marks <= full:
            yield place, f"一档得 {show(band.marks)} 分，不在 0 与 {show(full)} 分之间"


def _limits(low: _Bound, high: _Bound, unit: str) -> str:
    """What the measure can be, in words."""
    if low is None and high is None:
        return ""
    below = "" if low is None else f"不会低于{show(low)}{unit}"
    above = "" if high is None else f"不会超过{show(high)}{unit}"
    return f"（或已被前面的档次占去；这个数{below}{'，也' if below and above else ''}{above}）"


def _reachable(band: Band, before: tuple[Band, ...], low: _Bound, high: _Bound) -> bool:
    """Whether a value that can occur falls into this band and into none before it."""
    edges = sorted({e for b in (*before, band) for e in b.edges} | {e for e in (low, high) if e is not None})
    if not edges:
        return not before
    between = [(a + b) / 2 for a, b in itertools.pairwise(edges)]
    probes = [edges[0] - 1, *edges, *between, edges[-1] + 1]
    return any(
        band.holds(probe) and not any(b.holds(probe) for b in before) for probe in probes if _within(probe, low, high)
    )


def _within(value: Decimal, low: _Bound, high: _Bound) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _linear(rule: Linear, alone: bool, low: _Bound, high: _Bound) -> Iterator[tuple[Place, str]]:
    falling = rule.full_at < rule.zero_at
    capped = rule.ceiling is not None and rule.ceiling < 1
    best = rule.full_at if rule.ceiling is None or not capped else _at(rule, rule.ceiling)
    if capped and not _within(best, low, high):
        yield ("rule", "ceiling"), f"得最高分的 {show(best)}% 没有数据能够达到"
    if not _within(rule.full_at, low, high) and not capped:
        yield ("rule", "full_at"), f"得满分的 {show(rule.full_at)}% 没有数据能够达到"
    if not _within(rule.zero_at, low, high):
        yield ("rule", "zero_at"), f"得 0 分的 {show(rule.zero_at)}% 没有数据能够达到"
    if rule.least is not None:
        end = high if falling else low
        if end is not None and (rule.least >= end if falling else rule.least <= end):
            side = "高于" if falling else "低于"
            yield ("rule", "least"), f"没有数据能够{side}不得分的界限 {show(rule.least)}%"
        elif not _within(rule.least, low, high):
            yield ("rule", "least"), f"得分要达到的界限 {show(rule.least)}% 没有数据能够达到，本项总是不得分"
    if alone and rule.ceiling is not None and rule.ceiling > 1:
        yield ("rule", "ceiling"), "本项只有这一部分，得分不能超过分值，ceiling 不能大于 1"


def _at(rule: Linear, share: Decimal) -> Decimal:
    """The value that earns this share of the full marks."""
    return rule.zero_at + share * (rule.full_at - rule.zero_at)


def _step(rule: Step, low: _Bound, high: _Bound) -> Iterator[tuple[Place, str]]:
    unit = rule.edge_unit
    if rule.at_most is not None and high is not None and rule.at_most >= high:
        yield ("rule", "at_most"), f"没有数据能够超过扣分的界限 {show(rule.at_most)}{unit}"
    if rule.at_least is not None and low is not None and rule.at_least <= low:
        yield ("rule", "at_least"), f"没有数据能够低于扣分的界限 {show(rule.at_least)}{unit}"
    if (rule.at_most is not None and low is not None and rule.at_most < low) or (
        rule.at_least is not None and high is not None and rule.at_least > high
    ):
        yield ("rule",), "没有数据能够落在得满分的范围里"
