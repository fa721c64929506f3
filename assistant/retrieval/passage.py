"""What the exemplar store holds, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from assistant.masking import unblanked


@dataclass(frozen=True, slots=True)
class ExemplarPassage:
    """A stretch of an exemplar report.

    `owner` is "" for a shipped one. `outline` is the id of the outline that it follows, `kind` the kind of unit (民政局), `genre` a Genre of
    assistant.outlines, or "" in sections about figures. `section` is the path of its headings, joined by " / ".
    Only `masked` and `masked_section` may reach a prompt: `text` holds another unit's facts.
    """

    id: str
    exemplar: str
    owner: str
    approved: bool
    outline: str
    kind: str
    genre: str
    section: str
    year: int
    text: str
    masked: str
    masked_section: str = ""

    @property
    def words(self) -> str:
        """What its vector is made of: the masked words with their headings, without the blanks."""
        return unblanked(f"{self.masked_section}\n{self.masked}")

    @property
    def digest(self) -> str:
        """Names its vector, whatever else changes about the passage."""
        return blake2b(self.words.encode("utf-8"), digest_size=16).hexdigest()

    def visible_to(self, owner: str) -> bool:
        """Shipped, approved for all, or one's own."""
        return not self.owner or self.approved or self.owner == owner


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A report with its passages. `digest` is of the file's bytes; `notes` tell what of it could not be used."""

    id: str
    title: str
    unit: str
    kind: str
    outline: str
    year: int
    source: str
    owner: str
    approved: bool
    digest: str
    passages: tuple[ExemplarPassage, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. Ranks count from 1; 0: this half of the search did not find it."""

    passage: ExemplarPassage
    score: float
    keyword_rank: int = 0
    vector_rank: int = 0
