"""Posts and people: 控制率 against the counts beside it, 无超编 against more people than posts, 在职 and 离退休 against their sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from assistant.findings import Finding, Severity
from assistant.numbers import to_places
from assistant.patterns import regex
from assistant.verify.reading.enumerators import shortened
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.statements import Statement

_KINDS = regex(r"行政|参公|参照公务员|事业|工勤|机关|全额|差额|聘用|政法|专项")
_POSTS = regex(r"编制(?!外|内)|核编|核定.{0,6}(?:人数|名额)")
_PEOPLE = regex(r"实有|在编|在职|在岗|现有")
_OTHERS = regex(r"离休|退休|遗属|聘用|聘员|劳务|派遣|临聘|编外|其他人员|合同制|购买服务|学生")
_NOT_PEOPLE = regex(r"科室|机构|单位|部门|项")
_RATE = regex(r"(?<!编外)(?<!编制外)(?:财政供养人员|在职人员|在编人员|人员|编制)控制率")
_NONE_OVER = regex(r"(?:无|未|没有|不存在|并未)(?:出现|发生|有)?(?:任何)?(?:人员)?超编")
_HUNDRED = Decimal(100)


class _Pair(NamedTuple):
    """Posts and the people on them, of one kind (行政 …; "" where no kind is said)."""

    kind: str
    posts: Statement
    people: Statement

    @property
    def over(self) -> bool:
        """More people than posts."""
        return _value(self.people) > _value(self.posts)


def staffing(reading: Reading) -> Iterator[Finding]:
    """Findings of each paragraph that says posts and people."""
    claim = _NONE_OVER.search(reading.text.text)
    for _, group in groupby(reading.statements, key=lambda statement: statement.passage.start):
        said = list(group)
        pairs = _pairs(said)
        if not pairs:
            continue
        for pair in pairs:
            if claim is not None:
                reading.held(pair.posts.mention.start, pair.people.mention.start)
            if pair.over and claim is not None:
                yield _over(reading, pair, claim)
        for statement in said:
            if statement.mention.unit == "%" and _RATE.search(statement.lead) and not statement.mention.bound:
                yield from _rate(reading, statement, pairs)


def _pairs(said: list[Statement]) -> list[_Pair]:
    """Each count of posts with the first count of people that follows it, as long as the kind is the same."""
    pairs: list[_Pair] = []
    open_: dict[str, Statement] = {}
    for statement in said:
        mention = statement.mention
        if mention.kind != "count" or mention.unit not in ("人", "名", "个") or mention.bound or not mention.value:
            continue
        lead = statement.lead.rsplit("□", 1)[-1]
        kind = "".join(sorted(set(_KINDS.findall(lead))))
        if _OTHERS.search(lead) or _OTHERS.search(statement.thing) or _NOT_PEOPLE.search(statement.thing):
            continue
        if _PEOPLE.search(lead) and not re.search(r"编制数?$", lead.strip()):
            key = kind if kind in open_ else (next(iter(open_)) if not kind and len(open_) == 1 else None)
            if key is not None:
                pairs.append(_Pair(key, open_.pop(key), statement))
        elif _POSTS.search(lead) or (kind and not _PEOPLE.search(lead) and statement.thing.endswith("编制")):
            open_[kind] = statement
    return pairs


def _over(reading: Reading, pair: _Pair, claim: re.Match[str]) -> Finding:
    said = (
        f"{pair.kind}编制{pair.posts.mention.text}，实有{pair.people.mention.text}，多{_value(pair.people) - _value(pair.posts)}人，"
        f"与“{claim[0]}”（{reading.text.place(claim.start())}）矛盾。请核对人数和编制数"
    )
    return _finding(reading, "error", pair.people, said, "")


def _rate(reading: Reading, statement: Statement, pairs: list[_Pair]) -> Iterator[Finding]:
    """The stated rate against people ÷ posts: of all kinds together, or of the line that gives the total."""
    mention = statement.mention
    places = max(0, -int((mention.step or Decimal(1)).as_tuple().exponent))
    readings = [(p, to_places(p[0] * _HUNDRED / p[1], places)) for p in _totals(pairs)]
    reading.held(mention.start, *(one.mention.start for pair in pairs for one in (pair.posts, pair.people)))
    if any(mention.value == rate for _, rate in readings):
        return
    said = "；".join(f"实有{people}人÷编制{posts}人={rate}%" for (people, posts), rate in readings)
    message = f"控制率写为{mention.text}，而{said}（{reading.text.place(pairs[0].posts.mention.start)}）。请核对人数、编制数和控制率的口径"
    sure = len(readings) == 1
    yield _finding(reading, "error" if sure else "warning", statement, message, f"{readings[0][1]}%" if sure else "")


def _totals(pairs: list[_Pair]) -> list[tuple[Decimal, Decimal]]:
    """People and posts in all, in each way that the lines can be read: a line without a kind may be the total or one of the parts."""
    both = [(pair.kind, _value(pair.people), _value(pair.posts)) for pair in pairs]
    parts = [(people, posts) for kind, people, posts in both if kind]
    total = [(people, posts) for kind, people, posts in both if not kind][:1]
    ways = [parts if len(parts) > 1 else [], total, [(people, posts) for _, people, posts in both]]
    sums = [(sum((p for p, _ in way), Decimal(0)), sum((q for _, q in way), Decimal(0))) for way in ways if way]
    return list(dict.fromkeys(sums))


def _value(statement: Statement) -> Decimal:
    return statement.mention.value or Decimal(0)


def _finding(reading: Reading, severity: Severity, statement: Statement, said: str, expected: str) -> Finding:
    mention = statement.mention
    return Finding(
        "arithmetic", severity, f"{reading.text.place(mention.start)}“{shortened(statement.words, 50)}”：{said}。",
        quote=statement.words, start=mention.start, end=mention.end, expected=expected,
    )  # fmt: skip
