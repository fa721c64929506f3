"""Several score tables of one report: which of them mark the same thing, and where they contradict one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.verify.reading.reading import Reading
from assistant.verify.scoring import Points, ScoreTable, distinct, told

_Entry = tuple[str, Decimal | None, Decimal | None, Points]
"""Name as printed, full marks, marks, and a place."""
_SUFFIX = regex(r"类?指标$")
_MOST = 4
_MOST_TABLES = 20
"""So many score tables, the largest, are compared with one another: a report has three or four."""


def same_scope(tables: Sequence[ScoreTable]) -> list[list[ScoreTable]]:
    """The tables in groups that mark the same thing: at least two names, and half of the smaller one's, are the other's too."""
    groups: list[list[ScoreTable]] = []
    names_of: list[list[set[str]]] = []
    for table in sorted(tables, key=lambda t: -len(t.leaves))[:_MOST_TABLES]:
        names = set(_entries(table))
        for group, others in zip(groups, names_of, strict=True):
            if any(len(names & other) >= max(2, min(len(names), len(other)) / 2) for other in others):
                group.append(table)
                others.append(names)
                break
        else:
            groups.append([table])
            names_of.append([names])
    return groups


def contradicting_tables(reading: Reading, doubted: Set[int]) -> Iterator[Finding]:
    """An indicator with other full marks or marks in one table than in another: one finding for two tables."""
    for group in same_scope([table for table in reading.score_tables if not table.of_project]):
        for at, table in enumerate(group):
            for other in group[at + 1 :]:
                yield from _compared(reading, table, other, doubted)


def _compared(reading: Reading, table: ScoreTable, other: ScoreTable, doubted: Set[int]) -> Iterator[Finding]:
    left, right = _entries(table, doubted), _entries(other, doubted)
    told_of, first = [], None
    for name in left.keys() & right.keys():
        (called, full, marks, _), (_, other_full, other_marks, place) = left[name], right[name]
        for word, one, two in (("分值", full, other_full), ("得分", marks, other_marks)):
            if one is not None and two is not None and one != two:
                told_of.append((place.spot.start, f"“{called}”{word}一处为{told(one)}分，一处为{told(two)}分"))
                first = place if first is None or place.spot.start < first.spot.start else first
    if first is None:
        return
    lines = [words for _, words in sorted(told_of)]
    more = f"等{len(lines)}处" if len(lines) > _MOST else ""
    yield Finding(
        "contradiction", "error",
        f"{reading.text.place(table.start)}与{reading.text.place(other.start)}的评分不一致：{'；'.join(lines[:_MOST])}{more}。请改成一致。",
        quote=first.spot.words, start=first.spot.start, end=first.spot.end,
    )  # fmt: skip


def gaps_between(table: ScoreTable, other: ScoreTable) -> set[Decimal]:
    """By how much the marks differ that both tables name: each difference, and all of them together."""
    left, right = _entries(table), _entries(other)
    pairs = [(left[name][2], right[name][2]) for name in left.keys() & right.keys()]
    gaps = [one - two for one, two in pairs if one is not None and two is not None and one != two]
    return {abs(gap) for gap in (*gaps, sum(gaps, Decimal(0))) if gap}


def _entries(table: ScoreTable, doubted: Set[int] = frozenset()) -> dict[str, _Entry]:
    """Each name of a table once, with its full marks and marks; a parent without its own marks has the sum of its leaves'.

    What holds a number that stands at one of the `doubted` places is left out.
    """
    found: dict[str, _Entry | None] = {}
    for leaf in table.leaves:
        place = leaf.marks or leaf.full
        if place is not None and not doubted & {p.spot.start for p in (leaf.full, leaf.marks) if p}:
            full = None if leaf.full is None or leaf.shares_full else leaf.full.value
            entry = (leaf.called, full, leaf.marks.value if leaf.marks else None, place)
            name = _key(leaf.name)
            found[name] = None if name in found else entry
    for number, parent in enumerate(table.parents):
        leaves = table.under(number)
        place = next((leaf.marks for leaf in leaves if leaf.marks), None)
        held = {p.spot.start for leaf in leaves for p in (leaf.full, leaf.marks) if p}
        if parent.depth > 3 or place is None or doubted & held:
            continue
        whole = table.whole
        full = (
            parent.full.value if parent.full else None
        )  # a rubric as issued may not foot; what is not printed is not held against it
        marks = parent.marks.value if parent.marks else _added([leaf.marks for leaf in leaves]) if whole else None
        entry = (parent.called, full, marks, place)
        name = _key(parent.name)
        found[name] = None if name in found else entry
    return {name: entry for name, entry in found.items() if entry is not None}


def _key(name: str) -> str:
    """投入类指标 in the prose is 投入 in the table."""
    return _SUFFIX.sub("", name) or name


def _added(points: Sequence[Points | None]) -> Decimal:
    return sum((one.value for one in distinct(list(points))), Decimal(0))
