"""What a Word paragraph is by its style: a heading of some level, a line of the table of contents, or running text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from assistant.documents.text import Kind
from assistant.patterns import regex

_HEADING = regex(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = regex(r"(?:sub)?title|副?标题", re.IGNORECASE)
_CONTENTS = regex(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)", re.IGNORECASE)
_BODY_TEXT = 9
_LONGEST_CHAIN = 20
_RGB, _HEX = regex(r"[0-9A-Fa-f]{6}"), regex(r"..")
_NEARLY_WHITE, _TINY = 0xF0, 4


def local(element: etree._Element) -> str:
    """The tag without its namespace, so that both variants of the standard (transitional, strict) read the same."""
    return element.tag.rpartition("}")[2]


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child, grandchild … by local names, or None."""
    for name in path:
        element = next(element.iterchildren(f"{{*}}{name}"), None) if element is not None else None
    return element


def value(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of the element's own namespace, or ""."""
    if element is None:
        return ""
    return element.get(f"{element.tag.rpartition('}')[0]}}}{name}", "")


def is_on(element: etree._Element | None) -> bool:
    """Whether an on/off element is there and on."""
    return element is not None and value(element) not in ("0", "false", "off")


def _unseen(run: etree._Element | None) -> bool | None:
    """Whether text with these run properties (w:rPr) cannot be seen: hidden, white, or smaller than 2 points. None: they do not say."""
    if run is None:
        return None
    vanish, color, size = child(run, "vanish"), value(child(run, "color")), value(child(run, "sz"))
    said = [is_on(vanish)] if vanish is not None else []
    said += [all(int(part, 16) >= _NEARLY_WHITE for part in _HEX.findall(color))] if _RGB.fullmatch(color) else []
    said += [int(size) <= _TINY] if size.isascii() and size.isdecimal() else []
    return any(said) if said else None


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    outline: str
    unseen: bool | None


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, root: etree._Element | None) -> None:
        items = [item for item in root if local(item) == "style"] if root is not None else []
        self._styles = {
            value(item, "styleId"): _Style(
                value(child(item, "name")),
                value(child(item, "basedOn")),
                value(child(item, "pPr", "outlineLvl")),
                _unseen(child(item, "rPr")),
            )
            for item in items
        }

    def kind_of(self, properties: etree._Element | None) -> tuple[Kind, int]:
        """Kind and heading level of a paragraph with these properties (w:pPr)."""
        chain = self._chain(value(child(properties, "pStyle")))
        if any(_CONTENTS.match(style.name) for style in chain):
            return "contents", 0
        outline = value(child(properties, "outlineLvl"))
        if outline:
            return _by_outline(outline)
        for style in chain:
            if named := _HEADING.fullmatch(style.name.strip()):
                return "heading", int(named[1])
            if _TITLE.fullmatch(style.name.strip()):
                return "heading", 0
            if style.outline:
                return _by_outline(style.outline)
        return "paragraph", 0

    def is_unseen(self, run: etree._Element | None, paragraph: etree._Element | None) -> bool:
        """Whether a run (its w:rPr, and the w:pPr of its paragraph) is printed so that nobody sees it; the nearest that says so decides."""
        own = _unseen(run)
        if own is not None:
            return own
        for style_id in (value(child(run, "rStyle")), value(child(paragraph, "pStyle"))):
            for style in self._chain(style_id):
                if style.unseen is not None:
                    return style.unseen
        return False

    def _chain(self, style_id: str) -> list[_Style]:
        """The style and those it is based on, a circle cut short."""
        chain: list[_Style] = []
        while len(chain) < _LONGEST_CHAIN and (style := self._styles.get(style_id)):
            chain.append(style)
            style_id = style.based_on
        return chain


def _by_outline(outline: str) -> tuple[Kind, int]:
    if outline.isdecimal() and int(outline) < _BODY_TEXT:
        return "heading", int(outline) + 1
    return "paragraph", 0
