"""The sentences of a document, each with its place, the heading it stands under and, in a table, the heads of its column."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from assistant.documents import Block, Text
from assistant.numbers import Mention, find_numbers
from assistant.patterns import regex
from assistant.subjects import normal_term, sentence_ends

_CLAUSE = regex(r"[，。！？；：,;:\n\t]")
_HEAD_ROWS = 2


class Said(NamedTuple):
    """A sentence: its words, where it starts in the text, the headings above it (the nearest last); in a table the head of
    its column and the cells of its row.
    """

    words: str
    start: int
    headings: tuple[str, ...] = ()
    head: str = ""
    row: tuple[str, ...] = ()

    def clause(self, at: int) -> tuple[str, int]:
        """The clause around a place in the sentence, and where it begins in the sentence."""
        start = max((m.end() for m in _CLAUSE.finditer(self.words, 0, at)), default=0)
        end = _CLAUSE.search(self.words, at)
        return self.words[start : end.start() if end else len(self.words)], start

    def clauses_before(self, at: int) -> list[str]:
        """The clauses that come before the one at this place, nearest first."""
        _, start = self.clause(at)
        return [piece for piece in reversed(_CLAUSE.split(self.words[:start])) if piece]

    def quoted(self, at: int) -> bool:
        """Whether a place stands inside “…” or 《…》."""
        before = self.words[:at]
        return any(before.count(left) > before.count(right) for left, right in ("“”", "《》", "「」"))

    def numbers(self) -> list[Mention]:
        """The numbers of the sentence; offsets are into `words`."""
        return list(find_numbers(self.words))

    @property
    def short(self) -> str:
        """The sentence as a message quotes it."""
        words = self.words.strip()
        return words if len(words) <= 60 else f"{words[:58]}……"


def sentences(text: Text) -> Iterator[Said]:
    """Every sentence of prose and of table cells; contents lines are left out."""
    above: list[tuple[int, str]] = []
    heads: dict[int, dict[int, str]] = {}
    for block in text.blocks:
        words = text.text[block.start : block.end]
        if block.kind == "contents":
            continue
        if block.kind == "heading" and block.level:
            above = [(level, head) for level, head in above if level < block.level]
        trail = tuple(head for _, head in above)
        if block.kind == "row":
            yield from _cells(text, block, heads.setdefault(block.table, {}), trail)
            continue
        for start, end in _cut(words):
            yield Said(words[start:end], block.start + start, trail)
        if block.kind == "heading" and block.level:
            above.append((block.level, words))


def _cells(text: Text, block: Block, heads: dict[int, str], trail: tuple[str, ...]) -> Iterator[Said]:
    row = tuple(text.text[c.start : c.end] for c in block.cells)
    for cell in block.cells:
        words = text.text[cell.start : cell.end]
        if block.header or block.number <= 1 or (block.number <= _HEAD_ROWS and cell.column not in heads):
            for column in range(cell.column, cell.column + cell.columns):
                heads[column] = normal_term(words) or heads.get(column, "")
            continue
        for start, end in _cut(words):
            yield Said(words[start:end], cell.start + start, trail, heads.get(cell.column, ""), row)


def _cut(words: str) -> Iterator[tuple[int, int]]:
    for start, end in pairwise((0, *sentence_ends(words), len(words))):
        if words[start:end].strip():
            yield start, end
