"""The rows of a 评分表 as a tree: names, shares and wording of each indicator, and what did not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.intake.forms.grids import Grid, GridCell, title_of
from assistant.intake.forms.heads import Columns, find_head, folded, is_head, share_of
from assistant.patterns import regex
from assistant.rules import show

_TOTAL = regex(r"(?:合计|总计|总分|小计|总得分|总体得分|得分合计|合计得分|满分|总分值)(?:情况)?")
_NOTE = regex(r"注|备注|说明|填表|填报|评价人|审核|单位负责人|联系")
_INNER_SHARE = regex(r"(.+?)[(（]\s*(\d+(?:\.\d+)?)\s*(?:分|%)\s*[)）]")
_SECTION = regex(r"[一二三四五六七八九十]+、.{1,24}$|.{1,20}[（(]\d+(?:\.\d+)?分[）)]$")
_BONUS = regex(r"加减分|加分|附加分|奖励分")
_GAP = regex(r"(?<=[⺀-鿿，。；：、（）“”]) (?=[⺀-鿿，。；：、（）“”])")
Anchor = tuple[int, tuple[int, int]]


@dataclass(eq=False)
class Node:
    """An indicator on its way into a framework: `share` as the form prints it, `place` the cell of its name."""

    name: str
    place: str
    level: int
    anchor: Anchor
    share: Decimal | None = None
    bonus: bool = False
    children: list[Node] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    standards: list[str] = field(default_factory=list)

    def leaves(self) -> Iterator[Node]:
        """The leaves under it, itself if it is one."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass
class Form:
    """What was read: the first level, the printed total, and what a clerk has to be told, each with its cell."""

    nodes: list[Node] = field(default_factory=list[Node])
    total: Decimal | None = None
    told: list[str] = field(default_factory=list)
    title: str = ""

    @property
    def size(self) -> int:
        """How many indicators are scored."""
        return sum(1 for node in self.nodes for _ in node.leaves())


def read_form(grids: list[Grid]) -> Form:
    """The indicators of all tables in order, over page breaks; where the file holds several forms, the one with most of them.

    A table without a head goes on where the one before of the same width ended; one with a head does where its indicators do.
    """
    forms: list[tuple[Form, Grid]] = []
    reader: _Reader | None = None
    told: list[str] = []
    for number, grid in enumerate(grids):
        columns = find_head(grid)
        if columns is None and (reader is None or reader.width != grid.width):
            told.append(f"{grid.place}：没有评分表的表头（一级指标、分值、评分标准……），没有采用")
            continue
        if columns is not None and (reader is None or not _continues(reader, columns, grid)):
            forms.append((Form(title=title_of(grid, columns.rows.start)), grid))
            reader = _Reader(forms[-1][0], columns, grid.width)
        assert reader is not None
        if columns is not None:
            reader.columns = columns
            reader.form.told += [f"{c.place}：看不懂表头“{one_line(c.text)}”，这一列没有采用" for c in columns.odd]
        reader.read(grid, number)
    if not forms:
        return Form(told=told)
    best, _ = max(forms, key=lambda found: found[0].size)
    others = [f"{grid.place}：另一张评分表（{form.size}项指标），没有采用" for form, grid in forms if form is not best]
    best.told += others + told
    return best


def _continues(reader: _Reader, columns: Columns, grid: Grid) -> bool:
    """Whether a table with a head of its own is the next page of the form: it begins no indicator that was there already."""
    if reader.width != grid.width or len(columns.levels) != len(reader.columns.levels):
        return False
    page = Form()
    _Reader(page, columns, grid.width).read(grid, 0)
    seen = [node.name for node in reader.form.nodes]
    return not {node.name for node in page.nodes if node.level == 0} & set(seen[:-1])


class _Reader:
    """Reads rows under one head; the way down to the current indicator is kept over page breaks."""

    def __init__(self, form: Form, columns: Columns, width: int) -> None:
        self.form, self.columns, self.width = form, columns, width
        self.path: dict[int, Node] = {}
        self.spans: dict[Anchor, tuple[GridCell, int | None, list[Node]]] = {}
        self.taken: set[Anchor] = set()

    def read(self, grid: Grid, number: int) -> None:
        """All rows of a table."""
        start = self.columns.rows.stop if find_head(grid) is not None else 0
        for row in grid.rows[start:]:
            texts = [cell for cell in dict.fromkeys(row) if cell.text.strip()]
            if not texts or is_head(row):
                continue
            if _TOTAL.fullmatch(folded(texts[0].text)):
                self._total(row, texts[0])
            elif len(texts) == 1 and row.count(texts[0]) * 2 > self.width and _SECTION.match(one_line(texts[0].text)):
                self._section(texts[0], number)
            elif len(texts) == 1 and (_NOTE.match(texts[0].text) or row.count(texts[0]) * 2 > self.width):
                self.form.told.append(f"{texts[0].place}：按说明文字处理，没有采用（{_short(texts[0].text)}）")
            else:
                self._row(row, number)
        self._settle()

    def _section(self, cell: GridCell, table: int) -> None:
        """A row over the whole width that names an indicator above the columns of names: 一、投入（30分）."""
        node = Node(one_line(cell.text), cell.place, -1, (table, cell.anchor))
        self.form.nodes.append(node)
        self.path = {-1: node}

    def _total(self, row: tuple[GridCell, ...], label: GridCell) -> None:
        if folded(label.text) == "小计":
            self.form.told.append(f"{label.place}：小计行不算一项指标")
            return
        shares = (share_of(row[column].text) for column in self.columns.shares.values() if row[column] != label)
        self.form.total = next((share for share in shares if share is not None), self.form.total)

    def _row(self, row: tuple[GridCell, ...], table: int) -> None:
        self._walk(row, table)
        leaf = self.path[max(self.path)] if self.path else None
        if leaf is None:
            self.form.told.append(f"{row[0].place}：这一行没有指标名称，没有采用")
            return
        for level, column in self.columns.shares.items():
            cell = row[column]
            if cell.text.strip() and not any(cell == row[c] for c in self.columns.levels.values()):
                self._share(cell, level, leaf, table)
        for columns, texts in (
            (self.columns.descriptions, leaf.descriptions), (self.columns.standards, leaf.standards),
        ):  # fmt: skip
            for column in columns:
                cell = row[column]
                anchor = (table, cell.anchor)
                if cell.text.strip() and anchor not in self.taken:
                    self.taken.add(anchor)
                    texts.append(cell.text.strip())

    def _walk(self, row: tuple[GridCell, ...], table: int) -> None:
        """Goes down to the row's indicator."""
        changed = False
        used: set[tuple[int, int]] = set()
        deepest = max(self.columns.levels)
        for level, column in self.columns.levels.items():
            cell = row[column]
            if cell.anchor in used:
                continue
            used.add(cell.anchor)
            name = one_line(cell.text)
            if not name:
                continue
            here, anchor = self.path.get(level), (table, cell.anchor)
            if (
                not changed
                and here is not None
                and (here.anchor == anchor or self._goes_on(here, name, row, level == deepest))
            ):
                continue
            node = Node(name, cell.place, level, anchor)
            self.path = {at: above for at, above in self.path.items() if at < level}
            (self.path[max(self.path)].children if self.path else self.form.nodes).append(node)
            self.path[level] = node
            changed = True

    def _goes_on(self, here: Node, name: str, row: tuple[GridCell, ...], last: bool) -> bool:
        """Whether the same name again (after a page break, or in every row) is the same indicator."""
        if here.name != name:
            return False
        return not last or not any(row[column].text.strip() for column in self.columns.shares.values())

    def _share(self, cell: GridCell, level: int | None, leaf: Node, table: int) -> None:
        beside = self.spans.setdefault((table, cell.anchor), (cell, level, []))[2]
        if leaf not in beside:
            beside.append(leaf)

    def _settle(self) -> None:
        """Gives every share to the indicator that it stands beside, or to the one whose rows it spans."""
        for cell, level, leaves in self.spans.values():
            owner = self._owner(level, leaves)
            share = share_of(cell.text)
            if share is None:
                if _BONUS.search(cell.text) and owner is not None:
                    owner.bonus = True
                elif cell.text.strip() not in ("-", "—", "－", "/"):
                    self.form.told.append(f"{cell.place}：“{_short(cell.text)}”不是分值，没有采用")
            elif owner is None:
                self.form.told.append(f"{cell.place}：分值 {cell.text.strip()} 看不出是哪项指标的，没有采用")
            elif owner.share is None:
                owner.share = share
            elif not owner.children:
                owner.share += share
                self.form.told.append(f"{cell.place}：“{owner.name}”的分值由几行相加，现为{show(owner.share)}分")
            elif owner.share != share:
                self.form.told.append(
                    f"{cell.place}：“{owner.name}”的分值又印作{cell.text.strip()}，采用{show(owner.share)}分"
                )
        self.spans = {}

    def _owner(self, level: int | None, leaves: list[Node]) -> Node | None:
        ways = [_way(self.form.nodes, leaf) for leaf in leaves]
        common: list[Node] = [nodes[0] for nodes in zip(*ways, strict=False) if all(node is nodes[0] for node in nodes)]
        if not common:
            return None
        if level is None:
            whole = len(leaves) == sum(1 for _ in common[-1].leaves())
            return common[-1] if whole else None
        return next((node for node in common if node.level == level), common[-1])


def one_line(text: str) -> str:
    """A name without the line breaks of its cell; between Chinese characters nothing takes their place."""
    return _GAP.sub("", " ".join(text.split()))


def _way(nodes: list[Node], leaf: Node) -> list[Node]:
    """From the first level down to the leaf."""
    for node in nodes:
        if node is leaf:
            return [node]
        if below := _way(node.children, leaf):
            return [node, *below]
    return []


def split_names(form: Form) -> None:
    """投入（30分）: the share out of the name, where the form prints no other one."""
    todo = list(form.nodes)
    while todo:
        node = todo.pop()
        todo += node.children
        if node.share is None and (found := _INNER_SHARE.fullmatch(node.name)):
            node.name, node.share = found[1].strip(), Decimal(found[2])


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 24 else f"{words[:24]}……"
