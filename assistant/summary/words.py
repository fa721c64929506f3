"""The words that both the workbook and the page use."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.documents import visible
from assistant.findings import Severity
from assistant.rules import show
from assistant.summary.first import Verdict
from assistant.summary.outcome import ModelUse, Outcome

SEVERITIES: dict[Severity, str] = {"error": "错误", "warning": "提醒", "info": "说明"}
AGAIN = "按原因改好后，再运行同一条 jiping batch 命令：只做没有完成的。"
_CENT = Decimal("0.01")


def model_name(model: ModelUse) -> str:
    """The model that wrote, "offline" in Chinese."""
    return {"offline": "离线起草", "": "没有记录"}.get(model.name, model.name)


def percent(rate: Decimal | None) -> str:
    """A rate with two decimals, or a dash."""
    return "—" if rate is None else f"{(rate * 100).quantize(_CENT, ROUND_HALF_UP)}%"


def marks_text(marks: Decimal | None) -> str:
    """Marks with two decimals, or as many more as they have; a dash for none."""
    if marks is None:
        return "—"
    exact = show(marks)
    return exact if len(exact.partition(".")[2]) > 2 else f"{marks:.2f}"


def unfinished(verdicts: Sequence[Verdict], failed: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Everything without a whole result: cases that failed, then run folders that could not be read; name and reason."""
    broken = [
        (f"{verdict.outcome.unit}（{verdict.outcome.folder.name}）", "；".join(verdict.outcome.notes))
        for verdict in verdicts
        if verdict.outcome.notes
    ]
    return [(visible(name)[0], visible(reason)[0] or "没有记录原因") for name, reason in [*failed, *broken]]


def batch_title(outcomes: Sequence[Outcome]) -> str:
    """The years in the title, where they are known."""
    years = sorted({outcome.year for outcome in outcomes if outcome.year})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}—{years[-1]}" if years else ""
    return f"{span}年度部门整体支出绩效自评草稿汇总" if span else "部门整体支出绩效自评草稿汇总"
