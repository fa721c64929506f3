"""Numbers rounded the wrong way, and bound words on the wrong side."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from random import Random

from assistant.numbers import base
from evals.plant.clean import Clean, Stated
from evals.plant.edit import Edit
from evals.plant.mutant import Mutant, at_number, digits_of, is_error, reread
from evals.plant.truth import is_true, true_otherwise

_BOUND_WORDS = "超近约逾达余多不足高于低至少于过"


def rounded_wrong(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """97.866… as 97.86, cut off, or 97.86 for 97.864 put up: the digits that are kept are wrong by one."""
    for stated in clean.fair:
        number = digits_of(stated)
        if not number or stated.truth.fixed or stated.mention.bound or not stated.mention.value:
            continue
        exact = in_own_unit(stated, number)
        places = len(number.partition(".")[2])
        for n in range(places, max(places - 2, -1), -1):
            step = Decimal(1).scaleb(-n)
            right = exact.quantize(step, ROUND_HALF_UP)
            if right == exact or (n < places and exact < 100):
                continue
            wrong = right - step if right > exact else right + step
            new = shown(wrong, n, "," in number) + stated.mention.text[len(number) :]
            if wrong > 0 and is_error(clean, stated, new):
                yield at_number(stated, new)


def bound_wrong(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """7,975.66万元 as 超8,000万元, or 近7,900万元."""
    for stated in clean.fair:
        number = digits_of(stated)
        at = stated.mention.start
        if stated.cell or not number or stated.truth.fixed or clean.text.text[at - 1 : at] in _BOUND_WORDS:
            continue
        exact = in_own_unit(stated, number)
        if exact < 12 or clean.text.text[at - 1] == "（":
            continue
        floor, ceiling = round_numbers(exact)
        word, edge = dice.choice((("超", ceiling), ("近", floor)))
        new = shown(edge, 0, "," in number) + stated.mention.text[len(number) :]
        before = clean.text.text[stated.site[0] : at] + word
        mention = reread(clean, stated, new, before)
        if mention is None or not mention.bound:
            continue
        if not is_true(mention, stated.truth) and not true_otherwise(mention, stated, clean):
            yield Mutant((Edit(at, stated.mention.end, word + new),), ((stated.site,),), (stated,))


def round_numbers(exact: Decimal) -> tuple[Decimal, Decimal]:
    """The round numbers of two digits just below and just above: 7900 and 8000 of 7975.66, 440 and 460 of 450."""
    step = _second_digit(exact)
    floor = (exact / step).to_integral_value(ROUND_FLOOR) * step
    return (floor if floor < exact else floor - step), floor + step


def is_round(exact: Decimal) -> bool:
    """Whether a number has no more than two digits that count: no bound word is right beside a rounder one."""
    return exact % _second_digit(exact) == 0


def _second_digit(exact: Decimal) -> Decimal:
    return Decimal(1).scaleb(max(exact.adjusted() - 1, 0))


def in_own_unit(stated: Stated, number: str) -> Decimal:
    """The truth in the unit that is printed: 7975.66 where the text says 万元."""
    value = abs(stated.truth.value)
    if not stated.mention.unit:
        return value
    worth = abs(base(stated.truth.value, stated.truth.unit)[0])
    printed = Decimal(number.replace(",", ""))
    if not printed or stated.mention.value is None:
        return worth
    scale = abs(stated.mention.value) / printed
    return worth / scale


def shown(value: Decimal, places: int, grouped: bool) -> str:
    """A number with so many decimals, its thousands separated or not."""
    return f"{value:,.{places}f}" if grouped else f"{value:.{places}f}"
