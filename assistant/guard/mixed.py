"""Right words in wrong company: a clause, a name, a circle or a year of one statement put to another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from assistant.guard.fault import Fault
from assistant.guard.lexicon import AHEAD
from assistant.guard.matter import REACHES, Mate, Matter
from assistant.guard.text import BLANK, Clause, Text, bare, opens_with_verb
from assistant.patterns import regex
from assistant.subjects import bigrams

_SURE = 0.5
"""A mate from here on is what the clause says."""
_HELD = 0.4
"""A name that shares so much with a statement is its name in other words."""
_LEAST = 3
"""A clause of fewer pairs besides its name is told by the name."""
_OWN_SUBJECT = 7
"""A clause that opens with a noun of so many characters has a subject of its own."""
_OPENING = regex(
    r"^(?:在|对|为|以|按|经|从|向|由|把|将|因|受|围绕|针对|通过|根据|其中)|(?:方面|后|时|中|上|期间|之际|以来|来|下)$"
)
_NO_SUBJECT = regex(
    r"^[在按经为对将把由向从给到共收并且还也又再均都已全先逐分有无没未不可被使让应能得会须要获□]|其中|^.{0,6}(?:的□|的$)"
)
_TOPIC = regex(r"方面$")
_THEREFORE = ("受此影响", "因此", "由此", "因而")
_LEVELS = (*REACHES, "国家级", "省级", "市级", "区级", "县级", "街道级", "社区级", "镇级", "村级")
_YEAR = regex(r"当年|全年|年内|本年|今年")
_SINCE = regex(r"累计|以来|历年|迄今|至今|已有")


def mixed(matter: Matter) -> Iterator[Fault]:
    """Clauses, names, circles and years that belong to another statement, or to none of those told here."""
    for number, text in enumerate(matter.sentences):
        yield from _crossed(matter, number, text)
        for clause in text.clauses:
            sure = [mate for mate in matter.mates(clause) if mate.share >= _SURE]
            yield from _lent(matter, number, text, clause)
            yield from _level(matter, number, text, clause, sure)
            yield from _this_year(number, clause, sure)


def _crossed(matter: Matter, number: int, text: Text) -> Iterator[Fault]:
    """A clause that in its statement goes on about the clauses before it, here put behind those of another statement."""
    if matter.ground.genre in AHEAD:
        return  # what is to be done has one subject: the unit itself
    told = [_said_by(matter.mates(clause)) for clause in text.clauses]
    for at in range(1, len(told)):
        before = next((ids for ids in reversed(told[:at]) if ids), set())
        earlier = set().union(*told[:at])
        if not told[at] or not before or told[at] & (before | earlier):
            continue
        run = takewhile(lambda n, ids=told[at]: ids & told[n], range(at, len(told)))  # type: ignore[misc]
        mates = [mate for n in run for mate in matter.mates(text.clauses[n]) if mate.share >= _SURE]
        if _misled(matter, text.clauses[at - 1], told[at]):
            message = f"“{text.clauses[at - 1].text}”是别的事的开头，不能接“{text.clauses[at].text}”，请照原句写。"
            yield Fault("misattributed", number, text.clauses[at].text, message, min(told[at]))
        elif all(_severed(id, mates) for id in told[at]) and _leans(matter, text.clauses[at], told[at]):
            message = f"“{text.clauses[at].text}”接在了别的事后面，意思变了：请和原句里它前面的话写在一起。"
            yield Fault("misattributed", number, text.clauses[at].text, message, min(told[at]))


def _misled(matter: Matter, opening: Clause, ids: set[str]) -> bool:
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


def _said_by(mates: list[Mate]) -> set[str]:
    """The statements that a clause says: those whose slots it has, else those that it is most like."""
    best = max((mate.share for mate in mates), default=1.0)
    return {mate.statement.id for mate in mates if mate.share >= max(_SURE, best)}


def _severed(id: str, mates: list[Mate]) -> bool:
    """Whether of this statement only clauses behind its subject's are here."""
    own = [mate for mate in mates if mate.statement.id == id]
    clauses = own[0].statement.clauses if own else ()
    head = next((n for n, clause in enumerate(clauses) if not _OPENING.search(clause.text.strip())), 0)
    return bool(own) and all(clauses.index(mate.clause) > head for mate in own)


def _leans(matter: Matter, clause: Clause, ids: set[str]) -> bool:
    """Whether a clause needs the subject of what stands before it."""
    words, lead = bare(clause.text), bare(clause.text.partition(BLANK)[0])
    if _NO_SUBJECT.match(clause.text):
        return True
    heads = [s.clauses[0].text for s in matter.statements if s.id in ids]
    if any(len(bigrams(bare(head)) & bigrams(words)) >= _LEAST for head in heads):
        return False
    return len(lead) < _OWN_SUBJECT or opens_with_verb(clause.text)


def _lent(matter: Matter, number: int, text: Text, clause: Clause) -> Iterator[Fault]:
    """A name in a clause that says of it what a statement without that name says of something else."""
    for name in text.names:
        rest = clause.text.replace(name, "")
        if rest == clause.text:
            continue
        holders = {s.id for s in matter.statements if name in s.blank}
        mates = matter.mates(Clause(rest, clause.start, clause.slots))
        sure = {m.statement.id: m.statement for m in mates if m.share >= (1 if clause.slots else _SURE)}
        little = not clause.slots and len(bigrams(bare(rest))) < _LEAST
        if not holders or not sure or little or holders & sure.keys():
            continue
        pairs = bigrams(bare(name))
        if any(len(pairs & statement.pairs) >= _HELD * len(pairs) for statement in sure.values()):
            continue
        message = f"“{name}”是别的原句里的名称，这里说的事不是它，请照原句写。"
        yield Fault("misattributed", number, name, message, min(sure))


def _level(matter: Matter, number: int, text: Text, clause: Clause, sure: list[Mate]) -> Iterator[Fault]:
    """Another circle or level than the statement's: 全省 for 全市, 市级 for 区级."""
    if not sure:
        return
    rests = "\n".join(mate.statement.blank for mate in sure) + matter.known_to([mate.statement.id for mate in sure])
    closest = max(mate.share for mate in sure)
    near = "\n".join(mate.clause.text for mate in sure if mate.share == closest)
    for word in _LEVELS:
        if word not in clause.text or word in near:
            continue
        gone = [other for other in _LEVELS if other in near and other not in text.blank]
        if word not in rests or gone:
            meant = f"原句是“{gone[0]}”" if gone else "原句没有这样说"
            yield Fault("claim", number, word, f"“{word}”的范围不对，{meant}，请照原句写。", sure[0].statement.id)


def _this_year(number: int, clause: Clause, sure: list[Mate]) -> Iterator[Fault]:
    """A figure that has been running up, told as this year's."""
    found = _YEAR.search(clause.text)
    if found and sure and all(_SINCE.search(m.clause.text) and not _YEAR.search(m.statement.blank) for m in sure):
        message = f"原句说的是累计，“{found[0]}”把它写成了一年的，请照原句写。"
        yield Fault("wrong_period", number, found[0], message, sure[0].statement.id)
