"""Rows under heads -> `ScoreTable`: levels carried down, rows cut by a page joined, shared full marks, subtotals, totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.patterns import regex
from assistant.verify.scoring.heads import Role, is_head, merged, role_of
from assistant.verify.scoring.model import HUNDRED, Leaf, Parent, Points, ScoreTable, Source, Spot, distinct
from assistant.verify.scoring.rows import Row, is_subtotal, is_total, read_row

Cells = Mapping[int, Spot]

_STYLES = (
    regex(r"\s*[一二三四五六七八九十]{1,3}[、.．]"),
    regex(r"\s*[（(][一二三四五六七八九十]{1,3}[)）]"),
    regex(r"\s*\d{1,2}[、.．](?!\d)|\s*\d{1,2}\s"),
    regex(r"\s*[（(]\d{1,2}[)）]"),
    regex(r"\s*\d{1,2}\.\d{1,2}(?!\.?\d)"),
)
_FUNDS, _EXECUTION = regex(r"年度资金总额|资金总额"), regex(r"预算(?:执行|完成)率?")
_BEGINS_AGAIN = regex(r"\s*(?:1[.．、]|①|[（(]1[)）]|一是)")


@dataclass
class Builder:
    """A score table in the making."""

    source: Source
    caption: str
    of_project: bool = False
    roles: dict[int, Role] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    closed: bool = False
    has_reasons: bool = False
    _in_head: bool = False
    _head_starts: set[int] = field(default_factory=set)

    def take(self, cells: Cells) -> None:
        """Add the next row, a head or one of the body."""
        once = {cell.start: cell.words for _, cell in sorted(cells.items())}
        if is_head(once.values()):
            found = {c: role for c, cell in cells.items() if (role := role_of(cell.words)) is not None}
            self.roles = merged(self.roles, found) if self._in_head else _widened(found, cells)
            self._in_head = True
            self._head_starts = {cell.start for cell in cells.values() if not cell.blank}
            self.has_reasons = self.has_reasons or ("reason" in self.roles.values() and "marks" in self.roles.values())
            return
        self._in_head = False
        if "marks" not in self.roles.values():
            return
        row = read_row({c: cell for c, cell in cells.items() if cell.start not in self._head_starts}, self.roles)
        if row.names or row.cells or row.doubt:
            self.rows.append(row)
            self.closed = self.closed or is_total(row)

    def build(self) -> ScoreTable | None:
        """The table, None where what was read is none."""
        return _Assembly(self).build()


def _widened(roles: dict[int, Role], cells: Cells) -> dict[int, Role]:
    """A blank head beside 评价指标 is under it too: the heads of a merged cell stand in its first column."""
    for column in sorted(cells):
        if cells[column].blank and roles.get(column - 1) == "name":
            roles[column] = "name"
    return roles


class _Assembly:
    """From rows to leaves and parents."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.rows = _with_levels(builder.rows)
        self.leaves: list[Leaf] = []
        self.parents: list[Parent] = []
        self.open: dict[int, int] = {}
        self.doubts: list[str] = []
        self.full: Points | None = None
        self.total: Points | None = None
        self.total_rate: Points | None = None
        self.other_fulls: tuple[Points, ...] = ()
        self.subtotal_from = 0

    def build(self) -> ScoreTable | None:
        for at, row in enumerate(self.rows):
            self._take(row, self.rows[at + 1] if at + 1 < len(self.rows) else None)
        self._once()
        if not any(leaf.full and leaf.marks for leaf in self.leaves):
            return None
        if any(leaf.shares_full for leaf in self.leaves) and not self._foots():
            self._doubt("有指标没有印分值")
        b = self.builder
        return ScoreTable(
            b.source, b.caption, tuple(self.leaves), tuple(self.parents), self.full, self.total, self.total_rate, self.other_fulls,
            tuple(dict.fromkeys(self.doubts)), b.has_reasons, b.of_project,
        )  # fmt: skip

    def _once(self) -> None:
        """The marks for the budget's execution stand in the section of the funds too: where both print them they are one leaf."""
        printed = [(leaf, leaf.full.value, leaf.marks.value) for leaf in self.leaves if leaf.full and leaf.marks]
        rates = {(full, marks) for leaf, full, marks in printed if _EXECUTION.match(leaf.name)}
        again = {id(leaf) for leaf, full, marks in printed if _FUNDS.match(leaf.name) and (full, marks) in rates}
        self.leaves = [leaf for leaf in self.leaves if id(leaf) not in again]

    def _foots(self) -> bool:
        """Whether the full marks make the base, so that those left blank are surely shared."""
        total = sum((p.value for p in distinct([leaf.full for leaf in self.leaves if not leaf.bonus])), Decimal(0))
        return total == (self.full.value if self.full else HUNDRED)

    def _doubt(self, words: str) -> None:
        self.doubts.append(words)

    def _take(self, row: Row, after: Row | None) -> None:
        if row.doubt:
            self._doubt(row.doubt)
        if is_total(row):
            self._total(row)
        elif is_subtotal(row):
            self._subtotal(row)
        elif row.title is None:
            self._goes_on(row)
        elif row.full is None and row.marks is None:
            self._bare(row)
        elif _heads_the_next(row, after):
            self._above(row, len(row.names), marks=row.marks)
        else:
            self._leaf(row)

    def _total(self, row: Row) -> None:
        if self.total is None:
            self.full, self.total = self.full or row.full, row.marks
            self.total_rate = number(row.cells.get("rate"))
            self.other_fulls = tuple(share for share in row.fulls.values() if share is not self.full)
        elif row.marks is not None and row.marks.value != self.total.value:
            self._doubt("有几行合计")

    def _subtotal(self, row: Row) -> None:
        """A 小计 belongs to the rows since the last one, or to all of an open level: the one whose full marks it prints."""
        choices = [range(self.subtotal_from, len(self.leaves))]
        choices += [
            range(min(held), max(held) + 1)
            for parent in self.open.values()
            if (held := [n for n, leaf in enumerate(self.leaves) if parent in leaf.above])
        ]
        fitting = [c for c in choices if c and row.full is not None and self._sum(c) == row.full.value]
        fitting = fitting or [c for c in choices if c and row.marks is not None and self._marks(c) == row.marks.value]
        self.subtotal_from = len(self.leaves)
        if not fitting or row.title is None:
            self._doubt("小计对不上它上面的哪几行")
            return
        number = len(self.parents)
        top = self.parents[self.open[min(self.open)]].title if self.open else row.title
        self.parents.append(
            Parent(
                row.title._replace(words=top.called if top.called.endswith("小计") else f"{top.called}小计"),
                9,
                row.full,
                row.marks,
            )
        )
        for n in fitting[0]:
            self.leaves[n] = self.leaves[n]._replace(above=(*self.leaves[n].above, number))

    def _sum(self, places: Iterable[int]) -> Decimal:
        return sum((p.value for p in distinct([self.leaves[n].full for n in places])), Decimal(0))

    def _marks(self, places: Iterable[int]) -> Decimal:
        return sum((p.value for p in distinct([self.leaves[n].marks for n in places])), Decimal(0))

    def _goes_on(self, row: Row) -> None:
        """A row without a name: the rest of the one before, cut by the page."""
        if row.marks is not None or row.full is not None:
            self._doubt("有的行缺指标名称")
        if not self.leaves:
            return
        last = self.leaves[-1]
        standard = row.cells.get("standard")
        if standard is not None and _BEGINS_AGAIN.match(standard.words):
            self._doubt("有的行缺指标名称")
        if standard is not None or "description" in row.cells:
            self.leaves[-1] = last._replace(pieced=True)

    def _bare(self, row: Row) -> None:
        """A name with neither full marks nor marks: a level of its own, or a leaf of which nothing was read."""
        if row.title is not None and not (set(row.cells) & {"standard", "description", "target", "achieved"}):
            self._above(row, len(row.names))
        else:
            self._doubt("有指标没有分值和得分")

    def _above(self, row: Row, levels: int, marks: Points | None = None) -> None:
        """Open the levels of a row; `levels` of its names are levels above the leaves."""
        for count, depth in enumerate(sorted(row.names)[:levels], 1):
            name, last = row.names[depth], count == levels
            current = self.open.get(depth)
            if current is not None and self.parents[current].name == name.name:
                continue
            for deeper in [d for d in self.open if d >= depth]:
                del self.open[deeper]
            full = row.fulls.get(depth) or (row.full if last and marks is not None else None)
            self.open[depth] = len(self.parents)
            self.parents.append(Parent(name, depth, full, marks if last else None))

    def _leaf(self, row: Row) -> None:
        title = row.title
        if title is None:
            return
        depth = max(row.names)
        self._above(row, len(row.names) - 1)
        for deeper in [d for d in self.open if d >= depth]:
            del self.open[deeper]
        before = next((leaf for leaf in reversed(self.leaves) if leaf.full), None)
        bonus = Leaf(title, None, None).bonus
        same = (
            before is not None
            and before.full is not None
            and row.full is not None
            and before.full.spot.start == row.full.spot.start
        )
        shares = same or (row.full is None and not bonus and not row.waived and bool(self.leaves))
        if row.marks is None and not row.waived:
            self._doubt("有指标没有得分")
        cells = row.cells
        self.leaves.append(Leaf(
            title, None if shares else row.full, row.marks, tuple(self.open[d] for d in sorted(self.open)),
            number(cells.get("rate")), number(cells.get("deducted")), cells.get("standard"), cells.get("sign"), cells.get("target"), cells.get("achieved"),
            cells.get("reason"), shares, waived=row.waived,
        ))  # fmt: skip


def number(spot: Spot | None) -> Points | None:
    """The number of a cell that may not be there."""
    return None if spot is None else spot.number


def _heads_the_next(row: Row, after: Row | None) -> bool:
    """Whether a row with marks stands over the rows that follow: they leave its column blank and name a deeper level."""
    if after is None or row.title is None or after.title is None or is_total(after) or row.shifted:
        return False
    depth = max(row.names)
    return min(after.names) > depth


def _with_levels(rows: list[Row]) -> list[Row]:
    """In a table with one column of names: 一、 over （一） over 1. are levels, told by their numbering."""
    if any(len(row.names) > 1 or max(row.names, default=0) > 0 for row in rows):
        return rows
    order: list[int] = []
    styles: list[int | None] = []
    for row in rows:
        style = None
        if row.title is not None and not is_total(row):
            style = next((n for n, pattern in enumerate(_STYLES) if pattern.match(row.title.words)), None)
        if style is not None and style not in order:
            order.append(style)
        styles.append(style)
    if len(order) < 2:
        return rows
    return [
        row if style is None or row.title is None else replace(
            row, names={order.index(style): row.title}, fulls={order.index(style): row.full} if row.full else {})
        for row, style in zip(rows, styles, strict=True)
    ]  # fmt: skip
