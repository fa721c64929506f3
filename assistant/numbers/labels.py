"""Numbers that name instead of count: enumerators, ordinals, document numbers, phones, ratios, codes, set phrases.

They are recognised so that nobody takes them for quantities, and so that none is skipped in silence.
"""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import numeric

from assistant.numbers.context import at_head, is_han, said_of
from assistant.numbers.mention import Kind, Mention
from assistant.numbers.parse import ONE, from_chinese
from assistant.numbers.units import unit_at
from assistant.patterns import regex

_NUMBER = regex("[零〇一二两三四五六七八九十百千]+|[0-9]+")
_RATIO_MARK = regex(r"\s*[:：∶比]\s*")
_PARENTHESES = "（(）) \u3000\u00a0"
_ENUMERATED = 30
"""A number in parentheses above this is no enumerator, but for one that opens a line (（31）采购计划没有执行)."""
_MOST_ENUMERATED = 99

_RANKED = sorted(
    "名 位 届 批 次 条 款 项 章 节 期 个 轮 类 组 年 天 号 页 部 级 层 阶段 学期 学年 方面 步 师 站 楼 单元 道 种 版 辑 卷 册 周 场 讲 课 代 集 季".split(),
    key=lambda word: -len(word),
)
_RANK = regex("|".join(_RANKED))
_TWO_LEVELS = regex("([一二])([二三])级")
_LISTED = regex("[、和及与]")


def _named(found: re.Match[str], kind: Kind, norm: str = "") -> Mention:
    return Mention(found.start(), found.end(), found[0], kind, norm=norm)


def _integer(text: str) -> str:
    """Return the digits of the first number in the text, whether in digits or words."""
    number = _NUMBER.search(text)
    if not number:
        return ""
    if number[0].isascii():
        return number[0].lstrip("0") or "0"
    reading = from_chinese(number[0])
    return str(reading.value) if reading else ""


def document_number(found: re.Match[str]) -> Mention:
    """Read 〔2020〕11号, whatever its brackets and spaces."""
    year, *number = re.findall("[0-9]+", found[0])
    return _named(found, "docno", f"〔{year}〕{'-'.join(number)}号")


def phone(found: re.Match[str]) -> Mention:
    """Read a phone number or a hotline."""
    return _named(found, "phone", re.sub("[^0-9]", "", found[0]))


def idiom(found: re.Match[str]) -> Mention:
    """Take a set phrase or a code as it stands."""
    return _named(found, "idiom", found[0].replace("＋", "+").replace("\n", ""))


def ordinal(found: re.Match[str]) -> Mention:
    """Read 第三届 with its measure word, 第1-3名 (1/3), 第一、二批 (1,2), or 第3.1节."""
    text, start, end = found.string, found.start(), found.end()
    joint = "." if "." in found[0] else "," if _LISTED.search(found[0]) else "/"
    norm = joint.join(_integer(number) for number in _NUMBER.findall(found[0]))
    at = end + 1 if text[end : end + 1] in " \u00a0" else end
    after = _RANK.match(text, at)
    if after and (unit_at(after[0], 0) is None or unit_at(text, at) is not None):
        end = after.end()
    return Mention(start, end, text[start:end], "ordinal", norm=norm)


def rank(found: re.Match[str]) -> Mention:
    """Read 一等奖, 二级, 前三名, 一号; 一二级 is 1,2."""
    both = _TWO_LEVELS.match(found[0])
    if both:
        return _named(found, "ordinal", ",".join(_integer(level) for level in both.groups()))
    return _named(found, "ordinal", _integer(found[0]))


def item(found: re.Match[str]) -> Mention:
    """Read an enumerator that is one wherever it stands: 一是, 其二."""
    return _named(found, "enumerator", _integer(found[0]))


def circled(found: re.Match[str]) -> Mention:
    """Read ① and its like."""
    return _named(found, "enumerator", str(int(numeric(found[0]))))


def heading(found: re.Match[str]) -> Mention | None:
    """Read 一、 at the head of a line or a clause."""
    return item(found) if at_head(found.string, found.start()) else None


def parenthesis(found: re.Match[str]) -> Mention:
    """Read （一） and （1）; digits in parentheses after a word and before a stop are a number."""
    text, start, end = found.string, *found.span()
    inner = found[0].strip(_PARENTHESES)
    if inner.isascii():
        closes_a_phrase = is_han(text[start - 1 : start]) and not is_han(text[end : end + 1])
        opens_a_line = text[start - 1 : start] in ("", "\n") and (
            is_han(text[end : end + 1]) or text[end : end + 1] in ("“", "《")
        )
        if closes_a_phrase or int(inner) > (_MOST_ENUMERATED if opens_a_line else _ENUMERATED):
            at = text.index(inner, start)
            return Mention(at, at + len(inner), inner, "other", Decimal(inner), step=ONE)
    return item(found)


def ratio(found: re.Match[str]) -> Mention:
    """Read 40:60 and 1比2 (no value), or 1/3 (a fraction with its value)."""
    text = found[0]
    if "/" in text:
        above, below = text.split("/")
        return _fraction(found, above, below)
    parts = (part if part.isascii() else _integer(part) for part in _RATIO_MARK.split(text))
    return _named(found, "ratio", ":".join(parts))


def fraction(found: re.Match[str]) -> Mention:
    """Read 三分之二."""
    below, above = (_integer(part) for part in found[0].split("分之"))
    return _fraction(found, above, below)


def _fraction(found: re.Match[str], above: str, below: str) -> Mention:
    """Divide, if there is something to divide by."""
    if not above or not below or not int(below):
        return idiom(found)
    start, end = found.span()
    value = Decimal(above) / Decimal(below)
    bound, _, inclusive = said_of(found.string, start, end, "")
    norm = f"{int(above)}/{int(below)}"
    return Mention(start, end, found[0], "ratio", value, bound=bound, norm=norm, inclusive=inclusive)
