"""An open .xlsx, which may be hostile: its cells by position, and those that names point to."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from assistant.intake.cells import Cell, plain
from assistant.intake.pages import Page, TableArea, box, read_book
from assistant.patterns import regex

_CELL = regex(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)")


class BadName(ValueError):
    """A defined name that points to no single cell; says why."""


class Opened:
    """An open workbook; `pages` are its worksheets by their titles."""

    def __init__(self, path: Path) -> None:
        from assistant.documents import source
        from assistant.documents.package import package_of

        self.file = path.name
        self._book = read_book(package_of(path.name, source.load(path), "xl/workbook.xml"))
        self.pages: dict[str, Page] = {page.title: page for page in self._book.pages}
        self.unseen: dict[str, dict[str, None]] = {}
        """Sheet -> the cells that were asked for and are printed so that nobody sees them; they count as blank."""
        self.hidden: dict[str, dict[str, bool]] = {}
        """Sheet -> the cells with content that were asked for in hidden rows, columns or sheets -> whether they are used."""

    @cached_property
    def names(self) -> dict[str, str]:
        """What the defined names point to, by their lower case; the workbook's go before those of single sheets."""
        found = {}
        for page in self.pages.values():
            found.update({name.casefold(): target for name, target in page.names.items()})
        return found | self.book_names

    @cached_property
    def book_names(self) -> dict[str, str]:
        """The names of the workbook as a whole, without those of single sheets."""
        return {name.casefold(): target for name, target in self._book.names.items()}

    def table(self, name: str) -> tuple[str, TableArea] | None:
        """The sheet of the table object of that name, and the object."""
        for page in self.pages.values():
            for table in page.tables:
                if table.name.casefold() == name.casefold():
                    return page.title, table
        return None

    def place(self, name: str) -> tuple[str, int, int] | None:
        """Sheet, row and column that a name points to; the first cell of a merge; None where there is no such name.

        Raises:
            BadName: it points to a deleted cell, or to several.
        """
        from openpyxl.utils.cell import column_index_from_string

        target = self.names.get(name.casefold())
        if target is None:
            return None
        if simple := _CELL.fullmatch(target):
            title = (simple[1] or "").replace("''", "'") or simple[2]
            if title in self.pages:
                return title, *self.anchor(title, int(simple[4]), column_index_from_string(simple[3]))
        if "#REF!" in target:
            raise BadName("所指的单元格已被删除")
        title, left, top, right, bottom = self._area(target)
        row, column = self.anchor(title, top, left)
        if (left, top) != (right, bottom) and self.anchor(title, bottom, right) != (row, column):
            raise BadName("指向了一片单元格")
        return title, row, column

    def _area(self, target: str) -> tuple[str, int, int, int, int]:
        """Sheet, left, top, right and bottom of what a name points to.

        Raises:
            BadName: it is no area of one sheet.
        """
        from openpyxl.workbook.defined_name import DefinedName

        try:
            ((title, area),) = DefinedName("name", attr_text=target).destinations
            sides = box(area.replace("$", ""))
        except (ValueError, LookupError) as error:
            raise BadName("没有指向一个单元格") from error
        if title not in self.pages:
            raise BadName("没有指向一个单元格")
        return title, *sides

    def anchor(self, sheet: str, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the content of this one: itself, or the first of its merge."""
        return self.pages[sheet].merges.get((row, column), (row, column))

    def cell(self, sheet: str, row: int, column: int, *, words: bool = False) -> Cell:
        """The cell, or the first of its merge. Figures and answers that are hidden count; `words` of anybody's own do not."""
        from openpyxl.utils.cell import get_column_letter

        page = self.pages[sheet]
        at = page.merges.get((row, column), (row, column))
        address = f"{get_column_letter(at[1])}{at[0]}"
        stored = page.cells.get(at)
        if stored is None:
            return Cell(sheet, address, None)
        if stored.look.unseen and stored.value is not None:
            self.unseen.setdefault(sheet, {})[address] = None
            return Cell(sheet, address, None)
        if stored.value is not None and self.is_hidden(sheet, row, column):
            self.hidden.setdefault(sheet, {})[address] = not words
            if words:
                return Cell(sheet, address, None)
        return Cell(sheet, address, stored.value, stored.formula, stored.look.number_format, stored.is_error)

    def words(self, sheet: str, row: int, column: int) -> str:
        """The text of a cell, or "" where it holds none."""
        page = self.pages[sheet]
        stored = page.cells.get(page.merges.get((row, column), (row, column)))
        return plain(stored.value) if stored and isinstance(stored.value, str) else ""

    def merge_of(self, sheet: str, row: int, column: int) -> bool:
        """Whether a cell only shows what stands in the first cell of its merge."""
        return self.anchor(sheet, row, column) != (row, column)

    def is_hidden(self, sheet: str, row: int, column: int) -> bool:
        """Whether its row, column or sheet is hidden."""
        page = self.pages[sheet]
        across = any(first <= column <= last for first, last in page.hidden_columns)
        return across or page.is_hidden or row in page.hidden_rows

    def stated(self, name: str) -> str:
        """What the workbook says of itself under that name: by its property, else by the named cell; else ""."""
        if given := self._book.properties.get(name):
            return given
        try:
            at = self.place(name)
        except BadName:
            return ""
        return self.words(*at) if at else ""
