"""The quantities of a full sentence in a row, with the words between them: what is added up and divided in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.patterns import regex
from assistant.verify.itself.printed import Amount, amount_of
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.statements import Statement

_STOP = regex(r"[。！？](?!\s{0,3}其中)")
_SHORT_BRACKETS = regex(r"[（(]([^（()）]{1,6})[）)]")
_LONGEST_GAP = 80
_ANNOUNCED = regex(r"[：:；;]\s{0,4}$")
_SPACE = regex(r"\s+")
_ITEM = regex(r"^(?:[（(][0-9一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.．、]|[①-⑳])")
_LONGEST_TAIL = 200
_MOST = 40
"""A sentence that never ends is cut after so many quantities: what is held against each other is bounded."""
_FILLER = regex(
    r"^(?:[，、；：,;:（()）\s和及与]|其中|包括|包含|20\d\d\s?年度?|全年|本年度?|当年|年内|我[部局委办院单]位?|本[部局委办院单]位?|部门|截至[^，]{0,10}，)+"
)
_CLOSER = regex(r"(?:[，、；：,;:（()）\s]|数?[为是达]到?|(?<!节)约|共计?|合计|总计|分别|数|有)+$")
_REACH = 4
"""So many sentences back."""


class Quantity(NamedTuple):
    """A number of a sentence. `gap`: the words since the number before it, or since the sentence began; `after`: those up to
    the next one, or to the sentence's end. `name`: the words right before the number (货物类采购预算); in a list with 分别 its item.
    `amount` is None where the number has no plain value.
    """

    said: Statement
    amount: Amount | None
    gap: str
    after: str = ""
    name: str = ""

    @property
    def unit(self) -> str:
        """In base units: 元, 人, %."""
        return self.said.mention.unit


Run = tuple[Quantity, ...]


def name_in(gap: str) -> str:
    """What the words between two numbers call the second: ，其中：项目支出为 → 项目支出."""
    clause = re.split(r"[，；。：,;:（）()]", _CLOSER.sub("", _SHORT_BRACKETS.sub(r"\1", gap)))[-1]
    return _FILLER.sub("", clause).strip('“”‘’"、 ')


def runs(reading: Reading) -> Sequence[Run]:
    """The full sentences (up to 。) that hold quantities, in reading order. A sentence that opens with 其中 goes on the one before,
    and the items of a list that 其中： announces go on the sentence that announces them.
    """
    return reading.once(_runs)


def runs_in_turn(reading: Reading) -> Iterator[tuple[Run, Sequence[Run]]]:
    """Each with the last ones of its paragraph before it: where the amounts of a percentage are looked for."""
    earlier: list[Run] = []
    for run in runs(reading):
        if earlier and earlier[-1][0].said.passage is not run[0].said.passage:
            earlier = []
        yield run, tuple(earlier)
        earlier = [*earlier, run][-_REACH:]


def _runs(reading: Reading) -> tuple[Run, ...]:
    return tuple(_sentences(reading))


def _sentences(reading: Reading) -> Iterator[Run]:
    row: list[Quantity] = []
    before: Statement | None = None
    for said in reading.statements:
        gap, joined = _between(reading, before, said)
        stops = list(_STOP.finditer(gap))
        if row and (stops or not joined or len(row) >= _MOST):
            yield _closed(row)
            row = []
        gap = _SPACE.sub("", gap[stops[-1].end() :] if stops else gap)
        amount = amount_of(said.mention, said.subject)
        row.append(Quantity(said, amount, gap[-_LONGEST_GAP:]))
        before = said
    if row:
        yield _closed(row)


def outside(run: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of a sentence that stand outside brackets."""
    found, depth = [], 0
    for quantity in run:
        depth = max(0, depth + len(re.findall(r"[（(]", quantity.gap)) - len(re.findall(r"[）)]", quantity.gap)))
        if not depth:
            found.append(quantity)
    return found


def _between(reading: Reading, before: Statement | None, said: Statement) -> tuple[str, bool]:
    """The words between two quantities, and whether the second goes on what the first began: the same paragraph, or the next item."""
    here = said.passage
    lead = here.words[max(0, said.mention.start - here.start - 600) : said.mention.start - here.start]
    if before is None:
        return lead, False
    if before.passage is here:
        return here.words[
            max(before.mention.end, said.mention.start - 600) - here.start : said.mention.start - here.start
        ], True
    last = before.passage
    tail = last.words[before.mention.end - last.start :]
    follows = len(tail) < _LONGEST_TAIL and here.start - last.end <= 1 and _ANNOUNCED.search(tail) is not None
    if follows and (item := _ITEM.match(lead.lstrip())):
        return tail + lead.lstrip()[item.end() :], True
    return lead, False


def _closed(row: list[Quantity]) -> Run:
    last = row[-1].said
    end = last.mention.end - last.passage.start
    tail = last.passage.words[end : end + _LONGEST_GAP]
    afters = [q.gap for q in row[1:]] + [_STOP.split(tail, maxsplit=1)[0]]
    return tuple(
        q._replace(after=after, name=name_in(q.gap) or q.said.subject) for q, after in zip(row, afters, strict=True)
    )
