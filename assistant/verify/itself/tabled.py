"""Counts in the prose against the rows of the table beside it: 重点工作任务8项，完成8项 over a table of seven."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.subjects import normal_term
from assistant.verify.reading.enumerators import shortened
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.statements import Statement
from assistant.verify.reading.tables import Cell, Table

_ORDER_HEADS = ("序号", "编号")
_SUM = regex(r"合计|小计|总计|共计|其中|平均|备注|填报|说明")
_DECORATION = regex(r"年度|主要|名称|情况|内容|具体|本年|全年|表|完成|清单|明细|统计|汇总|一览|\d+年?")
_DONE_HEAD = regex(r"完成情况|是否完成|完成状态|完成与否|办结情况|^状态$")
_DONE = regex(r"(?:已|全部|按时|按期|均已?)?(?:完成|办结)$|是$|100\s?%$")
_NOT_DONE = regex(r"未完成|部分完成|基本完成|未办结|正在|推进中|进行中|否$|未")
_DONE_SAID = regex(r"(?:已|全部|均|按时|按期|实际)?(?:完成|办结)(?:了)?\s?□?$")
_POINTS = regex(r"如下|[见如](?:下表|附?表)")
"""Words that send the reader on to the table: what is counted is in it."""
_NEAR = 600
_FEWEST = 3


class _List(NamedTuple):
    """A table that lists things: what they are called, how many, how many done (None where no column says)."""

    table: Table
    things: frozenset[str]
    rows: int
    done: int | None
    start: int
    end: int


def tabled(reading: Reading) -> Iterator[Finding]:
    """A finding for each count near a table of the same things that has another number of rows."""
    found = [one for one in (_list(table) for table in reading.tables) if one is not None]
    if not found:
        return
    starts = [statement.mention.start for statement in reading.statements]
    for one in found:
        if _goes_on(reading, one):
            continue
        low, high = bisect_left(starts, one.start - _NEAR), bisect_right(starts, one.end + _NEAR)
        near = reading.statements[low:high]
        told = False
        for at, statement in enumerate(near):
            before = near[at - 1] if at else None
            wrong = next(_held(reading, one, statement, before), None)
            # 8项，完成8项 over a table of 7, all done: one row is missing, not two numbers wrong.
            again = told and before is not None and before.mention.value == statement.mention.value
            if wrong is not None and not (again and one.done == one.rows):
                yield wrong
            told = wrong is not None


def _list(table: Table) -> _List | None:
    """The table as a list of things numbered from 1; None where it is something else."""
    order = table.column(*_ORDER_HEADS)
    if order is None or not table.body:
        return None
    rows: dict[int, Mapping[int, Cell]] = {}
    for row in table.body:
        cell = row.get(order)
        if cell is not None and cell.value is not None and not _SUM.search(table.name_of(row)):
            rows.setdefault(cell.start, row)
    numbers = [int(row[order].value or 0) for row in rows.values()]
    if len(numbers) < _FEWEST or numbers != list(range(1, len(numbers) + 1)):
        return None
    things = {
        _DECORATION.sub("", head) for column in range(table.width) if column != order for head in table.heads[column]
    }
    things.add(_DECORATION.sub("", normal_term(table.caption)) if len(table.caption) <= 40 else "")
    cells = [cell for row in table.rows for cell in row.values()]
    return _List(
        table, frozenset(thing for thing in things if len(thing) >= 2), len(numbers), _done(table, list(rows.values())),
        min(cell.start for cell in cells), max(cell.end for cell in cells),
    )  # fmt: skip


def _done(table: Table, rows: list[Mapping[int, Cell]]) -> int | None:
    column = next((c for c, heads in enumerate(table.heads) if any(_DONE_HEAD.search(h) for h in heads)), None)
    if column is None:
        return None
    words = [row[column].words.strip("。 ") if column in row else "" for row in rows]
    if not all(_DONE.match(w) or _NOT_DONE.search(w) for w in words):
        return None
    return sum(bool(_DONE.match(w)) for w in words)


def _goes_on(reading: Reading, one: _List) -> bool:
    """Whether another table follows at once: the rest of this one, on the next page."""
    after = next((t for t in reading.tables if t.number == one.table.number + 1), None)
    if after is None or not after.rows or not after.rows[0]:
        return False
    begins = min(cell.start for cell in after.rows[0].values())
    return len(reading.text.text[one.end : begins].strip()) < _FEWEST


def _held(reading: Reading, one: _List, statement: Statement, before: Statement | None) -> Iterator[Finding]:
    mention = statement.mention
    if mention.kind != "count" or mention.unit not in ("项", "个", "件") or mention.bound or mention.value is None:
        return
    completed = before is not None and _DONE_SAID.search(statement.lead.strip()) and _same_sentence(before, statement)
    if completed and before is not None and _is_of(one, before):
        if one.done is not None:
            reading.held(mention.start)
        if one.done is not None and mention.value != one.done:
            yield _finding(reading, one, statement, f"表中完成情况为“完成”的是{one.done}项", one.done)
    elif _is_of(one, statement):
        reading.held(mention.start)
        if mention.value == one.rows:
            return
        yield _finding(reading, one, statement, f"表中列出的是{one.rows}项", one.rows)


def _same_sentence(before: Statement, statement: Statement) -> bool:
    return before.start == statement.start


def _is_of(one: _List, statement: Statement) -> bool:
    """Whether a statement counts what the table lists, all of it."""
    if re.search(r"未|其中|新增|部分|追加|取消|调减", statement.lead):
        return False
    said = {
        _DECORATION.sub("", words) for words in (statement.thing, "" if statement.thing else statement.subject) if words
    }
    least = 2 if _POINTS.search(statement.words) or _POINTS.search(statement.passage.words[-16:]) else 4
    return any(thing == word or (len(thing) >= least and word.endswith(thing)) for word in said for thing in one.things)


def _finding(reading: Reading, one: _List, statement: Statement, said: str, expected: int) -> Finding:
    place = reading.text.place
    mention = statement.mention
    message = (
        f"{place(mention.start)}：“{shortened(statement.words, 50)}”中的“{mention.text}”与{place(one.start)}起的表不符，{said}。"
        "请核对数目和表格。"
    )
    return Finding("count", "error", message, quote=statement.words, start=mention.start, end=mention.end, expected=str(expected))  # fmt: skip
