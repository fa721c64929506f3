"""What last year's case gives a new workbook, and which of it still stands there word for word when the workbook comes back.

Texts that the catalogue says carry over, rows of its tables, and last year's figures into the columns of last year; nothing
of last year's ever stands in a cell of this year's figures (it is only told there, in the line of help).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.catalogue import Sheet
from assistant.frameworks import Framework
from assistant.intake.case import Case, Entry, Row
from assistant.intake.inputs import cells, sheets
from assistant.intake.notes import Notes
from assistant.intake.opened import Opened

CARRIED_SHEET = "上年沿用"
_YEAR = "unit.year"


@dataclass(frozen=True)
class Carried:
    """Values by id, rows by table, and this year's cells' figures of last year as printed."""

    year: int = 0
    values: Mapping[str, object] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)


def carry(framework: Framework, prior: Case | None) -> Carried:
    """What a workbook of this framework takes from last year's case, whichever framework that had."""
    if prior is None:
        return Carried()
    values: dict[str, object] = {}
    figures: dict[str, str] = {}
    for spec in cells(framework):
        text, before = prior.text(spec.id), prior.ledger.get(spec.last_year)
        if spec.carries and text:
            values[spec.id] = text
        elif before is not None and before.provenance.source == "cell" and before.unit == spec.unit:
            values[spec.id] = before.value
        elif spec.period == "this" and spec.is_figure and (same := prior.ledger.get(spec.id)) is not None:
            figures[spec.id] = same.printed()
    tables = {sheet.table: rows for sheet in sheets(framework) if sheet.last_year and (rows := _rows(sheet, prior))}
    return Carried(prior.year, values, tables, figures)


def _columns(sheet: Sheet) -> tuple[str, ...]:
    return tuple(column.id for column in sheet.columns if column.carries)


def _rows(sheet: Sheet, prior: Case) -> list[dict[str, object]]:
    """Last year's rows with the columns that carry over; none without what a row must have."""
    must = [column.id for column in sheet.columns if column.required]
    rows = [{id: row.text(id) for id in _columns(sheet) if row.text(id)} for row in prior.rows(sheet.last_year)]
    return [dict(row) for row in rows if all(id in row for id in must if id in _columns(sheet))]


def listed(framework: Framework, carried: Carried) -> list[tuple[str, str]]:
    """Key and digest of each text that was carried over, for the hidden sheet."""
    found = [(id, _digest(value)) for id, value in carried.values.items() if isinstance(value, str)]
    for sheet in sheets(framework):
        for row in carried.tables.get(sheet.table, ()) if sheet.table else ():
            found.append((sheet.table, _digest(*(str(row.get(id, "")) for id in _columns(sheet)))))
    return found


def _digest(*texts: str) -> str:
    """Of the words alone: line breaks and spaces do not make a text another one."""
    words = "\x1f".join("".join(text.split()) for text in texts)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def tell_unchanged(
    opened: Opened,
    framework: Framework,
    entries: Mapping[str, Entry],
    tables: Mapping[str, tuple[Row, ...]],
    notes: Notes,
) -> None:
    """沿用上年: the texts that are still last year's, one finding a sheet."""
    marked = set(_marked(opened))
    if not marked:
        return
    labels = {spec.id: spec.label for spec in cells(framework) if spec.carries}
    same = [
        (entry.provenance.sheet, labels[id])
        for id, entry in entries.items()
        if id in labels and (id, _digest(entry.text)) in marked
    ]
    for title in dict.fromkeys(title for title, _ in same):
        words = "、".join(label for at, label in same if at == title)
        notes.add("similarity", "info", title, "", f"{words}沿用上年，一字未改", "请核对是否仍与本年一致")
    for sheet in sheets(framework):
        rows = tables.get(sheet.table, ()) if sheet.last_year else ()
        kept = [row for row in rows if (sheet.table, _digest(*(row.text(id) for id in _columns(sheet)))) in marked]
        if kept:
            at = next(iter(kept[0].cells.values())).provenance.sheet
            said = f"{len(kept)} 行{sheet.row}沿用上年，一字未改"
            notes.add("similarity", "info", at, "", said, "请核对是否仍与本年一致，不再适用的删去")


def _marked(opened: Opened) -> Iterator[tuple[str, str]]:
    """The hidden sheet's list."""
    page = opened.pages.get(CARRIED_SHEET)
    cells = {at: cell.value for at, cell in page.cells.items()} if page else {}
    for (row, column), name in cells.items():
        digest = cells.get((row, 2))
        if column == 1 and isinstance(name, str) and isinstance(digest, str):
            yield name, digest
