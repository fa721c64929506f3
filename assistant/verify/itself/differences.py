"""Changes in prose that do not follow from the amounts beside them: 比上年减少194.51万元，下降20.54%; 由92.1%提高到95.3%，提高3.2个百分点.

A change is checked where the sentence names what changed: the amount of this year and the change, or both years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.findings import Finding, Severity
from assistant.numbers import to_places
from assistant.verify.itself.printed import Amount, slip
from assistant.verify.itself.rates import side
from assistant.verify.itself.runs import Quantity, Run, outside, runs
from assistant.verify.reading.reading import Reading

_UP = re.compile(r"增产|增加|增长|增收|增支|上升|提高|提升|扩大|多|增|超支|超出|高于|追加|调增")
_DOWN = re.compile(r"减产|减少|下降|降低|减支|减收|缩减|压减|少|减|降|节约|节余|低于|核减|调减|结余|剩余")
_CHANGE = re.compile(rf"(?:{_UP.pattern}|{_DOWN.pattern})(?:了|额|数|率|幅度|比例|资金|支出|各|金额|约|为)*$")
_TO = re.compile(r"(?:增加|增长|上升|提高|提升|减少|下降|降低|压减|调整|增|减|降)(?:到|至|为)[^，；。]{0,4}$")
_FROM = re.compile(r"(?:由|从|较|比)[^，；。]{0,24}$")
_LAST = re.compile(r"上年|去年|上一年|同期|20\d\d\s?年")
_PLAN = re.compile(r"预算|计划|指标")
_DONE = re.compile(r"支出|执行|实际|决算|支付|完成")
_SAVED = re.compile(r"节约|节余|结余|剩余|超支|超出|少支|多支|低于预算|高于预算|比预算|较预算")
_ABOUT_SOMETHING_ELSE = re.compile(r"分别|依次|各")
_OWN_SUBJECT = re.compile(
    r"^(?P<subject>.*?)(?:与|比|较|同比|环比|按|相比|[各均]?(?:" + _UP.pattern + "|" + _DOWN.pattern + "))"
)
_NO_SUBJECT = re.compile(
    r"^(?:[\s和及、]|同时|[总各均]|共|资金|年度|全年|金额|该项|因此|相应|实际|当年|本年|支出|收入)*$"
)
_BOTH_SIDES = re.compile(r"收入?[、和与]?支出?(?=总计|合计)")
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
        for at, quantity in enumerate(run):
            if quantity.amount is None or not _CHANGE.search(quantity.gap) or _TO.search(quantity.gap):
                continue
            if quantity.unit == "%":
                yield from _growth(reading, run, at, before)
            elif quantity.unit == "个百分点":
                yield from _points(reading, run, at)
            elif quantity.unit:
                yield from _difference(reading, run, at)
        before = run


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
        and _CHANGE.search(change.gap)
        and not _TO.search(change.gap)
    ):
        yield from _growth_of_change(reading, run, at, change, before)
    else:
        yield from _growth_of_years(reading, run, at)


def _growth_of_change(reading: Reading, run: Run, at: int, change: Quantity, before: Run) -> Iterator[Finding]:
    rate, moved = run[at].amount, change.amount
    if rate is None or moved is None or "；" in run[at].gap or not moved.value:
        return
    down = bool(_DOWN.search(change.gap[-12:])) and not _UP.search(change.gap[-6:])
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
    right = _percent_like(rate, moved.value / base * _HUNDRED)
    sign = "＋" if down else "－"
    sums = f"{moved.text}÷（{now.text}{sign}{moved.text}）＝{right}"
    yield _finding(reading, run[at], rate, sums, right, severity, (now,))


def _changed(run: Run, at: int, change: Quantity, before: Run) -> tuple[Amount | None, Severity]:
    """The amount that a change is said of: of the same sentence, without a doubt; else the one of the sentence before."""
    own = [q for q in outside(run[: at - 1]) if q.unit == change.unit and q.amount and not _CHANGE.search(q.gap)]
    goes_on = re.match(r"；(?:比|较|与)", change.gap) is not None
    group = _this_year([q for q in own if goes_on or "；" not in _between(run, q, at - 1)])
    if len(group) == 2 and (ends := _two_ends(*group)) is not None:
        return ends[1], _ERROR
    said = group if own else _only([q for q in before if q.unit == change.unit])
    if len(said) != 1 or not _belongs(change, said) or (_ABOUT_SOMETHING_ELSE.search(change.gap) and len(own) > 1):
        return None, _WARNING
    return said[0].amount, _ERROR if own else _WARNING


def _only(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The one quantity, or the first of several of one value (收入总计 and 支出总计); none where they differ."""
    return list(quantities[:1]) if len({q.said.mention.value for q in quantities}) == 1 else []


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
    if _LAST.search(said.gap) or _PLAN.search(said.gap) or _FROM.search(said.gap):
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
        if a.amount and b.amount and b.amount.low > 0:
            low, high = a.amount.low / b.amount.high * _HUNDRED - 100, a.amount.high / b.amount.low * _HUNDRED - 100
            if (low <= rate.high and rate.low <= high) or (low <= -rate.low and -rate.high <= high):
                return
    if len(group) != 2 or group[0].unit != group[1].unit or "；" in group[1].gap:
        return
    ends = _two_ends(group[0], group[1])
    if ends is None or not ends[0].value or not _belongs(run[at], group):
        return
    then, now = ends
    right = _percent_like(rate, abs(now.value - then.value) / then.value * _HUNDRED)
    yield _finding(
        reading, run[at], rate, f"（{now.text}－{then.text}）÷{then.text}＝{right}", right, "error", (then, now)
    )


def _two_ends(first: Quantity, second: Quantity) -> tuple[Amount, Amount] | None:
    """Which of two amounts was before and which after: 由…增加到…; 本年…，上年…."""
    if first.amount is None or second.amount is None:
        return None
    if _TO.search(second.gap) and _FROM.search(first.gap):
        return first.amount, second.amount
    if (
        _LAST.search(second.gap)
        and not re.search(r"本年|今年", second.gap)
        and not re.search(r"上年|去年|同期", first.gap[-12:])
    ):
        return second.amount, first.amount
    if re.search(r"上年|去年|同期", first.gap) and re.search(r"本年|今年", second.gap):
        return first.amount, second.amount
    return None


def _points(reading: Reading, run: Run, at: int) -> Iterator[Finding]:
    """提高x个百分点, beside two rates."""
    moved = run[at].amount
    rates = [q for q in run[:at] if q.unit == "%" and q.amount and not _CHANGE.search(q.gap)][-_MOST:]
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
    ends = _two_ends(rates[0], rates[1])
    if ends is None or not _belongs(run[at], rates):
        return
    then, now = ends
    right = moved.written(abs(now.value - then.value), min(now.step, then.step))
    yield _finding(reading, run[at], moved, f"{then.text}与{now.text}相差{right}", right, "error", (then, now))


def _difference(reading: Reading, run: Run, at: int) -> Iterator[Finding]:
    """比上年减少x万元 beside both years; 节约x万元 beside budget and payment, where it is a slip of the pen."""
    moved = run[at].amount
    group = [q for q in outside(run[:at]) if q.unit == run[at].unit]
    if moved is None or len(group) != 2 or "；" in _between(run, group[0], at) or not _belongs(run[at], group):
        return
    ends, severity = _two_ends(*group), _ERROR
    if ends is None and _is_saving(run[at], *group):
        ends, severity = _pair(*group), _WARNING
    if ends is None or any(_CHANGE.search(q.gap) for q in group):
        return
    then, now = ends
    gap = abs(now.value - then.value)
    if abs(gap - abs(moved.value)) <= then.half + now.half + moved.half or (
        severity == _WARNING and not slip(moved, gap)
    ):
        return
    right = moved.written(gap, min(then.step, now.step))
    yield _finding(reading, run[at], moved, f"{then.text}与{now.text}相差{right}", right, severity, (then, now))


def _is_saving(change: Quantity, budget: Quantity, spent: Quantity) -> bool:
    names = _last_clause(budget), _last_clause(spent)
    return bool(
        _SAVED.search(change.gap) and _PLAN.search(names[0]) and _DONE.search(names[1]) and not _PLAN.search(names[1])
    )


def _pair(first: Quantity, second: Quantity) -> tuple[Amount, Amount] | None:
    return (first.amount, second.amount) if first.amount and second.amount else None


def _last_clause(quantity: Quantity) -> str:
    return re.split(r"[，；。：（）]", quantity.gap)[-1]


def _percent_like(rate: Amount, value: Decimal) -> str:
    exponent = rate.step.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 2
    return f"{to_places(value, places):.{places}f}%"


def _finding(
    reading: Reading,
    said: Quantity,
    printed: Amount,
    sums: str,
    expected: str,
    severity: Severity,
    others: Sequence[Amount],
) -> Finding:
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
