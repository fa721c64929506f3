"""Rates in prose that do not follow from the amounts beside them: 预算100万元，支出90万元，执行率92%.

Denominators differ (年初, 全年, with or without 结转), so every pair of amounts near a rate is tried. Only where none gives the
printed rate, and the words leave no doubt which two are meant, is the rate called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from assistant.findings import Finding, Severity
from assistant.numbers import Mention, unit_family
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
    side,
    told,
)
from assistant.verify.itself.runs import Quantity, Run, outside, runs_in_turn
from assistant.verify.itself.shares import named
from assistant.verify.reading.reading import Reading

_QUOTIENT = regex(
    r"(?:执行|支出|支付|完成|使用|利用|到位|控制|办结|办复|回收|收回|采购|监控|自评|公开|回复|整改|合格|达标)(?:率|进度|比例)[^，；。]{0,6}$"
    r"|(?:完成|占|[为达](?:到)?)[^，；。]{0,10}(?:预算|计划|目标|任务)[数额]?的$"
)
_COMMA = regex(r"[，；。：,;:（）()]")
_OF_NAMED = regex(r"(?:完成|占|[为达](?:到)?)(?P<whole>[^，；。]{0,10}?(?:预算|计划|目标|任务))[数额]?的$")
_NAMED_RATE = regex(r"(?P<name>[\u4e00-\u9fff]{1,12})率(?:[为达是约到]|仅|只有|均)*$")
_NO_QUOTIENT = regex(
    r"增长|增幅|下降|降低|变动|差异|满意|利|税|汇|费|失业|死亡|出生|恩格尔|回报|折现|收益|覆盖|知晓|预决算"
)
_CHECKED_ELSEWHERE = regex(
    r"平均[^，；。]{0,12}$|(?:人员|编制)控制率[^，；。]{0,4}$|(?:回收|收回|有效)率[^，；。]{0,4}$"
)
"""Averages of what is not printed, and what `staffing` and `surveys` judge."""
_SEATS = regex(r"床位?|岗位?|学位|席位?|座位|编制|名额|员额|工位")
_OF_THESE = regex(r"[^，；。：,;:（）()、]{1,12}率[^，；。：,;:（）()、]{0,4}$")
"""16个项目执行率达到100%: so many have that rate."""
_NOT = regex(r"不|未|没")
_UNDONE = regex(r"未|没有|不|延期|逾期|超期|滞后|推迟|暂缓|取消|终止|中止|在办|在建|尚|顺延|跨年")
_OF_THAT = regex(r"(?:完成|占|为|达到?|是)[^，；。]{0,14}$")
_NAME_OF_RATE = regex(
    r"(?:20\d\d\s?年|年度|全年|本[部单]位?门?|[我本][部局委办院]|整体|部门|单位|预算|资金|财政|总体|综合|支出|执行|支付|完成|率|进度|比例|达到?|为|是|[的，：:约“”\s]|平均)+"
)


def rates(reading: Reading) -> Iterator[Finding]:
    """Rates of the prose that no two amounts near them give."""
    for run, earlier in runs_in_turn(reading):
        near = near_of(earlier, run)
        swapped: set[Decimal | None] = set()
        for at, quantity in enumerate(run):
            mention = quantity.said.mention
            unjudged = quantity.unit != "%" or mention.upper is not None or mention.direction
            if unjudged or _CHECKED_ELSEWHERE.search(quantity.gap):
                continue
            if (pair := pair_of(mention, near, near)) is not None:
                reading.held(mention.start, *(q.said.mention.start for q in pair))
            for wrong in _rate(run, at, earlier, near):
                if mention.value not in swapped:
                    yield from told(reading, wrong)
                if wrong.instead:
                    swapped |= _swapped(run, wrong)


def _swapped(run: Run, wrong: Wrong) -> set[Decimal | None]:
    """The other rates of the sentence that the amounts of a wrong one give: the two have changed places."""
    part, whole = wrong.part.amount, wrong.wholes[0].amount
    if part is None or whole is None:
        return set()
    return {q.said.mention.value for q in run if q.unit == "%" and holds(q.said.mention, part, whole)}


def _rate(run: Run, at: int, earlier: Sequence[Run], near: Sequence[Quantity]) -> Iterator[Wrong]:
    gap = run[at].gap
    if at and run[at - 1].unit != "元" and _OF_THESE.match(gap):
        return
    if gap.strip() == "的" and at > 1 and _OF_THAT.search(run[at - 1].gap):
        yield from _of_that(run, at)
    elif (found := _NAMED_RATE.search(gap)) and (pair := _by_what_is_left(run, at, found["name"])) is not None:
        yield from _of_both(run, at, *pair, near)
    elif _QUOTIENT.search(gap):
        judged = _of_named(run, at, near) or list(_quotient(run, at, earlier, near))
        named_rate = _NAMED_RATE.search(gap)
        yield from judged or (_by_stem(run, at, named_rate["name"], near) if named_rate else ())
    elif (found := _NAMED_RATE.search(gap)) and not _NO_QUOTIENT.search(found["name"]):
        yield from _by_stem(run, at, found["name"], near)


def _of_named(run: Run, at: int, near: Sequence[Quantity]) -> list[Wrong]:
    """决算支出5468.91万元，占调整预算的99.36%: the whole is the one amount of that name, the part the one right before."""
    found, before = _OF_NAMED.search(run[at].gap), run[at - 1]
    if found is None or not at or not amounts([before]) or "；" in run[at].gap:
        return []
    whole = named(found["whole"], [q for q in near if q is not before and q.unit == before.unit])
    if whole is None or pair_of(run[at].said.mention, near, near):
        return []
    return [Wrong(run[at], before, [whole], "error")]


def _by_stem(run: Run, at: int, name: str, near: Sequence[Quantity]) -> Iterator[Wrong]:
    """办结139件，办结率97.9%: the part is the amount with the rate's own word, the whole the only other one beside it."""
    rate = run[at].said.mention
    own = amounts(_group(run, at))
    parts = [q for q in own if _has(clause_of(q), name[-2:])]
    if len(parts) != 1 or any(q.said.mention.bound for q in own) or _is_saving(rate, own):
        return
    part = parts[0]
    whole = _beside(run, at, part, own)
    if whole is None or whole.amount is None or part.amount is None or ("其中" in part.gap and "其中" in whole.gap):
        return
    if pair_of(rate, own, own) or pair_of(rate, [part], near) or holds(rate, part.amount, whole.amount):
        return
    if _of_the_two(rate, own):
        return
    severity: Severity = "error" if whole.unit == part.unit and any(q is whole for q in own) else "warning"
    yield Wrong(
        run[at], part, [whole._replace(amount=replace(whole.amount, unit=part.unit), said=whole.said)], severity
    )


def _by_what_is_left(run: Run, at: int, name: str) -> tuple[Quantity, Quantity] | None:
    """Part and whole where two amounts say both what was done and what was not, or only what was not.

    10个按期完成，1个延期，按期完成率90.91%; 抽检600批次，不合格9批次，合格率98.50%.
    """
    own = [q for q in amounts(_group(run, at)) if q.unit == run[at - 1].unit] if at else []
    if len(own) != 2:
        return None
    of_name = [q for q in own if name[-2:] in _around(q)]
    undone = [q for q in own if _UNDONE.search(_around(q))]
    if len(of_name) != 1:
        return None
    one, other = of_name[0], own[0] if own[1] is of_name[0] else own[1]
    named, rest = one.amount, other.amount
    if named is None or rest is None:
        return None
    if len(undone) == 1 and undone[0] is other:
        return one, other._replace(amount=_changed(named, named.value + rest.value))
    if bool(_NOT.search(_around(one))) != bool(_NOT.search(name)) and rest.value > named.value:
        return one._replace(amount=_changed(named, rest.value - named.value)), other
    return None


def _changed(amount: Amount, value: Decimal) -> Amount:
    return replace(amount, value=value, text=amount.written(value))


def _around(quantity: Quantity) -> str:
    """The words of its clause before and behind a number."""
    return _COMMA.split(quantity.gap)[-1] + _COMMA.split(quantity.after, maxsplit=1)[0]


def _of_both(run: Run, at: int, part: Quantity, whole: Quantity, near: Sequence[Quantity]) -> Iterator[Wrong]:
    """The rate of what was worked out, where no two printed amounts give it either."""
    rate = run[at].said.mention
    if part.amount and whole.amount and not pair_of(rate, near, near) and not holds(rate, part.amount, whole.amount):
        yield Wrong(run[at], part, [whole], "error")


def _beside(run: Run, at: int, part: Quantity, own: Sequence[Quantity]) -> Quantity | None:
    """What a part is of: the only other amount beside it, what was planned of several, the total before 其中; else one said before."""
    others = [q for q in own if q is not part and _alike(q, part)]
    if not others:
        others = [q for q in amounts(outside(run[:at])) if q is not part and q.unit == part.unit]
    if len(others) > 1:
        planned = [q for q in others if side(clause_of(q)) == "budget"]
        listed = next((n for n, q in enumerate(own) if "其中" in q.gap), 0)
        others = planned or list(own[listed - 1 : listed] if listed else [])
    return (
        others[0]
        if (len(others) == 1 and others[0].unit not in ("元",)) or (len(others) == 1 and part.unit == "元")
        else None
    )


def _has(words: str, stem: str) -> bool:
    """Whether words have a stem in them, or in short: 网办 is 网上办理."""
    return len(stem) > 1 and all(char in words for char in stem)


def _alike(whole: Quantity, part: Quantity) -> bool:
    """Whether one amount can be part of another: counted alike, or people in the places for them."""
    if unit_family(whole.unit) == unit_family(part.unit):
        return True
    return unit_family(part.unit) == "人" and _SEATS.search(clause_of(whole)) is not None


def _is_saving(rate: Mention, own: Sequence[Quantity]) -> bool:
    """Whether a rate is what is left of one amount after another: 节约率, 结余率."""
    return any(
        holds(rate, replace(a.amount, value=a.amount.value - b.amount.value), a.amount)
        for a in own[:6]
        for b in own[:6]
        if a.amount and b.amount and a.unit == b.unit and a.amount.value > b.amount.value
    )


def _of_that(run: Run, at: int) -> Iterator[Wrong]:
    """完成2.30万亩，为计划2.50万亩的92%: the two amounts are those right before."""
    part, whole = run[at - 2], run[at - 1]
    if not part.amount or not whole.amount or part.unit != whole.unit or "；" in whole.gap:
        return
    if not pair_of(run[at].said.mention, amounts(run[:at]), [whole]) and amounts([part]):
        yield Wrong(run[at], part, [whole], "error", None)


def _group(run: Run, at: int) -> Sequence[Quantity]:
    """What stands between the rate before, or the last semicolon, and this one."""
    start = at
    while start and run[start - 1].unit != "%" and "；" not in run[start].gap:
        start -= 1
    return run[start:at]


def _quotient(run: Run, at: int, earlier: Sequence[Run], near: Sequence[Quantity]) -> Iterator[Wrong]:
    rate = run[at].said.mention
    own = [q for q in amounts(_group(run, at)) if not CHANGE.search(clause_of(q))]
    if pair_of(rate, own, own) or pair_of(rate, own, near) or (len(own) < 2 and pair_of(rate, near, near)):
        return
    if _of_the_two(rate, own):
        return
    parts, wholes = _operands(own)
    severity: Severity = "error"
    if len(parts) == 1 and not wholes and len(own) == 1:
        wholes = [q for q in near if _budget_of(q, own[0])]
        severity = "warning"
    if len(parts) == 1 and not wholes and len(own) == 1:
        parts, wholes = _operands([*own, *(q for q in outside(run[:at]) if q is not own[0] and _stands(q))])
        severity = "warning"
    if not parts or not wholes:
        parts, wholes = _spoken_before(run, at, earlier)
        severity = "warning"
    if len(parts) != 1 or not 0 < len(wholes) <= 2 or _of_two_wholes(rate, parts[0], amounts(_group(run, at))):
        return
    apart = [q for q in near[-MOST:] if not any(q is one for one in own)]
    other = next(((a, b) for a in apart for b in apart if pair_of(rate, [a], [b])), None)
    if other is not None and not any(q.unit == "%" and q is not run[at] for q in run):
        return  # the one rate of several items: it is of another one
    yield Wrong(run[at], parts[0], wholes, severity, other)


def _of_the_two(rate: Mention, own: Sequence[Quantity]) -> bool:
    """Whether the rate is of one of two amounts in both: 支出90万元，结余10万元，执行率90%."""
    pairs = [(a.amount, b.amount) for a in own[:6] for b in own[:6] if a is not b and a.unit == b.unit]
    return any(a and b and holds(rate, a, replace(b, value=a.value + b.value)) for a, b in pairs)


def _stands(quantity: Quantity) -> bool:
    """Whether it is an amount, and not by how much one changed."""
    return bool(amounts([quantity])) and not CHANGE.search(clause_of(quantity))


def _budget_of(quantity: Quantity, part: Quantity) -> bool:
    """Whether an amount is the budget of what another one spent: 基本支出预算 of 基本支出."""
    name = part.name.removesuffix("支出").removesuffix("实际")
    same = len(name) > 1 and name in quantity.name and quantity.unit == part.unit
    return same and quantity is not part and side(clause_of(quantity)) == "budget"


def _of_two_wholes(rate: Mention, part: Quantity, own: Sequence[Quantity]) -> bool:
    """Whether the rate is of two amounts together: 年初预算 and 上年结转."""
    others = [q.amount for q in own if q is not part and q.unit == part.unit and q.amount]
    return part.amount is not None and any(
        holds(rate, part.amount, replace(a, value=a.value + b.value)) for a, b in combinations(others[:6], 2)
    )


def _operands(own: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """Which amounts are what was done and which what was planned, by their names; of two amounts only one need say it."""
    parts = [q for q in own if side(clause_of(q)) == "actual"]
    wholes = [q for q in own if side(clause_of(q)) == "budget" and any(q.unit == p.unit for p in parts)]
    parts = [q for q in parts if any(q.unit == w.unit for w in wholes)] or parts
    return parts, wholes


def _spoken_before(run: Run, at: int, earlier: Sequence[Run]) -> tuple[list[Quantity], list[Quantity]]:
    """The one planned and the one actual amount that the paragraph has spoken of, lists of parts left out."""
    core = _NAME_OF_RATE.sub("", clause_of(run[at]))
    if core or any(q.unit == "%" for q in run[:at]):
        return [], []
    mains = [q for r in (*earlier, run[:at]) for q in _mains(r)]
    parts, wholes = _operands([q for q in amounts(mains) if not CHANGE.search(clause_of(q))])
    return parts, wholes


def _mains(run: Sequence[Quantity]) -> Iterator[Quantity]:
    """The amounts of a sentence before a list of parts opens."""
    for quantity in run:
        if re.search(r"其中|包括|包含|[（(]", quantity.gap):
            return
        yield quantity
