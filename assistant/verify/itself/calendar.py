"""Full dates in a text, the day it was filled in, and the year that it reports on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from assistant.documents import Block
from assistant.patterns import regex
from assistant.verify.reading.enumerators import from_han
from assistant.verify.reading.reading import Reading

FULL_DATE = regex(
    r"(?P<year>20(?<![\d〔]20)\d\d)\s{0,2}年\s{0,2}(?P<month>\d{1,2})\s{0,2}月\s{0,2}(?P<day>\d{1,2})\s{0,2}日"
)
"""A pattern that begins with 20 itself, and looks back from there, is found at once in a text of Chinese words."""
YEAR = regex(r"(?P<year>20(?<![\d\-－—~～]20)\d\d)(?=\s{0,2}年(?!\s{0,2}[-—－~～至到]\s{0,2}20))")
HAN_YEAR = regex(r"二[〇○零Ｏ][一二三四五六七八九〇○零]{2}(?=年)")
_HAN_DATE = regex(
    r"\s*(?P<year>二[〇○零Ｏ][一二三四五六七八九〇○零]{2})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日\s*$"
)
_SIGNED = 8
"""So many paragraphs from the end the date of the signature may stand."""
_FILLED = regex(r"填(?:报|表|写)(?:日期|时间)|报告日期|报送日期|自评日期")
_OF_REPORT = regex(r"报告|自评|评价|评分|绩效|整体支出|^[（(]?\s?20\d\d\s?年度?\s?[）)]?$")
_BODY = regex(r"[一二三四五六七八九十]\s?、|[（(]\s?[一二三四五六七八九十]\s?[）)]|[1１]\s?[.、]|第[一1][章部]")
_NOT_TITLE = regex(r"日期|时间|通知|文件|根据|按照|[。；]|《")
_LONGEST_TITLE = 60
_COVER = 14
"""So many lines from the top a title or cover may stand."""
_OF_ANY_YEAR = regex(
    r"\s{0,2}年\s{0,2}(?:(?!12\s{0,2}月\s{0,2}31\s{0,2}日|12\s{0,2}月[底末])\d{1,2}\s{0,2}月|[^，。；]{0,6}(?:起|以前|之前|[底末]?前))"
)
_COMING = regex(r"下一步|下步|计划|拟|将|力争|争取|预计|整改|改进|明年|次年|下一?年|目标|建议|规划")
_STOP = regex(r"[，。；：！？\n]")
_NEAR = 24
_NEARLY_ALWAYS = 4
"""So often a text must name a year before its title is doubted."""


class Day(NamedTuple):
    """A full date as it is written; `value` is None where the calendar has no such day."""

    value: date | None
    start: int
    end: int
    words: str


def days(words: str, start: int) -> Iterator[Day]:
    """The full dates of a stretch that begins at `start` of the text."""
    for found in FULL_DATE.finditer(words):
        try:
            value: date | None = date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            value = None
        yield Day(value, start + found.start(), start + found.end(), found[0])


def filled_in(reading: Reading) -> Day | None:
    """The day on which the report says that it was filled in."""
    text = reading.text.text
    for found in _FILLED.finditer(text):
        after = text[found.end() : found.end() + 40].partition("\n")[0]
        stood = next(days(after, found.end()), None)
        if stood is not None and not re.search(r"[，。；]", after[: stood.start - found.end()]):
            return stood
    return None


def signed(reading: Reading) -> Day | None:
    """The date alone on a line at the end, under the name of the unit."""
    for passage in reversed(reading.passages[-_SIGNED:]):
        words = passage.words
        if len(words) > _LONGEST_TITLE:
            continue
        han = _HAN_DATE.match(words)
        if han is not None:
            try:
                value = date(from_han_year(han["year"]), from_han(han["month"]), from_han(han["day"]))
            except ValueError:
                return None
            return Day(value, passage.start, passage.end, words.strip())
        day = next(days(words, passage.start), None)
        if day is not None and not re.search(r"[，。；：]", words) and words.rstrip().endswith("日"):
            return day
    return None


def from_han_year(words: str) -> int:
    """二〇二二 as 2022."""
    return int(
        "".join(str("〇一二三四五六七八九".find(char)) if char in "一二三四五六七八九" else "0" for char in words)
    )


def titles(reading: Reading) -> list[tuple[Block, re.Match[str]]]:
    """The lines of the cover and of the title that name a year, with it: 2021年度部门整体绩效自评报告."""
    text, found = reading.text, []
    lines = [block for block in text.blocks if block.kind in ("paragraph", "heading")][:_COVER]
    for block in lines:
        words = text.text[block.start : block.end]
        if _BODY.match(words):
            break
        if len(words) <= _LONGEST_TITLE and _OF_REPORT.search(words) and not _NOT_TITLE.search(words):
            found += [(block, year) for year in YEAR.finditer(words)]
    return found


def _spoken_of(reading: Reading) -> Iterator[int]:
    """The years that a text speaks of; a month, a deadline, a plan or a cited paper is of any year."""
    text = reading.text.text
    for year in YEAR.finditer(text):
        before = _STOP.split(text[max(0, year.start() - _NEAR) : year.start()])[-1]
        after = text[year.end() : year.end() + _NEAR]
        cited = before.count("《") > before.count("》")
        if not cited and not _OF_ANY_YEAR.match(after) and not _COMING.search(before + _STOP.split(after)[0]):
            yield int(year["year"])


def own_year(reading: Reading) -> int | None:
    """The year that a report is about: of most of its titles, unless its text speaks of another one nearly all the time.

    Without a title that says one, the year that it names most; None where two are named alike.
    """
    said = Counter(_spoken_of(reading))
    named = Counter(int(year["year"]) for _, year in titles(reading))
    ranked = said.most_common(2)
    if not ranked:
        return None
    (most, times), next_to = ranked[0], ranked[1][1] if len(ranked) > 1 else 0
    if not named:
        return most if times > next_to else None
    titled = max(named, key=lambda year: (named[year], said[year]))
    doubted = named[titled] == 1 and times >= _NEARLY_ALWAYS and times >= 3 * next_to
    return most if doubted else titled
