"""Slots: only those of the point, written as they were given, with nothing put beside them that changes what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.guard.fault import Fault
from assistant.guard.lexicon import slot_words
from assistant.guard.matter import Matter
from assistant.guard.text import SLOT, Text, Used, cut, stands_for
from assistant.patterns import regex

_BROKEN = regex(
    r"\[{1,3}[^\[\]\n]{0,60}\]{1,3}|\{{1,2}[^{}\n]{0,60}\}{1,2}|【【?[^【】\n]{0,60}】?】|［{1,2}[^［］\n]{0,60}］{1,2}|<<[^<>\n]{0,60}>>|\$\{?[a-z]\w{0,40}\}?"
    r"|\[\[[A-Za-z0-9_.:]{0,60}|[A-Za-z0-9_.:]{0,60}\]\]|%\([a-z]\w{0,40}\)s"
)
_ID = regex(r"(?<![A-Za-z0-9_.])[mw]\d{1,4}(?::value)?(?![A-Za-z0-9_])|:value")
_BEFORE = 4
_TOP = 3


def slot_use(matter: Matter) -> Iterator[Fault]:
    """Slots that are unknown, another point's, malformed, or printed with words beside them that are not the statement's."""
    ids = {slot.id: statement for statement in reversed(matter.statements) for slot in statement.slots}
    support = {slot.id for text in matter.known for slot in text.slots}
    allowed = "、".join(f"[[{slot.id}{':value' * slot.value_only}]]" for s in matter.statements for slot in s.slots)
    remedy = f"本段只能用：{allowed}" if allowed else "本段没有占位可用"
    most = Counter(slot.id for statement in matter.statements for slot in statement.slots)
    used: Counter[str] = Counter()
    for number, text in enumerate(matter.sentences):
        for slot in text.slots:
            used[slot.id] += 1
            if slot.id in most and used[slot.id] == most[slot.id] + 1:
                words = text.raw[slot.start : slot.end]
                yield Fault("repetition", number, words, f"{words}写了不止一次：一个数字只写一处，请删去重复的话。")
            words = text.raw[slot.start : slot.end]
            if slot.id not in ids and slot.id not in support:
                yield Fault("unsupported", number, words, f"{words}不是本段的占位。{remedy}。")
            elif slot.id in ids:
                yield from _beside(number, text, slot, ids[slot.id])
        rest = SLOT.sub(" ", text.raw)
        for pattern in (_BROKEN, _ID):
            for m in pattern.finditer(rest):
                yield Fault("unsupported", number, m[0], f"“{m[0]}”不是占位的写法，占位要原样照抄。{remedy}。")
            rest = pattern.sub(" ", rest)


def _beside(number: int, text: Text, slot: Used, statement: Text) -> Iterator[Fault]:
    """A unit, a bound or a label that the statement has not beside this slot, or has and the sentence has not."""
    meant = [own for own in statement.slots if own.id == slot.id]
    words = text.raw[slot.start : slot.end]
    if not slot.value_only and all(own.value_only for own in meant):
        yield Fault("unsupported", number, words, f"{words}要写作[[{slot.id}:value]]，不带名称。", statement.id)
    after, before = _after(text, slot), _before(text, slot)
    own_after, own_before = {_after(statement, own) for own in meant}, {_before(statement, own) for own in meant}
    if after and after not in own_after:
        message = f"{words}后面多了“{after}”：占位印出时已带单位，后面不要再写单位、倍数或“余”“以上”。"
        yield Fault("wrong_unit", number, words + after, message, statement.id)
    change = next((word for word in slot_words().changes if text.blank[: slot.at].endswith(word)), "")
    if change and not any(other in statement.blank for other in stands_for(change)):
        message = f"{words}前面的“{change}”原句没有：数字说的是总数还是变动，照原句写。"
        yield Fault("mismatch", number, f"{change}{words}", message, statement.id)
    if before not in own_before:
        meant_words = "、".join(sorted(f"“{_line(word)}”" for word in own_before if word)) or "不带这类词"
        message = (
            f"{words}前面的限定词是“{_line(before)}”，原句是{meant_words}：限定词不能增减。"
            if before
            else f"{words}前面少了限定词{meant_words}。"
        )
        yield Fault("mismatch", number, f"{_line(before)}{words}", message, statement.id)


def _line(group: str) -> str:
    return group.partition("|")[0]


def _after(text: Text, slot: Used) -> str:
    """The unit or bound that follows the slot directly, "" where none does."""
    rest = text.blank[slot.at + 1 : slot.at + 13]
    if not rest.strip() or rest[0] in "，。、；：":
        return ""
    words = cut(rest.lstrip())
    first = words[0]
    units, bounds = set(slot_words().units), {word for line in slot_words().bounds.after for word in line}
    if first in units or first in bounds:
        return first
    return first[0] if first[0] in "万亿%％元‰" or first[:1] in "余" else ""


def _before(text: Text, slot: Used) -> str:
    """The line of bound words that stands before the slot, "" where none does."""
    left = text.blank[max(0, slot.at - _BEFORE) : slot.at].rstrip("了达到为")
    lines = slot_words().bounds.before
    hits = [(len(word), "|".join(line)) for line in lines for word in line if left.endswith(word)]
    if not hits:
        return ""
    size, line = max(hits)
    return "" if size == 1 and left[-2:] in _NO_BOUND else line


_NO_BOUND = frozenset("最近 附近 临近 靠近 拉近 接近 节约 签约 特约 预约 简约 履约 契约 反超 高超".split())
