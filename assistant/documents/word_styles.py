"""What a Word paragraph is by its style: a heading of some level, a line of the table of contents, or running text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from assistant.documents.text import Kind

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"(?:sub)?title|副?标题", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)", re.IGNORECASE)
_BODY_TEXT = 9
_LONGEST_CHAIN = 20


def local(element: etree._Element) -> str:
    """The tag without its namespace, so that both variants of the standard (transitional, strict) read the same."""
    return element.tag.rpartition("}")[2]


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child, grandchild … by local names, or None."""
    for name in path:
        element = next((item for item in element if local(item) == name), None) if element is not None else None
    return element


def value(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of the element's own namespace, or ""."""
    if element is None:
        return ""
    return element.get(f"{element.tag.rpartition('}')[0]}}}{name}", "")


def is_on(element: etree._Element | None) -> bool:
    """Whether an on/off element is there and on."""
    return element is not None and value(element) not in ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    outline: str


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, root: etree._Element | None) -> None:
        items = [item for item in root if local(item) == "style"] if root is not None else []
        self._styles = {
            value(item, "styleId"): _Style(
                value(child(item, "name")),
                value(child(item, "basedOn")),
                value(child(item, "pPr", "outlineLvl")),
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
