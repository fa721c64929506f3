"""The head of a 评分表: which row it is, and what each of its columns holds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from assistant.intake.forms.grids import Grid, GridCell
from assistant.patterns import regex

Kind = Literal["level", "share", "name", "group", "description", "standard", "unused"]
_ORDINALS = "一二三四五六"
_LEVEL = regex(r"([一二三四五六1-6])级(?:评价|绩效)?指标(?:名称|内容)?")
_LEVEL_SHARE = regex(r"([一二三四五六1-6])级指标(?:的)?(?:分值|权重|标准分|满分|权重分值)")
_SHARE = regex(r"(?:参考|标准|指标|评价|考核|评分|权重|满分|设定|分项)*(?:分值|权重|标准分|满分|满分值|分数|权数)%?")
_STANDARD = regex(
    r"(?:参考|指标|评价|具体)*(?:评分|评价|计分|考核|打分|赋分|扣分|得分)(?:参考)?(?:标准|办法|细则|规则|方法|说明)(?:及.{0,6})?"
)
_DESCRIPTION = regex(
    r"(?:指标|考核|评价|评分|绩效)*(?:解释|说明|内涵|释义|含义|内容|要点|定义|描述)(?:[及和与](?:说明|解释|内容|要点|公式|计算公式))?"
)
_GROUP = regex(r"(?:评价|考核|绩效|评分|自评)?指标(?:体系|名称)?|(?:评价|考核|评分)项目|项目")
_UNUSED = regex(
    r"得分|自评|评分|扣分|备注|序号|编号|完成|来源|佐证|材料|依据|偏差|单位|性质|指标值|目标值|科室|部门|结果|整改|复核|情况|比率|得率|公式"
)
_SHARE_TEXT = regex(r"[+＋]?(\d+(?:\.\d+)?)\s*(分|%)?")


@dataclass(frozen=True, slots=True)
class Role:
    """What a head says of its column; `level` counts from 0 (None: not said)."""

    kind: Kind
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a form: names by level, shares by level (None: the leaf's), texts; `odd` are heads not understood."""

    levels: dict[int, int]
    shares: dict[int | None, int]
    descriptions: tuple[int, ...]
    standards: tuple[int, ...]
    odd: tuple[GridCell, ...] = ()
    unused: tuple[str, ...] = ()
    rows: range = field(default=range(0))


def folded(text: str) -> str:
    """A head without white space, marks and what stands in brackets behind it."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).strip("*:：")
    return re.sub(r"\([^()]*\)$", "", plain) or plain


def role_of(text: str) -> Role | None:
    """What a head's words mean, or None."""
    words = folded(text)
    if found := _LEVEL_SHARE.fullmatch(words):
        return Role("share", _ordinal(found[1]))
    if found := _LEVEL.fullmatch(words):
        return Role("level", _ordinal(found[1]))
    if words == "名称":
        return Role("name")
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("share", _SHARE), ("standard", _STANDARD), ("description", _DESCRIPTION), ("group", _GROUP),
    )  # fmt: skip
    for kind, pattern in kinds:
        if pattern.fullmatch(words):
            return Role(kind)
    return Role("unused") if words and len(words) <= 20 and _UNUSED.search(words) else None


def _ordinal(text: str) -> int:
    return _ORDINALS.index(text) if text in _ORDINALS else int(text) - 1


def share_of(text: str) -> Decimal | None:
    """25, 25分, 25% or ＋5 as a number; None for all else."""
    found = _SHARE_TEXT.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    return Decimal(found[1]) if found else None


def is_head(row: tuple[GridCell, ...], above: tuple[GridCell, ...] = ()) -> bool:
    """Whether every cell that begins in this row has a role, and there are at least two of them."""
    earlier = {cell.anchor for cell in above}
    fresh = [cell for cell in dict.fromkeys(row) if cell.text.strip() and cell.anchor not in earlier]
    roles = [role for cell in fresh if (role := role_of(cell.text))]
    return len(roles) >= 2 and len(roles) == len(fresh)


def find_head(grid: Grid) -> Columns | None:
    """The form's head, or None where the table is none."""
    for number, row in enumerate(grid.rows):
        roles = [role for cell in dict.fromkeys(row) if cell.text.strip() and (role := role_of(cell.text))]
        kinds = {role.kind for role in roles}
        if len(roles) < 2 or not kinds & {"level", "group", "name"} or kinds == {"unused", "group"}:
            continue
        last = number
        while last + 1 < len(grid.rows) and is_head(grid.rows[last + 1], grid.rows[last]):
            last += 1
        columns = _columns(grid, range(number, last + 1))
        if columns.levels and (columns.shares or columns.standards or columns.descriptions):
            return columns
    return None


def _columns(grid: Grid, head: range) -> Columns:
    levels: dict[int, int] = {}
    shares: dict[int | None, int] = {}
    texts: dict[str, list[int]] = {"description": [], "standard": []}
    odd: list[GridCell] = []
    unused: list[str] = []
    groups: list[int] = []
    anchors: set[tuple[int, int]] = set()
    for column in range(grid.width):
        stack = list(dict.fromkeys(grid.rows[row][column] for row in head))
        cells = [cell for cell in stack if cell.text.strip()]
        if not cells:
            continue
        roles = [role_of(cell.text) for cell in cells]
        said = next((r.level for r in reversed(roles) if r is not None and r.level is not None), None)
        last, cell = roles[-1], cells[-1]
        again = cell.anchor in anchors
        anchors.add(cell.anchor)
        if last is None:
            odd += [] if again else [cell]
        elif last.kind == "share":
            shares.setdefault(said if said is not None else _beside(levels, shares), column)
        elif last.kind in ("level", "name") and said is not None:
            if said in levels and again and said not in shares and _holds_shares(grid, head.stop, column):
                shares[said] = column
            levels.setdefault(said, column)
        elif last.kind in ("group", "name"):
            groups += [column] if not again or _names_more(grid, head.stop, column) else []
        elif last.kind in texts and not again:
            texts[last.kind].append(column)
        elif last.kind == "unused" and not again:
            unused.append(" ".join(cell.text.split()))
    for column in groups:
        levels.setdefault(max(levels, default=-1) + 1, column)
    ordered = dict(enumerate(levels[level] for level in sorted(levels)))
    moved = {level: number for number, level in enumerate(sorted(levels))}
    shares = {None if level is None else moved.get(level): column for level, column in shares.items()}
    if len(shares) == 1:
        shares = {None: next(iter(shares.values()))}
    return Columns(
        ordered, shares, tuple(texts["description"]), tuple(texts["standard"]), tuple(odd), tuple(unused), head
    )


def _beside(levels: dict[int, int], shares: dict[int | None, int]) -> int | None:
    """The level whose name stands left of a column of shares that says no level of its own."""
    last = max(levels, default=None)
    return last if last not in shares else None


def _holds_shares(grid: Grid, first: int, column: int) -> bool:
    """Whether the cells below a head are numbers."""
    texts = [cell.text for cell in dict.fromkeys(row[column] for row in grid.rows[first:]) if cell.text.strip()]
    return bool(texts) and sum(share_of(text) is not None for text in texts) * 2 > len(texts)


def _names_more(grid: Grid, first: int, column: int) -> bool:
    """Whether a column under a merged head 评价指标 holds names of its own."""
    own = [
        row for row in grid.rows[first:] if row[column].text.strip() and (not column or row[column] != row[column - 1])
    ]
    return bool(own) and not _holds_shares(grid, first, column)
