"""不适用 against the data: a reason that the unit's figures or answers contradict was not used, and is told."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.findings import Finding
from assistant.intake import Case
from assistant.intake.waivers import against
from assistant.ledger import Ledger
from assistant.reconcile.verdict import Reconciliation

_ID = "not_applicable."


def check_waivers(case: Case, ledger: Ledger) -> Reconciliation:
    """A finding for every 不适用 that was not used."""
    return Reconciliation(tuple(_findings(case, ledger)))


def _findings(case: Case, ledger: Ledger) -> Iterator[Finding]:
    nodes = {node.id: node for node in case.framework.nodes()}
    for id, entry in case.entries.items():
        node = nodes.get(id.removeprefix(_ID)) if id.startswith(_ID) and entry.text else None
        if node is None:
            continue
        said = against(node, case, ledger) if node.is_leaf else f"自设指标{sum(1 for _ in node.leaves())}项"
        if said:
            place = entry.provenance.place
            message = (
                f"{place}（{case.framework.called[node.id]}）：填写了不适用的理由，但数据为{said}，没有采用，按评分标准计分。"
                "确实不适用的，请更正数据；适用的，请清空这一格。"
            )
            yield Finding("rule", "error", message, quote=place)
