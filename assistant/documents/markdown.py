"""Reads .md as plain text, line by line: marks of layout go, words and numbers stay.

A heading keeps its level, a table becomes rows, each other line is a paragraph, in code fences too. Comments, images and
rules are dropped; of a link the words stay.
"""

from __future__ import annotations

import re
from html import unescape

from assistant.documents.plain import lines_of
from assistant.documents.text import Builder, Cell, Text
from assistant.patterns import regex

_COMMENT = regex(r"<!--.*?-->", re.DOTALL)
_FENCE = regex(r"\s*(```|~~~)")
_HEADING = regex(r"\s{0,3}(#{1,6})(?=\s|$)")
_RULE = regex(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*$")
_UNDERLINE = regex(r"\s{0,3}(=+|-{2,})\s*$")
_MARKER = regex(r"\s*(?:>\s*)*(?:[-*+]\s+(?:\[[ xX]\]\s+)?)?")
_SEPARATOR = regex(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE = regex(r"(?<!\\)\|")
_INLINE = (
    (regex(r"!\[[^\[\]]*\]\([^()]*\)"), ""),
    (regex(r"\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (regex(r"<br\s*/?>", re.IGNORECASE), " "),
    (regex(r"</?(?:b|i|u|em|strong|span|p|div|sub|sup|font|center)(?:\s[^<>]*)?>", re.IGNORECASE), ""),
    (regex(r"(?<!\\)(\*{2,3})(?=\S)([^*]+)(?<=\S)\1"), r"\2"),
    (regex(r"(?<![0-9A-Za-z)）%*\\])\*(?=\S)([^*]+)(?<=\S)\*(?!\*)"), r"\1"),
    (regex(r"(?<![\w\\])(_{1,3})(?=\S)([^_]+)(?<=\S)\1(?!\w)"), r"\2"),
    (regex(r"~~(?=\S)([^~]+)(?<=\S)~~"), r"\1"),
    (regex(r"`{1,3}([^`]+)`{1,3}"), r"\1"),
    (regex(r"\\([\\`*_{}\[\]()#+\-.!|<>~])"), r"\1"),
)


def read(name: str, data: bytes) -> Text:
    """The text of a .md file."""
    builder = Builder(name)
    body, end, rest = "\n".join(lines_of(name, data)).rpartition("-->")
    lines = (_COMMENT.sub("", body + end) + rest).split("\n")
    fenced = in_table = False
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            builder.paragraph(line)
        elif _is_row(line, after, in_table):
            if not in_table:
                builder.table()
            if not (in_table and _SEPARATOR.match(line)):
                builder.row(_cells(line), header=bool(_SEPARATOR.match(after)))
            in_table = True
            continue
        else:
            _line(builder, line, after)
        in_table = False
    return builder.build()


def _is_row(line: str, after: str, in_table: bool) -> bool:
    """Whether a line is of a table: between pipes, over a line of dashes, or with a pipe after such a row."""
    if not _PIPE.search(line):
        return False
    bare = line.strip()
    return (
        in_table
        or (bare.startswith("|") and bare.endswith("|") and len(bare) > 1)
        or bool(_SEPARATOR.match(after) and "|" in after)
    )


def _cells(line: str) -> list[Cell]:
    bare = line.strip().removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return [Cell(_plain(text), column) for column, text in enumerate(_PIPE.split(bare))]


def _line(builder: Builder, line: str, after: str) -> None:
    """Any line outside tables and fences."""
    heading = _HEADING.match(line)
    if heading:
        title = line[heading.end() :].strip()
        closing = title.rstrip("#")
        builder.paragraph(_plain(closing if closing[-1:].isspace() else title), "heading", len(heading[1]))
    elif _RULE.match(line) or _UNDERLINE.match(line):
        return
    elif line.strip() and (under := _UNDERLINE.match(after)):
        builder.paragraph(_plain(line), "heading", 1 if "=" in under[1] else 2)
    else:
        marker = _MARKER.match(line)
        builder.paragraph(_plain(line[marker.end() :] if marker else line))


def _plain(text: str) -> str:
    """Text without the marks inside a line."""
    for pattern, plain in _INLINE:
        text = pattern.sub(plain, text)
    return unescape(text).strip()
