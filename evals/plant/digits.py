"""Slips of the hand: a digit changed, two exchanged, the decimal point moved."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from random import Random

from assistant.numbers import printed
from evals.plant.clean import Clean, Stated
from evals.plant.mutant import Mutant, at_number, digits_of, is_error


def digit_changed(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """7,975.66 → 7,935.66."""
    for stated in clean.fair:
        number = digits_of(stated)
        places = [at for at, char in enumerate(number) if char.isdigit()]
        if not places:
            continue
        at = dice.choice(places)
        digit = dice.choice([d for d in "123456789" if d != number[at]])
        yield from _if_wrong(clean, stated, number, number[:at] + digit + number[at + 1 :])


def digits_transposed(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """7,975.66 → 9,775.66."""
    for stated in clean.fair:
        number = digits_of(stated)
        places = [at for at, char in enumerate(number) if char.isdigit()]
        pairs = [(a, b) for a, b in pairwise(places) if number[a] != number[b] and not (a == 0 and number[b] == "0")]
        if pairs:
            a, b = dice.choice(pairs)
            yield from _if_wrong(
                clean, stated, number, number[:a] + number[b] + number[a + 1 : b] + number[a] + number[b + 1 :]
            )


def decimal_moved(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """97.87 → 978.7, 1,400 → 140."""
    for stated in clean.fair:
        number = digits_of(stated)
        whole, point, part = number.replace(",", "").partition(".")
        if point:
            left = whole[:-1] or "0"
            shifted = dice.choice([f"{whole}{part[0]}.{part[1:]}".rstrip("."), f"{left}.{whole[-1]}{part}"])
            new = shifted.lstrip("0") if not shifted.startswith("0.") and shifted.lstrip("0") else shifted
            yield from _if_wrong(clean, stated, number, new)
        elif whole.endswith("0") and len(whole) > 1:
            yield from _if_wrong(clean, stated, number, dice.choice([whole[:-1], whole + "0"]))


def copied_stale(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """Of a figure that stands in two places, one keeps the number of an earlier version, some per cent off."""
    places: dict[str, list[Stated]] = {}
    for stated in clean.fair:
        if stated.figure is not None:
            places.setdefault(stated.figure.id, []).append(stated)
    for copies in places.values():
        if len({stated.site for stated in copies}) > 1:
            for stated in copies:
                yield from _outdated(clean, stated, dice)


def _outdated(clean: Clean, stated: Stated, dice: Random) -> Iterator[Mutant]:
    number = digits_of(stated)
    if not number or not stated.mention.value:
        return
    decimals = len(number.partition(".")[2])
    own = Decimal(number.replace(",", ""))
    moved = own + own * dice.choice((-8, -3, 2, 6)) / 100
    if not decimals and abs(moved - own) < 1:
        moved = own + dice.choice((-1, 1))
    new = printed(moved, decimals)
    yield from _if_wrong(clean, stated, number, new if "," in number else new.replace(",", ""))


def _if_wrong(clean: Clean, stated: Stated, number: str, new: str) -> Iterator[Mutant]:
    whole = new + stated.mention.text[len(number) :]
    if new != number and is_error(clean, stated, whole):
        yield at_number(stated, whole)
