"""未达目标 → 偏差原因: a target that was not reached says why, in the report and not only in the data."""

from __future__ import annotations

import re

from assistant.findings import Finding
from assistant.ledger import Target
from assistant.subjects import normal_term
from assistant.verify.checks.reading import Reading
from assistant.verify.checks.sentences import Said

_NO_REASON = re.compile(
    r"^(?:暂?无|没有|不适用|正常|基本完成|已完成|已基本完成|部分完成|未完成|偏差较小|略有偏差|存在偏差|工作需要|实际需要|客观原因|[/—\-－]+)?[。.]?$"
)
_WHY_HEAD = re.compile(r"偏差|原因|未完成说明|改进措施|整改")
_WHY = re.compile(r"因|由于|受.{1,20}影响|原因|所致|偏差|主要是|推迟|延期|尚未|未能按|未达")


def no_reason(words: str) -> bool:
    """Whether words give no reason: empty, 无, 暂无, 基本完成 and the like."""
    return bool(_NO_REASON.match(words.strip()))


def targets(reading: Reading) -> list[Finding]:
    """Missed targets of which neither the report nor, where the report is silent, the data says why."""
    facts = reading.facts
    if facts is None:
        return []
    found = []
    for target in facts.missed:
        spoken = [said for said in reading.said if _speaks_of(said, target)]
        if any("【待补" in said.words for said in spoken) or any(_explains(said, target) for said in spoken):
            continue
        if not spoken and not no_reason(target.variance_reason):
            continue
        place = spoken[0] if spoken else None
        start = place.start if place else 0
        where = reading.text.place(start) if place else target.place
        wanted, got = (_told(facts.card.ledger.get(id), text) for id, text in (
            (target.target, target.target_text), (target.achieved, target.achieved_text or target.state)))  # fmt: skip
        known = not no_reason(target.variance_reason)
        lack = f"数据中写有原因“{target.variance_reason}”，报告没有写出。请在这里或附表中写明" if known else (
            "也没有写偏差原因（“无”“基本完成”不算）。请写明具体原因和改进措施")  # fmt: skip
        found.append(Finding(
            "closure", "warning" if known else "error",
            f"{where}“{target.name}”年度指标值{'' if target.sign == '定性' else target.sign}{wanted}，实际{got}，没有达到目标，{lack}。",
            quote=place.short if place else target.name, start=start, end=start + len(place.words) if place else 0,
            expected=target.variance_reason if known else f"“{target.name}”的偏差原因",
        ))  # fmt: skip
    return found


def _told(figure: object, text: str) -> str:
    from assistant.ledger import Figure

    return figure.printed() if isinstance(figure, Figure) else text or "未填"


def _speaks_of(said: Said, target: Target) -> bool:
    name = normal_term(target.name)
    if said.row:
        return any(normal_term(cell) == name for cell in said.row)
    return name in normal_term(said.words)


def _explains(said: Said, target: Target) -> bool:
    """A cell of reasons in its row, or a sentence that names it and a cause."""
    words = said.words.strip()
    if said.row:
        return bool(_WHY_HEAD.search(said.head)) and not no_reason(words)
    given = re.split(r"[，。；]", target.variance_reason.strip())[0]
    if not no_reason(given) and normal_term(given) in normal_term(words):
        return True
    return bool(_WHY.search(words)) and not no_reason(words.rsplit("：", 1)[-1]) and len(words) > len(target.name) + 8
