"""扣分, 问题, 措施, 偏差原因 and 语气: found in the finished text with the sentence, and its neighbours left alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path

import closure_examples as told
import pytest
from draft_cases import CELL, YEAR, make_case
from general_cases import general_case

from assistant.documents import read_document
from assistant.findings import Finding
from assistant.intake import Case, load_case
from assistant.ledger import Figure, Ledger, Target
from assistant.scorecard import score
from assistant.verify import check_against_case, check_alone

FIGURES = {
    "prior_accounts.total": "700", "annual_budget.basic": "600", "procurement.goods.planned": "40", "procurement.planned": "40",
    "procurement.goods.actual": "34", "procurement.actual": "34", "three_public.reception.budget": "1", "three_public.vehicles.budget": "8", "three_public.total.budget": "9",
    "three_public.reception.final_accounts": "1.5", "three_public.vehicles.final_accounts": "5", "three_public.total.final_accounts": "6.5",
    "three_public.reception.prior_accounts": "1.2", "three_public.total.prior_accounts": "7",
    "staff.established": "30", "staff.actual": "33", "satisfaction.valid": "200", "satisfaction.satisfied": "176",
    "petitions.received": "10", "petitions.replied": "9", "petitions.on_time": "9", "projects.planned": "5", "projects.completed": "4",
}  # fmt: skip
TASKS = [
    ("民生", "数字档案馆建设", "部分完成", "硬件到货晚两个月"), ("民生", "老旧管网改造", "未完成", "招标流标一次"),
    *(("民生", f"示例任务{n}", "完成", "") for n in "甲乙丙丁戊己庚辛壬癸"),
]  # fmt: skip
PROBLEMS = [("实有人数超过编制", "财政供养人员控制率", "军转安置三人", "空编前只出不进", "人事科", "2023年底")]


def target(key: str, name: str, sign: str, wanted: str, got: str, reason: str) -> tuple[Target, list[Figure]]:
    figures = [
        Figure(f"{key}.{column}", f"{name}{label}", D(value), "人次", str(YEAR), CELL, items=(name,), aspects=(label,))
        for column, label, value in (("target", "年度指标值", wanted), ("achieved", "实际完成值", got))
    ]
    told = Target(
        key, name, sign, f"{key}.target", f"{key}.achieved", wanted, got, reason, place="12 绩效目标与完成!A5"
    )  # type: ignore[arg-type]
    return told, figures


def built(tmp_path: Path, reason: str = "", **tables: list[tuple[str, ...]]) -> Case:
    case = make_case(tmp_path, figures=FIGURES, key_tasks=TASKS, **{"problems": PROBLEMS, **tables})
    missed, first = target("targets.1", "培训人次", "≥", "500", "430", reason)
    met, second = target("targets.2", "义诊服务人次", "≥", "100", "120", "")
    ledger = Ledger.of([*case.ledger, *first, *second], [missed, met])
    return replace(case, ledger=ledger)


def findings(text: str, case: Case, tmp_path: Path, code: str) -> list[Finding]:
    path = tmp_path / "report.md"
    path.write_text(text, "utf-8")
    check = check_against_case(read_document(path), score(case), case=case)
    return [f for f in check.findings if f.code == code and "没有说明原因" not in f.message]


@pytest.mark.parametrize(("text", "names"), told.TONE)
def test_praise_that_the_figures_contradict(text: str, names: str, tmp_path: Path) -> None:
    found = findings(text, built(tmp_path), tmp_path, "tone")
    assert found, f"not flagged: {text}"
    assert any(names in f.message for f in found), [f.message for f in found]
    whole = (tmp_path / "report.md").read_text("utf-8")
    assert all(whole[f.start : f.end] in f.quote and f.end > f.start for f in found)


@pytest.mark.parametrize("text", told.NOT_TONE)
def test_words_that_are_true_or_no_claim(text: str, tmp_path: Path) -> None:
    assert findings(text, built(tmp_path), tmp_path, "tone") == []


def test_praise_in_a_section_of_plans_or_a_column_of_standards_is_no_claim(tmp_path: Path) -> None:
    case = built(tmp_path)
    assert findings("# 报告\n\n## 后续工作计划\n\n圆满完成各项工作任务。\n", case, tmp_path, "tone") == []
    assert findings("# 报告\n\n## 工作成效\n\n圆满完成各项工作任务。\n", case, tmp_path, "tone")
    table = "| 指标 | 评分标准 | 完成情况 |\n|---|---|---|\n| 重点工作 | 重点工作全部完成的得满分 | {} |\n"
    assert findings(table.format("10项完成"), case, tmp_path, "tone") == []
    assert findings(table.format("重点工作全部完成"), case, tmp_path, "tone")


@pytest.mark.parametrize("heading", ["主要职能", "年度总体要求和重点工作", "主要任务"])
def test_what_is_told_as_done_under_a_heading_of_duties_is_a_claim(heading: str, tmp_path: Path) -> None:
    case, text = built(tmp_path), f"# 报告\n\n## {heading}\n\n{{}}\n"
    assert findings(text.format("12项重点工作均已完成。"), case, tmp_path, "tone")
    assert findings(text.format("12项重点工作任务全部完成。"), case, tmp_path, "tone")
    assert findings(text.format("全面完成上级交办的各项工作任务。"), case, tmp_path, "tone") == []


@pytest.mark.parametrize(("text", "due"), told.OUTCOMES)
def test_a_target_said_to_stand_as_it_does_not(text: str, due: str, tmp_path: Path) -> None:
    found = findings(text, built(tmp_path), tmp_path, "contradiction")
    assert [(f.expected, f.severity) for f in found] == [(due, "error")]


@pytest.mark.parametrize("text", told.NOT_OUTCOMES)
def test_a_target_said_to_stand_as_it_does(text: str, tmp_path: Path) -> None:
    assert findings(text, built(tmp_path), tmp_path, "contradiction") == []


@pytest.mark.parametrize("text", told.NO_CAUSE)
@pytest.mark.parametrize("reason", ["", "暂无"])
def test_a_formula_or_an_empty_cause_is_no_reason(text: str, reason: str, tmp_path: Path) -> None:
    found = [f for f in findings(text, built(tmp_path, reason), tmp_path, "closure") if "偏差原因" in f.expected]
    assert [f.severity for f in found] == ["error"]


def test_an_empty_cause_is_an_error_though_the_data_know_it(tmp_path: Path) -> None:
    case = built(tmp_path, reason="第四季度场地停用")
    (found,) = [f for f in findings(told.NO_CAUSE[0], case, tmp_path, "closure") if "培训人次" in f.message]
    assert (found.severity, found.expected) == ("error", "第四季度场地停用")


def test_the_carrying_out_of_a_budget_whose_proportion_cost_marks_is_not_praised(tmp_path: Path) -> None:
    case = load_case(general_case(tmp_path / "case", "qingjiang-2023"))
    found = findings("本年度预算执行情况良好。\n固定资产利用情况良好。\n", case, tmp_path, "tone")
    assert [f.quote for f in found] == ["本年度预算执行情况良好。"]
    assert "94.00%" in found[0].message


@pytest.mark.parametrize(("text", "names"), told.GONE)
def test_a_measure_or_a_reference_that_leads_nowhere(text: str, names: str, tmp_path: Path) -> None:
    found = [
        f for f in findings(f"# 报告\n\n{text}\n", built(tmp_path), tmp_path, "closure") if f.severity == "warning"
    ]
    assert [names in f.message for f in found] == [True]


@pytest.mark.parametrize("text", told.THERE)
def test_a_measure_or_a_reference_that_leads_somewhere(text: str, tmp_path: Path) -> None:
    found = findings(f"# 报告\n\n{text}\n", built(tmp_path), tmp_path, "closure")
    assert [f for f in found if f.severity == "warning"] == []


@pytest.mark.parametrize("text", told.OTHER_UNIT)
def test_another_unit_in_the_place_of_the_own(text: str, tmp_path: Path) -> None:
    found = [f for f in findings(text, built(tmp_path), tmp_path, "wrong_scope") if "单位" in f.message]
    assert [(f.severity, f.expected) for f in found] == [("error", "云山县统计局")]
    assert found[0].end > found[0].start


@pytest.mark.parametrize("text", told.OWN_UNIT)
def test_the_own_unit_and_others_named_as_others(text: str, tmp_path: Path) -> None:
    assert [f for f in findings(text, built(tmp_path), tmp_path, "wrong_scope") if "单位写成" in f.message] == []


def test_without_a_case_a_sentence_is_held_against_itself(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("项目支出执行率71.3%，执行情况良好。\n圆满完成招聘任务，完成率82%。\n重点工作圆满完成。\n", "utf-8")
    found = [f for f in check_alone(read_document(path)).findings if f.code == "tone"]
    assert [f.quote for f in found] == ["项目支出执行率71.3%，执行情况良好。", "圆满完成招聘任务，完成率82%。"]


ANSWERED = [
    "## 存在问题及改进措施\n\n1.采购需求提交晚。下一步，每年2月底前定稿。\n\n2.公务接待费超出预算。改进措施：接待实行事前审批。\n",
    "## 存在问题及改进措施\n\n### 1. 采购需求提交晚\n\n设备需求6月才定稿。\n\n改进措施：每年2月底前定稿。\n\n### 2. 接待费超预算\n\n多接待三批。\n\n整改措施：接待实行事前审批。\n",
    "## 存在的问题\n\n一是采购需求提交晚。二是公务接待费超出预算。\n\n## 改进措施\n\n一是采购需求每年2月底前定稿。二是接待实行事前审批。\n",
    "## 存在的主要问题\n\n采购需求提交晚。\n\n## 下一步工作打算\n\n采购需求每年2月底前定稿。\n",
    "## 存在问题及改进措施\n\n### 1. 采购需求提交晚\n\n改进措施：【待补：“采购需求提交晚”的改进措施】。\n",
    "| 存在问题 | 改进措施 |\n|---|---|\n| 采购需求提交晚 | 每年2月底前定稿 |\n",
    "## 存在问题\n\n采购需求提交晚，我局将于2023年2月底前定稿。\n",
    "## 上年问题整改情况\n\n采购需求提交晚。\n",
    "## 重点工作\n\n### 梳理党建问题形成整改清单\n\n检查支部80个。\n",
    "## 解决群众急难愁盼问题\n\n改造路灯120盏。\n",
]  # fmt: skip
UNANSWERED = [
    ("## 存在问题及改进措施\n\n1.采购需求提交晚。下一步，每年2月底前定稿。\n\n2.公务接待费超出预算。\n", "公务接待费超出预算"),
    ("## 存在问题及改进措施\n\n### 1. 采购需求提交晚\n\n设备需求6月才定稿。\n\n### 2. 接待费超预算\n\n整改措施：接待实行事前审批。\n", "采购需求提交晚"),
    ("## 存在的问题\n\n一是采购需求提交晚。二是公务接待费超出预算。\n\n## 改进措施\n\n采购需求每年2月底前定稿。\n", "公务接待费超出预算"),
    ("## 存在的问题\n\n采购需求提交晚，设备闲置。\n", "采购需求提交晚"),
    ("## 存在的主要问题\n\n（一）采购需求提交晚。\n\n（二）档案没有数字化。\n\n## 改进建议\n\n每年2月底前定稿采购需求。\n", "档案没有数字化"),
    ("| 序号 | 存在问题 | 改进措施 | 责任科室 |\n|---|---|---|---|\n| 1 | 采购需求提交晚 | 无 | 办公室 |\n", "采购需求提交晚"),
    ("| 问题 | 原因 | 整改措施 |\n|---|---|---|\n| 档案没有数字化 | 人手少 |  |\n", "档案没有数字化"),
    ("## 主要问题和不足\n\n1.系统老旧，故障多。\n\n2.合同归档晚。\n\n## 改进措施\n\n合同签订后十日内归档。\n", "系统老旧"),
]  # fmt: skip


@pytest.mark.parametrize("text", ANSWERED)
def test_a_problem_with_its_measure(text: str, tmp_path: Path) -> None:
    found = [f for f in findings(f"# 报告\n\n{text}", built(tmp_path), tmp_path, "closure") if "措施" in f.expected]
    assert found == []


@pytest.mark.parametrize(("text", "names"), UNANSWERED)
def test_a_problem_without_a_measure(text: str, names: str, tmp_path: Path) -> None:
    found = [f for f in findings(f"# 报告\n\n{text}", built(tmp_path), tmp_path, "closure") if "措施" in f.expected]
    assert len(found) == 1, [f.message for f in found]
    assert names in found[0].message
    assert found[0].severity == "error"
    whole = (tmp_path / "report.md").read_text("utf-8")
    assert names in read_document(tmp_path / "report.md").text[found[0].start : found[0].end] or names in whole


@pytest.mark.parametrize("text", ["无。", "暂无", "没有发现明显问题。", "各项工作暂未发现突出问题。", "不存在问题。", "本年度无重大问题和不足。", "暂无问题", "未发现问题。"])  # fmt: skip
def test_no_problems_below_full_marks(text: str, tmp_path: Path) -> None:
    found = findings(f"# 报告\n\n## 存在的问题\n\n{text}\n", built(tmp_path), tmp_path, "closure")
    assert any("存在问题写" in f.message and f.severity == "error" for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "## 存在的问题\n\n无人机巡查覆盖不够。下一步补齐两架。",
        "## 支出合规\n\n没有发现明显问题。",
        "## 问题整改情况\n\n无。",
        "## 上年存在问题\n\n无。",
        "## 其他需要说明的问题\n\n无。",
        "## 存在的问题\n\n没有建立台账的问题仍在。下一步3月底前建立。",
        "## 存在的问题\n\n暂无专职人员管理资产。下一步配备专人。",
        "## 审计情况\n\n未发现问题。",
    ],
)
def test_other_ways_of_saying_none(text: str, tmp_path: Path) -> None:
    found = findings(f"# 报告\n\n{text}\n", built(tmp_path), tmp_path, "closure")
    assert not any("存在问题写" in f.message for f in found)


FULL = ("固定资产利用率", "项目监管", "财务合规性", "绩效目标完整性")


@pytest.mark.parametrize(
    ("problem", "severity"),
    [
        ("固定资产利用率不高，设备闲置", "warning"),
        ("固定资产利用率扣1分，设备闲置", "error"),
        ("受此影响，“固定资产利用率”扣0.3分", "error"),
        ("部分设备闲置，影响固定资产利用率得分", "error"),
        ("“固定资产利用率”失分", "error"),
        ("资产账实核对不及时，固定资产利用率偏低", "warning"),
        ("固定资产利用率与同类单位有差距", "warning"),
        ("设备更新慢，拉低固定资产利用率", "warning"),
    ],
)
def test_a_problem_whose_indicator_has_full_marks(problem: str, severity: str, tmp_path: Path) -> None:
    text = f"# 报告\n\n## 存在的问题及改进措施\n\n{problem}。改进措施：盘活闲置设备。\n"
    found = [f for f in findings(text, built(tmp_path), tmp_path, "closure") if "自评满分" in f.message]
    assert [(f.expected, f.severity) for f in found] == [("固定资产利用率", severity)]


@pytest.mark.parametrize(
    "problem",
    [
        "“财政供养人员控制率”扣1分，超编三人",
        "财政供养人员控制率超过100%，扣1分",
        "设备闲置",
        "资产管理制度更新慢",
        "虽固定资产利用率达标，但账务处理慢",
        "公众或服务对象满意度偏低，扣4分",
        "固定资产的日常利用登记不全",
        "政府采购进度慢",
    ],
)
def test_a_problem_of_an_indicator_that_lost_marks_or_of_none(problem: str, tmp_path: Path) -> None:
    text = f"# 报告\n\n## 存在的问题及改进措施\n\n{problem}。改进措施：提高固定资产利用率，限期整改。\n"
    assert not [f for f in findings(text, built(tmp_path), tmp_path, "closure") if "自评满分" in f.message]


def test_a_problem_that_the_workbook_ties_to_full_marks_is_an_error(tmp_path: Path) -> None:
    tied = built(tmp_path, problems=[("设备闲置较多", "固定资产利用率", "", "盘活", "", "")])
    text = "# 报告\n\n## 存在问题及改进措施\n\n设备闲置较多。改进措施：盘活。\n"
    (found,) = [f for f in findings(text, tied, tmp_path, "closure") if "自评满分" in f.message]
    assert (found.severity, found.expected) == ("error", "固定资产利用率")
    assert found.end > found.start


@pytest.mark.parametrize(
    "text",
    [
        "培训人次完成430人次。",
        "| 三级指标 | 年度指标值 | 实际完成值 | 偏差原因 |\n|---|---|---|---|\n| 培训人次 | 500 | 430 | 无 |\n",
        "| 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析及改进措施 |\n|---|---|---|---|\n| 培训人次 | 500 | 430 |  |\n",
        "| 三级指标 | 实际完成值 | 偏差原因 |\n|---|---|---|\n| 培训人次 | 430 | 基本完成 |\n",
        "| 三级指标 | 实际完成值 | 偏差原因 |\n|---|---|---|\n| 培训人次 | 430 | 暂无。 |\n",
        "| 三级指标 | 实际完成值 | 偏差原因 |\n|---|---|---|\n| 培训人次 | 430 | — |\n",
        "| 三级指标 | 实际完成值 | 得分 |\n|---|---|---|\n| 培训人次 | 430 | 8.6 |\n",
        "全年各项工作有序开展。",
    ],
)
def test_a_missed_target_without_a_reason(text: str, tmp_path: Path) -> None:
    found = [f for f in findings(text, built(tmp_path), tmp_path, "closure") if "偏差原因" in f.expected]
    assert [f.severity for f in found] == ["error"]
    assert "培训人次" in found[0].message
    assert "≥500人次" in found[0].message


@pytest.mark.parametrize(
    "text",
    [
        "培训人次完成430人次，少于目标，原因是第四季度场地停用。",
        "| 三级指标 | 年度指标值 | 实际完成值 | 偏差原因 |\n|---|---|---|---|\n| 培训人次 | 500 | 430 | 第四季度场地停用 |\n",
        "培训人次430人次，因场地停用，两期培训推迟到次年。",
        "受场地停用影响，培训人次比目标少70人次。",
        "| 指标 | 扣分原因 |\n|---|---|\n| 培训人次 | 场地停用，两期没有开班 |\n",
        "| 三级指标 | 偏差原因 |\n|---|---|\n| 培训人次 | 【待补：偏差原因】 |\n",
        "培训人次430人次，由于讲师临时变更，两期改到次年举办。",
        "| 三级指标 | 未完成说明 |\n|---|---|\n| 培训人次 | 场地停用 |\n",
    ],
)
def test_a_missed_target_with_its_reason(text: str, tmp_path: Path) -> None:
    assert not [f for f in findings(text, built(tmp_path), tmp_path, "closure") if "偏差原因" in f.expected]


def test_a_reason_in_the_data_is_due_where_the_target_is_reported(tmp_path: Path) -> None:
    case = built(tmp_path, reason="第四季度场地停用")
    assert not [f for f in findings("全年工作有序开展。", case, tmp_path, "closure") if "培训人次" in f.message]
    bare = findings("| 指标 | 实际完成值 |\n|---|---|\n| 培训人次 | 430 |\n", case, tmp_path, "closure")
    (found,) = [f for f in bare if "培训人次" in f.message]
    assert (found.severity, found.expected) == ("warning", "第四季度场地停用")
    named = findings("培训人次430人次，没有达到目标，第四季度场地停用。", case, tmp_path, "closure")
    assert not [f for f in named if "培训人次" in f.message]
