"""得分: marks leaf by leaf, each with its basis, its inputs, its formula and the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from assistant.frameworks import Framework
from assistant.indicators import Measures, measure
from assistant.intake import Case
from assistant.intake.case import Change
from assistant.intake.follow import follow
from assistant.ledger import Ledger
from assistant.marking import (
    BASIS_NAMES,
    STRENGTH,
    Basis,
    LeafMarks,
    PartMarks,
    issued_shares,
    mark_figures,
    mark_leaf,
    rounded,
    settled,
)
from assistant.rules import show

__all__ = ["BASIS_NAMES", "STRENGTH", "Basis", "LeafMarks", "PartMarks", "Scorecard", "score", "what_if"]


@dataclass(frozen=True)
class Scorecard:
    """All leaves, and the total of the printed leaves; `ledger` has every ratio and mark in it."""

    unit: str
    year: int
    framework: Framework
    leaves: tuple[LeafMarks, ...]
    measures: Measures
    what_if: dict[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()

    @cached_property
    def ledger(self) -> Ledger:
        """The case's figures, its ratios, and every mark: worked out when a text or a table first asks for them."""
        marks = mark_figures(self.framework, self.leaves, self.year, self.marks, self.applicable)
        shares = issued_shares(self.framework, self.changes, self.year)
        return self.measures.ledger.add([*marks, *shares])

    @cached_property
    def marks(self) -> Decimal:
        """The printed leaves added; by the framework also the exact leaves, rounded once, or scaled up for 不适用."""
        base, full = _sum(self._given(bonus=False)), self.framework.full_marks
        if self.applicable != full and self.applicable:
            base = base * full / self.applicable
        if self.framework.rounding == "total":
            return rounded(base + self.bonus, self.framework)
        return rounded(base, self.framework) + self.bonus

    @cached_property
    def bonus(self) -> Decimal:
        """加减分: the marks on top of the base; they are not scaled."""
        return _sum(self._given(bonus=True))

    def _given(self, *, bonus: bool) -> Iterator[Decimal]:
        exact = self.framework.rounding == "total"
        found = (leaf.exact if exact else leaf.marks for leaf in self.leaves if leaf.bonus is bonus)
        return (marks for marks in found if marks is not None)

    @cached_property
    def applicable(self) -> Decimal:
        """The full marks of the indicators that apply: the framework's own, but for what 按比例折算 leaves out."""
        if self.framework.not_applicable != "pro_rata":
            return self.framework.full_marks
        return _sum(leaf.full_marks for leaf in self.leaves)

    @property
    def scaled_by(self) -> Decimal:
        """按比例折算: full marks ÷ the full marks of the indicators that apply; 1 where all of them do."""
        return self.framework.full_marks / self.applicable if self.applicable else Decimal(1)

    @cached_property
    def complete(self) -> bool:
        """Whether every leaf has marks, and one of them applies."""
        return bool(self.applicable) and all(leaf.marks is not None for leaf in self.leaves)

    @property
    def grade(self) -> str:
        """The grade by the framework's thresholds, or "" where it has none or marks are missing."""
        if not self.complete:
            return ""
        return next((name for name, least in self.framework.grades if self.marks >= least), "")

    def leaf(self, id: str) -> LeafMarks:
        """The leaf of that id."""
        return next(leaf for leaf in self.leaves if leaf.id == id)

    def counts(self) -> dict[Basis, int]:
        """How many leaves stand on which basis, strongest first."""
        return {b: n for b in STRENGTH if (n := sum(leaf.basis == b for leaf in self.leaves))}

    def to_json(self) -> dict[str, Any]:
        """As design.md §6: decimals are strings, ratios fractions.

        `bonus` are the marks on top of the base, `scaled_from` the full marks that apply where the total was scaled up from them,
        `changes` what the unit changed of the framework.
        """
        return {
            "unit": self.unit,
            "year": self.year,
            "framework": self.framework.id,
            "what_if": self.what_if,
            "total": {
                "full_marks": show(self.framework.full_marks),
                "marks": show(self.marks),
                "grade": self.grade,
                "complete": self.complete,
            },
            "bonus": show(self.bonus),
            "scaled_from": None if self.scaled_by == 1 else show(self.applicable),
            "changes": [asdict(change) for change in self.changes],
            "indicators": [_leaf_json(leaf) for leaf in self.leaves],
            "ratios": {id: _text(value) for id, value in self.measures.fractions.items()},
        }


def _sum(marks: Iterable[Decimal]) -> Decimal:
    return sum(marks, Decimal(0))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else show(value)


def _leaf_json(leaf: LeafMarks) -> dict[str, Any]:
    return {
        "id": leaf.id,
        "name": leaf.name,
        "path": list(leaf.path),
        "full_marks": show(leaf.full_marks),
        "printed_full_marks": show(leaf.printed_full_marks),
        "marks": _text(leaf.marks),
        "basis": leaf.basis,
        "parts": [
            {"name": p.name, "full_marks": show(p.full_marks), "marks": _text(p.marks), "basis": p.basis,
             "value": _text(p.value), "reason": p.reason, "waived": p.waived}
            for p in leaf.parts
        ],
        "inputs": {id: _text(value) for id, value in leaf.inputs.items()},
        "formula": leaf.formula,
        "reason": leaf.reason,
        "standard": leaf.standard,
        "bonus": leaf.bonus,
        "waived": leaf.waived,
        "vetoed": bool(leaf.veto),
    }  # fmt: skip


def score(case: Case, what_if: dict[str, str] | None = None) -> Scorecard:
    """Every ratio and every mark of a case.

    Marks of a leaf are rounded half up to the framework's places, then the printed leaves are added (design §5).
    """
    measures = measure(case)
    leaves = settled(tuple(mark_leaf(leaf, case, measures) for leaf in case.framework.leaves()), case.framework)
    return Scorecard(case.unit, case.year, case.framework, leaves, measures, what_if or {}, case.changes)


def what_if(case: Case, changed: dict[str, Decimal]) -> Case:
    """The case with some figures replaced; what intake derived from them follows."""
    ledger = case.ledger
    for id, value in changed.items():
        ledger = ledger.replaced(replace(ledger[id], value=value))
    return replace(case, ledger=follow(ledger, set(changed), case.year, case.coverage))
