"""A leaf's marks: its parts, its veto, a mark declared for the whole, rounding (design §5)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from assistant.frameworks import Framework, Indicator, Leaf, Part
from assistant.indicators import Measures
from assistant.intake import Case
from assistant.intake.waivers import against
from assistant.marking.model import FATE, STRENGTH, Basis, LeafMarks, PartMarks
from assistant.marking.part import declared, handed_in, mark_part
from assistant.rules import show

_ZERO = Decimal(0)
_RANK = {basis: rank for rank, basis in enumerate(STRENGTH)}
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(5))


def mark_leaf(leaf: Leaf, case: Case, measures: Measures) -> LeafMarks:
    """A leaf's marks: its parts, its veto, a mark declared for the whole, rounding to the framework's places (design §5)."""
    node, framework = leaf.indicator, case.framework
    parts = tuple(mark_part(node, n, part, case, measures) for n, part in enumerate(node.parts, 1))
    vetoed, by = _veto(node, case, measures)
    waived = case.text(f"not_applicable.{node.id}").rstrip("。")
    refused = against(node, case, measures.ledger) if waived else ""
    if refused:
        waived = ""
    if waived and not vetoed:
        parts = tuple(p._replace(marks=p.full_marks, exact=p.full_marks, basis="not_applicable", reason=f"{waived}，不适用",
                              missing=(), waived=waived) for p in parts)  # fmt: skip
    applicable = [p for p in parts if p.basis != "not_applicable"]
    basis: Basis = max((p.basis for p in applicable), key=_RANK.__getitem__, default="not_applicable")
    reason = "；".join(f"{p.name}：{p.reason}" if len(parts) > 1 else p.reason for p in parts)
    exact: Decimal | None
    if vetoed:
        exact, reason, waived, basis = _ZERO, vetoed, "", by
    elif not applicable:
        waived = "；".join(dict.fromkeys(p.waived for p in parts))
        exact, reason = node.full_marks, f"不适用（{waived}），{FATE[framework.not_applicable]}"
    elif any(p.marks is None for p in parts):
        exact = declared(case, f"marks.{node.id}", node.full_marks)
        if exact is not None:
            basis = "declared"
            known = "；".join(f"{p.name}可计算：{p.reason}" for p in parts if p.basis == "computed")
            reason = handed_in(case, exact, f"reason.{node.id}") + (f"。{known}" if known else "")
    else:
        exact = sum((p.exact for p in parts if p.exact is not None), _ZERO)
        if not node.bonus:
            exact = min(exact, node.full_marks)
        if len(applicable) < len(parts) and framework.not_applicable == "full":
            reason += f"；不适用的部分{FATE['full']}"
    if refused and not vetoed:
        reason += f"；填写了不适用的理由，但数据为{refused}，没有采用"
    marks = None if exact is None else rounded(exact, framework)
    if exact is not None and exact < node.full_marks == marks:
        reason += "；本项四舍五入后不扣分"
    return LeafMarks(
        node.id, node.name, leaf.path, node.full_marks, node.printed_full_marks or node.full_marks, marks, basis,
        parts, _inputs(node, measures), _formula(parts, exact, marks, bool(vetoed)), reason, framework.standards[node.id],
        exact, node.bonus, waived, vetoed, framework.called[node.id],
        refused,
    )  # fmt: skip


def rounded(exact: Decimal, framework: Framework) -> Decimal:
    """Half up, to the framework's places."""
    return exact.quantize(_STEPS[framework.places], ROUND_HALF_UP)


def _formula(parts: tuple[PartMarks, ...], exact: Decimal | None, marks: Decimal | None, vetoed: bool) -> str:
    if marks is None or exact is None:
        return ""
    if vetoed or any(p.marks is None for p in parts) or len(parts) == 1:
        return show(marks)
    terms = "＋".join(show(p.marks) for p in parts if p.marks is not None)
    return f"{terms}＝{show(marks)}"


def _inputs(node: Indicator, measures: Measures) -> dict[str, Decimal]:
    """The figures that the leaf's marks stand on: id -> value."""
    ids = [name for part in node.parts if part.measure for name in _ids(part, measures)]
    ids += list(node.zero_if.above) if node.zero_if and node.zero_if.above else []
    return {id: figure.value for id in dict.fromkeys(ids) if (figure := measures.ledger.get(id))}


def _ids(part: Part, measures: Measures) -> tuple[str, ...]:
    if part.rule.kind == "target":
        return (f"{part.measure}.target", f"{part.measure}.achieved")
    return measures.inputs(part.measure)


def _veto(node: Indicator, case: Case, measures: Measures) -> tuple[str, Basis]:
    """Why the leaf scores nothing whatever its parts say, or "", and what that stands on."""
    if node.zero_if is None:
        return "", "computed"
    if node.zero_if.occurred and case.text(f"answer.{node.id}.veto") == "有":
        return f"有{node.zero_if.occurred}，按标准本项不得分", "answered"
    if node.zero_if.above:
        high, low = (measures.ledger.get(id) for id in node.zero_if.above)
        if high and low and high.base > low.base:
            told = f"{high.label}{high.printed()}大于{low.label}{low.printed()}，按标准本项不得分"
            return told, "computed"
    return "", "computed"
