"""Small words of every narrative section: enumerators, headings, what is still to be given, names of a few."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.briefs.phrases import inner
from assistant.drafting.draft import DraftParagraph, DraftSentence

MOST_NAMED = 3
_DIGITS = "〇一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def chinese(number: int) -> str:
    """1 to 99 as an enumerator: 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def placeholder(*names: str) -> str:
    """【待补：…】: what a person still has to give."""
    return f"【待补：{'、'.join(names)}】"


def heading(number: int, name: str, under: int = 2) -> DraftParagraph:
    """A heading inside a section whose own heading is of level `under`: （一） below 一、, 1. below （一）, （1） below 1., ① below （1）."""
    name = name.strip("。；，")
    if under < 2:
        return DraftParagraph(f"（{chinese(number)}）{name}", 2)
    if under > 3:
        return DraftParagraph(f"{_CIRCLED[(number - 1) % len(_CIRCLED)]}{name}。")
    return DraftParagraph(f"（{number}）{name}", 4) if under == 3 else DraftParagraph(f"{number}. {name}", 3)


def point(number: int, under: int = 2) -> str:
    """The number of a 观点 below such a heading; none where the numbers have run out."""
    if under > 3:
        return ""
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
