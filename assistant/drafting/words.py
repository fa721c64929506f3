"""Small words of every narrative section: enumerators, headings, what is still to be given, names of a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.briefs.enumerators import enumerator
from assistant.briefs.phrases import inner
from assistant.drafting.draft import DraftParagraph, DraftSentence

MOST_NAMED = 3
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def placeholder(*names: str) -> str:
    """【待补：…】: what a person still has to give."""
    return f"【待补：{'、'.join(names)}】"


def heading(number: int, name: str, under: int = 2) -> DraftParagraph:
    """A heading inside a section whose own heading is of level `under`: （一） below 一、, 1. below （一）, （1） below 1., ① below （1）."""
    name = name.strip("。；，")
    if under > 3:
        return DraftParagraph(f"{_CIRCLED[(number - 1) % len(_CIRCLED)]}{name}。")
    level: Literal[2, 3, 4] = 2 if under < 2 else 3 if under == 2 else 4
    return DraftParagraph(enumerator(level, number) + name, level)


def point(number: int, under: int = 2) -> str:
    """The number of a 观点 below such a heading; none where the numbers have run out."""
    if under > 3:
        return ""
    if under < 2:
        return enumerator(3, number)
    return _CIRCLED[(number - 1) % len(_CIRCLED)] if under == 3 else f"（{number}）"


def paragraph(text: str, *sources: str) -> DraftParagraph:
    """A paragraph of one sentence."""
    return DraftParagraph(sentences=(DraftSentence(text, sources=tuple(s for s in sources if s)),))


def quoted(name: str) -> str:
    """In “”, quotes inside it as ‘’."""
    return f"“{inner(name)}”"


def some(names: Sequence[str], noun: str) -> str:
    """“甲”“乙”“丙”等任务: the first few by name."""
    return "".join(map(quoted, names[:MOST_NAMED])) + (f"等{noun}" if len(names) > MOST_NAMED else "")
