"""Tables of rows, and what follows from the cells: blank totals, counts, targets."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from intake_book import FILLED, Edit, Fill, blank, column_of, filled, framework, only, put, untouched

from assistant.frameworks import Framework
from assistant.intake import Workbook, read_workbook, write_template

__all__ = ["blank", "filled", "framework", "untouched"]


def test_blank_totals_are_added_up(filled: Fill) -> None:
    found = filled(lambda book: put(
        book, three_public__overseas__budget=0, three_public__vehicles__budget=11.01, three_public__reception__budget=2.17,
        procurement__goods__planned=1, staff__administrative__actual=51, staff__institution__actual=5,
    ))  # fmt: skip
    total = found.ledger["three_public.total.budget"]
    assert total.value == Decimal("13.18")
    assert total.provenance.formula == "0.00＋11.01＋2.17"
    assert total.provenance.inputs == (
        "three_public.overseas.budget",
        "three_public.vehicles.budget",
        "three_public.reception.budget",
    )
    assert found.ledger["procurement.planned"].value == 1, "parts that may be lacking count for nothing"
    assert found.ledger["staff.actual"].provenance.formula == "51＋5"


def test_a_total_is_not_made_of_less_than_its_parts(filled: Fill) -> None:
    found = filled(lambda book: put(book, three_public__vehicles__budget=11.01, three_public__reception__budget=2.17))
    assert "three_public.total.budget" not in found.ledger
    assert found.findings == ()


def test_a_total_is_not_made_around_an_unreadable_part(filled: Fill) -> None:
    found = filled(lambda book: put(book, procurement__goods__planned=1, procurement__works__planned="若干"))
    assert "procurement.planned" not in found.ledger
    assert any("没有自动合计" in f.message for f in found.findings)


def test_a_total_that_was_given_stands(filled: Fill) -> None:
    found = filled(
        lambda book: put(
            book,
            procurement__goods__planned=23.88,
            procurement__services__planned=885.2,
            procurement__planned=898.66,
        )
    )
    assert found.ledger["procurement.planned"].value == Decimal("898.66")
    assert found.ledger["procurement.planned"].provenance.source == "cell"


TASKS = [
    {"field": "党建", "task": "甲", "status": "完成"},
    {"field": "党建", "task": "乙", "status": "部分完成"},
    {"field": "人才", "task": "丙", "status": "未完成", "deadline": "6月底"},
]


@pytest.fixture
def tabled(framework: Framework, tmp_path: Path) -> Callable[..., Workbook]:
    """Write tables, edit, read."""

    def fill(
        tables: dict[str, list[dict[str, object]]],
        edit: Edit = lambda book: None,
        rubric: Framework = framework,
    ) -> Workbook:
        path = tmp_path / "workbook.xlsx"
        write_template(rubric, path, FILLED, tables)
        book = openpyxl.load_workbook(path)
        edit(book)
        book.save(path)
        return read_workbook(path, rubric, 2020)

    return fill


@pytest.fixture
def wide(framework: Framework) -> Framework:
    """With the sheets of projects and of targets, which the shipped framework does not ask for."""
    return framework.model_copy(update={"sheets": (*framework.sheets, "projects", "targets")})


def texts(found: Workbook, table: str, column: str) -> list[str]:
    return [row.text(column) for row in found.tables[table]]


def test_rows_are_read_with_their_cells(tabled: Callable[..., Workbook]) -> None:
    found = tabled({"key_tasks": TASKS})
    rows = found.tables["key_tasks"]
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[2].cells["deadline"].text == "6月底"
    assert str(rows[2].cells["task"].provenance) == "workbook.xlsx 2 职能与重点工作!B7"
    assert found.tables["problems"] == ()
    assert found.findings == ()


def test_rows_are_counted(tabled: Callable[..., Workbook]) -> None:
    ledger = tabled({"key_tasks": TASKS, "systems": [{"name": "财务管理制度"}]}).ledger
    assert ledger["count.key_tasks"].printed() == "3项"
    assert ledger["count.key_tasks.incomplete"].printed() == "2项"
    assert ledger["count.key_tasks.fields"].printed() == "2个"
    assert ledger["count.systems"].printed() == "1项"
    assert "count.problems" not in ledger


def test_unfinished_tasks_are_not_counted_while_one_has_no_state(tabled: Callable[..., Workbook]) -> None:
    ledger = tabled({"key_tasks": [*TASKS, {"field": "人才", "task": "丁"}]}).ledger
    assert ledger["count.key_tasks"].value == 4
    assert "count.key_tasks.incomplete" not in ledger


def test_moved_columns_changed_heads_and_added_rows(tabled: Callable[..., Workbook]) -> None:
    def edit(book: Any) -> None:
        sheet = book["2 职能与重点工作"]
        for row in range(4, 8):
            sheet.cell(row, 1).value, sheet.cell(row, 2).value = (
                sheet.cell(row, 2).value,
                sheet.cell(row, 1).value,
            )
        sheet["A4"] = "重点 工作\n任务*"
        sheet["I4"] = "备注"
        sheet["I5"] = "不认识的列"
        sheet["A60"], sheet["B60"], sheet["F60"] = "丁", "人才", "完成"

    found = tabled({"key_tasks": TASKS}, edit)
    assert texts(found, "key_tasks", "task") == ["甲", "乙", "丙", "丁"]
    assert texts(found, "key_tasks", "field") == ["党建", "党建", "人才", "人才"]
    assert found.tables["key_tasks"][3].cells["task"].provenance.cell == "A60"
    assert found.findings == ()


def test_a_lost_table_object_is_found_by_its_heads(tabled: Callable[..., Workbook]) -> None:
    def edit(book: Any) -> None:
        del book["2 职能与重点工作"].tables["key_tasks"]
        book["2 职能与重点工作"].title = "重点"

    assert texts(tabled({"key_tasks": TASKS}, edit), "key_tasks", "task") == ["甲", "乙", "丙"]


def test_a_lost_sheet_and_a_lost_column_are_told(tabled: Callable[..., Workbook]) -> None:
    def edit(book: Any) -> None:
        del book["19 制度清单"]
        book["2 职能与重点工作"]["A4"] = "领域"

    found = tabled({"key_tasks": TASKS}, edit)
    told = {f.quote: f.message for f in found.findings if f.severity == "warning"}
    assert "没有找到表 systems" in told["19 制度清单"]
    assert "没有“工作领域”这一列" in told["2 职能与重点工作!第4行"]
    assert "count.key_tasks.fields" not in found.ledger


def test_a_row_without_what_it_must_have(tabled: Callable[..., Workbook]) -> None:
    finding = only(tabled({"key_tasks": [{"field": "党建", "task": "甲"}, {"field": "人才"}]}), "error")
    assert (finding.code, finding.quote) == ("missing", "2 职能与重点工作!第6行")
    assert "重点工作任务" in finding.message


def test_a_choice_that_is_none(tabled: Callable[..., Workbook]) -> None:
    found = tabled({"key_tasks": [{"task": "甲", "status": "快了"}]})
    finding = only(found, "error")
    assert finding.quote == "2 职能与重点工作!F5"
    assert "完成、部分完成、未完成" in finding.message
    assert found.tables["key_tasks"][0].text("status") == ""
    assert "count.key_tasks.incomplete" not in found.ledger


def test_a_row_of_totals_is_no_row(tabled: Callable[..., Workbook], wide: Framework) -> None:
    def edit(book: Any) -> None:
        sheet, executed = book["11 项目清单"], column_of(book, "projects", "executed")
        sheet["A40"], sheet[f"{executed}40"] = "合 计", 300

    found = tabled({"projects": [{"name": "甲", "executed": 100}, {"name": "乙", "executed": "2000000元"}]}, edit, wide)
    assert found.ledger["count.projects"].printed() == "2个"
    assert [row.cells["executed"].number for row in found.tables["projects"]] == [100, 200]
    assert "合计行不算一行" in only(found, "info").message


def test_amounts_of_a_table_in_another_unit(tabled: Callable[..., Workbook], wide: Framework) -> None:
    def edit(book: Any) -> None:
        book["11 项目清单"][f"{column_of(book, 'projects', 'initial_budget')}4"] = "年初预算数（元）"

    rows = [{"name": "甲", "initial_budget": 1234500, "executed": Decimal("0.1")}]
    (row,) = tabled({"projects": rows}, edit, wide).tables["projects"]
    assert row.cells["initial_budget"].number == Decimal("123.45")
    assert row.cells["executed"].number == Decimal("0.1")
    assert row.cells["initial_budget"].text == "123.45"


def test_a_bad_amount_in_a_table(tabled: Callable[..., Workbook], wide: Framework) -> None:
    columns: list[str] = []
    found = tabled(
        {"projects": [{"name": "甲", "executed": "一百"}]},
        lambda book: columns.append(column_of(book, "projects", "executed")),
        wide,
    )
    assert only(found, "error").quote == f"11 项目清单!{columns[0]}5"
    assert "executed" not in found.tables["projects"][0].cells


def test_targets_are_tied_to_what_was_achieved(tabled: Callable[..., Workbook], wide: Framework) -> None:
    rows = [
        {
            "name": "培训期数",
            "sign": "≥",
            "target": 10,
            "unit": "期",
            "achieved": "12",
            "variance_reason": "临时部署",
        },
        {"name": "满意度", "sign": "≥", "target": "95%", "achieved": "96.5%"},
        {"name": "服务质量", "sign": "定性", "target": "明显提升", "achieved": "提升"},
        {"name": "覆盖人次", "sign": "≥", "target": "1.2万人次", "unit": "人次"},
    ]
    found = tabled({"targets": rows}, rubric=wide)
    assert found.findings == ()
    first, second, third, fourth = found.ledger.targets
    assert (first.sign, first.target, first.achieved, first.variance_reason) == (
        "≥",
        "targets.1.target",
        "targets.1.achieved",
        "临时部署",
    )
    assert found.ledger["targets.1.achieved"].printed() == "12期"
    assert found.ledger["targets.1.target"].items == ("培训期数",)
    assert found.ledger[second.achieved].printed() == "96.5%"
    assert (third.target, third.target_text, third.achieved_text) == ("", "明显提升", "提升")
    assert (found.ledger[fourth.target].value, fourth.achieved) == (Decimal(12000), "")


def test_targets_that_do_not_say_enough(tabled: Callable[..., Workbook], wide: Framework) -> None:
    found = tabled(
        {"targets": [{"name": "甲", "target": 10, "unit": "期"}, {"name": "乙", "sign": "≥", "target": 10}]},
        rubric=wide,
    )
    assert "没有填指标性质" in only(found, "error").message
    assert "没有填计量单位" in only(found, "warning").message
    assert [target.id for target in found.ledger.targets] == ["targets.2"]
    assert "targets.2.target" not in found.ledger


@pytest.mark.parametrize("said", ["约120", "12～15", "2020-06-01"])
def test_a_target_that_is_no_number_is_kept_as_words_and_told(
    tabled: Callable[..., Workbook], wide: Framework, said: str
) -> None:
    row = {"name": "甲", "sign": "≥", "target": 10, "achieved": said, "unit": "期"}
    found = tabled({"targets": [row]}, rubric=wide)
    finding = only(found, "warning")
    assert f"“{said}”不是一个数" in finding.message
    assert "定性" in finding.message
    assert found.ledger.targets[0].achieved_text == said
    assert "targets.1.achieved" not in found.ledger
