"""What follows from the cells by adding and counting alone: blank totals, numbers of rows, targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import get_args

from assistant.catalogue import FigureSpec
from assistant.frameworks import Framework
from assistant.intake.case import Row
from assistant.intake.inputs import COUNTED, FIELDS, INCOMPLETE, aliases, cells, sheets
from assistant.intake.notes import Notes
from assistant.ledger import Figure, Ledger, Provenance, Scope, Sign, Target
from assistant.numbers import round_half_up

_DONE = "完成"


def complete(
    ledger: Ledger, framework: Framework, tables: Mapping[str, tuple[Row, ...]], year: int, coverage: str, notes: Notes
) -> Ledger:
    """The ledger with blank totals added up, rows counted and targets tied."""
    ledger = _totals(ledger, cells(framework), year, coverage, notes)
    titles = {sheet.table: sheet.title for sheet in sheets(framework) if sheet.kind == "table"}
    ledger = ledger.add(_counts(tables, titles, year, coverage, notes))
    return _targets(ledger, tables.get("targets", ()), year, coverage, notes)


def _totals(ledger: Ledger, specs: tuple[FigureSpec, ...], year: int, coverage: str, notes: Notes) -> Ledger:
    """Totals left blank, inner ones first. A part that could not be read leaves its total blank as well."""
    known = {spec.id: spec for spec in specs}
    todo = [spec for spec in specs if spec.sum and spec.id not in ledger and spec.id not in notes.refused]
    while todo:
        waiting = {spec.id for spec in todo}
        ready = [spec for spec in todo if not waiting & set(spec.sum)]
        if not ready:
            break
        for spec in ready:
            ledger = _total(ledger, spec, known, year, coverage, notes)
        todo = [spec for spec in todo if spec not in ready]
    return ledger


def _total(
    ledger: Ledger, spec: FigureSpec, known: dict[str, FigureSpec], year: int, coverage: str, notes: Notes
) -> Ledger:
    parts = [figure for id in spec.sum if (figure := ledger.get(id))]
    unread = [
        known[id].label
        for id in spec.sum
        if id in notes.refused and not (known[id].optional and id in notes.blank_words)
    ]
    if unread and parts:
        notes.add("missing", "error", spec.label, "", f"{'、'.join(unread)}没有可用的数，没有自动合计", "请先改正分项")
    if unread or not parts or any(id not in ledger and not known[id].optional for id in spec.sum):
        return ledger
    total = Figure(
        spec.id, spec.label, sum((part.value for part in parts), Decimal(0)), spec.unit,
        str(year - 1 if spec.period == "prior" else year), Provenance("formula"), Scope(stage=spec.stage, coverage=coverage),
        aliases=aliases(spec), items=spec.items, aspects=spec.aspects, print_places=0 if spec.type == "count" else 2,
    )  # fmt: skip
    return ledger.derive(total, "＋".join(_shown(part) for part in parts), (part.id for part in parts))


def _shown(figure: Figure) -> str:
    """The value with all its places, so that the sum can be checked by hand."""
    places = max(figure.places, figure.print_places or 0)
    return f"{round_half_up(figure.value, Decimal(1).scaleb(-places)):,.{places}f}"


def _counts(
    tables: Mapping[str, tuple[Row, ...]], titles: Mapping[str, str], year: int, coverage: str, notes: Notes
) -> Iterator[Figure]:
    def figure(id: str, label: str, unit: str, value: int, how: str, table: str, *terms: str) -> Figure:
        where = Provenance("formula", file=notes.file, sheet=titles.get(table, ""), formula=how)
        return Figure(id, label, Decimal(value), unit, str(year), where, Scope(coverage=coverage), aliases=terms,
                      items=(label, *terms), print_places=0)  # fmt: skip

    for table, (label, unit) in COUNTED.items():
        rows = tables.get(table, ())
        if not rows:
            continue
        title = titles.get(table, table)
        terms = {
            "key_tasks": ("重点工作", "工作任务"),
            "problems": ("存在问题",),
            "systems": ("规章制度", "管理制度"),
        }.get(table, ())
        yield figure(f"count.{table}", label, unit, len(rows), f"“{title}”所填行数", table, *terms)
        if table != "key_tasks":
            continue
        fields = [row.text("field") for row in rows]
        if all(fields):
            yield figure(*FIELDS, len(set(fields)), f"“{title}”工作领域去重计数", table, "领域")
        states = [row.text("status") for row in rows]
        if all(states):
            undone = sum(state != _DONE for state in states)
            how = f"“{title}”完成情况不是“{_DONE}”的行数"
            yield figure(*INCOMPLETE, undone, how, table, "未完成的重点工作")


def _targets(ledger: Ledger, rows: tuple[Row, ...], year: int, coverage: str, notes: Notes) -> Ledger:
    """Each row of targets as a Target, and its numbers as two figures."""
    signs: tuple[Sign, ...] = get_args(Sign)
    for row in rows:
        key, name, said = f"targets.{row.number}", row.text("name"), row.text("sign")
        sign = next((s for s in signs if s == said), None)
        cell = next(iter(row.cells.values())).provenance
        if sign is None:
            notes.add(
                "missing",
                "error",
                f"{cell.sheet}!{cell.cell}",
                name,
                "没有填指标性质（≥、≤、=、定性）",
                "请补填，否则不能判断是否完成",
            )
            continue
        figures = list(_target_figures(row, key, name, year, notes)) if sign != "定性" else []
        ids = {figure.id for figure in figures}
        target = Target(
            key, name, sign,
            target=f"{key}.target" if f"{key}.target" in ids else "",
            achieved=f"{key}.achieved" if f"{key}.achieved" in ids else "",
            target_text=row.text("target"), achieved_text=row.text("achieved"),
            variance_reason=row.text("variance_reason"), evidence=row.text("evidence"), department=row.text("department"),
        )  # fmt: skip
        ledger = ledger.add([replace(f, scope=replace(f.scope, coverage=coverage)) for f in figures], [target])
    return ledger


def _target_figures(row: Row, key: str, name: str, year: int, notes: Notes) -> Iterator[Figure]:
    words = {"target": ("年度指标值", "目标值", "年初目标"), "achieved": ("实际完成值", "完成值", "实际完成")}
    for column, (label, *terms) in words.items():
        entry = row.cells.get(column)
        if entry is None or entry.number is None:
            continue
        unit = row.text("unit") or ("%" if entry.text.endswith("%") else "")
        if not unit:
            place = f"{entry.provenance.sheet}!{entry.provenance.cell}"
            notes.add("missing", "warning", place, f"{name}{label}", "没有填计量单位，只作文字采用", "请补填计量单位")
            continue
        yield Figure(f"{key}.{column}", f"{name}{label}", entry.number, unit, str(year), entry.provenance,
                     items=(name,), aspects=(label, *terms))  # fmt: skip
