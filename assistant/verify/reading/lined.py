"""Tables whose lines a PDF has lost: 基本支出 1438.40 1636.67 1636.67, line under line, with or without spaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.documents import Block, Text
from assistant.patterns import regex

_NUMERAL = r"[+\-－]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15})(?:\.[0-9]{1,6})?[%％]?"
_ROW = regex(
    rf"(?P<name>[^0-9\s%％，。；！？,;][^0-9%％，。；！？,;]{{0,40}}?|[0-9]{{1,2}}[.．、]\s?[^0-9%％，。；！？,;]{{1,40}}?)"
    rf"[\s：:]{{0,8}}(?P<numbers>{_NUMERAL}(?:\s{{1,8}}(?:{_NUMERAL}|[-—/]))*)\s*$"
)
_TOKEN = regex(r"\S+")
_HEAD = regex(r"20\d\d\s?年\S{0,20}|\S+")
"""A head of the line above: 2022 年 is one."""
_TOTAL = regex(r"(?:合\s?计|总\s?计|小\s?计|共\s?计)$|^\s*(?:合\s?计|总\s?计|小\s?计|共\s?计)")
_LONGEST_LINE = 160
_MOST_NUMBERS = 12


class LinedRow(NamedTuple):
    """A line as a row: where its name and its numbers stand in the text."""

    block: Block
    spans: tuple[tuple[int, int], ...]


def lined(text: Text) -> Iterator[tuple[LinedRow | None, tuple[LinedRow, ...]]]:
    """Each run of two or more such lines with as many numbers each, one of them a total; before it its line of heads, if it has one."""
    run: list[LinedRow] = []
    head: LinedRow | None = None
    before: Block | None = None
    for block in (*text.blocks, None):
        row = _row(text, block) if block is not None and block.kind == "paragraph" else None
        if run and (row is None or len(row.spans) != len(run[0].spans)):
            if len(run) > 1 and any(_TOTAL.search(text.text[slice(*r.spans[0])]) for r in run):
                yield head, tuple(run)
            run = []
        if row is not None:
            if not run:
                head = _heads(text, before, len(row.spans))
            run.append(row)
        before = block


def _row(text: Text, block: Block) -> LinedRow | None:
    if block.end - block.start > _LONGEST_LINE:
        return None
    found = _ROW.match(text.text[block.start : block.end])
    if found is None:
        return None
    at = block.start + found.start("numbers")
    numbers = [(at + token.start(), at + token.end()) for token in _TOKEN.finditer(found["numbers"])]
    if len(numbers) > _MOST_NUMBERS:
        return None
    name = found["name"].rstrip("：: \u3000")
    return LinedRow(block, ((block.start, block.start + len(name)), *numbers))


def _heads(text: Text, block: Block | None, width: int) -> LinedRow | None:
    """The line above as heads: as many words as the rows have cells, or one less where the names have none."""
    if block is None or block.kind not in ("paragraph", "heading") or block.end - block.start > _LONGEST_LINE:
        return None
    words = [
        (block.start + m.start(), block.start + m.end()) for m in _HEAD.finditer(text.text[block.start : block.end])
    ]
    if len(words) == width - 1 and width > 2:
        words = [(block.start, block.start), *words]
    return LinedRow(block, tuple(words)) if len(words) == width and width > 1 else None


__all__: Sequence[str] = ("LinedRow", "lined")
