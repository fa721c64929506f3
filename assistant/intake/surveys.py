"""The rows of 满意度调查 as figures: what was sent out, came back, was satisfied, and each survey's rate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.intake.case import Row
from assistant.ledger import Figure, Provenance, Scope

_COUNTS = {
    "population": ("对象总体数", "个", ("对象总体",)),
    "issued": ("发放份数", "份", ("发放问卷", "发放")),
    "returned": ("回收份数", "份", ("收回问卷", "收回", "回收")),
    "valid": ("有效份数", "份", ("有效问卷", "有效")),
    "satisfied": ("满意份数", "份", ("满意问卷", "满意")),
}
_RATE = ("满意度", "满意度占比")


def survey_figures(rows: tuple[Row, ...], year: int, coverage: str) -> Iterator[Figure]:
    """`surveys.1.issued` … and `surveys.1.rate`: computed where the counts are there, else as it was handed in.

    A rate handed in beside its counts stays as `surveys.1.given_rate`; reconciliation holds one against the other.
    """
    for row in rows:
        key, name = f"surveys.{row.number}", row.text("name")
        for column, (label, unit, words) in _COUNTS.items():
            number = row.decimal(column)
            if number is not None:
                yield Figure(f"{key}.{column}", f"{name}{label}", number, unit, str(year), row.cells[column].provenance,
                             Scope(coverage=coverage), items=(name,), aspects=(label, *words), print_places=0)  # fmt: skip
        yield from _rates(row, key, name, year, coverage)


def rate_formula(satisfied: Decimal, valid: Decimal) -> str:
    """满意份数÷有效份数, with the numbers put in."""
    return f"满意份数{satisfied}÷有效份数{valid}×100%"


def _rates(row: Row, key: str, name: str, year: int, coverage: str) -> Iterator[Figure]:
    def figure(id: str, label: str, value: Decimal, where: Provenance, places: int | None) -> Figure:
        return Figure(f"{key}.{id}", f"{name}{label}", value, "%", str(year), where, Scope(coverage=coverage),
                      items=(name,), aspects=_RATE, print_places=places)  # fmt: skip

    satisfied, valid, given = row.decimal("satisfied"), row.decimal("valid"), row.decimal("rate")
    counted = satisfied is not None and bool(valid)
    if satisfied is not None and valid:
        how = Provenance("formula", formula=rate_formula(satisfied, valid), inputs=(f"{key}.satisfied", f"{key}.valid"))
        yield figure("rate", "满意度", satisfied / valid * 100, how, 2)
    if given is not None:
        id, label = ("given_rate", "填报的满意度") if counted else ("rate", "满意度")
        yield figure(id, label, given, row.cells["rate"].provenance, None)
