"""What must be said and was not: a statement that no sentence tells, or tells without its figures, its names or most of its words."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guard.fault import WHOLE, Fault
from assistant.guard.matter import Clause, Matter, Text, bare, cut, is_content, stands_for
from assistant.subjects import bigrams

_WORDS, _WITH_SLOTS = 0.55, 0.34
_PAIRS = 0.5
_FEW = 2
"""A clause of fewer words of its own is grammar."""


def left_out(matter: Matter) -> Iterator[Fault]:
    """A fault of the whole for every statement that must be said and is not."""
    for statement in matter.must:
        tellers = [text for text, ids in zip(matter.sentences, matter.told, strict=True) if statement.id in ids]
        missing = _missing(statement, tellers)
        if missing:
            message = f"没有写到“{statement.blank.strip('。')}”：缺{missing}，须照原意写出。"
            yield Fault("missing", WHOLE, statement.raw, message, statement.id)


def _missing(statement: Text, tellers: list[Text]) -> str:
    """What of the statement no sentence says, "" where all of it is said."""
    if not tellers:
        return "这一句"
    slots = [slot.id for slot in statement.slots if not any(slot.id in text.ids for text in tellers)]
    if slots:
        return "占位" + "、".join(f"[[{id}]]" for id in slots)
    said = "".join(text.bare for text in tellers)
    names = [name for name in statement.names if bare(name) not in said]
    if names:
        return "名称" + "、".join(f"“{name}”" for name in names)
    silent = next((c.text for c in statement.clauses if not c.slots and not _touched(c, said)), "")
    if silent:
        return f"“{silent.strip()}”"
    words = [word for word in dict.fromkeys(statement.words) if is_content(word)]
    unsaid = [word for word in words if not any(other in said for other in stands_for(word))]
    if len(words) - len(unsaid) >= (_WITH_SLOTS if statement.slots else _WORDS) * len(words):
        return ""
    pairs = bigrams(said)
    if len(statement.pairs & pairs) >= _PAIRS * len(statement.pairs) and len(unsaid) < len(words):
        return ""
    return "“" + "”“".join(unsaid[:4]) + "”等内容"


def _touched(clause: Clause, said: str) -> bool:
    """Whether anything of a clause is said; one with no words to speak of always is."""
    words = [word for word in cut(clause.text) if is_content(word)]
    return len(words) < _FEW or any(other in said for word in words for other in stands_for(word))
