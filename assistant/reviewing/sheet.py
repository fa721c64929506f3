"""审核意见单 as a document: what is wrong, where, by which rule and how to mend it; places for the reviewer's pen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from assistant.report.blocks import Block, Cell, Document, Heading, Paragraph, Table
from assistant.reviewing.opinion import Item, Opinion
from assistant.reviewing.rules import ReviewRules

_TITLE = "部门整体支出绩效自评审核意见单"
_GROUPS: tuple[tuple[str, Callable[[Item], bool]], ...] = (
    ("须改正的问题", lambda item: item.sends_back),
    ("请核对的问题", lambda item: not item.sends_back and item.severity != "info"),
    ("供参考的说明", lambda item: not item.sends_back and item.severity == "info"),
)
_NUMBERS = "一二三四五六"
_HEADS = ("序号", "位置", "问题", "依据", "怎样改")
_WIDTHS = (4.5, 14, 36, 14, 22)
_MOST_NOTES = 15
_LONGEST = 300
_PENS = ("审核人", "审核日期", "复核人", "复核日期", "单位签收", "签收日期")


def opinion_sheet(opinion: Opinion, rules: ReviewRules) -> Document:
    """The sheet, ready for the writer."""
    blocks: list[Block] = [_head(opinion), Paragraph(_conclusion(opinion))]
    number = 0
    for name, wanted in _GROUPS:
        items = [item for item in opinion.items if wanted(item)]
        if items:
            blocks += [Heading(1, f"{_NUMBERS[number]}、{name}（{len(items)}条）"), _table(items, opinion.round > 1)]
            blocks += _left_out(items)
            number += 1
    if opinion.earlier:
        blocks += [Heading(1, f"{_NUMBERS[number]}、上次意见的整改情况"), _earlier(opinion)]
    blocks.append(_pens())
    if cited := _cited(opinion, rules):
        blocks += [Paragraph("附：所依据的审核规则"), *cited]
    return Document(tuple(blocks), _TITLE, opinion.unit)


def _head(opinion: Opinion) -> Table:
    total = "、".join(filter(None, (f"{opinion.total}分" if opinion.total else "", opinion.grade))) or "没有读到"
    rows = (
        ("单位名称", opinion.unit, "评价年度", opinion.year or "没有读到"),
        ("报送文件", opinion.file, "第几次审核", f"第{opinion.round}次"),
        ("自评总分", total, "审核结果", opinion.state),
    )
    return Table(tuple(_pairs(row) for row in rows), (10, 32, 12, 20), header_rows=0, form=True)


def _pairs(row: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(
        Cell(text, header=at % 2 == 0, align="center" if at % 2 == 0 else "left") for at, text in enumerate(row)
    )


def _conclusion(opinion: Opinion) -> str:
    """What the unit is to do."""
    said = []
    if opinion.unchanged:
        said.append("这份报告与上次审核的是同一个文件，没有改动。")
    if opinion.earlier:
        counts = Counter(one.outcome for one in opinion.earlier)
        told = "，".join(f"{outcome}{counts[outcome]}条" for outcome in ("已改", "未改", "未核对") if counts[outcome])
        said.append(f"上次提出意见{len(opinion.earlier)}条，{told}。")
    back = sum(item.sends_back for item in opinion.items)
    look = sum(not item.sends_back and item.severity != "info" for item in opinion.items)
    match opinion.state:
        case "退回":
            rest = f"，并核对另外{look}条" if look else ""
            said.append(f"报告中有{back}条须改正的问题，予以退回。请逐条改正{rest}，再报一次。")
        case "已报":
            said.append(f"没有须退回的问题；有{look}条请核对，由审核人决定是否退回。")
        case _:
            said.append("没有须改正的问题，复核通过。" + (f"另有{look}条请核对。" if look else ""))
    basis = "填报数据和报告自身" if opinion.with_case else "报告自身（没有填报数据，各数没有与台账核对）"
    said.append(f"本次核对的依据是{basis}，意见由程序列出，由审核人确认。")
    return "".join(said)


def _table(items: Sequence[Item], again: bool) -> Table:
    heads = (*_HEADS[:1], *(("上次",) if again else ()), *_HEADS[1:])
    widths = (*_WIDTHS[:1], *((5,) if again else ()), *_WIDTHS[1:])
    shown = items if items[0].severity != "info" else items[:_MOST_NOTES]
    rows = [tuple(Cell(head, header=True) for head in heads)]
    for item in shown:
        rule = f"第{item.rule}条：{item.rule_title}" if item.rule else item.rule_title
        texts = (item.place, _short(item.problem), rule, _short(item.mend))
        rows.append((
            Cell(str(item.number)), *((Cell(item.outcome),) if again else ()), *(Cell(text, align="left") for text in texts),
        ))  # fmt: skip
    return Table(tuple(rows), widths, form=True)


def _left_out(items: Sequence[Item]) -> list[Block]:
    if items[0].severity != "info" or len(items) <= _MOST_NOTES:
        return []
    return [Paragraph(f"其余{len(items) - _MOST_NOTES}条说明见同名的 .json 文件。")]


def _earlier(opinion: Opinion) -> Table:
    rows = [tuple(Cell(head, header=True) for head in ("原序号", "位置", "上次意见", "整改"))]
    for one in sorted(opinion.earlier, key=lambda e: (e.outcome == "已改", e.number)):
        rows.append((
            Cell(str(one.number)), Cell(one.place, align="left"), Cell(_short(one.problem), align="left"), Cell(one.outcome),
        ))  # fmt: skip
    return Table(tuple(rows), (5, 18, 52, 7), form=True)


def _cited(opinion: Opinion, rules: ReviewRules) -> list[Paragraph]:
    """The full wording of each rule that an item stands on."""
    numbers = sorted({item.rule for item in opinion.items if item.rule and item.severity != "info"})
    wording = {rule.number: rule.rule for rule in rules.rules}
    return [Paragraph(f"第{number}条　{wording[number]}。") for number in numbers if number in wording]


def _pens() -> Table:
    """Places that stay empty."""
    rows = [_PENS[at : at + 2] for at in range(0, len(_PENS), 2)]
    cells = tuple(tuple(cell for name in row for cell in (Cell(name, header=True), Cell("\n"))) for row in rows)
    return Table(cells, (10, 22, 10, 22), header_rows=0, form=True)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]}……"
