"""The units' rows behind the department's own, table by table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from assistant.catalogue import Joined, load_catalogue
from assistant.intake.case import Case, Entry, Row
from assistant.intake.units.naming import called, names_it
from assistant.ledger import Provenance


def joined_tables(own: Mapping[str, tuple[Row, ...]], units: Sequence[Case]) -> dict[str, tuple[Row, ...]]:
    """Every table of the department's workbook. Those that the catalogue joins go on with the units' rows, numbered on; a row that
    would read like another one has its unit behind its name."""
    joins = load_catalogue().consolidation.tables
    return {
        table: (*rows, *_of_units(table, joins[table], rows, units)) if table in joins else rows
        for table, rows in own.items()
    }


def placed(where: Provenance, unit: Case) -> Provenance:
    """A place in a unit's file, as its department's report names it."""
    file = f"{unit.folder.name}/{where.file}" if where.file else ""
    return replace(where, file=file, sheet=f"{unit.unit}：{where.sheet}" if where.sheet else "")


def _of_units(table: str, joined: Joined, own: Sequence[Row], units: Sequence[Case]) -> Iterator[Row]:
    alike = Counter(_folded(row.text(joined.name)) for row in own)
    for unit in units:
        alike.update({_folded(called(row.text(joined.name), unit)) for row in unit.rows(table)})
    number = len(own)
    for unit in units:
        for row in unit.rows(table):
            number += 1
            yield Row(number, MappingProxyType(dict(_cells(table, joined, row, number, unit, alike))))


def _folded(name: str) -> str:
    return "".join(name.split())


def _cells(
    table: str, joined: Joined, row: Row, number: int, unit: Case, alike: Mapping[str, int]
) -> Iterator[tuple[str, Entry]]:
    for column, entry in row.cells.items():
        if column in joined.without:
            continue
        text = called(entry.text, unit) if entry.number is None else entry.text
        if column == joined.name and (joined.always or alike[_folded(text)] > 1) and not names_it(text, unit):
            text = f"{text.rstrip('。；')}（{unit.unit}）"
        yield (
            column,
            replace(entry, id=f"{table}.{number}.{column}", text=text, provenance=placed(entry.provenance, unit)),
        )
