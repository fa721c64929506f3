"""Every lost mark: what the rule saw (as slots), the cause that people gave, and the problem that stands for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from assistant.briefs.brief import Deduction, Problem
from assistant.briefs.remarks import no_reason, says_nothing
from assistant.briefs.written import cell_source, entry_source, same_name, written, written_cell
from assistant.frameworks import Indicator, Part
from assistant.intake import Case
from assistant.intake.materials import unslotted
from assistant.rules import Bands, Step, TargetRule
from assistant.scorecard import LeafMarks, PartMarks, Scorecard
from assistant.slots import stray_numbers

INCOMPLETE_TASKS, PROJECTS_ON_TIME = "count.key_tasks.incomplete", "project_completion_rate"
_REASONS = {
    "three_public.reason": (
        "three_public_control_rate",
        "three_public_change_rate",
        "three_public_accounts_change_rate",
    ),
    "adjustments.reason": ("budget_adjustment_rate", "budget_reduction_rate"),
}
"""A text field that gives the reason of these measures, wherever one of them costs marks."""


def read_problems(case: Case) -> tuple[Problem, ...]:
    """The problems of the workbook, those left 无 aside."""
    found: list[Problem] = []
    for row in case.rows("problems"):
        text = written_cell(case, "problems", row, "problem")
        if says_nothing(text):
            continue
        cause, measure = (written_cell(case, "problems", row, name) for name in ("cause", "measure"))
        found.append(
            Problem(
                len(found) + 1, text, "" if says_nothing(cause) else cause, "" if says_nothing(measure) else measure,
                unslotted(row.text("department")), unslotted(row.text("deadline")), sources=cell_source(row, "problem"),
            )
        )  # fmt: skip
    return tuple(found)


def read_deductions(case: Case, card: Scorecard) -> tuple[Deduction, ...]:
    """The leaves that lost marks, in the order of the form."""
    problems = [row for row in case.rows("problems") if not says_nothing(row.text("problem"))]
    notes = case.rows("deductions")
    nodes = {leaf.indicator.id: leaf.indicator for leaf in case.framework.leaves()}
    names = names_of(card)
    found = []
    for leaf in card.leaves:
        if leaf.lost <= 0 or leaf.marks is None:
            continue
        said = [
            (written_cell(case, "deductions", row, "note"), cell_source(row, "note"))
            for row in notes if same_name(row.text("indicator"), *names[leaf.id])
        ]  # fmt: skip
        said = [(text, source) for text, source in said if not no_reason(text)] or [
            (text, source) for text, source in _reasons(case, leaf) if not no_reason(text)
        ]
        open_ends: tuple[str, ...] = ()
        if not said:
            said, open_ends = _known(case, nodes[leaf.id])
        problem = next((n for n, row in enumerate(problems, 1) if same_name(row.text("indicator"), *names[leaf.id])), 0)
        found.append(
            Deduction(
                leaf.id, leaf.called, leaf.full_marks, leaf.marks, _why(case, card, nodes[leaf.id], leaf),
                "；".join(dict.fromkeys(text.rstrip("。；") for text, _ in said)), leaf.basis == "declared", problem,
                tuple(dict.fromkeys(place for _, source in said for place in source)), open_ends if said else (),
                sum(map(_lost, leaf.parts)) > 1 and not _veto(case, card, nodes[leaf.id]),
            )
        )  # fmt: skip
    return tuple(found)


def names_of(card: Scorecard) -> dict[str, tuple[str, ...]]:
    """Leaf id -> the names by which people may write it: as a text calls it, 二级指标／三级指标, and the bare name if no other lost
    marks under it."""
    lost = Counter(leaf.name for leaf in card.leaves if leaf.lost > 0)
    return {
        leaf.id: (leaf.called, "／".join(leaf.path[-2:]), *((leaf.name,) if lost[leaf.name] < 2 else ()))
        for leaf in card.leaves
    }


def linked(problems: tuple[Problem, ...], deductions: tuple[Deduction, ...]) -> tuple[Problem, ...]:
    """The problems with the deductions they stand for."""
    return tuple(
        replace(problem, deductions=tuple(d for d in deductions if d.problem == problem.number)) for problem in problems
    )


def _reasons(case: Case, leaf: LeafMarks) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What stands beside the marks of the leaf and of the parts that lost some."""
    keys = [f"reason.{leaf.id}"]
    keys += [f"reason.{leaf.id}.{n}" for n, part in enumerate(leaf.parts, 1) if _lost(part)]
    for key in keys:
        if key in case.entries:
            yield written(case, key), entry_source(case, key)


def _known(case: Case, node: Indicator) -> tuple[list[tuple[str, tuple[str, ...]]], tuple[str, ...]]:
    """Causes that stand elsewhere in the workbook, and the tasks or projects of which none is given."""
    said: list[tuple[str, tuple[str, ...]]] = []
    open_ends: list[str] = []
    measures = {part.measure for part in node.parts}
    for table, measure, name, column, state in (
        ("key_tasks", INCOMPLETE_TASKS, "task", "note", "status"),
        ("projects", PROJECTS_ON_TIME, "name", "reason", "on_time"),
    ):
        for row in case.rows(table) if measure in measures else ():
            if row.text(state) not in ("部分完成", "未完成", "否") or not row.text(name):
                continue
            told = re.split("[，。；：]", written_cell(case, table, row, name))[0]
            cause = written_cell(case, table, row, column)
            how = "没有按期完成" if row.text(state) == "否" else row.text(state)
            if no_reason(cause):
                open_ends.append(told)
            else:
                said.append((f"“{told}”{how}：{cause}", cell_source(row, column)))
    for row in case.rows("targets"):
        cause = written_cell(case, "targets", row, "variance_reason")
        if f"targets.{row.number}" in measures and not no_reason(cause):
            said.append((cause, cell_source(row, "variance_reason")))
    for field, explained in _REASONS.items():
        cause = written(case, field)
        if not measures.isdisjoint(explained) and not no_reason(cause):
            said.append((cause, entry_source(case, field)))
    return said, tuple(open_ends)


def _lost(part: PartMarks) -> bool:
    return part.marks is not None and part.marks < part.full_marks


def _why(case: Case, card: Scorecard, node: Indicator, leaf: LeafMarks) -> str:
    """The rule's side in words and slots; "" where only a person's mark stands."""
    if veto := _veto(case, card, node):
        return veto
    if leaf.basis == "declared":
        return ""
    told = []
    for number, (part, marks) in enumerate(zip(node.parts, leaf.parts, strict=True), 1):
        if _lost(marks):
            told.append(_part(case, card, f"{node.id}.{number}", part, marks))
    return "；".join(_merged([text for text in told if text]))


def _veto(case: Case, card: Scorecard, node: Indicator) -> str:
    if node.zero_if is None:
        return ""
    if node.zero_if.occurred and case.text(f"answer.{node.id}.veto") == "有":
        return f"有{node.zero_if.occurred}，按标准本项不得分"
    if node.zero_if.above:
        high, low = (card.ledger.get(id) for id in node.zero_if.above)
        if high and low and high.value > low.value:
            return f"[[{high.id}]]大于[[{low.id}]]，按标准本项不得分"
    return ""


def _part(case: Case, card: Scorecard, key: str, part: Part, marks: PartMarks) -> str:
    rule = part.rule
    if rule.kind == "target":
        return _target(rule, part.measure, card)
    if rule.kind == "judged":
        return f"[[{part.measure}]]，酌情扣分" if part.measure in card.ledger else f"“{marks.name}”酌情扣分"
    if part.measure and rule.kind != "violations":
        if part.measure not in card.ledger:
            return f"{marks.name}无法计算，按标准不得分"
        slot = f"[[{part.measure}]]"
        if rule.kind == "bands":
            return f"{slot}，{_band(rule, marks)}，按标准扣分"
        if isinstance(rule, Step) and rule.at_least is not None and (marks.value or 0) < rule.at_least:
            return f"{slot}，不足部分按标准扣分"
        return f"{slot}，按比例扣分" if rule.kind == "linear" else f"{slot}，超出部分按标准扣分"
    if rule.kind == "violations":
        count = f"[[{part.measure}:value]]" if part.measure in card.ledger else ""
        return f"有{rule.item}{count}，按标准扣分"
    if rule.kind == "checklist":
        unmet = [
            item.text for n, item in enumerate(rule.items, 1)
            if case.text(f"answer.{key}.{n}") == "不符合" and not stray_numbers(item.text)
        ]  # fmt: skip
        return f"“{'”“'.join(unmet)}”不符合要求，按标准扣分" if unmet else "部分评价要点不符合要求，按标准扣分"
    if rule.kind == "grades":
        return f"{marks.name}：{case.text(f'answer.{key}')}，按标准扣分"
    return f"“{marks.name}”酌情扣分"


def _target(rule: TargetRule, measure: str, card: Scorecard) -> str:
    """A target that was missed, or one without numbers that a person marked below its share."""
    row = next(target for target in card.ledger.targets if target.id == measure)
    if not (row.target and row.achieved):
        return f"{row.state or '定性指标'}，在规定的分值区间内评分"
    how = "按标准不得分" if rule.missed == "zero" else "按完成率计分"
    return f"年度指标值{row.sign}[[{row.target}:value]]，实际完成值[[{row.achieved}:value]]，没有达到目标，{how}"


def _band(rule: Bands, marks: PartMarks) -> str:
    """Which band the value fell into, without the thresholds: those stand in the score table."""
    ranked = sorted({band.marks for band in rule.bands}, reverse=True)
    place = ranked.index(marks.marks) if marks.marks in ranked else len(ranked) - 1
    if place == len(ranked) - 1:
        return "落在评分标准的最低档"
    return "未达到满分档，落在评分标准的中间档"


def _merged(told: list[str]) -> list[str]:
    """Slots that share their ending are told together: [[q1]]、[[q2]]，按比例计分."""
    groups: dict[str, list[str]] = {}
    for text in told:
        slot, comma, tail = text.partition("，")
        alone = slot.startswith("[[") and comma
        groups.setdefault(tail if alone else text, []).append(slot if alone else "")
    return [f"{'、'.join(slots)}，{tail}" if any(slots) else tail for tail, slots in groups.items()]
