"""Which unit a bare number is in: what stands beside it, above it, or over the whole sheet."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cached_property

from assistant.catalogue import FigureSpec, Sheet
from assistant.intake.cells import Refusal
from assistant.intake.opened import Opened
from assistant.numbers import base, compatible_units
from assistant.patterns import regex

_SHEET_LINE = regex(r"单位\s*[:：]\s*(亿元|百万元|万元|千元|元)(?![一-鿿])")
_HEAD = regex(r"^(?P<label>.*?)\s*\*?\s*(?:[（(](?P<unit>[^（()）]{1,6})[）)])?\s*\*?$", re.DOTALL)
_ROWS, _COLUMNS = 12, 30
_ONE = Decimal(1)


def heading(text: str) -> tuple[str, str]:
    """A column's label and the unit in brackets behind it: 年初预算数（元） -> 年初预算数, 元."""
    found = _HEAD.match("".join(unicodedata.normalize("NFKC", text).split()))
    return (found["label"], found["unit"] or "") if found else (text, "")


def same_label(text: str, label: str) -> bool:
    """Whether a head is that column's, with or without a unit in brackets, a required mark, line breaks."""
    folded = "".join(unicodedata.normalize("NFKC", text).split()).strip("*")
    wanted = "".join(unicodedata.normalize("NFKC", label).split())
    return folded == wanted or heading(text)[0] == wanted


class Units:
    """The units that a sheet declares."""

    def __init__(self, opened: Opened, title: str) -> None:
        self._opened = opened
        self._title = title

    @cached_property
    def lines(self) -> frozenset[str]:
        """The units of money in lines such as 金额单位：万元."""
        top = self._opened.pages[self._title].cells.items()
        return frozenset(
            unit
            for (row, column), cell in top
            if row <= _ROWS and column <= _COLUMNS and isinstance(cell.value, str)
            for unit in _SHEET_LINE.findall(unicodedata.normalize("NFKC", cell.value))
        )

    def of_sheet(self, unit: str) -> str | Refusal:
        """The unit that the sheet declares for amounts in `unit`; `unit` itself where it declares none."""
        if base(_ONE, unit)[1] != "元" or not self.lines:
            return unit
        if len(self.lines) > 1:
            told = "、".join(sorted(self.lines))
            return Refusal("wrong_unit", f"本表写了两种金额单位（{told}）", "请只保留一处“金额单位：…”")
        return next(iter(self.lines))

    def of_field(self, spec: FigureSpec, row: int, column: int) -> str | Refusal:
        """The unit in the cell to the right of a field."""
        beside = self._opened.words(self._title, row, column + 1)
        return beside if beside and _fits(beside, spec.unit) else self.of_sheet(spec.unit)

    def of_grid(self, sheet: Sheet, spec: FigureSpec, row: int, column: int) -> str | Refusal:
        """The unit in the head of a grid's column, unless this row has one of its own."""
        label = spec.aspects[0] if spec.aspects else ""
        printed = {c.label: c.unit or sheet.unit for c in sheet.columns}.get(label, spec.unit)
        for above in range(row - 1, 0, -1):
            text = self._opened.words(self._title, above, column)
            if text and same_label(text, label):
                unit = heading(text)[1]
                said = unit if unit and unit != printed and _fits(unit, spec.unit) else ""
                return said or (self.of_sheet(spec.unit) if unit != spec.unit else spec.unit)
        return self.of_sheet(spec.unit)

    def of_head(self, head: str, unit: str) -> str | Refusal:
        """The unit in the head of a table's column."""
        said = heading(head)[1]
        return said if said and _fits(said, unit) else self.of_sheet(unit)


def _fits(said: str, unit: str) -> bool:
    """Whether it is a unit, and one that these figures can be in."""
    name = base(_ONE, said)[1]
    return bool(name) and compatible_units(said, unit)
