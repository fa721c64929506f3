"""scorecard.xlsx: the score table as a workbook whose subtotals, total and rates are live formulas with their values."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.report.rate_sheet import write_rates
from assistant.report.score_table import level_name
from assistant.rules import show
from assistant.scorecard import BASIS_NAMES, Scorecard

if TYPE_CHECKING:
    from assistant.marking import LeafMarks

_TAIL = (
    ("分值", 7), ("评分标准", 60), ("得分", 8), ("扣分", 8), ("得分依据", 14), ("得分说明", 60),
)  # fmt: skip
_PER_LINE = 34
"""Characters that a line of the wide columns holds."""
_FIRST = 3
"""The first row of leaves (from 0): title, unit line and head stand above."""
_ZERO = Decimal(0)
BOOK = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
"""Text stays text; the parts are made in memory, not in a temporary file each."""


def write_scorecard(card: Scorecard, path: Path) -> None:
    """Three sheets: 评分表 (leaves; Σ as formulas), 分级汇总 (each node above the leaves), 比率 (inputs and their quotients).

    Text is written as text: a cell never starts a formula that came from a person. Excel holds numbers as doubles; marks and
    amounts have few enough digits to come back exactly.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), BOOK)
    book.set_properties(
        {
            "title": f"{card.year}年度部门整体支出绩效评分表",
            "author": card.unit,
            "created": datetime(card.year + 1, 1, 1),
        }
    )
    looks = sheet_looks(book)
    depth = max(len(leaf.path) for leaf in card.leaves)
    _leaves(book.add_worksheet("评分表"), card, depth, looks)
    _levels(book.add_worksheet("分级汇总"), card, depth, looks)
    write_rates(book.add_worksheet("比率"), card, looks)
    book.close()


def sheet_looks(book: Any) -> dict[str, Any]:
    """The formats of our sheets."""
    font = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "border": 1, "text_wrap": True}
    return {
        "title": book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}),
        "line": book.add_format({"font_name": "宋体", "font_size": 10.5}),
        "head": book.add_format(font | {"bold": True, "align": "center", "bg_color": "#E8EEF4"}),
        "text": book.add_format(font),
        "mid": book.add_format(font | {"align": "center"}),
        "num": book.add_format(font | {"align": "center", "num_format": "General"}),
        "mark": book.add_format(font | {"align": "center", "num_format": "0.00"}),
        "amount": book.add_format(font | {"align": "right", "num_format": "#,##0.00##"}),
        "rate": book.add_format(font | {"align": "right", "num_format": "0.00%"}),
        "todo": book.add_format(font | {"align": "center", "bg_color": "#FFF2A8"}),
        "unchecked": book.add_format(font | {"align": "center", "bg_color": "#FCE4D6"}),
    }


def _leaves(sheet: Any, card: Scorecard, depth: int, looks: dict[str, Any]) -> None:
    names = [(level_name(level, depth), 16 if level == depth - 1 else 10) for level in range(depth)]
    columns = (*names, *_TAIL)
    sheet.merge_range(0, 0, 0, len(columns) - 1, f"{card.year}年度部门整体支出绩效评价指标体系评分表", looks["title"])
    sheet.write_string(1, 0, f"填报单位：{card.unit}", looks["line"])
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, name, looks["head"])
    for row, leaf in enumerate(card.leaves, _FIRST):
        _leaf(sheet, row, leaf, card, depth, looks)
    end = _FIRST + len(card.leaves)
    put_name(sheet, end, depth, "总计", looks["head"])
    for column in range(depth, len(columns)):
        sheet.write_blank(end, column, None, looks["text"])
    full, marks, lost = (f"SUM({c}{_FIRST + 1}:{c}{end})" for c in _letters(depth, (0, 2, 3)))
    total = f"ROUND({marks},{card.framework.places})"
    if card.scaled_by != 1:
        total = _scaled(card, *(f"{c}{_FIRST + 1}:{c}{end}" for c in _letters(depth, (0, 2))))
    held = sum((leaf.full_marks for leaf in card.leaves), _ZERO)
    sheet.write_formula(end, depth, f"={full}", looks["num"], number(held))
    sheet.write_formula(end, depth + 2, f"={total}", looks["mark"], number(card.marks))
    sheet.write_formula(
        end, depth + 3, f"={lost}", looks["mark"], number(sum((leaf.lost for leaf in card.leaves), _ZERO))
    )
    if card.scaled_by != 1:
        told = f"不适用指标不计分，得分合计按{show(card.framework.full_marks)}分折算"
        sheet.write_string(end, depth + 5, told, looks["text"])
    sheet.freeze_panes(_FIRST, depth)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _scaled(card: Scorecard, full: str, marks: str) -> str:
    """The total scaled up from the shares that apply; marks on top of the base have no share and are added as they are."""
    places, worth = card.framework.places, show(card.framework.full_marks)
    base = f"SUMPRODUCT(--ISNUMBER({full}),{marks})*{worth}/SUM({full})"
    extra = f"SUMPRODUCT(--NOT(ISNUMBER({full})),{marks})"
    once = card.framework.rounding == "total"
    return f"ROUND({base}+{extra},{places})" if once else f"ROUND({base},{places})+{extra}"


def _leaf(sheet: Any, row: int, leaf: LeafMarks, card: Scorecard, depth: int, looks: dict[str, Any]) -> None:
    for column, name in enumerate(level_cells(leaf, depth)):
        sheet.write_string(row, column, name, looks["mid"])
    if leaf.bonus:
        sheet.write_string(row, depth, "加减分", looks["mid"])
    else:
        sheet.write_number(row, depth, number(leaf.full_marks), looks["num"])
    sheet.write_string(row, depth + 1, leaf.standard, looks["text"])
    marks = leaf.exact if card.framework.rounding == "total" and leaf.marks is not None else leaf.marks
    if marks is None:
        sheet.write_string(row, depth + 2, "【待补】", looks["todo"])
    else:
        sheet.write_number(row, depth + 2, number(marks), looks["mark"])
    full, given = (f"{c}{row + 1}" for c in _letters(depth, (0, 2)))
    # A mark above its share (a rule without a ceiling of its own) costs nothing elsewhere.
    sheet.write_formula(
        row, depth + 3, f'=IF(AND(ISNUMBER({full}),ISNUMBER({given})),MAX({full}-{given},0),"")', looks["mark"],
        "" if leaf.bonus or leaf.marks is None else number(leaf.lost),
    )  # fmt: skip
    basis = looks["unchecked" if leaf.basis in ("declared", "missing") else "mid"]
    sheet.write_string(row, depth + 4, BASIS_NAMES[leaf.basis], basis)
    sheet.write_string(row, depth + 5, leaf.reason, looks["text"])
    sheet.set_row(row, row_height(((leaf.standard, _PER_LINE), (leaf.reason, _PER_LINE))))


def _levels(sheet: Any, card: Scorecard, depth: int, looks: dict[str, Any]) -> None:
    """A row for each node above the leaves. SUMPRODUCT compares names to the letter, where SUMIFS would read * and > in them."""
    above = max(depth - 1, 1)
    heads = [(level_name(level, depth), 18) for level in range(above)]
    for column, (name, width) in enumerate((*heads, ("分值", 10), ("得分", 10), ("得分率", 10))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, looks["head"])
    end = _FIRST + len(card.leaves)
    span = [f"评分表!${c}${_FIRST + 1}:${c}${end}" for c in _letters(0, range(depth + 3))]
    named = [(leaf, level_cells(leaf, depth)) for leaf in card.leaves]
    rows = dict.fromkeys(
        names[:level] for _, names in named for level in range(1, above + 1) if names[level - 1]
    )  # fmt: skip
    for row, path in enumerate(rows, 1):
        inside = [leaf for leaf, names in named if names[: len(path)] == path]
        full = sum((leaf.full_marks for leaf in inside), _ZERO)
        marks = sum((leaf.marks for leaf in inside if leaf.marks is not None), _ZERO)
        for column in range(above):
            sheet.write_string(row, column, path[column] if column < len(path) else "", looks["mid"])
        own = _letters(0, range(above + 3))
        where = "*".join(f"({span[n]}={own[n]}{row + 1})" for n in range(len(path)))
        sheet.write_formula(row, above, f"=SUMPRODUCT({where}*1,{span[depth]})", looks["num"], number(full))
        sheet.write_formula(row, above + 1, f"=SUMPRODUCT({where}*1,{span[depth + 2]})", looks["mark"], number(marks))
        top, bottom = (f"{c}{row + 1}" for c in (own[above + 1], own[above]))
        rate = number(marks / full) if full else ""
        sheet.write_formula(row, above + 2, f'=IF({bottom}=0,"",{top}/{bottom})', looks["rate"], rate)
    sheet.freeze_panes(1, 0)


def level_cells(leaf: LeafMarks, depth: int) -> tuple[str, ...]:
    """The names on the way to a leaf, its own in the last column; of a leaf at the top, its own in the first one too."""
    above = leaf.path[:-1] or leaf.path
    filled = (*above, *("" for _ in range(depth - 1 - len(above))))[: depth - 1]
    return (*filled, leaf.name)


def put_name(sheet: Any, row: int, columns: int, text: str, look: Any) -> None:
    """A name across so many columns; a single cell is not merged."""
    if columns > 1:
        sheet.merge_range(row, 0, row, columns - 1, text, look)
    else:
        sheet.write_string(row, 0, text, look)


def row_height(texts: tuple[tuple[str, int], ...]) -> int:
    """Points for the longest of these texts, each with the characters a line of its column holds."""
    wrapped = max(sum(max(1, -(-len(line) // per)) for line in text.splitlines()) for text, per in texts)
    return 15 * min(max(wrapped, 1), 25)


def _letters(first: int, columns: Any) -> list[str]:
    return [chr(ord("A") + first + column) for column in columns]


def number(value: Decimal) -> float:
    """The double that a spreadsheet stores: the one place where a figure leaves exact arithmetic."""
    return float(value)
