"""Made-up complete cases for the two national frameworks: figures that foot, targets met and missed, one problem, one note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from made_case import UNIT, YEAR, made_case

COMMON: dict[str, Any] = {
    "unit.full_name": UNIT, "unit.short_name": "本馆", "unit.year": YEAR, "unit.coverage": "本级",
    "unit.structure": "本馆为县文化部门所属公益一类事业单位", "unit.offices": 6,
    "unit.duties": "组织群众文化活动，开展文艺辅导培训。\n负责非物质文化遗产的普查和保护。",
    "unit.general_aim": "围绕县文化部门的年度部署，把活动办到乡镇和社区",
    "unit.annual_goal": "办好群众文化活动和公益培训，完成非遗资源普查，场馆保持免费开放",
    "unit.goal_result": "活动和培训按计划举办，非遗资源普查完成，场馆全年免费开放",
    "unit.notice": "县财政部门关于开展部门整体支出绩效自评的通知",
    "unit.evaluation_work": "由办公室和财务室牵头收集资料\n各业务室填报完成情况并附佐证材料，财务室核对数据",
    "unit.result_use": "自评结果用于编制下一年度预算，并随部门决算一并公开", "unit.suggestions": "无",
    "initial_budget.personnel": "420", "initial_budget.routine_public": "60", "initial_budget.project": "320",
    "annual_budget.personnel": "425", "annual_budget.routine_public": "60", "annual_budget.project": "415",
    "final_accounts.personnel": "424.6", "final_accounts.routine_public": "52.4", "final_accounts.project": "377.5",
    "carryover.basic.opening": "0", "carryover.basic.closing": "0", "carryover.project.opening": "50", "carryover.project.closing": "37.5",
    "three_public.overseas.prior_accounts": "0", "three_public.overseas.budget": "0", "three_public.overseas.final_accounts": "0",
    "three_public.vehicles.prior_accounts": "3.6", "three_public.vehicles.budget": "4", "three_public.vehicles.final_accounts": "3.2",
    "three_public.reception.prior_accounts": "0.9", "three_public.reception.budget": "1", "three_public.reception.final_accounts": "0.4",
    "three_public.reason": "公务用车出行次数减少，接待批次减少",
    "procurement.goods.planned": "62", "procurement.goods.actual": "58.9", "procurement.services.planned": "38", "procurement.services.actual": "36.1",
    "fixed_assets.total": "812.5", "fixed_assets.in_use": "780", "fixed_assets.count": 640,
    "staff.administrative.established": 0, "staff.administrative.actual": 0, "staff.institution.established": 40, "staff.institution.actual": 38,
    "satisfaction.valid": 320, "satisfaction.satisfied": 304,
}  # fmt: skip
TASKS = (
    {"field": "群众文化", "task": "举办乡镇巡演", "status": "完成"},
    {"field": "群众文化", "task": "开办公益培训班", "status": "部分完成", "note": "秋季两个班因场馆维修推迟开班"},
    {"field": "非遗保护", "task": "完成非遗资源普查", "status": "完成"},
)  # fmt: skip
TARGETS: tuple[dict[str, str], ...] = (
    {"level1": "产出指标", "level2": "数量指标", "name": "乡镇巡演场次", "sign": "≥", "target": "36", "unit": "场", "achieved": "38", "full_marks": "15"},
    {"level1": "产出指标", "level2": "数量指标", "name": "公益培训班期数", "sign": "≥", "target": "20", "unit": "期", "achieved": "18", "full_marks": "15",
     "variance_reason": "场馆维修占用教室，秋季两个班推迟；维修已完工，两个班转入下一年度春季开班"},
    {"level1": "产出指标", "level2": "质量指标", "name": "培训结业率", "sign": "≥", "target": "90", "unit": "%", "achieved": "93.5", "full_marks": "10"},
    {"level1": "产出指标", "level2": "成本指标", "name": "每场巡演成本", "sign": "≤", "target": "1.5", "unit": "万元", "achieved": "1.48", "full_marks": "10"},
    {"level1": "效益指标", "level2": "社会效益指标", "name": "场馆免费开放情况", "sign": "定性", "target": "全年免费开放", "achieved": "除维修闭馆外全年免费开放",
     "state": "部分达成", "full_marks": "20", "marks": "15.5", "variance_reason": "场馆维修期间闭馆；维修期间改在分馆开放"},
    {"level1": "效益指标", "level2": "可持续影响指标", "name": "非遗普查档案建档率", "sign": "=", "target": "100", "unit": "%", "achieved": "100", "full_marks": "10"},
    {"level1": "服务对象满意度指标", "level2": "服务对象满意度指标", "name": "观众和学员满意度", "sign": "≥", "target": "92", "unit": "%", "achieved": "95", "full_marks": "10"},
)  # fmt: skip
PROBLEMS = (
    {"problem": "公益培训班少办2期，占年度计划的十分之一", "indicator": "公益培训班期数、实际完成率、重点工作办结率", "cause": "教室与场馆维修工期重叠，排期时没有预留备用场地",
     "measure": "下一年度排期前与维修计划对照，每季度预留一处分馆教室", "department": "培训室", "deadline": "2024年3月"},
)  # fmt: skip
MATERIAL = """# 年度工作总结

## 一、群众文化
围绕乡镇群众就近看演出，巡演队全年演出38场，观众4.2万人次。其中26场安排在偏远村。

## 二、公益培训
培训班全年开办18期，学员1,260人，结业率93.5%。秋季两个班推迟到下一年度。

## 三、非遗保护
普查走访传承人84人，建立档案212份，全部录入数据库。
"""
_JUDGED = {
    "goal_rationality": ("4", "目标依据三定规定和年度计划确定"), "goal_clarity": ("3.5", "个别效益指标不够细化"),
    "establishment_control": ("4", "在职人员没有超编"), "three_public_change": ("4", "比上年下降"), "key_spending": ("4", "重点支出有保障"),
    "budget_completion": ("1.9", "项目支出有结转"), "budget_adjustment": ("2", "调整履行了报批手续"), "payment_progress": ("2", "达到既定进度"),
    "carryover": ("2", "结转规模较小"), "carryover_change": ("2", "结转比年初减少"), "public_expense_control": ("2", "没有超预算"),
    "three_public_control": ("2", "没有超预算"), "procurement_execution": ("2", "按计划实施采购"), "system_soundness": ("2", "财务和内控制度齐全"),
    "financial_compliance": ("2", "没有违规支出"), "budget_disclosure": ("2", "预算和决算按时公开"), "basic_information": ("2", "会计资料完整"),
    "asset_systems": ("2", "资产制度齐全"), "asset_security": ("2", "年末盘点账实相符"), "fixed_asset_utilisation": ("1.9", "部分音响设备闲置"),
    "work_completion": ("6.3", "培训班没有全部开办"), "work_timeliness": ("6", "完成的任务都按期完成"), "work_quality": ("6", "完成的任务都验收合格"),
    "key_task_completion": ("4", "培训班没有全部开办"), "economic_benefit": ("6", "带动夜间文化消费"), "social_benefit": ("7", "演出覆盖全部乡镇"),
    "satisfaction": ("7", "满意度达到计划"),
}  # fmt: skip
_NOTES = (
    {"indicator": "预算执行率、预算完成率", "note": "场馆维修尾款结转到下一年度支付"},
    {"indicator": "绩效指标明确性", "note": "效益指标没有细化到可以计数，下一年度补充"},
    {"indicator": "固定资产利用率", "note": "维修期间部分音响设备封存，完工后恢复使用"},
)  # fmt: skip


def form_case(folder: Path, targets: Sequence[Mapping[str, str]] = TARGETS) -> Path:
    """A whole case under the 10/50/30/10 form."""
    tables = {"targets": targets, "key_tasks": TASKS, "problems": PROBLEMS, "deductions": _NOTES[:1]}
    return made_case(folder, "national-form-10-50-30-10", COMMON, tables, {"work-summary.md": MATERIAL})


def common_case(folder: Path) -> Path:
    """A whole case under the common indicators of 2013: judged, but for 生态效益, which does not apply."""
    values = COMMON | {
        "work.planned": 20, "work.completed": 18, "work.on_time": 18, "work.qualified": 18, "work.key_assigned": 3, "work.key_completed": 2,
        "initial_budget.key": "240", "adjustments.accumulated": "100", "payment.actual_progress": "95", "payment.due_progress": "95",
        "not_applicable.ecological_benefit": "没有生态环境方面的职责",
    }  # fmt: skip
    for leaf, (marks, why) in _JUDGED.items():
        values |= {f"marks.{leaf}.1": marks, f"reason.{leaf}.1": why}
    systems = (
        {"name": "财务管理办法", "category": "财务", "status": "已执行"},
        {"name": "资产管理办法", "category": "资产", "status": "已执行"},
    )
    tables = {"targets": TARGETS, "key_tasks": TASKS, "problems": PROBLEMS, "deductions": _NOTES, "systems": systems}
    return made_case(folder, "national-2013-53", values, tables, {"work-summary.md": MATERIAL})
