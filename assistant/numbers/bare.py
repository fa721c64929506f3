"""Digits without a unit: what they name, when they are no plain number.

A heading's 1. and 附件1, a page in a table of contents, 3号楼, a year without 年, a code, a post code, 英才荟2.0.
"""

from __future__ import annotations

from typing import NamedTuple

from assistant.numbers.context import at_head, is_han
from assistant.numbers.mention import Kind, Mention
from assistant.patterns import regex

_LABEL = regex(
    "(?:附件|附录|专栏|序号|编号|(?<![卷查代报请评估计价登记统填仪手发印制收])表"
    "|(?<![地意试企力版])图|(?<![关备])注|(?<![比案事病范惯条])例|附)[ \u3000]{0,2}$"
)
_LABEL_ENDS = frozenset("件录栏号表图注例附案务题标目段骤施措项点因 \u3000")
_TITLE = regex("(?:方案|步骤|措施|举措|事项|案例|要点|原因|任务|问题|目标|指标|项目|课题|标段)[ \u3000]{0,2}$")
_TITLE_GOES_ON = frozenset("：:、.．\t")
_LABEL_GOES_ON = regex("(?:[-.][0-9]{1,2}){1,8}(?![0-9])")
_AFTER_DOTS = regex("(?:\\.{3}|…|·{3})[ \t]*$")
_DOTS = frozenset(".…· \t")
_BRACKETS = frozenset(("[]", "〔〕", "【】"))
_RULES = frozenset("-—–－ ")
_PAGE_BEFORE = regex("(?:^|\n) ?[-—–－]{1,2} ?$")
_PAGE_AFTER = regex(" ?[-—–－]{1,2} {0,2}(?:\n|$)")
_ITEM_MARKS = frozenset(".．、)）")
_YEAR_LIKE = regex("199[0-9]|20[0-3][0-9]")
_DATE_LIKE = regex("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_PHONE_BEFORE = regex("(?:电话|传真|手机|联系方式|热线|QQ)[^0-9\n]{0,6}$")
_POST_CODE_BEFORE = regex("邮(?:政编码|编)[：: ]{0,2}$")
_CODE_BEFORE = regex("(?:编码|代码|账号|帐号|证号|科目)[号为：: ]{0,2}$")
_CODE_ENDS = frozenset("码号目为：: ")
_SUBJECT, _SUBJECT_LENGTH = regex("2[0-3][0-9]{5}"), 7
"""A 功能分类科目: seven digits before its name."""
_COUNTED_BEFORE = frozenset("数为达共计有是约超近元额")
_VERSION = regex(r"[0-9]\.0(?=[”\"》版时模计平系])")
_NUMBERED_HEADING = regex(r"[0-9]{1,2}\.[0-9]{1,2}(?=[ \u3000])")
_CODE_LENGTH = 12
_SHORTEST_CODE = 3


class _Name(NamedTuple):
    """What digits turn out to be, where that ends, and its norm."""

    kind: Kind
    end: int
    norm: str


def bare(text: str, start: int, end: int) -> Mention | None:
    """Say what digits without a unit name; `None` for a plain number."""
    digits = text[start:end]
    if not digits.isdecimal():
        name = _with_a_point(text, start, digits)
    else:
        name = _mark(text, start, end, digits) or _itself(text, start, end, digits)
    if name is None:
        return None
    return Mention(start, name.end, text[start : name.end], name.kind, norm=name.norm)


def _with_a_point(text: str, start: int, digits: str) -> _Name | None:
    """Read the 2.0 of a name, or 1.1 at the head of a heading."""
    end = start + len(digits)
    if _VERSION.match(text, start) and (is_han(text[start - 1 : start]) or text[end] == "版"):
        return _Name("idiom", end, digits)
    if _NUMBERED_HEADING.match(text, start) and at_head(text, start):
        return _Name("enumerator", end, digits)
    return None


def _mark(text: str, start: int, end: int, digits: str) -> _Name | None:
    """Read a short number that marks a place: an item, a row, a label, a page, a house."""
    if len(digits) > 5:
        return None
    following, before = text[end : end + 1], text[start - 1 : start]
    short = len(digits) <= 3
    norm = str(int(digits))
    if following in _ITEM_MARKS:
        if len(digits) <= 2 and not text[end + 1 : end + 2].isdecimal() and at_head(text, start):
            return _Name("enumerator", end + 1, norm)
    elif following == "\t":
        if short and before in ("\n", "") and is_han(text[end + 1 : end + 2]):
            return _Name("enumerator", end, norm)
    elif following in ("号", "楼", "室"):
        return _Name("ordinal", end + 1, norm)
    if short and before in _LABEL_ENDS and _labelled(text, start, following):
        more = _LABEL_GOES_ON.match(text, end)
        return _Name("enumerator", more.end(), digits + more[0]) if more else _Name("enumerator", end, norm)
    if short and (before + following in _BRACKETS or _is_a_page(text, start, end)):
        return _Name("enumerator", end, norm)
    return None


def _is_a_page(text: str, start: int, end: int) -> bool:
    """Whether the number is that of a page: after the dots of a table of contents, or between dashes on a line of its own."""
    before = text[start - 1 : start]
    if before in _DOTS and _AFTER_DOTS.search(text, max(0, start - 8), start):
        return True
    return before in _RULES and bool(
        _PAGE_BEFORE.search(text, max(0, start - 4), start) and _PAGE_AFTER.match(text, end)
    )


def _labelled(text: str, start: int, following: str) -> bool:
    """Whether 附件 or 表 stands before the number, or 任务 before it and a colon or the like after it."""
    window = max(0, start - 6)
    if _LABEL.search(text, window, start):
        return True
    return following in _TITLE_GOES_ON and _TITLE.search(text, window, start) is not None


def _itself(text: str, start: int, end: int, digits: str) -> _Name | None:
    """Read what the digits are by their own look: a year, a date, a phone, a code."""
    length = len(digits)
    kind: Kind | None = None
    norm = digits
    if length == 4 and _YEAR_LIKE.match(digits):
        kind = "year" if _names_a_year(text, start, end) else None
    elif length == 6 and _POST_CODE_BEFORE.search(text, max(0, start - 8), start):
        kind = "idiom"
    elif length == 8 and _DATE_LIKE.match(digits):
        kind, norm = "date", f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    elif length in (7, 8) and _PHONE_BEFORE.search(text, max(0, start - 10), start):
        kind = "phone"
    elif (
        length >= _CODE_LENGTH
        or (text[start - 1 : start] == "“" and text[end : end + 1] == "”")
        or (length > 1 and digits[0] == "0")
        or _names_an_account(text, start, end)
    ):
        kind = "idiom"
    return _Name(kind, end, norm) if kind else None


def _names_an_account(text: str, start: int, end: int) -> bool:
    """Whether the name of an account follows the digits (30201-办公费, 2010301行政运行), or 科目 or 编码 stands before them."""
    if end - start < _SHORTEST_CODE:
        return False
    if text[end : end + 1] == "-" and is_han(text[end + 1 : end + 2]):
        return True
    if end - start == _SUBJECT_LENGTH and _SUBJECT.match(text, start) and is_han(text[end : end + 1]):
        return True
    return text[start - 1 : start] in _CODE_ENDS and _CODE_BEFORE.search(text, max(0, start - 6), start) is not None


def _names_a_year(text: str, start: int, end: int) -> bool:
    """Whether four digits without 年 are a year all the same: （2020）, 2020区委."""
    before, following = text[start - 1 : start], text[end : end + 1]
    if before in ("（", "(") and following in ("）", ")"):
        return True
    if following == " " and before in ("", "\n", "。"):
        following = text[end + 1 : end + 2]
    return is_han(following) and following not in "至到" and before not in _COUNTED_BEFORE
