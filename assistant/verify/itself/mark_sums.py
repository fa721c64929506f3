"""Full marks and marks of the levels of a score table against those of their leaves, and the full marks against the base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from assistant.findings import Code, Finding, Severity
from assistant.patterns import regex
from assistant.verify.reading.reading import Reading
from assistant.verify.scoring import Leaf, Parent, Points, ScoreTable, distinct, told
from assistant.verify.scoring.model import HUNDRED

Doubted = set[int]
"""Where numbers stand that a finding has called wrong already."""
_MOST_PARTS = 12
_NOTES = 30_000
"""So far behind a printed number the notes of its table are looked for."""
WAIVED = regex(r"不适用|不计分|不涉及|不参评|不参与评")
"""Where indicators do not apply, the full marks that are left need not make the base."""
_OFF = Decimal(20)
"""Full marks that miss the base by more were not read as they are meant: a form of another base, or levels mixed."""


def sums(reading: Reading, table: ScoreTable, doubted: Doubted) -> Iterator[Finding]:
    """The levels, the lowest first, then the base. A sum over a broken one is not told again."""
    found: list[Finding] = []
    for kind in ("full", "marks"):
        told_of: set[int] = set()
        for number in sorted(range(len(table.parents)), key=lambda n: (-table.parents[n].depth, n)):
            finding = _parent(reading, table, number, kind, doubted | told_of)
            if finding is not None:
                found.append(finding)
                told_of |= {p.spot.start for p in _points(table.under(number), kind)}
        if kind == "full" and not told_of and (base := _base(reading, table, doubted)) is not None:
            found.append(base)
    if table.source == "lines" and len(found) > 1:
        return  # without lines the levels are a guess, and this one was wrong
    yield from found


def _points(leaves: Sequence[Leaf], kind: Literal["full", "marks"]) -> list[Points]:
    return distinct([leaf.full if kind == "full" else leaf.marks for leaf in leaves])


def _parent(
    reading: Reading, table: ScoreTable, number: int, kind: Literal["full", "marks"], doubted: Doubted
) -> Finding | None:
    """A level whose printed number is not the sum of its leaves."""
    parent, leaves = table.parents[number], table.under(number)
    printed = parent.full if kind == "full" else parent.marks
    if printed is None or not leaves or any(leaf.bonus for leaf in leaves) or table.splits_share(number):
        return None
    parts = _points(leaves, kind)
    total = added(parts)
    if total == printed.value or doubted & {part.spot.start for part in parts}:
        return None
    word = "分值" if kind == "full" else "得分"
    noted = _noted(reading, parent, printed, total)
    return broken(
        reading, "arithmetic", printed,
        f"“{parent.called}”{word}印为{printed.told}分，其下{_of_parts(leaves, parts, word)}。请改成一致" + ("（报告已在表下说明）。" if noted else "。"),
        f"{told(total)}分", "info" if noted else "error",
    )  # fmt: skip


def _of_parts(leaves: Sequence[Leaf], parts: Sequence[Points], word: str) -> str:
    """The sum of the indicators below, or the one that there is."""
    return f"各指标{word}{addition(parts)}" if len(parts) > 1 else f"“{leaves[0].called}”{word}为{parts[0].told}分"


def _noted(reading: Reading, parent: Parent, printed: Points, total: Decimal) -> bool:
    """Whether the report itself says, under the table, that the form prints this and its parts make another sum."""
    after = reading.text.text[printed.spot.end : printed.spot.end + _NOTES]
    at = after.find(f"合计{told(total)}分")
    return at >= 0 and parent.called in after[max(0, at - 60) : at] and f"{printed.told}分" in after[at : at + 60]


def _base(reading: Reading, table: ScoreTable, doubted: Doubted) -> Finding | None:
    """The full marks of the leaves make the printed sum, or 100 where none is printed."""
    parts = distinct([leaf.full for leaf in table.leaves if not leaf.bonus])
    total = added(parts)
    base = table.full.value if table.full else HUNDRED
    if (
        not parts
        or total == base
        or (total < base and WAIVED.search(reading.text.text))
        or doubted & {part.spot.start for part in parts}
    ):
        return None
    if not table.full and abs(total - base) > _OFF:
        return None
    where = f"合计行印为{told(base)}分" if table.full else "满分应为100分"
    return broken(
        reading, "arithmetic", table.full or parts[-1],
        f"评分表各指标分值{addition(parts)}，{where}。请核对各指标分值。", f"{told(base)}分",
        "error" if table.full else "warning",
    )  # fmt: skip


def added(parts: Sequence[Points]) -> Decimal:
    """The sum of printed numbers."""
    return sum((part.value for part in parts), Decimal(0))


def addition(parts: Sequence[Points]) -> str:
    """相加3+5+1=9分: the sum of printed numbers with its parts."""
    shown = "+".join(part.told for part in parts[:_MOST_PARTS])
    more = f"+……（共{len(parts)}项）" if len(parts) > _MOST_PARTS else ""
    return f"相加{shown}{more}={told(added(parts))}分"


def broken(
    reading: Reading, code: Code, at: Points, message: str, expected: str = "", severity: Severity = "error"
) -> Finding:
    """A finding on one printed number; its place comes first."""
    spot = at.spot
    return Finding(
        code, severity, f"{reading.text.place(spot.start)}：{message}", quote=spot.words, start=spot.start, end=spot.end,
        expected=expected,
    )  # fmt: skip
