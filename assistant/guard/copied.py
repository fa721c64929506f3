"""What was taken from an exemplar: a run of its characters, or a blank left in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assistant.guard.fault import Fault
from assistant.guard.lexicon import stock_phrases
from assistant.guard.matter import Matter
from assistant.guard.text import SLOT, bare
from assistant.patterns import regex

RUN = 12
"""So many characters in common are no accident."""
_TYPED = regex(r"〔[^〔〕\n]{0,40}〕|【[^【】\n]{0,40}】|［[^［］\n]{0,40}］")


def copied(matter: Matter) -> Iterator[Fault]:
    """Runs shared with a shown exemplar that nothing known holds, and typed blanks."""
    known = matter.known_blank
    shown = _runs_of(matter.ground.shown)
    own = _runs(known) | _runs_of(stock_phrases())
    for number, text in enumerate(matter.written):
        for m in _TYPED.finditer(text.raw):
            if m[0] not in known:
                yield Fault("leak", number, m[0], f"“{m[0]}”是范文里的空白，不能留在报告里，请删去或改用本段的占位。")
        for run in _shared(_plain(text.raw), shown, own):
            message = f"“{run}”与范文连续{len(run)}字相同。范文只供参考写法，请用原句的词另写。"
            yield Fault("similarity", number, run, message)


def _shared(text: str, shown: frozenset[str], own: frozenset[str]) -> Iterator[str]:
    """The longest runs of a text that stand in an exemplar."""
    start = -1
    for at in range(len(text) - RUN + 2):
        gram = text[at : at + RUN]
        hit = len(gram) == RUN and gram in shown and gram not in own
        if hit and start < 0:
            start = at
        if not hit and start >= 0:
            yield text[start : at + RUN - 1]
            start = -1


def _plain(text: str) -> str:
    """Characters alone: no marks, spaces, slots and typed blanks."""
    return bare(_TYPED.sub("", SLOT.sub("", text)))


def _runs(text: str) -> frozenset[str]:
    """All runs of the length that counts."""
    found: set[str] = set()
    for line in text.split("\n"):
        plain = _plain(line)
        found |= {plain[at : at + RUN] for at in range(len(plain) - RUN + 1)}
    return frozenset(found)


@lru_cache(maxsize=64)
def _runs_of(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(_runs, texts))
