"""What a text says in numbers, without any case: each quantity with the words it is said of.

全年财政拨款支出752.48万元，比上年减少194.51万元，下降20.54%。
→ 财政拨款支出 752.48万元 · (财政拨款支出) 比上年减少 194.51万元 · (财政拨款支出) 下降 20.54%
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.numbers import Mention
from assistant.patterns import regex
from assistant.subjects import BLANK, normal_term, year_in
from assistant.verify.reading.facets import Aspect, is_planned, relation_of, relation_subject, stage_in
from assistant.verify.reading.passages import Passage

_AND = regex(r"[、和及与]")
_STOP = regex(r"[，。；：]")
_COMMA = regex(r"[，。！？；]")
_CLAUSE = regex(r"[，。！？；：,;:\n\t（(）)]")
_ASIDE = regex(r"[（(]([^（）()，。；]{1,30})[）)]")
_LONGEST_KEPT = 4
"""An aside in brackets that is no longer is part of the name: 因公出国（境）费, 组织部（本级）."""
_EXPLAINING = regex(r"含|包括|其中|以下|即|如|[\d一二三四五六七八九十]{1,3}$")
_LEADING = regex(
    r"^(?:(?:20\d\d|□)\s?年度?|本年度?|全年|年内|当年|今年以?来?|截至[^，]{0,12}"
    r"|[我本](?:部门|单位|部|局|委|办|院|区|县|市)|其中|此外|另有|另|包括|包含|含|其余|均|共|累计|分别|已|的|了|在(?![建职岗编校册读用途])|按|及|和|与|、|\s)+"
)
_TRAILING = regex(
    r"(?:为|是|达到?|共计|合计|总计|共|计|约|近|超过?|仅|有|了|至|到|在|的|数|于|等|[≥≤=＝:：]|分别|不低于|不少于|不超过|不高于|大于|小于|高于|低于|\s)+$"
)
_COUNTED = regex(
    r"[，。！？；：,;:\n\t（(）)、"
    + BLANK
    + r"和及与并]|(?<=[\u4e00-\u9fff]{2})(?:提供|设置|设立|开展|参加|参与|发放|进行|获得?|得以|完成|实施|建成|举办|纳入|入选"
    r"|接受|享受|实现|达到|安装|共计|合计|配备|覆盖|使用|投入|受益|下沉)"
)
_MEASURE = regex(
    r"(?:(?:年初|全年|调整)?预算|决算|支出|执行|完成|支付|增长|覆盖|合格|达标|满意|使用)?(?:数|率|额|金额|度)$"
)
"""What the last item of a list says for all of them: 基本支出、项目支出执行率分别为."""
_LONGEST_SUBJECT = 60
REACH = 160
"""How far a clause is followed to either side: a sentence without a stop may be a megabyte long."""


class Statement(NamedTuple):
    """One quantity of the prose.

    `lead`: its clause up to the number, other numbers as □. `subject`: the words it is said of, as terms are compared; where its
    clause has none of its own, those of the clause before (`carried`). `thing`: what is counted, the words after a count (户
    特殊困难老人). `tail`: the rest of its clause. `year`: the one year its sentence names before it, "" for none.
    `sentence`: its number in the passage; `start`/`end` of the sentence are places in the text. `before`: the sentence up to the
    number, other numbers as □. `aspect`: the stage that its clause, or else its sentence, puts it in (年初预算, 决算, 目标, a
    difference, a share).
    """

    mention: Mention
    passage: Passage
    sentence: int
    start: int
    end: int
    lead: str
    tail: str
    subject: str
    thing: str = ""
    year: str = ""
    carried: bool = False
    before: str = ""

    @property
    def clause(self) -> str:
        """From the comma or stop before the number to the one after it, the number as □: what is planned says so here."""
        return f"{_COMMA.split(self.before)[-1]}{BLANK}{self.tail}"

    @property
    def aspect(self) -> Aspect:
        """Which of the figures of its name it is."""
        if relation := relation_of(self.lead):
            return relation
        if is_planned(self.before, self.tail, self.passage.words, self.passage.section):
            return "target"
        return stage_in(self.lead) or stage_in(self.before) if self.mention.kind == "money" else ""

    @property
    def words(self) -> str:
        """Its sentence."""
        return self.passage.words[self.start - self.passage.start : self.end - self.passage.start].strip()


def statements(passage: Passage, mentions: Sequence[Mention]) -> Iterator[Statement]:
    """The quantities of one passage in order. `mentions` are those of the whole text that stand in it, in order."""
    at = 0
    for number, (start, end) in enumerate(passage.sentences()):
        inside = []
        while at < len(mentions) and mentions[at].start < end:
            if mentions[at].start >= start:
                inside.append(mentions[at])
            at += 1
        yield from _of_sentence(passage, number, start, end, inside)


def _of_sentence(passage: Passage, number: int, start: int, end: int, inside: list[Mention]) -> Iterator[Statement]:
    quantities = [m for m in inside if m.is_quantity and m.value is not None]
    blanked, places = _blanked(passage, start, end, quantities)
    last = ""
    for mention, (left, right) in zip(quantities, places, strict=True):
        before = _ASIDE.sub(_without_aside, blanked[max(0, left - REACH) : left])
        lead = _CLAUSE.split(before)[-1]
        tail = _CLAUSE.split(blanked[right : right + REACH], maxsplit=1)[0]
        own = _listed(before) or subject_of(lead)
        subject = own or last
        last = subject
        thing = (
            normal_term(_COUNTED.split(blanked[right : right + 24], maxsplit=1)[0]) if mention.kind == "count" else ""
        )
        yield Statement(
            mention, passage, number, start, end, lead, tail, subject, thing, year_in(before), not own, before
        )


def _without_aside(found: re.Match[str]) -> str:
    """A short aside as part of the name; a longer one, one that explains and a heading's number are left out."""
    words = found[1]
    return "" if len(words) > _LONGEST_KEPT or BLANK in words or _EXPLAINING.match(words) else words


def _blanked(passage: Passage, start: int, end: int, quantities: list[Mention]) -> tuple[str, list[tuple[int, int]]]:
    """The sentence with □ for each quantity, and where each □ begins and ends in it."""
    words, parts, places, at, length = passage.words, [], [], start, 0
    for mention in quantities:
        piece = words[at - passage.start : mention.start - passage.start]
        length += len(piece)
        places.append((length, length + 1))
        parts += [piece, BLANK]
        length += 1
        at = mention.end
    parts.append(words[at - passage.start : end - passage.start])
    return "".join(parts), places


def subject_of(lead: str) -> str:
    """The words a number is said of, from its clause up to the number: 2021年我局全年财政拨款支出为 → 财政拨款支出."""
    words = lead.rsplit(BLANK, 1)[-1][-_LONGEST_SUBJECT:].lstrip("、和及与 ")
    if relation_of(words):
        words = relation_subject(words)
    while True:
        shorter = _TRAILING.sub("", _LEADING.sub("", words))
        if shorter == words:
            return normal_term(words)
        words = shorter


def _listed(before: str) -> str:
    """In “A、B、C分别为1、2、3”: the item that the number after these words belongs to, or ""."""
    at = before.rfind("分别")
    if at < 0:
        return ""
    items = [p for p in _AND.split(_STOP.split(before[:at])[-1]) if p.strip()]
    position = before.count(BLANK, at)
    if len(items) < 2 or position >= len(items):
        return ""
    measure = _MEASURE.search(items[-1])
    shared = measure[0] if measure and not any(_MEASURE.search(item) for item in items[:-1]) else ""
    return subject_of(items[position] + (shared if position < len(items) - 1 else ""))
