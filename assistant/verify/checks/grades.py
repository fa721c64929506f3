"""等级: the grade that a report claims is the one that its total earns, or the one the unit gave where the form has no thresholds."""

from __future__ import annotations

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.reading.reading import Reading

_TOLD = regex(
    r"(?:等级|等次)(?:评定)?(?:结果)?(?:为|是|：)\s*[“‘]?(?P<grade>优秀|良好|中等|合格|不合格|较差|优|良|中|差)(?=[”’。，；、（\s]|$)"
)


def grades(reading: Reading) -> list[Finding]:
    """An error for every grade in the text that is another one."""
    card, case = reading.card, reading.case
    if card is None:
        return []
    due = card.grade or (case.text("unit.grade") if case is not None and not card.framework.grades else "")
    if not due:
        return []
    found = []
    for match in _TOLD.finditer(reading.text.text):
        told, start = match["grade"], match.start("grade")
        if told[0] == due[0]:
            continue
        why = f"总得分{card.marks.normalize():f}分" if card.grade else "填报的自评等级"
        found.append(Finding(
            "rule", "error", f"{reading.text.place(start)}写等级为“{told}”，按{why}应为“{due}”。请改成一致。",
            quote=match[0], start=start, end=start + len(told), expected=due,
        ))  # fmt: skip
    return found
