"""The closed vocabulary: a word that neither the point nor the case nor the grammar of the genre holds was made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from assistant.guard.fault import Fault
from assistant.guard.kindred import form_of, judged_words, made_of
from assistant.guard.lexicon import (
    AHEAD,
    claims,
    claims_of,
    neutral_words,
    plain_words,
    small_words,
    spans_free,
    statuses,
    synonyms,
    turning_words,
    wordings,
)
from assistant.guard.matter import SURE, Matter
from assistant.guard.numerals import counts_rightly
from assistant.guard.progress import denies
from assistant.guard.text import EACH, Text, bare, is_content, stands_for, tagged
from assistant.patterns import regex

_HAN = regex(r"^[\u4e00-\u9fff]+$")
_LATIN = regex(r"[A-Za-z]{2,}")
_PADDING = "“{}”不是任何一条原句的意思，请删去：只写原句说到的事。"
_TURN = regex(
    r"(?:在|从|就|围绕|针对|对于|关于|按照|根据|作为|通过)[^，。]{1,14}(?:方面|上|中|看|来看|而言|来说|工作|问题|行为|时|后|之后|基础上|过程中|情况)?$"
)
_ABOUT = regex(r"^[^，。]{2,10}(?:方面|中|期间)$")
_OPENING = regex(r"主要|包括|分为|涉及|围绕|以下|几个方面|如下")
_LEAST = 2
"""A sentence that opens has others behind it."""
_ASIDE = 2
"""A clause of so few characters is a connective."""
_LONGEST_PART = 6
_LONG = 2
"""Longer words that may stand for one of the statement's are taken whole, however they are cut."""
_NAMELIKE = 3
"""A word so long names one thing; shorter ones are the topic of the whole point."""
_JUDGED = frozenset("均都仅只") | {"完成", "获得"} | {f"{numeral}是" for numeral in "一二三四五六"}
"""What other families judge, and the numbers of a list inside a sentence."""
_AROUND = 3
_GRAMMAR = frozenset("puyfc")
"""The tags of prepositions, particles, directions and conjunctions."""
_VERBS = ("v", "vn")
_LEVELS = frozenset("省市区县州镇乡村国")


def words(matter: Matter) -> Iterator[Fault]:
    """Every word of two characters and more that nothing known holds."""
    year, likely = matter.ground.year, [word for word in synonyms() if word in matter.known_bare]
    free = _free(matter.ground.genre in AHEAD)
    for number, (text, told) in enumerate(zip(matter.sentences, matter.told, strict=True)):
        usable = "\n".join(wording for wording in wordings(year) if wording in text.bare)
        found = _strange(text, _Held(f"{matter.known_bare}\n{usable}", likely, free))
        strange = [word for word, at in found if not _retold(matter, text, word, at)]
        for word in strange:
            message = f"“{word}”不在本段的材料里。只用原句的词和不含事实的连接词，不要补充内容。"
            yield Fault("invented", number, word, message)
        if not strange:
            added = () if not number and _opens(matter, text) else _padding(matter, text, told)
            yield from (Fault("invented", number, words, _PADDING.format(words)) for words in added)
        for word, at in _strange(text, _Held(f"{matter.known_to(told)}\n{usable}", likely, free)) if told else ():
            if word not in strange and len(word) >= _NAMELIKE and not _retold(matter, text, word, at):
                message = f"“{word}”是别的原句里的词，这一句说的事没有它，请照原句写。"
                yield Fault("invented", number, word, message, told[0])


def _opens(matter: Matter, text: Text) -> bool:
    """Whether a first sentence only names what the next ones tell (主要包括甲和乙): their own nouns, no figure, and nothing claimed."""
    if len(matter.sentences) < _LEAST or text.slots or not _OPENING.search(text.blank):
        return False
    topics = [word for word in text.words if is_content(word) and word not in plain_words()]
    stated = "\n".join([*(s.bare for s in matter.statements), matter.point.label])
    return all(word in stated for word in topics) and not any(
        word in judged_words() and word not in matter.point.label for word in text.words
    )


def _padding(matter: Matter, text: Text, told: Sequence[str]) -> Iterator[str]:
    """The sentence, or its clauses, that no statement says; short turns of speech are none."""
    if not told:
        yield from [text.raw] * bool(text.bare)
        return
    for clause in text.clauses:
        if clause.slots or matter.is_label(clause) or _only_turns(clause.text):
            continue
        if _TURN.match(clause.text) or _ABOUT.match(clause.text):
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
    words = neutral_words() | plain_words() | claims_of("cause")
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
        each = word[:1] in EACH and any(other in self.known for other in stands_for(word))
        return word in self.free or word in self.allowed or word in self.known or each

    def part(self, word: str) -> bool:
        """Whether it may be a part of a word."""
        if len(word) == 1:
            return word in small_words() or word in self.allowed or word in _JUDGED
        return self.one(word)

    def whole(self, word: str) -> bool:
        """Whether a word is held, or put together of such as are."""
        if not word or self.one(word):
            return True
        reach = [True] + [False] * len(word)
        for end in range(1, len(word) + 1):
            sizes = range(1, min(end, _LONGEST_PART) + 1)
            reach[end] = any(reach[end - size] and self.part(word[end - size : end]) for size in sizes)
        return reach[-1]


def _retold(matter: Matter, text: Text, word: str, at: int) -> bool:
    """Whether a strange word only turns the phrase: grammar, a count, another form of the verb whose place it takes, or the clause's own characters."""
    if counts_rightly(matter, text, word):
        return True
    if word not in judged_words() and any(word == one and tag in _GRAMMAR for one, tag in tagged(text.blank)):
        return True
    sure = [mate for mate in matter.mates(text.clauses[text.clause_number(at)]) if mate.share >= SURE]
    if any(denies(mate.clause.text) and _without_denial(word) in mate.clause.text for mate in sure):
        return True
    told = matter.told[matter.sentences.index(text)]
    if made_of(word, (clause.text for one in matter.statements if one.id in told for clause in one.clauses)):
        return True
    verb = any(word == one and tag in _VERBS for one, tag in tagged(text.blank))
    return verb and any(form_of(word, mate.clause.text, text.blank) for mate in sure)


def _without_denial(word: str) -> str:
    """What a word denies or tells to be lacking (人手不足: 人手), "" for a negation itself; the word where it does neither."""
    ends = [end for end in statuses().negations.words if word.endswith(end)]
    return word.removesuffix(max(ends, key=len)) if ends else word


def _strange(text: Text, held: _Held) -> Iterator[tuple[str, int]]:
    """The words that are not held, and where each stands in the text with blanks."""
    free = [(at, at + len(word)) for word, at in spans_free().find(text.blank)]
    free += [(at, at + len(word)) for word in held.allowed if len(word) > _LONG and (at := text.blank.find(word)) >= 0]
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
                yield piece, start
            if _LATIN.match(piece) and piece not in held.known:
                yield piece, start
        at += len(word)
        loose = ""


def _fits(word: str, text: str, at: int, held: _Held) -> bool:
    """Whether a word is held, as it stands or without what belongs to its neighbours; 市 and 区 by the words that they stand at."""
    before = bare(text[max(0, at - _AROUND) : at])[-1:]
    after = bare(text[at + len(word) : at + len(word) + _AROUND])[:1]
    if word in _LEVELS:
        return any(len(pair) == 2 and pair in held.known for pair in (word + after, before + word))
    if held.whole(word) or held.whole(_trimmed(before, word, after, held.known)):
        return True
    return any(held.whole(window) for window in _windows(text, at, at + len(word)))


def _windows(text: str, start: int, end: int) -> Iterator[str]:
    """The words with some of their neighbours: 人均 in 任何人均可 is cut wrongly, and held as 任何人 and 均."""
    for first in range(max(0, start - _AROUND), start + 1):
        for last in range(end, min(len(text), end + _AROUND) + 1):
            window = text[first:last]
            if (first, last) != (start, end) and _HAN.match(window):
                yield window


def _trimmed(before: str, word: str, after: str, known: str) -> str:
    """The word without an outer character that belongs to its neighbour: 及时|率为 in 及时率为 is 为, as 时率 is known."""
    last = word[-1:] + after
    if before and before + word[:1] in known:
        word = word[1:]
    if word and len(last) == 2 and last in known:
        word = word[:-1]
    return word
