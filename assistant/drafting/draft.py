"""What a drafter hands back: sections of paragraphs of sentences, with slots, authors and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Author = Literal["offline", "model", "repaired", "person"]


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence with its full stop, numbers as slots; `sources` name the paragraphs and cells it rests on."""

    text: str
    author: Author = "offline"
    sources: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As in draft.json."""
        return {"text": self.text, "author": self.author, "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class DraftParagraph:
    """A heading (`level` 2 to 4, no sentences), or a paragraph: `lead` opens it and is itself a sentence (（1）…。) of `lead_author`."""

    lead: str = ""
    level: Literal[0, 1, 2, 3, 4] = 0
    sentences: tuple[DraftSentence, ...] = ()
    lead_author: Author = "offline"


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section's text. `prompt` names the template it was made with: name and digest."""

    id: str
    paragraphs: tuple[DraftParagraph, ...]
    prompts: tuple[tuple[str, str], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every lead and sentence in order."""
        return tuple(
            text
            for paragraph in self.paragraphs
            for text in (paragraph.lead, *(sentence.text for sentence in paragraph.sentences))
            if text
        )
