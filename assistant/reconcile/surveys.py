"""满意度: the share and what it is counted from, and samples that need evidence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.findings import Finding, Severity
from assistant.intake import Case, Row
from assistant.numbers import printed, round_half_up
from assistant.reconcile.model import Limits
from assistant.reconcile.terms import places_of
from assistant.reconcile.verdict import Reconciliation, Unchecked
from assistant.rules import show

_HUNDRED = Decimal(100)
_SHARE = "满意度＝满意份数÷有效份数"
_SAMPLE = "满意度调查的样本"
_BASES = (("valid", "有效份数"), ("returned", "回收份数"), ("issued", "发放份数"))


def check_surveys(case: Case, limits: Limits) -> Reconciliation:
    """Each survey of the table; the two totals where there is none."""
    found: list[Finding] = []
    checked: list[tuple[str, bool]] = []
    unchecked: list[Unchecked] = []
    rows = case.rows("surveys")
    for row in rows:
        satisfied, valid, rate = row.decimal("satisfied"), row.decimal("valid"), row.decimal("rate")
        name, place = row.text("name"), _place(row, "valid", "satisfied", "rate", "name")
        if rate is not None and satisfied is not None and valid:
            gap = list(_share(row, rate, satisfied, valid))
            checked.append((f"{_SHARE}（{name}）", not gap))
            found += gap
        elif rate is not None:
            unchecked.append(
                Unchecked(f"{_SHARE}（{name}）", "没有填满意份数和有效份数，采用直接填报的值", ("surveys",))
            )
        if valid is not None and (satisfied is not None or rate is not None):
            every = rate == _HUNDRED if satisfied is None else satisfied == valid
            asked = list(_evidence(f"“{name}”", valid, every, place, limits))
            checked.append((f"{_SAMPLE}（{name}）", not asked))
            found += asked
    valid_all, satisfied_all = case.ledger.get("satisfaction.valid"), case.ledger.get("satisfaction.satisfied")
    if not rows and valid_all and satisfied_all:
        every = satisfied_all.value == valid_all.value
        asked = list(_evidence("", valid_all.value, every, valid_all.provenance.place, limits))
        checked.append((_SAMPLE, not asked))
        found += asked
    return Reconciliation(tuple(found), tuple(checked), tuple(unchecked))


def _share(row: Row, rate: Decimal, satisfied: Decimal, valid: Decimal) -> Iterator[Finding]:
    due, step = satisfied / valid * _HUNDRED, Decimal(1).scaleb(-places_of(rate))
    gap = abs(rate - round_half_up(due, step))
    if not gap:
        return
    due_rate = f"{printed(due)}%"
    told = (
        f"“{row.text('name')}”满意度填{show(rate)}%（{_place(row, 'rate')}），"
        f"按{show(satisfied)}÷{show(valid)}×100%计算为{due_rate}（{_place(row, 'satisfied')}、{_place(row, 'valid')}）"
    )
    place = _place(row, "rate")
    if gap <= step:
        message = f"满意度：{told}，只差末位，四舍五入应为{round_half_up(due, step):f}%。请更正。"
        yield Finding("reconcile", "warning", message, quote=place, expected=due_rate)
        return
    for column, words in _BASES[1:]:
        other = row.decimal(column)
        if other and round_half_up(satisfied / other * _HUNDRED, step) == rate:
            told += f"；按{words}{show(other)}份计算为{show(rate)}%，与填报的一致，分母用错了"
    message = f"满意度：{told}。满意度应以有效份数为分母，请更正；如为满意度得分（分值加权），请在计算口径中写明。"
    severity: Severity = "warning" if row.text("method") else "error"
    yield Finding("reconcile", severity, message, quote=place, expected=due_rate)


def _evidence(name: str, valid: Decimal, every: bool, place: str, limits: Limits) -> Iterator[Finding]:
    reasons = [f"有效问卷只有{show(valid)}份，不足{show(limits.sample)}份"] if valid < limits.sample else []
    reasons += ["全部问卷都表示满意"] if every and valid else []
    if reasons:
        message = f"满意度调查{name}{'，'.join(reasons)}（{place}）。请附问卷、名单等佐证，说明抽样方式。"
        yield Finding("reconcile", "warning", message, quote=place)


def _place(row: Row, *columns: str) -> str:
    where = next((row.cells[column].provenance for column in columns if column in row.cells), None)
    return where.place if where else f"第{row.number}行"
