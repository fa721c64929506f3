"""What all cases of a batch say together: counts, the spread of marks, the most common deductions, the forms side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.summary.first import STATES, State, Verdict, step_of
from assistant.summary.outcome import LeafOutcome, Outcome

_ZERO = Decimal(0)
NOBODY = "未定"
_EDGES = (60, 70, 80, 85, 90, 95, 100)
"""Bands of 得分率 in %: below 60, 60 to 70 …, 100 and above (加减分)."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of 得分率 and how many cases are in it."""

    name: str
    cases: int


@dataclass(frozen=True, slots=True)
class Deduction:
    """A leaf of a form over all units that have it; `units` are those that lost marks on it, the most first."""

    framework: str
    part: str
    name: str
    full_marks: Decimal
    asked: int
    units: tuple[tuple[str, Decimal], ...]

    @property
    def lost(self) -> Decimal:
        """The marks lost by all of them."""
        return sum((marks for _, marks in self.units), _ZERO)

    @property
    def share(self) -> Decimal:
        """The units that lost marks on it, of those that have it."""
        return Decimal(len(self.units)) / self.asked if self.asked else _ZERO


@dataclass(frozen=True, slots=True)
class FormGroup:
    """The cases that use one form: its first-level parts with their full marks, as its first case has them."""

    id: str
    name: str
    parts: tuple[tuple[str, Decimal], ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """What one 责任科室 has to do in all cases: by state of the step (what blocks first), and in how many cases."""

    name: str
    tasks: tuple[int, ...]
    cases: int

    @property
    def all(self) -> int:
        """All things to do."""
        return sum(self.tasks)


def offices(verdicts: Iterable[Verdict]) -> list[Office]:
    """The departments that usually hold what is wanted; those with most of what blocks come first, what is nobody's last."""
    held: dict[str, list[tuple[int, State]]] = {}
    for number, verdict in enumerate(verdicts):
        for task in verdict.tasks:
            held.setdefault(task.who, []).append((number, step_of(task).state))
    found = [
        Office(
            who or NOBODY,
            tuple(sum(at is state for _, at in pairs) for state in STATES[:-1]),
            len({n for n, _ in pairs}),
        )
        for who, pairs in held.items()
    ]
    return sorted(found, key=lambda one: (one.name == NOBODY, *(-n for n in one.tasks), one.name))


def states(verdicts: Iterable[Verdict]) -> list[tuple[State, int]]:
    """How many cases are in each state."""
    found = [verdict.state for verdict in verdicts]
    return [(state, found.count(state)) for state in STATES]


def spread(outcomes: Iterable[Outcome]) -> tuple[Band, ...]:
    """The cases by 得分率; a case whose marks are not complete is in no band."""
    rates = [rate * 100 for outcome in outcomes if (rate := outcome.rate) is not None]
    edges = (None, *_EDGES, None)
    return tuple(
        Band(
            _band_name(low, high),
            sum((low is None or rate >= low) and (high is None or rate < high) for rate in rates),
        )
        for low, high in pairwise(edges)
    )


def _band_name(low: int | None, high: int | None) -> str:
    if low is None:
        return f"{high}%以下"
    return f"{low}%及以上" if high is None else f"{low}%～{high}%"


def mean_rate(outcomes: Iterable[Outcome]) -> Decimal | None:
    """The mean 得分率 of the cases that have one."""
    rates = [rate for outcome in outcomes if (rate := outcome.rate) is not None]
    return sum(rates, _ZERO) / len(rates) if rates else None


def deductions(outcomes: Iterable[Outcome]) -> list[Deduction]:
    """The leaves on which marks were lost: by how many units, then by how many marks. A leaf is one of its own form only."""
    held: dict[tuple[str, str], list[tuple[Outcome, LeafOutcome]]] = {}
    for outcome in outcomes:
        for leaf in outcome.leaves:
            if not leaf.bonus and leaf.basis != "not_applicable":
                held.setdefault((outcome.framework, leaf.id), []).append((outcome, leaf))
    found = [_deduction(pairs) for pairs in held.values() if any(leaf.lost for _, leaf in pairs)]
    return sorted(found, key=lambda one: (-len(one.units), -one.lost, one.framework, one.name))


def _deduction(pairs: Sequence[tuple[Outcome, LeafOutcome]]) -> Deduction:
    outcome, leaf = pairs[0]
    lost = sorted(((o.unit, leaf.lost) for o, leaf in pairs if leaf.lost), key=lambda pair: -pair[1])
    return Deduction(outcome.framework_name, leaf.part, leaf.name, leaf.full_marks, len(pairs), tuple(lost))


def common(found: Iterable[Deduction], most: int) -> list[tuple[str, int, Decimal]]:
    """The most common deductions over all forms: name, units, marks. Leaves of one name are one here."""
    by_name: dict[str, tuple[int, Decimal]] = {}
    for one in found:
        units, marks = by_name.get(one.name, (0, _ZERO))
        by_name[one.name] = units + len(one.units), marks + one.lost
    ranked = sorted(by_name.items(), key=lambda item: (-item[1][0], -item[1][1]))
    return [(name, units, marks) for name, (units, marks) in ranked[:most]]


def forms(verdicts: Iterable[Verdict]) -> list[FormGroup]:
    """The cases by form, the form of most cases first; those without marks are in none."""
    held: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.outcome.parts:
            held.setdefault(verdict.outcome.framework, []).append(verdict)
    ranked = sorted(held.items(), key=lambda item: -len(item[1]))
    return [FormGroup(id, group[0].outcome.framework_name, _parts(group), tuple(group)) for id, group in ranked]


def _parts(group: Sequence[Verdict]) -> tuple[tuple[str, Decimal], ...]:
    """Every part that one of the cases has, in their order (a form tailored by one unit may have another share)."""
    found: dict[str, Decimal] = {}
    for verdict in group:
        for part in verdict.outcome.parts:
            found.setdefault(part.name, part.full_marks)
    return tuple(found.items())
