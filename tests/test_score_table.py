from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from made_case import BONUS, SMALL, TARGETS, UNIT, YEAR, made_case
from pydantic import ValidationError
from recalculated import assert_same_cells, recalculated

from assistant.appendix import Appendix
from assistant.documents import read_document
from assistant.intake import load_case
from assistant.report import write_docx, write_scorecard
from assistant.report.assemble import leaf_cells
from assistant.report.blocks import Document, Heading, Table, places
from assistant.report.score_table import score_table
from assistant.scorecard import score
from assistant.verify import check_against_case

EACH = Appendix(heading="附件1：{year}年度评分表", caption="{year}年度评分表")
LEAF = Appendix.model_validate(
    {
        "heading": "附件",
        "caption": "评分表",
        "shares": "leaf",
        "total": "合计",
        "columns": [
            {"kind": "target"}, {"kind": "achieved"}, {"kind": "completion"}, {"kind": "marks", "label": "得分"},
            {"kind": "rate"}, {"kind": "remark", "label": "扣分情况及整改情况说明"}, {"kind": "variance"},
        ],
    }
)  # fmt: skip


def printed(folder: Path, appendix: Appendix) -> tuple[Table, dict[str, dict[str, str]]]:
    """The table, and its leaves' cells by the leaf's name and the column's label."""
    case = load_case(folder)
    card = score(case)
    heading, table = score_table(leaf_cells(case, card, ""), appendix).blocks
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    grid = places(table)
    heads = [place.cell.text for place in grid[0] if place.starts]
    tail = len(appendix.columns)
    rows = {}
    for row in grid[table.header_rows :]:
        cells = [place.cell.text for place in row]
        rows[cells[-tail - 1] if appendix.shares == "each_level" else cells[-tail - 2]] = dict(
            zip(heads[-tail:], cells[-tail:], strict=True)
        )
    return table, rows


def flagged(folder: Path, appendix: Appendix, tmp: Path) -> list[str]:
    """What the verifier finds in the table alone, once it is a Word file."""
    case = load_case(folder)
    card = score(case)
    document = Document((score_table(leaf_cells(case, card, ""), appendix),), "评分表", case.unit)
    write_docx(document, tmp / "table.docx")
    check = check_against_case(read_document(tmp / "table.docx"), card, whole=False)
    numbers = {"mismatch", "misattributed", "unsupported", "wrong_unit", "wrong_period", "wrong_scope"}
    return [finding.message for finding in check.findings if finding.code in numbers]


def edited(tmp_path: Path, framework: str = SMALL, **more: Any) -> Path:
    return made_case(tmp_path / "case", framework, more.pop("values", None), {"targets": TARGETS, **more})


@pytest.mark.parametrize("appendix", [EACH, LEAF])
def test_every_number_of_the_table_is_one_of_the_case(tmp_path: Path, appendix: Appendix) -> None:
    weights = [{"indicator": "预算执行情况", "full_marks": 18, "basis": "本年没有新增项目"},
               {"indicator": "预算管理", "full_marks": 12, "basis": "制度修订任务重"}]  # fmt: skip
    awards = [{"item": "县级表彰", "authority": "县委办公室", "marks": 2}]
    folder = edited(tmp_path, SMALL + BONUS, weights=weights, awards=awards)
    assert flagged(folder, appendix, tmp_path) == []


def test_one_column_of_shares_with_targets_rates_and_reasons(tmp_path: Path) -> None:
    table, rows = printed(edited(tmp_path), LEAF)
    assert [cell.text for cell in table.rows[0]][:4] == ["一级指标", "二级指标", "三级指标", "分值"]
    missed = next(row for row in rows.values() if row["实际完成值"] == "30场")
    assert missed["年度指标值"] == "≥40场"
    assert missed["完成率"] == "75%"
    assert missed["得分"] == "30"
    assert missed["得分率"] == "75%"
    assert missed["偏差原因分析及改进措施"].startswith("主会场7月起")
    met = next(row for row in rows.values() if row["年度指标值"] == "按月公开")
    assert (met["完成率"], met["得分"], met["偏差原因分析及改进措施"], met["扣分情况及整改情况说明"]) == (
        "达成", "20", "", "",
    )  # fmt: skip
    assert any(row["实际完成值"] == "预算执行率90.00%" and row["得分"] == "18" for row in rows.values())
    assert [cell.text for cell in table.rows[-1]] == ["合计", "100", "-", "-", "-", "87", "87%", "-", "-"]


def test_a_target_missed_by_a_hair_is_not_printed_as_reached(tmp_path: Path) -> None:
    near = [{**TARGETS[0], "target": "100000", "achieved": "99999"}, TARGETS[1]]
    _, rows = printed(edited(tmp_path, targets=near), LEAF)
    assert next(row for row in rows.values() if row["实际完成值"] == "99,999场")["完成率"] == "99.999%"


def test_a_missed_target_without_a_reason_is_asked_for(tmp_path: Path) -> None:
    bare = [{**TARGETS[0], "variance_reason": "无"}, TARGETS[1]]
    _, rows = printed(edited(tmp_path, targets=bare), LEAF)
    assert any(row["偏差原因分析及改进措施"] == "【待补：“举办讲座场次”的偏差原因】" for row in rows.values())


def test_a_form_that_does_not_add_up_is_printed_as_issued_and_told_of(tmp_path: Path) -> None:
    table, _ = printed(edited(tmp_path), EACH)
    first = table.rows[3]
    assert [cell.text for cell in first[:2]] == ["投入", "39"]
    (note,) = [note for note in table.notes if "原表" in note]
    assert "39分" in note
    assert "40分" in note
    assert table.rows[-1][1].text == "100"


def test_marks_on_top_have_no_share_and_are_in_the_total(tmp_path: Path) -> None:
    awards = [{"item": "县级表彰", "marks": 2}]
    table, _ = printed(edited(tmp_path, SMALL + BONUS, awards=awards), EACH)
    assert [cell.text for cell in table.rows[-2]][:2] == ["表彰事项", "加减分"]
    assert table.rows[-2][-1].text == "2"
    assert table.rows[-1][-1].text == "89"


def test_the_units_own_shares_and_indicators_are_told_under_the_table(tmp_path: Path) -> None:
    weights = [{"indicator": "预算执行情况", "full_marks": 18, "basis": "本年没有新增项目"},
               {"indicator": "预算管理", "full_marks": 12, "basis": "制度修订任务重"}]  # fmt: skip
    table, _ = printed(edited(tmp_path, weights=weights), EACH)
    told = "".join(table.notes)
    assert "“预算执行情况”原分值20分，调整后分值18分（本年没有新增项目）" in told
    assert "“产出”的下级指标及其分值由本单位自设" in told


@pytest.mark.parametrize(
    ("policy", "marks", "share", "told", "total"),
    [
        ("full", "10（视同满分）", "10", "视同满分", "87"),
        ("pro_rata", "不计分", "10", "适用指标分值90分，折算前得分77分", "85.56"),
        ("siblings", "分值已并入", "—", "分值并入同级指标", "86"),
    ],
)
def test_an_indicator_that_does_not_apply_is_printed_by_the_frameworks_policy(
    tmp_path: Path, policy: str, marks: str, share: str, told: str, total: str
) -> None:
    text = SMALL.replace("outline:", f"not_applicable: {policy}\noutline:").replace("    printed_full_marks: 39\n", "")
    waived = {"not_applicable.posts": "没有独立设置岗位", "marks.posts.1": None, "reason.posts.1": None}
    folder = edited(tmp_path, text, values=waived)
    table, _ = printed(folder, EACH)
    row = next(row for row in table.rows if any(cell.text == "岗位设置" for cell in row))
    assert (row[-1].text, row[-4].text) == (marks, share)
    assert told in "".join(table.notes)
    assert table.rows[-1][-1].text == total
    assert flagged(folder, EACH, tmp_path) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"columns": [{"kind": "remark"}]}, "marks"),
        ({"columns": [{"kind": "marks"}, {"kind": "marks", "label": "另一列"}]}, "重复"),
        ({"columns": [{"kind": "marks"}, {"kind": "full_marks"}]}, "each_level"),
        ({"columns": [{"kind": "mark"}]}, "mark"),
    ],
)
def test_a_faulty_appendix_is_refused(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Appendix.model_validate({"heading": "附件", "caption": "表", **change})


FLAT = """
id: flat
name: 虚构区评价表
place: 虚构区
year: 2023
full_marks: 10
not_applicable: pro_rata
outline: shenzhen-futian-2020
sheets: [basics, accounts, answers]
source: 虚构
ratios:
  - {id: budget_execution_rate, name: 预算执行率, value: {ratio: [final_accounts.total, annual_budget.total]}}
  - {id: spending_change, name: 支出变动率, value: {change: [final_accounts.total, initial_budget.total]}}
indicators:
  - {id: posts, name: "=岗位*", full_marks: 4, parts: [{full_marks: 4, rule: {kind: judged}}]}
  - {id: soundness, name: 制度, full_marks: 6, parts: [{full_marks: 6, rule: {kind: judged}}]}
"""
DEEP = SMALL.replace(
    "      - {id: posts, name: 岗位设置, full_marks: 10, parts: [{full_marks: 10, rule: {kind: judged}}]}\n",
    "      - {id: group, name: 岗位, full_marks: 10, children: [{id: sub, name: 设置, full_marks: 10, children: "
    "[{id: posts, name: 岗位设置, full_marks: 10, parts: [{full_marks: 10, rule: {kind: judged}}]}]}]}\n",
)


@pytest.mark.needs_soffice
def test_the_workbooks_formulas_come_to_the_values_beside_them(tmp_path: Path) -> None:
    """One to four levels, marks on top, an indicator left out: each file loses its stored values and LibreOffice computes them."""
    awards = [{"item": "县级表彰", "marks": 2}]
    waived = {"not_applicable.posts": "没有岗位", "marks.posts.1": None, "reason.posts.1": None}
    folders = {
        "flat": made_case(tmp_path / "flat", FLAT, {**waived, "marks.soundness.1": "5"}),
        "scaled": made_case(
            tmp_path / "scaled",
            FLAT.replace("answers]", "answers, awards]") + BONUS,
            {**waived, "marks.soundness.1": "5"},
            {"awards": awards},
        ),
        "deep": made_case(tmp_path / "deep", DEEP + BONUS, None, {"targets": TARGETS, "awards": awards}),
        "small": made_case(tmp_path / "small", SMALL, {"marks.posts.1": None}, {"targets": TARGETS}),
    }
    for name, folder in folders.items():
        card = score(load_case(folder))
        write_scorecard(card, tmp_path / f"{name}.xlsx")
    for name, (stored, computed) in recalculated([tmp_path / f"{name}.xlsx" for name in folders], tmp_path).items():
        assert_same_cells(stored, computed, name)


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    folder = made_case(tmp_path / "flat", FLAT, {"marks.posts.1": "3", "marks.soundness.1": "5"})
    write_scorecard(score(load_case(folder)), tmp_path / "s.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx")["评分表"]
    assert sheet["A4"].value == "=岗位*"
    assert sheet["A4"].data_type == "s"
    assert sheet["A2"].value == f"填报单位：{UNIT}"
    assert str(YEAR) in sheet["A1"].value
