"""Enumerations inside paragraphs: 一是…；二是…, 第一，…第二，…, ①…②…, 1.…；2.… — nested ones told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import numeric

from assistant.patterns import regex
from assistant.verify.reading.enumerators import from_han, in_han, item_of
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.reading import Reading

_HAN = "[一二三四五六七八九十]"
_MARKER = regex(
    rf"(?=[一二三四五六七八九十第其①-⑳（(0-9\s])(?:(?<![一二三四五六七八九十第其之统唯单任这那哪同专归说星期])(?P<shi>{_HAN}{{1,3}})是(?![一二三四五六七八九十]|否)"
    rf"|(?:(?<=[。；：，、,;:\s])|^)(?:(?P<yao>{_HAN}{{1,3}})要|第(?P<di>{_HAN}{{1,2}})[，、,：]|其(?P<qi>{_HAN})[，、,：是])"
    r"|(?P<circled>[①-⑳])"
    r"|(?:(?<=[。；：，,;:])\s?|^)(?:[（(](?P<bracketed>[0-9]{1,2})[)）]|(?P<digits>[0-9]{1,2})[.．、](?!\d)))"
)
_FORMS = {"shi": "{}是", "yao": "{}要", "di": "第{}", "qi": "其{}", "bracketed": "（{}）", "digits": "{}."}
_ACROSS = ("shi", "yao", "di", "qi")
"""These go on over paragraphs; the others make a list within one only (at the head of lines they are numbered lines)."""
_BOUNDARY = regex(r"[。；：，、,;:\s”》）)*]$")
_DEEPEST = 8


class Point(NamedTuple):
    """One marker: the place of its number, and the passage that it stands in."""

    number: int
    start: int
    end: int
    passage: Passage


@dataclass(slots=True)
class Chain:
    """The points of one enumeration in order of the text."""

    form: str
    points: list[Point] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The number that came last."""
        return self.points[-1].number

    def label(self, number: int) -> str:
        """A number in the form of this enumeration: 三是, ③."""
        if self.form == "circled":
            return chr(0x245F + number)
        return _FORMS[self.form].format(in_han(number) if self.form in _ACROSS else number)


def chains(reading: Reading) -> list[Chain]:
    """Every enumeration of the prose; those within paragraphs have at least two points and begin with the first."""
    found: list[Chain] = []
    open_: dict[str, list[Chain]] = {}
    for passage in reading.passages:
        if passage.blocks[0].kind == "heading" or ((item := item_of(passage)) is not None and item.heading):
            open_ = {}
            continue
        inside: dict[str, list[Chain]] = {}
        for form, point in _points(passage):
            stack = (open_ if form in _ACROSS else inside).setdefault(form, [])
            _place(form, point, stack, found)
    return [
        chain for chain in found if chain.form in _ACROSS or (len(chain.points) > 1 and chain.points[0].number == 1)
    ]


def _points(passage: Passage) -> Iterator[tuple[str, Point]]:
    words = passage.words
    for match in _MARKER.finditer(words):
        form = match.lastgroup or ""
        text = match[form]
        number = int(numeric(text)) if form == "circled" else int(text) if text.isdecimal() else from_han(text)
        if number == 0 or (form == "shi" and number == 1 and not _opens(words, match.start())):
            continue
        start = passage.start + match.start() + len(match[0]) - len(match[0].lstrip())
        yield form, Point(number, start, passage.start + match.end(), passage)


def _opens(words: str, at: int) -> bool:
    """Whether 一是 begins something here: 逐一是 and 之一是 do not."""
    return at == 0 or words[at - 1] in "为括即有" or _BOUNDARY.search(words[max(0, at - 2) : at]) is not None


def _place(form: str, point: Point, stack: list[Chain], found: list[Chain]) -> None:
    """Put a point where it goes on, or open an enumeration with it (inside the one that is open)."""
    at = next((n for n in range(len(stack) - 1, -1, -1) if stack[n].last + 1 == point.number), None)
    if at is None and point.number > 1 and stack:
        at = len(stack) - 1
    if at is None:
        chain = Chain(form, [point])
        found.append(chain)
        stack.append(chain)
        del stack[:-_DEEPEST]
        return
    stack[at].points.append(point)
    del stack[at + 1 :]
