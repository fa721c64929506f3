"""The story in one function: read, score, brief, draft, fill, assemble, write, read back, verify."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.documents import read_document
from assistant.errors import UsageError
from assistant.findings import Finding, numbered
from assistant.indicators import label_of
from assistant.intake import Case, load_case
from assistant.reconcile import reconcile
from assistant.scorecard import Scorecard, score
from assistant.tempering import tempered
from assistant.verify import Check, check_against_case

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
_HOUR = 3600


@dataclass(frozen=True)
class Run:
    """What a run made, for the caller to tell of."""

    folder: Path
    case: Case
    card: Scorecard
    check: Check
    data_findings: tuple[Finding, ...]
    required_missing: tuple[str, ...]


def data_findings(case: Case, card: Scorecard) -> list[Finding]:
    """What is wrong with the data themselves: cells that could not be read, and contradictions (勾稽)."""
    return numbered([*case.findings, *reconcile(case, card.ledger).findings])


def draft_case(folder: Path, out: Path, step: Step | None = None, section: str = "") -> Run:
    """Make the run folder of a case, whole or not at all.

    Args:
        folder: the case.
        out: the run folder; an earlier run in it is replaced, anything else is left alone and refused.
        step: told (name, done, total) as the work goes on.
        section: draft this section of the outline alone.

    Raises:
        InputError, FrameworkError, UsageError: nothing has been written then.
    """
    from assistant.briefs import build_briefs
    from assistant.drafting import draft_section
    from assistant.outlines import load_outline
    from assistant.report import assemble, render_markdown, write_docx, write_forms, write_scorecard

    tell = step or (lambda name, done, total: None)
    clock = _Clock()
    refuse_foreign(out)
    tell("读取数据和材料", 0, _STEPS)
    case = load_case(folder)
    clock.lap("intake")
    tell("计算指标和得分", 1, _STEPS)
    card = score(case)
    case, praised = tempered(case, card)
    problems = numbered([*data_findings(case, card), *praised])
    outline = load_outline(case.framework.outline)
    if section:
        outline = outline.only(section)
    clock.lap("score")
    tell("起草", 2, _STEPS)
    sections = [draft_section(brief) for brief in build_briefs(case, card, outline)]
    clock.lap("draft")
    tell("排版", 3, _STEPS)
    report = assemble(case, card, outline, sections)
    with whole_folder(out) as made:
        write_docx(report.document, made / "report.docx")
        (made / "report.md").write_text(render_markdown(report.document), "utf-8", newline="\n")
        write_scorecard(card, made / "scorecard.xlsx")
        write_forms(case, card, made)
        clock.lap("write")
        tell("核对每个数", 4, _STEPS)
        check = check_against_case(read_document(made / "report.docx"), card, whole=not section, case=case)
        required = tuple(id for id in outline.required_of(case.framework) if id not in card.ledger)
        if not section:
            required += tuple(id for leaf in card.leaves for id in leaf.missing if id not in required)
        lacking = [
            Finding(
                "missing",
                "error",
                f"缺少必填数据“{label_of(id, case.framework)}”（{id}），报告中已标【待补】。请在工作簿中填写。",
                quote=id,
            )
            for id in required
        ]
        check = Check(check.report, check.mentions, tuple(numbered([*check.findings, *lacking])))
        clock.lap("verify")
        tell("保存", 6, _STEPS)
        _write_json(
            made / "ledger.json",
            {"unit": case.unit, "year": case.year, "figures": [f.to_json() for f in card.ledger]},
        )
        _write_json(made / "scorecard.json", card.to_json() | {"findings": [f.to_json() for f in problems]})
        _write_json(made / "draft.json", report.to_json())
        _write_json(made / "check.json", check.to_json())
        _write_json(made / "run.json", _run_json(case, report.prompts, clock))
    tell("完成", _STEPS, _STEPS)
    return Run(out, case, card, check, tuple(problems), required)


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


def _run_json(case: Case, prompts: dict[str, str], clock: _Clock) -> dict[str, Any]:
    return {
        "program": f"jiping {version('jiping')}",
        "model": "offline",
        "framework": {"id": case.framework.id, "digest": case.framework.digest},
        "prompts": prompts,
        "inputs": dict(case.digests),
        "settings": {},
        "usage": {"calls": 0, "tokens": 0},
        "timings": clock.laps,
    }


def _write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


def refuse_foreign(out: Path) -> None:
    """Stop before work is done for a folder that cannot be the run's.

    Raises:
        UsageError: it is a file, or it holds something that no run of ours left.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out {out} 是一个文件，请给出文件夹。")
    if out.is_dir() and any(out.iterdir()) and not (out / "run.json").is_file():
        raise UsageError(f"--out {out} 里已有别的文件，没有改动。请换一个空文件夹。")


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A folder that appears under its name only when all of it is there; an earlier run is replaced at that moment."""
    out.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(out)
    made = Path(tempfile.mkdtemp(prefix=f".{out.name}.{os.getpid()}.", dir=out.parent))
    try:
        made.chmod(0o755)
        yield made
        if out.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{out.name}.old.{os.getpid()}.", dir=out.parent))
            out.replace(old / out.name)
            made.replace(out)
            shutil.rmtree(old)
        else:
            made.replace(out)
    finally:
        if made.exists() and made != out:
            shutil.rmtree(made, ignore_errors=True)


def _clear_leftovers(out: Path) -> None:
    """Remove what dead runs into this folder left beside it; an earlier run that one of them had set aside goes back."""
    own = re.compile(rf"\.{re.escape(out.name)}\.(?:old\.)?(?:(\d+)\.)?[a-z0-9_]{{8}}")
    for entry in list(out.parent.iterdir()):
        name = own.fullmatch(entry.name)
        if name is None or entry.is_symlink() or not entry.is_dir():
            continue
        try:
            if not _dead(int(name[1] or 0)) and time.time() - entry.stat().st_mtime < _HOUR:
                continue
            if not out.exists() and (entry / out.name).is_dir():
                (entry / out.name).replace(out)
        except OSError:
            continue
        shutil.rmtree(entry, ignore_errors=True)


def _dead(pid: int) -> bool:
    """Whether no process has this number; never so where that cannot be asked."""
    if not pid or os.name != "posix":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
