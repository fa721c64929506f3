"""Planted faults: the slips that reviewers meet, each with what it changed and which finding must tell of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from assistant.indicators import measure
from assistant.intake.inputs import questions
from assistant.numbers import round_half_up
from assistant.rules import met, show
from assistant.scorecard import score
from assistant.synth.answers import missing_parts
from assistant.synth.made import Made, Planted
from assistant.synth.words import Dice

_TOTALS = ("final_accounts.basic", "annual_budget.basic", "final_accounts.total", "initial_budget.total", "three_public.total.final_accounts",
           "procurement.actual", "staff.actual", "carryover.total.closing", "income.total.final_accounts")  # fmt: skip
_PARTS = ("final_accounts.personnel", "annual_budget.project", "three_public.vehicles.final_accounts", "procurement.services.actual",
          "final_accounts.routine_public")  # fmt: skip
_SWAPS = (
    ("final_accounts.personnel", "final_accounts.project"), ("annual_budget.routine_public", "annual_budget.project"),
    ("procurement.services.planned", "procurement.services.actual"), ("three_public.reception.final_accounts", "three_public.vehicles.budget"),
    ("staff.administrative.established", "staff.administrative.actual"),
)  # fmt: skip
_ORDERS = (("petitions.replied", "petitions.received"), ("satisfaction.satisfied", "satisfaction.valid"), ("progress.q1.spent", "progress.q2.spent"),
           ("fixed_assets.in_use", "fixed_assets.total"), ("work.on_time", "work.completed"))  # fmt: skip
_COUNTS = (("projects.count", "projects"), ("work.key_assigned", "key_tasks"), ("projects.completed", "projects"))

Plant = Callable[[Made, Dice], Planted | None]


def _said(value: Any) -> str:
    return show(value) if isinstance(value, Decimal) else str(value)


def _changed(
    made: Made, id: str, value: Any, kind: str, *names: str, codes: tuple[str, ...] = ("reconcile",)
) -> Planted:
    """Put another value into a cell, and say so. The total that it is a part of may be the one that is named."""
    before, spec = made.values[id], made.specs[id]
    made.values[id] = value
    totals = tuple(other.label for other in made.specs.values() if id in other.sum)
    return Planted(kind, id, spec.label, _said(before), _said(value), codes, (spec.label, *totals, *names))


def _typed(made: Made, ids: tuple[str, ...]) -> list[str]:
    return [id for id in ids if made.values.get(id)]


def _digit(made: Made, dice: Dice) -> Planted | None:
    """One digit of a total."""
    typed = _typed(made, _TOTALS)
    typed = [id for id in typed if not id.startswith("income") or "income.fiscal.final_accounts" in made.values]
    if not typed:
        return None
    id = dice.one(typed)
    text = show(Decimal(made.values[id]))
    places = [at for at, char in enumerate(text) if char.isdigit()]
    at = dice.one(places[: max(1, len(places) - 1)])
    digit = str((int(text[at]) + dice.whole(1, 8)) % 10)
    value = Decimal(text[:at] + digit + text[at + 1 :])
    return _changed(made, id, int(value) if isinstance(made.values[id], int) else value, "digit_in_total")


def _swap(made: Made, dice: Dice) -> Planted | None:
    """Two figures in each other's cells."""
    pairs = [
        (a, b) for a, b in _SWAPS if made.values.get(a) and made.values.get(b) and made.values[a] != made.values[b]
    ]
    if not pairs:
        return None
    one, other = dice.one(pairs)
    first, second = made.values[one], made.values[other]
    made.values[other] = first
    told = _changed(made, one, second, "parts_swapped", made.specs[other].label)
    return Planted(told.kind, f"{one} {other}", told.figure, _said(first), _said(second), told.expected, told.names)


def _unit(made: Made, dice: Dice) -> Planted | None:
    """元 in a column of 万元."""
    typed = _typed(made, _PARTS)
    if not typed:
        return None
    id = dice.one(typed)
    return _changed(
        made, id, Decimal(made.values[id]) * 10000, "wrong_unit", codes=("reconcile", "wrong_unit", "contradiction")
    )


def _count(made: Made, dice: Dice) -> Planted | None:
    """A count that its list does not have."""
    found = [(id, table) for id, table in _COUNTS if id in made.values and table in made.tables]
    if not found:
        return None
    id, _ = dice.one(found)
    return _changed(made, id, made.values[id] + (1 if id != "projects.completed" else -1), "count_unlike_list")


def _rate(made: Made, dice: Dice) -> Planted | None:
    """A rate that does not follow from its figures."""
    results, specs = measure(made.case()).results, made.specs
    known = [
        (ratio, result.value)
        for ratio in made.framework.ratios
        if f"given.{ratio.id}" in specs
        and (result := results[ratio.id]).value is not None
        and not result.given
        and result.value > 5
    ]
    if not known:
        return None
    ratio, value = dice.one(known)
    right = round_half_up(value, Decimal("0.01"))
    made.values.setdefault(f"given.{ratio.id}", right)
    wrong = right - Decimal(dice.whole(110, 480)) / 100
    return _changed(made, f"given.{ratio.id}", wrong, "given_rate", ratio.name)


def _opening(made: Made, dice: Dice) -> Planted | None:
    """This year's opening unlike last year's closing."""
    typed = [
        f"carryover.{row}.opening"
        for row in ("basic", "project", "total")
        if made.values.get(f"carryover.{row}.prior_closing")
    ]
    if not typed:
        return None
    id = dice.one(typed)
    return _changed(made, id, made.values[id] + dice.amount(1, 9), "opening_unlike_closing")


def _silent(made: Made, dice: Dice) -> Planted | None:
    """A missed target without a reason."""
    rows = [row for row in made.tables.get("targets", []) if row["sign"] != "定性"]
    if not rows:
        return None
    row = dice.one(rows)
    wanted, before = Decimal(row["target"]), _reached(row)
    if met(row["sign"], wanted, Decimal(row["achieved"])):
        gap = max(1, int(wanted) // 12)
        row["achieved"] = int(wanted) - gap if row["sign"] == "≥" else int(wanted) + gap
    row["variance_reason"] = dice.one(("", "无", "基本完成"))
    codes = ("closure", "reconcile", "missing")
    return Planted("missed_without_reason", "targets", row["name"], before, _reached(row), codes, (row["name"],))


def _reached(row: dict[str, Any]) -> str:
    return f"实际完成值{row['achieved']}，偏差原因“{row['variance_reason']}”"


def _full(made: Made, dice: Dice) -> Planted | None:
    """A problem of an indicator that has full marks."""
    card = score(made.case())
    full = [
        leaf
        for leaf in card.leaves
        if leaf.marks is not None and not leaf.lost and leaf.full_marks and not leaf.waived and not leaf.bonus
    ]
    if not full or not made.tables.get("problems"):
        return None
    leaf, row = dice.one(full), made.tables["problems"][0]
    said = {"problem": f"“{leaf.called}”反映的工作抓得不够紧", "indicator": leaf.called, "measure": "按月调度"}
    made.tables["problems"].append({**row, **said})
    return Planted("full_marks_with_problem", "problems", leaf.called, "", leaf.called, ("closure",), (leaf.called,))


def _unanswered_problem(made: Made, dice: Dice) -> Planted | None:
    """A problem without a measure."""
    rows = made.tables.get("problems")
    if not rows:
        return None
    row = dice.one(rows)
    before, row["measure"] = row["measure"], ""
    return Planted(
        "problem_without_measure",
        "problems",
        row["problem"],
        before,
        "",
        ("closure", "missing"),
        (row["problem"], "措施"),
    )


def _year(made: Made, dice: Dice) -> Planted | None:
    """Last year's number in the cell of the year."""
    return _changed(made, "unit.year", made.year - 1, "wrong_year", "评价年度", codes=("year",))


def _material(made: Made, dice: Dice) -> Planted | None:
    """A material that says another amount than the workbook."""
    for number, (level, text) in enumerate(made.story):
        match = re.search(r"全年支出([\d.]+)万元", text)
        if match and level == 0:
            wrong = show(Decimal(match[1]) + dice.amount(2, 60))
            made.story[number] = (level, text.replace(match[0], f"全年支出{wrong}万元"))
            label = made.specs["final_accounts.total"].label
            return Planted(
                "material_contradicts",
                made.material,
                label,
                match[1],
                wrong,
                ("reconcile", "contradiction"),
                (label, wrong),
            )
    return None


def _blank(made: Made, dice: Dice) -> Planted | None:
    """A question without an answer."""
    cells = [
        (leaf.leaf.indicator.name, id)
        for leaf in questions(made.case().framework)
        for id in missing_parts(leaf)
        if id in made.values
    ]
    if not cells:
        return None
    name, id = dice.one(cells)
    before = _said(made.values.pop(id))
    return Planted("unanswered", id, name, before, "", ("missing",), (name, id))


def _order(made: Made, dice: Dice) -> Planted | None:
    """A part that is more than its whole."""
    found = [(less, more) for less, more in _ORDERS if made.values.get(less) and made.values.get(more)]
    if not found:
        return None
    less, more = dice.one(found)
    return _changed(made, less, made.values[more] + dice.whole(2, 9), "part_above_whole", made.specs[more].label)


def _late(made: Made, dice: Dice) -> Planted | None:
    """Published more than twenty days after the approval."""
    rows = made.tables.get("disclosures")
    if not rows:
        return None
    before, rows[0]["published"] = rows[0]["published"], f"{made.year}年4月20日"
    return Planted(
        "published_late", "disclosures", "预算公开", before, rows[0]["published"], ("reconcile",), ("预算公开",)
    )


PLANTS: tuple[Plant, ...] = (
    _digit, _swap, _unit, _count, _rate, _opening, _silent, _full, _unanswered_problem, _year, _material, _blank, _order, _late,
)  # fmt: skip


def plant(made: Made, dice: Dice, number: int) -> None:
    """One fault, or two, of kinds that this case has a place for; `number` turns through the kinds so that none is forgotten."""
    wanted = 1 + dice.chance(25)
    for step in range(len(PLANTS)):
        found = PLANTS[(number + number // 7 * 3 + step * 5) % len(PLANTS)](made, dice)
        if found is not None:
            made.faults.append(found)
        if len(made.faults) >= wanted:
            return
