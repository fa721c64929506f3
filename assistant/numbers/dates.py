"""Dates, years, quarters and times of day, with their norms: 2020-06, --07-15, ---15, 2021-Q1, 2019/2023, T08:30."""

from __future__ import annotations

import re

from assistant.numbers.mention import Mention
from assistant.numbers.parse import from_chinese
from assistant.patterns import regex

_NUMBER = regex("[0-9]+|[零〇○一二三四五六七八九十]+")
_TO = regex("[-–—~～－−至到/]")
_DIGIT = str.maketrans("零〇○OＯ一二三四五六七八九", "00000123456789")
_YEAR = regex("[0-9]{4}")
_QUARTER = regex("[一二三四两1-4]")
_IN_FIGURES = regex(r"[0-9]{4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2}(?![0-9]))?")

_DAYS = regex(
    "(?P<first>[0-9]{1,2})日?(?:[ \u00a0]?[-–—~～－−至到][ \u00a0]?(?P<last>[0-9]{1,2}))?[ \u00a0\u3000]{0,2}日"
)
_LAST_DAY = 31
_NOON = 12
_AFTERNOON = regex("(?:下午|午后|傍晚|晚上|当晚|今晚) ?$")
_LASTS = regex("之?[内后]|以[内上]|游|龄")
_LASTING = ("为期", "历时", "连续", "超过", "少于", "提前", "延长", "停产", "缩短", "累计", *"共满每达约")


def date(found: re.Match[str]) -> Mention:
    """Read a date in digits or words, or a span of dates: 2020年1-6月 is 2020-01/2020-06."""
    text = found[0]
    year, mark, rest = text.partition("年")
    if not mark:
        year, rest = "", text
    begin, *finish = _TO.split(rest, maxsplit=1)
    prefix = f"{_year_digits(year)}-" if year else "--"
    first = [_integer(part) for part in _NUMBER.findall(begin)]
    norm = prefix + _join(first)
    if finish:
        second = [_integer(part) for part in _NUMBER.findall(finish[0])]
        norm = f"{norm}/{prefix}{_join(second if '月' in finish[0] else [*first[:1], *second])}"
    return _mention(found, norm)


def date_in_figures(found: re.Match[str]) -> Mention:
    """Read 2021-03-05, 2021.3.5, 2021-03, 06-30, or the span 2020.9-2021.6."""
    if found[0][0] == "0":
        return _mention(found, f"--{found[0]}")
    parts = (re.split("[-/.]", one) for one in _IN_FIGURES.findall(found[0]))
    return _mention(found, "/".join(_join([int(part) for part in one]) for one in parts))


def year(found: re.Match[str]) -> Mention:
    """Read a year or a span of years: 2019-2023年 is 2019/2023, 20年底 is 2020."""
    text = found[0]
    begin, *finish = _TO.split(text, maxsplit=1)
    first = _year_digits(begin)
    norm = f"20{first}" if len(first) == 2 else first
    if finish:
        second = re.sub("[^0-9]", "", finish[0])
        norm = f"{first}/{first[:2] + second if len(second) == 2 else second}"
    return Mention(found.start(), found.end(), text, "year", norm=norm)


def quarters(found: re.Match[str]) -> Mention:
    """Read 一季度, 2021年第一季度, 前三季度, 1-3季度."""
    text = found[0]
    year = _YEAR.match(text)
    prefix = f"{year[0]}-Q" if year else "--Q"
    numbers = _QUARTER.findall(text, year.end() if year else 0)
    if "前" in text:
        numbers = ["1", *numbers]
    ends = numbers if len(numbers) == 1 else (numbers[0], numbers[-1])
    return _mention(found, "/".join(f"{prefix}{_integer(number)}" for number in ends))


def time(found: re.Match[str]) -> Mention:
    """Read a time of day: 14:30, 9时30分, 8点半, 下午3点 (T15:00)."""
    hour, *rest = _NUMBER.findall(found[0])
    if int(hour) < _NOON and _AFTERNOON.search(found.string, max(0, found.start() - 3), found.start()):
        hour = str(int(hour) + _NOON)
    if not rest:
        rest = ["30" if found[0].endswith("半") else "00"]
    return _mention(found, "T" + ":".join(f"{int(number):02}" for number in (hour, *rest)))


def day(text: str, start: int, end: int) -> Mention | None:
    """Read 15日 as a day of the month, unless it is a length of time (20日内, 为期3日)."""
    days = _DAYS.fullmatch(text, start, end)
    if not days or not 1 <= int(days["first"]) <= _LAST_DAY or _LASTS.match(text, end):
        return None
    if text.endswith(_LASTING, 0, start):
        return None
    norm = "/".join(f"---{int(number):02}" for number in days.group("first", "last") if number)
    return Mention(start, end, text[start:end], "date", norm=norm)


def _mention(found: re.Match[str], norm: str) -> Mention:
    return Mention(found.start(), found.end(), found[0], "date", norm=norm)


def _integer(text: str) -> int:
    if text.isascii():
        return int(text)
    reading = from_chinese(text)
    return int(reading.value) if reading else 0


def _year_digits(text: str) -> str:
    """Return the first four digits, whatever they are written with: 二〇二〇, 2 0 2 0."""
    return "".join(char for char in text.translate(_DIGIT) if char.isascii() and char.isdecimal())[:4]


def _join(parts: list[int]) -> str:
    return "-".join(f"{part:02}" for part in parts)
