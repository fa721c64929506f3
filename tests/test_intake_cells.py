"""One cell: what is a number, in which unit, what is refused, and with which words."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.intake.cells import (
    Cell,
    Refusal,
    choice_of,
    free_number,
    is_blank,
    mark_of,
    number_of,
    plain,
    text_of,
    whole_of,
    year_of,
)


def cell(value: object, number_format: str = "General", formula: str = "", *, error: bool = False) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = Decimal(repr(value))  # as a workbook stores it
    return Cell("3 收支决算", "C5", value, formula, number_format, error)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (8357.72, "8357.72"),
        (8357.719999999997, "8357.72"),
        (0.1 + 0.2, "0.3"),
        (1.15 * 100, "115"),
        (5, "5"),
        (0, "0"),
        (-12.5, "-12.5"),
        ("8357.72", "8357.72"),
        ("8,357.72", "8357.72"),
        ("8 357.72", "8357.72"),
        ("8,357.72 万元", "8357.72"),
        ("８３５７．７２", "8357.72"),
        ("８，３５７．７２万元", "8357.72"),
        ("1.2亿元", "12000"),
        ("1.2亿", None),
        ("83,577,200元", "8357.72"),
        ("83577200 元整", "8357.72"),
        ("￥8,357.72万元", "8357.72"),
        ("8357.72万元\u200b", "8357.72"),
        (" \u3000 8357.72\n", "8357.72"),
        ("-3.5万元", "-3.5"),
        ("0.5元", "0.00005"),
        ("0", "0"),
    ],
)  # fmt: skip
def test_an_amount_in_ten_thousands(value: object, expected: str | None) -> None:
    found = number_of(cell(value), "万元")
    if expected is None:
        assert isinstance(found, Refusal)
    else:
        assert found == Decimal(expected)
        assert str(found) == expected


@pytest.mark.parametrize(
    ("value", "number_format", "declared", "expected"),
    [
        (83577200, "General", "元", "8357.72"),
        (1.2, "General", "亿元", "12000"),
        (835.772, "General", "万元", "835.772"),
        (83577200, '#,##0"元"', "", "8357.72"),
        (83577200, "#,##0元", "万元", "8357.72"),
        (1.2, '0.00"亿元"', "元", "12000"),
        (8357.72, '#,##0.00"万元"', "元", "8357.72"),
        ("8357.72万元", "General", "元", "8357.72"),
        ("8357.72", "General", "千元", "835.772"),
        (83577200, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "元", "8357.72"),
        (83577200, "[$¥-804]#,##0.00", "元", "8357.72"),
    ],
)
def test_the_cells_own_unit_goes_before_the_declared_one(
    value: object, number_format: str, declared: str, expected: str
) -> None:
    assert number_of(cell(value, number_format), "万元", declared) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "number_format", "reason"),
    [
        ("八千多", "General", "不能读作一个数"),
        ("约8357万元", "General", "不能读作一个数"),
        ("8357.72左右", "General", "单位“左右”不对"),
        ("100-120", "General", "不能读作一个数"),
        ("8357.72万元、7975.66万元", "General", "不能读作一个数"),
        ("8,35.72", "General", "不能读作一个数"),
        ("1.2.3", "General", "不能读作一个数"),
        ("1e5", "General", "不能读作一个数"),
        ("（12.5）", "General", "不能读作一个数"),
        ("12人", "General", "单位“人”不对，这里的单位是万元"),
        ("12%", "General", "单位“%”不对"),
        ("8357.72美元", "General", "单位“美元”不对"),
        ("¥8357.72", "General", "没有写清是元还是万元"),
        ("1.2万", "General", "没有写全"),
        (0.5, "0%", "填的是百分数（50%）"),
        (12345, '0!.0,"万元"', "按缩小后的数显示"),
        (12345, "#,##0,", "按缩小后的数显示"),
        (12, '0"人"', "单位“人”不对"),
        (True, "General", "逻辑值 TRUE"),
        (datetime(2020, 3, 1), "yyyy-mm-dd", "日期"),
        (date(2020, 3, 1), "yyyy-mm-dd", "日期"),
        (time(8, 30), "hh:mm", "日期或时间"),
        ("#REF!", "General", "公式出错（#REF!）"),
        ("#DIV/0!", "General", "公式出错（#DIV/0!）"),
        (float("inf"), "General", "过大"),
        (1e300, "General", "过大"),
        ("—", "General", "看不出是 0 还是没有数据"),
        ("/", "General", "看不出是 0 还是没有数据"),
        ("无", "General", "看不出是 0 还是没有数据"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_reason_and_remedy(value: object, number_format: str, reason: str) -> None:
    refusal = number_of(cell(value, number_format), "万元")
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason
    assert refusal.remedy.startswith("请") or "请" in refusal.remedy


def test_a_formula_needs_its_result() -> None:
    waiting = number_of(cell(None, formula="=C5+C8"), "万元")
    assert isinstance(waiting, Refusal)
    assert "没有计算结果" in waiting.reason
    assert "保存一次" in waiting.remedy
    assert number_of(cell(12.5, formula="=C5+C8"), "万元") == Decimal("12.5")
    empty = number_of(cell("", formula='=IF(C5="","",C5)'), "万元")
    assert isinstance(empty, Refusal)
    assert empty.code == "missing"
    broken = number_of(cell("#REF!", formula="=#REF!", error=True), "万元")
    assert isinstance(broken, Refusal)
    assert "公式出错" in broken.reason


@pytest.mark.parametrize("value", [None, "", "  ", "\u3000\n", "\u200b"])
def test_blank_is_nothing_and_not_zero(value: object) -> None:
    assert is_blank(cell(value))
    assert number_of(cell(value), "万元") is None
    assert text_of(cell(value)) is None


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (97.87, "General", "97.87"),
        (0.9787, "0.00%", "97.87"),
        (1, "0%", "100"),
        ("97.87%", "General", "97.87"),
        ("９７．８７％", "General", "97.87"),
        ("0.9%", "General", "0.9"),
        (100, "General", "100"),
        (0, "General", "0"),
        (1.6, "General", "1.6"),
    ],
)
def test_a_rate(value: object, number_format: str, expected: str) -> None:
    assert number_of(cell(value, number_format), "%") == Decimal(expected)


@pytest.mark.parametrize("value", [0.9787, 1, 1.5, "0.9787"])
def test_a_share_without_its_sign_is_asked_about_and_not_guessed(value: object) -> None:
    refusal = number_of(cell(value), "%")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "wrong_unit"
    assert "看不出是" in refusal.reason
    assert "97.87%" in refusal.remedy


def test_a_rate_out_of_all_bounds_is_refused() -> None:
    assert isinstance(number_of(cell(97.87, "0.00%"), "%"), Refusal)
    assert isinstance(number_of(cell("97.87万元"), "%"), Refusal)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [("5人", "人", "5"), ("5名", "人", "5"), (52, "人", "52"), ("1.2万", "人", "12000"), ("0.3万人", "人", "3000"), ("9套", "套", "9"),
     (52.00000000000001, "人", "52")],
)  # fmt: skip
def test_a_count(value: object, unit: str, expected: str) -> None:
    assert whole_of(cell(value), unit) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "unit", "reason"),
    [
        (5.5, "人", "不是整数"),
        ("5人次", "人", "单位“人次”不对"),
        ("5万元", "人", "单位“万元”不对"),
        ("1.23万件", "套", "单位“万件”不对"),
    ],
)
def test_what_is_no_count(value: object, unit: str, reason: str) -> None:
    refusal = whole_of(cell(value), unit)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


def test_marks_lie_between_nothing_and_full() -> None:
    assert mark_of(cell("5分"), Decimal(5)) == 5
    assert mark_of(cell(0), Decimal(5)) == 0
    for value in (5.01, -1):
        refusal = mark_of(cell(value), Decimal(5))
        assert isinstance(refusal, Refusal)
        assert "不在 0 至 5 分之间" in refusal.reason


@pytest.mark.parametrize("value", [2020, "2020", "2020年", "２０２０年度", 2020.0])
def test_a_year(value: object) -> None:
    assert year_of(cell(value)) == 2020


@pytest.mark.parametrize("value", [20, "二〇二〇年", "2020-2021", datetime(2020, 1, 1), 2020.5])
def test_no_year(value: object) -> None:
    assert isinstance(year_of(cell(value)), Refusal)


def test_texts_and_choices() -> None:
    assert text_of(cell("单\u200b位\u202e全称_x000D_\n第二行 ")) == "单位全称\n第二行"
    assert text_of(cell(datetime(2020, 3, 1))) == "2020年3月1日"
    assert text_of(cell(12.50)) == "12.5"
    assert text_of(cell(0.95, "0%")) == "95%"
    assert choice_of(cell("符 合"), ("符合", "不符合")) == "符合"
    refusal = choice_of(cell("√"), ("符合", "不符合"))
    assert isinstance(refusal, Refusal)
    assert "符合、不符合" in refusal.remedy


@pytest.mark.parametrize(
    ("value", "number_format", "unit", "expected"),
    [
        (95, "General", "%", (Decimal(95), "%")),
        (0.95, "0%", "%", (Decimal(95), "%")),
        ("95%", "General", "", (Decimal(95), "%")),
        ("1.2万人次", "General", "人次", (Decimal(12000), "人次")),
        ("12", "General", "期", (Decimal(12), "期")),
        ("全面完成", "General", "", None),
        ("≥95", "General", "%", None),
        (None, "General", "期", None),
        (datetime(2020, 6, 1), "yyyy-mm", "", None),
    ],
)
def test_a_target_is_a_number_or_a_text(value: object, number_format: str, unit: str, expected: object) -> None:
    assert free_number(cell(value, number_format), unit) == expected


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_any_amount_survives_a_float_and_every_way_of_writing_it(amount: Decimal) -> None:
    in_yuan = amount * 10_000
    assert number_of(cell(float(amount)), "万元") == amount
    for text in (f"{amount:f}", f"{amount:,f}万元", f"{in_yuan:,f} 元"):
        assert number_of(cell(text), "万元") == amount
    assert number_of(cell(float(in_yuan)), "万元", "元") == amount


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    for read in (number_of, whole_of):
        found = read(cell(text), "万元")
        assert found is None or isinstance(found, (Decimal, Refusal))
    assert "\u200b" not in plain(text)
