"""The two sheets that are made from the framework itself: the questions, and the rates that may be handed in."""

from __future__ import annotations

from typing import Any

from assistant.catalogue import FigureSpec, Sheet, load_catalogue
from assistant.frameworks import Framework, Ratio
from assistant.intake.book import Book, Page, Place
from assistant.intake.inputs import (
    RATIO_SHEET,
    STATED_SHEET,
    LeafInputs,
    PartInputs,
    given_rates,
    questions,
    stated_marks,
)
from assistant.intake.template_live import Live
from assistant.rules import show

_HEADS = ("三级指标", "评价要点", "回答", "自评得分", "情况说明", "佐证编号")
_WIDTHS = (22, 58, 20, 11, 52, 14)


def write_answers(book: Book, sheet: Sheet, framework: Framework) -> None:
    """One group of rows a leaf: its path and standard, then each part, its questions, and the whole leaf's mark."""
    page = book.page(sheet.title, sheet.title, _WIDTHS, note=sheet.note, protect=True)
    page.header(3, _HEADS)
    row = 4
    for leaf in questions(framework):
        row = _leaf(book, page, row, leaf, framework)


def _leaf(book: Book, page: Page, row: int, leaf: LeafInputs, framework: Framework) -> int:
    node = leaf.leaf.indicator
    page.sheet.write(row, 0, f"{node.name}（{show(node.full_marks)}分）", book.group)
    standard = node.standard(framework.ratio_names)
    words = f"{' → '.join(leaf.leaf.path)}\n评分标准：{standard}"
    page.sheet.write(row, 1, words, book.group_text)
    page.fit(row, (words, _WIDTHS[1]))
    _blocked(book, page, row, (2, 3, 4, 5), book.group)
    row += 1
    for part in leaf.parts:
        row = _part(book, page, row, node.name, part)
    if leaf.veto:
        _words(book, page, row, node.name, f"【一票否决】{leaf.veto.label}（无/有）")
        book.input(page, row, 2, leaf.veto)
        _blocked(book, page, row, (3, 4, 5))
        row += 1
    told = "整项得分：只在没有数据、不能逐项回答时直接填报，报告标“未复核”"
    _words(book, page, row, node.name, told, book.said(leaf.reason.id))
    _blocked(book, page, row, (2, 5))
    book.input(page, row, 3, leaf.marks)
    book.input(page, row, 4, leaf.reason)
    row += 1
    told = "不适用：本单位确实没有这项业务的，在回答栏写明理由；没有这种情况不填"
    _words(book, page, row, node.name, told, book.said(leaf.waived.id))
    book.input(page, row, 2, leaf.waived)
    _blocked(book, page, row, (3, 4, 5))
    return row + 1


def _part(book: Book, page: Page, row: int, leaf: str, part: PartInputs) -> int:
    """The part's own row, then a row for each further question."""
    single = len(part.answers) == 1 and part.part.rule.kind != "checklist"
    told = _told(part, part.answers[0] if single else None)
    _words(book, page, row, leaf, told, book.said(part.reason.id))
    if single:
        book.input(page, row, 2, part.answers[0])
    else:
        _blocked(book, page, row, (2,))
    book.input(page, row, 3, part.marks)
    book.input(page, row, 4, part.reason)
    book.input(page, row, 5, part.evidence)
    for number, answer in enumerate(() if single else part.answers, 1):
        _words(book, page, row + number, leaf, f"{number}.{answer.label}")
        book.input(page, row + number, 2, answer)
        _blocked(book, page, row + number, (3, 4, 5))
    return row + 1 + (0 if single else len(part.answers))


def _told(part: PartInputs, question: FigureSpec | None) -> str:
    """What the part's row asks for."""
    head = f"{part.name}（{show(part.part.full_marks)}分）"
    if part.judged:
        return f"{head}：据实填自评得分，并在情况说明写明理由（扣分与不扣分都要写）"
    if part.part.measure:
        return f"{head}：由数据计算，不用填；确实没有数据的才填自评得分"
    if part.part.rule.kind == "target":
        return f"{head}：下级指标由单位自设，在“{load_catalogue().sheet('targets').title}”逐行填写，分值合计等于{show(part.part.full_marks)}分；这里不用填"
    if part.part.rule.kind == "bonus":
        return f"{head}：在“{load_catalogue().sheet('awards').title}”逐行填写；各行没有分值的才填自评得分，并写明理由"
    if question is None:
        return f"{head}：逐项回答下列要点；不能逐项回答的才填自评得分"
    choices = f"（{'/'.join(question.choices)}）" if question.choices else ""
    asked = "" if question.label == part.name else f"：{question.label}"
    return f"{head}{asked}{choices}"


def _words(book: Book, page: Page, row: int, leaf: str, words: str, reason: str = "") -> None:
    page.fit(row, (leaf, _WIDTHS[0]), (words, _WIDTHS[1]), (reason, _WIDTHS[4]))
    page.sheet.write(row, 0, leaf, book.wrapped)
    page.sheet.write(row, 1, words, book.label)


def _blocked(book: Book, page: Page, row: int, columns: tuple[int, ...], style: Any = None) -> None:
    for column in columns:
        page.sheet.write_blank(row, column, None, style or book.blocked)


def write_rates(book: Book, framework: Framework, live: Live) -> None:
    """One row a ratio: what the workbook's cells make it now, room for a rate without its inputs, its formula in words."""
    note = "只在没有分子、分母数据时填写；有数据的由程序计算，并与这里的数核对。写成 97.87 或 97.87%，不要写 0.9787。"
    page = book.page(RATIO_SHEET, RATIO_SHEET, (30, 18, 9, 14, 62), note=note, protect=True)
    page.header(3, ("比率", "填写", "单位", "按已填数据计算", "计算公式"))
    for row, (ratio, spec) in enumerate(given_rates(framework), 4):
        page.sheet.write(row, 0, spec.label, book.label)
        book.input(page, row, 1, spec)
        page.sheet.write(row, 2, spec.unit, book.label)
        live.write_rate(Place(page, row, 3, None), ratio)
        page.sheet.write(row, 4, told := _formula(ratio, framework.ratio_names), book.wrapped)
        page.fit(row, (told, 62))


def write_stated(book: Book, framework: Framework) -> None:
    """Marks that were handed in or published before."""
    note = "以前上报或公布过得分的才填，只用来核对，不影响评分；与逐项得分不一致的会列出。"
    page = book.page(STATED_SHEET, STATED_SHEET, (40, 18, 9), note=note, protect=True)
    page.header(3, ("项目", "填写", "单位"))
    for row, spec in enumerate(stated_marks(framework), 4):
        page.sheet.write(row, 0, spec.label, book.label)
        book.input(page, row, 1, spec)
        page.sheet.write(row, 2, spec.unit, book.label)


def _formula(ratio: Ratio, names: dict[str, str]) -> str:
    specs = load_catalogue().specs
    words = [specs[id].label if id in specs else names.get(id, id) for id in ratio.value.inputs]
    if ratio.value.mean:
        return f"（{'＋'.join(words)}）÷{len(words)}"
    if ratio.value.change:
        return f"（{words[0]}－{words[1]}）÷{words[1]}" + ("，取绝对值" if ratio.value.absolute else "")
    due = f"÷{show(ratio.value.per)}%" if ratio.value.per is not None else ""
    return f"{words[0]}÷{words[1]}{due}" + (f"（{ratio.note}）" if ratio.note else "")
