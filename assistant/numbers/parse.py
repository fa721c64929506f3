"""From the characters of a number to its exact value, and the worth of its last printed digit.

Digits keep the places they were printed with. A Chinese numeral is worth what the same number in digits is worth: 二十 is 20,
printed to units; 两百万 is 200万, printed to 万; 一万二 is 1.2万. Nothing is rounded here, whatever the length of the digits.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from assistant.patterns import regex

_LONGEST = 40
"""No numeral in words is longer; a longer run of such characters is no number."""

_FORMAL: dict[int, int | str] = {
    **str.maketrans("〇○壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億两兩", "零零一二二三三四五六六七八九十百千万亿二二"),
    ord("廿"): "二十",
    ord("卅"): "三十",
}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_MYRIADS = (("亿", 8), ("万", 4))
_POWERS = {"十": 1, "百": 2, "千": 3, **dict(_MYRIADS)}
_PAIR = regex("一二|二三|三四|四五|五六|六七|七八|八九|三五")
_DIGIT = "[一二三四五六七八九]"
_SECTION = regex(
    f"(?:(?P<thousands>{_DIGIT}?)千)?零?(?:(?P<hundreds>{_DIGIT}?)百)?零?(?:(?P<tens>{_DIGIT}?)十)?零?(?P<last>{_DIGIT})?"
)

ONE = Decimal(1)
_KEPT = 16


class Reading(NamedTuple):
    """What a numeral says: its value, the worth of its last printed digit, and the high end of 二三十."""

    value: Decimal
    step: Decimal
    upper: Decimal | None = None

    def times(self, factor: Decimal) -> Reading:
        """Return the same numeral in units of `factor`."""
        upper = None if self.upper is None else self.upper * factor
        return Reading(self.value * factor, self.step * factor, upper)


def _plain_power(power: int) -> Decimal:
    return Decimal("1" + "0" * power) if power >= 0 else Decimal((0, (1,), power))


_PLAIN_POWERS = tuple(map(_plain_power, range(-_KEPT, _KEPT + 1)))


def power_of_ten(power: int) -> Decimal:
    """Return 10 to the power, written plainly: 100 and not 1E+2."""
    return _PLAIN_POWERS[power + _KEPT] if -_KEPT <= power <= _KEPT else _plain_power(power)


@cache
def magnitude(text: str) -> int:
    """Return the power of ten that characters such as 百万 or 万亿 stand for."""
    return sum(_POWERS[char] for char in text.strip(" \u00a0\u3000\n个").translate(_FORMAL))


def from_digits(text: str, power: int = 0) -> Reading:
    """Read digits with or without grouping commas, in units of ten to the `power`."""
    if not power and text.isdecimal():
        return Reading(Decimal(text), ONE)
    whole, _, fraction = "".join(text.replace(",", "").split()).partition(".")
    shift = power - len(fraction)
    if not power:
        value = Decimal(f"{whole}.{fraction}" if fraction else whole)
    elif shift >= 0:
        value = Decimal(whole + fraction + "0" * shift)
    else:
        value = Decimal(f"{whole}{fraction[:power]}.{fraction[power:]}")
    return Reading(value, power_of_ten(shift))


def from_chinese(text: str) -> Reading | None:
    """Read a numeral in Chinese characters, plain or formal (壹佰贰拾叁); `None` if it is not well formed.

    Two neighbouring digits are an estimate: 二三十 is 20 to 30, 十七八 is 17 to 18.
    """
    return None if len(text) > _LONGEST else _chinese(text)


@lru_cache(maxsize=4096)
def _chinese(text: str) -> Reading | None:
    """Read a numeral of sane length; a report says the same few again and again."""
    plain = text.translate(_FORMAL)
    if "点" in plain:
        return _with_fraction(plain)
    pair = _PAIR.search(plain) if len(plain) > 1 else None
    if pair is None:
        return _whole(plain)
    low, high = (_whole(plain[: pair.start()] + digit + plain[pair.end() :], estimated=True) for digit in pair[0])
    return low._replace(upper=high.value) if low and high and low.value < high.value else None


def _with_fraction(plain: str) -> Reading | None:
    """Read 九十五点五 and 一点二亿."""
    whole, _, rest = plain.partition("点")
    fraction = rest.rstrip("十百千万亿")
    left = _whole(whole)
    if left is None or not fraction or any(char not in _DIGITS for char in fraction):
        return None
    digits = "".join(str(_DIGITS[char]) for char in fraction)
    return from_digits(f"{left.value}.{digits}", magnitude(rest[len(fraction) :]))


def _whole(plain: str, *, estimated: bool = False) -> Reading | None:
    """Read a whole number; a last digit straight after its place is one place lower (一万二), unless it is `estimated`."""
    for myriad, power in _MYRIADS:
        head, found, tail = plain.rpartition(myriad)
        if not found:
            continue
        high = _whole(head, estimated=estimated) if head else Reading(ONE, ONE)
        if high is None:
            return None
        high = high.times(power_of_ten(power))
        if not tail:
            return high
        low = _whole(tail, estimated=estimated)
        if low is None or low.value >= power_of_ten(power):
            return None
        if len(tail) == 1 and not estimated:
            low = low.times(power_of_ten(power - 1))
        return Reading(high.value + low.value, low.step)
    return _section(plain, estimated=estimated)


def _section(plain: str, *, estimated: bool) -> Reading | None:
    """Read what stands between 万 and 亿: at most four digits with their places."""
    places = _SECTION.fullmatch(plain)
    if places is None or not plain:
        return None
    thousands, hundreds, tens, last = (
        0 if digit is None else _DIGITS.get(digit, 1) for digit in places.group("thousands", "hundreds", "tens", "last")
    )
    step = 1
    if last and not estimated:
        step = {"千": 100, "百": 10}.get(plain[-2:-1], 1)
    return Reading(Decimal(thousands * 1000 + hundreds * 100 + tens * 10 + last * step), Decimal(step))
