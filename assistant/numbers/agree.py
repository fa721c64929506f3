"""Whether a printed number agrees with a figure: equal, rounded half up to the digits printed, or inside its bound word.

The figure is taken exactly, in its own unit (万元, 人次, %), and never rounded twice. A percentage is given with the unit %:
whoever holds 0.9787 multiplies first.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Literal

from assistant.numbers.mention import Mention
from assistant.numbers.units import base, compatible_units, unit_family

Agreement = Literal["exact", "rounded", "bound", "unit", "no"]
"""`exact`: equal in value. `rounded`: the figure rounds to it. `bound`: it stands with 超, 近, 约 … or in a range, and the figure
satisfies that. `unit`: the digits are the figure's and the unit is not (元 for 万元, 个百分点 for %). `no`: anything else."""

_EXACT = Context(prec=200)
_WIDE = Context(prec=1_000_000)
"""For rounding to decimal places, whose digits are those of the number: as long as anyone can write it."""
_NEAR = Decimal("0.1")
"""近 and 约 before a round number (近500万) reach a tenth of it, no further."""
_SLIPS = (4, -4, 8, -8, 3, -3)
"""Powers of ten by which a unit is mistaken: 万元 for 元, 亿元 for 万元, 千元 for 元."""
_HUNDRED = Decimal(100)


def round_half_up(value: Decimal, step: Decimal) -> Decimal:
    """Round to a multiple of `step`, halves away from zero (四舍五入)."""
    return _to_step(value, step, ROUND_HALF_UP)


def printed(value: Decimal, places: int = 2) -> str:
    """A number rounded half up to so many decimal places, thousands separated: 7,975.66."""
    return f"{to_places(value, places):,.{places}f}"


def to_places(value: Decimal, places: int) -> Decimal:
    """Round to so many decimal places, halves away from zero (四舍五入)."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def sum_tolerance(parts: int, step: Decimal) -> Decimal:
    """Return by how much a printed total may miss the sum of `parts` printed numbers: a half unit each, and one for itself."""
    return (parts + 1) * step / 2


def significant_digits(mention: Mention) -> int:
    """Return how many digits of the number carry meaning; below three, rounding alone is weak evidence."""
    if mention.value is None or not mention.step:
        return 0
    return len(str(abs(int(_EXACT.divide(mention.value, mention.step)))))


def same_as_printed(mention: Mention, value: Decimal, unit: str, places: int | None = None) -> Agreement:
    """Compare a number in a text with a figure of `value` in `unit`.

    `places`: the decimals that a derived figure is printed with in its own unit; the number printed so is `exact`. A bare number
    (of a table, whose head may hold the unit) is compared with the figure in its own unit as well as in the base unit. A falling
    figure may be held as negative where the text says 下降20.54%.
    """
    if mention.value is None:
        return "no"
    figure, figure_unit = base(value, unit)
    if mention.kind == "ratio" and figure_unit == "%":
        figure = figure / _HUNDRED
    if mention.direction == "down" and figure < 0 <= mention.value:
        figure, value = -figure, -value
    if not compatible_units(mention.unit, figure_unit):
        return "unit" if _agrees(mention, figure) or _agrees(mention, value) else "no"
    if places is not None and not mention.bound and mention.upper is None:
        printed = to_places(value, places)
        if mention.value in ((base(printed, unit)[0],) if mention.unit else (base(printed, unit)[0], printed)):
            return "exact"
    agreement = _agrees(mention, figure) or (_agrees(mention, value) if not mention.unit else None)
    if agreement:
        return agreement
    if mention.unit and unit_family(mention.unit) == unit_family(figure_unit) and _slipped(mention, figure):
        return "unit"
    return "no"


def _agrees(mention: Mention, figure: Decimal) -> Literal["exact", "rounded", "bound"] | None:
    """Compare in base units, whatever the unit."""
    printed, step = mention.value, mention.step
    if printed is None:
        return None
    if mention.upper is not None:
        return "bound" if printed <= figure <= mention.upper else None
    if mention.bound:
        same_side = printed * figure >= 0
        return "bound" if same_side and _within(mention, abs(printed), abs(figure)) else None
    if printed == figure:
        return "exact"
    if step is None:
        return "rounded" if _same_fraction(printed, figure) else None
    return "rounded" if figure and round_half_up(figure, step) == printed else None


def _slipped(mention: Mention, figure: Decimal) -> bool:
    """Whether the digits are the figure's, some powers of ten away."""
    moved = (figure.scaleb(power, _EXACT) for power in _SLIPS)
    return bool(mention.value) and any(_agrees(mention, one) in ("exact", "rounded") for one in moved)


def _within(mention: Mention, printed: Decimal, figure: Decimal) -> bool:
    """Whether the figure is what the bound word says.

    The figure cut off (超, 余, 以上), rounded up (近, 不足) or rounded half up (约) at the last digit that counts is the number.
    In a whole number the closing zeros do not count: 900余人 is 901 to 999.
    """
    if figure == printed:
        return mention.inclusive or mention.bound in ("at_least", "at_most", "about")
    step = mention.step or Decimal(1)
    cut = last_digit(mention)
    near = cut == step or abs(figure - printed) <= printed * _NEAR
    if mention.bound == "about":
        return near and _to_step(figure, cut, ROUND_HALF_UP) == printed
    if mention.bound in ("above", "at_least"):
        return _to_step(figure, cut, ROUND_FLOOR) == printed
    return near and _to_step(figure, cut, ROUND_CEILING) == printed


def last_digit(mention: Mention) -> Decimal:
    """Return the worth of the last digit that is not a closing zero; decimals count as printed."""
    printed, step = abs(mention.value or Decimal(0)), mention.step or Decimal(1)
    if not printed or "." in mention.text or "．" in mention.text or "点" in mention.text:
        return step
    count = int(_EXACT.divide(printed, step))
    while count and count % 10 == 0:
        count, step = count // 10, step * 10
    return step


def _same_fraction(printed: Decimal, figure: Decimal) -> bool:
    """Whether a figure held to some places is the fraction printed: 0.6667 for 三分之二."""
    exponent = figure.as_tuple().exponent
    if not isinstance(exponent, int) or exponent > -3:
        return False
    return round_half_up(printed, Decimal(1).scaleb(exponent)) == figure


def _to_step(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return _EXACT.multiply(_EXACT.divide(value, step).to_integral_value(rounding), step)
