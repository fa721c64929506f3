"""Numbers in Chinese official text: where they stand, what they are worth, and whether they agree with a figure."""

from assistant.numbers.agree import (
    Agreement,
    last_digit,
    printed,
    round_half_up,
    same_as_printed,
    significant_digits,
    sum_tolerance,
    to_places,
)
from assistant.numbers.mention import QUANTITIES, Mention
from assistant.numbers.scan import find_numbers
from assistant.numbers.units import base, compatible_units, unit_family

__all__ = [
    "QUANTITIES",
    "Agreement",
    "Mention",
    "base",
    "compatible_units",
    "find_numbers",
    "last_digit",
    "printed",
    "round_half_up",
    "same_as_printed",
    "significant_digits",
    "sum_tolerance",
    "to_places",
    "unit_family",
]
