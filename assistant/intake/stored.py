"""The cells of a worksheet as its XML stores them: value and formula side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from assistant.intake.looks import Look

if TYPE_CHECKING:
    from lxml.etree import _Element

Position = tuple[int, int]
"""Row and column, both from 1."""
TRUE = ("1", "true")
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Stored:
    """What a cell holds: its value (None: a formula never calculated), its formula or "", and how it is printed."""

    value: object
    formula: str
    look: Look
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class Common:
    """What the sheets of a workbook share: texts and looks by number, and the day that dates count from."""

    texts: Sequence[str]
    looks: Sequence[Look]
    epoch: datetime


@dataclass(slots=True)
class Cells:
    """The cells of a sheet that hold something, its hidden rows, and the last row and column with any cell, if only an empty one."""

    found: dict[Position, Stored] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    count: int = 0
    rows: int = 1
    columns: int = 1


def read_cells(root: _Element, common: Common) -> Cells:
    """All cells of a worksheet.

    Raises:
        ValueError, LookupError: an address or a value is not what it should be.
    """
    from openpyxl.utils.cell import column_index_from_string

    cells = Cells()
    formulas: dict[str, str] = {}
    row = 0
    for line in root.iterfind("{*}sheetData/{*}row"):
        row, column = int(line.get("r", row + 1)), 0
        if line.get("hidden") in TRUE:
            cells.hidden_rows.add(row)
        for cell in line:
            address = cell.get("r", "")
            letters = address.rstrip(_DIGITS)
            # A cell without an address stands behind the last one.
            column = column_index_from_string(letters) if address else column + 1
            row = int(address[len(letters) :]) if address else row
            cells.count += 1
            cells.rows, cells.columns = max(cells.rows, row), max(cells.columns, column)
            if len(cell):
                cells.found[row, column] = _stored(cell, common, formulas)
    return cells


def _stored(cell: _Element, common: Common, formulas: dict[str, str]) -> Stored:
    """`formulas` are the shared ones met so far: each of their cells says the same."""
    text, formula, inline = "", "", ""
    for child in cell:
        match child.tag.rpartition("}")[2]:
            case "v":
                text = child.text or ""
            case "f":
                shared = child.get("si", "")
                formula = f"={child.text}" if child.text else formulas.get(shared, "=")
                if shared and child.text:
                    formulas[shared] = formula
            case "is":
                inline = text_of(child)
    look = common.looks[int(cell.get("s", "0"))]
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return Stored(inline or None, formula, look)
    if not text:
        return Stored(None, formula, look, kind == "e")
    match kind:
        case "n":
            return _number(text, formula, look, common.epoch)
        case "s":
            return Stored(common.texts[int(text)], formula, look)
        case "b":
            return Stored(bool(int(text)), formula, look)
        case "d":
            from openpyxl.utils.datetime import from_ISO8601

            return Stored(from_ISO8601(text), formula, look)  # type: ignore[no-untyped-call]
    return Stored(text, formula, look, kind == "e")


def _number(text: str, formula: str, look: Look, epoch: datetime) -> Stored:
    """A number, or what its format makes of it: of a date the day, as nothing asks for the hour. A day that no calendar holds is an
    error, as Excel shows it.
    """
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not look.time:
        return Stored(number, formula, look)
    from openpyxl.utils.datetime import from_excel

    try:
        return Stored(from_excel(int(number), epoch, timedelta=look.time == "duration"), formula, look)
    except (OverflowError, ValueError):
        return Stored("#VALUE!", formula, look, is_error=True)


def text_of(entry: _Element) -> str:
    """The words of a text entry, whether it is one run or several; how they are pronounced is left out."""
    return "".join(_runs(entry)).replace("x005F_", "")


def _runs(entry: _Element) -> Iterator[str]:
    for child in entry:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            yield child.text or ""
        elif name == "r":
            yield from _runs(child)
