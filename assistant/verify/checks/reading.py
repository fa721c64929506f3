"""A document as the checks see it: its sentences, and the facts of its case where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.documents import Text
from assistant.verify.checks.sentences import Said, sentences

if TYPE_CHECKING:
    from assistant.intake import Case
    from assistant.scorecard import Scorecard
    from assistant.verify.checks.facts import Facts


@dataclass(frozen=True)
class Reading:
    """What every check takes. `card` is None where a text is checked alone; `case` adds the rows of its workbook."""

    text: Text
    card: Scorecard | None = None
    case: Case | None = None

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The sentences of the document."""
        return tuple(sentences(self.text))

    @cached_property
    def facts(self) -> Facts | None:
        """What the case knows."""
        if self.card is None:
            return None
        from assistant.verify.checks.facts import Facts  # checking a text alone needs none of the rules

        return Facts(self.card, self.case)
