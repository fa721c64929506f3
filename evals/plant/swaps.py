"""Two right numbers in each other's place: a check that asks only whether a value exists sees nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random

from assistant.numbers import compatible_units
from evals.plant.clean import Clean, Stated
from evals.plant.edit import Edit
from evals.plant.mutant import Mutant, digits_of, is_error


def swapped_in_sentence(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """A、B分别为1和2 → A、B分别为2和1."""
    sites: dict[tuple[int, int], list[Stated]] = {}
    for stated in clean.fair:
        sites.setdefault(stated.site, []).append(stated)
    for inside in sites.values():
        for one, other in combinations(inside, 2):
            if edits := _exchange(clean, one, other):
                yield Mutant(edits, ((one.site,),), (one, other))


def swapped_apart(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """Two numbers of different paragraphs, or two cells of a table; both wrong statements must be told."""
    for one in clean.fair:
        others = [s for s in clean.fair if s.block != one.block or (s.cell and s.cell != one.cell)]
        dice.shuffle(others)
        for other in others[:12]:
            first, second = sorted((one, other), key=lambda s: s.mention.start)
            if (one.cell is None) == (other.cell is None) and (edits := _exchange(clean, first, second)):
                yield Mutant(edits, ((first.site,), (second.site,)), (first, second))
                break


def _exchange(clean: Clean, one: Stated, other: Stated) -> tuple[Edit, ...]:
    """The edits that exchange two numbers of one unit, if that makes both wrong; else nothing."""
    a, b = digits_of(one), digits_of(other)
    if not a or not b or not compatible_units(one.truth.unit, other.truth.unit):
        return ()
    if bool(one.mention.unit) != bool(other.mention.unit):
        return ()
    at_one, at_other = other.mention.text, one.mention.text
    if one.mention.unit != other.mention.unit:
        at_one, at_other = b + one.mention.text[len(a) :], a + other.mention.text[len(b) :]
    if not is_error(clean, one, at_one) or not is_error(clean, other, at_other):
        return ()
    return (
        Edit(one.mention.start, one.mention.end, at_one),
        Edit(other.mention.start, other.mention.end, at_other),
    )
