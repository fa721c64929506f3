"""得分: marks leaf by leaf, each with its basis, its inputs, its formula and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from assistant.frameworks import Framework, Indicator
from assistant.indicators import Measures, measure
from assistant.intake import Case
from assistant.ledger import Figure, Ledger, Provenance
from assistant.marking import BASIS_NAMES, STRENGTH, Basis, LeafMarks, PartMarks, mark_leaf
from assistant.rules import show

__all__ = ["BASIS_NAMES", "STRENGTH", "Basis", "LeafMarks", "PartMarks", "Scorecard", "score", "what_if"]


@dataclass(frozen=True)
class Scorecard:
    """All leaves, the ledger with every ratio and mark in it, and the total of the printed leaves."""

    unit: str
    year: int
    framework: Framework
    leaves: tuple[LeafMarks, ...]
    ledger: Ledger
    measures: Measures
    what_if: dict[str, str] = field(default_factory=dict)

    @property
    def marks(self) -> Decimal:
        """The printed leaves added."""
        return sum((leaf.marks for leaf in self.leaves if leaf.marks is not None), Decimal(0))

    @property
    def complete(self) -> bool:
        """Whether every leaf has marks."""
        return all(leaf.marks is not None for leaf in self.leaves)

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
        """As design.md §6: decimals are strings, ratios fractions."""
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
            "indicators": [_leaf_json(leaf) for leaf in self.leaves],
            "ratios": {id: _text(value) for id, value in self.measures.fractions.items()},
        }


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
             "value": _text(p.value), "reason": p.reason}
            for p in leaf.parts
        ],
        "inputs": {id: _text(value) for id, value in leaf.inputs.items()},
        "formula": leaf.formula,
        "reason": leaf.reason,
        "standard": leaf.standard,
    }  # fmt: skip


def score(case: Case, what_if: dict[str, str] | None = None) -> Scorecard:
    """Every ratio and every mark of a case.

    Marks of a leaf are rounded half up to the framework's places, then the printed leaves are added (design §5).
    """
    measures = measure(case)
    leaves = tuple(mark_leaf(leaf, case, measures) for leaf in case.framework.leaves())
    card = Scorecard(case.unit, case.year, case.framework, leaves, measures.ledger, measures, what_if or {})
    return replace(card, ledger=measures.ledger.add(_mark_figures(card)))


def what_if(case: Case, changed: dict[str, Decimal]) -> Case:
    """The case with some figures replaced; totals that are added up from them follow."""
    ledger = case.ledger
    for id, value in changed.items():
        ledger = ledger.replaced(replace(ledger[id], value=value))
    for figure in list(ledger):
        parts = figure.provenance.inputs
        if (
            figure.provenance.source == "formula"
            and set(parts) & set(changed)
            and all(part in ledger for part in parts)
        ):
            total = sum((ledger[part].value for part in parts), Decimal(0))
            ledger = ledger.replaced(replace(figure, value=total))
    return replace(case, ledger=ledger)


def _mark_figures(card: Scorecard) -> Iterator[Figure]:
    """Marks and full marks of every node and the total as figures, so that a text's 分 can be explained."""
    period, places = str(card.year), card.framework.places

    def figure(id: str, label: str, value: Decimal, source: Provenance, item: str, print_places: int | None) -> Figure:
        aspects = ("得分", "自评得分", "得") if id.startswith("marks.") else ("分值", "参考分值", "满分")
        return Figure(id, label, value, "分", period, source, items=(item,), aspects=aspects, print_places=print_places)

    def walk(nodes: tuple[Indicator, ...]) -> Iterator[Figure]:
        for node in nodes:
            law = Provenance("framework", file=card.framework.id, paragraph=node.name)
            yield figure(f"full_marks.{node.id}", f"{node.name}分值", node.full_marks, law, node.name, None)
            ids = tuple(leaf.id for leaf in card.leaves if node.name in leaf.path or leaf.id == node.id)
            given = [leaf.marks for leaf in card.leaves if leaf.id in ids and leaf.marks is not None]
            if given:
                how = Provenance(
                    "formula",
                    formula="＋".join(show(m) for m in given),
                    inputs=tuple(f"score.{i}" for i in ids),
                )
                yield figure(f"marks.{node.id}", f"{node.name}得分", sum(given, Decimal(0)), how, node.name, places)
            yield from walk(node.children)

    yield from walk(card.framework.indicators)
    lost = [leaf for leaf in card.leaves if leaf.lost > 0]
    for leaf in lost:
        how = Provenance("formula", formula=f"{show(leaf.full_marks)}－{show(leaf.full_marks - leaf.lost)}")
        yield Figure(f"lost.{leaf.id}", f"{leaf.name}扣分", leaf.lost, "分", period, how, items=(leaf.name,),
                     aspects=("扣", "扣分", "失分"))  # fmt: skip
    total = Provenance("formula", formula="各三级指标得分之和")
    yield Figure("marks.total", "自评总得分", card.marks, "分", period, total, print_places=places,
                 aliases=("总得分", "自评得分", "总分", "总体得分", "总计"), items=("部门整体支出绩效自评", "总计", ""),
                 aspects=("总体得分", "总得分", "自评得分", "得分"))  # fmt: skip
    law = Provenance("framework", file=card.framework.id)
    yield Figure(
        "full_marks.total",
        "满分",
        card.framework.full_marks,
        "分",
        period,
        law,
        items=("总计", ""),
        aspects=("满分", "参考分值", "分值"),
    )
    if lost:
        yield Figure("lost.total", "合计扣分", sum((leaf.lost for leaf in lost), Decimal(0)), "分", period,
                     Provenance("formula", formula="＋".join(show(leaf.lost) for leaf in lost)),
                     aliases=("共扣", "扣分合计", "合计扣", "失分"))  # fmt: skip
        yield Figure(
            "count.lost",
            "扣分指标",
            Decimal(len(lost)),
            "项",
            period,
            total,
            aliases=("失分指标", "有扣分的指标", "有扣分的三级指标", "扣分的三级指标"),
        )
    yield Figure("count.leaves", "三级指标", Decimal(len(card.leaves)), "项", period, law)
