"""What stands in a workbook, read from its XML: held against what openpyxl reads of the same file."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from assistant.documents.package import open_package
from assistant.errors import InputError
from assistant.intake.opened import BadName, Opened
from assistant.intake.pages import Book, read_book
from assistant.synth.write import make, write

VALUES = (
    "文字", "两\n行", 12, -0.5, 1e15, True, False, "=1+1", datetime(2020, 3, 1, 8, 30), date(2021, 12, 31), time(9, 5),
    timedelta(hours=30), "#REF!", "2020-01-02", 0,
)  # fmt: skip


def of_file(path: Path) -> Book:
    return read_book(open_package(path, "xl/workbook.xml"))


def same_as_openpyxl(path: Path) -> int:
    """How many cells of the file were compared, each with value, number format and error."""
    known = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    pages = {page.title: page for page in of_file(path).pages}
    assert list(pages) == [sheet.title for sheet in known.worksheets]
    compared = 0
    for sheet in known.worksheets:
        page = pages[sheet.title]
        assert (page.rows, page.columns) == (sheet.max_row, sheet.max_column)
        assert page.is_hidden == (sheet.sheet_state != "visible")
        assert {table.name for table in page.tables} == set(sheet.tables)
        for row in sheet.iter_rows():
            for cell in row:
                stored = page.cells.get((cell.row, cell.column))
                written = formulas[sheet.title].cell(cell.row, cell.column)
                if stored is None:
                    assert (cell.value, written.value) == (None, None), cell.coordinate
                    continue
                compared += 1
                assert shown(stored.value) == shown(cell.value), cell.coordinate
                assert stored.look.number_format == cell.number_format, cell.coordinate
                assert stored.is_error == (cell.data_type == "e"), cell.coordinate
                assert bool(stored.formula) == (written.data_type == "f"), cell.coordinate
    return compared


def shown(value: object) -> object:
    """What a cell's reader makes of a value: of a number its first 13 digits, of a date the day, of a span of time that it is one."""
    if isinstance(value, float | int | Decimal) and not isinstance(value, bool):
        return Decimal(format(value, ".13g"))
    if isinstance(value, datetime):
        return value.date()
    return type(value) if isinstance(value, time | timedelta) else value


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A workbook with a bit of everything that a cell can be."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row, value in enumerate(VALUES, 1):
        sheet.cell(row, 1, value)
    sheet["B1"] = CellRichText("前", TextBlock(InlineFont(b=True), "粗"), "后")
    for column, shown in enumerate(("0.00%", "[$-804]yyyy年m月d日", '#,##0.00"万元"', "[h]:mm", "General;;;"), 3):
        sheet.cell(2, column, 43891.25).number_format = shown
    sheet.merge_cells("C5:D6")
    sheet["C5"] = "合并"
    sheet["F20"].number_format = "0.0"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet["H1"], sheet["I1"], sheet["H2"] = "甲", "乙", 1
    sheet.add_table(Table(displayName="projects", ref="H1:I2"))
    other = book.create_sheet("'引号' 表")
    other.sheet_state = "hidden"
    other["A1"] = "藏"
    book.defined_names["a.cell"] = DefinedName("a.cell", attr_text="'''引号'' 表'!$A$1")
    book.defined_names["merged"] = DefinedName("merged", attr_text="Sheet!$C$5:$D$6")
    book.defined_names["rows"] = DefinedName("rows", attr_text="Sheet!$3:$4")
    book.defined_names["gone"] = DefinedName("gone", attr_text="#REF!$A$1")
    book.defined_names["sum"] = DefinedName("sum", attr_text="SUM(Sheet!$A$1)+")
    path = tmp_path / "odd.xlsx"
    book.save(path)
    return path


def test_reads_what_openpyxl_reads(odd: Path) -> None:
    assert same_as_openpyxl(odd) == len(VALUES) + 11


def test_reads_a_filled_workbook_as_openpyxl_does(tmp_path: Path) -> None:
    write(make(3, 5), tmp_path)
    assert same_as_openpyxl(tmp_path / "workbook.xlsx") > 800


def test_knows_the_hidden_rows_and_columns(odd: Path) -> None:
    opened = Opened(odd)
    assert [opened.is_hidden("Sheet", *at) for at in ((3, 1), (9, 5), (4, 1))] == [True, True, False]


def test_a_merge_shows_its_first_cell(odd: Path) -> None:
    opened = Opened(odd)
    assert opened.words("Sheet", 6, 4) == "合并"
    assert opened.cell("Sheet", 6, 4).address == "C5"
    assert [opened.merge_of("Sheet", *at) for at in ((6, 4), (5, 3))] == [True, False]


def test_names_lead_to_their_cells(odd: Path) -> None:
    opened = Opened(odd)
    assert opened.place("A.CELL") == ("'引号' 表", 1, 1)
    assert opened.place("merged") == ("Sheet", 5, 3)
    assert opened.place("nobody") is None


@pytest.mark.parametrize(("name", "told"), [("rows", "没有指向"), ("gone", "已被删除"), ("sum", "没有指向")])
def test_a_name_that_leads_to_no_cell_says_why(odd: Path, name: str, told: str) -> None:
    with pytest.raises(BadName, match=told):
        Opened(odd).place(name)


PAPER, DARK = PatternFill("solid", fgColor="FFFFFFFF"), PatternFill("solid", fgColor="FF203040")
UNSEEN = (
    Font(color="FFFFFFFF"), Font(color=Color(theme=0)), Font(sz=1),
)  # fmt: skip
SEEN = (
    Font(color="FF000000"),
    Font(color=Color(theme=1)),
    Font(color=Color(theme=0, tint=-0.5)),
    Font(color=Color(indexed=9)),
    Font(sz=9),
)


@pytest.mark.parametrize("fill", [None, PAPER])
def test_what_nobody_sees_counts_as_blank(tmp_path: Path, fill: PatternFill | None) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, font in enumerate((*UNSEEN, *SEEN), 1):
        cell = sheet.cell(row, 1, "话")
        cell.font, cell.fill = font, fill or PatternFill()
    sheet.cell(20, 1, "话").number_format = ";;;"
    on_dark = sheet.cell(21, 1, "话")
    on_dark.font, on_dark.fill = Font(color="FFFFFFFF"), DARK
    book.save(tmp_path / "a.xlsx")
    opened = Opened(tmp_path / "a.xlsx")
    blank = {row for row in range(1, 22) if opened.cell("Sheet", row, 1).value is None and sheet.cell(row, 1).value}
    assert blank == {*range(1, len(UNSEEN) + 1), 20}
    assert list(opened.unseen["Sheet"]) == ["A1", "A2", "A3", "A20"]


def rewritten(path: Path, sheet: str) -> Path:
    """The file with other cells in its first sheet."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = f"{head}{sheet}</sheetData></worksheet>".encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def test_cells_need_no_addresses_and_formulas_may_be_shared(odd: Path) -> None:
    cells = (
        '<row><c><v>1</v></c><c t="str"><v>二</v></c></row>'
        '<row r="5"><c r="C5"><f t="shared" si="0" ref="C5:C6">A1*2</f><v>2</v></c><c t="inlineStr"><is><t>旁</t></is></c></row>'
        '<row><c r="C6"><f t="shared" si="0"/></c><c r="D6" t="d"><v>2020-03-01</v></c><c r="E6" t="e"><v>#DIV/0!</v></c></row>'
    )
    page = of_file(rewritten(odd, cells)).pages[0]
    assert {at: (cell.value, cell.formula) for at, cell in page.cells.items()} == {
        (1, 1): (1, ""), (1, 2): ("二", ""), (5, 3): (2, "=A1*2"), (5, 4): ("旁", ""), (6, 3): (None, "=A1*2"),
        (6, 4): (date(2020, 3, 1), ""), (6, 5): ("#DIV/0!", ""),
    }  # fmt: skip
    assert page.cells[6, 5].is_error


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v>many</v></c>',
        '<c r="1A"><v>1</v></c>',
        '<c r="A1" t="s"><v>9999</v></c>',
        '<c r="A1" s="999"><v>1</v></c>',
    ],
)
def test_a_cell_that_is_none_is_told(odd: Path, cell: str) -> None:
    with pytest.raises(InputError, match="已损坏"):
        of_file(rewritten(odd, f"<row>{cell}</row>"))
