"""Rates, targets, surveys, dates, texts, stated marks and last year: what must be found, and what must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from reconcile_case import TABLES, YEAR, broken, judged, make, told, with_material

from assistant.intake import Case
from assistant.ledger import Figure, Provenance, Target
from assistant.reconcile.disclosure import read_day

RATE = "预算执行率：直接填报"


def given(ratio: str, value: str) -> Figure:
    cell = Provenance("cell", file="workbook.xlsx", sheet="比率（直接填报）", cell="B5")
    return Figure(f"given.{ratio}", ratio, Decimal(value), "%", str(YEAR), cell, print_places=2)


@pytest.mark.parametrize("value", ["99.01", "99", "99.0", "99.013", "99.014"])
def test_a_given_rate_that_follows_from_its_inputs_passes(value: str) -> None:
    found = broken(make(more=[given("budget_execution_rate", value)]), RATE)
    assert found == [], "2626.67 of 2652.83 is 99.01387 %, rounded or cut off"


@pytest.mark.parametrize(
    ("value", "severity", "words"),
    [
        ("99.02", "warning", "只差末位"),
        ("102.38", "warning", "年初预算数2,565.63万元计算为102.38%"),
        ("101", "warning", "分子分母颠倒计算为101.00%"),
        ("91.09", "error", "写反了两位数字"),
        ("0.9901", "error", "百分数与小数混用"),
        ("77.31", "error", "换用其他口径也算不出"),
    ],
)
def test_a_given_rate_that_does_not_follow_names_what_gives_it(value: str, severity: str, words: str) -> None:
    (found,) = broken(make(more=[given("budget_execution_rate", value)]), RATE)
    assert found.severity == severity
    assert words in found.message
    assert "2,626.67" in found.message
    assert "比率（直接填报）!B5" in found.message
    assert "3 收支决算!" in found.message


def test_a_rate_without_its_inputs_is_not_checked() -> None:
    result = judged(make({"annual_budget.total": None}, more=[given("budget_execution_rate", "12.3")]))
    assert [u.missing for u in result.unchecked if u.name == "预算执行率：填报值与计算值"] == [("annual_budget.total",)]


def target(sign: str, wanted: str, got: str, **more: str | Decimal) -> Case:
    """A case with one target; its figures in a cell each."""
    figures = [
        Figure(f"targets.1.{id}", f"培训期数{id}", Decimal(value), "期", str(YEAR),
               Provenance("cell", file="workbook.xlsx", sheet="12 绩效目标与完成", cell=cell))
        for id, value, cell in (("target", wanted, "E5"), ("achieved", got, "G5"))
    ]  # fmt: skip
    told = Target("targets.1", "培训期数", sign, "targets.1.target", "targets.1.achieved", wanted, got,
                  place="12 绩效目标与完成!A5", **more)  # type: ignore[arg-type]  # fmt: skip
    return make(targets=[told], more=figures)


FULL = {"full_marks": Decimal(5), "marks": Decimal(5)}


@pytest.mark.parametrize(
    ("sign", "wanted", "got", "more", "severities", "words"),
    [
        ("≥", "10", "12", FULL, [], ""),
        ("≥", "10", "13", FULL, [], "30 % over is the limit itself"),
        ("≥", "10", "14", FULL, ["warning"], "超出目标40%"),
        ("≥", "10", "14", FULL | {"variance_reason": "省厅临时部署4期"}, [], ""),
        ("≥", "10", "14", FULL | {"variance_reason": "暂无。"}, ["warning"], "只写了“暂无。”"),
        ("≤", "10", "6", FULL, ["warning"], "超出目标40%"),
        ("≤", "10", "12", FULL, ["error", "warning"], "得分却填满分"),
        ("≥", "10", "8", FULL, ["error", "warning"], "得分却填满分"),
        ("≥", "10", "8", FULL | {"marks": Decimal(4)}, ["warning"], "没有达到目标，偏差原因没有填"),
        ("≥", "10", "8", FULL | {"marks": Decimal(4), "variance_reason": "基本完成"}, ["warning"], "只写了"),
        ("≥", "10", "8", FULL | {"marks": Decimal(4), "variance_reason": "两期因讲师冲突顺延"}, [], ""),
        ("≥", "10", "10", FULL | {"marks": Decimal(4)}, ["warning"], "达到了目标"),
        ("=", "10", "11", FULL, ["error", "warning"], "得分却填满分"),
        ("≥", "10", "10", FULL | {"marks": Decimal(6)}, ["error"], "不在0至分值5分之间"),
    ],
)  # fmt: skip
def test_targets_in_their_direction(
    sign: str, wanted: str, got: str, more: dict[str, Decimal | str], severities: list[str], words: str
) -> None:
    found = broken(target(sign, wanted, got, **more), "绩效目标")
    assert [f.severity for f in found] == severities
    if severities:
        assert words in found[0].message
        assert found[0].quote == "12 绩效目标与完成!A5"


def test_a_target_called_like_a_rate_must_be_that_rate() -> None:
    case = target("≥", "95", "98.2")
    named = replace(case.ledger.targets[0], name="预算执行率")
    figures = {f.id: replace(f, unit="%") if f.id.startswith("targets.") else f for f in case.ledger}
    (found,) = told(replace(case, ledger=replace(case.ledger, figures=figures, targets=(named,))), "同名数据")
    assert found.severity == "warning"
    assert "98.2" in found.message
    assert "99.01%" in found.message
    figures["targets.1.achieved"] = replace(figures["targets.1.achieved"], value=Decimal("99.0"))
    assert told(replace(case, ledger=replace(case.ledger, figures=figures, targets=(named,))), "同名数据") == []


def survey(**changed: str) -> Case:
    row = {k: v for k, v in (dict(TABLES["surveys"][0]) | changed).items() if v}
    return make({"satisfaction.valid": None, "satisfaction.satisfied": None}, {"surveys": [row]})


@pytest.mark.parametrize(
    ("changed", "severity", "words"),
    [
        ({}, "", ""),
        ({"rate": "97.00%"}, "", ""),
        ({"rate": "95.41%"}, "error", "按回收份数305份计算为95.41%"),
        ({"rate": "92%"}, "error", "291÷300×100%计算为97.00%"),
        ({"rate": "92%", "method": "按选项分值加权"}, "warning", "计算口径"),
        ({"rate": "97.01%"}, "warning", "计算为97.00%"),
        ({"valid": "25", "satisfied": "24", "rate": ""}, "warning", "不足30份"),
        ({"valid": "300", "satisfied": "300", "rate": "100%"}, "warning", "全部问卷都表示满意"),
        ({"valid": "30", "satisfied": "29", "rate": ""}, "", ""),
    ],
)  # fmt: skip
def test_surveys(changed: dict[str, str], severity: str, words: str) -> None:
    found = broken(survey(**changed), "满意度")
    assert [f.severity for f in found] == ([severity] if severity else [])
    assert not severity or (words in found[0].message and "15-1 满意度调查明细!" in found[0].message)


def disclosed(approved: str, published: str, **texts: str) -> Case:
    return make(
        tables={"disclosures": [{"item": "预算公开", "approved": approved, "published": published}]}, texts=texts
    )


@pytest.mark.parametrize(
    ("approved", "published", "severity"),
    [
        ("2022年1月30日", "2022年2月18日", ""),
        ("2022-01-30", "2022.2.19", ""),
        ("2022/1/30", "2月19日", ""),
        ("2022年1月30日", "2022年2月20日", "warning"),
        ("2021年12月30日", "2022年1月19日", ""),
        ("2022年2月18日", "2022年1月30日", "error"),
    ],
)
def test_days_between_approval_and_disclosure(approved: str, published: str, severity: str) -> None:
    found = broken(disclosed(approved, published), "预算公开")
    assert [f.severity for f in found] == ([severity] if severity else [])
    assert not severity or ("间隔" in found[0].message and "14 公开情况!" in found[0].message)


def test_a_date_that_cannot_be_read_is_not_checked() -> None:
    result = judged(disclosed("1月底", "2022年2月18日"))
    assert [u.reason for u in result.unchecked if u.name.startswith("预算公开")] == ["“1月底”看不出是哪一天"]
    assert read_day("二〇二二年一月三十日") == date(2022, 1, 30)
    assert read_day("2022年2月30日") is None


def test_a_disclosure_after_the_date_of_the_report_is_asked_about() -> None:
    texts = {"unit.report_date": "2022年2月10日"}
    (found,) = broken(disclosed("2022年1月30日", "2022年2月18日", **texts), "预算公开")
    assert found.severity == "warning"
    assert "晚于填报日期2022年2月10日" in found.message


@pytest.mark.parametrize(
    ("text", "severity", "words"),
    [
        ("2022年，基本支出决算数904.48万元，其中人员经费有所节约。", "error", "颠倒了相邻两位数字"),
        ("全年基本支出年初预算为925.46万元。", "", ""),
        ("全年基本支出年初预算为825.46万元。", "warning", "写错了一位数字"),
        ("全年基本支出年初预算为925万元。", "", "a coarser rounding is no contradiction"),
        ("全年基本支出年初预算约926万元。", "", "about"),
        ("部门整体支出决算超2600万元。", "", "a bound that is true"),
        ("部门整体支出决算超2700万元。", "warning", "2700万元"),
        ("预算执行率为99.01%。", "", ""),
        ("预算执行率为97.31%。", "warning", "按部门支出合计决算数"),
        ("全年预算2652.83万元，全年支出2662.67万元。", "error", "颠倒了相邻两位数字"),
        ("基本支出年初预算925.46万元，全年支出904.84万元。", "", "the second may be of the first's item"),
        ("2021年基本支出决算数904.84万元。", "", "another year"),
        ("教育基本支出决算数904.84万元。", "", "another thing's"),
        ("基本支出决算数比年初预算增加15.02万元。", "", "a difference"),
        ("全区支出决算904.84万元。", "", "another coverage"),
        ("在培训方面，全年支出12万元。", "", "not the unit's whole spending"),
        ("我局全年支出2662.67万元。", "error", "颠倒了相邻两位数字"),
        ("公务接待费决算数1.46万元，三公经费决算数31.86万元。", "error", "颠倒了相邻两位数字"),
        ("年末固定资产原值519.95万元。", "", ""),
    ],
)  # fmt: skip
def test_the_same_figure_in_a_material(tmp_path: Path, text: str, severity: str, words: str) -> None:
    found = [f for f in judged(with_material(tmp_path, text, make())).findings if "文字写" in f.message]
    assert [f.severity for f in found] == ([severity] if severity else [])
    if severity:
        assert words in found[0].message
        assert "summary.md" in found[0].message


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("重点工作任务共2项。", []),
        ("重点工作任务共3项。", ["warning"]),
        ("完成重点工作1项。", []),
        ("区里重点工作9项。", []),
    ],
)
def test_a_count_in_a_material_is_that_of_the_list(tmp_path: Path, text: str, severities: list[str]) -> None:
    how = Provenance("formula", sheet="2 职能与重点工作", formula="“2 职能与重点工作”所填行数")
    count = Figure(
        "count.key_tasks", "重点工作任务", Decimal(2), "项", str(YEAR), how, aliases=("重点工作", "工作任务")
    )
    found = told(with_material(tmp_path, text, make(more=[count])), "文字写")
    assert [f.severity for f in found] == severities


def test_a_table_of_a_material_is_read_by_its_heads(tmp_path: Path) -> None:
    table = "| 项目 | 年初预算数（万元） | 决算数（万元） |\n|---|---|---|\n| 基本支出 | 925.46 | 904.48 |\n| 项目支出 | 1640.17 | 1686.19 |\n"
    found = told(with_material(tmp_path, table, make()), "文字写")
    assert [(f.severity, "904.48" in f.message, "940.48" in f.message) for f in found] == [("error", True, True)]


def test_a_figure_of_another_unit_in_a_text_is_no_contradiction(tmp_path: Path) -> None:
    found = told(with_material(tmp_path, "固定资产数量1043件，固定资产原值5,199,500元。", make()), "文字写")
    assert found == [], "5,199,500元 is 519.95万元"
