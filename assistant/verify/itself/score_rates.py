"""Marks in prose as a rate of their full mark, or scaled to another one: 分值20分，得18.6分，得分率93%; 满分120分，得108分，折算百分制90分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from assistant.findings import Finding
from assistant.numbers import round_half_up, to_places
from assistant.patterns import regex
from assistant.verify.reading.enumerators import shortened
from assistant.verify.reading.facets import is_rubric
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.statements import Statement

_FULL = regex(r"(?:满分|分值|标准分|权重|应得|共设|指标)[^，。；□率得评]{0,6}$")
_MARKS = regex(r"(?:得分?|自评|评分|总分)[^，。；□率]{0,8}$")
_RATE = regex(r"得分率(?:约?为|是|达到?|[：:约≈＝=])?\s?$")
_SCALED = regex(
    r"(?:折算|折合|换算)[^，。；□]{0,10}$|百分制[^，。；□]{0,8}(?:折算|折合|换算)(?:后|成)?[，]?[^，。；□]{0,8}$"
)
_TO_HUNDRED = regex(r"百分制|100分制|[按以]100分|满分100分")
_NEAR, _LONGEST = 40, 400
_HUNDRED = Decimal(100)


def score_rates(reading: Reading) -> Iterator[Finding]:
    """Rates and scaled totals that the one mark and the one full mark before them do not give."""
    for _, group in groupby(reading.statements, key=lambda said: (said.passage.start, said.sentence)):
        sentence = tuple(group)
        if len(sentence) > 2 and not is_rubric(sentence[0].words):
            yield from _judged(reading, sentence)


def _judged(reading: Reading, sentence: Sequence[Statement]) -> Iterator[Finding]:
    """Each result against the mark and the full mark that the sentence has told since the one before."""
    told: dict[str, list[Statement]] = {"full": [], "marks": []}
    given = False
    for said in sentence:
        if _is_rate(said) or _is_scaled(said):
            given = True
            if len(told["full"]) == len(told["marks"]) == 1:
                yield from _held(reading, said, told["marks"][0], told["full"][0])
        elif kind := _kind(said):
            told = {"full": [], "marks": []} if given else told
            given = False
            told[kind].append(said)


def _kind(said: Statement) -> str:
    if said.mention.kind != "score" or said.mention.value is None:
        return ""
    return "full" if _FULL.search(said.lead) else "marks" if _MARKS.search(said.lead) else ""


def _is_rate(said: Statement) -> bool:
    return said.mention.unit == "%" and _RATE.search(said.lead) is not None


def _is_scaled(said: Statement) -> bool:
    """Whether a mark is said to be another one scaled to a hundred."""
    scaled = said.mention.kind == "score" and _SCALED.search(said.before[-_NEAR:]) is not None
    return scaled and _TO_HUNDRED.search(said.words[:_LONGEST]) is not None


def _held(reading: Reading, said: Statement, mark: Statement, full: Statement) -> Iterator[Finding]:
    got, most, printed = mark.mention.value, full.mention.value, said.mention.value
    if not got or not most or printed is None or got > most or any(one.mention.bound for one in (mark, full)):
        return
    reading.held(said.mention.start, mark.mention.start, full.mention.start)
    exact, step = got / most * _HUNDRED, said.mention.step or Decimal(1)
    if said.mention.bound not in ("", "about") or round_half_up(exact, step) == printed:
        return
    unit = "%" if said.mention.unit == "%" else "分"
    shown = f"{to_places(exact, 2):f}".rstrip("0").rstrip(".") + unit
    times = "" if unit == "%" else "×100"
    yield Finding(
        "arithmetic", "error",
        f"{reading.text.place(said.mention.start)}“{shortened(said.words, 50)}”：{mark.mention.text}÷{full.mention.text}{times}＝{shown}，"
        f"写的是{said.mention.text}。请核对得分、分值和结果。",
        said.words, said.mention.start, said.mention.end, shown,
    )  # fmt: skip
