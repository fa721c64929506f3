"""Ranks, causes, effects, comparisons and scope: said only where the statement that the clause tells says them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from assistant.guard.fault import WHOLE, Fault
from assistant.guard.lexicon import AHEAD, ClaimFamily, Finder, claims
from assistant.guard.matter import REACHES, Matter
from assistant.guard.text import BLANK, Text, bare, stands_for, widened, without_small
from assistant.patterns import regex
from assistant.subjects import bigrams

_AFTER = regex(r"(?:原因(?:是|在于|为|：|:)|主要(?:是|为)|由于|因为|鉴于|缘于|源于|得益于|归功于|因(?!此|而)|受(?!此))")
_ENDS = regex(r"[，；。]|而(?!且)|(?<=影响)")
_LISTED = regex(r"、|以及|□[^□]{1,40}□|[^，。]{2}和[^，。]{2}")
_BOTH, _ALIKE = frozenset("均都"), 0.6
_SAME, _GIVEN = 0.4, 0.25
"""So much of what a sentence gives as the cause must stand in the statement's cause."""


def claimed(matter: Matter) -> Iterator[Fault]:
    """Words that claim something which the statement told by their clause does not."""
    ahead = matter.ground.genre in AHEAD
    for number, text in enumerate(matter.sentences):
        for family in claims().families:
            for word, at in _finder(family.kind).find(text.blank):
                rests = matter.resting_on(text, at, _besides(family))
                if word in matter.point.label and matter.is_label(text.clauses[text.clause_number(at)]):
                    continue
                bound = family.kind == "compared" and text.blank.startswith(BLANK, at + len(word))
                if bound or (word in _BOTH and _of_several(matter, text, at)) or (ahead and word in family.ahead):
                    continue  # a bound is judged with its slot
                if not any(_says(family, word, statement.blank) for statement in rests):
                    message = f"“{word}”是{family.name}方面的说法，所述的原句没有，请删去，只写原句的事实。"
                    yield Fault("claim", number, word, message)
                elif family.kind == "rank":
                    yield from _farther(number, text.clauses[text.clause_number(at)].text, rests)
        yield from _other_cause(matter, number, text)
    yield from _unsaid_cause(matter)


def _farther(number: int, clause: str, rests: list[Text]) -> Iterator[Fault]:
    """A rank within a wider circle than the statement's: 全省 for 全市."""
    for reach in REACHES:
        if reach in clause and not any(reach in statement.blank for statement in rests):
            yield Fault("claim", number, reach, f"“{reach}”不是原句所说的范围，请照原句写。")


def _unsaid_cause(matter: Matter) -> Iterator[Fault]:
    """A cause that its statement gives and no sentence gives as one."""
    said = [cause for text in matter.sentences for cause in _causes(text.blank)]
    for statement in matter.must:
        for cause in _causes(statement.blank):
            pairs = bigrams(without_small(bare(cause)))
            if pairs and not any(len(pairs & widened(other)) >= _GIVEN * len(pairs) for other in said):
                words = cause.strip("，。")
                message = f"原句说明了原因“{words}”，这里没有作为原因写出，请用“由于”“因”“主要原因是”写明。"
                yield Fault("missing", WHOLE, words, message, statement.id)


def _of_several(matter: Matter, text: Text, at: int) -> bool:
    """Whether 都 is of what a list before it names, or of two statements that say alike what its clause says."""
    number = text.clause_number(at)
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
    return any(word in group and found & set(group) for group in family.groups)


def _other_cause(matter: Matter, number: int, text: Text) -> Iterator[Fault]:
    """A cause that is not the statement's, or is its effect."""
    for cause in _causes(text.blank):
        pairs = bigrams(without_small(bare(cause)))
        if not pairs:
            continue
        at = text.blank.find(cause)
        rests = matter.resting_on(text, at) or list(matter.statements)
        given = [part for statement in (*rests, *matter.statements) for part in _causes(statement.blank)]
        if given and max(len(pairs & widened(part)) for part in given) < _SAME * len(pairs):
            words = "、".join(dict.fromkeys(f"“{part.strip('，。')}”" for part in given[:3]))
            yield Fault("claim", number, cause, f"“{cause}”不是原句的原因，原句的原因是{words}，请照原句写。")


def _causes(text: str) -> list[str]:
    """What a text gives as causes: from the word that says so to the end of the clause; after 原因是 to the end of the sentence."""
    found = []
    skip = claims_of_cause().unless
    for m in _AFTER.finditer(text):
        if any(text.startswith(word, m.start()) for word in skip) or text[max(0, m.start() - 1) : m.end()] in skip:
            continue
        end = _ENDS.search(text, m.end() + 1)
        stop = len(text) if "原因" in m[0] or "主要" in m[0] or end is None else end.start()
        found.append(text[m.end() : stop])
    return found


@cache
def claims_of_cause() -> ClaimFamily:
    """The family of causes."""
    return next(family for family in claims().families if family.kind == "cause")


@cache
def _finder(kind: str) -> Finder:
    family = next(one for one in claims().families if one.kind == kind)
    return Finder((word for group in family.groups for word in group), family.unless)
