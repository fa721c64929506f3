"""A document as the checks see it: its sentences, and the facts of its case where there is one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.documents import Text
from assistant.findings import Finding
from assistant.numbers import Mention, find_numbers
from assistant.verify.reading.enumerators import Listing, listings
from assistant.verify.reading.passages import Passage, passages
from assistant.verify.reading.sentences import Said, sentences
from assistant.verify.reading.statements import Statement, statements
from assistant.verify.reading.tables import Table, tables
from assistant.verify.scoring import ScoreTable, read_score_tables

if TYPE_CHECKING:
    from assistant.intake import Case
    from assistant.scorecard import Scorecard
    from assistant.verify.checks.facts import Facts


T = TypeVar("T")


@dataclass(frozen=True)
class Reading:
    """What every check takes. `card` is None where a text is checked alone; `case` adds the rows of its workbook.

    `compared`: where the numbers stand that some check held against others of the same text; it grows as the checks run.
    """

    text: Text
    card: Scorecard | None = None
    case: Case | None = None
    compared: set[int] = field(default_factory=set, compare=False, repr=False)
    _worked_out: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def held(self, *starts: int) -> None:
        """Note that the numbers that begin at these places were held against one another."""
        self.compared.update(starts)

    def once(self, work: Callable[[Reading], T]) -> T:
        """What several checks ask of a reading, worked out when the first of them does."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        found: T = self._worked_out[work]
        return found

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The sentences of the document."""
        return tuple(sentences(self.text))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every number of the text."""
        return tuple(find_numbers(self.text.text))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The prose, paragraph by paragraph."""
        return passages(self.text)

    def passages_between(self, start: int, end: int) -> tuple[Passage, ...]:
        """The passages that begin between two places."""
        low = bisect_left(self.passages, start, key=lambda passage: passage.start)
        return self.passages[low : bisect_left(self.passages, end, key=lambda passage: passage.start)]

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """The lists of numbered lines, headings and items."""
        return tuple(listings(self.text, self.passages))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every quantity of the prose with what it is said of, in reading order."""
        starts = [mention.start for mention in self.mentions]
        return tuple(
            statement
            for passage in self.passages
            for statement in statements(
                passage, self.mentions[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
            )
        )

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables as grids."""
        return tables(self.text, self.mentions)

    @cached_property
    def score_tables(self) -> tuple[ScoreTable, ...]:
        """The score tables, wherever they stand: grids, bare lines, prose."""
        return read_score_tables(self.text, self.tables, self.passages)

    @cached_property
    def facts(self) -> Facts | None:
        """What the case knows."""
        if self.card is None:
            return None
        from assistant.verify.checks.facts import Facts  # checking a text alone needs none of the rules

        return Facts(self.card, self.case)


Check = Callable[[Reading], Iterable[Finding]]
"""What every check is."""
