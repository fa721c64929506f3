"""Dates, years, quarters and times of day, with their norms: 2020-06, --07-15, ---15, 2021-Q1, 2019/2023, T08:30."""

from __future__ import annotations

import re

from assistant.numbers.mention import Mention
from assistant.numbers.parse import from_chinese

_NUMBER = re.compile("[0-9]+|[零〇○一二三四五六七八九十]+")
_TO = re.compile("[-–—~～－−至到/]")
_DIGIT = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_QUARTER = re.compile("[一二三四两1-4]")
_ISO = re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})")
_MONTHLY = re.compile("(?P<year>[0-9]{4})-(?P<month>[0-9]{2})")
_DOTTED = re.compile(r"[0-9]{4}\.[0-9]{1,2}")


def date(found: re.Match[str]) -> Mention:
    """Read a date in digits or words, or a span of dates: 2020年1-6月 is 2020-01/2020-06."""
    text = found[0]
    if "季" in text:
        return _mention(found, _quarters(text))
    if "时" in text or "点" in text:
        return _mention(found, _time(text))
    iso = _ISO.match(text)
    if iso:
        return _mention(found, f"{iso['year']}-{int(iso['month']):02}-{int(iso['day']):02}")
    monthly = _MONTHLY.fullmatch(text)
    if monthly:
        return _mention(found, text)
    dotted = _DOTTED.findall(text)
    if dotted:
        return _mention(found, "/".join(f"{part[:4]}-{int(part[5:]):02}" for part in dotted))
    year, mark, rest = text.partition("年")
    if not mark:
        year, rest = "", text
    begin, *finish = _TO.split(rest, maxsplit=1)
    first = [_integer(part) for part in _NUMBER.findall(begin)]
    prefix = f"{_integer_year(year)}-" if year else "--"
    norm = _join(prefix, first)
    if finish:
        second = [_integer(part) for part in _NUMBER.findall(finish[0])]
        if "月" not in finish[0]:
            second = [*first[:1], *second]
        norm = f"{norm}/{_join(prefix, second)}"
    return _mention(found, norm)


def year(found: re.Match[str]) -> Mention:
    """Read a year or a span of years: 2019-2023年 is 2019/2023."""
    text = found[0]
    begin, *finish = _TO.split(text, maxsplit=1)
    first = _integer_year(begin)
    norm = first
    if finish:
        second = re.sub("[^0-9]", "", finish[0])
        norm = f"{first}/{first[:2] + second if len(second) == 2 else second}"
    return Mention(found.start(), found.end(), text, "year", norm=norm)


def clock(found: re.Match[str]) -> Mention:
    """Read a time of day written with colons."""
    hour, *rest = re.split("[:：]", found[0])
    return _mention(found, f"T{int(hour):02}:{':'.join(rest)}")


def quarter(found: re.Match[str]) -> Mention:
    """Read 第三季度 or 前三季度."""
    last = _quarters(found[0])
    return _mention(found, f"--Q1/{last}" if found[0].startswith("前") else last)


def _mention(found: re.Match[str], norm: str) -> Mention:
    return Mention(found.start(), found.end(), found[0], "date", norm=norm)


def _quarters(text: str) -> str:
    before, mark, rest = text.partition("年")
    prefix = f"{before.strip()[:4]}-" if mark else "-" if text[:4].isdecimal() else "--"
    if not mark and text[:4].isdecimal():
        prefix, rest = f"{text[:4]}-", text[4:]
    elif not mark:
        rest = text
    numbers = [_integer(number) for number in _QUARTER.findall(rest.partition("季")[0])]
    ends = [numbers[0], numbers[-1]] if len(numbers) > 1 else numbers
    return "/".join(f"{prefix}Q{number}" for number in ends)


def _time(text: str) -> str:
    hour, *minute = _NUMBER.findall(text)
    minutes = int(minute[0]) if minute else 30 if text.endswith("半") else 0
    return f"T{int(hour):02}:{minutes:02}"


def _integer(text: str) -> int:
    if text.isascii():
        return int(text)
    reading = from_chinese({"两": "二"}.get(text, text))
    return int(reading.value) if reading else 0


def _integer_year(text: str) -> str:
    return "".join(char for char in text.translate(_DIGIT) if char.isascii() and char.isdecimal())[:4]


def _join(prefix: str, parts: list[int]) -> str:
    return prefix + "-".join(f"{part:02}" for part in parts)


_DAYS = re.compile(
    "(?P<first>[0-9]{1,2})日?(?:[ \u00a0]?[-–—~～－−至到][ \u00a0]?(?P<last>[0-9]{1,2}))?[ \u00a0\u3000]{0,2}日"
)
_LAST_DAY = 31
_LASTS = re.compile("之?[内后]|以[内上]|游|龄")
_LASTING = ("为期", "历时", "连续", "超过", "少于", "提前", "延长", "停产", "缩短", "累计", *"共满每达约")


def day(text: str, start: int, end: int) -> Mention | None:
    """Read 15日 as a day of the month, unless it is a length of time (20日内, 为期3日)."""
    days = _DAYS.fullmatch(text, start, end)
    if not days or not 1 <= int(days["first"]) <= _LAST_DAY or _LASTS.match(text, end):
        return None
    if text.endswith(_LASTING, 0, start):
        return None
    norm = "/".join(f"---{int(number):02}" for number in days.group("first", "last") if number)
    return Mention(start, end, text[start:end], "date", norm=norm)
