"""Words of one statement lent to another: its name, or its subject, put to what another statement says."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guard.fault import Fault
from assistant.guard.lexicon import neutral_words, plain_words
from assistant.guard.matter import SURE, Mate, Matter
from assistant.guard.text import Clause, Text, bare, cut, is_content, stands_for
from assistant.subjects import bigrams

_HELD = 0.4
"""A name that shares so much with a statement is its name in other words."""
_LEAST = 3
"""A clause of fewer pairs besides its name is told by the name."""
_MANY = 2
"""One foreign word may be the topic that the whole point has; so many are another statement's."""


def borrowed(matter: Matter) -> Iterator[Fault]:
    """Names and words in a clause that belong to another statement than the one that the clause tells."""
    for number, text in enumerate(matter.sentences):
        for clause in text.clauses:
            yield from _name_lent(matter, number, text, clause)
            yield from _subject_lent(matter, number, text, clause)


def _name_lent(matter: Matter, number: int, text: Text, clause: Clause) -> Iterator[Fault]:
    """A name in a clause that says of it what a statement without that name says of something else."""
    for name in text.names:
        rest = clause.text.replace(name, "")
        if rest == clause.text:
            continue
        holders = {s.id for s in matter.statements if name in s.blank}
        mates = matter.mates(Clause(rest, clause.start, clause.slots))
        sure = {m.statement.id: m.statement for m in mates if m.share >= (1 if clause.slots else SURE)}
        little = not clause.slots and len(bigrams(bare(rest))) < _LEAST
        if not holders or not sure or little or holders & sure.keys():
            continue
        pairs = bigrams(bare(name))
        if any(len(pairs & statement.pairs) >= _HELD * len(pairs) for statement in sure.values()):
            continue
        message = f"“{name}”是别的原句里的名称，这里说的事不是它，请照原句写。"
        yield Fault("misattributed", number, name, message, min(sure))


def _subject_lent(matter: Matter, number: int, text: Text, clause: Clause) -> Iterator[Fault]:
    """A clause that took on words of another statement and lost words of its own: somebody else's subject."""
    mates = [mate for mate in matter.mates(clause) if mate.share >= (1 if clause.slots else SURE)]
    gained = _gained(matter, clause, [*mates, *_introduced(matter, text, clause)]) if mates else []
    if not gained:
        return
    lost = _lost(mates, text)
    if lost or len(gained) >= _MANY:
        own = f"“{lost[0]}”没有了，" if lost else ""
        message = f"“{gained[0]}”是别的原句里的词，这里说的事是“{mates[0].clause.text}”，{own}请照原句写。"
        yield Fault("misattributed", number, gained[0], message, mates[0].statement.id)


def _introduced(matter: Matter, text: Text, clause: Clause) -> list[Mate]:
    """What the next clause says, where this one only introduces it."""
    at = text.clauses.index(clause) + 1
    return matter.closest(text.clauses[at]) if not clause.slots and at < len(text.clauses) else []


def _gained(matter: Matter, clause: Clause, mates: list[Mate]) -> list[str]:
    """The words of the clause that only statements have which it does not tell."""
    own, free = matter.known_to([mate.statement.id for mate in mates]), neutral_words() | plain_words()
    return [
        word
        for word in dict.fromkeys(cut(clause.text))
        if is_content(word)
        and word not in free
        and not any(other in own for other in stands_for(word))
        and any(word in statement.bare for statement in matter.statements)
    ]


def _lost(mates: list[Mate], text: Text) -> list[str]:
    """The words of the statement's clause that the sentence has nowhere, by the clause of which most is there."""
    losses = (
        [w for w in cut(mate.clause.text) if len(w) > 1 and not any(other in text.bare for other in stands_for(w))]
        for mate in mates
    )
    return min(losses, key=len)
