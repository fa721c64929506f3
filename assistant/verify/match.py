"""One number of a report against the ledger: what is it said of, and is that true?

The subject comes first and the value second: the figures that the words around a number name are found without looking at
its value, and then one of them must agree. So a right number in the wrong place is as wrong as an invented one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.ledger import Figure
from assistant.numbers import Agreement, Mention, base, compatible_units, same_as_printed
from assistant.subjects import normal_term
from assistant.verify.known import Known
from assistant.verify.naming import Place, named_figures, spoken_of
from assistant.verify.quoting import SURE, quoted_figures, reworded_figures

Status = Literal[
    "verified", "rounded", "derived", "bound", "structural", "mismatch", "misattributed",
    "wrong_unit", "wrong_period", "wrong_scope", "unsupported",
]  # fmt: skip
EXPLAINED: frozenset[Status] = frozenset({"verified", "rounded", "derived", "bound", "structural"})

_AGREES: dict[Agreement, Status] = {"exact": "verified", "rounded": "rounded", "bound": "bound"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it: the figure that explains the number, or the one that should stand there, and one line of reason."""

    status: Status
    figure: Figure | None = None
    expected: str = ""
    reason: str = ""


def judge(mention: Mention, place: Place, known: Known) -> Verdict:
    """Explain one quantity, or say why it cannot be."""
    bare, mention = mention, _with_unit(mention, place.unit)
    named = named_figures(mention, place, known)
    quoted = quoted_figures(place.context, known)
    sure = quoted.sure and quoted.left >= min(named.reach, SURE)
    if sure:
        due, others = quoted.figures, [] if quoted.certain else named.beside
        # The sentences only end alike, or the row says whose it is: its own aspect names it (the 分 of a standard are its own).
        if mention.kind != "score" and (not quoted.left or place.row_heads):
            others = [*others, *named.carried]
    else:
        by_words = named.beside or named.carried
        due = by_words or quoted.figures or named.loose
        others = [*quoted.figures, *([] if by_words else named.loose)]
    verdict = _agreeing(mention, due, place) or _agreeing(mention, others, place)
    nearly: list[Figure] = []
    if verdict is None and not (sure or named.beside or named.carried):
        nearly = [*spoken_of(mention, place, known), *reworded_figures(mention, place.context, known)]
        verdict = _agreeing(mention, nearly, place)
    if verdict is None and not named.beside and place.column_sum is not None and place.column_sum == bare.value:
        verdict = Verdict("derived", None, "", "等于本列以上各行之和")
    return verdict or _wrong(mention, due or [f for f in nearly if _turned(mention, f)], place, known)


def _with_unit(mention: Mention, unit: str) -> Mention:
    """A bare number of a table takes the unit of the table."""
    if mention.unit or not unit or mention.value is None:
        return mention
    factor, kind = base(Decimal(1), unit)
    step = mention.step * factor if mention.step is not None else None
    return replace(mention, value=mention.value * factor, step=step, unit=kind)


def agreement(mention: Mention, figure: Figure) -> Agreement:
    """Whether a figure, as printed, is this number: its bound words, its direction and both ends of a range included."""
    if figure.direction and mention.direction and figure.direction != mention.direction:
        return "no"
    if figure.bound:
        same = mention.value == figure.base[0] and compatible_units(mention.unit, figure.base[1])
        return "exact" if same and mention.bound == figure.bound else "no"
    if (figure.upper is None) != (mention.upper is None):
        return "no"
    if figure.upper is not None and mention.upper != base(figure.upper, figure.unit)[0]:
        return "no"
    return same_as_printed(mention, figure.value, figure.unit)


def _agreeing(mention: Mention, figures: Sequence[Figure], place: Place) -> Verdict | None:
    for figure in figures:
        status = _AGREES.get(agreement(mention, figure))
        if status and _period_fits(figure, place):
            return Verdict(status, figure, figure.bound_printed(), f"{figure.label}：{figure.provenance}")
    return None


def _period_fits(figure: Figure, place: Place) -> bool:
    judged = not figure.subject or figure.provenance.source == "paragraph"
    return not place.year or not judged or figure.period == place.year


def _wrong(mention: Mention, candidates: Sequence[Figure], place: Place, known: Known) -> Verdict:
    other = _owner(mention, known)
    if not candidates:
        if other is not None:
            return Verdict("misattributed", other, "", f"这个数等于“{_name(other)}”，但句中没有说明它指什么")
        return Verdict("unsupported", None, "", "台账和材料里都没有能解释这个数的数据")
    due = min(candidates, key=lambda figure: _distance(mention, figure))
    told = f"“{_name(due)}”应为{due.bound_printed()}（{due.provenance}）"
    if turned := next((f for f in candidates if _turned(mention, f)), None):
        return Verdict(
            "mismatch",
            turned,
            f"{_WAYS[turned.direction]}{turned.bound_printed()}",
            f"增减方向不对，应为{_WAYS[turned.direction]}{turned.bound_printed()}（{turned.provenance}）",
        )
    if late := next((f for f in candidates if agreement(mention, f) in _AGREES), None):
        reason = f"这个数是{late.period}年的{_name(late)}，句中说的是{place.year}年"
        return Verdict("wrong_period", late, late.bound_printed(), reason)
    if any(agreement(mention, f) == "unit" for f in candidates):
        return Verdict("wrong_unit", due, due.bound_printed(), f"单位不对：{told}")
    scope = next((f for f in _siblings(due, known) if agreement(mention, f) in _AGREES), None)
    if scope is not None:
        return Verdict("wrong_scope", scope, due.bound_printed(), f"{told}；文中的数是另一口径“{_name(scope)}”")
    if other is not None and other is not due:
        return Verdict("misattributed", due, due.bound_printed(), f"{told}；文中的数属于“{_name(other)}”")
    return Verdict("mismatch", due, due.bound_printed(), told)


_WAYS = {"up": "增加", "down": "减少"}


def _turned(mention: Mention, figure: Figure) -> bool:
    """Whether all is right but the direction."""
    if not figure.direction or not mention.direction or figure.direction == mention.direction:
        return False
    return agreement(replace(mention, direction=""), figure) in _AGREES


def _owner(mention: Mention, known: Known) -> Figure | None:
    """The figure of exactly this value, one of the data before one of the rubric's wording."""
    if mention.value is None:
        return None
    same = [f for f in known.with_value(mention.value) if compatible_units(mention.unit, f.base[1])]
    return min(same, key=lambda f: f.provenance.source in ("framework", "formula"), default=None)


def _name(figure: Figure) -> str:
    """What people call a figure; one of the rubric's wording, or of a text cell, by where it stands."""
    if not figure.subject or figure.provenance.source == "paragraph":
        return figure.label
    place = figure.provenance
    return f"{place.place}所写的数" if place.cell else place.paragraph or place.formula or figure.label


def _siblings(figure: Figure, known: Known) -> list[Figure]:
    """The figures of the same item in another 口径."""
    if not figure.items:
        return []
    return [
        f for f in known.by_item.get(normal_term(figure.items[0]), []) if f.id != figure.id and f.scope != figure.scope
    ]


def _distance(mention: Mention, figure: Figure) -> Decimal:
    """How far a figure is from the number: of several that could be meant, the nearest is what a slip was made in."""
    value = figure.base[0]
    return abs(value - (mention.value or Decimal(0))) / max(abs(value), Decimal(1))
