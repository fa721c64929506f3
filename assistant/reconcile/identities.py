"""The identities of the file, one by one: does it hold within the printed digits, and could it be checked at all?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from assistant.catalogue import load_catalogue
from assistant.findings import Severity
from assistant.intake import Row
from assistant.reconcile.model import PREVIOUS, Identity, Rows, Source
from assistant.reconcile.terms import Known, Term, apart, number, places_told, tolerance

_ZERO = Decimal(0)
_LEAST_TERMS = 2


@dataclass(frozen=True, slots=True)
class Gap:
    """What an identity that does not close leaves open: its terms with their signs (the total is +1), and the words so far."""

    told: str
    quote: str
    severity: Severity
    terms: tuple[tuple[Term, int], ...] = ()
    gap: Decimal = _ZERO
    allowed: Decimal = _ZERO
    unit: str = ""
    expected: str = ""
    tail: str = ""
    plausible: bool = False
    """Whether terms that were not given may explain it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An identity that was tried: it holds (no gaps), or not, or could not be judged (`reason`, with the ids that are missing)."""

    identity: Identity
    gaps: tuple[Gap, ...] = ()
    reason: str = ""
    missing: tuple[str, ...] = ()
    used: tuple[str, ...] = field(default=())
    bare: bool = False
    """It closed without any of its optional terms."""
    empty: bool = False
    """Nothing of it was given."""

    @property
    def holds(self) -> bool:
        """Judged, and nothing to say."""
        return not self.reason and not any(gap.severity != "info" for gap in self.gaps)


def check(identity: Identity, known: Known) -> Checked:
    """Try one identity."""
    if identity.kind == "rows":
        return _rows(identity, known)
    found = [(source, known.term(source)) for source in identity.terms]
    lacking = [source for source, term in found if term is None]
    terms = [term for _, term in found if term is not None]
    if identity.kind == "order" and len(terms) >= _LEAST_TERMS:
        lacking = []
    if lacking:
        labels = dict.fromkeys(label(source) for source in lacking)
        return Checked(identity, reason=f"没有填{'、'.join(labels)}", missing=tuple(_ids(lacking)), empty=not terms)
    if identity.kind != "together" and (words := apart(terms)):
        return Checked(identity, reason=words)
    if identity.kind == "sum":
        return _sum(identity, terms, known)
    if identity.kind == "order":
        gaps = [gap for a, b in pairwise(terms) if (gap := _over(identity, a, b))]
        return Checked(identity, tuple(gaps), used=_used(terms))
    return _same(identity, terms) if identity.kind == "same" else _together(identity, terms)


def label(source: Source) -> str:
    """What people call a term, whether it was given or not."""
    if isinstance(source, Rows):
        return source.label
    spec = load_catalogue().specs.get(source.removeprefix(PREVIOUS))
    name = spec.label if spec else source
    return f"上年填报的{name}" if source.startswith(PREVIOUS) else name


def _ids(sources: Iterable[Source]) -> Iterable[str]:
    return (source if isinstance(source, str) else source.table for source in sources)


def _used(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(term.id for term in terms if term.id)


def _sum(identity: Identity, given: Sequence[Term], known: Known) -> Checked:
    total, rest = given[0], list(given[1:])
    names = [*identity.parts, *identity.minus]
    if total.added and total.inputs:
        return Checked(identity, reason=f"{total.label}没有填，由分项相加得出，不能用来核对", missing=(total.id,))
    terms = [(term, 1 if n < len(identity.parts) else -1) for n, (_, term) in enumerate(zip(names, rest, strict=True))]
    blank = []
    for sign, ids in ((1, identity.optional), (-1, identity.optional_minus)):
        for id in ids:
            term = known.term(id)
            if term is None:
                blank.append((id, sign))
            else:
                terms.append((term, sign))
    terms = [(term.within(total.unit), sign) for term, sign in terms]
    added = sum((sign * term.value for term, sign in terms), _ZERO)
    gap, allowed = total.value - added, tolerance([total, *(term for term, _ in terms)])
    used = _used([total, *(term for term, _ in terms)])
    if gap == 0:
        return Checked(identity, used=used, bare=not any(t.id in identity.optional for t, _ in terms))
    arithmetic = f"{_arithmetic(terms)}＝{number(added, total.unit)}{total.unit}{places_told([t for t, _ in terms])}"
    told = f"{arithmetic}，{total.told()}"
    signed = ((total, 1), *((term, -sign) for term, sign in terms))
    if abs(gap) <= allowed:
        tail = _tail(gap, total, allowed)
        return Checked(
            identity, (Gap(told, total.place, "info", signed, gap, allowed, tail=tail),), used=used, bare=True
        )
    may = _may_explain(identity, blank, gap)
    tail = f"相差{number(abs(gap), total.unit)}{total.unit}"
    severity: Severity = "warning" if may and identity.severity == "error" else identity.severity
    if may:
        tail += f"，须由{may}说明"
    found = Gap(
        told, total.place, severity, signed, gap, allowed, total.unit, number(added, total.unit), tail, bool(may)
    )
    return Checked(identity, (found,), used=used)


def _arithmetic(terms: Sequence[tuple[Term, int]]) -> str:
    text = "".join(f"{'＋' if sign > 0 else '－'}{term.number()}" for term, sign in terms)
    return text.removeprefix("＋")


def _tail(gap: Decimal, total: Term, allowed: Decimal) -> str:
    return f"相差{number(abs(gap), total.unit)}{total.unit}，在尾差范围（{number(allowed, total.unit)}）内"


def _may_explain(identity: Identity, blank: Sequence[tuple[str, int]], gap: Decimal) -> str:
    """The terms that were not given and pull in the direction of the gap."""
    named = [label(id) for id, sign in blank if sign * gap > 0]
    return "、".join([*named, *(identity.unlisted if gap > 0 else ())])


def _same(identity: Identity, terms: Sequence[Term]) -> Checked:
    first, second = terms[0], terms[1].within(terms[0].unit)
    if all(term.added and term.inputs for term in terms):
        return Checked(identity, reason="两处都是自动合计数")
    gap, allowed = first.value - second.value, tolerance([first, second])
    if gap == 0:
        return Checked(identity, used=_used(terms))
    told, signed = f"{first.told()}，{terms[1].told()}", ((first, 1), (second, -1))
    if abs(gap) <= allowed:
        info = Gap(told, first.place, "info", signed, gap, allowed, tail=_tail(gap, first, allowed))
        return Checked(identity, (info,), used=_used(terms))
    tail = f"相差{number(abs(gap), first.unit)}{first.unit}"
    found = Gap(told, first.place, identity.severity, signed, gap, allowed, first.unit, second.number(), tail)
    return Checked(identity, (found,), used=_used(terms))


def _over(identity: Identity, less: Term, more: Term) -> Gap | None:
    more = more.within(less.unit)
    gap = less.value - more.value
    if gap <= less.half + more.half:
        return None
    tail = f"前者多出{number(gap, less.unit)}{less.unit}"
    return Gap(f"{less.told()}，{more.told()}", less.place, identity.severity, unit=less.unit, tail=tail, expected=f"不大于{more.number()}")  # fmt: skip


def _together(identity: Identity, terms: Sequence[Term]) -> Checked:
    empty = [term for term in terms if not term.value]
    if not empty or len(empty) == len(terms):
        return Checked(identity, used=_used(terms))
    told = "，".join(term.told() for term in terms)
    gap = Gap(told, empty[0].place, identity.severity, tail="一处为0，另一处不为0")
    return Checked(identity, (gap,), used=_used(terms))


def _rows(identity: Identity, known: Known) -> Checked:
    """Each row of a table: every column no more than the next one that is filled in."""
    table = known.case.rows(identity.table)
    if not table:
        return Checked(identity, reason="没有填明细", missing=(identity.table,), empty=True)
    gaps: list[Gap] = []
    judged = 0
    for row in table:
        given = [name for name in identity.columns if row.decimal(name) is not None]
        judged += len(given) > 1
        for less, more in pairwise(given):
            gaps += _row_gap(identity, row, less, more)
    return Checked(identity, tuple(gaps), reason="" if judged else "明细中没有可以比较的数")


def _row_gap(identity: Identity, row: Row, less: str, more: str) -> Iterable[Gap]:
    low, high = row.decimal(less), row.decimal(more)
    if low is None or high is None or low <= high:
        return
    columns = {c.id: c for sheet in load_catalogue().sheets if sheet.table == identity.table for c in sheet.columns}
    named = next((row.text(c.id) for c in columns.values() if c.required and row.text(c.id)), f"第{row.number}行")
    told = "，".join(
        f"{columns[name].label}填{number(value, columns[name].unit)}{columns[name].unit}（{_place(row, name)}）"
        for name, value in ((less, low), (more, high))
    )
    yield Gap(f"“{named}”{told}", _place(row, less), identity.severity, tail=f"多出{number(low - high, columns[less].unit)}{columns[less].unit}")  # fmt: skip


def _place(row: Row, column: str) -> str:
    return row.cells[column].provenance.place
