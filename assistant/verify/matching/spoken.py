"""What the words right before a number say of it besides its name: the year, 分值 or 得分, 计划 or 支付. The nearest word wins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.ledger import Figure
from assistant.patterns import regex
from assistant.subjects import BLANK, split_subject

if TYPE_CHECKING:
    from assistant.verify.reading.places import Place

_YEAR_WORD = regex(
    r"(?P<last>[上去]一?年度?(?!度?(?:结转|结余|年?末|年?底)))|(?P<this>当年|本年度?|今年)|(?P<year>20\d\d)\s*年(?!度?第)"
)
_CHANGE = regex(r"[增减升降]|提高|节约|变|多|少|超|高|低|持平|相比")
_BOUNDS = "超近约逾达为共是"
_CLAUSE = regex(r"[，；：。,;:]")
_MARK_WORD = regex(r"(?P<full_marks>分值|满分|权重|标准分)|(?P<lost>扣)|(?P<marks>得)")
_AFTER_MARK_WORD = regex(r"[分为是计共了约数：:的各均减掉（( ]*$")
_MARK_REACH = 8
_STAGE_WORD = regex(r"(?P<planned>计划|预算)|(?P<contract>合同)|(?P<paid>实际|支付|执行|完成)")


def last_of(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    """The last place in some words where a pattern matches."""
    return max(pattern.finditer(words), key=lambda found: found.start(), default=None)


def _own_words(place: Place) -> str:
    """The clause up to the number, after the number before it."""
    own = _CLAUSE.split(place.context.before.rpartition(BLANK)[2])[-1]
    return "" if "分别" in own else own


def year_of(place: Place, year: str) -> str:
    """The year that is said of a number of a report on `year`: by the nearest word of its clause, else by its sentence; "" for none.

    上年 after 比 counts only where the number itself is what is compared with (比上年的900万元, not 比上年增加9万元).
    """
    words = " ".join((*place.column_heads, *place.row_heads[:1])) if place.alone else _own_words(place).rstrip(_BOUNDS)
    found = last_of(_YEAR_WORD, words) if "年" in words else None
    if found is None or not year.isdecimal():
        return place.year
    if found["year"]:
        return found["year"]
    if found["this"]:
        return year
    if _CHANGE.search(words, found.end()):
        return place.year
    return str(int(year) - 1)


def says_last_year(figure: Figure) -> bool:
    """Whether a material's own sentence says 上年 of its number, or names a year before it."""
    return _YEAR_WORD.search(split_subject(figure.subject)[0]) is not None


def mark_word_fits(figure: Figure, place: Place) -> bool:
    """Whether a mark, full mark or loss is called what it is: 自评总分值96分 is no 得分."""
    kind = figure.id.partition(".")[0]
    if kind not in ("marks", "full_marks", "lost") or place.alone:
        return True
    words = _own_words(place)[-_MARK_REACH:]
    found = last_of(_MARK_WORD, words)
    if found is None or not _AFTER_MARK_WORD.fullmatch(words, found.end()):
        return True
    return found.lastgroup == kind


def stage_word_fits(figure: Figure, place: Place) -> bool:
    """Whether an amount of procurement is called what it is: 计划金额, 合同金额 and 支付金额 are three."""
    if "采购" not in figure.label or place.alone or figure.base[1] != "元":
        return True
    own, said = _last_stage(figure.label), _last_stage(_own_words(place))
    return not own or not said or own == said or {own, said} == {"contract", "paid"}


def _last_stage(words: str) -> str:
    found = last_of(_STAGE_WORD, words)
    return (found.lastgroup or "") if found else ""
