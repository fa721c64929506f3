"""Numbers that name instead of count: enumerators, ordinals, document numbers, phones, ratios, codes, set phrases.

They are recognised so that nobody takes them for quantities, and so that none is skipped in silence.
"""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import numeric

from assistant.numbers.context import bounds
from assistant.numbers.mention import Kind, Mention
from assistant.numbers.parse import ONE, from_chinese
from assistant.numbers.units import unit_at

_HEAD = re.compile("(?:^|[\n\t。；;：:！？!?，,…》】]|[%分元）)”][ \u3000]|<[a-z/]{1,4}>)[ \u3000\u00a0#*>_“\"\\-]*$")
_WORD_NUMBER = re.compile("[零〇一二两三四五六七八九十百千]+|[0-9]+")
_LABELS = ("附件", "附表", "附图", "附录", "附", "图", "表", "注", "例", "专栏", "第", "序号", "编号", "方案", "任务", "问题", "目标", "指标")
_LABEL_LAST = frozenset(label[-1] for label in _LABELS)
_NO_LABEL = re.compile("[卷查代报请评估计价登记统填仪手发印制收]表$|[地意试企力版]图$|[关备]注$|[比案事病范惯条]例$")
_RANK = "名 位 届 批 次 条 款 项 章 节 期 个 轮 类 组 季 年 天 号 页 部 类 级 层 阶段 学期 学年 产业 方面 步 师 站 楼 单元 道 种 版 辑 卷 册".split()
_VERSION = re.compile("(?<=[一-龥A-Za-z ”])$")
_YEAR_LIKE = re.compile("(?:199[0-9]|20[0-3][0-9])")
_COMPACT_DATE = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_PHONE_BEFORE = re.compile("(?:电话|传真|手机|联系方式|热线)[^0-9\n]{0,6}$")
_POST_CODE_BEFORE = re.compile("邮(?:政编码|编)[：: ]{0,2}$")
_COUNTED_BEFORE = frozenset("数为达共计有是约超近元额约")
_DAY_LASTS = re.compile("之?[内后]|以[内上]|游|龄")
_LASTING = ("为期", "历时", "连续", "超过", "少于", "提前", "延长", "停产", "缩短", "累计", "共", "满", "每", "达", "约")
_RATIO_MARK = re.compile(r"\s*[:：∶比]\s*")


def _plain(found: re.Match[str], kind: Kind, norm: str = "") -> Mention:
    return Mention(found.start(), found.end(), found[0], kind, norm=norm)


def _integer(text: str) -> str:
    """Return the digits of a small number in digits or words."""
    number = _WORD_NUMBER.search(text)
    if not number:
        return ""
    if number[0].isascii():
        return number[0].lstrip("0") or "0"
    reading = from_chinese(number[0])
    return str(reading.value) if reading else ""


def document_number(found: re.Match[str]) -> Mention:
    """Read 〔2020〕11号, whatever its brackets and spaces."""
    year, number = re.findall("[0-9]+", found[0])
    return _plain(found, "docno", f"〔{year}〕{number}号")


def phone(found: re.Match[str]) -> Mention:
    """Read a phone number or a hotline."""
    return _plain(found, "phone", re.sub("[^0-9]", "", found[0]))


def idiom(found: re.Match[str]) -> Mention:
    """Take a set phrase or a code as it stands."""
    return _plain(found, "idiom", found[0].replace("＋", "+"))


def ordinal(found: re.Match[str]) -> Mention:
    """Read 第三届 with its measure word, or 第1-3名."""
    text, start, end = found.string, found.start(), found.end()
    numbers = re.findall("[0-9]+", found[0])
    norm = "/".join(numbers) if len(numbers) > 1 else _integer(found[0])
    after = next((word for word in _RANK_BY_LENGTH if text.startswith(word, end)), "")
    unit = unit_at(text, end) if after else None
    if after and (unit is not None or after not in _ALSO_UNITS):
        end += len(after)
    return Mention(start, end, text[start:end], "ordinal", norm=norm)


_RANK_BY_LENGTH = tuple(sorted(set(_RANK), key=lambda word: (-len(word), word)))
_ALSO_UNITS = frozenset(word for word in _RANK_BY_LENGTH if unit_at(word, 0))


def rank(found: re.Match[str]) -> Mention:
    """Read 一等, 二级, 前三名, 一号."""
    return _plain(found, "ordinal", _integer(found[0]))


def item(found: re.Match[str]) -> Mention:
    """Read an enumerator that is one wherever it stands: 一是, 其二."""
    return _plain(found, "enumerator", _integer(found[0]))


def circled(found: re.Match[str]) -> Mention:
    """Read ① and its like."""
    return _plain(found, "enumerator", str(int(numeric(found[0]))))


def heading(found: re.Match[str]) -> Mention | None:
    """Read 一、 at the head of a line or a clause."""
    return item(found) if _HEAD.search(found.string, max(0, found.start() - 12), found.start()) else None


def parenthesis(found: re.Match[str]) -> Mention:
    """Read （一） and （1）; a number in brackets after a word and before a stop is a number."""
    text, start, end = found.string, found.start(), found.end()
    inner = found[0].strip("（(）) \u3000\u00a0")
    if inner.isascii():
        after_word = "一" <= text[start - 1 : start] <= "龥" and start > 0
        if int(inner) > 30 or (after_word and not "一" <= text[end : end + 1] <= "龥"):
            at = found[0].index(inner) + start
            return Mention(at, at + len(inner), inner, "other", Decimal(inner), step=ONE)
    return item(found)


def ratio(found: re.Match[str]) -> Mention | None:
    """Read 40:60 and 1比2 (no value), or 1/3 (a fraction with its value)."""
    text = found[0]
    if "/" in text:
        above, below = text.split("/")
        return _fraction(found, above, below)
    return _plain(found, "ratio", ":".join(_integer(part) if not part.isascii() else part for part in _RATIO_MARK.split(text)))


def fraction(found: re.Match[str]) -> Mention | None:
    """Read 三分之二."""
    below, above = (_integer(part) for part in found[0].split("分之"))
    return _fraction(found, above, below)


def _fraction(found: re.Match[str], above: str, below: str) -> Mention | None:
    if not above or not below or not int(below):
        return _plain(found, "idiom", found[0])
    above, below = str(int(above)), str(int(below))
    start, end = found.span()
    said = bounds(found.string, start, end, "")
    value = Decimal(above) / Decimal(below)
    return Mention(start, end, found[0], "ratio", value, bound=said.bound, norm=f"{above}/{below}", inclusive=said.inclusive)


def day(text: str, start: int, end: int) -> Mention | None:
    """Read 15日 as a day of the month, unless it is a length of time (20日内, 为期3日)."""
    digits = re.match("[0-9]{1,2}(?![0-9.])", text[start:end])
    if not digits or not 1 <= int(digits[0]) <= 31 or _DAY_LASTS.match(text, end):
        return None
    if text.endswith(_LASTING, max(0, start - 4), start):
        return None
    return Mention(start, end, text[start:end], "date", norm=f"---{int(digits[0]):02}")


def bare(text: str, start: int, end: int) -> Mention | None:
    """Say what digits without a unit are, when they name instead of count; `None` for a plain number."""
    digits = text[start:end]
    following = text[end : end + 1]
    before = text[start - 1 : start] if start else ""
    whole = digits.isdecimal()
    kind: Kind | None = None
    stop, norm = end, digits
    if not whole:
        if digits[-2:] == ".0" and len(digits) == 3 and ("一" <= before <= "龥") and following and following in "”》版时模计平系":
            kind = "idiom"
        elif re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,2})", digits) and following in (" ", "\u3000") and _at_head(text, start):
            kind = "enumerator"
    elif following and following in ".．、)）" and len(digits) <= 2 and not text[end + 1 : end + 2].isdecimal() and _at_head(text, start):
        kind, stop = "enumerator", end + 1
    elif following == "\t" and before in ("\n", "") and len(digits) <= 3 and "一" <= text[end + 1 : end + 2] <= "龥":
        kind = "enumerator"
    elif following in ("号", "楼", "室") and len(digits) <= 5:
        kind, stop = "ordinal", end + 1
    elif (before in _LABEL_LAST or before in (" ", "\u3000")) and len(digits) <= 3 and _labelled(text, start):
        kind = "enumerator"
    elif before in (".", "…", "·", "\t", " ") and len(digits) <= 3 and re.search("(?:\\.{3}|…|·{3})[ \t]*$", text[max(0, start - 8) : start]):
        kind = "enumerator"
    elif len(digits) == 4 and _YEAR_LIKE.match(digits) and _names_a_year(text, start, end):
        kind = "year"
    elif len(digits) == 8 and _COMPACT_DATE.match(digits):
        kind, norm = "date", f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    elif len(digits) in (7, 8) and _PHONE_BEFORE.search(text, max(0, start - 10), start):
        kind = "phone"
    elif len(digits) == 6 and _POST_CODE_BEFORE.search(text, max(0, start - 8), start):
        kind = "idiom"
    elif len(digits) >= 12 or (len(digits) > 1 and digits[0] == "0") or (following == "-" and len(digits) >= 3 and "一" <= text[end + 1 : end + 2] <= "龥"):
        kind = "idiom"
    if kind is None:
        return None
    return Mention(start, stop, text[start:stop], kind, norm=str(int(norm)) if kind == "enumerator" and whole else norm)


def _at_head(text: str, start: int) -> bool:
    return _HEAD.search(text, max(0, start - 12), start) is not None


def _labelled(text: str, start: int) -> bool:
    """Whether 附件, 表 or the like stands before the number."""
    window = text[max(0, start - 4) : start].rstrip()
    return window.endswith(_LABELS) and not _NO_LABEL.search(window)


def _names_a_year(text: str, start: int, end: int) -> bool:
    """Whether four digits without 年 are a year all the same: （2020）, 2020区委."""
    before, following = text[start - 1 : start], text[end : end + 1]
    if before in ("（", "(") and start and following in ("）", ")"):
        return True
    return "一" <= following <= "龥" and before not in _COUNTED_BEFORE

