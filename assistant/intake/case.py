"""一份填报: one unit, one year, one framework, and all that was handed in for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from assistant.findings import Finding
from assistant.frameworks import Framework
from assistant.ledger import Figure, Ledger, Provenance


@dataclass(frozen=True, slots=True)
class Entry:
    """A text, an answer or a mark from the workbook, and its cell."""

    id: str
    text: str
    provenance: Provenance
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a named table: column id -> what was written (amounts are `number`s too)."""

    number: int
    cells: Mapping[str, Entry]

    def text(self, column: str) -> str:
        """The cell's text, or ""."""
        entry = self.cells.get(column)
        return entry.text if entry else ""

    def decimal(self, column: str) -> Decimal | None:
        """The cell's number, or None."""
        entry = self.cells.get(column)
        return entry.number if entry else None


@dataclass(frozen=True, slots=True)
class Change:
    """What a unit changed of the framework where the framework lets it: a weight, or an indicator of its own."""

    kind: str
    indicator: str
    before: str
    after: str
    basis: str
    place: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a material. `slotted` is its text with every quantity as a slot: 建成[[m3:value]]。"""

    text: str
    slotted: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a material, with the headings it stands under."""

    id: str
    file: str
    place: str
    headings: tuple[str, ...]
    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Workbook:
    """What the reader of the workbook found. Text fields by id (`unit.duties`), answers, marks, given rates, rows.

    `unread`: number cells with content that could not be used, id -> place and label; `none`: those that say in words that there
    is nothing (无, 不适用).
    """

    ledger: Ledger
    entries: Mapping[str, Entry]
    tables: Mapping[str, tuple[Row, ...]]
    findings: tuple[Finding, ...] = ()
    unread: Mapping[str, str] = field(default_factory=dict)
    none: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Offset:
    """抵销: money that one unit of the department handed to another, taken out of `figure` (the payer's spending) and, where it was
    booked there, out of `against` (the receiver's income). `amount` is in 元; payer and receiver are units' numbers from 1.
    """

    id: str
    figure: str
    against: str
    amount: Decimal
    payer: int
    receiver: int
    reason: str
    place: str


@dataclass(frozen=True)
class Department:
    """What a 部门汇总 was added up from: the units' cases in order, the 抵销, the department's own numbers where a sum stands
    instead (`own`), and by id the names of the units that lack a figure which others gave (`lacking`).

    In the ledger the figures of the n-th unit are `u<n>.<id>`, with the unit in their scope.
    """

    units: tuple[Case, ...]
    offsets: tuple[Offset, ...] = ()
    own: Mapping[str, Figure] = field(default_factory=dict)
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """Everything that was handed in, read and checked for form; nothing computed yet. `framework` is the one that holds for this
    unit: with its own indicators and weights in place (`changes` says which).

    `entries` holds texts and answers: `unit.duties`, `answer.<leaf>.<part>[.<item>]`, `answer.<leaf>.veto`, `reason.<leaf>[.<part>]`,
    `marks.<leaf>[.<part>]` (with `number`). `slotted` holds the same texts with every quantity as a slot (`w1` …), rows as
    `<table>.<row>.<column>`. `ledger` holds the workbook's figures, given rates (`given.<ratio>`) and the materials' (`m1` …).
    `unread` are the number cells with content that could not be used (id -> place and label): no report may leave them out unsaid;
    `none` are those that say in words that there is nothing. `version` and `as_of` are the 口径 of all its figures, where stated.
    `department` is set where the figures were added up from those of several units.
    """

    folder: Path
    unit: str
    short_name: str
    year: int
    coverage: str
    framework: Framework
    ledger: Ledger
    entries: Mapping[str, Entry] = field(default_factory=dict)
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    slotted: Mapping[str, str] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    findings: tuple[Finding, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    previous: Path | None = None
    unread: Mapping[str, str] = field(default_factory=dict)
    none: frozenset[str] = frozenset()
    version: str = ""
    as_of: str = ""
    department: Department | None = None

    def text(self, id: str) -> str:
        """A text field or an answer, or ""."""
        entry = self.entries.get(id)
        return entry.text if entry else ""

    def rows(self, table: str) -> tuple[Row, ...]:
        """The filled rows of a named table."""
        return self.tables.get(table, ())
