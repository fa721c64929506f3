"""One page of a PDF as lines of text and ruled tables, in the order of the page's own content."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import c_float, c_int
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from assistant.documents.pdf_tables import Grid, Place, Segment, grids
from assistant.documents.pdf_unseen import Box, unseen
from assistant.documents.text import Cell
from assistant.patterns import regex

_ENDS = ("。", "；", "：", "！", "？", ";", "!", "?")
_UNIT = regex(r"[\x21-\x7e]+|.")
_ODD = regex("[\u2e80-\u2fdf\uf900-\ufaff]")
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
_STRAIGHT = 1.0
_MOST_SEGMENTS = 50_000


class Glyph(NamedTuple):
    """A character in its box; `made`: pdfium's own guess at a space or an end of line, not in the file."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    made: bool

    @property
    def size(self) -> float:
        """The height of the line it stands in."""
        return max(1.0, self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, its box (of what can be seen) and the size of its letters."""

    text: str
    left: float
    right: float
    middle: float
    size: float

    def runs_on(self, after: Line, edge: float) -> bool:
        """Whether the next line goes on in the same paragraph: no stop here, and no room for the next word before `edge`."""
        first = _UNIT.match(after.text.lstrip())
        apart = self.middle - after.middle > 2.5 * self.size or not 0.8 < after.size / self.size < 1.25
        if self.text.rstrip().endswith(_ENDS) or apart or not first:
            return False
        room = self.size * (0.65 * len(first[0]) if len(first[0]) > 1 else 1.0)
        return edge - self.right < room + 1.2 * self.size


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: its rows and its column edges."""

    rows: list[list[Cell]]
    edges: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Lines and tables in reading order. Of its `letters`, `illegible` are those whose font does not tell what they are; `left_out`
    letters are not among them."""

    items: list[Line | Table]
    width: float
    height: float
    images: bool
    letters: int
    illegible: int
    left_out: int = 0


def read_page(page: Any, with_unseen: bool = True) -> Page:
    """A page of an open PDF (a `pypdfium2.PdfPage`); letters that nobody sees are left out, and counted, where it is asked so."""
    turn = _Turn(page)
    text = page.get_textpage()
    boxes = [_box(text, index) for index in range(text.count_chars())]
    hidden = frozenset() if with_unseen else unseen(page, text, boxes)
    glyphs = list(_glyphs(text, turn, boxes, hidden))
    tables = grids(*_rules(page, turn)) if glyphs else []
    illegible = sum(glyph.char == "\ufffd" or "\ue000" <= glyph.char <= "\uf8ff" for glyph in glyphs)
    images = any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    return Page(_items(glyphs, tables), turn.width, turn.height, images, len(glyphs), illegible, len(hidden))


def joined(first: str, second: str) -> str:
    """Two pieces of a paragraph that the layout broke apart: a space between them only where Latin words need one."""
    left, right = first.rstrip(), second.lstrip()
    both = left[-1:] + right[:1]
    spaced = both.isascii() and both.isalnum() and (both.isalpha() or first[-1:].isspace())
    return f"{left} {right}" if spaced else left + right


class _Turn:
    """Turns the file's coordinates into those of the page as one sees it."""

    def __init__(self, page: Any) -> None:
        self._quarter = page.get_rotation() // 90
        left, bottom, right, top = page.get_bbox()
        self._box = (left, bottom, right, top)
        sides = (_side(right - left), _side(top - bottom))
        self.width, self.height = sides[::-1] if self._quarter % 2 else sides

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self._box
        turned = ((x - left, y - bottom), (y - bottom, right - x), (right - x, top - y), (top - y, x - left))
        return turned[self._quarter]


def _side(length: float) -> float:
    """The length of a page's side, whatever nonsense the file says of it."""
    return min(1e6, max(1.0, length))


def _box(text: Any, index: int) -> Box:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, box)
    return box.left, box.bottom, box.right, box.top


def _glyphs(text: Any, turn: _Turn, boxes: list[Box], hidden: frozenset[int]) -> Iterator[Glyph]:
    high = 0
    for index, (left, bottom, right, top) in enumerate(boxes):
        if index in hidden:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        (x1, y1), (x2, y2) = turn(left, bottom), turn(right, top)
        made = pdfium.FPDFText_IsGenerated(text, index) == 1
        yield Glyph(usual(code), min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2), made)


def usual(code: int) -> str:
    """The character; look-alikes of Han characters that PDF fonts bring (radicals, compatibility forms) as the usual ones."""
    char = _HYPHENS.get(code) or (chr(code) if 0 < code <= 0x10FFFF else "\ufffd")
    return unicodedata.normalize("NFKC", char) if _ODD.match(char) else char


def _rules(page: Any, turn: _Turn) -> tuple[list[Segment], list[Segment]]:
    """The page's straight lines, drawn or as edges of drawn shapes: across, down."""
    across: list[Segment] = []
    down: list[Segment] = []
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        fill, stroke = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)
        if not (fill.value or stroke.value) or len(across) + len(down) > _MOST_SEGMENTS:
            continue
        for (x1, y1), (x2, y2) in _edges(shape, turn):
            if abs(y1 - y2) <= _STRAIGHT:
                across.append(Segment((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
            if abs(x1 - x2) <= _STRAIGHT:
                down.append(Segment((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
    return across, down


def _edges(shape: Any, turn: _Turn) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight pieces of a path."""
    matrix = shape.get_matrix()
    first = last = (0.0, 0.0)
    x, y = c_float(), c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(shape), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = turn(*matrix.on_point(x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield last, first


def _items(glyphs: list[Glyph], tables: list[Grid]) -> list[Line | Table]:
    """Lines as pdfium ends them; what stands inside a table goes to its cell, the table to where its first letter stands."""
    inside: dict[int, dict[Place, list[Glyph]]] = {}
    items: list[Line | int] = []
    line: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        places = ((number, grid.place(x, y)) for number, grid in enumerate(tables))
        number, place = next(((number, place) for number, place in places if place), (-1, None))
        if place:
            if number not in inside:
                items += [*_line(line), number]
                line = []
                inside[number] = {}
            inside[number].setdefault(place, []).append(glyph)
        elif glyph.made and glyph.char in "\r\n":
            items += _line(line)
            line = []
        else:
            line.append(glyph)
    items += _line(line)
    return [item if isinstance(item, Line) else _table(tables[item], inside[item]) for item in items]


def _table(grid: Grid, inside: dict[Place, list[Glyph]]) -> Table:
    texts = {place: _cell_text(glyphs, grid.rights[place]) for place, glyphs in inside.items()}
    return Table(grid.rows(texts), grid.xs)


def _cell_text(glyphs: list[Glyph], edge: float) -> str:
    """The text of a cell: lines that the cell's width broke are joined, others set apart by a space."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if glyph.made and glyph.char in "\r\n":
            continue
        if runs and abs(glyph.bottom - runs[-1][0].bottom) < max(glyph.size, runs[-1][0].size) / 2:
            runs[-1].append(glyph)
        elif not glyph.char.isspace():
            runs.append([glyph])
    text = ""
    before: Line | None = None
    for line in (line for run in runs for line in _line(run)):
        text = joined(text, line.text) if before and before.runs_on(line, edge) else f"{text} {line.text}"
        before = line
    return text.strip()


def _line(glyphs: Sequence[Glyph]) -> list[Line]:
    """The line that the glyphs make; none if nothing can be seen."""
    seen = [glyph for glyph in glyphs if not glyph.char.isspace()]
    if not seen:
        return []
    size = max(glyph.size for glyph in seen)
    middle = sum(glyph.bottom + glyph.top for glyph in seen) / 2 / len(seen)
    return [Line(_text(glyphs), min(g.left for g in seen), max(g.right for g in seen), middle, size)]


def _text(glyphs: Sequence[Glyph]) -> str:
    """The characters, without the spaces that pdfium sees in the small gaps between Han characters and others."""
    pieces: list[str] = []
    for before, glyph, after in zip([None, *glyphs], glyphs, [*glyphs[1:], None], strict=False):
        if glyph.made and glyph.char == " " and before and after:
            latin = before.char.isascii() and after.char.isascii()
            if not latin and after.left - before.right < 0.6 * max(before.size, after.size):
                continue
        pieces.append(glyph.char)
    return "".join(pieces)
