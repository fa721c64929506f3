"""The worksheets of an .xlsx: what stands in their cells, what is merged, hidden and named.

The package counts and parses every part under its limits. openpyxl would parse all of it again, once for the values and once for the
formulas, and make an object of every empty cell; here it is asked what formats, dates and addresses mean.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.intake.looks import read_looks
from assistant.intake.stored import TRUE, Common, Position, Stored, read_cells, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from assistant.documents.package import Package

_MAX_CELLS = 300_000
_MAX_MERGED = 200_000
_REMEDY = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试"


@dataclass(frozen=True, slots=True)
class TableArea:
    """A table object: its name, the row of its heads, and the row of its totals (0: it has none)."""

    name: str
    head: int
    totals: int


@dataclass(frozen=True, slots=True)
class Page:
    """A worksheet: the cells that hold something, the first cell of each merge by the positions that it covers, the last row and
    column with any cell, and the names that are defined for this sheet alone (name -> what it points to)."""

    title: str
    is_hidden: bool
    cells: Mapping[Position, Stored]
    merges: Mapping[Position, Position]
    rows: int
    columns: int
    hidden_rows: frozenset[int]
    hidden_columns: tuple[tuple[int, int], ...]
    tables: tuple[TableArea, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its worksheets, the names defined for all of them, and the properties that somebody gave it."""

    pages: tuple[Page, ...]
    names: Mapping[str, str]
    properties: Mapping[str, str]


def read_book(package: Package) -> Book:
    """All that is stored in an .xlsx.

    Raises:
        InputError: a part is damaged, too large, or carries entities.
    """
    try:
        return _book(package)
    except (ValueError, LookupError) as error:
        raise InputError(package.name, "工作簿已损坏，无法读取", _REMEDY) from error


def _book(package: Package) -> Book:
    root = package.parse(package.main)
    common = _common(package, root)
    names: dict[str, dict[str, str]] = {}
    for entry in root.iterfind("{*}definedNames/{*}definedName"):
        names.setdefault(entry.get("localSheetId", ""), {})[entry.get("name", "")] = entry.text or ""
    targets = {link.get("Id"): target for link, target in _links(package, package.main, "worksheet")}
    pages: list[Page] = []
    room = _Room(package.name)
    for number, sheet in enumerate(root.iterfind("{*}sheets/{*}sheet")):
        id = next((value for key, value in sheet.items() if str(key).endswith("}id")), "")
        if part := targets.get(str(id)):
            pages.append(_page(package, sheet, part, common, names.get(str(number), {}), room))
    if not pages:
        raise ValueError("no worksheets")
    properties = package.related("", "custom-properties")
    given = package.parse(properties) if properties else ()
    return Book(tuple(pages), names.get("", {}), {entry.get("name", ""): _said(entry) for entry in given})


def _said(entry: _Element) -> str:
    return "".join(str(words) for words in entry.itertext())


def _common(package: Package, root: _Element) -> Common:
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

    texts, looks = package.related(package.main, "sharedStrings"), package.related(package.main, "styles")
    properties = root.find("{*}workbookPr")
    is_mac = properties is not None and properties.get("date1904") in TRUE
    return Common(
        [text_of(entry) for entry in package.parse(texts).iterfind("{*}si")] if texts else [],
        read_looks(package.parse(looks) if looks else None),
        MAC_EPOCH if is_mac else WINDOWS_EPOCH,
    )


class _Room:
    """How many cells and merged positions the sheets read so far have."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._cells = self._merged = 0

    def take(self, cells: int, merged: int) -> None:
        """Count more of them.

        Raises:
            InputError: they are too many.
        """
        self._cells += cells
        self._merged += merged
        if self._cells > _MAX_CELLS or self._merged > _MAX_MERGED:
            raise InputError(self._file, "单元格或合并区域过多，不像是填报工作簿", "请核对文件，删去多余的内容后再试")


def _page(package: Package, sheet: _Element, part: str, common: Common, names: Mapping[str, str], room: _Room) -> Page:
    root = package.parse(part)
    cells = read_cells(root, common)
    room.take(cells.count, 0)
    merges: dict[Position, Position] = {}
    for left, top, right, bottom in _merged(root):
        room.take(0, (right - left + 1) * (bottom - top + 1))
        merges |= {(row, column): (top, left) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    for covered in merges.keys() & cells.found.keys():
        if merges[covered] != covered:
            del cells.found[covered]
    hidden = [col for col in root.iterfind("{*}cols/{*}col") if col.get("hidden") in TRUE]
    return Page(
        sheet.get("name", ""), sheet.get("state", "visible") != "visible", cells.found, merges, cells.rows, cells.columns,
        frozenset(cells.hidden_rows), tuple((int(col.get("min", "0")), int(col.get("max", "0"))) for col in hidden),
        tuple(_tables(package, part)), names,
    )  # fmt: skip


def _merged(root: _Element) -> Iterator[tuple[int, int, int, int]]:
    for merge in root.iterfind("{*}mergeCells/{*}mergeCell"):
        yield box(merge.get("ref", ""))


def box(area: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of B2:C3, counted from 1.

    Raises:
        ValueError: it is whole rows or columns, or no area.
    """
    from openpyxl.utils.cell import range_boundaries

    left, top, right, bottom = range_boundaries(area)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(area)
    return left, top, right, bottom


def _tables(package: Package, part: str) -> Iterator[TableArea]:
    for _, target in _links(package, part, "table"):
        table = package.parse(target)
        _, top, _, bottom = box(table.get("ref", ""))
        name = table.get("displayName") or table.get("name") or ""
        yield TableArea(name, top, bottom if int(table.get("totalsRowCount", "0")) else 0)


def _links(package: Package, part: str, kind: str) -> Iterator[tuple[_Element, str]]:
    """The parts that `part` points to as its `kind`, with the relation."""
    folder, _, base = part.rpartition("/")
    relations = f"{folder}/_rels/{base}.rels"
    for link in package.parse(relations) if relations in package.names else ():
        target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
        if link.get("Type", "").endswith(f"/{kind}") and target in package.names:
            yield link, target
