"""A report -> passages of a paragraph's size, each with its genre and its masked words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from assistant.documents import Text
from assistant.masking import masked
from assistant.patterns import regex
from assistant.retrieval.genres import genre_of
from assistant.retrieval.sections import Paragraph, paragraphs

LEAST, MOST = 80, 400
"""Characters: shorter paragraphs of a section are joined, longer ones split at a point or a sentence."""
_POINT = regex(r"(?=(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]，|其[一二三四五]，))")
_SENTENCE = regex(r"(?<=[。！？；])(?![”’）])")
_SENTENCE_END = regex(r"[。；！？]")
_WORDS = regex(r"[\u4e00-\u9fff]")
_FEWEST = 12
"""A passage with fewer 汉字 lends no style."""


_STEP = " / "
"""Between the headings of a path."""


class Piece(NamedTuple):
    """What a passage has of its own; the fields are those of `ExemplarPassage`."""

    genre: str
    section: str
    masked_section: str
    text: str
    masked: str


def masked_path(section: str, names: tuple[str, ...]) -> str:
    """A path of headings, each masked for itself."""
    return _STEP.join(masked(heading, names) for heading in section.split(_STEP))


def split(text: Text, names: tuple[str, ...] = (), outline: str = "") -> Iterator[Piece]:
    """The passages in the report's order; `names` are blanked in the masked words wherever they stand."""
    for headings, group in groupby(paragraphs(text), key=lambda paragraph: paragraph.headings):
        found = [p for p in group if headings or _SENTENCE_END.search(p.text)]  # no cover lines
        path = _STEP.join(headings)
        hidden = masked_path(path, names)
        for genre, of_genre in groupby(found, key=lambda p: genre_of(p.titles, p.text, outline)):
            for passage in _sized(of_genre):
                if len(_WORDS.findall(passage)) >= _FEWEST:
                    yield Piece(genre, path, hidden, passage, masked(passage, names))


def _sized(found: Iterable[Paragraph]) -> Iterator[str]:
    """The paragraphs as passages: short ones joined, long ones cut."""
    waiting = ""
    for paragraph in found:
        for piece in _cut(paragraph.text):
            if waiting and len(waiting) + len(piece) > MOST:
                yield waiting
                waiting = ""
            waiting = f"{waiting}\n{piece}" if waiting else piece
            if len(waiting) >= LEAST:
                yield waiting
                waiting = ""
    if waiting:
        yield waiting


def _cut(text: str) -> Iterator[str]:
    """A paragraph whole if it is not too long; else by its points (一是…), and a long point by its sentences."""
    if len(text) <= MOST:
        yield text
        return
    points = [point for point in _POINT.split(text) if point]
    for point in points:
        yield from _packed(_SENTENCE.split(point) if len(point) > MOST else [point])


def _packed(sentences: Iterable[str]) -> Iterator[str]:
    """Sentences filled up to the most that a passage holds; one that is longer by itself is cut."""
    waiting = ""
    for sentence in sentences:
        for start in range(0, len(sentence), MOST):
            piece = sentence[start : start + MOST]
            if waiting and len(waiting) + len(piece) > MOST:
                yield waiting
                waiting = ""
            waiting += piece
    if waiting:
        yield waiting
