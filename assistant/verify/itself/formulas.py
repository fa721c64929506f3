"""Calculations that a report prints with their result: 2516÷2683×100%≈93.78%, 10－（1－97.87%）×10＝9.79."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.findings import Finding
from assistant.numbers import to_places
from assistant.patterns import regex
from assistant.verify.reading.reading import Reading

_NUMBER = r"[0-9]{1,3}(?:[,，][0-9]{3}){1,4}(?:\.[0-9]{1,6})?|[0-9]{1,12}(?:\.[0-9]{1,6})?"
_UNIT = r"亿元|[百千]?万元|千?元|[%％]|[\u4e00-\u9fff]{1,3}(?=\s?(?:[=＝≈÷/×*✕+＋\-－−）)]|约等于))"
_TOKEN = regex(
    rf"[ \u3000]?(?:(?P<number>{_NUMBER}) ?(?P<unit>{_UNIT})?|(?P<sign>[÷/×*✕xX+＋\-－−])|(?P<open>[（(])|(?P<shut>[）)])|(?P<equal>[=＝≈]|约等于))"
)
_START = regex(r"[0-9（(]")
_CUT_OFF = regex(r"[0-9A-Za-z.,÷/×*✕+＋\-－−~～—–^<>≤≥第〔\[]\s?$")
"""A calculation that begins with words after these is printed in part (实际支出÷8149.54＝…)."""
_MOST_TOKENS = 40
_WORTH = {"元": 1, "千元": 1000, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8}
_SCALES = (0, 4, -4, 8, -8, 2, -2)
"""Powers of ten by which a result may differ where a unit is left out (万元, 亿元, %)."""
_HUNDRED, _PERCENT = Decimal(100), ("%", "％")
_Range = tuple[Decimal, Decimal]
_Side = Sequence[re.Match[str]]


def formulas(reading: Reading) -> Iterator[Finding]:
    """Printed calculations whose two sides cannot be equal, whatever the rounding."""
    starts = [mention.start for mention in reading.mentions]
    for run in _runs(reading.text.text):
        sides = _sides(run)
        for one, other in pairwise(sides):
            if not any(token["sign"] for token in one):
                continue
            readings = [_both(one, other, percent) for percent in (_HUNDRED, Decimal(1))]
            if None in readings:
                continue
            low, high = one[0].start(), other[-1].end()
            reading.held(*starts[bisect_left(starts, low) : bisect_left(starts, high)])
            known = [both for both in readings if both is not None]
            if not any(_meet(left, right) for left, right in known) and not _capped(one, other, *known[0]):
                yield _finding(reading, one, other, known[0][0])


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """The longest rows of numbers, signs and brackets that hold an equals sign."""
    at = 0
    while (start := _START.search(text, at)) is not None:
        at, run = start.start(), []
        while (token := _TOKEN.match(text, at)) is not None:
            run.append(token)
            at = token.end()
        at = max(at, start.end())
        cut_off = _CUT_OFF.search(text, max(0, start.start() - 2), start.start())
        if cut_off is None and len(run) <= _MOST_TOKENS and any(token["equal"] for token in run):
            yield run


def _sides(run: Sequence[re.Match[str]]) -> list[_Side]:
    """What stands between the equals signs; the bracket that a calculation as a whole stands in is none of it."""
    sides: list[list[re.Match[str]]] = [[]]
    for token in run:
        if token["equal"]:
            sides.append([])
        else:
            sides[-1].append(token)
    return [side for side in map(_balanced, sides) if side]


def _balanced(side: _Side) -> _Side:
    over = sum(bool(token["open"]) - bool(token["shut"]) for token in side)
    return side[over:] if over > 0 else side[: len(side) + over]


def _both(one: _Side, other: _Side, percent: Decimal) -> tuple[_Range, _Range] | None:
    """What both sides can stand for, 1% being one of so many parts; None where one is no calculation."""
    left, right = _Calculation(one, percent).value(), _Calculation(other, percent, printed=_is_plain(other)).value()
    return None if left is None or right is None else (left, right)


def _is_plain(side: _Side) -> bool:
    """Whether a side is one printed number, its sign before it."""
    return sum(bool(token["number"]) for token in side) == 1


def _meet(left: _Range, right: _Range) -> bool:
    """Whether two ranges have a value in common, at some scale."""
    return any(left[0] <= right[1].scaleb(n) and right[0].scaleb(n) <= left[1] for n in _SCALES)


def _capped(one: _Side, other: _Side, left: _Range, right: _Range) -> bool:
    """Whether a result is what it may be at most, as its calculation says (112%×4分＝4分), or nothing at all."""
    numbers = {_number(token) for token in one if token["number"]}
    printed = _number(other[-1]) if _is_plain(other) and other[-1]["number"] else None
    return printed is not None and ((printed in numbers and left[0] > right[1]) or (not printed and left[1] <= 0))


class _Calculation:
    """A side, worked out from left to right: ＋ and － of products of numbers and brackets."""

    def __init__(self, side: _Side, percent: Decimal, printed: bool = False) -> None:
        self._side, self._percent, self._printed, self._at = side, percent, printed, 0

    def value(self) -> _Range | None:
        """The range of its result; None where it cannot be read to its end."""
        try:
            found = self._sum()
        except ArithmeticError:
            return None
        return found if self._at == len(self._side) else None

    def _sum(self) -> _Range:
        low, high = self._product()
        while (sign := self._sign("+＋-－−")) is not None:
            least, most = self._product()
            low, high = (low + least, high + most) if sign in "+＋" else (low - most, high - least)
        return low, high

    def _product(self) -> _Range:
        low, high = self._factor()
        while (sign := self._sign("÷/×*✕xX")) is not None:
            least, most = self._factor()
            ends = [a / b if sign in "÷/" else a * b for a in (low, high) for b in (least, most)]
            low, high = min(ends), max(ends)
        return low, high

    def _factor(self) -> _Range:
        token = self._side[self._at] if self._at < len(self._side) else None
        self._at += 1
        if token is not None and token["number"]:
            return self._range(token)
        if token is not None and token["sign"] and token["sign"] in "-－−":
            low, high = self._factor()
            return -high, -low
        if token is None or not token["open"]:
            raise ArithmeticError
        found = self._sum()
        if self._at >= len(self._side) or not self._side[self._at]["shut"]:
            raise ArithmeticError
        self._at += 1
        return found

    def _sign(self, signs: str) -> str | None:
        token = self._side[self._at] if self._at < len(self._side) else None
        if token is None or not token["sign"] or token["sign"] not in signs:
            return None
        self._at += 1
        return token["sign"]

    def _range(self, token: re.Match[str]) -> _Range:
        """What a printed number stands for: half its last digit to either side; a whole one in a calculation is exact."""
        number, unit = _number(token), token["unit"] or ""
        exponent = number.as_tuple().exponent
        half = Decimal(1).scaleb(int(exponent)) / 2 if exponent or self._printed else Decimal(0)
        worth = Decimal(_WORTH.get(unit, 1)) / (self._percent if unit in _PERCENT else 1)
        return (number - half) * worth, (number + half) * worth


def _finding(reading: Reading, one: _Side, other: _Side, left: _Range) -> Finding:
    text, plain = reading.text, _is_plain(other)
    result = next(token for token in other if token["number"])
    start, end = one[0].start(), other[-1].end()
    said, unit, number = text.text[start:end].strip(), result["unit"] or "", _number(result)
    worth = Decimal(1) / _HUNDRED if unit in _PERCENT else Decimal(_WORTH.get(unit, 1))
    right = min(((left[0] + left[1]) / 2 / worth.scaleb(n) for n in _SCALES), key=lambda one: abs(abs(one) - number))
    places = max(2, -int(number.as_tuple().exponent))
    shown = f"{to_places(right, places):f}".rstrip("0").rstrip(".") + unit
    at = other[0].end() - len(other[0][0].lstrip())
    return Finding(
        "arithmetic", "error", f"{text.place(start)}：算式“{said}”不成立，左边算得{shown}。请核对各数，改正算式或结果。",
        said, at, end, shown if plain else "",
    )  # fmt: skip


def _number(token: re.Match[str]) -> Decimal:
    return Decimal(re.sub("[,，]", "", token["number"]))
