"""Reads the tables of rows: by the table's name, columns by their heads, rows below its last one as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from assistant.catalogue import Column, Sheet
from assistant.findings import Severity
from assistant.frameworks import Framework
from assistant.intake import cells as read
from assistant.intake.case import Entry, Row
from assistant.intake.cells import Cell, Refusal
from assistant.intake.declared import Units, same_label
from assistant.intake.inputs import sheets
from assistant.intake.notes import Notes
from assistant.intake.opened import Opened
from assistant.intake.origin import older_layout
from assistant.ledger import Provenance
from assistant.rules import show

_MOST_ROWS = 2000
_TOTALS = frozenset({"合计", "总计", "小计"})


@dataclass(frozen=True, slots=True)
class _Area:
    """A table on its sheet: the row of its heads, the columns found there with the heads' words, its totals row."""

    title: str
    head: int
    columns: dict[str, tuple[int, str]]
    totals: int = 0


def read_tables(opened: Opened, framework: Framework, notes: Notes) -> dict[str, tuple[Row, ...]]:
    """Table name -> filled rows, for every table of the framework."""
    found: dict[str, tuple[Row, ...]] = {}
    older = older_layout(opened)
    for sheet in sheets(framework):
        if sheet.kind != "table":
            continue
        area = _named(opened, sheet) or _by_heads(opened, sheet)
        if area is None:
            if not older or sheet.title in opened.pages:
                reason = f"没有找到表 {sheet.table}，按没有填写处理"
                notes.add("missing", "warning", sheet.title, "", reason, "如需填写，请从空白工作簿复制这张表")
            found[sheet.table] = ()
            continue
        _tell_columns(area, sheet, bool(older), notes)
        found[sheet.table] = tuple(_rows(opened, sheet, area, notes))
    return found


def _named(opened: Opened, sheet: Sheet) -> _Area | None:
    """The table object of that name."""
    found = opened.table(sheet.table)
    if found is None:
        return None
    title, table = found
    columns = _heads(opened, sheet, title, table.head)
    return _Area(title, table.head, columns, table.totals) if columns else None


def _by_heads(opened: Opened, sheet: Sheet) -> _Area | None:
    """Where the table object was lost (some programs drop it): the row that holds most of its heads."""
    pages = sorted(opened.pages.values(), key=lambda page: page.title != sheet.title)
    need = max(2, (len(sheet.columns) + 1) // 2)
    for page in pages:
        for row in range(1, min(page.rows, 30) + 1):
            columns = _heads(opened, sheet, page.title, row)
            if len(columns) >= need and all(c.id in columns for c in sheet.columns if c.required):
                return _Area(page.title, row, columns)
    return None


def _heads(opened: Opened, sheet: Sheet, title: str, row: int) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for number in range(1, min(opened.pages[title].columns, 100) + 1):
        words = opened.words(title, row, number)
        column = next((c for c in sheet.columns if words and c.id not in found and same_label(words, c.label)), None)
        if column:
            found[column.id] = (number, words)
    return found


def _tell_columns(area: _Area, sheet: Sheet, older: bool, notes: Notes) -> None:
    """Columns that are not there; those that an older layout never had are told together."""
    place, new = f"{area.title}!第{area.head}行", []
    for column in sheet.columns:
        if column.id in area.columns:
            continue
        if older and not column.required:
            new.append(column.label)
            continue
        severity: Severity = "error" if column.required else "warning"
        reason = f"表头里没有“{column.label}”这一列，按没有填写处理"
        notes.add("missing", severity, place, column.label, reason, "请恢复这一列的表头")
    if new:
        notes.add(
            "missing",
            "info",
            place,
            "",
            f"旧版模板没有“{'”“'.join(new)}”列，按没有填写处理",
            "如需填写，请用新的工作簿",
        )


def _rows(opened: Opened, sheet: Sheet, area: _Area, notes: Notes) -> Iterator[Row]:
    units = Units(opened, area.title)
    last = opened.pages[area.title].rows
    if last > area.head + _MOST_ROWS:
        last = area.head + _MOST_ROWS
        notes.add("unreadable", "warning", area.title, "", f"第 {last} 行以后没有读", "请删去表下方多余的内容")
    number = 0
    for at in range(area.head + 1, last + 1):
        cells = {
            c.id: opened.cell(area.title, at, area.columns[c.id][0], words=c.type in ("text", "long_text"))
            for c in sheet.columns if c.id in area.columns
        }  # fmt: skip
        cells = _unmerged(opened, sheet, area, at, cells, notes)
        if at == area.totals or all(read.is_blank(cell) for cell in cells.values()):
            continue
        if any(isinstance(c.value, str) and _folded(c.value) in _TOTALS for c in list(cells.values())[:2]):
            notes.add("count", "info", f"{area.title}!第{at}行", "", "合计行不算一行，没有采用")
            continue
        number += 1
        row = Row(number, MappingProxyType(dict(_entries(sheet, area, cells, number, units, notes))))
        _tell_missing(sheet, area, row, at, notes)
        yield row


def _folded(text: str) -> str:
    """合 计： as 合计."""
    return "".join(read.plain(text).split()).strip("：:")


def _unmerged(
    opened: Opened, sheet: Sheet, area: _Area, at: int, cells: dict[str, Cell], notes: Notes
) -> dict[str, Cell]:
    """A merge over several rows says its words for each of them, and its number for the first alone.

    A row in which nothing else stands is no row; what is merged across columns belongs to the first of them.
    """
    shown = {id for id in cells if opened.merge_of(area.title, at, area.columns[id][0])}
    if not shown:
        return cells
    own = any(not read.is_blank(cell) for id, cell in cells.items() if id not in shown)
    found = dict(cells)
    for id in shown:
        column, number = next(c for c in sheet.columns if c.id == id), area.columns[id][0]
        row, first = opened.anchor(area.title, at, number)
        if own and first == number and row > area.head and column.is_text:
            continue
        found[id] = replace(cells[id], value=None, formula="", is_error=False)
        if own and not read.is_blank(cells[id]) and not column.is_text:
            place, reason = f"{area.title}!第{at}行", f"与{cells[id].address}合并成一格，数只算在那一格"
            notes.add("unreadable", "warning", place, column.label, reason, "请取消合并，分别填写")
    return found


def _tell_missing(sheet: Sheet, area: _Area, row: Row, at: int, notes: Notes) -> None:
    for column in sheet.columns:
        blank = column.id in area.columns and column.id not in row.cells
        if column.required and blank and f"{sheet.table}.{row.number}.{column.id}" not in notes.refused:
            place = f"{area.title}!第{at}行"
            notes.add("missing", "error", place, column.label, "这一行有内容，但这一列没有填", "请补填，或清空这一行")


def _entries(
    sheet: Sheet, area: _Area, cells: dict[str, Cell], number: int, units: Units, notes: Notes
) -> Iterator[tuple[str, Entry]]:
    columns = {c.id: c for c in sheet.columns}
    unit_cell = cells.get("unit")
    own = read.plain(unit_cell.value) if unit_cell and isinstance(unit_cell.value, str) else ""
    for id, cell in cells.items():
        column, key = columns[id], f"{sheet.table}.{number}.{id}"
        value = _value(column, cell, units, area.columns[id][1], own)
        if value is None:
            continue
        if isinstance(value, Refusal):
            notes.refuse(key, cell, column.label, value, needed=column.required or value.code != "missing")
            continue
        notes.marks(cell, column.label)
        text, amount = value
        if amount is not None and amount < 0 and column.type == "amount":
            reason = f"填的是负数 {show(amount)}"
            notes.add(
                "reconcile", "warning", cell.place, column.label, reason, "如确有负数，请在说明中写明；否则请改正"
            )
        where = Provenance("cell", file=notes.file, sheet=cell.sheet, cell=cell.address)
        yield id, Entry(key, text, where, amount)


def _value(
    column: Column, cell: Cell, units: Units, head: str, own: str
) -> tuple[str, Decimal | None] | Refusal | None:
    """Text and, where it is one, number."""
    match column.type:
        case "amount" | "count":
            declared = units.of_head(head, column.unit)
            if isinstance(declared, Refusal):
                return None if read.is_blank(cell) else declared
            number = (read.whole_of if column.type == "count" else read.number_of)(cell, column.unit, declared)
            return (show(number), number) if isinstance(number, Decimal) else number
        case "percent":
            rate = read.number_of(cell, "%")
            return (f"{show(rate)}%", rate) if isinstance(rate, Decimal) else rate
        case "mark":
            mark = read.number_of(cell, column.unit)
            return (show(mark), mark) if isinstance(mark, Decimal) else mark
        case "number_or_text":
            free = read.free_number(cell, own)
            if isinstance(free, Refusal):
                return free
            text = read.text_of(cell)
            return (text, free[0] if free else None) if isinstance(text, str) else text
        case "choice":
            chosen = read.choice_of(cell, column.choices)
            return (chosen, None) if isinstance(chosen, str) else chosen
    text = read.text_of(cell)
    return ("".join(text.split("\n")), None) if isinstance(text, str) else text
