"""Numbers that claim something: value, unit, range, and the words around them.

`quantity` reads what the grammar found as digits or as a numeral in words. It returns `None` for a numeral that counts nothing
(the 一 of 统一), and lets `bare` have the digits that only name a place (附件1, a heading's 1.).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.numbers.bare import bare
from assistant.numbers.context import is_han, quoted, said_of
from assistant.numbers.dates import day
from assistant.numbers.grammar import AMOUNT
from assistant.numbers.mention import Bound, Mention
from assistant.numbers.parse import Reading, from_chinese, from_digits, magnitude, power_of_ten
from assistant.numbers.tails import tail
from assistant.numbers.units import DIGITS_ONLY, Unit, unit_at
from assistant.patterns import regex

_SPACES = frozenset(" \u00a0\u3000")
_NEXT_LINE = regex(r"\n{1,2}(?=[万亿]?元|%|个百分点|[万亿]?人次|[个名位人户家项件份篇条期场次套台][，。；、）])")
_MULTIPLIERS = frozenset("十百千万亿拾佰仟萬億")
_BARE = frozenset("百千万亿")
"""A numeral that begins with these is none (万众, 百姓), unless a word before or after makes it one (近百名, 万余人)."""
_BARE_BOUNDS = frozenset("近超逾过破")
_BARE_BEFORE = _BARE_BOUNDS | frozenset("上达成")
_MARKED = frozenset("得扣加减计记评")
_NOT_ONE = regex(
    "(?:(?<![系传])统|(?<![清订名账表菜工])单|(?<![主责担])任|(?<![合共协会连如胡])同|(?<![创更翻革维])新|[唯之逐每某这那另不])一"
    "|[上下]一[年级轮届次期批层]"
)
_ONE_NEVER = frozenset("片 点 块 段 级 道 面 头 株 周 米 升 斤 克 折 方面".split())
_PIECE = regex("(?P<digits>[0-9][0-9,.]*)(?P<mag>[十百千万]*)")
_RANGE_FIRST = frozenset("-–—~～－−至到（( \u00a0")
_RANGE = regex(r"(?:[（(]不?含[）)])?[ \u00a0]?(?:(?P<dash>[-–—~～－−])(?![-–—~～－−])|(?P<word>[至到]))[ \u00a0]?")
_CHANGE = ("从", "由", "自")
_MINUS = regex("[）)] ?[/÷×*]")
_SIGNS = frozenset("-－−负")
_NO_SIGN_AFTER = regex(r"[0-9A-Za-z%年月日元个人次分）)\-—–胜抱担肩正]")
_PRICE_MARKS = frozenset("￥¥币BY")
_PRICE = regex("(?:(?P<sign>[￥¥])|(?:人民币|RMB|CNY)[：:]?) ?$")
_YUAN = unit_at("元", 0)
_LONGEST = 100
"""Digits beyond this count nothing, and no arithmetic is done with them."""
_MINUTES = unit_at("分钟", 0)
_CLAUSES = regex("[，、,]")
_WORD_THEN_NUMBER = regex("[A-Za-z]{2,}(?=[0-9])")


class Part(NamedTuple):
    """One end of a range, or the whole of a plain number. `power`: of the 万 in it; `odd`: what 余, 多 and 来 in it say."""

    start: int
    end: int
    reading: Reading
    unit: Unit | None
    power: int
    odd: Bound
    words: str


def quantity(found: re.Match[str]) -> Mention | None:
    """Read a quantity, with the rest of its range and the words around it."""
    text = found.string
    first = _part(text, found)
    if first is None:
        return Mention(*found.span(), found[0], "idiom", norm=found[0]) if found["digits"] else None
    last = first
    if text[first.end : first.end + 1] in _RANGE_FIRST:
        last = _range_end(text, first) or first
    if first.words:
        return _mention(text, first, last) if _counts(text, first, last) else None
    unit = last.unit
    if not _PRICE_MARKS.isdisjoint(text[max(0, first.start - 3) : first.start]):
        price = _price(text, first, last)
        if price:
            return price
    if unit is None:
        label = None if first.power else bare(text, first.start, first.end)
        if label:
            return label
    elif unit.name == "日":
        date = day(text, first.start, last.end)
        if date:
            return date
    return _mention(text, first, last)


def after_latin(found: re.Match[str]) -> Mention | None:
    """Read what begins with a Latin letter: a code (A4, COVID-19), or a word with a quantity at its end (GDP5.2%)."""
    text = found.string
    word = _WORD_THEN_NUMBER.match(found[0])
    if word:
        number = AMOUNT.match(text, found.start() + word.end())
        part = _part(text, number) if number else None
        price = _price(text, part, part) if part and not part.unit else None
        if price:
            return price
        if part and part.unit and part.end >= found.end():
            return _mention(text, part, part)
    if not any(char.isdecimal() for char in found[0]):
        return None
    return Mention(found.start(), found.end(), found[0], "idiom", norm=found[0])


def _price(text: str, first: Part, last: Part) -> Mention | None:
    """Read what stands after ￥ (part of the number, as its unit) or 人民币 as yuan, with or without 元."""
    found = _PRICE.search(text, max(0, first.start - 6), first.start)
    if not found or (last.unit and last.unit.name != "元"):
        return None
    begin = found.start() if found["sign"] else first.start
    low = first._replace(start=begin, unit=first.unit or _YUAN)
    return _mention(text, low, low if last is first else last._replace(unit=last.unit or _YUAN))


def _mention(text: str, first: Part, last: Part) -> Mention:
    """Join the ends, the sign, and the words around them."""
    low, step, upper = first.reading
    start, end, unit = first.start, last.end, last.unit
    if last is not first:
        if first.unit is None and not first.power and low < last.reading.value / power_of_ten(last.power):
            low, step = low * power_of_ten(last.power), step * power_of_ten(last.power)
        upper, step = last.reading.value, min(step, last.reading.step)
    if text[start - 1 : start] in _SIGNS and _is_sign(text, start - 1, unit):
        start, low = start - 1, low.copy_negate()
    kind, name = (unit.kind, unit.name) if unit else ("other", "")
    if first.words and kind == "count" and _MULTIPLIERS.isdisjoint(first.words):
        span = quoted(text, start, end)
        if span:
            if span[0] == start and not _CLAUSES.search(text, *span):
                end = span[1]
            return Mention(start, end, text[start:end], "idiom", norm=text[start:end])
    said, turn, inclusive = said_of(text, start, end, name)
    bound = said or first.odd or last.odd
    if not bound and first.words and first.words[0] in _BARE and text[start - 1] in "上过破":
        bound = "above"
    return Mention(start, end, text[start:end], kind, low, upper, name, step, bound, turn, "", inclusive)


def _part(text: str, found: re.Match[str]) -> Part | None:
    """Read one numeral and the unit after it; `None` if it is no number: words in disorder, or a hundred digits and more."""
    digits, mag, rest, odd, mag_after = found.group("digits", "mag", "rest", "odd", "odd_mag")
    start, end = found.span()
    words = ""
    if digits is not None:
        if len(digits) > _LONGEST:
            return None
        power = (magnitude(mag) if mag else 0) + (magnitude(mag_after) if mag_after else 0)
        reading = from_digits(digits, power)
        if rest:
            reading = _add(reading, rest)
    else:
        words, odd, mag_after = found.group("words", "odd_words", "odd_words_mag")
        power = magnitude(mag_after) if mag_after else 0
        chinese = from_chinese(words)
        if chinese is None:
            return None
        reading = chinese.times(power_of_ten(power)) if power else chinese
    unit, unit_end = _unit_after(text, end)
    if odd and not mag_after and unit is None:
        unit_end -= 1
    if unit is not None and unit.kind == "score" and text.endswith("小时", 0, start):
        unit = _MINUTES
    said: Bound = "" if not odd else "about" if odd == "来" else "above"
    more = tail(text, unit_end, reading, unit)
    if more:
        return Part(start, more.end, more.reading, more.unit, power, more.odd or said, words)
    return Part(start, unit_end, reading, unit, power, said, words)


def _unit_after(text: str, pos: int) -> tuple[Unit | None, int]:
    """Return the unit after at most two spaces (or on the next line, if it cannot be another word), and where it ends."""
    at = pos
    unit = unit_at(text, at)
    if unit is None:
        char = text[at : at + 1]
        if char in _SPACES:
            at += 2 if text[at + 1 : at + 2] in _SPACES else 1
        elif char == "\n" and (line := _NEXT_LINE.match(text, at)):
            at = line.end()
        else:
            return None, pos
        unit = unit_at(text, at)
    return (unit, at + len(unit.word)) if unit else (None, pos)


def _add(reading: Reading, rest: str) -> Reading:
    """Add the second half of 1亿2000万 or 83万5千."""
    for piece in _PIECE.finditer(rest):
        more = from_digits(piece["digits"], magnitude(piece["mag"]))
        reading = Reading(reading.value + more.value, more.step)
    return reading


def _range_end(text: str, first: Part) -> Part | None:
    """Read the high end of a range that `first` begins: 10%-15%, 20—30万元, 90（含）-100分, 三至五年."""
    joined = _RANGE.match(text, first.end)
    if not joined or (joined["word"] and text.endswith(_CHANGE, 0, first.start)):
        return None
    found = AMOUNT.match(text, joined.end())
    last = _part(text, found) if found else None
    if last is None or bool(last.words) != bool(first.words):
        return None
    if last.unit is None:
        if first.unit or text[joined.end()] == "0" or (joined["dash"] and _MINUS.match(text, last.end)):
            return None
    elif first.unit and last.unit.name != first.unit.name:
        return None
    falls = text[first.start - 1 : first.start] in _SIGNS and _is_sign(text, first.start - 1, last.unit)
    low = first.reading.value.copy_negate() if falls else first.reading.value
    return last if low < last.reading.value else None


def _is_sign(text: str, at: int, unit: Unit | None) -> bool:
    """Whether the hyphen or 负 at `at` is a sign: not in a range or a code, nor after a unit or a bare name."""
    before = text[at - 1 : at] if at else ""
    return not _NO_SIGN_AFTER.match(before) and (unit is not None or not is_han(before))


def _counts(text: str, first: Part, last: Part) -> bool:
    """Whether a numeral in words counts something here: 一项 does, 统一 does not."""
    words, unit, start = first.words, last.unit, first.start
    before = text[start - 1 : start] if start else ""
    if words[0] in _BARE:
        bounded = first.odd or before in _BARE_BEFORE or text.endswith(("不足", "不到"), 0, start)
        return bool(bounded) and (unit is not None or before in _BARE_BOUNDS)
    single = len(words) == 1
    if unit is None:
        if words in ("零", "〇"):
            return before == "为" and not is_han(text[first.end : first.end + 1])
        return last is first and not single and not _MULTIPLIERS.isdisjoint(words) and words != "十一"
    if not single:
        return True
    if unit.kind == "score":
        return before in _MARKED or text.endswith("满分", 0, start)
    if unit.word in DIGITS_ONLY or unit.word.isascii():
        return False
    if words == "一" and last is first:
        return unit.word not in _ONE_NEVER and not (start and _NOT_ONE.match(text, start - 1))
    return True
