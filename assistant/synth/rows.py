"""The tables of a made-up case: tasks, projects, targets, surveys, lists; counts and sums follow from the rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from assistant.frameworks import Indicator
from assistant.numbers import round_half_up
from assistant.rules import TargetRule, met
from assistant.synth.made import Made
from assistant.synth.words import Dice, Words

_ZERO, _CENT = Decimal(0), Decimal("0.01")
Rows = list[dict[str, Any]]


def fill_tables(made: Made, figures: dict[str, Any], dice: Dice, words: Words) -> None:
    """Put the rows that the framework's workbook has tables for, and the totals that they add up to."""
    tasks = _tasks(made, dice, words)
    projects = _projects(made, figures, dice, words)
    surveys = _surveys(made, figures, dice)
    tables = {
        "key_tasks": tasks, "projects": projects, "targets": list(_targets(made, figures, dice, words)), "surveys": surveys,
        "adjustments": _adjustments(figures, made), "disclosures": _disclosures(made), "systems": _systems(made, dice, words),
        "prior_problems": _prior_problems(made, dice), "awards": _awards(made, dice), "weights": _weights(made, dice),
    }  # fmt: skip
    made.tables |= {name: rows for name, rows in tables.items() if name in made.table_names and rows}
    done = sum(row["status"] == "完成" for row in tasks)
    planned = dice.whole(20, 60)
    completed = planned - (dice.whole(1, 3) if dice.chance(30) else 0)
    on_time = [row for row in projects if row["on_time"] == "是"]
    for ratio in made.framework.ratios:
        if ratio.value.ratio and ratio.value.ratio[0] == "initial_budget.key":
            figures["initial_budget.key"] = dice.share(figures[ratio.value.ratio[1]], 820, 970)
    made.put(figures)
    made.put({
        "work.planned": planned, "work.completed": completed, "work.on_time": completed - (1 if dice.chance(30) else 0),
        "work.qualified": completed, "work.key_assigned": len(tasks), "work.key_completed": done,
        "projects.initial_count": len(projects), "projects.count": len(projects), "projects.planned": len(projects),
        "projects.with_targets": sum(row["has_targets"] == "是" for row in projects), "projects.completed": len(on_time),
        "projects.annual_budget": figures["annual_budget.project"], "projects.executed": figures["final_accounts.project"],
    })  # fmt: skip


def _tasks(made: Made, dice: Dice, words: Words) -> Rows:
    rows: Rows = []
    for field in made.kind.fields:
        for name, _ in field.tasks:
            done = not dice.chance(8)
            rows.append({
                "field": field.name, "task": name, "department": dice.one(made.kind.departments), "deadline": f"{made.year}年12月",
                "status": "完成" if done else dice.one(("部分完成", "未完成")), "note": "" if done else dice.one(words.unfinished),
                "evidence": f"R{len(rows) + 1:02d}",
            })  # fmt: skip
    return rows


def _projects(made: Made, figures: dict[str, Any], dice: Dice, words: Words) -> Rows:
    names = dice.some(made.kind.projects, 3, 6)
    initial = dice.split(figures["initial_budget.project"], len(names))
    annual = dice.split(figures["annual_budget.project"], len(names))
    rate = figures["final_accounts.project"] / figures["annual_budget.project"]
    executed = [(amount * rate).quantize(Decimal("0.01")) for amount in annual[:-1]]
    executed.append(figures["final_accounts.project"] - sum(executed, _ZERO))
    rows = []
    for name, first, budget, spent in zip(names, initial, annual, executed, strict=True):
        late = dice.chance(10)
        rows.append({
            "name": name, "initial_budget": first, "annual_budget": budget, "executed": spent, "has_targets": "是",
            "on_time": "否" if late else "是", "reason": dice.one(words.unfinished) if late else "",
            "department": dice.one(made.kind.departments),
        })  # fmt: skip
    return rows


def _targets(made: Made, figures: dict[str, Any], dice: Dice, words: Words) -> Iterator[dict[str, Any]]:
    """Targets of the unit; under nodes that a unit fills itself they carry 分值 that add up to the node's."""
    own = [node for node in made.framework.nodes() if node.own]
    chosen: dict[str, list[dict[str, Any]]] = {}
    for level2, name, sign, unit, least, most in made.kind.targets:
        level1 = (
            "满意度指标"
            if "满意度" in level2
            else "产出指标"
            if level2 in ("数量指标", "质量指标", "时效指标")
            else "效益指标"
        )
        row = (
            _satisfied(figures, dice, words, least, most)
            if level1 == "满意度指标"
            else _target(dice, words, sign, unit, least, most)
        )
        row |= {"level1": level1, "level2": level2, "name": name, "department": dice.one(made.kind.departments), "origin": "申报",
                "data_source": "业务台账", "evidence": f"T{sum(map(len, chosen.values())) + 1:02d}"}  # fmt: skip
        chosen.setdefault(level1, []).append(row)
    for level1, rows in chosen.items():
        node = next((n for n in own if level1 in (n.name, *n.own_names)), None)
        if node is not None:
            _shares(node, rows, dice)
        yield from rows


def _target(dice: Dice, words: Words, sign: str, unit: str, least: int, most: int) -> dict[str, Any]:
    missed = dice.chance(15)
    reason = dice.one(words.short_of_target) if missed else ""
    if sign == "定性":
        state = "部分达成" if missed else "达成"
        return {"sign": sign, "target": "按年度方案落实", "achieved": "已按方案落实" if not missed else "方案中的一项顺延",
                "state": state, "variance_reason": reason}  # fmt: skip
    wanted = dice.whole(least, most)
    percent = unit == "%"
    way = 1 if sign == "≥" else -1
    gap = dice.whole(2, 12) if not percent else dice.whole(1, 4)
    change = wanted * gap // 100 if not percent else gap
    got = wanted - way * max(1, change) if missed else wanted + way * dice.whole(0, change)
    got = min(got, 100) if percent else got
    if not met(sign, Decimal(wanted), Decimal(got)) and not reason:
        got = wanted
    return {"sign": sign, "target": wanted, "unit": unit, "achieved": got, "variance_reason": reason}


def _satisfied(figures: dict[str, Any], dice: Dice, words: Words, least: int, most: int) -> dict[str, Any]:
    """The target of 满意度, reached or not by what the surveys found."""
    got = round_half_up(Decimal(100 * figures["satisfaction.satisfied"]) / figures["satisfaction.valid"], _CENT)
    wanted = max(least, min(most, int(got) - dice.whole(0, 4)))
    reason = "" if met("≥", Decimal(wanted), got) else dice.one(words.dissatisfied)
    return {"sign": "≥", "target": wanted, "unit": "%", "achieved": got, "variance_reason": reason}


def _shares(node: Indicator, rows: Rows, dice: Dice) -> None:
    """分值 of the rows under a node, whole where they can be; a 定性 row gives itself marks within its state's range."""
    each = int(node.full_marks) // len(rows)
    rule = node.parts[0].rule
    for number, row in enumerate(rows):
        row["own"] = "是"
        row["full_marks"] = each if number else int(node.full_marks) - each * (len(rows) - 1)
        if row["sign"] == "定性" and isinstance(rule, TargetRule):
            state = next((s for s in rule.states if s.label == row["state"]), None)
            share = 100 if row["state"] == "达成" else dice.whole(int(state.least), int(state.most)) if state else 70
            row["marks"] = (Decimal(row["full_marks"]) * share / 100).quantize(Decimal("0.01"))


def _surveys(made: Made, figures: dict[str, Any], dice: Dice) -> Rows:
    """One or two surveys whose counts add up to the sheet of satisfaction."""
    valid, satisfied = figures["satisfaction.valid"], figures["satisfaction.satisfied"]
    first = valid if dice.chance(60) else valid // 2
    rows = []
    share = satisfied * first // valid
    for name, count, liked in (("服务对象", first, share), ("社区居民", valid - first, satisfied - share)):
        if not count:
            continue
        returned = count + dice.whole(0, 12)
        issued = returned + dice.whole(0, 40)
        rows.append({
            "name": f"{made.year}年{name}满意度调查", "respondents": name, "population": issued * 10, "issued": issued, "returned": returned,
            "valid": count, "satisfied": liked, "method": "非常满意和满意计为满意", "time": f"{made.year}年12月",
        })  # fmt: skip
    return rows


def _adjustments(figures: dict[str, Any], made: Made) -> Rows:
    moved, within, excluded = figures.pop("_adjustment_rows")
    rows: Rows = []
    way = "追加" if moved > 0 else "追减"
    for item, amount, kind, basis in (
        ("落实上级政策调整经费", excluded, way, "上级文件"), ("据实调整项目经费", abs(moved) - excluded, way, ""), ("项目之间调剂", within, "调剂", ""),
    ):  # fmt: skip
        if amount:
            rows.append({"item": item, "date": f"{made.year}年9月", "direction": kind, "amount": amount,
                         "excluded": "是" if basis else "否", "basis": basis})  # fmt: skip
    return rows


def _disclosures(made: Made) -> Rows:
    site = "政府门户网站"
    return [
        {"item": "预算公开", "approved": f"{made.year}年1月28日", "published": f"{made.year}年2月10日", "site": site},
        {"item": "决算公开", "approved": f"{made.year}年8月20日", "published": f"{made.year}年9月4日", "site": site},
    ]


def _systems(made: Made, dice: Dice, words: Words) -> Rows:
    return [
        {"name": f"{made.kind.short_name}{name}", "category": category, "status": "已执行"}
        for name, category in dice.some(words.systems, 3, 6)
    ]


def _prior_problems(made: Made, dice: Dice) -> Rows:
    if not dice.chance(60):
        return []
    return [{"problem": "合同归档不及时", "measure": "签订后十日内归档", "result": "合同已按时归档，抽查没有发现逾期"}]


def _awards(made: Made, dice: Dice) -> Rows:
    if not any(node.bonus for node in made.framework.nodes()) or not dice.chance(50):
        return []
    return [{"item": "工作经验被上级部门简报采用", "authority": "示例市有关部门", "date": f"{made.year}年11月", "level": "市级", "marks": 1, "evidence": "J01"}]  # fmt: skip


def _weights(made: Made, dice: Dice) -> Rows:
    """A share moved between two leaves of one parent, where the framework lets a unit do so."""
    if not made.framework.reweighting or not dice.chance(35):
        return []
    names = [leaf.indicator.name for leaf in made.framework.leaves()]
    for parent in made.framework.nodes():
        pair = [
            c for c in parent.children if c.is_leaf and names.count(c.name) == 1 and c.full_marks >= 2 and not c.bonus
        ]
        if len(pair) >= 2:
            first, second = pair[:2]
            return [
                {"indicator": first.name, "full_marks": first.full_marks + 1, "basis": "按年度工作重点调整"},
                {"indicator": second.name, "full_marks": second.full_marks - 1, "basis": "按年度工作重点调整"},
            ]
    return []
