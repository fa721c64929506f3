"""What follows when a figure is replaced: totals that were added up from it, the rates of surveys and targets, counts of targets."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from decimal import Decimal

from assistant.catalogue import load_catalogue
from assistant.intake.derive import completion_of, target_counts
from assistant.intake.surveys import rate_formula
from assistant.ledger import Figure, Ledger


def follow(ledger: Ledger, changed: Set[str], year: int, coverage: str) -> Ledger:
    """The ledger with everything that intake derived from the changed figures derived again; a changed figure itself stays."""
    moved, specs = set(changed), load_catalogue().specs
    for figure in list(ledger):
        inputs = figure.provenance.inputs
        if figure.id in changed or figure.provenance.source != "formula" or not set(inputs) & moved:
            continue
        parts = [part for id in inputs if (part := ledger.get(id)) is not None]
        if len(parts) < len(inputs):
            continue
        spec = specs.get(figure.id)
        new = _sum(figure, parts) if spec is not None and spec.sum else _rate(figure, parts)
        if new is not None:
            moved.add(figure.id)
            ledger = ledger.replaced(new)
    for target in ledger.targets:
        if {target.target, target.achieved} & moved:
            for figure in completion_of(target, ledger, str(year)):
                ledger = ledger.replaced(figure)
    for figure in target_counts(ledger, year, coverage):
        ledger = ledger.replaced(figure)
    return ledger


def _sum(figure: Figure, parts: list[Figure]) -> Figure:
    total = sum((part.value for part in parts), Decimal(0))
    how = replace(figure.provenance, formula="＋".join(part.number() for part in parts))
    return replace(figure, value=total, provenance=how)


def _rate(figure: Figure, parts: list[Figure]) -> Figure | None:
    """A survey's rate; None for what is derived in another way."""
    if not figure.id.startswith("surveys.") or len(parts) != 2 or not parts[1].value:
        return None
    how = replace(figure.provenance, formula=rate_formula(parts[0].value, parts[1].value))
    return replace(figure, value=parts[0].value / parts[1].value * 100, provenance=how)
