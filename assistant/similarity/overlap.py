"""Two paragraphs laid beside each other: the longest stretch of one whose words the other has, in whatever order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from assistant.patterns import regex
from assistant.similarity.pieces import NUMBER, OWN, TITLE, Piece, digits_of, is_year
from assistant.similarity.stock import LONGEST_TERM, terms

_SEED = 6
_MOST_HOMES = 8
"""So many places of one seed are tried: a phrase that comes again and again leads nowhere."""
_SHARED, _STOCK, _GAP = 4, -1, -4
"""In quarters of a character: one that both have and that is nobody's stock; one that is; one that the other has not. Words of the
genre between others take little away, but what is mostly of them was not copied."""
_SAME_FIGURE = (0, 0, 16, 24, 48)
"""What an equal figure in the same words adds, by its digits that count: it was copied, even where the words are stock."""
_OTHER_FIGURE, _IN_A_FORM = -8, -16
"""Prose with other figures is a copy all the same; two that fill in one form have its words in common and other figures."""
_FORM = regex(r"(?:指标值|完成值?|目标值?|分值|[得扣占共]|[预决]算数?|总[额计数])[不超过低于≥≤为]{0,3}$")
_BEFORE, _SHORTEST_TERM = 7, 3
_DATES_AND_MARKS = "年月日分"
_ANYBODYS = regex(r"分(?!钟)|[年月日号条款]")
"""Behind a figure that two reports may share: a mark, a date, a document's number."""


class Overlap(NamedTuple):
    """The stretch of each paragraph as bare characters, how many of the shared ones are nobody's stock, and what it weighs."""

    left: tuple[int, int]
    right: tuple[int, int]
    characters: int
    weight: int


class _Block(NamedTuple):
    left: int
    right: int
    length: int


def overlap(one: Piece, other: Piece, stock: bytes) -> Overlap | None:
    """The best stretch of `one` (with its stock, a byte for each character) that stands in `other` too."""
    left = one.bare
    blocks = _blocks(left, other.bare)
    gains = _gains(one, other, blocks, stock)
    start, end = _best(gains)
    inside = [block for block in blocks if block.left < end and block.left + block.length > start]
    if not inside:
        return None
    low = min(block.right + max(0, start - block.left) for block in inside)
    high = max(block.right + min(block.length, end - block.left) for block in inside)
    return Overlap((start, end), (low, high), gains[start:end].count(_SHARED), sum(gains[start:end]) // _SHARED)


def _gains(one: Piece, other: Piece, blocks: Sequence[_Block], stock: bytes) -> list[int]:
    """What each character of `one` adds or takes away."""
    left, own, others = one.bare, one.figures_by_place(), other.figures_by_place()
    named = _named(left)
    gains = [_GAP] * len(left)
    for block in blocks:
        for step in range(block.length):
            at = block.left + step
            if left[at] == NUMBER:
                form = bool(at and named[at - 1]) or bool(_FORM.search(left[max(0, at - _BEFORE) : at]))
                gains[at] = _figure_gain(own[at], others[block.right + step], form, left[at + 1 : at + 3])
            else:
                counted = at and left[at - 1] == NUMBER and left[at] in _DATES_AND_MARKS
                gains[at] = _STOCK if counted or stock[at] or named[at] else 0 if left[at] in (OWN, TITLE) else _SHARED
    return gains


def _named(bare: str) -> bytearray:
    """1 for every character of a term, the longest where several begin."""
    known, marks, at = terms(), bytearray(len(bare)), 0
    while at < len(bare):
        length = next((n for n in range(LONGEST_TERM, _SHORTEST_TERM - 1, -1) if bare[at : at + n] in known), 0)
        marks[at : at + length] = b"\1" * length
        at += length or 1
    return marks


def _figure_gain(one: str, other: str, form: bool, behind: str) -> int:
    if is_year(one) and is_year(other):
        return 0
    if one != other:
        return _IN_A_FORM if form else _OTHER_FIGURE
    return 0 if _ANYBODYS.match(behind) else _SAME_FIGURE[min(digits_of(one), 4)]


def _blocks(left: str, right: str) -> list[_Block]:
    """What the two have in common, from left to right, each as long as it goes."""
    homes: defaultdict[str, list[int]] = defaultdict(list)
    for at in range(len(right) - _SEED + 1):
        homes[right[at : at + _SEED]].append(at)
    found, at = [], 0
    while at <= len(left) - _SEED:
        tried = homes.get(left[at : at + _SEED], ())[:_MOST_HOMES]
        length, home = max(((_common(left, at, right, there), -there) for there in tried), default=(0, 0))
        if length:
            found.append(_Block(at, -home, length))
        at += length or 1
    return found


def _common(left: str, at: int, right: str, there: int) -> int:
    """How far the two run together from these places."""
    length, most = _SEED, min(len(left) - at, len(right) - there)
    while length < most and left[at + length] == right[there + length]:
        length += 1
    return length


def _best(gains: list[int]) -> tuple[int, int]:
    """The stretch with the greatest sum, and what stands at its ends and weighs nothing: a year, stock words that go on."""
    best, start, end, total, begun = 0, 0, 0, 0, 0
    for at, gain in enumerate(gains):
        if total <= 0:
            total, begun = 0, at
        total += gain
        if total > best:
            best, start, end = total, begun, at + 1
    while start and gains[start - 1] in (0, _STOCK):
        start -= 1
    while end < len(gains) and gains[end] in (0, _STOCK):
        end += 1
    return start, end
