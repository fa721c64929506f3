"""Reads the filled workbook by its defined names: figures, texts, answers, marks, rates, rows, each with its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from assistant.catalogue import FigureSpec, Sheet
from assistant.errors import InputError
from assistant.findings import Severity
from assistant.frameworks import Framework
from assistant.intake import cells as read
from assistant.intake.book import OPTIONS_SHEET
from assistant.intake.carried import CARRIED_SHEET, tell_unchanged
from assistant.intake.case import Entry, Row, Workbook
from assistant.intake.cells import Cell, Refusal
from assistant.intake.declared import Units
from assistant.intake.derive import complete
from assistant.intake.inputs import RATIO_SHEET, STATED_SHEET, aliases, cells, sheets
from assistant.intake.notes import Notes
from assistant.intake.opened import BadName, Opened
from assistant.intake.origin import refuse_foreign, tell_absent, tell_deleted, tell_mixed
from assistant.intake.siblings import tell_scales
from assistant.intake.tables import read_tables
from assistant.intake.template_live import untouched
from assistant.ledger import Figure, Ledger, Provenance, Scope


@dataclass(frozen=True, slots=True)
class Found:
    """An input cell that was found, and where."""

    spec: FigureSpec
    cell: Cell
    row: int
    column: int


def read_workbook(path: Path, framework: Framework, year: int) -> Workbook:
    """Everything the workbook holds. What cannot be used is a finding, and absent.

    Raises:
        InputError: it cannot be opened, is empty, or is not this framework's.
    """
    opened = Opened(path)
    specs = cells(framework)
    refuse_foreign(opened, framework, specs)
    notes = Notes(path.name)
    found = tuple(_find(opened, framework, specs, notes))
    tables = read_tables(opened, framework, notes)
    entries = dict(_entries(found, _raised(framework, tables), notes))
    coverage = entries["unit.coverage"].text if "unit.coverage" in entries else ""
    figures = list(_figures(opened, framework, found, year, coverage, notes))
    if not figures and not entries and not any(tables.values()) and not notes.refused:
        raise InputError(path.name, "工作簿是空的，一项也没有填", "请按“填报说明”填写后再试")
    _missing_required(found, entries, figures, notes)
    _tell_hidden(opened, notes)
    _tell_unseen(opened, notes)
    tell_mixed(opened, specs, entries, notes)
    tell_unchanged(opened, framework, entries, tables, notes)
    tell_scales(framework, figures, tables, notes)
    ledger = complete(Ledger.of(figures), framework, tables, year, coverage, notes)
    unread = _unread_numbers(framework, specs, notes)
    return Workbook(ledger, entries, tables, tuple(notes.findings), unread, frozenset(notes.none))


def _find(opened: Opened, framework: Framework, specs: Iterable[FigureSpec], notes: Notes) -> Iterator[Found]:
    """The cells that the names point to. Two inputs in one cell (a merge) cannot be told apart, and neither is used.

    A subtotal that nobody touched is blank: what it shows was worked out, not given.
    """
    places: dict[tuple[str, int, int], list[FigureSpec]] = {}
    absent: list[FigureSpec] = []
    titles = {sheet.id: sheet.title for sheet in sheets(framework)} | {"given": RATIO_SHEET, "stated": STATED_SHEET}
    gone: dict[str, list[FigureSpec]] = {title: [] for title in titles.values() if title not in opened.pages}
    for spec in specs:
        try:
            place = opened.place(spec.id)
        except BadName as error:
            notes.refused.add(spec.id)
            if (title := titles.get(spec.sheet, "")) in gone:
                gone[title].append(spec)
                continue
            severity: Severity = "warning" if spec.optional else "error"
            remedy = "请从空白工作簿复制这一行，或在“公式—名称管理器”里重新指定"
            notes.add("missing", severity, f"名称 {spec.id}", spec.label, str(error), remedy)
            continue
        if place is None:
            absent.append(spec)
        else:
            places.setdefault(place, []).append(spec)
    tell_absent(opened, framework, absent, notes)
    tell_deleted(gone, notes)
    for (sheet, row, column), sharing in places.items():
        cell = opened.cell(sheet, row, column, words=sharing[0].type in ("text", "long_text"))
        if len(sharing) == 1:
            if sharing[0].sum and untouched(cell.formula):
                cell = replace(cell, value=None, formula="", is_error=False)
                opened.hidden.get(sheet, {}).pop(cell.address, None)
            yield Found(sharing[0], cell, row, column)
        elif not read.is_blank(cell):
            labels = "、".join(spec.label for spec in sharing)
            notes.refused.update(spec.id for spec in sharing)
            notes.unread |= {spec.id: f"{cell.place}（{spec.label}）" for spec in sharing}
            notes.add(
                "unreadable",
                "error",
                cell.place,
                labels,
                "几个填报格合并成了一格，看不出是哪一项的数",
                "请取消合并，分别填写",
            )


def _raised(framework: Framework, tables: Mapping[str, Sequence[Row]]) -> dict[str, Decimal]:
    """By how much the unit's own weights raise the full marks of leaves: leaf id -> factor above 1."""
    wanted = {
        row.text("indicator").replace("/", "／").rpartition("／")[2]: row.decimal("full_marks")
        for row in tables.get("weights", ())
    }
    leaves = [leaf.indicator for leaf in framework.leaves() if framework.reweighting and leaf.indicator.full_marks]
    return {
        leaf.id: share / leaf.full_marks for leaf in leaves if (share := wanted.get(leaf.name)) and share > leaf.full_marks
    }  # fmt: skip


def _entries(found: Iterable[Found], raised: Mapping[str, Decimal], notes: Notes) -> Iterator[tuple[str, Entry]]:
    """Texts, choices, years, and everything on the sheet of questions."""
    for item in found:
        spec, cell = item.spec, item.cell
        if spec.is_figure and spec.sheet != "answers":
            continue
        if spec.most is not None and spec.type == "mark" and (factor := raised.get(spec.id.split(".")[1])):
            spec = replace(spec, most=spec.most * factor)
        value = _entry_value(spec, cell)
        if value is None:
            continue
        if isinstance(value, Refusal):
            notes.refuse(spec.id, cell, spec.label, value, needed=spec.required or spec.sheet == "answers")
            continue
        notes.marks(cell, spec.label)
        where = Provenance("cell", file=notes.file, sheet=cell.sheet, cell=cell.address)
        text = value if isinstance(value, str) else format(value, "f")
        yield spec.id, Entry(spec.id, text, where, value if isinstance(value, Decimal) else None)


def _entry_value(spec: FigureSpec, cell: Cell) -> str | Decimal | Refusal | None:
    match spec.type:
        case "choice":
            return read.choice_of(cell, spec.choices)
        case "year":
            return read.year_of(cell)
        case "count":
            value = read.whole_of(cell, spec.unit)
            if isinstance(value, Decimal) and value < 0:
                return Refusal("unreadable", f"项数 {value} 小于 0", "请填不小于 0 的整数")
            return value
        case "mark":
            return read.mark_of(cell, spec.most)
    text = read.text_of(cell)
    return "".join(text.split("\n")) if isinstance(text, str) and spec.type == "text" else text


def _figures(
    opened: Opened, framework: Framework, found: Iterable[Found], year: int, coverage: str, notes: Notes
) -> Iterator[Figure]:
    known: dict[str, Sheet] = {sheet.id: sheet for sheet in sheets(framework)}
    units: dict[str, Units] = {}
    told: set[tuple[str, str]] = set()
    for item in found:
        spec, cell = item.spec, item.cell
        if not spec.is_figure or spec.sheet == "answers":
            continue
        on = units.setdefault(cell.sheet, Units(opened, cell.sheet))
        value, declared = _figure_value(item, known.get(spec.sheet), on)
        if isinstance(value, Refusal):
            notes.refuse(spec.id, cell, spec.label, value, needed=not spec.optional)
        if not isinstance(value, Decimal):
            continue
        if declared != spec.unit and (cell.sheet, declared) not in told:
            told.add((cell.sheet, declared))
            notes.add("wrong_unit", "info", cell.sheet, "", f"本表按“{declared}”填写，已精确换算成“{spec.unit}”")
        _remark(value, item, notes)
        where = Provenance("cell", file=notes.file, sheet=cell.sheet, cell=cell.address)
        yield figure_of(spec, value, year, where, coverage)


def _figure_value(item: Found, sheet: Sheet | None, units: Units) -> tuple[Decimal | Refusal | None, str]:
    """The number with the unit that was declared for it."""
    spec, cell = item.spec, item.cell
    if spec.type == "percent" or sheet is None:
        declared: str | Refusal = spec.unit
    elif sheet.kind == "grid":
        declared = units.of_grid(sheet, spec, item.row, item.column)
    else:
        declared = units.of_field(spec, item.row, item.column)
    if isinstance(declared, Refusal):
        return (None if read.is_blank(cell) else declared), spec.unit
    value = (read.whole_of if spec.type == "count" else read.number_of)(cell, spec.unit, declared)
    return value, declared


def _remark(value: Decimal, item: Found, notes: Notes) -> None:
    """What a person should look at in a value that is used as it stands."""
    spec, cell = item.spec, item.cell
    if value < 0:
        notes.add(
            "reconcile",
            "warning",
            cell.place,
            spec.label,
            f"填的是负数 {value}",
            "如确有负数，请在说明中写明；否则请改正",
        )
    if "[" in cell.formula and "]" in cell.formula:
        notes.add(
            "unreadable",
            "info",
            cell.place,
            spec.label,
            "公式引用了别的工作簿，采用的是保存时的结果",
            "请核对后改为数值",
        )


def figure_of(spec: FigureSpec, value: Decimal, year: int, provenance: Provenance, coverage: str = "") -> Figure:
    """The figure of an input cell."""
    return Figure(
        spec.id,
        spec.label,
        value,
        spec.unit,
        str(year - 1 if spec.period == "prior" else year),
        provenance,
        Scope(stage=spec.stage, coverage=coverage),
        aliases=aliases(spec),
        items=spec.items,
        aspects=spec.aspects,
        print_places=0 if spec.type == "count" or (spec.unit == "元" and value == value.to_integral_value()) else 2,
    )


def _missing_required(
    found: Iterable[Found], entries: dict[str, Entry], figures: Iterable[Figure], notes: Notes
) -> None:
    """Fields without which no report can be written."""
    have = {*entries, *(figure.id for figure in figures), *notes.refused}
    for item in found:
        if item.spec.required and item.spec.sheet != "answers" and item.spec.id not in have:
            notes.add("missing", "error", item.cell.place, item.spec.label, "没有填写", "这一项必须填写")


def _unread_numbers(framework: Framework, specs: Iterable[FigureSpec], notes: Notes) -> dict[str, str]:
    """Of the cells with content that could not be used, those that should hold a number which a report may print."""
    numbers = {spec.id for spec in specs if spec.is_figure and spec.sheet not in ("answers", "stated")}
    columns = {
        (sheet.table, column.id)
        for sheet in sheets(framework) if sheet.kind == "table"
        for column in sheet.columns if column.type in ("amount", "count", "percent")
    }  # fmt: skip
    kept = {}
    for id, place in notes.unread.items():
        table, _, rest = id.partition(".")
        if id in numbers or (table, rest.rpartition(".")[2]) in columns:
            kept[id] = place
    return kept


def _tell_hidden(opened: Opened, notes: Notes) -> None:
    """In hidden rows, columns and sheets figures and answers count, words do not; sheets that are not the template's are not read."""
    for sheet, hidden in opened.hidden.items():
        what = "工作表是隐藏的" if opened.pages[sheet].is_hidden else "有隐藏的行或列"
        for used, outcome in ((True, "填的数和选项（{}）照常采用"), (False, "文字（{}）没有采用")):
            if addresses := [address for address, counts in hidden.items() if counts == used]:
                reason = f"{what}，其中{outcome.format(_some(addresses))}"
                notes.add("unreadable" if used else "injection", "warning", sheet, "", reason, "请取消隐藏后核对")
    targets = "\n".join(opened.names.values())
    for title, page in opened.pages.items():
        ours = title in (OPTIONS_SHEET, CARRIED_SHEET) or page.tables or title.replace("'", "''") in targets
        if page.is_hidden and page.cells and not ours:
            notes.add("unreadable", "info", title, "", "工作表是隐藏的，不是填报表，没有读", "要用的内容请填进填报表")


def _some(addresses: Sequence[str]) -> str:
    return "、".join(addresses[:6]) + ("等" if len(addresses) > 6 else "")


def _tell_unseen(opened: Opened, notes: Notes) -> None:
    """Cells whose content is printed so that nobody sees it: they were left out."""
    for sheet, addresses in opened.unseen.items():
        reason = f"单元格 {_some(list(addresses))} 的内容设为看不见（白色、极小或不显示的格式），没有采用"
        notes.add("injection", "warning", sheet, "", reason, "要用的请改成正常显示，不知来历的请核实")
