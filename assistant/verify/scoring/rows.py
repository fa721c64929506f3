"""One row of a score table, cell by cell: by the heads over its columns, or, where a page has shifted them, by what the cells hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.patterns import regex
from assistant.verify.scoring.heads import Role
from assistant.verify.scoring.model import AS_FULL, BONUS, Points, Spot

_LONGEST_NAME = 40
_SENTENCE = regex(r"[。；;=＝≥≤]|是否|，.{6}")
_NAME_WITH_SHARE = regex(r"(.{2,30}?)\s{1,4}(\d{1,2}(?:\.\d{1,2})?)$")
_SHARE_IN_NAME = regex(
    r"[（(]\s{0,3}(?:满分|分值|权重)?[：:]?\s{0,3}(\d{1,3}(?:\.\d{1,2})?)\s{0,3}分\s{0,3}[)）]\s{0,3}$"
)
TOTAL = regex(
    r"^(?:自评|绩效|评价|指标|综合|最终|得分|分值|合计)*(?:合计|总计|总分|总得分|总分值|总评分|得分合计|综合得分|最终得分|自评得分|总得分情况)(?:情况|[（(].{0,10}[)）])?$"
)
SUBTOTAL = regex(r"小计")
WAIVED = regex(r"\s*(?:本?(?:指标|项|单位|部门)?)?(?:不适用|不计分|不涉及|不参评|不参与评|未涉及)")
"""An indicator that does not apply has no marks, and its full marks are not counted."""
_AS_FULL = regex(AS_FULL)
"""Where it does not apply and the rules give it all its marks."""


@dataclass
class Row:
    """A row as read. `names` and `fulls` by level from 0; `full` and `marks` are the leaf's (or the total's)."""

    names: dict[int, Spot] = field(default_factory=dict)
    fulls: dict[int, Points] = field(default_factory=dict)
    full: Points | None = None
    marks: Points | None = None
    cells: dict[Role, Spot] = field(default_factory=dict)
    numbers: tuple[Points, ...] = ()
    shifted: bool = False
    waived: bool = False
    doubt: str = ""

    @property
    def title(self) -> Spot | None:
        """The name of the lowest level that has one."""
        return self.names[max(self.names)] if self.names else None


def read_row(cells: Mapping[int, Spot], roles: Mapping[int, Role]) -> Row:
    """The row under these heads. What fits neither way has a `doubt`; what says 不适用 and has no marks is `waived`."""
    row = _read(cells, roles)
    given = [cells[column] for column, role in roles.items() if role == "marks" and column in cells]
    if row.marks is None and any(_AS_FULL.fullmatch(cell.words.strip()) for cell in given):
        row.marks = row.full
    row.waived = row.marks is None and any(WAIVED.match(cell.words) for cell in cells.values())
    return row


def _read(cells: Mapping[int, Spot], roles: Mapping[int, Role]) -> Row:
    if {"budget", "executed"} & set(roles.values()):
        return _of_funds(cells, roles)
    if (first := _first(cells)) is not None and (TOTAL.match(_tight(first.words)) or SUBTOTAL.search(first.words)):
        return _of_total(cells, roles, first)
    if _fits(cells, roles):
        return _by_columns(cells, roles)
    return _by_sequence(cells, sum(role == "name" for role in roles.values()))


def is_total(row: Row) -> bool:
    """Whether it is the row of the totals."""
    return row.title is not None and bool(TOTAL.match(_tight(row.title.words)))


def is_subtotal(row: Row) -> bool:
    """Whether it adds up the rows above it."""
    return row.title is not None and bool(SUBTOTAL.search(row.title.words)) and len(row.title.words) < 20


def share_in_name(title: Spot) -> Points | None:
    """The full marks that a name brings along: 预算执行（10分）."""
    found = _SHARE_IN_NAME.search(title.words)
    return None if found is None else Spot(found[1], title.start + found.start(1), title.start + found.end(1)).number


def _tight(words: str) -> str:
    return re.sub(r"\s", "", words).rstrip("：:")


def _first(cells: Mapping[int, Spot]) -> Spot | None:
    return next((cells[c] for c in sorted(cells) if not cells[c].blank), None)


def _fits(cells: Mapping[int, Spot], roles: Mapping[int, Role]) -> bool:
    """Whether what stands in each column is of the kind that its head says."""
    for column, role in roles.items():
        cell = cells.get(column)
        if cell is None or cell.blank:
            continue
        number = cell.number
        if role == "name" and len(cell.words) > _LONGEST_NAME:
            return False
        if role == "name" and number is not None and not _is_ordinal(cells, roles, column):
            return False
        if role in ("full", "marks") and number is None and not BONUS.search(cell.words) and role == "full":
            return False
        if role == "marks" and number is None and len(cell.words) > 8:
            return False
        if role in ("description", "standard") and number is not None:
            return False
    return True


def _is_ordinal(cells: Mapping[int, Spot], roles: Mapping[int, Role], column: int) -> bool:
    """Whether a number among the names is the row's own: the name follows in the next column."""
    after = cells.get(column + 1)
    return roles.get(column + 1) == "name" and after is not None and not after.blank and after.number is None


def _by_columns(cells: Mapping[int, Spot], roles: Mapping[int, Role]) -> Row:
    row = Row()
    level = -1
    seen: set[int] = set()
    for column in sorted(roles):
        role, cell = roles[column], cells.get(column)
        level += role == "name"
        if cell is None or cell.blank or (role != "full" and cell.start in seen):
            continue
        seen.add(cell.start)
        _put(row, role, cell, level)
    _shares(row, roles)
    return row


def _put(row: Row, role: Role, cell: Spot, level: int) -> None:
    """Add a cell to its row; a number among the names is the row's own (序号) and no name."""
    number = cell.number
    if role == "name":
        if number is None:
            row.names[level] = cell
    elif role == "full":
        if number is not None:
            row.full = row.fulls[max(level, 0)] = number
    elif role == "marks":
        row.marks = row.marks or number
    else:
        row.cells.setdefault(role, cell)


def _shares(row: Row, roles: Mapping[int, Role]) -> None:
    """Whose the full marks are: a column's behind each level, the leaf's behind all names, or in the names themselves."""
    names = [column for column, role in roles.items() if role == "name"]
    shares = [column for column, role in roles.items() if role == "full"]
    if row.names and (len(shares) > 1 or (names and shares and max(shares) < max(names))):
        row.full = row.fulls.get(max(row.names))
    for at, cell in row.names.items():
        row.names[at], share = _split(cell)
        if share is not None:
            row.fulls.setdefault(at, share)
    if row.full is None and row.names:
        row.full = row.fulls.get(max(row.names))


def _by_sequence(cells: Mapping[int, Spot], levels: int) -> Row:
    """名称 [分值] … 名称 分值, long words, 得分, words: told by kind, not by column."""
    row = Row(shifted=True)
    names: list[tuple[Spot, Points | None]] = []
    texts: list[Spot] = []
    after: list[Points] = []
    stray = False
    for cell in _in_order(cells):
        number = cell.number
        if after and number is None:
            row.cells.setdefault("reason", cell)
        elif number is not None and texts:
            after.append(number)
        elif number is not None:
            stray = stray or not names or names[-1][1] is not None
            if names and names[-1][1] is None:
                names[-1] = (names[-1][0], number)
        elif texts or len(cell.words) > _LONGEST_NAME or _SENTENCE.search(cell.words):
            texts.append(cell)
        else:
            names.append(_split(cell))
    for at, (name, share) in enumerate(names):
        level = max(0, levels - len(names)) + at
        row.names[level] = name
        if share is not None:
            row.fulls[level] = share
    row.full = names[-1][1] if names else None
    row.marks = after[0] if len(after) == 1 else None
    if len(texts) > 1:
        row.cells["description"], row.cells["standard"] = texts[0], texts[1]
    elif texts:
        row.cells["standard"] = texts[0]
    if stray or len(after) > 1 or (names and (row.full is None or row.marks is None)) or (not names and after):
        row.doubt = "有的行因分页或合并单元格错了列"
    return row


def _split(cell: Spot) -> tuple[Spot, Points | None]:
    found = _NAME_WITH_SHARE.match(cell.words)
    if found is None:
        return cell, share_in_name(cell)
    at = cell.start + found.start(2)
    return Spot(found[1], cell.start, cell.start + found.end(1)), Spot(found[2], at, at + len(found[2])).number


def _in_order(cells: Mapping[int, Spot]) -> Sequence[Spot]:
    """The cells with words in them, a merged one once."""
    found: dict[int, Spot] = {}
    for column in sorted(cells):
        if not cells[column].blank:
            found.setdefault(cells[column].start, cells[column])
    return list(found.values())


def _of_total(cells: Mapping[int, Spot], roles: Mapping[int, Role], first: Spot) -> Row:
    row = Row(names={0: first})
    for column, role in sorted(roles.items()):
        cell = cells.get(column)
        if cell is None or cell.start == first.start or (number := cell.number) is None:
            continue
        if role == "full":
            row.full = row.fulls[column] = number
        elif role == "marks":
            row.marks = row.marks or number
        elif role in ("rate", "deducted"):
            row.cells.setdefault(role, cell)
    row.numbers = tuple(
        n
        for cell in _in_order(cells)
        if (n := cell.number) is not None and "%" not in cell.words and "％" not in cell.words
    )
    if row.marks is None:
        spare = [n for n in row.numbers if row.full is None or n.spot.start != row.full.spot.start]
        if row.full is None and len(spare) > 1:
            row.full, row.marks = spare[0], spare[1]
        elif len(spare) == 1 and (row.full is not None or "得分" in first.words):
            row.marks = spare[0]
    return row


def _of_funds(cells: Mapping[int, Spot], roles: Mapping[int, Role]) -> Row:
    """年度资金总额 of the official form: the marks for the year's budget execution stand in a section of their own."""
    row = Row()
    title = next((cell for cell in _in_order(cells) if cell.number is None and len(cell.words) <= _LONGEST_NAME), None)
    if title is not None:
        row.names[0] = title
    for column, role in sorted(roles.items()):
        cell = cells.get(column)
        if cell is None or cell.blank:
            continue
        if role == "full":
            row.full = cell.number
        elif role == "marks":
            row.marks = cell.number
        elif role == "achieved":
            row.cells["achieved"] = cell
    if row.full is None or row.marks is None:
        return Row()
    return row
