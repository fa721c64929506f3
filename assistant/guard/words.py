"""The closed vocabulary: a word that neither the point nor the case nor the grammar of the genre holds was made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from assistant.guard.fault import Fault
from assistant.guard.lexicon import (
    AHEAD,
    claims,
    neutral_words,
    plain_words,
    small_words,
    spans_free,
    statuses,
    synonyms,
    turning_words,
    wordings,
)
from assistant.guard.matter import Matter
from assistant.guard.text import Text, bare
from assistant.patterns import regex

_HAN = regex(r"^[\u4e00-\u9fff]+$")
_LATIN = regex(r"[A-Za-z]{2,}")
_PADDING = "“{}”不是任何一条原句的意思，请删去：只写原句说到的事。"
_TURN = regex(
    r"(?:在|从|就|围绕|针对|对于|关于|按照|根据|作为|通过)[^，。]{1,14}(?:方面|上|中|看|来看|而言|来说|工作|问题|行为|时|后|之后|基础上|过程中|情况)?$"
)
_ASIDE = 2
"""A clause of so few characters is a connective."""
_LONGEST_PART = 6
_NAMELIKE = 3
"""A word so long names one thing; shorter ones are the topic of the whole point."""
_JUDGED = frozenset("均都仅只")
"""Single characters that other families judge."""
_AROUND = 3
_LEVELS = frozenset("省市区县州镇乡村国")


def words(matter: Matter) -> Iterator[Fault]:
    """Every word of two characters and more that nothing known holds."""
    year, likely = matter.ground.year, [word for word in synonyms() if word in matter.known_bare]
    free = _free(matter.ground.genre in AHEAD)
    for number, (text, told) in enumerate(zip(matter.sentences, matter.told, strict=True)):
        usable = "\n".join(wording for wording in wordings(year) if wording in text.bare)
        strange = list(_strange(text, _Held(f"{matter.known_bare}\n{usable}", likely, free)))
        for word in strange:
            message = f"“{word}”不在本段的材料里。只用原句的词和不含事实的连接词，不要补充内容。"
            yield Fault("invented", number, word, message)
        if not strange:
            yield from (
                Fault("invented", number, words, _PADDING.format(words)) for words in _padding(matter, text, told)
            )
        for word in _strange(text, _Held(f"{matter.known_to(told)}\n{usable}", likely, free)) if told else ():
            if word not in strange and len(word) >= _NAMELIKE:
                message = f"“{word}”是别的原句里的词，这一句说的事没有它，请照原句写。"
                yield Fault("invented", number, word, message, told[0])


def _padding(matter: Matter, text: Text, told: Sequence[str]) -> Iterator[str]:
    """The sentence, or its clauses, that no statement says; short turns of speech are none."""
    if not told:
        yield from [text.raw] * bool(text.bare)
        return
    for clause in text.clauses:
        if clause.slots or matter.is_label(clause) or _TURN.match(clause.text) or _only_turns(clause.text):
            continue
        if not matter.says(clause):
            yield clause.text


def _only_turns(clause: str) -> bool:
    """Whether a clause only joins, places or introduces."""
    words = bare(clause)
    return len(words) <= _ASIDE or _Held("", (), turning_words()).whole(words)


@cache
def _free(ahead: bool) -> frozenset[str]:
    """The words that need no source; with what claims nothing of a thing still to be done."""
    words = neutral_words() | plain_words()
    if not ahead:
        return words
    return words.union(*(family.ahead for family in claims().families), *(one.ahead for one in statuses().ladders))


class _Held:
    """What is known, and what may stand for it."""

    def __init__(self, known: str, likely: Iterable[str], free: frozenset[str]) -> None:
        self.known = known
        self.free = free
        self.allowed = frozenset[str]().union(*(synonyms()[word] for word in likely if word in known))

    def one(self, word: str) -> bool:
        """Whether the word itself is held."""
        return word in self.free or word in self.allowed or word in self.known

    def part(self, word: str) -> bool:
        """Whether it may be a part of a word."""
        return (word in small_words() or word in self.allowed) if len(word) == 1 else self.one(word)

    def whole(self, word: str) -> bool:
        """Whether a word is held, or put together of such as are."""
        if not word or self.one(word):
            return True
        reach = [True] + [False] * len(word)
        for end in range(1, len(word) + 1):
            sizes = range(1, min(end, _LONGEST_PART) + 1)
            reach[end] = any(reach[end - size] and self.part(word[end - size : end]) for size in sizes)
        return reach[-1]


def _strange(text: Text, held: _Held) -> Iterator[str]:
    free = [(at, at + len(word)) for word, at in spans_free().find(text.blank)]
    at, loose = 0, ""
    for word in (*text.words, "。"):
        passed = word in _JUDGED or any(start <= at and at + len(word) <= end for start, end in free)
        if (
            not passed
            and len(word) == 1
            and _HAN.match(word)
            and word not in small_words()
            and word not in held.allowed
        ):
            loose += word
            at += 1
            continue
        for piece, start in ((loose, at - len(loose)), ("" if passed else word, at)):
            if _HAN.match(piece) and not _fits(piece, text.blank, start, held):
                yield piece
            if _LATIN.match(piece) and piece not in held.known:
                yield piece
        at += len(word)
        loose = ""


def _fits(word: str, text: str, at: int, held: _Held) -> bool:
    """Whether a word is held, as it stands or without what belongs to its neighbours; 市 and 区 by the words that they stand at."""
    before = bare(text[max(0, at - _AROUND) : at])[-1:]
    after = bare(text[at + len(word) : at + len(word) + _AROUND])[:1]
    if word in _LEVELS:
        return any(len(pair) == 2 and pair in held.known for pair in (word + after, before + word))
    return held.whole(word) or held.whole(_trimmed(before, word, after, held.known))


def _trimmed(before: str, word: str, after: str, known: str) -> str:
    """The word without an outer character that belongs to its neighbour: 及时|率为 in 及时率为 is 为, as 时率 is known."""
    last = word[-1:] + after
    if before and before + word[:1] in known:
        word = word[1:]
    if word and len(last) == 2 and last in known:
        word = word[:-1]
    return word
