"""Which figures do the heads of a table cell name?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.ledger import Figure
from assistant.numbers import Mention, compatible_units
from assistant.patterns import regex
from assistant.verify.matching.known import Known, normal_name

if TYPE_CHECKING:
    from assistant.verify.reading.places import Place

TABLE_WORDS = ("合计", "总计", "共计", "小计")
"""These name a row of a table; in a sentence they only add up what it speaks of."""
_UNIT_SAID = regex(r"[（(](?:亿元|万元|千元|元|人|个|件|%|分)[）)]$")
_YEAR_SAID = regex(r"^20\d\d\s*年度?|^(?:本|当)年度?")
_AMOUNTS = frozenset({"金额", "数额", "数值", "数量", "数据", "情况"})


def named_by_heads(mention: Mention, place: Place, known: Known) -> list[Figure]:
    """The figures of a table cell: row and column name it together, or one an item and the other its aspect.

    A row's name may need the one left of it, where another row has the same (管理制度健全性 of 预算管理).
    """
    columns = [
        name
        for at, head in enumerate(place.column_heads)
        for name in _column_names(head, place.year, known.year, nearest=at == 0)
    ]
    rows = [_row_name(head) for head in place.row_heads]
    names = [*(name + above for name, above in pairwise(rows)), *rows]
    for name in names:
        for column in columns:
            if figures := known.of_unit(name + column, mention.unit):
                return figures
    for items, aspects in ((names, set(columns)), (columns, set(rows))):
        for item in items:
            figures = known.of_unit(item, mention.unit)
            if exact := [f for f in figures if not aspects.isdisjoint(known.aspects.get(f.id, ()))]:
                return exact
    for head in columns:
        named = [f for f in known.of_unit(head, mention.unit) if known.names[f.id][0] == head]
        if whole := [f for f in named if f.aspects and head not in known.names[f.id][1]]:
            return whole  # 预算执行率分值: one head says item and aspect
    return _by_one_head(mention, rows, columns, known)


@lru_cache(maxsize=4096)
def _row_name(head: str) -> str:
    return normal_name(_UNIT_SAID.sub("", head))


def _by_one_head(mention: Mention, rows: list[str], columns: list[str], known: Known) -> list[Figure]:
    """The figures of a cell that one of its heads names alone: a rate over the whole, a rate, or a full name beside 金额."""
    for column in columns:
        figures = [f for f in known.of_unit(column, mention.unit) if not known.aspects.get(f.id)]
        if whole := [f for f in figures if not rows or _is_total(f, rows[0], known)]:
            return whole
    for row in rows:
        named = known.of_unit(row, mention.unit)
        if figures := [f for f in named if not known.aspects.get(f.id) or row in known.aspects[f.id]]:
            return figures  # a rate's own name says both what it is of and that it is a rate
    if _AMOUNTS & set(columns):
        return [f for row in rows[:1] for f in known.of_unit(row, mention.unit) if known.names[f.id][0] == row]
    return _of_another_wording(mention, rows, columns, known)


def _of_another_wording(mention: Mention, rows: list[str], columns: list[str], known: Known) -> list[Figure]:
    """The side of a target that the column says, where the row calls the target by other words than its own."""
    for row in rows:
        figures = [f for f in known.targets_called(row) if compatible_units(mention.unit, f.unit)]
        if side := [f for f in figures if known.aspects.get(f.id, set()) & set(columns)]:
            return side
    return []


def _column_names(head: str, year: str, own_year: str, *, nearest: bool) -> Iterator[str]:
    """A head as the figures know it: without the year that is written out, and 上年决算数 for 2022年决算数 of a report on 2023.

    A year alone is what was spent in it, where no other head stands nearer.
    """
    bare = normal_name(_YEAR_SAID.sub("", head))
    if year and year < own_year:
        yield f"上年{bare}"
    yield normal_name(head)
    if bare != normal_name(head) and (bare or nearest):
        yield bare or "决算数"


def _is_total(rate: Figure, row: str, known: Known) -> bool:
    """Whether a row is the one that a rate over the whole stands in: the rate's own inputs are named so (合计, 总计)."""
    if all(id.startswith("given.") for id in rate.provenance.inputs):
        return row in TABLE_WORDS
    inputs = (known.ledger.get(id) for id in rate.provenance.inputs)
    return any(f.id in known.names and row in known.names[f.id][1] for f in inputs if f)
