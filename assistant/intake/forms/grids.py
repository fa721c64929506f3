"""The tables of an .xlsx or .docx as dense grids: every position knows its text, its place, and the cell it was merged into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from assistant.documents import Text, read_document
from assistant.errors import InputError
from assistant.intake.cells import Cell, text_of
from assistant.intake.opened import Opened
from assistant.patterns import regex
from assistant.rules import show

_MOST_ROWS, _MOST_COLUMNS = 2000, 60
_TITLE = regex(r"指标|评分|评价|绩效|自评")


@dataclass(frozen=True, slots=True)
class GridCell:
    """What stands at a position; `anchor` is the first position of the merge that it belongs to, or itself."""

    text: str
    place: str
    anchor: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its name in the file, the lines that stand above it, its rows of equal length."""

    place: str
    above: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0


def read_grids(path: Path) -> list[Grid]:
    """Every table of the file.

    Raises:
        InputError: it is neither .xlsx nor .docx, or cannot be read.
    """
    match path.suffix.lower():
        case ".xlsx" | ".xlsm":
            return list(_of_workbook(Opened(path)))
        case ".docx" | ".docm":
            return list(_of_document(read_document(path)))
    raise InputError(
        path.name, "只能导入 .xlsx 或 .docx 的评分表", "请用 Excel、WPS 或 Word 打开后另存为 .xlsx 或 .docx"
    )


def _of_workbook(opened: Opened) -> Iterator[Grid]:
    from openpyxl.utils import get_column_letter

    for page in opened.pages.values():
        if page.is_hidden or page.rows * page.columns == 1:
            continue
        rows, columns = min(page.rows, _MOST_ROWS), min(page.columns, _MOST_COLUMNS)
        dense = []
        for row in range(1, rows + 1):
            cells = []
            for column in range(1, columns + 1):
                anchor = opened.anchor(page.title, row, column)
                place = f"{page.title}!{get_column_letter(anchor[1])}{anchor[0]}"
                cells.append(GridCell(_text(opened.cell(page.title, row, column)), place, anchor))
            dense.append(tuple(cells))
        yield Grid(page.title, (page.title,), tuple(dense))


def _text(cell: Cell) -> str:
    """A cell as its reader sees it: numbers without an exponent, a share in % where it is shown so."""
    value = cell.value
    if isinstance(value, bool) or value is None or cell.is_error:
        return ""
    if isinstance(value, Decimal):
        return f"{show(value * 100)}%" if "%" in cell.number_format else show(value)
    text = text_of(cell)
    return text if isinstance(text, str) else ""


def _of_document(text: Text) -> Iterator[Grid]:
    for table in sorted({block.table for block in text.blocks if block.kind == "row"}):
        rows = text.rows(table)
        width = max((cell.column + cell.columns for row in rows for cell in row.cells), default=0)
        dense: list[tuple[GridCell, ...]] = []
        for number, row in enumerate(rows):
            cells = [GridCell("", f"表{table}第{number + 1}行", (number, column)) for column in range(width)]
            for cell in row.cells:
                here = GridCell(
                    text.text[cell.start : cell.end],
                    f"表{table}第{number + 1}行第{cell.column + 1}列",
                    (number, cell.column),
                )
                if cell.row_continues and dense:
                    here = dense[-1][cell.column]
                cells[cell.column : cell.column + cell.columns] = [here] * cell.columns
            dense.append(tuple(cells[:width]))
        yield Grid(f"表{table}", _lines_above(text, rows[0].start), tuple(dense))


def _lines_above(text: Text, start: int) -> tuple[str, ...]:
    """The three lines before a table, the nearest last."""
    blocks = [block for block in text.blocks if block.kind in ("paragraph", "heading") and block.start < start]
    return tuple(text.text[block.start : block.end] for block in blocks[-3:])


def title_of(grid: Grid, first: int) -> str:
    """What the table is called: the longest line above its head that speaks of indicators, marks or performance."""
    lines = [cell.text for row in grid.rows[:first] for cell in dict.fromkeys(row)] + list(grid.above)
    fitting = [" ".join(line.split()) for line in lines if _TITLE.search(line) and len(line) <= 60]
    return max(fitting, key=len, default="")
