"""One pure function per kind of rule: what was measured or answered -> marks and the reason in one Chinese line.

Nothing here rounds; the scorecard rounds to the framework's places.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from assistant.rules.kinds import (
    Bands,
    Bonus,
    Checklist,
    Grades,
    Linear,
    Rule,
    State,
    Step,
    TargetRule,
    Violations,
    show,
    show_marks,
)

_HUNDRED = Decimal(100)
_ZERO = Decimal(0)
CHECK_ANSWERS = ("符合", "部分符合", "不符合", "不适用")


class Outcome(NamedTuple):
    """Marks before rounding, why, and which branch of the rule was taken (see `branches`)."""

    marks: Decimal
    reason: str
    branch: str = ""


def bands(rule: Bands, value: Decimal, shown: str, name: str) -> Outcome:
    """The exact value decides, not the printed one."""
    number, band = next((n, band) for n, band in enumerate(rule.bands, 1) if band.holds(value))
    words = band.words(name, rule.unit).replace("“", "‘").replace("”", "’")
    return Outcome(band.marks, f"{name}{shown}，落在“{words}”一档，得{show(band.marks)}分", f"band {number}")


def linear(rule: Linear, value: Decimal, shown: str, name: str, full: Decimal) -> Outcome:
    """Pro rata between `zero_at` and `full_at`, no less than 0 and no more than the ceiling."""
    falling = rule.full_at < rule.zero_at
    if rule.least is not None and (value > rule.least if falling else value < rule.least):
        return Outcome(_ZERO, f"{name}{shown}，{'高于' if falling else '低于'}{show(rule.least)}%，不得分", "least")
    share = (value - rule.zero_at) / (rule.full_at - rule.zero_at)
    if share < 0:
        return Outcome(_ZERO, f"{name}{shown}，不得分", "nothing")
    capped = rule.ceiling is not None and share > rule.ceiling
    if rule.ceiling is not None:
        share = min(share, rule.ceiling)
    tail = f"，以{show_marks(full * share)}分为限" if capped else ""
    return Outcome(full * share, f"{_share(rule, name + shown, full)}{tail}", "ceiling" if capped else "share")


def _share(rule: Linear, what: str, full: Decimal) -> str:
    """How the share is computed, in signs: 完成率96%÷98%×2分."""
    if rule.zero_at:
        return f"（{what}－{show(rule.zero_at)}%）÷（{show(rule.full_at)}%－{show(rule.zero_at)}%）×{show(full)}分"
    over = "" if rule.full_at == _HUNDRED else f"÷{show(rule.full_at)}%"
    return f"{what}{over}×{show(full)}分"


def step(rule: Step, value: Decimal, shown: str, name: str, full: Decimal) -> Outcome:
    """Full marks inside the range; outside it so many points per step, by the rule's reading."""
    if rule.at_most is not None and value > rule.at_most:
        edge, word, branch = rule.at_most, "超过", "above"
    elif rule.at_least is not None and value < rule.at_least:
        edge, word, branch = rule.at_least, "低于", "below"
    else:
        return Outcome(full, f"{name}{shown}，{_within(rule)}，得{show(full)}分", "full")
    excess = abs(value - edge) if rule.of == "points" else abs(value - edge) / abs(edge) * _HUNDRED
    steps = excess / rule.each
    if rule.reading != "pro_rata":
        steps = steps.to_integral_value(ROUND_FLOOR if rule.reading == "whole" else ROUND_CEILING)
    lost = min(full, steps * rule.deduct)
    if lost == full:
        branch = "nothing"
    told = f"按标准扣{show_marks(lost)}分" if lost else f"不足{show(rule.each)}{rule.step_unit}，按标准不扣分"
    return Outcome(full - lost, f"{name}{shown}，{word}{show(edge)}{rule.edge_unit}，{told}", branch)


def _within(rule: Step) -> str:
    unit = rule.edge_unit
    if rule.at_least is None:
        return f"未超过{show(rule.edges[0])}{unit}"
    if rule.at_most is None:
        return f"不低于{show(rule.at_least)}{unit}"
    if rule.at_least == rule.at_most:
        return f"等于{show(rule.at_least)}{unit}"
    return f"在{show(rule.at_least)}{unit}至{show(rule.at_most)}{unit}之间"


def violations(rule: Violations, count: Decimal, full: Decimal) -> Outcome:
    """Points off per item, no lower than 0."""
    lost = min(full, count * rule.each)
    if not count:
        return Outcome(full, f"没有{rule.item}，得{show(full)}分", "none")
    return Outcome(
        full - lost,
        f"{rule.item}{show(count)}项，每项扣{show_marks(rule.each)}分，扣{show_marks(lost)}分",
        "nothing" if lost == full else "some",
    )


def checklist(rule: Checklist, answers: Sequence[str]) -> Outcome:
    """`answers` in the order of the items: 符合, 部分符合, 不符合 or 不适用."""
    marks = _ZERO
    for item, answer in zip(rule.items, answers, strict=True):
        if answer == "部分符合" and item.partial is not None:
            marks += item.partial
        elif answer in ("符合", "不适用"):
            marks += item.marks
    told = []
    for word in CHECK_ANSWERS:
        numbers = [str(n) for n, answer in enumerate(answers, 1) if answer == word]
        if numbers:
            told.append(f"第{'、'.join(numbers)}项{word}")
    branch = " ".join(f"{n}:{answer}" for n, answer in enumerate(answers, 1))
    return Outcome(marks, f"{'，'.join(told)}，得{show_marks(marks)}分", branch)


def grades(rule: Grades, answer: str) -> Outcome:
    """The chosen grade's marks."""
    grade = next(grade for grade in rule.grades if grade.label == answer)
    return Outcome(grade.marks, f"{grade.label}，得{show_marks(grade.marks)}分", grade.label)


def completion(sign: str, target: Decimal, achieved: Decimal) -> Decimal | None:
    """完成率 in %, in the target's direction: ≥ achieved÷target, ≤ target÷achieved, = the smaller over the larger.

    None where it has no value: a target of 0, something below 0, or ≤ with nothing achieved (met, but no rate).
    """
    if achieved < 0 or target < 0:
        return None
    if sign == "≥":
        return achieved / target * _HUNDRED if target else None
    if sign == "≤":
        return target / achieved * _HUNDRED if achieved else None
    low, high = sorted((target, achieved))
    return low / high * _HUNDRED if high else _HUNDRED


def met(sign: str, target: Decimal, achieved: Decimal) -> bool:
    """Whether the target is reached in its direction."""
    return achieved >= target if sign == "≥" else achieved <= target if sign == "≤" else achieved == target


def target(
    rule: TargetRule, sign: str, wanted: tuple[Decimal, str], got: tuple[Decimal, str], full: Decimal
) -> Outcome:
    """A target with numbers: (value, as printed) wanted and reached."""
    told = f"年度指标值{sign}{wanted[1]}，实际完成值{got[1]}"
    if met(sign, wanted[0], got[0]):
        return Outcome(full, f"{told}，达到目标，得{show(full)}分", "met")
    rate = completion(sign, wanted[0], got[0])
    if rule.missed == "zero" or rate is None:
        return Outcome(_ZERO, f"{told}，未达到目标，按标准不得分", "missed")
    if rule.least is not None and rate < rule.least:
        return Outcome(_ZERO, f"{told}，完成率{_rate(rate)}，低于{show(rule.least)}%，按标准不得分", "least")
    marks = full * rate / _HUNDRED
    return Outcome(marks, f"{told}，未达到目标，按完成率{_rate(rate)}得{show_marks(marks)}分", "missed")


def _rate(value: Decimal) -> str:
    """A completion that is short of 100 % must not print as 100 %."""
    rounded = (value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for places in range(2, 13))
    return f"{next(number for number in rounded if number < _HUNDRED)}%"


def state_range(rule: TargetRule, label: str, full: Decimal) -> tuple[Decimal, Decimal] | None:
    """The marks between which a person decides for a 定性 target; None where the rule knows no such state."""
    found: State | None = next((state for state in rule.states if state.label == label), None)
    return None if found is None else (full * found.least / _HUNDRED, full * found.most / _HUNDRED)


def bonus(rule: Bonus, marks: Sequence[Decimal]) -> Outcome:
    """The rows added up, within the limits."""
    total = sum(marks, _ZERO)
    if rule.most is not None and total > rule.most:
        return Outcome(rule.most, f"加减分事项合计{show(total)}分，以{show(rule.most)}分为限", "most")
    if rule.least is not None and total < rule.least:
        return Outcome(rule.least, f"加减分事项合计{show(total)}分，最低{show(rule.least)}分", "least")
    return Outcome(total, f"加减分事项{len(marks)}项，合计{show(total)}分", "rows")


def branches(rule: Rule, full: Decimal, low: Decimal | None = _ZERO, high: Decimal | None = None) -> frozenset[str]:
    """Every branch that an input can take, as `Outcome.branch` names it; a test of the rule must reach them all.

    `low` and `high`: what the measure can be at all (None: no limit on that side).
    """
    match rule:
        case Bands():
            return frozenset(f"band {n}" for n in range(1, len(rule.bands) + 1))
        case Linear():
            return _of_linear(rule, full, low, high)
        case Step():
            return _of_step(rule, full, low, high)
        case Violations():
            return frozenset({"none", "nothing"} | ({"some"} if rule.each < full else set()))
        case Checklist():
            return frozenset(
                f"{n}:{answer}"
                for n, item in enumerate(rule.items, 1)
                for answer in ("符合", "不符合", *(("部分符合",) if item.partial is not None else ()))
            )
        case Grades():
            return frozenset(grade.label for grade in rule.grades)
        case TargetRule():
            found = {"met", "missed"} | ({"least"} if rule.least is not None else set())
            return frozenset(found | {f"state {state.label}" for state in rule.states})
        case Bonus():
            found = {"rows"} | ({"most"} if rule.most is not None else set())
            return frozenset(found | ({"least"} if rule.least is not None else set()))
    return frozenset()


def _of_linear(rule: Linear, full: Decimal, low: Decimal | None, high: Decimal | None) -> frozenset[str]:
    falling = rule.full_at < rule.zero_at
    worst, best = (high, low) if falling else (low, high)
    found = {"share"}
    if rule.ceiling is not None and (best is None or linear(rule, best, "", "", full).branch == "ceiling"):
        found.add("ceiling")
    if rule.least is not None:
        found.add("least")
    beyond = rule.least is None or (rule.least > rule.zero_at if falling else rule.least < rule.zero_at)
    if beyond and (worst is None or (worst > rule.zero_at if falling else worst < rule.zero_at)):
        found.add("nothing")
    return frozenset(found)


def _of_step(rule: Step, full: Decimal, low: Decimal | None, high: Decimal | None) -> frozenset[str]:
    found = {"full"}
    for edge, end, side in ((rule.at_most, high, "above"), (rule.at_least, low, "below")):
        if edge is None or edge == end:
            continue
        if rule.deduct < full or rule.reading != "started":
            found.add(side)
        if end is None or step(rule, end, "", "", full).branch == "nothing":
            found.add("nothing")
    return frozenset(found)
