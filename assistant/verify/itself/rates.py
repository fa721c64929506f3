"""Rates in prose that do not follow from the amounts beside them: 预算100万元，支出90万元，执行率92%; 基本支出占88.89%.

Denominators differ (年初, 全年, with or without 结转), so every pair of amounts near a rate is tried. Only where none gives the
printed rate, and the words leave no doubt which two are meant, is the rate called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from assistant.findings import Finding, Severity
from assistant.numbers import Mention, to_places
from assistant.verify.itself.printed import Amount
from assistant.verify.itself.runs import Quantity, Run, name_in, outside, runs
from assistant.verify.reading.reading import Reading

_QUOTIENT = re.compile(
    r"(?:执行|支出|支付|完成|使用|利用|到位|控制|办结|办复|回收|收回|采购|节约|监控|自评|公开|回复|整改|合格|达标)(?:率|进度|比例)[^，；。]{0,6}$"
    r"|[完占为](?:成|到)?[^，；。]{0,10}(?:预算|计划|目标|任务)[数额]?的$"
)
_SHARE = re.compile(r"占(?:比|比重|比例)?(?P<whole>[^，；。、（(]{0,16}?)(?:的?比[重例]|的)?[为达是约]{0,2}$")
_CHECKED_ELSEWHERE = re.compile(
    r"平均[^，；。]{0,12}$|(?:人员|编制)控制率[^，；。]{0,4}$|(?:回收|收回|有效)率[^，；。]{0,4}$"
)
"""Averages of what is not printed, and what `staffing` and `surveys` judge."""
_OF_THAT = re.compile(r"(?:完成|占|为|达到?|是)[^，；。]{0,14}$")
_ELSEWHERE = re.compile(r"全[市省国县]|[市省]总|生产总值|GDP|同类|全部[^，]{0,4}人口|权重|满分")
_CHANGE = re.compile(
    r"比上年|上年|去年|同比|环比|增加|减少|增长|下降|节约|节余|超出|低于|高于|追加|调增|调减|核减|调剂|人均|每|标准|不[低高少超]|以[上下内]$|目标"
)
_BUDGET = re.compile(
    r"预算|计划|指标|应|安排|下达|核定|编制|受理|收到|发放|发出|任务|总额|共有|项目|总数|总量|入库|抽检|检查|检测|验收|原值|总值"
)
_ACTUAL = re.compile(
    r"支出|执行|实际|完成|决算|支付|使用|办结|收回|回收|到位|开展|在用|实有|在编|在岗|整改|回复|缴|合格|达标"
)
_PLANNED = re.compile(r"(?:计划|应|拟|需|预计|目标)[^，]{0,3}(?:完成|支出|支付|办结|到位|收回|缴)")
_NAME_OF_RATE = re.compile(
    r"(?:20\d\d\s?年|年度|全年|本[部单]位?门?|[我本][部局委办院]|整体|部门|单位|预算|资金|财政|总体|综合|支出|执行|支付|完成|率|进度|比例|达到?|为|是|[的，：:约“”\s]|平均)+"
)
_REACH = 4
"""So many sentences of the paragraph back the amounts of a rate are looked for."""
_MOST = 14
_HUNDRED = Decimal(100)


def rates(reading: Reading) -> Iterator[Finding]:
    """Percentages of the prose that no two amounts near them give."""
    earlier: list[Run] = []
    for run in runs(reading):
        if earlier and earlier[-1][0].said.passage is not run[0].said.passage:
            earlier = []
        near = _near(earlier, run)
        swapped: set[Decimal | None] = set()
        for at, quantity in enumerate(run):
            if (
                _CHECKED_ELSEWHERE.search(quantity.gap)
                or quantity.unit != "%"
                or quantity.said.mention.upper is not None
                or quantity.said.mention.direction
            ):
                continue
            if (pair := _pair(quantity.said.mention, near, near)) is not None:
                reading.held(quantity.said.mention.start, *(q.said.mention.start for q in pair))
            for wrong in _rate(run, at, earlier[-_REACH:], near):
                if quantity.said.mention.value not in swapped:
                    yield from _told(reading, wrong)
                if wrong.instead and wrong.wholes[0].amount and wrong.part.amount:
                    swapped |= {
                        q.said.mention.value
                        for q in run
                        if q.unit == "%" and holds(q.said.mention, wrong.part.amount, wrong.wholes[0].amount)
                    }
        earlier.append(run)


def _near(earlier: Sequence[Run], run: Run) -> list[Quantity]:
    """The amounts that a rate of a sentence can be of: its own and the last ones of the sentences before."""
    if all(quantity.unit != "%" for quantity in run):
        return []
    return [*_amounts(q for r in earlier[-_REACH:] for q in r)[-_MOST // 2 :], *_amounts(run)[-_MOST:]]


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A rate that its amounts do not give. `instead`: two other amounts that give it."""

    rate: Quantity
    part: Quantity
    wholes: Sequence[Quantity]
    severity: Severity
    instead: tuple[Quantity, Quantity] | None


def _rate(run: Run, at: int, earlier: Sequence[Run], near: Sequence[Quantity]) -> Iterator[_Wrong]:
    gap = run[at].gap
    if gap.strip() == "的" and at > 1 and _OF_THAT.search(run[at - 1].gap):
        yield from _of_that(run, at)
        return
    share = _SHARE.search(gap)
    if share is not None and "预算" not in share["whole"] and "计划" not in share["whole"]:
        if not _ELSEWHERE.search(gap[-40:]):
            yield from _share(run, at, near, share["whole"])
    elif _QUOTIENT.search(gap):
        yield from _quotient(run, at, earlier, near)


def _of_that(run: Run, at: int) -> Iterator[_Wrong]:
    """完成2.30万亩，为计划2.50万亩的92%: the two amounts are those right before."""
    part, whole = run[at - 2], run[at - 1]
    if not part.amount or not whole.amount or part.unit != whole.unit or "；" in whole.gap:
        return
    if not _any_pair(run[at].said.mention, _amounts(run[:at]), [whole]) and _amounts([part]):
        yield _Wrong(run[at], part, [whole], "error", None)


def holds(rate: Mention, part: Amount, whole: Amount) -> bool:
    """Whether two amounts can give a printed percentage, its bound word allowed for."""
    if rate.value is None or whole.low <= 0 or part.value < 0:
        return False
    step = rate.step or Decimal(1)
    slack = step if rate.bound == "about" else step / 2
    least = rate.value if rate.bound in ("above", "at_least") else rate.value - slack
    most = rate.value if rate.bound in ("below", "at_most") else rate.value + slack
    not_less = rate.bound in ("below", "at_most") or least * whole.low <= part.high * _HUNDRED
    return not_less and (rate.bound in ("above", "at_least") or part.low * _HUNDRED <= most * whole.high)


def _amounts(quantities: Iterable[Quantity]) -> list[Quantity]:
    """The amounts that a rate can be made of."""
    return [
        q
        for q in quantities
        if q.amount is not None and q.unit and q.unit not in ("%", "个百分点", "分", "倍", "‰", "年", "天", "日")
    ]


def _pair(rate: Mention, parts: Sequence[Quantity], wholes: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """Two amounts that give a rate; only so many of the nearest are tried."""
    return next(
        (
            (a, b)
            for a in parts[-_MOST:]
            for b in wholes[-_MOST:]
            if a is not b and a.unit == b.unit and a.amount and b.amount and holds(rate, a.amount, b.amount)
        ),
        None,
    )


def _any_pair(rate: Mention, parts: Sequence[Quantity], wholes: Sequence[Quantity]) -> bool:
    return _pair(rate, parts, wholes) is not None


def _group(run: Run, at: int) -> Sequence[Quantity]:
    """What stands between the rate before, or the last semicolon, and this one."""
    start = at
    while start and run[start - 1].unit != "%" and "；" not in run[start].gap:
        start -= 1
    return run[start:at]


def _quotient(run: Run, at: int, earlier: Sequence[Run], near: Sequence[Quantity]) -> Iterator[_Wrong]:
    rate = run[at].said.mention
    own = [q for q in _amounts(_group(run, at)) if not _CHANGE.search(_clause(q))]
    if _any_pair(rate, own, own) or _any_pair(rate, own, near) or (len(own) < 2 and _any_pair(rate, near, near)):
        return
    parts, wholes = _operands(own)
    severity: Severity = "error"
    if len(parts) == 1 and not wholes and len(own) == 1:
        parts, wholes = _operands([*own, *(q for q in outside(run[:at]) if q is not own[0] and _amounts([q]))])
        severity = "warning"
    if not parts or not wholes:
        parts, wholes = _spoken_before(run, at, earlier)
        severity = "warning"
    if len(parts) != 1 or not 0 < len(wholes) <= 2 or _of_two_wholes(rate, parts[0], _amounts(_group(run, at))):
        return
    apart = [q for q in near[-_MOST:] if not any(q is one for one in own)]
    other = next(((a, b) for a in apart for b in apart if _any_pair(rate, [a], [b])), None)
    if other is not None and not any(q.unit == "%" and q is not run[at] for q in run):
        return  # the one rate of several items: it is of another one
    yield _Wrong(run[at], parts[0], wholes, severity, other)


def _of_two_wholes(rate: Mention, part: Quantity, own: Sequence[Quantity]) -> bool:
    """Whether the rate is of two amounts together: 年初预算 and 上年结转."""
    others = [q.amount for q in own if q is not part and q.unit == part.unit and q.amount]
    return part.amount is not None and any(
        holds(rate, part.amount, replace(a, value=a.value + b.value)) for a, b in combinations(others[:6], 2)
    )


def _operands(own: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """Which amounts are what was done and which what was planned, by their names; of two amounts only one need say it."""
    parts = [q for q in own if side(_clause(q)) == "actual"]
    wholes = [q for q in own if side(_clause(q)) == "budget" and any(q.unit == p.unit for p in parts)]
    parts = [q for q in parts if any(q.unit == w.unit for w in wholes)] or parts
    return parts, wholes


def side(name: str) -> str:
    """Whether a name is of what was planned (budget) or of what was done (actual), by the word nearest to the number; else ""."""
    if _PLANNED.search(name):
        return "budget"
    if "在用" in name:
        return "actual"
    budget = max((m.end() for m in _BUDGET.finditer(name)), default=-1)
    actual = max((m.end() for m in _ACTUAL.finditer(name)), default=-1)
    return "" if budget == actual else "budget" if budget > actual else "actual"


def _spoken_before(run: Run, at: int, earlier: Sequence[Run]) -> tuple[list[Quantity], list[Quantity]]:
    """The one planned and the one actual amount that the paragraph has spoken of, lists of parts left out."""
    core = _NAME_OF_RATE.sub("", _clause(run[at]))
    if core or any(q.unit == "%" for q in run[:at]):
        return [], []
    mains = [q for r in (*earlier, run[:at]) for q in _mains(r)]
    parts, wholes = _operands([q for q in _amounts(mains) if not _CHANGE.search(_clause(q))])
    return parts, wholes


def _mains(run: Sequence[Quantity]) -> Iterator[Quantity]:
    """The amounts of a sentence before a list of parts opens."""
    for quantity in run:
        if re.search(r"其中|包括|包含|[（(]", quantity.gap):
            return
        yield quantity


def _clause(quantity: Quantity) -> str:
    """The words of its clause right before a number; where a comma divides them from it, the clause before."""
    pieces = [piece for piece in re.split(r"[，；。：,;:（）()、]", quantity.gap) if piece.strip()]
    return pieces[-1].strip() if pieces else ""


def _share(run: Run, at: int, near: Sequence[Quantity], named: str) -> Iterator[_Wrong]:
    rate = run[at].said.mention
    before = run[at - 1] if at else None
    if re.match(r"\s?[）)]", run[at].gap):
        before = next(reversed(outside(run[:at])), None)
    if before is None or not _amounts([before]) or "；" in run[at].gap:
        return
    near = [q for q in near if q is not before]
    if _any_pair(rate, [before], near) or (before.amount and not before.amount.value and rate.value == 0):
        return
    if rate.value == 100 and len(near) < 1:
        return
    whole, sure = _whole_of(run, run.index(before), near, named)
    if whole is None or whole.amount is None or before.amount is None:
        return
    other = next(((q, whole) for q in near[-_MOST:] if q is not whole and _any_pair(rate, [q], [whole])), None)
    yield _Wrong(run[at], before, [whole], "error" if sure else "warning", other)


def _whole_of(run: Run, at: int, near: Sequence[Quantity], named: str) -> tuple[Quantity | None, bool]:
    """What the share of the amount at a place is of: an amount that has the name; the total before 其中; else none."""
    before = run[at]
    if len(named) > 2 and (exact := [q for q in near if named in q.name]):
        return (exact[-1], True) if len({q.said.mention.value for q in exact}) == 1 else (None, False)
    named = re.sub(r"^(?:全部|总|当年|年度|[我本][局部单]位?)+|(?:总额|总数|总量|金额|数|额|的)+$", "", named)
    if len(named) >= 2:
        called = [q for q in near if named in q.name or named in q.said.subject]
        return (called[0], True) if len({q.amount.value for q in called if q.amount}) == 1 else (None, False)
    for n in range(at, 0, -1):
        if re.search(r"其中|包括", run[n].gap):
            whole = next(
                (q for q in reversed(run[:n]) if q.unit == before.unit and q.amount and not _CHANGE.search(_clause(q))),
                None,
            )
            if whole is not None:
                return whole, True
    return None, False


def _told(reading: Reading, wrong: _Wrong) -> Iterator[Finding]:
    mention, part = wrong.rate.said.mention, wrong.part
    wholes = [w for w in wrong.wholes if w.amount and w.amount.value and w.unit == part.unit]
    if part.amount is None or not wholes:
        return
    sums = "；".join(f"{part.amount.text}÷{w.amount.text}＝{_shown(part.amount, w.amount)}" for w in wholes if w.amount)
    only = wholes[0].amount
    expected = (
        shown_percent(mention.step, part.amount, only)
        if only and len(wholes) == 1 and wrong.severity == "error"
        else ""
    )
    here = reading.text.place(mention.start)
    places = sorted({reading.text.place(q.said.mention.start) for q in (part, *wholes)} - {here})
    beside = f"（金额见{'、'.join(places)}）" if places else ""
    other = wrong.instead
    instead = (
        f"；{mention.text}是{other[0].said.mention.text}÷{other[1].said.mention.text}，疑与另一项写混" if other else ""
    )
    name = name_in(wrong.rate.gap).rstrip("的") or "比率"
    yield Finding(
        "arithmetic", wrong.severity,
        f"{here}：{name}{mention.text}，按所列金额{sums}{beside}{instead}。请核对金额和比率，改正有误的数；若分母另有口径，请写明。",
        wrong.rate.said.words, mention.start, mention.end, expected,
    )  # fmt: skip


def _shown(part: Amount, whole: Amount) -> str:
    """The quotient as a message shows it: two decimals, no closing zeros."""
    exact = f"{to_places(part.value / whole.value * 100, 2):.2f}"
    return f"{exact.rstrip('0').rstrip('.')}%"


def shown_percent(step: Decimal | None, part: Amount, whole: Amount) -> str:
    """The quotient of two amounts, with as many decimals as a rate whose last digit is worth `step`."""
    exponent = (step or Decimal(1)).normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 2
    return f"{to_places(part.value / whole.value * 100, places):.{places}f}%"
