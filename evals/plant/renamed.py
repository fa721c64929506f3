"""A true number under another name: the subject word becomes another term of the ledger, of which it is not true."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from assistant.ledger import Figure
from assistant.numbers import compatible_units
from assistant.subjects import normal_term
from evals.plant.clean import Clean, Span, Stated
from evals.plant.edit import Edit
from evals.plant.mutant import Mutant
from evals.plant.truth import TOTALS, could_be, names_of


def renamed(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """基本支出2,147.68万元 → 项目支出2,147.68万元; in a table, the name of the row."""
    for stated in clean.fair:
        figure = stated.figure
        if figure is None or figure.subject or not stated.mention.value:
            continue
        span = _row_head(clean, stated, figure) if stated.cell else _name_before(clean, stated, figure)
        others = _others(clean, stated, figure)
        if span and others:
            yield Mutant((Edit(*span, dice.choice(others)),), ((stated.site,),), (stated,))


def _name_before(clean: Clean, stated: Stated, figure: Figure) -> Span | None:
    """The name of the figure in its own stretch of the sentence: after the number before it."""
    low = max(
        (s.mention.end for s in clean.stated if stated.site[0] <= s.mention.start < stated.mention.start), default=0
    )
    low = max(low, stated.site[0])
    left = clean.words((low, stated.mention.start))
    for name in sorted({n for n in (*figure.items, *figure.terms) if len(n) > 1}, key=lambda n: (-len(n), n)):
        at = left.rfind(name)
        if at >= 0 and "，" not in left[at:] and len(left) - at - len(name) <= 8:
            return low + at, low + at + len(name)
    return None


def _row_head(clean: Clean, stated: Stated, figure: Figure) -> Span | None:
    for cell in stated.block.cells:
        words = normal_term(clean.words((cell.start, cell.end)))
        if cell is not stated.cell and words and words in names_of(figure):
            at = clean.text.text.find(words, cell.start, cell.end)
            return (at, at + len(words)) if at >= 0 else None
    return None


def _others(clean: Clean, stated: Stated, figure: Figure) -> list[str]:
    """Names of other figures of the same aspect and unit, under which the number is false."""
    names = names_of(figure)
    found = []
    for other in clean.ledger:
        if other.subject or not compatible_units(figure.base[1], other.base[1]) or names & names_of(other):
            continue
        if bool(figure.aspects) != bool(other.aspects) or not set(figure.aspects[:1]) <= set(other.aspects):
            continue
        name = next((n for n in (*other.items, *other.terms) if n and n not in TOTALS), "")
        if name and not _true_of(clean, stated, name):
            found.append(name)
    return list(dict.fromkeys(found))


def _true_of(clean: Clean, stated: Stated, name: str) -> bool:
    term = normal_term(name)
    return any(could_be(stated.mention, f.value, f.unit) for f in clean.ledger if not f.subject and term in names_of(f))
