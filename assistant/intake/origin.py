"""Whose workbook it is: of which framework and which layout, and whether sheets of another unit's have got into it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from assistant.catalogue import FigureSpec, load_catalogue
from assistant.errors import InputError
from assistant.findings import Severity
from assistant.frameworks import Framework
from assistant.intake.book import FRAMEWORK_NAME, UNIT_LINE, VERSION_NAME
from assistant.intake.case import Entry
from assistant.intake.inputs import RATIO_SHEET, STATED_SHEET, sheets
from assistant.intake.notes import Notes
from assistant.intake.opened import Opened

_FIRST = "1"
_TOP, _WIDE = 4, 6


def refuse_foreign(opened: Opened, framework: Framework, specs: Iterable[FigureSpec]) -> None:
    """Refuse a workbook of another framework, or one that was never ours.

    Raises:
        InputError: it is one.
    """
    remedy = f"请用 jiping template {framework.id} 生成工作簿，把数据填进去；或核对 case.yaml 里的 framework"
    stated = opened.stated(FRAMEWORK_NAME)
    if stated and stated != framework.id:
        raise InputError(opened.file, f"这是指标体系“{stated}”的工作簿，不是“{framework.id}”的", remedy)
    wanted = [spec.id.casefold() in opened.names for spec in specs]
    if not any(wanted) or (not stated and 2 * sum(wanted) < len(wanted)):
        reason = f"不是“{framework.id}”的填报工作簿：应有 {len(wanted)} 个填报格的名称，只找到 {sum(wanted)} 个"
        raise InputError(opened.file, reason, remedy)


def older_layout(opened: Opened) -> str:
    """The version of the layout where it is not today's, else ""."""
    told = "".join(char for char in opened.stated(VERSION_NAME) if char.isdigit()) or _FIRST
    return "" if told == str(load_catalogue().version) else told


def tell_deleted(gone: Mapping[str, Sequence[FigureSpec]], notes: Notes) -> None:
    """One finding for each sheet that was deleted: by its title, the cells whose names now point nowhere."""
    for title, specs in gone.items():
        if specs:
            severity: Severity = "warning" if all(spec.optional for spec in specs) else "error"
            reason = (
                f"工作表“{title}”被删除，其中{len(specs)}个填报格（{_some([s.label for s in specs])}）按没有填写处理"
            )
            notes.add("missing", severity, title, "", reason, "请从空白工作簿复制这张表")


def tell_absent(opened: Opened, framework: Framework, absent: Iterable[FigureSpec], notes: Notes) -> None:
    """One finding for all the cells and tables that the workbook does not have."""
    titles = {sheet.id: sheet.title for sheet in load_catalogue().sheets}
    titles |= {"given": RATIO_SHEET, "stated": STATED_SHEET}
    by_sheet: dict[str, list[str]] = {}
    spare = True
    for spec in absent:
        spare = spare and spec.optional
        by_sheet.setdefault(titles[spec.sheet], []).append(spec.label)
    older, count = older_layout(opened), sum(len(labels) for labels in by_sheet.values())
    told = [f"“{title}”{len(labels)} 格（{_some(labels)}）" for title, labels in by_sheet.items()]
    if older:
        lost = [
            sheet.title for sheet in sheets(framework) if sheet.kind == "table" and opened.table(sheet.table) is None
        ]
        told += [f"“{title}”整张表" for title in lost if title not in opened.pages]
    if not told:
        return
    remedy = f"如需填写，请用 jiping template {framework.id} 生成新的工作簿，把原有内容抄过去"
    if older:
        now = load_catalogue().version
        reason = (
            f"这是第{older}版模板的工作簿（现为第{now}版），原有内容照常采用，新增的按没有填写处理：{'、'.join(told)}"
        )
        notes.add("missing", "info", "工作簿", "", reason, remedy)
    else:
        reason = f"缺少 {count} 个填报格：{'、'.join(told)}，按没有填写处理"
        notes.add("missing", "info" if spare else "warning", "工作簿", "", reason, remedy)


def _some(labels: list[str]) -> str:
    return "、".join(labels[:4]) + ("等" if len(labels) > 4 else "")


def tell_mixed(opened: Opened, specs: Iterable[FigureSpec], entries: Mapping[str, Entry], notes: Notes) -> None:
    """Sheets that were copied in from another workbook: a second set of names, or another unit's name below the title."""
    ids = {spec.id.casefold() for spec in specs}
    for page in opened.pages.values():
        twice = [name for name in page.names if name.casefold() in ids and name.casefold() in opened.book_names]
        if twice:
            reason = f"像是从另一份工作簿复制来的（{len(twice)} 个填报格与原表重名），没有采用"
            notes.add("contradiction", "error", page.title, "", reason, "请核对哪一张是本单位的，只保留一张")
    own = entries["unit.full_name"].text if "unit.full_name" in entries else ""
    for page in opened.pages.values() if own else ():
        said = next((unit for unit in _units(opened, page.title)), "")
        if said and said != own:
            reason = f"表头写的填报单位是“{said}”，“1 基本信息”填的是“{own}”，像是另一个单位的表，照常读入"
            notes.add("contradiction", "error", page.title, "", reason, "请核对整张表是不是本单位的数据")


def _units(opened: Opened, title: str) -> Iterable[str]:
    """What stands behind 填报单位： in the first rows of a sheet."""
    for row in range(1, _TOP):
        for column in range(1, _WIDE):
            words = opened.words(title, row, column)
            if words.startswith(UNIT_LINE):
                yield "".join(unicodedata.normalize("NFC", words.removeprefix(UNIT_LINE)).split())
