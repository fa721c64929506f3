"""Things that belong together by their order or their place: the lists about 分别, and what stands in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.guard.fault import Fault
from assistant.guard.matter import Matter
from assistant.guard.text import BLANK, Text
from assistant.patterns import regex

_RESPECTIVELY = regex(r"([^，。；：]{2,60})分别(?:[与为由是在到向]|达到)?([^，。；：]{2,60})")
_ITEMS = regex(r"[、和与及]")
_BRACKETED = regex(r"[（(][^（）()]{2,40}[）)]")
_KEY = 2
"""So many first characters know an item of a list again."""


def paired(matter: Matter) -> Iterator[Fault]:
    """Lists whose order about 分别 is another than the statement's, and brackets that moved to another figure."""
    lists = [found for statement in matter.statements for found in _lists(statement.blank)]
    brackets = {words: slot for statement in matter.statements for words, slot in _brackets(statement)}
    for number, text in enumerate(matter.sentences):
        for before, after in _lists(text.blank):
            if any(_crossed(before, own) != _crossed(after, its) for own, its in lists):
                words = "、".join(after)
                yield Fault("misattributed", number, words, f"“{words}”和“分别”前面的次序对不上，请照原句的次序写。")
        for words, slot in _brackets(text):
            if brackets.get(words, slot) != slot:
                yield Fault("misattributed", number, words, f"“{words}”说的不是这个数，请放回原句的位置。")


def _lists(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """The two lists about each 分别 of a text; not where the second is of figures, which are judged where they stand."""
    for m in _RESPECTIVELY.finditer(text):
        before, after = ([item for item in _ITEMS.split(side) if item] for side in m.groups())
        if len(before) > 1 and len(after) > 1 and BLANK not in m[2]:
            yield before, after


def _crossed(items: Sequence[str], own: Sequence[str]) -> bool:
    """Whether two items that both lists have stand in another order."""
    at = [n for item in items for n, other in enumerate(own) if _alike(item, other)]
    return any(one > other for one, other in combinations(at, 2))


def _alike(one: str, other: str) -> bool:
    return one[:_KEY] == other[:_KEY] or one[-_KEY:] == other[-_KEY:] or one in other or other in one


def _brackets(text: Text) -> Iterator[tuple[str, str]]:
    """What stands in brackets, with the figure before it in its clause; "" where there is none."""
    for m in _BRACKETED.finditer(text.blank):
        start = max(text.blank.rfind(mark, 0, m.start()) for mark in "，。；：")
        slots = [slot.id for slot in text.slots if start < slot.at < m.start()]
        if BLANK not in m[0]:
            yield m[0][1:-1], slots[-1] if slots else ""
