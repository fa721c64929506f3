"""The 自评表 as a workbook: the same form, totals and rates as live formulas with their values."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.ledger import Figure
from assistant.report.form import LONG, OTHER_HEADS, PENS, STAGES, Form, FormRow, continues, held_full, reach
from assistant.report.leaf_cells import TODO
from assistant.report.score_sheet import BOOK, number, row_height
from assistant.report.score_table import level_name
from assistant.rules import show

_TAIL = (
    ("年度指标值", 12), ("实际完成值", 18), ("分值", 9), ("得分", 11), ("偏差原因分析及改进措施", 34),
)  # fmt: skip
_LEVELS = {3: (12, 13, 22), 4: (10, 12, 12, 20)}


def write_form_sheet(form: Form, path: Path) -> None:
    """One sheet. Text is written as text: a cell never starts a formula that came from a person."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), BOOK)
    book.set_properties({"title": form.title, "author": form.unit, "created": datetime(form.year + 1, 1, 1)})
    _Sheet(book, form).write()
    book.close()


class _Sheet:
    """The sheet in the making: `row` is the next one to be written, `tail` the column of 年度指标值, right of the names."""

    def __init__(self, book: Any, form: Form) -> None:
        self.form = form
        self.sheet = book.add_worksheet("自评表")
        self.tail = max(form.depth, 3)
        levels = _LEVELS.get(self.tail, (12,) * self.tail)
        self.widths = (*levels, *(width for _, width in _TAIL))
        self.names_end = self.tail - 1 if form.has_targets else self.tail
        self.head_marks = ("", "")
        self.last = len(self.widths) - 1
        self.row = 0
        font = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "border": 1, "text_wrap": True}
        centre = font | {"align": "center"}
        self.head, self.mid, self.left = (book.add_format(f) for f in (centre | {"bold": True}, centre, font))
        self.todo = book.add_format(centre | {"bg_color": "#FFF2A8"})
        self.title = book.add_format(
            {"font_name": "宋体", "font_size": 18, "bold": True, "align": "center", "valign": "vcenter"}
        )
        self.plain = book.add_format({"font_name": "宋体", "font_size": 10.5, "text_wrap": True, "valign": "top"})
        self.amount = book.add_format(centre | {"num_format": "#,##0.00##"})
        self.mark = book.add_format(centre | {"num_format": "0.00"})
        self.rate = book.add_format(centre | {"num_format": "0.00%"})
        self.waived = book.add_format(centre | {"num_format": 'General"（视同满分）"'})

    def write(self) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self.span(0, self.last, self.form.title, self.title)
        self.next(30)
        self._top()
        head = self.row
        for level in range(self.form.depth):
            last = self.names_end if level == self.form.depth - 1 else level
            self.span(level, last, level_name(level, self.form.depth), self.head)
        for column, (name, _) in enumerate(_TAIL, self.tail):
            if column > self.names_end:
                self.put(column, name, self.head)
        self.next(18)
        first = self.row
        self._leaves()
        self._total(first)
        self._others()
        for note in self.form.notes:
            self.span(0, self.last, note, self.plain)
            self.next(row_height(((note, sum(self.widths) // 2),)))
        self.sheet.repeat_rows(head)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        self.sheet.center_horizontally()
        self.sheet.set_footer("&C&P／&N")

    def next(self, height: int = 0) -> None:
        """Go to the next row, this one so many points high."""
        if height:
            self.sheet.set_row(self.row, height)
        self.row += 1

    def put(self, column: int, text: str, look: Any) -> None:
        self.sheet.write_string(self.row, column, text, self.todo if text.startswith(TODO[:-1]) else look)

    def span(self, first: int, last: int, text: str, look: Any, rows: int = 1) -> None:
        """Text over so many columns and rows."""
        if first == last and rows == 1:
            self.put(first, text, look)
        else:
            self.sheet.merge_range(self.row, first, self.row + rows - 1, last, "", look)
            self.sheet.write_string(self.row, first, text, look)

    def at(self, column: int, row: int | None = None) -> str:
        """A1 notation of a column in this row or another one (both from 0)."""
        return f"{chr(ord('A') + column)}{(self.row if row is None else row) + 1}"

    def _top(self) -> None:
        """Unit and year; places for a pen; money; the goal."""
        form, tail = self.form, self.tail
        self.put(0, "部门名称", self.head)
        self.span(1, tail + 1, form.unit, self.mid)
        self.span(tail + 2, tail + 3, "年度", self.head)
        self.put(tail + 4, f"{form.year}年度", self.mid)
        self.next(20)
        self._pens()
        self._money()
        self.span(0, 0, "年度总体目标", self.head, rows=2)
        self.span(1, tail + 1, "预期目标", self.head)
        self.span(tail + 2, self.last, "实际完成情况", self.head)
        self.next(18)
        self.span(1, tail + 1, form.goal, self.left)
        self.span(tail + 2, self.last, form.result, self.left)
        left, right = sum(self.widths[1 : tail + 2]), sum(self.widths[tail + 2 :])
        self.next(max(45, row_height(((form.goal, left // 2), (form.result, right // 2)))))

    def _money(self) -> None:
        """Amounts, the rate as their quotient, and the marks of the indicator that it decides."""
        form, tail = self.form, self.tail
        self.span(0, 0, "预算执行（万元）", self.head, rows=len(form.funds) + 1)
        self.span(1, tail - 2, "项目", self.head)
        for column, name in enumerate((*(name for name, _ in STAGES), *self.form.fund_heads), tail - 1):
            self.put(column, name, self.head)
        self.next(32)
        for line, fund in enumerate(form.funds):
            self.span(1, tail - 2, fund.name, self.mid)
            for column, figure in enumerate(fund.amounts, tail - 1):
                self._figure(column, figure)
            rate = self.at(tail + 1), self.at(tail - 1 + fund.over)
            if fund.rate is None or fund.amounts[2] is None or fund.amounts[fund.over] is None:
                self.put(tail + 3, "—" if fund.rate is None else fund.rate.printed(), self.mid)
            else:
                self.sheet.write_formula(
                    self.row, tail + 3, f"={rate[0]}/{rate[1]}", self.rate, number(fund.rate.value / 100)
                )
            if line == 0 and form.execution is not None:
                self._share(tail + 2, form.execution)
                self._marks(tail + 4, form.execution)
                self.head_marks = (self.at(tail + 2), self.at(tail + 4)) if form.in_head else ("", "")
            else:
                self.put(tail + 2, "—", self.mid)
                self.put(tail + 4, "—", self.mid)
            self.next(18)

    def _figure(self, column: int, figure: Figure | None) -> None:
        if figure is None:
            self.put(column, TODO, self.mid)
        else:
            self.sheet.write_number(self.row, column, number(figure.value), self.amount)

    def _share(self, column: int, row: FormRow) -> None:
        if row.leaf.bonus or not row.leaf.full_marks:
            self.put(column, row.share, self.mid)
        else:
            self.sheet.write_number(self.row, column, number(row.leaf.full_marks), self.mid)

    def _marks(self, column: int, row: FormRow) -> None:
        """The marks as a number where they count; where the total alone is rounded, exact behind two shown places."""
        leaf = row.leaf
        if leaf.marks is None or (leaf.waived and not leaf.marks):
            self.put(column, row.marks, self.mid)
            return
        exact = leaf.exact if self.form.card.framework.rounding == "total" and leaf.exact is not None else leaf.marks
        look = self.waived if leaf.waived else self.mid if exact == leaf.marks else self.mark
        self.sheet.write_number(self.row, column, number(exact), look)

    def _leaves(self) -> None:
        """Names above the leaves merged over their rows."""
        rows, tail = self.form.rows, self.tail
        for at, row in enumerate(rows):
            for level in range(len(row.names) - 1):
                if not continues(rows, at, level):
                    self.span(level, level, row.names[level], self.mid, rows=reach(rows, at, level))
            self.span(len(row.names) - 1, self.names_end, row.names[-1], self.mid)
            if self.form.has_targets:
                self.put(tail, row.target, self.mid)
            self.put(tail + 1, row.achieved, self.mid)
            self._share(tail + 2, row)
            self._marks(tail + 3, row)
            self.put(tail + 4, row.variance, self.left)
            alone = [(name, self.widths[n] // 2) for n, name in enumerate(row.names[:-1])
                     if reach(rows, at, n) == 1 and not continues(rows, at, n)]  # fmt: skip
            own = (row.names[-1], sum(self.widths[len(row.names) - 1 : self.names_end + 1]) // 2)
            told = (
                (text, self.widths[tail + n] // 2)
                for n, text in ((0, row.target), (1, row.achieved), (4, row.variance))
            )
            self.next(max(20, row_height((*alone, own, *told))))

    def _total(self, first: int) -> None:
        """Shares and marks added up; scaled up where an indicator that does not apply is left out."""
        form, tail, card = self.form, self.tail, self.form.card
        shares, marks = (f"SUM({self.at(c, first)}:{self.at(c, self.row - 1)})" for c in (tail + 2, tail + 3))
        if form.in_head:
            shares, marks = (f"{sum_}+N({cell})" for sum_, cell in zip((shares, marks), self.head_marks, strict=True))
        full, places = card.framework.full_marks, card.framework.places
        self.span(0, tail + 1, "总分", self.head)
        if card.scaled_by == 1:
            self.sheet.write_formula(self.row, tail + 2, f"={shares}", self.mid, number(held_full(form)))
            total = marks
        else:
            self.sheet.write_number(self.row, tail + 2, number(full), self.mid)
            total = f"({marks})*{show(full)}/({shares})"
        self.sheet.write_formula(self.row, tail + 3, f"=ROUND({total},{places})", self.mid, number(card.marks))
        self.put(tail + 4, f"等次：{form.grade}", self.left)
        self.next(20)

    def _others(self) -> None:
        """Targets that the rubric does not score."""
        if not self.form.others:
            return
        tail = self.tail
        spans = ((0, 0), (1, tail - 1), (tail, tail), (tail + 1, tail + 1), (tail + 2, tail + 3), (tail + 4, tail + 4))
        for n, line in enumerate((OTHER_HEADS, *self.form.others)):
            cells = []
            for (first, last), text in zip(spans, line, strict=True):
                body = self.left if last in (tail - 1, tail + 4) or len(text) > LONG else self.mid
                self.span(first, last, text, self.head if n == 0 else body)
                cells.append((text, sum(self.widths[first : last + 1]) // 2))
            self.next(max(20, row_height(tuple(cells))))

    def _pens(self) -> None:
        """Empty boxes for a pen."""
        tail = self.tail
        spans = (
            (0, 0),
            (1, tail - 2),
            (tail - 1, tail - 1),
            (tail, tail + 1),
            (tail + 2, tail + 3),
            (tail + 4, tail + 4),
        )
        for (first, last), text in zip(spans, (cell for name in PENS for cell in (name, "")), strict=True):
            self.span(first, last, text, self.head if text else self.mid)
        self.next(28)
