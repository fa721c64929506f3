"""One number of a report against the ledger: what is it said of, and is that true?

The subject comes first and the value second: the figures that the words around a number name are found without looking at
its value, and then one of them must agree. So a right number in the wrong place is as wrong as an invented one.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.ledger import Figure
from assistant.numbers import Mention, base, compatible_units
from assistant.patterns import regex
from assistant.verify.matching.fitting import AGREES, agreement, period_fits, turned, words_fit
from assistant.verify.matching.known import Known
from assistant.verify.matching.listed import listed
from assistant.verify.matching.naming import named_figures, spoken_of
from assistant.verify.matching.quoting import SURE, keyed_figures, outbid, quoted_figures, reworded_figures
from assistant.verify.matching.reasons import name, wrong
from assistant.verify.matching.spoken import year_of
from assistant.verify.matching.verdict import EXPLAINED, Status, Verdict
from assistant.verify.reading.places import Place

__all__ = ["EXPLAINED", "Status", "Verdict", "judge"]

_POSTS = regex(r"(?:编制|职数|名额)(?:数|为|共)?$")
_OWN_WORDS = 2
"""So many characters of its own must a sentence share on the left of a number whose term is said and is another's."""
_NO_COUNT = frozenset("元 % 个百分点 分 倍".split())
_RECOGNISED = 10
"""A count from here on is the same count under another unit (49户 for 49名), if the words are alike."""


def judge(mention: Mention, place: Place, known: Known) -> Verdict:
    """Explain one quantity, or say why it cannot be."""
    bare, mention = mention, _of_posts(_with_unit(mention, place.unit), place)
    if (year := year_of(place, known.year)) != place.year:
        place = place._replace(year=year)
    quoted = quoted_figures(mention, place, known, alike=False)
    if quoted.sure and quoted.left >= SURE and (verdict := _agreeing(mention, quoted.figures, place, known)):
        return verdict._replace(quoted=True)  # whatever its words name
    named = named_figures(mention, place, known)
    if not quoted.figures and named.beside and (verdict := _agreeing(mention, named.beside, place, known)):
        return verdict._replace(quoted=named.full_rate)  # whatever sentence is alike
    quoted = quoted if quoted.figures else quoted_figures(mention, place, known)
    if not (quoted.sure or named.beside) and (one := listed(place.context.before, place.context.right)):
        place = place._replace(context=place.context._replace(left=one.name, right=""))
        quoted = quoted_figures(mention, place, known)
    sure = quoted.sure and quoted.left >= min(named.reach, SURE)
    if sure:
        due, others = quoted.figures, [] if quoted.certain else named.beside
        # The sentences only end alike, or the row says whose it is: its own aspect names it (the 分 of a standard are its own).
        if mention.kind != "score" and (not quoted.left or place.row_heads):
            others = [*others, *named.carried]
    else:
        by_words = named.beside or named.carried
        likely = quoted.figures if by_words else outbid(quoted.figures, mention, place.context, known) or quoted.figures
        due = by_words or likely or named.loose
        strange = quoted.left < (named.reach if named.full_rate else _OWN_WORDS)
        # A bound holds of many numbers, so it must hold of the one that its words name.
        others = [] if (named.beside or (mention.bound and named.carried)) and strange else likely
        others = [*others, *([] if by_words else named.loose)]
    verdict = _agreeing(mention, due, place, known) or _agreeing(mention, others, place, known)
    nearly: list[Figure] = []
    if verdict is None and not (sure or named.beside or named.carried):
        nearly = [*spoken_of(mention, place, known), *reworded_figures(mention, place.context, known)]
        verdict = _agreeing(mention, [*nearly, *keyed_figures(mention, place.context, known)], place, known)
    if verdict is None and not named.beside and place.column_sum is not None and place.column_sum == bare.value:
        verdict = Verdict("derived", None, "", "等于本列以上各行之和")
    if verdict is None and not sure:
        unitless = _without_unit(mention, place, known)
        verdict = _other_unit(mention, place, unitless)
        if not any(compatible_units(mention.unit, f.unit) for f in due):
            due = [f for f in unitless if f.provenance.source != "paragraph"] or due
    if verdict is None:
        verdict = wrong(mention, due or [f for f in nearly if turned(mention, f, place)], place, known)
    return verdict._replace(quoted=True) if sure or named.full_rate else verdict


def _with_unit(mention: Mention, unit: str) -> Mention:
    """A bare number of a table takes the unit of the table."""
    if mention.unit or not unit or mention.value is None:
        return mention
    factor, kind = base(Decimal(1), unit)
    step = mention.step * factor if mention.step is not None else None
    return mention._replace(value=mention.value * factor, step=step, unit=kind)


def _of_posts(mention: Mention, place: Place) -> Mention:
    """编制64个 are the posts of 64 people."""
    return mention._replace(unit="人") if mention.unit == "个" and _POSTS.search(place.context.left[-6:]) else mention


def _agreeing(mention: Mention, figures: Sequence[Figure], place: Place, known: Known) -> Verdict | None:
    for figure in figures:
        status = AGREES.get(agreement(mention, figure, place))
        if status and words_fit(mention, figure, place, known):
            return Verdict(status, figure, figure.bound_printed(), f"{figure.label}：{figure.provenance}")
    return None


def _without_unit(mention: Mention, place: Place, known: Known) -> list[Figure]:
    """The counts that the words name if the number's unit is left out of account."""
    if mention.kind != "count" or not mention.unit or mention.value is None:
        return []
    bare = mention._replace(unit="")
    named = named_figures(bare, place, known)
    figures = [*named.beside, *named.carried]
    if mention.value >= _RECOGNISED:
        figures += [*named.near, *reworded_figures(bare, place.context, known)]
    return [f for f in figures if f.base[1] not in _NO_COUNT]


def _other_unit(mention: Mention, place: Place, figures: Sequence[Figure]) -> Verdict | None:
    """Of those the one of this very value: 49户 for 49名."""
    fitting = (f for f in figures if f.base[0] == mention.value and not compatible_units(mention.unit, f.unit))
    slip = next((f for f in fitting if period_fits(f, place)), None)
    if slip is None:
        return None
    reason = f"单位不对：“{name(slip)}”应为{slip.bound_printed()}（{slip.provenance}）"
    return Verdict("wrong_unit", slip, slip.bound_printed(), reason)
