"""Whether a figure, as printed, is a number of the report: value, unit, counter, direction, bound and year."""

from __future__ import annotations

from assistant.ledger import Figure
from assistant.numbers import Agreement, Mention, base, compatible_units, same_as_printed, unit_family
from assistant.patterns import regex
from assistant.verify.matching.known import Known
from assistant.verify.matching.spoken import mark_word_fits, says_last_year, stage_word_fits
from assistant.verify.matching.verdict import Status
from assistant.verify.reading.places import Place

AGREES: dict[Agreement, Status] = {"exact": "verified", "rounded": "rounded", "bound": "bound"}
_DISTINCT = frozenset("户 家 场 期 届 班 批 门 组 队".split())
"""Counters that say what is counted; 个 does not stand for them (30个村 are not 30户)."""
_BODIES = regex(r"单位|企业|机构|组织|公司|协会|联盟|学校|医院|商户|门店|部门|支部|党委|会员|银行|酒店|基地")
"""What is counted by 家 and by 个 alike."""

_BESIDE = 12
_CHANGE = regex(r"[增减升降]|提高|节约|差|变动|多|少|超|高|低")


def agreement(mention: Mention, figure: Figure, place: Place) -> Agreement:
    """How a number agrees with a figure: its bound words, its direction, its counter and both ends of a range included."""
    if figure.direction and mention.direction and figure.direction != mention.direction:
        return "no"
    if figure.direction and not mention.direction and not figure.subject and not _change_said(place):
        return "no"
    if figure.bound:
        same = mention.value == figure.base[0] and compatible_units(mention.unit, figure.unit)
        return "exact" if same and mention.bound == figure.bound else "no"
    if (figure.upper is None) != (mention.upper is None):
        return "no"
    if figure.upper is not None and mention.upper != base(figure.upper, figure.unit)[0]:
        return "no"
    found = same_as_printed(mention, figure.value, figure.unit)
    return "unit" if found in AGREES and not _same_counter(mention.unit, figure.unit, place) else found


def period_fits(figure: Figure, place: Place) -> bool:
    """Whether the year that is said before the number is the figure's."""
    judged = not figure.subject or figure.provenance.source != "framework"
    return not place.year or not judged or figure.period == place.year or says_last_year(figure)


def words_fit(mention: Mention, figure: Figure, place: Place, known: Known) -> bool:
    """Whether nothing that is said right before the number speaks against the figure: its year, 得分 or 分值, 计划 or 支付.

    Nor may rounding make the full mark of a mark.
    """
    if figure.id.startswith("marks.") and mention.value != figure.base[0]:
        full = known.ledger.get(f"full_{figure.id}")
        if full is not None and full.base[0] == mention.value:
            return False
    return period_fits(figure, place) and called_rightly(figure, place)


def called_rightly(figure: Figure, place: Place) -> bool:
    """Whether the word for a mark or an amount right before the number is this figure's."""
    return mark_word_fits(figure, place) and stage_word_fits(figure, place)


def turned(mention: Mention, figure: Figure, place: Place) -> bool:
    """Whether all is right but the direction."""
    if not figure.direction or not mention.direction or figure.direction == mention.direction:
        return False
    return agreement(mention._replace(direction=""), figure, place) in AGREES


def _change_said(place: Place) -> bool:
    """Whether a number is said to be a change at all (收入752.48万元 is no 增减额): by a word beside it, or by a head of its cell."""
    said = (place.context.left[-_BESIDE:], place.context.right[:2], *place.row_heads, *place.column_heads)
    return any(_CHANGE.search(words) for words in said)


def _same_counter(one: str, other: str, place: Place) -> bool:
    """Whether 个 and another counter may count the same things here."""
    words = {unit_family(one), unit_family(other)}
    if len(words) == 1 or "个" not in words or not words & _DISTINCT:
        return True
    beside = place.context.left[-8:] + place.context.right[:8]
    return "家" in words and bool(_BODIES.search(beside))
