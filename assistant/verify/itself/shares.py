"""Shares in prose: 基本支出668.89万元，占88.89%；项目支出83.59万元，占11.11%; A、B分别为1万元、2万元，分别占…%和…%.

What a share is of is seldom said in full. The shares of one list vote for it: the amount near them, or the sum of the parts, that
gives the others is the whole, and the share that it does not give is wrong. Where there is no other share, the name must say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.verify.itself.printed import Amount
from assistant.verify.itself.quotients import (
    CHANGE,
    MOST,
    Wrong,
    amounts,
    clause_of,
    holds,
    near_of,
    pair_of,
    told,
)
from assistant.verify.itself.runs import Quantity, Run, outside, runs_in_turn
from assistant.verify.reading.reading import Reading

_SHARE = regex(
    r"(?<!均)占(?!地|用)(?:比|比重|比例)?(?P<whole>[^，；。、（(]{0,16}?)(?:的?比[重例]|的)?(?:分别|依次)?[为达是约]{0,2}$"
    r"|比[重例](?:分别|依次)?[为达是约]{0,2}$"
)
_IN_TURN = regex(r"分别占|(?:分别|依次)[为是达]?$|各占")
_NEXT = regex(r"[、和及与，]{0,2}$")
_JOINED = regex(r"\s?[、和及与]\s?$")
"""What joins two shares of one list: 占33%、21%."""
_PLANS = regex(r"预算|计划|目标|任务")
_ELSEWHERE = regex(r"全[市省国县]|[市省]总|生产总值|GDP|同类|全部[^，]{0,4}人口|权重|满分|同期|上年")
_GENERAL = regex(r"^(?:全部|全年|总|当年|本年|年度|[我本][局部院单][位门]?)+|(?:总额|总数|总量|合计|金额|数|额|的)+$")
_AMONG_THEM = regex(r"\s?[之当]?中[，]?所?占")
"""8人在编内外合计150人中占5.33%: the whole stands right before."""
_ADJUSTED = regex(r"尾差|四舍五入")
_ALL_BUT_ONE = 2


class _Share(NamedTuple):
    """A share, the amount that it is of, and what the words call the whole ("" where they do not)."""

    rate: Quantity
    part: Quantity
    named: str


def shares(reading: Reading) -> Iterator[Finding]:
    """Shares of the prose that their amounts do not give."""
    for run, earlier in runs_in_turn(reading):
        near = near_of(earlier, run)
        for _, group in groupby(_grouped(_shares(run)), key=lambda pair: pair[0]):
            yield from _judged(reading, run, [share for _, share in group], near)


def _grouped(found: Iterable[_Share]) -> Iterator[tuple[int, _Share]]:
    """Shares that follow one another and are of one whole, numbered alike; one that names no whole goes on the one before."""
    number, last = 0, None
    for share in found:
        if last is not None and (share.part.unit != last.part.unit or share.named not in ("", last.named)):
            number += 1
        last = (
            share
            if share.named or last is None or share.part.unit != last.part.unit
            else share._replace(named=last.named)
        )
        yield number, last


def _shares(run: Run) -> Iterator[_Share]:
    at = 0
    while at < len(run):
        found = _SHARE.search(run[at].gap) if _is_rate(run[at]) else None
        if found is None or _ELSEWHERE.search(run[at].gap[-40:]) or _PLANS.search(found["whole"] or ""):
            at += 1
            continue
        count = 1
        if _IN_TURN.search(run[at].gap) or (at + 1 < len(run) and _JOINED.match(run[at + 1].gap)):
            while at + count < len(run) and _is_rate(run[at + count]) and _NEXT.match(run[at + count].gap):
                count += 1
        parts = _in_turn(run, at, count) if count > 1 else _before(run, at)
        whole = run[at - 1].name if at and _AMONG_THEM.match(run[at].gap) else found["whole"]
        for rate, part in zip(run[at : at + count], parts, strict=False):
            yield _Share(_rounded_off(rate), part, whole or "")
        at += count


def _rounded_off(rate: Quantity) -> Quantity:
    """A share whose sentence says that its last digit was adjusted stands for one digit more or less."""
    mention = rate.said.mention
    if not _ADJUSTED.search(rate.said.words) or mention.step is None:
        return rate
    return rate._replace(said=rate.said._replace(mention=mention._replace(step=mention.step * 3)))


def _is_rate(quantity: Quantity) -> bool:
    mention = quantity.said.mention
    return quantity.unit == "%" and mention.upper is None and not mention.direction


def _in_turn(run: Run, at: int, count: int) -> list[Quantity]:
    """The amounts of a list whose shares are said one after another behind it: the last ones, of one unit."""
    parts = amounts(run[max(0, at - count) : at])
    return parts if len(parts) == count and len({q.unit for q in parts}) == 1 else []


def _before(run: Run, at: int) -> list[Quantity]:
    """The amount that a share follows; behind a bracket the one before it. None where the share names its own part."""
    gap = run[at].gap
    before = run[at - 1] if at else None
    if at > 1 and before and _AMONG_THEM.match(gap):
        return amounts([run[at - 2]]) if run[at - 2].unit == before.unit and "；" not in before.gap else []
    if "）" in gap or ")" in gap:
        before = next(reversed(outside(run[:at])), None)
    if before is None or "；" in gap or not amounts([before]) or CHANGE.search(before.gap[-6:]):
        return []
    own = re.split(r"[，；：,;:（）()]", gap)[-1].partition("占")[0].strip("所的其比例重 ")
    return (
        [before]
        if len(own) < 2 or own in before.gap or (before.name and before.name in own)
        else _called(run[:at], own)
    )


def _called(run: Sequence[Quantity], name: str) -> list[Quantity]:
    """The one amount that has a name: 其中行政编制34人、事业编制11人，行政编制占…"""
    return found if len(found := [q for q in amounts(run) if name in q.gap]) == 1 else []


def _judged(reading: Reading, run: Run, group: list[_Share], near: Sequence[Quantity]) -> Iterator[Finding]:
    failing = []
    together = _together(group)
    for said in group:
        share = said
        others = [q for q in (*near, *together) if q is not share.part]
        pair = pair_of(share.rate.said.mention, [share.part], others)
        if pair is None and (total := _total_of_list(run, share.part)) is not None:
            pair = pair_of(share.rate.said.mention, [total], [q for q in near if q is not total])
            share = said._replace(part=total)
        if pair is not None:
            reading.held(*(q.said.mention.start for q in (share.rate, *pair)))
        elif share.part.amount and (share.part.amount.value or share.rate.said.mention.value):
            failing.append(share)
    for share in failing:
        right = [s for s in group if all(s.rate is not wrong.rate for wrong in failing)]
        whole, severity = _whole(run, share, right, [*together, *near])
        if whole is None and len(failing) == len(group) > 1 and _apart(group):
            yield _disagreeing(reading, group)
            return
        if whole is None or (share.rate.said.mention.value == 100 and not near):
            continue
        reading.held(share.rate.said.mention.start, share.part.said.mention.start)
        if any(s.part is whole and _of_one_whole(s, share) for s in group):
            continue
        parts = [q for q in near if q is not whole and q is not share.part]
        other = pair_of(share.rate.said.mention, parts, [whole])
        if other is not None and _told_already(share, other[0], failing):
            continue
        yield from told(reading, Wrong(share.rate, share.part, [whole], severity, other))


def _total_of_list(run: Run, last: Quantity) -> Quantity | None:
    """The total of the list that an amount ends: 实有44人，行政27人、事业17人，占编制的95.65%."""
    at = next((n for n, q in enumerate(run) if q is last), 0)
    whole = Decimal(0)
    for quantity in reversed(run[max(0, at - MOST) : at + 1]):
        if quantity.unit != last.unit or quantity.amount is None:
            return None
        if quantity is not last and quantity.amount.value == whole:
            return quantity
        whole += quantity.amount.value
    return None


def _apart(group: Sequence[_Share]) -> bool:
    """Whether shares that make 100 % are of wholes that cannot be one."""
    rates = [s.rate.said.mention for s in group]
    total = sum((r.value or Decimal(0) for r in rates), Decimal(0))
    slack = sum(((r.step or Decimal(1)) for r in rates), Decimal(0))
    if abs(total - 100) > slack or any(not r.value or not s.part.amount for r, s in zip(rates, group, strict=True)):
        return False
    spans = []
    for rate, share in zip(rates, group, strict=True):
        half, amount = (rate.step or Decimal(1)) / 2, share.part.amount
        if amount is None or rate.value is None or rate.value <= half:
            return False
        spans.append((amount.low * 100 / (rate.value + half), amount.high * 100 / (rate.value - half)))
    return max(low for low, _ in spans) > min(high for _, high in spans)


def _of_one_whole(one: _Share, other: _Share) -> bool:
    """Whether two shares can be of one whole that is not printed here: 甲84万元，占84%，其中乙60万元，占60%."""
    spans = []
    for rate, part in ((one.rate.said.mention, one.part.amount), (other.rate.said.mention, other.part.amount)):
        half = (rate.step or Decimal(1)) / 2
        if part is None or rate.value is None or rate.value <= half:
            return False
        spans.append((part.low / (rate.value + half), part.high / (rate.value - half)))
    return max(low for low, _ in spans) <= min(high for _, high in spans)


def _disagreeing(reading: Reading, group: Sequence[_Share]) -> Finding:
    """The finding for a list whose amounts and shares cannot all be right, where no whole is printed."""
    first = group[0]
    parts = [s.part.amount for s in group if s.part.amount]
    whole = sum((p.value for p in parts), Decimal(0))
    sums = "；".join(
        f"{p.text}占各项之和的{p.value * 100 / whole:.2f}%，写的是{s.rate.said.mention.text}"
        for p, s in zip(parts, group, strict=True)
    )
    mention = first.rate.said.mention
    message = (
        f"{reading.text.place(mention.start)}：各项占比合为100%，与金额不符：{sums}。请核对金额和占比，改正有误的数。"
    )
    return Finding("arithmetic", "error", message, first.rate.said.words, mention.start, mention.end)


def _told_already(share: _Share, other: Quantity, failing: Sequence[_Share]) -> bool:
    """Whether two shares are swapped and the first of them was told."""
    before = failing[: failing.index(share)]
    return any(s.part is other for s in before)


def _together(group: Sequence[_Share]) -> list[Quantity]:
    """The sum of the parts as an amount, where there are several."""
    parts = [s.part.amount for s in group if s.part.amount]
    if len(parts) < _ALL_BUT_ONE or len({id(s.part) for s in group}) < len(group):
        return []
    value, step = sum((p.value for p in parts), Decimal(0)), max(p.step for p in parts)
    first = parts[0]
    total = Amount(value, step, first.unit, first.written(value), first.start, first.end)
    return [group[0].part._replace(amount=total, name="", gap="")] if value else []


def _whole(
    run: Run, share: _Share, right: Sequence[_Share], near: Sequence[Quantity]
) -> tuple[Quantity | None, Severity]:
    """What a share is of: what gives the other shares of its list; else the amount that has the name; else nothing."""
    candidates = [q for q in near if q is not share.part and q.unit == share.part.unit and q.amount and q.amount.value]
    votes = [(sum(_gives(s, q.amount) for s in right), n, q) for n, q in enumerate(candidates) if q.amount]
    best = max(votes, key=lambda vote: vote[0], default=(0, 0, None))
    if best[0] and best[2] is not None and best[0] * 2 >= len(right):
        return best[2], "error" if best[0] > 1 or len(right) == 1 else "warning"
    if right:
        return None, "warning"
    called = named(share.named, candidates[-MOST:])
    if called is not None:
        return called, "error"
    return (_opening(run, share.part), "warning" if share.named else "error")


def _gives(share: _Share, whole: Amount) -> bool:
    return share.part.amount is not None and holds(share.rate.said.mention, share.part.amount, whole)


def named(name: str, near: Sequence[Quantity]) -> Quantity | None:
    """The amount that has a name, or several of one value; None where there is none or they differ."""
    bare = _GENERAL.sub("", name)
    for words in (name, bare):
        if len(words) < 2:
            continue
        found = [
            q
            for q in near
            if q.amount and (words in q.name or words in q.said.subject) and not CHANGE.search(clause_of(q))
        ]
        if found:
            return found[-1] if len({q.amount.value for q in found if q.amount}) == 1 else None
    return None


def _opening(run: Run, part: Quantity) -> Quantity | None:
    """The total before the 其中 that opens the list of a part."""
    at = next(n for n, q in enumerate(run) if q is part)
    for n in range(at, 0, -1):
        if re.search(r"其中|包括", run[n].gap):
            before = (q for q in reversed(run[:n]) if q.unit == part.unit and q.amount)
            return next((q for q in before if not CHANGE.search(clause_of(q))), None)
    return None
