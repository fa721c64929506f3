"""What must be said and was not: a statement that no sentence tells, or tells without its figures, its names or most of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from assistant.guard.fault import WHOLE, Fault
from assistant.guard.matter import Matter
from assistant.guard.numerals import narrow, typed_in
from assistant.guard.text import Clause, Text, bare, is_content, stands_for, widened, without_small

_WORDS, _WITH_SLOTS = 0.55, 0.34
"""The share of a statement's words that must be said; less where its figures are."""
_PAIRS = 0.5
_NEARLY = 0.7
_FEW, _SOME = 4, 0.4
"""A clause of fewer pairs is grammar; of a longer one so much must be said."""


_TOPIC = "方面"
"""A clause that ends so only names what is told."""


class _Said:
    """What the sentences that tell a statement say together; `everything` is what all sentences say."""

    def __init__(self, tellers: list[Text], everything: str, year: int) -> None:
        self.tellers = tellers
        self.everything = everything
        self.years = (f"{year}年", f"{year}年度")

    @cached_property
    def bare(self) -> str:
        """Their characters."""
        return "".join(text.bare for text in self.tellers)

    @cached_property
    def narrow(self) -> str:
        """Their characters and marks, digits narrow."""
        return narrow("".join(text.blank for text in self.tellers))

    def nearly(self, clause: Clause) -> bool:
        """Whether one clause of theirs has nearly all characters of this one: 名额有限 of 受名额限制."""
        wanted = frozenset(without_small(bare(clause.text)))
        return any(len(wanted & {*one.text}) >= _NEARLY * len(wanted) for text in self.tellers for one in text.clauses)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of their characters, and of words that may stand for theirs."""
        return frozenset[str]().union(*(widened(text.blank) for text in self.tellers))


def left_out(matter: Matter) -> Iterator[Fault]:
    """A fault of the whole for every statement that must be said and is not."""
    everything = "".join(text.bare for text in matter.sentences)
    for statement in matter.must:
        tellers = [text for text, ids in zip(matter.sentences, matter.told, strict=True) if statement.id in ids]
        said = _Said(tellers, everything, matter.ground.year)
        missing = next(filter(None, (check(statement, said) for check in _CHECKS)), "") if tellers else "这一句"
        if missing:
            message = f"没有写到“{statement.raw.strip('。')}”：缺{missing}，须照原意写出。"
            yield Fault("missing", WHOLE, statement.raw, message, statement.id)


def _slots(statement: Text, said: _Said) -> str:
    ids = [slot.id for slot in statement.slots if not any(slot.id in text.ids for text in said.tellers)]
    return "占位" + "、".join(f"[[{id}]]" for id in ids) if ids else ""


def _numbers(statement: Text, said: _Said) -> str:
    """Dates, document numbers and counts that the statement types; the case's own year need not be said."""
    return _listed(
        number for number in typed_in(statement.blank) if number not in (*said.years,) and number not in said.narrow
    )


def _names(statement: Text, said: _Said) -> str:
    """Names may stand in any sentence of the point."""
    return _listed(name for name in statement.names if bare(name) not in said.everything)


def _clauses(statement: Text, said: _Said) -> str:
    """A clause without figures of which too little is said."""
    silent = (
        clause.text.strip()
        for clause in statement.clauses
        if not (clause.slots or clause.text.endswith(_TOPIC))
        and len(clause.core) >= _FEW
        and len(clause.core & said.pairs) < _SOME * len(clause.core)
        and not said.nearly(clause)
    )
    return _listed(silent)


def _words(statement: Text, said: _Said) -> str:
    words = [word for word in dict.fromkeys(statement.words) if is_content(word)]
    unsaid = [word for word in words if not any(other in said.bare for other in stands_for(word))]
    share = _WITH_SLOTS if statement.slots else _WORDS
    if len(words) - len(unsaid) >= share * len(words):
        return ""
    mostly = len(statement.pairs & said.pairs) >= _PAIRS * len(statement.pairs)
    return "" if mostly and (statement.slots or len(unsaid) < len(words)) else _listed(unsaid[:4])


def _listed(words: Iterator[str] | list[str]) -> str:
    return "、".join(f"“{word}”" for word in words)


_CHECKS: tuple[Callable[[Text, _Said], str], ...] = (_slots, _numbers, _names, _clauses, _words)
