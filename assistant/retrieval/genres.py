"""What kind of narrative a section is, by the words of its headings (knowledge_base/phrases/genres.yaml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.data_files import parse_yaml
from assistant.outlines import load_outline, outline_ids
from assistant.patterns import regex

_SHARE = 0.3
"""So much of a heading below the first level a genre's words must be: 就业帮扶重点工作调度会议制度 is no list of tasks."""
_NUMBER = regex(r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])\s*")
_FILLED = regex(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class _Genre:
    id: str
    heading: tuple[str, ...]
    paragraph: tuple[str, ...]


@cache
def _genres() -> tuple[tuple[str, ...], tuple[_Genre, ...]]:
    name = "genres.yaml"
    data: dict[str, Any] = parse_yaml((files("knowledge_base") / "phrases" / name).read_text("utf-8"), name)
    listed = (_Genre(id, tuple(w["heading"]), tuple(w["paragraph"])) for id, w in data["genres"].items())
    return tuple(data["whole"]), tuple(listed)


@cache
def _outlined(outline: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """The headings of a shipped outline as patterns, each with the genres written under it; figures are the genre ""."""
    if outline not in outline_ids():
        return ()
    found: list[tuple[str, list[str]]] = []
    for section in load_outline(outline).sections:
        if section.heading:
            found.append((_NUMBER.sub("", section.heading), []))
        if found and section.kind != "heading":
            found[-1][1].append(section.genre or "")
    return tuple(
        (re.compile(".{2,30}".join(map(re.escape, _FILLED.split(heading)))), tuple(dict.fromkeys(genres)))
        for heading, genres in found
        if genres
    )


def genre_of(titles: tuple[str, ...], paragraph: str, outline: str = "") -> str:
    """The genre of a paragraph under these headings (the outermost first, without numbers); "" where it is about figures.

    A heading of the report's own `outline` says it; any other by its words.
    """
    whole, _ = _genres()
    for depth in reversed(range(len(titles))):
        title = titles[depth]
        told = next((genres for heading, genres in _outlined(outline) if heading.fullmatch(title)), None)
        said = _said(title, top=depth == 0)
        if told == ("",):
            return ""
        one_as_two = told is not None and len(told) == 1 and len(said) > 1
        if told and not one_as_two:  # else the heading's own words say which of the two a paragraph is
            said = [genre for genre in _genres()[1] if genre.id in told]
        if said:
            return said[0].id if len(said) == 1 else _by_paragraph(said, paragraph)
        if any(word in title for word in whole):
            return ""
    return ""


def _said(title: str, top: bool) -> list[_Genre]:
    """The genres that a heading names; of words that lie in one another only the longer counts."""
    matches = [(word, genre) for genre in _genres()[1] for word in genre.heading if word in title]
    longest = [(word, genre) for word, genre in matches if not any(word != w and word in w for w, _ in matches)]
    enough = top or sum(len(word) for word, _ in longest) >= _SHARE * len(title)
    return list(dict.fromkeys(genre for _, genre in longest)) if enough else []


def _by_paragraph(found: list[_Genre], paragraph: str) -> str:
    """Which of a heading's genres a paragraph is: the one whose words it says most often; the first named on a tie."""
    return max(found, key=lambda genre: sum(paragraph.count(word) for word in genre.paragraph)).id
