"""Complete made-up cases under rubrics that nobody shipped: everything that their workbooks ask for is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from made_case import VALUES as SMALL_VALUES
from made_case import made_case

CITIES = Path(__file__).parent / "cities"
BASICS: dict[str, Any] = {
    "unit.full_name": "和坪区文化馆", "unit.short_name": "本馆", "unit.year": 2023, "unit.coverage": "本级",
    "unit.structure": "本馆为公益一类事业单位", "unit.offices": 5,
    "unit.duties": "组织群众文化活动，开展文艺辅导培训。", "unit.general_aim": "把公益演出和培训办到社区",
    "unit.notice": "区财政部门关于开展绩效自评的通知",
    "unit.evaluation_work": "由办公室收集资料，各业务室填报，财务室核对",
    "initial_budget.basic": "500", "initial_budget.project": "300", "annual_budget.basic": "510", "annual_budget.project": "390",
    "final_accounts.basic": "505.2", "final_accounts.project": "340.8",
}  # fmt: skip
SUMMARY = """# 年度工作总结

## 一、公益演出
全年办成公益演出32场，观众2.6万人次，其中18场在社区。

## 二、艺术培训
培训班开办16期，结业学员980人。秋季两期因教室维修推迟到下一年度。
"""
LESSONS = """
## 三、存在的问题
培训班少办2期，主要原因是教室维修与排期冲突。打算在排期前与维修计划对照，预留备用教室。

## 四、经验做法
演出进社区前先收集居民点单，按点单排节目。

## 五、下一步工作打算
把流动演出延伸到6个新建小区。
"""
_QINGJIANG_TABLES: dict[str, list[dict[str, str]]] = {
    "key_tasks": [{"field": "群众文化", "task": "举办公益演出", "status": "完成"}, {"field": "艺术培训", "task": "开办培训班", "status": "部分完成", "note": "秋季两期因教室维修推迟"}],
    "targets": [
        {"level1": "产出指标", "level2": "数量指标", "name": "培训班期数", "sign": "≥", "target": "18", "unit": "期", "achieved": "16", "full_marks": "20", "variance_reason": "教室维修，秋季两期推迟，已排入下一年度"},
        {"level1": "效益指标", "level2": "社会效益", "name": "演出进社区", "sign": "定性", "target": "覆盖全部社区", "achieved": "覆盖全部社区", "state": "达成", "full_marks": "10", "marks": "10"},
    ],
    "awards": [{"item": "全省公共文化服务先进单位", "marks": "2"}],
    "weights": [{"indicator": "预算执行", "full_marks": "9", "basis": "县财政局批复"}, {"indicator": "结转结余控制", "full_marks": "9", "basis": "县财政局批复"}],
    "problems": [{"problem": "培训班少办2期", "indicator": "培训班期数", "cause": "教室维修与排期冲突", "measure": "排期前与维修计划对照", "department": "培训室", "deadline": "2024年3月"}],
    "deductions": [{"indicator": "预算执行", "note": "维修尾款转入下一年度支付"}, {"indicator": "结转结余控制", "note": "维修尾款结转"},
                   {"indicator": "编制控制", "note": "一名退役安置人员尚未下达编制"}, {"indicator": "制度建设", "note": "采购制度正在修订"}, {"indicator": "资金合规", "note": "一笔差旅费报销附件不全，已补齐"}],
    "systems": [{"name": "财务管理办法", "category": "财务", "status": "已执行"}, {"name": "采购管理办法", "category": "采购", "status": "修订中"}],
}  # fmt: skip
_QINGJIANG: dict[str, Any] = {
    "unit.full_name": "清江县文化馆", "unit.annual_goal": "办好公益演出和培训", "unit.result_use": "自评结果用于编制下一年度预算", "unit.suggestions": "无",
    "carryover.total.opening": "40", "carryover.total.closing": "43", "staff.institution.established": 20, "staff.institution.actual": 21,
    "staff.administrative.established": 0, "staff.administrative.actual": 0,
    "three_public.overseas.budget": "0", "three_public.overseas.final_accounts": "0", "three_public.vehicles.budget": "4", "three_public.vehicles.final_accounts": "3.1",
    "three_public.reception.budget": "1", "three_public.reception.final_accounts": "0.4", "three_public.vehicles.prior_accounts": "3.6", "three_public.reception.prior_accounts": "0.9",
    "three_public.overseas.prior_accounts": "0", "three_public.total.variance_reason": "公务出行减少",
    "adjustments.accumulated": "100", "procurement.planned": "0", "procurement.actual": "0", "fixed_assets.total": "812.5", "fixed_assets.in_use": "812.5", "fixed_assets.count": 640,
    "satisfaction.valid": 300, "satisfaction.satisfied": 291,
    "answer.establishment_control.veto": "无", "answer.systems.1.1": "部分符合", "answer.systems.1.2": "符合", "answer.compliance.1": 1,
    "answer.procurement.2": "全部公开", "marks.leadership.1": "9", "reason.leadership.1": "绩效专员一人兼岗",
}  # fmt: skip
_HEPING_TABLES: dict[str, list[dict[str, str]]] = {
    "key_tasks": _QINGJIANG_TABLES["key_tasks"],
    "targets": [
        {"level1": "履行职责", "name": "公益演出场次", "sign": "≥", "target": "30", "unit": "场", "achieved": "32", "full_marks": "20"},
        {"level1": "履行职责", "name": "培训班期数", "sign": "≥", "target": "18", "unit": "期", "achieved": "16", "full_marks": "15", "variance_reason": "教室维修，秋季两期推迟，已排入下一年度"},
        {"level1": "履行职责", "name": "演出进社区", "sign": "定性", "target": "覆盖全部社区", "achieved": "覆盖全部社区", "state": "达成", "full_marks": "10", "marks": "9.5"},
    ],
    "awards": [{"item": "区级先进集体", "marks": "1"}],
    "problems": _QINGJIANG_TABLES["problems"],
    "deductions": [{"indicator": "支出进度", "note": "维修尾款转入下一年度支付"}, {"indicator": "财经纪律", "note": "两张凭证附件不全，已补齐"},
                   {"indicator": "演出进社区", "note": "一个新建社区只演出一场"}, {"indicator": "来信办理", "note": "一封来信转办逾期"}],
}  # fmt: skip
_HEPING: dict[str, Any] = {
    "procurement.planned": "0", "procurement.actual": "0", "satisfaction.valid": 300, "satisfaction.satisfied": 291,
    "answer.discipline.veto": "无", "answer.discipline.1.1": "部分符合", "answer.discipline.1.2": "符合", "answer.letters.1": "部分逾期",
}  # fmt: skip
_SHIQIAO: dict[str, Any] = {
    "unit.full_name": "石桥镇文化站", "unit.short_name": "本站", "unit.suggestions": "建议培训经费按学期下达",
    "reason.execution.1": "维修尾款转入下一年度支付", "marks.service.1": "2.5", "reason.service.1": "培训班少办两期",
    "answer.faults.1": 1, "reason.faults.1": "消防检查指出一处通道堆物，当天清理", "answer.books.1.1": "符合",
}  # fmt: skip
_CASES: dict[str, tuple[dict[str, Any], Mapping[str, Sequence[Mapping[str, str]]], str]] = {
    "qingjiang-2023": (_QINGJIANG, _QINGJIANG_TABLES, SUMMARY + LESSONS),
    "heping-2023": (_HEPING, _HEPING_TABLES, SUMMARY),
    "shiqiao-2023": (_SHIQIAO, {}, SUMMARY + LESSONS),
}


def general_case(folder: Path, city: str) -> Path:
    """The whole case of one of these cities."""
    values, tables, material = _CASES[city]
    rubric = (CITIES / f"{city}.yaml").read_text("utf-8")
    return made_case(
        folder, rubric, {**dict.fromkeys(SMALL_VALUES), **BASICS, **values}, tables, {"work-summary.md": material}
    )


CITY_IDS = tuple(_CASES)
