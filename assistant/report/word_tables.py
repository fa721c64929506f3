"""Tables of the report file: a grid of fixed widths, cells merged in both directions, header rows on every page.

The XML is written as text and parsed once: python-docx, cell by cell, takes several times as long.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

from assistant.patterns import regex
from assistant.report.blocks import Cell, Place, Table, places
from assistant.report.word_measure import SINGLE, Unit, count_lines
from assistant.report.word_styles import BODY, HEAD, NUMBER, TEXT_WIDTH, clean, lines, one_line, paragraph, runs

_SIZE: Final = 10.5
_PAD: Final = 114  # left and right cell margins together, twips
_LATIN: Final = regex(r"[!-~]+")
_ROW_EDGE: Final = 4.5  # top and bottom cell margins and a rule, points


@dataclass(frozen=True, slots=True)
class _Layout:
    """A table measured: twips across, points down; the faces of its heads and of its text."""

    widths: tuple[int, ...]
    grid: list[list[Place]]
    heights: list[float]
    tied: list[bool]
    over: bool
    faces: tuple[str, str]


def table_items(table: Table, width: int, height: int) -> tuple[list[str], list[Unit]]:
    """Caption, unit, table and notes as XML, and the room they take. `width` × `height` is the text block in twips."""
    layout = _lay_out(table, width, height)
    items: list[str] = []
    units: list[Unit] = []
    if table.caption:
        caption = one_line(table.caption)
        items.append(paragraph("Caption", runs(caption, HEAD)))
        units += [Unit(12 * SINGLE + 9, keep=True)] * count_lines(caption, width / 20, 12)
    if table.unit_line:
        items.append(paragraph("TableUnit", runs(one_line(table.unit_line), BODY)))
        units.append(Unit(_SIZE * SINGLE, keep=True))
    items.append(_table(table, layout))
    head = sum(layout.heights[: table.header_rows])
    for number, row_height in enumerate(layout.heights):
        units.append(Unit(row_height, keep=layout.tied[number], repeat=head if number >= table.header_rows else 0))
    for note in table.notes:
        for line in lines(note):
            items.append(paragraph("TableNote", runs(line, layout.faces[1])))
            units += [Unit(_SIZE * SINGLE)] * count_lines(line, width / 20, _SIZE)
    return items, units


def _lay_out(table: Table, width: int, height: int) -> _Layout:
    grid = places(table)
    widths = _widths(table, grid, width)
    heights = [_SIZE * SINGLE + _ROW_EDGE] * len(grid)
    tall: list[tuple[int, Place, float]] = []
    for number, row in enumerate(grid):
        for place in row:
            if not place.starts:
                continue
            inner = (sum(widths[place.column : place.column + place.cell.columns]) - _PAD) / 20
            count = sum(count_lines(line, inner, _SIZE) for line in lines(place.cell.text))
            need = count * _SIZE * SINGLE + _ROW_EDGE
            if place.cell.rows > 1:
                tall.append((number, place, need))
            else:
                heights[number] = max(heights[number], need)
    for number, place, need in tall:
        last = min(number + place.cell.rows, len(grid)) - 1
        heights[last] += max(0.0, need - sum(heights[number : last + 1]))
    # A header row stays with the next row, the last row with the notes, a form's total with the row above; a
    # short table stays in one piece, and so does a short merged group, for its name is printed only once.
    tied = [number < table.header_rows for number in range(len(grid))]
    over = False
    for number, place, _ in tall:
        last = min(number + place.cell.rows, len(grid)) - 1
        if sum(heights[number : last + 1]) <= height / 20 / 3:
            tied[number:last] = [True] * (last - number)
        elif number >= table.header_rows:
            over = True
    if sum(heights) <= height / 20 / 4:
        tied = [True] * (len(grid) - 1) + [False]
    if grid and table.notes:
        tied[-1] = True
    if table.form and len(grid) > 1:
        tied[-2] = True
    return _Layout(widths, grid, heights, tied, over, (NUMBER, NUMBER) if table.form else (HEAD, BODY))


def _widths(table: Table, grid: list[list[Place]], total: int) -> tuple[int, ...]:
    """The relative widths made absolute, to the twip; a column never breaks a number if others can give way."""
    least = [round(_SIZE * 20) + _PAD] * len(table.widths)
    for row in grid:
        for place in row:
            if place.starts and place.cell.columns == 1:
                longest = max(map(len, _LATIN.findall(place.cell.text)), default=0)
                least[place.column] = max(least[place.column], round((longest + 0.5) * _SIZE * 10) + _PAD)
    shares = [max(share, 0.0) for share in table.widths]
    shares = shares if sum(shares) > 0 else [1.0] * len(shares)
    fixed: dict[int, float] = {}
    while sum(least) <= total:
        free = total - sum(fixed.values())
        rest = sum(share for column, share in enumerate(shares) if column not in fixed)
        short = [c for c, share in enumerate(shares) if c not in fixed and share * free < least[c] * rest]
        if not short:
            break
        fixed |= {column: float(least[column]) for column in short}
    free = total - sum(fixed.values())
    rest = sum(share for column, share in enumerate(shares) if column not in fixed) or 1.0
    edges, at = [0], 0.0
    for column, share in enumerate(shares):
        at += fixed.get(column, share * free / rest)
        edges.append(round(at))
    if edges:
        edges[-1] = total
    return tuple(right - left for left, right in itertools.pairwise(edges))


def _table(table: Table, layout: _Layout) -> str:
    total = sum(layout.widths)
    rows = []
    page_third = 4000
    for number, row in enumerate(layout.grid):
        head = number < table.header_rows
        properties = ("<w:cantSplit/>" if head or layout.heights[number] * 20 <= page_third else "") + (
            "<w:tblHeader/>" if head else ""
        )
        cells = "".join(_cell(place, number, head, layout) for place in row)
        rows.append(f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>" if properties else f"<w:tr>{cells}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in layout.widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _cell(place: Place, row: int, head: bool, layout: _Layout) -> str:
    cell = place.cell
    width = sum(layout.widths[place.column : place.column + cell.columns])
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if place.starts else "<w:vMerge/>"
    # Where a merged cell may run over a page its text stands at the top, on the first of its pages, and its neighbours' with it:
    # LibreOffice loses its way centring beside such a cell.
    top = not place.starts or (layout.over and not head)
    vertical = "" if top else '<w:vAlign w:val="center"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{vertical}</w:tcPr>'
        f"{_paragraphs(cell, head or cell.header, layout, row) if place.starts else _blank(layout.tied[row])}</w:tc>"
    )


def _paragraphs(cell: Cell, head: bool, layout: _Layout, row: int) -> str:
    style, font = ("TableHead", layout.faces[0]) if head else ("TableText", layout.faces[1])
    properties = "<w:keepNext/>" if layout.tied[row] else ""
    if not head and cell.align != "center":
        properties += f'<w:jc w:val="{cell.align}"/>'
    return "".join(paragraph(style, runs(line, font), properties) for line in lines(cell.text))


def _blank(tied: bool) -> str:
    return paragraph("TableText", "", "<w:keepNext/>" if tied else "")


def box_table(boxes: tuple[tuple[str, str], ...], row_height: int) -> str:
    """The cover's places to fill: a label, and a rule under the value or under the empty place for a pen or a seal."""
    named = [(_label(label), value) for label, value in boxes]
    widest = max(len(label) for label, _ in named)
    left = min(4800, max(2000, (widest + 1) * 320 + _PAD))
    longest = max((len(line) for _, value in named for line in lines(value)), default=0)
    right = min(TEXT_WIDTH - left, max(3400, 7400 - left, (longest + 1) * 320 + _PAD))
    to_right = '<w:jc w:val="right"/>'
    rule = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>'
    rows = "".join(
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{row_height}" w:hRule="atLeast"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{left}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>'
        f"{paragraph('CoverText', runs(label, BODY), to_right)}</w:tc>"
        f'<w:tc><w:tcPr><w:tcW w:w="{right}" w:type="dxa"/>{rule}<w:vAlign w:val="bottom"/></w:tcPr>'
        f"{''.join(paragraph('CoverText', runs(line, BODY)) for line in lines(value))}</w:tc></w:tr>"
        for label, value in named
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableNormal"/><w:tblW w:w="{left + right}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{left}"/><w:gridCol w:w="{right}"/></w:tblGrid>{rows}</w:tbl>'
    )


def _label(label: str) -> str:
    label = clean(one_line(label)).rstrip(" ：:")
    return f"{label}："
