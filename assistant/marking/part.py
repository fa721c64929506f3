"""One part of a leaf under its rule: by figures, by a target, by answers, by a person's judgement."""

from __future__ import annotations

from decimal import Decimal

from assistant import rules
from assistant.frameworks import Indicator, Part
from assistant.indicators import Measure, Measures
from assistant.intake import Case
from assistant.intake.tailor import own_targets, own_trouble
from assistant.ledger import Target
from assistant.marking.model import PartMarks
from assistant.numbers import to_places
from assistant.rules import Bonus, Outcome, TargetRule, show

_ZERO = Decimal(0)
_SHOWN_PLACES = 4


def declared(case: Case, id: str, most: Decimal) -> Decimal | None:
    """A mark that was handed in, if it is one that can be."""
    entry = case.entries.get(id)
    return entry.number if entry is not None and entry.number is not None and 0 <= entry.number <= most else None


def handed_in(case: Case, marks: Decimal, reason: str) -> str:
    """How a mark without its data is told of."""
    why = case.text(reason) or "未说明依据"
    return f"直接填报{show(marks)}分，未复核（{why.rstrip('。')}）"


def mark_part(node: Indicator, number: int, part: Part, case: Case, measures: Measures) -> PartMarks:
    """The part's marks under its rule, else those handed in for it."""
    names = case.framework.ratio_names
    name = part.text or names.get(part.measure, node.name)
    key = f"{node.id}.{number}"
    if part.rule.kind == "target":
        found = _target(part.rule, part, case, node)
    elif part.measure and part.rule.kind != "judged":
        found = _computed(part, names.get(part.measure, name), measures, case.text(f"reason.{key}").rstrip("。"))
    else:
        found = _by_person(part, key, case, measures)
    if found.marks is None and found.basis == "missing":
        given = declared(case, f"marks.{key}", part.full_marks)
        if given is not None:
            found = PartMarks(given, "declared", handed_in(case, given, f"reason.{key}"))
    exact = found.marks
    if exact is not None and case.framework.rounding == "part":
        exact = to_places(exact, case.framework.places)
    shown = None if exact is None else _shown(exact)
    return PartMarks(
        shown, found.basis, found.reason, found.value, name, part.full_marks, found.missing, exact, part.measure,
        found.branch, found.waived,
    )  # fmt: skip


def _shown(exact: Decimal) -> Decimal:
    """Marks of a part as they are shown; those that are short enough stay as they are."""
    short = to_places(exact, _SHOWN_PLACES)
    return exact if short == exact else short


def _computed(part: Part, name: str, measures: Measures, why: str) -> PartMarks:
    """A part that a measure decides: bands, linear, step, or violations counted from a table. `why` a rate was handed in."""
    result = measures.of(part.measure)
    if result.undefined:
        return _undefined(part, result)
    if result.value is None:
        return PartMarks(None, "missing", f"缺少{'、'.join(result.missing_labels)}", missing=result.missing)
    outcome = of_measure(part, result.value, result.shown, name)
    given = f"（该比率为直接填报，没有分子分母{f'；{why}' if why else ''}）" if result.given else ""
    return PartMarks(outcome.marks, "computed", outcome.reason + given, result.value, branch=outcome.branch)


def of_measure(part: Part, value: Decimal, shown: str, name: str) -> Outcome:
    """A measured rule applied to a value."""
    rule = part.rule
    match rule.kind:
        case "bands":
            return rules.bands(rule, value, shown, name)
        case "linear":
            return rules.linear(rule, value, shown, name, part.full_marks)
        case "step":
            return rules.step(rule, value, shown, name, part.full_marks)
        case "violations":
            return rules.violations(rule, value, part.full_marks)
        case _:
            raise AssertionError(rule.kind)


def _undefined(part: Part, result: Measure) -> PartMarks:
    """0 ÷ 0 and x ÷ 0 have no value; what they are worth is the framework's."""
    worth = part.when_unbudgeted if result.unbudgeted and part.when_unbudgeted else part.when_undefined
    branch = f"undefined {worth}"
    match worth:
        case "full":
            return PartMarks(part.full_marks, "computed", f"{result.undefined}，按规则得满分", branch=branch)
        case "zero":
            return PartMarks(_ZERO, "computed", f"{result.undefined}，按规则不得分", branch=branch)
        case "not_applicable":
            told = f"{result.undefined}，不适用"
            return PartMarks(part.full_marks, "not_applicable", told, branch=branch, waived=result.undefined)
    told = f"{result.undefined}，须由填报人说明如何计分"
    return PartMarks(None, "missing", told, missing=(part.measure,), branch=branch)


def _target(rule: TargetRule, part: Part, case: Case, node: Indicator) -> PartMarks:
    """A row of the sheet of targets: by its numbers, or, where it is 定性, by its state and a person's mark."""
    row = case.ledger.target(part.measure)
    if row is None:
        mine = own_targets(node, case.ledger.targets) if node.own else []
        told = f"自设指标{own_trouble(node, mine)}，没有采用" if mine else "没有填写由单位自设的指标及其分值"
        return PartMarks(None, "missing", told, missing=("targets",))
    if row.sign == "定性":
        return _by_state(rule, part, row)
    wanted, got = case.ledger.get(row.target), case.ledger.get(row.achieved)
    if wanted is None or got is None:
        lack = "年度指标值" if wanted is None else "实际完成值"
        column = "target" if wanted is None else "achieved"
        return PartMarks(None, "missing", f"没有填写{lack}或它的计量单位", missing=(f"{row.id}.{column}",))
    outcome = rules.target(
        rule, row.sign, (wanted.value, wanted.printed()), (got.value, got.printed()), part.full_marks
    )
    return PartMarks(outcome.marks, "computed", outcome.reason, got.value, branch=outcome.branch)


def _by_state(rule: TargetRule, part: Part, row: Target) -> PartMarks:
    span = rules.state_range(rule, row.state, part.full_marks)
    if span is None:
        lack = f"{row.id}.{'marks' if row.state else 'state'}"
        told = f"完成程度“{row.state}”没有计分办法" if row.state else "定性指标没有填写完成程度"
        if row.marks is None or rule.states or not 0 <= row.marks <= part.full_marks:
            return PartMarks(None, "missing", told, missing=(lack,))
        span = (_ZERO, part.full_marks)
    if row.marks is None:
        told = f"定性指标{row.state}，分值区间{show(span[0])}至{show(span[1])}分，没有填写得分"
        return PartMarks(None, "missing", told, missing=(f"{row.id}.marks",))
    if not span[0] <= row.marks <= span[1]:
        told = f"定性指标{row.state}，得分{show(row.marks)}不在{show(span[0])}至{show(span[1])}分之间"
        return PartMarks(None, "missing", told, missing=(f"{row.id}.marks",))
    state = f"定性指标{row.state}" if row.state else "定性指标"
    return PartMarks(row.marks, "judged", f"{state}，自评{show(row.marks)}分", branch=f"state {row.state}")


def _by_person(part: Part, key: str, case: Case, measures: Measures) -> PartMarks:
    """A part that a person answers or judges."""
    rule, reason = part.rule, case.text(f"reason.{key}")
    because = f"（{reason.rstrip('。')}）" if reason else ""
    if rule.kind == "checklist":
        ids = [f"answer.{key}.{n}" for n in range(1, len(rule.items) + 1)]
        answers = [case.text(id) for id in ids]
        if not all(answers):
            blank = tuple(i for i, a in zip(ids, answers, strict=True) if not a)
            return PartMarks(None, "missing", "评价要点没有逐项回答", missing=blank)
        outcome = rules.checklist(rule, answers)
        if all(answer == "不适用" for answer in answers):
            told = reason.rstrip("。") or "评价要点逐项都不适用"
            return PartMarks(part.full_marks, "not_applicable", f"{told}，不适用", branch=outcome.branch, waived=told)
        return PartMarks(outcome.marks, "answered", outcome.reason + because, branch=outcome.branch)
    if rule.kind == "judged":
        return _judged(part, key, case, because, measures)
    if rule.kind == "bonus":
        return _bonus(rule, key, case, because)
    answer = case.entries.get(f"answer.{key}")
    if answer is None or not answer.text:
        return PartMarks(None, "missing", "没有回答", missing=(f"answer.{key}",))
    if rule.kind == "violations" and answer.number is not None:
        outcome = rules.violations(rule, answer.number, part.full_marks)
    elif rule.kind == "grades" and any(g.label == answer.text for g in rule.grades):
        outcome = rules.grades(rule, answer.text)
    else:
        return PartMarks(None, "missing", f"“{answer.text}”不是可选的回答", missing=(f"answer.{key}",))
    return PartMarks(outcome.marks, "answered", outcome.reason + because, branch=outcome.branch)


def _judged(part: Part, key: str, case: Case, because: str, measures: Measures) -> PartMarks:
    """A person's mark; the measure, where there is one, stands beside it and decides nothing."""
    value, beside = None, ""
    if part.measure and (result := measures.of(part.measure)).value is not None:
        value = result.value
        beside = f"{case.framework.ratio_names.get(part.measure, part.measure)}{result.shown}，"
    marks = declared(case, f"marks.{key}", part.full_marks)
    if marks is None:
        return PartMarks(None, "missing", "没有填写自评得分", missing=(f"marks.{key}",))
    if not case.text(f"reason.{key}"):
        return PartMarks(marks, "judged", f"{beside}自评{show(marks)}分，【待补：评分理由】", value, branch="judged")
    return PartMarks(marks, "judged", f"{beside}自评{show(marks)}分{because}", value, branch="judged")


def _bonus(rule: Bonus, key: str, case: Case, because: str) -> PartMarks:
    """The rows of 加减分事项; rows without marks of their own leave the sum to a person."""
    rows = case.rows("awards")
    given = [marks for row in rows if (marks := row.decimal("marks")) is not None]
    if len(given) == len(rows):
        outcome = rules.bonus(rule, given)
        told = outcome.reason if rows else "没有填写加减分事项，计0分"
        return PartMarks(outcome.marks, "answered", told + because, sum(given, _ZERO), branch=outcome.branch)
    entry = case.entries.get(f"marks.{key}")
    marks = entry.number if entry is not None else None
    if marks is None:
        told = f"加减分事项{len(rows)}项，其中{len(rows) - len(given)}项没有填分值"
        return PartMarks(None, "missing", told, missing=(f"marks.{key}",))
    outcome = rules.bonus(rule, [marks])
    told = f"加减分事项{len(rows)}项，自评{show(outcome.marks)}分"
    return PartMarks(outcome.marks, "judged", told + (because or "，【待补：评分理由】"), branch=outcome.branch)
