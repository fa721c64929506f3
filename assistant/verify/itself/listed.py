"""Which numbers of a sentence a total is said to be made up of: the lists that 其中, 包括, 分别为 open, and those that 合计 closes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.patterns import regex
from assistant.verify.itself.runs import Quantity, Run

_OPENER = regex(
    r"其中|包括|包含|构成为|^[^，。；：]{2,10}中[，：](?=[^，。；：]{2,24}$)|用于(?:以下|下列)?(?:几个?)?方面[：:]|按[^，。；]{1,8}[分看][，：:]|由(?=[^，。；]{2,40}$)|分别(?:是|为)?(?=[^，。；]{0,30}$)|用于[^。；]{0,16}一是"
    r"|^[^，、。；]{0,3}(?:[（(]|[：:])(?!含|不含|另|比|较|占|上年|去年|同期|20\d\d|每|按|约)(?=[^，。；（）()]{2,30}$)"
)
_COMPOSED = regex(r"[^，。；]{0,12}(?:组成|构成)")
_CLOSING = regex(r"(?:合计|总计|合共|[两三四五六]项共|共计|总共|(?<![公一同])共)[^，、；。：（(]{0,10}$")
_EXPLICIT = regex(r"(?:合计|总计|合共|[两三四五六]项共)[^，、；。：（(]{0,8}$")
_RUNNING = regex(r"累计|平均|人均|每[^，]{0,4}$")
_CHANGE = regex(
    r"比上年|上年|去年|同比|环比|相比|[较比](?:上|去|年|预|同|计划)|增加|减少|增长|下降|节约|节余|相差|差额|超出|低于|高于|[多少到至]$|提高|降低|追加|调增|调减|"
    r"(?:没|没有|无)$|调剂|预留|平均|人均|每|标准|目标|应(?!急)|不超过|控制在|上限"
)
_NO_NEW_SUBJECT = regex(r"[^，。；：,;:（(]{0,10}[，：,:；;（( ]*$")
_LONGEST_LEAD = 24
_GIVEN = regex(r"得|总分|评分|扣")
_WHOLE_MARK = regex(r"(?:总得?分|自评得分|评价得分)[^，；。]{0,8}$")
_COULD_BE = regex(r"满分|分值|权重|标准分|每")
_AMONG = regex(r"(?:[^，。；]{0,6}，)?(?P<whole>[^，。；：]{2,10})中[，：](?=[^，。；：]{2,24}$)")
_CARRIED = regex(r"用于(?:以下|下列)?(?:几个?)?方面[：:]")
"""Opens the parts of the total that the sentence before began with."""
_STAGE = regex(r"年初|年末|上年|全年|年中|截至")
_BESIDES = regex(r"(?:^|[，；、])(?:另有?|此外|另外)")
_ON_THE_STAFF, _OFF_THE_STAFF = regex(r"在[编职]"), regex(r"编外|外聘|临聘|聘用|退休|离休|合同制|派遣")
_CARRIED_OVER = regex(r"(?:上年|年初)[^，]{0,4}(?:结转|结余)")
_ALL_MONEY = regex(r"收入|来源|资金|总")
_OWN_SIDE = regex(r"；[^，；]{0,8}(?P<side>收入|支出)合计$")
"""A total of the other side of the accounts does not close the list before it."""
_MOST_PARTS = 20
_CUMULATED = regex(r"累计[^，、；。：（(]{0,10}$")
_PERIOD = regex(r"季度|月|第[一二三四五六]批")


class Listed(NamedTuple):
    """A total and the numbers that are said to make it up. `closed`: the words say that nothing else belongs to it."""

    total: Quantity
    others: tuple[Quantity, ...]
    parts: tuple[Quantity, ...]
    closed: bool
    sure: bool
    words: str

    @property
    def of_marks(self) -> bool:
        """Whether it is a total mark and the marks that it is made of."""
        return len(self.parts) > 2 and _WHOLE_MARK.search(self.total.gap) is not None


def carried(before: Run, run: Run) -> Run:
    """The total of the sentence before whose parts a sentence opens with: …主要用于以下方面：, 受理案件中，刑事…"""
    if not before or _CARRIED.search(run[0].gap):
        return before[:1]
    if (found := _AMONG.match(run[0].gap)) is None:
        return ()
    called = [q for q in before if found["whole"] in q.gap and q.unit == run[0].unit]
    return tuple(called[:1]) if len(called) == 1 else ()


def opened(run: Run) -> Iterator[Listed]:
    """The lists that 其中, 包括, 分别为 or 由 open."""
    for at in range(1, len(run)):
        opener = _last_opener(run[at].gap)
        if opener is None or _CLOSING.search(run[at].gap):
            continue
        word = opener[0]
        total = _total_before(run, at, run[at].unit, opener)
        if total is None:
            continue
        region = _region(run, at, total, _depth("".join(q.gap for q in run[:at]) + run[at].gap[: opener.end()]) > 0)
        parts = tuple(q for q in region if _same_kind(q, total) and not _CHANGE.search(_in_all(q.name, total)))
        closed = word.startswith("由") and bool(_COMPOSED.match(region[-1].after))
        if word.startswith("由") and not closed:
            continue
        before = tuple(q for q in run[:at] if q.unit == total.unit and q is not total)
        if word.startswith("分别") and not re.search(r"合计|共|总", total.gap):
            continue
        yield Listed(total, before, parts, closed or word.startswith("分别"), True, word)


def _last_opener(gap: str) -> re.Match[str] | None:
    return next(reversed(list(_OPENER.finditer(gap, gap.rfind("；") + 1))), None)


def _depth(words: str) -> int:
    """How many brackets are open after some words."""
    return len(re.findall(r"[（(]", words)) - len(re.findall(r"[）)]", words))


def _total_before(run: Run, at: int, unit: str, opener: re.Match[str]) -> Quantity | None:
    """The number right before the opening word, or the nearest one of the parts' unit in its clause group."""
    if not unit:
        return None
    lead = run[at].gap[: opener.start()]
    if len(lead) > _LONGEST_LEAD or (opener[0].startswith("包") and not _NO_NEW_SUBJECT.match(lead)):
        return None
    nearest = at - 1 if opener.start() == 0 and opener[0][-1] in "：:" else at - 5
    before = (q for q in reversed(run[max(0, nearest) : at]) if not _CHANGE.search(q.name))
    return next((q for q in before if _same_kind(q, run[at])), None)


def enumerated(parts: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The parts before the first semicolon, which may end the list."""
    for at in range(1, len(parts)):
        passage, (a, b) = parts[0].said.passage, parts[at - 1 : at + 1]
        if "；" in passage.words[a.said.mention.end - passage.start : b.said.mention.start - passage.start]:
            return parts[:at]
    return parts


def _same_kind(quantity: Quantity, other: Quantity) -> bool:
    """Whether two numbers can be added: of one unit, and marks given, not marks that could be had."""
    if quantity.unit != "分" or quantity.unit != other.unit:
        return quantity.unit == other.unit
    goes_on = len(quantity.gap) < 3 and _GIVEN.search(quantity.said.before)
    return bool(
        _GIVEN.search(quantity.gap) or goes_on or (_WHOLE_MARK.search(other.gap) and not _COULD_BE.search(quantity.gap))
    )


def _region(run: Run, at: int, total: Quantity, in_brackets: bool) -> list[Quantity]:
    """The quantities of the list that opens at a place: those in brackets, and those that an inner 其中 opens, left out."""
    depth, inner, found = 0, False, [run[at]]
    for quantity in run[at + 1 : at + 1 + _MOST_PARTS]:
        gap = quantity.gap
        if in_brackets and depth == 0 and re.search(r"[）)]", gap) and not re.search(r"[（(][^）)]*[）)]", gap):
            break
        if _CLOSING.search(gap) or "。" in gap or _of_another_stage(quantity, total):
            break
        if _BESIDES.search(gap) or (_ON_THE_STAFF.search(total.gap) and _OFF_THE_STAFF.search(quantity.name)):
            break
        depth = max(depth + _depth(gap), 0)
        if "；" in gap or ";" in gap:
            inner = False
        if (opener := _last_opener(gap)) is not None and depth == 0 and opener[0][-1] not in "（(":
            inner = True
        if depth == 0 and not inner:
            found.append(quantity)
    return found


def _of_another_stage(quantity: Quantity, total: Quantity) -> bool:
    """Whether a number is of another time than the total; what was carried over is part of all that came in."""
    return bool(set(_STAGE.findall(_in_all(quantity.name, total))) - set(_STAGE.findall(total.gap)))


def _in_all(name: str, total: Quantity) -> str:
    return _CARRIED_OVER.sub("", name) if _ALL_MONEY.search(total.gap) else name


def closing(run: Run) -> Iterator[Listed]:
    """The lists that 合计, 共计 or 共 closes."""
    begin = 0
    for at, quantity in enumerate(run):
        if "；" in quantity.gap and not _EXPLICIT.search(quantity.gap):
            begin = at if _last_opener(quantity.gap) is None else begin
        closing = _CLOSING.search(quantity.gap) or _cumulated(run[begin:at], quantity)
        if closing is None:
            continue
        if quantity.unit and not _RUNNING.search(
            quantity.gap[-24:].replace("累计", "") if closing[0].startswith("累计") else quantity.gap[-24:]
        ):
            opened = next((n for n in range(at - 1, begin, -1) if "其中" in run[n].gap), begin)
            begin = opened if quantity.gap.lstrip("，").startswith(("合计", "总计", "共计")) else begin
            parts = tuple(
                q
                for q in run[begin:at]
                if _same_kind(q, quantity) and not _CHANGE.search(q.name) and not _CLOSING.search(q.gap)
            )
            parts = _summed_by_name(quantity, parts)
            sure = bool(_EXPLICIT.search(quantity.gap)) or closing[0].startswith("累计") or _alike(parts)
            if (own := _OWN_SIDE.search(quantity.gap)) and not any(own["side"] in q.gap for q in parts):
                continue
            if len(parts) > 1 and not any("其中" in q.gap for q in run[begin + 1 : at]):
                yield Listed(quantity, (), parts, True, sure, closing[0])


def _summed_by_name(total: Quantity, parts: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """满意和较满意合计277份: where the total names what it adds up, only these."""
    words = re.split(r"[，；。：]", total.gap)[-1]
    items = {item.strip() for item in re.split(r"[、和与及]", re.split(r"合计|总计|共", words)[0])}
    named = tuple(q for q in parts if q.name in items)
    return named if len(named) == len(items) > 1 else parts


def _cumulated(before: Sequence[Quantity], quantity: Quantity) -> re.Match[str] | None:
    """累计 after the quarters, months or batches that it is the sum of; each of these by itself, not 累计 too."""
    parts = [q for q in before if q.unit == quantity.unit]
    if len(parts) < 3 or any(not _PERIOD.search(q.name) or "累计" in q.gap for q in parts):
        return None
    return _CUMULATED.search(quantity.gap)


def _alike(parts: Sequence[Quantity]) -> bool:
    """Whether the parts stand in one enumeration of like things: 微课5个、短片1个."""
    return all(len(q.gap) < 24 and "。" not in q.gap for q in parts[1:])
