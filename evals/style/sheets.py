"""A report -> its headings, and its narrative paragraphs with the genre of their section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.documents import Text, markdown
from assistant.outlines import Outline, load_outline
from assistant.retrieval.read import front_matter, shipped_files
from assistant.retrieval.sections import Paragraph as Under
from assistant.retrieval.sections import paragraphs

_NUMBER = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．])\s*")
_AREA = re.compile(r"[省市区县](?=.{3})")
_TODO = re.compile(r"【待补[^】]*】[。；，、]?")
_LIST = re.compile(
    r"[（(]\d{1,2}[）)]|\d{1,2}[.．、]\s|[①-⑳]|[（(]?[一二三四五六七八九十][）)]|[一二三四五六七八九十]是"
)
_OTHER_MARKS = re.compile(r"^除(?:上述|以上)|不(?:单列|另列|列)为问题|不单列")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a narrative section: its genre, and the headings above it from the section's own down."""

    genre: str
    headings: tuple[str, ...]
    text: str

    @property
    def bare(self) -> str:
        """Without the number of a point."""
        mark = _LIST.match(self.text)
        return self.text[mark.end() :].lstrip() if mark else self.text


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is measured of a report. `names` are its unit's full and short name."""

    name: str
    names: tuple[str, ...]
    headings: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]


def sheet(name: str, text: Text, outline: Outline, names: Iterable[str], year: int) -> Sheet:
    """A report that follows an outline. What it leaves open (【待补】) has no style and is left out."""
    unit = next(iter(names := tuple(names)), "")
    genres = _genres(outline, unit, year)
    found = tuple(entry for under in paragraphs(text) if (entry := _narrative(under, genres)) is not None)
    heads = tuple(text.text[block.start : block.end] for block in text.blocks if block.kind == "heading")
    return Sheet(name, names, heads, found)


def exemplars() -> tuple[Sheet, ...]:
    """The exemplars of knowledge_base/exemplars, by name."""
    return tuple(_exemplar(name, data) for name, data in shipped_files())


def _exemplar(name: str, data: bytes) -> Sheet:
    told, body = front_matter(name, data)
    names = (told["unit"], short_name(told["unit"], body))
    text = markdown.read(name, body.encode())
    return sheet(name.removesuffix(".md"), text, load_outline(told["outline"]), names, int(told["year"]))


def short_name(unit: str, body: str) -> str:
    """What a report calls its unit for short, most often: from 省市区县 on, characters of the name in order, and its last (残联 of 联合会)."""
    start = _AREA.search(unit)
    name = unit[start.start() :] if start else unit
    said = Counter(_within(name, body[at.start() : at.start() + len(name)]) for at in re.finditer(name[0], body))
    last = "联" if name.endswith("联合会") else name[-1]
    return next((short for short, _ in said.most_common() if 2 < len(short) < len(name) and short[-1] == last), unit)


def _within(name: str, words: str) -> str:
    """The longest beginning of `words` whose characters stand in `name` in this order."""
    place = 0
    for count, char in enumerate(words):
        if not (place := name.find(char, place) + 1):
            return words[:count]
    return words


def points(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, str]]:
    """Problems, measures or plans one by one, each with its heading and its text: a heading of its own, or a numbered paragraph."""
    waiting: tuple[tuple[str, ...], str, str] | None = None
    for paragraph in paragraphs:
        if _OTHER_MARKS.search(paragraph.bare):  # 除上述问题外: what is no problem
            continue
        own = len(paragraph.headings) > 1 and not _LIST.match(paragraph.text)
        if waiting and own and waiting[0] == paragraph.headings:
            waiting = (waiting[0], waiting[1], waiting[2] + paragraph.text)
            continue
        if waiting:
            yield waiting[1:]
        waiting = (paragraph.headings, paragraph.headings[-1] if own else "", paragraph.bare) if own else None
        if not own:
            yield "", paragraph.bare
    if waiting:
        yield waiting[1:]


def _genres(outline: Outline, unit: str, year: int) -> dict[str, str]:
    """The genre of each narrative section by its heading without number; one that has none stands under the heading before."""
    found: dict[str, str] = {}
    heading = ""
    for section in outline.sections:
        heading = section.heading.format(unit=unit, year=year) or heading
        if section.genre:
            found[_NUMBER.sub("", heading, count=1)] = section.genre
    return found


def _narrative(under: Under, genres: Mapping[str, str]) -> Paragraph | None:
    text = _TODO.sub("", under.text).strip()
    if len(_LIST.sub("", text, count=1)) < 2:
        return None
    for depth in reversed(range(len(under.titles))):
        if genre := genres.get(under.titles[depth], ""):
            return Paragraph(genre, under.headings[depth:], text)
    return None
