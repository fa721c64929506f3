"""Opens an .xlsx that may be hostile, and finds the cells that names point to: stored values and formulas side by side.

Every part is counted and parsed before openpyxl sees it; the formulas are taken from that parse, and what openpyxl would only
spend time on (drop-downs, colours by condition, comments) is left out of what it is given.
"""

from __future__ import annotations

import io
import posixpath
import warnings
import zipfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from assistant.intake.cells import Cell, plain
from assistant.patterns import regex

if TYPE_CHECKING:
    from lxml.etree import _Element
    from openpyxl.workbook import Workbook as Book
    from openpyxl.worksheet.worksheet import Worksheet

    from assistant.documents.package import Package

_MAX_CELLS = 300_000
_MAX_MERGED = 200_000
_LEGIBLE = 2
_SHOWS_NOTHING = ";;;"
_UNREAD = frozenset({
    "dataValidations", "conditionalFormatting", "hyperlinks", "legacyDrawing", "drawing", "extLst", "pageSetup",
    "printOptions", "pageMargins", "headerFooter", "oleObjects", "controls", "picture", "rowBreaks", "colBreaks",
})  # fmt: skip
_CELL = regex(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)")
_REMEDY = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试"


class BadName(ValueError):
    """A defined name that points to no single cell; says why."""


class Opened:
    """An open workbook."""

    def __init__(self, path: Path) -> None:
        from assistant.documents import source
        from assistant.documents.package import package_of

        self.file = path.name
        data = source.load(path)
        lean, self._formulas = _inspect(package_of(path.name, data, "xl/workbook.xml"), path.name)
        self.values = _load(lean, path.name)
        self._merged: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}
        self.unseen: dict[str, dict[str, None]] = {}
        """Sheet -> the cells that were asked for and are printed so that nobody sees them; they count as blank."""

    @property
    def sheets(self) -> list[Worksheet]:
        """The worksheets; charts are left out."""
        return list(self.values.worksheets)

    @cached_property
    def names(self) -> dict[str, Any]:
        """The defined names by their lower case; the workbook's go before those of single sheets."""
        found = {}
        for sheet in self.sheets:
            found.update({name.casefold(): entry for name, entry in sheet.defined_names.items()})
        found.update(self.book_names)
        return found

    @cached_property
    def book_names(self) -> dict[str, Any]:
        """The names of the workbook as a whole, without those of single sheets."""
        return {name.casefold(): entry for name, entry in self.values.defined_names.items()}

    def table(self, name: str) -> tuple[str, Any] | None:
        """The sheet of the table object of that name, and the object."""
        for page in self.sheets:
            for table in page.tables.values():
                if (table.displayName or table.name or "").casefold() == name.casefold():
                    return page.title, table
        return None

    def place(self, name: str) -> tuple[str, int, int] | None:
        """Sheet, row and column that a name points to; the first cell of a merge; None where there is no such name.

        Raises:
            BadName: it points to a deleted cell, or to several.
        """
        from openpyxl.utils.cell import column_index_from_string, range_boundaries

        entry = self.names.get(name.casefold())
        if entry is None:
            return None
        if simple := _CELL.fullmatch(entry.attr_text or ""):
            title = (simple[1] or "").replace("''", "'") or simple[2]
            if title in self.values.sheetnames:
                return title, *self.anchor(title, int(simple[4]), column_index_from_string(simple[3]))
        if "#REF!" in (entry.attr_text or ""):
            raise BadName("所指的单元格已被删除")
        targets = list(entry.destinations)
        if len(targets) != 1 or targets[0][0] not in self.values.sheetnames:
            raise BadName("没有指向一个单元格")
        sheet, area = targets[0]
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
        if not isinstance(left, int) or not isinstance(top, int):
            raise BadName("没有指向一个单元格")
        row, column = self.anchor(sheet, top, left)
        if (left, top) != (right, bottom) and self.anchor(sheet, bottom or top, right or left) != (row, column):
            raise BadName("指向了一片单元格")
        return sheet, row, column

    def anchor(self, sheet: str, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the content of this one: itself, or the first of its merge."""
        if sheet not in self._merged:
            self._merged[sheet] = {
                (r, c): (area.min_row, area.min_col)
                for area in self.values[sheet].merged_cells.ranges
                for r in range(area.min_row, area.max_row + 1)
                for c in range(area.min_col, area.max_col + 1)
            }
        return self._merged[sheet].get((row, column), (row, column))

    def cell(self, sheet: str, row: int, column: int) -> Cell:
        """The cell, or the first of its merge."""
        row, column = self.anchor(sheet, row, column)
        stored = self.values[sheet].cell(row, column)
        if _is_unseen(stored):
            self.unseen.setdefault(sheet, {})[stored.coordinate] = None
            return Cell(sheet, stored.coordinate, None)
        formula = self._formulas.get(sheet, {}).get(stored.coordinate, "")
        return Cell(
            sheet, stored.coordinate, stored.value, formula, stored.number_format or "General", stored.data_type == "e"
        )

    def words(self, sheet: str, row: int, column: int) -> str:
        """The text of a cell, or "" where it holds none."""
        if row < 1 or column < 1:
            return ""
        row, column = self.anchor(sheet, row, column)
        value = self.values[sheet].cell(row, column).value
        return plain(value) if isinstance(value, str) else ""

    def merge_of(self, sheet: str, row: int, column: int) -> bool:
        """Whether a cell only shows what stands in the first cell of its merge."""
        return self.anchor(sheet, row, column) != (row, column)

    def is_hidden(self, sheet: str, row: int, column: int) -> bool:
        """Whether its row or column is hidden."""
        page = self.values[sheet]
        if page.row_dimensions[row].hidden:
            return True
        return any(d.hidden and (d.min or 0) <= column <= (d.max or 0) for d in page.column_dimensions.values())

    def stated(self, name: str) -> str:
        """What the workbook says of itself under that name: by its property, else by the named cell; else ""."""
        for prop in getattr(self.values, "custom_doc_props").props:  # noqa: B009
            if prop.name == name and prop.value:
                return str(prop.value)
        try:
            at = self.place(name)
        except BadName:
            return ""
        return self.words(*at) if at else ""


def _is_unseen(cell: Any) -> bool:
    """Whether what stands in a cell is white on white, smaller than 2 points, or has a format that shows nothing."""
    if cell.value is None or not cell.has_style:
        return False
    fill = cell.fill
    on_white = fill.patternType is None or (fill.patternType == "solid" and _is_white(fill.fgColor))
    tiny = cell.font.sz is not None and cell.font.sz < _LEGIBLE
    return tiny or cell.number_format == _SHOWS_NOTHING or (on_white and _is_white(cell.font.color))


def _is_white(color: Any) -> bool:
    """White as such, or as the first color of the theme, which is the paper's."""
    if color is None:
        return False
    if color.type == "theme":
        return color.theme == 0 and not color.tint
    return color.type == "rgb" and str(color.rgb)[-6:].upper() == "FFFFFF"


def _inspect(package: Package, name: str) -> tuple[bytes, dict[str, dict[str, str]]]:
    """Count and parse every part before openpyxl does. Gives the file without what nobody reads, and the formulas by sheet.

    Raises:
        InputError: a part is damaged, too large, or carries entities.
    """
    from lxml import etree
    from openpyxl.utils.cell import range_boundaries

    cells, merged = 0, 0
    formulas: dict[str, dict[str, str]] = {}
    lean = io.BytesIO()
    with zipfile.ZipFile(lean, "w", zipfile.ZIP_STORED) as kept:
        for part in sorted(package.names):
            if not part.endswith((".xml", ".rels")):
                package.read(part)
                continue
            root = package.parse(part)
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                cells += sum(1 for _ in root.iter("{*}c"))
                for area in root.iter("{*}mergeCell"):
                    left, top, right, bottom = (edge or 0 for edge in range_boundaries(str(area.get("ref", "A1"))))
                    merged += (right - left + 1) * (bottom - top + 1)
                formulas[part] = _formulas(root)
                _strip(root)
            elif part.startswith("xl/worksheets/_rels/"):
                for link in list(root):
                    if not str(link.get("Type", "")).endswith("/table"):
                        root.remove(link)
            elif part.startswith(("xl/comments", "xl/calcChain")):
                continue
            kept.writestr(part, etree.tostring(root))
    if cells > _MAX_CELLS or merged > _MAX_MERGED:
        raise InputError(name, "单元格或合并区域过多，不像是填报工作簿", "请核对文件，删去多余的内容后再试")
    titles = _titles(package)
    return lean.getvalue(), {titles[part]: found for part, found in formulas.items() if part in titles}


def _formulas(root: _Element) -> dict[str, str]:
    """Address -> formula; a shared one says the same in each of its cells."""
    shared: dict[str, str] = {}
    found: dict[str, str] = {}
    for formula in root.iter("{*}f"):
        cell, key = formula.getparent(), str(formula.get("si", ""))
        text = f"={formula.text}" if formula.text else shared.get(key, "=")
        if key and formula.text:
            shared[key] = text
        if cell is not None:
            found[str(cell.get("r"))] = text
    return found


def _strip(root: _Element) -> None:
    """Take out what is of no use to a reader."""
    for child in list(root):
        if str(child.tag).rpartition("}")[2] in _UNREAD:
            root.remove(child)


def _titles(package: Package) -> dict[str, str]:
    """The part of each worksheet -> its title."""
    folder, _, base = package.main.rpartition("/")
    relations = f"{folder}/_rels/{base}.rels"
    if relations not in package.names:
        return {}
    targets = {
        str(link.get("Id")): posixpath.normpath(posixpath.join("/", folder, str(link.get("Target", "")))).lstrip("/")
        for link in package.parse(relations)
    }
    found = {}
    for sheet in package.parse(package.main).iter("{*}sheet"):
        id = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        found[targets.get(str(id), "")] = str(sheet.get("name"))
    return found


def _load(data: bytes, name: str) -> Book:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception as error:  # whatever a broken file makes openpyxl raise, the file is what is wrong
        raise InputError(name, "工作簿已损坏，无法读取", _REMEDY) from error
