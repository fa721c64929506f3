"""How fast cases are scored, reconciled, drafted and written."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import docx
from docx.shared import Cm

from assistant.briefs import build_briefs, laid_out
from assistant.drafting import draft_section
from assistant.intake import Case
from assistant.outlines import load_outline
from assistant.pipeline import draft_case
from assistant.reconcile import reconcile
from assistant.report import assemble, write_docx
from assistant.report.blocks import Block, Contents, Cover, Document, Heading, Landscape, Paragraph, Table, places
from assistant.scorecard import score
from assistant.tempering import tempered
from evals.clock import Row, beside, ratio_row, show, taken
from evals.suites.speed_samples import Samples, made_cases

LEAST_CASES = 1000
MOST_DRAFT_SECONDS = 1.0
_WARMING = 20
"""So many other cases are scored first: each rubric has been seen, no case has."""


def scoring(number: int) -> list[Row]:
    """Rows for different loaded cases scored once each, with the scorecards kept, and dropped."""
    for case in made_cases(_WARMING, seed=1):
        _ = score(case).grade
    kept_cases, dropped_cases = made_cases(number, seed=2), made_cases(number, seed=3)
    kept: list[object] = []
    rows = []
    for key, how, cases, keep in (
        ("kept", "都留着", kept_cases, kept.append),
        ("dropped", "用完即弃", dropped_cases, _drop),
    ):
        gc.collect()
        seconds = taken(lambda cases=cases, keep=keep: [keep(_marked(case)) for case in cases])  # type: ignore[misc]
        rate = number / seconds
        rows.append(Row(
            f"score.{key}", f"{rate:.0f}", f"打分，{number}份不同的填报，每份第一次，结果{how}",
            f"每秒{rate:,.0f}份", f"每秒{LEAST_CASES:,}份", rate >= LEAST_CASES,
        ))  # fmt: skip
    return rows


def _marked(case: Case) -> object:
    """The scorecard with its total and grade, which are worked out when they are asked for."""
    card = score(case)
    return card, card.marks, card.grade


def _drop(_: object) -> None:
    """Keep nothing."""


def drafting(samples: Samples, folder: Path, rounds: int) -> list[Row]:
    """Rows for a case to its run folder in a warm process, and for the checks of its data."""
    slowest, wall, name = 0.0, 0.0, ""
    for number, case in enumerate(samples.cases):
        best, best_wall = float("inf"), float("inf")
        for turn in range(rounds):
            start = time.perf_counter()
            best = min(best, taken(lambda case=case, out=folder / f"warm-{number}-{turn}": draft_case(case, out)))  # type: ignore[misc]
            best_wall = min(best_wall, time.perf_counter() - start)
        if best > slowest:
            slowest, wall, name = best, best_wall, case.name
    (checked,) = beside(lambda: reconcile(samples.case, samples.card.ledger), rounds=rounds)
    what = f"离线起草，已预热，最慢的案例（{name}），全部文件"
    return [
        Row("draft", f"{slowest:.3f}", what, f"{show(slowest)}（实际经过{show(wall)}）", f"不到{MOST_DRAFT_SECONDS:g}秒", slowest < MOST_DRAFT_SECONDS),
        Row("reconcile", f"{checked:.4f}", f"勾稽，{len(samples.case.ledger)}项数据", show(checked)),
    ]  # fmt: skip


def writing(samples: Samples, folder: Path, rounds: int) -> list[Row]:
    """A row for the .docx beside python-docx writing the same headings, paragraphs and tables."""
    document = assembled(samples.case)
    ours, bare = beside(
        lambda: write_docx(document, folder / "ours.docx"), lambda: write_bare(document, folder / "bare.docx"), rounds=rounds
    )  # fmt: skip
    return [ratio_row("docx", "写出报告 .docx", (ours, bare), "1.3", "于 python-docx 写同样的文字和表")]


def assembled(case: Case) -> Document:
    """The report of a case as blocks, ready to be written."""
    card = score(case)
    case, _ = tempered(case, card)
    outline = laid_out(load_outline(case.framework.outline), case)
    sections = [draft_section(brief) for brief in build_briefs(case, card, outline)]
    return assemble(case, card, outline, sections).document


def write_bare(document: Document, path: Path) -> None:
    """The same words by python-docx as its manual says, without styles of ours, merged cells or page numbers."""
    file = docx.Document()
    for block in document.blocks:
        _add(file, block)
    file.save(str(path))


def _add(file: docx.document.Document, block: Block) -> None:
    match block:
        case Cover():
            for line in block.title:
                file.add_paragraph(line)
        case Contents():
            file.add_paragraph(block.title)
        case Heading():
            file.add_heading(block.text, block.level)
        case Paragraph():
            file.add_paragraph(block.lead).add_run(block.text).font.size = Cm(0.56)
        case Landscape():
            for inner in block.blocks:
                _add(file, inner)
        case Table():
            grid = places(block)
            table = file.add_table(len(grid), len(block.widths))
            for row, across in zip(table.rows, grid, strict=True):
                cells = row.cells
                for place in across:
                    cells[place.column].text = place.cell.text if place.starts else ""
