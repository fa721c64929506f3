"""The identities of the file: every one holds in a clean case, each is broken once, and what may differ is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reconcile_case import TABLES, broken, figure, judged, make

from assistant.cli import main
from assistant.errors import FrameworkError
from assistant.intake import load_case
from assistant.reconcile import reconcile
from assistant.reconcile.model import load_book
from assistant.scorecard import score

ALONE = ("资产合计＝流动资产＋非流动资产", "非流动资产＝")
"""Identities over 净值: they exclude those over 原值 and have tests of their own."""
CLOSES = "支出合计＝基本支出＋项目支出＋其他支出类别（决算）"


def test_the_published_report_contradicts_itself_where_it_does(futian_case: Path) -> None:
    case = load_case(futian_case)
    found = reconcile(case, score(case).ledger).findings
    by_severity = {s: [f.message for f in found if f.severity == s] for s in ("error", "warning", "info")}
    (procurement,) = [m for m in by_severity["error"] if "23.88＋885.20＝909.08万元" in m]
    assert "898.66" in procurement
    assert "8 政府采购!B5、B7" in procurement, "both places"
    assert "8 政府采购!B8" in procurement, "both places"
    assert "99.56%" in procurement, "the total is borne out by the given rate, so its parts are likelier wrong"
    assert any("财政供养人员控制率" in m and "100.00%" in m and "87.50%" in m for m in by_severity["error"])
    assert any("5,897.84" in m and "5,927.35" in m and "范围说明" in m for m in by_severity["warning"])
    assert len(by_severity["error"]) == 2
    assert all("尾差" in m for m in by_severity["info"])
    assert any("2,077.73＋144.47＝2,222.20万元" in m for m in by_severity["info"])


def test_nothing_is_found_where_everything_closes() -> None:
    result = judged(make())
    assert result.findings == ()
    assert all(holds for _, holds in result.checked)


def test_every_identity_of_the_file_can_be_checked() -> None:
    names = {name for name, _ in judged(make()).checked}
    mine = [one.name for one in load_book().identities if not one.with_previous and not one.name.startswith(ALONE)]
    assert len(mine) > 80
    assert [name for name in mine if name not in names] == [], "tests/reconcile_case.py has figures for every identity"


BROKEN = [
    ("final_accounts.personnel", "864.91", "基本支出＝人员经费＋日常公用经费（决算）", "error"),
    ("annual_budget.total", "2625.83", "支出合计＝基本支出＋项目支出＋其他支出类别（全年预算）", "error"),
    ("prior_accounts.project", "1600.00", "支出合计＝基本支出＋项目支出＋其他支出类别（上年决算）", "error"),
    ("initial_budget.retirees", "39.10", "人员经费＝在职人员支出＋离退休人员支出", "error"),
    ("initial_budget.public_expenses", "94.53", "日常公用经费两处填报", "error"),
    ("initial_budget.key", "2700.00", "重点支出不多于支出合计", "error"),
    ("final_accounts.wages", "830.34", "人员经费＝工资福利支出＋对个人和家庭的补助", "error"),
    ("income.fiscal.final_accounts", "2726.32", "收入合计＝财政拨款＋事业收入＋其他收入（决算）", "error"),
    ("income.total.annual_budget", "2700.00", "收入预算与支出预算", "warning"),
    ("carryover.total.income", "2600.00", "财政拨款本年收入两处填报", "warning"),
    ("carryover.basic.closing", "9.11", "结转结余合计＝基本支出＋项目支出（年末）", "error"),
    ("carryover.project.spending", "1700.33", "年初结转结余＋本年收入－本年支出－结余分配及上缴＝年末结转结余（项目支出）", "warning"),
    ("carryover.total.opening", "146.98", "年初结转结余与上年年末数（合计）", "warning"),
    ("adjustments.accumulated", "107.20", "调整、调剂资金累计＝调整明细之和", "warning"),
    ("adjustments.excluded", "95.01", "可剔除的调整金额＝明细中可剔除的各项", "warning"),
    ("initial_budget.total", "2500.00", "年初预算＋追加－追减＝全年预算", "warning"),
    ("progress.q2.spent", "529.74", "各时点累计支出逐期递增", "error"),
    ("progress.q3.spent", "2700.83", "累计支出不多于预算（9月末）", "warning"),
    ("three_public.vehicles.budget", "39.01", "公务用车费＝购置费＋运行维护费（预算）", "error"),
    ("three_public.reception.final_accounts", "1.64", "“三公”经费＝出国（境）＋公务用车＋接待（决算）", "error"),
    ("three_public.total.final_accounts", "35.68", "“三公”经费不超预算（合计）", "warning"),
    ("three_public.trips", "0", "出国（境）团组与费用", "warning"),
    ("three_public.receptions", "300", "接待批次不多于接待人次", "error"),
    ("procurement.services.actual", "900.00", "实际采购金额不多于计划金额（服务）", "warning"),
    ("procurement.goods.paid", "42.11", "政府采购＝货物＋工程＋服务（支付金额）", "error"),
    ("procurement.paid", "1100.00", "支付金额、中小企业份额不多于合同金额（支付）", "warning"),
    ("assets.total", "895.25", "资产合计＝各类资产之和（账面金额）", "warning"),
    ("assets.disposal_remitted", "4200.00", "资产处置收入与上缴金额", "warning"),
    ("fixed_assets.in_use", "600.15", "在用固定资产不多于固定资产总额", "error"),
    ("fixed_assets.net", "611.36", "固定资产净值不多于原值", "error"),
    ("staff.worker.actual", "4", "实有人数不多于编制数（工勤）", "warning"),
    ("staff.established", "68", "在编人员＝行政＋事业＋工勤（编制数）", "error"),
    ("staff.contract.actual", "5", "编外人员＝劳务派遣＋直接聘用", "error"),
    ("projects.count", "4", "年度评价项目数与项目清单", "warning"),
    ("projects.completed", "3", "按期完成项目数与项目清单", "warning"),
    ("projects.annual_budget", "1800.00", "项目汇总预算＝项目清单之和", "warning"),
    ("work.on_time", "12", "及时完成工作数不多于实际完成工作数", "error"),
    ("work.key_assigned", "3", "交办重点工作数与重点工作清单", "warning"),
    ("management.monitored", "4", "开展绩效监控的项目数不多于应开展数", "warning"),
    ("satisfaction.satisfied", "481", "满意问卷不多于有效问卷", "error"),
    ("satisfaction.valid", "500", "有效问卷与满意度调查明细之和", "warning"),
    ("petitions.on_time", "22", "信访按期办结件数不多于办结件数", "error"),
]  # fmt: skip


@pytest.mark.parametrize(("id", "value", "name", "severity"), BROKEN, ids=[f"{row[0]}={row[1]}" for row in BROKEN])
def test_a_broken_identity_is_found_with_both_places(id: str, value: str, name: str, severity: str) -> None:
    found = broken(make({id: value}), name)
    assert [f.severity for f in found] == [severity]
    where = figure(id, value).provenance
    assert f"{where.sheet}!" in found[0].message
    assert where.cell in found[0].message
    assert found[0].quote


def test_a_gap_within_the_printed_digits_is_info_and_outside_it_is_not() -> None:
    (tail,) = broken(make({"final_accounts.basic": "940.49"}), "基本支出＝人员经费＋日常公用经费（决算）")
    assert tail.severity == "info"
    assert "尾差" in tail.message
    (gap,) = broken(make({"final_accounts.basic": "940.50"}), "基本支出＝人员经费＋日常公用经费（决算）")
    assert gap.severity == "error", "three numbers of two places may miss by 0.015, not by 0.02"


def test_a_closing_zero_that_the_sheet_dropped_gives_no_more_room() -> None:
    figures = {
        "final_accounts.personnel": "846.9",
        "final_accounts.routine_public": "93.57",
        "final_accounts.basic": "940.50",
    }
    (gap,) = broken(make(figures), "基本支出＝人员经费＋日常公用经费（决算）")
    assert gap.severity == "error", "846.9 beside 93.57 and 940.50 is 846.90"
    figures |= {"final_accounts.personnel": "847", "final_accounts.basic": "940.25"}
    (tail,) = broken(make(figures), "基本支出＝人员经费＋日常公用经费（决算）")
    assert tail.severity == "info", "847 was rounded to the unit: it stands for 846.50 to 847.50"


def test_counts_are_exact() -> None:
    (gap,) = broken(make({"staff.established": "66"}), "在编人员＝行政＋事业＋工勤（编制数）")
    assert gap.severity == "error"
    assert "尾差" not in gap.message


def test_optional_terms_count_where_they_are_given() -> None:
    closed = {"final_accounts.operating": "30.00", "final_accounts.total": "2656.67"}
    assert broken(make(closed), CLOSES) == []
    assert [f.severity for f in broken(make({"final_accounts.operating": "30.00"}), CLOSES)] == ["error"]


def test_a_gap_that_blank_terms_could_explain_is_a_warning_unless_the_sister_columns_close_without_them() -> None:
    alone = {f"{column}.basic": None for column in ("prior_accounts", "initial_budget", "annual_budget")}
    (open_gap,) = broken(make({"final_accounts.total": "2655.18", **alone}), CLOSES)
    assert open_gap.severity == "warning"
    assert "经营支出" in open_gap.message
    (sure,) = broken(make({"final_accounts.total": "2655.18"}), CLOSES)
    assert sure.severity == "error"
    assert "其他各列" in sure.message
    (less,) = broken(make({"final_accounts.total": "2600.18", **alone}), CLOSES)
    assert less.severity == "error", "a total below its parts is explained by no further part"


def test_a_carry_over_that_does_not_close_is_explained_by_what_was_not_given() -> None:
    name = "年初结转结余＋本年收入－本年支出－结余分配及上缴＝年末结转结余（合计）"
    (less,) = broken(make({"carryover.total.closing": "47.31", "carryover.total.distributed": None}), name)
    assert less.severity == "warning"
    assert "结余分配及上缴" in less.message
    (more,) = broken(make({"carryover.total.closing": "55.12"}), name)
    assert more.severity == "warning"
    assert "使用非财政拨款结余" in more.message
    (sure,) = broken(make({"carryover.total.closing": "36.17"}), name)
    assert sure.severity == "error", "all terms that could make it less were given"


def test_a_reason_in_the_workbook_turns_a_warning_into_a_note() -> None:
    changed = {"carryover.total.opening": "45.98"}
    (bare,) = broken(make(changed), "年初结转结余与上年年末数（合计）")
    assert bare.severity == "warning"
    (said,) = broken(
        make(changed, texts={"carryover.total.note": "经财政部门批准收回1万元"}), "年初结转结余与上年年末数（合计）"
    )
    assert said.severity == "info"
    assert "经财政部门批准收回" in said.message


def test_what_was_not_given_is_not_judged_and_is_told_by_name() -> None:
    result = judged(make({"procurement.goods.planned": None}))
    assert not [f for f in result.findings if "政府采购＝" in f.message]
    (open_one,) = [u for u in result.unchecked if u.name == "政府采购＝货物＋工程＋服务（计划金额）"]
    assert open_one.missing == ("procurement.goods.planned",)
    assert "货物" in open_one.reason


def test_a_total_that_we_added_up_has_not_been_checked(futian_case: Path) -> None:
    case = load_case(futian_case)
    result = reconcile(case, score(case).ledger)
    assert case.ledger["three_public.total.budget"].provenance.source == "formula"
    (one,) = [u for u in result.unchecked if u.name == "“三公”经费＝出国（境）＋公务用车＋接待（预算）"]
    assert "相加" in one.reason


def test_figures_of_another_scope_are_not_compared() -> None:
    case = make({"final_accounts.personnel": None})
    wide = case.ledger.add([figure("final_accounts.personnel", "1846.91", coverage="部门汇总")])
    narrow = wide.replaced(figure("final_accounts.basic", "940.48", coverage="本级"))
    result = judged(make({"final_accounts.personnel": None, "final_accounts.basic": None}, more=[
        wide["final_accounts.personnel"], narrow["final_accounts.basic"]]))  # fmt: skip
    assert not [f for f in result.findings if "基本支出＝" in f.message]
    assert [u.reason for u in result.unchecked if u.name == "基本支出＝人员经费＋日常公用经费（决算）"] == [
        "填报范围不同（本级、部门汇总）"
    ]


def test_executed_and_final_accounts_may_differ() -> None:
    assert {f.severity for f in broken(make({"progress.q4.spent": "2601.00"}), "12月末累计支出与决算数")} == {"info"}


def test_rows_of_a_survey_keep_their_order() -> None:
    row = dict(TABLES["surveys"][0]) | {"returned": "299"}
    found = broken(make(tables={"surveys": [row, TABLES["surveys"][1]]}), "满意≤有效≤回收≤发放份数")
    assert [f.severity for f in found] == ["error"]
    assert "“窗口”" in found[0].message
    assert "300" in found[0].message
    assert "299" in found[0].message


def test_a_list_that_does_not_reach_the_total_never_is_an_error() -> None:
    case = make(tables={"projects": TABLES["projects"][:2]})
    found = [f for f in judged(case).findings if "项目清单" in f.message]
    assert {f.severity for f in found} == {"warning"}
    assert all("范围说明" in f.message for f in found)


def test_adjustments_that_lack_a_direction_are_not_added() -> None:
    rows = [dict(TABLES["adjustments"][0]), {k: v for k, v in TABLES["adjustments"][1].items() if k != "direction"}]
    result = judged(make({"annual_budget.total": "2600.00"}, {"adjustments": rows}))
    assert "年初预算＋追加－追减＝全年预算" in {u.name for u in result.unchecked}


def test_the_command_tells_what_it_could_not_check(futian_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["reconcile", str(futian_case), "--json", "-"])
    assert stop.value.code == 1
    captured = capsys.readouterr()
    data = json.loads(captured.out)
    assert {entry["name"] for entry in data["not_checked"]} >= {"各时点累计支出逐期递增"}
    assert {"name": "支出合计＝基本支出＋项目支出＋其他支出类别（决算）", "holds": True} in data["checked"]
    assert "没有核对" in captured.err
    assert "progress" not in captured.err


def test_a_fault_in_the_file_of_identities_names_its_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "reconciliation.yaml").write_text(
        "identities:\n  - {kind: sum, name: 一, total: a, parts: [b]}\n  - {kind: sums, name: 二}\nconfusions: []\n",
        "utf-8",
    )
    monkeypatch.setattr("assistant.reconcile.model.files", lambda package: tmp_path)
    load_book.cache_clear()
    with pytest.raises(FrameworkError, match=r"reconciliation\.yaml"):
        load_book()
    load_book.cache_clear()
