"""Accounts that must close: 年初结转＋收入－支出＝年末结转, 年初预算＋追加－追减＝全年预算, where a report prints all of them.

What a report does not print (收回, 结余分配) may explain a difference, so what does not close in a single place is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.findings import Finding, Severity
from assistant.verify.itself.printed import Amount, cell_amount, slip
from assistant.verify.itself.runs import Run, runs
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.tables import Cell, Table


@dataclass(frozen=True, slots=True)
class _Account:
    """Terms by their names: those added, those taken off, and what must come out. The first of `plus` and `result` must be there."""

    plus: tuple[re.Pattern[str], ...]
    minus: tuple[re.Pattern[str], ...]
    result: re.Pattern[str]


_ACCOUNTS = (
    _Account(
        (re.compile(r"年初.{0,6}(?:结转|结余)|上年.{0,4}(?:结转|结余)"), re.compile(r"收入")),
        (re.compile(r"支出"), re.compile(r"分配|上缴|收回|缴回")),
        re.compile(r"年末.{0,6}(?:结转|结余)|结转下年"),
    ),
    _Account((re.compile(r"原值"),), (re.compile(r"折旧|摊销"),), re.compile(r"净值")),
    _Account(
        (re.compile(r"年初.{0,4}预算"), re.compile(r"追加|调增|增加|(?<!后)调整(?:数|额|金额)?$")),
        (re.compile(r"追减|调减|核减|减少"),),
        re.compile(r"全年预算|调整后.{0,6}(?:预算|指标)|调整预算|预算调整后|变更后.{0,4}预算"),
    ),
)
_COMPARED = re.compile(r"比|较|率|占")
_CLAUSE = re.compile(r"[，。；：、,;:（）()]")
_FEWEST = 3


def balances(reading: Reading) -> Iterator[Finding]:
    """Accounts, in a sentence or across the columns of a table, that do not close."""
    for run in runs(reading):
        if len(run) >= _FEWEST:
            yield from _said(reading, run)
    for table in reading.tables:
        yield from _tabled(reading, table)


@dataclass(frozen=True, slots=True)
class _Filled:
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
    for part in (run, *_segments(run)):
        if any(re.search(r"其中|包括", q.gap) for q in part):
            continue
        named = [(_CLAUSE.split(q.gap)[-1] or q.name, q.amount) for q in part if q.unit == "元" and q.amount]
        named = [(name, amount) for name, amount in named if not _COMPARED.search(name)]
        for account in _ACCOUNTS:
            filled = _fill(account, named)
            if filled is None or len(named) > len(filled.plus) + len(filled.minus) + 2:
                continue
            reading.held(*(amount.start for amount in (*filled.plus, *filled.minus, filled.result)))
            if not filled.closes:
                yield _finding(reading, filled, "warning", next(name for name, a in named if a is filled.result))
            return


def _segments(run: Run) -> Iterator[Run]:
    """What semicolons divide a sentence into, where they do."""
    cuts = [0, *(n for n, q in enumerate(run) if n and "；" in q.gap), len(run)]
    if len(cuts) > 2:
        yield from (run[a:b] for a, b in pairwise(cuts) if b - a >= _FEWEST)


def _fill(account: _Account, named: Sequence[tuple[str, Amount]]) -> _Filled | None:
    """The terms of an account among named amounts; None where one that it needs is not there, or is there twice."""
    result = [a for name, a in named if account.result.search(name)]
    rest = [(name, a) for name, a in named if not account.result.search(name)]
    plus: list[list[Amount]] = []
    for kind in account.plus:
        plus.append([a for name, a in rest if kind.search(name)])
        rest = [(name, a) for name, a in rest if not kind.search(name)]
    minus = [[a for name, a in rest if kind.search(name)] for kind in account.minus]
    if len(result) != 1 or any(len(found) != 1 for found in plus) or any(len(found) > 1 for found in minus):
        return None
    taken = tuple(a for found in minus for a in found)
    if not taken and account is _ACCOUNTS[0]:
        return None
    terms = tuple(a for found in plus for a in found)
    return _Filled(terms, taken, result[0]) if len({a.unit for a in (*terms, *taken, result[0])}) == 1 else None


def _tabled(reading: Reading, table: Table) -> Iterator[Finding]:
    heads = {c: "".join(table.heads[c]) for c in range(table.width) if table.heads[c]}
    for account in _ACCOUNTS:
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
    return [
        (head, a) for c, head in heads.items() if not _COMPARED.search(head) and (a := cell_amount(table, row.get(c)))
    ]


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
