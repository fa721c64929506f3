"""Small words of every narrative section: enumerators, headings, what is still to be given, names of a few."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafting.draft import DraftParagraph, DraftSentence

MOST_NAMED = 3
_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """1 to 99 as an enumerator: 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def placeholder(*names: str) -> str:
    """【待补：…】: what a person still has to give."""
    return f"【待补：{'、'.join(names)}】"


def heading(number: int, name: str) -> DraftParagraph:
    """A third-level heading inside a section."""
    return DraftParagraph(f"{number}. {name.strip('。；，')}", 3)


def paragraph(text: str, *sources: str) -> DraftParagraph:
    """A paragraph of one sentence."""
    return DraftParagraph(sentences=(DraftSentence(text, sources=tuple(s for s in sources if s)),))


def some(names: Sequence[str], noun: str) -> str:
    """“甲”“乙”“丙”等任务: the first few by name."""
    return "".join(f"“{name}”" for name in names[:MOST_NAMED]) + (f"等{noun}" if len(names) > MOST_NAMED else "")
