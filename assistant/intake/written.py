"""What staff wrote into the workbook's text cells: its quantities are figures too, each known by its sentence."""

from __future__ import annotations

from dataclasses import replace

from assistant.intake.case import Case, Entry
from assistant.intake.materials import Register
from assistant.ledger import Ledger

_NOT_PROSE = (
    "answer.",
    "marks.",
    "unit.year",
    "unit.full_name",
    "unit.short_name",
    "unit.coverage",
    "unit.code",
    "unit.phone",
    "evidence.",
)


def with_written_figures(case: Case) -> Case:
    """The case with `slotted` texts and their figures (`w1` …) in the ledger."""
    register = Register("w", case.year)
    slotted: dict[str, str] = {}

    def take(key: str, entry: Entry) -> None:
        if entry.number is None and entry.text:
            slotted[key], _ = register.slotted(entry.text, entry.provenance)

    for id, entry in case.entries.items():
        if not id.startswith(_NOT_PROSE):
            take(id, entry)
    for table, rows in case.tables.items():
        for row in rows:
            for column, entry in row.cells.items():
                take(f"{table}.{row.number}.{column}", entry)
    ledger = case.ledger.add(register.figures)
    return replace(case, slotted=slotted, ledger=_of_units(ledger, case) if case.department else ledger)


def _of_units(ledger: Ledger, case: Case) -> Ledger:
    """A department's ledger in which what a unit's own files say is said of that unit."""
    units = {unit.folder.name: unit.unit for unit in case.department.units} if case.department else {}
    told = (
        replace(f, scope=replace(f.scope, unit=units.get(f.provenance.file.partition("/")[0], ""))) if f.subject else f
        for f in ledger
    )
    return Ledger.of(told, ledger.targets)
