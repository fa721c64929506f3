"""A point and the sentences written for it: which sentence tells which statement, and what each may rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from assistant.guard.fault import Ground
from assistant.guard.text import Clause, Text, bare, widened, without_small
from assistant.guard.wording import one_form, tells_targets

if TYPE_CHECKING:
    from assistant.drafting.assignments import Point

REACHES = ("全国", "全省", "全市", "全区", "全县", "同类", "各区", "各县", "国内", "省内", "市内", "区内")
"""Among whom a rank holds."""
_ENOUGH = 0.3
"""The share of a clause's pairs that a statement must hold for the clause to tell it."""
_WIDELY = 0.5
_FEW = 4
"""Fewer characters stand in a clause by chance."""
_NEARLY = 0.8
"""A statement within this share of the best one is told too."""
_LIKE = 0.4
"""A source that holds so much of a statement is its source."""
SURE = 0.5
"""A mate from here on is what the clause says."""
_MOSTLY = 0.6
"""A sentence that holds so much of a statement tells it, however its clauses run."""


@dataclass(frozen=True)
class Mate:
    """A clause of a statement that a sentence's clause says, and how sure that is: 1 where they share a slot."""

    statement: Text
    clause: Clause
    share: float


class Matter:
    """One point, the sentences written for it, and what they may rest on; `written` are the sentences as they stand, `sentences` in the form that is judged."""

    def __init__(self, point: Point, sentences: Sequence[str], ground: Ground) -> None:
        self.point = point
        self.ground = ground
        targets = any(tells_targets(s.text) for s in (*point.must, *point.may))
        self.written = tuple(Text(sentence) for sentence in sentences)
        self.sentences = tuple(Text(one_form(sentence, targets=targets)) for sentence in sentences)
        self.must = tuple(_given(one_form(s.text), s.id) for s in point.must)
        self.statements = (*self.must, *(_given(one_form(s.text), s.id) for s in point.may))
        self._tells: dict[str, tuple[frozenset[str], ...]] = {}
        self._mates: dict[Clause, list[Mate]] = {}

    @cached_property
    def known(self) -> tuple[Text, ...]:
        """Everything that a sentence may rest on."""
        return tuple(_given(text) for text in self.point.known)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """What the section knows besides: the unit's names, headings, tasks."""
        ground = self.ground
        return tuple(filter(None, (ground.we, ground.unit, *ground.own_names, *ground.words, f"{ground.year}年")))

    @cached_property
    def known_bare(self) -> str:
        """The characters of all that is known, texts kept apart."""
        return "\n".join([*(text.bare for text in (*self.known, *self.statements)), *map(bare, self.own)])

    @cached_property
    def known_blank(self) -> str:
        """All that is known with its marks, texts kept apart."""
        return "\n".join([*(text.blank for text in self.known), *self.own])

    def known_to(self, told: Sequence[str]) -> str:
        """What a sentence that tells these statements may rest on: they, what their sources say, and the section's own words."""
        texts = [text.bare for text in self.statements if text.id in told]
        label = [self.point.label] if self.point.label else []
        return "\n".join(
            [
                *texts,
                *(text.bare for text, id in self._sources if not id or id in told),
                *map(bare, (*label, *self.own)),
            ]
        )

    @cached_property
    def _sources(self) -> list[tuple[Text, str]]:
        """What the sources say, each with the statement that it is most like; "" where it is like none."""
        found = []
        for text in map(_given, self.point.support):
            likes = {s.id: len(s.pairs & text.pairs) / max(1, len(s.pairs)) for s in self.statements}
            found += [(text, id) for id, like in likes.items() if like >= _LIKE] or [(text, "")]
        return found

    @cached_property
    def told(self) -> tuple[tuple[str, ...], ...]:
        """For each sentence the ids of the statements that it tells, in the order of the statements."""
        found = []
        for text in self.sentences:
            ids = frozenset[str]().union(*self.tells(text))
            found.append(tuple(s.id for s in self.statements if s.id in ids or _mostly_in(s, text)))
        return tuple(found)

    def tells(self, text: Text) -> tuple[frozenset[str], ...]:
        """For each clause of a sentence the ids of the statements that it tells; a clause without words of its own follows its neighbour."""
        if text.raw not in self._tells:
            found = [self._clause_tells(clause) for clause in text.clauses]
            for at in range(1, len(found)):
                found[at] = found[at] or found[at - 1]
            for at in range(len(found) - 2, -1, -1):
                found[at] = found[at] or found[at + 1]
            self._tells[text.raw] = tuple(found)
        return self._tells[text.raw]

    def is_label(self, clause: Clause) -> bool:
        """Whether a clause only names what the point is headed with (养老服务方面)."""
        name = bare(clause.text).removesuffix("方面").removesuffix("上").removeprefix("在")
        return bool(name) and name in bare(self.point.label)

    def says(self, clause: Clause) -> bool:
        """Whether a clause by itself tells a statement: so much of it in the statement's own words, more in words that may stand for them, or nearly all in one clause's characters."""
        own, wide, size = clause.pairs, widened(clause.text), max(1, len(clause.pairs))
        if any(len(own & s.pairs) >= _ENOUGH * size or len(wide & s.pairs) >= _WIDELY * size for s in self.statements):
            return True
        chars = frozenset(without_small(bare(clause.text)))
        return len(chars) >= _FEW and any(
            len(chars & {*other.text}) >= _NEARLY * len(chars) for s in self.statements for other in s.clauses
        )

    def _clause_tells(self, clause: Clause) -> frozenset[str]:
        by_slot = {s.id for s in self.statements if s.ids & set(clause.slots)}
        pairs = widened(clause.text)
        size = max(1, len(clause.pairs))
        shares = {s.id: len(pairs & s.pairs) / size for s in self.statements}
        best = max(shares.values(), default=0.0)
        return frozenset(by_slot | {id for id, share in shares.items() if share >= max(_ENOUGH, _NEARLY * best)})

    def resting_on(self, text: Text, at: int, besides: Sequence[str] = ()) -> list[Text]:
        """The statements that the clause at this place of the blank text tells; the clause before it where it has only words of `besides`."""
        told = self.tells(text)
        number = text.clause_number(at)
        while number and not text.clauses[number].slots and not _left_over(text.clauses[number], besides):
            number -= 1
        ids = told[number] if told else frozenset[str]()
        return [statement for statement in self.statements if statement.id in ids]

    def mates(self, clause: Clause) -> list[Mate]:
        """The clauses of statements that a sentence's clause says: those whose slots it holds, and the one most like it."""
        if clause not in self._mates:
            self._mates[clause] = self._mated(clause)
        return self._mates[clause]

    def closest(self, clause: Clause) -> list[Mate]:
        """The mates that are most surely what a clause says; none where that is uncertain."""
        mates = self.mates(clause)
        best = max((mate.share for mate in mates), default=0.0)
        return [mate for mate in mates if mate.share == best] if best >= SURE else []

    def _mated(self, clause: Clause) -> list[Mate]:
        slots, pairs, size = set(clause.slots), widened(clause.text), max(1, len(clause.core))
        found: list[Mate] = []
        likes: list[Mate] = []
        for statement in self.statements:
            for own in statement.clauses:
                if own.slots and not slots.isdisjoint(own.slots):
                    found.append(Mate(statement, own, 1.0))
                elif not own.slots:
                    share = len(pairs & own.core) / max(1, min(size, len(own.core)))
                    likes += [Mate(statement, own, min(share, 0.99))] if share > _ENOUGH else []
        best = max((mate.share for mate in likes), default=0.0)
        return [*found, *(mate for mate in likes if mate.share >= min(best, _MOSTLY))]


@lru_cache(maxsize=1024)
def _given(raw: str, id: str = "") -> Text:
    """A text of a point, which is judged several times: taken apart once."""
    return Text(raw, id)


def _left_over(clause: Clause, besides: Sequence[str]) -> str:
    """What a clause says apart from these words, the reach of a rank and the characters of grammar."""
    text = bare(clause.text)
    for word in (*sorted(besides, key=len, reverse=True), *REACHES):
        text = text.replace(word, "")
    return without_small(text) if besides else "all"


def _mostly_in(statement: Text, text: Text) -> bool:
    return bool(statement.pairs) and len(statement.pairs & text.pairs) >= _MOSTLY * len(statement.pairs)
