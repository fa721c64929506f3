"""Figures that foot: every total is added up from parts at two places, so that what is printed adds up to the last digit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistant.synth.words import Dice, Kind

_ZERO = Decimal(0)
_STAGES = ("prior_accounts", "initial_budget", "annual_budget", "final_accounts")


def money(dice: Dice, kind: Kind) -> dict[str, Any]:
    """Every amount and count of a unit, whether its framework asks for it or not. Keys are figure ids."""
    found: dict[str, Any] = {}
    posts = dice.whole(12, 60) if kind.id in ("organisation", "street") else dice.whole(25, 180)
    _staff(found, dice, posts)
    own = _accounts(found, dice, kind, posts)
    _carryover(found, dice, own)
    _adjustments(found, dice)
    _progress(found, dice)
    _three_public(found, dice)
    _procurement(found, dice)
    _assets(found, dice, posts)
    _counts(found, dice)
    return found


def _staff(found: dict[str, Any], dice: Dice, posts: int) -> None:
    worker = dice.whole(0, 3)
    institution = dice.whole(0, posts // 3)
    established = {"administrative": posts - institution - worker, "institution": institution, "worker": worker}
    for name, number in established.items():
        if number or name == "administrative":
            found[f"staff.{name}.established"] = number
            found[f"staff.{name}.actual"] = number - (dice.whole(0, number // 8) if number > 4 else 0)
    for column in ("established", "actual"):
        found[f"staff.{column}"] = sum(found.get(f"staff.{name}.{column}", 0) for name in established)
    dispatched, contract = (dice.whole(0, posts // 5), dice.whole(0, 4)) if dice.chance(60) else (0, 0)
    found |= {"staff.dispatched.actual": dispatched, "staff.contract.actual": contract,
              "staff.off_establishment.actual": dispatched + contract, "staff.retired.actual": dice.whole(3, 40)}  # fmt: skip


def _accounts(found: dict[str, Any], dice: Dice, kind: Kind, posts: int) -> Decimal:
    """Expenditure by stage, income to match; gives back what was spent from income of its own."""
    initial = {
        "personnel": dice.amount(16, 28) * posts, "routine_public": dice.amount(2, 4) * posts, "project": dice.amount(150, 4000),
    }  # fmt: skip
    annual = {
        "personnel": initial["personnel"] + dice.share(initial["personnel"], 0, 60),
        "routine_public": initial["routine_public"],
        "project": initial["project"] + dice.share(initial["project"], -80, 120),
    }
    final = {
        "personnel": dice.share(annual["personnel"], 965, 1000), "routine_public": dice.share(annual["routine_public"], 780, 990),
        "project": dice.share(annual["project"], 860, 1000),
    }  # fmt: skip
    prior = {name: dice.share(value, 900, 1080) for name, value in final.items()}
    for stage, parts in zip(_STAGES, (prior, initial, annual, final), strict=True):
        found |= {f"{stage}.{name}": value for name, value in parts.items()}
        found[f"{stage}.basic"] = parts["personnel"] + parts["routine_public"]
        found[f"{stage}.total"] = found[f"{stage}.basic"] + parts["project"]
    own = dice.share(final["project"], 50, 180) if kind.business else _ZERO
    found["initial_budget.salaries"] = dice.share(initial["personnel"], 900, 985)
    found["initial_budget.retirees"] = initial["personnel"] - found["initial_budget.salaries"]
    found["initial_budget.public_expenses"] = initial["routine_public"]
    found["initial_budget.key"] = dice.share(found["initial_budget.total"], 820, 970)
    found["final_accounts.wages"] = dice.share(final["personnel"], 930, 990)
    found["final_accounts.individual_subsidies"] = final["personnel"] - found["final_accounts.wages"]
    found |= {"fund_use.spent": found["final_accounts.total"], "fund_use.available": found["annual_budget.total"]}
    for column, total in (
        ("annual_budget", found["annual_budget.total"]),
        ("prior_accounts", found["prior_accounts.total"]),
    ):
        business = dice.share(own, 900, 1100) if own else _ZERO
        found |= {f"income.fiscal.{column}": total - business, f"income.total.{column}": total}
        found |= {f"income.business.{column}": business} if own else {}
    found |= {"income.business.final_accounts": own} if own else {}
    return own


def _carryover(found: dict[str, Any], dice: Dice, own: Decimal) -> None:
    """Opening ＋ income － spending ＝ closing, for both halves and the whole; fiscal money only."""
    for name, spending in (
        ("basic", found["final_accounts.basic"]),
        ("project", found["final_accounts.project"] - own),
    ):
        opening, closing = (dice.share(spending, 5, 60) for _ in range(2))
        found |= {
            f"carryover.{name}.opening": opening, f"carryover.{name}.prior_closing": opening, f"carryover.{name}.closing": closing,
            f"carryover.{name}.spending": spending, f"carryover.{name}.income": spending + closing - opening,
        }  # fmt: skip
    for column in ("opening", "prior_closing", "income", "spending", "closing"):
        found[f"carryover.total.{column}"] = sum(
            (found[f"carryover.{n}.{column}"] for n in ("basic", "project")), _ZERO
        )
    found["income.fiscal.final_accounts"] = found["carryover.total.income"]
    found["income.total.final_accounts"] = found["carryover.total.income"] + own


def _adjustments(found: dict[str, Any], dice: Dice) -> None:
    """追加 and 追减 that lead from the first budget to the last, and a transfer between projects."""
    moved = found["annual_budget.total"] - found["initial_budget.total"]
    within = dice.share(found["initial_budget.total"], 4, 20)
    excluded = dice.share(abs(moved), 100, 500) if moved else _ZERO
    found |= {"adjustments.accumulated": abs(moved) + within, "adjustments.excluded": excluded}
    found["_adjustment_rows"] = (moved, within, excluded)


def _progress(found: dict[str, Any], dice: Dice) -> None:
    total, spent = found["annual_budget.total"], found["final_accounts.total"]
    for row, (least, most) in zip(("q1", "q2", "q3"), ((190, 270), (430, 530), (670, 780)), strict=True):
        found |= {f"progress.{row}.budget": total, f"progress.{row}.spent": dice.share(spent, least, most)}
    found |= {"progress.q4.budget": total, "progress.q4.spent": spent}
    found["payment.actual_progress"] = (spent / total * 100).quantize(Decimal("0.01"))
    found["payment.due_progress"] = Decimal(dice.whole(93, 97))


def _three_public(found: dict[str, Any], dice: Dice) -> None:
    """四项: with explicit zeros; a unit in five has none at all."""
    none = dice.chance(18)
    overseas = not none and dice.chance(10)
    bought = 1 if not none and dice.chance(12) else 0
    budget = {
        "overseas": dice.amount(4, 12) if overseas else _ZERO,
        "vehicle_purchase": dice.amount(18, 20) if bought else _ZERO,
        "vehicle_running": _ZERO if none else dice.amount(3, 20),
        "reception": _ZERO if none else dice.amount(1, 6),
    }
    columns = {"budget": budget, "final_accounts": {n: dice.share(v, 620, 980) for n, v in budget.items()},
               "prior_budget": {n: _ZERO if n == "vehicle_purchase" else dice.share(v, 1000, 1120) for n, v in budget.items()},
               "prior_accounts": {n: _ZERO if n == "vehicle_purchase" else dice.share(v, 700, 1000) for n, v in budget.items()}}  # fmt: skip
    for column, values in columns.items():
        found |= {f"three_public.{name}.{column}": value for name, value in values.items()}
        vehicles = values["vehicle_purchase"] + values["vehicle_running"]
        found[f"three_public.vehicles.{column}"] = vehicles
        found[f"three_public.total.{column}"] = values["overseas"] + vehicles + values["reception"]
    receptions = 0 if none else dice.whole(4, 30)
    trips = dice.whole(1, 2) if overseas else 0
    found |= {
        "three_public.trips": trips, "three_public.travellers": trips + (dice.whole(0, 3) if trips else 0),
        "three_public.vehicles_bought": bought, "three_public.vehicles_kept": 0 if none else dice.whole(2, 8) + bought,
        "three_public.receptions": receptions, "three_public.guests": receptions * dice.whole(4, 8),
        "meetings.final_accounts": dice.amount(1, 8), "training.final_accounts": dice.amount(1, 12),
    }  # fmt: skip


def _procurement(found: dict[str, Any], dice: Dice) -> None:
    """Goods and services, often works; a unit in eight buys nothing this way."""
    none = dice.chance(12)
    planned = {
        "goods": _ZERO if none else dice.amount(10, 200), "services": _ZERO if none else dice.amount(20, 400),
        "works": dice.amount(40, 500) if not none and dice.chance(40) else _ZERO,
    }  # fmt: skip
    for name, value in planned.items():
        if not value and name == "works":
            continue
        actual = dice.share(value, 880, 1000)
        paid = dice.share(actual, 850, 1000)
        columns = {
            "planned": value,
            "actual": actual,
            "contracted": actual,
            "paid": paid,
            "small_firms": dice.share(actual, 300, 700),
        }
        found |= {f"procurement.{name}.{column}": amount for column, amount in columns.items()}
    for column in ("planned", "actual", "contracted", "paid", "small_firms"):
        found[f"procurement.{column}"] = sum((found.get(f"procurement.{n}.{column}", _ZERO) for n in planned), _ZERO)


def _assets(found: dict[str, Any], dice: Dice, posts: int) -> None:
    fixed = dice.amount(6, 30) * posts
    idle = dice.share(fixed, 0, 160)
    intangible, current = dice.amount(5, 200), dice.amount(20, 600)
    found |= {
        "fixed_assets.total": fixed, "fixed_assets.idle": idle, "fixed_assets.in_use": fixed - idle,
        "fixed_assets.net": dice.share(fixed, 300, 800), "fixed_assets.count": posts * dice.whole(8, 20),
        "intangible_assets.total": intangible, "intangible_assets.net": dice.share(intangible, 300, 900),
        "intangible_assets.count": dice.whole(2, 20), "current_assets.total": current, "current_assets.net": current,
    }  # fmt: skip
    found["assets.total"] = fixed + intangible + current
    found["assets.net"] = found["fixed_assets.net"] + found["intangible_assets.net"] + current
    found["assets.count"] = found["fixed_assets.count"] + found["intangible_assets.count"]
    income = dice.whole(0, 40) * 50
    found |= {
        "assets.received": dice.whole(0, 60), "assets.disposed_electronics": dice.whole(5, 120),
        "assets.disposed_furniture": dice.whole(5, 90), "assets.disposal_income": Decimal(income), "assets.disposal_remitted": Decimal(income),
    }  # fmt: skip


def _counts(found: dict[str, Any], dice: Dice) -> None:
    valid = dice.whole(120, 600)
    received = 0 if dice.chance(25) else dice.whole(5, 120)
    replied = received - (dice.whole(0, 2) if received > 20 and dice.chance(30) else 0)
    found |= {
        "satisfaction.valid": valid, "satisfaction.satisfied": valid * dice.whole(860, 990) // 1000,
        "petitions.received": received, "petitions.replied": replied,
        "petitions.on_time": replied - (dice.whole(0, 1) if replied > 20 else 0),
        "unit.offices": dice.whole(4, 14),
    }  # fmt: skip
    for name in ("monitoring", "self_evaluation", "evaluation"):
        done = {"monitoring": "monitored", "self_evaluation": "self_evaluated", "evaluation": "evaluated"}[name]
        number = dice.whole(1, 3) if name == "evaluation" else dice.whole(4, 12)
        found |= {f"management.{name}_due": number, f"management.{done}": number}
