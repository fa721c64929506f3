"""The sheet of questions of a made-up case: answers, marks with their reasons, 不适用; then problems and reasons for what was lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistant.indicators import Measures, measure
from assistant.intake.inputs import LeafInputs, PartInputs, questions
from assistant.marking import LeafMarks
from assistant.numbers import round_half_up
from assistant.rules import Bonus, Checklist, Grades, Violations
from assistant.scorecard import Scorecard, score
from assistant.synth.made import Made
from assistant.synth.words import Dice, Words

_HUNDRED = Decimal(100)
_WAIVED = {
    "procurement_execution": ("procurement.planned", "年度没有政府采购业务"),
    "three_public_change": ("three_public.total.prior_budget", "没有“三公”经费预算"),
    "three_public_control": ("three_public.total.budget", "没有“三公”经费预算"),
}
"""Leaves that do not apply where a figure is 0."""


def answer(made: Made, dice: Dice) -> None:
    """Every question of the framework answered; marks by judgement carry a reason and the number of a piece of evidence."""
    case = made.case()
    rates = measure(case)
    evidence: list[dict[str, Any]] = []
    for number, leaf in enumerate(questions(case.framework), 1):
        node = leaf.leaf.indicator
        if any(part.measure.startswith("targets.") for part in node.parts):
            continue
        gone = _WAIVED.get(node.id)
        if gone and gone[0] in made.values and not made.figure(gone[0]):
            made.put({leaf.waived.id: gone[1]})
            continue
        if leaf.veto is not None:
            made.put({leaf.veto.id: "无"})
        code = f"Z{number:02d}"
        asked = [part for part in leaf.parts if _is_asked(part)]
        for part in asked:
            _answer_part(made, part, dice, rates, code)
        if asked:
            evidence.append({"number": code, "name": f"{node.name}佐证材料", "indicator": node.name, "public": "是"})
    if "evidence" in made.table_names:
        made.tables["evidence"] = evidence


def _is_asked(part: PartInputs) -> bool:
    rule = part.part.rule
    return part.judged or isinstance(rule, Bonus) or bool(part.answers)


def _answer_part(made: Made, part: PartInputs, dice: Dice, rates: Measures, code: str) -> None:
    rule, full = part.part.rule, part.part.full_marks
    told: dict[str, Any] = {part.reason.id: "对照要点逐项核对，相关材料已归档", part.evidence.id: code}
    if isinstance(rule, Checklist):
        for question in part.answers:
            told[question.id] = "不符合" if dice.chance(4) else "符合"
    elif isinstance(rule, Violations):
        told[part.answers[0].id] = 1 if dice.chance(6) else 0
    elif isinstance(rule, Grades):
        best = max(rule.grades, key=lambda grade: grade.marks)
        worse = [grade for grade in rule.grades if 0 < grade.marks < best.marks]
        told[part.answers[0].id] = (dice.one(worse) if worse and dice.chance(8) else best).label
    elif part.judged:
        told[part.marks.id] = _judged(part, full, dice, rates)
    made.put(told)


def _judged(part: PartInputs, full: Decimal, dice: Dice, rates: Measures) -> Decimal:
    """A person's mark: pro rata where a rate stands beside it, else full or a little less."""
    value = rates.of(part.part.measure).value if part.part.measure else None
    if value is not None and Decimal(60) <= value < _HUNDRED and dice.chance(60):
        return round_half_up(full * value / _HUNDRED, Decimal("0.01"))
    return full if dice.chance(75) else full - min(full, Decimal(dice.whole(1, 4)) / 2)


def explain(made: Made, dice: Dice, words: Words) -> None:
    """Each lost mark as a problem with its measure (three at most), or as an entry of 扣分说明."""
    card = score(made.case())
    lost = sorted((leaf for leaf in card.leaves if leaf.lost), key=lambda leaf: -leaf.lost)
    problems, notes = [], []
    for number, leaf in enumerate(lost):
        problem, cause, measure_ = _words(leaf, words)
        if number < 3:
            problems.append({
                "problem": problem, "indicator": leaf.called, "cause": cause, "measure": measure_,
                "department": dice.one(made.kind.departments), "deadline": f"{made.year + 1}年{dice.whole(3, 9)}月底",
            })  # fmt: skip
        else:
            notes.append({"indicator": leaf.called, "note": f"{problem}，{cause}"})
    if not problems:
        problems.append({"problem": "部分工作台账更新不及时", "cause": "各科室分头登记，没有固定时间", "measure": "每月末统一登记一次",
                         "department": dice.one(made.kind.departments), "deadline": f"{made.year + 1}年3月底"})  # fmt: skip
    made.tables |= {
        name: rows
        for name, rows in (("problems", problems), ("deductions", notes))
        if rows and name in made.table_names
    }
    _handed_in(made, card, dice)


def _words(leaf: LeafMarks, words: Words) -> tuple[str, str, str]:
    problem, cause, answer_ = words.losses.get(leaf.id, words.losses["default"])
    return problem.replace("{name}", leaf.called), cause, answer_


def _handed_in(made: Made, card: Scorecard, dice: Dice) -> None:
    """Rates and marks that the unit reported before, equal to what follows from its figures."""
    specs = made.specs
    for ratio in card.framework.ratios:
        figure = card.ledger.get(ratio.id)
        if (
            figure is not None
            and f"given.{ratio.id}" in specs
            and figure.unit == "%"
            and figure.value > 3
            and dice.chance(25)
        ):
            made.put({f"given.{ratio.id}": Decimal(figure.number().replace(",", ""))})
    if dice.chance(50):
        made.put({"stated.total": card.marks})
        for node in card.framework.indicators if card.scaled_by == 1 else ():
            marks = card.ledger.get(f"marks.{node.id}")
            if marks is not None:
                made.put({f"stated.{node.id}": Decimal(marks.number())})


def missing_parts(leaf: LeafInputs) -> tuple[str, ...]:
    """The answer cells of a leaf: one left blank leaves the leaf without marks."""
    return tuple(cell.id for part in leaf.parts if _is_asked(part) for cell in (part.answers or (part.marks,)))
