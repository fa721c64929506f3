"""What follows from the cells by adding and counting alone: blank totals, numbers of rows, targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import get_args

from assistant.catalogue import FigureSpec
from assistant.frameworks import Framework
from assistant.intake.case import Row
from assistant.intake.inputs import COUNTED, FIELDS, INCOMPLETE, TARGETS, TARGETS_MET, aliases, plain_cells, sheets
from assistant.intake.notes import Notes
from assistant.intake.surveys import survey_figures
from assistant.ledger import Figure, Ledger, Provenance, Scope, Sign, Target
from assistant.numbers import printed, to_places
from assistant.rules import completion, met

_DONE = "完成"


def complete(
    ledger: Ledger, framework: Framework, tables: Mapping[str, tuple[Row, ...]], year: int, coverage: str, notes: Notes
) -> Ledger:
    """The ledger with blank totals added up, rows counted and targets tied."""
    ledger = _totals(ledger, plain_cells(framework), year, coverage, notes)
    titles = {sheet.table: sheet.title for sheet in sheets(framework) if sheet.kind == "table"}
    ledger = ledger.add(_counts(tables, titles, year, coverage, notes))
    ledger = ledger.add(survey_figures(tables.get("surveys", ()), year, coverage))
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
    return printed(figure.value, places)


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
            "key_tasks": ("重点工作", "工作任务", "主要任务"),
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
                cell.place,
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
            level1=row.text("level1"), level2=row.text("level2"), state=row.text("state"),
            full_marks=row.decimal("full_marks"), marks=row.decimal("marks"), own=row.text("own") == "是",
            place=cell.place,
        )  # fmt: skip
        figures += completion_of(target, Ledger.of(figures), str(year))
        ledger = ledger.add([replace(f, scope=replace(f.scope, coverage=coverage)) for f in figures], [target])
    return ledger.add(target_counts(ledger, year, coverage))


def target_counts(ledger: Ledger, year: int, coverage: str) -> Iterator[Figure]:
    """How many targets there are, and how many were reached; the latter only where every one of them can be decided."""
    if not ledger.targets:
        return
    reached = [reached_of(target, ledger) for target in ledger.targets]
    counts = [(TARGETS, len(reached), "目标行数", ("绩效目标",))]
    if None not in reached:
        counts.append((TARGETS_MET, sum(map(bool, reached)), "达到年度指标值的目标行数", ("达到目标",)))
    for (id, label, unit), value, how, terms in counts:
        yield Figure(id, label, Decimal(value), unit, str(year), Provenance("formula", formula=how), Scope(coverage=coverage),
                     aliases=terms, items=(label, *terms), print_places=0)  # fmt: skip


def reached_of(target: Target, ledger: Ledger) -> bool | None:
    """Whether a target was reached, in its direction or by its state; None where that is not known."""
    if target.sign == "定性":
        return target.state == "达成" if target.state else None
    wanted, got = ledger.get(target.target), ledger.get(target.achieved)
    return None if wanted is None or got is None else met(target.sign, wanted.base[0], got.base[0])


def _target_figures(row: Row, key: str, name: str, year: int, notes: Notes) -> Iterator[Figure]:
    words = {
        "target": ("年度指标值", "目标值", "年初目标"),
        "achieved": ("实际完成值", "完成值", "实际完成", "计算结果"),
    }
    for column, (label, *terms) in words.items():
        entry = row.cells.get(column)
        if entry is None:
            continue
        if entry.number is None:
            place = entry.provenance.place
            reason = f"“{entry.text}”不是一个数，只作文字采用，不能据此判断是否完成"
            remedy = "请填一个阿拉伯数字（单位写在“计量单位”）；没有数的目标，把指标性质改为“定性”"
            notes.add("unreadable", "warning", place, f"{name}{label}", reason, remedy)
            continue
        unit = row.text("unit") or ("%" if entry.text.endswith("%") else "")
        if not unit:
            place = entry.provenance.place
            notes.add("missing", "warning", place, f"{name}{label}", "没有填计量单位，只作文字采用", "请补填计量单位")
            continue
        yield Figure(f"{key}.{column}", f"{name}{label}", entry.number, unit, str(year), entry.provenance,
                     items=(name,), aspects=(label, *terms))  # fmt: skip


def completion_of(target: Target, ledger: Ledger, period: str) -> Iterator[Figure]:
    """完成率 in the target's direction, where it has one; one short of 100 % must not print as 100 %."""
    wanted, got = ledger.get(target.target), ledger.get(target.achieved)
    rate = completion(target.sign, wanted.value, got.value) if wanted is not None and got is not None else None
    if rate is None or wanted is None or got is None:
        return
    places = next((n for n in (0, 1, 2) if to_places(rate, n) == rate), 2)
    while rate < 100 <= to_places(rate, places):
        places += 1
    how = Provenance("formula", formula=f"年度指标值{target.sign}{wanted.printed()}，实际完成值{got.printed()}",
                     inputs=(wanted.id, got.id))  # fmt: skip
    yield Figure(f"{target.id}.completion", f"{target.name}完成率", rate, "%", period, how, items=(target.name,),
                 aspects=("完成率",), print_places=places)  # fmt: skip
