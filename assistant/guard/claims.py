"""Words that claim a rank, a cause, an effect, a comparison or a scope: said only where the statement that the clause tells says them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from assistant.guard.causes import asked_by, explained, points
from assistant.guard.fault import Fault
from assistant.guard.lexicon import AHEAD, Finder, claims
from assistant.guard.lists import ClaimFamily
from assistant.guard.matter import REACHES, Matter
from assistant.guard.numerals import counts_rightly
from assistant.guard.text import BLANK, Text, stands_for, widened
from assistant.patterns import regex

_SHORT, _NEAR = regex(r"不|欠|未"), 3
_LISTED = regex(r"、|以及|□[^□]{1,40}□|[^，。]{2}和[^，。]{2}")
_COUNT = 6
"""A count before 均 (两项均) is no longer."""
_BOTH, _ALIKE = frozenset("均都"), 0.6


def claimed(matter: Matter) -> Iterator[Fault]:
    """Words that claim something which the statement told by their clause does not."""
    for number, text in enumerate(matter.sentences):
        for family in claims().families:
            for word, at in _finder(family.kind).find(text.blank):
                rests = matter.resting_on(text, at, _besides(family))
                if family.kind == "cause" and points(word):
                    rests = list(matter.statements)
                if _excused(matter, text, family, word, at, rests):
                    continue
                if not any(_says(family, word, statement.blank) for statement in rests):
                    message = f"“{word}”是{family.name}方面的说法，所述的原句没有，请删去，只写原句的事实。"
                    yield Fault("claim", number, word, message)
                elif family.kind == "effect" and text.blank.count(word) > max(t.blank.count(word) for t in rests) > 0:
                    yield Fault("claim", number, word, f"“{word}”在原句里没有说这么多次，请只放在原来的地方。")
                elif family.kind == "rank":
                    yield from _farther(number, text.clauses[text.clause_number(at)].text, rests)


def _excused(matter: Matter, text: Text, family: ClaimFamily, word: str, at: int, rests: list[Text]) -> bool:
    """Whether a word claims nothing where it stands: in the point's label, before a figure (judged there), as an aim, denied (不够全面)."""
    if word in matter.point.label and matter.is_label(text.clauses[text.clause_number(at)]):
        return True
    if family.kind == "compared" and text.blank.startswith(BLANK, at + len(word)):
        return True
    if family.kind == "cause" and asked_by(text.blank, at):
        return True
    if (word in _BOTH and _of_several(matter, text, at)) or (matter.ground.genre in AHEAD and word in family.ahead):
        return True
    denied = _SHORT.search(text.blank, max(0, at - _NEAR), at) is not None
    return denied and any(_SHORT.search(statement.blank) for statement in rests)


def _farther(number: int, clause: str, rests: list[Text]) -> Iterator[Fault]:
    """A rank within a wider circle than the statement's: 全省 for 全市."""
    for reach in REACHES:
        if reach in clause and not any(reach in statement.blank for statement in rests):
            yield Fault("claim", number, reach, f"“{reach}”不是原句所说的范围，请照原句写。")


def _of_several(matter: Matter, text: Text, at: int) -> bool:
    """Whether 都 is of a number before it, of what a list before it names, or of two statements that say alike what its clause says."""
    number = text.clause_number(at)
    counted = [slot.id for slot in text.slots if text.clauses[number].start <= slot.at < at]
    if any(mate.share == 1 and {*counted} & {*mate.clause.slots} for mate in matter.mates(text.clauses[number])):
        return True
    if any(counts_rightly(matter, text, text.blank[start:at]) for start in range(max(0, at - _COUNT), at)):
        return True
    before = text.blank[text.clauses[max(0, number - 1)].start : at]
    if _LISTED.search(before):
        return True
    pairs = text.clauses[number].core
    return sum(len(pairs & widened(statement.blank)) >= _ALIKE * len(pairs) for statement in matter.statements) > 1


def _besides(family: ClaimFamily) -> list[str]:
    """The words that leave a clause without a subject of its own; a cause has its own."""
    return [] if family.kind == "cause" else [word for group in family.groups for word in group]


def _says(family: ClaimFamily, word: str, statement: str) -> bool:
    """Whether a statement has the word, or one of its line."""
    found = {other for other, _ in _finder(family.kind).find(statement)}
    if any(other in statement for other in (*stands_for(word), *family.also)) or (found and word in family.verbs):
        return True
    if family.kind == "cause" and (explained(statement) or (found and points(word))):
        return True
    return any(word in group and found & set(group) for group in family.groups)


@cache
def _finder(kind: str) -> Finder:
    family = next(one for one in claims().families if one.kind == kind)
    return Finder((word for group in family.groups for word in group), family.unless)
