"""Accounts that must close: 年初结转＋收入－支出＝年末结转, 年初预算＋追加－追减＝全年预算, where a report prints all of them.

What a report does not print (收回, 结余分配) may explain a difference, so what does not close in a single place is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import NamedTuple

from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.verify.itself.printed import Amount, cell_amount, slip
from assistant.verify.itself.runs import Run, runs
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.tables import Cell, Table


class _Account(NamedTuple):
    """Terms by their names: those added, those taken off, and what must come out. The first of `plus` and `result` must be there."""

    plus: tuple[re.Pattern[str], ...]
    minus: tuple[re.Pattern[str], ...]
    result: re.Pattern[str]


_ACCOUNTS = (
    _Account(
        (regex(r"年初.{0,6}(?:结转|结余)|上年.{0,4}(?:结转|结余)"), regex(r"收入")),
        (regex(r"支出"), regex(r"分配|上缴|收回|缴回")),
        regex(r"年末.{0,6}(?:结转|结余)|结转下年"),
    ),
    _Account(
        (
            regex(r"^年初(?!.{0,4}预算)"),
            regex(r"(?:本年|当年|年内|期间)?(?:新?增加?|调入|购置|入库)(?:数|额)?$"),
        ),
        (regex(r"(?:本年|当年|年内|期间)?(?:减少|处置|报废|核销|调出|出库)(?:数|额)?$"),),
        regex(r"^年末|^期末"),
    ),
    _Account(
        (regex(r"(?:当年|本年)结余"), regex(r"(?:年初|上年).{0,4}结余")),
        (),
        regex(r"(?:年末|累计).{0,4}结余"),
    ),
    _Account((regex(r"原值"),), (regex(r"折旧|摊销"),), regex(r"净值")),
    _Account(
        (
            regex(r"年初.{0,4}预算|预算批复(?:数)?$|批复预算(?:数)?$"),
            regex(r"追加|调增|增加|(?<!后)调整(?:数|额|金额)?$"),
        ),
        (regex(r"追减|调减|核减|减少"),),
        regex(r"全年预算|调整后.{0,6}(?:预算|指标)|调整预算|预算调整后|^调整后(?:为)?$|变更后.{0,4}预算"),
    ),
)
_COMPARED = regex(r"比|较|率|占")
_CLAUSE = regex(r"[，。；：、,;:（）()]")
_GOES_ON = regex(r"\s?[、和及与]")
_FEWEST = 3
_MOST_OTHERS = 3
_MORE_TERMS = regex(r"使用.{0,10}结余|弥补")
_PLUS = regex(r"(?:加上|(?<![追增参附])加|连同)[^，。；]{0,14}$")
_AND_ALSO = regex(r"(?:[、和及与]|，(?:再|又)?加上?)[^，。；]{0,14}$")
_IN_ALL = regex(r"可用|合计|共计|总计|总额|总量|全年|累计|年末|预算")


def balances(reading: Reading) -> Iterator[Finding]:
    """Accounts, in a sentence or across the columns of a table, that do not close."""
    for run in runs(reading):
        if len(run) >= _FEWEST:
            summed = _added_up(reading, run)
            yield from _said(reading, run) if summed is None else summed
    for table in reading.tables:
        yield from _tabled(reading, table)


class _Filled(NamedTuple):
    plus: tuple[Amount, ...]
    minus: tuple[Amount, ...]
    result: Amount

    @property
    def gap(self) -> Decimal:
        """By how much the printed result exceeds what comes out."""
        return self.result.value - self.right

    @property
    def right(self) -> Decimal:
        """What comes out."""
        return sum((a.value for a in self.plus), Decimal(0)) - sum((a.value for a in self.minus), Decimal(0))

    @property
    def closes(self) -> bool:
        """Whether it does, up to rounding."""
        return abs(self.gap) <= sum(a.half for a in (*self.plus, *self.minus, self.result))

    def shown(self) -> str:
        """106.51＋21044.23－20998.11＝152.63."""
        taken = "".join(f"－{a.text}" for a in self.minus)
        step = min(a.step for a in (*self.plus, *self.minus))
        return f"{'＋'.join(a.text for a in self.plus)}{taken}＝{self.result.written(self.right, step)}"


def _said(reading: Reading, run: Run) -> Iterator[Finding]:
    for stretch in (run, *_segments(run)):
        part = stretch[: next((n for n, q in enumerate(stretch) if re.search(r"其中|包括", q.gap)), len(stretch))]
        if len(part) < _FEWEST:
            continue
        unit = part[0].unit
        named = [
            (_CLAUSE.split(q.gap)[-1] or q.name, q.amount) for q in part if q.unit == unit and unit != "%" and q.amount
        ]
        named = [(name, amount) for name, amount in named if not _COMPARED.search(name)]
        if any(_MORE_TERMS.search(name) for name, _ in named):
            continue
        for account in _ACCOUNTS:
            filled = _fill(account, named)
            if filled is None or len(named) > len(filled.plus) + len(filled.minus) + 2:
                continue
            filled = _listed(part, filled)
            reading.held(*(amount.start for amount in (*filled.plus, *filled.minus, filled.result)))
            if not filled.closes and not _closes_with(filled, [amount for _, amount in named]):
                yield _finding(reading, filled, "warning", next(name for name, a in named if a is filled.result))
            return


def _listed(part: Run, filled: _Filled) -> _Filled:
    """With what goes on the list that an added term begins: 追加…补助11万元、人员增资4万元."""
    terms = [a.start for a in filled.plus[1:]]
    more: list[Amount] = []
    for one, after in pairwise(part):
        if one.amount and after.amount and one.amount.start in terms and _GOES_ON.match(after.gap):
            terms.append(after.amount.start)
            more += [after.amount] if after.amount not in (*filled.plus, *filled.minus, filled.result) else []
    return filled._replace(plus=(*filled.plus, *more))


def _closes_with(filled: _Filled, all_named: Sequence[Amount]) -> bool:
    """Whether other amounts of the sentence, by whatever name, are the terms that lack."""
    counted = {a.start for a in (*filled.plus, *filled.minus, filled.result)}
    others = [a for a in all_named if a.start not in counted][:_MOST_OTHERS]
    return any(
        filled._replace(plus=(*filled.plus, *some)).closes or filled._replace(minus=(*filled.minus, *some)).closes
        for count in range(1, len(others) + 1)
        for some in combinations(others, count)
    )


def _added_up(reading: Reading, run: Run) -> list[Finding] | None:
    """年初预算100万元，加上上年结转2万元和追加3万元，全年可用资金105万元: what 加上 adds up. None where nothing does."""
    at = next((n for n, q in enumerate(run) if n and _PLUS.search(q.gap)), 0)
    if not at or not run[at].unit:
        return None
    end = at + 1
    while end < len(run) and _AND_ALSO.match(run[end].gap):
        end += 1
    terms = run[at - 1 : end]
    if end >= len(run) or not _IN_ALL.search(_CLAUSE.split(run[end].gap)[-1]) or "。" in run[end].gap:
        return None
    amounts = [q.amount for q in (*terms, run[end]) if q.amount and q.unit == run[at].unit]
    if len(amounts) < len(terms) + 1:
        return None
    filled = _Filled(tuple(amounts[:-1]), (), amounts[-1])
    reading.held(*(amount.start for amount in amounts))
    return [] if filled.closes else [_finding(reading, filled, "warning", _CLAUSE.split(run[end].gap)[-1])]


def _segments(run: Run) -> Iterator[Run]:
    """What semicolons divide a sentence into, where they do."""
    cuts = [0, *(n for n, q in enumerate(run) if n and "；" in q.gap), len(run)]
    if len(cuts) > 2:
        yield from (run[a:b] for a, b in pairwise(cuts) if b - a >= _FEWEST)


def _fill(account: _Account, named: Sequence[tuple[str, Amount]]) -> _Filled | None:
    """The terms of an account among named amounts; None where one that it needs is not there, or is there twice."""
    result = [a for name, a in named if account.result.search(name)]
    if len(result) != 1:
        return None
    rest = [(name, a) for name, a in named if not account.result.search(name)]
    plus: list[list[Amount]] = []
    for kind in account.plus:
        plus.append([a for name, a in rest if kind.search(name)])
        rest = [(name, a) for name, a in rest if not kind.search(name)]
    minus = [[a for name, a in rest if kind.search(name)] for kind in account.minus]
    if any(len(found) != 1 for found in plus) or any(len(found) > 1 for found in minus):
        return None
    taken = tuple(a for found in minus for a in found)
    if not taken and account is _ACCOUNTS[0]:
        return None
    terms = tuple(a for found in plus for a in found)
    return _Filled(terms, taken, result[0]) if len({a.unit for a in (*terms, *taken, result[0])}) == 1 else None


def _tabled(reading: Reading, table: Table) -> Iterator[Finding]:
    heads = {c: "".join(table.heads[c]) for c in range(table.width) if table.heads[c]}
    heads = {c: head for c, head in heads.items() if not _COMPARED.search(head)}
    for account in _ACCOUNTS:
        if not any(account.result.search(head) for head in heads.values()):
            continue
        rows = [
            (row, filled) for row in table.body if (filled := _fill(account, _named(table, row, heads))) is not None
        ]
        wrong = [(row, filled) for row, filled in rows if not filled.closes]
        closing = [
            filled for _, filled in rows if filled.closes and any(a.value for a in (*filled.plus[1:], *filled.minus))
        ]
        if len(wrong) > max(len(closing), 1):
            continue
        for row, filled in wrong:
            yield _finding(reading, filled, "error" if closing else "warning", table.name_of(row))


def _named(table: Table, row: Mapping[int, Cell], heads: Mapping[int, str]) -> list[tuple[str, Amount]]:
    return [(head, a) for c, head in heads.items() if (a := cell_amount(table, row.get(c)))]


def _finding(reading: Reading, filled: _Filled, severity: Severity, name: str) -> Finding:
    result = filled.result
    hints = [
        f"{a.text}若为{a.written(meant)}即相符，疑为{how}"
        for a, sign in (*((a, 1) for a in filled.plus), *((a, -1) for a in filled.minus), (result, -1))
        if (how := slip(a, meant := a.value + sign * filled.gap))
    ]
    hint = f"（{hints[0]}）" if len(hints) == 1 else ""
    message = (
        f"{reading.text.place(result.start)}：{name}按所列各数{filled.shown()}，写的是{result.text}，"
        f"相差{result.written(abs(filled.gap))}{hint}。请核对各数；如另有收回、分配等事项，请一并写明。"
    )
    return Finding("arithmetic", severity, message, f"{name}：{result.text}", result.start, result.end)
