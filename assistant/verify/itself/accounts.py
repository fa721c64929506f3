"""The accounts of a whole report: 收入总计＝支出总计, 收入合计＋年初结转＝收入总计, 支出合计＋年末结转＝支出总计, 年初、收入、支出、年末 across sections;
and what is left of a budget in its paragraph: 预算－支出＝结转下年.

A report may use these names for part of its accounts, so a difference is a warning; one that a slip of the pen explains says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.itself.printed import Amount, slip
from assistant.verify.itself.quotients import clause_of, side
from assistant.verify.itself.runs import Quantity, Run, runs
from assistant.verify.reading.reading import Reading

_TERMS = {
    "total_in": regex(r"^(?:部门)?(?:收入、?支出|收、?支|收入)总计$"),
    "total_out": regex(r"^(?:部门)?(?:收入、?支出|收、?支|支出)总计$"),
    "income": regex(r"^(?:本年)?收入合计$|^本年收入$"),
    "spent": regex(r"^(?:本年)?支出合计$|^本年支出$"),
    "begun": regex(r"^(?:上年|年初)结转(?:和|及|、)?(?:结余)?(?:资金)?$"),
    "left": regex(r"^年末结转(?:和|及|、)?(?:结余)?(?:资金)?$"),
}
_NAMES = {
    "total_in": "收入总计",
    "total_out": "支出总计",
    "income": "本年收入",
    "spent": "本年支出",
    "begun": "年初结转结余",
    "left": "年末结转结余",
}
_OTHERS = regex(
    r"(?:使用非财政拨款(?:专用)?结余|(?:用|以)事业基金弥补|使用专用结余|结余分配|上缴结余|收回|缴回)[^，。；、]{0,8}?(?P<value>[1-9][\d,]{0,20}(?:\.\d{1,6})?|0\.\d{0,5}[1-9])\s?[亿万]?元"
)
_OF_PART = regex(r"财政拨款|一般公共预算|政府性基金|国有资本|本级|所属|下属")
_EQUATIONS = (
    (("total_in",), ("total_out",)),
    (("income", "begun"), ("total_in",)),
    (("spent", "left"), ("total_out",)),
    (("income", "begun"), ("spent", "left")),
)
_DRESS = regex(
    r"^(?:20\d\d年度?|年度|[我本][部局委院单][位门]?|部门|其中|全年|\s)+(?=收|支|年末|年初|上年)|(?:均|各|分别|都)?(?:为|是|达)?$"
)
_LEFT_OVER = regex(
    r"结转下年$|^(?:资金)?(?:结余|剩余|结转)(?:资金)?$|未(?:执行|支出|使用|支付)(?:完毕|完)?的?(?:资金)?$|年末结转(?:和结余)?(?:资金)?$"
)


class _Term(NamedTuple):
    name: str
    amount: Amount


def accounts(reading: Reading) -> Iterator[Finding]:
    """Accounts of the prose that do not close."""
    rows = list(runs(reading))
    if _OTHERS.search(reading.text.text) is None:
        yield from _whole(reading, _terms(rows))
    for _, paragraph in groupby(rows, key=lambda run: run[0].said.passage.start):
        yield from _left_over(reading, [q for run in paragraph for q in _main(run)])


def _terms(rows: Sequence[Run]) -> dict[str, _Term]:
    """Each term of the accounts that the report gives one value for."""
    found: dict[str, list[Amount]] = {}
    for run in rows:
        for quantity in run:
            words = re.split(r"[，；。：,;:（）()]", quantity.gap)[-1]
            partial = _OF_PART.search(quantity.gap) or any(
                _OF_PART.search(head) for head in quantity.said.passage.section[-1:]
            )
            if quantity.unit != "元" or quantity.amount is None or partial:
                continue
            bare = _DRESS.sub("", _DRESS.sub("", words))
            for name, pattern in _TERMS.items():
                if pattern.match(bare):
                    found.setdefault(name, []).append(quantity.amount)
    return {
        name: _Term(name, min(said, key=lambda amount: amount.step))
        for name, said in found.items()
        if max(a.low for a in said) <= min(a.high for a in said)
    }


def _whole(reading: Reading, terms: dict[str, _Term]) -> Iterator[Finding]:
    closed: set[str] = set()
    wrong: list[tuple[Sequence[_Term], Sequence[_Term]]] = []
    for left, right in _EQUATIONS:
        if not {*left, *right} <= terms.keys():
            continue
        sides = [[terms[name] for name in names] for names in (left, right)]
        reading.held(*(term.amount.start for one in sides for term in one))
        gap = sum((t.amount.value for t in sides[0]), Decimal(0)) - sum((t.amount.value for t in sides[1]), Decimal(0))
        if abs(gap) <= sum(t.amount.half for one in sides for t in one):
            closed |= {*left, *right}
        else:
            wrong.append((sides[0], sides[1]))
    for left_side, right_side in wrong[:1]:
        a, b = left_side[0].amount, right_side[0].amount
        if len(left_side) == len(right_side) == 1 and not (slip(a, b.value) or slip(b, a.value)):
            continue  # some call 总计 what others call 合计
        yield _open(reading, left_side, right_side)


def _open(reading: Reading, left: Sequence[_Term], right: Sequence[_Term]) -> Finding:
    sums = [sum((t.amount.value for t in one), Decimal(0)) for one in (left, right)]
    at = right[0].amount
    shown = ["＋".join(f"{_NAMES[t.name]}{t.amount.text}" for t in one) for one in (left, right)]
    values = [f"＝{at.written(value)}" if len(one) > 1 else "" for one, value in zip((left, right), sums, strict=True)]
    places = sorted({reading.text.place(t.amount.start) for t in (*left, *right)} - {reading.text.place(at.start)})
    beside = f"（见{'、'.join(places)}）" if places else ""
    message = (
        f"{reading.text.place(at.start)}：{shown[0]}{values[0]}，{shown[1]}{values[1]}，应相等而相差{at.written(abs(sums[0] - sums[1]))}{beside}。"
        f"请核对各数；如另有结余分配等事项，请一并写明。"
    )
    return Finding("arithmetic", "warning", message, f"{_NAMES[right[0].name]}：{at.text}", at.start, at.end)


def _main(run: Run) -> Iterator[Quantity]:
    """The amounts of a sentence outside its lists of parts: up to 其中, and what a semicolon begins after it."""
    inside = False
    for quantity in run:
        if re.search(r"其中|包括|包含", quantity.gap):
            inside = True
        elif "；" in quantity.gap:
            inside = False
        if not inside and quantity.amount and quantity.unit == "元":
            yield quantity


def _left_over(reading: Reading, said: Sequence[Quantity]) -> Iterator[Finding]:
    """What is said to be left of a budget, beside the budget and what was spent: a slip of the pen in it."""
    rest = [q for q in said if _LEFT_OVER.search(clause_of(q)) and not re.search(r"上年|年初", clause_of(q))]
    if len(rest) != 1 or rest[0].amount is None:
        return
    left = rest[0].amount
    budgets = [
        q.amount for q in said if q.amount and q is not rest[0] and (side(clause_of(q)) == "budget" or "可用" in q.gap)
    ]
    spent = [q.amount for q in said if q.amount and q is not rest[0] and side(clause_of(q)) == "actual"]
    pairs = [(b, s) for b in budgets[-4:] for s in spent[-4:] if b.value > s.value]
    for b, s in pairs:
        if abs(b.value - s.value - left.value) <= b.half + s.half + left.half:
            reading.held(left.start, b.start, s.start)
            return
    slips = [(b, s, how) for b, s in pairs if (how := slip(left, b.value - s.value))]
    if len(slips) != 1:
        return
    b, s, how = slips[0]
    right = left.written(b.value - s.value)
    message = f"{reading.text.place(left.start)}：{b.text}－{s.text}＝{right}，{clause_of(rest[0])}写的是{left.text}，疑为{how}。请核对后改正有误的数。"
    yield Finding("arithmetic", "warning", message, rest[0].said.words, left.start, left.end)
