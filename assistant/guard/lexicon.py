"""The words that the guard judges by, from knowledge_base/phrases: data that a bureau can change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

from pydantic import ValidationError, field_validator

from assistant.data_files import Strict, line_of, parse_yaml
from assistant.errors import FrameworkError

ClaimKind = Literal["rank", "cause", "effect", "compared", "scope"]


def _words(text: object) -> object:
    """A list of words written as one string."""
    return tuple(text.split()) if isinstance(text, str) else text


class _Words(Strict):
    """A model whose word lists are written as one string, split at spaces."""

    @field_validator("*", mode="before")
    @classmethod
    def _split(cls, value: object, info: object) -> object:
        annotation = str(cls.model_fields[getattr(info, "field_name", "")].annotation)
        if annotation == "tuple[str, ...]":
            return _words(value)
        if annotation == "tuple[tuple[str, ...], ...]" and isinstance(value, list):
            return tuple(_words(line) for line in value)
        return value


class ClaimFamily(_Words):
    """Words that claim one kind of thing; those of one group may stand for one another. `also` count in a statement alone.

    `ahead` claim nothing of what is still to be done; `verbs` say nothing alone: any word of the family in the statement will do.
    """

    kind: ClaimKind
    name: str
    groups: tuple[tuple[str, ...], ...]
    also: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Claims(_Words):
    """claims.yaml."""

    families: tuple[ClaimFamily, ...]


class NameWords(_Words):
    """names.yaml."""

    surnames: str
    titles: tuple[str, ...]
    bodies: tuple[str, ...]
    honours: tuple[str, ...]
    unless: tuple[str, ...]


class Rung(_Words):
    """One rung of a ladder."""

    name: str
    words: tuple[str, ...]


class Ladder(_Words):
    """How far a thing has come, the least first; `ahead` is the aim of what is still to be done, and no status there."""

    name: str
    rungs: tuple[Rung, ...]
    ahead: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Kept(_Words):
    """Words that must stay: `kept` by which of them, `held` or `words` what counts as having stayed."""

    words: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Statuses(Strict):
    """statuses.yaml."""

    ladders: tuple[Ladder, ...]
    parts: Kept
    plans: Kept
    negations: Kept


class Bounds(_Words):
    """Words that bound a figure; those of one line mean the same."""

    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]


class SlotWords(_Words):
    """slots.yaml."""

    bounds: Bounds
    changes: tuple[str, ...]
    units: tuple[str, ...]


class Synonyms(_Words):
    """synonyms.yaml."""

    groups: tuple[tuple[str, ...], ...]


class Wording(Strict):
    """A political wording and the years in which it may be used."""

    text: str
    since: int
    until: int = 9999


class Political(_Words):
    """political.yaml."""

    phrases: tuple[Wording, ...]
    signs: tuple[str, ...]
    frames: tuple[tuple[str, str], ...]


class StockGroup(Strict):
    """Stock phrases of one kind."""

    name: str
    phrases: tuple[str, ...]


class Common(Strict):
    """common.yaml."""

    checked: str
    groups: tuple[StockGroup, ...]


class NeutralGroup(_Words):
    """Words of one kind that carry no fact."""

    kind: str
    words: tuple[str, ...]


class Neutral(_Words):
    """neutral.yaml: `small` are the single characters of grammar; `plain` words may be used, but say something."""

    small: str
    groups: tuple[NeutralGroup, ...]
    plain: tuple[NeutralGroup, ...]


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
def synonyms() -> dict[str, frozenset[str]]:
    """Each word with all that may stand for it."""
    found: dict[str, frozenset[str]] = {}
    for group in _loaded(Synonyms, "synonyms").groups:
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
