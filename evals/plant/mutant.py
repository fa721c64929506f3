"""A planted error, and how a planter makes sure that it is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from assistant.numbers import Mention, find_numbers
from evals.plant.clean import Clean, Span, Stated
from evals.plant.edit import Edit
from evals.plant.truth import is_true, true_otherwise

Group = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One error. `edits` put it into the clean text, in order.

    `places`: groups of stretches of the clean text; the error is told if, of every group, one stretch is told of. `about`: the
    numbers of the report that it makes wrong.
    """

    edits: tuple[Edit, ...]
    places: tuple[Group, ...]
    about: tuple[Stated, ...]


Planter = Callable[[Clean, Random], Iterator[Mutant]]
"""Yields the errors of one class in a report, in any order; the same for the same dice."""


def at_number(stated: Stated, new: str) -> Mutant:
    """The number, unit and all, becomes `new`."""
    return Mutant((Edit(stated.mention.start, stated.mention.end, new),), ((stated.site,),), (stated,))


def reread(clean: Clean, stated: Stated, new: str, before: str | None = None) -> Mention | None:
    """The number as it is read once `new` stands in its place, and `before` right before it (else what stood there)."""
    low = stated.site[0]
    left = clean.text.text[low : stated.mention.start] if before is None else before
    line = left + new + clean.text.text[stated.mention.end : stated.site[1]]
    at = len(left)
    found = next((m for m in find_numbers(line) if m.start < at + len(new) and at < m.end), None)
    return None if found is None else found._replace(start=found.start + low, end=found.end + low)


def is_error(clean: Clean, stated: Stated, new: str) -> bool:
    """Whether the sentence with this number is false, whatever figure of that name is meant."""
    mention = reread(clean, stated, new)
    if mention is None or mention.value is None or not mention.is_quantity:
        return False
    return not is_true(mention, stated.truth) and not true_otherwise(mention, stated, clean)


def digits_of(stated: Stated) -> str:
    """The number without its unit, where it is written in Arabic digits and is neither range nor ratio; else ""."""
    text = stated.mention.text
    size = next((n for n, char in enumerate(text) if char not in "0123456789,."), len(text))
    number = text[:size]
    return (
        "" if stated.mention.upper is not None or stated.mention.kind == "ratio" or not number[:1].isdigit() else number
    )
