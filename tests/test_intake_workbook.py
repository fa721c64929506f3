"""The filled workbook: every good cell a figure with its unit and 口径, every bad one a finding with sheet, cell, reason and remedy."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from intake_book import Fill, blank, cell_of, filled, framework, only, place, put, rewrite, sheet_part, untouched

from assistant.frameworks import Framework
from assistant.intake import read_workbook
from assistant.intake.template_live import subtotal

__all__ = ["blank", "filled", "framework", "untouched"]


def test_a_filled_workbook_gives_figures_with_everything_known_of_them(blank: Path, framework: Framework) -> None:
    found = read_workbook(blank, framework, 2020)
    figure = found.ledger["final_accounts.total"]
    assert (figure.value, figure.unit, figure.period, figure.printed()) == (
        Decimal("7975.66"),
        "万元",
        "2020",
        "7,975.66万元",
    )
    assert (figure.label, figure.scope.stage, figure.scope.coverage) == (
        "部门支出合计决算数",
        "决算",
        "部门汇总",
    )
    assert str(figure.provenance) == f"workbook.xlsx {cell_of(blank, 'final_accounts.total')}"
    assert "实际支出" in figure.aspects
    assert found.entries["unit.duties"].text == "负责社会救助。\n负责养老服务。"
    assert found.entries["unit.year"].number == 2020
    assert found.ledger["projects.count"].printed() == "3个"
    assert found.findings == ()


def test_last_years_figures_are_last_years(filled: Fill) -> None:
    figure = filled(lambda book: put(book, prior_accounts__total=7000)).ledger["prior_accounts.total"]
    assert (figure.period, figure.scope.stage) == ("2019", "上年决算")


def test_blank_is_missing_and_zero_is_zero(filled: Fill) -> None:
    found = filled(lambda book: put(book, three_public__overseas__budget=0))
    assert found.ledger["three_public.overseas.budget"].value == 0
    assert "three_public.overseas.final_accounts" not in found.ledger
    assert found.findings == ()


BAD = [
    ("八千", "不能读作一个数", "请只填一个阿拉伯数字"),
    ("约8357.72万元", "不能读作一个数", "请只填一个阿拉伯数字"),
    ("5人", "单位“人”不对", "请按万元填写"),
    (datetime(2020, 3, 1), "日期", "重新填写数字"),
    (True, "逻辑值", "请填数字"),
    ("#REF!", "公式出错（#REF!）", "请改正公式或直接填写结果"),
    ("#DIV/0!", "公式出错（#DIV/0!）", "请改正公式或直接填写结果"),
    ("=C5+C8", "公式没有计算结果", "请用 Excel 或 WPS 打开工作簿，保存一次"),
    ("—", "看不出是 0 还是没有数据", "没有发生的请填 0"),
    ("无", "看不出是 0 还是没有数据", "没有发生的请填 0"),
]


@pytest.mark.parametrize(("value", "reason", "remedy"), BAD)
def test_a_bad_cell_is_named_and_absent(filled: Fill, blank: Path, value: object, reason: str, remedy: str) -> None:
    found = filled(lambda book: put(book, initial_budget__total=value))
    finding = only(found, "error")
    at = cell_of(blank, "initial_budget.total")
    assert finding.message.startswith(f"workbook.xlsx {at}（部门支出合计年初预算数）：")
    assert reason in finding.message
    assert remedy in finding.message
    assert finding.quote == at
    assert finding.code in ("unreadable", "missing", "wrong_unit")
    assert "initial_budget.total" not in found.ledger
    assert "final_accounts.total" in found.ledger, "the other cells are read all the same"


def test_a_dash_where_a_figure_may_be_lacking_is_only_told(filled: Fill, blank: Path) -> None:
    found = filled(lambda book: put(book, prior_accounts__total="—"))
    assert only(found, "info").quote == cell_of(blank, "prior_accounts.total")


def with_formula(path: Path, name: str, formula: str, result: str) -> None:
    """The cell as Excel stores a formula with its result."""
    title, address = cell_of(path, name).split("!")
    written = rf'<c r="{address}"( s="\d+")[^>]*?(/>|>.*?</c>)'
    rewrite(path, sheet_part(path, title), lambda xml: re.sub(
        written, rf'<c r="{address}"\1><f>{formula}</f><v>{result}</v></c>', xml, count=1
    ))  # fmt: skip


def test_a_formula_with_its_result_is_read(blank: Path, framework: Framework) -> None:
    with_formula(blank, "initial_budget.total", "C5+C8", "8357.719999999999")
    assert read_workbook(blank, framework, 2020).ledger["initial_budget.total"].value == Decimal("8357.72")


def test_a_total_by_a_formula_of_ones_own_is_given(blank: Path, framework: Framework) -> None:
    own = subtotal(["C5", "C8"], []).removeprefix("=").replace("SUM(C5,C8)", "SUM(C5,C8,C20)")
    with_formula(blank, "initial_budget.total", own.replace("<", "&lt;").replace(">", "&gt;"), "9")
    figure = read_workbook(blank, framework, 2020).ledger["initial_budget.total"]
    assert (figure.value, figure.provenance.source) == (9, "cell")


def test_the_subtotal_of_an_older_workbook_is_no_figure_either(blank: Path, framework: Framework) -> None:
    old = subtotal(["$D$5", "D8"], ["D5"]).removeprefix("=").replace("<", "&lt;").replace(">", "&gt;")
    with_formula(blank, "initial_budget.total", old, "9")
    assert "initial_budget.total" not in read_workbook(blank, framework, 2020).ledger


def test_a_result_from_another_workbook_is_told(blank: Path, framework: Framework) -> None:
    with_formula(blank, "initial_budget.total", "[1]Sheet1!A1", "12")
    told = [f.message for f in read_workbook(blank, framework, 2020).findings if f.severity == "info"]
    assert any("别的工作簿" in message for message in told)


def test_amounts_with_their_own_unit(filled: Fill) -> None:
    found = filled(
        lambda book: put(
            book,
            initial_budget__total="83,577,200元",
            annual_budget__project="０．５亿元",
            initial_budget__basic="2,222.19 万元",
        )
    )
    assert found.ledger["initial_budget.total"].value == Decimal("8357.72")
    assert found.ledger["annual_budget.project"].value == 5000
    assert found.ledger["initial_budget.basic"].value == Decimal("2222.19")


def test_a_sheet_in_yuan_is_converted_exactly_and_told(filled: Fill) -> None:
    def edit(book: Any) -> None:
        book["3 收支决算"]["A2"] = "金额单位：元"
        put(
            book,
            final_accounts__total=79756600,
            annual_budget__total=81495400,
            initial_budget__total=83577200.01,
            initial_budget__basic="2222.19万元",
        )

    found = filled(edit)
    assert found.ledger["final_accounts.total"].value == Decimal("7975.66")
    assert found.ledger["initial_budget.total"].value == Decimal("8357.720001")
    assert found.ledger["initial_budget.basic"].value == Decimal("2222.19")
    assert "按“元”填写" in only(found, "info").message


def test_a_columns_head_goes_before_the_sheets_line(filled: Fill) -> None:
    def edit(book: Any) -> None:
        sheet, address = place(book, "initial_budget.total")
        sheet[re.sub(r"\d+", "4", address)] = "年初预算数（元）"
        put(book, initial_budget__total=83577200, initial_budget__basic=1)

    found = filled(edit)
    assert found.ledger["initial_budget.total"].value == Decimal("8357.72")
    assert found.ledger["final_accounts.total"].value == Decimal("7975.66")


def test_a_field_in_another_unit(filled: Fill) -> None:
    def edit(book: Any) -> None:
        sheet, address = place(book, "projects.annual_budget")
        sheet[address].offset(0, 1).value = "元"
        put(book, projects__annual_budget=58978400, projects__executed=5827.98)

    found = filled(edit)
    assert found.ledger["projects.annual_budget"].value == Decimal("5897.84")
    assert found.ledger["projects.executed"].value == Decimal("5827.98")


def test_two_units_on_one_sheet_are_not_guessed(filled: Fill) -> None:
    def edit(book: Any) -> None:
        book["3 收支决算"]["D2"] = "单位：元"

    found = filled(edit)
    assert {f.code for f in found.findings} == {"wrong_unit"}
    assert all("写了两种金额单位（万元、元）" in f.message or "（元、万元）" in f.message for f in found.findings)
    assert "final_accounts.total" not in found.ledger


def test_a_negative_amount_is_used_and_told(filled: Fill) -> None:
    found = filled(lambda book: put(book, initial_budget__total=-3))
    assert found.ledger["initial_budget.total"].value == -3
    assert "负数 -3" in only(found, "warning").message


def test_answers_marks_reasons_and_rates(filled: Fill) -> None:
    found = filled(lambda book: put(
        book, answer__project_procedure__1__1="符合", answer__budget_compliance__1=0, answer__financial_compliance__veto="无",
        marks__benefits__1="20分", reason__benefits__1="有数据。\n可核对。", evidence__benefits__1="A-1",
        answer__budget_disclosure__1="没有公开", given__budget_execution_rate="97.87%",
    ))  # fmt: skip
    assert found.findings == ()
    assert found.entries["answer.project_procedure.1.1"].text == "符合"
    assert found.entries["answer.budget_compliance.1"].number == 0
    assert found.entries["marks.benefits.1"].number == 20
    assert found.entries["reason.benefits.1"].text == "有数据。可核对。"
    assert found.entries["evidence.benefits.1"].text == "A-1"
    rate = found.ledger["given.budget_execution_rate"]
    assert (rate.value, rate.unit, rate.label) == (Decimal("97.87"), "%", "预算执行率")
    assert "整体预算执行率" in rate.terms


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("answer.project_procedure.1.1", "是", "不是可选的回答"),
        ("answer.budget_compliance.1", -1, "小于 0"),
        ("answer.budget_compliance.1", 1.5, "不是整数"),
        ("answer.budget_compliance.1", "无", "看不出是 0 还是没有数据"),
        ("marks.benefits.1", 21, "不在 0 至 20 分之间"),
        ("marks.benefits", "二十", "不能读作一个数"),
        ("given.budget_execution_rate", 0.9787, "看不出是 0.9787% 还是 97.87%"),
        ("unit.year", "二〇二〇", "不是年份"),
    ],
)
def test_a_bad_answer_is_named_and_absent(filled: Fill, name: str, value: object, reason: str) -> None:
    found = filled(lambda book: put(book, **{name.replace(".", "__"): value}))
    finding = only(found, "error")
    assert reason in finding.message
    assert name not in found.entries
    assert name not in found.ledger


def test_a_required_field_that_is_blank_is_told(filled: Fill, blank: Path) -> None:
    finding = only(filled(lambda book: put(book, unit__full_name=None)), "error")
    assert (finding.code, finding.quote) == ("missing", cell_of(blank, "unit.full_name"))


def test_marks_that_nobody_sees_are_taken_out_and_told(filled: Fill) -> None:
    found = filled(lambda book: put(book, unit__duties="负责\u200b救助\u202e"))
    assert found.entries["unit.duties"].text == "负责救助"
    assert only(found, "warning").code == "markup"
