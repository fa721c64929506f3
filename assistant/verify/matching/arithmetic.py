"""The arithmetic of a worked-out number: what it comes to, and how that is shown (4,186.90÷7,975.66＝52.50%)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.ledger import Figure
from assistant.numbers import Mention, base, printed, same_as_printed
from assistant.numbers.mention import Bound
from assistant.patterns import regex
from assistant.verify.matching.operands import Amount

_DIGITS = regex(r"^[\d,，.．\s]+")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Worked:
    """What the words say a number should be.

    `values`: worked out exactly, and from the operands as the text prints them (rates: the other way round), in base units of `unit`; `how` the arithmetic;
    `clear`: the words leave no doubt what is worked out, so a number that differs is wrong; `way` is up or down where the
    number has a direction; `bound` how the words hold it against the number (超过…的七成).
    """

    values: tuple[Decimal, ...]
    unit: str
    how: str
    clear: bool = True
    way: str = ""
    bound: Bound = ""

    def agrees(self, mention: Mention, way: str = "") -> bool:
        """Whether a number, said to go this way, is this one; a bound (近200万元) must hold of the exact value."""
        if self.way and way and self.way != way:
            return False
        bare = mention._replace(direction="", bound=self.bound or mention.bound)
        enough = ("exact",) if self.unit == "分" else ("exact", "rounded", "bound")
        values = self.values[:1] if mention.bound else self.values
        return any(same_as_printed(bare, value, self.unit) in enough for value in values)

    def wrong_unit(self, mention: Mention) -> bool:
        """Whether only the unit is wrong (% for 个百分点)."""
        return any(same_as_printed(mention._replace(direction=""), value, self.unit) == "unit" for value in self.values)

    def shown(self, mention: Mention) -> str:
        """The right value, printed as the number is."""
        word = _DIGITS.sub("", mention.text) if mention.unit and mention.text[0].isdecimal() else self.unit
        if base(Decimal(1), word)[1] != self.unit:
            word = self.unit
        factor = base(Decimal(1), word)[0]
        value = self.values[0] / factor
        if value == value.to_integral_value():
            return f"{printed(value, 0)}{word}"
        exponent = (mention.step / factor).normalize().as_tuple().exponent if mention.step else -2
        places = max(-exponent, 0) if isinstance(exponent, int) else 2
        return f"{printed(value, places or 2)}{word}"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One reading of a number that words say is worked out.

    `way`: up or down as its verb says; `weak`: it may explain the number, but is no ground to call it wrong; `pair` (from, to) and `whole`: what it was worked out of, for a next number that leans on it; `figure`: where it
    is nothing but a figure that only the sentence tells.
    """

    worked: Worked
    way: str = ""
    weak: bool = False
    pair: tuple[Amount, Amount] | None = None
    whole: Amount | None = None
    figure: Figure | None = None


def share(part: Amount, whole: Amount, unit: str = "%", clear: bool = True) -> Worked | None:
    """part ÷ whole, in % or as a multiple."""
    if not whole.value or not whole.said:
        return None
    times = _HUNDRED if unit == "%" else Decimal(1)
    values = (part.value / whole.value * times, part.said / whole.said * times)
    return Worked(values, unit, _shown((part, whole), "÷"), clear)


def each(total: Amount, count: Amount, clear: bool = True) -> Worked | None:
    """total ÷ count, in the unit of the total."""
    if not count.value or not count.said:
        return None
    values = (total.value / count.value, total.said / count.said)
    return Worked(values, total.unit, _shown((total, count), "÷"), clear)


def change(before: Amount, after: Amount, unit: str, clear: bool = True) -> Worked | None:
    """after − before in its own unit (个百分点 for rates), or as a share of `before` where the number is a % or a multiple."""
    gap, said = after.value - before.value, after.said - before.said
    way = "up" if gap > 0 else "down" if gap < 0 else ""
    big, small = (after, before) if gap >= 0 else (before, after)
    how = _shown((big, small), "－")
    if unit not in ("%", "倍") or before.unit == "%":
        if after.unit == "%":
            return Worked((abs(said), abs(gap)), "个百分点", how, clear, way)
        own = unit if unit in (before.unit, "个") else after.unit
        return Worked((abs(gap), abs(said)), own, how, clear, way)
    if not before.value or not before.said:
        return None
    times = _HUNDRED if unit == "%" else Decimal(1)
    values = (abs(gap) / abs(before.value) * times, abs(said) / abs(before.said) * times)
    return Worked(values, unit, f"（{how}）÷{_bare(before, (big, small))}", clear, way)


def total(parts: Sequence[Amount], unit: str, clear: bool = True) -> Worked:
    """The sum of parts."""
    values = (sum((p.value for p in parts), Decimal(0)), sum((p.said for p in parts), Decimal(0)))
    return Worked(values, unit, _shown(parts, "＋"), clear)


def rest(whole: Amount, parts: Sequence[Amount], unit: str, clear: bool = True) -> Worked | None:
    """What is left of a whole; None if the parts are more."""
    values = (whole.value - sum(p.value for p in parts), whole.said - sum(p.said for p in parts))
    return Worked(values, unit, _shown((whole, *parts), "－"), clear) if values[0] >= 0 else None


def together(parts: Sequence[Amount]) -> Amount:
    """Parts that make up a whole, as one operand."""
    value, said = sum((p.value for p in parts), Decimal(0)), sum((p.said for p in parts), Decimal(0))
    return Amount(value, parts[0].unit, f"（{_shown(parts, '＋')}）", said)


def as_it_is(amount: Amount, way: str = "") -> Worked:
    """A number that is nothing but a figure which only the sentence tells."""
    label = amount.figure.label if amount.figure is not None else amount.shown
    return Worked((amount.value, amount.said), amount.unit, label, way=way)


def _shown(amounts: Sequence[Amount], sign: str) -> str:
    return sign.join(_bare(amount, amounts) for amount in amounts)


def _bare(amount: Amount, among: Sequence[Amount]) -> str:
    """A number as the reason shows it: without the unit that all of them have."""
    units = {_DIGITS.sub("", other.shown) for other in among}
    return amount.shown.removesuffix(units.copy().pop()) if len(units) == 1 else amount.shown
