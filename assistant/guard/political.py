"""政治表述: taken from the materials or from the dated table, never composed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from assistant.guard.fault import Fault
from assistant.guard.lexicon import Finder, political, wordings
from assistant.guard.matter import Matter

_REACH = 40


def political_wording(matter: Matter) -> Iterator[Fault]:
    """Wordings that neither the known texts nor the table of this year hold."""
    held = "\n".join([matter.known_blank, *wordings(matter.ground.year)])
    for number, text in enumerate(matter.written):
        for words in _wordings(text.blank):
            if words not in held:
                message = f"“{words}”是政治表述，材料和提法表（political.yaml）里没有，请删去。"
                yield Fault("wording", number, words, message)


def _wordings(text: str) -> Iterator[str]:
    for words, _ in _signs().find(text):
        yield words
    for opening, ending in political().frames:
        at = text.find(ending)
        while at >= 0:
            start = text.rfind(opening, max(0, at - _REACH), at)
            if start >= 0 and "。" not in text[start:at]:
                yield text[start : at + len(ending)]
            at = text.find(ending, at + 1)


@cache
def _signs() -> Finder:
    return Finder(political().signs)
