"""Slots that changed places: a slot stands by the words that its statement has about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.guard.fault import Fault
from assistant.guard.lexicon import light_verbs, neutral_words, small_words
from assistant.guard.matter import Matter
from assistant.guard.text import BLANK, Clause, Text, bare, cut, widened, without_small
from assistant.numbers import find_numbers
from assistant.patterns import regex
from assistant.subjects import bigrams

_PARTING = frozenset("、，；：。和与及并而或暨") | {"以及", "并且", "其中", "还有"}
_NEXT, _LEFT, _RIGHT, _CLAUSE, _EARLIER = 8, 6, 4, 1, 1
"""What words weigh by where they stand: touching the slot, before it, just after it, in its clause, in the clause before."""
_TOUCH, _CLOSE, _FAR = 2, 8, 2
"""Words farther off than so many characters weigh less."""
_MARGIN = 5
_WHOLLY, _HARDLY = 0.8, 0.6
_DISTRIBUTED = regex(r"□(?:、□|[和与及]□){1,20}")
_ITEMS = regex(r"[、和与及]")
_REACH = 12

Weights = Mapping[str, int]


@dataclass(frozen=True)
class Place:
    """A slot or a typed number where it stands: the weighted pairs about it, those just beside it, and its clause with neighbours without slots."""

    id: str
    sentence: int
    about: Weights
    near: frozenset[str]
    words: str
    around: str


def swapped(matter: Matter) -> Iterator[Fault]:
    """Slots and typed numbers that fit the words of another of the point better than those of their own, or fit nothing."""
    meant: dict[str, list[Place]] = defaultdict(list)
    for statement in matter.statements:
        for place in _places(statement, -1):
            meant[place.id].append(place)
    stands = [place for n, text in enumerate(matter.sentences) for place in _places(text, n) if place.id in meant]
    fits = [{id: _fit(place.about, places) for id, places in meant.items()} for place in stands]
    whole = {id: max(_fit(place.about, [place]) for place in places) for id, places in meant.items()}
    told: set[tuple[str, str]] = set()
    for here, fit in zip(stands, fits, strict=True):
        for other in meant:
            if other == here.id or (here.id, other) in told:
                continue
            there = [f[here.id] - f[other] for place, f in zip(stands, fits, strict=True) if place.id == other]
            gain = fit[other] - fit[here.id]
            taken = fit[other] >= _WHOLLY * whole[other] and fit[here.id] <= _HARDLY * whole[here.id]
            if gain + max(there, default=0) >= _MARGIN or (taken and gain >= 2 * _MARGIN):
                told |= {(here.id, other), (other, here.id)}
                message = f"{_shown(here.id)}写到了{_shown(other)}说的事情上（“{here.words}”），请按原句换回来。"
                yield Fault("misattributed", here.sentence, _shown(here.id), message)
                break
        else:
            yield from _bereft(here, meant[here.id])


def _bereft(here: Place, meant: list[Place]) -> Iterator[Fault]:
    """A slot that has none of the words that its statement has just beside it."""
    needed = [place for place in meant if place.near]
    if len(needed) < len(meant) or any(place.near & here.near for place in meant):
        return
    if any(place.near & widened(here.around) for place in meant):
        return
    message = f"{_shown(here.id)}旁边没有原句的“{needed[0].words}”，看不出说的是什么，请补上。"
    yield Fault("misattributed", here.sentence, _shown(here.id), message)


def _shown(id: str) -> str:
    return f"“{id[1:]}”" if id.startswith("#") else f"[[{id}]]"


def _fit(about: Weights, meant: list[Place]) -> int:
    """How much of what stands about a slot is what should."""
    return max(_shared(about, one.about) for one in meant)


def _shared(one: Weights, other: Weights) -> int:
    total = 0
    for pair in one.keys() & other.keys():
        a, b = one[pair], other[pair]
        total += a if a < b else b
    return total


def _places(text: Text, number: int) -> Iterator[Place]:
    """Every slot and typed number of a text with what stands about it."""
    marks = [(slot.at, slot.at + 1, slot.id) for slot in text.slots]
    marks += [(m.start, m.end, f"#{m.text}") for m in find_numbers(text.blank) if m.is_quantity]
    parting = sorted({*_parting(text), *((start, end) for start, end, _ in marks)})
    listed = _distributed(text)
    for order, (start, end, id) in enumerate(marks):
        left = listed.get(order, "") or text.blank[max((e for _, e in parting if e <= start), default=0) : start]
        right = text.blank[end : min((s for s, _ in parting if s >= end), default=len(text.blank))]
        which = text.clause_number(start)
        clause = text.clauses[which]
        around = "".join(
            c.text if c is clause else c.text.partition(BLANK)[0] for c in text.clauses[max(0, which - 1) : which + 2]
        )
        yield Place(
            id,
            number,
            _weights(text, clause, left, right),
            _near(left + "，" + right),
            bare(left + right)[-_REACH:],
            around,
        )


def _parting(text: Text) -> Iterator[tuple[int, int]]:
    """Where marks and connectives stand: the words beside a slot end there."""
    at = 0
    for word in text.words:
        if word in _PARTING:
            yield at, at + len(word)
        at += len(word)


def _weights(text: Text, clause: Clause, left: str, right: str) -> Weights:
    weights: dict[str, int] = {}
    before = [c.text for c in text.clauses if c.start < clause.start][-1:]
    far = ((left[:-_CLOSE], _FAR), (right[_CLOSE:], _FAR))
    touching = ((left[-_TOUCH:], _NEXT), (right[:_TOUCH], _NEXT))
    for words, weight in (
        *touching,
        *far,
        (left[-_CLOSE:], _LEFT),
        (right[:_CLOSE], _RIGHT),
        (clause.text, _CLAUSE),
        ("".join(before), _EARLIER),
    ):
        for pair in _pairs(words):
            weights[pair] = max(weights.get(pair, 0), weight)
    return weights


@cache
def _saying_nothing() -> frozenset[str]:
    """Words beside a slot that do not tell what it is (实际完成)."""
    return neutral_words() | light_verbs() | small_words()


@lru_cache(maxsize=4096)
def _pairs(words: str) -> frozenset[str]:
    plain = bare(words)
    return bigrams(plain) | bigrams(without_small(plain))


def _near(words: str) -> frozenset[str]:
    """The pairs just beside a slot, those of words that may stand for them among them; none where there is only grammar."""
    small, free = small_words(), _saying_nothing()
    if all(word in free or not bare(word) for word in cut(words)):
        return frozenset()
    return (
        widened(words)
        if any(not small >= set(pair) for part in words.split("，") for pair in bigrams(bare(part)))
        else frozenset()
    )


def _distributed(text: Text) -> dict[int, str]:
    """甲、乙、丙分别为□、□、□: which of the listed names each slot is of."""
    found: dict[int, str] = {}
    blank = text.blank
    at = blank.find("分别")
    while at >= 0:
        run = _DISTRIBUTED.search(blank, at, at + 4 * _REACH)
        if run and run.start() - at < _REACH:
            count = run[0].count(BLANK)
            start = max(blank.rfind(mark, 0, at) for mark in "，；。：")
            items = [item for item in _ITEMS.split(blank[start + 1 : at]) if item]
            first = blank[: run.start()].count(BLANK)
            if len(items) >= count:
                found |= {first + n: item for n, item in enumerate(items[-count:])}
        at = blank.find("分别", at + 1)
    return found
