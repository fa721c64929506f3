"""What a section has to say, as data: figures as slots, facts in order under their tasks, lost marks, problems, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.briefs.view import ReportView


@dataclass(frozen=True, slots=True)
class SlotLine:
    """A figure that may be used: `[[id]]` label：printed."""

    id: str
    label: str
    printed: str

    def __str__(self) -> str:
        return f"[[{self.id}]] {self.label}：{self.printed}"


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of a material up to its full stop, its quantities as slots, and where it stands."""

    text: str
    slotted: str
    figures: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Facts that belong together: one 观点. `label` is the heading they stand under, or the words they open with.

    `task` is the number of the key task that it tells of, 0 for none.
    """

    label: str
    facts: tuple[Fact, ...]
    headings: tuple[str, ...] = ()
    task: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A key task of the year, as the workbook has it."""

    number: int
    field: str
    name: str
    status: str = ""
    note: str = ""
    department: str = ""
    deadline: str = ""
    origin: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A field of work with its key tasks and the topics that tell what was done; `bare` are tasks that no topic tells of."""

    name: str
    tasks: tuple[Task, ...]
    topics: tuple[Topic, ...]
    bare: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Deduction:
    """A leaf that lost marks. `why` is the rule's side (value and band, as slots), `note` what people wrote as the cause.

    `lacking`: what the note leaves open. `several`: more than one part lost marks, so that one cause may not stand for all.
    """

    leaf: str
    name: str
    full_marks: Decimal
    marks: Decimal
    why: str
    note: str
    declared: bool = False
    problem: int = 0
    sources: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    several: bool = False

    @property
    def explained(self) -> bool:
        """Whether a cause was given, here or as a problem."""
        return bool(self.problem or (self.note and not self.lacking))


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with its cause and its measure; `deductions` are the lost marks it stands for."""

    number: int
    text: str
    cause: str = ""
    measure: str = ""
    department: str = ""
    deadline: str = ""
    deductions: tuple[Deduction, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brief:
    """A section to be drafted, by whomever. `template` sections are written from `report`; a narrative one from the rest."""

    section: str
    genre: str
    heading: str
    level: int
    unit: str
    we: str
    own_names: tuple[str, ...]
    year: int
    template: str
    report: ReportView
    figures: tuple[SlotLine, ...] = ()
    items: tuple[WorkItem, ...] = ()
    topics: tuple[Topic, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing: str = ""
