"""Sums in tables: total rows and parent rows against their parts in every column, total columns against those beside them.

How a table is built is read from its marks (一、（一）其中) and its names (基本支出 above 人员经费), and voted on by its columns:
parts that foot in most columns are the parts, and the column in which they do not is wrong. A table that foots nowhere is
built in some other way, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.itself.equations import Equation, told
from assistant.verify.itself.printed import Amount, cell_amount, footing
from assistant.verify.itself.table_rows import Parts, groups, rows_of, totals
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.tables import Cell, Table

_NOT_ADDED = regex(
    r"率|比例|比重|百分|序号|编[号码]|年度$|年份|日期|时间|目标|指标值|完成值|实际值|单价|平均|人均|进度|电话|分值|得分|权重|满分|扣分|标准"
)
_SHARE = regex(r"占比|比重|构成比|占.{0,8}(?:比例|百分比)")
_WHOLE_COLUMN = regex(r"^(?:合计|小计|总计|计|共计|总额|.{1,6}(?:合计|小计|总计))(?:数|金额)?$")
_RATE_ROW = regex(r"率$|[%％]$|占比$|比重$|比例$")
_MOST_ROWS = 150
_MOST_COLUMNS = 30


def table_sums(reading: Reading) -> Iterator[Finding]:
    """Totals of the tables that their parts do not make up."""
    for table in reading.tables:
        if len(table.rows) > _MOST_ROWS or table.width > _MOST_COLUMNS:
            continue
        equations = [*_down(table), *_across(table)]
        for equation in equations:
            reading.held(equation.total.start, *(part.start for part in equation.parts))
        yield from told(reading.text, equations)


def _down(table: Table) -> Iterator[Equation]:
    """For every total or parent row, the columns that do not foot."""
    columns = _columns(table)
    rows = rows_of(table, columns)
    if not columns or len(rows) < 2:
        return
    grid = {(row.number, column): cell_amount(table, row.cells.get(column)) for row in rows for column in columns}
    for candidates in (*totals(rows), *groups(rows)):
        if (best := _best(candidates, columns, grid)) is not None:
            yield from _equations(best, columns, grid, table)


def _columns(table: Table) -> list[int]:
    """The columns whose numbers can be added."""
    found = []
    summed = _summed(table)
    for column in range(table.width):
        head = "".join(table.heads[column])
        if _NOT_ADDED.search(head) and not _SHARE.search(head):
            continue
        amounts = [a for row in summed if (a := cell_amount(table, row.get(column))) is not None]
        merged = column and all(row.get(column) is row.get(column - 1) for row in table.body)
        units = {amount.unit for amount in amounts}
        if len(amounts) < 2 or len(units) != 1 or merged or (units == {"%"} and not _SHARE.search(head)):
            continue
        if not _counts_rows(table, column):
            found.append(column)
    return found


def _summed(table: Table) -> list[Mapping[int, Cell]]:
    """The rows but those of rates: 增减率, 占比."""
    return [row for row in table.body if not _RATE_ROW.search(table.name_of(row))]


def _counts_rows(table: Table, column: int) -> bool:
    """Whether a column only numbers the rows: 1, 2, 3."""
    values = [cell.value for row in table.body if (cell := row.get(column)) and cell.value is not None]
    return len(values) > 1 and all(b - a == 1 for a, b in pairwise(values)) and values[0] in (0, 1)


class _Vote(NamedTuple):
    parts: Parts
    fits: int
    weak: int
    fails: tuple[int, ...]


def _best(
    candidates: Sequence[Parts], columns: Sequence[int], grid: Mapping[tuple[int, int], Amount | None]
) -> _Vote | None:
    """The reading of the rows that most columns confirm; None where none is sure enough to call a column wrong."""
    votes = [_vote(parts, columns, grid) for parts in candidates]
    votes = [vote for vote in votes if vote.fits or vote.weak or vote.fails]
    if not votes:
        return None
    best = max(votes, key=lambda vote: (vote.fits, -len(vote.fails), vote.parts.certain))
    if best.fits:
        return best if len(best.fails) <= best.fits or best.parts.certain else None
    if any(vote.weak and not vote.fails for vote in votes):
        return None
    certain = [vote for vote in votes if vote.parts.certain or (vote.parts.likely and len(vote.fails) == 1)]
    return certain[0] if certain else None


def _vote(parts: Parts, columns: Sequence[int], grid: Mapping[tuple[int, int], Amount | None]) -> _Vote:
    fits = weak = 0
    fails = []
    for column in columns:
        total = grid[parts.total.number, column]
        amounts = [a for row in parts.rows if (a := grid[row.number, column]) is not None]
        if total is None or not amounts:
            continue
        foot = footing(total, amounts)
        if foot in ("exact", "rounding"):
            several = sum(1 for amount in amounts if amount.value) > 1
            fits, weak = fits + several, weak + (not several)
        elif foot == "over" or not parts.open:
            fails.append(column)
    return _Vote(parts, fits, weak, tuple(fails))


def _equations(
    vote: _Vote, columns: Sequence[int], grid: Mapping[tuple[int, int], Amount | None], table: Table
) -> Iterator[Equation]:
    parts = vote.parts
    sure = parts.certain or vote.fits > 0
    for column in columns:
        total = grid[parts.total.number, column]
        amounts = tuple(a for row in parts.rows if (a := grid[row.number, column]) is not None)
        if total is None or not amounts or (column not in vote.fails and footing(total, amounts) != "rounding"):
            continue
        head = "、".join(table.heads[column][-1:]) if column < len(table.heads) else ""
        names = tuple(row.name for row in parts.rows if grid[row.number, column] is not None)
        yield Equation(total, amounts, parts.total.name, names, head, sure)


def _across(table: Table) -> Iterator[Equation]:
    """For every total column, the rows that do not foot; the rows vote on which columns are its parts."""
    columns = _columns(table)
    for total in columns:
        heads = table.heads[total]
        if not heads or not _WHOLE_COLUMN.match(heads[-1]):
            continue
        best: tuple[int, list[Equation]] = (0, [])
        for beside in _beside(table, columns, total):
            fits, wrong = 0, []
            for row in _summed(table):
                equation = _row_equation(table, row, total, beside)
                if equation is None:
                    continue
                foot = footing(equation.total, equation.parts)
                fits += foot in ("exact", "rounding") and len([p for p in equation.parts if p.value]) > 1
                if foot != "exact":
                    wrong.append(equation)
            if fits > best[0]:
                best = fits, wrong
        failing = [e for e in best[1] if footing(e.total, e.parts) in ("short", "over")]
        if best[0] >= 2 and best[0] > len(failing):
            yield from best[1]


def _beside(table: Table, columns: Sequence[int], total: int) -> Iterator[list[int]]:
    """Which columns may be the parts of a total column: those to its right, or its left, up to the next total; of its own group first."""
    at = columns.index(total)
    whole = [bool(table.heads[c] and _WHOLE_COLUMN.match(table.heads[c][-1])) for c in columns]
    right = list(columns[at + 1 : next((n for n in range(at + 1, len(columns)) if whole[n]), len(columns))])
    left = list(columns[1 + next((n for n in range(at - 1, -1, -1) if whole[n]), -1) : at])
    group = table.heads[total][:1] if len(table.heads[total]) > 1 else None
    for side, nearest_first in ((right, True), (left, False)):
        own = [c for c in side if table.heads[c][:1] == group] or side
        for count in range(len(own), 1, -1):
            yield own[:count] if nearest_first else own[-count:]


def _row_equation(table: Table, row: Mapping[int, Cell], total: int, beside: Sequence[int]) -> Equation | None:
    whole = cell_amount(table, row.get(total))
    parts = [(cell_amount(table, row.get(c)), c) for c in beside]
    amounts = tuple(a for a, _ in parts if a is not None)
    if whole is None or not amounts or any(a.unit != whole.unit for a in amounts):
        return None
    names = tuple("".join(table.heads[c][-1:]) for a, c in parts if a is not None)
    return Equation(whole, amounts, "".join(table.heads[total][-1:]), names, table.name_of(row), True)
