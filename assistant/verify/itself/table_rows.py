"""The rows of a table as totals, parents and parts: by 合计, by 一、（一）其中, by the names of the field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.patterns import regex
from assistant.verify.reading.tables import Cell, Table

_TOTAL = regex(r"^[^，。；]{0,8}?(合计|总计|小计|共计|总额)(?:数|金额)?$")
_MARKS = (
    regex(r"[一二三四五六七八九十]{1,3}[、.．]"),
    regex(r"[（(][一二三四五六七八九十]{1,3}[)）]"),
    regex(r"[0-9]{1,2}[.．、](?![0-9])"),
    regex(r"[（(][0-9]{1,2}[)）]|[①-⑳]"),
)
_OF_WHICH = regex(r"其中|^[—\-]{1,2}\S")
_TOP = regex(
    r"^(?:基本支出|项目支出|经营支出|上缴上级支出|对附属单位补助支出|事业单位经营支出|结余分配|年末结转和?结余)$"
)
_INNER = regex(
    r"^(?:人员(?:经费|支出)|(?:日常)?公用(?:经费|支出)|工资福利支出|对个人和家庭的?补助(?:支出)?|商品和服务支出|资本性支出)$"
)
_KNOWN: tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...] = tuple(
    (regex(whole), tuple(regex(part) for part in parts))
    for whole, parts in (
        (r"^基本支出", (r"^人员(?:经费|支出)", r"^(?:日常)?公用(?:经费|支出)")),
        (
            r"^公务用?车(?:辆)?购置(?:费)?[及和]运行",
            (r"^公务用?车(?:辆)?购置(?:费|支出)?$|^购置费?", r"^公务用?车(?:辆)?运行|^运行"),
        ),
        (r"^三公经费(?:合计|支出)?$", (r"因公出国", r"^公务用?车(?:辆)?(?:购置(?:费)?[及和]运行|运行)", r"接待费")),
        (r"^资产总[额计]$", (r"^流动资产", r"^非流动资产")),
    )
)
_QUOTES = regex(r"[\s“”‘’\"']+")


class Row(NamedTuple):
    """A row with numbers. `level`: 1 to 4 by its mark, 0 without one; `part`: said to be 其中; `name`: without either; `bare`: without
    what stands in brackets. `whole_of`, `part_of`: which of the known wholes it is by its name, and of which it is a part.
    """

    number: int
    name: str
    level: int
    part: bool
    cells: Mapping[int, Cell]
    bare: str
    whole_of: frozenset[int]
    part_of: frozenset[int]


class Parts(NamedTuple):
    """A row and the rows that may make it up. `certain`: by their names they must; `likely`: the table has no other rows.

    `open`: 其中, which need not name everything.
    """

    total: Row
    rows: tuple[Row, ...]
    certain: bool = False
    likely: bool = False
    open: bool = False


def rows_of(table: Table, columns: Sequence[int]) -> list[Row]:
    """The rows under the heads, each called by the label next to its numbers."""
    first = min(columns, default=0)
    found = []
    for number, cells in enumerate(table.body):
        words = [_QUOTES.sub("", cells[c].words) for c in sorted(cells) if c < first]
        labels = dict.fromkeys(w for w in words if w and (not w[0].isdigit() or _MARKS[2].match(w)))
        names = list(labels)
        label = next((name for name in names if _TOTAL.match(name)), names[-1] if names else "")
        found.append(_row(number, label, cells))
    return found


def _row(number: int, label: str, cells: Mapping[int, Cell]) -> Row:
    part = bool(_OF_WHICH.match(label))
    label = re.sub(r"^其中[：:]?", "", label)
    level = 0
    for depth, mark in enumerate(_MARKS, 1):
        if found := mark.match(label):
            level, label = depth, label[found.end() :]
            break
    bare = re.sub(r"[（(][^（()）]{0,20}[)）]", "", label)
    whole_of = frozenset(n for n, (whole, _) in enumerate(_KNOWN) if whole.search(bare))
    part_of = frozenset(n for n, (_, kinds) in enumerate(_KNOWN) if any(kind.search(bare) for kind in kinds)) - whole_of
    return Row(number, label, level, part, cells, bare, whole_of, part_of)


def is_total(row: Row) -> bool:
    """Whether a row is called 合计, 总计, 小计 …"""
    return bool(_TOTAL.match(row.bare)) and not row.part


def totals(rows: Sequence[Row]) -> Iterator[list[Parts]]:
    """For each total row the ways to choose its parts, the likeliest first."""
    last_total = max((n for n, row in enumerate(rows) if is_total(row)), default=-1)
    for at, row in enumerate(rows):
        if not is_total(row):
            continue
        since = next((n + 1 for n in range(at - 1, -1, -1) if is_total(rows[n])), 0)
        until = next((n for n in range(at + 1, len(rows)) if is_total(rows[n])), len(rows))
        small = "小计" in row.name
        candidates = []
        for scope in (rows[since:at], rows[:at], rows[at + 1 : until], rows[at + 1 :]):
            flat = scope == rows[:at] and at == last_total == len(rows) - 1
            candidates += list(_choices(row, scope, flat))
            if small and candidates:
                break
        yield candidates


def _choices(total: Row, scope: Sequence[Row], flat: bool) -> Iterator[Parts]:
    plain = [row for row in scope if not is_total(row)]
    if not plain:
        return
    level = min((row.level for row in plain if row.level), default=0)
    if level:
        top = [row for row in plain if row.level == level]
        yield Parts(total, tuple(top))
    subtotals = [row for row in scope if is_total(row)]
    if subtotals:
        after = scope[scope.index(subtotals[-1]) + 1 :]
        yield Parts(total, tuple(subtotals))
        yield Parts(total, (*subtotals, *after))
    named = [row for row in plain if _TOP.match(row.bare)]
    kinds = {row.bare for row in named}
    if {"基本支出", "项目支出"} <= kinds and len(named) == len(kinds):
        others = [row for row in plain if row not in named and not _INNER.match(row.bare) and not row.part]
        yield Parts(
            total, tuple(named), certain=not others and bool(re.search(r"合计|总计", total.name)) and not subtotals
        )
    outer = _outer(plain)
    simple = (
        len(outer) == len(plain)
        and not level
        and not subtotals
        and not any(row.part_of & other.whole_of for row in plain for other in plain)
    )
    yield Parts(total, tuple(outer), likely=flat and simple and len(plain) > 1)
    if len(outer) < len(plain):
        yield Parts(total, tuple(plain))
    for count in range(2, min(len(plain), 8)):
        yield Parts(total, tuple(plain[-count:]))
        yield Parts(total, tuple(plain[:count]))


def _outer(rows: Sequence[Row]) -> list[Row]:
    """The rows that are not part of another: neither 其中, nor what by its name goes on such a list."""
    found: list[Row] = []
    inside = False
    wholes = frozenset().union(*(row.whole_of for row in rows))
    basic = any(row.bare.startswith("基本支出") for row in rows)
    for row in rows:
        inner = basic and bool(_INNER.match(row.bare))
        held = bool(row.part_of & wholes)
        inside = row.part or (inside and (inner or held))
        if not (row.part or inside or inner or held):
            found.append(row)
    return found


def groups(rows: Sequence[Row]) -> Iterator[list[Parts]]:
    """For each parent row the ways to choose its parts: by name, by marks, by 其中."""
    for at, row in enumerate(rows):
        if is_total(row):
            continue
        if (known := _by_name(rows, at)) is not None:
            yield [known]
            continue
        below = _below(rows, at)
        if len(below) >= 2 or (below and below[0].part):
            direct = [r for r in below if r.level == below[0].level]
            yield [
                Parts(row, tuple(choice), open=below[0].part)
                for choice in ([direct] if direct == below else [direct, below])
            ]


def _by_name(rows: Sequence[Row], at: int) -> Parts | None:
    """The parts of a row that its name must have: 基本支出 is 人员经费 and 公用经费."""
    for whole, kinds in _KNOWN:
        if not whole.search(rows[at].bare):
            continue
        near = [r for r in (*rows[at + 1 : at + 7], *reversed(rows[max(0, at - 4) : at])) if not is_total(r)]
        chosen = [next((r for r in near if kind.search(r.bare) and not whole.search(r.bare)), None) for kind in kinds]
        parts = [r for r in chosen if r is not None]
        if len(parts) == len(kinds) and len({r.number for r in parts}) == len(parts):
            return Parts(rows[at], tuple(parts), certain=True)
    return None


def _below(rows: Sequence[Row], at: int) -> list[Row]:
    """The rows under a row that may be its parts."""
    own = rows[at]
    found: list[Row] = []
    if own.part:
        return []
    for row in rows[at + 1 :]:
        if is_total(row) or (own.level and row.level and row.level <= own.level):
            break
        if not own.level and not row.part and not (found and (_INNER.match(row.bare) or row.level)):
            break
        found.append(row)
    return found
