"""A table of a spreadsheet from columns and rows: text stays text whatever it begins with, numbers are numbers with a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from assistant.report.score_sheet import number, row_height

_Row = TypeVar("_Row")
SUM, MEAN = 109, 101
"""What SUBTOTAL calls them, hidden rows left out."""
_COLOURS = {
    "错误": "#F4A58A", "提醒": "#FFF2CC",
    "不能报送": "#F4A58A", "先更正": "#FFD27F", "待补充": "#FFF2CC", "可送审": "#E9F5E4",
}  # fmt: skip
"""From dark to light as it matters less, so that grey print shows it too."""
_LONGEST = 4000
"""Characters of a cell that anybody reads; the format holds 32,767."""


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that opens something beside the workbook."""

    address: str
    text: str


Cell = str | int | Decimal | Link | None


@dataclass(frozen=True)
class Column(Generic[_Row]):
    """A column: its head, its width in characters, the look of its cells, and what stands in it for a row.

    `total`: SUM or MEAN of what a filter leaves, 0 for none; `wraps`: its rows may grow in height.
    """

    head: str
    width: int
    look: str
    value: Callable[[_Row], Cell]
    total: int = 0
    wraps: bool = False


def looks_of(book: Any) -> dict[str, Any]:
    """The formats of the summary's sheets. State and severity differ in lightness too, so that grey print shows them."""
    font = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "border": 1, "border_color": "#A6A6A6"}
    made = {
        "title": {"font_name": "黑体", "font_size": 16, "valign": "vcenter"},
        "line": {"font_name": "宋体", "font_size": 10.5, "font_color": "#404040"},
        "head": font | {"bold": True, "align": "center", "bg_color": "#DCE6F1", "text_wrap": True},
        "text": font | {"text_wrap": True},
        "mid": font | {"align": "center", "text_wrap": True},
        "count": font | {"align": "center", "num_format": '0;-0;"—"'},
        "mark": font | {"align": "right", "num_format": "0.00##"},
        "whole": font | {"align": "right", "num_format": "#,##0"},
        "share": font | {"align": "right", "num_format": "General"},
        "rate": font | {"align": "right", "num_format": "0.00%"},
        "link": font | {"align": "center", "font_color": "#0563C1", "underline": 1},
    }
    summed = ("count", "mark", "whole", "rate", "text")
    made |= {f"total {name}": made[name] | {"bold": True, "bg_color": "#F2F2F2"} for name in summed}
    made["total mark"]["num_format"] = "0.00"
    made |= {f"on {word}": {"bg_color": colour, "font_color": "#000000"} for word, colour in _COLOURS.items()}
    return {name: book.add_format(look) for name, look in made.items()}


def colour_words(sheet: Any, area: tuple[int, int, int, int], words: Iterable[str], looks: dict[str, Any]) -> None:
    """The background of the cells that hold one of these words."""
    for word in words:
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": looks[f"on {word}"]}
        sheet.conditional_format(*area, rule)


def put(sheet: Any, row: int, column: int, value: Cell, look: Any) -> None:
    """One cell. A text that begins with = is written as the text it is."""
    if isinstance(value, Link):
        if not value.address or sheet.write_url(row, column, f"external:{value.address}", look, value.text) != 0:
            sheet.write_string(row, column, value.text, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:_LONGEST], look)
    elif value is None:
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_number(row, column, number(Decimal(value)), look)


def put_table(
    sheet: Any, top: int, columns: Sequence[Column[_Row]], rows: Sequence[_Row], looks: dict[str, Any]
) -> int:
    """A head at row `top` (from 0) and the rows below it, with filters; the row after the last is returned."""
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(top, at, column.head, looks["head"])
    row = top
    for row, item in enumerate(rows, top + 1):
        cells = [column.value(item) for column in columns]
        pairs = zip(columns, cells, strict=True)
        wrapped = [(cell, column.width // 2) for column, cell in pairs if column.wraps and isinstance(cell, str)]
        if wrapped:
            sheet.set_row(row, row_height(tuple(wrapped)) + 5)
        for at, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            put(sheet, row, at, cell, looks["mid" if column.look == "link" and isinstance(cell, str) else column.look])
    sheet.autofilter(top, 0, max(row, top), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    return row + 1


def put_totals(
    sheet: Any, top: int, columns: Sequence[Column[_Row]], rows: Sequence[_Row], looks: dict[str, Any]
) -> None:
    """The totals in row `top`, above the head and its rows: live, so that they follow the filter, with the values of today."""
    from xlsxwriter.utility import xl_col_to_name

    for at, column in enumerate(columns):
        found = [Decimal(cell) for item in rows if isinstance(cell := column.value(item), int | Decimal)]
        if not column.total or not found:
            put(sheet, top, at, "合计" if at == 1 else None, looks["total text"])
            continue
        value = sum(found, Decimal(0)) / (len(found) if column.total == MEAN else 1)
        name = xl_col_to_name(at)
        formula = f"=SUBTOTAL({column.total},{name}{top + 3}:{name}{top + 2 + len(rows)})"
        sheet.write_formula(top, at, formula, looks[f"total {column.look}"], number(value))
