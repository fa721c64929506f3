"""Every family asked in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.guard.borrowed import borrowed
from assistant.guard.causes import causes
from assistant.guard.claims import claimed
from assistant.guard.clipped import clipped
from assistant.guard.copied import copied
from assistant.guard.crossed import crossed
from assistant.guard.fault import Fault, Ground
from assistant.guard.left_out import left_out
from assistant.guard.markup import markup
from assistant.guard.matter import Matter
from assistant.guard.names import names
from assistant.guard.numerals import numerals
from assistant.guard.paired import paired
from assistant.guard.political import political_wording
from assistant.guard.progress import progress
from assistant.guard.reach import reach
from assistant.guard.roles import roles
from assistant.guard.slot_use import slot_use
from assistant.guard.swapped import swapped
from assistant.guard.words import words

if TYPE_CHECKING:
    from assistant.drafting.assignments import Point

FAMILIES: tuple[Callable[[Matter], Iterable[Fault]], ...] = (
    markup, slot_use, numerals, swapped, crossed, borrowed, paired, roles, clipped, reach, left_out, progress, claimed, causes, names, political_wording, copied, words,
)  # fmt: skip
"""Everything that is looked for; each takes the matter of one point and is pure."""
OMISSIONS = (left_out, progress, causes)
"""Those of them that say what the sentences leave out; the others judge what they say."""

_NOBODY = Ground(we="", unit="", own_names=(), year=0, genre="")


def judge(point: Point, sentences: Sequence[str], ground: Ground) -> list[Fault]:
    """Every fault of the sentences written for a point: those of the whole last, else in the order of the sentences.

    `sentences` are one paragraph's, with slots, without the enumerator that Python prints. Time is linear in their length.
    """
    matter = Matter(point, sentences, ground)
    found: dict[tuple[int, str, str], Fault] = {}
    for family in FAMILIES:
        for fault in family(matter):
            found.setdefault((fault.sentence, fault.words, fault.statement if fault.sentence < 0 else ""), fault)
    return sorted(found.values(), key=lambda fault: (fault.sentence < 0, fault.sentence))


def untold(point: Point, sentences: Sequence[str], ground: Ground) -> frozenset[str]:
    """The ids of the statements that these sentences leave out, whole or in part."""
    matter = Matter(point, sentences, ground)
    found = (fault for family in OMISSIONS for fault in family(matter))
    return frozenset(fault.statement for fault in found if fault.sentence < 0)


def told(point: Point, sentences: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """For each sentence the ids of the statements that it tells, by its slots, then by shared words; () for one that tells none."""
    return Matter(point, sentences, _NOBODY).told
