"""What a unit changes of its framework: shares called 参考分值, and indicators of its own below a fixed parent."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest
from framework_tables import Maker
from hypothesis import given
from hypothesis import strategies as st
from test_marking import FIGURES, TREE, card

from assistant.frameworks import read_framework
from assistant.scorecard import Scorecard, score


def weights(*rows: tuple[str, str, str]) -> dict[str, Any]:
    names = ("indicator", "full_marks", "basis")
    return {"weights": [{n: v for n, v in zip(names, row, strict=True) if v} for row in rows]}


def test_reweighted_leaves_scale_their_parts_and_rules_and_the_change_is_logged() -> None:
    found = card(tables=weights(("预算执行", "14", "局办公会纪要"), ("资金／政府采购", "10", "局办公会纪要")))
    assert found.leaf("execution").marks == D("12.6"), "90% of 14"
    assert found.leaf("execution").standard == "得分＝预算执行率×14分，最高得14分。", (
        "the issued wording no longer holds"
    )
    assert [part.full_marks for part in found.leaf("procurement").parts] == [D("7.5"), D("2.5")]
    assert [(c["indicator"], c["before"], c["after"], c["basis"]) for c in found.to_json()["changes"]] == [
        ("预算执行", "12", "14", "局办公会纪要"), ("政府采购", "12", "10", "局办公会纪要"),
    ]  # fmt: skip


def test_a_tailored_framework_takes_nothing_along_from_the_issued_one() -> None:
    framework = read_framework(TREE.replace("{options}", ""), "made-up.yaml")
    assert framework.standards["execution"] == "按执行率计12分"
    assert len(framework.leaves()) == 8
    case = Maker(framework).case(FIGURES, {}, weights(("预算执行", "14", "纪要"), ("政府采购", "10", "纪要")))
    assert {leaf.indicator.id: leaf.indicator.full_marks for leaf in case.framework.leaves()}["execution"] == 14
    assert "14分" in case.framework.standards["execution"]
    assert framework.standards["execution"] == "按执行率计12分"


@given(st.integers(1, 2399))
def test_the_parts_of_a_reweighted_leaf_sum_exactly(hundredths: int) -> None:
    new = D(hundredths) / 100
    framework = read_framework(TREE.replace("{options}", ""), "made-up.yaml")
    case = Maker(framework).case(
        FIGURES, {}, weights(("政府采购", str(new), "纪要"), ("预算执行", str(24 - new), "纪要"))
    )
    leaves = {leaf.indicator.id: leaf.indicator for leaf in case.framework.leaves()}
    assert leaves["procurement"].full_marks == new
    assert sum(part.full_marks for part in leaves["procurement"].parts) == new


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("预算执行", "14", "纪要")], ["“资金”下级分值合计成了26分，应为24分"]),
        ([("预算执行", "14", ""), ("没有这项", "", "纪要")], ["没有写调整依据", "没有这个三级指标；没有填调整后分值"]),
        ([("预算执行", "14", "纪要"), ("预算执行", "10", "纪要")], ["是同一项指标", "应为24分"]),
        ([("加分", "1", "纪要")], ["是加减分指标"]),
        ([("满意度", "30", "纪要")], ["一级指标分值合计成了106分，应为100分"]),
    ],
)
def test_every_fault_of_a_reweighting_is_named_and_the_issued_shares_hold(
    rows: list[tuple[str, str, str]], says: list[str]
) -> None:
    framework = read_framework(TREE.replace("{options}", ""), "made-up.yaml")
    case = Maker(framework).case(FIGURES, {}, weights(*rows))
    told = [finding.message for finding in case.findings]
    for words in says:
        assert any(words in line for line in told), told
    assert case.framework is framework


def test_a_framework_that_fixes_its_shares_says_so() -> None:
    fixed = read_framework(TREE.replace("{options}", "").replace("reweighting: true", "reweighting: false"), "m.yaml")
    case = Maker(fixed).case(FIGURES, {}, weights(("预算执行", "14", "纪要"), ("政府采购", "10", "纪要")))
    assert "不能由单位调整" in case.findings[0].message
    assert not case.changes


OWN = TREE.replace("{options}", "").replace(
    "  - {id: opinion, name: 满意度, full_marks: 24, parts: [{full_marks: 24, rule: {kind: judged}}]}",
    "  - {id: effect, name: 效益, full_marks: 24, own: true, own_names: [效益指标], parts: [{full_marks: 24, rule: {kind: target}}]}",
)
ROW = {
    "level1": "效益指标",
    "level2": "社会效益",
    "name": "受益户数",
    "sign": "≥",
    "target": "100",
    "unit": "户",
    "achieved": "80",
}


def own(*rows: dict[str, str]) -> Scorecard:
    return score(Maker(read_framework(OWN, "own.yaml")).case(FIGURES, {}, {"targets": list(rows)}))


def test_indicators_of_ones_own_stand_below_their_parent_and_are_scored_by_their_targets() -> None:
    found = own(
        ROW | {"full_marks": "14"},
        ROW | {"name": "投诉件数", "sign": "≤", "target": "5", "unit": "件", "achieved": "5", "full_marks": "10"},
    )
    mine = [leaf for leaf in found.leaves if leaf.path[0] == "效益"]
    assert [(leaf.path, leaf.full_marks, leaf.marks) for leaf in mine] == [
        (("效益", "社会效益", "受益户数"), 14, D("11.2")), (("效益", "社会效益", "投诉件数"), 10, D(10)),
    ]  # fmt: skip
    assert found.ledger["marks.effect"].value == D("21.2")
    assert [change["kind"] for change in found.to_json()["changes"]] == ["自设指标", "自设指标"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([ROW | {"full_marks": "20"}], "分值合计20分，应为24分"),
        ([ROW | {"full_marks": "24"}, ROW | {"name": "乙"}], "“乙”没有填分值"),
        ([ROW | {"full_marks": "24", "level1": "效果"}], "没有由单位自设指标的“效益”，没有计入得分"),
    ],
)
def test_own_indicators_that_do_not_add_up_are_told_and_left_out(rows: list[dict[str, str]], says: str) -> None:
    case = Maker(read_framework(OWN, "own.yaml")).case(FIGURES, {}, {"targets": rows})
    assert any(says in finding.message for finding in case.findings)
    assert score(case).leaf("effect").basis == "missing"


def test_the_leaf_says_why_its_own_indicators_were_not_used() -> None:
    assert own(ROW | {"full_marks": "20"}).leaf("effect").reason == "自设指标分值合计20分，应为24分，没有采用"
    assert own().leaf("effect").reason == "没有填写由单位自设的指标及其分值"


def test_an_own_target_is_described_with_its_unit() -> None:
    case = Maker(read_framework(OWN, "own.yaml")).case(FIGURES, {}, {"targets": [ROW | {"full_marks": "24"}]})
    assert case.framework.leaves()[-2].indicator.description == "年度指标值：≥100户。"
