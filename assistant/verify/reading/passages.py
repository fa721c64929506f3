"""The prose of a document as people read it: a paragraph that a page or a line has cut in two is one passage again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.documents import Block, Text
from assistant.patterns import regex

_ENDED = "。！？；：:;!?”』」）)》】"
_ITEM = regex(
    r"\s*(?:第[一二三四五六七八九十]{1,3}[章节部条]|[一二三四五六七八九十]{1,3}[、.．]|[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）]"
    r"|[0-9]{1,2}[.．、](?![0-9])|[①-⑳]|附件|附表|表\s?[0-9一二三]|图\s?[0-9一二三]|单位[：:]|注[：:])"
)
_RANKS = tuple(
    regex(r"\s{0,4}(?:" + pattern + ")")
    for pattern in (
        r"第[一二三四五六七八九十]{1,3}[章部]|附件|附表",
        r"第[一二三四五六七八九十]{1,3}节|[一二三四五六七八九十]{1,3}[、.．]",
        r"[（(][一二三四五六七八九十]{1,3}[)）]",
        r"[0-9]{1,2}[.．、](?![0-9])",
        r"[（(][0-9]{1,2}[)）]|[①-⑳]",
    )
)
"""How a heading is numbered says how deep it stands; in a plain text nothing else does."""
_LONGEST_HEADING = 40
_ANNOUNCING = 2.5
"""年度目标如下： stands over its list as a heading does, below （一） and above 1."""
_RUN_IN = regex(r"[^。；，：0-9]{0,30}(?:20\d\d\s?年)?[^。；，：0-9]{1,30}。$")
"""A numbered line that is one short sentence without a figure is a heading with a stop: 1. 预算执行情况较好。"""
_SHORTEST_CUT = 18
"""A line that stops short of this was not cut by the page: it is a title, a name, an item."""
_HEADED = regex(r"[^，。；：！？,;:!?]{1,26}$")
"""A numbered line as short as this, without a stop in it, is a heading and not cut either."""
_SENTENCE_END = regex(r"[。！？；]|(?<=[^0-9])[!?;]")


class Passage(NamedTuple):
    """One paragraph of prose. `words` has the same length as its stretch of the text: a line break in it stands as a space.

    So a place in `words` plus `start` is a place in the text. `section`: the headings above it, the nearest last.
    """

    words: str
    start: int
    blocks: tuple[Block, ...]
    section: tuple[str, ...] = ()

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
    return tuple(_joined(text, found))


def _goes_on(text: Text, before: Block, block: Block) -> bool:
    """Whether a line is the rest of the one before it."""
    if before.kind != "paragraph" or block.kind != "paragraph":
        return False
    head, tail = text.text[before.start : before.end], text.text[block.start : block.end]
    if len(head) < _SHORTEST_CUT or head[-1:] in _ENDED or not tail:
        return False
    if _ITEM.match(head) and _HEADED.match(head):
        return False
    return not _ITEM.match(tail)


def _joined(text: Text, found: list[list[Block]]) -> Iterator[Passage]:
    above: list[tuple[float, str]] = []
    for blocks in found:
        start, end = blocks[0].start, blocks[-1].end
        words = text.text[start:end].replace("\n", " ")
        rank = _rank(blocks[0], words)
        if rank is not None:
            above = [(other, heading) for other, heading in above if other < rank]
        yield Passage(words, start, tuple(blocks), tuple(heading for _, heading in above))
        if rank is not None:
            above.append((rank, words[: 2 * _LONGEST_HEADING]))


def _rank(block: Block, words: str) -> float | None:
    """How deep a heading stands, None for what is none."""
    heading = block.kind == "heading" and block.level > 0
    if not heading and (block.kind != "paragraph" or len(words) > _LONGEST_HEADING):
        return None
    if not heading and words[-1] in "：:":
        return _ANNOUNCING
    numbered = next(
        ((rank, found.end()) for rank, pattern in enumerate(_RANKS) if (found := pattern.match(words))), None
    )
    if numbered and not heading and words[-1] in "。；，;," and not _RUN_IN.match(words, numbered[1]):
        return None
    if numbered is None:
        return min(block.level, len(_RANKS)) - 1 if heading else None
    return numbered[0]
