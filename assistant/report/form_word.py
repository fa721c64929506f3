"""The 自评表 as a Word file: one page across after another, the indicators' head on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.report.blocks import Cell, Document, Landscape, Table
from assistant.report.form import LONG, OTHER_HEADS, PENS, STAGES, Form, Fund, amount, continues, reach
from assistant.report.score_table import level_name
from assistant.report.word import write_docx

_TAIL = (
    ("年度指标值", 1.6), ("实际完成值", 2.4), ("分值", 0.9), ("得分", 1.1), ("偏差原因分析及改进措施", 3.8),
)  # fmt: skip
_LEVELS = {1: (2.6,), 2: (1.4, 2.4), 3: (1.2, 1.4, 2.4), 4: (1.0, 1.2, 1.3, 2.2)}


def write_form(form: Form, path: Path) -> None:
    """Write the form to `path`, whole or not at all."""
    write_docx(form_document(form), path)


def form_document(form: Form) -> Document:
    """The form as blocks."""
    tables = [_head_table(form), _leaf_table(form)]
    if form.others:
        tables.append(_other_table(form))
    return Document(
        (Landscape(tuple(tables), title=form.title),), form.title, form.unit, {"subject": f"{form.year}年度"}
    )


def _box(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, columns, rows, header=True)


def _table(
    rows: Iterable[tuple[Cell, ...]], widths: tuple[float, ...], header_rows: int = 0, notes: Iterable[str] = ()
) -> Table:
    return Table(tuple(rows), widths, header_rows=header_rows, notes=tuple(notes), form=True)


def _head_table(form: Form) -> Table:
    """Unit and year, places for a pen, money, the year's goal."""
    rows: list[tuple[Cell, ...]] = [
        (_box("部门名称"), Cell(form.unit, 4), _box("年度"), Cell(f"{form.year}年度", 2)),
        (_box(PENS[0]), Cell("", 2), _box(PENS[1]), Cell(""), _box(PENS[2], 2), Cell("")),
        (
            _box("预算执行\n（万元）", rows=len(form.funds) + 1), _box("项目"),
            *(_box(name) for name in (*(name for name, _ in STAGES), *form.fund_heads)),
        ),
        *_funds(form),
        (_box("年度\n总体目标", rows=2), _box("预期目标", 3), _box("实际完成情况", 4)),
        (Cell(form.goal, 3, align="left"), Cell(form.result, 4, align="left")),
    ]  # fmt: skip
    return _table(rows, (1.3, 1.8, 1.5, 1.5, 1.5, 1.3, 1.2, 1.3))


def _funds(form: Form) -> Iterator[tuple[Cell, ...]]:
    row = form.execution
    for number, fund in enumerate(form.funds):
        scored = row if number == 0 else None
        yield (
            Cell(fund.name), *(Cell(amount(figure)) for figure in fund.amounts),
            Cell(scored.share if scored else "—"), Cell(_rate(fund)), Cell(scored.marks if scored else "—"),
        )  # fmt: skip


def _rate(fund: Fund) -> str:
    return "—" if fund.rate is None else fund.rate.printed()


def _leaf_table(form: Form) -> Table:
    """The leaves under the names of their levels, the total, the grade; 年度指标值 where any leaf has one."""
    depth = form.depth
    tail = _TAIL if form.has_targets else _TAIL[1:]
    names = _LEVELS.get(depth, (1.0,) * depth)
    head = (*(_box(level_name(level, depth)) for level in range(depth)), *(_box(label) for label, _ in tail))
    total = _box("总分", depth + len(tail) - 3), Cell(form.full_marks), Cell(form.marks)
    rows = [head, *_leaves(form, depth), (*total, Cell(f"等次：{form.grade}", align="left"))]
    return _table(rows, (*names, *(width for _, width in tail)), 1, form.notes)


def _leaves(form: Form, depth: int) -> Iterator[tuple[Cell, ...]]:
    """The rows with the names above them merged over their group; a name that needs no column of its own takes the free ones."""
    rows = form.rows
    for number, row in enumerate(rows):
        names = (
            Cell(name, rows=reach(rows, number, level))
            for level, name in enumerate(row.names[:-1])
            if not continues(rows, number, level)
        )
        target = (Cell(row.target),) if form.has_targets else ()
        told = (
            Cell(row.achieved, align="left" if len(row.achieved) > 2 * LONG else "center"),
            Cell(row.share),
            Cell(row.marks),
            Cell(row.variance, align="left"),
        )
        yield (*names, Cell(row.names[-1], depth - len(row.names) + 1), *target, *told)


def _other_table(form: Form) -> Table:
    """Targets that the rubric does not score."""
    rows = [
        tuple(Cell(text, align="left" if n in (1, 5) or len(text) > LONG else "center") for n, text in enumerate(row))
        for row in form.others
    ]
    return _table([tuple(_box(text) for text in OTHER_HEADS), *rows], (1.6, 3, 1.5, 1.5, 1.1, 3.6), 1)
