"""What follows when a figure is replaced: totals that were added up from it, the rates of surveys and targets, counts of targets."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from decimal import Decimal

from assistant.catalogue import load_catalogue
from assistant.intake.derive import completion_of, target_counts
from assistant.intake.surveys import rate_formula
from assistant.ledger import Figure, Ledger
from assistant.numbers import base


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
        added = spec is not None and (bool(spec.sum) or any(part.scope.unit for part in parts))
        new = _sum(figure, parts) if added else _rate(figure, parts)
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
    """The parts added up; of a department's units, less the 抵销 that stand behind them."""
    of_units = any(part.scope.unit for part in parts)
    taken = [part for part in parts if of_units and not part.scope.unit]
    added = [part for part in parts if part not in taken]
    worth = base(Decimal(1), figure.unit)[0]
    total = sum((p.value for p in added), Decimal(0)) - sum((p.base[0] / worth for p in taken), Decimal(0))
    formula = "＋".join(f"{part.scope.unit}{part.number()}" for part in added)
    formula += "".join(f"－抵销{part.printed()}" for part in taken)
    return replace(figure, value=total, provenance=replace(figure.provenance, formula=formula))


def _rate(figure: Figure, parts: list[Figure]) -> Figure | None:
    """A survey's rate; None for what is derived in another way."""
    if not figure.id.startswith("surveys.") or len(parts) != 2 or not parts[1].value:
        return None
    how = replace(figure.provenance, formula=rate_formula(parts[0].value, parts[1].value))
    return replace(figure, value=parts[0].value / parts[1].value * 100, provenance=how)
