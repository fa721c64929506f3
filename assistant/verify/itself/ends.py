"""Between which two amounts a change of the prose lies: 比上年的100万元增加20万元, 增长25%（上年80万元）, 由80%提高到95%, 比年初预算少支出10万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.findings import Finding, Severity
from assistant.numbers import to_places
from assistant.patterns import regex
from assistant.verify.itself.printed import Amount
from assistant.verify.itself.quotients import side
from assistant.verify.itself.runs import Quantity, Run, outside
from assistant.verify.reading.reading import Reading

UP = regex(r"增产|增加|增长|增收|增支|上升|提高|提升|扩大|多|增|超支|超出|高于|追加|调增")
DOWN = regex(r"减产|减少|下降|降低|减支|减收|缩减|压减|少|减|降|节约|节余|低于|核减|调减|结余|剩余")
MOVED = regex(rf"(?:{UP.pattern}|{DOWN.pattern})(?:了|额|数|率|幅度|幅|比例|资金|支出|收入|各|金额|约|为|达)*$")
REACHED = regex(r"(?:增加|增长|上升|提高|提升|减少|下降|降低|压减|调整|增|减|降)(?:到|至|为)[^，；。]{0,4}$")
_LAST = r"上年|去年|上一年|同期|[2２][0０]\d\d年"
FROM = regex(r"(?:由|从|较|比)[^，；。]{0,24}$")
_THAN = regex(rf"(?:比|较|与|同)(?:[^，；。]{{0,10}}(?:{_LAST})|[^，；。]{{0,6}}(?:预算|计划))[^，；。]{{0,14}}$")
_ONLY_MOVED = regex(
    rf"^(?:相比|比较|比)?[，、]?(?:实际|各|均|净|略|同比|共|支出|收入)*(?:{UP.pattern}|{DOWN.pattern})(?:了|额|数|支出|收入|约|为|达|各|幅度|幅|率|比例)*$"
)
_NOTED = regex(rf"^[^，。；（(]{{0,4}}[（(](?:{_LAST})[^，。；]{{0,10}}$")
_AGAINST_BUDGET = regex(
    r"(?:比|较|与)(?:年初|全年|调整后?|部门)?的?(?:预算|计划)(?:数|相比|安排|指标)*[，]?[^，；。]{0,8}$"
)
_BEFORE = regex(r"上年|去年|上一年|同期|20\d\d\s?年")
_BACK = 8
_HUNDRED = Decimal(100)


class Ends(NamedTuple):
    """What a change goes from (`then`) and to (`now`)."""

    then: Amount
    now: Amount


def direction_of(gap: str) -> int:
    """1 where the words right before a change say up, -1 where down, 0 where both or neither."""
    words = re.split(r"[，；。：（）()]", gap)[-1][-12:]
    up = max((m.end() for m in UP.finditer(words)), default=-1)
    down = max((m.end() for m in DOWN.finditer(words)), default=-1)
    return 0 if up == down else 1 if up > down else -1


def ends_of(run: Run, at: int, unit: str) -> Ends | None:
    """The two amounts of a unit that the change at a place is between, where the words leave no doubt."""
    return _than(run, at, unit) or _noted(run, at, unit) or _budgeted(run, at, unit)


def _than(run: Run, at: int, unit: str) -> Ends | None:
    """支出120万元，比上年的100万元增加20万元，增长20%: the amount of before stands right before the change, or before the change in money."""
    first = at
    while first and MOVED.search(run[first - 1].gap) and not REACHED.search(run[first - 1].gap) and at - first < 2:
        if "；" in run[first].gap:
            return None
        first -= 1
    if not first or not _ONLY_MOVED.match(run[first].gap) or not _THAN.search(run[first - 1].gap):
        return None
    then = run[first - 1]
    now = _now(run, first - 1, unit, then.gap)
    if then.amount is None or then.unit != unit or now is None or now.amount is None:
        return None
    return Ends(then.amount, now.amount)


def _now(run: Run, at: int, unit: str, gap: str) -> Quantity | None:
    """The amount that is held against another: the nearest before it of its unit that is neither a change nor itself held against."""
    cut = "；" in gap and not re.match(r"；[^，]{0,3}(?:比|较|与|同)", gap)
    if cut or re.search(r"[，；。][^，；。]{2,}(?:比|较)", gap):
        return None
    stands = [q for q in run[:at] if q.unit == unit and not MOVED.search(q.gap) and not _THAN.search(q.gap)]
    if "；" in gap and len({q.said.mention.value for q in stands}) > 1:
        return None
    for n in range(at - 1, max(-1, at - 1 - _BACK), -1):
        one = run[n]
        if (
            one.unit == unit
            and not MOVED.search(one.gap)
            and not _THAN.search(one.gap)
            and not (one.after == "的" and run[n + 1].unit == "%")
            and one in outside(run[: n + 1])
        ):
            return None if "其中" in run[n + 1].gap or re.search(_LAST, one.gap[-8:]) else one
        if "；" in one.gap and not re.match(r"；[^，]{0,3}(?:比|较|与|同)", one.gap):
            return None
    return None


def _noted(run: Run, at: int, unit: str) -> Ends | None:
    """死亡96人，比上年减少8人（上年104人）; the change in money and its rate may both stand before the bracket."""
    after = at + 1
    if after < len(run) and MOVED.search(run[after].gap) and "；" not in run[after].gap:
        after += 1
    if after >= len(run) or run[after].unit != unit or not _NOTED.search(run[after].gap):
        return None
    first = at - 1 if at and MOVED.search(run[at - 1].gap) and run[at - 1].unit in (unit, "%") else at
    if not first:
        return None
    now, then = run[first - 1], run[after]
    if now.unit != unit or MOVED.search(now.gap) or "；" in run[first].gap or not now.amount or not then.amount:
        return None
    if now not in outside(run[:first]) or re.search(
        r"[，；][^，；]{2,}(?:比|较|同比)", "，" + run[first].gap.lstrip("，")
    ):
        return None
    return Ends(then.amount, now.amount)


def _budgeted(run: Run, at: int, unit: str) -> Ends | None:
    """年初预算980万元，支出决算1026万元，…，决算数比年初预算数增加46万元: the one budget and the one accounts before it."""
    if not _AGAINST_BUDGET.search(run[at].gap) or run[at].unit != unit:
        return None
    group = [q for q in outside(run[:at]) if q.unit == unit and q.amount and not MOVED.search(q.gap)]
    budgets = [q.amount for q in group if side(_clause(q)) == "budget" and q.amount]
    spent = [q.amount for q in group if side(_clause(q)) == "actual" and q.amount]
    if len(budgets) != 1 or len(spent) != 1 or len(group) != 2:
        return None
    return Ends(budgets[0], spent[0])


def two_ends(first: Quantity, second: Quantity) -> Ends | None:
    """Which of two amounts was before and which after: 由…增加到…; 本年…，上年…."""
    if first.amount is None or second.amount is None:
        return None
    if REACHED.search(second.gap) and FROM.search(first.gap):
        return Ends(first.amount, second.amount)
    if (
        _BEFORE.search(second.gap)
        and not re.search(r"本年|今年", second.gap)
        and not re.search(r"上年|去年|同期", first.gap[-12:])
    ):
        return Ends(second.amount, first.amount)
    if re.search(r"上年|去年|同期", first.gap) and re.search(r"本年|今年", second.gap):
        return Ends(first.amount, second.amount)
    return None


def _clause(quantity: Quantity) -> str:
    return re.split(r"[，；。：（）]", quantity.gap)[-1]


def same_value(amounts: Sequence[Quantity]) -> bool:
    """Whether several quantities have one value."""
    return len({q.said.mention.value for q in amounts}) == 1


def percent_like(rate: Amount, value: Decimal) -> str:
    """A percentage with as many decimals as another one is printed with."""
    exponent = rate.step.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 2
    return f"{to_places(value, places):.{places}f}%"


def wrong_change(
    reading: Reading,
    said: Quantity,
    printed: Amount,
    sums: str,
    expected: str,
    severity: Severity,
    others: Sequence[Amount],
) -> Finding:
    """The finding for a change that the amounts beside it do not give; `sums` is its arithmetic."""
    here = reading.text.place(printed.start)
    places = sorted({reading.text.place(a.start) for a in others} - {here})
    beside = f"（见{'、'.join(places)}）" if places else ""
    words = re.split(r"[，；。：（）]", said.gap)[-1].strip()
    message = f"{here}：{words}{printed.text}，按所列的数{sums}{beside}。请核对后改正有误的数。"
    return Finding(
        "arithmetic",
        severity,
        message,
        said.said.words,
        printed.start,
        printed.end,
        expected if severity == "error" else "",
    )


def grew(rate: Amount, then: Amount, now: Amount) -> bool:
    """Whether a rate can be what an amount has grown or fallen by, from then to now."""
    low, high = now.low / then.high * _HUNDRED - 100, now.high / then.low * _HUNDRED - 100
    return (low <= rate.high and rate.low <= high) or (low <= -rate.low and -rate.high <= high)
