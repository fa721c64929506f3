"""The report as a Word file, set as official documents are (GB/T 9704-2012).

One pass over the blocks gives each its XML and the room it takes; the 目录 is filled from the pages so counted. The body stays text
until it is packed. The same Document gives the same bytes.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assistant.report.blocks import Block, Contents, Cover, Document, Heading, Landscape, Paragraph, Table
from assistant.report.word_contents import Entry, contents_items, contents_pages, heading_inside
from assistant.report.word_measure import Unit, count_lines, paginate
from assistant.report.word_package import footers, packed
from assistant.report.word_styles import (
    ACROSS_HEIGHT,
    ACROSS_WIDTH,
    BODY,
    BOTTOM,
    FOOTER,
    FOOTER_ACROSS,
    HEADING_FONTS,
    LEAD,
    LEFT,
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TITLE,
    TOP,
    lines,
    one_line,
    paragraph,
    run,
    runs,
)
from assistant.report.word_tables import box_table, table_items


@dataclass(slots=True)
class _Part:
    """A section of the file in the making: what is printed, and the room it takes."""

    kind: Literal["cover", "contents", "upright", "across"]
    items: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    contents: Contents | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the text block in twips."""
        return (ACROSS_WIDTH, ACROSS_HEIGHT) if self.kind == "across" else (TEXT_WIDTH, TEXT_HEIGHT)


def write_docx(document: Document, path: Path) -> None:
    """Write the report to `path`, whole or not at all.

    Raises ValueError where the cells of a table do not fit its grid.
    """
    whole = packed(document, _body(document))
    part = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        part.write_bytes(whole)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _body(document: Document) -> str:
    """The sections one after the other, as the XML inside w:body."""
    headings: list[Entry] = []
    parts = _parts(document, headings)
    pages: dict[int, int] = {}
    page = 0
    for part in parts:
        if part.kind in ("upright", "across"):
            marks, page = paginate(part.units, part.size[1] / 20, page + 1)
            pages |= marks
    front = 0
    for part in parts:
        if part.contents:
            part.items = contents_items(part.contents, headings, pages)
            front += contents_pages(part.contents, headings)
        front += part.kind == "cover"
    printed: list[str] = []
    section, numbered = "", False
    for part in parts:
        plain = part.kind in ("cover", "contents")
        # The last page before page 1 is an even one, so that no application puts an empty page between.
        start = (front + 1) % 2 if part is parts[0] and plain else 1 if not plain and not numbered else None
        section = _section(part.kind, "" if plain or numbered else footers(), start)
        numbered = numbered or not plain
        printed += part.items if part is parts[-1] else _closed(part.items, section)
    return f"{''.join(printed)}{section}"


def _closed(items: list[str], section: str) -> list[str]:
    """The items with the section's end in the last paragraph, or, after a table, in one that takes no room."""
    if items[-1].startswith("<w:p>"):
        return [*items[:-1], items[-1].replace("</w:pPr>", f"{section}</w:pPr>", 1)]
    thin = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return [*items, f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{thin}{section}</w:pPr></w:p>']


def _section(kind: str, at_foot: str, start: int | None) -> str:
    across = kind == "across"
    if across:
        size = f'<w:pgSz w:w="{PAGE_HEIGHT}" w:h="{PAGE_WIDTH}" w:orient="landscape"/>'
        top, right, bottom, left, foot = LEFT, BOTTOM, RIGHT, TOP, FOOTER_ACROSS
    else:
        size = f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        top, right, bottom, left, foot = TOP, RIGHT, BOTTOM, LEFT, FOOTER
    number = "" if start is None else f'<w:pgNumType w:start="{start}"/>'
    return (
        f'<w:sectPr>{at_foot}<w:type w:val="nextPage"/>{size}<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" '
        f'w:left="{left}" w:header="851" w:footer="{foot}" w:gutter="0"/>{number}<w:cols w:space="425"/></w:sectPr>'
    )


def _parts(document: Document, headings: list[Entry]) -> list[_Part]:
    """The sections in reading order; every heading met is added to `headings`."""
    parts: list[_Part] = []
    untitled = not any(isinstance(block, Cover) for block in document.blocks)
    for block in document.blocks:
        if isinstance(block, Cover):
            parts.append(_Part("cover", _cover(block)))
        elif isinstance(block, Contents):
            parts.append(_Part("contents", contents=block))
        elif isinstance(block, Landscape):
            parts.append(_Part("across"))
            if block.title:
                _title(parts[-1], block.title, 120, headings)
            for inner in block.blocks:
                _add(parts[-1], inner, headings)
        else:
            if not parts or parts[-1].kind != "upright":
                parts.append(_Part("upright"))
            if untitled:
                _title(parts[-1], document.title, LINE)
                untitled = False
            _add(parts[-1], block, headings)
    return [part for part in parts if part.items or part.contents] or [_Part("upright", [paragraph("Normal", "")])]


def _add(part: _Part, block: Block, headings: list[Entry]) -> None:
    width, height = part.size
    if isinstance(block, Heading):
        text = one_line(block.text)
        inside = heading_inside(len(headings), runs(text, HEADING_FONTS[block.level - 1]))
        part.items.append(paragraph(f"Heading{block.level}", inside))
        count = count_lines(text, width / 20, 16, 0.25, 32)
        part.units += [Unit(LINE / 20, keep=True, mark=len(headings) if line == 0 else -1) for line in range(count)]
        headings.append((block.level, text))
    elif isinstance(block, Paragraph):
        _text(part, block)
    elif isinstance(block, Table):
        if part.items and part.items[-1].startswith("<w:tbl>"):
            part.items.append(paragraph("TableText", ""))
        items, units = table_items(block, width, height)
        part.items += items
        part.units += units


def _text(part: _Part, block: Paragraph) -> None:
    lead = one_line(block.lead)
    properties = "" if block.indent else '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    if block.align != "justify":
        properties += f'<w:jc w:val="{block.align}"/>'
    for line in lines(block.text):
        inside = runs(lead, LEAD) + runs(line, BODY)
        part.items.append(paragraph("BodyText", inside, properties))
        count = count_lines(lead + line, part.size[0] / 20, 16, 0.25, 32 if block.indent else 0)
        part.units += [Unit(LINE / 20)] * count
        lead = ""


def _title(part: _Part, text: str, after: int, headings: list[Entry] | None = None) -> None:
    """A title over the page and the room after it; with `headings` given it is an entry of the 目录 of the first level."""
    text = one_line(text)
    inside, mark = runs(text, TITLE), -1
    properties = f'<w:spacing w:before="0" w:after="{after}" w:line="660" w:lineRule="exact"/>'
    if headings is not None:
        mark, properties = len(headings), properties + '<w:outlineLvl w:val="0"/>'
        inside = heading_inside(mark, inside)
        headings.append((1, text))
    part.items.append(paragraph("Title", inside, properties))
    count = count_lines(text, part.size[0] / 20, 22)
    part.units += [Unit(33 * count + after / 20, keep=True, mark=mark)]


def _cover(cover: Cover) -> list[str]:
    """Title a third down, places to fill below it, the date at the foot."""
    titles = [one_line(line) for line in cover.title]
    long = any(len(line) > 17 for line in titles)
    size = '<w:sz w:val="44"/><w:szCs w:val="44"/>' if long else ""
    items = []
    for number, line in enumerate(titles):
        place = '<w:spacing w:before="3400" w:after="0" w:line="900" w:lineRule="exact"/>' if number == 0 else ""
        items.append(paragraph("CoverTitle", run(line, TITLE, size), place))
    row = 800
    used = 3400 + 900 * len(titles) + row * len(cover.boxes) + (1500 if cover.date else 0)
    space = max(300, min(3600, TEXT_HEIGHT - used - 400))
    if cover.boxes:
        gap = f'<w:spacing w:before="0" w:after="0" w:line="{space}" w:lineRule="exact"/>'
        items += [paragraph("CoverText", "", gap), box_table(cover.boxes, row)]
    if cover.date:
        gap = '<w:spacing w:before="800" w:after="0" w:line="579" w:lineRule="exact"/>'
        items.append(paragraph("CoverText", runs(one_line(cover.date), BODY), gap))
    return items
