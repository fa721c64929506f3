from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from draft_cases import CELL, drafted, make_case, section_text, whole_text

from assistant.briefs.enumerators import chinese
from assistant.drafting.clean import cleaned, own_words, tidy
from assistant.intake import Entry
from assistant.report.assemble import Report
from assistant.slots import slots, stray_numbers

SUMMARY = """# 2022年工作总结

在上级的坚强领导下，我局深入学习贯彻会议精神，凝心聚力、真抓实干，各项工作取得显著成效。

## 一、社会救助
我局高度重视救助工作，多次召开会议研究部署。发放低保金486.72万元，惠及312户507人。临时救助138人次。县统计局率先建成救助台账系统，6月上线。救助及时率由81%升至96%（年度普查）。

## 二、养老服务
新建长者食堂5个，另1个尚未开工。目前日均就餐260余人。我局工作站位高、谋划实，奋力谱写养老新篇章。
"""
TASKS = [
    ("社会救助", "做好低保和临时救助", "完成"),
    ("养老服务", "建设长者食堂", "部分完成"),
    ("养老服务", "培训护理员", "完成", "培训护理员4期"),
]
PROBLEM = (
    "设备项目执行率偏低。安排40万元，支出36万元",
    "政府采购执行情况",
    "需求6月才定稿",
    "需求每年2月底前定稿",
    "办公室",
    "2023年2月底前",
)


def report_of(tmp_path: Path, materials: bool = True, **given: object) -> Report:
    case = make_case(tmp_path, {"work-summary.md": SUMMARY} if materials else None, **given)  # type: ignore[arg-type]
    return drafted(case)[3]


def test_every_figure_of_the_materials_is_told_exactly_once(tmp_path: Path) -> None:
    told = section_text(report_of(tmp_path, key_tasks=TASKS), "duties")
    for number in ("486.72万元", "312户", "507人", "138人次", "81%", "96%", "5个", "1个", "260余人", "4期"):
        assert told.count(number) == 1, number


def test_no_number_is_written_but_through_a_slot(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"work-summary.md": SUMMARY}, key_tasks=TASKS, problems=[PROBLEM])
    for section in drafted(case)[2].values():
        for text in section.texts:
            assert stray_numbers(text) == [], text


@pytest.mark.parametrize("gone", [None, "0"])
def test_templates_write_no_number_whatever_is_missing_or_zero(tmp_path: Path, gone: str | None) -> None:
    from draft_cases import FIGURES

    case = make_case(tmp_path, figures=dict.fromkeys(FIGURES, gone))
    _, _, sections, report = drafted(case)
    assert all(stray_numbers(text) == [] for section in sections.values() for text in section.texts)
    assert not re.search(r"\[\[|\]\]|None|。。|，。|，，|；。|：。", whole_text(report))


def test_slogans_meetings_and_stock_words_are_left_out(tmp_path: Path) -> None:
    told = section_text(report_of(tmp_path, key_tasks=TASKS), "duties")
    for word in ("凝心聚力", "高度重视", "召开会议", "新篇章", "显著成效", "坚强领导"):
        assert word not in told


def test_the_unit_has_one_name(tmp_path: Path) -> None:
    told = section_text(report_of(tmp_path, short_name="本局", key_tasks=TASKS), "duties")
    assert "我局" not in told
    assert "县统计局" not in told
    assert "本局率先建成救助台账系统" in told


def test_claims_stand_only_where_the_material_makes_them(tmp_path: Path) -> None:
    report = report_of(tmp_path, key_tasks=TASKS)
    claims = [s for s in report.sentences if re.search("率先|首创|第一", s.text)]
    assert claims
    assert all(any("work-summary.md" in source for source in s.sources) for s in claims)


def test_an_unfinished_task_is_said_and_not_upgraded(tmp_path: Path) -> None:
    report = report_of(tmp_path, key_tasks=TASKS)
    assert "尚未开工" in section_text(report, "duties")
    assert "“建设长者食堂”部分完成" in section_text(report, "duties")
    assert "“建设长者食堂”部分完成" in section_text(report, "duty_goals")
    assert "均已完成" not in section_text(report, "duty_goals")


def test_without_materials_the_gap_is_named_and_the_tasks_stay(tmp_path: Path) -> None:
    report = report_of(tmp_path, materials=False, key_tasks=TASKS)
    told = section_text(report, "duties")
    assert "【待补：履职情况（附年度工作总结等材料）】" in told
    assert "“建设长者食堂”部分完成：【待补：" in told
    assert "培训护理员4期" in told
    assert any("履职情况" in name for name in report.todo)


@pytest.mark.parametrize(
    ("spent", "must", "must_not"),
    [
        ("837", ("仍有部分预算没有执行",), ("较好", "良好")),
        ("641.7", ("71.30%", "执行率偏低"), ("较好", "良好", "基本一致")),
        ("990", ("110.00%", "超出年度预算"), ("较好", "良好")),
        ("891", ("99.00%", "基本一致"), ("偏低",)),
        ("0", ("没有发生支出", "执行率偏低"), ("较好", "实际支出")),
    ],
)
def test_the_tone_fits_the_execution_rate(
    tmp_path: Path, spent: str, must: tuple[str, ...], must_not: tuple[str, ...]
) -> None:
    told = section_text(report_of(tmp_path, figures={"final_accounts.total": spent}), "budget_execution")
    assert all(word in told for word in must), told
    assert not any(word in told for word in must_not), told


def test_zero_budgets_say_so_instead_of_a_rate(tmp_path: Path) -> None:
    zeros = dict.fromkeys(
        [f"three_public.{i}.{c}" for i in ("overseas", "vehicles", "reception", "total") for c in ("budget", "final_accounts")]
        + ["procurement.goods.planned", "procurement.goods.actual", "procurement.planned", "procurement.actual"], "0",
    )  # fmt: skip
    report = report_of(tmp_path, figures={**zeros, "annual_budget.total": "0"})
    assert "没有安排“三公”经费预算，也没有发生支出，“三公”经费控制率无法计算" in section_text(report, "three_public")
    assert "政府采购执行率无法计算" in section_text(report, "procurement")
    assert "预算执行率无法计算" in section_text(report, "budget_execution")


def test_only_a_zero_that_was_written_means_none(tmp_path: Path) -> None:
    blank = {"fixed_assets.total": None, "fixed_assets.in_use": None, "assets.total": None}
    told = section_text(report_of(tmp_path, figures=blank), "assets")
    assert told.count("【待补：资产数据】") == 1
    assert "没有" not in told
    none = {"fixed_assets.total": "0", "fixed_assets.in_use": "0", "assets.total": "0"}
    told = section_text(report_of(tmp_path, figures=none), "assets")
    assert told.startswith("2022年年末没有固定资产。固定资产利用率无法计算。")
    assert "没有资产" not in told


def test_over_the_plan_is_said_with_its_consequence(tmp_path: Path) -> None:
    over = {"procurement.actual": "50", "procurement.goods.actual": "50"}
    told = section_text(report_of(tmp_path, figures=over, texts={"marks.procurement_execution.2": "1"}), "procurement")
    assert "125.00%" in told
    assert "超出采购计划" in told


def test_what_costs_marks_is_said_to_have_occurred(tmp_path: Path) -> None:
    answer = Entry("answer.budget_compliance.1", "1", CELL, Decimal(1))
    case = replace(make_case(tmp_path), entries={answer.id: answer})
    told = section_text(drafted(case)[3], "budget_making")
    assert "发现有不符合预算编制要求的事项" in told
    assert "不符合要求。" not in told


def test_a_missing_required_figure_is_asked_for_and_an_optional_one_skipped(tmp_path: Path) -> None:
    report = report_of(tmp_path, figures={"final_accounts.total": None, "satisfaction.valid": None})
    assert "【待补：部门支出合计决算数】" in section_text(report, "budget_execution")
    assert "问卷" not in section_text(report, "duties")


def test_a_problem_has_place_cause_cost_and_measure(tmp_path: Path) -> None:
    case = make_case(tmp_path, figures={"procurement.actual": "50"}, problems=[PROBLEM])
    report = drafted(case)[3]
    told = section_text(report, "problems")
    assert "1. 设备项目执行率偏低" in told
    assert told.count("设备项目执行率偏低") == 1
    for part in (
        "安排40万元，支出36万元",
        "主要原因是需求6月才定稿",
        "需求每年2月底前定稿，由办公室负责，2023年2月底前完成",
    ):
        assert part in told


def test_gaps_of_a_problem_are_asked_for_compactly(tmp_path: Path) -> None:
    report = report_of(tmp_path, problems=[("系统老化", "", "", "更换设备"), ("人手不足", "", "编制少", "招录")])
    told = section_text(report, "problems")
    assert "【待补：“系统老化”的原因】" in told
    assert told.count("责任科室") == 1


def test_every_lost_mark_is_explained_or_asked_for(tmp_path: Path) -> None:
    case = make_case(tmp_path, deductions=[("编外人员控制率", "窗口岗位没有编制")])
    _, briefs, _, report = drafted(case)
    table = next(b for b in report.document.blocks if getattr(b, "caption", "").endswith("扣分情况表"))
    cells = {row[0].text: row[4].text for row in table.rows[1:]}  # type: ignore[union-attr]
    lost = briefs[0].report.deductions
    assert set(cells) == {d.name for d in lost}
    for d in lost:
        assert (d.note in cells[d.name]) if d.note else f"【待补：“{d.name}”扣分原因】" in cells[d.name]


def test_a_lost_marks_reason_is_asked_for_once_and_known_ones_are_used(tmp_path: Path) -> None:
    tasks = [("养老", "建设食堂", "未完成", "土地手续晚"), ("养老", "培训护理员", "未完成"), ("普法", "宣传", "完成")]
    report = report_of(tmp_path, figures={"fixed_assets.in_use": "350"}, key_tasks=tasks)
    table = next(b for b in report.document.blocks if getattr(b, "caption", "").endswith("扣分情况表"))
    cells = {row[0].text: row[4].text for row in table.rows[1:]}  # type: ignore[union-attr]
    assert all("扣" in re.split("[，；。]", text)[0] or "扣分" in text.split("；")[0] for text in cells.values())
    assert "“建设食堂”未完成：土地手续晚；【待补：“培训护理员”没有完成的原因】" in cells["重点工作完成情况"]
    assert "【待补：“固定资产利用率”扣分原因】" in cells["固定资产利用率"]
    assert "原因" not in section_text(report, "assets")
    assert "“培训护理员”未完成：【待补：“培训护理员”的目前进度】" in section_text(report, "duties")


def test_a_problem_claims_only_its_own_loss(tmp_path: Path) -> None:
    problem = ("公务用车费超支", "公用经费控制率", "车辆大修", "先报批", "办公室", "2023年6月")
    spent = {"three_public.total.final_accounts": "12", "final_accounts.routine_public": "59"}
    told = section_text(report_of(tmp_path, figures=spent, problems=[problem]), "problems")
    assert "涉及指标：“公用经费控制率”（扣4分，逐项说明见表" in told
    told = section_text(
        report_of(tmp_path, figures={"final_accounts.routine_public": "59"}, problems=[problem]), "problems"
    )
    assert "受此影响，“公用经费控制率”扣" in told


def test_problems_of_the_materials_serve_where_the_workbook_lists_none(tmp_path: Path) -> None:
    text = "# 总结\n\n## 存在不足\n一是停车诉求多，全年1,204件，明年拟新增泊位300个。二是系统老化，原因是超期使用。\n"
    told = section_text(drafted(make_case(tmp_path, {"s.md": text}))[3], "problems")
    assert "1. 停车诉求多" in told
    assert "改进措施：拟新增泊位300个" in told or "改进措施：2023年拟新增泊位300个" in told
    assert "主要原因是超期使用" in told


def test_a_problem_keeps_its_subject_and_a_measure_its_object(tmp_path: Path) -> None:
    text = "# 总结\n\n## 存在不足\n一是停车诉求多：全年1,204件，缺口约1,500个泊位，明年打算新增300个。二是系统老化。\n"
    told = section_text(drafted(make_case(tmp_path, {"s.md": text}))[3], "problems")
    assert "1. 停车诉求多停车诉求多，全年1,204件。" in told
    assert "改进措施：缺口约1,500个泊位，2023年打算新增300个" in told


def test_a_label_that_the_heading_says_already_is_dropped(tmp_path: Path) -> None:
    text = "# 总结\n\n## 一、养老\n\n### （一）养老服务\n\n新建长者食堂5个。\n\n培训护理员4期。\n"
    case = make_case(
        tmp_path, {"s.md": text}, key_tasks=[("养老服务", "建设长者食堂", "完成"), ("普法", "宣传", "完成")]
    )
    report = drafted(case)[3]
    assert "养老服务。" not in section_text(report, "duties")
    assert "新建长者食堂5个。" in section_text(report, "duties")


def test_this_years_plan_is_the_tasks_and_next_years_the_plans(tmp_path: Path) -> None:
    case = make_case(
        tmp_path,
        {
            "要点.md": "# 2022年工作要点\n\n新建长者食堂6个。\n",
            "s.md": "# 2022年工作总结\n\n新建长者食堂5个。\n\n下一步，我局将新增食堂3个。\n",
        },
        key_tasks=[("养老服务", "建设长者食堂", "部分完成")],
    )
    report = drafted(case)[3]
    assert "6个" in section_text(report, "tasks")
    assert "5个" in section_text(report, "duties")
    assert "新增食堂3个" in section_text(report, "plans")
    assert "6个" not in section_text(report, "duties")


def test_slots_keep_their_words_around_them(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"work-summary.md": SUMMARY}, key_tasks=TASKS)
    said = [text for text in drafted(case)[2]["duties"].texts if slots(text)]
    by_id = {s.id: p for p in case.passages for sentence in p.sentences for s in slots(sentence.slotted)}
    for text in said:
        for slot in slots(text):
            if slot.id in by_id:
                before = text[max(0, slot.start - 2) : slot.start]
                assert any(before in sentence.slotted for sentence in by_id[slot.id].sentences)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("目前，全区建成公园[[m1:value]]。", "全区建成公园[[m1:value]]"),
        ("2022年6月，系统上线，覆盖[[m1:value]]。", "6月，系统上线，覆盖[[m1:value]]"),
        ("2021年6月开工，2022年6月竣工。", "2021年6月开工，2022年6月竣工"),
        ("为深入贯彻落实会议精神，我局印发《办法》。", "本局印发《办法》"),
        ("一是新建食堂[[m1:value]]，凝聚起强大正能量。", "新建食堂[[m1:value]]"),
        ("去年办结[[m1:value]]，今年办结[[m2:value]]。", "上年办结[[m1:value]]，当年办结[[m2:value]]"),
        ("受表彰[[m1:value]]，名单列在下表。", "受表彰[[m1:value]]"),
    ],
)
def test_words_are_taken_away_and_none_added(text: str, clean: str) -> None:
    assert cleaned(text, "本局", ("云山县统计局", "县统计局", "统计局"), "云山县统计局", 2022) == clean


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("由县统计局牵头", "由本局牵头"),
        ("《云山县统计局制度》", "《云山县统计局制度》"),
        ("青川县统计局会同我局", "青川县统计局会同本局"),
        ("县统计局局长", "县统计局局长"),
        ("自我局限", "自我局限"),
    ],
)
def test_only_the_units_own_names_are_changed(text: str, said: str) -> None:
    assert own_words(text, "本局", ("云山县统计局", "县统计局"), "云山县统计局") == said


def test_marks_are_tidied() -> None:
    assert tidy("甲，。乙。。丙，，丁") == "甲。乙。丙，丁"


@pytest.mark.parametrize(("number", "word"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")])
def test_enumerators(number: int, word: str) -> None:
    assert chinese(number) == word
