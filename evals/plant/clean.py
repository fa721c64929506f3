"""A good report, and the truth behind each of its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assistant.documents import Block, CellSpan, Text
from assistant.findings import Finding
from assistant.intake import Case
from assistant.ledger import Figure, Ledger
from assistant.numbers import Mention
from assistant.scorecard import Scorecard
from assistant.verify import Check, check_against_case, check_alone

Span = tuple[int, int]
ALARMS = ("error", "warning")
"""The severities that ask a person to look: an `info` is no alarm, and catches nothing."""
_SENTENCE_END = re.compile(r"[。！？；\n\t]")


@dataclass(frozen=True, slots=True)
class Truth:
    """What a number of a good report stands for: exact, in `unit`. `figure` is None where a formula gives it.

    `fixed`: a range or a bound of a material, which nobody may round any further.
    """

    value: Decimal
    unit: str
    figure: Figure | None = None
    fixed: bool = False

    @classmethod
    def of(cls, figure: Figure) -> Truth:
        """What a figure says."""
        return cls(figure.value, figure.unit, figure, bool(figure.bound) or figure.upper is not None)


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a good report. `site` is its sentence, or its cell: where a finding must stand that tells of it."""

    mention: Mention
    truth: Truth
    block: Block
    cell: CellSpan | None
    site: Span

    @property
    def figure(self) -> Figure | None:
        """The figure it states, if it is one."""
        return self.truth.figure


@dataclass(frozen=True)
class Clean:
    """A good report of a case. `whole`: it is a complete one, of which closure may be asked as well."""

    name: str
    text: Text
    card: Scorecard
    case: Case
    stated: tuple[Stated, ...]
    whole: bool

    @property
    def ledger(self) -> Ledger:
        """All figures of the case."""
        return self.card.ledger

    def check(self, text: Text) -> Check:
        """What the product says of this report, or of an edited one, with the case."""
        return check_against_case(text, self.card, whole=self.whole, case=self.case)

    def check_alone(self, text: Text) -> Check:
        """The same without the case."""
        return check_alone(text)

    @cached_property
    def said(self) -> tuple[Finding, ...]:
        """What is said of the untouched report. 【待补】 is right: the case lacks something."""
        return alarms(self.check(self.text).findings)

    @cached_property
    def said_alone(self) -> tuple[Finding, ...]:
        """The same without the case."""
        return alarms(self.check_alone(self.text).findings)

    @cached_property
    def fair(self) -> tuple[Stated, ...]:
        """The numbers whose sentence is not alarmed already: only there an error can be seen to be caught."""
        return tuple(s for s in self.stated if self.is_quiet(s.site))

    def is_quiet(self, span: Span) -> bool:
        """Whether nothing is said of a stretch of the untouched report."""
        return not any(overlap(span, (f.start, f.end)) for f in self.said if f.end)

    def words(self, span: Span) -> str:
        """The text of a stretch."""
        return self.text.text[span[0] : span[1]]


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]


def alarms(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that ask a person to look."""
    return tuple(f for f in findings if f.severity in ALARMS)


def place_of(text: Text, mention: Mention) -> tuple[Block, CellSpan | None, Span]:
    """The block, the cell and the site of a number."""
    block = text.block_at(mention.start)
    cell = block.cell_at(mention.start)
    return block, cell, sentence_at(text, mention.start, cell or block)


def sentence_at(text: Text, at: int, inside: Block | CellSpan) -> Span:
    """The sentence around a place, within its paragraph or cell."""
    starts = [m.end() for m in _SENTENCE_END.finditer(text.text, inside.start, at)]
    end = _SENTENCE_END.search(text.text, at, inside.end)
    return (starts[-1] if starts else inside.start), (end.end() if end else inside.end)
