"""总表: one row a unit in the order of what blocks it; the parts of each form stand at the right, form by form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.documents import visible
from assistant.rules import show
from assistant.summary.cells import MEAN, SUM, Cell, Column, Link, colour_words, put_table, put_totals
from assistant.summary.first import STATES, Verdict
from assistant.summary.links import link_to
from assistant.summary.outcome import PartSum
from assistant.summary.overview import FormGroup, forms, states
from assistant.summary.words import batch_title, model_name

_Row = tuple[int, Verdict]
_HEAD = 4
"""The row of the head (from 0): title, counts, forms and totals stand above."""
_FROZEN = 4
_STATE = 1


def put_cases(sheet: Any, verdicts: Sequence[Verdict], failed: int, out: Path, looks: dict[str, Any]) -> None:
    """The sheet; `out` is the folder from which its links start."""
    groups = forms(verdicts)
    left = _columns(out)
    columns = [*left, *(column for group in groups for column in _part_columns(group))]
    rows = list(enumerate(verdicts, 1))
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, batch_title([verdict.outcome for verdict in verdicts]), looks["title"])
    sheet.set_row(1, 20)
    sheet.write_string(1, 0, _counts(verdicts, failed), looks["line"])
    _name_forms(sheet, groups, len(left), looks)
    put_totals(sheet, _HEAD - 1, columns, rows, looks)
    sheet.set_row(_HEAD, 30)
    put_table(sheet, _HEAD, columns, rows, looks)
    sheet.freeze_panes(_HEAD + 1, _FROZEN)
    last = _HEAD + max(len(rows), 1)
    if len(groups) > 1:
        sheet.print_area(0, 0, last, len(left) - 1)
    colour_words(sheet, (_HEAD + 1, _STATE, last, _STATE), (state.name for state in STATES), looks)
    for at, column in enumerate(left):
        if column.head in _SHADED:
            rule = {"type": "cell", "criteria": ">", "value": 0, "format": looks[f"on {_SHADED[column.head]}"]}
            sheet.conditional_format(_HEAD + 1, at, last, at, rule)


_SHADED = {"缺必填": "错误", "没有得分": "错误", "报告错误": "错误", "数据错误": "先更正", "待补": "提醒"}


def _columns(out: Path) -> list[Column[_Row]]:
    return [
        Column("先后", 6, "mid", lambda row: row[0]),
        Column("状态", 10, "mid", lambda row: row[1].state.name),
        Column("单位", 26, "text", lambda row: row[1].outcome.unit, wraps=True),
        Column("草稿", 8, "link", lambda row: _link(row[1], out)),
        Column("先做什么", 60, "text", lambda row: row[1].first, wraps=True),
        Column("得分", 9, "mark", lambda row: row[1].outcome.marks),
        Column("满分", 7, "share", lambda row: row[1].outcome.full_marks),
        Column("得分率", 10, "rate", lambda row: row[1].outcome.rate, MEAN),
        Column("等级", 7, "mid", lambda row: row[1].outcome.grade or None),
        Column("扣分", 8, "mark", lambda row: row[1].outcome.lost_marks if row[1].outcome.leaves else None, SUM),
        Column("缺必填", 8, "count", lambda row: len(row[1].outcome.required_missing), SUM),
        Column("没有得分", 8, "count", lambda row: row[1].count("unmarked"), SUM),
        Column("报告错误", 8, "count", lambda row: row[1].count("report"), SUM),
        Column("报告提醒", 8, "count", lambda row: row[1].count("warning"), SUM),
        Column("数据错误", 8, "count", lambda row: row[1].count("data"), SUM),
        Column("数据提醒", 8, "count", lambda row: row[1].count("data_warning"), SUM),
        Column("扣分没有原因", 8, "count", lambda row: row[1].count("unexplained"), SUM),
        Column("待补", 8, "count", lambda row: row[1].count("open"), SUM),
        Column("模型", 14, "mid", lambda row: model_name(row[1].outcome.model), wraps=True),
        Column("换回离线的句子", 10, "count", lambda row: row[1].outcome.model.replaced, SUM),
        Column("年度", 7, "mid", lambda row: str(row[1].outcome.year or "")),
        Column("指标体系", 28, "text", lambda row: row[1].outcome.framework_name, wraps=True),
        Column("文件夹", 24, "text", lambda row: visible(row[1].outcome.folder.name)[0], wraps=True),
    ]


def _link(verdict: Verdict, out: Path) -> Cell:
    report = verdict.outcome.report
    return Link(link_to(report, out), "打开") if report else "没有"


def _part_columns(group: FormGroup) -> list[Column[_Row]]:
    return [
        Column(f"{name}（{show(full)}分）", 10, "mark", _marks_of(group.id, name), MEAN) for name, full in group.parts
    ]


def _marks_of(form: str, name: str) -> Callable[[_Row], Cell]:
    def marks(row: _Row) -> Decimal | None:
        outcome = row[1].outcome
        parts: tuple[PartSum, ...] = outcome.parts if outcome.framework == form else ()
        return next((part.marks for part in parts if part.name == name), None)

    return marks


def _name_forms(sheet: Any, groups: Sequence[FormGroup], column: int, looks: dict[str, Any]) -> None:
    """The name of each form above its parts."""
    if groups:
        sheet.set_row(_HEAD - 2, 45)
    for group in groups:
        end = column + len(group.parts) - 1
        name = f"各部分得分：{group.name}（{len(group.verdicts)}家；合计行为平均分）"
        if end > column:
            sheet.merge_range(_HEAD - 2, column, _HEAD - 2, end, "", looks["head"])
        sheet.write_string(_HEAD - 2, column, name, looks["head"])
        column = end + 1


def _counts(verdicts: Sequence[Verdict], failed: int) -> str:
    told = "，".join(f"{state.name}{count}家" for state, count in states(verdicts))
    return f"共{len(verdicts) + failed}份：{told}，没有做成{failed}份。排在前面的先处理；得分率是得分÷满分，可以跨指标体系比较。"
