"""The rule that a 评分标准 says in words: bands, steps, a share of the rate; and the marks that it allows for a value.

Only rules of one rate are read. What a rule leaves open (每…扣 in three readings and two units, an edge without 含) is kept open:
every reading's marks are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.patterns import regex
from assistant.verify.scoring.worth import items, plain

_HUNDRED = Decimal(100)
_N = r"(\d{1,3}(?:\.\d{1,3})?)"
_CLAUSE = regex(r"[；;。\n]")
_AWARD = regex(r"(?:得|计|记)\s?" + _N + r"\s?分")
_FULL_AWARD = regex(r"得满分|计满分|得全分|记满分")
_NONE_AWARD = regex(r"不得分|不计分")
_RANGE = regex(
    _N + r"\s?%?\s?([（(]不?含[^）)]{0,6}[)）])?\s?[-－—~～至]{1,2}\s?" + _N + r"\s?%\s?([（(]不?含[^）)]{0,6}[)）])?"
)
_OPS = r"≥|>=|≤|<=|>|<|=|不低于|不少于|不高于|不超过|不大于|不小于|大于等于|小于等于|大于|小于|低于|高于|超过|未达到|达到|为"
_BOUND = regex(
    r"("
    + _OPS
    + r")?\s?(?:或等于)?\s?"
    + _N
    + r"\s?(%)?\s?([（(]不?含[^）)]{0,6}[)）])?\s?((?:及|\(含\))?以上|(?:及)?以下|以内|≥|≤|>|<)?(?:[（(](不?含)[^）)]{0,6}[)）])?"
)
_STEP = regex(
    r"每(?:再|增|多)?(降低|减少|下降|低于|低|少|超过|超出|高于|增加|高|超|多|偏离|相差|变动)(?:或者?|[（(/、])?(降低|减少|低于|低|少|超过|超出|高于|增加|高)?[)）]?"
    r"[^\d，。；一]{0,8}?(?:" + _N + r"|(一))\s?(个?百分点|%)[^，。；扣]{0,6}[，,]?\s?(?:扣减?|减)\s?" + _N + r"\s?分"
)
_LINEAR = regex(
    r"[率度比例)）]\s?[×xX*]\s?(?:"
    + _N
    + r"\s?分|(?:本项|该项|本指标|该指标|指标|此项)?(?:分值|满分|标准分|权重分?值?|总分))"
)
_SHARE = regex(
    r"按(?:实际|完成|执行|相应|所占|该|照)?(?:完成率|执行率|比例|比率|率)[^，。；扣]{0,8}(?:得分|计分|计算得分|赋分|给分|打分|折算)"
)
_OPEN = regex(r"酌情|视情况|视情|综合考虑|区间内|另行|加分|除外")
_RATE = regex(r"[“\"]?[\u4e00-\u9fff“”\"]{2,18}?率")
_CAP = regex(r"[，,]?\s?(?:最高|最多|最低|上限)(?:得|计|为|不超过)?\s?" + _N + r"\s?分")
_NEXT = regex(r"((?:得|计|记)\s?\d{1,3}(?:\.\d{1,3})?\s?分|得满分|不得分|不计分)[，,、]")
"""A comma behind an award begins the next condition."""
_DEFINITION = regex(r"[^。；;\n]{2,60}=[^。；;\n]{2,120}×\s?100%[。；;]?")
_DOWN, _UP = (
    frozenset({"降低", "减少", "下降", "低于", "低", "少"}),
    frozenset({"超过", "超出", "高于", "增加", "高", "超", "多"}),
)
_AT_LEAST = frozenset({"≥", ">=", "不低于", "不少于", "不小于", "大于等于", "达到"})
_AT_MOST = frozenset({"≤", "<=", "不高于", "不超过", "不大于", "小于等于"})
_ABOVE, _BELOW = frozenset({">", "大于", "高于", "超过"}), frozenset({"<", "小于", "低于", "未达到"})
_FLIPPED = {"≥": "≤", "≤": "≥", ">": "<", "<": ">"}


class Band(NamedTuple):
    """The marks for values from `low` to `high`. An edge is closed, open, or (None) either."""

    marks: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    low_closed: bool | None = None
    high_closed: bool | None = None

    def holds(self, value: Decimal) -> bool | None:
        """Whether the value lies in it; None on an edge that the words leave open."""
        sure = True
        for edge, closed, inside in ((self.low, self.low_closed, 1), (self.high, self.high_closed, -1)):
            if edge is None:
                continue
            if value == edge:
                if closed is False:
                    return False
                sure = sure and closed is True
            elif (value - edge) * inside < 0:
                return False
        return True if sure else None


class Step(NamedTuple):
    """每低 `size`（个百分点 or %）扣 `deduct`分."""

    size: Decimal
    deduct: Decimal
    down: bool
    up: bool


@dataclass(frozen=True)
class Rule:
    """A rule of one rate. `share`: the marks at 100 % where marks follow the rate."""

    full: Decimal
    bands: tuple[Band, ...] = ()
    step: Step | None = None
    share: Decimal | None = None
    zero_too: bool = False

    def marks(self, value: Decimal) -> dict[Decimal, str]:
        """The marks that the value may earn, each with the reading that gives it; none where the rule does not say."""
        found: dict[Decimal, str] = {}
        sure = False
        for band in self.bands:
            held = band.holds(value)
            if held is not False:
                found.setdefault(band.marks, f"落在得{band.marks}分的一档")
                sure = sure or held is True
        if not sure and self.step is not None:
            for marks, words in self._stepped(value):
                found.setdefault(marks, words)
        if not sure and self.share is not None:
            for edge in {_HUNDRED, *(b.low for b in self.bands if b.low and b.marks == self.full)}:
                found.setdefault(
                    min(self.share, value / edge * self.share), f"{_tell(value)}%÷{_tell(edge)}%×{_tell(self.share)}分"
                )
        if found and self.zero_too:
            found.setdefault(Decimal(0), "另列的不得分情形")
        return found

    def _stepped(self, value: Decimal) -> Iterator[tuple[Decimal, str]]:
        step = self.step
        top = next((b for b in self.bands if b.marks), None)
        if step is None or top is None or step.size == 0:
            return
        if top.low is not None and value < top.low and (step.down or not step.up):
            edge = top.low
        elif top.high is not None and value > top.high and (step.up or not step.down):
            edge = top.high
        else:
            return
        gaps = [(abs(value - edge), "个百分点")]
        if edge:
            gaps.append((abs(value - edge) / edge * _HUNDRED, "%"))
        for gap, unit in gaps:
            exact = gap / step.size
            for count, how in (
                (exact.to_integral_value(ROUND_FLOOR), "不足一档不扣"),
                (exact.to_integral_value(ROUND_CEILING), "不足一档按一档扣"),
                (exact, "按比例扣"),
            ):
                marks = max(Decimal(0), top.marks - count * step.deduct)
                yield marks, f"相差{_tell(gap)}{unit}，{how}，{_tell(top.marks)}-{_tell(count)}×{_tell(step.deduct)}"


def _tell(value: Decimal) -> str:
    words = format(round(value, 2), "f")
    return words.rstrip("0").rstrip(".") if "." in words else words


@lru_cache(maxsize=1024)
def read_rule(standard: str, full: Decimal, name: str) -> Rule | None:
    """The rule in the words of a standard, None where they are none of one rate, or not all of them were understood.

    The reports of a city print the same standards, and a draft is read more than once.
    """
    words = _NEXT.sub(r"\1；", _CAP.sub("", _DEFINITION.sub("", plain(standard))))
    if _OPEN.search(words) or not _of_one_rate(words, name):
        return None
    parts = _Parts(full)
    if not all(parts.take(clause) for clause in _CLAUSE.split(words)):
        return None
    linear = _LINEAR.search(words)
    share = (Decimal(linear[1]) if linear[1] else full) if linear else full if _SHARE.search(words) else None
    if not any(band.marks == full for band in parts.bands) and share != full:
        return None
    if parts.step is not None and sum(bool(band.marks) for band in parts.bands) != 1:
        return None
    return Rule(full, tuple(parts.bands), parts.step, share, parts.zero_too)


@dataclass
class _Parts:
    """The bands and the step of a rule, gathered clause by clause."""

    full: Decimal
    bands: list[Band] = field(default_factory=list)
    step: Step | None = None
    zero_too: bool = False

    def take(self, clause: str) -> bool:
        """Add what a clause says; False where it says something that is not understood."""
        if (found := _STEP.search(clause)) is not None:
            if self.step is not None:
                return False
            self.step = _step(found)
            clause = clause[: found.start()]
        award = _AWARD.search(clause)
        given = self._given(clause, award)
        if given is None:
            return "扣" not in clause or "扣完" in clause
        band = _band(clause[: award.start()] if award else clause, given)
        if band is not None:
            self.bands.append(band)
            return True
        self.zero_too = self.zero_too or not given
        return not given

    def _given(self, clause: str, award: re.Match[str] | None) -> Decimal | None:
        if award is not None:
            return Decimal(award[1])
        if _FULL_AWARD.search(clause):
            return self.full
        return Decimal(0) if _NONE_AWARD.search(clause) else None


def _of_one_rate(words: str, name: str) -> bool:
    """Whether no other rate is spoken of than the indicator's own, and no items are added up."""
    bare = re.sub(r"[“”\"（()）\s]", "", name)
    for found in _RATE.finditer(re.sub(r"得分率|按比率|比率", "", words)):
        rate = re.sub(r"[“”\"\s]|^(?:得分|如果|其中|当|若|按)", "", found[0])
        if not (bare.endswith(rate) or rate.endswith(bare)):
            return False
    _, parts = items(words)
    if len(parts) > 1 and not any("%" in part or re.search(r"[≥≤<>=]", part) for part in parts):
        return False
    return not re.search(r"[（(]\s?\d(?:\.\d)?\s?分\s?[)）]", words)


def _step(found: re.Match[str]) -> Step:
    sides = {found[1], found[2]} - {None}
    both = bool(sides & {"偏离", "相差", "变动"})
    size = Decimal(1) if found[4] else Decimal(found[3])
    return Step(size, Decimal(found[6]), both or bool(sides & _DOWN), both or bool(sides & _UP))


def _band(condition: str, marks: Decimal) -> Band | None:
    """The values of which a condition speaks: ≥90%, 80%（含）-90%, 90%>率≥75%, 低于60%."""
    if (ranged := _RANGE.search(condition)) is not None:
        return _between(ranged, marks)
    band = Band(marks)
    for found in _BOUND.finditer(condition):
        sign, value = _sign(found), Decimal(found[2])
        if sign == "=":
            return Band(marks, value, value, True, True)
        if sign in _AT_LEAST or sign in _ABOVE:
            band = band._replace(low=value, low_closed=sign in _AT_LEAST)
        elif sign in _AT_MOST or sign in _BELOW:
            band = band._replace(high=value, high_closed=sign in _AT_MOST)
        elif found[3]:
            alone = len(re.findall(r"%", condition)) == 1
            return Band(marks, value, value, True, True) if alone else None
    return None if band.low is None and band.high is None else band


def _between(ranged: re.Match[str], marks: Decimal) -> Band:
    """80%（含）-90% holds 80 and not 90, 5%-10%（含） the other way round; without 含 both edges are open to either reading."""
    low, high = sorted((Decimal(ranged[1]), Decimal(ranged[3])))
    low_closed, high_closed = _included(ranged[2]), _included(ranged[4])
    if low_closed is None and high_closed is not None:
        low_closed = not high_closed
    elif high_closed is None and low_closed is not None:
        high_closed = not low_closed
    return Band(marks, low, high, low_closed, high_closed)


def _sign(found: re.Match[str]) -> str:
    """The sign before a number, or after it turned round: 90%≤率 is 率≥90%, 90%以上 is ≥90%."""
    before, _, percent, included, after, more = found.groups()
    if after and after in _FLIPPED and not before:
        return _FLIPPED[after]
    if after and after.endswith("以上"):
        return ">" if more == "不含" else "≥"
    if after and after.endswith(("以下", "以内")):
        return "≤" if more == "含" or included or after != "以下" else "<"
    if before == "为":
        return "=" if percent else ""
    return before or ""


def _included(words: str | None) -> bool | None:
    return None if not words else "不" not in words
