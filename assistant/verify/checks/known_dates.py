"""Dates and document numbers that the case knows: a sentence of its materials, 批复 and 公开 of a disclosure, the deadline of a measure.

A date of which the case knows nothing is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.findings import Code, Finding
from assistant.numbers import Mention, find_numbers
from assistant.patterns import regex
from assistant.subjects import bigrams, common_prefix, common_suffix, dice, plain
from assistant.verify.matching.known import plain_side
from assistant.verify.reading.kept import kept_with
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.sentences import Said

if TYPE_CHECKING:
    from assistant.intake import Case, Row

_KINDS = ("date", "year", "docno")
_DATED = regex(r"[年月日号]|\d[-/.—－]\d|\d{4}")
"""What holds a date, a year or a document number has one of these."""
_SAME_PLACE, _SAME_SENTENCE, _SIDE = 8, 16, 4
"""So many characters around a date in common: it is the same date's place; a bare year's (many sentences open alike); so many on
one side: worth a look."""
_ALIKE = 0.6
"""Share of a measure's pairs of characters that a sentence about it repeats."""
_DUE = regex(r"^\s*(?:底|末)?(?:之?前|完成|以前)")
_LIMIT = regex(r"(?:时限|期限|限期|于|在)[：:]?\s*$")
_STEPS = {"批复": "approved", "公开": "published"}
_STEP = regex("批复|公开")
_YEAR_LENGTH = 4


@dataclass(frozen=True, slots=True)
class _Stated:
    """A date of a material: what stands on its sides, the date in full, and where it was read."""

    left: str
    right: str
    kind: str
    norm: str
    shown: str
    place: str


def known_dates(reading: Reading) -> list[Finding]:
    """An error for each date or document number that the case gives otherwise."""
    case = reading.case
    if case is None:
        return []
    stated = kept_with(case, _by_side)
    found: list[Finding] = []
    starts = [said.start for said in reading.said]
    for mention in reading.mentions:
        if mention.kind not in _KINDS or not mention.norm:
            continue
        said = reading.said[max(bisect_right(starts, mention.start) - 1, 0)]
        if not said.start <= mention.start < said.start + len(said.words):
            continue  # in a line of the contents
        own = mention._replace(start=mention.start - said.start, end=mention.end - said.start)
        due = (
            _of_material(said, own, stated, case.year)
            or _of_disclosure(said, own, case)
            or _of_measure(said, own, case)
        )
        found += [_finding(reading, said, own, shown, place) for shown, place in due]
    return found


def _finding(reading: Reading, said: Said, mention: Mention, shown: str, place: str) -> Finding:
    start = said.start + mention.start
    years = (mention.norm[:_YEAR_LENGTH], _first_norm(shown)[:_YEAR_LENGTH])
    other_year = mention.kind != "docno" and years[0] != years[1] and all(year.isdecimal() for year in years)
    code: Code = "wrong_period" if other_year else "mismatch"
    return Finding(
        code, "error",
        f"{reading.text.place(start)}“{said.short}”中的“{mention.text}”：应为{shown}（{place}）。请改正文中的{'文号' if mention.kind == 'docno' else '日期'}，或更正数据后重新生成。",
        quote=said.short, start=start, end=said.start + mention.end, expected=shown,
    )  # fmt: skip


def _first_norm(text: str) -> str:
    return next((m.norm for m in find_numbers(text) if m.norm), "")


def _by_side(case: Case) -> dict[str, list[_Stated]]:
    """The dates of the materials by the four characters on either side."""
    sides: dict[str, list[_Stated]] = defaultdict(list)
    for passage in case.passages:
        for sentence in passage.sentences:
            for mention in find_numbers(sentence.text) if _DATED.search(sentence.text) else ():
                if mention.kind in _KINDS and mention.norm:
                    left, right = _sides(sentence.text, mention)
                    one = _Stated(
                        left, right, mention.kind, mention.norm, mention.text, f"{passage.file} {passage.place}"
                    )
                    for key in {f"<{left[-_SIDE:]}", f">{right[:_SIDE]}"}:
                        sides[key].append(one)
    return sides


def _sides(words: str, mention: Mention) -> tuple[str, str]:
    return plain_side(words[max(mention.start - 40, 0) : mention.start]), plain_side(
        words[mention.end : mention.end + 40]
    )


def _of_material(said: Said, mention: Mention, stated: dict[str, list[_Stated]], year: int) -> list[tuple[str, str]]:
    """What the material says whose sentence this is, if it is another date."""
    left, right = _sides(said.words, mention)
    near = [*stated.get(f"<{left[-_SIDE:]}", ()), *stated.get(f">{right[:_SIDE]}", ())]
    ranked = [
        (common_suffix(left, s.left) + common_prefix(right, s.right), s)
        for s in near
        if _one_kind(s.kind, mention.kind)
    ]
    best = max((touching for touching, _ in ranked), default=0)
    if best < (_SAME_SENTENCE if mention.kind == "year" else _SAME_PLACE):
        return []
    same = [s for touching, s in ranked if touching == best]
    if any(_agree(mention.norm, s.norm, year) for s in same):
        return []
    return [(same[0].shown, same[0].place)]


def _one_kind(one: str, other: str) -> bool:
    return (one == "docno") == (other == "docno")


def _agree(one: str, other: str, year: int) -> bool:
    """Whether two dates are one, as far as both go; a month without a year is one of the case's."""
    first, second = (f"{year}{norm[1:]}" if norm.startswith("--") else norm for norm in (one, other))
    return first == second or first.startswith(f"{second}-") or second.startswith(f"{first}-")


def _of_disclosure(said: Said, mention: Mention, case: Case) -> list[tuple[str, str]]:
    """The 批复日期 or 公开日期 of the item that the sentence names, if the date is said of it and is another."""
    if mention.kind != "date" or (step := _step(said.words, mention)) is None:
        return []
    rows = [
        (row, said.words.rfind(row.text("item").removesuffix("公开"), 0, mention.end + 12))
        for row in case.rows("disclosures")
    ]
    named = [(at, row) for row, at in rows if at >= 0 and row.text("item")]
    if not named:
        return []
    entry = max(named, key=lambda pair: pair[0])[1].cells.get(_STEPS[step])
    if entry is None or not (norm := _first_norm(entry.text)) or _agree(mention.norm, norm, case.year):
        return []
    return [(entry.text, entry.provenance.place)]


def _step(words: str, mention: Mention) -> str | None:
    """批复 or 公开, whichever is said of this date: after it in its clause, else just before it."""
    after = re.split(r"[，。；、]", words[mention.end : mention.end + 20])[0]
    if found := _STEP.search(after):
        return found[0]
    before = re.split(r"[，。；、]", words[max(mention.start - 12, 0) : mention.start])[-1]
    return found[0] if (found := _STEP.search(before)) and re.search(r"日期|时间", before) else None


def _of_measure(said: Said, mention: Mention, case: Case) -> list[tuple[str, str]]:
    """The deadline of the measure that the sentence repeats, if it is another."""
    if mention.kind not in ("date", "year"):
        return []
    if not (_DUE.match(said.words[mention.end :]) or _LIMIT.search(said.words[: mention.start])):
        return []
    here = bigrams(plain(said.words))
    alike: list[tuple[float, Row]] = []
    for row in case.rows("problems"):
        measure = bigrams(plain(row.text("measure")))
        if measure and len(measure & here) >= _ALIKE * len(measure):
            alike.append((dice(here, measure | bigrams(plain(row.text("problem")))), row))
    if any(_agree(mention.norm, norm, case.year) for _, row in alike for norm in _norms(row)):
        return []
    due = max(alike, key=lambda pair: pair[0])[1].cells.get("deadline") if alike else None
    return [(due.text, due.provenance.place)] if due is not None and _first_norm(due.text) else []


def _norms(row: Row) -> list[str]:
    """The dates of a measure: its deadline, and those that it speaks of itself (每年2月底前定稿)."""
    words = "；".join(row.text(column) for column in ("deadline", "measure", "problem"))
    return [m.norm for m in find_numbers(words) if m.kind in _KINDS and m.norm]
