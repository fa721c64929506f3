"""The same passage twice: equal but for numbers and punctuation, or nearly so (last year's report, copied on)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from zlib import crc32

from assistant.masking import unblanked
from assistant.patterns import regex
from assistant.retrieval.passage import ExemplarPassage

_OTHER = regex(r"[^\u3400-\u9fffA-Za-z]+")
_SHINGLE, _SAMPLED = 5, 4
"""Characters of a shingle; one shingle in so many is looked up."""
_ALIKE = 0.8
"""Shingles in common, as a share of all of both, from which on two passages are one."""
_TOO_COMMON = 40
"""A shingle of so many passages is a stock phrase and leads to no candidate."""


def distinct(passages: Iterable[ExemplarPassage]) -> list[ExemplarPassage]:
    """The passages without repetitions; the first of each stays.

    What all may see goes before; a private passage is held against that and its owner's own, so that nobody loses a passage to a
    stranger's.
    """
    ordered = sorted(passages, key=lambda p: 0 if not p.owner else 1 if p.approved else 2)
    everybody = _Seen()
    own: defaultdict[str, _Seen] = defaultdict(_Seen)
    kept = []
    for passage in ordered:
        public = passage.visible_to("")
        if everybody.like(passage) or (not public and own[passage.owner].like(passage)):
            continue
        (everybody if public else own[passage.owner]).add(passage)
        kept.append(passage)
    return kept


def repeated(passages: Iterable[ExemplarPassage], known: Iterable[ExemplarPassage]) -> list[ExemplarPassage]:
    """The known passages that these repeat, one for each that is there already."""
    there = _Seen()
    for passage in known:
        there.add(passage)
    return [same for passage in passages if (same := there.like(passage))]


class _Seen:
    """The passages met so far, found again by a sample of their shingles."""

    def __init__(self) -> None:
        self._equal: dict[str, ExemplarPassage] = {}
        self._met: list[tuple[ExemplarPassage, frozenset[str]]] = []
        self._holders: defaultdict[str, list[int]] = defaultdict(list)

    def like(self, passage: ExemplarPassage) -> ExemplarPassage | None:
        """The passage among them that says the same, or nearly so."""
        words = _words(passage)
        if words in self._equal:
            return self._equal[words]
        shingles = _shingles(words)
        sample = [s for s in shingles if _sampled(s)]
        holders = (self._holders[s] for s in sample if s in self._holders)
        common = Counter(n for found in holders if len(found) <= _TOO_COMMON for n in found)
        for n, shared in common.most_common(5):
            met, other = self._met[n]
            if 2 * shared >= len(sample) and _alike(shingles, other):
                return met
        return None

    def add(self, passage: ExemplarPassage) -> None:
        """Remember a passage."""
        words = _words(passage)
        self._equal.setdefault(words, passage)
        self._met.append((passage, _shingles(words)))
        for shingle in filter(_sampled, self._met[-1][1]):
            self._holders[shingle].append(len(self._met) - 1)


def _words(passage: ExemplarPassage) -> str:
    return _OTHER.sub("", unblanked(passage.masked))


def _shingles(words: str) -> frozenset[str]:
    return frozenset(words[at : at + _SHINGLE] for at in range(len(words) - _SHINGLE + 1))


def _sampled(shingle: str) -> bool:
    return crc32(shingle.encode("utf-8")) % _SAMPLED == 0


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)
