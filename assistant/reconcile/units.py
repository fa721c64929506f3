"""部门汇总: each unit's own contradictions, the department's own numbers against the sums, and money between its units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from assistant.catalogue import Passing, load_catalogue
from assistant.findings import Finding, Severity
from assistant.intake import Case
from assistant.intake.case import Department, Offset
from assistant.intake.units import unit_id
from assistant.ledger import Figure, Ledger
from assistant.numbers import base
from assistant.reconcile.terms import half_of, number
from assistant.reconcile.verdict import Reconciliation

_OWN = "部门填报数与各单位合计"
_BETWEEN = "纳入单位之间的{name}"
_OFFSETS = "抵销额与双方所填的数"
_ZERO = Decimal(0)


def check_units(case: Case, reconciled: Callable[[Case], Reconciliation]) -> Reconciliation:
    """Nothing for a case that is no department's. `reconciled`: what one unit's figures say against each other."""
    department = case.department
    if department is None:
        return Reconciliation(())
    result = Reconciliation(tuple(_of_units(department, reconciled)))
    own = list(_own(department, case.ledger))
    if department.own:
        result = result.with_more(own, [(f"{_OWN}（{len(department.own)}项）", not own)])
    too_much = list(_too_much(department, case.ledger))
    if department.offsets:
        result = result.with_more(too_much, [(_OFFSETS, not too_much)])
    for passing in load_catalogue().consolidation.passing:
        found = list(_passing(passing, department, case.ledger))
        name = _BETWEEN.format(name=passing.name)
        if any(unit_id(n, id) in case.ledger for n in _numbers(department) for id in (passing.paid, passing.received)):
            result = result.with_more(found, [(name, not found)])
    return result


def _numbers(department: Department) -> range:
    return range(1, len(department.units) + 1)


def _of_units(department: Department, reconciled: Callable[[Case], Reconciliation]) -> Iterator[Finding]:
    for unit in department.units:
        for finding in reconciled(unit).findings:
            place = f"{unit.unit} {finding.quote}" if finding.quote else unit.unit
            yield Finding(
                finding.code, finding.severity, f"{unit.unit}：{finding.message}", place, expected=finding.expected
            )


def _own(department: Department, ledger: Ledger) -> Iterator[Finding]:
    """The sum stands; the department's own number is shown beside it, with what lies between them."""
    for id, own in department.own.items():
        total = ledger[id]
        gap = own.value - total.value
        parts = [part for name in total.provenance.inputs if (part := ledger.get(name)) is not None]
        if abs(gap) <= half_of(own.value, own.unit) + sum((half_of(p.value, p.unit) for p in parts), _ZERO):
            continue
        yield _finding(
            "error",
            f"{_OWN}：{own.label}部门填{number(own.value, own.unit)}{own.unit}（{own.provenance.place}），"
            f"各单位合计{number(total.value, total.unit)}{total.unit}（{total.provenance.formula}），"
            f"相差{number(abs(gap), own.unit)}{own.unit}。报告采用合计数。请核对各单位的数和抵销（offsets），改成一致。",
            own.provenance.place, total.printed(),
        )  # fmt: skip


def _too_much(department: Department, ledger: Ledger) -> Iterator[Finding]:
    """抵销 of more than a side booked, or of what it did not book at all."""
    sides = dict.fromkeys(
        pair for o in department.offsets for pair in ((o.figure, o.payer), (o.against, o.receiver)) if pair[0]
    )
    for id, n in sides:
        unit, booked = department.units[n - 1].unit, ledger.get(unit_id(n, id))
        label = load_catalogue().specs[id].label
        taken = _taken(department.offsets, id, n)
        if booked is None or taken > booked.base[0]:
            said = f"填{booked.printed()}（{booked.provenance.place}）" if booked else "没有填"
            worth = load_catalogue().specs[id].unit
            yield _finding(
                "error",
                f"{_OFFSETS}：从{unit}的{label}抵销{_in(taken, worth)}，{unit}的这一项{said}，抵销额大于所填的数。请核对 case.yaml 的 offsets。",
                "case.yaml offsets",
            )


def _taken(offsets: Sequence[Offset], id: str, unit: int) -> Decimal:
    """In 元: what is taken out of that figure of that unit."""
    return sum((o.amount for o in offsets if (id, unit) in ((o.figure, o.payer), (o.against, o.receiver))), _ZERO)


def _in(amount: Decimal, unit: str) -> str:
    return f"{number(amount / base(Decimal(1), unit)[0], unit)}{unit}"


def _passing(passing: Passing, department: Department, ledger: Ledger) -> Iterator[Finding]:
    """What one unit books as paid must be booked as received by others, and both must be taken out of the sums."""
    paid, received = (_booked(id, department, ledger) for id in (passing.paid, passing.received))
    name = _BETWEEN.format(name=passing.name)
    labels = {id: load_catalogue().specs[id].label for id in (passing.paid, passing.received)}
    out, into = (sum((figure.base[0] for _, figure in side), _ZERO) for side in (paid, received))
    sheet = load_catalogue().specs[passing.received].sheet
    if out != into and any(sheet in unit.framework.sheets for unit in department.units):
        yield _finding(
            "warning",
            f"{name}：{labels[passing.paid]}合计{_sum(paid)}，{labels[passing.received]}合计{_sum(received)}，"
            f"相差{_in(abs(out - into), '万元')}。单位之间的往来两边应当相等；有一方不在纳入单位之内的，请在报告中写明。",
            _place(paid or received),
        )  # fmt: skip
    for id, side in ((passing.paid, paid), (passing.received, received)):
        for n, figure in side:
            taken = _taken(department.offsets, id, n)
            left = figure.base[0] - taken
            if left > 0:
                yield _finding(
                    "warning",
                    f"{name}：{figure.label}{figure.printed()}（{figure.provenance.place}），抵销{_in(taken, figure.unit)}，"
                    f"还有{_in(left, figure.unit)}没有抵销，合计数里可能重复计算。属于纳入单位之间的，请在 case.yaml 的 offsets 补写；"
                    "对方不在纳入单位之内的，请在报告中写明。",
                    figure.provenance.place,
                )


def _booked(id: str, department: Department, ledger: Ledger) -> list[tuple[int, Figure]]:
    found = ((n, ledger.get(unit_id(n, id))) for n in _numbers(department))
    return [(n, figure) for n, figure in found if figure is not None and figure.value]


def _sum(side: Sequence[tuple[int, Figure]]) -> str:
    if not side:
        return "0"
    total = _in(sum((figure.base[0] for _, figure in side), _ZERO), side[0][1].unit)
    parts = "＋".join(f"{figure.scope.unit}{figure.printed()}" for _, figure in side)
    return f"{total}（{parts}）"


def _place(side: Sequence[tuple[int, Figure]]) -> str:
    return side[0][1].provenance.place if side else "case.yaml units"


def _finding(severity: Severity, message: str, quote: str, expected: str = "") -> Finding:
    return Finding("reconcile", severity, message, quote=quote, expected=expected)
