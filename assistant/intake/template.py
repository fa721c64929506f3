"""Writes the fill-in workbook: every input cell carries a defined name that is its figure's id."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from assistant.catalogue import Column, Computed, FigureSpec, Sheet, grid_id, load_catalogue
from assistant.errors import InputError, UsageError
from assistant.frameworks import Framework
from assistant.intake.book import FRAMEWORK_NAME, UNIT_LINE, VERSION_NAME, Book, Place, money
from assistant.intake.carried import CARRIED_SHEET, Carried, carry, listed
from assistant.intake.case import Case
from assistant.intake.inputs import RATIO_SHEET, cells, needed_of, sheets, uses_of
from assistant.intake.template_answers import write_answers, write_rates, write_stated
from assistant.intake.template_live import Live
from assistant.intake.template_table import write_table
from assistant.intake.template_todo import TODO_SHEET, TableArea, write_todo

_YEAR = "unit.year"
_STEPS = (
    "先填“1 基本信息”，再按下表分工填写各工作表；只填有底色的格；名称后带“*”的是评分或报告必需的。",
    "没有发生的填 0，没有数据的留空；不要用“—”“/”“无”代替 0。",
    "金额默认按“万元”填写。整张表用“元”的，把表上方的“金额单位”改成“元”；个别格不同的，在数后写明单位，如“83577200元”。",
    "合计格可以留空，程序按分项自动合计；灰色的格是边填边算的比率，只供核对；能由数据计算的指标不用填得分。",
    "还差什么看“" + TODO_SHEET + "”：按责任科室排列，必填的在前，点一下就到要填的格；填好后状态自动变为“已填”。",
    "比率原则上由数据计算；只有比率、没有分子分母的，才填在“" + RATIO_SHEET + "”，报告会写明是直接填报。",
    "涉密信息不得填入本工作簿；身份证号、手机号、银行卡号不要填写。",
    "填完保存为 .xlsx，放进这份填报的文件夹，运行 jiping score 查看得分和待补项。",
)


def write_template(
    framework: Framework,
    path: Path,
    values: Mapping[str, object] | None = None,
    tables: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
    *,
    prior: Case | None = None,
    needed: Collection[str] = (),
) -> None:
    """An empty workbook, or one prefilled with `values` (id -> value) and `tables` (name -> rows by column id).

    `prior` is last year's case: what carries over is filled in and marked 上年, never as a figure of this year. `needed` are
    ids that the report needs besides those that a rule needs. The same arguments give the same bytes.

    Raises:
        UsageError: a value or a table that the framework's workbook has no place for.
        InputError: the file cannot be written.
    """
    values, tables = dict(values or {}), dict(tables or {})
    _refuse_unknown(framework, values, tables)
    carried = carry(framework, prior)
    old = carried.values.keys() - values.keys()
    kept = {name: rows for name, rows in carried.tables.items() if name not in tables}
    values = {**carried.values, **values}
    if prior is not None and any(spec.id == _YEAR for spec in cells(framework)):
        values.setdefault(_YEAR, prior.year + 1)
    wanted = needed_of(framework) | frozenset(needed)
    uses = uses_of(framework)
    data = io.BytesIO()
    book = Book(data, values, datetime(framework.year + 1, 1, 1), old, _helps(uses, carried))
    live = Live(book, framework)
    _guide(book, framework)
    todo = book.page(TODO_SHEET, TODO_SHEET, (18, 8, 24, 52, 10, 44), protect=True,
                     note="按责任科室排列，必填的在前；可在“状态”列筛选“待填”。状态随填报自动更新，这一页不用填。")  # fmt: skip
    areas: dict[str, TableArea] = {}
    for sheet in sheets(framework):
        match sheet.kind:
            case "fields":
                _fields(book, sheet, wanted, uses)
            case "grid":
                _grid(book, sheet, live, wanted)
            case "table":
                rows = tables.get(sheet.table, kept.get(sheet.table, ()))
                areas[sheet.table] = write_table(book, sheet, rows, live, old=sheet.table in kept)
            case "answers":
                write_answers(book, sheet, framework)
    write_rates(book, framework, live)
    write_stated(book, framework)
    live.write_totals()
    write_todo(todo, framework, live, areas, wanted, uses)
    _whose(book)
    if prior is not None:
        book.hidden(CARRIED_SHEET, [list(column) for column in zip(*listed(framework, carried), strict=True)])
    book.close(framework.id, load_catalogue().version)
    try:
        path.write_bytes(data.getvalue())
    except OSError as error:
        reason = f"不能写入（{error.strerror or error}）"
        raise InputError(str(path), reason, "请检查文件夹是否存在、是否有写权限，并关闭正在使用它的程序") from error


def _helps(uses: Mapping[str, str], carried: Carried) -> dict[str, str]:
    """What is said in a cell's help besides the catalogue's words: which rates use it, and what it was last year."""
    last = {id: f"上年数：{printed}" for id, printed in carried.figures.items()}
    ids = dict.fromkeys((*uses, *last))
    return {id: "。".join(part for part in (uses.get(id, ""), last.get(id, "")) if part) for id in ids}


def _whose(book: Book) -> None:
    """The unit's name on every sheet that staff fill, so that a sheet from another workbook is seen."""
    unit = book.places.get("unit.full_name")
    if unit is None:
        return
    formula = f'="{UNIT_LINE}"&{unit.reference}'
    for page in book.pages[2:]:
        if page is not unit.page:
            page.sheet.write_formula(1, 1, formula, book.note, f"{UNIT_LINE}{book.said('unit.full_name')}")


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
    page.sheet.write(3, 2, f"模板第{load_catalogue().version}版", book.note)
    book.name(VERSION_NAME, page, 3, 2)
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
    for offset, (style, told) in enumerate(book.colours()):
        page.sheet.write(row + 1 + offset, 0, "", style)
        page.sheet.write(row + 1 + offset, 1, told, book.wrapped)
    row += 6
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


def _fields(book: Book, sheet: Sheet, needed: Collection[str], uses: Mapping[str, str]) -> None:
    page = book.page(sheet.title, sheet.title, (26, 60, 9, 40), note=sheet.note, protect=True)
    page.header(3, ("项目", "填写", "单位", "说明"))
    for row, spec in enumerate(load_catalogue().on(sheet), 4):
        page.sheet.write(row, 0, spec.label + ("*" if spec.required or spec.id in needed else ""), book.label)
        book.input(page, row, 1, spec)
        book.unit(page, row, 2, spec.unit)
        if money(spec.unit):
            book.unit_cells[spec.id] = (f"'{sheet.title}'!$C${row + 1}", spec.unit)
        told = "。".join(part for part in (spec.help, uses.get(spec.id, "")) if part)
        page.sheet.write(row, 3, told, book.wrapped)
        texts = ((spec.label, 26), (told, 40), (book.said(spec.id), 60))
        page.fit(row, *texts, least=5 if spec.type == "long_text" else 1)


def _grid(book: Book, sheet: Sheet, live: Live, needed: Collection[str]) -> None:
    """Numbers first, then what is worked out from them, then the words that explain them."""
    numbers = [column for column in sheet.columns if not column.is_text]
    words = [column for column in sheet.columns if column.is_text]
    order: list[Column | Computed] = [*numbers, *sheet.computed, *words]
    widths = (30, *(30 if c in words else 13 if isinstance(c, Computed) else 17 for c in order))
    page = book.page(sheet.title, sheet.title, widths, note=_grid_note(sheet), unit=sheet.unit, protect=True)
    page.header(3, (sheet.corner, *(c.label if isinstance(c, Computed) else _column_head(sheet, c) for c in order)))
    specs = {spec.id: spec for spec in load_catalogue().on(sheet)}
    for at, row in enumerate(sheet.rows, 4):
        inner = "其中：" if row.within else ""
        here = {
            c.id: id
            for c in sheet.columns
            if (not row.only or c.id in row.only) and (id := grid_id(sheet, row, c)) in specs
        }
        must = "*" if any(id in needed for id in here.values()) else ""
        page.sheet.write(at, 0, f"{inner}{row.label}{must}", book.label)
        page.fit(at, (f"{inner}{row.label}", 30), *((book.said(here[c.id]), 30) for c in words if c.id in here))
        for number, column in enumerate(order, 1):
            if isinstance(column, Computed):
                continue
            if column.id not in here:
                page.sheet.write(at, number, "", book.blocked)
                continue
            spec = specs[here[column.id]]
            book.input(page, at, number, spec, _own_unit(sheet, column, spec))
            if money(sheet.unit) and money(spec.unit):
                book.unit_cells[spec.id] = (f"'{sheet.title}'!$A$2", f"金额单位：{sheet.unit}")
        cells_here: dict[str, tuple[str, object]] = {
            column: (book.places[id].address, live.number(id)) for column, id in here.items()
        }
        for number, column in enumerate(order, 1):
            if isinstance(column, Computed):
                live.write_computed(Place(page, at, number, None), column, row.id, cells_here)


def _grid_note(sheet: Sheet) -> str:
    sums = "浅绿色的合计格可留空，自动合计。" if any(row.sum for row in sheet.rows) else ""
    return f"{sheet.note}{sums}"


def _column_head(sheet: Sheet, column: Column) -> str:
    """The unit stands in the head where it is not the sheet's."""
    return f"{column.label}（{column.unit}）" if column.unit and column.unit != sheet.unit else column.label


def _own_unit(sheet: Sheet, column: Column, spec: FigureSpec) -> str:
    """The unit that a single cell must say for itself, because neither head nor sheet says it."""
    return "" if spec.unit == (column.unit or sheet.unit) else spec.unit
