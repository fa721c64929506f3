"""A made-up case before it is written, and the same case as intake would read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.catalogue import FigureSpec
from assistant.frameworks import Framework
from assistant.intake import Case, Entry, Row
from assistant.intake.derive import complete
from assistant.intake.inputs import cells, sheets
from assistant.intake.notes import Notes
from assistant.intake.tailor import tailored
from assistant.ledger import Figure, Ledger, Provenance, Scope
from assistant.synth.words import Kind

FILE = "workbook.xlsx"


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault: what kind, where, the value before and after, the codes of the findings that should tell of it, and what those
    must name (one of `names`).
    """

    kind: str
    place: str
    figure: str
    before: str
    after: str
    expected: tuple[str, ...]
    names: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As in key.json."""
        return {
            "kind": self.kind, "place": self.place, "figure": self.figure, "before": self.before, "after": self.after,
            "expected": list(self.expected), "names": list(self.names),
        }  # fmt: skip


@dataclass
class Made:
    """Values by id, rows by table, and the paragraphs of the material: (level, text), level 0 for running text."""

    name: str
    framework: Framework
    kind: Kind
    year: int
    coverage: str
    values: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    story: list[tuple[int, str]] = field(default_factory=list)
    material: str = "materials/work-summary.docx"
    faults: list[Planted] = field(default_factory=list)

    def put(self, values: dict[str, Any]) -> None:
        """Take what this framework's workbook has cells for."""
        self.values |= {id: value for id, value in values.items() if id in self.specs and value is not None}

    @cached_property
    def specs(self) -> dict[str, FigureSpec]:
        """The input cells of its workbook."""
        return {spec.id: spec for spec in cells(self.framework)}

    @property
    def table_names(self) -> dict[str, str]:
        """Table -> the title of its sheet."""
        return {sheet.table: sheet.title for sheet in sheets(self.framework) if sheet.kind == "table"}

    def figure(self, id: str) -> Decimal:
        """A figure's value; 0 where the workbook has no cell for it."""
        return Decimal(self.values.get(id, 0))

    def case(self) -> Case:
        """The case as intake reads it, without the detour over the file: enough for its rates and marks."""
        specs = self.specs
        figures: list[Figure] = []
        entries: dict[str, Entry] = {}
        for id, value in self.values.items():
            spec, where = specs[id], Provenance("cell", file=FILE)
            number = Decimal(value) if isinstance(value, int | Decimal) else None
            if number is not None and spec.is_figure and not id.startswith("answer."):
                period = str(self.year - (spec.period == "prior"))
                figures.append(Figure(id, spec.label, number, spec.unit, period, where, Scope(stage=spec.stage),
                                      items=spec.items, aspects=spec.aspects))  # fmt: skip
            else:
                entries[id] = Entry(id, str(value), where, number)
        rows = {
            name: tuple(_row(name, n, row) for n, row in enumerate(table, 1)) for name, table in self.tables.items()
        }
        ledger = complete(Ledger.of(figures), self.framework, rows, self.year, self.coverage, Notes(FILE))
        framework, changes, _ = tailored(self.framework, rows, ledger)
        return Case(Path(), self.kind.name, self.kind.short_name, self.year, self.coverage, framework, ledger, entries, rows,
                    changes=changes)  # fmt: skip


def _row(table: str, number: int, row: dict[str, Any]) -> Row:
    where = Provenance("cell", file=FILE)
    made = {}
    for column, value in row.items():
        amount = Decimal(value) if isinstance(value, int | Decimal) else None
        if value not in ("", None):
            made[column] = Entry(f"{table}.{number}.{column}", str(value), where, amount)
    return Row(number, made)
