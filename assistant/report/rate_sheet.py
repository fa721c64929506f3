"""The sheet 比率 of scorecard.xlsx: each rate with its inputs, and the rate itself as a live formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.rules import show
from assistant.scorecard import Scorecard

if TYPE_CHECKING:
    from assistant.frameworks import Ratio

_HEADS = (
    ("比率", 26), ("分子（本数）", 30), ("数值", 16), ("分母（基数）", 30), ("数值", 16), ("比率值", 12), ("说明", 60),
)  # fmt: skip


def write_rates(sheet: Any, card: Scorecard, looks: dict[str, Any]) -> None:
    """A row for each rate of the framework that is computed from two figures or from other rates."""
    for column, (name, width) in enumerate(_HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, looks["head"])
    rows: dict[str, int] = {}
    for ratio in card.framework.ratios:
        if ratio.value.is_rate:
            rows[ratio.id] = len(rows) + 1
            _rate(sheet, len(rows), ratio, rows, card, looks)
    sheet.freeze_panes(1, 1)


def _rate(sheet: Any, row: int, ratio: Ratio, rows: dict[str, int], card: Scorecard, looks: dict[str, Any]) -> None:
    result = card.measures.of(ratio.id)
    sheet.write_string(row, 0, ratio.name, looks["text"])
    pair = ratio.value.ratio or ratio.value.change or ()
    for column in (1, 3):
        figure = card.ledger.get(pair[column // 2]) if pair else None
        name = f"{figure.label}（{figure.unit}）" if figure else "未填报" if pair else "—"
        sheet.write_string(row, column, name, looks["text"])
        if figure:
            sheet.write_number(row, column + 1, float(figure.value), looks["amount"])
        else:
            sheet.write_blank(row, column + 1, None, looks["amount"])
    formula = "" if result.given else _formula(ratio, row + 1, rows, card)
    if result.value is None:
        sheet.write_blank(row, 5, None, looks["rate"])
    elif formula:
        sheet.write_formula(row, 5, formula, looks["rate"], float(result.value / 100))
    else:
        sheet.write_number(row, 5, float(result.value / 100), looks["rate"])
    note = (
        "直接填报，没有分子分母"
        if result.given
        else result.undefined or ("" if result.value is not None else "缺少数据")
    )
    sheet.write_string(row, 6, "；".join(part for part in (note, ratio.note) if part), looks["text"])


def _formula(ratio: Ratio, n: int, rows: dict[str, int], card: Scorecard) -> str:
    """The rate over the cells of its row (or over the rates above); "" where the units of its inputs differ."""
    value = ratio.value
    if value.mean:
        cells = [f"F{rows[name] + 1}" for name in value.mean if name in rows]
        return f"=AVERAGE({','.join(cells)})" if len(cells) == len(value.mean) else ""
    figures = [card.ledger.get(name) for name in value.ratio or value.change or ()]
    if len({figure.unit for figure in figures if figure}) != 1:
        return ""
    if value.change:
        return f"=ABS(C{n}-E{n})/E{n}" if value.absolute else f"=(C{n}-E{n})/E{n}"
    due = f"/{show(value.per / 100)}" if value.per is not None and value.per != 100 else ""
    return f"=C{n}/E{n}{due}"
