"""得分与分值: leaf marks make their parents and the total, full marks make theirs and the base, and the prose says the same.

Marks are exact numbers: they are added as printed, and no remainder is allowed (field notes, rule 2). A sum that holds a number
already found wrong is not told again.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.findings import Finding
from assistant.numbers import round_half_up
from assistant.verify.itself.mark_sums import WAIVED, Doubted, added, broken, sums
from assistant.verify.itself.mark_totals import all_totals
from assistant.verify.itself.own_rule import contradicted
from assistant.verify.itself.tables_of_marks import contradicting_tables
from assistant.verify.reading.reading import Reading
from assistant.verify.scoring import Leaf, Points, ScoreTable, distinct, told
from assistant.verify.scoring.concluded import USUAL, grade_of, grades, own_floors, thresholds, totals
from assistant.verify.scoring.model import HUNDRED

_MEANT = {"一般": "中", "合格": "中", "及格": "中", "中等": "中", "较差": "差", "不合格": "差", "不及格": "差"}
"""Other words for the usual grades."""


def marks(reading: Reading) -> Iterator[Finding]:
    """Findings on the marks of every score table of the document."""
    doubted = set(contradicted(reading))
    for table in reading.score_tables:
        yield from _rows(reading, table, doubted)
        yield from _of_totals(reading, table)
    for table in reading.score_tables:
        if table.whole:
            given = [mark for leaf in table.leaves for mark in (leaf.full, leaf.marks) if mark is not None]
            reading.held(*(mark.spot.start for mark in given))
            yield from sums(reading, table, doubted)
    yield from contradicting_tables(reading, doubted)
    yield from all_totals(reading, doubted)
    yield from _grades(reading)


def _rows(reading: Reading, table: ScoreTable, doubted: Doubted) -> Iterator[Finding]:
    """Marks above full marks, below nothing, and rates of marks; the numbers concerned join `doubted`."""
    with_bonus = _with_bonus(reading)
    for full, leaves in table.full_groups():
        if (len(leaves) > 1 and not table.whole) or any(leaf.name in with_bonus for leaf in leaves):
            continue
        given = distinct([leaf.marks for leaf in leaves])
        total = sum((one.value for one in given), Decimal(0))
        if given and total > full.value and not any(leaf.bonus for leaf in leaves):
            names = "、".join(leaf.called for leaf in leaves)
            yield broken(
                reading, "rule", given[0],
                f"“{names}”得{told(total)}分，超过分值{full.told}分（{reading.text.place(full.spot.start)}）。请核对得分或分值。",
                f"不超过{full.told}分",
            )  # fmt: skip
            doubted |= {full.spot.start, *(one.spot.start for one in given)}
        elif full.value > 0:
            yield from _beside(reading, full, leaves[0]) if len(leaves) == 1 else ()
    for leaf in table.leaves:
        if leaf.marks is not None and leaf.marks.value < 0 and not leaf.bonus:
            words = f"“{leaf.called}”得分为{leaf.marks.told}分，得分不能小于0。请核对。"
            yield broken(reading, "rule", leaf.marks, words, "不小于0")
            doubted.add(leaf.marks.spot.start)


def _with_bonus(reading: Reading) -> set[str]:
    """The names of the levels that have a bonus among their leaves: their marks may exceed their full marks."""
    return {
        table.parents[above].name
        for table in reading.score_tables
        for leaf in table.leaves
        if leaf.bonus
        for above in leaf.above
    }


def _beside(reading: Reading, full: Points, leaf: Leaf) -> Iterator[Finding]:
    """得分率 and 扣分 of a row against its full marks and marks."""
    if leaf.marks is None:
        return
    if leaf.rate is not None:
        yield from _rate(reading, leaf.called, full, leaf.marks, leaf.rate)
    if leaf.deducted is not None and abs(leaf.deducted.value) != full.value - leaf.marks.value:
        due = told(full.value - leaf.marks.value)
        yield broken(
            reading, "arithmetic", leaf.deducted,
            f"“{leaf.called}”写扣{leaf.deducted.told.lstrip('-')}分，分值{full.told}-得分{leaf.marks.told}是扣{due}分。请核对得分和扣分。", f"{due}分",
        )  # fmt: skip


def _rate(reading: Reading, name: str, full: Points, marks: Points, printed: Points) -> Iterator[Finding]:
    """得分率 is marks by full marks, printed in % or as a fraction."""
    rate = marks.value / full.value * HUNDRED
    due = round_half_up(rate, printed.step)
    if printed.value in (due, round_half_up(rate / HUNDRED, printed.step)):
        return
    if due < printed.value <= HUNDRED and WAIVED.search(reading.text.text):
        return  # out of the full marks of what applies
    yield broken(
        reading, "arithmetic", printed,
        f"“{name}”得分率印为{printed.spot.words.strip()}，按得分{marks.told}÷分值{full.told}应为{told(due)}%。请核对。",
        f"{told(due)}%",
    )  # fmt: skip


def _of_totals(reading: Reading, table: ScoreTable) -> Iterator[Finding]:
    """The row of totals in itself: one base under every level, and its own 得分率."""
    if table.full is None or table.full.value <= 0:
        return
    for other in table.other_fulls:
        if other.value != table.full.value:
            yield broken(
                reading, "arithmetic", other,
                f"合计行的分值前后不一致：一处为{other.told}分，一处为{table.full.told}分（{reading.text.place(table.full.spot.start)}）。请核对。",
            )  # fmt: skip
    sound = (
        not table.complete
        or table.total is None
        or added(distinct([leaf.marks for leaf in table.leaves])) == table.total.value
    )
    if table.total is not None and table.total_rate is not None and sound:
        yield from _rate(reading, "合计", table.full, table.total, table.total_rate)


def _grades(reading: Reading) -> Iterator[Finding]:
    """The grade follows the total by the thresholds that the text prints, or, as a hint, by the usual ones."""
    said = list(totals(reading.statements))
    tables = [t for t in reading.score_tables if not t.of_project and t.total is not None]
    values = {one.value for one in said} | {t.total.value for t in tables if t.total is not None}
    if not values:
        return
    floors = thresholds(reading.passages)
    scale, severity = (floors, "error") if floors else (USUAL, "warning")
    due = {grade_of(value, scale) for value in values}
    for grade, floor in own_floors(reading.passages):
        if max(values) < floor:
            yield Finding(
                "rule", "error",
                f"{reading.text.place(grade.start)}：等级“{grade.word}”要求{told(floor)}分以上，总分是{told(max(values))}分，够不上。请核对总分、等级和标准。",
                quote=reading.text.text[grade.start : grade.end], start=grade.start, end=grade.end,
            )  # fmt: skip
    for grade in grades(reading.passages):
        known = {word[0] for word in scale}
        meant = grade.word[0] if floors else _MEANT.get(grade.word, grade.word[0])
        if meant not in known or "" in due or meant in {word[0] for word in due}:
            continue
        total = max(values)
        rule = (
            "按文中的等级标准" if floors else "按通行的等级标准（90分起为优、80分起为良、60分起为中，文中没有写标准）"
        )
        expected = "、".join(sorted(due))
        yield Finding(
            "rule", "error" if severity == "error" else "warning",
            f"{reading.text.place(grade.start)}等级写为“{grade.word}”，总分{told(total)}分{rule}应为“{expected}”。请核对总分和等级。",
            quote=grade.word, start=grade.start, end=grade.end, expected=expected,
        )  # fmt: skip
