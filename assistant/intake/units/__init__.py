"""部门汇总: 本级 and 下属单位 as one case. Amounts and counts add, less what is stated as 抵销; rates are worked out again from the sums.

told     `offsets` of case.yaml, checked
read     the units' cases, and which of them are refused
sums     figures added up, each with formula and inputs; what a unit lacks is lacking in the sum
rows     tables joined, the unit named where two rows read alike
naming   本校 of a unit under its name; the units' passages behind the department's own
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.findings import Finding
from assistant.intake.case import Case, Department, Row
from assistant.intake.derive import complete
from assistant.intake.inputs import plain_cells
from assistant.intake.notes import Notes
from assistant.intake.units.naming import with_units_passages
from assistant.intake.units.read import read_units, tell_units
from assistant.intake.units.rows import joined_tables
from assistant.intake.units.sums import Sums, add_up, lacking_told, taken_out, unit_id
from assistant.intake.units.told import OffsetTold, read_offsets
from assistant.ledger import Figure, Ledger, Provenance, Scope

__all__ = ["COVERAGE", "UNITS", "OffsetTold", "consolidated", "read_units", "taken_out", "unit_id"]

COVERAGE = "部门汇总"
UNITS = "count.units"
"""How many units were brought together."""
_MOST_NAMED = 6
_OF_ROWS = ("surveys.", "targets.")
"""Figures of rows: they are made again from the joined tables."""


def consolidated(own: Case, units: Sequence[Case], told: Sequence[OffsetTold], figures: Sequence[Figure]) -> Case:
    """The department's case over those of its units. `figures`: those of its own materials.

    Its own texts, answers, rates and marks stand. A number of its own stands where there is no sum; beside a sum it is kept in
    `department.own`, and reconciliation holds one against the other.

    Raises:
        InputError: one of the 抵销 is not what it should be.
    """
    offsets = read_offsets(told, units)
    version, as_of = (
        next((v for case in (own, *units) if (v := getattr(case, name))), "") for name in ("version", "as_of")
    )
    own = replace(own, version=version, as_of=as_of)
    sums = add_up(
        plain_cells(own.framework), units, offsets, own.year, Scope(coverage=own.coverage, version=version, as_of=as_of)
    )
    given = {figure.id: figure for figure in own.ledger if figure.provenance.source == "cell"}
    tables = joined_tables(own.tables, units)
    ledger = _ledger(own, sums, given, tables, len(units))
    passages, of_texts = with_units_passages(units, own.passages, figures, own.year)
    lacking = {id: names for id, names in sums.lacking.items() if id not in ledger}
    beside = {id: given[id] for id in sums.totals if id in given}
    unread, digests = dict(own.unread), dict(own.digests)
    for number, unit in enumerate(units, 1):
        unread |= {unit_id(number, id): f"{unit.unit}：{place}" for id, place in unit.unread.items()}
        digests |= {f"{unit.folder.name}/{file}": digest for file, digest in unit.digests.items()}
    return replace(
        own, ledger=ledger.add(of_texts), tables=tables, passages=passages, unread=unread, digests=digests,
        findings=(*own.findings, *tell_units(units, own.text("unit.members")), *_lacking(lacking)),
        department=Department(tuple(units), offsets, beside, lacking),
    )  # fmt: skip


def _ledger(
    own: Case, sums: Sums, given: Mapping[str, Figure], tables: Mapping[str, tuple[Row, ...]], count: int
) -> Ledger:
    """Sums and the department's own cells; then all that follows from cells and rows, over the whole."""
    kept = [figure for id, figure in given.items() if id not in sums.totals and not id.startswith(_OF_ROWS)]
    number = Figure(
        UNITS, "纳入汇总的单位", Decimal(count), "个", str(own.year), Provenance("formula", formula="case.yaml units 所列单位数"),
        Scope(coverage=own.coverage), aliases=("纳入汇总单位",), items=("纳入汇总的单位", "纳入汇总单位"), print_places=0,
    )  # fmt: skip
    ledger = Ledger.of([*sums.parts, *sums.totals.values(), *kept, number])
    notes = Notes("")
    notes.refused |= sums.lacking.keys() - given.keys()
    return complete(ledger, own.framework, tables, own.year, own.coverage, notes)


def _lacking(lacking: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    """What a unit did not give and others did: one finding a unit."""
    for name, labels in lacking_told(lacking).items():
        told = "、".join(labels[:_MOST_NAMED]) + (f"等{len(labels)}项" if len(labels) > _MOST_NAMED else "")
        yield Finding(
            "missing", "error",
            f"{name}没有填{told}，其他单位填了，没有合计数【待补】。请在{name}的工作簿里补填，没有发生的填 0。", quote="case.yaml units",
        )  # fmt: skip
