"""The department's figures: the units' added up, less what is stated as 抵销, each with its formula and its inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from assistant.catalogue import FigureSpec, load_catalogue
from assistant.intake.case import Case, Offset
from assistant.intake.units.rows import placed
from assistant.intake.workbook import figure_of
from assistant.ledger import Figure, Ledger, Provenance, Scope
from assistant.numbers import base, printed

_LEVEL = "本级"


@dataclass
class Sums:
    """The units' figures, the 抵销 and the sums, as figures of the department's ledger; by id, the units that lack one."""

    parts: list[Figure] = field(default_factory=list)
    totals: dict[str, Figure] = field(default_factory=dict)
    lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)


def unit_id(number: int, id: str) -> str:
    """The id of a unit's figure in its department's ledger."""
    return f"u{number}.{id}"


@cache
def totals_above() -> dict[str, frozenset[str]]:
    """Figure id -> the totals that it is a part of, through every level."""
    direct: dict[str, set[str]] = {}
    for spec in load_catalogue().specs.values():
        for part in spec.sum:
            direct.setdefault(part, set()).add(spec.id)

    def above(id: str) -> frozenset[str]:
        return frozenset(direct.get(id, ())).union(*(above(total) for total in direct.get(id, ())))

    return {id: above(id) for id in direct}


def add_up(
    specs: Sequence[FigureSpec], units: Sequence[Case], offsets: Sequence[Offset], year: int, scope: Scope
) -> Sums:
    """The sum of every figure that adds and that each unit gave, or stated to be none. `scope`: the department's, without stage."""
    types = load_catalogue().consolidation.types
    sums = Sums()
    adding = [spec for spec in specs if spec.type in types and spec.is_figure]
    known = {spec.id for spec in adding}
    for number, unit in enumerate(units, 1):
        given = (unit.ledger.get(spec.id) for spec in adding)
        sums.parts += (_of_unit(figure, number, unit, known) for figure in given if figure is not None)
    sums.parts += (_offset_figure(offset, units, year, scope) for offset in offsets)
    ledger = Ledger.of(sums.parts)
    for spec in adding:
        if not any(spec.id in unit.ledger for unit in units):
            continue
        lacking = tuple(unit.unit for unit in units if spec.id not in unit.ledger and not is_none(unit, spec))
        if lacking:
            sums.lacking[spec.id] = lacking
        else:
            sums.totals[spec.id] = _sum(spec, units, offsets, ledger, year, scope)
    return sums


def is_none(unit: Case, spec: FigureSpec) -> bool:
    """Whether a unit that gave no figure says that there is none: in words (无, 不适用), or because its total comes out without it."""
    if spec.id in unit.unread:
        return False
    if spec.id in unit.none:
        return True
    return any(_comes_out(unit, total, parts) for total, parts in _groups().get(spec.id, ()))


@cache
def _groups() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Figure id -> the wholes that it is a part of, each with all of its parts."""
    specs = load_catalogue().specs
    wholes = [(spec.id, spec.sum) for spec in specs.values() if spec.sum]
    inner: dict[str, list[str]] = {}
    for spec in specs.values():
        if spec.within:
            inner.setdefault(spec.within, []).append(spec.id)
    wholes += [(id, tuple(parts)) for id, parts in inner.items() if id in specs and specs[id].sum != tuple(parts)]
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for id, parts in wholes:
        for part in parts:
            found.setdefault(part, []).append((id, parts))
    return found


def _comes_out(unit: Case, total: str, parts: Sequence[str]) -> bool:
    whole = unit.ledger.get(total)
    given = [figure.value for id in parts if (figure := unit.ledger.get(id)) is not None]
    return whole is not None and bool(given) and sum(given, Decimal(0)) == whole.value


def _of_unit(figure: Figure, number: int, unit: Case, known: set[str]) -> Figure:
    """A unit's figure with the unit in its names, its scope and its place, so that nothing takes it for the department's."""
    where = placed(figure.provenance, unit)
    inputs = tuple(unit_id(number, id) for id in where.inputs if id in known and id in unit.ledger)
    return replace(
        figure, id=unit_id(number, figure.id), label=f"{unit.unit}{figure.label}", provenance=replace(where, inputs=inputs),
        scope=replace(figure.scope, coverage=unit.coverage or _LEVEL, unit=unit.unit),
        aliases=tuple(f"{unit.unit}{alias}" for alias in figure.aliases),
        items=tuple(f"{unit.unit}{item}" for item in figure.items),
    )  # fmt: skip


def _offset_figure(offset: Offset, units: Sequence[Case], year: int, scope: Scope) -> Figure:
    spec = load_catalogue().specs[offset.figure]
    payer, receiver = units[offset.payer - 1].unit, units[offset.receiver - 1].unit
    value = offset.amount / base(Decimal(1), spec.unit)[0]
    where = Provenance("given", file=offset.place, quote=offset.reason)
    return Figure(
        offset.id, f"{payer}与{receiver}之间的抵销额", value, spec.unit, str(year), where, scope, print_places=2
    )


def _sum(
    spec: FigureSpec, units: Sequence[Case], offsets: Sequence[Offset], ledger: Ledger, year: int, scope: Scope
) -> Figure:
    """元 and 万元 meet exactly: an offset counts in the figure's own unit."""
    parts = [figure for n in range(1, len(units) + 1) if (figure := ledger.get(unit_id(n, spec.id))) is not None]
    taken = [ledger[offset.id] for offset in taken_out(spec.id, offsets)]
    worth = base(Decimal(1), spec.unit)[0]
    value = sum((part.value for part in parts), Decimal(0)) - sum((one.base[0] / worth for one in taken), Decimal(0))
    formula = "＋".join(f"{part.scope.unit}{_shown(part)}" for part in parts)
    formula += "".join(f"－抵销{_shown(one)}{one.unit}" for one in taken)
    figure = figure_of(
        spec, value, year, Provenance("formula", formula=formula, inputs=tuple(f.id for f in (*parts, *taken)))
    )
    return replace(figure, scope=replace(scope, stage=figure.scope.stage))


def taken_out(id: str, offsets: Sequence[Offset]) -> Iterator[Offset]:
    """The 抵销 that lower a figure: its own, and those of the figures that it is added up from."""
    above = totals_above()
    for offset in offsets:
        if any(id == side or id in above.get(side, ()) for side in (offset.figure, offset.against) if side):
            yield offset


def _shown(figure: Figure) -> str:
    return printed(figure.value, max(figure.places, figure.print_places or 0))


def lacking_told(lacking: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Unit -> the labels of what it lacks and others gave, in the order of the workbook."""
    specs = load_catalogue().specs
    found: dict[str, list[str]] = {}
    for id, names in lacking.items():
        for name in names:
            found.setdefault(name, []).append(specs[id].label)
    return found
