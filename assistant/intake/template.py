"""Writes the fill-in workbook: every input cell carries a defined name that is its figure's id."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from assistant.catalogue import Column, FigureSpec, Sheet, grid_id, load_catalogue
from assistant.errors import InputError, UsageError
from assistant.frameworks import Framework
from assistant.intake.book import FRAMEWORK_NAME, Book, money
from assistant.intake.inputs import RATIO_SHEET, cells, sheets
from assistant.intake.template_answers import write_answers, write_rates

_ROWS = 20
_STEPS = (
    "先填“1 基本信息”，再按下表分工填写各工作表；只填有底色的格，不要删除行、列或改动工作表名称。",
    "没有发生的填 0，没有数据的留空；不要用“—”“/”“无”代替 0。",
    "金额默认按“万元”填写。整张表用“元”的，把表上方的“金额单位”改成“元”；个别格不同的，在数后写明单位，如“83577200元”。",
    "合计格可以留空，程序按分项自动合计；能由数据计算的指标不用填得分。",
    "比率原则上由数据计算；只有比率、没有分子分母的，才填在“" + RATIO_SHEET + "”，报告会写明是直接填报。",
    "涉密信息不得填入本工作簿；身份证号、手机号、银行卡号不要填写。",
    "填完保存为 .xlsx，放进这份填报的文件夹，运行 jiping score 查看得分和待补项。",
)


def write_template(
    framework: Framework,
    path: Path,
    values: Mapping[str, object] | None = None,
    tables: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
) -> None:
    """An empty workbook, or one prefilled with `values` (id -> value) and `tables` (name -> rows by column id).

    The same arguments give the same bytes.

    Raises:
        UsageError: a value or a table that the framework's workbook has no place for.
        InputError: the file cannot be written.
    """
    _refuse_unknown(framework, values or {}, tables or {})
    data = io.BytesIO()
    book = Book(data, values or {}, datetime(framework.year + 1, 1, 1))
    _guide(book, framework)
    for sheet in sheets(framework):
        match sheet.kind:
            case "fields":
                _fields(book, sheet)
            case "grid":
                _grid(book, sheet)
            case "table":
                _table(book, sheet, (tables or {}).get(sheet.table, ()))
            case "answers":
                write_answers(book, sheet, framework)
    write_rates(book, framework)
    book.close(framework.id)
    try:
        path.write_bytes(data.getvalue())
    except OSError as error:
        reason = f"不能写入（{error.strerror or error}）"
        raise InputError(str(path), reason, "请检查文件夹是否存在、是否有写权限，并关闭正在使用它的程序") from error


def _refuse_unknown(
    framework: Framework, values: Mapping[str, object], tables: Mapping[str, Sequence[Mapping[str, object]]]
) -> None:
    known = {spec.id for spec in cells(framework)}
    columns = {sheet.table: {c.id for c in sheet.columns} for sheet in sheets(framework) if sheet.kind == "table"}
    for id in values:
        if id not in known:
            raise UsageError(f"指标体系 {framework.id} 的工作簿里没有数据项“{id}”。可用 jiping figures 查看全部编号。")
    for name, rows in tables.items():
        for column in {column for row in rows for column in row} if name in columns else (name,):
            if column not in columns.get(name, set()):
                raise UsageError(f"指标体系 {framework.id} 的工作簿里没有表 {name} 或它的列“{column}”。")


def _guide(book: Book, framework: Framework) -> None:
    page = book.page("填报说明", "部门整体支出绩效自评填报工作簿", (22, 88, 22))
    page.sheet.write(2, 0, "指标体系", book.label)
    page.sheet.write(2, 1, f"{framework.name}（{framework.year}年度）", book.wrapped)
    page.sheet.write(3, 0, "指标体系编号", book.label)
    page.sheet.write(3, 1, framework.id, book.wrapped)
    book.name(FRAMEWORK_NAME, page, 3, 1)
    page.sheet.write(4, 0, "分值和标准出处", book.label)
    page.sheet.write(4, 1, framework.source, book.wrapped)
    page.sheet.fit_to_pages(1, 1)
    row = 6
    page.sheet.write(row, 0, "填报步骤", book.head)
    for number, step in enumerate(_STEPS, 1):
        page.sheet.write(row + number, 0, f"第{number}步", book.label)
        page.sheet.write(row + number, 1, step, book.wrapped)
        page.fit(row + number, (step, 88))
    row += len(_STEPS) + 2
    page.sheet.write(row, 0, "颜色", book.head)
    for offset, (style, told) in enumerate(((book.text, "要填写的格"), (book.total, "合计格，可以留空，自动合计"))):
        page.sheet.write(row + 1 + offset, 0, "", style)
        page.sheet.write(row + 1 + offset, 1, told, book.wrapped)
    row += 4
    for column, word in enumerate(("工作表", "内容", "建议填报科室")):
        page.sheet.write(row, column, word, book.head)
    for number, sheet in enumerate(sheets(framework), 1):
        page.sheet.write_url(row + number, 0, f"internal:'{sheet.title}'!A1", book.wrapped, string=sheet.title)
        page.sheet.write(row + number, 1, told := sheet.note or _contents(sheet), book.wrapped)
        page.fit(row + number, (told, 88))
        page.sheet.write(row + number, 2, sheet.owner, book.wrapped)


def _contents(sheet: Sheet) -> str:
    labels = [entry.label for entry in (*sheet.fields, *(sheet.rows if sheet.kind == "grid" else sheet.columns))]
    return "、".join(labels[:5]) + ("等" if len(labels) > 5 else "")


def _fields(book: Book, sheet: Sheet) -> None:
    page = book.page(sheet.title, sheet.title, (26, 60, 9, 40), note=sheet.note, protect=True)
    page.header(3, ("项目", "填写", "单位", "说明"))
    for row, spec in enumerate(load_catalogue().on(sheet), 4):
        page.sheet.write(row, 0, spec.label + ("*" if spec.required else ""), book.label)
        book.input(page, row, 1, spec)
        book.unit(page, row, 2, spec.unit)
        page.sheet.write(row, 3, spec.help, book.wrapped)
        texts = ((spec.label, 26), (spec.help, 40), (book.said(spec.id), 60))
        page.fit(row, *texts, least=5 if spec.type == "long_text" else 1)


def _grid(book: Book, sheet: Sheet) -> None:
    widths = (30, *(20 for _ in sheet.columns))
    page = book.page(sheet.title, sheet.title, widths, note=_grid_note(sheet), unit=sheet.unit, protect=True)
    page.header(3, (sheet.corner, *(_column_head(sheet, column) for column in sheet.columns)))
    specs = {spec.id: spec for spec in load_catalogue().on(sheet)}
    for at, row in enumerate(sheet.rows, 4):
        inner = "其中：" if row.within else ""
        page.sheet.write(at, 0, f"{inner}{row.label}", book.label)
        page.fit(at, (f"{inner}{row.label}", 30))
        for number, column in enumerate(sheet.columns, 1):
            spec = specs.get(grid_id(sheet, row, column)) if not row.only or column.id in row.only else None
            if spec is None:
                page.sheet.write(at, number, "", book.blocked)
            else:
                book.input(page, at, number, spec, _own_unit(sheet, column, spec))


def _grid_note(sheet: Sheet) -> str:
    sums = "浅绿色的合计格可留空，自动合计。" if any(row.sum for row in sheet.rows) else ""
    return f"{sheet.note}{sums}"


def _column_head(sheet: Sheet, column: Column) -> str:
    """The unit stands in the head where it is not the sheet's."""
    return f"{column.label}（{column.unit}）" if column.unit and column.unit != sheet.unit else column.label


def _own_unit(sheet: Sheet, column: Column, spec: FigureSpec) -> str:
    """The unit that a single cell must say for itself, because neither head nor sheet says it."""
    return "" if spec.unit == (column.unit or sheet.unit) else spec.unit


def _table(book: Book, sheet: Sheet, rows: Sequence[Mapping[str, object]]) -> None:
    units = [column.unit for column in sheet.columns if money(column.unit)]
    widths = [28 if c.type in ("text", "long_text") and not c.choices else 16 for c in sheet.columns]
    page = book.page(sheet.title, sheet.title, widths, note=sheet.note or "行数不够时在表的下方接着填。",
                     unit=units[0] if units else "")  # fmt: skip
    last = 3 + max(_ROWS, len(rows) + 5)
    page.sheet.add_table(
        3, 0, last, len(sheet.columns) - 1,
        {"name": sheet.table, "style": "Table Style Light 9", "autofilter": False,
         "columns": [{"header": c.label, "header_format": book.head, "format": book.style(_spec(sheet, c))} for c in sheet.columns]},
    )  # fmt: skip
    page.freeze(4, 0)
    for number, column in enumerate(sheet.columns):
        spec = _spec(sheet, column)
        book.validate(page, (4, number, last, number), spec)
        for at in range(4, last + 1):
            value = rows[at - 4].get(column.id) if at - 4 < len(rows) else None
            book.put(page, at, number, value, book.style(spec))
    for at, row in enumerate(rows, 4):
        page.fit(at, *((str(row.get(c.id, "")), width) for c, width in zip(sheet.columns, widths, strict=True)))


def _spec(sheet: Sheet, column: Column) -> FigureSpec:
    return FigureSpec(f"{sheet.table}.{column.id}", column.label, column.type, column.unit, sheet.id,
                      choices=column.choices, required=column.required, help=column.help)  # fmt: skip
