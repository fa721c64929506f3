"""Dates that cannot be: 2月30日, 〔2032〕 on a report of 2022, filled in before the year was over, done after it was filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.verify.itself.calendar import Day, days, filled_in, own_year, signed
from assistant.verify.reading.enumerators import shortened
from assistant.verify.reading.reading import Reading

_MONTH_AND_DAY = regex(r"(?P<month>\d(?<![\d年.]\d)\d?)\s{0,2}月\s{0,2}(?P<day>\d{1,2})\s{0,2}日")
_MONTH = regex(r"20(?<!\d20)\d\d\s{0,2}年\s{0,2}(?P<month>\d{1,2})\s{0,2}月(?!\s{0,2}\d{1,2}\s{0,2}日)")
_ODD_NUMBER = regex(r"[〔\[](?P<year>\d{1,3}|\d{5,6})[〕\]]\s{0,2}\d{1,4}\s{0,2}号")
_DONE = regex(r"完成|公开|公示|印发|竣工|验收|召开|举办|开展|批复|收到|办结")
_AHEAD = regex(r"计划|拟|将|预计|力争|之?前|有效|截[至止]|到期|期限|至|直到|要求|应|须")
_SPAN = regex(
    r"(?P<year>20\d\d\s{0,2}年)?\s{0,2}(?<!\d)(?P<m1>\d{1,2})\s{0,2}月\s{0,2}(?P<d1>\d{1,2})\s{0,2}日\s{0,2}(?:至|到|[-—－~～]{1,2})"
    r"(?P<between>\s{0,2}(?:次年|同年|20\d\d\s{0,2}年)?\s{0,2})(?:(?P<m2>\d{1,2})\s{0,2}月\s{0,2})?(?P<d2>\d{1,2})\s{0,2}日"
)
_HALF_YEAR = 6
"""A span whose months turn by more goes into the next year: 12月21日至1月20日."""
_OLDEST = 1949
_LEAP = 2024
_NEAR = 24


def dates(reading: Reading) -> Iterator[Finding]:
    """A finding for each date that the calendar, the day of filling in or the year of the report rules out."""
    filled = filled_in(reading)
    own = reading.card.year if reading.card is not None else own_year(reading)
    yield from _impossible(reading)
    yield from _document_numbers(reading, filled, own)
    yield from _turned(reading)
    by_hand = signed(reading)
    if own is not None and by_hand is not None and by_hand.value is not None and by_hand.value < date(own, 12, 1):
        said = f"落款日期{by_hand.words}早于{own}年末，而报告评价的是{own}年度全年。请核对落款日期和评价年度"
        yield _finding(reading, "warning", by_hand, said)
    if filled is None or filled.value is None:
        return
    if own is not None and filled.value < date(own, 12, 1):
        yield _finding(
            reading,
            "warning",
            filled,
            f"填报日期{filled.words}早于{own}年末，而报告评价的是{own}年度全年。请核对填报日期和评价年度",
        )
    yield from _done_later(reading, filled, filled.value)


def _impossible(reading: Reading) -> Iterator[Finding]:
    """Days that no calendar has."""
    text = reading.text.text
    taken: list[Day] = []
    for day in days(text, 0):
        taken.append(day)
        if day.value is None:
            yield _finding(reading, "error", day, f"“{day.words}”这一天不存在。请改正")
    known = {day.start for day in taken}
    for found in _MONTH_AND_DAY.finditer(text):
        if not _exists(int(found["month"]), int(found["day"])) and not any(
            start in known for start in range(max(0, found.start() - 12), found.start() + 1)
        ):
            stood = Day(None, found.start(), found.end(), found[0])
            yield _finding(reading, "error", stood, f"“{found[0]}”这一天不存在。请改正")
    for found in _MONTH.finditer(text):
        if not 1 <= int(found["month"]) <= 12:
            stood = Day(None, found.start(), found.end(), found[0])
            yield _finding(reading, "error", stood, f"“{found[0]}”这个月份不存在。请改正")


def _turned(reading: Reading) -> Iterator[Finding]:
    """A span that ends before it begins, inside one year: 3月21日至3月20日."""
    for passage in reading.passages:
        if "日" not in passage.words:
            continue
        for found in _SPAN.finditer(passage.words):
            begin, end = (int(found["m1"]), int(found["d1"])), (int(found["m2"] or found["m1"]), int(found["d2"]))
            if end < begin and (begin[0] - end[0] < _HALF_YEAR) and not (found["year"] and "年" in found["between"]):
                start = passage.start + found.start()
                stood = Day(None, start, passage.start + found.end(), found[0])
                yield _finding(
                    reading,
                    "error" if begin[0] == end[0] else "warning",
                    stood,
                    f"“{found[0]}”的截止日早于起始日。请改正",
                )


def _exists(month: int, day: int) -> bool:
    try:
        date(_LEAP, month, day)
    except ValueError:
        return False
    return True


def _document_numbers(reading: Reading, filled: Day | None, own: int | None) -> Iterator[Finding]:
    """The year of a 文号: not after the report was filled in, not before there were any."""
    for mention in reading.mentions:
        if mention.kind != "docno":
            continue
        year = int(re.sub(r"\D", "", mention.norm[:6]) or 0)
        stood = Day(None, mention.start, mention.end, mention.text)
        if filled is not None and filled.value is not None and year > filled.value.year:
            said = f"文号“{mention.text}”的年份晚于填报日期（{filled.words}）。请核对文号"
            yield _finding(reading, "error", stood, said)
        elif year < _OLDEST or (own is not None and year > own + 2):
            yield _finding(reading, "warning", stood, f"文号“{mention.text}”的年份不合常理。请核对文号")
    for found in _ODD_NUMBER.finditer(reading.text.text):
        stood = Day(None, found.start(), found.end(), found[0])
        yield _finding(reading, "warning", stood, f"文号“{found[0]}”的年份不是四位。请核对文号")


def _done_later(reading: Reading, filled: Day, limit: date) -> Iterator[Finding]:
    """What is told as done on a day after the report was filled in."""
    for passage in reading.passages:
        for day in days(passage.words, passage.start):
            if day.value is None or day.value <= limit:
                continue
            at = day.start - passage.start
            near = passage.words[max(0, at - _NEAR) : at + len(day.words) + _NEAR]
            if _DONE.search(near) and not _AHEAD.search(near):
                said = f"“{shortened(near, 50)}”说的{day.words}晚于填报日期{filled.words}（{reading.text.place(filled.start)}）。请核对两个日期"
                yield _finding(reading, "warning", day, said)


def _finding(reading: Reading, severity: Severity, day: Day, said: str) -> Finding:
    return Finding(
        "year", severity, f"{reading.text.place(day.start)}：{said}。", quote=day.words, start=day.start, end=day.end
    )
