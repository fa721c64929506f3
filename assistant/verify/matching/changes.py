"""比…多少, 增减, 节约, 空编: a number that is the difference of two, or its share of the first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.numbers import compatible_units
from assistant.subjects import BLANK
from assistant.verify.matching import arithmetic
from assistant.verify.matching.arithmetic import Worked
from assistant.verify.matching.operands import (
    TAIL,
    Amount,
    Entry,
    Sentence,
    all_of,
    bases,
    before_place,
    by_words,
    in_order,
    nearest,
    plans_of,
)  # fmt: skip

_UP = frozenset(
    "多支出 超支 超编 超出 超过 多出 高出 增加 增长 上升 提高 提升 扩大 调增 追加 上涨 增多 增幅 涨幅 增收 增支 高于 多于 大于 多 高 超".split()
)
_SAVED = frozenset("少支出 未支出 节约 节省 节支 结余 剩余".split())
_VACANT = frozenset("空编 缺编 缺员 空缺 空余".split())
_DOWN = _SAVED | _VACANT | frozenset(
    "减少 下降 降低 压减 压缩 缩减 调减 核减 追减 回落 降幅 减幅 减收 减支 低于 少于 小于 少 低".split()
)  # fmt: skip
_APART = frozenset("差额 相差 差距 差异".split())
_OF_PLAN = _SAVED | _VACANT | {"超支", "超编", "多支出"}
"""What is held against the plan of the same item, though the sentence need not say so."""


def _words(*sets: frozenset[str]) -> str:
    longest_first = sorted(frozenset().union(*sets), key=lambda word: (-len(word), word))
    return "|".join("(?<![和与转及])结余" if word == "结余" else word for word in longest_first)


_MOVED = re.compile(
    rf"(?P<verb>{_words(_UP, _DOWN, _APART)})(?:资金|支出|经费|编制|金额|人数|了|额|数|幅度?|率|为|约|达)?(?:了|为|达到|达)?(?:约|近|超过?)?$"
)
_AGAINST = re.compile(rf"(?P<verb>超出|超过|高于|低于|多于|少于|大于|小于)(?P<base>[^，。；{BLANK}]{{2,16}}?)$")
_THAN = re.compile(r"(?<![占同环对相])(?:比|较)(?![例重率好大为快])|与|同(?!比)")
_SAID_BASE = re.compile(
    rf"^(?!.*(?:{_words(frozenset(w for w in _UP | _DOWN if len(w) > 1))}))[^，{BLANK}]*[^，{BLANK}多少高低超]{BLANK}?(?:相比|比较)?，?$"
)
"""A base that is still being said; after another number of the comparison (比预算□少□，下降) only what was compared is meant."""
_REACH = 40
_SAME_TIME = re.compile(r"(?:同比|比?上年同期)$")
_POSTS = re.compile(_words(_VACANT))
"""Posts are 个 and those who hold them 人."""


def changed(entry: Entry, sentence: Sentence, at: int) -> Iterator[tuple[Worked, str]]:
    """比预算少支出, 较年初增加, 超出目标, 下降 (of what was just compared), 节约, 空编."""
    tail = entry.before[-TAIL:]
    found = _MOVED.search(tail) or _AGAINST.search(tail)
    if found is None:
        return
    verb = found["verb"]
    way = "up" if verb in _UP else "down" if verb in _DOWN else ""
    head = entry.before[: len(entry.before) - len(tail) + found.start()]
    said = found.groupdict().get("base", "")
    for before, after, clear in _compared(head, verb, said, entry, sentence):
        sentence.pair = sentence.pair or (before, after)
        if worked := arithmetic.change(before, after, entry.mention.unit, clear):
            yield worked, way


def _compared(
    head: str, verb: str, said: str, entry: Entry, sentence: Sentence
) -> Iterator[tuple[Amount, Amount, bool]]:
    """(from, to, whether that is clear) of a number that is said to be a change."""
    than = (head, said) if said else _last_than(head)
    if than is not None and _SAID_BASE.match(than[1]):
        # What a number is 超过 may as well be the number itself (没有超过上年预算数23.64万元).
        yield from ((base, subject, not said) for base, subject in _held_against(*than, entry, sentence))
    elif _SAME_TIME.search(head):
        yield from ((base, subject, True) for base, subject in _held_against(head, "上年", entry, sentence))
    elif sentence.pair is not None:
        yield *sentence.pair, True
    elif len(verb) > 1:
        yield from _last_two(head, verb, entry, sentence)


def _held_against(head: str, words: str, entry: Entry, sentence: Sentence) -> Iterator[tuple[Amount, Amount]]:
    """(base, subject): what the words name, or the number that stands in them, and what the part before them speaks of."""
    subject = _subject(head, entry, sentence)
    if subject is None:
        return
    if BLANK in words:
        base = nearest(sentence.entries[head.count(BLANK) : head.count(BLANK) + 1], "")
        found = [base] if base is not None and compatible_units(subject.unit, base.unit) else []
    else:
        found = bases(words.rstrip("，").removesuffix("相比"), subject, sentence.known)
    yield from ((base, subject) for base in found)


def _last_two(head: str, verb: str, entry: Entry, sentence: Sentence) -> Iterator[tuple[Amount, Amount, bool]]:
    """The two numbers just before; where there is none, the plan and what became of it, of the item that the clause names."""
    standing = before_place(sentence.entries, head)
    amounts = all_of([e for e in standing if _goes_with(e, entry)][-2:])
    if len(amounts) == 2 and (compatible_units(amounts[0].unit, amounts[1].unit) or verb in _VACANT):
        yield *in_order(*amounts), amounts[0].shares_item(amounts[1]) or verb in _OF_PLAN
    elif not standing and verb in _OF_PLAN:
        for subject in by_words(head.rpartition("，")[2], entry.mention.unit, sentence.known)[-1:]:
            yield from ((plan, subject, True) for plan in plans_of(subject, sentence.known))


def _last_than(head: str) -> tuple[str, str] | None:
    """What stands before the last 比 or 与 of the sentence, and what after it up to the verb."""
    start = max(len(head) - _REACH, 0)
    last = max((match.span() for match in _THAN.finditer(head, start)), default=None)
    return (head[: last[0]], head[last[1] :]) if last else None


def _goes_with(operand: Entry, entry: Entry) -> bool:
    """Whether a quantity may be one of the two that differ by a number of this unit."""
    unit, own = entry.mention.unit, operand.mention.unit
    if unit == "个百分点":
        return own == "%"
    if unit == "个" and own == "人":
        return bool(_POSTS.search(entry.before[-4:]))
    return unit in ("%", "倍") or compatible_units(unit, own)


def _subject(head: str, entry: Entry, sentence: Sentence) -> Amount | None:
    """What is compared: what the clause names without a number; else the number just before, in the sentence before at the latest."""
    clause = head.rpartition("，")[2]
    if BLANK not in clause:
        unit = {"个百分点": "%", "%": "元", "倍": "元"}.get(entry.mention.unit, entry.mention.unit)
        if named := by_words(clause, unit, sentence.known):
            return named[-1]
    standing = before_place(sentence.entries, head) or sentence.before
    found = next((e for e in reversed(standing) if _goes_with(e, entry)), None)
    return found.amount() if found is not None else None
