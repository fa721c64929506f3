"""附件: the score table in the form in which it was issued, cells of the higher levels merged over their leaves."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.frameworks import Indicator
from assistant.outlines import Appendix, named
from assistant.report.blocks import Cell, Heading, Landscape, Paragraph, Table
from assistant.rules import show
from assistant.scorecard import LeafMarks, Scorecard

_LEVELS = "一二三四五六"
_NAME, _SHARE = 1.3, 0.7
_DESCRIPTION, _STANDARD, _MARKS = 3.2, 5.6, 1.0


def score_table(card: Scorecard, appendix: Appendix) -> Landscape:
    """The appendix: heading, table, and a note on the marks that nobody could verify."""
    depth = max(len(leaf.path) for leaf in card.leaves)
    rows = [*_head(depth, appendix), *_body(card, depth), _total(card, depth)]
    widths = (*(width for _ in range(depth) for width in (_NAME, _SHARE)), _DESCRIPTION, _STANDARD, _MARKS)
    heading = named(appendix.heading, card.year, card.unit)
    table = Table(
        tuple(rows),
        widths,
        header_rows=3,
        caption=named(appendix.caption, card.year, card.unit),
        notes=tuple(_notes(card)),
    )
    blocks: tuple[Heading | Paragraph | Table, ...] = (Heading(1, heading), table)
    return Landscape(blocks)


def _head(depth: int, appendix: Appendix) -> Iterator[tuple[Cell, ...]]:
    def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
        return Cell(text, columns, rows, header=True)

    tail = tuple(cell(text, rows=3) for text in (appendix.description, appendix.standard, appendix.marks))
    yield (cell("评价指标", columns=2 * depth), *tail)
    yield tuple(cell(f"{_LEVELS[level]}级指标", columns=2) for level in range(depth))
    yield tuple(cell(text) for _ in range(depth) for text in ("名称", "参考分值"))


def _body(card: Scorecard, depth: int) -> Iterator[tuple[Cell, ...]]:
    marks = {leaf.id: leaf for leaf in card.leaves}

    def walk(node: Indicator, level: int, before: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
        share = show(node.printed_full_marks or node.full_marks)
        if node.is_leaf:
            left = depth - level
            here = (Cell(node.name, columns=2 * left - 1 if left > 1 else 1), Cell(share))
            yield (*before, *here, *_leaf(node, marks[node.id]))
            return
        height = sum(1 for _ in _leaves(node))
        here = (Cell(node.name, rows=height), Cell(share, rows=height))
        for number, child in enumerate(node.children):
            yield from walk(child, level + 1, (*before, *here) if number == 0 else ())

    for top in card.framework.indicators:
        yield from walk(top, 0, ())


def _leaves(node: Indicator) -> Iterator[Indicator]:
    if node.is_leaf:
        yield node
    for child in node.children:
        yield from _leaves(child)


def _leaf(node: Indicator, leaf: LeafMarks) -> tuple[Cell, ...]:
    marks = "【待补】" if leaf.marks is None else show(leaf.marks)
    return (Cell(node.description, align="left"), Cell(leaf.standard, align="left"), Cell(marks))


def _total(card: Scorecard, depth: int) -> tuple[Cell, ...]:
    full = show(card.framework.full_marks)
    shares = tuple(cell for level in range(depth) for cell in (Cell("总计" if level == 0 else "-"), Cell(full)))
    return (*shares, Cell("-"), Cell("-"), Cell(show(card.marks)))


def _notes(card: Scorecard) -> Iterator[str]:
    declared = [leaf.name for leaf in card.leaves if leaf.basis == "declared"]
    missing = [leaf.name for leaf in card.leaves if leaf.marks is None]
    if declared:
        yield f"注：“{'”“'.join(declared)}”的得分为直接填报，未经数据复核。"
    if missing:
        yield f"注：“{'”“'.join(missing)}”缺少数据，尚未评分，总计为已评分指标得分之和。"
