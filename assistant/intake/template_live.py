"""What the workbook works out while people type: subtotals, rates, grey columns. Each formula comes with the value it has now.

Nothing here is a figure: an untouched subtotal is read as not given (`untouched`), and no other formula stands in a named cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from assistant.catalogue import Computed
from assistant.frameworks import Framework, Ratio
from assistant.intake.book import Book, Place
from assistant.intake.inputs import cells
from assistant.patterns import regex
from assistant.rules import completion

AUTO = "自动合计"
_BLANK = f'LEFT("{AUTO}",0)'
_REFERENCE = regex(r"\$?[A-Z]{1,3}\$?\d+")
_OURS = regex(
    r"=?IF\(OR\(COUNT\((#(?:,#)*)\)=0(?:,COUNT\(#(?:,#)*\)<\d+)?"
    r'(?:,COUNTIF\(#,"\?\*"\)(?:\+COUNTIF\(#,"\?\*"\))*>0)?\),' + re.escape(_BLANK) + r",SUM\(\1\)\)"
)
_HUNDRED = Decimal(100)


def subtotal(parts: list[str], needed: list[str]) -> str:
    """The formula of a total: blank until every needed part is a number, and while a part is written as text."""
    spare = [part for part in parts if part not in needed]
    waits = [f"COUNT({','.join(parts)})=0"]
    waits += [f"COUNT({','.join(needed)})<{len(needed)}"] if needed else []
    texts = "+".join(f'COUNTIF({part},"?*")' for part in spare)
    waits += [f"{texts}>0"] if spare else []
    return f"=IF(OR({','.join(waits)}),{_BLANK},SUM({','.join(parts)}))"


def untouched(formula: str) -> bool:
    """Whether a total's formula is one that a blank workbook came with, wherever its cells have gone.

    It may be an older workbook's, with other parts; one that somebody added a cell to is theirs.
    """
    return AUTO in formula and bool(_OURS.fullmatch(_REFERENCE.sub("#", "".join(formula.split()).upper())))


class Live:
    """The formulas of a workbook under way, and the numbers that it begins with."""

    def __init__(self, book: Book, framework: Framework) -> None:
        self._book = book
        self._ratios = framework.by_ratio
        self._specs = {spec.id: spec for spec in cells(framework)}

    def number(self, id: str) -> Decimal | None:
        """The number that stands in a cell now, given or added up."""
        value, spec = self._book.value(id), self._specs.get(id)
        if value is not None and value != "":
            return Decimal(value) if isinstance(value, (Decimal, int)) and not isinstance(value, bool) else None
        if spec is None or not spec.sum:
            return None
        parts = {part: self.number(part) for part in spec.sum}
        known = [number for number in parts.values() if number is not None]
        lacking = [part for part, number in parts.items() if number is None]
        if not known or any(not self._specs[part].optional or self._book.value(part) for part in lacking):
            return None
        return sum(known, Decimal(0))

    def write_totals(self) -> None:
        """The subtotals that were not given."""
        for id, place in self._book.places.items():
            spec = self._specs.get(id)
            if spec is None or not spec.sum or self._book.value(id) is not None:
                continue
            parts = {part: self._book.places[part].address for part in spec.sum}
            needed = [address for part, address in parts.items() if not self._specs[part].optional]
            number = self.number(id)
            formula = subtotal(list(parts.values()), needed)
            place.page.sheet.write_formula(place.row, place.column, formula, place.style, self._book.shown(number))

    def write_computed(self, place: Place, computed: Computed, row: str, at: Mapping[str, tuple[str, object]]) -> None:
        """A grey cell. `at`: column id -> the reference and the present value of the cell in that row (of id `row`)."""
        formula, value = _computed(computed, row, at)
        write = place.page.sheet.write_formula if formula else place.page.sheet.write_blank
        style = self._book.rate if computed.is_rate else self._book.worked_out
        if formula:
            write(place.row, place.column, formula, style, self._book.shown(value))
        else:
            write(place.row, place.column, None, self._book.blocked)

    def write_rate(self, place: Place, ratio: Ratio) -> None:
        """The rate as the workbook's cells make it; blank where its inputs are not cells."""
        told = self._expression(ratio.id)
        if told is None:
            place.page.sheet.write(place.row, place.column, "由程序计算", self._book.wrapped)
            return
        expression, inputs = told
        places = [self._book.places[id].reference for id in inputs]
        waits = [f"COUNT({','.join(places)})<{len(places)}"]
        units = dict.fromkeys(self._book.unit_cells[id] for id in inputs if id in self._book.unit_cells)
        if len(units) > 1:  # one of the sheets may have been switched to another unit of money
            waits += [f'{cell}<>"{words}"' for cell, words in units]
        formula = f'=IF(OR({",".join(waits)}),"",IFERROR({expression},""))'
        value = self._rate(ratio.id)
        place.page.sheet.write_formula(place.row, place.column, formula, self._book.rate, self._book.shown(value))

    def _expression(self, id: str) -> tuple[str, tuple[str, ...]] | None:
        """A formula without its guards, and the ids of the cells in it."""
        if id in self._book.places:
            return self._book.places[id].reference, (id,)
        ratio = self._ratios.get(id)
        if ratio is None:
            return None
        told = [self._expression(part) for part in ratio.value.inputs]
        parts = [part[0] for part in told if part is not None]
        if len(parts) < len(told):
            return None
        inputs = tuple(dict.fromkeys(name for part in told if part is not None for name in part[1]))
        return _worded(ratio, parts), inputs

    def _rate(self, id: str) -> Decimal | None:
        """The same with today's numbers; a rate as a fraction."""
        if id in self._book.places:
            return self.number(id)
        ratio = self._ratios[id]
        numbers = [number for part in ratio.value.inputs if (number := self._rate(part)) is not None]
        if len(numbers) < len(ratio.value.inputs):
            return None
        return _valued(ratio, numbers)


def _worded(ratio: Ratio, parts: list[str]) -> str:
    value = ratio.value
    if value.sum:
        return f"({'+'.join(parts)})"
    if value.mean:
        return f"(({'+'.join(parts)})/{len(parts)})"
    if value.ratio:
        due = f"/{(value.per / _HUNDRED).normalize():f}" if value.per is not None else ""
        return f"({parts[0]}/{parts[1]}{due})"
    moved = f"({parts[0]}-{parts[1]})" + (f"/{parts[1]}" if value.change else "")
    return f"ABS({moved})" if value.absolute else f"({moved})"


def _valued(ratio: Ratio, numbers: list[Decimal]) -> Decimal | None:
    value = ratio.value
    if value.sum:
        return sum(numbers, Decimal(0))
    if value.mean:
        return sum(numbers, Decimal(0)) / len(numbers)
    top, bottom = numbers
    if (value.ratio or value.change) and not bottom:
        return None
    if value.ratio:
        return top / bottom / (value.per / _HUNDRED if value.per is not None else 1)
    moved = (top - bottom) / bottom if value.change else top - bottom
    return abs(moved) if value.absolute else moved


def _computed(computed: Computed, row: str, at: Mapping[str, tuple[str, object]]) -> tuple[str, Decimal | None]:
    """Formula and value of a grey cell; no formula where one of its cells is not there."""
    if computed.due:
        share = Decimal(computed.due[row].removesuffix("%")) / _HUNDRED if row in computed.due else None
        return (f"={share.normalize():f}", share) if share is not None else ("", None)
    names = computed.ratio or computed.change or computed.difference or computed.completion or ()
    if any(name not in at for name in names):
        return "", None
    if computed.completion:
        (sign, said), (target, wanted), (achieved, got) = (at[name] for name in names)
        formula = (
            f'=IF(COUNT({target},{achieved})<2,"",IFERROR(IF({sign}="≥",{achieved}/{target},IF({sign}="≤",{target}/{achieved},'
            f'IF({sign}="=",MIN({target},{achieved})/MAX({target},{achieved}),""))),""))'
        )
        known = isinstance(wanted, (Decimal, int)) and isinstance(got, (Decimal, int)) and said in ("≥", "≤", "=")
        rate = completion(str(said), Decimal(str(wanted)), Decimal(str(got))) if known else None
        return formula, rate / _HUNDRED if rate is not None else None
    (first, top), (second, bottom) = (at[name] for name in names)
    numbers = isinstance(top, (Decimal, int)) and isinstance(bottom, (Decimal, int))
    a, b = (Decimal(str(top)), Decimal(str(bottom))) if numbers else (None, None)
    guard = f"COUNT({first},{second})<2"
    if computed.difference:
        return f'=IF({guard},"",{first}-{second})', a - b if a is not None and b is not None else None
    told = f"{first}/{second}" if computed.ratio else f"({first}-{second})/{second}"
    value = None if a is None or not b else a / b if computed.ratio else (a - b) / b
    return f'=IF({guard},"",IF({second}=0,"",{told}))', value
