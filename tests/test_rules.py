"""Every kind of rule, both sides of every edge."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from pydantic import TypeAdapter, ValidationError

from assistant import rules
from assistant.rules import Rule

RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


def rule(**raw: object) -> Rule:
    return RULE.validate_python(raw)


ASSETS = rule(
    kind="bands",
    bands=[
        {"at_least": "90%", "marks": 1},
        {"at_least": "75%", "below": "90%", "marks": "0.7"},
        {"at_least": "60%", "below": "75%", "marks": "0.4"},
        {"below": "60%", "marks": 0},
    ],
)


@pytest.mark.parametrize(
    ("value", "marks"),
    [
        ("100", "1"),
        ("90", "1"),
        ("89.99999", "0.7"),
        ("75", "0.7"),
        ("74.99", "0.4"),
        ("60", "0.4"),
        ("59.9999", "0"),
        ("0", "0"),
    ],
)
def test_bands_judge_the_exact_value_and_know_which_edge_is_inclusive(value: str, marks: str) -> None:
    outcome = rules.bands(ASSETS, D(value), f"{value}%", "固定资产利用率")
    assert outcome.marks == D(marks)
    assert "固定资产利用率" in outcome.reason
    assert f"得{marks}分" in outcome.reason


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


def test_a_float_threshold_is_refused() -> None:
    with pytest.raises(ValidationError, match="引号"):
        rule(kind="step", over=10.0, each=1, deduct=1, reading="whole", reading_source="stated")


def test_linear_is_capped_by_its_ceiling_and_only_by_it() -> None:
    capped, free = rule(kind="linear"), rule(kind="linear", ceiling=None)
    assert rules.linear(capped, D("99.56"), "99.56%", "率", D(1)).marks == D("0.9956")
    assert rules.linear(capped, D("104"), "104%", "率", D(1)).marks == 1
    assert rules.linear(free, D("104"), "104%", "率", D(1)).marks == D("1.04")
    assert rules.linear(capped, D("-3"), "-3%", "率", D(1)).marks == 0


@pytest.mark.parametrize(
    ("reading", "value", "marks"),
    [
        ("whole", "10", "1"), ("whole", "11.9", "0.9"), ("whole", "12", "0.8"), ("started", "11.1", "0.8"),
        ("pro_rata", "11.5", "0.85"), ("whole", "10.9", "1"), ("started", "10.9", "0.9"), ("pro_rata", "60", "0"),
    ],
)  # fmt: skip
def test_each_reading_of_every_so_many_points(reading: str, value: str, marks: str) -> None:
    over = rule(kind="step", over="10%", each=1, deduct="0.1", reading=reading, reading_source="stated")
    assert rules.step(over, D(value), f"{value}%", "调整率", D(1)).marks == D(marks)


def test_a_step_names_the_ratio_and_shows_four_places_at_most() -> None:
    over = rule(kind="step", over="10%", each=1, deduct="0.1", reading="pro_rata", reading_source="stated")
    outcome = rules.step(over, D("13.70257057200331"), "13.70%", "资金调整调剂率", D(1))
    assert outcome.reason == "资金调整调剂率13.70%，超过10%，按标准扣0.3703分"
    assert outcome.marks == D("0.629742942799669")


def test_violations_stop_at_zero() -> None:
    tasks = rule(kind="violations", each=4, item="未完成的重点工作")
    assert [rules.violations(tasks, D(n), D(8)).marks for n in (0, 1, 2, 3)] == [8, 4, 0, 0]


def test_a_checklist_gives_the_marks_of_what_complies_and_names_the_rest() -> None:
    items = [{"text": "甲", "marks": 2}, {"text": "乙", "marks": 1}, {"text": "丙", "marks": 1}]
    outcome = rules.checklist(rule(kind="checklist", items=items), ["符合", "不符合", "不适用"])
    assert outcome.marks == 3
    assert "第2项不符合" in outcome.reason


def test_wording_made_from_a_rule_carries_every_number_of_it() -> None:
    told = "；".join(rules.wording(ASSETS, D(1), "固定资产利用率"))
    for number in ("90%", "75%", "60%", "1分", "0.7分", "0.4分", "0分"):
        assert number in told
