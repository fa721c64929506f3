"""批复 and 公开: not before it, within 20 days of it, as the text itself claims (field-notes §6, rule 19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.verify.itself.calendar import Day, days
from assistant.verify.reading.enumerators import shortened
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.reading import Reading

_APPROVED = regex(r"批复|批准|下达")
_PUBLISHED = regex(r"公开|公示|公布")
_CLAIMED = regex(r"(?:20|二十)\s?[天日](?:之?内|以内)")
_WORKING_DAYS = regex(r"工作日")
_LIMIT = timedelta(days=20)
_NO_YEAR = regex(r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_STOP = regex(r"[。；\n\t]")
_HALF_YEAR = 6
_NEAR = 60
_BETWEEN = regex(r"[。；\n\t]")


def disclosure(reading: Reading) -> Iterator[Finding]:
    """A finding for each pair of dates, 批复 then 公开, that stand together and do not go together."""
    for passage in reading.passages:
        if not _PUBLISHED.search(passage.words):
            continue
        found = [day for day in _days(passage) if day.value is not None]
        for at, (before, after) in enumerate(pairwise(found)):
            if _is_pair(reading, found, at):
                yield from _judged(reading, before, after, passage.words)
    for table in reading.tables:
        approved = next((c for c, h in enumerate(table.heads) if any("批复" in w and "日期" in w for w in h)), None)
        published = next((c for c, h in enumerate(table.heads) if any("公开" in w and "日期" in w for w in h)), None)
        if approved is None or published is None:
            continue
        for row in table.body:
            if approved in row and published in row:
                first = next(days(row[approved].words, row[approved].start), None)
                second = next(days(row[published].words, row[published].start), None)
                if first and second and first.value and second.value:
                    yield from _judged(reading, first, second, "")


def _days(passage: Passage) -> list[Day]:
    """The dates of a paragraph; 3月19日 behind 2021年3月5日 in one sentence is of its year."""
    found = list(days(passage.words, passage.start))
    for before in tuple(found):
        at = before.end - passage.start
        rest = _STOP.split(passage.words[at : at + _NEAR], maxsplit=1)[0]
        short = _NO_YEAR.search(rest)
        if before.value is None or short is None or "年" in rest[: short.start()]:
            continue
        month, day = int(short["month"]), int(short["day"])
        if before.value.month - month > _HALF_YEAR:
            continue
        try:
            value = before.value.replace(month=month, day=day)
        except ValueError:
            continue
        found.append(Day(value, before.end + short.start(), before.end + short.end(), short[0]))
    return sorted(found, key=lambda one: one.start)


def _is_pair(reading: Reading, found: list[Day], at: int) -> bool:
    """Whether a date is said of 批复 and the next one of 公开, in one sentence."""
    text = reading.text.text
    before, after = found[at], found[at + 1]
    between = text[before.end : after.start]
    if len(between) > 2 * _NEAR or _BETWEEN.search(between):
        return False
    low = found[at - 1].end if at else 0
    lead = re.split(r"[，。；\n\t]", text[max(low, before.start - _NEAR) : before.start])[-1]
    high = found[at + 2].start if at + 2 < len(found) else len(text)
    tail = re.split(r"[。；\n\t]", text[after.end : min(high, after.end + _NEAR)])[0]
    if _PUBLISHED.search(lead) or (_APPROVED.search(tail) and not _PUBLISHED.search(between)):
        return False
    first = re.split(r"[，,]", between, maxsplit=1)[0]
    return bool(_APPROVED.search(lead + first)) and bool(_PUBLISHED.search(between + tail))


def _judged(reading: Reading, before: Day, after: Day, words: str) -> Iterator[Finding]:
    if before.value is None or after.value is None:
        return
    taken = after.value - before.value
    stood = f"批复日期{before.words}，公开日期{after.words}"
    if taken < timedelta(0):
        yield _finding(reading, "error", before, after, f"{stood}：公开在批复之前{-taken.days}天。请核对两个日期")
    elif taken > _LIMIT and not _WORKING_DAYS.search(words):
        claimed = _CLAIMED.search(words)
        said = f"，与所写“{claimed[0]}”不符" if claimed else ""
        yield _finding(
            reading, "error" if claimed else "warning", before, after,
            f"{stood}，相隔{taken.days}天，超过20天{said}。请核对两个日期，或说明迟公开的原因",
        )  # fmt: skip


def _finding(reading: Reading, severity: Severity, before: Day, after: Day, said: str) -> Finding:
    quote = reading.text.text[before.start : after.end]
    return Finding(
        "year", severity, f"{reading.text.place(after.start)}：{said}。", quote=shortened(quote, 80), start=after.start, end=after.end
    )  # fmt: skip
