"""不适用, rounding, re-weighting, indicators of one's own and bonus: what a total comes to under each of a framework's choices."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from framework_tables import Maker
from hypothesis import given
from hypothesis import strategies as st

from assistant.frameworks import read_framework
from assistant.scorecard import Scorecard, score

TREE = """
id: made-up
name: 虚构县指标体系
place: 虚构县
year: 2023
full_marks: 100
outline: shenzhen-futian-2020
sheets: [basics, accounts, procurement, targets, weights, answers, awards]
source: 虚构
reweighting: true
{options}
ratios:
  - {id: execution_rate, name: 预算执行率, value: {ratio: [final_accounts.total, annual_budget.total]}}
  - {id: procurement_rate, name: 采购执行率, value: {ratio: [procurement.actual, procurement.planned]}}
indicators:
  - id: input
    name: 投入
    full_marks: 40
    children:
      - {id: posts, name: 岗位设置, full_marks: 10, parts: [{full_marks: 10, rule: {kind: judged}}]}
      - {id: plans, name: 计划编制, full_marks: 7, parts: [{full_marks: 7, rule: {kind: judged}}]}
      - {id: budgets, name: 预算编制, full_marks: 23, parts: [{full_marks: 23, rule: {kind: judged}}]}
  - id: process
    name: 过程
    full_marks: 36
    children:
      - id: funds
        name: 资金
        full_marks: 24
        children:
          - {id: execution, name: 预算执行, full_marks: 12, official_text: 按执行率计12分, parts: [{full_marks: 12, measure: execution_rate, rule: {kind: linear}}]}
          - id: procurement
            name: 政府采购
            full_marks: 12
            parts:
              - {full_marks: 9, measure: procurement_rate, when_undefined: not_applicable, rule: {kind: linear}}
              - {full_marks: 3, text: 采购政策, rule: {kind: judged}}
      - id: assets
        name: 资产
        full_marks: 12
        children:
          - id: asset_care
            name: 资产管理
            full_marks: 12
            parts:
              - full_marks: 12
                rule: {kind: checklist, items: [{text: 配置合规, marks: 4}, {text: 保管完好, marks: 4, partial: 2}, {text: 处置合规, marks: 4}]}
            zero_if: {occurred: 资产流失}
  - {id: opinion, name: 满意度, full_marks: 24, parts: [{full_marks: 24, rule: {kind: judged}}]}
  - {id: extra, name: 加分, full_marks: 0, bonus: true, parts: [{full_marks: 0, rule: {kind: bonus, most: 5}}]}
"""
MARKS = {"posts": "10", "plans": "7", "budgets": "20", "procurement.2": "2", "opinion": "21"}
FIGURES = {
    "final_accounts.total": "90",
    "annual_budget.total": "100",
    "procurement.actual": "8",
    "procurement.planned": "10",
}
DATA = {
    "execution": ("final_accounts.total", "annual_budget.total"),
    "procurement": ("procurement.actual", "procurement.planned"),
}
"""What speaks against 不适用: a leaf and its figures."""

CARE = {"answer.asset_care.1.1": "符合", "answer.asset_care.1.2": "部分符合", "answer.asset_care.1.3": "不符合"}


def card(options: str = "", *, figures: Any = None, tables: Any = None, waive: str = "", **changed: str) -> Scorecard:
    """The score of the made-up unit: 10+7+20, 10.8+(7.2+2), 4+2+0 and 21 are 84 of 100."""
    framework = read_framework(TREE.replace("{options}", options), "made-up.yaml")
    entries = {f"marks.{id}" if "." in id else f"marks.{id}.1": marks for id, marks in MARKS.items()}
    entries |= {id: answer for id, answer in CARE.items() if "asset_care" not in waive}
    entries |= {f"not_applicable.{id}": "没有此项业务。" for id in waive.split()}
    entries |= {id.replace("__", "."): value for id, value in changed.items()}
    empty = {figure for id in waive.split() for figure in DATA.get(id, ())}
    held = {id: value for id, value in FIGURES.items() if id not in empty}
    return score(Maker(framework).case(held | (figures or {}), entries, tables or {}))


def test_without_anything_special_the_leaves_add_up() -> None:
    plain = card()
    assert plain.marks == D("84")
    assert [str(leaf.marks.normalize()) for leaf in plain.leaves if leaf.marks] == [
        "1E+1",
        "7",
        "2E+1",
        "10.8",
        "9.2",
        "6",
        "21",
    ]
    assert plain.complete


@pytest.mark.parametrize(
    ("policy", "waive", "total"),
    [
        ("full", "budgets", "87"),  # 84 − 20 + 23
        ("full", "execution procurement", "88"),
        ("pro_rata", "budgets", "83.12"),  # 64 × 100 ÷ 77 = 83.1168…
        ("pro_rata", "execution procurement", "84.21"),  # 64 × 100 ÷ 76 = 84.2105…
        ("pro_rata", "posts plans budgets", "78.33"),  # 47 × 100 ÷ 60 = 78.333…
        ("siblings", "budgets", "87.00"),  # 投入 40: 岗位设置 10 × 40 ÷ 17 and 计划编制, both full
        ("siblings", "execution procurement", "76.00"),  # 资金's 24 go to 资产: 6 of 12 become 18 of 36
        (
            "siblings",
            "posts plans budgets",
            "78.33",
        ),  # 投入's 40 go to 过程 60 and 满意度 40: 26 ÷ 36 × 60 + 21 ÷ 24 × 40
    ],
)
def test_each_policy_for_what_does_not_apply(policy: str, waive: str, total: str) -> None:
    found = card(f"not_applicable: {policy}", waive=waive)
    assert found.marks == D(total)
    for id in waive.split():
        leaf = found.leaf(id)
        assert leaf.basis == "not_applicable"
        assert leaf.waived == "没有此项业务"
        assert "没有此项业务" in leaf.reason


def test_pro_rata_is_said_with_its_arithmetic_and_leaves_bonus_alone() -> None:
    found = card("not_applicable: pro_rata", waive="budgets", tables={"awards": [{"item": "表彰", "marks": "2"}]})
    assert found.marks == D("85.12"), "83.12 and 2 on top"
    assert found.ledger["marks.total"].provenance.formula == "64÷77×100（不适用指标不计分，按比例折算）"
    assert found.ledger["full_marks.applicable"].value == 77
    data = found.to_json()
    assert (data["scaled_from"], data["bonus"]) == ("77", "2")
    assert data["total"]["marks"] == "85.12"


def test_full_marks_that_go_to_the_siblings_add_up_to_the_last_hundredth() -> None:
    found = card("not_applicable: siblings", waive="budgets")
    assert [found.leaf(id).full_marks for id in ("posts", "plans", "budgets")] == [D("23.53"), D("16.47"), D(0)]
    assert "分值由10分改为23.53分" in found.leaf("posts").reason
    assert found.leaf("budgets").reason == "不适用（没有此项业务），分值并入同级指标"


LEAVES = ("posts", "plans", "budgets", "execution", "procurement", "asset_care", "opinion")


@given(gone=st.sets(st.sampled_from(LEAVES), max_size=6), policy=st.sampled_from(["full", "pro_rata", "siblings"]))
def test_whatever_does_not_apply_full_marks_stay_the_total_and_nothing_exceeds_them(
    gone: set[str], policy: str
) -> None:
    found = card(f"not_applicable: {policy}", waive=" ".join(gone))
    worth = sum(leaf.full_marks for leaf in found.leaves)
    assert worth == (100 if policy != "pro_rata" else found.applicable)
    assert 0 <= found.marks <= 100
    for leaf in found.leaves:
        assert leaf.marks is not None
        assert 0 <= leaf.marks <= leaf.full_marks or leaf.bonus
        assert not (leaf.id in gone and policy != "full" and leaf.full_marks)


def test_nothing_that_applies_is_no_result() -> None:
    found = card("not_applicable: pro_rata", waive=" ".join((*LEAVES, "extra")))
    assert not found.complete
    assert found.marks == 0


NO_PLAN = {"procurement.actual": "0", "procurement.planned": "0"}


@pytest.mark.parametrize(
    ("policy", "full", "marks", "told"),
    [
        ("full", "12", "11", "不适用的部分视同满分"),  # 9 for what does not apply, 2 for the policy
        ("pro_rata", "3", "2", "“采购执行率”不计分，本项分值由12分改为3分"),
        ("siblings", "12", "8", "“采购执行率”的分值并入本项其余部分，合计按3分折算为12分"),
    ],
)
def test_only_a_part_of_a_leaf_does_not_apply(policy: str, full: str, marks: str, told: str) -> None:
    found = card(f"not_applicable: {policy}", figures=NO_PLAN)
    leaf = found.leaf("procurement")
    assert (leaf.full_marks, leaf.marks) == (D(full), D(marks))
    assert not leaf.waived, "the leaf applies; a part of it does not"
    assert leaf.basis == "judged"
    assert leaf.parts[0].waived == "政府采购计划金额为0，采购执行率无法计算"
    assert told in leaf.reason
    assert sum(one.full_marks for one in found.leaves) == (91 if policy == "pro_rata" else 100)


def test_a_checklist_answered_not_applicable_throughout_does_not_apply() -> None:
    answers = dict.fromkeys((id.replace(".", "__") for id in CARE), "不适用")
    found = card("not_applicable: pro_rata", **answers)
    assert (found.leaf("asset_care").basis, found.leaf("asset_care").full_marks) == ("not_applicable", 0)
    assert found.marks == D("88.64"), "78 × 100 ÷ 88"
    assert card(**answers).leaf("asset_care").marks == 12


def test_a_veto_outweighs_not_applicable() -> None:
    leaf = card(waive="asset_care", answer__asset_care__veto="有").leaf("asset_care")
    assert (leaf.marks, leaf.waived, leaf.basis) == (0, "", "answered")
    assert "资产流失" in leaf.reason


@pytest.mark.parametrize(("rounding", "total"), [("leaf", "83.5"), ("part", "83.5"), ("total", "83.4")])
def test_marks_are_rounded_where_the_framework_says(rounding: str, total: str) -> None:
    # 6.96 → 7.0, 19.96 → 20.0, 6.669 + 2 → 8.7: the printed leaves make 83.5, the exact ones 83.389
    figures = {"procurement.actual": "7.41"}
    found = card(f"places: 1\nrounding: {rounding}", figures=figures, marks__plans__1="6.96", marks__budgets__1="19.96")
    assert found.leaf("procurement").marks == D("8.7")
    assert found.marks == D(total)


def test_parts_are_rounded_before_they_are_added() -> None:
    figures = {"procurement.actual": "6.605"}  # 5.9445 and 2.44: 8.3845 together
    apart = card("places: 1\nrounding: part", figures=figures, marks__procurement__2="2.44").leaf("procurement")
    whole = card("places: 1", figures=figures, marks__procurement__2="2.44").leaf("procurement")
    assert (apart.marks, whole.marks) == (D("8.3"), D("8.4"))
    assert [part.marks for part in apart.parts] == [D("5.9"), D("2.4")]
    assert apart.formula == "5.9＋2.4＝8.3"


def test_only_bonus_lets_a_total_pass_its_base() -> None:
    best = {"marks__budgets__1": "23", "marks__opinion__1": "24", "marks__procurement__2": "3"}
    answers = dict.fromkeys((id.replace(".", "__") for id in CARE), "符合")
    figures = {"final_accounts.total": "300", "procurement.actual": "10"}
    rows = {"awards": [{"item": "甲", "marks": "3"}, {"item": "乙", "marks": "4"}]}
    assert card(figures=figures, **best, **answers).marks == 100
    assert card(figures=figures, tables=rows, **best, **answers).marks == 105


@pytest.mark.parametrize(
    ("leaf", "kept", "says", "marks"),
    [
        (
            "execution",
            {"figures": {"final_accounts.total": "15", "annual_budget.total": "10"}},
            "决算数15.00万元、",
            "12",
        ),
        (
            "procurement",
            {"figures": {"procurement.actual": "8", "procurement.planned": "10"}},
            "计划金额10.00万元",
            "9.2",
        ),
        ("asset_care", CARE, "评价要点第1项符合、第2项部分符合、第3项不符合", "6"),
    ],
)
def test_a_waiver_that_the_data_contradict_is_refused_and_told(
    leaf: str, kept: dict[str, Any], says: str, marks: str
) -> None:
    changed = {id.replace(".", "__"): value for id, value in kept.items() if id != "figures"}
    case_card = card(waive=leaf, figures=kept.get("figures"), **changed)
    found = case_card.leaf(leaf)
    assert (found.marks, found.waived) == (D(marks), "")
    assert says in found.reason
    assert found.reason.endswith("没有采用")


@pytest.mark.parametrize(
    "figures", [{}, {"final_accounts.total": "0", "annual_budget.total": "0"}, {"annual_budget.total": "9"}]
)
def test_a_waiver_without_figures_or_with_none_but_zeros_stands(figures: dict[str, str]) -> None:
    found = card(waive="execution", figures=figures).leaf("execution")
    assert (found.marks, found.waived, found.refused) == (12, "没有此项业务", "")


def test_the_standard_of_a_leaf_that_took_over_marks_is_that_of_its_new_share() -> None:
    moved = card("not_applicable: siblings", waive="procurement")
    assert moved.leaf("execution").standard == "得分＝预算执行率×24分，最高得24分。", (
        "the issued wording no longer holds"
    )
    assert moved.leaf("asset_care").standard == card().leaf("asset_care").standard, "its share stayed"
    grown = card("not_applicable: siblings", waive="execution procurement").leaf("asset_care").standard
    assert "处置合规（12分）" in grown


def test_a_bonus_beyond_its_limit_says_what_was_claimed() -> None:
    rows = {"awards": [{"item": "甲", "marks": "3"}, {"item": "乙", "marks": "4"}]}
    held = card(tables=rows).ledger
    assert (held["claimed.extra"].value, held["limit.extra"].value) == (7, 5)
    assert "limit.extra" not in card(tables={"awards": rows["awards"][:1]}).ledger
