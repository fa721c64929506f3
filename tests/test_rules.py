"""Every kind of rule, both sides of every edge, and the words for it."""

from __future__ import annotations

import itertools
from decimal import ROUND_FLOOR
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from assistant import rules
from assistant.rules import Outcome, Rule

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
STATES = [{"label": "达成", "least": 80, "most": 100}, {"label": "未达成", "least": 0, "most": 60}]


def step(**more: object) -> Rule:
    return rule(kind="step", **{"each": 1, "deduct": "0.1", "reading": "pro_rata", "reading_source": "stated"} | more)


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


def test_bands_may_end_in_all_the_rest_and_count_things_instead_of_percent() -> None:
    late = rule(kind="bands", unit="天", bands=[{"at_most": 20, "marks": 2}, {"at_most": 30, "marks": 1}, {"marks": 0}])
    assert [rules.bands(late, D(n), f"{n}天", "间隔").marks for n in (0, 20, 21, 30, 31)] == [2, 2, 1, 1, 0]
    assert rules.bands(late, D(31), "31天", "间隔").reason == "间隔31天，落在“其余情形”一档，得0分"
    assert "间隔≤20天的，得2分" in rules.wording(late, D(2), "间隔")


def linear(value: str, full: str = "1", **more: object) -> Outcome:
    return rules.linear(rule(kind="linear", **more), D(value), f"{value}%", "率", D(full))


@pytest.mark.parametrize(
    ("more", "value", "marks", "branch"),
    [
        ({}, "99.56", "0.9956", "share"), ({}, "104", "1", "ceiling"), ({}, "-3", "0", "nothing"),
        ({"ceiling": None}, "104", "1.04", "share"), ({"ceiling": "1.2"}, "130", "1.2", "ceiling"),
        ({"zero_at": 60, "full_at": 90}, "75", "0.5", "share"), ({"zero_at": 60, "full_at": 90}, "60", "0", "share"),
        ({"zero_at": 60, "full_at": 90}, "59.99", "0", "nothing"), ({"zero_at": 60, "full_at": 90}, "90.01", "1", "ceiling"),
        ({"least": 60}, "60", "0.6", "share"), ({"least": 60}, "59.99", "0", "least"),
        ({"zero_at": 50, "full_at": 10}, "30", "0.5", "share"), ({"zero_at": 50, "full_at": 10}, "50.01", "0", "nothing"),
        ({"zero_at": 50, "full_at": 10}, "9.99", "1", "ceiling"), ({"zero_at": 50, "full_at": 10, "least": 30}, "30.01", "0", "least"),
    ],
)  # fmt: skip
def test_linear_between_nothing_and_full_marks_in_either_direction(
    more: dict[str, object], value: str, marks: str, branch: str
) -> None:
    outcome = linear(value, **more)
    assert (outcome.marks, outcome.branch) == (D(marks), branch)


def test_linear_shows_its_arithmetic() -> None:
    assert linear("96", "2", full_at=98).reason == "率96%÷98%×2分"
    assert linear("75", "6", zero_at=60, full_at=90).reason == "（率75%－60%）÷（90%－60%）×6分"
    assert linear("104", "6").reason == "率104%×6分，以6分为限"
    assert linear("59", least=60).reason == "率59%，低于60%，不得分"


@pytest.mark.parametrize(
    ("reading", "value", "marks"),
    [
        ("whole", "10", "1"), ("whole", "11.9", "0.9"), ("whole", "12", "0.8"), ("started", "11.1", "0.8"),
        ("pro_rata", "11.5", "0.85"), ("whole", "10.9", "1"), ("started", "10.9", "0.9"), ("pro_rata", "60", "0"),
    ],
)  # fmt: skip
def test_each_reading_of_every_so_many_points(reading: str, value: str, marks: str) -> None:
    assert rules.step(step(at_most="10%", reading=reading), D(value), f"{value}%", "调整率", D(1)).marks == D(marks)


def test_a_step_that_is_not_full_yet_says_so() -> None:
    outcome = rules.step(step(at_most="10%", reading="whole"), D("10.9"), "10.90%", "调整率", D(1))
    assert outcome.reason == "调整率10.90%，超过10%，不足1个百分点，按标准不扣分"


@pytest.mark.parametrize(
    ("more", "value", "marks", "branch"),
    [
        ({"at_least": 95}, "95", "2", "full"), ({"at_least": 95}, "94", "1.9", "below"), ({"at_least": 95}, "60", "0", "nothing"),
        ({"at_least": 95, "at_most": 105}, "105", "2", "full"), ({"at_least": 95, "at_most": 105}, "106", "1.9", "above"),
        ({"at_least": 95, "at_most": 105}, "94.5", "1.95", "below"), ({"at_least": 100, "at_most": 100}, "101", "1.9", "above"),
        ({"at_most": 50, "of": "edge"}, "55", "1", "above"), ({"at_most": 50, "of": "edge", "each": 5}, "55", "1.8", "above"),
        ({"at_least": -5}, "-6", "1.9", "below"), ({"at_least": -5, "of": "edge"}, "-6", "0", "nothing"),
    ],
)  # fmt: skip
def test_steps_below_a_line_on_both_sides_of_a_range_and_of_the_line_itself(
    more: dict[str, object], value: str, marks: str, branch: str
) -> None:
    outcome = rules.step(step(**more), D(value), f"{value}%", "率", D(2))
    assert (outcome.marks, outcome.branch) == (D(marks), branch)


def test_a_step_names_the_ratio_and_shows_four_places_at_most() -> None:
    outcome = rules.step(step(at_most="10%"), D("13.70257057200331"), "13.70%", "资金调整调剂率", D(1))
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


def test_a_checklist_item_may_comply_in_part() -> None:
    items = [{"text": "甲", "marks": 2, "partial": "0.5"}, {"text": "乙", "marks": 1}]
    outcome = rules.checklist(rule(kind="checklist", items=items), ["部分符合", "符合"])
    assert outcome.marks == D("1.5")
    assert outcome.reason == "第2项符合，第1项部分符合，得1.5分"


@pytest.mark.parametrize(
    ("sign", "wanted", "got", "marks", "more"),
    [
        ("≥", "90", "90", "4", {}), ("≥", "90", "120", "4", {}), ("≥", "90", "45", "2", {}), ("≥", "90", "45", "0", {"missed": "zero"}),
        ("≤", "90", "90", "4", {}), ("≤", "90", "0", "4", {}), ("≤", "90", "180", "2", {}), ("≤", "0", "3", "0", {}),
        ("=", "10", "10", "4", {}), ("=", "10", "5", "2", {}), ("=", "10", "20", "2", {}), ("=", "0", "0", "4", {}),
        ("≥", "0", "0", "4", {}), ("=", "0", "5", "0", {}), ("≥", "-5", "-7", "0", {}),
        ("≥", "100", "60", "2.4", {"least": 60}), ("≥", "100", "59.99", "0", {"least": 60}),
    ],
)  # fmt: skip
def test_a_target_is_reached_in_its_own_direction(
    sign: str, wanted: str, got: str, marks: str, more: dict[str, object]
) -> None:
    outcome = rules.target(rule(kind="target", **more), sign, (D(wanted), wanted), (D(got), got), D(4))
    assert outcome.marks == D(marks)
    assert f"年度指标值{sign}{wanted}" in outcome.reason


def test_a_completion_just_short_of_the_target_is_not_printed_as_100() -> None:
    outcome = rules.target(rule(kind="target"), "≥", (D(100000), "100,000人"), (D("99999"), "99,999人"), D(4))
    assert "完成率99.999%" in outcome.reason
    half = rules.target(rule(kind="target"), "≥", (D(800), "800人"), (D(753), "753人"), D(4))
    assert "完成率94.13%" in half.reason, "94.125 is rounded half up"


def test_a_target_without_a_number_leaves_a_range_to_a_person() -> None:
    states = rule(kind="target", states=STATES)
    assert rules.state_range(states, "达成", D(5)) == (4, 5)
    assert rules.state_range(states, "未达成", D(5)) == (0, 3)
    assert rules.state_range(states, "部分达成", D(5)) is None


@pytest.mark.parametrize(
    ("more", "rows", "marks", "branch"),
    [
        ({}, ["1", "0.5"], "1.5", "rows"), ({}, [], "0", "rows"), ({}, ["-1"], "0", "least"), ({"least": "-2"}, ["-1"], "-1", "rows"),
        ({"least": "-2"}, ["-1", "-1.5"], "-2", "least"), ({"most": 3}, ["3"], "3", "rows"), ({"most": 3}, ["3", "0.1"], "3", "most"),
        ({"least": None}, ["-9"], "-9", "rows"),
    ],
)  # fmt: skip
def test_bonus_marks_are_added_up_within_their_limits(
    more: dict[str, object], rows: list[str], marks: str, branch: str
) -> None:
    outcome = rules.bonus(rule(kind="bonus", **more), [D(row) for row in rows])
    assert (outcome.marks, outcome.branch) == (D(marks), branch)


RATES = st.decimals(min_value=-200, max_value=400, places=4)
EDGES = st.decimals(min_value=1, max_value=150, places=2)


@given(value=RATES, more=RATES, zero=EDGES, full=EDGES)
def test_linear_rises_with_the_rate_and_stays_within_the_marks(value: D, more: D, zero: D, full: D) -> None:
    if zero == full:
        return
    low, high = sorted((value, more), reverse=zero > full)
    marks = [linear(str(v), "7", zero_at=zero, full_at=full).marks for v in (low, high)]
    assert 0 <= marks[0] <= marks[1] <= 7


@given(value=RATES, edge=EDGES, each=EDGES, deduct=st.decimals(min_value="0.01", max_value=9, places=2))
def test_the_readings_of_a_step_stand_in_order_and_differ_by_one_step_at_most(
    value: D, edge: D, each: D, deduct: D
) -> None:
    def lost(reading: str) -> D:
        read = step(at_most=edge, each=each, deduct=deduct, reading=reading)
        return 5 - rules.step(read, value, "", "", D(5)).marks

    assert 0 <= lost("whole") <= lost("pro_rata") <= lost("started") <= 5
    assert lost("started") - lost("whole") <= deduct


@given(sign=st.sampled_from("≥≤="), wanted=EDGES, got=st.decimals(min_value=0, max_value=400, places=2))
def test_a_target_is_met_exactly_where_it_has_full_marks(sign: str, wanted: D, got: D) -> None:
    outcome = rules.target(rule(kind="target"), sign, (wanted, ""), (got, ""), D(5))
    assert (outcome.marks == 5) is rules.met(sign, wanted, got) is (outcome.branch == "met")
    assert 0 <= outcome.marks <= 5


@given(edges=st.lists(st.integers(0, 100), min_size=1, max_size=5, unique=True), value=RATES)
def test_bands_cut_anywhere_hold_every_value_once(edges: list[int], value: D) -> None:
    cuts = sorted(edges, reverse=True)
    bands = [{"at_least": cuts[0], "marks": len(cuts)}]
    bands += [{"at_least": low, "below": high, "marks": n} for n, (high, low) in enumerate(itertools.pairwise(cuts))]
    cut = rule(kind="bands", bands=[*bands, {"below": cuts[-1], "marks": 0}])
    assert sum(band.holds(value) for band in cut.bands) == 1
    whole = value.to_integral_value(ROUND_FLOOR)
    assert rules.bands(cut, value, "", "").branch == rules.bands(cut, whole, "", "").branch, "no edge lies between"
