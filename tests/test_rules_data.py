"""A rule as data: what cannot be meant is refused; its words, its branches, and what re-weighting makes of it."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from pydantic import ValidationError
from test_rules import ASSETS, STATES, rule, step

from assistant import rules
from assistant.rules import Rule


@pytest.mark.parametrize(
    ("bands", "fault"),
    [
        ([{"at_least": 90, "marks": 1}, {"below": 80, "marks": 0}], "缺口"),
        ([{"at_least": 90, "marks": 1}, {"at_most": 90, "marks": 0}], "重叠"),
        ([{"above": 90, "marks": 1}, {"below": 90, "marks": 0}], "缺口"),
    ],
)
def test_bands_with_a_gap_or_an_overlap_are_refused(bands: list[dict[str, int]], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        rule(kind="bands", bands=bands)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ({"kind": "step", "at_most": 10.0, "each": 1, "deduct": 1}, "引号"),
        ({"kind": "linear", "full_at": "九成"}, "不是数"),
        ({"kind": "linear", "full_at": "1e2"}, "不是数"),
        ({"kind": "linear", "full_at": "NaN"}, "不是数"),
        ({"kind": "linear", "full_at": 60, "zero_at": 60}, "相同"),
        ({"kind": "step", "each": 1, "deduct": 1}, "at_least 或 at_most"),
        ({"kind": "step", "at_least": 9, "at_most": 8, "each": 1, "deduct": 1}, "没有得满分的范围"),
        ({"kind": "step", "at_most": 9, "each": 0, "deduct": 1}, "大于 0"),
        ({"kind": "step", "at_most": 0, "each": 1, "deduct": 1, "of": "edge"}, "of: points"),
        ({"kind": "violations", "each": 0, "item": "甲"}, "greater than 0"),
        ({"kind": "checklist", "items": [{"text": "甲", "marks": 1, "partial": 1}]}, "部分符合"),
        ({"kind": "grades", "grades": [{"label": "好", "marks": 1}, {"label": "好", "marks": 0}]}, "重复"),
        ({"kind": "target", "states": [*STATES, STATES[0]]}, "重复"),
        ({"kind": "target", "states": [{"label": "达成", "least": 90, "most": 80}]}, "大于"),
        ({"kind": "target", "missed": "zero", "least": 60}, "least"),
        ({"kind": "bonus", "least": 0, "most": 0}, "小于"),
        ({"kind": "formula", "text": "a/b"}, "formula"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(raw: dict[str, object], says: str) -> None:
    more = {"reading": "whole", "reading_source": "stated"} if raw["kind"] == "step" else {}
    with pytest.raises(ValidationError, match=says):
        rule(**raw | more)


@pytest.mark.parametrize(
    ("raw", "worth", "says"),
    [
        ({"kind": "linear", "full_at": 98}, "2", "得分＝率÷98%×2分，最高得2分"),
        ({"kind": "linear", "ceiling": None}, "2", "得分＝率×2分"),
        ({"kind": "linear", "zero_at": 60, "full_at": 90, "least": 70}, "3",
         "得分＝（率－60%）÷（90%－60%）×3分，最高得3分，最低得0分；率低于70%的，不得分"),
        ({"kind": "step", "at_most": 10, "each": 1, "deduct": "0.1", "reading": "pro_rata", "reading_source": "assumed"}, "1",
         "率不超过10%的，得1分；超过10%的，每超1个百分点扣0.1分，扣完为止"),
        ({"kind": "step", "at_least": 95, "each": 1, "deduct": 1, "reading": "started", "reading_source": "stated"}, "4",
         "率不低于95%的，得4分；低于95%的，每低1个百分点扣1分，不足一档的按一档扣，扣完为止"),
        ({"kind": "step", "at_least": 95, "at_most": 105, "each": 2, "deduct": 1, "reading": "whole", "reading_source": "assumed"}, "4",
         "率在95%至105%之间的，得4分；每超过或低于2个百分点扣1分，扣完为止"),
        ({"kind": "step", "at_most": 50, "of": "edge", "each": 5, "deduct": 1, "reading": "whole", "reading_source": "assumed"}, "4",
         "率不超过50%的，得4分；超过50%的，每超该界限的5%扣1分，扣完为止"),
        ({"kind": "step", "at_most": 20, "unit": "天", "each": 5, "deduct": 1, "reading": "whole", "reading_source": "assumed"}, "4",
         "率不超过20天的，得4分；超过20天的，每超5天扣1分，扣完为止"),
        ({"kind": "violations", "each": "0.5", "item": "违规事项"}, "2", "没有违规事项的，得2分；每有1项违规事项扣0.5分，扣完为止"),
        ({"kind": "checklist", "items": [{"text": "甲", "marks": 2, "partial": 1}, {"text": "乙", "marks": 1}]}, "3",
         "甲（2分），部分符合的得1分；乙（1分）"),
        ({"kind": "grades", "grades": [{"label": "好", "marks": 2}, {"label": "差", "marks": 0}]}, "2", "好的，得2分；差的，得0分"),
        ({"kind": "target", "least": 60, "states": STATES}, "5",
         "达到年度指标值的，得5分；未达到的，按完成率计分，完成率低于60%的不得分；定性指标达成的，得分值的80%至100%；定性指标未达成的，得分值的0%至60%"),
        ({"kind": "target", "missed": "zero"}, "5", "达到年度指标值的，得5分；未达到的，不得分"),
        ({"kind": "bonus", "least": -2, "most": 3}, "0", "按加减分事项逐项计分，最高3分，最低-2分"),
        ({"kind": "judged", "because": "没有公布评分标准"}, "5",
         "由填报单位据实评分，满分5分，扣分与不扣分都要写明理由（没有公布评分标准）"),
    ],
)  # fmt: skip
def test_the_standard_is_worded_from_the_rule(raw: dict[str, object], worth: str, says: str) -> None:
    assert "；".join(rules.wording(rule(**raw), D(worth), "率")) == says


def test_wording_made_from_a_rule_carries_every_number_of_it() -> None:
    told = "；".join(rules.wording(ASSETS, D(1), "固定资产利用率"))
    for number in ("90%", "75%", "60%", "1分", "0.7分", "0.4分", "0分"):
        assert number in told


@pytest.mark.parametrize(
    "raw",
    [
        {"kind": "bands", "bands": [{"at_least": 90, "marks": 3}, {"at_least": 60, "marks": 1}, {"marks": 0}]},
        {"kind": "grades", "grades": [{"label": "好", "marks": 3}, {"label": "中", "marks": 2}, {"label": "差", "marks": 0}]},
        {"kind": "checklist", "items": [{"text": "甲", "marks": 1, "partial": "0.5"}, {"text": "乙", "marks": 1}, {"text": "丙", "marks": 1}]},
    ],
)  # fmt: skip
@pytest.mark.parametrize("new", ["1", "2", "3.7", "0.01", "100"])
def test_a_reweighted_rule_gives_exactly_the_new_full_marks_at_best_thirds_or_not(
    raw: dict[str, object], new: str
) -> None:
    assert rules.most(rules.scaled(rule(**raw), D(new), D(3))) == D(new)


def test_a_reweighted_rule_keeps_its_edges_and_scales_its_deductions() -> None:
    moved = rules.scaled(step(at_most=10), D(4), D(2))
    assert rules.edges(moved) == {10}
    assert rules.step(moved, D(12), "12%", "率", D(4)).marks == D("3.6")
    assert rules.scaled(rule(kind="violations", each="0.5", item="甲"), D(1), D(2)).each == D("0.25")
    assert rules.scaled(rule(kind="linear"), D(1), D(2)) == rule(kind="linear")


@pytest.mark.parametrize(
    ("made", "full", "high", "reachable"),
    [
        (rule(kind="linear"), 1, None, {"share", "ceiling"}),
        (rule(kind="linear"), 1, 100, {"share"}),
        (rule(kind="linear", zero_at=60, full_at=90), 1, 100, {"share", "nothing", "ceiling"}),
        (rule(kind="linear", least=60), 1, 100, {"share", "least"}),
        (rule(kind="linear", zero_at=100, full_at=50), 1, 100, {"share", "ceiling"}),
        (step(at_most=10), 1, None, {"full", "above", "nothing"}),
        (step(at_most=95), 1, 100, {"full", "above"}),
        (step(at_most=10, deduct=1, reading="started"), 1, None, {"full", "nothing"}),
        (step(at_least=95, deduct="0.5"), 60, 100, {"full", "below"}),
        (rule(kind="violations", each=2, item="甲"), 1, None, {"none", "nothing"}),
        (rule(kind="target", states=STATES), 1, None, {"met", "missed", "state 达成", "state 未达成"}),
    ],
)
def test_the_branches_of_a_rule_are_those_that_an_input_can_take(
    made: Rule, full: int, high: int | None, reachable: set[str]
) -> None:
    assert rules.branches(made, D(full), D(0), None if high is None else D(high)) == reachable
