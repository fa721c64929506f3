"""待补清单: what is still empty, by 责任科室, required things first, each with a live state and a link to its cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from assistant.catalogue import FigureSpec, Sheet, load_catalogue
from assistant.frameworks import Framework
from assistant.intake.book import Book, Page, Place
from assistant.intake.inputs import LeafInputs, PartInputs, questions, sheets
from assistant.intake.template_live import Live

TODO_SHEET = "待补清单"
_WAITS, _DONE = "待填", "已填"
_MUST, _MAY = "必填", "选填"
_HEADS = ("责任科室", "必填", "工作表", "要填的内容", "状态", "用处")
_WIDTHS = (18, 8, 24, 52, 10, 44)
_BY_HAND = ("unit.report_date", "unit.head", "unit.finance_head", "unit.preparer", "unit.phone")
"""Filled in by hand on the signed paper; never waited for."""


@dataclass(frozen=True, slots=True)
class TableArea:
    """Where a table was written, and how many rows it begins with: the column that each row must have."""

    title: str
    head: str
    first: str
    last: str
    rows: int


@dataclass(frozen=True, slots=True)
class _Item:
    owner: str
    must: bool
    sheet: str
    label: str
    filled: str
    done: bool
    link: str
    use: str


def write_todo(
    page: Page,
    framework: Framework,
    live: Live,
    areas: Mapping[str, TableArea],
    needed: Collection[str],
    uses: Mapping[str, str],
) -> None:
    """Fill the page, once all inputs have their places."""
    book = page.book
    found = [item for sheet in sheets(framework) for item in _items(book, sheet, framework, live, areas, needed, uses)]
    owners = list(dict.fromkeys(item.owner for item in found))
    found.sort(key=lambda item: (owners.index(item.owner), not item.must))
    top = 5 + len(owners) + 2
    first, last = top + 1, top + len(found)
    _summary(page, owners, found, first, last)
    page.header(top, _HEADS)
    page.sheet.freeze_panes(1, 0)  # the summary is too high to be kept in sight with the head
    page.sheet.repeat_rows(top)
    page.sheet.autofilter(top, 0, last, len(_HEADS) - 1)
    for row, item in enumerate(found, first):
        state = f'=IF({item.filled},"{_DONE}","{_WAITS}")'
        page.sheet.write(row, 0, item.owner, book.label)
        page.sheet.write(row, 1, _MUST if item.must else _MAY, book.label)
        page.sheet.write(row, 2, item.sheet, book.label)
        page.sheet.write_url(row, 3, f"internal:{item.link}", book.link, string=item.label, tip="去填写")
        page.sheet.write_formula(row, 4, state, book.label, _DONE if item.done else _WAITS)
        page.sheet.write(row, 5, item.use, book.wrapped)
        page.fit(row, (item.label, _WIDTHS[3]), (item.use, _WIDTHS[5]))
    both = {"type": "cell", "criteria": "==", "value": f'"{_WAITS}"', "format": book.todo}
    page.sheet.conditional_format(first, 4, last, 4, both)
    page.sheet.conditional_format(first, 4, last, 4, both | {"value": f'"{_DONE}"', "format": book.done})


def _summary(page: Page, owners: list[str], found: list[_Item], first: int, last: int) -> None:
    """How much each 科室 still has to fill."""
    book, sheet = page.book, page.sheet
    for column, word in enumerate(("责任科室", "必填待填", "其他待填")):
        sheet.write(3, column, word, book.head)
    page.fit(3, ("必填待填", 7))
    for row, owner in enumerate([*owners, ""], 4):
        sheet.write(row, 0, owner or "合计", book.label)
        for column, must in ((1, True), (2, False)):
            mine = f'A{first + 1}:A{last + 1},"{owner}",' if owner else ""
            kind = f'B{first + 1}:B{last + 1},"{_MUST if must else _MAY}",'
            formula = f'=COUNTIFS({mine}{kind}E{first + 1}:E{last + 1},"{_WAITS}")'
            count = sum(not i.done and i.must is must and owner in ("", i.owner) for i in found)
            sheet.write_formula(row, column, formula, book.label, count)


def _items(
    book: Book,
    sheet: Sheet,
    framework: Framework,
    live: Live,
    areas: Mapping[str, TableArea],
    needed: Collection[str],
    uses: Mapping[str, str],
) -> Iterator[_Item]:
    owner = sheet.owner or "财务科"
    if sheet.kind == "answers":
        for leaf in questions(framework):
            for part in leaf.parts:
                yield from _question(book, owner, sheet.title, leaf, part)
        return
    if sheet.kind == "table":
        area = areas[sheet.table]
        inside = f"'{sheet.title}'!${area.head}${area.first}:${area.head}${area.last}"
        must = sheet.table in needed
        yield _Item(owner, must, sheet.title, f"{sheet.row}（逐行填写；没有的不填）", f"COUNTA({inside})>0", area.rows > 0,
                    f"'{sheet.title}'!{area.head}{area.first}", uses.get(sheet.table, ""))  # fmt: skip
        return
    for spec in load_catalogue().on(sheet):
        must = spec.required or spec.id in needed
        if not must and (spec.id in _BY_HAND or (sheet.kind == "grid" and spec.optional)):
            continue
        place = book.places[spec.id]
        yield _Item(owner, must, sheet.title, spec.label, _filled(place), _has(book, live, spec),
                    _link(place), uses.get(spec.id, ""))  # fmt: skip


def _question(book: Book, owner: str, title: str, leaf: LeafInputs, part: PartInputs) -> Iterator[_Item]:
    """A part that people answer or judge; done as well where the mark was given outright, or the leaf does not apply."""
    if not part.answers and not part.judged:
        return
    name = leaf.leaf.indicator.name
    label = name if part.name == name or len(leaf.parts) == 1 else f"{name}·{part.name}"
    asked = part.answers or (part.marks, part.reason)
    outright = [part.marks, leaf.marks, leaf.waived] if part.answers else [leaf.marks, leaf.waived]
    whole = f"AND({','.join(_filled(book.places[spec.id]) for spec in asked)})"
    ways = [whole, *(_filled(book.places[spec.id]) for spec in outright)]
    done = all(book.said(spec.id) for spec in asked) or any(book.said(spec.id) for spec in outright)
    what = f"逐项回答{len(asked)}个要点" if len(part.answers) > 1 else "回答" if part.answers else "自评得分和情况说明"
    yield _Item(owner, True, title, f"{label}：{what}", f"OR({','.join(ways)})", done,
                _link(book.places[asked[0].id]), f"评分：{name}")  # fmt: skip


def _filled(place: Place) -> str:
    return f"LEN({place.reference})>0"


def _link(place: Place) -> str:
    return f"'{place.page.title}'!{place.address}"


def _has(book: Book, live: Live, spec: FigureSpec) -> bool:
    return bool(book.said(spec.id)) or live.number(spec.id) is not None
