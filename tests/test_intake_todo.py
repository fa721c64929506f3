"""待补清单: what it lists, in which order, where its lines lead, and what it says of a workbook that is partly filled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from intake_book import framework, place

from assistant.frameworks import Framework
from assistant.intake import write_template

__all__ = ["framework"]


@pytest.fixture(scope="module")
def book(framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("todo") / "w.xlsx"
    write_template(framework, path)
    return openpyxl.load_workbook(path)


def rows_of(book: Any) -> list[tuple[Any, ...]]:
    """The rows of 待补清单: 科室, 必填, sheet, what, state's formula, use."""
    sheet = book["待补清单"]
    top = next(row[0].row for row in sheet.iter_rows() if row[4].value == "状态")
    return [row for row in sheet.iter_rows(min_row=top + 1) if row[0].value]


def test_the_list_of_what_is_empty_is_by_department_required_things_first(book: Any) -> None:
    rows = [(row[0].value, row[1].value, row[3].value) for row in rows_of(book)]
    owners = list(dict.fromkeys(owner for owner, _, _ in rows))
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), key=owners.index)
    for owner in owners:
        kinds = [kind for at, kind, _ in rows if at == owner]
        assert kinds == sorted(kinds, key=["必填", "选填"].index)
    told = {what: kind for _, kind, what in rows}
    assert told["主要职能"] == told["日常公用经费决算数"] == "必填"
    assert told["机构设置"] == "选填"
    assert told["社会效益、经济效益、生态效益及可持续影响等：自评得分和情况说明"] == "必填"
    assert told["预算编制合理性：逐项回答5个要点"] == "必填"


def test_each_line_of_the_list_leads_to_its_cell_and_watches_it(book: Any) -> None:
    line = next(row for row in rows_of(book) if row[3].value == "日常公用经费决算数")
    sheet, address = place(book, "final_accounts.routine_public")
    assert line[3].hyperlink.location == f"'{sheet.title}'!{address}"
    absolute = f"'{sheet.title}'!${address[0]}${address[1:]}"
    assert line[4].value == f'=IF(LEN({absolute})>0,"已填","待填")'


def test_the_list_shows_what_is_filled_already(framework: Framework, tmp_path: Path) -> None:
    values = {
        "unit.full_name": "示例区民政局", "marks.benefits.1": 18, "reason.benefits.1": "有数据。", "not_applicable.budget_rationality": "无此业务",
        "annual_budget.personnel": 5, "annual_budget.routine_public": 6,
    }  # fmt: skip
    write_template(
        framework, tmp_path / "w.xlsx", values, {"key_tasks": [{"task": "甲"}]}, needed=["annual_budget.basic"]
    )
    book = openpyxl.load_workbook(tmp_path / "w.xlsx", data_only=True)
    states = {row[3].value: row[4].value for row in rows_of(book)}
    done = {what for what, state in states.items() if state == "已填"}
    assert done >= {
        "单位全称", "社会效益、经济效益、生态效益及可持续影响等：自评得分和情况说明", "预算编制合理性：逐项回答5个要点",
        "重点工作（逐行填写；没有的不填）", "基本支出全年预算数",
    }  # fmt: skip
    assert {"主要职能", "绩效指标明确性：逐项回答5个要点"} <= states.keys() - done
