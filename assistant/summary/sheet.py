"""summary.xlsx: 总表, 待办, 科室, 扣分, 未完成, 模型使用 and 图表. What stands in them is `first`'s and `overview`'s; here it is only shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from assistant.rules import show
from assistant.summary.cells import SUM, Column, colour_words, looks_of, put_table, put_totals
from assistant.summary.charts import put_charts
from assistant.summary.first import STATES, Verdict, step_of
from assistant.summary.main_sheet import put_cases
from assistant.summary.outcome import Outcome
from assistant.summary.overview import NOBODY, Deduction, Office, deductions, offices
from assistant.summary.tasks import Task
from assistant.summary.words import AGAIN, SEVERITIES, model_name, unfinished

_NAMED = 12
"""So many units are named beside a deduction."""


def summary_workbook(verdicts: Sequence[Verdict], failed: Sequence[tuple[str, str]], out: Path) -> bytes:
    """The workbook. Every sheet is written from the top down, for only one row at a time is held in memory.

    Args:
        verdicts: the cases, in the order of what blocks them.
        failed: cases without a run folder: name and reason in Chinese.
        out: the folder it will stand in, which its links start from.
    """
    import xlsxwriter

    held = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        latest = max((verdict.outcome.year or 0 for verdict in verdicts), default=0) or 2000
        book.set_properties({"title": "绩效自评草稿汇总", "created": datetime(latest + 1, 1, 1)})
        looks = looks_of(book)
        found = deductions(verdict.outcome for verdict in verdicts)
        put_cases(book.add_worksheet("总表"), verdicts, len(failed), out, looks)
        _tasks(book.add_worksheet("待办"), verdicts, looks)
        _offices(book.add_worksheet("科室"), offices(verdicts), looks)
        _deductions(book.add_worksheet("扣分"), found, looks)
        _failed(book.add_worksheet("未完成"), unfinished(verdicts, failed), looks)
        _models(book.add_worksheet("模型使用"), [verdict.outcome for verdict in verdicts], looks)
        put_charts(book, book.add_worksheet("图表"), [verdict.outcome for verdict in verdicts], found, looks)
    return held.getvalue()


def _tasks(sheet: Any, verdicts: Sequence[Verdict], looks: dict[str, Any]) -> None:
    columns: list[Column[tuple[int, Verdict, Task]]] = [
        Column("先后", 6, "mid", lambda row: row[0]),
        Column("单位", 26, "text", lambda row: row[1].outcome.unit, wraps=True),
        Column("严重程度", 9, "mid", lambda row: SEVERITIES[row[2].severity]),
        Column("类别", 14, "mid", lambda row: step_of(row[2]).name),
        Column("要做什么", 90, "text", lambda row: row[2].what, wraps=True),
        Column("在哪里", 34, "text", lambda row: row[2].where, wraps=True),
        Column("责任科室（通常）", 17, "mid", lambda row: row[2].who or NOBODY, wraps=True),
    ]
    rows = [(number, verdict, task) for number, verdict in enumerate(verdicts, 1) for task in verdict.tasks]
    end = put_table(sheet, 0, columns, rows, looks)
    sheet.freeze_panes(1, 2)
    colour_words(sheet, (1, 2, max(end - 1, 1), 2), ("错误", "提醒"), looks)


def _offices(sheet: Any, found: Sequence[Office], looks: dict[str, Any]) -> None:
    columns: list[Column[Office]] = [
        Column("责任科室（通常）", 24, "text", lambda one: one.name, wraps=True),
        *(Column(f"{state.name}的", 12, "count", _of_state(at), SUM) for at, state in enumerate(STATES[:-1])),
        Column("合计", 12, "count", lambda one: one.all, SUM),
        Column("涉及填报（份）", 14, "count", lambda one: one.cases),
    ]
    put_totals(sheet, 0, columns, found, looks)
    put_table(sheet, 1, columns, found, looks)
    sheet.freeze_panes(2, 1)


def _of_state(at: int) -> Callable[[Office], int]:
    return lambda one: one.tasks[at]


def _deductions(sheet: Any, found: Sequence[Deduction], looks: dict[str, Any]) -> None:
    columns: list[Column[Deduction]] = [
        Column("指标体系", 30, "text", lambda one: one.framework, wraps=True),
        Column("一级指标", 12, "mid", lambda one: one.part, wraps=True),
        Column("指标", 24, "text", lambda one: one.name, wraps=True),
        Column("分值", 7, "share", lambda one: one.full_marks),
        Column("应评单位", 9, "count", lambda one: one.asked),
        Column("扣分单位", 9, "count", lambda one: len(one.units)),
        Column("扣分面", 9, "rate", lambda one: one.share),
        Column("扣分合计", 10, "mark", lambda one: one.lost),
        Column("平均每家扣", 11, "mark", lambda one: one.lost / len(one.units)),
        Column("最多扣", 9, "mark", lambda one: one.units[0][1]),
        Column("扣分的单位（扣得多的在前）", 70, "text", _named, wraps=True),
    ]
    put_table(sheet, 0, columns, found, looks)
    sheet.freeze_panes(1, 3)


def _named(one: Deduction) -> str:
    told = "、".join(f"{unit}（{show(marks)}）" for unit, marks in one.units[:_NAMED])
    more = len(one.units) - _NAMED
    return f"{told}，另有{more}家" if more > 0 else told


def _failed(sheet: Any, rows: Sequence[tuple[str, str]], looks: dict[str, Any]) -> None:
    columns: list[Column[tuple[str, str]]] = [
        Column("填报", 30, "text", lambda row: row[0], wraps=True),
        Column("原因", 90, "text", lambda row: row[1], wraps=True),
        Column("怎么办", 50, "text", lambda row: AGAIN, wraps=True),
    ]
    end = put_table(sheet, 0, columns, rows, looks)
    if not rows:
        sheet.write_string(end, 0, "没有未完成的。", looks["line"])
    sheet.freeze_panes(1, 1)


def _models(sheet: Any, outcomes: Sequence[Outcome], looks: dict[str, Any]) -> None:
    columns: list[Column[Outcome]] = [
        Column("单位", 30, "text", lambda one: one.unit, wraps=True),
        Column("模型", 24, "mid", lambda one: model_name(one.model), wraps=True),
        Column("原样通过的句子", 11, "whole", lambda one: one.model.passed, SUM),
        Column("改后通过的句子", 11, "whole", lambda one: one.model.repaired, SUM),
        Column("换回离线的句子", 11, "whole", lambda one: one.model.replaced, SUM),
        Column("调用次数", 11, "whole", lambda one: one.model.calls, SUM),
        Column("词元", 13, "whole", lambda one: one.model.tokens, SUM),
        Column("没有写成的原因", 80, "text", lambda one: " ".join(one.model.failures), wraps=True),
    ]
    put_totals(sheet, 0, columns, outcomes, looks)
    put_table(sheet, 1, columns, outcomes, looks)
    sheet.freeze_panes(2, 1)
