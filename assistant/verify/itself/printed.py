"""Printed numbers as what they can stand for: 12.3万元 is anything from 12.25 to 12.35万元, 45人 is 45.

Sums and quotients of them are judged as intervals, so that rounding is never taken for a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from assistant.numbers import Mention, base
from assistant.patterns import regex
from assistant.verify.reading.tables import Cell, Table

Footing = Literal["exact", "rounding", "short", "over"]
"""How parts stand to their total: equal; off by less than rounding explains; too little; too much."""

_MEASURED = frozenset(("元", "%", "个百分点", "‰", ""))
"""What is printed rounded even as a whole number; 45人 are counted."""
_NUMERAL = regex(r"[+\-－−]?[0-9０-９][0-9０-９,，.．\s]*")
_WIDE = str.maketrans("０１２３４５６７８９．－−", "0123456789.--")
_COUNTED = regex(r"人数|人次|数量|[个件户项台辆家次场期]数")
_HUNDRED = Decimal(100)
_LEAST_DIGITS = 4
"""A number of fewer digits is one slip away from too many others."""


@dataclass(frozen=True)
class Amount:
    """A number as printed. `value` and `step` (the worth of its last digit) are in base units; `name`: what it is said of."""

    value: Decimal
    step: Decimal
    unit: str
    text: str
    start: int
    end: int
    name: str = ""

    @cached_property
    def half(self) -> Decimal:
        """By how much the true figure may differ from the printed one: nothing where it was counted, or where there is none."""
        counted = self.unit not in _MEASURED and self.step == 1
        return Decimal(0) if counted or not self.value else self.step / 2

    @cached_property
    def low(self) -> Decimal:
        """The least that it can stand for."""
        return self.value - self.half

    @cached_property
    def high(self) -> Decimal:
        """The most that it can stand for."""
        return self.value + self.half

    @cached_property
    def _written(self) -> tuple[Decimal, str, bool]:
        """What one of its printed units is worth, the unit's word, and whether thousands are separated."""
        numeral = _NUMERAL.match(self.text)
        digits = re.sub(r"[,，\s+]", "", numeral[0].translate(_WIDE)) if numeral else ""
        try:
            number = Decimal(digits)
        except ArithmeticError:
            number = Decimal(0)
        if numeral is None or not number:
            scale = Decimal(10000) if "万" in self.text else Decimal(1)
            return scale, self.text[numeral.end() if numeral else 0 :].strip() or self.unit, False
        return self.value / number, self.text[numeral.end() :].strip(), "," in numeral[0] or "，" in numeral[0]

    def written(self, value: Decimal, step: Decimal | None = None) -> str:
        """Another value, in base units, written as this one is: 752.48万元."""
        scale, word, commas = self._written
        finest = min(self.step, step or self.step) / scale
        exponent = finest.normalize().as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        shown = f"{value / scale:,.{places}f}"
        return (shown if commas else shown.replace(",", "")) + word


def amount_of(mention: Mention, name: str = "") -> Amount | None:
    """A number of the prose; None where it has no plain value (a range, 近, 超 …)."""
    if mention.value is None or mention.upper is not None or mention.bound:
        return None
    step = mention.step or Decimal(1)
    return Amount(mention.value, step, mention.unit, mention.text, mention.start, mention.end, name)


def cell_amount(table: Table, cell: Cell | None) -> Amount | None:
    """The number of a table's cell, in base units where a unit is known."""
    if cell is None or cell.mention is None:
        return None
    known = table.amount(cell)
    if known is None or cell.value is None or cell.mention.upper is not None or cell.mention.bound:
        return None
    value, unit = known
    if not unit and cell.step == 1 and _COUNTED.search("".join(table.heads[cell.column])):
        unit = "个"
    step = cell.step if cell.mention.unit else base(cell.step, table.unit_of(cell.column))[0]
    return Amount(value, step, unit, cell.words.strip("（）() "), cell.start, cell.end)


def footing(total: Amount, parts: Sequence[Amount]) -> Footing:
    """How the parts stand to the total."""
    gap = total.value - sum(part.value for part in parts)
    if not gap:
        return "exact"
    if abs(gap) <= total.half + sum(part.half for part in parts):
        return "rounding"
    return "short" if gap > 0 else "over"


def added(parts: Sequence[Amount], like: Amount) -> str:
    """The parts' sum in words: 23.88万元＋885.20万元＝909.08万元."""
    whole = sum((part.value for part in parts), Decimal(0))
    terms = "＋".join(part.text.replace(" ", "") for part in parts)
    return f"{terms}＝{like.written(whole, min(part.step for part in parts))}"


def percent(part: Amount, whole: Amount) -> tuple[Decimal, Decimal] | None:
    """Between which percentages the quotient of two printed numbers lies; None where it has none."""
    if whole.low <= 0 or part.value < 0:
        return None
    return max(part.low, Decimal(0)) / whole.high * _HUNDRED, part.high / whole.low * _HUNDRED


def slip(printed: Amount, right: Decimal) -> str:
    """How a number was probably mistyped if `right` was meant: one digit, two digits turned round, the point moved; or ""."""
    is_, meant = abs(printed.value) / printed.step, abs(right) / printed.step
    if meant != meant.to_integral_value() or right <= 0 or printed.value <= 0:
        return ""
    a, b = str(int(is_)), str(int(meant))
    if a != b and a.rstrip("0") == b.rstrip("0") and len(a.rstrip("0")) > 1:
        return "小数点错位"
    if len(a) != len(b) or len(a) < _LEAST_DIGITS - 1:
        return ""
    places = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(places) == 1 and len(a) >= _LEAST_DIGITS:
        return "一位数字不同"
    turned = (
        len(places) == 2
        and places[1] == places[0] + 1
        and a[places[0]] == b[places[1]]
        and a[places[1]] == b[places[0]]
    )
    return "相邻两位数字颠倒" if turned else ""
