"""A number as it stands in a text."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal[
    "money", "percent", "points", "multiple", "count", "score", "year", "date",
    "ordinal", "docno", "ratio", "phone", "idiom", "enumerator", "other",
]  # fmt: skip
Bound = Literal["about", "above", "below", "at_least", "at_most", ""]
Direction = Literal["up", "down", ""]

QUANTITIES: frozenset[str] = frozenset({"money", "percent", "points", "multiple", "count", "score", "ratio", "other"})
"""The kinds that claim something about the world, and so need a figure behind them."""


class Mention(NamedTuple):
    """One number in a text.

    `start end text`: the number with its unit, without bound or direction words, in code points.
    `value` and `upper` (the high end of a range) are exact, in base units, 万 and 亿 applied; `step` is the worth of the last
    printed digit in base units. `norm` is the canonical form of what is no plain quantity: ISO dates, 〔2020〕11号, 40:60, 2/3.
    `inclusive`: the bound allows the number itself, as 以上, 以内 and 不低于 do and 超 and 近 do not.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    step: Decimal | None = None
    bound: Bound = ""
    direction: Direction = ""
    norm: str = ""
    inclusive: bool = False

    @property
    def is_quantity(self) -> bool:
        """Whether a figure must explain it."""
        return self.kind in QUANTITIES
