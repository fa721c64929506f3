"""年度指标值 against 实际完成值 and the marks that a row gives itself; 分值 that do not add up under their parent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.findings import Finding, Severity
from assistant.frameworks import Framework
from assistant.intake import Case
from assistant.ledger import Figure, Ledger, Target
from assistant.numbers import printed, unit_family
from assistant.reconcile.model import Limits
from assistant.reconcile.terms import half_of
from assistant.reconcile.verdict import Reconciliation, Unchecked
from assistant.rules import TargetRule, met, show

_HUNDRED = Decimal(100)
_NAME = "绩效目标：完成值、得分与偏差原因"


def check_targets(case: Case, rates: Ledger, limits: Limits) -> Reconciliation:
    """Every row of targets that can be judged."""
    targets = case.ledger.targets
    if not targets:
        return Reconciliation(())
    found: list[Finding] = []
    open_ones: list[str] = []
    for target in targets:
        wanted, got = case.ledger.get(target.target), case.ledger.get(target.achieved)
        found += _marks(target, case.framework, rates, wanted, got)
        if target.sign == "定性":
            continue
        if wanted is None or got is None or unit_family(wanted.base[1]) != unit_family(got.base[1]):
            open_ones.append(target.name)
            continue
        found += _reached(target, wanted, got, limits, _limit(target, case.framework, limits))
        found += _elsewhere(target, got, rates, case.framework)
    found += _shares(targets, case.framework)
    lacking = f"{'、'.join(open_ones[:3])}{'等' if len(open_ones) > 3 else ''}没有可比的指标值和完成值"
    unchecked = [Unchecked(_NAME, lacking)] if open_ones else []
    judged = [(_NAME, not found)] if len(open_ones) < len(targets) else []
    return Reconciliation(tuple(found), tuple(judged), tuple(unchecked))


def specific(reason: str, limits: Limits) -> bool:
    """Whether a 偏差原因 says anything: 无, 暂无, 基本完成 do not."""
    return reason.strip(" 。；;，,、—-/／") not in ("", *limits.no_reason)


def _limit(target: Target, framework: Framework, limits: Limits) -> Decimal:
    """The over-fulfilment that needs a reason: the framework's, else the field's."""
    rules = (part.rule for leaf in framework.leaves() for part in leaf.indicator.parts if part.measure == target.id)
    own = next((rule.over_limit for rule in rules if isinstance(rule, TargetRule)), None)
    return limits.over_fulfilment if own is None else own


def _reached(target: Target, wanted: Figure, got: Figure, limits: Limits, most: Decimal) -> Iterator[Finding]:
    told = f"“{target.name}”年度指标值{target.sign}{wanted.printed()}，实际完成值{got.printed()}（{wanted.provenance.place}、{got.provenance.place}）"
    full, marks = target.full_marks, target.marks
    explained = specific(target.variance_reason, limits)
    wrote = f"只写了“{target.variance_reason}”" if target.variance_reason else "没有填"
    goal, reached = wanted.base[0], got.base[0]
    if not met(target.sign, goal, reached):
        if full and marks is not None and marks >= full:
            yield _finding(
                "error", f"{told}，没有达到目标，得分却填满分{show(marks)}分。请核对完成值、目标值的方向或得分", target
            )
        if not explained:
            yield _finding("warning", f"{told}，没有达到目标，偏差原因{wrote}。请写明具体原因和改进措施", target)
        return
    if full and marks is not None and marks < full and not explained:
        yield _finding("warning", f"{told}，达到了目标，得分填{show(marks)}分（分值{show(full)}分），偏差原因{wrote}。请核对得分或说明原因", target)  # fmt: skip
    over = _over(target.sign, goal, reached)
    if over is not None and over > most and not explained:
        yield _finding("warning", f"{told}，超出目标{_percent(over)}，超过{show(most)}%，偏差原因{wrote}。请核对目标是否偏低，写明原因", target)  # fmt: skip


def _over(sign: str, goal: Decimal, reached: Decimal) -> Decimal | None:
    """By how many per cent a target is exceeded in its direction."""
    if goal <= 0 or sign == "=":
        return None
    return (reached - goal if sign == "≥" else goal - reached) / goal * _HUNDRED


def _percent(value: Decimal) -> str:
    return f"{printed(value, 1).removesuffix('.0')}%"


def _marks(
    target: Target, framework: Framework, rates: Ledger, wanted: Figure | None, got: Figure | None
) -> Iterator[Finding]:
    """The row's own 得分 inside its 分值, and what the rule gives for the figures."""
    full, marks = target.full_marks, target.marks
    if marks is None:
        return
    if full is not None and not 0 <= marks <= full:
        yield _finding(
            "error",
            f"“{target.name}”得分填{show(marks)}分，不在0至分值{show(full)}分之间（{target.place}）。请改正",
            target,
        )
        return
    leaf = next((leaf.indicator for leaf in framework.leaves() for part in leaf.indicator.parts
                 if part.measure == target.id and part.rule.kind == "target" and len(leaf.indicator.parts) == 1), None)  # fmt: skip
    computed = rates.get(f"marks.{leaf.id}") if leaf and wanted and got else None
    if computed is not None and computed.value != marks:
        yield _finding(
            "error",
            f"“{target.name}”得分填{show(marks)}分（{target.place}），按评分标准由年度指标值和实际完成值计算为{show(computed.value)}分。"
            "采用计算值；请核对完成值或更正得分",
            target,
            f"{show(computed.value)}分",
        )


def _elsewhere(target: Target, got: Figure, rates: Ledger, framework: Framework) -> Iterator[Finding]:
    """An achieved value that is called like a figure or a rate of this workbook must be that one."""
    others = (f for f in rates if f.label == target.name and not f.subject and f.id != got.id)
    for other in others:
        if unit_family(other.base[1]) != unit_family(got.base[1]) or other.period != got.period:
            continue
        scale = other.base[0] / other.value if other.value else Decimal(1)
        allowed = half_of(got.value, got.unit) * (got.base[0] / got.value if got.value else 1)
        allowed += half_of(other.value, other.unit) * scale if other.id not in framework.by_ratio else 0
        if abs(other.base[0] - got.base[0]) > allowed:
            where = other.provenance
            how = where.place or f"按{where.formula}计算"
            yield _finding(
                "warning",
                f"“{target.name}”实际完成值填{got.printed()}（{got.provenance.place}），同名数据为{other.printed()}（{how}）。请核对，改成一致或说明口径",
                target,
                other.printed(),
            )


def _shares(targets: tuple[Target, ...], framework: Framework) -> Iterator[Finding]:
    """分值 of the rows under a node that the framework names, where all of them were given (what a unit sets itself is read so already)."""
    for node in framework.nodes():
        if node.own or any(part.measure.startswith("targets.") for leaf in node.leaves() for part in leaf.parts):
            continue
        mine = [t for t in targets if node.name in (t.level1, t.level2)]
        given = [t.full_marks for t in mine if t.full_marks is not None]
        total = sum(given, Decimal(0))
        if mine and len(given) == len(mine) and total != node.full_marks:
            told = f"“{node.name}”下{len(mine)}项绩效目标的分值{'＋'.join(map(show, given))}＝{show(total)}分，指标体系为{show(node.full_marks)}分"
            yield _finding(
                "warning", f"{told}（{mine[0].place}）。请核对分值或所属指标", mine[0], show(node.full_marks)
            )


def _finding(severity: Severity, message: str, target: Target, expected: str = "") -> Finding:
    return Finding("reconcile", severity, f"绩效目标{message}。", quote=target.place, expected=expected)
