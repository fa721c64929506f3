"""Whether a changed number could still be true. Read leniently: only what nobody could call right is an error."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.ledger import Figure, Ledger
from assistant.numbers import Mention, base, compatible_units
from assistant.subjects import normal_term
from evals.plant.clean import Clean, Stated, Truth

TOTALS = ("合计", "总计", "小计", "共计")
_ABOUT = Decimal("0.1")


def could_be(mention: Mention, value: Decimal, unit: str) -> bool:
    """Whether a number may stand for a value: within half its last digit, on the right side of its bound, inside its range."""
    if mention.value is None:
        return False
    worth, kind = base(value, unit)
    if mention.unit and not compatible_units(mention.unit, kind):
        return False
    return any(_near(mention, abs(amount)) for amount in ((worth,) if mention.unit else (worth, value)))


def _near(mention: Mention, value: Decimal) -> bool:
    printed = abs(mention.value or Decimal(0))
    if mention.upper is not None:
        return printed <= value <= mention.upper
    match mention.bound:
        case "above" | "at_least":
            return value >= printed
        case "below" | "at_most":
            return value <= printed
        case "about":
            return abs(value - printed) <= printed * _ABOUT
    return abs(value - printed) <= (mention.step or Decimal(0)) / 2


def is_true(mention: Mention, truth: Truth) -> bool:
    """Whether a number says its truth."""
    figure = truth.figure
    if truth.fixed and figure is not None:
        return mention.value == figure.base[0] and compatible_units(mention.unit, figure.base[1])
    return could_be(mention, truth.value, truth.unit)


def true_otherwise(mention: Mention, stated: Stated, clean: Clean) -> bool:
    """Whether some other figure that the same words can mean has that value: 人员支出 has two, each of its own 口径."""
    figure = stated.figure
    if figure is None:
        return False
    said = _words_about(clean, stated)
    return any(
        could_be(mention, other.value, other.unit)
        for other in same_words(figure, clean.ledger)
        if not other.bound and not _told_apart(figure, other, said)
    )


def _words_about(clean: Clean, stated: Stated) -> tuple[str, ...]:
    """The words that say which figure it is, the nearest first: since the number before, and since the sentence began; or heads."""
    if stated.cell is not None:
        column = stated.cell.column
        heads = (c for row in clean.text.rows(stated.block.table)[:2] for c in row.cells if c.column == column)
        return ("".join(clean.words((c.start, c.end)) for c in (*heads, *stated.block.cells) if c != stated.cell),)
    low, at = stated.site[0], stated.mention.start
    before = [s.mention.end for s in clean.stated if low <= s.mention.start < at]
    return clean.words((max(before, default=low), at)), clean.words((low, at))


def _told_apart(figure: Figure, other: Figure, said: tuple[str, ...]) -> bool:
    """Whether an aspect is said that is this figure's and not the other's: 年初预算数 is no 决算数."""
    for stretch in said:
        words = _without(stretch, (*figure.items, *other.items))
        own = [a for a in figure.aspects if a in words and a not in other.aspects]
        if own or any(a in words for a in other.aspects):
            return bool(own) and not any(a in words and a not in figure.aspects for a in other.aspects)
    return False


def _without(words: str, names: Iterable[str]) -> str:
    """The words with these names taken out: the 支出 of 基本支出 is no aspect."""
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, " ") if name else words
    return words


def same_words(figure: Figure, ledger: Ledger) -> list[Figure]:
    """The figures that share a name with this one, itself left out."""
    if figure.subject:
        return [f for f in ledger if f.id != figure.id and f.subject == figure.subject]
    names = names_of(figure)
    return [f for f in ledger if f.id != figure.id and not f.subject and names & names_of(f)]


def names_of(figure: Figure) -> set[str]:
    """The items and terms of a figure as they are compared; 合计 of a table names whatever the table is of."""
    return {normal_term(word) for word in (*figure.items, *figure.terms) if word and word not in TOTALS}
