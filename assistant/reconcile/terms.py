"""The numbers of an identity, wherever they stand: cells, added rows of a table, last year's case. Each with its place and how
far its printed digits leave it open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.catalogue import load_catalogue
from assistant.intake import Case, Row
from assistant.ledger import Figure, Ledger, Scope
from assistant.numbers import base
from assistant.reconcile.model import PREVIOUS, Rows, Source

NO_SCOPE = Scope()
_HALF = Decimal("0.5")
_MEASURED = ("元", "%")
"""Only these are rounded when they are printed; people, things and marks are counted."""


@dataclass(frozen=True, slots=True)
class Term:
    """One number. `half` is half a unit of its last printed digit (0 for counts); `added` says that we added it up ourselves."""

    id: str
    label: str
    value: Decimal
    unit: str
    half: Decimal
    scope: Scope = NO_SCOPE
    sheet: str = ""
    cells: str = ""
    added: bool = False
    inputs: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """sheet!cell, or file and paragraph."""
        return f"{self.sheet}!{self.cells}" if self.sheet and self.cells else self.sheet or self.cells

    @property
    def places(self) -> int:
        """Decimal places as given."""
        return places_of(self.value)

    def number(self) -> str:
        """The value with all its places; money with two at least."""
        return number(self.value, self.unit)

    def printed(self) -> str:
        """The value with its unit."""
        return f"{self.number()}{self.unit}"

    def told(self) -> str:
        """What was written where."""
        how = "按分项合计为" if self.added else "填"
        return f"{self.label}{how}{self.printed()}" + (f"（{self.place}）" if self.place else "")

    def within(self, unit: str) -> Term:
        """The same in another unit of its family."""
        if unit == self.unit or base(Decimal(1), unit)[1] != base(Decimal(1), self.unit)[1]:
            return self
        factor = base(Decimal(1), self.unit)[0] / base(Decimal(1), unit)[0]
        return replace(self, value=self.value * factor, half=self.half * factor, unit=unit)


def places_of(value: Decimal) -> int:
    """How many decimal places a number was given with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def number(value: Decimal, unit: str) -> str:
    """A number in full, thousands separated; money with two places at least."""
    least = 2 if unit.endswith("元") else 0
    text = f"{value.normalize() + 0:f}" if value else "0"
    whole, _, rest = text.partition(".")
    rest = rest.ljust(least, "0")
    sign, digits = ("－", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{'.' if rest else ''}{rest}"


def half_of(value: Decimal, unit: str) -> Decimal:
    """Half a unit of the last digit: 0 for what is counted, and for 0 itself."""
    if not value or base(Decimal(1), unit)[1] not in _MEASURED:
        return Decimal(0)
    return _HALF.scaleb(-places_of(value))


@dataclass(frozen=True, slots=True)
class Known:
    """Where terms are looked up: this year's case, and last year's where it is at hand."""

    case: Case
    ledger: Ledger
    previous: Case | None = None

    def term(self, source: Source) -> Term | None:
        """The term, or None where it was not given."""
        if isinstance(source, Rows):
            return self._rows(source)
        if source.startswith(PREVIOUS):
            figure = self.previous.ledger.get(source.removeprefix(PREVIOUS)) if self.previous else None
            return None if figure is None or self.previous is None else _last_year(figure, self.previous)
        figure = self.ledger.get(source)
        return None if figure is None else term_of(figure, self.ledger)

    def _rows(self, rows: Rows) -> Term | None:
        """None where the table is empty, or a row lacks what is asked for."""
        table = self.case.rows(rows.table)
        wanted = (*rows.where, *((rows.column,) if rows.column else ()))
        if not table or any(name not in row.cells for row in table for name in wanted):
            return None
        chosen = [row for row in table if all(row.text(name) == value for name, value in rows.where.items())]
        if not rows.column:
            where = _span(table, wanted)
            return Term("", rows.label, Decimal(len(chosen)), rows.unit, Decimal(0), sheet=where[0], cells=where[1], added=True)  # fmt: skip
        amounts = [row.decimal(rows.column) for row in chosen]
        if any(amount is None for amount in amounts):
            return None
        given = [amount for amount in amounts if amount is not None]
        unit = rows.unit or _column_unit(rows.table, rows.column)
        half = sum((half_of(amount, unit) for amount in given), Decimal(0))
        sheet, cells = _span(table, (rows.column,))
        return Term("", rows.label, sum(given, Decimal(0)), unit, half, sheet=sheet, cells=cells, added=True)


def term_of(figure: Figure, ledger: Ledger) -> Term:
    """A figure of the ledger as a term. One that we added up is as open as its parts together."""
    where = figure.provenance
    added = where.source == "formula"
    if added:
        parts = [part for id in where.inputs if (part := ledger.get(id))]
        half = sum((half_of(part.value, part.unit) for part in parts), Decimal(0))
    else:
        half = half_of(figure.value, figure.unit)
    sheet, cell = (where.sheet, where.cell) if where.source in ("cell", "formula") else (where.file, where.paragraph)
    if where.source == "paragraph":
        sheet, cell = "", f"{where.file} {where.paragraph}"
    return Term(
        figure.id, figure.label, figure.value, figure.unit, half, figure.scope, sheet, cell, added, where.inputs
    )


def _last_year(figure: Figure, previous: Case) -> Term:
    term = term_of(figure, previous.ledger)
    return replace(term, id=PREVIOUS + term.id, label=f"{previous.year}年填报的{term.label}",
                   sheet=f"{previous.year}年工作簿 {term.sheet}")  # fmt: skip


def _column_unit(table: str, column: str) -> str:
    columns = (c for sheet in load_catalogue().sheets if sheet.table == table for c in sheet.columns)
    return next((c.unit for c in columns if c.id == column), "")


def _span(table: Sequence[Row], columns: Iterable[str]) -> tuple[str, str]:
    """Sheet, and first to last cell of the columns (of the first column where none is asked for)."""
    names = tuple(columns) or tuple(table[0].cells)[:1]
    found = [row.cells[name].provenance for row in (table[0], table[-1]) for name in names[-1:] if name in row.cells]
    if not found:
        return "", ""
    first, last = found[0], found[-1]
    return first.sheet, first.cell if first.cell == last.cell else f"{first.cell}:{last.cell}"


def places_told(terms: Sequence[Term]) -> str:
    """（8 政府采购!B5、B7）: each sheet once."""
    by_sheet: dict[str, list[str]] = {}
    for term in terms:
        if term.place:
            by_sheet.setdefault(term.sheet, []).append(term.cells)
    told = "；".join(f"{sheet}!{'、'.join(cells)}" if sheet and any(cells) else sheet or "、".join(cells)
                    for sheet, cells in by_sheet.items())  # fmt: skip
    return f"（{told}）" if told else ""


def tolerance(terms: Sequence[Term]) -> Decimal:
    """By how much printed numbers may miss each other: half a unit of the last digit of each.

    A sheet drops closing zeros, so a number with one place fewer than all the others of its sheet is taken to have lost one.
    """
    return sum((_spread(term, terms) for term in terms), Decimal(0))


def _spread(term: Term, terms: Sequence[Term]) -> Decimal:
    others = {other.places for other in terms if other is not term and other.half and other.sheet == term.sheet}
    siblings = sum(other is not term and bool(other.half) and other.sheet == term.sheet for other in terms)
    if term.half and not term.added and siblings > 1 and others == {term.places + 1}:
        return term.half / 10
    return term.half


def apart(terms: Iterable[Term]) -> str:
    """The 口径 in which the figures differ (they are then not compared), or "". Things and people are counts alike."""
    told = list(terms)
    for name, words in (("fund", "资金口径"), ("coverage", "填报范围"), ("version", "数据版本"), ("as_of", "时点")):
        found = {value for term in told if (value := getattr(term.scope, name))}
        if len(found) > 1:
            return f"{words}不同（{'、'.join(sorted(found))}）"
    if len({unit if (unit := base(Decimal(1), term.unit)[1]) in _MEASURED else "" for term in told}) > 1:
        return "计量单位不同"
    return ""
