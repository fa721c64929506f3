"""One number of a report against the ledger: what is it said of, and is that true?

The subject comes first and the value second: the figures that the words around a number name are found without looking at
its value, and then one of them must agree. So a right number in the wrong place is as wrong as an invented one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.ledger import Figure
from assistant.numbers import Agreement, Mention, base, compatible_units, same_as_printed
from assistant.subjects import BLANK, Context, bigrams, common_prefix, common_suffix, dice, normal_term, plain
from assistant.verify.known import Known, Source, plain_side

Status = Literal[
    "verified", "rounded", "derived", "bound", "structural", "mismatch", "misattributed",
    "wrong_unit", "wrong_period", "wrong_scope", "unsupported",
]  # fmt: skip
EXPLAINED: frozenset[Status] = frozenset({"verified", "rounded", "derived", "bound", "structural"})

SURE = 8
"""So many characters shared with a source's sentence around the number: it is that number's place."""
LIKELY = 4
ALIKE = 0.5
"""Share of character pairs in common, for sentences that were reworded."""

_NEARER = {"paragraph": 3, "cell": 2}
"""Of sentences that look alike, the material's own explains a number better than one that repeats it."""

_AGREES: dict[Agreement, Status] = {"exact": "verified", "rounded": "rounded", "bound": "bound"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: its context in prose, or the heads of its table cell (nearest first), and the year said of it."""

    context: Context
    row_heads: tuple[str, ...] = ()
    column_heads: tuple[str, ...] = ()
    unit: str = ""
    alone: bool = False
    year: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it: the figure that explains the number, or the one that should stand there, and one line of reason."""

    status: Status
    figure: Figure | None = None
    expected: str = ""
    reason: str = ""


def judge(mention: Mention, place: Place, known: Known) -> Verdict:
    """Explain one quantity, or say why it cannot be."""
    mention = _with_unit(mention, place.unit)
    named, by_words = _named(mention, place, known)
    quoted, sure = _quoted(mention, place.context, known)
    candidates = quoted if sure else named or quoted
    verdict = _agreeing(mention, candidates, place)
    if verdict is None and not sure and candidates is named:
        verdict = _agreeing(mention, quoted, place)
    if verdict is None and sure:
        verdict = _agreeing(mention, named, place) if by_words else None
    return verdict or _wrong(mention, candidates, place, known)


def _with_unit(mention: Mention, unit: str) -> Mention:
    """A bare number of a table takes the unit of the table."""
    if mention.unit or not unit or mention.value is None:
        return mention
    factor, kind = base(type(mention.value)(1), unit)
    step = mention.step * factor if mention.step is not None else None
    return replace(mention, value=mention.value * factor, step=step, unit=kind)


def agreement(mention: Mention, figure: Figure) -> Agreement:
    """Whether a figure, as printed, is this number: its bound words and both ends of a range included."""
    if figure.bound:
        same = mention.value == figure.base[0] and compatible_units(mention.unit, figure.base[1])
        return "exact" if same and mention.bound == figure.bound else "no"
    if (figure.upper is None) != (mention.upper is None):
        return "no"
    if figure.upper is not None and mention.upper != base(figure.upper, figure.unit)[0]:
        return "no"
    return same_as_printed(mention, figure.value, figure.unit)


# ── which figures do the words name? ──────────────────────────────────────────────────────────────────────────────


def _named(mention: Mention, place: Place, known: Known) -> tuple[list[Figure], bool]:
    """The figures that terms in the clause or in the table's heads name, those of the right aspect first."""
    if place.alone:
        return _by_heads(mention, place, known), True
    before = normal_term(place.context.before)
    own = len(before) - len(before.rsplit(BLANK, 1)[-1])
    found, said = known.words_of(before)
    aspects = [word for word, _ in reversed(said)]
    in_own = [hit for hit in found if hit[1] >= own]
    listed = _respectively(before, found)
    after, _ = known.words_of(normal_term(place.context.right)[:12])
    spoken = [word for word, start in reversed(said) if start >= own]
    for words in ([listed] if listed else [], [hit[0] for hit in reversed(in_own)]):
        for word in words:
            if figures := _of_unit(known.by_item[word], mention):
                return _narrow(figures, aspects, known), True
    if after and after[0][1] <= 2 and (figures := _of_unit(known.by_item[after[0][0]], mention)):
        return _narrow(figures, aspects, known), True
    if spoken:
        inherited = [hit[0] for hit in reversed(found)] + [""]
        for word in inherited:
            figures = [
                f for f in _of_unit(known.by_item.get(word, []), mention) if known.aspects[f.id] & set(spoken)
            ]
            if figures:
                return _narrow(figures, spoken, known), True
    for word, _, _ in reversed(found):
        if figures := _of_unit(known.by_item[word], mention):
            return _narrow(figures, aspects, known), False
    heads = _by_heads(mention, place, known) if place.row_heads else []
    return heads, False


def _respectively(before: str, found: list[tuple[str, int, int]]) -> str:
    """In “A、B、C分别为1、2、3”: the item that this number belongs to, or ""."""
    at = before.rfind("分别")
    if at < 0:
        return ""
    position = before[at:].count(BLANK)
    start = before.rfind(BLANK, 0, at) + 1
    items = [word for word, s, e in found if start <= s and e <= at]
    return items[position] if position < len(items) else ""


def _by_heads(mention: Mention, place: Place, known: Known) -> list[Figure]:
    """The figures of a table cell: row and column name it together, or one an item and the other its aspect."""
    columns = [normal_term(head) for head in place.column_heads]
    rows = [normal_term(head) for head in place.row_heads]
    for row in rows:
        for column in columns:
            if figures := _of_unit(known.by_item.get(row + column, []), mention):
                return figures
    for items, aspects in ((rows, columns), (columns, rows)):
        for item in items:
            figures = _of_unit(known.by_item.get(item, []), mention)
            if exact := [f for f in figures if known.aspects.get(f.id, set()) & set(aspects)]:
                return exact
    for column in columns:
        figures = [f for f in _of_unit(known.by_item.get(column, []), mention) if not known.aspects.get(f.id)]
        if whole := [f for f in figures if not rows or _is_total(f, rows[0], known)]:
            return whole
    for row in rows:
        if figures := [
            f for f in _of_unit(known.by_item.get(row, []), mention) if not known.aspects.get(f.id)
        ]:
            return figures
    return []


def _is_total(rate: Figure, row: str, known: Known) -> bool:
    """Whether a row is the one that a rate over the whole stands in: the rate's own inputs are named so (合计, 总计)."""
    inputs = (known.ledger.get(id) for id in rate.provenance.inputs)
    return any(row in {normal_term(item) for item in f.items} for f in inputs if f)


def _of_unit(figures: Sequence[Figure], mention: Mention) -> list[Figure]:
    return [f for f in figures if compatible_units(mention.unit, f.base[1])]


def _narrow(figures: list[Figure], aspects: Sequence[str], known: Known) -> list[Figure]:
    """The figures in the order of how near their aspect is said; where one is said, the rest stay behind it."""
    for aspect in aspects:
        said = [f for f in figures if aspect in known.aspects.get(f.id, set())]
        if said:
            return said
    return figures


# ── which source's sentence is this? ──────────────────────────────────────────────────────────────────────────────


def _quoted(mention: Mention, context: Context, known: Known) -> tuple[list[Figure], bool]:
    """The figures of materials whose sentence looks like this one around the number; whether there is no doubt of it."""
    left, right = plain_side(context.left), plain_side(context.right)
    words = bigrams(plain(context.left + context.right))
    ranked: list[tuple[float, int, Source]] = []
    for source in known.sources_like(words):
        touching = common_suffix(left, source.left) + common_prefix(right, source.right)
        alike = dice(words, source.words)
        if touching >= LIKELY or (alike >= ALIKE and touching >= 1):
            ranked.append(
                (touching + 10 * alike + _NEARER.get(source.figure.provenance.source, 0), touching, source)
            )
    if not ranked:
        return [], False
    ranked.sort(key=lambda entry: -entry[0])
    best = ranked[0]
    near = [source.figure for score, _, source in ranked if score >= best[0] - 0.5]
    return near, best[1] >= SURE


# ── and is it true? ───────────────────────────────────────────────────────────────────────────────────────────────


def _agreeing(mention: Mention, figures: Sequence[Figure], place: Place) -> Verdict | None:
    for figure in figures:
        status = _AGREES.get(agreement(mention, figure))
        if status and _period_fits(figure, place):
            return Verdict(status, figure, figure.bound_printed(), f"{figure.label}：{figure.provenance}")
    return None


def _period_fits(figure: Figure, place: Place) -> bool:
    return not place.year or bool(figure.subject) or figure.period == place.year


def _wrong(mention: Mention, candidates: Sequence[Figure], place: Place, known: Known) -> Verdict:
    other = next((f for f in known.with_value(mention.value) if compatible_units(mention.unit, f.base[1])), None) if (
        mention.value is not None
    ) else None  # fmt: skip
    if not candidates:
        if other is not None:
            return Verdict("misattributed", other, "", f"这个数等于“{other.label}”，但句中没有说明它指什么")
        return Verdict("unsupported", None, "", "台账和材料里都没有能解释这个数的数据")
    due = candidates[0]
    told = f"“{due.label}”应为{due.bound_printed()}（{due.provenance}）"
    if late := next((f for f in candidates if agreement(mention, f) in _AGREES), None):
        return Verdict(
            "wrong_period",
            late,
            late.bound_printed(),
            f"这个数是{late.period}年的{late.label}，句中说的是{place.year}年",
        )
    if any(agreement(mention, f) == "unit" for f in candidates):
        return Verdict("wrong_unit", due, due.bound_printed(), f"单位不对：{told}")
    scope = next((f for f in _siblings(due, known) if agreement(mention, f) in _AGREES), None)
    if scope is not None:
        return Verdict(
            "wrong_scope", scope, due.bound_printed(), f"{told}；文中的数是另一口径“{scope.label}”"
        )
    if other is not None and other is not due:
        return Verdict("misattributed", due, due.bound_printed(), f"{told}；文中的数属于“{other.label}”")
    return Verdict("mismatch", due, due.bound_printed(), told)


def _siblings(figure: Figure, known: Known) -> list[Figure]:
    """The figures of the same item in another 口径."""
    if not figure.items:
        return []
    return [
        f
        for f in known.by_item.get(normal_term(figure.items[0]), [])
        if f.id != figure.id and f.scope != figure.scope
    ]


def strip_marks(text: str) -> str:
    """A cell's text without what may stand around a lone number."""
    return re.sub(r"[\s＊*]+", "", text)
