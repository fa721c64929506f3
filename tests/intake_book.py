"""A small filled workbook that tests edit as staff would, by the names of its cells, and read again."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assistant.catalogue import load_catalogue
from assistant.findings import Finding
from assistant.frameworks import Framework, load_framework
from assistant.intake import Workbook, read_workbook, write_template

Edit = Callable[[Any], object]
Fill = Callable[[Edit], Workbook]
FILLED = {
    "unit.full_name": "示例区民政局", "unit.year": 2020, "unit.coverage": "部门汇总", "unit.duties": "负责社会救助。\n负责养老服务。",
    "projects.count": 3, "final_accounts.total": Decimal("7975.66"), "annual_budget.total": Decimal("8149.54"),
}  # fmt: skip


@pytest.fixture(scope="session")
def framework() -> Framework:
    return load_framework("shenzhen-futian-2020")


@pytest.fixture(scope="session")
def untouched(framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook with only what must be there, for `blank` to copy."""
    path = tmp_path_factory.mktemp("untouched") / "workbook.xlsx"
    write_template(framework, path, FILLED)
    return path


@pytest.fixture
def blank(untouched: Path, tmp_path: Path) -> Path:
    """A copy of it, free to be changed."""
    return Path(shutil.copy(untouched, tmp_path))


@pytest.fixture
def filled(blank: Path, framework: Framework) -> Fill:
    """Edit, save, read."""

    def fill(edit: Edit) -> Workbook:
        book = openpyxl.load_workbook(blank)
        edit(book)
        book.save(blank)
        return read_workbook(blank, framework, 2020)

    return fill


def place(book: Any, name: str) -> tuple[Any, str]:
    """The sheet and the address that a name points to."""
    ((sheet, address),) = book.defined_names[name].destinations
    return book[sheet], address.replace("$", "")


def put(book: Any, **values: object) -> None:
    """Fill cells by name; `__` stands for the dot of a figure id."""
    for name, value in values.items():
        sheet, address = place(book, name.replace("__", "."))
        sheet[address] = value


def at(book: Any, name: str) -> str:
    """`3 收支决算!C5`, wherever that cell is today."""
    sheet, address = place(book, name)
    return f"{sheet.title}!{address}"


def cell_of(path: Path, name: str) -> str:
    """The same of a workbook on disk."""
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        return at(book, name)


def column_of(book: Any, table: str, column: str) -> str:
    """The letter of a table's column, by its head."""
    ((sheet, found),) = [(s, t) for s in book.worksheets for t in s.tables.values() if t.name == table]
    label = next(c.label for s in load_catalogue().sheets if s.table == table for c in s.columns if c.id == column)
    head = sheet[found.ref][0]
    return next(str(cell.column_letter) for cell in head if re.split("[（*]", str(cell.value))[0] == label)


def only(found: Workbook, severity: str) -> Finding:
    """The one finding of that severity."""
    (finding,) = [finding for finding in found.findings if finding.severity == severity]
    return finding


def rewrite(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change the XML of a part as another program might have written it."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    changed = change(parts[part].decode())
    assert changed != parts[part].decode()
    parts[part] = changed.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)


def sheet_part(path: Path, title: str) -> str:
    """The name of a sheet's part."""
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        return f"xl/worksheets/sheet{book.sheetnames.index(title) + 1}.xml"
