"""The work summary of a made-up unit, told by a small grammar over the case's own figures and facts; and its text cells."""

from __future__ import annotations

from typing import Any

from assistant.indicators import measure
from assistant.synth.made import Made
from assistant.synth.words import Dice

_OPENINGS = ("围绕年初部署推进{field}", "{field}按月列出节点", "{field}由{department}牵头", "{field}分两个阶段实施")
_EFFECTS = (
    "办事时间比往年缩短",
    "服务半径明显缩小",
    "台账由纸质改为系统登记",
    "问题由事后处理改为事前发现",
    "群众可以就近办理",
)


def tell(made: Made, dice: Dice) -> None:
    """The paragraphs of the material and the long texts of the workbook, consistent with the figures."""
    texts = _texts(made)
    made.put(texts)
    story: list[tuple[int, str]] = [(1, f"{made.kind.name}{made.year}年工作总结"), (2, "一、总体情况")]
    story.append(
        (0, f"{made.year}年，{made.kind.short_name}按照年度工作安排，{'，'.join(made.kind.duties)}。" + _money(made))
    )
    story.append((2, "二、重点工作"))
    undone = {row["task"]: row for row in made.tables.get("key_tasks", []) if row["status"] != "完成"}
    reached = {row["name"]: row["achieved"] for row in made.tables.get("targets", [])}
    for number, field in enumerate(made.kind.fields, 1):
        opening = dice.one(_OPENINGS).format(field=field.name, department=dice.one(made.kind.departments))
        story.append((3, f"（{'一二三四'[number - 1]}）{field.name}"))
        told = [f"{opening}。"]
        for name, fact in field.tasks:
            if row := undone.get(name):
                told.append(f"{name}{row['status']}，主要是{row['note']}。")
            else:
                told.append(f"{name}方面，{dice.told(fact, reached)}，{dice.one(_EFFECTS)}。")
        story.append((0, "".join(told)))
    if figures := _projects_and_targets(made, dice):
        story += [(2, "三、项目和目标"), *((0, text) for text in figures)]
    story += [(2, "四、内部管理" if figures else "三、内部管理"), (0, _management(made))]
    story.append((2, "五、存在的不足和下一步打算" if figures else "四、存在的不足和下一步打算"))
    story.append(
        (
            0,
            "台账登记和数据汇总还有改进余地，跨科室事项的衔接不够顺畅。下一步，固定每月登记的时间，跨科室事项由首接科室牵头。",
        )
    )
    made.story = story
    made.material = "materials/work-summary.md" if dice.chance(40) else made.material


def _money(made: Made) -> str:
    ledger = made.case().ledger
    budget, spent = ledger.get("annual_budget.total"), ledger.get("final_accounts.total")
    told = []
    if budget and spent:
        told.append(f"全年预算{budget.value}万元，全年支出{spent.value}万元")
        rate = measure(made.case()).results.get("budget_execution_rate")
        if rate is not None and rate.value is not None:
            told.append(f"预算执行率{rate.shown}")
    staff, posts = ledger.get("staff.actual"), ledger.get("staff.established")
    lines = "，".join(told) + "。" if told else ""
    if staff and posts:
        lines += f"年末核定编制{posts.value}人，实有在编人员{staff.value}人。"
    return lines


def _projects_and_targets(made: Made, dice: Dice) -> list[str]:
    """What the lists of the workbook say, told once more with the same numbers; some units leave it out."""
    told = []
    if dice.chance(70) and (rows := made.tables.get("projects")):
        each = "；".join(f"{row['name']}全年预算{row['annual_budget']}万元，执行{row['executed']}万元" for row in rows)
        late = "、".join(row["name"] for row in rows if row["on_time"] == "否")
        told.append(f"全年安排的项目中，{each}。" + (f"{late}没有按期完成。" if late else ""))
    if dice.chance(70) and (rows := made.tables.get("targets")):
        for row in rows:
            if row["sign"] == "定性":
                continue
            why = f"，没有达到目标，原因是{row['variance_reason']}" if row["variance_reason"] else ""
            told.append(
                f"{row['name']}年度指标值{row['sign']}{row['target']}{row['unit']}，实际完成值{row['achieved']}{row['unit']}{why}。"
            )
    return told


def _management(made: Made) -> str:
    systems = made.tables.get("systems", [])
    names = "、".join(f"《{row['name']}》" for row in systems[:3])
    told = [f"执行{names}，重大支出经集体研究后办理。" if names else "重大支出经集体研究后办理，报销凭证由两人复核。"]
    if made.figure("procurement.planned"):
        told.append("采购按批准的计划组织，合同签订后及时公告，验收由使用科室和资产管理员共同签字。")
    if made.figure("fixed_assets.total"):
        told.append("固定资产每年盘点一次，报废处置按规定报批，收入上缴。")
    told.append("预算绩效目标随预算一并编制，年中对项目开展监控，发现进度偏慢的提醒责任科室。")
    told.append(
        "资金审批按授权分级办理，票据、合同和验收单一并归档；内部监督由办公室每半年开展一次，发现的差错当月改正。"
    )
    told.append("档案、公务用车和办公用品由专人登记，领用和归还都有记录。")
    return "".join(told)


def _texts(made: Made) -> dict[str, Any]:
    kind = made.kind
    texts: dict[str, Any] = {
        "unit.full_name": kind.name, "unit.short_name": kind.short_name, "unit.year": made.year, "unit.coverage": made.coverage,
        "unit.duties": "；".join(kind.duties) + "。", "unit.structure": f"内设{'、'.join(kind.departments)}等机构。",
        "unit.general_aim": f"围绕{'、'.join(field.name for field in kind.fields)}安排年度工作，把资金用在重点事项上。",
        "unit.annual_goal": f"按期完成{'、'.join(name for field in kind.fields for name, _ in field.tasks[:1])}等任务，支出规范，服务对象认可。",
        "unit.notice": "财政部门关于开展部门整体支出绩效自评工作的通知", "unit.budget_basis": "财政部门关于编制部门预算的通知",
        "unit.disclosure_basis": "财政部门关于预算公开的通知",
        "unit.evaluation_work": "成立自评小组，由财务人员收集各科室数据，对照指标逐项打分，经集体研究后上报。",
        "unit.result_use": "自评结果用于编制下一年度预算和改进项目管理，并随决算公开。", "unit.suggestions": "建议统一相近指标的统计口径。",
        "management.result_use": "监控和自评结果用于压减进度偏慢的项目。",
    }  # fmt: skip
    reasons = {
        "accounts.reason": "人员变动和项目安排与上年不同。", "adjustments.reason": "落实上级政策和据实调整项目经费。",
        "three_public.reason": "按实际公务活动安排，公务用车维修次数和接待批次有变化。",
    }  # fmt: skip
    grids = {"variance_reason", "three_public", "income", "procurement"}
    for id, spec in made.specs.items():
        if spec.type == "text" and id.endswith("variance_reason") and id.split(".")[0] in grids and id.count(".") == 2:
            row = id.rpartition(".")[0]
            if any(made.values.get(f"{row}.{column}") for column in ("final_accounts", "actual")):
                reasons[id] = "按实际业务安排，与年初计划略有不同"
    return texts | reasons
