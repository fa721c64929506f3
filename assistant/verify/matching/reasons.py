"""What to say of a number that nothing explains: what should stand there, and whose number it is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.ledger import Figure
from assistant.numbers import Mention, significant_digits, unit_family
from assistant.subjects import normal_term, split_subject
from assistant.verify.matching.fitting import AGREES, agreement, called_rightly, period_fits, turned
from assistant.verify.matching.known import Known
from assistant.verify.matching.verdict import Verdict
from assistant.verify.reading.places import Place

WAYS = {"up": "增加", "down": "减少"}
_SNIPPET = 10
_DISTINCTIVE = 3
"""A number of so many digits, or one that a single figure has in its very unit, is recognised as that figure's."""


def wrong(mention: Mention, candidates: Sequence[Figure], place: Place, known: Known) -> Verdict:
    """The verdict on a number that is none of the figures its words name (`candidates`; none: they name nothing)."""
    owner = _owner(mention, known)
    if not candidates:
        if owner is not None:
            return Verdict("misattributed", owner, "", f"这个数是{_told(owner)}，但句中没有说明它指什么")
        return Verdict("unsupported", None, "", "台账和材料里都没有能解释这个数的数据")
    due = min(candidates, key=lambda figure: _distance(mention, figure))
    told = f"“{name(due)}”应为{due.bound_printed()}（{due.provenance}）"
    if other := next((f for f in candidates if turned(mention, f, place)), None):
        way = f"{WAYS[other.direction]}{other.bound_printed()}"
        return Verdict("mismatch", other, way, f"增减方向不对，应为{way}（{other.provenance}）")
    agreeing = [f for f in candidates if agreement(mention, f, place) in AGREES]
    if late := next((f for f in agreeing if not period_fits(f, place)), None):
        right = next((f for f in _same_term(late, known) if f.period == place.year), None)
        remedy = f"；{place.year}年应为{right.printed()}（{right.provenance}）" if right else ""
        reason = f"这个数是{late.period}年的{name(late)}（{late.provenance}），句中说的是{place.year}年{remedy}"
        return Verdict("wrong_period", late, right.printed() if right else late.bound_printed(), reason)
    if other := next((f for f in agreeing if not called_rightly(f, place)), None):
        return Verdict("misattributed", other, "", f"这个数是{_told(other)}，与句中的说法不符")
    if slip := next((f for f in candidates if agreement(mention, f, place) == "unit"), None):
        return Verdict(
            "wrong_unit",
            slip,
            slip.bound_printed(),
            f"单位不对：“{name(slip)}”应为{slip.bound_printed()}（{slip.provenance}）",
        )
    scope = next((f for f in _siblings(due, known) if agreement(mention, f, place) in AGREES), None)
    if scope is not None:
        return Verdict(
            "wrong_scope",
            scope,
            due.bound_printed(),
            f"口径不对：{told}；文中的数是{_told(scope)}，口径为{scope.scope}",
        )
    if owner is not None and owner is not due:
        return Verdict("misattributed", due, due.bound_printed(), f"{told}；文中的数是{_told(owner)}")
    return Verdict("mismatch", due, due.bound_printed(), told)


def name(figure: Figure) -> str:
    """What people call a figure; a number of the rubric's wording, or of a text cell, by the words around it."""
    if not figure.subject or figure.provenance.source == "paragraph":
        return figure.label
    left, right = split_subject(figure.subject)
    words = f"{left[-_SNIPPET:]}{figure.bound_printed()}{right[:_SNIPPET]}".replace("□", "…").strip("，。；")
    place = figure.provenance
    return f"{place.place or place.paragraph or place.formula}所写“{words}”"


def _told(figure: Figure) -> str:
    return f"“{name(figure)}”（{figure.provenance}）"


def _owner(mention: Mention, known: Known) -> Figure | None:
    """The figure that a number is recognised as: of this very value, and no rubric's wording; several only if one thing has them."""
    if mention.value is None:
        return None
    same = known.near_value(mention.value, None, mention.unit)
    data = [f for f in same if f.provenance.source not in ("framework", "formula")]
    if significant_digits(mention) >= _DISTINCTIVE:
        worked_out = [f for f in same if f.provenance.source == "formula" and not f.subject]
        return next(iter([*data, *worked_out]), None)
    exact = [f for f in data if unit_family(f.base[1]) == unit_family(mention.unit)]
    return exact[0] if len({f.label for f in exact}) == 1 else None


def _siblings(figure: Figure, known: Known) -> list[Figure]:
    """The figures of the same item in another 口径; those of the single units where it was added up from theirs."""
    units = [f for id in figure.provenance.inputs if (f := known.ledger.get(id)) is not None and f.scope.unit]
    if not figure.items:
        return units
    same = known.by_item.get(normal_term(figure.items[0]), [])
    return [*(f for f in same if f.id != figure.id and f.scope != figure.scope), *units]


def _same_term(figure: Figure, known: Known) -> list[Figure]:
    """The figures of the same item in the same unit, other years among them."""
    return [f for item in figure.items[:1] for f in known.by_item.get(normal_term(item), []) if f.unit == figure.unit]


def _distance(mention: Mention, figure: Figure) -> Decimal:
    """How far a figure is from the number: of several that could be meant, the nearest is what a slip was made in."""
    value = figure.base[0]
    return abs(value - (mention.value or Decimal(0))) / max(abs(value), Decimal(1))
