"""Marks that were published or handed in before, against the marks that the rules give; a form whose own marks do not add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.findings import Finding
from assistant.frameworks import Framework, Indicator
from assistant.intake import Case, Entry
from assistant.ledger import Ledger
from assistant.numbers import sum_tolerance
from assistant.reconcile.diagnosis import Amount, slips
from assistant.reconcile.verdict import Reconciliation, Unchecked
from assistant.rules import show

_TOTALS = (("stated.total", "报告正文总得分"), ("stated.table_total", "评分表合计"))


def check_stated(case: Case, rates: Ledger) -> Reconciliation:
    """The sum of the printed leaves stands; what says otherwise is told with the arithmetic."""
    nodes = case.framework.indicators
    found = list(_forms(case.framework))
    stated = [(id, name, entry) for id, name, entry in _entries(case) if entry.number is not None]
    checked: list[tuple[str, bool]] = []
    unchecked: list[Unchecked] = []
    for id, name, entry in stated:
        node = next((n for n in nodes if id == f"stated.{n.id}"), None)
        lacking = _lacking(node, case.framework, rates)
        told = f"{name}：已报得分与计算得分"
        if lacking:
            unchecked.append(Unchecked(told, f"{'、'.join(lacking[:3])}{'等' if len(lacking) > 3 else ''}还没有得分"))
            continue
        gap = list(_against(name, entry, node, case.framework, rates))
        checked.append((told, not gap))
        found += gap
    between = list(_between(stated, case.framework, "marks.raw" in rates))
    if len(stated) > 1:
        checked.append(("已报得分之间", not between))
    return Reconciliation((*found, *between), tuple(checked), tuple(unchecked))


def _entries(case: Case) -> Iterator[tuple[str, str, Entry]]:
    for id, name in (*_TOTALS, *((f"stated.{node.id}", node.name) for node in case.framework.indicators)):
        if entry := case.entries.get(id):
            yield id, name, entry


def _lacking(node: Indicator | None, framework: Framework, rates: Ledger) -> list[str]:
    """The leaves below that have no marks yet."""
    leaves = node.leaves() if node else (leaf.indicator for leaf in framework.leaves())
    return [leaf.name for leaf in leaves if f"marks.{leaf.id}" not in rates]


def _against(name: str, entry: Entry, node: Indicator | None, framework: Framework, rates: Ledger) -> Iterator[Finding]:
    computed = rates.get("marks.total" if node is None else f"marks.{node.id}")
    if computed is None or entry.number is None or computed.value == entry.number:
        return
    below = framework.indicators if node is None else node.children
    shown = [(child, marks.value) for child in below if (marks := rates.get(f"marks.{child.id}"))]
    added = sum((value for _, value in shown), Decimal(0))
    summed = (
        f"{'＋'.join(f'{child.name}{show(value)}' for child, value in shown)}＝"
        if shown and added == computed.value
        else ""
    )
    gap = entry.number - computed.value
    amounts = [
        Amount(f"已报的{name}", entry.number, 1, total=True),
        *(Amount(c.name, v, -1) for c, v in shown if summed),
    ]
    slip = next((s for s in slips(amounts, gap, Decimal(0)) if s.kind in ("part", "neighbours", "swap")), None)
    tail = f"判断：{slip.words}。" if slip else ""
    message = (
        f"{name}：已报{show(entry.number)}分（{entry.provenance.place}），按各三级指标得分相加，{summed}{show(computed.value)}分，"
        f"相差{show(abs(gap))}分。以各三级指标得分之和为准；{tail}请核对是哪一项得分不同（见 jiping score）。"
    )
    yield Finding("reconcile", "error", message, quote=entry.provenance.place, expected=f"{show(computed.value)}分")


def _between(stated: list[tuple[str, str, Entry]], framework: Framework, scaled: bool) -> Iterator[Finding]:
    """The two totals, and the total against the first-level marks that were stated beside it (not where it was scaled up for
    indicators that do not apply; rounded as a whole, it may miss their sum by half a digit each)."""
    by_id = {id: entry for id, _, entry in stated}
    text, table = by_id.get("stated.total"), by_id.get("stated.table_total")
    first = [(node.name, by_id.get(f"stated.{node.id}")) for node in framework.indicators]
    marks = [(name, entry) for name, entry in first if entry is not None and entry.number is not None]
    added = sum((entry.number for _, entry in marks if entry.number is not None), Decimal(0))
    whole = len(marks) == len(first) and not scaled
    step = Decimal(1).scaleb(-framework.places)
    allowed = sum_tolerance(len(marks), step) if framework.rounding == "total" else Decimal(0)
    if text and table and text.number != table.number:
        side = ""
        if whole and added in (text.number, table.number):
            right, wrong = ("评分表", "正文") if added == table.number else ("正文", "评分表")
            side = f"各一级指标已报得分相加为{show(added)}分，与{right}一致，{wrong}更可能有误。"
        message = (
            f"总得分：报告正文{text.text}分（{text.provenance.place}），评分表合计{table.text}分（{table.provenance.place}），两处不一致。{side}"
            "以各三级指标得分之和为准，请更正。"
        )
        yield Finding("reconcile", "error", message, quote=text.provenance.place, expected=f"{table.text}分")
    for entry, name in ((text, "报告正文总得分"), (table, "评分表合计")):
        if whole and entry and entry.number is not None and abs(entry.number - added) > allowed:
            arithmetic = "＋".join(f"{n}{e.text}" for n, e in marks)
            places = "、".join(e.provenance.place for _, e in marks)
            message = (
                f"{name}：{arithmetic}＝{show(added)}分（{places}），已报{entry.text}分（{entry.provenance.place}），"
                f"相差{show(abs(added - entry.number))}分。请核对。"
            )
            yield Finding("reconcile", "error", message, quote=entry.provenance.place, expected=f"{show(added)}分")


def _forms(framework: Framework) -> Iterator[Finding]:
    """An issued form that does not add up: the leaves stand."""
    for node in framework.nodes():
        if node.is_leaf or node.printed_full_marks is None:
            continue
        full = sum((leaf.full_marks for leaf in node.leaves() if not leaf.bonus), Decimal(0))
        if node.printed_full_marks != full:
            parts = "＋".join(show(child.full_marks) for child in node.children)
            message = (
                f"{node.name}：下发的评分表印{show(node.printed_full_marks)}分，下级分值{parts}＝{show(full)}分。"
                "以三级指标分值为准；原表由制发部门更正。"
            )
            yield Finding("reconcile", "info", message, quote=node.name, expected=f"{show(full)}分")
