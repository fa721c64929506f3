"""A made-up case in which every identity of the file closes, for tests that break one of them at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistant.catalogue import load_catalogue
from assistant.findings import Finding
from assistant.frameworks import load_framework
from assistant.intake import Case, Entry, Row
from assistant.intake.materials import read_materials
from assistant.ledger import Figure, Ledger, Provenance, Scope, Target
from assistant.reconcile import Reconciliation, reconcile
from assistant.scorecard import score

YEAR = 2022
CLEAN = {
    "prior_accounts.personnel": "800.10", "prior_accounts.routine_public": "90.20", "prior_accounts.basic": "890.30",
    "prior_accounts.project": "1500.00", "prior_accounts.total": "2390.30",
    "initial_budget.personnel": "830.12", "initial_budget.routine_public": "95.34", "initial_budget.basic": "925.46",
    "initial_budget.project": "1640.17", "initial_budget.total": "2565.63", "initial_budget.salaries": "801.02",
    "initial_budget.retirees": "29.10", "initial_budget.public_expenses": "95.34", "initial_budget.key": "700.00",
    "annual_budget.personnel": "851.37", "annual_budget.routine_public": "96.28", "annual_budget.basic": "947.65",
    "annual_budget.project": "1705.18", "annual_budget.total": "2652.83",
    "final_accounts.personnel": "846.91", "final_accounts.routine_public": "93.57", "final_accounts.basic": "940.48",
    "final_accounts.project": "1686.19", "final_accounts.total": "2626.67",
    "final_accounts.wages": "812.34", "final_accounts.individual_subsidies": "34.57",
    "income.fiscal.prior_accounts": "2380.15", "income.other.prior_accounts": "11.30", "income.total.prior_accounts": "2391.45",
    "income.fiscal.annual_budget": "2641.53", "income.other.annual_budget": "11.30", "income.total.annual_budget": "2652.83",
    "income.fiscal.final_accounts": "2627.32", "income.other.final_accounts": "3.79", "income.total.final_accounts": "2631.11",
    "carryover.basic.opening": "6.15", "carryover.project.opening": "40.83", "carryover.total.opening": "46.98",
    "carryover.basic.prior_closing": "6.15", "carryover.project.prior_closing": "40.83", "carryover.total.prior_closing": "46.98",
    "carryover.basic.income": "938.71", "carryover.project.income": "1688.61", "carryover.total.income": "2627.32",
    "carryover.basic.spending": "938.55", "carryover.project.spending": "1684.33", "carryover.total.spending": "2622.88",
    "carryover.basic.distributed": "1.20", "carryover.project.distributed": "1.37", "carryover.total.distributed": "2.57",
    "carryover.basic.closing": "5.11", "carryover.project.closing": "43.74", "carryover.total.closing": "48.85",
    "adjustments.accumulated": "127.20", "adjustments.excluded": "90.00",
    "progress.q1.spent": "613.27", "progress.q1.budget": "2565.63", "progress.q2.spent": "1297.44", "progress.q2.budget": "2600.00",
    "progress.q3.spent": "1960.83", "progress.q3.budget": "2652.83", "progress.q4.spent": "2626.67", "progress.q4.budget": "2652.83",
    "three_public.trips": "2", "three_public.travellers": "5", "three_public.vehicles_bought": "1", "three_public.vehicles_kept": "6",
    "three_public.receptions": "31", "three_public.guests": "240",
    "procurement.goods.planned": "23.88", "procurement.works.planned": "112.06", "procurement.services.planned": "885.21",
    "procurement.planned": "1021.15",
    "procurement.goods.actual": "23.05", "procurement.works.actual": "108.40", "procurement.services.actual": "871.69",
    "procurement.actual": "1003.14",
    "procurement.goods.contracted": "23.05", "procurement.works.contracted": "108.40", "procurement.services.contracted": "871.69",
    "procurement.contracted": "1003.14",
    "procurement.goods.paid": "22.11", "procurement.works.paid": "90.00", "procurement.services.paid": "860.42",
    "procurement.paid": "972.53",
    "procurement.goods.small_firms": "20.00", "procurement.works.small_firms": "80.00", "procurement.services.small_firms": "500.00",
    "procurement.small_firms": "600.00",
    "fixed_assets.total": "519.95", "fixed_assets.in_use": "500.15", "fixed_assets.idle": "19.80", "fixed_assets.net": "211.36",
    "fixed_assets.count": "1043", "intangible_assets.total": "214.03", "intangible_assets.net": "90.12", "intangible_assets.count": "9",
    "current_assets.total": "61.27", "current_assets.net": "61.27",
    "assets.total": "795.25", "assets.net": "362.75", "assets.count": "1052",
    "assets.disposal_income": "4300.00", "assets.disposal_remitted": "4300.00",
    "staff.administrative.established": "59", "staff.administrative.actual": "51", "staff.institution.established": "5",
    "staff.institution.actual": "5", "staff.worker.established": "3", "staff.worker.actual": "2", "staff.established": "67",
    "staff.actual": "58", "staff.dispatched.actual": "12", "staff.contract.actual": "4", "staff.off_establishment.actual": "16",
    "projects.initial_count": "2", "projects.count": "3", "projects.with_targets": "2", "projects.planned": "3", "projects.completed": "2",
    "projects.annual_budget": "1705.18", "projects.executed": "1686.19",
    "work.planned": "12", "work.completed": "11", "work.on_time": "10", "work.qualified": "11", "work.key_assigned": "2",
    "work.key_completed": "1",
    "management.monitoring_due": "3", "management.monitored": "3", "management.self_evaluation_due": "3",
    "management.self_evaluated": "3", "management.evaluation_due": "1", "management.evaluated": "1",
    "satisfaction.valid": "480", "satisfaction.satisfied": "463",
    "petitions.received": "21", "petitions.replied": "21", "petitions.on_time": "20",
}  # fmt: skip
THREE_PUBLIC = {
    "overseas": ("4.00", "3.90", "4.10", "3.12"), "vehicle_purchase": ("18.00", "17.80", "18.00", "17.26"),
    "vehicle_running": ("11.00", "10.72", "11.01", "9.84"), "vehicles": ("29.00", "28.52", "29.01", "27.10"),
    "reception": ("2.30", "1.98", "2.17", "1.46"), "total": ("35.30", "34.40", "35.28", "31.68"),
}  # fmt: skip
for _row, _values in THREE_PUBLIC.items():
    for _column, _value in zip(("prior_budget", "prior_accounts", "budget", "final_accounts"), _values, strict=True):
        CLEAN[f"three_public.{_row}.{_column}"] = _value
TABLES: dict[str, Sequence[Mapping[str, str]]] = {
    "adjustments": [
        {"item": "基本支出追加", "direction": "追加", "amount": "22.19", "excluded": "否"},
        {"item": "专项追加", "direction": "追加", "amount": "85.01", "excluded": "是"},
        {"item": "收回项目", "direction": "追减", "amount": "20.00", "excluded": "否"},
    ],
    "projects": [
        {"name": "培训", "annual_budget": "700.00", "executed": "698.20", "has_targets": "是", "on_time": "是"},
        {"name": "监测", "annual_budget": "505.18", "executed": "487.99", "has_targets": "是", "on_time": "是"},
        {"name": "普查", "annual_budget": "500.00", "executed": "500.00", "has_targets": "否", "on_time": "否"},
    ],
    "key_tasks": [{"task": "年度普查", "status": "完成"}, {"task": "数据平台", "status": "部分完成"}],
    "surveys": [
        {"name": "窗口", "population": "400", "issued": "320", "returned": "305", "valid": "300", "satisfied": "291", "rate": "97%"},
        {"name": "企业", "population": "260", "issued": "200", "returned": "190", "valid": "180", "satisfied": "172", "rate": "95.56%"},
    ],
    "disclosures": [{"item": "预算公开", "approved": "2022年1月30日", "published": "2022年2月18日"}],
}  # fmt: skip
CLEAN["adjustments.excluded"] = "85.01"
TITLES = {sheet.id: sheet.title for sheet in load_catalogue().sheets}


def figure(id: str, value: str, year: int = YEAR, **scope: str) -> Figure:
    """A figure as intake makes it, in a cell of its own on its sheet."""
    spec = load_catalogue().specs[id]
    cell = f"C{list(load_catalogue().specs).index(id) + 5}"
    return Figure(
        id, spec.label, Decimal(value), spec.unit, str(year - (spec.period == "prior")),
        Provenance("cell", file="workbook.xlsx", sheet=TITLES[spec.sheet], cell=cell), Scope(stage=spec.stage, **scope),
        items=spec.items, aspects=spec.aspects, print_places=0 if spec.type == "count" else 2,
    )  # fmt: skip


def rows(table: str, filled: Sequence[Mapping[str, str]]) -> tuple[Row, ...]:
    """The rows of a table, each cell with its place."""
    sheet = next(sheet for sheet in load_catalogue().sheets if sheet.table == table)
    found = []
    for number, cells in enumerate(filled, 1):
        entries = {}
        for at, column in enumerate(c for c in sheet.columns if c.id in cells):
            text = cells[column.id]
            where = Provenance("cell", file="workbook.xlsx", sheet=sheet.title, cell=f"{chr(65 + at)}{number + 4}")
            amount = (
                Decimal(text.rstrip("%"))
                if column.type in ("amount", "count", "percent", "mark", "number_or_text")
                else None
            )
            entries[column.id] = Entry(f"{table}.{number}.{column.id}", text, where, amount)
        found.append(Row(number, MappingProxyType(entries)))
    return tuple(found)


def entry(id: str, text: str) -> Entry:
    """A text or a mark of the workbook."""
    number = Decimal(text) if id.startswith("stated.") else None
    return Entry(id, text, Provenance("cell", file="workbook.xlsx", sheet="表", cell="B5"), number)


def make(
    figures: Mapping[str, str | None] | None = None,
    tables: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    texts: Mapping[str, str] | None = None,
    targets: Sequence[Target] = (),
    more: Sequence[Figure] = (),
    framework: Any = None,
    **fields: Any,
) -> Case:
    """The clean case with some figures replaced (None takes one away), tables replaced, texts and targets added."""
    rubric = framework or load_framework("shenzhen-futian-2020")
    named = [sheet.id for sheet in load_catalogue().sheets]
    values = {**CLEAN, **(figures or {})}
    ledger = Ledger.of([figure(id, value) for id, value in values.items() if value is not None], targets).add(more)
    given = {**TABLES, **(tables or {})}
    return Case(
        folder=Path(), unit="云山县统计局", short_name="我局", year=YEAR, coverage="",
        framework=rubric.model_copy(update={"sheets": tuple(named)}), ledger=ledger,
        entries={id: entry(id, text) for id, text in (texts or {}).items()},
        tables={name: rows(name, filled) for name, filled in given.items()}, **fields,
    )  # fmt: skip


def with_material(folder: Path, text: str, case: Case) -> Case:
    """The case with a work summary."""
    (folder / "summary.md").write_text(text, "utf-8")
    read = read_materials([folder / "summary.md"], folder, YEAR)
    return replace(case, passages=read.passages, ledger=case.ledger.add(read.figures))


def judged(case: Case) -> Reconciliation:
    """As `jiping reconcile` does it: with the computed rates and marks."""
    return reconcile(case, score(case).ledger)


def told(case: Case, *words: str) -> list[Finding]:
    """The findings that hold all of these words."""
    return [finding for finding in judged(case).findings if all(word in finding.message for word in words)]


def broken(case: Case, name: str) -> list[Finding]:
    """The findings of the identities whose names begin so."""
    return [finding for finding in judged(case).findings if finding.message.startswith(name)]
