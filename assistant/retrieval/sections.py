"""A report's text -> its paragraphs, each under the path of its headings. Headings are styles, `#`, or numbered lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.documents import Text
from assistant.patterns import regex

_NUMBERED = (
    (1, regex(r"(?:第[一二三四五六七八九十]{1,3}部分[、：:\s]*|[一二三四五六七八九十]{1,3}、)\s*")),
    (2, regex(r"[（(][一二三四五六七八九十]{1,3}[）)]、?\s*")),
    (3, regex(r"\d{1,2}(?:[.．、](?!\d))\s*")),
    (4, regex(r"[（(]\d{1,2}[）)]、?\s*")),
)
_LONGEST_HEADING = 40
_RUN_IN = regex(r"([^。；！？]{2,36})。(?=.)")
_SENTENCE_END = regex(r"[。；！？：，,;]")


class Paragraph(NamedTuple):
    """A paragraph with its headings, the outermost first: as written, and without their numbers."""

    headings: tuple[str, ...]
    titles: tuple[str, ...]
    text: str


def paragraphs(text: Text) -> Iterator[Paragraph]:
    """The running text in order; tables, notes and lists of contents are left out."""
    path: list[tuple[int, str, str]] = []
    for block in text.blocks:
        if block.kind in ("row", "note", "contents"):
            continue
        line = text.text[block.start : block.end]
        level, heading, body = _as_heading(line, block.level if block.kind == "heading" else 0)
        if heading:
            path = [step for step in path if step[0] < level]
            path.append((level, heading, _title(heading)))
        if body:
            yield Paragraph(tuple(step[1] for step in path), tuple(step[2] for step in path), body)


def _as_heading(line: str, styled: int) -> tuple[int, str, str]:
    """Level, heading and what runs on after it on the line; level 0 and no heading for a plain paragraph."""
    for level, form in _NUMBERED:
        if not (mark := form.match(line)):
            continue
        if styled or (len(line) <= _LONGEST_HEADING and not _SENTENCE_END.search(line)):
            return level, line, ""
        run_in = _RUN_IN.match(line, mark.end())
        if level <= 2 and run_in and not _SENTENCE_END.search(run_in[1]):
            return level, line[: run_in.end() - 1], line[run_in.end() :]
        return 0, "", line
    return (styled, line, "") if styled else (0, "", line)


def _title(heading: str) -> str:
    """A heading without its number."""
    for _, form in _NUMBERED:
        if mark := form.match(heading):
            return heading[mark.end() :]
    return heading
