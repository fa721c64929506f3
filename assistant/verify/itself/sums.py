"""Sums in prose: 支出合计752.48万元，其中：基本支出668.89万元；项目支出83.59万元 (parts after their total), and 分别为…，合计… (before it).

Which numbers are the parts is often a matter of reading. Where one reading of the sentence foots, the sentence is right; only
where there is a single way to read it and that does not foot is something said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.verify.itself.listed import Listed, carried, closing, enumerated, opened
from assistant.verify.itself.partitions import complete, cross_cut, three_public
from assistant.verify.itself.printed import Amount, added, footing, slip
from assistant.verify.itself.runs import Quantity, Run, name_in, runs
from assistant.verify.reading.reading import Reading

_PERCENT = regex(r"(?<![\d.])(\d{1,3}(?:\.\d{1,4})?)\s?[%％]")
_SCALED = regex("折算|不适用")
_BUDGET = regex(r"预算|计划|指标|目标|安排|下达|核定|编制数|应")
_ACTUAL = regex(r"实际|支出[数了]|执行|决算|完成|支付|实有|在岗|在职")
_ASPECT_ONLY = regex(
    r"^(?:实际|全年|当年|年初|调整后?|累计|已|财政)*(?:支出|执行|预算|决算|完成|支付|使用|收入|到位|下达|安排|金额|资金|结转|结余)*(?:金额|数|额|了|为)*$"
)
_MOST_SUBLISTS = 10
_MOST_EARLIER = 30
_SMALL = 1000
_SHARE_GAP = Decimal("0.06")
"""By how much a printed share may be off: half a unit of its first decimal, and a little."""


def sums(reading: Reading) -> Iterator[Finding]:
    """Totals of the prose that their parts do not make up."""
    before: Run = ()
    for run in runs(reading):
        if before and before[0].said.passage is not run[0].said.passage:
            before = ()
        row = (*carried(before, run), *run)
        before = (*before[:1], *before[1:][-_MOST_EARLIER:], *run)
        if len(row) > 1:
            for listed in (*opened(row), *closing(row)):
                yield from _judged(reading, listed)


def _one_reading(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether each part is called something of its own and none speaks of another side (预算, 支出) than the total."""
    if any(q.amount is None for q in (total, *parts)):
        return False
    names = [q.name for q in parts if name_in(q.gap) or "分别" not in parts[0].gap]
    bare = total.unit != "分" and any(_ASPECT_ONLY.match(name) for name in names)
    if len(set(names)) < len(names) or bare:
        return False
    side = _side(total.gap)
    return all(not side or not (mine := _side(q.name)) or mine == side for q in parts)


def _side(words: str) -> str:
    clause = re.split(r"[，。；：,;:（）()]", words)[-1]
    budget, actual = bool(_BUDGET.search(clause)), bool(_ACTUAL.search(clause))
    return "预算" if budget and not actual else "实际" if actual and not budget else ""


def _readings(listed: Listed) -> Iterator[tuple[Quantity, ...]]:
    """The ways in which the parts can be read: all of them, the first or the second number of each item, a few less."""
    parts = listed.parts
    yield parts
    yield enumerated(parts)
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


def _judged(reading: Reading, listed: Listed) -> Iterator[Finding]:
    total = listed.total.amount
    if total is None or not listed.parts or "问卷" in listed.total.said.words:
        return  # questionnaires are for `surveys`
    if total.unit == "分" and _SCALED.search(listed.total.said.passage.words):
        return  # marks that were scaled up need not add up
    first = enumerated(listed.parts)
    if 1 < len(first) < len(listed.parts) and listed.sure and listed.words == "其中" and _too_much(listed.total, first):
        yield from _wrong(reading, listed._replace(parts=first), total, [q.amount for q in first if q.amount])
        return
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
    first = enumerated(listed.parts)
    ways = (listed.parts, first) if len(first) > 1 else (listed.parts,)
    nearest = min(ways, key=lambda parts: abs(_gap(total, parts)))
    if listed.sure and _one_reading(listed.total, nearest) and not _part_by_rate(listed, nearest):
        reading.held(total.start, *(q.amount.start for q in nearest if q.amount))
        yield from _wrong(reading, listed._replace(parts=nearest), total, [q.amount for q in nearest if q.amount])


def _part_by_rate(listed: Listed, parts: Sequence[Quantity]) -> bool:
    """Whether a rate between total and list says that the list is of so much of it: 全年预算100万元，支出率90%，其中A 60万元、B 30万元."""
    passage, total = listed.total.said.passage, listed.total.amount
    start, end = listed.total.said.mention.end - passage.start, listed.parts[0].said.mention.start - passage.start
    if total is None or total.value <= 0:
        return False
    share = sum((q.amount.value for q in parts if q.amount), Decimal(0)) * 100 / total.value
    return any(
        abs(Decimal(rate) - share) <= Decimal(10) ** -len(rate.partition(".")[2]) / 2
        for rate in _PERCENT.findall(passage.words, max(0, start), max(0, end))
    )


def _too_much(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the parts before the first semicolon, each of one name and by name all there is, do not make the total."""
    amounts = [q.amount for q in parts if q.amount]
    whole = total.amount
    return bool(
        whole
        and len(amounts) == len(parts)
        and complete(q.name for q in parts)
        and _one_reading(total, parts)
        and footing(whole, amounts) in ("over", "short")
    )


def _gap(total: Amount, parts: Sequence[Quantity]) -> Decimal:
    return total.value - sum(q.amount.value for q in parts if q.amount)


def _rounding(reading: Reading, total: Amount, parts: Sequence[Amount]) -> Finding:
    where = reading.text.place(total.start)
    message = f"{where}：{added(parts, total)}，正文的合计为{total.text}，差在四舍五入之内。可加注尾差说明。"
    return Finding("arithmetic", "info", message, total.text, total.start, total.end)


def _wrong(reading: Reading, listed: Listed, total: Amount, parts: Sequence[Amount]) -> Iterator[Finding]:
    over = footing(total, parts) == "over"
    names = [q.name for q in listed.parts]
    full = listed.closed or complete(names) or listed.of_marks or _shares_are_whole(listed)
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
        or three_public(listed.total.said.before, names)
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


def _shares_are_whole(listed: Listed) -> bool:
    """Whether the shares said beside the parts make 100 %, so that nothing is left out."""
    words = [q.after for q in listed.parts]
    passage = listed.total.said.passage.words
    first, last = listed.parts[0], listed.parts[-1]
    base = first.said.passage.start
    stretch = passage[first.said.mention.end - base : last.said.mention.end - base + 24]
    shares = [Decimal(m) for m in re.findall(r"占[^，；。、%]{0,12}?(\d{1,3}(?:\.\d{1,4})?)\s?[%％]", stretch)]
    whole = sum(shares, Decimal(0))
    return len(shares) == len(words) > 1 and abs(whole - 100) <= _SHARE_GAP * len(shares)
