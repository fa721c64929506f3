"""Cases for the tests of briefs, drafting and assembling: built from figures and texts, no workbook, no unit's name in the code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from assistant.briefs import Brief, build_briefs, laid_out
from assistant.catalogue import load_catalogue
from assistant.drafting import DraftSection, draft_section
from assistant.frameworks import load_framework
from assistant.intake import Case, Entry, Row
from assistant.intake.materials import read_materials
from assistant.intake.written import with_written_figures
from assistant.ledger import Figure, Ledger, Provenance, Scope
from assistant.outlines import load_outline
from assistant.report.assemble import Report, assemble
from assistant.report.blocks import Heading, Paragraph
from assistant.scorecard import Scorecard, score

YEAR = 2022
FIGURES = {
    "initial_budget.basic": "600", "initial_budget.project": "400", "initial_budget.total": "1000",
    "annual_budget.basic": "600", "annual_budget.project": "300", "annual_budget.total": "900",
    "annual_budget.routine_public": "60", "final_accounts.routine_public": "51",
    "final_accounts.basic": "590", "final_accounts.project": "270", "final_accounts.total": "860",
    "three_public.overseas.budget": "0", "three_public.overseas.final_accounts": "0",
    "three_public.vehicles.budget": "8", "three_public.vehicles.final_accounts": "5",
    "three_public.reception.budget": "2", "three_public.reception.final_accounts": "1",
    "three_public.total.budget": "10", "three_public.total.final_accounts": "6",
    "procurement.goods.planned": "40", "procurement.goods.actual": "36",
    "procurement.planned": "40", "procurement.actual": "36",
    "carryover.total.opening": "12", "carryover.total.closing": "9",
    "fixed_assets.total": "500", "fixed_assets.in_use": "480", "assets.total": "500",
    "staff.established": "30", "staff.actual": "28", "staff.dispatched.actual": "6", "staff.off_establishment.actual": "6",
    "projects.count": "5", "projects.planned": "5", "projects.completed": "5",
    "satisfaction.valid": "200", "satisfaction.satisfied": "192",
    "petitions.received": "0", "petitions.replied": "0", "petitions.on_time": "0",
}  # fmt: skip
COLUMNS = {
    "key_tasks": ("field", "task", "status", "note"),
    "problems": ("problem", "indicator", "cause", "measure", "department", "deadline"),
    "deductions": ("indicator", "note"),
    "systems": ("name", "category", "status"),
}
CELL = Provenance("cell", file="workbook.xlsx", sheet="表", cell="A1")


def figure(id: str, value: str, year: int = YEAR) -> Figure:
    """A figure of the workbook, as intake makes it."""
    spec = load_catalogue().specs[id]
    return Figure(
        id, spec.label, Decimal(value), spec.unit, str(year), CELL, Scope(stage=spec.stage),
        items=spec.items, aspects=spec.aspects, print_places=0 if spec.type == "count" else 2,
    )  # fmt: skip


def make_case(
    folder: Path,
    materials: Mapping[str, str] | None = None,
    figures: Mapping[str, str | None] | None = None,
    unit: str = "云山县统计局",
    short_name: str = "我局",
    texts: Mapping[str, str] | None = None,
    **tables: Sequence[tuple[str, ...]],
) -> Case:
    """A case; `figures` replace the standard ones, None takes one away; `tables` are rows by `COLUMNS`."""
    values = {**FIGURES, **(figures or {})}
    paths = []
    for name, text in (materials or {}).items():
        (folder / name).write_text(text, "utf-8")
        paths.append(folder / name)
    read = read_materials(paths, folder, YEAR)
    rows = {
        table: tuple(
            Row(n, MappingProxyType({c: Entry(f"{table}.{n}.{c}", v, CELL) for c, v in zip(COLUMNS[table], row, strict=False) if v}))
            for n, row in enumerate(data, 1)
        )
        for table, data in tables.items()
    }  # fmt: skip
    given = [figure(id, value) for id, value in values.items() if value is not None]
    entries = {id: Entry(id, text, CELL) for id, text in (texts or {}).items()}
    return with_written_figures(
        Case(
            folder, unit, short_name, YEAR, "本级", load_framework("shenzhen-futian-2020"),
            Ledger.of([*given, *_counts(rows), *read.figures]), entries, rows, passages=read.passages,
        )
    )  # fmt: skip


def _counts(rows: Mapping[str, tuple[Row, ...]]) -> list[Figure]:
    tasks = rows.get("key_tasks", ())
    numbers = {
        "count.key_tasks": ("重点工作任务", "项", len(tasks)),
        "count.key_tasks.fields": ("工作领域", "个", len({r.text("field") for r in tasks})),
    }
    if tasks and all(row.text("status") for row in tasks):
        numbers["count.key_tasks.incomplete"] = (
            "未完成重点工作",
            "项",
            sum(r.text("status") != "完成" for r in tasks),
        )
    if rows.get("systems"):
        numbers["count.systems"] = ("制度", "项", len(rows["systems"]))
    return [
        Figure(id, label, Decimal(n), unit, str(YEAR), CELL, items=(label,), print_places=0)
        for id, (label, unit, n) in numbers.items()
        if tasks or id == "count.systems"
    ]


def drafted(case: Case) -> tuple[Scorecard, tuple[Brief, ...], dict[str, DraftSection], Report]:
    """Scorecard, briefs, sections and report of a case."""
    card, outline = score(case), laid_out(load_outline(case.framework.outline), case)
    briefs = build_briefs(case, card, outline)
    sections = [draft_section(brief) for brief in briefs]
    return (
        card,
        briefs,
        {section.id: section for section in sections},
        assemble(case, card, outline, sections),
    )


def section_text(report: Report, id: str) -> str:
    """The section's text as printed."""
    return "".join(sentence.text for sentence in report.sentences if sentence.section == id)


def whole_text(report: Report) -> str:
    """Headings and paragraphs of the report."""
    return "\n".join(
        block.text if isinstance(block, Heading) else block.lead + block.text
        for block in report.document.blocks
        if isinstance(block, Heading | Paragraph)
    )
