"""Changes in prose that do not follow from the amounts beside them: 比上年减少194.51万元，下降20.54%; 由92.1%提高到95.3%，提高3.2个百分点.

A change is checked where the sentence names what changed: the amount of this year and the change, or both years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.verify.itself.ends import (
    DOWN,
    FROM,
    MOVED,
    REACHED,
    UP,
    Ends,
    direction_of,
    ends_of,
    grew,
    percent_like,
    same_value,
    two_ends,
    wrong_change,
)
from assistant.verify.itself.printed import Amount, slip
from assistant.verify.itself.quotients import side
from assistant.verify.itself.runs import Quantity, Run, outside, runs
from assistant.verify.reading.reading import Reading

_LAST = regex(r"上年|去年|上一年|同期|[2２][0０]\d\d\s?年")
_PLAN = regex(r"预算|计划|指标")
_DONE = regex(r"支出|执行|实际|决算|支付|完成")
_SAVED = regex(r"节约|节余|结余|剩余|超支|超出|少支|多支|低于预算|高于预算|比预算|较预算")
_ABOUT_SOMETHING_ELSE = regex(r"分别|依次|各")
_OWN_SUBJECT = regex(
    r"^(?P<subject>.*?)(?:与|比|较|同比|环比|按|相比|[各均]?(?:" + UP.pattern + "|" + DOWN.pattern + "))"
)
_NO_SUBJECT = regex(r"^(?:[\s和及、]|同时|[总各均]|共|资金|年度|全年|金额|该项|因此|相应|实际|当年|本年|支出|收入)*$")
_BOTH_SIDES = regex(r"收入?[、和与]?支出?(?=总计|合计)")
_ONLY_WAY = regex(
    rf"^[，、]?(?:同比|比上年|较上年|各|均|分别)*(?:{UP.pattern}|{DOWN.pattern})(?:了|率|幅度|幅|比例|约|为|达)*$"
)
_HUNDRED = Decimal(100)
_MOST = 8
_MOST_AMOUNTS = 12
_ERROR: Severity = "error"
_WARNING: Severity = "warning"


def differences(reading: Reading) -> Iterator[Finding]:
    """Growth rates, differences and percentage points of the prose that the amounts beside them do not give."""
    before: Run = ()
    for run in runs(reading):
        if before and before[0].said.passage is not run[0].said.passage:
            before = ()
        wrong: set[int] = set()
        for at, quantity in enumerate(run):
            if quantity.amount is None or not MOVED.search(quantity.gap) or REACHED.search(quantity.gap):
                continue
            found = list(_turned(reading, run, at) if at - 1 not in wrong else ()) or list(
                _between_ends(reading, run, at)
            )
            if not found and at - 1 not in wrong:
                found = list(_beside(reading, run, at, before))
            wrong |= {at} if found else set()
            yield from found if at - 1 not in wrong else ()
        before = run


def _beside(reading: Reading, run: Run, at: int, before: Run) -> Iterator[Finding]:
    unit = run[at].unit
    if unit == "%":
        yield from _growth(reading, run, at, before)
    elif unit == "个百分点":
        yield from _points(reading, run, at)
    elif unit:
        yield from _difference(reading, run, at)


def _turned(reading: Reading, run: Run, at: int) -> Iterator[Finding]:
    """减少100万元，增长10%: one change that goes both ways."""
    if not at or run[at].unit != "%" or not MOVED.search(run[at - 1].gap) or run[at - 1].unit in ("%", "个百分点"):
        return
    moved, rate = run[at - 1].amount, run[at].amount
    ways = direction_of(run[at - 1].gap), direction_of(run[at].gap)
    if not moved or not rate or 0 in ways or ways[0] == ways[1] or moved.value <= 0 or rate.value <= 0:
        return
    if not _ONLY_WAY.match(run[at].gap) or REACHED.search(run[at - 1].gap):
        return
    words = re.split(r"[，；。：（）]", run[at - 1].gap)[-1]
    message = (
        f"{reading.text.place(moved.start)}：{words}{moved.text}，紧接着却写{run[at].gap.strip('，、')}{rate.text}，一增一减，方向矛盾。"
        f"请核对上年数后改成一致。"
    )
    yield Finding("arithmetic", "error", message, run[at].said.words, moved.start, rate.end)


def _between_ends(reading: Reading, run: Run, at: int) -> Iterator[Finding]:
    """A change whose two ends the words name: its amount, its rate and its direction."""
    change = run[at].amount
    units = {q.unit for q in run} - {"%", "个百分点", ""}
    found = next((ends for unit in sorted(units) if (ends := ends_of(run, at, unit))), None)
    if change is None or found is None or run[at].unit not in ("%", found.now.unit):
        return
    then, now = found.then, found.now
    reading.held(change.start, then.start, now.start)
    gap, slack = now.value - then.value, then.half + now.half
    way = direction_of(run[at].gap)
    if way and change.value > 0 and abs(gap) > slack and (gap > 0) != (way > 0):
        said = f"{now.text}比{then.text}{'多' if gap > 0 else '少'}，方向不符"
        yield wrong_change(reading, run[at], change, said, "", "error", (then, now))
    elif run[at].unit != "%" and abs(abs(gap) - abs(change.value)) > slack + change.half:
        right = change.written(abs(gap), min(then.step, now.step))
        yield wrong_change(reading, run[at], change, f"{then.text}与{now.text}相差{right}", right, "error", (then, now))
    elif run[at].unit == "%" and then.low > 0 and not grew(change, then, now):
        right = percent_like(change, abs(gap) / then.value * _HUNDRED)
        sums = f"（{now.text}－{then.text}）÷{then.text}＝{right}"
        yield wrong_change(reading, run[at], change, sums, right, "error", (then, now))


def _clauses(run: Run, first: int, last: int) -> str:
    return "".join(q.gap for q in run[first:last])


def _belongs(change: Quantity, amounts: Sequence[Quantity]) -> bool:
    """Whether a change is of these amounts: its clause names nothing of its own, or what they are called."""
    found = _OWN_SUBJECT.match(_last_clause(change))
    subject = _BOTH_SIDES.sub("", found["subject"].strip()) if found else ""
    return bool(_NO_SUBJECT.match(subject)) or any(
        subject in q.gap or (len(q.name) > 1 and q.name in subject) for q in amounts
    )


def _growth(reading: Reading, run: Run, at: int, before: Run) -> Iterator[Finding]:
    """x% of growth beside the change in money, or beside both years."""
    change = run[at - 1] if at else None
    if (
        change is not None
        and change.amount
        and change.unit not in ("%", "个百分点")
        and MOVED.search(change.gap)
        and not REACHED.search(change.gap)
    ):
        yield from _growth_of_change(reading, run, at, change, before)
    else:
        yield from _growth_of_years(reading, run, at)


def _growth_of_change(reading: Reading, run: Run, at: int, change: Quantity, before: Run) -> Iterator[Finding]:
    rate, moved = run[at].amount, change.amount
    if rate is None or moved is None or "；" in run[at].gap or not moved.value:
        return
    down = bool(DOWN.search(change.gap[-12:])) and not UP.search(change.gap[-6:])
    beside = (*before[:_MOST], *run[max(0, at - _MOST_AMOUNTS) : at - 1], *run[at + 1 : at + _MOST])
    near = list({q.said.mention.value: q for q in beside if q.unit == change.unit and q.amount}.values())
    if not near or any(_is_growth(rate, moved, base) for now in near for base in _bases(now, moved)):
        return
    now, severity = _changed(run, at, change, before)
    if now is None:
        return
    base = now.value + moved.value if down else now.value - moved.value
    if base <= 0:
        return
    right = percent_like(rate, moved.value / base * _HUNDRED)
    sign = "＋" if down else "－"
    sums = f"{moved.text}÷（{now.text}{sign}{moved.text}）＝{right}"
    yield wrong_change(reading, run[at], rate, sums, right, severity, (now,))


def _changed(run: Run, at: int, change: Quantity, before: Run) -> tuple[Amount | None, Severity]:
    """The amount that a change is said of: of the same sentence, without a doubt; else the one of the sentence before."""
    own = [q for q in outside(run[: at - 1]) if q.unit == change.unit and q.amount and not MOVED.search(q.gap)]
    goes_on = re.match(r"；(?:比|较|与)", change.gap) is not None
    group = _this_year([q for q in own if goes_on or "；" not in _between(run, q, at - 1)])
    if len(group) == 2 and (ends := two_ends(*group)) is not None:
        return ends.now, _ERROR
    group = _only(group) or group
    said = group if own else _only([q for q in before if q.unit == change.unit])
    if (
        len(said) != 1
        or not _belongs(change, said)
        or (_ABOUT_SOMETHING_ELSE.search(change.gap) and len(own) > 1 and not same_value(own))
    ):
        return None, _WARNING
    return said[0].amount, _ERROR if own else _WARNING


def _only(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The one quantity, or the first of several of one value (收入总计 and 支出总计); none where they differ."""
    return list(quantities[:1]) if same_value(quantities) else []


def _this_year(quantities: list[Quantity]) -> list[Quantity]:
    """Of a budget and what was spent: what was spent."""
    spent = [q for q in quantities if side(_last_clause(q)) == "actual"]
    budgets = [q for q in quantities if side(_last_clause(q)) == "budget"]
    return spent if len(spent) == 1 and len(spent) + len(budgets) == len(quantities) else quantities


def _between(run: Run, first: Quantity, last: int) -> str:
    return "".join(q.gap for q in run[run.index(first) + 1 : last + 1])


def _bases(said: Quantity, moved: Amount) -> Iterator[tuple[Decimal, Decimal]]:
    """The bases that a change can be of, as intervals: what was before, from what is now; or an amount that is of before."""
    now = said.amount
    if now is None:
        return
    slack = now.half + moved.half
    yield from ((value - slack, value + slack) for value in (now.value - moved.value, now.value + moved.value))
    if _LAST.search(said.gap) or _PLAN.search(said.gap) or FROM.search(said.gap):
        yield now.low, now.high


def _is_growth(rate: Amount, moved: Amount, base: tuple[Decimal, Decimal]) -> bool:
    low, high = base
    if low <= 0:
        return False
    return moved.low * _HUNDRED <= rate.high * high and rate.low * low <= moved.high * _HUNDRED


def _growth_of_years(reading: Reading, run: Run, at: int) -> Iterator[Finding]:
    """本年100万元，上年80万元，增长25%."""
    rate = run[at].amount
    group = [q for q in run[:at] if q.amount and q.unit not in ("%", "个百分点")][-_MOST_AMOUNTS:]
    pairs = [(a, b) for a in group for b in group if a is not b and a.unit == b.unit]
    if rate is None or not pairs or "；" in run[at].gap:
        return
    for a, b in pairs:
        if a.amount and b.amount and b.amount.low > 0 and grew(rate, b.amount, a.amount):
            return
    if len(group) != 2 or group[0].unit != group[1].unit or "；" in group[1].gap:
        return
    ends = two_ends(group[0], group[1])
    if ends is None or not ends.then.value or not _belongs(run[at], group):
        return
    then, now = ends.then, ends.now
    right = percent_like(rate, abs(now.value - then.value) / then.value * _HUNDRED)
    yield wrong_change(
        reading, run[at], rate, f"（{now.text}－{then.text}）÷{then.text}＝{right}", right, "error", (then, now)
    )


def _points(reading: Reading, run: Run, at: int) -> Iterator[Finding]:
    """提高x个百分点, beside two rates."""
    moved = run[at].amount
    rates = [q for q in run[:at] if q.unit == "%" and q.amount and not MOVED.search(q.gap)][-_MOST:]
    if moved is None or len(rates) < 2:
        return
    for a in rates:
        for b in rates:
            if (
                a is not b
                and a.amount
                and b.amount
                and abs(abs(a.amount.value - b.amount.value) - moved.value)
                <= a.amount.half + b.amount.half + moved.half
            ):
                return
    if len(rates) != 2 or "；" in _between(run, rates[0], at):
        return
    ends = two_ends(rates[0], rates[1])
    if ends is None or not _belongs(run[at], rates):
        return
    then, now = ends.then, ends.now
    right = moved.written(abs(now.value - then.value), min(now.step, then.step))
    yield wrong_change(reading, run[at], moved, f"{then.text}与{now.text}相差{right}", right, "error", (then, now))


def _difference(reading: Reading, run: Run, at: int) -> Iterator[Finding]:
    """比上年减少x万元 beside both years; 节约x万元 beside budget and payment, where it is a slip of the pen."""
    moved = run[at].amount
    group = [q for q in outside(run[:at]) if q.unit == run[at].unit]
    if moved is None or len(group) != 2 or "；" in _between(run, group[0], at) or not _belongs(run[at], group):
        return
    ends, severity = two_ends(*group), _ERROR
    if ends is None and _is_saving(run[at], *group):
        ends, severity = _pair(*group), _WARNING
    if ends is None or any(MOVED.search(q.gap) for q in group):
        return
    then, now = ends.then, ends.now
    gap = abs(now.value - then.value)
    if abs(gap - abs(moved.value)) <= then.half + now.half + moved.half or (
        severity == _WARNING and not slip(moved, gap)
    ):
        return
    right = moved.written(gap, min(then.step, now.step))
    yield wrong_change(reading, run[at], moved, f"{then.text}与{now.text}相差{right}", right, severity, (then, now))


def _is_saving(change: Quantity, budget: Quantity, spent: Quantity) -> bool:
    names = _last_clause(budget), _last_clause(spent)
    return bool(
        _SAVED.search(change.gap) and _PLAN.search(names[0]) and _DONE.search(names[1]) and not _PLAN.search(names[1])
    )


def _pair(first: Quantity, second: Quantity) -> Ends | None:
    return Ends(first.amount, second.amount) if first.amount and second.amount else None


def _last_clause(quantity: Quantity) -> str:
    return re.split(r"[，；。：（）]", quantity.gap)[-1]
