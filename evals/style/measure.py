"""What a measure is, and how its cases become a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Literal, NamedTuple

from evals.results import rate
from evals.style.sheets import Paragraph, Sheet


class Case(NamedTuple):
    """One thing measured: `value` of `weight`. Of a share it is 0 or 1 of 1; of a density hits in so many characters; of a length
    the length. `words` is what was looked at, and `weight` 0 leaves it out.
    """

    value: int
    words: str
    weight: int = 1


Kind = Literal["share", "density", "median"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a report's style. `genres`: where it is taken (empty: in all narrative sections). `wanted`: whether more is better,
    less, or neither; of a share the cases that go against it are told one by one.
    """

    id: str
    name: str
    kind: Kind
    wanted: Literal["more", "less", ""]
    of: Callable[[Sheet, Sequence[Paragraph]], Iterable[Case]]
    genres: tuple[str, ...] = ()

    def cases(self, sheet: Sheet, genre: str = "") -> list[Case]:
        """All that it measures in a report, or in the sections of one genre."""
        kept = [
            paragraph for paragraph in sheet.paragraphs
            if (not self.genres or paragraph.genre in self.genres) and genre in ("", paragraph.genre)
        ]  # fmt: skip
        return [case for case in self.of(sheet, kept) if case.weight]

    def figure(self, cases: Sequence[Case]) -> str:
        """The figure of these cases: a share as a fraction, a density per thousand characters, a median; "" without a case."""
        if not cases:
            return ""
        if self.kind == "median":
            return f"{median(Decimal(case.value) for case in cases):g}"
        value, weight = sum(case.value for case in cases), sum(case.weight for case in cases)
        return rate(value, weight) if self.kind == "share" else f"{1000 * Decimal(value) / weight:.2f}"

    def against(self, cases: Sequence[Case]) -> list[str]:
        """The words of the cases that speak against the report."""
        if self.kind == "median" or not self.wanted:
            return []
        return [case.words for case in cases if (case.value == 0) == (self.wanted == "more")]

    def printed(self, figure: str) -> str:
        """A figure as people read it."""
        if not figure:
            return "—"
        return f"{Decimal(figure):.1%}" if self.kind == "share" else figure
