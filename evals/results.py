"""What a suite measured: tables for people, figures for machines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is printed: every cell is text already; `notes` stand under it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bars:
    """A small chart for the page: a bar a row, made of the counts of each part, one to three of them, the good one first."""

    title: str
    parts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """All that one suite measured. `figures` are the same numbers for a machine: flat, decimals as strings, counts as integers.

    `misses` are the single cases that went wrong, one line each, so that a bad figure can be looked into. `seconds` is filled in by
    who runs the suite.
    """

    suite: str
    purpose: str
    tables: tuple[Table, ...]
    figures: dict[str, str | int] = field(default_factory=dict)
    misses: tuple[str, ...] = ()
    seconds: str = ""
    charts: tuple[Bars, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As in eval.json."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Options:
    """How a suite is run: `thorough` takes everything, else a fixed share that is done in a minute; `tick(done, total)` shows progress.

    The same `seed` gives the same figures (but for times).
    """

    thorough: bool = False
    model: str = "offline"
    seed: int = 1
    tick: Callable[[int, int], None] = lambda done, total: None


Suite = Callable[[Options], Result]


def rate(part: int | Decimal, whole: int | Decimal) -> str:
    """A share for `figures`: a fraction with four places; "" of nothing, for there is no rate without a case."""
    return f"{Decimal(part) / whole:.4f}" if whole else ""


def percent(part: int | Decimal, whole: int | Decimal) -> str:
    """A share for a table: per cent with one place; — of nothing."""
    return f"{100 * Decimal(part) / whole:.1f}%" if whole else "—"
