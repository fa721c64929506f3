"""Rate columns of tables against the columns beside them: 执行率, 得分率, 占比, 增减率.

Which columns a rate is of is not guessed from its name alone: every pair is tried on every row, and the pair that gives most
of the printed rates is the column's formula. A row in which it does not is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.itself.printed import Amount, cell_amount, percent
from assistant.verify.itself.quotients import shown_percent, side
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.tables import Cell, Table

_RATE = regex(r"率|占比|比重|比例|完成[^，]{0,4}[%％]|百分比|进度")
_NOT_A_RATE = regex(r"目标|指标|标准|要求|说明|原因|年度值|序时")
_CHANGE = regex(r"增减|增长|变动|调整|下降|差异|增幅")
_SHARE = regex(r"占|比重|构成")
_MARKS = regex(r"得分|分值|权重|满分|评分")
_WAIVED = "不适用"
_SMALL = 1000
"""A whole number without a unit below this is a count or a mark, above it may be an amount rounded."""
_TOTAL = regex(r"合计|总计|总额|总数")
_MOST_ROWS = 400
_MOST_COLUMNS = 14
_HUNDRED = Decimal(100)
_COUNTED = "个"

Row = Mapping[int, Cell]


class _Formula(NamedTuple):
    """A way to make the rate: column `part` over column `whole`; over the total row of `part` where `whole` is None; `change`: what
    `part` has grown by since `whole`.
    """

    part: int
    whole: int | None
    change: bool = False


def table_rates(reading: Reading) -> Iterator[Finding]:
    """Rates of the tables that their own column's formula does not give."""
    for table in reading.tables:
        if len(table.rows) > _MOST_ROWS or table.width > _MOST_COLUMNS:
            continue
        for column in range(table.width):
            head = "".join(table.heads[column])
            if _RATE.search(head) and not _NOT_A_RATE.search(head):
                yield from _column(reading, table, column)


def _column(reading: Reading, table: Table, column: int) -> Iterator[Finding]:
    rows = [(row, rate) for row in table.body if (rate := _rate(table, row.get(column))) is not None]
    if not rows or (of_marks(table, column) and _WAIVED in reading.text.text):
        return  # marks that do not apply are left out of the full marks
    votes: list[tuple[int, int, _Formula, list[tuple[Row, Amount]]]] = []
    for formula in _formulas(table, column):
        judged = [(row, rate, ok) for row, rate in rows if (ok := _gives(table, row, formula, rate)) is not None]
        fits = [(row, rate) for row, rate, ok in judged if ok]
        sharp = [rate for _, rate in fits if rate.value not in (0, _HUNDRED)]
        votes.append((len(sharp), len(fits), formula, [(row, rate) for row, rate, ok in judged if not ok]))
    if not votes:
        return
    telling, fitting, formula, wrong = max(votes, key=lambda vote: (vote[0], vote[1], -len(vote[3])))
    if telling >= 2 and (len(wrong) == 1 or telling >= 3 * len(wrong)):
        others = [vote[2] for vote in votes if vote[2] != formula]
        for row, rate in wrong:
            yield from _told(reading, table, row, rate, column, formula, others, fitting)
    elif (named := _by_name(table, column, [vote[2] for vote in votes])) is not None and fitting <= 1:
        for row, rate in rows:
            if (
                not any(_gives(table, row, vote[2], rate) for vote in votes)
                and _gives(table, row, named, rate) is False
            ):
                yield from _told(reading, table, row, rate, column, named, [], 0)


def of_marks(table: Table, column: int) -> bool:
    """Whether a column is about marks: 得分率."""
    return bool(_MARKS.search("".join(table.heads[column])))


def _rate(table: Table, cell: Cell | None) -> Amount | None:
    amount = cell_amount(table, cell)
    if amount is None or amount.unit not in ("%", ""):
        return None
    return replace(amount, unit="%")


def _formulas(table: Table, column: int) -> Iterator[_Formula]:
    head = "".join(table.heads[column])
    others = [
        c for c in range(table.width) if c != column and any(cell_amount(table, row.get(c)) for row in table.body)
    ]
    marks = of_marks(table, column)
    others = [
        c for c in others if not _RATE.search(name := "".join(table.heads[c])) and bool(_MARKS.search(name)) == marks
    ]
    if _SHARE.search(head):
        yield from (_Formula(c, None) for c in others)
    for part in others:
        for whole in others:
            if part != whole:
                yield _Formula(part, whole, bool(_CHANGE.search(head)))


def _gives(table: Table, row: Row, formula: _Formula, rate: Amount) -> bool | None:
    """Whether a formula gives the rate of a row; None where it has nothing to say of it."""
    part, whole = _operands(table, row, formula)
    if part is None or whole is None or part.unit != whole.unit or rate.start in (part.start, whole.start):
        return None
    if part.value == whole.value == 0:
        return None
    between = percent(part, whole)
    if between is None:
        return None
    low, high = between
    if formula.change:
        low, high = low - 100, high - 100
        if rate.value > 0 > high:
            low, high = -high, -low
    if rate.value == _HUNDRED and low > _HUNDRED and not formula.change:
        return None
    return low <= rate.high and rate.low <= high


def _operands(table: Table, row: Row, formula: _Formula) -> tuple[Amount | None, Amount | None]:
    part = cell_amount(table, row.get(formula.part))
    total: Row | None = row
    if formula.whole is None:
        total = next((r for r in reversed(table.body) if _TOTAL.search(table.name_of(r))), None)
    whole = cell_amount(table, total.get(formula.part if formula.whole is None else formula.whole)) if total else None
    if part and whole and all(not a.unit and a.step == 1 and a.value < _SMALL for a in (part, whole)):
        return replace(part, unit=_COUNTED), replace(whole, unit=_COUNTED)
    return part, whole


def _by_name(table: Table, column: int, formulas: Sequence[_Formula]) -> _Formula | None:
    """The formula that the heads leave no doubt of: one planned column and one actual one, or 得分 and 分值."""
    if not re.search(r"执行率|完成率|支出率|支付率|得分率", "".join(table.heads[column])):
        return None
    columns = sorted({formula.part for formula in formulas})
    heads = {c: "".join(table.heads[c]) for c in columns}
    parts = [c for c in columns if side(heads[c]) == "actual" or re.search(r"得分$", heads[c])]
    wholes = [c for c in columns if side(heads[c]) == "budget" or re.search(r"分值|权重|满分", heads[c])]
    return _Formula(parts[0], wholes[0]) if len(parts) == len(wholes) == 1 else None


def _told(
    reading: Reading, table: Table, row: Row, rate: Amount, column: int, formula: _Formula, others: Sequence[_Formula], fits: int
) -> Iterator[Finding]:  # fmt: skip
    part, whole = _operands(table, row, formula)
    if part is None or whole is None:
        return
    head = "".join(table.heads[column][-1:]) or "比率"
    right, sums = _right(row, formula, rate, part, whole)
    like = f"（其余{fits}行如此）" if fits else ""
    where = reading.text.place(rate.start)
    rule = f"{head}＝{_said(table, formula)}{like}"
    also = next(
        (f for f in others if f.part == formula.part and f.change == formula.change and _gives(table, row, f, rate)),
        None,
    )
    if also is not None:
        message = f"{where}：{rule}，这一行的{rate.text}却是{_said(table, also)}。请统一分母口径或加注说明。"
        yield Finding("arithmetic", "info", message, rate.text, rate.start, rate.end)
        return
    name = table.name_of(row)
    yield Finding(
        "arithmetic", "error", f"{where}：{rule}，{name}应为{sums}＝{right}，表中写{rate.text}。请核对金额和比率，改正有误的数。",
        f"{name}：{rate.text}", rate.start, rate.end, right,
    )  # fmt: skip


def _right(row: Row, formula: _Formula, rate: Amount, part: Amount, whole: Amount) -> tuple[str, str]:
    if formula.change:
        part = replace(part, value=part.value - whole.value)
        sums = f"（{row[formula.part].words}－{whole.text}）÷{whole.text}"
    else:
        sums = f"{part.text}÷{whole.text}"
    return shown_percent(rate.step, part, whole), sums


def _said(table: Table, formula: _Formula) -> str:
    part = "".join(table.heads[formula.part][-1:])
    whole = "".join(table.heads[formula.whole][-1:]) if formula.whole is not None else f"{part}合计"
    return f"（{part}－{whole}）÷{whole}" if formula.change else f"{part}÷{whole}"
