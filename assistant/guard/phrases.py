"""A text as phrases between its verbs and prepositions: who stands before which verb, what behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.guard.lexicon import role_finder
from assistant.guard.text import BLANK, bare, tagged
from assistant.patterns import regex

NOTHING = ""
"""What stands beside a phrase at a mark, a slot or an end: that says nothing of its role."""
_ROLES = ("v", "vn", "p")
_GLUED = regex(r"^[由向从受被对给为与同][省市区县镇乡村局委]$")
_GLUED_BEHIND = regex(r"^[办部局委科处院会站所队厅][向对为由被与给从把将]$")
_SMALL = frozenset("经的了和与及地得等各本该其并也还再均都")
_SUFFIX = frozenset("办科处组队站所")
"""Ends of names of bodies, which a cutter of words takes for verbs."""


@dataclass(frozen=True)
class Phrase:
    """Words between two verbs or prepositions, these, and the first verb behind them in the clause; "" where there is none."""

    words: str
    left: str
    right: str
    verb: str = NOTHING

    def fits(self, other: Phrase) -> int:
        """How much the two have in common about them."""
        pairs = ((self.left, other.left), (self.right, other.right), (self.verb, other.verb))
        return sum(one == another != NOTHING for one, another in pairs)


@lru_cache(maxsize=4096)
def phrases(text: str) -> tuple[Phrase, ...]:
    """The phrases of a text with blanks, in order; times (2021年, 每季度) belong to none."""
    made: list[Phrase] = []
    waiting: list[Phrase] = []  # the verb behind them is still to come
    words = left = ""
    for word, tag in (*_words(text), ("。", "x")):
        mark = not bare(word) or word == BLANK
        role = word if tag in _ROLES and word not in _SUFFIX else NOTHING
        if word in _SMALL or (words and (tag == "t" or word.startswith("每"))):
            continue
        if not (role or mark):
            words += word
            continue
        if words:
            waiting.append(Phrase(words, left, role))
        if mark or tag == "v":
            made += [replace(phrase, verb=role) for phrase in waiting]
            waiting.clear()
        words, left = "", role
    return tuple(made)


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Words with their tags; what says who does what stands alone, whatever it was glued to."""
    at = 0
    for verb, start in (*role_finder().find(text), ("", len(text))):
        for word, tag in tagged(text[at:start]):
            if _GLUED.match(word):
                yield word[0], "p"
                yield word[1:], "n"
            elif _GLUED_BEHIND.match(word):
                yield word[0], "n"
                yield word[1:], "p"
            else:
                yield word, tag
        if verb:
            yield verb, "v"
        at = start + len(verb)
