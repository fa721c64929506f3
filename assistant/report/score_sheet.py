"""scorecard.xlsx: the score table as a workbook whose subtotals, total and rates are live formulas with their values."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.rules import show
from assistant.scorecard import BASIS_NAMES, Scorecard

if TYPE_CHECKING:
    from assistant.marking import LeafMarks

_COLUMNS = (
    ("一级指标", 10), ("二级指标", 10), ("三级指标", 16), ("分值", 7), ("评分标准", 60), ("得分", 8), ("扣分", 8),
    ("得分依据", 14), ("得分说明", 60),
)  # fmt: skip
_PER_LINE = 34
"""Characters that a line of the wide columns holds."""
_FIRST = 3
"""The first row of leaves (from 0): title, unit line and head stand above."""


def write_scorecard(card: Scorecard, path: Path) -> None:
    """Three sheets: 评分表 (leaves; Σ as formulas), 分级汇总 (SUMIFS by 一级 and 二级指标), 比率 (inputs and their quotients).

    Text is written as text: a cell never starts a formula that came from a person. Excel holds numbers as doubles; marks and
    amounts have few enough digits to come back exactly.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": f"{card.year}年度部门整体支出绩效评分表",
            "author": card.unit,
            "created": datetime(card.year + 1, 1, 1),
        }
    )
    looks = _looks(book)
    _leaves(book.add_worksheet("评分表"), card, looks)
    _levels(book.add_worksheet("分级汇总"), card, looks)
    _rates(book.add_worksheet("比率"), card, looks)
    book.close()


def _looks(book: Any) -> dict[str, Any]:
    font = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "border": 1, "text_wrap": True}
    return {
        "title": book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}),
        "line": book.add_format({"font_name": "宋体", "font_size": 10.5}),
        "head": book.add_format(font | {"bold": True, "align": "center", "bg_color": "#E8EEF4"}),
        "text": book.add_format(font),
        "mid": book.add_format(font | {"align": "center"}),
        "num": book.add_format(font | {"align": "center", "num_format": "0.##"}),
        "mark": book.add_format(font | {"align": "center", "num_format": "0.00"}),
        "amount": book.add_format(font | {"align": "right", "num_format": "#,##0.00##"}),
        "rate": book.add_format(font | {"align": "right", "num_format": "0.00%"}),
        "todo": book.add_format(font | {"align": "center", "bg_color": "#FFF2A8"}),
        "unchecked": book.add_format(font | {"align": "center", "bg_color": "#FCE4D6"}),
    }


def _leaves(sheet: Any, card: Scorecard, looks: dict[str, Any]) -> None:
    last = len(_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, f"{card.year}年度部门整体支出绩效评价指标体系评分表", looks["title"])
    sheet.write_string(1, 0, f"填报单位：{card.unit}", looks["line"])
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, name, looks["head"])
    for row, leaf in enumerate(card.leaves, _FIRST):
        _leaf(sheet, row, leaf, looks)
    end = _FIRST + len(card.leaves)
    sheet.merge_range(end, 0, end, 2, "总计", looks["head"])
    for column, letter, value in ((3, "D", card.framework.full_marks), (5, "F", card.marks), (6, "G", _lost(card))):
        sheet.write_formula(
            end,
            column,
            f"=SUM({letter}{_FIRST + 1}:{letter}{end})",
            looks["mark" if column > 3 else "num"],
            _num(value),
        )
    for column in (4, 7, 8):
        sheet.write_blank(end, column, None, looks["text"])
    sheet.freeze_panes(_FIRST, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _leaf(sheet: Any, row: int, leaf: LeafMarks, looks: dict[str, Any]) -> None:
    for column, name in enumerate((leaf.path[0], leaf.path[1] if len(leaf.path) > 2 else "", leaf.name)):
        sheet.write_string(row, column, name, looks["mid"])
    sheet.write_number(row, 3, _num(leaf.printed_full_marks), looks["num"])
    sheet.write_string(row, 4, leaf.standard, looks["text"])
    if leaf.marks is None:
        sheet.write_string(row, 5, "【待补】", looks["todo"])
    else:
        sheet.write_number(row, 5, _num(leaf.marks), looks["mark"])
    n = row + 1
    sheet.write_formula(
        row, 6, f'=IF(ISNUMBER(F{n}),D{n}-F{n},"")', looks["mark"], _num(leaf.lost) if leaf.marks is not None else ""
    )
    sheet.write_string(
        row, 7, BASIS_NAMES[leaf.basis], looks["unchecked" if leaf.basis in ("declared", "missing") else "mid"]
    )
    sheet.write_string(row, 8, leaf.reason, looks["text"])
    wrapped = max(
        sum(-(-len(line) // _PER_LINE) for line in text.splitlines()) for text in (leaf.standard, leaf.reason)
    )
    sheet.set_row(row, 15 * min(max(wrapped, 1), 25))


def _levels(sheet: Any, card: Scorecard, looks: dict[str, Any]) -> None:
    for column, (name, width) in enumerate(
        (("一级指标", 16), ("二级指标", 20), ("分值", 10), ("得分", 10), ("得分率", 10))
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, looks["head"])
    end = _FIRST + len(card.leaves)
    span = {c: f"评分表!${c}${_FIRST + 1}:${c}${end}" for c in "ABDF"}
    rows: list[tuple[str, str]] = []
    for first in dict.fromkeys(leaf.path[0] for leaf in card.leaves):
        rows.append((first, ""))
        rows += [
            (first, second)
            for second in dict.fromkeys(x.path[1] for x in card.leaves if x.path[0] == first and len(x.path) > 2)
        ]
    for row, (first, second) in enumerate(rows, 1):
        inside = [x for x in card.leaves if x.path[0] == first and (not second or x.path[1] == second)]
        full = sum((x.printed_full_marks for x in inside), Decimal(0))
        marks = sum((x.marks for x in inside if x.marks is not None), Decimal(0))
        n = row + 1
        where = f"{span['A']},A{n}" + (f",{span['B']},B{n}" if second else "")
        sheet.write_string(row, 0, first, looks["mid"])
        sheet.write_string(row, 1, second or "", looks["mid"])
        sheet.write_formula(row, 2, f"=SUMIFS({span['D']},{where})", looks["num"], _num(full))
        sheet.write_formula(row, 3, f"=SUMIFS({span['F']},{where})", looks["mark"], _num(marks))
        sheet.write_formula(row, 4, f'=IF(C{n}=0,"",D{n}/C{n})', looks["rate"], _num(marks / full) if full else "")
    sheet.freeze_panes(1, 0)


def _rates(sheet: Any, card: Scorecard, looks: dict[str, Any]) -> None:
    heads = (("比率", 26), ("分子", 30), ("分子数值", 16), ("分母", 30), ("分母数值", 16), ("比率值", 12), ("说明", 60))
    for column, (name, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, looks["head"])
    row = 0
    for ratio in card.framework.ratios:
        if ratio.value.ratio is None:
            continue
        row += 1
        result = card.measures.of(ratio.id)
        top, bottom = (card.ledger.get(id) for id in ratio.value.ratio)
        sheet.write_string(row, 0, ratio.name, looks["text"])
        for column, figure in ((1, top), (3, bottom)):
            sheet.write_string(row, column, f"{figure.label}（{figure.unit}）" if figure else "未填报", looks["text"])
            if figure:
                sheet.write_number(row, column + 1, _num(figure.value), looks["amount"])
            else:
                sheet.write_blank(row, column + 1, None, looks["amount"])
        n = row + 1
        if top and bottom and result.value is not None:
            per = ratio.value.per
            due = f"/{show(per / 100)}" if per is not None and per != 100 else ""
            sheet.write_formula(row, 5, f"=C{n}/E{n}{due}", looks["rate"], _num(result.value / 100))
        elif result.value is not None:
            sheet.write_number(row, 5, _num(result.value / 100), looks["rate"])
        else:
            sheet.write_blank(row, 5, None, looks["rate"])
        note = (
            "直接填报，没有分子分母"
            if result.given
            else result.undefined or ("" if result.value is not None else "缺少数据")
        )
        sheet.write_string(row, 6, "；".join(part for part in (note, ratio.note) if part), looks["text"])
    sheet.freeze_panes(1, 1)


def _lost(card: Scorecard) -> Decimal:
    return sum((leaf.lost for leaf in card.leaves), Decimal(0))


def _num(value: Decimal) -> float:
    """The double that a spreadsheet stores: the one place where a figure leaves exact arithmetic."""
    return float(value)
