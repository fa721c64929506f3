"""What belongs to a number after its unit: 角分整, the 半 of 两年半, the 多 of 3个多月; and the 成 of 三成, the 角 of 5角."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from assistant.numbers.mention import Bound
from assistant.numbers.parse import ONE, Reading, from_chinese, from_digits, power_of_ten
from assistant.numbers.units import Unit, unit_at
from assistant.patterns import regex

_ONE_DIGIT = "[0-9一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_FIRST = frozenset("成角毛分半多余来整正零0123456789一二三四五六七八九壹贰叁肆伍陆柒捌玖")
_TENTHS = regex(
    "成(?P<more>[一二三四五六七八九半](?![十百千万成个名项]))?(?![立员功果绩效本长交都熟就套人年型分不]|为(?!主))"
)
_CENTS = regex(
    f"(?:(?P<jiao>{_ONE_DIGIT})角)?(?:零?(?P<fen>{_ONE_DIGIT})分(?![^，。；、）)\\s整]))?(?:[整正](?![理改治合体个式在常]))?"
)
_COINS = regex("(?:(?P<tenth>角(?:钱|(?![度落色逐膜钢楼铁质门石斗尺星形]))|毛(?:钱|(?![利病坯])))|分钱)")
_MONTHS = regex("(?:(?P<half>半)|(?P<odd>[多余来]))(?P<unit>月|小时|学期|星期)")
_TIMES = frozenset("年 天 个月 小时 周 倍".split())
_NOT_HALF = regex("半[年天小]")
_LONGER = regex("多(?=[，。；、来的时前内）)])")
_PERCENT = Unit("成", "%", "percent", "")
_YUAN = Unit("元", "元", "money", "")
_HALF = Decimal("0.5")
_ONE_TENTH = power_of_ten(-1)


class Tail(NamedTuple):
    """The number once its tail is taken in."""

    end: int
    reading: Reading
    unit: Unit | None
    odd: Bound = ""


def tail(text: str, end: int, reading: Reading, unit: Unit | None) -> Tail | None:
    """Take in the tail that begins at `end`, where the number and its unit end; `None` if there is none."""
    following = text[end : end + 1]
    if following not in _FIRST:
        return None
    if unit is None:
        return _tenths(text, end, reading) if following == "成" else _coins(text, end, reading)
    if unit.name == "元":
        return _cents(text, end, reading, unit)
    if unit.name == "个":
        return _months(text, end, reading)
    if unit.name in _TIMES:
        if following == "半" and not _NOT_HALF.match(text, end):
            return Tail(end + 1, Reading(reading.value + _HALF, _ONE_TENTH), unit)
        if _LONGER.match(text, end):
            return Tail(end, reading, unit, "above")
    return None


def _tenths(text: str, end: int, reading: Reading) -> Tail | None:
    """Read 三成 as 30 %, 三成五 as 35 %."""
    found = _TENTHS.match(text, end)
    if not found:
        return None
    reading = reading.times(power_of_ten(1))
    if found["more"]:
        more = Decimal(5) if found["more"] == "半" else _digit(found["more"])
        reading = Reading(reading.value + more, ONE)
    return Tail(found.end(), reading, _PERCENT)


def _coins(text: str, end: int, reading: Reading) -> Tail | None:
    """Read 5角 and 5分钱 as parts of a yuan; in words only with 钱 (三角 is a shape)."""
    found = _COINS.match(text, end)
    if not found or not (text[end - 1].isdecimal() or found[0].endswith("钱")):
        return None
    return Tail(found.end(), reading.times(power_of_ten(-1 if found["tenth"] else -2)), _YUAN)


def _cents(text: str, end: int, reading: Reading, unit: Unit) -> Tail | None:
    """Read 12元5角3分, and take the 整 of a formal amount along."""
    found = _CENTS.match(text, end)
    if not found or found.end() == end:
        return None
    for group, power in (("jiao", -1), ("fen", -2)):
        if found[group]:
            step = power_of_ten(power)
            reading = Reading(reading.value + _digit(found[group]) * step, step)
    return Tail(found.end(), reading, unit)


def _months(text: str, end: int, reading: Reading) -> Tail | None:
    """Read 一个半月 as 1.5 months, 3个多月 as more than 3."""
    found = _MONTHS.match(text, end)
    if not found:
        return None
    unit = unit_at("个" + found["unit"], 0)
    if found["half"]:
        return Tail(found.end(), Reading(reading.value + _HALF, _ONE_TENTH), unit)
    return Tail(found.end(), reading, unit, "about" if found["odd"] == "来" else "above")


def _digit(text: str) -> Decimal:
    reading = from_digits(text) if text.isascii() else from_chinese(text)
    return reading.value if reading else Decimal(0)
