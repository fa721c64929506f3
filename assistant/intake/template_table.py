"""A table of rows that staff add to: a named Excel table with a head, drop-downs, grey columns, and room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.catalogue import Column, FigureSpec, Sheet
from assistant.intake.book import Book, Place, money, signed
from assistant.intake.template_live import Live
from assistant.intake.template_todo import TableArea

_ROWS = 20
_TOP = 3


def write_table(book: Book, sheet: Sheet, rows: Sequence[Mapping[str, object]], live: Live, *, old: bool) -> TableArea:
    """The sheet of a table; `old` says that its rows are last year's."""
    from xlsxwriter.utility import xl_col_to_name

    units = [column.unit for column in sheet.columns if money(column.unit)]
    widths = [_width(column) for column in sheet.columns]
    page = book.page(sheet.title, sheet.title, [*widths, *(11 for _ in sheet.computed)],
                     note=sheet.note or "行数不够时在表的下方接着填。", unit=units[0] if units else "")  # fmt: skip
    last = _TOP + max(_ROWS, len(rows) + 5)
    styles = {c.id: book.style(_spec(sheet, c)) for c in sheet.columns}
    heads: list[dict[str, Any]] = [
        {"header": table_head(c), "header_format": book.head, "format": styles[c.id]} for c in sheet.columns
    ]
    at = {c.id: f"{sheet.table}[[#This Row],[{table_head(c)}]]" for c in sheet.columns}
    heads += [{"header": c.label, "header_format": book.head, "format": book.rate} for c in sheet.computed]
    page.sheet.add_table(
        _TOP, 0, last, len(heads) - 1,
        {"name": sheet.table, "style": "Table Style Light 9", "autofilter": False, "columns": heads},
    )  # fmt: skip
    page.freeze(_TOP + 1, 0)
    page.fit(_TOP, *((table_head(c), width - 2) for c, width in zip(sheet.columns, widths, strict=True)))
    for number, column in enumerate(sheet.columns):
        spec = _spec(sheet, column)
        book.validate(page, (_TOP + 1, number, last, number), spec)
        carried = book.style(spec, old=True)
        for row in range(_TOP + 1, last + 1):
            value = rows[row - _TOP - 1].get(column.id) if row - _TOP - 1 < len(rows) else None
            book.put(
                page,
                row,
                number,
                signed(column.type, value),
                carried if old and value is not None else styles[column.id],
            )
    for row in range(_TOP + 1, last + 1):
        given = rows[row - _TOP - 1] if row - _TOP - 1 < len(rows) else {}
        known = {id: (reference, given.get(id)) for id, reference in at.items()}
        for number, computed in enumerate(sheet.computed, len(sheet.columns)):
            live.write_computed(Place(page, row, number, None), computed, "", known)
    for row, given in enumerate(rows, _TOP + 1):
        page.fit(row, *((str(given.get(c.id, "")), width) for c, width in zip(sheet.columns, widths, strict=True)))
        if old:
            book.adopted(page, row, 0)
    must = next((n for n, column in enumerate(sheet.columns) if column.required), 0)
    return TableArea(sheet.title, xl_col_to_name(must), str(_TOP + 2), str(last + 1), len(rows))


def _width(column: Column) -> int:
    """As the catalogue says, else wide enough for what is usual; a head may take two lines."""
    if column.width:
        return column.width
    return 9 if column.choices else {"text": 24, "long_text": 28, "amount": 14}.get(column.type, 10)


def table_head(column: Column) -> str:
    """A column's head, with its unit where the sheet's line of money does not say it, and a mark where it must be filled."""
    unit = f"（{column.unit}）" if column.unit and not money(column.unit) else ""
    return f"{column.label}{unit}{'*' if column.required else ''}"


def _spec(sheet: Sheet, column: Column) -> FigureSpec:
    return FigureSpec(f"{sheet.table}.{column.id}", column.label, column.type, column.unit, sheet.id,
                      choices=column.choices, required=column.required, help=column.help)  # fmt: skip
