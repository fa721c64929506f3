"""A report as the pieces that are compared: its paragraphs as bare words, each with the way back to the text.

Bare: Chinese characters and letters only; a number is `#`, the unit's own name `@`, so that a copy in which only these were changed
is the same piece again; a title in 《》, which all cite alike, is `$`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from assistant.documents import Text
from assistant.masking import names_of
from assistant.patterns import regex
from assistant.retrieval.genres import genre_of
from assistant.verify.reading.facets import is_rubric
from assistant.verify.reading.passages import Passage, passages

NUMBER, OWN, TITLE = "#", "@", "$"
_NUMBER = r"[0-9０-９]+(?:[,，.．][0-9０-９]+)*"
_NUMBERS = regex(_NUMBER)
_SIGNS = regex("[#@$]")
_COMMA = regex("[,，]")
_HALF = str.maketrans("０１２３４５６７８９．", "0123456789.")
_TITLE = r"《[^》\n]{1,60}》"
_TITLES = regex(_TITLE)
_NOT_BARE = regex(r"[^\u3400-\u9fffA-Za-z#@$]+")
_TOKEN = rf"{_NUMBER}|[\u3400-\u9fffA-Za-z]"
_HEADING = regex(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、])+\s*")
_SHORTEST = 12
"""Bare characters: what is shorter is a heading or a name."""


_YEAR = regex(r"(?:19|20)\d\d")


@dataclass(frozen=True, eq=False)
class Report:
    """A report that is compared. `unit`: whose it is (one unit has one name in all years); `previous`: it is last year's."""

    unit: str
    name: str
    text: Text
    previous: bool = False

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the unit is called, the longest first."""
        return tuple(sorted(names_of(self.unit), key=len, reverse=True))

    @cached_property
    def _own(self) -> re.Pattern[str] | None:
        return re.compile("|".join(map(re.escape, self.names))) if self.names else None

    def bare(self, words: str) -> str:
        """The words without punctuation, numbers and own names as signs."""
        return _NOT_BARE.sub("", _NUMBERS.sub(NUMBER, self._signed(words)))

    def figures(self, words: str) -> tuple[str, ...]:
        """The number behind each sign of `bare(words)`, without commas between its digits."""
        return tuple(_COMMA.sub("", figure).translate(_HALF) for figure in _NUMBERS.findall(self._signed(words)))

    def places(self, words: str) -> list[tuple[int, int]]:
        """Start and end in `words` of each character of `bare(words)`."""
        own = f"{self._own.pattern}|" if self._own else ""
        return [found.span() for found in re.finditer(f"{_TITLE}|{own}{_TOKEN}", words)]

    def _signed(self, words: str) -> str:
        titled = _TITLES.sub(TITLE, _SIGNS.sub(" ", words))
        return self._own.sub(OWN, titled) if self._own else titled


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a report. `report` and `number` are places in the lists of reports and of the report's pieces."""

    report: int
    number: int
    words: str
    start: int
    section: tuple[str, ...]
    bare: str = field(repr=False)
    figures: tuple[str, ...] = field(default=(), repr=False)
    """What each `#` of it stands for."""

    @property
    def genre(self) -> str:
        """What kind of narrative its section is; "" where that is about figures."""
        return genre_of(tuple(_HEADING.sub("", heading) for heading in self.section), self.words)

    def figures_by_place(self) -> dict[int, str]:
        """The figures by the places of their signs."""
        signs = (at for at, sign in enumerate(self.bare) if sign == NUMBER)
        return dict(zip(signs, self.figures, strict=True))


def pieces(report: Report, at: int) -> Iterator[Piece]:
    """The paragraphs of the report that is number `at`; tables, headings and the wording of a rubric are left out."""
    number = 0
    for passage in passages(report.text):
        bare = report.bare(passage.words)
        if len(bare) >= _SHORTEST and not _is_heading(passage) and not is_rubric(passage.words):
            yield Piece(at, number, passage.words, passage.start, passage.section, bare, report.figures(passage.words))
            number += 1


def digits_of(figure: str) -> int:
    """How many of its digits count: zeros at its ends do not."""
    return len(figure.replace(".", "").strip("0"))


def is_year(figure: str) -> bool:
    """Whether it is written as a year is."""
    return bool(_YEAR.fullmatch(figure))


def _is_heading(passage: Passage) -> bool:
    return passage.blocks[0].kind == "heading"
