"""The look of the fill-in workbook, and the one way an input cell is written: format, validation, defined name, value."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import Any, BinaryIO

from assistant.catalogue import FieldType, FigureSpec
from assistant.intake.template_checks import check_of, help_of

FRAMEWORK_NAME = "jiping.framework"
"""The defined name, and the document property, that say whose workbook this is."""
VERSION_NAME = "jiping.version"
"""The same for the version of the layout; a workbook of the first has none."""
UNIT_LINE = "填报单位："
"""Every sheet says below its title whose it is."""
OPTIONS_SHEET = "选项"
"""A hidden sheet with the drop-downs that are too long for a cell's own list."""
MONEY = ("万元", "元", "亿元")
_FONT = "宋体"
_INPUT, _TOTAL, _GREY, _HEAD, _CARRIED = "#FFF7DB", "#E7F3E2", "#EDEDED", "#D9E5F2", "#FBE0CC"
_ADOPTED = "取自上年，请核对"
_LIST_LIMIT, _TITLE_LIMIT = 255, 32
_ROW_HEIGHT = 19.5
_SMALL = 2


def money(unit: str) -> bool:
    """Whether a sheet may be switched to another unit of money."""
    return unit in MONEY


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input was written."""

    page: Page
    row: int
    column: int
    style: Any

    @property
    def address(self) -> str:
        """C5."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        return str(xl_rowcol_to_cell(self.row, self.column))

    @property
    def reference(self) -> str:
        """'3 收支决算'!$C$5."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        return f"'{self.page.title}'!{xl_rowcol_to_cell(self.row, self.column, row_abs=True, col_abs=True)}"


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
            self.sheet.set_row(row, min(14.5 * lines + 5, 400))

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

    def __init__(
        self,
        target: BinaryIO,
        values: Mapping[str, object],
        created: datetime,
        carried: Collection[str] = (),
        helps: Mapping[str, str] | None = None,
    ) -> None:
        """`carried` are the ids whose values are last year's; `helps` a line of help by id, beside the catalogue's."""
        import xlsxwriter

        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
                   "default_format_properties": {"font_name": _FONT, "font_size": 11}}  # fmt: skip
        self._book: Any = xlsxwriter.Workbook(target, options)
        self._values = values
        self._carried = frozenset(carried)
        self._helps = helps or {}
        self._options: dict[tuple[str, ...], str] = {}
        self._styles: dict[tuple[str, ...], Any] = {}
        self.places: dict[str, Place] = {}
        self.unit_cells: dict[str, tuple[str, str]] = {}
        self.pages: list[Page] = []
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
        self.rate = self._book.add_format({**edge, "bg_color": _GREY, "num_format": "0.00%", "font_color": "#404040"})
        self.worked_out = self._book.add_format(
            {**edge, "bg_color": _GREY, "num_format": "#,##0.00", "font_color": "#404040"}
        )
        self.link = self._book.add_format({**edge, "text_wrap": True, "font_color": "#1F4E79", "underline": 1})
        self.todo = self._book.add_format({"bg_color": "#FFE3E0", "font_color": "#9C0006"})
        self.done = self._book.add_format({"font_color": "#808080"})
        self.text = self._format("@", _INPUT, text_wrap=True)
        self.total = self._format("#,##0.00", _TOTAL)
        self.unit_line = self._format("General", _INPUT)
        self.carried = self._format("@", _CARRIED, text_wrap=True)

    def _format(self, number: str, colour: str, **more: Any) -> Any:
        key = (number, colour, *(f"{name}={value}" for name, value in more.items()))
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
        sheet.set_default_row(_ROW_HEIGHT)
        sheet.write(0, 0, title, self.title)
        page = Page(self, sheet, name)
        self.pages.append(page)
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
            sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True, "autofilter": True})
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
        """An input cell, with its name. What comes from last year is coloured and says so."""
        old = spec.id in self._carried
        number = f'#,##0"{own_unit}"' if own_unit else ""
        style = self.style(spec, old=old, number=number)
        self.put(page, row, column, signed(spec.type, self._values.get(spec.id)), style)
        if old:
            self.adopted(page, row, column)
        self.validate(page, (row, column, row, column), spec)
        self.name(spec.id, page, row, column, style)

    def adopted(self, page: Page, row: int, column: int) -> None:
        """Say in a comment that the cell is last year's."""
        page.sheet.write_comment(row, column, _ADOPTED, {"author": "jiping", "height": 24, "width": 130})

    def colours(self) -> tuple[tuple[Any, str], ...]:
        """The colours of the cells and what they mean."""
        return (
            (self.text, "要填写的格"),
            (self.total, "合计格，可以留空，自动合计"),
            (self.blocked, "自动计算或不用填的格，已锁定"),
            (self.carried, "取自上年的内容，请逐项核对后再用；上年的数只填在“上年”列里"),
        )

    def value(self, id: str) -> object:
        """The value that an input is prefilled with, if any."""
        return self._values.get(id)

    def said(self, id: str) -> str:
        """The value that an input is prefilled with, as text."""
        return str(self._values.get(id, ""))

    def name(self, id: str, page: Page, row: int, column: int, style: Any = None) -> None:
        """Give a cell its defined name."""
        self.places[id] = Place(page, row, column, style)
        self._book.define_name(id, f"={self.places[id].reference}")

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

    def shown(self, value: Decimal | None) -> float | str:
        """What a formula's cell shows until it is calculated again."""
        return "" if value is None else float(value)

    def style(self, spec: FigureSpec, *, old: bool = False, number: str = "") -> Any:
        """The format of an input. A rate stays General, so that typing 97.87% makes Excel keep the sign."""
        colour = _CARRIED if old else _TOTAL if spec.sum else _INPUT
        match spec.type:
            case "amount":
                return self._format(number or "#,##0.00", colour)
            case "count":
                return self._format(number or "#,##0", colour)
            case "percent" | "number_or_text" | "choice" | "year" | "mark":
                return self._format("General", colour)
        return self.carried if old else self.text

    def validate(self, page: Page, area: tuple[int, int, int, int], spec: FigureSpec) -> None:
        """Drop-downs, number checks and a line of help; a number with its unit written out may still be kept."""
        rule = self._list(spec.choices) if spec.choices else check_of(spec)
        told = "。".join(part.rstrip("。") for part in (help_of(spec), self._helps.get(spec.id, "")) if part)
        if told:
            title = spec.label if len(spec.label) <= _TITLE_LIMIT else f"{spec.label[: _TITLE_LIMIT - 1]}…"
            rule = rule | {"input_title": title, "input_message": f"{told}。"[:_LIST_LIMIT]}
        if rule:
            page.sheet.data_validation(*area, {"validate": "any"} | rule)

    def _list(self, choices: tuple[str, ...]) -> dict[str, Any]:
        """A drop-down; a list too long for the cell stands on the sheet of options."""
        told = {"validate": "list", "error_title": "请从下拉表中选择", "error_message": "这里只能选下拉表里的一项。"}
        if len(",".join(choices)) <= _LIST_LIMIT and not any("," in choice for choice in choices):
            return told | {"source": list(choices)}
        if choices not in self._options:
            from xlsxwriter.utility import xl_col_to_name

            column = xl_col_to_name(len(self._options))
            self._options[choices] = f"='{OPTIONS_SHEET}'!${column}$1:${column}${len(choices)}"
        return told | {"source": self._options[choices]}

    def hidden(self, name: str, columns: Sequence[Sequence[str]]) -> None:
        """A sheet that only programs read, column by column."""
        sheet = self._book.add_worksheet(name)
        for number, words in enumerate(columns):
            sheet.write_column(0, number, words)
        sheet.hide()

    def close(self, framework: str, version: int) -> None:
        """Finish; the framework's id and the layout's version go into the document's properties as well."""
        if self._options:
            self.hidden(OPTIONS_SHEET, list(self._options))
        self._book.set_custom_property(FRAMEWORK_NAME, framework)
        self._book.set_custom_property(VERSION_NAME, str(version), "text")
        self._book.close()


def signed(type: FieldType, value: object) -> object:
    """A small rate with its sign, for without it 1.07 may be 107 % as well."""
    if type == "percent" and isinstance(value, (Decimal, int)) and 0 < abs(Decimal(value)) < _SMALL:
        return f"{Decimal(value):f}%"
    return value
