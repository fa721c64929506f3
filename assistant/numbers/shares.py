"""Shares and multiples said in words: 百分之九十五点五, 过半, 翻一番."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.numbers.context import bounds, direction
from assistant.numbers.mention import Mention
from assistant.numbers.parse import ONE, Reading, from_chinese, from_digits

_UNITS = {"百": "%", "千": "‰"}
_HIGH_END = re.compile(
    "[-–—~～至到](?:[百千]分之)?(?:(?P<digits>[0-9]{1,9}(?:\\.[0-9]{1,9})?)|(?P<words>[零〇一二三四五六七八九十]{1,6}(?:点[零一二三四五六七八九]{1,6})?))"
)
_HUNDRED = Decimal(100)
_HALF = Decimal(50)
_TEN = Decimal(10)
_TIMES = {"": 2, "一": 2, "1": 2, "两": 4, "二": 4, "2": 4, "三": 8, "3": 8, "四": 16, "4": 16}


def parts(found: re.Match[str]) -> Mention | None:
    """Read 百分之五, 千分之三, 百分之五至百分之十, and 万分之一 as the fraction that it is."""
    text, end = found.string, found.end()
    if "之" not in found[0] or found[0] == "百分之百":
        reading: Reading | None = Reading(_HUNDRED, ONE)
    else:
        reading = _number(found[0].partition("之")[2].strip())
    if reading is None:
        return None
    if found[0][0] == "万":
        norm = f"{reading.value}/10000"
        return Mention(found.start(), end, found[0], "ratio", reading.value / 10000, norm=norm)
    high = _HIGH_END.match(text, end)
    upper = (_number(high["digits"] or high["words"]) if high else None) or reading._replace(value=Decimal(0))
    if high and upper.value > reading.value:
        end = high.end()
        reading = Reading(reading.value, min(reading.step, upper.step), upper.value)
    return _share(text, found.start(), end, reading, _UNITS[found[0][0]])


def half(found: re.Match[str]) -> Mention | None:
    """Read 过半, 半数 and 一半 as 50 %, and 半年 as half a year."""
    text, start, end = found.string, found.start(), found.end()
    if found[0] == "半":
        unit = next(
            unit for unit in ("个月", "个小时", "小时", "年", "天", "日") if text.startswith(unit, end)
        )
        end += len(unit)
        name = unit.removeprefix("个") if unit == "个小时" else unit
        said = bounds(text, start, end, name)
        return Mention(
            start, end, text[start:end], "count", Decimal("0.5"), None, name, Decimal("0.1"), said.bound
        )
    more = found[0] == "过半"
    mention = _share(text, start, end, Reading(_HALF, _TEN), "%")
    if more or mention.bound == "above":
        return Mention(
            start,
            end,
            text[start:end],
            "percent",
            _HALF,
            None,
            "%",
            _HALF,
            "above",
            inclusive=mention.inclusive,
        )
    return mention


def doubling(found: re.Match[str]) -> Mention:
    """Read 翻一番 as twice, 翻两番 as four times."""
    times = Decimal(_TIMES["".join(char for char in found[0] if char not in "翻了番 ")])
    return Mention(found.start(), found.end(), found[0], "multiple", times, None, "倍", ONE, "", "up")


def _number(text: str) -> Reading | None:
    return from_digits(text) if text[:1].isascii() else from_chinese(text)


def _share(text: str, start: int, end: int, reading: Reading, unit: str) -> Mention:
    said = bounds(text, start, end, unit)
    return Mention(
        start, end, text[start:end], "percent", reading.value, reading.upper, unit, reading.step,
        said.bound, direction(text, said.start), inclusive=said.inclusive,
    )  # fmt: skip
