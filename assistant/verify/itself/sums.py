"""Sums in prose: 支出合计752.48万元，其中：基本支出668.89万元；项目支出83.59万元 (parts after their total), and 分别为…，合计… (before it).

Which numbers are the parts is often a matter of reading. Where one reading of the sentence foots, the sentence is right; only
where there is a single way to read it and that does not foot is something said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.findings import Finding, Severity
from assistant.verify.itself.partitions import complete, cross_cut
from assistant.verify.itself.printed import Amount, added, footing, slip
from assistant.verify.itself.runs import Quantity, Run, name_in, runs
from assistant.verify.reading.reading import Reading

_OPENER = re.compile(
    r"其中|包括|包含|构成为|由(?=[^，。；]{2,40}$)|分别(?:是|为)?(?=[^，。；]{0,30}$)|用于[^。；]{0,16}一是"
    r"|^[^，、。；]{0,3}(?:[（(]|[：:])(?!含|不含|另|比|较|占|上年|每|按|约)(?=[^，。；（）()]{2,30}$)"
)
_COMPOSED = re.compile(r"[^，。；]{0,12}(?:组成|构成)")
_CLOSING = re.compile(r"(?:合计|总计|合共|[两三四五六]项共|共计|总共|(?<![公一同])共)[^，、；。：（(]{0,10}$")
_EXPLICIT = re.compile(r"(?:合计|总计|合共|[两三四五六]项共)[^，、；。：（(]{0,8}$")
_RUNNING = re.compile(r"累计|平均|人均|每[^，]{0,4}$")
_CHANGE = re.compile(
    r"比上年|上年|去年|同比|环比|相比|[较比](?:上|去|年|预|同|计划)|增加|减少|增长|下降|节约|节余|超出|低于|高于|[多少到至]$|提高|降低|追加|调增|调减|"
    r"调剂|预留|平均|人均|每|标准|目标|应(?!急)|不超过|控制在|上限"
)
_BUDGET = re.compile(r"预算|计划|指标|目标|安排|下达|核定|编制数|应")
_ACTUAL = re.compile(r"实际|支出[数了]|执行|决算|完成|支付|实有|在岗|在职")
_ASPECT_ONLY = re.compile(
    r"^(?:实际|全年|当年|年初|调整后?|累计|已|财政)*(?:支出|执行|预算|决算|完成|支付|使用|收入|到位|下达|安排|金额|资金|结转|结余)*(?:金额|数|额|了|为)*$"
)
_NO_NEW_SUBJECT = re.compile(r"[^，。；：,;:（(]{0,10}[，：,:（( ]*$")
_LONGEST_LEAD = 24
_GIVEN = re.compile(r"得|总分|评分")
_STAGE = re.compile(r"年初|年末|上年|全年|年中|截至")
_MOST_PARTS = 20
_MOST_SUBLISTS = 10
_SMALL = 1000
_CUMULATED = re.compile(r"累计[^，、；。：（(]{0,10}$")
_PERIOD = re.compile(r"季度|月|第[一二三四五六]批")
_SHARE_GAP = Decimal("0.06")
"""By how much a printed share may be off: half a unit of its first decimal, and a little."""


@dataclass(frozen=True, slots=True)
class _List:
    """A total and the numbers that are said to make it up. `closed`: the words say that nothing else belongs to it."""

    total: Quantity
    others: tuple[Quantity, ...]
    parts: tuple[Quantity, ...]
    closed: bool
    sure: bool
    words: str


def sums(reading: Reading) -> Iterator[Finding]:
    """Totals of the prose that their parts do not make up."""
    for run in runs(reading):
        if len(run) < 2:
            continue
        for listed in (*_opened(run), *_closing(run)):
            yield from _judged(reading, listed)


def _opened(run: Run) -> Iterator[_List]:
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
        parts = tuple(q for q in region if _same_kind(q, total) and not _CHANGE.search(q.name))
        closed = word.startswith("由") and bool(_COMPOSED.match(region[-1].after))
        if word.startswith("由") and not closed:
            continue
        before = tuple(q for q in run[:at] if q.unit == total.unit and q is not total)
        if word.startswith("分别") and not re.search(r"合计|共|总", total.gap):
            continue
        yield _List(total, before, parts, closed or word.startswith("分别"), True, word)


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
    before = (q for q in reversed(run[max(0, at - 5) : at]) if not _CHANGE.search(q.name))
    return next((q for q in before if _same_kind(q, run[at])), None)


def _enumerated(parts: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The parts before the first semicolon, which may end the list."""
    for at in range(1, len(parts)):
        passage, (a, b) = parts[0].said.passage, parts[at - 1 : at + 1]
        if "；" in passage.words[a.said.mention.end - passage.start : b.said.mention.start - passage.start]:
            return parts[:at]
    return parts


def _same_kind(quantity: Quantity, other: Quantity) -> bool:
    """Whether two numbers can be added: of one unit, and marks given, not marks that could be had."""
    return quantity.unit == other.unit and (quantity.unit != "分" or bool(_GIVEN.search(quantity.gap)))


def _region(run: Run, at: int, total: Quantity, in_brackets: bool) -> list[Quantity]:
    """The quantities of the list that opens at a place: those in brackets, and those that an inner 其中 opens, left out."""
    depth, inner, found = 0, False, [run[at]]
    for quantity in run[at + 1 : at + 1 + _MOST_PARTS]:
        gap = quantity.gap
        if in_brackets and depth == 0 and re.search(r"[）)]", gap) and not re.search(r"[（(][^）)]*[）)]", gap):
            break
        if _CLOSING.search(gap) or "。" in gap or (set(_STAGE.findall(quantity.name)) - set(_STAGE.findall(total.gap))):
            break
        depth = max(depth + _depth(gap), 0)
        if "；" in gap or ";" in gap:
            inner = False
        if (opener := _last_opener(gap)) is not None and depth == 0 and opener[0][-1] not in "（(":
            inner = True
        if depth == 0 and not inner:
            found.append(quantity)
    return found


def _closing(run: Run) -> Iterator[_List]:
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
            parts = tuple(
                q
                for q in run[begin:at]
                if _same_kind(q, quantity) and not _CHANGE.search(q.name) and not _CLOSING.search(q.gap)
            )
            sure = bool(_EXPLICIT.search(quantity.gap)) or closing[0].startswith("累计") or _alike(parts)
            if len(parts) > 1 and not any("其中" in q.gap for q in run[begin + 1 : at]):
                yield _List(quantity, (), parts, True, sure, closing[0])


def _cumulated(before: Sequence[Quantity], quantity: Quantity) -> re.Match[str] | None:
    """累计 after the quarters, months or batches that it is the sum of; each of these by itself, not 累计 too."""
    parts = [q for q in before if q.unit == quantity.unit]
    if len(parts) < 3 or any(not _PERIOD.search(q.name) or "累计" in q.gap for q in parts):
        return None
    return _CUMULATED.search(quantity.gap)


def _alike(parts: Sequence[Quantity]) -> bool:
    """Whether the parts stand in one enumeration of like things: 微课5个、短片1个."""
    return all(len(q.gap) < 24 and "。" not in q.gap for q in parts[1:])


def _one_reading(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether each part is called something of its own and none speaks of another side (预算, 支出) than the total."""
    if any(q.amount is None for q in (total, *parts)):
        return False
    names = [q.name for q in parts if name_in(q.gap) or "分别" not in parts[0].gap]
    if len(set(names)) < len(names) or any(_ASPECT_ONLY.match(name) for name in names):
        return False
    side = _side(total.gap)
    return all(not side or not (mine := _side(q.name)) or mine == side for q in parts)


def _side(words: str) -> str:
    clause = re.split(r"[，。；：,;:（）()]", words)[-1]
    budget, actual = bool(_BUDGET.search(clause)), bool(_ACTUAL.search(clause))
    return "预算" if budget and not actual else "实际" if actual and not budget else ""


def _readings(listed: _List) -> Iterator[tuple[Quantity, ...]]:
    """The ways in which the parts can be read: all of them, the first or the second number of each item, a few less."""
    parts = listed.parts
    yield parts
    yield _enumerated(parts)
    for width in (2, 3):
        if len(parts) >= 2 * width and len(parts) % width == 0:
            for first in range(width):
                yield parts[first::width]
    groups: list[list[Quantity]] = []
    for q in parts:
        if not groups or "；" in q.gap:
            groups.append([])
        groups[-1].append(q)
    if len(groups) > 1:
        yield tuple(group[0] for group in groups)
        yield tuple(group[-1] for group in groups)
    total = listed.total.amount
    if _one_reading(listed.total, parts) and total and total.value < _SMALL * total.step:
        return  # some of a few small numbers add up to anything
    for count in range(1, min(len(parts), _MOST_SUBLISTS)):
        yield parts[-count:] if count > 1 else parts[:1]
        yield parts[:count]


def _judged(reading: Reading, listed: _List) -> Iterator[Finding]:
    total = listed.total.amount
    if total is None or not listed.parts or "问卷" in listed.total.said.words:
        return  # questionnaires are for `surveys`
    for parts in _readings(listed):
        amounts = [q.amount for q in parts if q.amount is not None]
        if len(amounts) < len(parts):
            continue
        for whole in (total, *(q.amount for q in listed.others if q.amount)):
            foot = footing(whole, amounts)
            if foot in ("exact", "rounding"):
                reading.held(whole.start, *(amount.start for amount in amounts))
            if foot == "exact":
                return
            if foot == "rounding":
                if whole is total and parts is listed.parts and len(parts) > 1:
                    yield _rounding(reading, total, amounts)
                return
    nearest = min((listed.parts, _enumerated(listed.parts)), key=lambda parts: abs(_gap(total, parts)))
    if listed.sure and _one_reading(listed.total, nearest):
        reading.held(total.start, *(q.amount.start for q in nearest if q.amount))
        yield from _wrong(reading, replace(listed, parts=nearest), total, [q.amount for q in nearest if q.amount])


def _gap(total: Amount, parts: Sequence[Quantity]) -> Decimal:
    return total.value - sum(q.amount.value for q in parts if q.amount)


def _rounding(reading: Reading, total: Amount, parts: Sequence[Amount]) -> Finding:
    where = reading.text.place(total.start)
    message = f"{where}：{added(parts, total)}，正文的合计为{total.text}，差在四舍五入之内。可加注尾差说明。"
    return Finding("arithmetic", "info", message, total.text, total.start, total.end)


def _wrong(reading: Reading, listed: _List, total: Amount, parts: Sequence[Amount]) -> Iterator[Finding]:
    over = footing(total, parts) == "over"
    names = [q.name for q in listed.parts]
    full = listed.closed or complete(names) or _shares_are_whole(listed)
    if len(parts) == 1 and not over:
        return
    if cross_cut(names) and all(part.low <= total.high for part in parts):
        return
    slipped = next(
        (
            (part, right, how)
            for part in parts
            if (how := slip(part, right := part.value + total.value - sum(p.value for p in parts)))
        ),
        None,
    )
    severity: Severity
    if over:
        severity = "error" if full or total.unit == "元" or any(p.low > total.high for p in parts) else "warning"
    elif full:
        severity = "error"
    elif (
        slipped
        or slip(total, sum((p.value for p in parts), Decimal(0)))
        or (len(parts) > 1 and listed.words[-1] in "（(：:")
    ):
        severity = "warning"
    else:
        return
    whole = sum(part.value for part in parts)
    gap = total.written(abs(total.value - whole), min(p.step for p in parts))
    arithmetic = (
        f"{added(parts, total)}，{'多' if over else '少'}{gap}"
        if len(parts) > 1
        else f"{parts[0].text}大于{total.text}"
    )
    hint = f"（{slipped[0].text}若为{slipped[0].written(slipped[1])}即相符，疑为{slipped[2]}）" if slipped else ""
    places = f"{reading.text.place(total.start)}：{listed.total.name or '合计'}{total.text}，所列各项{arithmetic}{hint}"
    yield Finding(
        "arithmetic", severity, f"{places}。请核对合计和各项，改正其中有误的数。",
        f"{listed.words.strip()}…{total.text}" if listed.parts[0].said.start != listed.total.said.start else listed.total.said.words,
        total.start, total.end,
    )  # fmt: skip


def _shares_are_whole(listed: _List) -> bool:
    """Whether the shares said beside the parts make 100 %, so that nothing is left out."""
    words = [q.after for q in listed.parts]
    passage = listed.total.said.passage.words
    first, last = listed.parts[0], listed.parts[-1]
    base = first.said.passage.start
    stretch = passage[first.said.mention.end - base : last.said.mention.end - base + 24]
    shares = [Decimal(m) for m in re.findall(r"占[^，；。、%]{0,12}?(\d{1,3}(?:\.\d{1,4})?)\s?[%％]", stretch)]
    whole = sum(shares, Decimal(0))
    return len(shares) == len(words) > 1 and abs(whole - 100) <= _SHARE_GAP * len(shares)
