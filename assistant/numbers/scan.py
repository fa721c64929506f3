"""Find every number in a text."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.numbers import dates, labels, quantities, shares
from assistant.numbers.grammar import PATTERN
from assistant.numbers.mention import Mention
from assistant.patterns import regex

_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_INVISIBLE = regex(f"[{_HIDDEN}]+")
_GROUPED = (
    r"[0-9]{3}(?:[，,][0-9]{3}){0,3}(?![0-9])(?:\.[0-9]|[ \u3000]?(?:[万亿元%人名户家件个次份篇吨亩]|平方|公[里斤]))"
)
_ODD = regex(f"[{_HIDDEN}０-９％﹪．－／＋\u00a0\u2009\u202f]|，(?<=[0-9]，)(?={_GROUPED})")
"""What makes a number look unlike itself: invisible characters, full-width ones, a full-width comma in 8，357.72."""
_NARROW = tuple(zip("０１２３４５６７８９％﹪．－／＋\u00a0\u2009\u202f", "0123456789%%.-/+   ", strict=True))
_WIDE_COMMA = regex(
    "，(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))"
    f"|，(?<=[0-9]，)(?<![0-9]{{4}}，)(?<![件表图第录栏例注额数量率][0-9]，)(?<![件表图第录栏例注额数量率][0-9]{{2}}，)(?={_GROUPED})"
)
"""A full-width comma that groups digits. Between ASCII digits it groups only what a unit or a decimal follows and no label precedes."""
_THIN_SPACE = regex("[\u2009\u202f](?<=[0-9０-９].)(?=[0-9]{3}(?![0-9]))")

READERS: dict[str, Callable[[re.Match[str]], Mention | None]] = {
    "number": quantities.quantity,
    "chinese": quantities.quantity,
    "latin": quantities.after_latin,
    "parts": shares.parts,
    "half": shares.half,
    "half_others": shares.half,
    "doubling": shares.doubling,
    "couple": shares.couple,
    "fraction": labels.fraction,
    "fraction_words": labels.fraction,
    "ratio": labels.ratio,
    "ratio_words": labels.ratio,
    "year": dates.year,
    "year_words": dates.year,
    "spaced_year": dates.year,
    "date": dates.date,
    "date_words": dates.date,
    "date_in_figures": dates.date_in_figures,
    "quarters": dates.quarters,
    "quarters_words": dates.quarters,
    "quarters_ordered": dates.quarters,
    "time": dates.time,
    "docno": labels.document_number,
    "announced": labels.document_number,
    "phone": labels.phone,
    "hotline": labels.phone,
    "ordinal": labels.ordinal,
    "level": labels.rank,
    "rank": labels.rank,
    "item": labels.item,
    "other_item": labels.item,
    "reason": labels.item,
    "heading": labels.heading,
    "paren": labels.parenthesis,
    "circled": labels.circled,
    "idiom": labels.idiom,
    "first_thing": labels.idiom,
    "vague": labels.idiom,
    "code": labels.idiom,
    "circle": labels.idiom,
    "link": labels.idiom,
    "plain": lambda _: None,
}
"""What each shape of the grammar means; a reader that returns `None` has seen that the numeral says nothing."""


def find_numbers(text: str) -> list[Mention]:
    """Return the numbers in `text`, in order and not overlapping; `text[m.start:m.end] == m.text` for each.

    Full-width digits and invisible characters inside a number do not change its value. Time is linear in the text.
    """
    odd = _ODD.search(text)
    if not odd:
        return _scan(text)
    if _INVISIBLE.search(text, odd.start()):
        return _through_invisible(text)
    plain = _THIN_SPACE.sub(",", _WIDE_COMMA.sub(",", text))
    for wide, narrow in _NARROW:  # each is rare: 18 looks for one character take a tenth of the time of str.translate
        plain = plain.replace(wide, narrow)
    return [mention._replace(text=text[mention.start : mention.end]) for mention in _scan(plain)]


def _scan(text: str) -> list[Mention]:
    mentions: list[Mention] = []
    search = PATTERN.search
    found = search(text)
    while found:
        mention = READERS[found.lastgroup or ""](found)
        if mention:
            if mentions and mentions[-1].direction:
                mention = _in_the_same_turn(text, mentions[-1], mention)
            mentions.append(mention)
            found = search(text, mention.end)
        else:
            found = search(text, found.end())
    return mentions


def _in_the_same_turn(text: str, before: Mention, mention: Mention) -> Mention:
    """Give a number the direction of the one that it is listed with: 分别下降15%、20%."""
    listed = mention.start - before.end == 1 and text[before.end] in "、和及与" and mention.unit == before.unit
    return mention._replace(direction=before.direction) if listed and mention.is_quantity else mention


def _through_invisible(text: str) -> list[Mention]:
    """Find the numbers as a reader sees them, and give their places in the text as it is."""
    visible: list[int] = []
    pos = 0
    for hidden in _INVISIBLE.finditer(text):
        visible.extend(range(pos, hidden.start()))
        pos = hidden.end()
    visible.extend(range(pos, len(text)))
    mentions = find_numbers("".join(text[i] for i in visible))
    spans = ((visible[mention.start], visible[mention.end - 1] + 1) for mention in mentions)
    return [
        mention._replace(start=start, end=end, text=text[start:end])
        for mention, (start, end) in zip(mentions, spans, strict=True)
    ]
