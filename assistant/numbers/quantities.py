"""Numbers that claim something: value, unit, range, and the words around them.

`quantity` reads what the pattern found as digits or as a numeral in words. It returns `None` for a numeral that counts nothing
(the 一 of 统一), and lets `labels` have the bare numbers that only name a place (附件1, a heading's 1.).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from assistant.numbers.context import bounds, direction, quoted
from assistant.numbers.grammar import AMOUNT
from assistant.numbers.labels import bare, day
from assistant.numbers.mention import Mention
from assistant.numbers.parse import Reading, from_chinese, from_digits, magnitude, power_of_ten
from assistant.numbers.units import Unit, unit_at

_SPACES = frozenset(" \u00a0\u3000")
_NEXT_LINE = re.compile(r"\n{1,2}(?=[万亿]?元|%|个百分点|[万亿]?人次|[个名位人户家项件份篇条期场次套台][，。；、）])")
_TENTHS = re.compile("成(?P<more>[一二三四五六七八九半](?![十百千万成个名项]))?(?![立员功果绩效本长交都熟就套人年型分不]|为(?!主))")
_PERCENT = Unit("成", "%", "percent", None)
_MULTIPLIERS = frozenset("十百千万亿拾佰仟萬億")
_BARE = frozenset("百千万亿")
"""A numeral that begins with these is none (万众, 百姓), unless a word before or after makes it one (近百名, 万余人)."""
_BARE_AFTER = ("近", "超", "上", "过", "逾", "破", "达", "成")
_MARKED = frozenset("得扣加减计记满评")
_NOT_ONE = re.compile(
    "(?:(?<![系传])统|(?<![清订名账表菜工])单|(?<![主责担])任|(?<![合共协会连如胡])同|(?<![创更翻革维])新|[唯之逐每某这那另不])一"
    "|[上下]一[年级轮届次期批层]"
)
_PIECE = re.compile("(?P<digits>[0-9][0-9,.]*)(?P<mag>[十百千万]*)")
_ONE_NEVER = frozenset("片 点 块 段 级 道 面 头 株 周 米 升 斤 克 折 方面".split())
_WORDS_NEVER = frozenset("度 口 通 回 包 集 字 折 升 双 对 米".split())
_JOINERS = frozenset("-–—~～－−至到（( \u00a0")
_JOINER = re.compile(r"(?:[（(]不?含[）)])?[ \u00a0]?(?:(?P<dash>[-–—~～－−])(?![-–—~～－−])|(?P<word>[至到]))[ \u00a0]?")
_SIGNS = frozenset("-－−负")
_NO_SIGN_AFTER = re.compile(r"[0-9A-Za-z%年月日元个人次分）)\-—–胜抱担肩]")
_MORE_MONTHS = re.compile("个(?:(?P<half>半)|[多余来])(?P<unit>月|小时|学期|星期)")
_HALF_MORE = re.compile("半(?![年天小])")
_AFTER_TIME = re.compile("多(?=[，。；、来的时前内）)])")
_TIMES = frozenset("年 天 个月 小时 周".split())
_CENTS = re.compile(
    "(?:(?P<jiao>[0-9一二三四五六七八九壹贰叁肆伍陆柒捌玖])角)?(?:零?(?P<fen>[0-9一二三四五六七八九壹贰叁肆伍陆柒捌玖])分)?(?P<sharp>[整正](?![理改治合体个式在常]))?"
)
_WORD_THEN_NUMBER = re.compile("[A-Za-z]{2,}(?=[0-9])")
_CLAUSES = re.compile("[，、,]")
_MINUS = re.compile("[）)] ?[/÷×*]")
_TAIL_FIRST = frozenset("成半多余来整正零0123456789一二三四五六七八九壹贰叁肆伍陆柒捌玖")
_HALF = Decimal("0.5")


class Part(NamedTuple):
    """One end of a range, or the whole of a plain number. `power`: of the 万 in it; `more`: whether 余 or 多 stands inside."""

    start: int
    end: int
    reading: Reading
    unit: Unit | None
    power: int
    more: bool
    words: str


def quantity(found: re.Match[str]) -> Mention | None:
    """Read a quantity, with the rest of its range and the words around it."""
    text = found.string
    first = _part(text, found)
    if first is None:
        return None
    following = text[first.end : first.end + 1]
    last = (_range_end(text, first) if following in _JOINERS else None) or first
    unit = last.unit
    if first.words and not _counts(text, first, last):
        return None
    if unit is None and last is first and not first.power and not first.words:
        label = bare(text, first.start, first.end)
        if label:
            return label
    if unit is not None and unit.name == "日" and not first.words and (date := day(text, first.start, last.end)):
        return date
    return _mention(text, first, last)


def _mention(text: str, first: Part, last: Part) -> Mention:
    """Join the parts, the sign, and the words around them."""
    low, upper, step = first.reading.value, first.reading.upper, first.reading.step
    unit = last.unit
    start, end = first.start, last.end
    if last is not first:
        if first.unit is None and not first.power and last.power and first.reading.value.scaleb(last.power) < last.reading.value:
            low, step = low * 10**last.power, step * 10**last.power
        upper, step = last.reading.value, min(step, last.reading.step)
    if text[start - 1 : start] in _SIGNS and start and _is_sign(text, start - 1, unit):
        start, low = start - 1, low.copy_negate()
    kind, name = (unit.kind, unit.name) if unit else ("other", "")
    if first.words and kind == "count" and not _MULTIPLIERS.intersection(first.words) and (span := quoted(text, start, end)):
        if span[0] == start and not _CLAUSES.search(text, *span):
            end = span[1]
        return Mention(start, end, text[start:end], "idiom", norm=text[start:end])
    said = bounds(text, start, end, name)
    bound, inclusive = said.bound, said.inclusive
    if not bound and (first.more or last.more):
        bound = "above"
    elif not bound and first.words[:1] in _BARE and first.words and text[start - 1 : start] in ("上", "过", "破"):
        bound = "above"
    return Mention(
        start, end, text[start:end], kind, low, upper, name, step, bound, direction(text, said.start), inclusive=inclusive
    )  # fmt: skip


def _part(text: str, found: re.Match[str]) -> Part | None:
    """Read one numeral and the unit after it."""
    digits = found["digits"]
    start, end = found.span()
    if digits is not None:
        mag, rest, odd, mag_after = found.group("mag", "more", "odd", "mag2")
        power = (magnitude(mag) if mag else 0) + (magnitude(mag_after) if mag_after else 0)
        reading, words = from_digits(digits, power), ""
        if rest:
            reading = _add(reading, rest)
    else:
        words, odd, mag_after = found.group("words", "odd_words", "mag_words")
        power = magnitude(mag_after) if mag_after else 0
        chinese = from_chinese(words)
        if chinese is None:
            return None
        reading = chinese.times(power_of_ten(power)) if power else chinese
    unit, unit_end = _unit_after(text, end)
    if odd and not mag_after and unit is None:
        end = unit_end = end - 1
    part = Part(start, unit_end, reading, unit, power, bool(odd), words)
    return _with_tail(text, part) if text[unit_end : unit_end + 1] in _TAIL_FIRST else part


def _unit_after(text: str, pos: int) -> tuple[Unit | None, int]:
    """Return the unit after at most two spaces (or on the next line, if it cannot be another word), and where it ends."""
    unit = unit_at(text, pos)
    if unit:
        return unit, pos + len(unit.word)
    at = pos
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


def _with_tail(text: str, part: Part) -> Part:
    """Take in what belongs to the number after its unit: 角分整, 半, the 多 of 3个多月; or the 成 of 三成."""
    end, reading, unit = part.end, part.reading, part.unit
    following = text[end : end + 1]
    if unit is None:
        tenths = _TENTHS.match(text, end) if following == "成" else None
        if not tenths:
            return part
        reading = reading.times(Decimal(10))
        if tenths["more"]:
            reading = Reading(reading.value + (5 if tenths["more"] == "半" else from_chinese(tenths["more"]).value), Decimal(1))  # type: ignore[union-attr]
        return part._replace(end=tenths.end(), reading=reading, unit=_PERCENT)
    if unit.name == "元" and (cents := _CENTS.match(text, end)) and cents.end() > end:
        for tenth, group in ((-1, "jiao"), (-2, "fen")):
            if cents[group]:
                digit = from_digits(cents[group]) if cents[group].isascii() else from_chinese(cents[group])
                step = power_of_ten(tenth)
                reading = Reading(reading.value + (digit.value if digit else 0) * step, step)
        return part._replace(end=cents.end(), reading=reading)
    if unit.name == "个" and following in ("半", "多", "余", "来") and (months := _MORE_MONTHS.match(text, end - 1)):
        longer = unit_at(text, months.start("unit") - 1) if months["unit"] == "月" else unit_at(text, months.start("unit"))
        longer = longer or unit_at("个" + months["unit"], 0)
        if months["half"]:
            reading = Reading(reading.value + _HALF, power_of_ten(-1))
        return part._replace(end=months.end(), reading=reading, unit=longer, more=not months["half"])
    if unit.name in _TIMES and following == "半" and _HALF_MORE.match(text, end):
        return part._replace(end=end + 1, reading=Reading(reading.value + _HALF, power_of_ten(-1)))
    if unit.name in _TIMES and following == "多" and _AFTER_TIME.match(text, end):
        return part._replace(more=True)
    return part


def _range_end(text: str, first: Part) -> Part | None:
    """Read the high end of a range that `first` begins: 10%-15%, 20—30万元, 90（含）-100分, 三至五年."""
    joined = _JOINER.match(text, first.end)
    if not joined or (joined["word"] and text[first.start - 1 : first.start] in ("从", "由", "自") and first.start):
        return None
    found = AMOUNT.match(text, joined.end())
    last = _part(text, found) if found else None
    if last is None or bool(last.words) != bool(first.words):
        return None
    if joined["dash"] and last.unit is None and _MINUS.match(text, last.end):
        return None
    if first.unit and (last.unit is None or last.unit.name != first.unit.name):
        return None
    low, high = first.reading.value, last.reading.value
    if not first.power and last.power and not first.unit and low < high / 10**last.power:
        return last
    return last if low < high and not (found and found[0].startswith("0") and last.unit is None) else None


def _is_sign(text: str, at: int, unit: Unit | None) -> bool:
    """Whether the hyphen or 负 at `at` is a sign: not in a range, a code, or after a unit."""
    before = text[at - 1 : at] if at else ""
    if _NO_SIGN_AFTER.match(before):
        return False
    return not "一" <= before <= "龥" or unit is not None


def _counts(text: str, first: Part, last: Part) -> bool:
    """Whether a numeral in words counts something here: 一项 does, 统一 does not."""
    words, unit = first.words, last.unit
    start = first.start
    plain = len(words) == 1
    before = text[start - 1 : start] if start else ""
    if words[0] in _BARE:
        return (first.more or before in _BARE_AFTER) and (unit is not None or before in ("近", "超", "过", "逾", "破"))
    if unit is None:
        if words in ("零", "〇"):
            return before == "为" and not "一" <= text[first.end : first.end + 1] <= "龥"
        return not plain and last is first and not _MULTIPLIERS.isdisjoint(words) and words != "十一"
    if unit.kind == "score" and plain:
        return before in _MARKED or text.endswith("满分", 0, start)
    if plain and (unit.word in _WORDS_NEVER or unit.word.isascii()):
        return False
    if words == "一" and last is first:
        return unit.word not in _ONE_NEVER and not (start and _NOT_ONE.match(text, start - 1))
    return True


def after_latin(found: re.Match[str]) -> Mention | None:
    """Read what begins with a Latin letter: a code (A4, COVID-19), or a word with a quantity at its end (GDP5.2%)."""
    text = found.string
    word = _WORD_THEN_NUMBER.match(found[0])
    if word:
        number = AMOUNT.match(text, found.start() + word.end())
        part = _part(text, number) if number and number["digits"] else None
        if part and part.unit and part.end >= found.end():
            return _mention(text, part, part)
    if not any(char.isdecimal() for char in found[0]):
        return None
    return Mention(found.start(), found.end(), found[0], "idiom", norm=found[0])
