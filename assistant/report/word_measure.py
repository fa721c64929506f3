"""How much room text takes: lines in a width, units on pages.

The report's text is set on a grid (one square a character, a line distance that no font can change), so its pages can be
counted without a word processor. Tables are estimated: their line distance is the font's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assistant.patterns import regex

SINGLE: Final = 1.3  # line distance in tables, in sizes

_TOKEN: Final = regex(r"[!-~\xa0-\xff]+| |[^ -~\xa0-\xff]+")
_NO_START: Final = frozenset("，。；：、！？）》〉」』】〕”’％…—·")
_HANGS: Final = frozenset("，。；：、！？")
_NO_END: Final = frozenset("（《〈「『【〔“‘")


def count_lines(text: str, width: float, size: float, tight: float = 0.0, indent: float = 0.0) -> int:
    """Lines that one paragraph takes in `width` points: a Chinese character is a square, a Latin one half of it.

    A mark that may not begin a line hangs or takes its neighbour along; a number is never broken unless it is wider than the line.
    """
    square, half, gap = size - tight, size / 2 - tight, size / 4
    width = max(width, size)
    limit = width + 0.5
    count, at, before, previous = 1, indent, 0.0, ""
    for token in _TOKEN.findall(text):
        if token[0] < "\u0100":
            wide = half * len(token)
            at += gap if previous > "\u0100" and previous.isalnum() else 0.0
            if at + wide > limit and at > 0:
                count, at = count + 1, before if previous in _NO_END else 0.0
            if at + wide > limit:
                count += int((at + wide) // width)
                wide = (at + wide) % width - at
            at += wide
            before = wide
        else:
            at += gap if previous and previous < "\u0100" and token[0].isalnum() else 0.0
            more, at = _squares(token, at, limit, square, before)
            count += more
            before = square
        previous = token[-1]
    return count


def _squares(text: str, at: float, limit: float, square: float, before: float) -> tuple[int, float]:
    """Lines begun by a row of square characters that starts `at` points into a line, and where it ends."""
    more = start = 0
    while True:
        room = max(0, int((limit - at) // square))
        if room >= len(text) - start:
            return more, at + (len(text) - start) * square
        stop = start + room
        sign, following = text[stop], text[stop + 1 : stop + 2]
        if sign in _HANGS and following not in _NO_START:
            if not following:
                return more, limit
            start, at = stop + 1, 0.0
        elif at == 0 and room <= 1:
            start = max(stop, start + 1)
        elif stop > start:
            start, at = stop - (sign in _NO_START or text[stop - 1] in _NO_END), 0.0
        else:
            at, before = before if sign in _NO_START else 0.0, 0.0
        more += 1


@dataclass(frozen=True, slots=True)
class Unit:
    """What no page break can go through: a line or a table row, in points.

    `keep` ties it to the next one; `repeat` is the height of the header rows printed again if a page begins here; `mark`
    numbers a heading.
    """

    height: float
    keep: bool = False
    repeat: float = 0.0
    mark: int = -1


def paginate(units: list[Unit], height: float, first: int) -> tuple[dict[int, int], int]:
    """The page of each marked unit, counted from `first`, and the last page used."""
    page, at = first, 0.0
    marks: dict[int, int] = {}
    start = 0
    while start < len(units):
        stop = start
        while stop + 1 < len(units) and units[stop].keep:
            stop += 1
        chain = units[start : stop + 1]
        if at > 0 and at + sum(unit.height for unit in chain) > height + 0.5:
            page, at = page + 1, chain[0].repeat
        for unit in chain:
            if at > unit.repeat and at + unit.height > height + 0.5:
                page, at = page + 1, unit.repeat
            at += unit.height
            if unit.mark >= 0:
                marks[unit.mark] = page
        start = stop + 1
    return marks, page
