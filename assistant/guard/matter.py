"""A point and the sentences written for it, taken apart once for every family: clauses, words, slots, and who tells what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from assistant.guard.fault import Ground
from assistant.guard.lexicon import neutral_words, small_words, synonyms
from assistant.patterns import regex
from assistant.subjects import bigrams

if TYPE_CHECKING:
    from assistant.drafting.assignments import Point

BLANK = "□"
SLOT = regex(r"\[\[([A-Za-z0-9_.]{1,80})(:value)?\]\]")
_CLAUSE = regex(r"[，；：。！？,;:!?\n]")
_MARKS = regex(r"[\s，。、；：！？“”‘’\"'（）()《》〔〕\[\]【】…—\-·,.;:!?「」『』□]+")
_HAN = regex(r"[\u4e00-\u9fff]")
_NAME = regex(r"“([^”]{1,60})”|《([^》]{1,120})》|‘([^’]{1,60})’|「([^」]{1,60})」|『([^』]{1,60})』")
_ENOUGH = 0.3
"""The share of a clause's pairs that a statement must hold for the clause to tell it."""
_NEARLY = 0.8
"""A statement within this share of the best one is told too."""
_LIKE = 0.4
"""A source that holds so much of a statement is its source."""
_MOSTLY = 0.6
"""A sentence that holds so much of a statement tells it, however its clauses run."""


@dataclass(frozen=True)
class Used:
    """A slot where it stands in its text: `start` and `end` in the text, `at` in the text with blanks."""

    id: str
    value_only: bool
    start: int
    end: int
    at: int


@dataclass(frozen=True)
class Clause:
    """What stands between two marks of a text with blanks; `start` is its place there, `slots` the ids of its slots."""

    text: str
    start: int
    slots: tuple[str, ...]

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring characters, marks aside."""
        return bigrams(bare(self.text))

    @cached_property
    def core(self) -> frozenset[str]:
        """The pairs without the characters of grammar."""
        return bigrams(without_small(bare(self.text)))


@dataclass(frozen=True)
class Mate:
    """A clause of a statement that a sentence's clause says, and how sure that is: 1 where they share a slot."""

    statement: Text
    clause: Clause
    share: float


@dataclass(frozen=True)
class Text:
    """A sentence or a statement: `id` of the statement, "" for a sentence."""

    raw: str
    id: str = ""

    @cached_property
    def slots(self) -> tuple[Used, ...]:
        """The well-formed slots, in order."""
        found, gone = [], 0
        for m in SLOT.finditer(self.raw):
            found.append(Used(m[1], bool(m[2]), m.start(), m.end(), m.start() - gone))
            gone += len(m[0]) - 1
        return tuple(found)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its slots."""
        return frozenset(slot.id for slot in self.slots)

    @cached_property
    def blank(self) -> str:
        """With each slot as one blank."""
        return SLOT.sub(BLANK, self.raw)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, in order, blanks and marks among them."""
        return cut(self.blank)

    @cached_property
    def bare(self) -> str:
        """Its characters alone."""
        return bare(self.blank)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring characters."""
        return bigrams(self.bare)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What stands in quotes or 《》, in order."""
        return tuple(next(filter(None, m.groups())) for m in _NAME.finditer(self.blank))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses; marks inside quotes or 《》 part nothing."""
        held = [m.span() for m in _NAME.finditer(self.blank)]
        cuts = [m.start() for m in _CLAUSE.finditer(self.blank) if not any(a < m.start() < b for a, b in held)]
        found, start = [], 0
        for end in [*cuts, len(self.blank)]:
            if bare(self.blank[start:end]) or BLANK in self.blank[start:end]:
                ids = tuple(slot.id for slot in self.slots if start <= slot.at < end)
                found.append(Clause(self.blank[start:end], start, ids))
            start = end + 1
        return tuple(found)

    def clause_number(self, at: int) -> int:
        """Which clause stands at this place of the text with blanks."""
        return max((n for n, clause in enumerate(self.clauses) if clause.start <= at), default=0)


class Matter:
    """One point, the sentences written for it, and what they may rest on."""

    def __init__(self, point: Point, sentences: Sequence[str], ground: Ground) -> None:
        self.point = point
        self.ground = ground
        self.sentences = tuple(Text(sentence) for sentence in sentences)
        self.must = tuple(Text(s.text, s.id) for s in point.must)
        self.statements = (*self.must, *(Text(s.text, s.id) for s in point.may))
        self._tells: dict[str, tuple[frozenset[str], ...]] = {}
        self._mates: dict[Clause, list[Mate]] = {}

    @cached_property
    def known(self) -> tuple[Text, ...]:
        """Everything that a sentence may rest on."""
        return tuple(Text(text) for text in self.point.known)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """What the section knows besides: the unit's names, headings, tasks."""
        ground = self.ground
        return tuple(filter(None, (ground.we, ground.unit, *ground.own_names, *ground.words, f"{ground.year}年")))

    @cached_property
    def known_bare(self) -> str:
        """The characters of all that is known, texts kept apart."""
        return "\n".join([*(text.bare for text in self.known), *map(bare, self.own)])

    @cached_property
    def known_blank(self) -> str:
        """All that is known with its marks, texts kept apart."""
        return "\n".join([*(text.blank for text in self.known), *self.own])

    def known_to(self, told: Sequence[str]) -> str:
        """What a sentence that tells these statements may rest on: they, what their sources say, and the section's own words."""
        texts = [text.bare for text in self.statements if text.id in told]
        label = [self.point.label] if self.point.label else []
        return "\n".join([*texts, *(text.bare for text, id in self._sources if not id or id in told), *map(bare, (*label, *self.own))])

    @cached_property
    def _sources(self) -> list[tuple[Text, str]]:
        """What the sources say, each with the statement that it is most like; "" where it is like none."""
        found = []
        for text in map(Text, self.point.support):
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
        """Whether a clause by itself tells a statement."""
        return bool(self._clause_tells(clause))

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

    def _mated(self, clause: Clause) -> list[Mate]:
        found = [
            Mate(statement, own, 1.0)
            for statement in self.statements
            for own in statement.clauses
            if set(own.slots) & set(clause.slots)
        ]
        pairs, size = widened(clause.text), max(1, len(clause.core))
        likes: list[Mate] = []
        for statement in self.statements:
            for own in statement.clauses:
                share = len(pairs & own.core) / max(1, min(size, len(own.core)))
                if share > _ENOUGH and not set(own.slots) - set(clause.slots) and all(own is not m.clause for m in found):
                    likes.append(Mate(statement, own, min(share, 0.99)))
        best = max((mate.share for mate in likes), default=0.0)
        return [*found, *(mate for mate in likes if mate.share >= min(best, _MOSTLY))]


def bare(text: str) -> str:
    """Without marks, spaces and blanks."""
    return _MARKS.sub("", text)


def without_small(text: str) -> str:
    """Without the characters of grammar."""
    small = small_words()
    return "".join(char for char in text if char not in small)


@lru_cache(maxsize=4096)
def cut(text: str) -> tuple[str, ...]:
    """The words of a text with blanks."""
    import rjieba

    return tuple(rjieba.cut(text))


def is_content(word: str) -> bool:
    """Whether a word says something of its own."""
    return len(word) > 1 and _HAN.match(word) is not None and word not in neutral_words()


def stands_for(word: str) -> frozenset[str]:
    """The word and all that may stand for it."""
    return synonyms().get(word, frozenset()) | {word}


@lru_cache(maxsize=4096)
def widened(text: str) -> frozenset[str]:
    """The pairs of a clause with and without the characters of grammar, and those of words that may stand for its own."""
    plain = bare(text)
    pairs = set(bigrams(plain) | bigrams(without_small(plain)))
    for word in cut(text):
        for other in synonyms().get(word, ()):
            pairs |= bigrams(other)
    return frozenset(pairs)


def _left_over(clause: Clause, besides: Sequence[str]) -> str:
    """What a clause says apart from these words, the reach of a rank and the characters of grammar."""
    text = bare(clause.text)
    for word in (*sorted(besides, key=len, reverse=True), *_REACHES):
        text = text.replace(word, "")
    return without_small(text) if besides else "all"


_REACHES = ("全国", "全省", "全市", "全区", "全县", "同类", "各区", "各县")


def _mostly_in(statement: Text, text: Text) -> bool:
    return bool(statement.pairs) and len(statement.pairs & text.pairs) >= _MOSTLY * len(statement.pairs)
