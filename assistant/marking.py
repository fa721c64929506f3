"""How one leaf gets its marks: each part under its rule, by figures or by a person, and what a leaf with gaps is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant import rules
from assistant.frameworks import Indicator, Leaf, Part
from assistant.indicators import Measures
from assistant.intake import Case
from assistant.numbers import round_half_up
from assistant.rules import show

Basis = Literal["computed", "answered", "judged", "declared", "not_applicable", "missing"]
STRENGTH: tuple[Basis, ...] = ("computed", "not_applicable", "answered", "judged", "declared", "missing")
"""From the strongest to the weakest; a leaf is as strong as its weakest part."""

BASIS_NAMES: dict[Basis, str] = {
    "computed": "由数据计算",
    "answered": "逐项问答",
    "judged": "酌情自评",
    "declared": "直接填报（未复核）",
    "not_applicable": "不适用",
    "missing": "待补",
}


@dataclass(frozen=True, slots=True)
class PartMarks:
    """A part's marks (None while something is missing), and why. `exact` computes; `marks` are shown, of four places at most."""

    marks: Decimal | None
    basis: Basis
    reason: str
    value: Decimal | None = None
    name: str = ""
    full_marks: Decimal = Decimal(0)
    missing: tuple[str, ...] = ()
    exact: Decimal | None = None
    measure: str = ""


@dataclass(frozen=True, slots=True)
class LeafMarks:
    """A leaf of the scorecard."""

    id: str
    name: str
    path: tuple[str, ...]
    full_marks: Decimal
    printed_full_marks: Decimal
    marks: Decimal | None
    basis: Basis
    parts: tuple[PartMarks, ...]
    inputs: dict[str, Decimal]
    formula: str
    reason: str
    standard: str

    @property
    def lost(self) -> Decimal:
        """Full marks less marks; 0 while the marks are missing."""
        return Decimal(0) if self.marks is None else self.full_marks - self.marks

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be given before the leaf can be scored."""
        return () if self.marks is not None else tuple(m for part in self.parts for m in part.missing)


def mark_leaf(leaf: Leaf, case: Case, measures: Measures) -> LeafMarks:
    """A leaf's marks: its parts, its veto, a mark declared for the whole, rounding to the framework's places (design §5)."""
    node = leaf.indicator
    parts = tuple(_part(node, n, part, case, measures) for n, part in enumerate(node.parts, 1))
    inputs = _inputs(node, measures)
    vetoed = _veto(node, case, measures)
    declared = case.entries.get(f"marks.{node.id}")
    marks: Decimal | None
    basis = max((p.basis for p in parts), key=STRENGTH.index)
    reason = "；".join(f"{p.name}：{p.reason}" if len(parts) > 1 else p.reason for p in parts)
    exact: Decimal | None
    if vetoed:
        exact, reason = Decimal(0), vetoed
    elif any(p.marks is None for p in parts):
        exact = None
        if declared is not None and declared.number is not None and 0 <= declared.number <= node.full_marks:
            exact, basis = declared.number, "declared"
            known = "；".join(f"{p.name}可计算：{p.reason}" for p in parts if p.basis == "computed")
            why = case.text(f"reason.{node.id}") or "未说明依据"
            reason = f"直接填报{show(exact)}分，未复核（{why.rstrip('。')}）" + (f"。{known}" if known else "")
    else:
        exact = min(sum((p.exact for p in parts if p.exact is not None), Decimal(0)), node.full_marks)
    marks = None if exact is None else round_half_up(exact, Decimal(1).scaleb(-case.framework.places))
    if exact is not None and exact < node.full_marks == marks:
        reason += "；本项四舍五入后不扣分"
    formula = _formula(parts, exact, marks, bool(vetoed))
    return LeafMarks(
        node.id, node.name, leaf.path, node.full_marks, node.printed_full_marks or node.full_marks, marks, basis,
        parts, inputs, formula, reason, node.standard(case.framework.ratio_names),
    )  # fmt: skip


def _formula(parts: tuple[PartMarks, ...], exact: Decimal | None, marks: Decimal | None, vetoed: bool) -> str:
    if marks is None or exact is None:
        return ""
    if vetoed or any(p.marks is None for p in parts) or len(parts) == 1:
        return show(marks)
    terms = "＋".join(show(p.marks) for p in parts if p.marks is not None)
    return f"{terms}＝{show(marks)}"


def _inputs(node: Indicator, measures: Measures) -> dict[str, Decimal]:
    ids = [name for part in node.parts if part.measure for name in measures.inputs(part.measure)]
    ids += list(node.zero_if.above) if node.zero_if and node.zero_if.above else []
    return {id: figure.value for id in dict.fromkeys(ids) if (figure := measures.ledger.get(id))}


def _veto(node: Indicator, case: Case, measures: Measures) -> str:
    if node.zero_if is None:
        return ""
    if node.zero_if.occurred and case.text(f"answer.{node.id}.veto") == "有":
        return f"有{node.zero_if.occurred}，按标准本项不得分"
    if node.zero_if.above:
        high, low = (measures.ledger.get(id) for id in node.zero_if.above)
        if high and low and high.value > low.value:
            return f"{high.label}{high.printed()}大于{low.label}{low.printed()}，按标准本项不得分"
    return ""


def _part(node: Indicator, number: int, part: Part, case: Case, measures: Measures) -> PartMarks:
    name = part.text or case.framework.ratio_names.get(part.measure, node.name)
    key = f"{node.id}.{number}"
    measured = case.framework.ratio_names.get(part.measure, name)
    found = _computed(part, measured, measures) if part.measure else _by_person(part, key, case)
    if found.marks is None and found.basis == "missing":
        declared = case.entries.get(f"marks.{key}")
        if declared is not None and declared.number is not None and 0 <= declared.number <= part.full_marks:
            why = case.text(f"reason.{key}") or "未说明依据"
            found = PartMarks(
                declared.number,
                "declared",
                f"直接填报{show(declared.number)}分，未复核（{why.rstrip('。')}）",
            )
    shown = None if found.marks is None else round_half_up(found.marks, Decimal("0.0001"))
    return replace(found, name=name, full_marks=part.full_marks, marks=shown, exact=found.marks, measure=part.measure)


def _computed(part: Part, name: str, measures: Measures) -> PartMarks:
    """A part that a measure decides: bands, linear, step, or violations counted from a table."""
    result = measures.of(part.measure)
    if result.undefined:
        match part.when_undefined:
            case "full":
                return PartMarks(part.full_marks, "computed", f"{result.undefined}，按规则得满分")
            case "zero":
                return PartMarks(Decimal(0), "computed", f"{result.undefined}，按规则不得分")
            case "not_applicable":
                return PartMarks(part.full_marks, "not_applicable", f"{result.undefined}，不适用，视同满分")
            case _:
                return PartMarks(
                    None, "missing", f"{result.undefined}，须由填报人说明如何计分", missing=(part.measure,)
                )
    if result.value is None:
        return PartMarks(None, "missing", f"缺少{'、'.join(result.missing_labels)}", missing=result.missing)
    value, shown, rule = result.value, result.shown, part.rule
    match rule.kind:
        case "bands":
            outcome = rules.bands(rule, value, shown, name)
        case "linear":
            outcome = rules.linear(rule, value, shown, name, part.full_marks)
        case "step":
            outcome = rules.step(rule, value, shown, name, part.full_marks)
        case "violations":
            outcome = rules.violations(rule, value, part.full_marks)
        case _:
            raise AssertionError(rule.kind)
    given = "（该比率为直接填报，没有分子分母）" if result.given else ""
    return PartMarks(outcome.marks, "computed", outcome.reason + given, value)


def _by_person(part: Part, key: str, case: Case) -> PartMarks:
    """A part that a person answers or judges."""
    rule, reason = part.rule, case.text(f"reason.{key}")
    because = f"（{reason.rstrip('。')}）" if reason else ""
    if rule.kind == "checklist":
        ids = [f"answer.{key}.{n}" for n in range(1, len(rule.items) + 1)]
        answers = [case.text(id) for id in ids]
        if not all(answers):
            return PartMarks(
                None,
                "missing",
                "评价要点没有逐项回答",
                missing=tuple(i for i, a in zip(ids, answers, strict=True) if not a),
            )
        outcome = rules.checklist(rule, answers)
        basis: Basis = "not_applicable" if all(a == "不适用" for a in answers) else "answered"
        return PartMarks(outcome.marks, basis, outcome.reason + because)
    if rule.kind == "judged":
        entry = case.entries.get(f"marks.{key}")
        if entry is None or entry.number is None or not 0 <= entry.number <= part.full_marks:
            return PartMarks(None, "missing", "没有填写自评得分", missing=(f"marks.{key}",))
        if not reason:
            return PartMarks(entry.number, "judged", f"自评{show(entry.number)}分，【待补：评分理由】")
        return PartMarks(entry.number, "judged", f"自评{show(entry.number)}分{because}")
    answer = case.entries.get(f"answer.{key}")
    if answer is None or not answer.text:
        return PartMarks(None, "missing", "没有回答", missing=(f"answer.{key}",))
    if rule.kind == "violations" and answer.number is not None:
        outcome = rules.violations(rule, answer.number, part.full_marks)
    elif rule.kind == "grades" and any(g.label == answer.text for g in rule.grades):
        outcome = rules.grades(rule, answer.text)
    else:
        return PartMarks(None, "missing", f"“{answer.text}”不是可选的回答", missing=(f"answer.{key}",))
    return PartMarks(outcome.marks, "answered", outcome.reason + because)
