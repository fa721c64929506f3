"""附件: the score table in the form in which it was issued, cells of the higher levels merged over their leaves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.appendix import Appendix, AppendixColumn
from assistant.drafting.words import quoted
from assistant.frameworks import Indicator
from assistant.outlines import named
from assistant.report.blocks import Align, Cell, Heading, Landscape, Table
from assistant.report.leaf_cells import LeafCells
from assistant.rules import show

LEVELS = "一二三四五六"
_NAME, _SHARE, _LEAF = 1.2, 0.8, 2.0
_SHORT = ("full_marks", "marks", "rate", "target", "achieved", "completion")
"""Columns of a few characters, set in the middle."""


def score_table(cells: LeafCells, appendix: Appendix) -> Landscape:
    """The appendix: heading, table, and notes on what the table alone does not say."""
    card = cells.card
    depth = max(len(leaf.path) for leaf in card.leaves)
    columns = _columns(appendix)
    first = {"each_level": 0, "below_first": min(1, depth - 1), "leaf": depth}[appendix.shares]
    share = appendix.share or ("参考分值" if first == 0 else "分值")
    head = tuple(_split_head(depth, share, columns) if first == 0 else _plain_head(depth, first, share, columns))
    names = (
        width for level in range(depth) for width in ((_NAME, _SHARE) if level >= first else (_name(level, depth),))
    )
    table = Table(
        (*head, *_body(cells, depth, columns, first), _total(cells, depth, columns, appendix.total, first)),
        (*names, *(column.share for column in columns)),
        header_rows=len(head),
        caption=named(appendix.caption, card.year, card.unit),
        notes=tuple(score_notes(cells)),
    )
    return Landscape((Heading(1, named(appendix.heading, card.year, card.unit)), table))


def _name(level: int, depth: int) -> float:
    """The width of names without a share beside them: the leaves' are the longest."""
    return _LEAF if level == depth - 1 and depth > 1 else _NAME


def level_name(level: int, depth: int) -> str:
    """一级指标, 二级指标 …; of a table with one level, 指标."""
    return f"{LEVELS[level]}级指标" if depth > 1 else "指标"


def _columns(appendix: Appendix) -> tuple[AppendixColumn, ...]:
    """The columns right of the names, with one for the leaves' shares where the levels print none."""
    if appendix.shares != "leaf" or any(column.kind == "full_marks" for column in appendix.columns):
        return appendix.columns
    return (AppendixColumn(kind="full_marks", label=appendix.share), *appendix.columns)


def _split_head(depth: int, share: str, columns: tuple[AppendixColumn, ...]) -> Iterator[tuple[Cell, ...]]:
    yield (_head("评价指标", 2 * depth), *(_head(column.head, rows=3) for column in columns))
    yield tuple(_head(level_name(level, depth), 2) for level in range(depth))
    yield tuple(_head(text) for _ in range(depth) for text in ("名称", share))


def _plain_head(depth: int, first: int, share: str, columns: tuple[AppendixColumn, ...]) -> Iterator[tuple[Cell, ...]]:
    """One row; the levels from `first` on have their shares beside them."""
    names = (
        text for level in range(depth) for text in (level_name(level, depth), *((share,) if level >= first else ()))
    )
    yield (*(_head(text) for text in names), *(_head(column.head) for column in columns))


def _head(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, columns, rows, header=True)


def _body(cells: LeafCells, depth: int, columns: tuple[AppendixColumn, ...], first: int) -> Iterator[tuple[Cell, ...]]:
    def walk(node: Indicator, level: int, before: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
        levels = range(level, depth if node.is_leaf else level + 1)
        height = sum(1 for _ in node.leaves())
        share = (Cell(cells.share(node), rows=height),) if levels[-1] >= first else ()
        width = sum(2 if at >= first else 1 for at in levels) - len(share)
        here = (Cell(node.name, columns=width, rows=height), *share)
        if node.is_leaf:
            yield (*before, *here, *_leaf(cells, node, columns))
            return
        for number, child in enumerate(node.children):
            yield from walk(child, level + 1, (*before, *here) if number == 0 else ())

    for top in cells.card.framework.indicators:
        yield from walk(top, 0, ())


def _leaf(cells: LeafCells, node: Indicator, columns: tuple[AppendixColumn, ...]) -> Iterator[Cell]:
    leaf = cells.card.leaf(node.id)
    for column in columns:
        align: Align = "center" if column.kind in _SHORT else "left"
        yield Cell(cells.text(column.kind, node, leaf), align=align)


def _total(
    cells: LeafCells, depth: int, columns: tuple[AppendixColumn, ...], name: str, first: int
) -> tuple[Cell, ...]:
    card = cells.card
    full = show(card.framework.full_marks)
    rate = cells.ledger.get("rate.total")
    told = {"full_marks": full, "marks": show(card.marks), "rate": rate.printed() if rate else "-"}
    tail = (Cell(told.get(column.kind, "-")) for column in columns)
    if first == depth:
        return (Cell(name, columns=depth), *tail)
    below = (cell for _ in range(first + 1, depth) for cell in (Cell("-"), Cell(full)))
    return (Cell(name, columns=first + 1), Cell(full), *below, *tail)


def score_notes(cells: LeafCells, as_issued: bool = True) -> Iterator[str]:
    """What stands under the table: marks nobody verified, gaps, 不适用, what the unit changed; where the table prints the shares of
    the form as issued, that form's own slips."""
    card, policy = cells.card, cells.card.framework.not_applicable
    declared = [leaf.called for leaf in card.leaves if leaf.basis == "declared"]
    missing = [leaf.called for leaf in card.leaves if leaf.marks is None]
    if declared:
        yield f"注：{_quoted(declared)}的得分为直接填报，未经数据复核。"
    if missing:
        yield f"注：{_quoted(missing)}缺少数据，尚未评分，总计为已评分指标得分之和。"
    if as_issued:
        yield from _slips(cells)
    waived = [leaf.called for leaf in card.leaves if leaf.waived]
    if waived:
        how = {
            "full": "按规定视同满分", "pro_rata": "不计分，总得分按适用指标的分值折算", "siblings": "分值并入同级指标",
        }[policy]  # fmt: skip
        yield f"注：{_quoted(waived)}不适用于本单位，{how}。"
    if "full_marks.applicable" in cells.ledger and "marks.raw" in cells.ledger:
        worth, raw = cells.ledger["full_marks.applicable"], cells.ledger["marks.raw"]
        yield f"注：{worth.label}{worth.printed()}，{raw.label}{raw.printed()}，总得分由此折算为{show(card.marks)}分。"
    yield from _changes(cells)


def _slips(cells: LeafCells) -> Iterator[str]:
    """Where the issued form prints another share than its own leaves (or a leaf's standard) add up to."""
    for node in cells.card.framework.nodes():
        own = sum((leaf.full_marks for leaf in node.leaves()), Decimal(0))
        if node.printed_full_marks is None or node.printed_full_marks == own:
            continue
        stands = "评分标准" if node.is_leaf else "下级指标"
        yield (
            f"注：{quoted(node.name)}的{stands}分值合计{show(own)}分，原表分值印为{show(node.printed_full_marks)}分；"
            f"表中照原表列出，得分按{stands}计算。"
        )


def _changes(cells: LeafCells) -> Iterator[str]:
    """Re-weighted shares and indicators of the unit's own."""
    changes = cells.case.changes
    moved = [c for c in changes if c.kind == "分值调整"]
    if moved:
        told = "；".join(
            f"{quoted(c.indicator)}原分值{c.before}分，调整后分值{c.after}分（{c.basis.rstrip('。')}）" for c in moved
        )
        yield f"注：{told}。"
    own = [c for c in changes if c.kind == "自设指标"]
    if own:
        parents = tuple(dict.fromkeys(c.basis.removesuffix("的指标由单位自设") for c in own))
        yield f"注：{_quoted(parents)}的下级指标及其分值由本单位自设，分值合计与上级指标分值一致。"


def _quoted(names: tuple[str, ...] | list[str]) -> str:
    return "".join(map(quoted, names))
