"""Many changes judged in one reading, where they have nothing to do with each other: it saves nine readings of ten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from evals.plant.clean import Clean
from evals.plant.edit import Edit
from evals.plant.mutant import Mutant

T = TypeVar("T")


def packs(things: Iterable[T], touched: Callable[[T], frozenset[object]], most: int) -> list[list[T]]:
    """The things in packs of at most `most`, no two of a pack touching the same."""
    made: list[tuple[list[T], set[object]]] = []
    for thing in things:
        keys = touched(thing)
        free = next((pack for pack in made if len(pack[0]) < most and not pack[1] & keys), None)
        if free is None:
            made.append(([thing], set(keys)))
        else:
            free[0].append(thing)
            free[1].update(keys)
    return [pack for pack, _ in made]


def touched_by(clean: Clean, mutant: Mutant) -> frozenset[object]:
    """The paragraphs, rows and figures that an error has to do with."""
    spans = [(edit.start, edit.end) for edit in mutant.edits] + [span for group in mutant.places for span in group]
    figures = (stated.figure.id for stated in mutant.about if stated.figure is not None)
    return frozenset([*(block_of(clean, start) for start, _ in spans), *figures])


def block_of(clean: Clean, offset: int) -> int:
    """A paragraph or a row by where it begins."""
    return clean.text.block_at(offset).start


def joined(changes: Iterable[Sequence[Edit]]) -> tuple[Edit, ...]:
    """All edits in order."""
    return tuple(sorted(edit for edits in changes for edit in edits))
