"""Reads .docx: the XML in document order, as the text stands once all tracked changes are accepted.

Read: content controls, insertions, hyperlinks, smart tags, the results of fields, text boxes, foot- and endnotes, hidden text
(left out, and counted, where it is asked so).
Not read: deletions, field codes, headers and footers, comments, automatic numbers (they are not in the XML), drawings.
A line break or tab inside a paragraph is a space. A text box follows the paragraph it is anchored in as paragraphs of its own,
a note follows as a block of kind "note" (after the table, if its mark stands in one). In a cell, paragraphs, text boxes and
tables inside it are joined by a space. A cell merged into the one above is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from assistant.documents.package import Package, package_of
from assistant.documents.text import Builder, Cell, Kind, Text
from assistant.documents.word_styles import Styles, child, is_on, local, value

_DELETED = frozenset({"del", "moveFrom", "delText", "delInstrText"})
_UNREAD = _DELETED | {"rt", "sym"}
_BREAKS = frozenset({"tab", "ptab", "br", "cr"})
_SIGNS = {"noBreakHyphen": "-", "den": "/", "sup": "^"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_LONGEST_CONTENTS_LINE = 120
_DEEPEST_FIELD = 50


def read(name: str, data: bytes, unseen: bool = True) -> Text:
    """The text of a .docx file; with `unseen` also what is printed so that nobody sees it (hidden, white, tiny)."""
    return _Reader(package_of(name, data), unseen).read()


@dataclass(slots=True)
class _Field:
    """An open field; `mark` is where its code begins in the line being read, None once that is dealt with."""

    mark: int | None
    contents: bool = False


class _Reader:
    def __init__(self, package: Package, unseen: bool) -> None:
        self._package = package
        self._unseen = unseen
        self._left_out = 0
        self._builder = Builder(package.name)
        self._styles = Styles(self._part("styles"))
        self._notes = {kind: _notes_in(self._part(kind)) for kind in _NOTES.values()}
        self._fields: list[_Field] = []
        self._pending: list[etree._Element] = []
        self._carried = ""

    def read(self) -> Text:
        body = child(self._package.parse(self._package.main), "body")
        if body is not None:
            self._story(body)
        self._builder.paragraph(self._carried)
        return self._builder.build(left_out=self._left_out)

    def _part(self, kind: str) -> etree._Element | None:
        part = self._package.related(self._package.main, kind)
        return self._package.parse(part) if part else None

    def _story(self, container: etree._Element, contents: bool = False) -> None:
        """The paragraphs and tables of the body or a text box."""
        for element in _children(container):
            name = local(element)
            if name == "p":
                self._paragraph(element, contents)
            elif name == "tbl":
                self._table(element)
            else:
                self._story(element, contents or _is_contents(element))

    def _paragraph(self, element: etree._Element, contents: bool) -> None:
        contents = contents or any(field.contents for field in self._fields)
        line, boxes = self._line(element)
        line, self._carried = self._carried + line, ""
        properties = child(element, "pPr")
        if _mark_is_deleted(properties):
            self._carried = line
        else:
            kind, level = self._styles.kind_of(properties)
            contents = contents or kind == "contents" or any(field.contents for field in self._fields)
            self._builder.paragraph(line, *(_contents_or_text(line) if contents else (kind, level)))
        for box in boxes:
            self._story(box)
        self._flush_notes()

    def _table(self, table: etree._Element) -> None:
        self._builder.table()
        merging: set[int] = set()
        for row in _within(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            cells = list(self._cells(row, merging))
            self._builder.row((cell for cell, _ in cells), is_on(child(properties, "tblHeader")))
            merging = {cell.column for cell, merged in cells if merged}
        self._flush_notes()

    def _cells(self, row: etree._Element, merging: set[int]) -> Iterator[tuple[Cell, bool]]:
        """The cells of a row, and for each whether it belongs to a vertical merge; `merging`: columns where one is open above."""
        column = _count(child(row, "trPr", "gridBefore"), 0)
        for cell in _within(row, "tc"):
            columns = _count(child(cell, "tcPr", "gridSpan"), 1)
            merge = child(cell, "tcPr", "vMerge")
            continues = merge is not None and value(merge) != "restart" and column in merging
            yield Cell("" if continues else self._flat(cell), column, columns, continues), merge is not None
            column += columns

    def _flat(self, container: etree._Element) -> str:
        """All text of a cell or a note on one line."""
        pieces: list[str] = []
        carried = ""
        for paragraph in _within(container, "p"):
            line, boxes = self._line(paragraph)
            carried += line
            if not _mark_is_deleted(child(paragraph, "pPr")):
                pieces.append(carried)
                carried = ""
            pieces += [self._flat(box) for box in boxes]
        pieces.append(carried)
        return " ".join(piece.strip() for piece in pieces if piece.strip())

    def _flush_notes(self) -> None:
        while self._pending:
            self._builder.paragraph(self._flat(self._pending.pop(0)), "note")

    def _line(self, paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
        """The text of one paragraph, and the text boxes anchored in it."""
        for field in self._fields:
            field.mark = None
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        self._inline(paragraph, pieces, boxes, child(paragraph, "pPr"))
        return "".join(pieces), boxes

    def _inline(
        self, element: etree._Element, pieces: list[str], boxes: list[etree._Element], properties: etree._Element | None
    ) -> None:
        for item in _children(element):
            name = local(item)
            if name == "r" and not self._unseen and self._styles.is_unseen(child(item, "rPr"), properties):
                self._left_out += sum(len(text.text or "") for text in item.iter() if local(text) == "t")
                for part in item:
                    if local(part) in ("fldChar", "instrText"):
                        self._field(part, pieces)
            elif name == "t":
                pieces.append(item.text or "")
            elif name in _BREAKS:
                pieces.append(" ")
            elif name in ("fldChar", "instrText"):
                self._field(item, pieces)
            elif name == "txbxContent":
                boxes.append(item)
            elif name in _NOTES:
                note = self._notes[_NOTES[name]].pop(value(item, "id"), None)
                self._pending += [] if note is None else [note]
            else:
                pieces.append(_SIGNS.get(name, ""))
                self._inline(item, pieces, boxes, properties)

    def _field(self, item: etree._Element, pieces: list[str]) -> None:
        """A field's parts: its code is dropped when the result begins, or at the end if there is none."""
        step = value(item, "fldCharType")
        if step == "begin" and len(self._fields) < _DEEPEST_FIELD:
            self._fields.append(_Field(len(pieces)))
        if step == "begin" or not self._fields:
            return
        field = self._fields[-1]
        if local(item) == "instrText":
            field.contents = field.contents or (item.text or "").split()[:1] == ["TOC"]
            return
        if field.mark is not None:
            del pieces[field.mark :]
            field.mark = None
        if step == "end":
            self._fields.pop()


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """What is to be read in an element: no properties, no deletions, and one of several alternatives."""
    for item in element:
        name = local(item)
        if name == "AlternateContent":
            option = _alternative(item)
            if option is not None:
                yield option
        elif name not in _UNREAD and not name.endswith("Pr"):
            yield item


def _within(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of that name, wrapped in whatever (content controls, insertions), but not those inside one another."""
    for item in _children(element):
        if local(item) == name:
            yield item
        else:
            yield from _within(item, name)


def _alternative(element: etree._Element) -> etree._Element | None:
    """The choice that Word would show (it knows Microsoft's own extensions), else the fallback."""
    for option in element:
        needed = [option.nsmap.get(prefix, "") or "" for prefix in option.get("Requires", "").split()]
        known = all(uri.startswith("http://schemas.microsoft.com/") for uri in needed)
        if known and any(local(item) in ("t", "txbxContent") for item in option.iter()):
            return option
    return None


def _is_contents(element: etree._Element) -> bool:
    """Whether a content control holds the table of contents."""
    return value(child(element, "sdtPr", "docPartObj", "docPartGallery")) == "Table of Contents"


def _contents_or_text(line: str) -> tuple[Kind, int]:
    """A line in a table of contents is one only if it looks it: a whole sentence cannot hide there."""
    return ("paragraph" if "。" in line or len(line) > _LONGEST_CONTENTS_LINE else "contents"), 0


def _mark_is_deleted(properties: etree._Element | None) -> bool:
    """Whether the paragraph's end is deleted, so that the next one runs on."""
    mark = child(properties, "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _count(element: etree._Element | None, default: int) -> int:
    text = value(element)
    return min(int(text), 1000) if text.isascii() and text.isdecimal() else default


def _notes_in(root: etree._Element | None) -> dict[str, etree._Element]:
    """The notes by id, without the separators."""
    if root is None:
        return {}
    return {value(note, "id"): note for note in root if value(note, "type") in ("", "normal")}
