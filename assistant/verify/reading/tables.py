"""The tables of a document as grids: what stands in each cell, under which heads, and which number it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from assistant.documents import Block, Text
from assistant.numbers import Mention, base, find_numbers
from assistant.patterns import regex
from assistant.subjects import normal_term
from assistant.verify.reading.lined import LinedRow, lined

UNIT_LINE = regex(r"(?:金额)?单位[：:]\s{0,3}(亿元|万元|千元|元|人|件|个|%)")
UNIT_IN_HEAD = regex(r"[（(]\s{0,3}(?:单位[：:]\s{0,3})?(亿元|万元|千元|元|人|件|个|%|分)\s{0,3}[）)]")
_NUMERIC = regex(r"[\s\d.,，%％＋+\-－—/／*＊（）()]*$")
_DEEPEST_HEAD = 3
_START = attrgetter("start")
_BLANKS = ("", "-", "－", "—", "/", "无")


class Cell(NamedTuple):
    """A cell of the grid. `mention` is its number where it is one number and nothing else (offsets into the text)."""

    row: int
    column: int
    words: str
    start: int
    end: int
    mention: Mention | None = None

    @property
    def value(self) -> Decimal | None:
        """The number as printed, without the unit of its head: 1,436.40."""
        return None if self.mention is None else self.mention.value

    @property
    def step(self) -> Decimal:
        """The worth of the last printed digit."""
        return (self.mention.step if self.mention else None) or Decimal(1)

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in."""
        return self.words in _BLANKS


@dataclass(frozen=True)
class Table:
    """A grid: `rows[r][c]` is the cell at a place, a merged cell at each place that it covers; `head` rows of heads come first."""

    number: int
    caption: str
    unit: str
    head: int
    rows: tuple[Mapping[int, Cell], ...]

    @cached_property
    def width(self) -> int:
        """How many columns the grid has."""
        return 1 + max((column for row in self.rows for column in row), default=-1)

    @cached_property
    def heads(self) -> tuple[tuple[str, ...], ...]:
        """For each column its heads from the top, merged heads once, without the unit in brackets."""
        found = []
        for column in range(self.width):
            words = [
                UNIT_IN_HEAD.sub("", self.rows[r][column].words) for r in range(self.head) if column in self.rows[r]
            ]
            found.append(tuple(dict.fromkeys(normal_term(w) for w in words if w)))
        return tuple(found)

    @property
    def body(self) -> tuple[Mapping[int, Cell], ...]:
        """The rows under the heads."""
        return self.rows[self.head :]

    def unit_of(self, column: int) -> str:
        """The unit that a column's head, or the line above the table, gives for its numbers; "" where none does."""
        return self._units.get(column, self.unit)

    @cached_property
    def _units(self) -> dict[int, str]:
        """The units that stand in the heads of columns, the topmost of each."""
        found: dict[int, str] = {}
        for row in self.rows[: self.head]:
            for column, cell in row.items():
                if unit := UNIT_IN_HEAD.search(cell.words):
                    found.setdefault(column, unit[1])
        return found

    def amount(self, cell: Cell) -> tuple[Decimal, str] | None:
        """A cell's number in base units (元, %, 人 …): by its own unit, else its column's."""
        if cell.value is None or cell.mention is None:
            return None
        unit = cell.mention.unit
        return (cell.value, unit) if unit else base(cell.value, self.unit_of(cell.column))

    def column(self, *names: str) -> int | None:
        """The first column one of whose heads is one of these names."""
        wanted = {normal_term(name) for name in names}
        return next((c for c, heads in enumerate(self.heads) if wanted & set(heads)), None)

    def name_of(self, row: Mapping[int, Cell]) -> str:
        """What a row is called: its first cell with words in it, in the form in which terms are compared."""
        return next(
            (normal_term(row[c].words) for c in sorted(row) if row[c].words and not _NUMERIC.match(row[c].words)), ""
        )


def tables(text: Text, mentions: Sequence[Mention]) -> tuple[Table, ...]:
    """The tables of a document from the top, then those whose lines are lost (`number` 0). `mentions`: the numbers of the text."""
    return (*_drawn(text, mentions), *(_from_lines(text, head, rows) for head, rows in lined(text)))


def _drawn(text: Text, mentions: Sequence[Mention]) -> tuple[Table, ...]:
    found: list[Table] = []
    rows: list[Block] = []
    above: list[Block] = []
    for block in (*text.blocks, None):
        if rows and (block is None or block.kind != "row" or block.table != rows[0].table):
            found.append(_table(text, rows, above, mentions))
            rows, above = [], []
        if block is None:
            break
        if block.kind == "row":
            rows.append(block)
        else:
            above = [*above, block][-3:]
    return tuple(found)


def _table(text: Text, blocks: list[Block], above: list[Block], mentions: Sequence[Mention]) -> Table:
    lines = [text.text[b.start : b.end] for b in above]
    unit = next((m[1] for line in reversed(lines[-2:]) if (m := UNIT_LINE.search(line))), "")
    caption = next((line for line in reversed(lines) if not UNIT_LINE.search(line)), "")
    rows: list[dict[int, Cell]] = []
    for number, block in enumerate(blocks):
        rows.append(_row(text, block, number, rows[-1] if rows else {}, mentions))
    return Table(blocks[0].table, caption, unit, _head_rows(blocks, rows), tuple(rows))


def _from_lines(text: Text, head: LinedRow | None, lines: Sequence[LinedRow]) -> Table:
    first = (head or lines[0]).block
    at = bisect_left(text.blocks, first.start, key=lambda block: block.start)
    above = [text.text[b.start : b.end] for b in text.blocks[max(0, at - 2) : at]]
    unit = next((m[1] for line in reversed(above) if (m := UNIT_LINE.search(line))), "")
    rows = []
    for number, line in enumerate((head, *lines) if head else lines):
        cells = {}
        for column, (start, end) in enumerate(line.spans):
            words = text.text[start:end].strip()
            cells[column] = Cell(number, column, words, start, end, _only_number(words, start) if column else None)
        rows.append(cells)
    return Table(0, above[-1] if above else "", unit, 1 if head else 0, tuple(rows))


def _row(
    text: Text, block: Block, number: int, above: Mapping[int, Cell], mentions: Sequence[Mention]
) -> dict[int, Cell]:
    row: dict[int, Cell] = {}
    at = bisect_left(mentions, block.start, key=_START)
    for span in block.cells:
        words = text.text[span.start : span.end].strip()
        inside = []
        while at < len(mentions) and mentions[at].start < span.end:
            if mentions[at].start >= span.start:
                inside.append(mentions[at])
            at += 1
        read = inside[0] if len(inside) == 1 and inside[0].is_quantity else None
        cell = Cell(number, span.column, words, span.start, span.end, _only_number(words, span.start, read))
        if span.row_continues and span.column in above:
            cell = above[span.column]
        for column in range(span.column, span.column + span.columns):
            row[column] = cell
    return row


def _only_number(words: str, start: int, read: Mention | None = None) -> Mention | None:
    """The quantity that a cell says in figures and nothing else.

    `read`: the one quantity of the text that stands there. Without it the words are read by themselves: next to other cells a
    lone 1 is an item's number, and 20 998.11 is one amount.
    """
    if "。" in words or "；" in words or not any(char.isdecimal() for char in words):
        return None
    if read is not None and read.value is not None and read.text == words:
        return read
    found = find_numbers(words)
    if len(found) != 1 or not found[0].is_quantity or found[0].value is None:
        return None
    rest = (words[: found[0].start] + words[found[0].end :]).strip("（）()*＊ ")
    return None if rest else found[0]._replace(start=found[0].start + start, end=found[0].end + start)


def _head_rows(blocks: Iterable[Block], rows: list[dict[int, Cell]]) -> int:
    """How many rows are heads: those that say so, or the first ones without a number alone in a cell."""
    marked = 0
    for block in blocks:
        if not block.header:
            break
        marked += 1
    if marked:
        return marked
    count = 0
    for row in rows[:_DEEPEST_HEAD]:
        if any(cell.mention is not None for cell in row.values()):
            break
        count += 1
    return count if count < len(rows) else min(1, len(rows))
