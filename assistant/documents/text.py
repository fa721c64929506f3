"""The plain text of a document, and where each character of it came from.

Layout of `Text.text`: a paragraph is one line, a table row is one line with its cells joined by a tab, and every line
ends with a newline. A tab therefore stands between cells and nowhere else. Between two blocks there is white space only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Literal, NamedTuple

from assistant.patterns import regex

Kind = Literal["paragraph", "heading", "contents", "note", "row"]

_INVISIBLE = regex(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_SURROGATE = regex("[\ud800-\udfff]")
_CONTROL = regex("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CAPTION = regex(r"(?:表|附表|附件)\s*\d*\s*\S{0,40}$|\d{4}年度\S{0,30}表$")
_LONGEST_CAPTION = 100
_NEAR = 50
"""So many blocks back the lines above a table are looked for."""
_LEADER = regex(r"(?:\.{4,}|…{2,}|·{4,}|-{6,}|_{6,}|(?:\. ){4,})\s*\d{1,4}$")


def visible(text: str) -> tuple[str, int]:
    """The text as a reader sees it, without zero-width characters and direction marks, and how many of them were in it."""
    text, count = _INVISIBLE.subn("", text)
    return _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text)), count


class CellSpan(NamedTuple):
    """One cell of a row: where its text stands (without outer space) and which grid columns it covers.

    `column` counts from 0. `row_continues`: the cell above reaches down into this row; the text here is then empty.
    """

    start: int
    end: int
    column: int
    columns: int = 1
    row_continues: bool = False


class Block(NamedTuple):
    """A paragraph or a table row; `start:end` is its text without outer space and without the newline.

    `level`: 1 to 9 for a heading, 0 for a title and for all else. `number`: of the paragraph (headings and contents lines
    count too; in a PDF it starts again on each page), of the note, or of the row in its table. `table`: from 1, or 0.
    `header`: the row repeats on each page as the table's head. `page`: known in a PDF only.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    number: int = 0
    table: int = 0
    cells: tuple[CellSpan, ...] = ()
    header: bool = False
    page: int | None = None

    def where(self) -> str:
        """The place in words: 第12段, 表2第3行, 第4页第2段."""
        page = f"第{self.page}页" if self.page else ""
        if self.kind == "row":
            return f"{page}表{self.table}第{self.number}行"
        return f"{page}注释{self.number}" if self.kind == "note" else f"{page}第{self.number}段"

    def cell_at(self, offset: int) -> CellSpan | None:
        """The cell that holds the offset; None outside a row and between two cells."""
        return next((cell for cell in self.cells if cell.start <= offset <= cell.end), None)


class _Above(NamedTuple):
    """The last heading above a block, and the three lines before its table, the nearest first."""

    heading: Block | None
    lines: tuple[Block, ...]


@dataclass(frozen=True)
class Text:
    """A document as it was read.

    `stripped`: how many zero-width and direction marks were taken out of it. `pictures`: pages of a PDF that have a picture
    and no text (a scan), so that nothing on them was read. `left_out`: characters that nobody sees in print (hidden, white, tiny)
    and that were not read, where it was asked so.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    stripped: int = 0
    pictures: tuple[int, ...] = ()
    left_out: int = 0

    def block_at(self, offset: int) -> Block:
        """The block on whose line the offset stands."""
        return self.blocks[self._block_at(offset)]

    def _block_at(self, offset: int) -> int:
        index = max(bisect_right(self.blocks, offset, key=lambda block: block.start) - 1, 0)
        line_end = self.text.find("\n", self.blocks[index].end)
        return index + 1 if line_end < offset and index + 1 < len(self.blocks) else index

    def where(self, offset: int) -> str:
        """The place in words, down to the column: 表2第3行第4列."""
        block = self.block_at(offset)
        cell = block.cell_at(offset)
        return block.where() + (f"第{cell.column + 1}列" if cell else "")

    def place(self, offset: int) -> str:
        """The place as a reader looks for it: “1. 资金管理”一节第39段; a table by its own caption."""
        at = self._block_at(offset)
        block, above = self.blocks[at], self._above[at]
        head = above.heading
        section = f"“{self.text[head.start : head.end]}”一节" if head is not None else ""
        if block.kind != "row":
            return section + self.where(offset)
        captions = (self.text[b.start : b.end] for b in above.lines if b.end - b.start <= _LONGEST_CAPTION)
        caption = next((words for words in captions if _CAPTION.match(words)), "")
        cell = block.cell_at(offset)
        column = f"第{cell.column + 1}列" if cell else ""
        return f"{section}“{caption}”第{block.number}行{column}" if caption else section + self.where(offset)

    @cached_property
    def _above(self) -> tuple[_Above, ...]:
        """What stands above each block, worked out once: a report may have as many findings as blocks."""
        found: list[_Above] = []
        heading: Block | None = None
        for at, block in enumerate(self.blocks):
            if (
                at
                and block.kind == "row"
                and (before := self.blocks[at - 1]).kind == "row"
                and before.table == block.table
            ):
                lines = found[-1].lines
            else:
                others = (
                    b
                    for b in reversed(self.blocks[max(0, at - _NEAR) : at])
                    if b.kind != "row" or b.table != block.table
                )
                lines = tuple(islice(others, 3))
            found.append(_Above(heading, lines))
            if block.kind == "heading" and block.level:
                heading = block
        return tuple(found)

    def rows(self, table: int) -> tuple[Block, ...]:
        """The rows of one table, from the top."""
        return tuple(block for block in self.blocks if block.table == table and block.kind == "row")


class Cell(NamedTuple):
    """A cell on its way into a text."""

    text: str
    column: int
    columns: int = 1
    row_continues: bool = False


@dataclass(slots=True)
class Builder:
    """Takes paragraphs and rows in reading order and gives the `Text`."""

    name: str
    page: int | None = None
    _parts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _length: int = 0
    _stripped: int = 0
    _paragraphs: int = 0
    _notes: int = 0
    _tables: int = 0
    _rows: int = 0

    def paragraph(self, text: str, kind: Kind = "paragraph", level: int = 0) -> None:
        """Add a paragraph; one without text adds nothing."""
        line = self._clean(text)
        if not line.strip():
            return
        if kind == "paragraph" and _LEADER.search(line.rstrip()[-40:]):
            kind = "contents"
        if kind == "note":
            self._notes += 1
        else:
            self._paragraphs += 1
        number = self._notes if kind == "note" else self._paragraphs
        start, end = self._span(line)
        self._add(line, Block(kind, start, end, level, number, page=self.page))

    def table(self) -> None:
        """Begin a table: the rows that follow are its own."""
        self._tables += 1
        self._rows = 0

    def row(self, cells: Iterable[Cell], header: bool = False) -> None:
        """Add a row to the table begun last."""
        self._rows += 1
        lines, spans, at = [], [], 0
        for cell in cells:
            line = self._clean(cell.text)
            start, end = self._span(line, at)
            spans.append(CellSpan(start, end, cell.column, cell.columns, cell.row_continues))
            lines.append(line)
            at += len(line) + 1
        line = "\t".join(lines)
        place = (self._length, self._length + len(line))
        self._add(line, Block("row", *place, 0, self._rows, self._tables, tuple(spans), header, self.page))

    def blank(self, line: str = "") -> None:
        """Keep a line without text, as a plain text file has it, so that offsets stay those of the file."""
        self._append(self._clean(line))

    def new_page(self, number: int) -> None:
        """What follows stands on that page; its paragraphs are counted from 1."""
        self.page, self._paragraphs = number, 0

    def build(self, pictures: Iterable[int] = (), left_out: int = 0) -> Text:
        """The finished text; without a block if nothing was added."""
        return Text(self.name, "".join(self._parts), tuple(self._blocks), self._stripped, tuple(pictures), left_out)

    def _clean(self, text: str) -> str:
        text, count = visible(text)
        self._stripped += count
        return text

    def _span(self, line: str, at: int = 0) -> tuple[int, int]:
        start = self._length + at + len(line) - len(line.lstrip())
        return start, max(start, self._length + at + len(line.rstrip()))

    def _add(self, line: str, block: Block) -> None:
        self._blocks.append(block)
        self._append(line)

    def _append(self, line: str) -> None:
        self._parts.append(line + "\n")
        self._length += len(line) + 1
