"""The words that the guard judges by, from knowledge_base/phrases: data that a bureau can change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TypeVar

from pydantic import ValidationError

from assistant.data_files import Strict, line_of, parse_yaml
from assistant.errors import FrameworkError
from assistant.guard.lists import (
    ClaimKind,
    Claims,
    Common,
    NameWords,
    Neutral,
    Political,
    SlotWords,
    Statuses,
    Synonyms,
)

_TURNING = ("连接", "副词", "说法")
"""So begin the kinds of neutral words that a clause may consist of."""
_LONG = 3
AHEAD = frozenset({"tasks", "measures", "plans"})
"""The genres that tell what is still to be done."""

_Model = TypeVar("_Model", bound=Strict)


def _loaded(model: type[_Model], name: str) -> _Model:
    """The data file as its model.

    Raises:
        FrameworkError: naming file and line.
    """
    text = (files("knowledge_base") / "phrases" / f"{name}.yaml").read_text("utf-8")
    try:
        return model.model_validate(parse_yaml(text, f"{name}.yaml"))
    except ValidationError as error:
        fault = error.errors()[0]
        where = f"{name}.yaml {line_of(text, fault['loc'])}".strip()
        reason = f"{'.'.join(map(str, fault['loc']))} 写法不对：{fault['msg']}"
        raise FrameworkError(where, reason, "按本文件其他条目的写法改正") from error


@cache
def claims() -> Claims:
    """The words that claim."""
    return _loaded(Claims, "claims")


@cache
def claims_of(kind: ClaimKind) -> frozenset[str]:
    """The words that claim one kind of thing."""
    return frozenset(word for one in claims().families if one.kind == kind for group in one.groups for word in group)


@cache
def name_words() -> NameWords:
    """How people, bodies and honours are recognised."""
    return _loaded(NameWords, "names")


@cache
def statuses() -> Statuses:
    """The ladders, and what must stay."""
    return _loaded(Statuses, "statuses")


@cache
def slot_words() -> SlotWords:
    """What may stand beside a slot."""
    return _loaded(SlotWords, "slots")


@cache
def political() -> Political:
    """The dated wordings."""
    return _loaded(Political, "political")


@cache
def wordings(year: int) -> tuple[str, ...]:
    """The political wordings that a report of this year may use without a source."""
    return tuple(w.text for w in political().phrases if w.since <= year <= w.until)


@cache
def stock_phrases() -> tuple[str, ...]:
    """The stock phrases of the genre."""
    return tuple(phrase for group in _loaded(Common, "common").groups for phrase in group.phrases)


@cache
def _synonyms() -> Synonyms:
    return _loaded(Synonyms, "synonyms")


@cache
def turns() -> tuple[tuple[str, ...], ...]:
    """Turns of phrase that say the same; the first of a line is the form by which they are judged."""
    return _synonyms().turns


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """Each word with all that may stand for it."""
    found: dict[str, frozenset[str]] = {}
    for group in _synonyms().groups:
        for word in group:
            found[word] = found.get(word, frozenset()) | frozenset(group)
    return found


@cache
def _neutral() -> Neutral:
    return _loaded(Neutral, "neutral")


@cache
def neutral_words() -> frozenset[str]:
    """The words that carry no fact."""
    return frozenset(word for group in _neutral().groups for word in group.words)


@cache
def plain_words() -> frozenset[str]:
    """The words of office work that any sentence may use; a clause of nothing else still says something."""
    return frozenset(word for group in _neutral().plain for word in group.words)


@cache
def light_verbs() -> frozenset[str]:
    """Verbs that only carry what stands beside them (进行, 开展): another verb may give way to one of them."""
    return frozenset(_neutral().light)


@cache
def hedges() -> frozenset[str]:
    """Words that take something back from what is said (较, 多, 有所)."""
    return frozenset(_neutral().hedges)


@cache
def role_words() -> frozenset[str]:
    """The verbs that say who does what to whom."""
    return frozenset(_neutral().roles)


@cache
def role_finder() -> Finder:
    """Finds these verbs, however a cutter of words takes them."""
    return Finder(role_words())


@cache
def turning_words() -> frozenset[str]:
    """The neutral words that only join, place or introduce: a clause of them alone says nothing."""
    return frozenset(word for group in _neutral().groups if group.kind.startswith(_TURNING) for word in group.words)


@cache
def spans_free() -> Finder:
    """Finds the longer of those words in running text, however it is cut."""
    return Finder(word for word in neutral_words() | plain_words() if len(word) >= _LONG)


@cache
def small_words() -> frozenset[str]:
    """The single characters of grammar."""
    return frozenset(_neutral().small) - {" "}


class Finder:
    """Looks words up in running text in one pass, the longest first; words of `unless` are passed over."""

    def __init__(self, words: Iterable[str], unless: Iterable[str] = ()) -> None:
        self._skip = frozenset(unless)
        listed = sorted({*words} | self._skip, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, listed)))

    def find(self, text: str) -> list[tuple[str, int]]:
        """(word, where it starts), in order, not overlapping."""
        return [(m[0], m.start()) for m in self._pattern.finditer(text) if m[0] not in self._skip]
