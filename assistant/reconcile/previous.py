"""Last year's case, where case.yaml names one: loaded, and refused where it is not last year's or not this unit's."""

from __future__ import annotations

from assistant.errors import JipingError
from assistant.findings import Finding
from assistant.intake import Case, load_case


def load_previous(case: Case) -> tuple[Case | None, str, tuple[Finding, ...]]:
    """Last year's case (None where there is none to compare with), why not, and what a person should look at."""
    if case.previous is None:
        return None, "case.yaml 没有写 previous（上年填报）", ()
    try:
        previous = load_case(case.previous)
    except JipingError as error:
        return (
            None,
            "上年填报读不出来",
            (_finding(f"上年填报（{case.previous.name}）读不出来，没有核对上年数：{error}"),),
        )
    reason = _not_comparable(case, previous)
    if not reason:
        return previous, "", ()
    return (
        None,
        reason,
        (_finding(f"上年填报（{case.previous.name}）没有用来核对：{reason}。请核对 case.yaml 的 previous。"),),
    )


def _not_comparable(case: Case, previous: Case) -> str:
    """Another year, unit or coverage; another framework is no reason."""
    if previous.year != case.year - 1:
        return f"它是{previous.year}年度的，本年是{case.year}年度"
    if previous.unit != case.unit:
        return f"它是“{previous.unit}”的，不是“{case.unit}”的"
    if case.coverage and previous.coverage and case.coverage != previous.coverage:
        return f"填报范围不同（上年{previous.coverage}，本年{case.coverage}）"
    return ""


def _finding(message: str) -> Finding:
    return Finding("reconcile", "warning", message, quote="case.yaml previous")
