"""Template -> filled -> read: every cell of every shipped framework comes back as it was, also after others have been at the file."""

from __future__ import annotations

import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from intake_book import place
from made_up import MadeUp, expected, make_up, read_back

from assistant.frameworks import Framework, framework_ids, load_framework
from assistant.intake import read_workbook, write_template
from assistant.intake.inputs import cells


def written(framework: Framework, path: Path, made: MadeUp) -> Path:
    write_template(framework, path, made.values, made.tables)
    return path


@pytest.mark.parametrize("id", framework_ids())
@pytest.mark.parametrize("totals", [True, False])
def test_all_that_was_filled_comes_back(id: str, totals: bool, tmp_path: Path) -> None:
    framework = load_framework(id)
    made = make_up(framework, 1, totals=totals)
    found = read_workbook(written(framework, tmp_path / "w.xlsx", made), framework, 2020)
    assert read_back(found, framework) == expected(made)
    assert not [f for f in found.findings if f.code != "wrong_unit"], "made-up amounts differ by more than real ones"


@pytest.mark.parametrize("id", framework_ids())
def test_a_subtotal_that_nobody_touched_is_worked_out_and_not_given(id: str, tmp_path: Path) -> None:
    framework = load_framework(id)
    found = read_workbook(written(framework, tmp_path / "w.xlsx", make_up(framework, 2, totals=False)), framework, 2020)
    sums = [spec for spec in cells(framework) if spec.sum]
    assert sums
    for spec in sums:
        total = found.ledger[spec.id]
        assert total.provenance.source == "formula"
        assert total.value == sum((found.ledger[part].value for part in spec.sum), Decimal(0))


def test_the_subtotals_and_rates_that_are_shown_are_those_that_are_worked_out(tmp_path: Path) -> None:
    framework = load_framework("shenzhen-futian-2020")
    made = make_up(framework, 3, totals=False)
    path = written(framework, tmp_path / "w.xlsx", made)
    found = read_workbook(path, framework, 2020)
    shown = openpyxl.load_workbook(path, data_only=True)
    for spec in (spec for spec in cells(framework) if spec.sum):
        sheet, address = place(shown, spec.id)
        assert Decimal(format(sheet[address].value, ".12g")) == pytest.approx(found.ledger[spec.id].value)
    sheet, address = place(shown, "final_accounts.personnel")
    rate = sheet.cell(sheet[address].row, next(c.column for c in sheet[4] if c.value == "执行率")).value
    assert rate == pytest.approx(
        float(made.values["final_accounts.personnel"] / made.values["annual_budget.personnel"])  # type: ignore[operator]
    )


@pytest.fixture(scope="module")
def office() -> str:
    found = shutil.which("soffice")
    assert found
    return found


@pytest.mark.needs_soffice
def test_all_of_it_comes_back_after_the_free_office_saved_it(tmp_path: Path, office: str) -> None:
    made = {}
    for id in framework_ids():
        framework = load_framework(id)
        made[id] = framework, make_up(framework, 4, totals=False)
        written(framework, tmp_path / f"{id}.xlsx", made[id][1])
    names = [str(tmp_path / f"{id}.xlsx") for id in made]
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx", "--outdir",
         str(tmp_path / "saved"), *names],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    for id, (framework, filled) in made.items():
        found = read_workbook(tmp_path / "saved" / f"{id}.xlsx", framework, 2020)
        assert read_back(found, framework) == expected(filled), id
        assert all(found.ledger[s.id].provenance.source == "formula" for s in cells(framework) if s.sum), id


def shuffled(path: Path) -> None:
    """As people leave a workbook: sheets renamed and in another order, a table's columns turned round, rows let in."""
    book = openpyxl.load_workbook(path)
    for number, sheet in enumerate(book.worksheets[2:]):
        old, sheet.title = sheet.title, f"{sheet.title}（{number}）"
        for entry in book.defined_names.values():
            entry.attr_text = entry.attr_text.replace(f"'{old}'!", f"'{sheet.title}'!")
        for table in list(sheet.tables.values()):
            _let_rows_in(sheet, table)
            if number % 2:
                del sheet.tables[table.name]
        book.move_sheet(sheet, -number)
    book.save(path)


def _let_rows_in(sheet: Any, table: Any) -> None:
    """The columns in reverse order; an empty row before the first; the last row far below the table."""
    left, top, right, bottom = openpyxl.utils.cell.range_boundaries(table.ref)
    rows = [[sheet.cell(r, c).value for c in range(left, right + 1)] for r in range(top, bottom + 1)]
    for at, row in enumerate(rows):
        for number, value in enumerate(reversed(row), left):
            formula = isinstance(value, str) and re.match(r"=IF\(COUNT\(", value)
            sheet.cell(top + at + (1 if at else 0), number).value = None if formula else value
            if at == 1:
                sheet.cell(top + 1, number).value = None


@pytest.mark.parametrize("id", framework_ids())
def test_all_of_it_comes_back_after_sheets_columns_and_rows_were_moved(id: str, tmp_path: Path) -> None:
    framework = load_framework(id)
    made = make_up(framework, 5)
    path = written(framework, tmp_path / "w.xlsx", made)
    shuffled(path)
    assert read_back(read_workbook(path, framework, 2020), framework) == expected(made)
