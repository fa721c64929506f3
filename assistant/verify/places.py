"""Every number of a document with the place it stands in: its context in prose, or the heads of its table cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.documents import Block, CellSpan, Text
from assistant.numbers import Mention, find_numbers
from assistant.subjects import contexts, year_said
from assistant.verify.naming import Place

_UNIT_LINE = re.compile(r"单位[：:]\s*(亿元|万元|千元|元|人|件|个|%)")
_UNIT_IN_HEAD = re.compile(r"[（(]\s*(亿元|万元|千元|元|人|件|个|%|分)\s*[）)]")
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计)")
_PART_OF = re.compile(r"^(?:其中|　|\s)")
_NUMERIC_CELL = re.compile(r"^[\s\d.,，%％＋+\-－—/／*＊（）()]*$")


@dataclass(frozen=True, slots=True)
class Seen:
    """A number, the block it stands in, and its place."""

    mention: Mention
    block: Block
    place: Place


def seen_numbers(text: Text) -> Iterator[Seen]:
    """All numbers in reading order. Offsets are into `text.text`."""
    mentions = find_numbers(text.text)
    at = 0
    tables = _Tables(text)
    for block in text.blocks:
        tables.note(block)
        inside: list[Mention] = []
        while at < len(mentions) and mentions[at].start < block.end:
            if mentions[at].start >= block.start:
                inside.append(mentions[at])
            at += 1
        if not inside:
            continue
        if block.kind == "row":
            for cell in block.cells:
                held = [m for m in inside if cell.start <= m.start and m.end <= cell.end]
                yield from tables.cell(block, cell, held)
        else:
            for mention, context in zip(inside, contexts(text.text, inside, block.start, block.end), strict=True):
                yield Seen(mention, block, Place(context, year=year_said(context)))


class _Tables:
    """The heads above and beside each cell of the table being read."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._table = 0
        self._rows: list[Block] = []
        self._head_rows = 0
        self._unit = ""
        self._line_unit = ""
        self._rows_above: dict[int, str] = {}
        self._sums: dict[int, Decimal] = {}

    def note(self, block: Block) -> None:
        """Take in the next block before its numbers are read."""
        if block.kind != "row":
            found = _UNIT_LINE.search(self._text.text[block.start : block.end])
            self._line_unit = found[1] if found else ""
            self._table = 0
            return
        if block.table != self._table:
            self._table, self._unit, self._line_unit = block.table, self._line_unit, ""
            self._rows, self._head_rows, self._rows_above, self._sums = [], 0, {}, {}
        first = len(self._rows) == self._head_rows
        if (
            first
            and (block.header or not self._rows or not any(self._is_number(c) for c in block.cells))
            and (len(self._rows) < 3)
        ):
            self._head_rows += 1
        self._rows.append(block)
        if len(self._rows) > self._head_rows:
            for cell in block.cells:
                if not cell.row_continues:
                    self._rows_above[cell.column] = self._words(cell)

    def _words(self, cell: CellSpan) -> str:
        return self._text.text[cell.start : cell.end].strip()

    def _is_number(self, cell: CellSpan) -> bool:
        words = self._words(cell)
        return bool(words) and bool(_NUMERIC_CELL.match(words)) and any(c.isdigit() for c in words)

    def cell(self, block: Block, cell: CellSpan, mentions: list[Mention]) -> Iterator[Seen]:
        """The numbers of one cell."""
        text = self._text.text
        columns = self._column_heads(block, cell)
        rows = self._row_heads(block, cell)
        unit = next((m[1] for head in columns if (m := _UNIT_IN_HEAD.search(head))), self._unit)
        heads = tuple(re.sub(_UNIT_IN_HEAD, "", head) for head in columns)
        alone = self._is_number(cell)
        total = self._sums.get(cell.column) if rows and _TOTAL.match(rows[0]) else None
        part_of = bool(rows and _PART_OF.match(rows[0]))
        if alone and total is None and not part_of and len(mentions) == 1 and mentions[0].value is not None:
            self._sums[cell.column] = self._sums.get(cell.column, Decimal(0)) + mentions[0].value
        for mention, context in zip(mentions, contexts(text, mentions, cell.start, cell.end), strict=True):
            yield Seen(
                mention,
                block,
                Place(context, rows, heads, unit if alone else "", alone, year_said(context), total),
            )

    def _column_heads(self, block: Block, cell: CellSpan) -> tuple[str, ...]:
        heads: list[str] = []
        for row in reversed(self._rows[: self._head_rows]):
            if row is block:
                continue
            for head in row.cells:
                if head.column <= cell.column < head.column + head.columns and (words := self._words(head)):
                    heads.append(words)
        return tuple(heads)

    def _row_heads(self, block: Block, cell: CellSpan) -> tuple[str, ...]:
        """The words of the same row, nearest to the left first; a cell merged downwards speaks for the rows it reaches."""
        found: list[str] = []
        for other in sorted(block.cells, key=lambda c: (c.column > cell.column, abs(c.column - cell.column))):
            if other.column == cell.column:
                continue
            words = self._rows_above.get(other.column, "") if other.row_continues else self._words(other)
            if words and not _NUMERIC_CELL.match(words) and not words.startswith("【待补"):
                found.append(words)
        return tuple(found)
