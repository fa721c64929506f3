"""A report and the score tables handed in with it as one text, so that every check that holds table against table holds these too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from assistant.documents import Text
from assistant.documents.text import Builder, Cell
from assistant.errors import InputError
from assistant.findings import Finding
from assistant.intake.forms.grids import Grid, GridCell, read_grids
from assistant.patterns import regex

_MARKS = ("得分", "分值", "评分")
_MOST_GRIDS = 20
_WORKED_OUT = regex(r"\d+\.\d{9,}")
_SHOWN = Decimal("0.000001")
"""A formula leaves as many digits as the machine holds (66.66666666666667%), and the last of them are no statement."""


def with_tables(report: Text | None, files: Sequence[Path], name: str) -> tuple[Text, list[Finding]]:
    """The report with the score tables of these files behind it, and what could not be read of them.

    The report's own offsets stay. Each table stands under a heading that names file and sheet.
    """
    builder = Builder(name)
    unread = []
    for file in files:
        try:
            grids = [grid for grid in read_grids(file) if _is_of_marks(grid)][:_MOST_GRIDS]
        except InputError as error:
            unread.append(Finding("unreadable", "warning", f"随附的表没有读：{error}"))
            continue
        for grid in grids:
            builder.paragraph(f"随附的{file.name}（{grid.place}）", "heading", 1)
            builder.table()
            for row in grid.rows:
                builder.row(_cells(row, grid))
    tables = builder.build()
    if report is None or not tables.blocks:
        return report or tables, unread
    return _joined(report, tables), unread


def _is_of_marks(grid: Grid) -> bool:
    words = "".join(cell.text for row in grid.rows[:12] for cell in row)
    return any(mark in words for mark in _MARKS)


def _cells(row: Sequence[GridCell], grid: Grid) -> Iterator[Cell]:
    """The cells of a row as a document has them: merged ones once, with their width, and empty where they come from above."""
    number = next(at for at, own in enumerate(grid.rows) if own is row)
    above = set() if number == 0 else {cell.anchor for cell in grid.rows[number - 1]}
    column = 0
    while column < len(row):
        cell, width = row[column], 1
        while column + width < len(row) and row[column + width].anchor == cell.anchor:
            width += 1
        continues = cell.anchor in above
        yield Cell("" if continues else _WORKED_OUT.sub(_shown, cell.text), column, width, continues)
        column += width


def _shown(number: re.Match[str]) -> str:
    return f"{Decimal(number[0]).quantize(_SHOWN).normalize():f}"


def _joined(report: Text, tables: Text) -> Text:
    """The second text behind the first, its tables numbered on."""
    shift = len(report.text)
    last = max((block.table for block in report.blocks), default=0)
    moved = tuple(
        block._replace(
            start=block.start + shift,
            end=block.end + shift,
            table=block.table + last if block.table else 0,
            cells=tuple(cell._replace(start=cell.start + shift, end=cell.end + shift) for cell in block.cells),
        )
        for block in tables.blocks
    )
    return replace(report, text=report.text + tables.text, blocks=(*report.blocks, *moved))
