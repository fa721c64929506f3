"""What is not wrong in form but doubtful: units ten thousand times out, older layouts, sheets of another unit, merged rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from intake_book import (
    FILLED,
    Fill,
    blank,
    cell_of,
    column_of,
    filled,
    framework,
    only,
    place,
    put,
    rewrite,
    sheet_part,
    untouched,
)

from assistant.frameworks import Framework
from assistant.intake import Workbook, read_workbook, write_template

__all__ = ["blank", "filled", "framework", "untouched"]


def doubts(found: Workbook) -> dict[str, str]:
    return {f.quote: f.message for f in found.findings if f.code == "wrong_unit"}


def test_yuan_beside_ten_thousands_is_asked_about_and_not_converted(filled: Fill, blank: Path) -> None:
    found = filled(lambda book: put(book, initial_budget__total=83577200))
    finding = only(found, "warning")
    assert (finding.code, finding.quote) == ("wrong_unit", cell_of(blank, "initial_budget.total"))
    assert "看不出是 83,577,200万元，还是 83,577,200元（即 8,357.72万元）" in finding.message
    assert "请核对" in finding.message
    assert found.ledger["initial_budget.total"].value == 83577200


def test_the_same_the_other_way_round(filled: Fill, blank: Path) -> None:
    found = filled(lambda book: put(book, initial_budget__total=0.835772))
    assert "还是 0.835772亿元（即 8,357.72万元）" in doubts(found)[cell_of(blank, "initial_budget.total")]


def test_a_total_that_only_comes_out_in_the_other_unit_is_an_error(filled: Fill, blank: Path) -> None:
    found = filled(lambda book: put(
        book, procurement__goods__planned=13.46, procurement__services__planned=8852000, procurement__planned=898.66,
    ))  # fmt: skip
    finding = only(found, "error")
    assert finding.quote == cell_of(blank, "procurement.services.planned")
    assert "与分项之和才相符" in finding.message


@pytest.mark.parametrize(
    "values",
    [
        {"three_public.overseas.budget": 0, "three_public.vehicles.budget": 11.01, "three_public.reception.budget": 0.17},
        {"initial_budget.basic": 2222.19, "annual_budget.basic": 2147.68, "initial_budget.operating": 0.5},
        {"procurement.goods.planned": 0.2, "procurement.services.planned": 898.46, "procurement.planned": 898.66},
        {"initial_budget.project": 30, "annual_budget.project": 6135.53, "final_accounts.project": 5827.98},
        {"initial_budget.total": "83577200元"},
    ],
)  # fmt: skip
def test_real_differences_are_left_alone(filled: Fill, values: dict[str, object]) -> None:
    assert not doubts(filled(lambda book: put(book, **{id.replace(".", "__"): v for id, v in values.items()})))


Tabled = Callable[..., Workbook]


@pytest.fixture
def wide(framework: Framework) -> Framework:
    return framework.model_copy(update={"sheets": (*framework.sheets, "projects", "surveys")})


@pytest.fixture
def tabled(wide: Framework, tmp_path: Path) -> Tabled:
    def fill(tables: dict[str, list[dict[str, object]]], edit: Callable[[Any], object] = lambda book: None) -> Workbook:
        path = tmp_path / "workbook.xlsx"
        write_template(wide, path, FILLED, tables)
        book = openpyxl.load_workbook(path)
        edit(book)
        book.save(path)
        return read_workbook(path, wide, 2020)

    return fill


def test_one_row_of_a_table_in_yuan(tabled: Tabled) -> None:
    rows: list[dict[str, object]] = [{"name": f"项目{n}", "annual_budget": 100 + 7 * n} for n in range(4)]
    found = tabled({"projects": [*rows, {"name": "大项目", "annual_budget": 1200000}]})
    assert "（全年预算数）" in only(found, "warning").message
    assert found.tables["projects"][4].decimal("annual_budget") == 1200000


@pytest.mark.parametrize(
    ("value", "expected"),
    [(97.87, "97.87%"), ("97.87%", "97.87%"), ("９７.８７％", "97.87%"), (0.9787, None), ("约98%", None)],
)
def test_a_rate_in_a_table(tabled: Tabled, value: object, expected: str | None) -> None:
    found = tabled({"surveys": [{"name": "办事群众", "rate": value}]})
    assert found.tables["surveys"][0].text("rate") == (expected or "")
    assert bool(expected) == (not [f for f in found.findings if f.severity == "error"])


def test_a_negative_amount_in_a_table_is_used_and_told(tabled: Tabled) -> None:
    found = tabled({"projects": [{"name": "退款", "executed": -3}]})
    assert "负数 -3" in only(found, "warning").message
    assert found.tables["projects"][0].decimal("executed") == -3


def test_merged_rows_say_their_words_for_each_and_their_number_once(tabled: Tabled) -> None:
    tasks: list[dict[str, object]] = [{"field": "养老", "task": "甲"}, {"task": "乙"}, {"field": "救助", "task": "丙"}]
    projects: list[dict[str, object]] = [{"name": "甲", "executed": 100}, {"name": "乙"}]

    def edit(book: Any) -> None:
        book["2 职能与重点工作"].merge_cells("A5:A6")
        book["2 职能与重点工作"].merge_cells("A7:A9")
        letter = column_of(book, "projects", "executed")
        book["11 项目清单"].merge_cells(f"{letter}5:{letter}6")

    found = tabled({"key_tasks": tasks, "projects": projects}, edit)
    assert [row.text("field") for row in found.tables["key_tasks"]] == ["养老", "养老", "救助"]
    assert [row.decimal("executed") for row in found.tables["projects"]] == [100, None]
    finding = only(found, "warning")
    assert "合并成一格" in finding.message
    assert finding.quote == "11 项目清单!第6行"


def as_of_the_first_layout(path: Path) -> None:
    """Take from a workbook what today's layout added: version, a sheet, names, a table and some columns."""
    book = openpyxl.load_workbook(path)
    book.custom_doc_props.props = [p for p in book.custom_doc_props.props if p.name != "jiping.version"]
    for name in list(book.defined_names):
        if name == "jiping.version" or "variance_reason" in name or name.startswith("stated."):
            del book.defined_names[name]
    del book["已报得分（核对）"]
    del book["19 制度清单"]
    sheet = book["2 职能与重点工作"]
    sheet[f"{column_of(book, 'key_tasks', 'origin')}4"] = "来源"
    book.save(path)


def test_an_older_layout_is_told_once_and_all_that_it_holds_is_read(blank: Path, framework: Framework) -> None:
    as_of_the_first_layout(blank)
    found = read_workbook(blank, framework, 2020)
    assert found.ledger["final_accounts.total"].value == Decimal("7975.66")
    assert {f.severity for f in found.findings} == {"info"}
    (whole,) = [f for f in found.findings if f.quote == "工作簿"]
    assert "第1版模板" in whole.message
    assert "“3 收支决算”8 格" in whole.message
    assert "“已报得分（核对）”5 格" in whole.message
    assert "“19 制度清单”整张表" in whole.message
    assert "jiping template shenzhen-futian-2020" in whole.message
    (column,) = [f for f in found.findings if "职能与重点工作" in f.quote]
    assert "任务来源及文号" in column.message


def test_less_than_half_the_cells_will_do_where_the_workbook_says_whose_it_is(
    blank: Path, framework: Framework
) -> None:
    book = openpyxl.load_workbook(blank)
    for name in list(book.defined_names):
        if name.startswith(("answer.", "marks.", "reason.", "evidence.", "not_applicable.", "given.", "progress.")):
            del book.defined_names[name]
    book.save(blank)
    assert "final_accounts.total" in read_workbook(blank, framework, 2020).ledger


def test_a_sheet_of_another_unit_is_seen(blank: Path, framework: Framework) -> None:
    part = sheet_part(blank, "7 三公经费")
    rewrite(blank, part, lambda xml: xml.replace("填报单位：示例区民政局", "填报单位：示例区教育局"))
    finding = only(read_workbook(blank, framework, 2020), "error")
    assert (finding.code, finding.quote) == ("contradiction", "7 三公经费")
    assert "示例区教育局" in finding.message
    assert "示例区民政局" in finding.message


def test_a_sheet_copied_in_from_another_workbook_is_not_used(filled: Fill) -> None:
    def edit(book: Any) -> None:
        copied = book.copy_worksheet(book["3 收支决算"])
        copied.title = "3 收支决算 (2)"
        address = place(book, "final_accounts.total")[1]
        copied[address] = 1
        name = openpyxl.workbook.defined_name.DefinedName(
            "final_accounts.total", attr_text=f"'{copied.title}'!{address}"
        )
        copied.defined_names["final_accounts.total"] = name

    found = filled(edit)
    finding = only(found, "error")
    assert (finding.code, finding.quote) == ("contradiction", "3 收支决算 (2)")
    assert found.ledger["final_accounts.total"].value == Decimal("7975.66")
