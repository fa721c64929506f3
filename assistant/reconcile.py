"""勾稽: the data's own contradictions, each with its arithmetic. Identities are data (knowledge_base/reconciliation.yaml).

Judged within the last printed digits: a sum of n parts may miss by (n+1) half units (尾差, `info`); outside it is an error.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.data_files import parse_yaml
from assistant.findings import Finding, Severity
from assistant.frameworks import Framework
from assistant.intake import Case
from assistant.ledger import Figure, Ledger
from assistant.numbers import round_half_up, sum_tolerance
from assistant.rules import show


class Identity(BaseModel):
    """One identity."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["sum", "same", "part"]
    name: str
    total: str = ""
    parts: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    severity: Severity = "error"
    note: str = ""


@cache
def identities() -> tuple[Identity, ...]:
    """The shipped identities."""
    resource = files("knowledge_base") / "reconciliation.yaml"
    raw = parse_yaml(resource.read_text("utf-8"), resource.name)
    return tuple(Identity.model_validate(entry) for entry in raw["identities"])


def reconcile(case: Case, rates: Ledger | None = None) -> list[Finding]:
    """What the case's figures say against each other. `rates`: the ledger with computed ratios, to hold given ones against."""
    checked = (_check(identity, case.ledger) for identity in identities())
    found = [finding for finding in checked if finding is not None]
    return found if rates is None else found + _given(case.framework, rates)


def _check(identity: Identity, ledger: Ledger) -> Finding | None:
    if identity.kind in ("same", "part"):
        first, second = (ledger.get(id) for id in identity.figures)
        if first is None or second is None or (identity.kind == "part" and first.value <= second.value):
            return None
        return _compare(identity, first, second.value, [second], f"{_told(first)}，{_told(second)}")
    total = ledger.get(identity.total)
    parts = [ledger.get(id) for id in identity.parts]
    if total is None or total.provenance.source == "formula" or any(part is None for part in parts):
        return None
    present = [part for part in parts if part is not None]
    present += [part for id in identity.optional if (part := ledger.get(id))]
    added = sum((part.value for part in present), Decimal(0))
    told = f"{'＋'.join(part.number() for part in present)}＝{show(added)}{total.unit}，{_told(total)}"
    return _compare(identity, total, added, present, told)


def _told(figure: Figure) -> str:
    return f"{figure.label}填{figure.printed()}（{figure.provenance.sheet}!{figure.provenance.cell}）"


def _compare(identity: Identity, total: Figure, other: Decimal, parts: list[Figure], told: str) -> Finding | None:
    gap = abs(total.value - other)
    if gap == 0:
        return None
    step = Decimal(1).scaleb(-min(total.places, *(part.places for part in parts)))
    small = gap <= sum_tolerance(len(parts), step) and total.unit not in ("人", "件", "个", "套")
    severity: Severity = "info" if small else identity.severity
    tail = "在尾差范围内" if small else f"相差{show(gap)}{total.unit}，请核对原始数据后更正其中一处"
    note = f"（{identity.note}）" if identity.note and not small else ""
    message = f"{identity.name}：{told}，{tail}{note}。"
    return Finding(
        "reconcile",
        severity,
        message,
        quote=f"{total.provenance.sheet}!{total.provenance.cell}",
        expected=show(other),
    )


def _given(framework: Framework, rates: Ledger) -> list[Finding]:
    """Rates handed in beside the figures they should follow from."""
    found = []
    for ratio in framework.ratios:
        given, computed = rates.get(f"given.{ratio.id}"), rates.get(ratio.id)
        if given is None or computed is None or computed.provenance.inputs == (given.id,):
            continue
        step = Decimal(1).scaleb(-given.places)
        gap = abs(given.value - round_half_up(computed.value, step))
        if gap <= step:
            continue
        message = (
            f"{ratio.name}：直接填报{given.printed()}（{given.provenance.sheet}!{given.provenance.cell}），"
            f"按{computed.provenance.formula}计算为{computed.printed()}。报告采用计算值；请核对分子、分母或更正填报值。"
        )
        found.append(Finding("reconcile", "error", message, quote=f"given.{ratio.id}", expected=computed.printed()))
    return found
