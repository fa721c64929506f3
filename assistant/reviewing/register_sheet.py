"""台账.xlsx: one row a unit, the passages in common, and which rules are broken most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.report.score_sheet import row_height, sheet_looks
from assistant.reviewing.opinion import Opinion
from assistant.similarity import Pair

_COLUMNS = (
    ("序号", 5), ("单位", 22), ("文件", 24), ("状态", 10), ("第几次", 7), ("错误", 6), ("提醒", 6), ("说明", 6), ("自评总分", 9), ("等次", 6),
    ("主要问题", 66), ("上次意见已改", 8), ("上次意见未改", 8), ("本次新增", 8), ("备注", 26),
)  # fmt: skip
_PAIRS = (("单位", 24), ("位置", 34), ("另一单位", 24), ("位置", 34), ("相同字数", 9), ("占该段", 9), ("这一段", 80))
_RULES = (("规则", 8), ("内容", 40), ("涉及单位", 10), ("意见条数", 10))
_COLOURS = {"退回": "#F8D7DA", "未报": "#E2E3E5", "已报": "#FFF3CD", "复核通过": "#D4EDDA"}
_MAIN, _LONGEST, _MOST_WORDS = 3, 90, 400
_HEAD = 2


def write_register(opinions: Sequence[Opinion], pairs: Sequence[Pair], path: Path, title: str) -> None:
    """Write the workbook. Text is written as text: a cell never starts a formula that came from a person."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    year = max((int(one.year) for one in opinions if one.year.isdecimal()), default=2000)
    book.set_properties({"title": title, "created": datetime(year + 1, 1, 1)})
    looks = sheet_looks(book)
    _units(book, book.add_worksheet("台账"), opinions, looks, title)
    _in_common(book.add_worksheet("雷同"), pairs, looks)
    _rules(book.add_worksheet("规则统计"), opinions, looks)
    book.close()


def _units(book: Any, sheet: Any, opinions: Sequence[Opinion], looks: dict[str, Any], title: str) -> None:
    sheet.merge_range(0, 0, 0, len(_COLUMNS) - 1, title, looks["title"])
    sheet.set_row(0, 30)
    states: Counter[str] = Counter(one.state for one in opinions)
    told = "，".join(f"{state}{states[state]}个" for state in _COLOURS if states[state])
    sheet.write_string(1, 0, f"共{len(opinions)}个单位：{told}。错误须改正后再报，提醒由审核人判断。", looks["line"])
    _heads(sheet, _HEAD, _COLUMNS, looks)
    font = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "border": 1, "align": "center", "bold": True}
    coloured = {state: book.add_format(font | {"bg_color": colour}) for state, colour in _COLOURS.items()}
    for at, one in enumerate(opinions):
        row = _HEAD + 1 + at
        mended = [sum((e.outcome == "已改") is done for e in one.earlier) for done in (True, False)]
        fresh = sum(item.outcome == "新增" and item.severity != "info" for item in one.items)
        again = one.round > 1
        main = _main(one)
        cells: tuple[str | int, ...] = (
            at + 1, one.unit, one.file, one.state, one.round or "",
            *(one.count(severity) if one.round else "" for severity in ("error", "warning", "info")),
            one.total, one.grade, main, *(number if again else "" for number in (*mended, fresh)), one.remark,
        )  # fmt: skip
        for column, cell in enumerate(cells):
            wide = column in (1, 2, 10, 14)
            look = coloured[one.state] if column == 3 else looks["text" if wide else "mid"]
            _put(sheet, row, column, cell, look)
        sheet.set_row(row, row_height(((main, 30), (one.unit, 10), (one.file, 12), (one.remark, 12))))
    sheet.autofilter(_HEAD, 0, _HEAD + max(len(opinions), 1), len(_COLUMNS) - 1)
    sheet.freeze_panes(_HEAD + 1, 2)
    _printed(sheet)
    sheet.repeat_rows(_HEAD)


def _main(one: Opinion) -> str:
    """The gravest problems, one a line."""
    asked = [item for item in one.items if item.severity != "info"]
    lines = [f"{at}. {_cut(f'{item.place}：{item.problem}', _LONGEST)}" for at, item in enumerate(asked[:_MAIN], 1)]
    more = [f"……共{len(asked)}条，见审核意见单"] if len(asked) > _MAIN else []
    return "\n".join((*lines, *more))


def _in_common(sheet: Any, pairs: Sequence[Pair], looks: dict[str, Any]) -> None:
    _heads(sheet, 0, _PAIRS, looks)
    ranked = sorted(pairs, key=lambda pair: -pair.characters)
    for row, pair in enumerate(ranked, 1):
        other = pair.right.report
        words = _cut(pair.text, _MOST_WORDS)
        named = f"{other.unit}（上年）" if other.previous else other.unit
        cells: tuple[str | int, ...] = (
            pair.left.report.unit,
            pair.left.where,
            named,
            pair.right.where,
            pair.characters,
            f"{pair.share:.0%}",
            words,
        )
        for column, cell in enumerate(cells):
            _put(sheet, row, column, cell, looks["mid" if column in (4, 5) else "text"])
        sheet.set_row(row, row_height(((words, 39), (pair.left.where, 16), (pair.right.where, 16), (named, 11))))
    if not pairs:
        sheet.write_string(1, 0, "没有发现雷同的段落。", looks["line"])
    sheet.freeze_panes(1, 0)
    _printed(sheet)


def _rules(sheet: Any, opinions: Sequence[Opinion], looks: dict[str, Any]) -> None:
    _heads(sheet, 0, _RULES, looks)
    broken = [
        (item.rule, item.rule_title, one.unit) for one in opinions for item in one.items if item.severity != "info"
    ]
    counts = Counter((number, words) for number, words, _ in broken)
    units = Counter((number, words) for number, words, _ in dict.fromkeys(broken))
    for row, (key, count) in enumerate(counts.most_common(), 1):
        number, words = key
        cells: tuple[str | int, ...] = (f"第{number}条" if number else "其他", words, units[key], count)
        for column, cell in enumerate(cells):
            _put(sheet, row, column, cell, looks["text" if column == 1 else "mid"])
    sheet.freeze_panes(1, 0)
    _printed(sheet)


def _heads(sheet: Any, row: int, columns: Iterable[tuple[str, int]], looks: dict[str, Any]) -> None:
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, name, looks["head"])
    sheet.set_row(row, 32)


def _put(sheet: Any, row: int, column: int, cell: str | int, look: Any) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, look)
    else:
        sheet.write_string(row, column, cell, look)


def _printed(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.fit_to_pages(1, 0)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 2]}……"
