"""Averages in prose that the total and the count beside them do not give: 发放94.80万元，救助316人次，人均3200元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.itself.printed import Amount
from assistant.verify.itself.quotients import CHANGE, MOST, clause_of
from assistant.verify.itself.runs import Quantity, Run, runs_in_turn
from assistant.verify.reading.reading import Reading

_AVERAGE = regex(
    r"(?:(?P<each>人|户|日|天|件|次|场|村|校|车|亩)均|平均每一?(?P<every>[\u4e00-\u9fff])|每(?P<per>人|户|辆|天|件|次|场)平均)"
    r"[^，；。、（(]{0,10}$"
)
_UNITS = {
    "人": ("人", "名", "人次", "位", "个"),
    "日": ("天", "日"),
    "车": ("辆", "台"),
    "次": ("次", "人次", "批次", "场次"),
    "村": ("个", "村"),
    "校": ("所",),
}
_STANDARD = regex(r"标准|定额|上限|不超过|预算|计划|目标|全[市省国县区]")
_OVER = ("元", "%", "个百分点", "")


def averages(reading: Reading) -> Iterator[Finding]:
    """Averages that no total and count near them give, where their own sentence has one of each."""
    for run, earlier in runs_in_turn(reading):
        for at, quantity in enumerate(run):
            found = _AVERAGE.search(quantity.gap)
            if found is None or quantity.amount is None or CHANGE.search(clause_of(quantity).replace(found[0], "")):
                continue
            each = found["each"] or found["every"] or found["per"]
            yield from _average(reading, run, at, _UNITS.get(each, (each,)), earlier)


def _average(reading: Reading, run: Run, at: int, units: Sequence[str], earlier: Sequence[Run]) -> Iterator[Finding]:
    average = run[at].amount
    if average is None or _STANDARD.search(run[at].gap):
        return
    noted = [q for q in run[at + 1 : at + 2] if re.match(r"[^，。；]{0,4}[（(]按", q.gap)]
    near = [q for r in (*earlier, run[:at]) for q in r] + noted
    totals = [q for q in near if q.unit == average.unit and q.amount]
    counts = [q for q in near if q.unit in units and q.unit not in _OVER and q.amount and q.amount.value > 0]
    for total in totals[-MOST:]:
        for count in counts[-MOST:]:
            if total is not count and total.amount and count.amount and _gives(average, total.amount, count.amount):
                reading.held(average.start, total.amount.start, count.amount.start)
                return
    own = [*_group(run, at), *noted]
    mine = [[q for q in kind if any(q is one for one in own)] for kind in (totals, counts)]
    if any(len(kind) != 1 or CHANGE.search(clause_of(kind[0])) for kind in mine) or mine[0][0] is mine[1][0]:
        return
    total_amount, count_amount = mine[0][0].amount, mine[1][0].amount
    if total_amount is None or count_amount is None:
        return
    reading.held(average.start, total_amount.start, count_amount.start)
    right = average.written(total_amount.value / count_amount.value)
    here = reading.text.place(average.start)
    yield Finding(
        "arithmetic", "warning",
        f"{here}：{clause_of(run[at])}{average.text}，按所列的数{total_amount.text}÷{count_amount.text}＝{right}。"
        f"请核对总数、数量和平均数；若分子分母另有口径，请写明。",
        run[at].said.words, average.start, average.end,
    )  # fmt: skip


def _group(run: Run, at: int) -> Sequence[Quantity]:
    """What stands between the last semicolon and a place."""
    start = at
    while start and "；" not in run[start].gap:
        start -= 1
    return run[start:at]


def _gives(average: Amount, total: Amount, count: Amount) -> bool:
    """Whether two printed numbers can give a printed average, which is rounded even where what it is of was counted."""
    half = average.step / 2
    least, most = (average.value - half) * count.low, (average.value + half) * count.high
    return total.low <= most and least <= total.high
