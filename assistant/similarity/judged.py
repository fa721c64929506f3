"""What a passage in common means: for each of the two reports a finding, as grave as what was left standing in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.findings import Finding, Severity
from assistant.masking import names_of
from assistant.numbers import Mention, find_numbers
from assistant.patterns import regex
from assistant.similarity.pairs import Pair, Place
from assistant.similarity.pieces import Report

_AREA = regex(r".*[省市区县旗州盟镇乡]$")
_BEYOND_CHANCE = ((4, 1), (3, 2), (2, 3))
"""Digits that count, and how many figures of so many: a figure of four that two units share was copied, or two of three."""
_ANYBODYS = ("score", "multiple", "ratio")
_SHORTEST_NAME = 4
_PARTNER = regex(r"(?:联合|会同|协同|配合|[与和同由向请报经、])[^，。；]{0,16}$")
_LONGEST_JOINT = 80
"""Two that worked together tell of it in a sentence or two."""
_SHORT = 24
"""Characters in common, with nothing of the other unit's left in them, that may be chance after all."""
_QUOTE, _MOST_SHOWN = 60, 3
_WORTH_COUNTING = 10
"""Characters: below, it is the figures that were copied."""
_ORDER = {"error": 0, "warning": 1, "info": 2}


class _Side(NamedTuple):
    """A pair as one of its two reports sees it."""

    own: Place
    other: Place
    pair: Pair
    severity: Severity
    said: str


def similarities(pairs: Iterable[Pair]) -> dict[Report, list[Finding]]:
    """What is told each report of this year: one finding for a passage, however many others have it, the gravest reason first."""
    sides: defaultdict[Report, list[_Side]] = defaultdict(list)
    for pair in pairs:
        for own, other in ((pair.left, pair.right), (pair.right, pair.left)):
            if not own.report.previous:
                sides[own.report].append(_side(own, other, pair))
    return {report: [_finding(group) for group in _by_passage(found)] for report, found in sides.items()}


def _by_passage(sides: list[_Side]) -> Iterator[list[_Side]]:
    """Sides whose own passages overlap, together."""
    group: list[_Side] = []
    reach = 0
    for side in sorted(sides, key=lambda one: (one.own.start, one.own.end)):
        if group and side.own.start >= reach:
            yield group
            group = []
        group.append(side)
        reach = max(reach, side.own.end) if len(group) > 1 else side.own.end
    if group:
        yield group


def _side(own: Place, other: Place, pair: Pair) -> _Side:
    if own.report.unit == other.report.unit:
        return _Side(own, other, pair, *_of_last_year(own, other, pair))
    if pair.characters < _LONGEST_JOINT and (_is_partner(own, other) or _is_partner(other, own)):
        return _Side(own, other, pair, "info", "看来是两家共同的工作，写法可以相近，请核对各自写的是不是自己做的")
    names = _left_names(own, other)
    if names:
        said = f"其中还留着“{names[0]}”，是{other.report.unit}的名称。请改写成本单位的情况，并核对这一段的每个数"
        return _Side(own, other, pair, "error", said)
    figures = _same_figures(own, other)
    if figures:
        said = f"连{_listed(figures)}也相同。请核对这些数是不是本单位的，并改写这一段"
        return _Side(own, other, pair, "error", said)
    if own.stands and other.stands:
        return _Side(own, other, pair, "info", "职责相近的单位写法可以相近，请核对是不是本单位的情况")
    if pair.characters < _SHORT:
        return _Side(own, other, pair, "info", "只有半句相同，请核对是不是从别处抄来的")
    return _Side(own, other, pair, "warning", "请按本单位的实际情况改写")


def _of_last_year(own: Place, other: Place, pair: Pair) -> tuple[Severity, str]:
    """A unit's own report of last year: what must have changed since, and what may stand."""
    figures = _same_figures(own, other)
    if pair.characters < _SHORT and not figures:
        return "info", "只有半句与上年相同，请核对有没有变化"
    if own.genre in ("problems", "measures"):
        return "warning", "问题和措施照抄上年，会被看作整改没有落实。请写上年措施的整改情况，再写今年的问题"
    if own.stands:
        return "info", "每年不变的情况可以沿用，请核对有没有变化"
    if figures:
        return "warning", f"连{_listed(figures)}也与上年相同。请核对是不是评价年度的数，并写评价年度做了什么、结果怎样"
    return "warning", "请写评价年度做了什么、结果怎样，不要沿用上年的话"


def _listed(figures: list[str]) -> str:
    more = "等" if len(figures) > _MOST_SHOWN else "这"
    return f"{'、'.join(figures[:_MOST_SHOWN])}{more}{len(figures)}个数"


def _is_partner(own: Place, other: Place) -> bool:
    """Whether one's own paragraphs name the other unit as who took part: 会同区财政局."""
    unit = other.report.unit
    called = {
        unit,
        *(unit[at:] for at, sign in enumerate(unit) if sign in "省市区县" and len(unit) - at >= _SHORTEST_NAME),
    }
    return any(
        _PARTNER.search(own.paragraphs[: found.start()])
        for found in re.finditer("|".join(map(re.escape, called)), own.paragraphs)
    )


def _left_names(own: Place, other: Place) -> list[str]:
    """Names of the other unit that stand in one's own paragraphs, where its own have them too."""
    mine, words, others = own.report.unit, own.paragraphs, other.paragraphs
    return [
        name
        for name in sorted(names_of(other.report.unit), key=len, reverse=True)
        if len(name) >= _SHORTEST_NAME and name not in mine and not _AREA.match(name) and not name.startswith("委")
        and name in words and name in others
    ]  # fmt: skip


def _same_figures(own: Place, other: Place) -> list[str]:
    """The figures that both passages print and that two units hardly have by chance; none where it could be chance."""
    others = {(m.value, m.unit) for m in find_numbers(other.words) if m.is_quantity}
    shared = {
        (m.value, m.unit): m
        for m in find_numbers(own.words)
        if m.is_quantity and m.unit and m.kind not in _ANYBODYS and (m.value, m.unit) in others
    }
    ranked = sorted(shared.values(), key=_digits, reverse=True)
    if any(len(ranked) >= count and _digits(ranked[count - 1]) >= digits for digits, count in _BEYOND_CHANCE):
        return [m.text for m in ranked]
    return []


def _digits(mention: Mention) -> int:
    """The digits that it prints, leading and closing zeros apart."""
    return len("".join(sign for sign in mention.text if sign.isdigit()).strip("0"))


def _finding(group: list[_Side]) -> Finding:
    worst = min(group, key=lambda side: (_ORDER[side.severity], -side.pair.characters))
    own, other = worst.own, worst.other
    words = own.words
    shown = words if len(words) <= _QUOTE else f"{words[: _QUOTE - 2]}……"
    whose = _whose(own.report, other.report)
    units = dict.fromkeys(side.other.report.unit for side in group if side.other.report.unit != other.report.unit)
    listed = "、".join(list(units)[:_MOST_SHOWN])
    more = f"，{listed}{f'等{len(units)}个单位' if len(units) > _MOST_SHOWN else ''}也有这一段" if units else ""
    same = (
        f"（{worst.pair.characters}字相同，占该段{worst.pair.share:.0%}）"
        if worst.pair.characters >= _WORTH_COUNTING
        else ""
    )
    return Finding(
        "similarity", worst.severity,
        f"{own.where}“{shown}”与{whose}{other.where}雷同{same}{more}。{worst.said}。",
        quote=shown, start=own.start, end=own.end,
    )  # fmt: skip


def _whose(own: Report, other: Report) -> str:
    if own.unit == other.unit:
        return f"本单位上年报告（{other.name}）"
    return f"{other.unit}{'上年' if other.previous else ''}报告（{other.name}）"
