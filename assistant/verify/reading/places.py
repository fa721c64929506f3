"""Every number of a document with the place it stands in: its context in prose, or the heads of its table cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from assistant.documents import Block, CellSpan, Text
from assistant.numbers import Mention
from assistant.patterns import regex
from assistant.subjects import Context, contexts, sentences_around, year_said
from assistant.verify.reading.tables import UNIT_IN_HEAD, UNIT_LINE

_TOTAL = regex(r"^(?:合计|总计|小计|共计)")
_PART_OF = regex(r"^(?:其中|　|\s)")
_NUMERIC_CELL = regex(r"^[\s\d.．,，%％＋+\-－—/／*＊（）()]*$")
_MOST_HEADS = 20
"""A row is named by at most so many cells on each side."""


class Place(NamedTuple):
    """Where a number stands: its context in prose, or the heads of its table cell (nearest first) and the sum of the cells above it."""

    context: Context
    row_heads: tuple[str, ...] = ()
    column_heads: tuple[str, ...] = ()
    unit: str = ""
    alone: bool = False
    year: str = ""
    column_sum: Decimal | None = None


class Seen(NamedTuple):
    """A number, the block it stands in, and its place."""

    mention: Mention
    block: Block
    place: Place


def seen_numbers(text: Text, mentions: Sequence[Mention]) -> Iterator[Seen]:
    """The numbers of a text, found in `text.text`, each with its place, in reading order."""
    tables = _Tables(text)
    for block, inside in _by_block(text, mentions):
        tables.note(block)
        if block.kind == "row":
            for cell, held in _by_cell(block, inside):
                yield from tables.cell(block, cell, held)
        else:
            for mention, context in zip(inside, contexts(text.text, inside, block.start, block.end), strict=True):
                yield Seen(mention, block, Place(context, year=year_said(context)))


def with_sentences(text: Text, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
    """The same numbers, each with its sentence alone."""
    for block, inside in _by_block(text, mentions):
        stretches: Iterable[tuple[Block | CellSpan, list[Mention]]] = [(block, inside)]
        if block.kind == "row":
            stretches = _by_cell(block, inside)
        for stretch, held in stretches:
            yield from zip(held, sentences_around(text.text, held, stretch.start, stretch.end), strict=True)


def _by_block(text: Text, mentions: Sequence[Mention]) -> Iterator[tuple[Block, list[Mention]]]:
    """All blocks, each with the numbers that begin in it."""
    at = 0
    for block in text.blocks:
        inside: list[Mention] = []
        while at < len(mentions) and mentions[at].start < block.end:
            if mentions[at].start >= block.start:
                inside.append(mentions[at])
            at += 1
        yield block, inside


def _by_cell(block: Block, mentions: list[Mention]) -> Iterator[tuple[CellSpan, list[Mention]]]:
    """The cells of a row that hold numbers, with them."""
    starts = [cell.start for cell in block.cells]
    for at, group in groupby(mentions, key=lambda mention: bisect_right(starts, mention.start) - 1):
        cell = block.cells[max(at, 0)]
        if held := [mention for mention in group if cell.start <= mention.start and mention.end <= cell.end]:
            yield cell, held


class _Tables:
    """The heads above and beside each cell of the table being read."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._table = 0
        self._rows: list[Block] = []
        self._head_rows = 0
        self._unit = ""
        self._line_unit = self._line_before = ""
        self._heads: dict[int, tuple[tuple[str, ...], str]] = {}
        self._rows_above: dict[int, str] = {}
        self._sums: dict[int, Decimal] = {}
        self._names: list[tuple[int, str]] = []

    def note(self, block: Block) -> None:
        """Take in the next block before its numbers are read."""
        if block.kind != "row":
            words = self._text.text[block.start : block.end]
            found = UNIT_LINE.search(words) if "单位" in words else None
            self._line_unit, self._line_before = found[1] if found else self._line_before, found[1] if found else ""
            self._table = 0
            return
        if block.table != self._table:
            self._table, self._unit, self._line_unit, self._line_before = block.table, self._line_unit, "", ""
            self._rows, self._head_rows, self._rows_above, self._sums = [], 0, {}, {}
        first = len(self._rows) == self._head_rows
        if (
            first
            and (block.header or not self._rows or not any(self._is_number(c) for c in block.cells))
            and (len(self._rows) < 3)
        ):
            self._head_rows += 1
        self._rows.append(block)
        if len(self._rows) <= self._head_rows + 1:
            self._heads = {}  # they are the same from the first row under the heads on
        if len(self._rows) > self._head_rows:
            for cell in block.cells:
                if not cell.row_continues:
                    self._rows_above[cell.column] = self._words(cell)
        self._names = [(cell.column, words) for cell in block.cells if (words := self._name(cell))]

    def _words(self, cell: CellSpan) -> str:
        return self._text.text[cell.start : cell.end].strip()

    def _is_number(self, cell: CellSpan) -> bool:
        words = self._words(cell)
        return bool(words) and bool(_NUMERIC_CELL.match(words)) and any(c.isdigit() for c in words)

    def cell(self, block: Block, cell: CellSpan, mentions: list[Mention]) -> Iterator[Seen]:
        """The numbers of one cell."""
        text = self._text.text
        if not any(mention.is_quantity for mention in mentions):
            for mention, context in zip(mentions, contexts(text, mentions, cell.start, cell.end), strict=True):
                yield Seen(mention, block, Place(context))
            return
        rows = self._row_heads(cell)
        heads, unit = self._column_heads(block, cell.column)
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

    def _column_heads(self, block: Block, column: int) -> tuple[tuple[str, ...], str]:
        """The words above a cell, the nearest head row first, without the unit that they say, and that unit."""
        if column in self._heads:
            return self._heads[column]
        heads: list[str] = []
        for row in reversed(self._rows[: self._head_rows]):
            if row is block or not row.cells:
                continue
            at = bisect_right(row.cells, column, key=lambda head: head.column) - 1
            head = row.cells[max(at, 0)]
            if head.column <= column < head.column + head.columns and (words := self._words(head)):
                heads.append(words)
        unit = next((m[1] for head in heads if (m := UNIT_IN_HEAD.search(head))), self._unit)
        self._heads[column] = tuple(UNIT_IN_HEAD.sub("", head) for head in heads), unit
        return self._heads[column]

    def _row_heads(self, cell: CellSpan) -> tuple[str, ...]:
        """The words of the same row, nearest to the left first, then those to the right."""
        at = bisect_left(self._names, cell.column, key=itemgetter(0))
        after = bisect_right(self._names, cell.column, key=itemgetter(0))
        left, right = self._names[max(0, at - _MOST_HEADS) : at], self._names[after : after + _MOST_HEADS]
        return tuple(words for _, words in (*reversed(left), *right))

    def _name(self, cell: CellSpan) -> str:
        """What a cell says of its row; a cell merged downwards speaks for the rows it reaches."""
        words = self._rows_above.get(cell.column, "") if cell.row_continues else self._words(cell)
        return "" if _NUMERIC_CELL.match(words) or words.startswith("【待补") else words
