"""“A、B、C分别为1、2、3” read as A1、B2、C3: which of the names before 分别 belongs to a number after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.patterns import regex
from assistant.subjects import BLANK
from assistant.verify.matching.spoken import last_of

_EACH = "分别"
_MARKS = regex(r"[，；：。,;:]")
_COUNTED = regex(rf"{BLANK}(?:个|类|项|大)?(?:部分|方面|类|项|大类|维度|指标)(?:的|，)?")
"""四个部分 between the names and what is said of all of them."""
_JOINED = regex(r"、|以及|[和及与]")
_LAST_JOINED = regex(r"(?:以及|[和及与])(?=[^和及与]*$)")
_MORE = regex(rf"(?:[、，和及与以]{{1,2}}[约近超达]?{BLANK})*")


class Listed(NamedTuple):
    """The name that stands for this number, those before it, and the words that are said of all of them."""

    name: str
    earlier: tuple[str, ...]
    shared: str


def listed(before: str, right: str) -> Listed | None:
    """Where the names before 分别 are as many as the numbers after it; `before` and `right` have other numbers as □."""
    at = before.rfind(_EACH)
    if at < 0:
        return None
    position = before.count(BLANK, at)
    if position and _MARKS.split(before[at:].rpartition(BLANK)[2])[-1].strip("、和及与以"):
        return None  # the list is over: …和23次，另讲党课12次
    names, shared = _span(before[:at])
    count = position + 1 + (_MORE.match(right) or [""])[0].count(BLANK)
    for pieces in _pieces(names):
        if len(pieces) == count and all(pieces):
            tail = before[at + len(_EACH) :].partition(BLANK)[0]
            return Listed(pieces[position], tuple(pieces[:position]), (shared or pieces[-1]) + tail)
    return None


def _span(head: str) -> tuple[str, str]:
    """The names, and what follows their count."""
    found = last_of(_COUNTED, head)
    if found is not None and BLANK not in head[found.end() :]:
        return _MARKS.split(head[: found.start()].rpartition(BLANK)[2])[-1], head[found.end() :]
    return _MARKS.split(head.rpartition(BLANK)[2].rstrip("，,"))[-1], ""


def _pieces(names: str) -> Iterator[list[str]]:
    """The ways in which names with 和 in them may be meant: split at every joining word, at the last one only, at 、 only."""
    yield _JOINED.split(names)
    yield [piece for part in _LAST_JOINED.split(names) for piece in part.split("、")]
    yield names.split("、")
