"""The right digits with another unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from evals.plant.clean import Clean, Span, Stated
from evals.plant.edit import Edit
from evals.plant.mutant import Mutant, at_number, digits_of, is_error

_MISTAKEN = (
    ("万元", ("元", "亿元")),
    ("亿元", ("万元",)),
    ("元", ("万元",)),
    ("个百分点", ("%",)),
    ("%", ("个百分点",)),
    ("人次", ("人",)),
    ("人", ("人次",)),
)
_UNIT_LINE = re.compile(r"单位：(万元|元)|（(万元|元)）")
_OTHER = {"万元": ("元", "亿元"), "元": ("万元",)}


def unit_changed(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """万元 → 元, % → 个百分点, 人 → 人次; over a table, for all of its amounts."""
    for stated in clean.fair:
        number, text = digits_of(stated), stated.mention.text
        tail = text[len(number) :].strip()
        wrong = next((others for unit, others in _MISTAKEN if tail == unit), ())
        if number and wrong:
            new = number + dice.choice(wrong)
            if is_error(clean, stated, new):
                yield at_number(stated, new)
    yield from _of_tables(clean, dice)


def _of_tables(clean: Clean, dice: Random) -> Iterator[Mutant]:
    tables: dict[int, list[Stated]] = {}
    for stated in clean.fair:
        if stated.cell and not stated.mention.unit and stated.truth.unit in _OTHER and stated.mention.value:
            tables.setdefault(stated.block.table, []).append(stated)
    for table, inside in tables.items():
        for line in _unit_lines(clean, table):
            found = _UNIT_LINE.search(clean.words(line))
            if found is None:
                continue
            group = 1 if found[1] else 2
            edit = Edit(line[0] + found.start(group), line[0] + found.end(group), dice.choice(_OTHER[found[group]]))
            yield Mutant((edit,), ((line, *(stated.site for stated in inside)),), tuple(inside))


def _unit_lines(clean: Clean, table: int) -> Iterator[Span]:
    """The heads of a table, and the line before it."""
    rows = clean.text.rows(table)
    for cell in rows[0].cells:
        yield cell.start, cell.end
    before = [block for block in clean.text.blocks if block.start < rows[0].start]
    if before and before[-1].kind != "row":
        yield before[-1].start, before[-1].end
