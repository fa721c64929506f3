"""Enumerations: a number left out, used twice or out of order; a list announced as 三个方面 that has four points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.findings import Finding, Severity
from assistant.patterns import regex
from assistant.verify.itself.chains import Chain, Point, chains
from assistant.verify.reading.enumerators import Item, Listing, from_han, label, shortened
from assistant.verify.reading.reading import Reading

_ANNOUNCED = regex(
    r"(?<![第其近超约每各前\d.])(?P<count>[二两三四五六七八九十]{1,3}|[0-9]{1,2})\s?(?P<unit>个|项|条|点|大|类|种|方面|步)(?P<rest>[^，。；：、]{0,24})"
)
_LISTED_THINGS = regex(
    r"方面|层面|维度|措施|举措|问题|阶段|环节|步骤|任务|目标|原则|做法|不足|经验|建议|原因|特点|内容|工作|指标|部分|重点|事项|机制|短板|抓手|行动|工程|意见|要求|成效|亮点|类别|情形|到位|结合|强化|坚持|突出|确保|注重|统一|聚焦|着力|同步|统筹|提升|转变"
)
_PARTLY = regex(r"其中|例如|比如|等$|特别是|尤其是|主要是以|左右|以上|余|多[个项]|多$|(?:未|没有)得满分")
_AS_FOLLOWS = regex(r"(?:以下|如下|下列)")
_OTHER_START = regex(r"首先|第一|其一|一方面|一[、是要]|[（(]一[)）]|1[.、]")
_RECALLED = regex(
    r"(?:以上|上述|前述|上面)(?:的)?(?P<count>[二两三四五六七八九十]{1,2}|[0-9]{1,2})(?:个|项|条|点|方面|类)(?:方面)?(?:的|存在的|主要)?(?:问题|不足)"
)
_THING_BEFORE = regex(rf"(?:{_LISTED_THINGS.pattern})(?:主要|共|共有|有|为|分为)?\s?$")
_SUMMED = regex(
    r"^(?:以上|上述|前述)(?P<count>[二两三四五六七八九十]{1,2}|[0-9]{1,2})(?:个|项|类)(?:方面|指标|内容)?(?:的)?(?:合计|相加|得分|共得)"
)
_PROBLEMS = regex(r"问题|不足")
_NOTHING_BETWEEN = " \u3000\n：:，,。；;—-"
_LOOKED_BACK = 120
_MOST = 20


def lists(reading: Reading) -> Iterator[Finding]:
    """Findings about enumerations; one for each."""
    found = chains(reading)
    for chain, after in pairwise([*found, None]):
        if chain is None:
            break
        broken = _broken(reading, chain) or _begun_twice(reading, chain, after)
        if broken is not None:
            yield broken
        elif chain.points[0].number == 1 and len(chain.points) > 1:
            first = chain.points[0]
            yield from _announced(
                reading, first.start, len(chain.points), chain.label(chain.last), _before(reading, first)
            )
    for listing in reading.listings:
        yield from _announced_lines(reading, listing)
    yield from _recalled(reading)
    yield from _summed(reading)


def _broken(reading: Reading, chain: Chain) -> Finding | None:
    """The first step of an enumeration that is not a step of one."""
    first = chain.points[0]
    if first.number > 1:
        return _headless(reading, chain)
    for before, point in pairwise(chain.points):
        if point.number == before.number + 1:
            continue
        severity: Severity = "error" if before.passage is point.passage else "warning"
        here, there = chain.label(point.number), chain.label(before.number)
        if point.number == before.number:
            said = f"“{here}”用了两次（另一处在{reading.text.place(before.start)}）。请改正序号"
        elif point.number < before.number:
            said = f"“{here}”排在“{there}”之后，次序颠倒。请改正序号"
        else:
            left = "、".join(chain.label(n) for n in range(before.number + 1, point.number))
            said = f"“{there}”之后是“{here}”，没有“{left}”。请核对是序号有误，还是少了一条"
        return _finding(reading, severity, point.start, point.end, said, chain.label(before.number + 1))
    return None


def _headless(reading: Reading, chain: Chain) -> Finding | None:
    """二是…三是… with nothing that opens the enumeration."""
    first = chain.points[0]
    before = first.passage.words[: first.start - first.passage.start]
    goes_on = len(chain.points) > 1 and chain.points[1].passage is first.passage
    if not goes_on or not before.strip() or _OTHER_START.search(before):
        return None
    said = f"列举从“{chain.label(first.number)}”开始，前面没有“{chain.label(1)}”。请核对序号"
    return _finding(reading, "warning", first.start, first.end, said, chain.label(1))


def _begun_twice(reading: Reading, chain: Chain, after: Chain | None) -> Finding | None:
    """一是…一是…二是…: the first number used twice looks like an enumeration inside one that never goes on."""
    if after is None or after.form != chain.form or len(chain.points) > 1 or len(after.points) == 1:
        return None
    first, second = chain.points[0], after.points[0]
    if first.number != 1 or second.number != 1 or first.passage is not second.passage:
        return None
    said = f"“{chain.label(1)}”用了两次（另一处在{reading.text.place(first.start)}）。请改正序号"
    return _finding(reading, "error", second.start, second.end, said, chain.label(2))


def _before(reading: Reading, point: Point) -> str:
    """What stands before a point: its own passage, or, where it begins one, the passage before it."""
    inside = point.passage.words[: point.start - point.passage.start]
    if inside.strip():
        return inside[-_LOOKED_BACK:]
    earlier = reading.passages_between(max(0, point.start - 2 * _LOOKED_BACK), point.start)
    return earlier[-1].words[-_LOOKED_BACK:] if earlier else ""


def _announced_lines(reading: Reading, listing: Listing) -> Iterator[Finding]:
    """Numbered lines that the sentence or heading before them announces."""
    first = listing.items[0]
    if first.number != 1 or len(listing.items) < 2 or _has_gap(listing.items):
        return
    earlier = reading.passages_between(max(0, first.start - 2 * _LOOKED_BACK), first.start)
    if earlier:
        words = earlier[-1].words.strip()
        heading = listing.parent is not None and earlier[-1].start == listing.parent.start
        sure = not heading and words.endswith(("：", ":"))
        yield from _announced(
            reading,
            first.start,
            len(listing.items),
            label(listing.style, listing.last),
            words[-_LOOKED_BACK:],
            sure,
            not listing.headings,
        )


def _recalled(reading: Reading) -> Iterator[Finding]:
    """针对上述三个问题, where the section on problems lists another number of them."""
    problems = [one for one in reading.listings if one.parent is not None and _PROBLEMS.search(one.parent.words)]
    if not problems:
        return
    for passage in reading.passages:
        for found in _RECALLED.finditer(passage.words):
            start = passage.start + found.start()
            before = [one for one in problems if one.items[-1].start < start and len(one.items) > 1]
            number = _number(found["count"])
            if not before or number == 0:
                continue
            last = [one for one in before if one.parent is before[-1].parent]
            if number not in {len(one.items) for one in last}:
                count = len(last[0].items)
                said = f"“{found[0]}”说的是{number}，而“{shortened(last[0].parent.title if last[0].parent else '', 24)}”列出的有{count}。请核对数目"
                yield _finding(reading, "warning", start, passage.start + found.end(), said, str(count))


def _summed(reading: Reading) -> Iterator[Finding]:
    """上述五项合计得94分 behind a list of another number of lines."""
    for passage in reading.passages:
        found = _SUMMED.match(passage.words.strip())
        before = (
            [one for one in reading.listings if one.items[-1].end < passage.start and len(one.items) > 1]
            if found
            else []
        )
        if found is None or not before:
            continue
        listing = max(before, key=lambda one: one.items[-1].start)
        said, count = _number(found["count"]), len(listing.items)
        if said and said != count and not _has_gap(listing.items):
            words = (
                f"“{found[0]}”说的是{said}项，前面列出的有{count}项（到“{listing.items[-1].title}”为止）。请核对数目"
            )
            yield _finding(reading, "warning", passage.start, passage.start + found.end(), words, str(count))


def _has_gap(items: list[Item]) -> bool:
    return any(after.number != before.number + 1 for before, after in pairwise(items))


def _announced(
    reading: Reading, start: int, count: int, last: str, before: str, sure: bool = True, plain: bool = True
) -> Iterator[Finding]:
    """A finding where the clause before an enumeration announces another number of points.

    `plain`: the points are no headings, under which what is counted may stand.
    """
    lead = before.rstrip(_NOTHING_BETWEEN)
    sentence = re.split(r"[。！？；]", lead)[-1]
    clause = re.split(r"[，：]", sentence)[-1]
    if _PARTLY.search(clause):
        return
    said = [m for m in _ANNOUNCED.finditer(clause) if _names_a_list(m) or (plain and _named_before(clause, m))]
    counts = {_number(m["count"]) for m in _ANNOUNCED.finditer(sentence)}
    if not said or count in counts or 0 in counts:
        return
    number = _number(said[-1]["count"])
    if not 2 <= number <= _MOST:
        return
    words = said[-1][0].strip()
    severity: Severity = "error" if sure else "warning"
    message = f"前面说“{shortened(words, 24)}”，是{number}；列出的有{count}（到“{last}”为止）；两者不一致。请改数目，或补（删）列出的内容"
    end = min(start + 40, len(reading.text.text))
    yield _finding(reading, severity, start, end, message, str(count))


def _names_a_list(match: re.Match[str]) -> bool:
    if match["unit"] in ("点", "方面", "步") and (
        not match["rest"] or _AS_FOLLOWS.search(match["rest"]) or match["unit"] == "方面"
    ):
        return True
    return _LISTED_THINGS.search(match["rest"]) is not None


def _named_before(clause: str, match: re.Match[str]) -> bool:
    """目标有三项： the thing before its count, and nothing behind it."""
    return (
        not match["rest"].strip()
        and match.end() == len(clause)
        and _THING_BEFORE.search(clause, 0, match.start()) is not None
    )


def _number(words: str) -> int:
    """The count; 0 for 三四, which is an estimate."""
    return int(words) if words.isdecimal() else from_han(words)


def _finding(reading: Reading, severity: Severity, start: int, end: int, said: str, expected: str) -> Finding:
    return Finding(
        "count", severity, f"{reading.text.place(start)}：{said}。", quote=reading.text.text[start:end], start=start, end=end,
        expected=expected,
    )  # fmt: skip
