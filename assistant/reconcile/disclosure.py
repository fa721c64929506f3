"""公开日期 against 批复日期: the order, the days between, and the date of the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.findings import Finding
from assistant.intake import Case, Entry
from assistant.numbers import find_numbers
from assistant.patterns import regex
from assistant.reconcile.model import Limits
from assistant.reconcile.verdict import Reconciliation, Unchecked

_DAY = regex(r"(?:(\d{4})|-)-(\d{1,2})-(\d{1,2})")


def check_disclosures(case: Case, limits: Limits) -> Reconciliation:
    """Every row of the table with both dates."""
    found: list[Finding] = []
    checked: list[tuple[str, bool]] = []
    unchecked: list[Unchecked] = []
    report = read_day(case.text("unit.report_date"))
    for row in case.rows("disclosures"):
        approved, published = row.cells.get("approved"), row.cells.get("published")
        if approved is None and published is None:
            continue
        name = f"{row.text('item')}：公开日期与批复日期"
        begin = read_day(approved.text) if approved else None
        end = read_day(published.text, begin.year if begin else None) if published else None
        if end is not None and begin is None and approved:
            begin = read_day(approved.text, end.year)
        if approved is None or published is None or begin is None or end is None:
            unread = [e.text for e, day in ((approved, begin), (published, end)) if e and day is None]
            why = f"“{'”“'.join(unread)}”看不出是哪一天" if unread else "没有填齐两个日期"
            unchecked.append(Unchecked(name, why, ("disclosures",)))
            continue
        gap = list(_days(row.text("item"), approved, published, begin, end, report, limits))
        checked.append((name, not gap))
        found += gap
    return Reconciliation(tuple(found), tuple(checked), tuple(unchecked))


def read_day(text: str, year: int | None = None) -> date | None:
    """2022年1月30日, 2022-01-30, 2022.1.30, 2022/1/30, 二〇二二年一月三十日; 1月30日 where the year is known."""
    for mention in find_numbers(text.replace("/", "-").replace("．", ".")):
        found = _DAY.fullmatch(mention.norm) if mention.kind == "date" else None
        if found is None or not (found[1] or year):
            continue
        try:
            return date(int(found[1] or year or 0), int(found[2]), int(found[3]))
        except ValueError:
            return None
    return None


def _days(
    item: str, approved: Entry, published: Entry, begin: date, end: date, report: date | None, limits: Limits
) -> Iterator[Finding]:
    places = f"（{approved.provenance.place}、{published.provenance.place}）"
    told = f"{item}：{_said(begin)}批复，{_said(end)}公开{places}，间隔{(end - begin).days}天"
    if end < begin:
        message = f"{told}，公开早于批复。请核对两个日期。"
        yield Finding("reconcile", "error", message, quote=published.provenance.place)
    elif (end - begin).days > limits.disclosure_days:
        message = f"{told}，超过{limits.disclosure_days}日。请核对日期；属实的，公开及时性不能得满分，须说明原因。"
        yield Finding("reconcile", "warning", message, quote=published.provenance.place)
    if report is not None and end > report:
        message = f"{item}：{_said(end)}公开{places}，晚于填报日期{_said(report)}。请核对两个日期。"
        yield Finding("reconcile", "warning", message, quote=published.provenance.place)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
