"""A report as data: what the docx and the markdown writer both print.

The assembler builds these from outline, ledger, scorecard and drafted sections; the writers know layout and nothing of figures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number already in its text. Level 1 一、 2 （一） 3 1. 4 （1）."""

    level: Literal[1, 2, 3, 4, 5]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `lead` is a bold-free opening printed in the heading's font up to its full stop (楷体 for level-2 style leads)."""

    text: str
    lead: str = ""
    align: Literal["justify", "left", "center", "right"] = "justify"
    indent: bool = True
    section: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; it spans `columns` × `rows` grid places, to the right and down. Covered places are not listed."""

    text: str
    columns: int = 1
    rows: int = 1
    align: Align = "center"
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `rows[:header_rows]` repeat on each page; `widths` are relative; `unit` is printed above at the right (单位：万元).

    `form`: set in 宋体 throughout, as forms are.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    header_rows: int = 1
    caption: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    form: bool = False

    @property
    def unit_line(self) -> str:
        """What stands above the table at the right: 单位：万元; nothing if the table has no unit."""
        return self.unit if not self.unit or self.unit.startswith("单位") else f"单位：{self.unit}"


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. `boxes` are (label, value); an empty value is an empty place for a seal, a signature or a pen."""

    title: tuple[str, ...]
    boxes: tuple[tuple[str, str], ...]
    date: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """目录: a real table-of-contents field over headings up to `levels`, filled so that it reads without being updated."""

    title: str = "目  录"
    levels: int = 2


@dataclass(frozen=True, slots=True)
class Landscape:
    """What is printed on pages of its own, across (the score table)."""

    blocks: tuple[Heading | Paragraph | Table, ...]
    title: str = ""


Block = Cover | Contents | Heading | Paragraph | Table | Landscape


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report, in reading order, with the properties the file carries (title, author unit, subject)."""

    blocks: tuple[Block, ...]
    title: str
    unit: str
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at a place of a table's grid: a cell that starts here, or a cell from above that reaches down to here."""

    column: int
    cell: Cell
    starts: bool


def places(table: Table) -> list[list[Place]]:
    """Each row's places from left to right, gaps filled with empty cells: together they always span all of `widths`.

    Raises ValueError where cells do not fit the grid.
    """
    across = len(table.widths)
    above: dict[int, tuple[Cell, int]] = {}
    grid = []
    for number, cells in enumerate(table.rows, 1):
        row: list[Place] = []
        waiting = list(cells)
        column = 0
        while column < across:
            if column in above:
                cell, left = above.pop(column)
                row.append(Place(column, cell, starts=False))
            else:
                cell = waiting.pop(0) if waiting else Cell("")
                left = min(cell.rows, len(table.rows) - number + 1)
                row.append(Place(column, cell, starts=True))
            if left > 1:
                above[column] = (cell, left - 1)
            if any(place in above for place in range(column + 1, column + cell.columns)) and row[-1].starts:
                raise ValueError(f"table row {number}: a cell reaches into one from above")
            column += cell.columns
        if waiting or column > across:
            raise ValueError(f"table row {number}: its cells need more than the {across} columns of the table")
        grid.append(row)
    return grid
