"""The look of the fill-in workbook, and the one way an input cell is written: format, validation, defined name, value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Any, BinaryIO

from assistant.catalogue import FigureSpec

FRAMEWORK_NAME = "jiping.framework"
"""The defined name, and the document property, that say whose workbook this is."""
MONEY = ("万元", "元", "亿元")
_FONT = "宋体"
_INPUT, _TOTAL, _GREY, _HEAD = "#FFF7DB", "#E7F3E2", "#EDEDED", "#D9E5F2"
_LIST_LIMIT = 255


def money(unit: str) -> bool:
    """Whether a sheet may be switched to another unit of money."""
    return unit in MONEY


@dataclass(frozen=True)
class Page:
    """A worksheet under way."""

    book: Book
    sheet: Any
    title: str

    def header(self, row: int, words: Sequence[str]) -> None:
        """The head of the columns, kept in sight and repeated in print."""
        for column, word in enumerate(words):
            self.sheet.write(row, column, word, self.book.head)
        self.freeze(row + 1, 1)

    def fit(self, row: int, *texts: tuple[str, float], least: int = 1) -> None:
        """Make the row high enough for its longest text; not every program does so by itself."""
        lines = max(least, *(sum(_lines(line, width) for line in text.split("\n")) for text, width in texts))
        if lines > 1:
            self.sheet.set_row(row, min(14.5 * lines + 4, 400))

    def freeze(self, row: int, column: int) -> None:
        """Keep the rows above and the columns to the left in sight."""
        self.sheet.freeze_panes(row, column)
        self.sheet.repeat_rows(0, row - 1)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column; a Chinese character is two wide."""
    wide = sum(2 if ord(char) > 0x2E80 or char in "“”—…→" else 1 for char in text)
    return max(1, ceil(wide / width))


class Book:
    """An XlsxWriter workbook with the formats and the habits of ours."""

    def __init__(self, target: BinaryIO, values: Mapping[str, object], created: datetime) -> None:
        import xlsxwriter

        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
                   "default_format_properties": {"font_name": _FONT, "font_size": 11}}  # fmt: skip
        self._book: Any = xlsxwriter.Workbook(target, options)
        self._values = values
        self._styles: dict[tuple[str, ...], Any] = {}
        self._book.set_properties({"title": "部门整体支出绩效自评填报工作簿", "author": "jiping", "created": created})
        self._book.set_calc_mode("auto")
        edge = {"border": 1, "border_color": "#A6A6A6", "valign": "vcenter", "font_name": _FONT, "font_size": 11}
        self._edge = edge
        self.title = self._book.add_format({"bold": True, "font_size": 15, "font_name": _FONT})
        self.note = self._book.add_format({"font_color": "#595959", "font_name": _FONT, "font_size": 10})
        self.head = self._book.add_format(
            {**edge, "bold": True, "bg_color": _HEAD, "align": "center", "text_wrap": True}
        )
        self.label = self._book.add_format({**edge, "text_wrap": True})
        self.wrapped = self._book.add_format({**edge, "text_wrap": True, "font_color": "#404040", "font_size": 10})
        self.group = self._book.add_format({**edge, "bold": True, "bg_color": _HEAD, "text_wrap": True})
        self.group_text = self._book.add_format({**edge, "bg_color": _HEAD, "text_wrap": True, "font_size": 10})
        self.blocked = self._book.add_format({**edge, "bg_color": _GREY})
        self.text = self._format("@", _INPUT, text_wrap=True)
        self.total = self._format("#,##0.00", _TOTAL)
        self.unit_line = self._format("General", _INPUT)

    def _format(self, number: str, colour: str, **more: Any) -> Any:
        key = (number, colour, *more)
        if key not in self._styles:
            self._styles[key] = self._book.add_format(
                {**self._edge, "num_format": number, "bg_color": colour, "locked": False, **more}
            )
        return self._styles[key]

    def page(
        self, name: str, title: str, widths: Sequence[float], *, note: str = "", unit: str = "", protect: bool = False
    ) -> Page:
        """A new sheet: title, unit line, note, widths, landscape on one page's width."""
        sheet = self._book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write(0, 0, title, self.title)
        page = Page(self, sheet, name)
        if unit:
            self._unit_line(page, unit)
        if note:
            sheet.write(2, 0, note, self.note)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&C&A  第&P页/共&N页")
        if protect:
            sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
        return page

    def _unit_line(self, page: Page, unit: str) -> None:
        if not money(unit):
            page.sheet.write(1, 0, f"单位：{unit}", self.note)
            return
        page.sheet.write(1, 0, f"金额单位：{unit}", self.unit_line)
        page.sheet.data_validation(1, 0, 1, 0, {"validate": "list", "source": [f"金额单位：{u}" for u in MONEY]})

    def unit(self, page: Page, row: int, column: int, unit: str) -> None:
        """The unit cell of a field; an amount's may be switched."""
        page.sheet.write(row, column, unit, self.unit_line if money(unit) else self.label)
        if money(unit):
            page.sheet.data_validation(row, column, row, column, {"validate": "list", "source": list(MONEY)})

    def input(self, page: Page, row: int, column: int, spec: FigureSpec, own_unit: str = "") -> None:
        """An input cell, with its name."""
        style = self._format(f'#,##0"{own_unit}"', _TOTAL if spec.sum else _INPUT) if own_unit else self.style(spec)
        self.put(page, row, column, self._values.get(spec.id), style)
        self.validate(page, (row, column, row, column), spec)
        self.name(spec.id, page, row, column)

    def said(self, id: str) -> str:
        """The value that an input is prefilled with, as text."""
        return str(self._values.get(id, ""))

    def name(self, id: str, page: Page, row: int, column: int) -> None:
        """Give a cell its defined name."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        self._book.define_name(id, f"='{page.title}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}")

    def put(self, page: Page, row: int, column: int, value: object, style: Any) -> None:
        """A value, or a blank cell with the format of an input. Text stays text: it never starts a formula."""
        if value is None or value == "":
            page.sheet.write_blank(row, column, None, style)
        elif isinstance(value, (Decimal, int, float)) and not isinstance(value, bool):
            if Decimal(format(value, ".15g")) == value:
                page.sheet.write_number(row, column, float(value), style)
            else:  # Excel keeps 15 digits; the reader takes numbers written out as well
                page.sheet.write_string(row, column, format(value, "f"), style)
        else:
            page.sheet.write_string(row, column, str(value), style)

    def style(self, spec: FigureSpec) -> Any:
        """The format of an input. A rate stays General, so that typing 97.87% makes Excel keep the sign."""
        colour = _TOTAL if spec.sum else _INPUT
        match spec.type:
            case "amount":
                return self._format("#,##0.00", colour)
            case "count":
                return self._format("#,##0", colour)
            case "percent" | "number_or_text" | "choice" | "year" | "mark":
                return self._format("General", colour)
        return self.text

    def validate(self, page: Page, area: tuple[int, int, int, int], spec: FigureSpec) -> None:
        """Drop-downs and number checks; a number with its unit written out may still be kept."""
        rule = _validation(spec)
        help = _help(spec)
        if help:
            rule |= {"input_title": spec.label[:32], "input_message": help[:255]}
        if rule:
            page.sheet.data_validation(*area, {"validate": "any"} | rule)

    def close(self, framework: str) -> None:
        """Finish; the framework's id goes into the document's properties as well."""
        self._book.set_custom_property(FRAMEWORK_NAME, framework)
        self._book.close()


def _validation(spec: FigureSpec) -> dict[str, Any]:
    soft = {"error_type": "warning", "error_title": "请核对"}
    if spec.choices:
        short = len(",".join(spec.choices)) <= _LIST_LIMIT and not any("," in choice for choice in spec.choices)
        return {"validate": "list", "source": list(spec.choices)} if short else {}
    match spec.type:
        case "amount" | "percent":
            told = "这里要填数字。要写明单位的，写成“83577200元”这样。"
            return {"validate": "decimal", "criteria": "between", "minimum": -1e13, "maximum": 1e13,
                    "error_message": told, **soft}  # fmt: skip
        case "count":
            return {
                "validate": "integer",
                "criteria": ">=",
                "value": 0,
                "error_message": "这里要填不小于 0 的整数。",
                **soft,
            }
        case "year":
            return {"validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2100,
                    "error_message": "这里要填四位年份。", **soft}  # fmt: skip
        case "mark":
            return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": float(spec.most or 100),
                    "error_message": "得分要在 0 和满分之间。", **soft}  # fmt: skip
    return {}


def _help(spec: FigureSpec) -> str:
    if spec.sum:
        return "可留空，自动合计；填了的按填的数。"
    if spec.type == "percent":
        return "写成 97.87 或 97.87%。"
    return spec.help
