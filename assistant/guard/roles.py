"""Who does what to whom: phrases of the statements that stand about verbs and prepositions where others belong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from assistant.guard.fault import Fault
from assistant.guard.lexicon import neutral_words
from assistant.guard.matter import Matter
from assistant.guard.phrases import NOTHING, Phrase, phrases
from assistant.guard.text import EACH, Clause, bare, tagged, widened
from assistant.patterns import regex
from assistant.subjects import bigrams

_BODY = regex(
    r"(?:机关|局|办|委|院|馆|大队|中心|公司|部|部门|站|所|街道|社区|科|处|科室|学校|协会|组|队|政府|单位|机构|企业|厂家|人员)$"
)
_FROM_TO = regex(
    r"(?:由|从)([^，。；□]{1,16}?)((?:改|转|变|调整|增加|减少|提高|降低|缩短|延长|扩大|迁|移)[为到成至])([^，。；□]{1,16})"
)
_SAME = 0.6
"""Two phrases that share so many of their pairs are one, if they are of one level."""
_LEVELS = frozenset("国省市区县镇乡村")
_SHORTEST = 2
_RING = 3
_GAIN = 2
"""Two phrases that fit each other's places so much better than their own changed places."""


@dataclass(frozen=True)
class _Placed:
    """A phrase of a clause, where the statements have it, and the phrases of those that the clause tells."""

    phrase: Phrase
    own: tuple[Phrase, ...]
    clause: str
    told: tuple[Phrase, ...]

    def fit(self, others: Sequence[Phrase]) -> int:
        """How well its place is that of these."""
        return max((self.phrase.fits(other) for other in others), default=0)


class _Meant:
    """The phrases of the statements, found by the pairs of their characters."""

    def __init__(self, matter: Matter) -> None:
        self._by_pair: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in dict.fromkeys(phrase for one in matter.statements for phrase in phrases(one.blank)):
            for pair in _pairs(phrase.words):
                self._by_pair[pair].append(phrase)

    def told(self, matter: Matter, clause: Clause) -> tuple[Phrase, ...]:
        """The phrases of the statements that a clause tells."""
        mates = matter.closest(clause) if clause.slots else matter.mates(clause)
        return tuple(phrase for mate in mates for phrase in phrases(mate.statement.blank))

    def same(self, here: Phrase) -> tuple[Phrase, ...]:
        """Where the statements have this phrase."""
        pairs, level = _pairs(here.words), _LEVELS & set(here.words)
        shared: dict[Phrase, int] = defaultdict(int)
        for pair in pairs:
            for phrase in self._by_pair.get(pair, ()):
                shared[phrase] += 1
        return tuple(
            phrase for phrase, count in shared.items()
            if count >= _SAME * max(len(pairs), len(_pairs(phrase.words))) and level == _LEVELS & set(phrase.words)
        )  # fmt: skip


def roles(matter: Matter) -> Iterator[Fault]:
    """Phrases that changed places, one that drove another out or does what was done to it, and 从…到 turned round."""
    meant = _Meant(matter)
    for number, text in enumerate(matter.sentences):
        found = [(here, clause) for clause in text.clauses for here in phrases(clause.text)]
        placed = [
            _Placed(here, own, clause.text, meant.told(matter, clause))
            for here, clause in found
            if (own := meant.same(here)) or _BODY.search(here.words)
        ]
        for words, wrong in (*_misplaced(placed), *_turned_round(matter, text.blank)):
            yield Fault("misattributed", number, words, f"“{words}”{wrong}，请照原句写。")


def _misplaced(placed: Sequence[_Placed]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(placed, 2):
        if _exchanged(one, other):
            yield one.phrase.words, f"和“{other.phrase.words}”调换了位置，意思变了"
    for one in _gone_round(placed)[:1]:
        yield one.phrase.words, "等几个词互相换了位置，谁做什么变了"
    for one in placed:
        if _turned_agent(one):
            yield one.phrase.words, "在原句里不是做这件事的，谁做什么变了"
        owner = _driven_out(one)
        if owner:
            yield one.phrase.words, f"写到了“{owner}”的位置上，谁做什么变了"


def _exchanged(one: _Placed, other: _Placed) -> bool:
    if min(len(one.phrase.words), len(other.phrase.words)) < _SHORTEST:
        return False
    there, back = one.fit(other.own), other.fit(one.own)
    return bool(there and back) and there + back - one.fit(one.own) - other.fit(other.own) >= _GAIN


def _driven_out(one: _Placed) -> str:
    """Whose place before a verb a phrase took, which the statements have nowhere near it; "" where the owner is still in the clause."""
    verb = one.phrase.right
    if not verb or verb != one.phrase.verb or one.fit(one.own):
        return ""
    if not _is_somebody(one.phrase.words):
        return ""
    body = (
        _BODY.search(one.phrase.words.rstrip("已")) is not None
    )  # a body before a verb does it, where the statement names nobody too
    owners = [p for p in one.told if p.right == verb and p not in one.own and (body or _is_somebody(p.words))]
    said = widened(one.clause)
    return owners[0].words if owners and not any(_pairs(owner.words) & said for owner in owners) else ""


def _is_somebody(words: str) -> bool:
    """Whether a phrase holds a noun: 已 and 每周 before a verb are nobody who does it."""
    return not words.startswith(tuple(EACH)) and any(tag[0] == "n" for _, tag in tagged(words))


def _gone_round(placed: Sequence[_Placed]) -> list[_Placed]:
    """Phrases none of which stands where the statements have it, and each where they have another of them: three and more."""
    moved = [
        one for one in placed
        if one.own and not one.fit(one.own) and any(one.fit(other.own) for other in placed if other.own != one.own)
    ]  # fmt: skip
    return moved if len(moved) >= _RING else []


def _turned_agent(one: _Placed) -> bool:
    """Whether a body to which something was done now does it."""
    here = one.phrase
    return (
        here.right != NOTHING
        and here.right not in neutral_words()
        and here.left in (NOTHING, "由")
        and _BODY.search(here.words) is not None
        and bool(one.own)
        and not one.fit(one.own)
        and all(phrase.left == here.right for phrase in one.own)
    )


def _turned_round(matter: Matter, text: str) -> Iterator[tuple[str, str]]:
    """从甲改为乙 where a statement has 从乙改为甲."""
    meant = [m for statement in matter.statements for m in _FROM_TO.finditer(statement.blank)]
    for here in _FROM_TO.finditer(text):
        start, end = _pairs(bare(here[1])), _pairs(bare(here[3]))
        for own in meant:
            first, last = _pairs(bare(own[1])), _pairs(bare(own[3]))
            if len(start & last) + len(end & first) > len(start & first) + len(end & last):
                yield here[0], "把原句的先后说反了"


@lru_cache(maxsize=4096)
def _pairs(words: str) -> frozenset[str]:
    return bigrams(words) or frozenset([words])
