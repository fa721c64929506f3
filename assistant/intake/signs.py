"""Signs of an order in a clause: what is spoken of, in which mood, to whom, and what tells of work done; then its characters and pairs of them.

A sign is a class of words of orders.yaml, two classes in one clause, a class that opens it, one character, or two side by side.
What each is worth was fitted (evals/inject/fit.py); this module only says which of them a clause has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

from assistant.patterns import regex

_CLAUSE = regex(r"[^，。；：！？!?\n（）()]+")
_EDGE = regex(r"[\s“”\"'\[\]【】]*")
_SPACE = regex(r"\s+")
_NUMBER = regex(r"\d[\d.,]*")
_LATIN, _HAN = regex(r"[A-Za-z]"), regex(r"[\u4e00-\u9fff]")
_LONGEST = 60
"""Characters of a clause whose pairs are looked at; its words are looked for in all of it."""


class Signs:
    """Finds the signs. `classes`: name -> words of one kind; `openings`: words that count only where a clause begins with them."""

    def __init__(self, classes: Mapping[str, str], openings: Mapping[str, str]) -> None:
        self._classes = {name: re.compile(words, re.IGNORECASE) for name, words in classes.items()}
        self._openings = {name: re.compile(words, re.IGNORECASE) for name, words in openings.items()}

    def of(self, sentence: str) -> list[frozenset[str]]:
        """The signs of each clause of a sentence that is narrow and without unseen characters. Time is linear in it."""
        return [frozenset(self._clause(found[0].strip())) for found in _CLAUSE.finditer(sentence) if found[0].strip()]

    def _clause(self, clause: str) -> Iterator[str]:
        edge = _EDGE.match(clause)
        begin = edge.end() if edge else 0
        held, opening = [], []
        for name, words in self._classes.items():
            if found := words.search(clause):
                held.append(name)
                if found.start() <= begin:
                    opening.append(name)
        opening += [name for name, words in self._openings.items() if words.match(clause, begin)]
        yield from held
        yield from map("+".join, combinations(held, 2))
        for name in opening:
            yield f"^{name}"
            yield from (f"^{name}+{other}" for other in held)
        if len(_LATIN.findall(clause)) > len(_HAN.findall(clause)):
            yield "latin"
        yield from _characters(clause)


def _characters(clause: str) -> Iterator[str]:
    """Single characters and pairs of them in 〈〉, a number as one 0, a space as _, the ends as ^ and $."""
    text = f"^{_SPACE.sub('_', _NUMBER.sub('0', clause))[:_LONGEST]}$"
    yield from (f"〈{char}〉" for char in text)
    yield from (f"〈{text[at : at + 2]}〉" for at in range(len(text) - 1))
