"""Sums that do not foot, told once: where two of them miss by the same amount through one number, it is that number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.documents import Text
from assistant.findings import Finding
from assistant.verify.itself.printed import Amount, added, footing, slip


class Equation(NamedTuple):
    """`total` should be the sum of `parts`. `along`: the column or row in which; `sure`: nothing else can be meant."""

    total: Amount
    parts: tuple[Amount, ...]
    name: str
    names: tuple[str, ...]
    along: str
    sure: bool

    @property
    def gap(self) -> Decimal:
        """By how much the total exceeds the parts."""
        return self.total.value - sum(part.value for part in self.parts)

    def remedies(self) -> dict[int, tuple[Amount, Decimal, str]]:
        """For each number, by its place: what it would have to be for this sum to foot, and its name."""
        found = {self.total.start: (self.total, self.total.value - self.gap, self.name)}
        for part, name in zip(self.parts, self.names, strict=True):
            found[part.start] = (part, part.value + self.gap, name)
        return found


def told(text: Text, equations: Sequence[Equation]) -> Iterator[Finding]:
    """The findings for the sums of one table; those of rounding as info."""
    seen: set[tuple[int, frozenset[int]]] = set()
    failing: list[Equation] = []
    for equation in equations:
        key = (equation.total.start, frozenset(part.start for part in equation.parts))
        if key in seen:
            continue
        seen.add(key)
        foot = footing(equation.total, equation.parts)
        if foot == "rounding":
            yield _rounding(text, equation)
        elif foot != "exact":
            failing.append(equation)
    told_of: set[int] = set()
    for number, equation in enumerate(failing):
        if number in told_of:
            continue
        shared = _shared(equation, number, failing, told_of)
        told_of |= {number} | {other for other, *_ in shared[:1]}
        yield _wrong(text, equation, (failing[shared[0][0]], *shared[0][1:]) if shared else None)


def _shared(
    equation: Equation, number: int, failing: Sequence[Equation], told_of: set[int]
) -> list[tuple[int, Amount, Decimal, str]]:
    """Other sums that one and the same change of one number would mend too."""
    own = equation.remedies()
    found = []
    for other in range(number + 1, len(failing)):
        if other in told_of:
            continue
        theirs = failing[other].remedies()
        found += [(other, *own[at]) for at in own.keys() & theirs.keys() if own[at][1] == theirs[at][1]]
    return found


def _rounding(text: Text, equation: Equation) -> Finding:
    total = equation.total
    message = (
        f"{_where(text, equation)}：{added(equation.parts, total)}，表中的{equation.name}为{total.text}，"
        f"差在四舍五入之内。可加注尾差说明。"
    )
    return Finding("arithmetic", "info", message, total.text, total.start, total.end)


def _wrong(text: Text, equation: Equation, other: tuple[Equation, Amount, Decimal, str] | None) -> Finding:
    total = equation.total
    miss = total.written(abs(equation.gap), min(part.step for part in equation.parts))
    words = "多" if equation.gap < 0 else "少"
    sums = f"{_names(equation)}{added(equation.parts, total)}，比{equation.name}{total.text}{words}{miss}"
    at, expected = total, ""
    if other is not None:
        second, at, right, name = other
        expected = at.written(right)
        sums += (
            f"；{text.place(second.total.start)}的{second.name}{second.total.text}也差同样多"
            f"（{added(second.parts, second.total)}）。{name}{at.text}改为{expected}，两处都相符"
        )
    else:
        hints = [
            f"{name}{amount.text}若为{amount.written(right)}即相符，疑为{how}"
            for amount, right, name in equation.remedies().values()
            if (how := slip(amount, right))
        ]
        sums += f"（{hints[0]}）" if len(hints) == 1 else ""
    message = f"{_where(text, equation)}：{sums}。请核对后改正有误的数。"
    severity = "error" if equation.sure else "warning"
    return Finding(
        "arithmetic", "error" if severity == "error" else "warning", message,
        f"{equation.name}：{total.text}", at.start, at.end, expected,
    )  # fmt: skip


def _names(equation: Equation) -> str:
    names = [name for name in equation.names if name]
    return f"{'、'.join(names)}合计" if 0 < len(names) <= 6 else "所列各项合计"


def _where(text: Text, equation: Equation) -> str:
    along = f"（{equation.along}）" if equation.along else ""
    return f"{text.place(equation.total.start)}{along}"
