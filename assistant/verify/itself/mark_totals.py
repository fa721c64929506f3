"""The total of the marks: the sum of the leaves, the printed total of each table, and what the prose says are one number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.findings import Finding
from assistant.numbers import round_half_up
from assistant.patterns import regex
from assistant.verify.itself.mark_sums import WAIVED, Doubted, added, addition, broken
from assistant.verify.itself.tables_of_marks import gaps_between, same_scope
from assistant.verify.reading.reading import Reading
from assistant.verify.scoring import Points, ScoreTable, distinct, told
from assistant.verify.scoring.concluded import totals
from assistant.verify.scoring.model import HUNDRED

_SCALED = regex(r"折算|换算|折合")
_Claim = tuple[Decimal, str, Points | None]
"""A total, who says so, and where; no place for a sum of leaves."""


def all_totals(reading: Reading, doubted: Doubted) -> Iterator[Finding]:
    """One finding for all that is said of the total: the leaves' sum, the printed total, the prose."""
    tables = [table for table in reading.score_tables if not table.of_project]
    said = list(totals(reading.statements))
    for table in reading.score_tables:
        if table.of_project:
            yield from _total(reading, [table], [], doubted)
    if not tables:
        yield from _total(reading, [], said, doubted)
        return
    groups = same_scope(tables)
    if len(groups) > 1:
        sums = {total for group in groups for table in group for total in _possible(reading, table)}
        for group in groups:
            yield from _total(reading, group, [], doubted)
        said = [one for one in said if sums and not any(_agrees(one, total) for total in sums)]
        yield from _total(reading, groups[0], said, doubted) if said else ()
        return
    yield from _total(reading, groups[0], said, doubted)


def _total(
    reading: Reading, tables: Sequence[ScoreTable], said: Sequence[Points], doubted: Doubted
) -> Iterator[Finding]:
    claims = [claim for table in tables for claim in _of_table(reading, table, doubted)]
    claims += [(one.value, f"{reading.text.place(one.spot.start)}写总分{one.told}分", one) for one in said]
    prose = {one.spot.start for one in said}
    if not claims:
        return
    right = {claims[0][0]}
    if claims[0][2] is None:
        right |= {total for table in tables for total in _possible(reading, table)}

    def fits(claim: _Claim) -> bool:
        value, _, spot = claim
        return value in right or (
            spot is not None and spot.spot.start in prose and any(_agrees(spot, total) for total in right)
        )

    if all(fits(claim) for claim in claims):
        if not any(table.complete for table in tables):
            yield from _partial(reading, tables, said)
        return
    if _told_already(tables, {value for value, _, _ in claims}):
        return
    places = [spot for value, _, spot in claims if spot is not None]
    odd = next((claim[2] for claim in claims if claim[2] is not None and not fits(claim)), places[0])
    due = claims[0][0]
    told_once = list(
        dict.fromkeys(claim[1] for claim in claims if claim is claims[0] or not fits(claim) or len(right) == 1)
    )
    yield broken(
        reading, "arithmetic" if any(t.complete for t in tables) else "contradiction", odd,
        f"总分前后不一致：{'；'.join(told_once)}。请逐项核对得分后改成一致。", f"{told(due)}分",
    )  # fmt: skip


def _of_table(reading: Reading, table: ScoreTable, doubted: Doubted) -> Iterator[_Claim]:
    """What a table says of the total: the sum of its leaves, where none of them is in doubt, and the printed one."""
    parts = distinct([leaf.marks for leaf in table.leaves])
    if table.complete and not doubted & {part.spot.start for part in parts}:
        possible = _possible(reading, table)
        printed = table.total.value if table.total else None
        yield printed if printed in possible else possible[0], f"{_name(table)}各指标得分{addition(parts)}", None
    if table.total is not None:
        yield table.total.value, f"{_name(table)}合计印为{table.total.told}分", table.total


def _told_already(tables: Sequence[ScoreTable], values: set[Decimal]) -> bool:
    """Whether two tables contradict each other by just this difference: that is a finding of its own."""
    gaps = {gap for at, one in enumerate(tables) for other in tables[at + 1 :] for gap in gaps_between(one, other)}
    return len(values) == 2 and max(values) - min(values) in gaps


def _agrees(one: Points, total: Decimal) -> bool:
    """Whether the prose says this total, or rounds it to the digits that it prints."""
    return one.value == total or round_half_up(total, one.step) == one.value


def _possible(reading: Reading, table: ScoreTable) -> list[Decimal]:
    """What the leaves' marks may add up to: with a bonus also without it, and the base, at which some forms cap the total.

    Where indicators do not apply (不适用), also the sum scaled up (折算) by the full marks that do.
    """
    if not table.complete:
        return [table.total.value] if table.total else []
    total = added(distinct([leaf.marks for leaf in table.leaves]))
    possible = [total]
    if any(leaf.bonus for leaf in table.leaves):
        possible.append(added(distinct([leaf.marks for leaf in table.leaves if not leaf.bonus])))
        possible += [HUNDRED] if total > HUNDRED else []
    return possible + _scaled(reading, table, total)


def _scaled(reading: Reading, table: ScoreTable, total: Decimal) -> list[Decimal]:
    """The sum as a share of the full marks that apply, out of the base, rounded as the form rounds; none where nothing is waived."""
    words = reading.text.text
    applied = added(distinct([leaf.full for leaf in table.leaves if leaf.marks and not leaf.bonus]))
    base = table.full.value if table.full else HUNDRED
    if applied in (0, base) or not (WAIVED.search(words) or _SCALED.search(words)):
        return []
    exact = total / applied * base
    return [round_half_up(exact, step) for step in (Decimal("0.01"), Decimal("0.1"), Decimal(1))]


def _partial(reading: Reading, tables: Sequence[ScoreTable], said: Sequence[Points]) -> Iterator[Finding]:
    """Marks that only the prose says, some of them missing: the total must lie between what is known and what may be missing."""
    for table in tables:
        open_full = HUNDRED - added(distinct([leaf.full for leaf in table.leaves]))
        if table.source != "prose" or open_full < 0 or any(leaf.marks is None for leaf in table.leaves):
            continue
        known = added(distinct([leaf.marks for leaf in table.leaves]))
        for one in said:
            if not known <= one.value <= known + open_full:
                yield broken(
                    reading, "arithmetic", one,
                    f"总分写为{one.told}分，正文逐项写出的得分合计{told(known)}分，没有写出得分的指标最多还有{told(open_full)}分，"
                    f"总分应在{told(known)}至{told(known + open_full)}分之间。请逐项核对。", severity="warning",
                )  # fmt: skip


def _name(table: ScoreTable) -> str:
    if table.source == "prose":
        return "正文逐项写出的"
    fits = 0 < len(table.caption) <= 30 and not table.caption.startswith(("单位", "金额单位", "（", "("))
    return f"“{table.caption}”" if fits else "评分表"
