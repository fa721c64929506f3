"""The prose of a document as people read it: a paragraph that a page or a line has cut in two is one passage again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.documents import Block, Text

_ENDED = "。！？；：:;!?”』」）)》】"
_ITEM = re.compile(
    r"\s*(?:第[一二三四五六七八九十]{1,3}[章节部条]|[一二三四五六七八九十]{1,3}[、.．]|[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）]"
    r"|[0-9]{1,2}[.．、](?![0-9])|[①-⑳]|附件|附表|表\s?[0-9一二三]|图\s?[0-9一二三]|单位[：:]|注[：:])"
)
_SHORTEST_CUT = 18
"""A line that stops short of this was not cut by the page: it is a title, a name, an item."""
_SENTENCE_END = re.compile(r"[。！？；]|(?<=[^0-9])[!?;]")


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of prose. `words` has the same length as its stretch of the text: a line break in it stands as a space.

    So a place in `words` plus `start` is a place in the text.
    """

    words: str
    start: int
    blocks: tuple[Block, ...]

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.words)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Start and end in the text of each sentence."""
        at = 0
        for found in _SENTENCE_END.finditer(self.words):
            yield self.start + at, self.start + found.end()
            at = found.end()
        if self.words[at:].strip():
            yield self.start + at, self.end


def passages(text: Text) -> tuple[Passage, ...]:
    """All prose in reading order; headings are passages of their own, contents lines and tables none."""
    found: list[list[Block]] = []
    before: Block | None = None
    for block in text.blocks:
        if block.kind in ("row", "contents"):
            before = block if block.kind == "row" else before
            continue
        if before is not None and found and before is found[-1][-1] and _goes_on(text, before, block):
            found[-1].append(block)
        else:
            found.append([block])
        before = block
    return tuple(_joined(text, blocks) for blocks in found)


def _goes_on(text: Text, before: Block, block: Block) -> bool:
    """Whether a line is the rest of the one before it."""
    if before.kind != "paragraph" or block.kind != "paragraph":
        return False
    head, tail = text.text[before.start : before.end], text.text[block.start : block.end]
    if len(head) < _SHORTEST_CUT or head[-1:] in _ENDED or not tail:
        return False
    return not _ITEM.match(tail)


def _joined(text: Text, blocks: list[Block]) -> Passage:
    start, end = blocks[0].start, blocks[-1].end
    return Passage(text.text[start:end].replace("\n", " "), start, tuple(blocks))
