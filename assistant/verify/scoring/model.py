"""A score table as it was read: the leaves with their marks, the levels above them, the printed totals. Every value has its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from assistant.patterns import regex
from assistant.subjects import normal_term

Source = Literal["grid", "lines", "prose"]

BONUS = regex(r"加减分|加分|减分项|扣分项|奖惩|奖励分|附加分")
HUNDRED = Decimal(100)
AS_FULL = r"(?:不适用[，,、；;]?\s?)?(?:按规定)?(?:视同|视为|按|计|得)满分(?:计分?|计算)?"
_NUMBER = regex(
    rf"\s*[+＋]?([-－−]?\d{{1,4}}(?:[.．]\d{{1,4}})?)\s*(?:分|%|％)?\s*[*＊]?\s*(?:[（(]\s?{AS_FULL}\s?[）)]\s*)?$",
    re.ASCII,
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－−％", "0123456789.--%")
_ENUMERATOR = regex(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[.．]\d{1,2}){0,3}[、.．\s]|[A-Z]\d{0,3}[.、．\s]?(?=[\u4e00-\u9fff“])|[①-⑳])\s*"
)
_SHARE = regex(r"[（(]\s{0,3}(?:满分|分值|权重)?[：:]?\s{0,3}\d{1,3}(?:\.\d{1,2})?\s{0,3}分?\s{0,3}[)）]$")


class Spot(NamedTuple):
    """The words of a cell, or of a stretch of prose, and where they stand in the text."""

    words: str
    start: int
    end: int

    @property
    def number(self) -> Points | None:
        """The number, where the cell holds one bare number (8, 4.5分, 90%, 2（视同满分）) and nothing else."""
        found = _NUMBER.match(self.words.translate(_FULL_WIDTH))
        if found is None:
            return None
        value = Decimal(found[1].replace("．", "."))
        return Points(value, Decimal((0, (1,), min(0, int(value.as_tuple().exponent)))), self)

    @property
    def blank(self) -> bool:
        """Whether nothing was written: empty, a dash or a stroke."""
        return not self.words.strip(" \t\n-－—–/／\\　*")

    @property
    def name(self) -> str:
        """The words as the name of an indicator in the form in which names are compared."""
        return normal_term(self.called)

    @property
    def called(self) -> str:
        """The words as the name of an indicator, without its numbering and its marks in brackets."""
        return _SHARE.sub("", _ENUMERATOR.sub("", self.words, count=1).rstrip()).strip(" ：:\n")


class Points(NamedTuple):
    """A printed number: its value, the worth of its last digit, and where it stands."""

    value: Decimal
    step: Decimal
    spot: Spot

    @property
    def told(self) -> str:
        """As people write it: no closing zeros."""
        return told(self.value)


class Leaf(NamedTuple):
    """An indicator of the lowest level. `above`: the places of the levels over it in `ScoreTable.parents`, the highest first.

    `full` is shared (`shares_full`) where one full mark was printed for it and the leaves before it. `pieced`: its row was cut by
    a page, so that its description and standard may not be whole. `waived`: it does not apply (不适用) and has no marks.
    """

    title: Spot
    full: Points | None
    marks: Points | None
    above: tuple[int, ...] = ()
    rate: Points | None = None
    deducted: Points | None = None
    standard: Spot | None = None
    sign: Spot | None = None
    target: Spot | None = None
    achieved: Spot | None = None
    reason: Spot | None = None
    shares_full: bool = False
    pieced: bool = False
    waived: bool = False

    @property
    def name(self) -> str:
        """Its name in the form in which names are compared."""
        return self.title.name

    @property
    def called(self) -> str:
        """Its name as printed."""
        return self.title.called

    @property
    def bonus(self) -> bool:
        """Whether its marks come on top of the base."""
        return bool(BONUS.search(self.title.words))


class Parent(NamedTuple):
    """A level above the leaves, with the full marks and marks that it prints of its own. `depth` counts from 0."""

    title: Spot
    depth: int
    full: Points | None = None
    marks: Points | None = None

    @property
    def name(self) -> str:
        """Its name in the form in which names are compared."""
        return self.title.name

    @property
    def called(self) -> str:
        """Its name as printed."""
        return self.title.called


@dataclass(frozen=True)
class ScoreTable:
    """One score table. `full`, `total` and `total_rate` are those of its row of totals, `other_fulls` what that row prints under the
    full marks of the higher levels. `doubts` says, in Chinese, what could not be read for certain; sums are judged only where there is none."""

    source: Source
    caption: str
    leaves: tuple[Leaf, ...]
    parents: tuple[Parent, ...] = ()
    full: Points | None = None
    total: Points | None = None
    total_rate: Points | None = None
    other_fulls: tuple[Points, ...] = ()
    doubts: tuple[str, ...] = ()
    has_reasons: bool = False
    of_project: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return min((leaf.title.start for leaf in self.leaves), default=0)

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        ends = [leaf.title.end for leaf in self.leaves] + [p.spot.end for p in (self.full, self.total) if p]
        return max(ends, default=0)

    @cached_property
    def whole(self) -> bool:
        """Whether every leaf was read with its full marks and marks."""
        return not self.doubts and all(
            leaf.waived or (leaf.marks and (leaf.full or leaf.shares_full or leaf.bonus)) for leaf in self.leaves
        )

    @cached_property
    def complete(self) -> bool:
        """Whether it is the whole form and no part of one: it has a row of totals, or its full marks make a hundred."""
        fulls = distinct([leaf.full for leaf in self.leaves if not leaf.bonus])
        return self.whole and (self.total is not None or sum(p.value for p in fulls) == HUNDRED)

    @cached_property
    def step(self) -> Decimal:
        """The finest digit that any mark of the table prints: to it the others are rounded."""
        return min((leaf.marks.step for leaf in self.leaves if leaf.marks), default=Decimal(1))

    @cached_property
    def _below(self) -> dict[int, list[int]]:
        """For each parent the places of its leaves."""
        found: dict[int, list[int]] = {}
        for at, leaf in enumerate(self.leaves):
            for parent in leaf.above:
                found.setdefault(parent, []).append(at)
        return found

    def under(self, parent: int) -> tuple[Leaf, ...]:
        """The leaves below one of the parents."""
        return tuple(self.leaves[at] for at in self._below.get(parent, ()))

    def splits_share(self, parent: int) -> bool:
        """Whether a full mark is shared by leaves on both sides of an edge of this parent."""
        places = self._below.get(parent, [])
        if not places:
            return False
        end = places[-1] + 1
        return self.leaves[places[0]].shares_full or (end < len(self.leaves) and self.leaves[end].shares_full)

    def full_groups(self) -> Iterator[tuple[Points, tuple[Leaf, ...]]]:
        """Each printed full mark with the leaves that it holds for: one, or those that share it."""
        at = 0
        while at < len(self.leaves):
            first, end = self.leaves[at], at + 1
            while end < len(self.leaves) and self.leaves[end].shares_full:
                end += 1
            if first.full is not None:
                yield first.full, self.leaves[at:end]
            at = end


def told(value: Decimal) -> str:
    """A number as people write it: no exponent, no closing zeros."""
    words = format(value, "f")
    return words.rstrip("0").rstrip(".") if "." in words else words


def distinct(points: Iterator[Points | None] | list[Points | None]) -> list[Points]:
    """The numbers, one that a merged cell gives to several rows once."""
    seen: dict[int, Points] = {}
    for one in points:
        if one is not None:
            seen.setdefault(one.spot.start, one)
    return list(seen.values())
