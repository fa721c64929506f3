"""The story in one function: read, score, brief, draft, fill, assemble, write, read back, verify."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.documents import read_document
from assistant.findings import Finding, numbered
from assistant.indicators import label_of
from assistant.intake import Case, load_case
from assistant.outlines import Outline, load_outline
from assistant.reconcile import reconcile
from assistant.run_folder import RECORD, digest_of, refuse_foreign, whole_folder, write_json
from assistant.scorecard import Scorecard, score
from assistant.tally import Tally
from assistant.tempering import tempered
from assistant.verify import Check, check_against_case

if TYPE_CHECKING:
    from assistant.briefs import Brief
    from assistant.drafting import DraftSection
    from assistant.drafting.assignments import Assignment
    from assistant.models import Asked

Step = Callable[[str, int, int], None]
RUN_FILES = (
    "report.docx",
    "report.md",
    "scorecard.xlsx",
    "self-evaluation-form.docx",
    "self-evaluation-form.xlsx",
    "ledger.json",
    "scorecard.json",
    "draft.json",
    "check.json",
    "run.json",
)
_STEPS = 7


@dataclass(frozen=True)
class Run:
    """What a run made, for the caller to tell of."""

    folder: Path
    case: Case
    card: Scorecard
    check: Check
    data_findings: tuple[Finding, ...]
    required_missing: tuple[str, ...]
    tally: Tally


@dataclass(frozen=True)
class Writer:
    """A model that drafts: its door, the exemplars it may be shown (by assignment and outline), what is told while it writes."""

    chat: Asked
    look: Callable[[Assignment, str], Sequence[tuple[str, str]]]
    ai_mark: bool = True
    seconds: float = 3600
    on_text: Callable[[str], None] | None = None


def data_findings(case: Case, card: Scorecard) -> list[Finding]:
    """What is wrong with the data themselves: cells that could not be read, and contradictions (勾稽)."""
    return numbered([*case.findings, *reconcile(case, card.ledger).findings])


def required_missing(case: Case, card: Scorecard, outline: Outline, *, whole: bool = True) -> list[Finding]:
    """The figures without which marks and report are not whole: those that the outline or a rule asks for, and every cell whose
    content could not be read. `quote` is the id. Of one section alone (not `whole`) only the outline's."""
    found = {
        id: f"缺少必填数据“{label_of(id, case.framework)}”（{id}），报告中已标【待补】。请在{_where_due(id, case)}填写。"
        for id in (
            *(id for id in outline.required_of(case.framework) if id not in card.ledger),
            *(id for leaf in card.leaves if whole for id in leaf.missing),
        )
    }
    for id, place in case.unread.items() if whole else ():
        if id not in card.ledger:
            found[id] = (
                f"缺少数据【待补】：{place}填了内容，但不能读作数，报告没有写这个数。请按“数据中的问题”改正这一格。"
            )
    return [Finding("missing", "error", message, quote=id) for id, message in found.items()]


def _where_due(id: str, case: Case) -> str:
    """Whose workbook the figure should stand in."""
    lacking = case.department.lacking.get(id, ()) if case.department else ()
    return f"{'、'.join(lacking)}的工作簿中" if lacking else "工作簿中"


def draft_case(
    folder: Path, out: Path, step: Step | None = None, section: str = "", writer: Writer | None = None
) -> Run:
    """Make the run folder of a case, whole or not at all.

    Args:
        folder: the case.
        out: the run folder; an earlier run in it is replaced, anything else is left alone and refused.
        step: told (name, done, total) as the work goes on.
        section: draft this section of the outline alone.
        writer: the model that writes the narrative sections under guard; without one all is drafted offline.

    Raises:
        InputError, FrameworkError, UsageError: nothing has been written then.
    """
    from assistant.briefs import build_briefs, laid_out
    from assistant.drafting import draft_section
    from assistant.report import assemble, render_markdown, write_docx, write_forms, write_scorecard

    tell = step or (lambda name, done, total: None)
    clock = _Clock()
    refuse_foreign(out, section)
    tell("读取数据和材料", 0, _STEPS)
    case = load_case(folder)
    clock.lap("intake")
    tell("计算指标和得分", 1, _STEPS)
    card = score(case)
    case, praised = tempered(case, card)
    problems = numbered([*data_findings(case, card), *praised])
    outline = laid_out(load_outline(case.framework.outline), case)
    if section:
        outline = outline.only(section)
    clock.lap("score")
    tell("起草", 2, _STEPS)
    briefs = build_briefs(case, card, outline)
    sections = [draft_section(brief) for brief in briefs]
    clock.lap("draft")
    tally = Tally()
    if writer is not None:
        sections = _by_model(list(zip(briefs, sections, strict=True)), case, card, writer, tally, tell)
        clock.lap("model")
    tell("排版", 3, _STEPS)
    report = assemble(case, card, outline, sections, writer is None or writer.ai_mark)
    with whole_folder(out) as made:
        write_docx(report.document, made / "report.docx")
        (made / "report.md").write_text(render_markdown(report.document), "utf-8", newline="\n")
        write_scorecard(card, made / "scorecard.xlsx")
        write_forms(case, card, made)
        clock.lap("write")
        tell("核对每个数", 4, _STEPS)
        check = check_against_case(read_document(made / "report.docx"), card, whole=not section, case=case)
        lacking = required_missing(case, card, outline, whole=not section)
        check = Check(check.report, check.mentions, tuple(numbered([*check.findings, *lacking])))
        clock.lap("verify")
        tell("保存", 6, _STEPS)
        write_json(
            made / "ledger.json",
            {"unit": case.unit, "year": case.year, "figures": [f.to_json() for f in card.ledger]},
        )
        write_json(made / "scorecard.json", card.to_json() | {"findings": [f.to_json() for f in problems]})
        write_json(made / "draft.json", report.to_json())
        write_json(made / "check.json", check.to_json())
        write_json(made / RECORD, _run_json(case, report.prompts, clock, section, made, writer, tally))
    tell("完成", _STEPS, _STEPS)
    return Run(out, case, card, check, tuple(problems), tuple(finding.quote for finding in lacking), tally)


def _by_model(
    drafted: list[tuple[Brief, DraftSection]], case: Case, card: Scorecard, writer: Writer, tally: Tally, tell: Step
) -> list[DraftSection]:
    """The sections, the narrative ones as the model wrote them under guard."""
    from assistant.drafting.assignments import MODEL_GENRES
    from assistant.repair import Desk, written

    outline = case.framework.outline
    desk = Desk(
        case, card, writer.chat, lambda assignment: writer.look(assignment, outline), tally, writer.seconds,
        lambda done, total: tell(f"由模型 {writer.chat.name} 起草（{done}/{total}）", 2, _STEPS), writer.on_text,
    )  # fmt: skip
    narrative = [(brief, section) for brief, section in drafted if brief.genre in MODEL_GENRES]
    made = {section.id: section for section in asyncio.run(written(narrative, desk))}
    return [made.get(section.id, section) for _, section in drafted]


class _Clock:
    """Seconds of each stage, for run.json."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self.laps: dict[str, str] = {}

    def lap(self, name: str) -> None:
        """End a stage."""
        now = time.monotonic()
        self.laps[name] = f"{now - self._last:.3f}"
        self._last = now


def _run_json(
    case: Case, prompts: dict[str, str], clock: _Clock, section: str, made: Path, writer: Writer | None, tally: Tally
) -> dict[str, Any]:
    return {
        "program": f"jiping {version('jiping')}",
        "model": writer.chat.name if writer else "offline",
        "framework": {"id": case.framework.id, "digest": case.framework.digest},
        "prompts": prompts,
        "inputs": dict(case.digests),
        "outputs": {name: digest_of(made / name) for name in RUN_FILES if (made / name).is_file()},
        "section": section,
        "settings": {"ai_mark": writer.ai_mark} if writer else {},
        "usage": {
            "calls": tally.usage.calls,
            "tokens": tally.usage.prompt_tokens + tally.usage.completion_tokens,
        },
        "sentences": tally.to_json(),
        "timings": clock.laps,
    }
