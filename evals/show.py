"""The results on a terminal."""

from __future__ import annotations

import re
import sys
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from evals.results import Result, Table

_NUMBER = re.compile(r"[\d.,%×—<>≤≥ -]*")
_NO_TERMINAL = 160
"""Columns where nobody watches: a table in a log is not broken into lines."""


def show(result: Result, stream: TextIO = sys.stdout) -> None:
    """The tables of a suite, each with its notes."""
    console = Console(file=stream, highlight=False, width=None if stream.isatty() else _NO_TERMINAL)
    console.print(Text(f"{result.suite}　{result.purpose}（用时{result.seconds}秒）"), style="bold")
    for table in result.tables:
        console.print(Text(table.title))
        console.print(_grid(table))
        for note in table.notes:
            console.print(Text(f"  {note}"))
        console.print()


def _grid(table: Table) -> Grid:
    grid = Grid(box=box.SIMPLE)
    for number, head in enumerate(table.columns):
        numeric = all(_NUMBER.fullmatch(row[number]) for row in table.rows)
        grid.add_column(Text(head), justify="right" if numeric and number else "left")
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row))
    return grid
