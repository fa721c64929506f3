"""Shares and multiples said in words: 百分之九十五点五, 过半, 翻一番."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.numbers.context import said_of
from assistant.numbers.mention import Bound, Mention
from assistant.numbers.parse import ONE, Reading, from_chinese, from_digits, power_of_ten
from assistant.numbers.units import Unit, unit_at
from assistant.patterns import regex

_PARTS = {"百": "%", "千": "‰", "万": "‱"}
_HIGH_END = regex(
    r"[-–—~～至到](?:[百千]分之)?"
    "(?P<number>[0-9]{1,9}(?:\\.[0-9]{1,9})?|[零〇一二三四五六七八九十]{1,6}(?:点[零一二三四五六七八九]{1,6})?)"
)
_HALF = Decimal(50)
_INSIDE: dict[str, Bound] = {"近": "below", "超": "above", "约": "about"}
_DOUBLINGS = {"": 1, "一": 1, "1": 1, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}


def parts(found: re.Match[str]) -> Mention | None:
    """Read 百分之五, 千分之三, 万分之五, and 百分之五至百分之十."""
    text, start, end = found.string, *found.span()
    number = found[0].partition("之")[2].strip()
    odd: Bound = "above" if number.endswith("几") else ""
    number = number.rstrip("几")
    reading = Reading(Decimal(100), ONE) if number in ("", "百") else _number(number)
    if reading is None:
        return None
    high = _HIGH_END.match(text, end)
    upper = _number(high["number"]) if high else None
    if high and upper and upper.value > reading.value:
        end = high.end()
        reading = Reading(reading.value, min(reading.step, upper.step), upper.value)
    share = _share(text, start, end, reading, _PARTS[found[0][0]])
    return share._replace(bound=odd) if odd else share


def half(found: re.Match[str]) -> Mention | None:
    """Read 过半, 半数 and 一半 as 50 %, and 半年 as half a year."""
    text, start, end = found.string, *found.span()
    if found[0] == "半":
        unit = unit_at(text, end)
        return _half_a(unit, text, start, end) if unit else None
    mention = _share(text, start, end, Reading(_HALF, power_of_ten(1)), "%")
    if found[0] != "过半" and mention.bound != "above":
        return mention
    return Mention(start, end, mention.text, "percent", _HALF, None, "%", _HALF, "above", "", "", mention.inclusive)


def doubling(found: re.Match[str]) -> Mention:
    """Read 翻一番 as twice, 翻两番 as four times; 翻近两番 is less."""
    start, end = found.span()
    said = found[0].strip("翻了番 \u00a0\u3000")
    times = Decimal(2 ** _DOUBLINGS[said.lstrip("近超约 \u00a0\u3000")])
    bound, _, inclusive = said_of(found.string, start, end, "倍")
    bound = _INSIDE.get(said[:1], bound)
    return Mention(start, end, found[0], "multiple", times, None, "倍", ONE, bound, "up", "", inclusive)


def couple(found: re.Match[str]) -> Mention:
    """Read 俩 as two and 仨 as three, of persons or things: 俩人, 兄弟俩, 俩月."""
    text, start, end = found.string, *found.span()
    counted = {"人": "人", "月": "个月"}.get(text[end : end + 1], "")
    end += len(counted[:1])
    value = Decimal(2 if found[0] == "俩" else 3)
    return Mention(start, end, text[start:end], "count", value, None, counted or "个", ONE)


def _number(text: str) -> Reading | None:
    return from_digits(text) if text[0].isascii() else from_chinese(text)


def _half_a(unit: Unit, text: str, start: int, end: int) -> Mention:
    end += len(unit.word)
    bound, _, inclusive = said_of(text, start, end, unit.name)
    value, step = Decimal("0.5"), power_of_ten(-1)
    return Mention(start, end, text[start:end], "count", value, None, unit.name, step, bound, "", "", inclusive)


def _share(text: str, start: int, end: int, reading: Reading, unit: str) -> Mention:
    bound, turn, inclusive = said_of(text, start, end, unit)
    value, step, upper = reading
    return Mention(start, end, text[start:end], "percent", value, upper, unit, step, bound, turn, "", inclusive)
