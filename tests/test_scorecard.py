"""Leaf by leaf the marks equal the published ones, each on an honest basis."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest

from assistant.intake import Case
from assistant.ledger import Figure
from assistant.scorecard import Scorecard, score, what_if

PUBLISHED = {
    "预算编制合理性": "5", "预算编制规范性": "5", "绩效目标完整性": "8", "绩效指标明确性": "6", "政府采购执行情况": "2", "财务合规性": "3",
    "预决算信息公开": "3", "项目实施程序": "2", "项目监管": "2", "资产管理安全性": "2", "固定资产利用率": "1", "财政供养人员控制率": "1",
    "编外人员控制率": "0", "管理制度健全性": "3", "公用经费控制率": "6", "预算执行率": "5.85", "重点工作完成情况": "8", "项目完成及时性": "6",
    "社会效益、经济效益、生态效益及可持续影响等": "20", "群众信访办理情况": "3", "公众或服务对象满意度": "6",
}  # fmt: skip


@pytest.fixture
def case(futian: Case) -> Case:
    return futian


def changed(case: Case, **values: str) -> Scorecard:
    """The score with some figures changed or, with "", taken away."""
    settings = {id.replace("__", "."): value for id, value in values.items()}
    gone = {id for id, value in settings.items() if not value}
    given = {id: D(value) for id, value in settings.items() if value}
    case = what_if(case, given)
    left: list[Figure] = [f for f in case.ledger if f.id not in gone and not gone & set(f.provenance.inputs)]
    return score(replace(case, ledger=type(case.ledger).of(left)))


def test_marks_equal_the_published_ones(case: Case) -> None:
    card = score(case)
    assert {leaf.name: leaf.marks for leaf in card.leaves} == {name: D(marks) for name, marks in PUBLISHED.items()}
    assert card.marks == D("97.85")
    assert card.complete


def test_what_was_not_published_is_declared_and_says_so(case: Case) -> None:
    card = score(case)
    for id in (
        "budget_execution",
        "key_task_completion",
        "project_timeliness",
        "satisfaction",
        "goal_clarity",
    ):
        assert card.leaf(id).basis == "declared"
        assert "未复核" in card.leaf(id).reason


def test_what_figures_decide_is_computed_and_shows_its_numbers(case: Case) -> None:
    card = score(case)
    for id in (
        "off_establishment_control",
        "public_expense_control",
        "establishment_control",
        "fixed_asset_utilisation",
    ):
        assert card.leaf(id).basis == "computed"
    assert "直接填报" in card.leaf("fixed_asset_utilisation").reason, "a rate without its inputs says so"
    assert card.ledger["off_establishment_rate"].provenance.formula == "编外人员年末实有人数52人÷在职人员总数108人×100%"
    assert "编外人员控制率＞10%" in card.leaf("off_establishment_control").reason


def test_a_leaf_is_as_strong_as_its_weakest_part(case: Case) -> None:
    procurement = score(case).leaf("procurement_execution")
    assert [part.basis for part in procurement.parts] == ["computed", "judged"]
    assert procurement.basis == "judged"


@pytest.mark.parametrize(
    ("actual", "marks"),
    [("5.58", "6"), ("11.86", "6"), ("11.862", "5"), ("13.18", "5"), ("13.19", "3")],
)
def test_three_public_bands_on_both_sides_of_each_edge(case: Case, actual: str, marks: str) -> None:
    card = changed(case, three_public__total__final_accounts=actual)
    assert card.leaf("public_expense_control").marks == D(marks)


def test_more_bought_than_planned_scores_nothing(case: Case) -> None:
    assert changed(case, procurement__actual="898.66").leaf("procurement_execution").marks == 2
    leaf = changed(case, procurement__actual="898.67").leaf("procurement_execution")
    assert leaf.marks == 0
    assert "大于" in leaf.reason


def test_zero_over_zero_has_no_value_and_the_rule_says_what_it_is_worth(case: Case) -> None:
    card = changed(case, three_public__total__final_accounts="0", three_public__total__budget="0")
    leaf = card.leaf("public_expense_control")
    assert card.measures.of("three_public_control_rate").value is None
    assert "无法计算" in leaf.reason
    assert leaf.marks == 6
    assert card.measures.fractions["three_public_control_rate"] is None


def test_a_missing_figure_is_missing_and_never_full(case: Case) -> None:
    card = changed(case, staff__off_establishment__actual="", staff__dispatched__actual="")
    leaf = card.leaf("off_establishment_control")
    assert (leaf.marks, leaf.basis) == (None, "missing")
    assert "编外人员年末实有人数" in leaf.reason
    assert not card.complete
    assert card.grade == ""


def test_printing_shows_more_digits_where_two_would_cross_an_edge(case: Case) -> None:
    card = changed(case, staff__actual="64000", staff__established="64001")
    assert card.ledger["establishment_control_rate"].printed() == "99.998%"


def test_json_has_strings_for_numbers_and_fractions_for_rates(case: Case) -> None:
    data = score(case).to_json()
    assert data["total"] == {"full_marks": "100", "marks": "97.85", "grade": "", "complete": True}
    assert data["ratios"]["budget_execution_rate"] == "0.9787"
    leaf = next(entry for entry in data["indicators"] if entry["id"] == "procurement_execution")
    assert leaf["inputs"] == {"procurement.actual": "894.74", "procurement.planned": "898.66"}
    assert leaf["path"] == ["部门管理", "资金管理", "政府采购执行情况"]
