"""The same said rightly in another way: what a checker that alarms at the unfamiliar would get wrong.

A way takes a number of a good report and gives an edit that leaves it true, or None where it does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from random import Random

from assistant.subjects import normal_term
from evals.plant.clean import Clean, Stated
from evals.plant.edit import Edit
from evals.plant.mutant import Mutant, digits_of, reread
from evals.plant.numerals import in_chinese
from evals.plant.printed import in_own_unit, is_round, round_numbers, shown
from evals.plant.truth import is_true, names_of

Way = Callable[[Clean, Stated, Random], Edit | None]

_FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
_WAYS_OF_CHANGE = r"(?:增加|减少|增长|下降|上升|提高|降低)"
_LONG_ENOUGH = 100
"""A number that is rounded to a whole keeps three digits; with two, rounding alone would be weak evidence."""


def coarser(clean: Clean, stated: Stated, dice: Random) -> Edit | None:
    """7,975.66万元 → 7,975.7万元, rounded half up from the exact figure. A mark is printed as it was given: it must add up."""
    number = digits_of(stated)
    places = len(number.partition(".")[2])
    if not places or stated.truth.fixed or stated.mention.bound or stated.truth.unit == "分":
        return None
    exact = in_own_unit(stated, number)
    fewer = [n for n in range(places) if exact >= _LONG_ENOUGH or (exact >= 10 and n >= 1)]
    if not fewer:
        return None
    n = dice.choice(fewer)
    return _edit(stated, number, shown(exact.quantize(Decimal(1).scaleb(-n), ROUND_HALF_UP), n, "," in number))


def in_yuan(clean: Clean, stated: Stated, dice: Random) -> Edit | None:
    """4.6万元 → 46000元, or the amount in 亿元 where it has hundreds of millions."""
    number = digits_of(stated)
    if not number or stated.truth.fixed or stated.mention.bound or not stated.mention.text.endswith("万元"):
        return None
    exact = in_own_unit(stated, number)
    if exact >= 10000 and dice.random() < 0.5:
        new = f"{(exact / 10000).quantize(Decimal('0.0001'), ROUND_HALF_UP)}亿元"
    elif (yuan := exact * 10000) == yuan.to_integral_value():
        new = shown(yuan, 0, "," in number) + "元"
    else:
        return None
    return Edit(stated.mention.start, stated.mention.end, new)


def separators(clean: Clean, stated: Stated, dice: Random) -> Edit | None:
    """7,975.66 → 7975.66, and back."""
    number = digits_of(stated)
    whole, point, part = number.partition(".")
    new = number.replace(",", "") if "," in number else f"{int(whole):,}{point}{part}" if len(whole) > 3 else number
    return _edit(stated, number, new)


def full_width(clean: Clean, stated: Stated, dice: Random) -> Edit | None:
    """97.87% → ９７．８７％."""
    number = digits_of(stated).replace(",", "")
    if not number:
        return None
    tail = stated.mention.text[len(digits_of(stated)) :]
    return Edit(stated.mention.start, stated.mention.end, (number + tail).translate(_FULL_WIDTH))


def in_numerals(clean: Clean, stated: Stated, dice: Random) -> Edit | None:
    """56人 → 五十六人, 97.87% → 百分之九十七点八七."""
    number = digits_of(stated)
    if not number or stated.cell or stated.truth.fixed:
        return None
    new = in_chinese(stated, Decimal(number.replace(",", "")))
    return Edit(stated.mention.start, stated.mention.end, new) if new else None


def bounded(clean: Clean, stated: Stated, dice: Random) -> Edit | None:
    """7,975.66万元 → 超7,900万元, 近8,000万元."""
    number = digits_of(stated)
    at = stated.mention.start
    if not number or stated.cell or stated.truth.fixed or stated.mention.bound or not is_free(clean, stated):
        return None
    exact = in_own_unit(stated, number)
    if exact < _LONG_ENOUGH:
        return None
    floor, ceiling = round_numbers(exact)
    if is_round(exact):
        return None  # 450 is neither 超440 nor 近460
    word, edge = dice.choice((("超", floor), ("近", ceiling)))
    return Edit(at, stated.mention.end, word + shown(edge, 0, "," in number) + stated.mention.text[len(number) :])


def is_free(clean: Clean, stated: Stated) -> bool:
    """Whether a bound word may stand before the number: not after another, nor in brackets or a list of 分别."""
    left = clean.words((stated.site[0], stated.mention.start))
    return left[-1:] not in tuple("超近约逾达余多少高低增减扣（过于") and "分别" not in left and bool(left)


def reordered(clean: Clean, stated: Stated, dice: Random) -> Edit | None:
    """减少194.51万元，下降20.54% → 下降20.54%，减少194.51万元; 基本支出A、项目支出B → 项目支出B、基本支出A."""
    inside = [s for s in clean.stated if s.site == stated.site and not s.cell]
    for one, other in pairwise(inside):
        if stated not in (one, other):
            continue
        text = clean.text.text
        between = text[one.mention.end : other.mention.start]
        left = text[max(one.site[0], one.mention.start - 14) : one.mention.start]
        change = re.fullmatch(rf"([，、])({_WAYS_OF_CHANGE})", between)
        first = re.search(rf"{_WAYS_OF_CHANGE}$", left)
        if change and first:
            return _exchanged(one, other, len(first[0]), change[1], change[2], first[0])
        item = re.fullmatch(r"([、；])([\u4e00-\u9fff]{2,12})", between)
        named = re.search(r"(?:^|[：、])([\u4e00-\u9fff]{2,12})$", left)
        if item and named and _names(one, named[1]) and _names(other, item[2]):
            return _exchanged(one, other, len(named[1]), item[1], item[2], named[1])
    return None


def _names(stated: Stated, words: str) -> bool:
    """Whether these words alone say what the number is of: 基本支出, not 决算数."""
    return stated.figure is not None and normal_term(words) in names_of(stated.figure)


def _exchanged(one: Stated, other: Stated, back: int, mark: str, later: str, former: str) -> Edit:
    new = f"{later}{other.mention.text}{mark}{former}{one.mention.text}"
    return Edit(one.mention.start - back, other.mention.end, new)


WAYS: dict[str, Way] = {
    "取较少位数": coarser, "换用元或亿元": in_yuan, "千分位": separators, "全角": full_width, "汉字数字": in_numerals,
    "约数": bounded, "调换语序": reordered,
}  # fmt: skip


def neighbour(clean: Clean, mutant: Mutant, dice: Random) -> tuple[str, Edit] | None:
    """Beside an error, the name of a way and its edit; where no number was touched, a true sentence or the other numeral."""
    if not mutant.about:
        return _beside_words(clean, mutant)
    ways = sorted(WAYS)
    dice.shuffle(ways)
    for stated in mutant.about[:4]:
        for name in ways:
            edit = WAYS[name](clean, stated, dice)
            if edit is not None and is_right(clean, stated, name, edit):
                return name, edit
    return None


def is_right(clean: Clean, stated: Stated, way: str, edit: Edit) -> bool:
    """Whether it changes something, and the number still says its truth."""
    if clean.words((edit.start, edit.end)) == edit.new:
        return False
    if way == "调换语序":
        return True
    mention = reread(clean, stated, edit.new)
    if mention is None or mention.value is None:
        return way in ("汉字数字", "全角")  # not read at all is for the checker to answer for
    return is_true(mention, stated.truth)


_NUMERALS = dict(zip("二两三四五六七八九", "223456789", strict=True))


def _beside_words(clean: Clean, mutant: Mutant) -> tuple[str, Edit] | None:
    edit = mutant.edits[0]
    if edit.start == edit.end:
        figure = next((f for f in clean.ledger if f.label and not f.subject and f.items and f.scope.stage), None)
        if figure is None:
            return None
        return "补写属实的一句", Edit(edit.start, edit.end, f"{figure.label}{figure.printed()}。")
    old = clean.words((edit.start, edit.end))
    new = _NUMERALS.get(old) or {v: k for k, v in _NUMERALS.items() if k != "两"}.get(old, "")
    return ("换用另一种数字", Edit(edit.start, edit.end, new)) if new else None


def _edit(stated: Stated, number: str, new: str) -> Edit | None:
    if not number or new == number:
        return None
    return Edit(stated.mention.start, stated.mention.start + len(number), new)
