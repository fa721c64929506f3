"""What the verifier knows: figures by their words and figures by the sentences they come from, ready to be looked up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from assistant.ledger import Figure, Ledger
from assistant.subjects import Terms, bigrams, normal_term, plain, split_subject


@dataclass(frozen=True, slots=True)
class Source:
    """A figure known by its sentence: the sides of the number there, and the words of the whole."""

    figure: Figure
    left: str
    right: str
    words: frozenset[str]


class Known:
    """An index over a ledger. Built once per check; everything in it is read only."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.by_item: dict[str, list[Figure]] = defaultdict(list)
        self.aspects: dict[str, set[str]] = {}
        self.sources: list[Source] = []
        self._by_value: dict[Decimal, list[Figure]] = defaultdict(list)
        self._by_words: dict[str, list[int]] = defaultdict(list)
        self._by_touch: dict[tuple[str, str], list[int]] = defaultdict(list)
        aspect_words: set[str] = set()
        for figure in ledger:
            if figure.id.startswith("given.") and figure.id.removeprefix("given.") in ledger:
                continue  # the computed rate speaks for both: a report may not print the other one
            self._by_value[figure.base[0]].append(figure)
            if figure.subject:
                self._add_source(figure)
                continue
            for item in dict.fromkeys((*figure.items, *(figure.terms if not figure.items else ()))):
                self.by_item[normal_term(item)].append(figure)
            for term in figure.terms:
                if figure not in self.by_item[normal_term(term)]:
                    self.by_item[normal_term(term)].append(figure)
            self.aspects[figure.id] = {normal_term(aspect) for aspect in figure.aspects}
            aspect_words |= self.aspects[figure.id]
        self.aspect_words = aspect_words - {""}
        self._all = [figure for figures in self._by_value.values() for figure in figures]
        self._ordered = sorted((figure.base[0], at) for at, figure in enumerate(self._all))
        self.terms = Terms({*self.by_item, *aspect_words} - {""})

    def _add_source(self, figure: Figure) -> None:
        left, right = split_subject(figure.subject)
        source = Source(figure, plain_side(left), plain_side(right), bigrams(plain(left + right)))
        for word in source.words:
            self._by_words[word].append(len(self.sources))
        for key in _touch_keys(source.left, source.right):
            self._by_touch[key].append(len(self.sources))
        self.sources.append(source)

    def sources_touching(self, left: str, right: str) -> list[Source]:
        """The sources that share at least four characters with this place, outwards from the number."""
        return [self.sources[at] for key in _touch_keys(left, right) for at in self._by_touch.get(key, ())]

    def sources_like(self, words: frozenset[str]) -> list[Source]:
        """The sources that share the most pairs of characters with these words, found by the rarest of them.

        Bounded, so that the time of a check grows with the text and not with text times materials.
        """
        shared: Counter[int] = Counter()
        visited = 0
        for word in sorted((w for w in words if w in self._by_words), key=lambda w: (len(self._by_words[w]), w)):
            visited += len(self._by_words[word])
            if visited > _MOST_VISITED and shared:
                break
            shared.update(self._by_words[word])
        least = min(2, len(words))
        return [self.sources[at] for at, n in shared.most_common(_MOST_ALIKE) if n >= least]

    def words_of(self, text: str) -> tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]]:
        """The items and the aspects (term, start, end) in a normalised text, the longest reading at each place."""
        found = self.terms.find(text)
        items = [hit for hit in found if hit[0] in self.by_item]
        return items, [hit for hit in found if hit[0] in self.aspect_words]

    def with_value(self, value: Decimal) -> list[Figure]:
        """The figures of exactly this value in base units."""
        return self._by_value.get(value, [])

    def near_value(self, value: Decimal, step: Decimal | None) -> list[Figure]:
        """The figures within one printed step of this value (the caller holds them against each other)."""
        reach = step or Decimal(0)
        low = bisect_left(self._ordered, (value - reach, -1))
        found = []
        for amount, at in self._ordered[low:]:
            if amount > value + reach:
                break
            found.append(self._all[at])
        return found


_TOUCH = 4
_MOST_VISITED, _MOST_ALIKE = 400, 40


def _touch_keys(left: str, right: str) -> list[tuple[str, str]]:
    """Every way in which four characters lie on the two sides of a number."""
    keys = ((left[len(left) - n :], right[: _TOUCH - n]) for n in range(_TOUCH + 1) if n <= len(left))
    return [key for key in keys if len(key[0]) + len(key[1]) == _TOUCH]


_SAME = str.maketrans({"(": "（", ")": "）", ",": "，", ":": "：", ";": "；"} | dict.fromkeys(' \u3000“”‘’"', None))


def plain_side(text: str) -> str:
    """One side of a number for comparing letter by letter: without space and quotes, brackets and commas alike, no full stop."""
    return text.translate(_SAME).rstrip("。；")
