"""A figure that stands ten thousand times above, or below, the figures beside it: 元 for 万元. Asked about, never converted.

Three signs: the other columns of its row agree with each other and not with it; it towers over a whole column; or a total
comes out only if it is read in the other unit (then it is an error, for the sum shows it).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from assistant.catalogue import Column, FigureSpec, Sheet, grid_id, load_catalogue
from assistant.findings import Severity
from assistant.frameworks import Framework
from assistant.intake.book import money
from assistant.intake.case import Row
from assistant.intake.inputs import sheets
from assistant.intake.notes import Notes
from assistant.ledger import Figure, Provenance
from assistant.rules import show

_TIMES = Decimal(10_000)
_LEAST, _MOST = Decimal(2_000), Decimal(50_000)
_ALIKE = Decimal(20)
_FEWEST = 3
_MISS = Decimal("0.01")
_OTHER_UNIT = {"万元": ("元", "亿元"), "元": ("", "万元"), "亿元": ("万元", "")}
"""Which unit a number is in that looks 10,000 times too high, and one that looks too low."""


@dataclass(frozen=True, slots=True)
class _Number:
    """An amount as it was read, and its cell."""

    id: str
    label: str
    value: Decimal
    unit: str
    where: Provenance

    @property
    def size(self) -> Decimal:
        return abs(self.value)


def tell_scales(
    framework: Framework, figures: Iterable[Figure], tables: Mapping[str, tuple[Row, ...]], notes: Notes
) -> None:
    """Every amount whose unit is doubtful, once, with both readings."""
    known = {figure.id: figure for figure in figures if figure.provenance.source == "cell"}
    told: set[str] = set()
    for sheet in sheets(framework):
        if sheet.kind == "grid":
            grid = _grid(sheet, known)
            _totals(load_catalogue().on(sheet), known, told, notes)
            _rows(grid, told, notes)
            _columns(_turned(grid), told, notes)
        elif sheet.kind == "table":
            grid = _table(sheet, tables.get(sheet.table, ()))
            _rows(grid, told, notes)
            _columns(_turned(grid), told, notes)


def _grid(sheet: Sheet, known: Mapping[str, Figure]) -> list[dict[str, _Number]]:
    """The amounts row by row, by column."""
    return [
        {
            column.id: _Number(id, figure.label, figure.value, figure.unit, figure.provenance)
            for column in sheet.columns
            if (figure := known.get(id := grid_id(sheet, row, column))) and money(figure.unit) and figure.value
        }
        for row in sheet.rows
    ]


def _table(sheet: Sheet, rows: Iterable[Row]) -> list[dict[str, _Number]]:
    return [
        {
            column.id: _Number(entry.id, column.label, entry.number, column.unit, entry.provenance)
            for column in _amounts(sheet)
            if (entry := row.cells.get(column.id)) and entry.number
        }
        for row in rows
    ]


def _amounts(sheet: Sheet) -> Iterator[Column]:
    return (column for column in sheet.columns if column.type == "amount" and money(column.unit))


def _turned(rows: list[dict[str, _Number]]) -> list[list[_Number]]:
    columns = dict.fromkeys(column for row in rows for column in row)
    return [[row[column] for row in rows if column in row] for column in columns]


def _rows(rows: list[dict[str, _Number]], told: set[str], notes: Notes) -> None:
    """One of a row against the others of that row, which must be alike; of two, it cannot be said which is wrong."""
    for row in rows:
        numbers = list(row.values())
        for number in numbers:
            others = [other.size for other in numbers if other is not number]
            if number.value < 0 or number.id in told or not others or max(others) > _ALIKE * min(others):
                continue
            middle = median(others)
            if len(others) == 1 and number.size < middle:
                continue  # the higher one of the two speaks for both
            if far := _far(number.size, middle):
                pair = "同一行的另一个数是" if len(others) == 1 else "同一行的其他数在"
                tail = "" if len(others) == 1 else "上下"
                _ask(number, far, f"{pair} {_read(middle)}{number.unit}{tail}", "warning", told, notes)


def _columns(columns: list[list[_Number]], told: set[str], notes: Notes) -> None:
    """One that towers over all the others of its column, or lies as far below all of them."""
    for numbers in columns:
        for number in numbers:
            others = [other.size for other in numbers if other is not number]
            if number.value < 0 or number.id in told or len(others) < _FEWEST:
                continue
            highest, lowest = max(others), min(others)
            if _LEAST * highest <= number.size <= _MOST * highest:
                said = f"同一列的其他数最大为 {_read(highest)}{number.unit}"
                _ask(number, 1, said, "warning", told, notes)
            elif _LEAST * number.size <= lowest <= _MOST * number.size and highest <= _ALIKE * lowest:
                said = f"同一列的其他数最小为 {_read(lowest)}{number.unit}"
                _ask(number, -1, said, "warning", told, notes)


def _totals(specs: Iterable[FigureSpec], known: Mapping[str, Figure], told: set[str], notes: Notes) -> None:
    """A total and its parts that agree only if one of them is read in the other unit."""
    for spec in specs:
        total = known.get(spec.id)
        parts = [figure for id in spec.sum if (figure := known.get(id))]
        if total is None or not parts or not money(spec.unit) or _close(total.value, [p.value for p in parts]):
            continue
        for figure in (total, *parts):
            for far, factor in ((1, 1 / _TIMES), (-1, _TIMES)):
                read = {f.id: f.value * (factor if f is figure else 1) for f in (total, *parts)}
                if figure.value and _close(read[total.id], [read[part.id] for part in parts]):
                    number = _Number(figure.id, figure.label, figure.value, figure.unit, figure.provenance)
                    _ask(number, far, f"按后一种，{total.label}与分项之和才相符", "error", told, notes)
                    return


def _close(total: Decimal, parts: list[Decimal]) -> bool:
    return abs(total - sum(parts, Decimal(0))) <= _MISS * max(abs(total), Decimal(1))


def _far(value: Decimal, other: Decimal) -> int:
    """1: about ten thousand times above it; -1: as far below; 0: neither."""
    if _LEAST * other <= value <= _MOST * other:
        return 1
    return -1 if _LEAST * value <= other <= _MOST * value else 0


def _ask(number: _Number, far: int, why: str, severity: Severity, told: set[str], notes: Notes) -> None:
    """Both readings; the figure stays as it was given."""
    high, low = _OTHER_UNIT[number.unit]
    other = high if far > 0 else low
    if number.id in told or not other:
        return
    told.add(number.id)
    turned = number.value / _TIMES if far > 0 else number.value * _TIMES
    reason = (
        f"填的是 {_read(number.value)}，{why}，看不出是 {_read(number.value)}{number.unit}，"
        f"还是 {_read(number.value)}{other}（即 {_read(turned)}{number.unit}）；程序没有换算，按 {number.unit} 采用"
    )
    place = number.where.place
    notes.add("wrong_unit", severity, place, number.label, reason, f"请核对；是{other}的，在数后写明“{other}”")


def _read(value: Decimal) -> str:
    whole, _, places = show(value).partition(".")
    return f"{int(whole):,}" + (f".{places}" if places else "") if whole not in ("-0",) else show(value)
