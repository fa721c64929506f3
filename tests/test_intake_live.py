"""What the workbook works out while people type, as an office program that has never seen our values works it out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from intake_book import column_of, place, put

from assistant.frameworks import load_framework
from assistant.intake import read_workbook, write_template

pytestmark = pytest.mark.needs_soffice


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank workbook with some cells typed in, calculated and saved by the free office."""
    folder = tmp_path_factory.mktemp("live")
    plain = load_framework("shenzhen-futian-2020")
    wide = plain.model_copy(update={"sheets": (*plain.sheets, "projects", "targets")})
    write_template(wide, folder / "w.xlsx", needed=["final_accounts.total"])
    book = openpyxl.load_workbook(folder / "w.xlsx")
    put(
        book, unit__full_name="示例区民政局", unit__duties="负责社会救助。", unit__year=2020,
        annual_budget__personnel=80, annual_budget__routine_public=20, annual_budget__project=100,
        final_accounts__personnel=60, final_accounts__routine_public=15, final_accounts__project=50,
        prior_accounts__project=40, initial_budget__personnel=10, procurement__goods__planned=3, procurement__works__planned="2万元",
        progress__q1__budget=100, progress__q1__spent=30, answer__budget_compliance__1=0,
    )  # fmt: skip
    projects, targets = book["11 项目清单"], book["12 绩效目标与完成"]
    projects["A5"] = "甲"
    projects[f"{column_of(book, 'projects', 'annual_budget')}5"] = 8
    projects[f"{column_of(book, 'projects', 'executed')}5"] = 6
    for row, (sign, wanted, got) in enumerate([("≥", 10, 8), ("≤", 10, 8), ("=", 10, 8)], 5):
        for column, value in (("name", "甲"), ("sign", sign), ("target", wanted), ("achieved", got)):
            targets[f"{column_of(book, 'targets', column)}{row}"] = value
    book.save(folder / "w.xlsx")
    office = shutil.which("soffice")
    assert office
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx", "--outdir",
         str(folder / "saved"), str(folder / "w.xlsx")],
        capture_output=True, timeout=180, check=True,
    )  # fmt: skip
    return folder / "saved" / "w.xlsx"


@pytest.fixture(scope="module")
def shown(typed: Path) -> Any:
    return openpyxl.load_workbook(typed, data_only=True)


def value_of(book: Any, name: str) -> Any:
    sheet, address = place(book, name)
    return sheet[address].value


def beside(book: Any, name: str, head: str) -> Any:
    """The grey cell of that head in the row of an input."""
    sheet, address = place(book, name)
    return sheet.cell(sheet[address].row, next(c.column for c in sheet[4] if c.value == head)).value


def test_subtotals_follow_their_parts_and_wait_for_those_that_lack(shown: Any) -> None:
    assert value_of(shown, "annual_budget.basic") == 100
    assert value_of(shown, "annual_budget.total") == 200
    assert not value_of(shown, "initial_budget.basic"), "a part lacks"
    assert not value_of(shown, "procurement.planned"), "a part is written with its unit, which no formula can add"


def test_rates_follow(shown: Any) -> None:
    assert beside(shown, "final_accounts.personnel", "执行率") == 0.75
    assert beside(shown, "final_accounts.total", "执行率") == 0.625
    assert beside(shown, "final_accounts.project", "增减率") == 0.25
    assert not beside(shown, "final_accounts.personnel", "增减率")
    assert beside(shown, "progress.q1.spent", "序时进度") == 0.25
    rates = {row[0].value: row[3].value for row in shown["比率（直接填报）"].iter_rows(min_row=5)}
    assert rates["预算执行率"] == 0.625
    assert rates["一季度预算执行率"] == pytest.approx(1.2)
    assert not rates["政府采购执行率"]
    executed = next(row for row in shown["11 项目清单"].iter_rows(min_row=5, values_only=True) if row[0] == "甲")
    assert executed[-1] == 0.75
    done = [row[-1] for row in shown["12 绩效目标与完成"].iter_rows(min_row=5, max_row=7, values_only=True)]
    assert done == [0.8, 1.25, 0.8]


def test_the_list_of_what_is_empty_follows(shown: Any) -> None:
    sheet = shown["待补清单"]
    top = next(row[0].row for row in sheet.iter_rows() if row[4].value == "状态")
    states = {row[3].value: row[4].value for row in sheet.iter_rows(min_row=top + 1) if row[0].value}
    assert states["单位全称"] == states["部门支出合计决算数"] == states["3月末累计支出数"] == "已填"
    assert states["预算编制规范性：回答"] == "已填"
    assert states["机构设置"] == states["6月末累计支出数"] == "待填"
    waits = [row[4].value for row in sheet.iter_rows(min_row=top + 1) if row[1].value == "必填"].count("待填")
    total = next(row for row in sheet.iter_rows(max_row=top) if row[0].value == "合计")
    assert total[1].value == waits > 0


def test_none_of_it_is_read_as_given(typed: Path) -> None:
    plain = load_framework("shenzhen-futian-2020")
    wide = plain.model_copy(update={"sheets": (*plain.sheets, "projects", "targets")})
    ledger = read_workbook(typed, wide, 2020).ledger
    assert ledger["annual_budget.total"].provenance.source == "formula"
    assert ledger["annual_budget.total"].value == 200
    assert "initial_budget.basic" not in ledger
    assert not [figure.id for figure in ledger if figure.id.startswith("given.")]
