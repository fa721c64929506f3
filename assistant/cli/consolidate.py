"""consolidate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.show import Printer

if TYPE_CHECKING:
    from assistant.intake.case import Case, Department
    from assistant.ledger import Figure


def consolidate(folder: Path, json: str) -> int:
    """How a department's figures come from its units': each with the units' values, the 抵销 and the sum, and where they stand; exit 1
    where a unit lacks a figure that others gave."""
    from assistant.errors import UsageError
    from assistant.findings import numbered
    from assistant.intake import load_case
    from assistant.reconcile import reconcile
    from assistant.scorecard import score

    out = Printer(json)
    case = load_case(folder)
    department = case.department
    if department is None:
        raise UsageError(
            f"{folder} 的 case.yaml 没有写 units，不是部门汇总。汇总填报请写 coverage: 部门汇总 和 units: [../本级, …]。"
        )
    names = "、".join(unit.unit for unit in department.units)
    out.say(f"{case.unit} {case.year}年度部门汇总：纳入{len(department.units)}个单位：{names}。")
    told = list(_figures(case, department))
    sheet = ""
    for one in told:
        if one["sheet"] != sheet:
            sheet = one["sheet"]
            out.say(f"\n{sheet}")
        out.say(f"  {_line(one)}")
    for offset in department.offsets:
        payer, receiver = (department.units[n - 1].unit for n in (offset.payer, offset.receiver))
        out.say(f"\n抵销：{payer} → {receiver} {case.ledger[offset.id].printed()}（{offset.reason}；{offset.place}）")
    findings = numbered([*case.findings, *reconcile(case, score(case).ledger).findings])
    out.say(f"\n数据中的问题 {len(findings)} 处：")
    out.findings(findings)
    out.json(
        {
            "unit": case.unit, "year": case.year,
            "units": [{"unit": unit.unit, "folder": unit.folder.name} for unit in department.units],
            "offsets": [_offset(case, department, n) for n in range(len(department.offsets))],
            "figures": told, "findings": [finding.to_json() for finding in findings],
        }
    )  # fmt: skip
    return 1 if department.lacking else 0


def _figures(case: Case, department: Department) -> Iterator[dict[str, Any]]:
    """Every figure that a unit gave, in the order of the workbook; values are strings."""
    from assistant.catalogue import load_catalogue
    from assistant.intake.inputs import plain_cells
    from assistant.intake.units import taken_out, unit_id

    titles = {sheet.id: sheet.title for sheet in load_catalogue().sheets}
    for spec in plain_cells(case.framework):
        parts = [case.ledger.get(unit_id(n, spec.id)) for n in range(1, len(department.units) + 1)]
        if not any(parts):
            continue
        total, own = case.ledger.get(spec.id), department.own.get(spec.id)
        yield {
            "id": spec.id, "label": spec.label, "sheet": titles[spec.sheet], "unit": spec.unit,
            "parts": [
                {"unit": unit.unit, "value": part and format(part.value, "f"), "place": _where(part)}
                for unit, part in zip(department.units, parts, strict=True)
            ],
            "offsets": [offset.id for offset in taken_out(spec.id, department.offsets)],
            "value": total and format(total.value, "f"),
            "formula": _how(total),
            "department": own and format(own.value, "f"),
            "lacking": list(department.lacking.get(spec.id, ())),
        }  # fmt: skip


def _where(part: Figure | None) -> str:
    """The cell, with its unit; the formula of what a unit's own cells gave."""
    return (part.provenance.place or str(part.provenance)) if part is not None else ""


def _how(total: Figure | None) -> str:
    """The formula, or the department's own cell where it stands for want of a sum."""
    return str(total.provenance) if total is not None else ""


def _offset(case: Case, department: Department, n: int) -> dict[str, Any]:
    offset = department.offsets[n]
    payer, receiver = (department.units[at - 1].unit for at in (offset.payer, offset.receiver))
    return {
        "id": offset.id, "figure": offset.figure, "against": offset.against, "amount": case.ledger[offset.id].printed(),
        "between": [payer, receiver], "reason": offset.reason, "place": offset.place,
    }  # fmt: skip


def _line(one: dict[str, Any]) -> str:
    """部门支出合计决算数 1100万元 ＝ 甲900.00＋乙200.00（甲：3 收支决算!E12；…）."""
    parts = "；".join(part["place"] for part in one["parts"] if part["place"])
    if one["lacking"]:
        given = "、".join(f"{part['unit']}{part['value']}" for part in one["parts"] if part["value"])
        return f"{one['label']} 【待补】：{'、'.join(one['lacking'])}没有填；{given}（{parts}）"
    own = f"；部门填 {one['department']}" if one["department"] else ""
    return f"{one['label']} {one['value']}{one['unit']} ＝ {one['formula']}（{parts}）{own}"
