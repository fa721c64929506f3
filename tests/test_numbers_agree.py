"""Printed numbers against figures, in both directions: what must agree, and its neighbour that must not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.numbers import (
    Mention,
    base,
    compatible_units,
    find_numbers,
    round_half_up,
    same_as_printed,
    significant_digits,
    sum_tolerance,
    unit_family,
)


def the_number(text: str) -> Mention:
    (mention,) = find_numbers(text)
    return mention


@pytest.mark.parametrize(
    ("text", "value", "unit", "agreement"),
    [
        # equal, whatever the unit
        ("支出7,975.66万元", "7975.66", "万元", "exact"),
        ("支出7,975.66万元", "79756600", "元", "exact"),
        ("支出0.797566亿元", "7975.66", "万元", "exact"),
        ("资产处置收入517元", "0.0517", "万元", "exact"),
        ("婚姻登记1.57万对", "15700", "对", "exact"),
        ("培训4.6万人次", "4.6", "万人次", "exact"),
        ("占三成", "30", "%", "exact"),
        ("百分之九十五点五", "95.5", "%", "exact"),
        ("得分97.85分", "97.850", "分", "exact"),
        ("增长0个", "0", "个", "exact"),
        # rounded half up, once
        ("执行率97.87%", "97.866", "%", "rounded"),
        ("执行率97.9%", "97.866", "%", "rounded"),
        ("执行率98%", "97.866", "%", "rounded"),
        ("执行率97.86%", "97.866", "%", "no"),
        ("执行率97.8%", "97.866", "%", "no"),
        ("执行率0.45%", "0.445", "%", "rounded"),
        ("执行率0.5%", "0.445", "%", "no"),
        ("发放3028万元", "3027.62", "万元", "rounded"),
        ("发放3027万元", "3027.62", "万元", "no"),
        ("亏损-3.5万元", "-3.45", "万元", "rounded"),
        ("增长5%", "0", "%", "no"),
        # bounds
        ("超4.6万人次", "46215", "人次", "bound"),
        ("超4.5万人次", "46215", "人次", "no"),
        ("超4.6万人次", "45999", "人次", "no"),
        ("超4.6万人次", "46000", "人次", "no"),
        ("900余人", "923", "人", "bound"),
        ("900余人", "900", "人", "no"),
        ("900余人", "1003", "人", "no"),
        ("8500多名", "8523", "名", "bound"),
        ("8500多名", "8623", "名", "no"),
        ("10万余条", "103422", "条", "bound"),
        ("参与率95%以上", "95", "%", "bound"),
        ("参与率95%以上", "95.6", "%", "bound"),
        ("参与率95%以上", "94.9", "%", "no"),
        ("近500万元", "487.3", "万元", "bound"),
        ("近500万元", "500", "万元", "no"),
        ("近500万元", "512", "万元", "no"),
        ("近500万元", "410", "万元", "no"),
        ("近4.7万人", "46215", "人", "bound"),
        ("近4.8万人", "46215", "人", "no"),
        ("近九成", "88.3", "%", "bound"),
        ("不足30%", "29.4", "%", "bound"),
        ("不足30%", "30", "%", "no"),
        ("约93%", "93.4", "%", "bound"),
        ("约93%", "93.78", "%", "no"),
        ("约3000人", "2987", "人", "bound"),
        ("约3000人", "3400", "人", "no"),
        ("20人左右", "20", "人", "bound"),
        ("不低于95%", "95", "%", "bound"),
        ("不低于95%", "94.99", "%", "no"),
        ("不超过30万元", "30", "万元", "bound"),
        ("不超过30万元", "30.2", "万元", "no"),
        ("过半", "53.2", "%", "bound"),
        ("过半", "49.9", "%", "no"),
        ("超4.0万人", "40215", "人", "bound"),
        ("超4.0万人", "41215", "人", "no"),
        # ranges
        ("10%-15%", "12.5", "%", "bound"),
        ("10%-15%", "15.01", "%", "no"),
        ("20—30万元", "25", "万元", "bound"),
        # direction
        ("下降20.54%", "-20.5403", "%", "rounded"),
        ("下降20.54%", "20.5403", "%", "rounded"),
        ("增长20.54%", "-20.5403", "%", "no"),
        # fractions
        ("三分之二", "66.67", "%", "rounded"),
        ("四分之三", "75", "%", "exact"),
        ("三分之二", "0.6667", "", "rounded"),
        ("三分之二", "0.65", "", "no"),
        # the digits are right and the unit is not
        ("支出7,975.66元", "7975.66", "万元", "unit"),
        ("支出7,975.66亿元", "7975.66", "万元", "unit"),
        ("执行率97.87个百分点", "97.87", "%", "unit"),
        ("得分97.85%", "97.85", "分", "unit"),
        ("3.2‰", "3.2", "%", "unit"),
        ("接待120人", "120", "人次", "unit"),
        ("支出7,976.66元", "7975.66", "万元", "no"),
        ("执行率87.97个百分点", "97.87", "%", "no"),
    ],
)
def test_agreement(text: str, value: str, unit: str, agreement: str) -> None:
    assert same_as_printed(the_number(text), Decimal(value), unit) == agreement


def test_a_bare_number_is_read_in_the_unit_of_the_figure() -> None:
    cell = the_number("项目支出\t7,975.66\t")
    assert same_as_printed(cell, Decimal("7975.66"), "万元") == "exact"
    assert same_as_printed(cell, Decimal("79756600"), "元") == "no"
    assert same_as_printed(cell, Decimal("7976.66"), "万元") == "no"
    assert same_as_printed(the_number("常住人口两百万"), Decimal("2000000"), "人") == "exact"


def test_a_derived_figure_is_exact_at_its_own_places() -> None:
    rate = Decimal("97.866148")
    assert same_as_printed(the_number("97.87%"), rate, "%", places=2) == "exact"
    assert same_as_printed(the_number("97.9%"), rate, "%", places=2) == "rounded"
    assert same_as_printed(the_number("97.86%"), rate, "%", places=2) == "no"
    assert same_as_printed(the_number("97.8661%"), rate, "%", places=2) == "rounded"


def test_what_is_no_quantity_agrees_with_nothing() -> None:
    assert same_as_printed(the_number("2020年"), Decimal(2020), "年") == "no"


@pytest.mark.parametrize(
    ("value", "step", "rounded"),
    [
        ("2.5", "1", "3"),
        ("-2.5", "1", "-3"),
        ("97.865", "0.01", "97.87"),
        ("46215", "1000", "46000"),
        ("0", "5", "0"),
    ],
)
def test_halves_go_away_from_zero(value: str, step: str, rounded: str) -> None:
    assert round_half_up(Decimal(value), Decimal(step)) == Decimal(rounded)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("万元", ("10000", "元")),
        ("亿元", ("100000000", "元")),
        ("千元", ("1000", "元")),
        ("百万元", ("1000000", "元")),
        ("万亿元", ("1000000000000", "元")),
        ("角", ("0.1", "元")),
        ("万人次", ("10000", "人次")),
        ("万平方米", ("10000", "平方米")),
        ("㎡", ("1", "平方米")),
        ("万", ("10000", "")),
        ("千米", ("1", "公里")),
        ("千瓦时", ("1", "千瓦时")),
        ("个百分点", ("1", "个百分点")),
        ("成", ("10", "%")),
        ("", ("1", "")),
        ("粒子", ("1", "粒子")),
    ],
)
def test_base_units(unit: str, expected: tuple[str, str]) -> None:
    value, name = base(Decimal(1), unit)
    assert (value, name) == (Decimal(expected[0]), expected[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("名", "人"),
        ("位", "名"),
        ("个", "家"),
        ("项", "个"),
        ("万元", "元"),
        ("天", "日"),
        ("", "元"),
        ("分", ""),
        ("㎡", "平方米"),
    ],
)
def test_units_that_go_together(one: str, other: str) -> None:
    assert compatible_units(one, other)
    assert compatible_units(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("%", "个百分点"),
        ("%", "‰"),
        ("分", "元"),
        ("元", "美元"),
        ("人", "人次"),
        ("次", "人次"),
        ("个", "人"),
        ("个", "年"),
        ("家", "件"),
        ("分", "%"),
        ("倍", "%"),
    ],
)
def test_units_that_do_not(one: str, other: str) -> None:
    assert not compatible_units(one, other)
    assert not compatible_units(other, one)


def test_families() -> None:
    assert {unit_family(unit) for unit in ("人", "名", "位", "万人")} == {"人"}
    assert unit_family("亿元") == "元"


def test_significant_digits() -> None:
    texts = {"97.87%": 4, "98%": 2, "100.00%": 5, "7,975.66万元": 6, "4.6万人次": 2, "8人": 1, "0.5分": 1}
    assert {text: significant_digits(the_number(text)) for text in texts} == texts


def test_the_tolerance_of_a_sum() -> None:
    assert sum_tolerance(3, Decimal("0.01")) == Decimal("0.02")


@given(
    value=st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False),
    places=st.integers(min_value=0, max_value=4),
)
def test_a_figure_printed_anywhere_agrees_with_itself(value: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    printed = round_half_up(value, step)
    mention = the_number(f" {printed:.{places}f}万元")
    assert same_as_printed(mention, value, "万元") in ("exact", "rounded")
    assert same_as_printed(mention, value + 2 * step, "万元") == "no"


@given(value=st.integers(min_value=11, max_value=10**7), digits=st.integers(min_value=1, max_value=3))
def test_a_bound_takes_exactly_the_figures_it_says(value: int, digits: int) -> None:
    step = 10 ** max(0, len(str(value)) - digits)
    low = value // step * step
    over, under = the_number(f"超{low}人"), the_number(f"近{low + step}人")
    assert (same_as_printed(over, Decimal(value), "人") == "bound") == (value > low)
    assert same_as_printed(over, Decimal(low - 1), "人") == "no"
    assert same_as_printed(under, Decimal(low + step + 1), "人") == "no"
