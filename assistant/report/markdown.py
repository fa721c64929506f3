"""The report as Markdown: the same words in the same order, and none of them markup.

Only what could start something is escaped, so the text stays readable: with a backslash where every reader understands one, as an
entity where simple readers do not. The 目录 is left out, for headings are their own index here; of merged cells, the covered
places are empty; the paragraphs of a cell are parted by <br>.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from assistant.patterns import regex
from assistant.report.blocks import (
    Cell,
    Contents,
    Cover,
    Document,
    Heading,
    Landscape,
    Paragraph,
    Table,
    places,
)

_BREAKS: Final = regex(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_CONTROL: Final = regex(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ACTIVE: Final = regex(r"[\\|~*`\[<$]|(?<!\w)_|_(?!\w)|:(?=//)|@(?=\w)|(?<=\bwww)\.", re.IGNORECASE)
_BACKSLASHED: Final = frozenset("\\|~.")
_NUMBERED: Final = regex(r"^([0-9]{1,9})([.)])(?=\s|$)")
_RULED: Final = regex(r"\s*:?-+:?\s*")
_OPENINGS: Final = {"#": r"\#", "+": r"\+", "-": r"\-", "=": "&#61;", ">": "&gt;"}


def render_markdown(document: Document) -> str:
    """The whole report as one Markdown text, ending in a newline."""
    pieces: list[str] = []
    if not any(isinstance(block, Cover) for block in document.blocks):
        pieces.append(f"# {_heading(document.title)}")
    for block in document.blocks:
        if isinstance(block, Landscape):
            if block.title:
                pieces.append(f"## {_heading(block.title)}")
            for inner in block.blocks:
                pieces += _pieces(inner)
        else:
            pieces += _pieces(block)
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def _pieces(block: Cover | Contents | Heading | Paragraph | Table) -> list[str]:
    match block:
        case Cover():
            return _cover(block)
        case Heading():
            return [f"{'#' * (block.level + 1)} {_heading(block.text)}"]
        case Paragraph():
            first, *others = _BREAKS.split(block.text)
            return [_start(_escaped(line)) for line in (block.lead + first, *others)]
        case Table():
            return _table(block)
        case Contents():
            return []


def _cover(cover: Cover) -> list[str]:
    boxes = "\n".join(f"- {_start(_line(label)).rstrip(' ：:')}：{_line(value)}" for label, value in cover.boxes)
    return [f"# {_heading(''.join(cover.title))}", boxes, _start(_line(cover.date))]


def _table(table: Table) -> list[str]:
    rows = []
    for row in places(table):
        cells: list[str] = []
        for place in row:
            cells += [_cell(place.cell) if place.starts else "", *[""] * (place.cell.columns - 1)]
        rows.append(cells)
    heads = rows[:1] if table.header_rows else [[""] * len(table.widths)]
    body = rows[len(heads) :] if table.header_rows else rows
    printed = [*heads, ["---"] * len(table.widths), *body]
    grid = "\n".join(f"| {' | '.join(cells)} |" for cells in printed)
    return [
        _start(_line(table.caption)),
        _start(_line(table.unit_line)),
        grid if table.widths else "",
        *(_start(_line(note)) for note in table.notes),
    ]


def _cell(cell: Cell) -> str:
    text = "<br>".join(_escaped(line) for line in _BREAKS.split(cell.text))
    return text.replace("-", r"\-") if _RULED.fullmatch(text) else text


def _line(text: str) -> str:
    return _escaped("".join(_BREAKS.split(text)))


def _heading(text: str) -> str:
    """A heading's text; signs at its end are not its closing ones."""
    return re.sub(r"#+$", r"\\\g<0>", _line(text))


def _escaped(text: str) -> str:
    """The text with what Markdown would act on anywhere in a line made plain."""
    text = _CONTROL.sub("", text.replace("\t", " ")).strip()
    if "&" in text and unescape(text) != text:
        text = text.replace("&", "&amp;")
    return _ACTIVE.sub(_plain, text)


def _plain(match: re.Match[str]) -> str:
    sign = match[0]
    return f"\\{sign}" if sign in _BACKSLASHED else "&lt;" if sign == "<" else f"&#{ord(sign)};"


def _start(text: str) -> str:
    """A paragraph's escaped text, made safe where a line begins: no heading, list, rule or quotation."""
    return _NUMBERED.sub(r"\1\\\2", _OPENINGS.get(text[:1], text[:1]) + text[1:])
