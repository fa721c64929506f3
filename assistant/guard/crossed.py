"""Clauses of two statements crossed in a sentence: what goes on about one thing, put behind another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from assistant.guard.fault import Fault
from assistant.guard.lexicon import AHEAD
from assistant.guard.matter import SURE, Mate, Matter
from assistant.guard.text import Clause, bare
from assistant.patterns import regex

_OPENING = regex(
    r"^(?:在|对|为|因|受|由于|围绕|针对|通过|根据|其中)|^[以按经从向由把将][^，]{1,8}$|(?:方面|后|时|中|上|期间|之际|以来|来|下)$"
)
_LEANING = regex(
    r"^[在按经为对将把由向从给到共收并且还也又再均都已全先逐分有无没未不可被使让应能得会须要获□]|其中|^.{0,6}(?:的□|的$)"
)
_TOPIC = regex(r"方面$")
_THEREFORE = ("受此影响", "因此", "由此", "因而")


class _Said(NamedTuple):
    """A clause of the paragraph: its sentence, whether it opens it, its mates, and the statements that it says."""

    sentence: int
    first: bool
    clause: Clause
    mates: list[Mate]
    ids: frozenset[str]


def crossed(matter: Matter) -> Iterator[Fault]:
    """A clause that in its statement goes on about the clauses before it, here put behind those of another statement."""
    if matter.ground.genre in AHEAD:
        return  # what is to be done has one subject: the unit itself
    said = [
        _Said(number, clause is text.clauses[0], clause, mates, _said_by(mates))
        for number, text in enumerate(matter.sentences)
        for clause in text.clauses
        for mates in [matter.mates(clause)]
    ]
    for at in range(1, len(said)):
        here = said[at]
        before = _before(said, at)
        if not here.ids or not before or here.ids & before:
            continue
        if not here.first and _misled(matter, said[at - 1].clause, here.ids):
            message = f"“{said[at - 1].clause.text}”是别的事的开头，不能接“{here.clause.text}”，请照原句写。"
            yield Fault("misattributed", here.sentence, here.clause.text, message, min(here.ids))
        elif _sandwiched(said, at) or all(_severed(id, _run(said, at)) for id in here.ids):
            message = f"“{here.clause.text}”接在了别的事后面，意思变了：请和原句里它前面的话写在一起。"
            yield Fault("misattributed", here.sentence, here.clause.text, message, min(here.ids))


def _before(said: Sequence[_Said], at: int) -> frozenset[str]:
    """The statements that a clause may go on about: where it leans, those of the clause before it, else all of its sentence."""
    here = said[at]
    leans = _LEANING.search(here.clause.text) is not None
    if here.first and not leans:
        return frozenset()
    earlier = [one.ids for one in reversed(said[:at]) if one.ids and (here.first or one.sentence == here.sentence)]
    return frozenset().union(*(earlier[:1] if leans else earlier))


def _sandwiched(said: Sequence[_Said], at: int) -> bool:
    """Whether a clause without a figure stands in the middle of what one other statement says."""
    if not 0 < at < len(said) - 1 or said[at].clause.slots:
        return False
    before, here, after = said[at - 1 : at + 2]
    one_sentence = before.sentence == here.sentence == after.sentence
    return one_sentence and bool(before.ids & after.ids) and not here.ids & (before.ids | after.ids)


def _run(said: Sequence[_Said], at: int) -> list[Mate]:
    """The sure mates of the clauses from here on that say the same statement."""
    here = said[at]
    run = takewhile(lambda one: one.sentence == here.sentence and one.ids & here.ids, said[at:])
    return [mate for one in run for mate in one.mates if mate.share >= SURE]


def _misled(matter: Matter, opening: Clause, ids: frozenset[str]) -> bool:
    """Whether an opening (…方面, 受此影响) stands before a statement that has an opening of its own, or is no consequence."""
    statements = [statement for statement in matter.statements if statement.id in ids]
    words = bare(opening.text)
    if words in _THEREFORE:
        return not any(word in statement.bare for statement in statements for word in _THEREFORE)
    return _TOPIC.search(opening.text) is not None and all(
        _TOPIC.search(statement.clauses[0].text) and bare(statement.clauses[0].text) != words
        for statement in statements
        if statement.clauses
    )


def _said_by(mates: list[Mate]) -> frozenset[str]:
    """The statements that a clause says: those whose slots it has, else those that it is most like."""
    best = max((mate.share for mate in mates), default=1.0)
    return frozenset(mate.statement.id for mate in mates if mate.share >= max(SURE, best))


def _severed(id: str, mates: list[Mate]) -> bool:
    """Whether of this statement only clauses behind its subject's are here."""
    own = [mate for mate in mates if mate.statement.id == id]
    clauses = own[0].statement.clauses if own else ()
    head = next((n for n, clause in enumerate(clauses) if clause.slots or not _OPENING.search(clause.text.strip())), 0)
    return bool(own) and all(clauses.index(mate.clause) > head for mate in own)
