"""The shape of the guard's word lists, one model for each file of knowledge_base/phrases."""

from __future__ import annotations

from typing import Literal

from pydantic import field_validator

from assistant.data_files import Strict

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
    """synonyms.yaml: words of a line of `groups` may stand for one another; turns of phrase are brought to the first of their line."""

    groups: tuple[tuple[str, ...], ...]
    turns: tuple[tuple[str, ...], ...]


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
    """neutral.yaml: `small` are the single characters of grammar, `light` verbs carry what stands beside them, `hedges` may not be dropped, `roles` say who does what; `plain` words may be used, but say something."""

    small: str
    light: tuple[str, ...]
    hedges: tuple[str, ...]
    roles: tuple[str, ...]
    groups: tuple[NeutralGroup, ...]
    plain: tuple[NeutralGroup, ...]
