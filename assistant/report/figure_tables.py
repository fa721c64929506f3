"""The tables of figures, and the table of lost marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.briefs import Deduction
from assistant.drafting.words import quoted, some
from assistant.ledger import Ledger
from assistant.outlines import TableRow, TableSpec, has_rows, named
from assistant.report.blocks import Cell, Table
from assistant.rules import show

Fill = Callable[[str], str]


def figure_table(
    spec: TableSpec, ledger: Ledger, number: int, year: int, unit: str, required: Sequence[str]
) -> Table | None:
    """A table of the outline, or None where it is not printed. A figure that is missing: 【待补】 where required, else a dash."""
    if not has_rows(spec, ledger):
        return None
    rows: list[tuple[Cell, ...]] = [tuple(Cell(column.label, header=True) for column in spec.columns)]
    dashed = False
    for row in _scaled(spec.rows, ledger):
        if not any(id in ledger for id in row.cells if id):
            continue
        cells = [Cell(row.label, align="left")]
        for id in row.cells:
            text = _cell(id, ledger, spec.unit, required)
            dashed = dashed or text == "—"
            cells.append(Cell(text, align="right"))
        rows.append(tuple(cells))
    notes: tuple[str, ...] = ("注：“—”表示没有该项数据，或不具备计算条件。",) if dashed else ()
    if "marks.raw" in ledger and any("marks.total" in row.cells for row in spec.rows):
        notes += (
            "注：不适用的指标不计分，得分率按适用指标的分值计算，折算前合计不含加减分，折算后合计是按比例折算并计入加减分的总得分。",
        )
    return Table(
        tuple(rows), tuple(column.width for column in spec.columns),
        caption=f"表{number} {named(spec.caption, year, unit)}", unit=spec.unit, notes=notes,
    )  # fmt: skip


def _scaled(rows: Sequence[TableRow], ledger: Ledger) -> Iterator[TableRow]:
    """Where 不适用 scaled the total up, the marks of the rows add up to a row of their own before it, beside shares as on the form."""
    if "marks.raw" not in ledger:
        yield from rows
        return
    for row in rows:
        if "marks.total" in row.cells:
            raw = tuple({"marks.total": "marks.raw", "full_marks.total": id}.get(id, "") for id in row.cells)
            yield row.model_copy(update={"label": "折算前合计", "cells": raw})
            yield row.model_copy(update={"label": "折算后合计"})
        else:
            cells = tuple(printed if (printed := f"printed_{id}") in ledger else id for id in row.cells)
            yield row.model_copy(update={"cells": cells})


def _cell(id: str, ledger: Ledger, unit: str, required: Sequence[str]) -> str:
    if not id:
        return ""
    figure = ledger.get(id)
    if figure is None:
        return "【待补】" if id in required else "—"
    return figure.number() if figure.unit == unit else figure.printed()


def deduction_table(
    deductions: Sequence[Deduction], number: int, year: int, problems_at: str, fill: Fill, leaves: str = "三级指标"
) -> Table:
    """Every leaf that lost marks: full marks, marks, loss, and why (the sum stands in the text above the table)."""
    head = (leaves, "分值", "得分", "扣分", "扣分原因")
    rows: list[tuple[Cell, ...]] = [tuple(Cell(text, header=True) for text in head)]
    for d in deductions:
        marks = (show(d.full_marks), show(d.marks), show(d.full_marks - d.marks))
        rows.append(
            (
                Cell(d.name, align="left"),
                *(Cell(m) for m in marks),
                Cell(fill(reason(d, problems_at)), align="left"),
            )
        )
    return Table(tuple(rows), (2.4, 0.9, 0.9, 0.9, 6), caption=f"表{number} {year}年度自评扣分情况表", unit="分")


def reason(d: Deduction, problems_at: str) -> str:
    """What the rule saw, then the cause: a note, a problem told elsewhere, or what has to be given."""
    told = ["扣分按直接填报的得分计算"] if d.declared else []
    told += [d.why] if d.why else []
    if d.note:
        told.append(d.note)
        if d.lacking:
            told.append(f"【待补：{some(d.lacking, '任务')}没有完成的原因】")
    elif d.problem:
        told.append(f"见“{problems_at}”第{d.problem}条" if problems_at else f"见存在问题第{d.problem}条")
    else:
        told.append(f"【待补：{quoted(d.name)}扣分原因】")
    return "；".join(text.rstrip("。；") for text in told) + "。"
