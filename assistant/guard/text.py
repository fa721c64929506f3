"""A sentence or a statement taken apart once for every family: slots, words, names, clauses, pairs of characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.guard.lexicon import neutral_words, small_words, synonyms
from assistant.patterns import regex
from assistant.subjects import bigrams

BLANK = "□"
SLOT = regex(r"\[\[([A-Za-z0-9_.]{1,80})(:value)?\]\]")
_CLAUSE = regex(r"[，；：。！？,;:!?\n]")
_MARKS = regex(r"[\s，。、；：！？“”‘’\"'（）()《》〔〕\[\]【】…—\-·,.;:!?「」『』□]+")
_HAN = regex(r"[\u4e00-\u9fff]")
EACH = "逐每"
_NAME = regex(r"“([^”]{1,60})”|《([^》]{1,120})》|‘([^’]{1,60})’|「([^」]{1,60})」|『([^』]{1,60})』")


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


@lru_cache(maxsize=8192)
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


@lru_cache(maxsize=4096)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text with blanks, each with its part of speech (v, n, p …)."""
    import rjieba

    return tuple(rjieba.tag(text))


def is_content(word: str) -> bool:
    """Whether a word says something of its own."""
    return len(word) > 1 and _HAN.match(word) is not None and word not in neutral_words()


@lru_cache(maxsize=4096)
def stands_for(word: str) -> frozenset[str]:
    """The word and all that may stand for it; 逐题 is 每题."""
    each = frozenset(first + word[1:] for first in EACH) if len(word) > 1 and word[0] in EACH else frozenset()
    return synonyms().get(word, frozenset()) | each | {word}


@lru_cache(maxsize=4096)
def widened(text: str) -> frozenset[str]:
    """The pairs of a clause with and without the characters of grammar, and those of words that may stand for its own."""
    plain = bare(text)
    pairs = set(bigrams(plain) | bigrams(without_small(plain)))
    for word in cut(text):
        for other in synonyms().get(word, ()):
            pairs |= bigrams(other)
    return frozenset(pairs)
