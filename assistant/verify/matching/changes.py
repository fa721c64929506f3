"""比…多少, 增减, 节约, 空编: a number that is the difference of two, or its share of the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.numbers import compatible_units
from assistant.patterns import regex
from assistant.subjects import BLANK, normal_term
from assistant.verify.matching import arithmetic
from assistant.verify.matching.arithmetic import Attempt
from assistant.verify.matching.known import Known
from assistant.verify.matching.operands import (
    TAIL,
    Amount,
    Entry,
    Sentence,
    all_of,
    before_place,
    in_order,
    nearest,
    said_as,
)
from assistant.verify.matching.unsaid import adjusted_from, adjusted_of, bases, by_words, done_of, plans_of

_UP = frozenset(
    "多支出 超支 超编 超出 超过 多出 高出 增加 增长 上升 提高 提升 扩大 调增 追加 上涨 增多 增幅 涨幅 增收 增支 高于 多于 大于 净增 多 高 超".split()
)
_SAVED = frozenset("少支出 未支出 节约 节省 节支 结余 剩余".split())
_VACANT = frozenset("空编 缺编 缺员 空缺 空余".split())
_DOWN = _SAVED | _VACANT | frozenset(
    "减少 下降 降低 压减 压缩 缩减 调减 核减 追减 回落 降幅 减幅 减收 减支 低于 少于 小于 净减 少 低".split()
)  # fmt: skip
_ADJUSTING = frozenset("调增 追加 调减 核减 追减".split())
_APART = frozenset("差额 相差 还差 尚差 差距 差异 调整 变动".split())
_LIMITS = frozenset("超 超过 超出 高于 多于 大于 低于 少于 小于".split())
_OF_PLAN = _SAVED | _VACANT | {"超支", "超编", "多支出"}
"""What is held against the plan of the same item, though the sentence need not say so."""


def _words(*sets: frozenset[str]) -> str:
    longest_first = sorted(frozenset().union(*sets), key=lambda word: (-len(word), word))
    return "|".join("(?<![和与转及])结余" if word == "结余" else word for word in longest_first)


_MOVED = regex(
    rf"(?P<no>[没未不][有曾]?)?(?P<verb>{_words(_UP, _DOWN, _APART)})(?:资金|支出|经费|编制|金额|人数|花费?|用|付|支|拨|开支|列支|安排|完成|招|办|了|额|数|幅度?|率|为|约|达)?"
    r"(?:了|为|达到|达|出)?(?:约|近|超过?)?$"
)
_AGAINST = regex(
    rf"(?P<no>[没未不][有曾]?)?(?P<verb>超出|超过|超(?!支|编)|高于|低于|多于|少于|大于|小于)(?P<base>[^，。；{BLANK}]{{2,16}}?)$"
)
_THAN = regex(r"(?<![占同环对相])(?:比|较)(?![例重率好大为快])|与|同(?!比)|距离?")
_SAID_BASE = regex(
    rf"^(?!.*(?:{_words(frozenset(w for w in _UP | _DOWN if len(w) > 1))}))[^，{BLANK}]*[^，{BLANK}多少高低超]{BLANK}?(?:相比|比较)?，?$"
)
"""A base that is still being said; after another number of the comparison (比预算□少□，下降) only what was compared is meant."""
_OPENED = regex(rf"(?:^|[，：])(?:与|同|和|较|比)(?P<base>[^，{BLANK}]{{2,16}}?)(?:相比|比较|相较)?，")
"""与上年相比，基本支出增加□，项目支出增加□: a base that the whole sentence is held against."""
_ADJUSTED = regex(
    rf"{BLANK}[^，。；{BLANK}]{{0,8}}(?P<verb>{_words(_UP, _DOWN)}|[升增降减]|调整?|变更)(?:到|至|为|成|了)+(?:约|近|超过?)?$"
)
_TOGETHER = regex(r"(?:合计|共计|总计|总共|共)$")
_BASE_SAID = regex(r"^(?:但|而|并|也)?(?:比|较|与|同)")
_FROM = regex(rf"(?:由|从)[^，{BLANK}]{{0,10}}$")
_TO = regex(rf"[^，。；{BLANK}]{{0,8}}(?:{_words(_UP, _DOWN)}|[升增降减]|调整?|变更)(?:到|至|为|成|了)")
_FROM_TO = regex(rf"(?:由|从)[^，{BLANK}]*{BLANK}[^，{BLANK}]{{0,12}}(?:到|至|为|成|了){BLANK}[^{BLANK}]*$")
_REACH = 40
_SAME_TIME = regex(r"(?:同比|比?上年同期)$")
_POSTS = regex(_words(_VACANT))
"""Posts are 个 and those who hold them 人."""


def adjusted(entry: Entry, sentence: Sentence, at: int) -> Iterator[Attempt]:
    """由年初预算的A调增到B: what the budget was before, and what it was adjusted to."""
    tail = entry.before[-TAIL:]
    if (found := _FROM.search(tail)) and _TO.match(entry.place.context.right):
        befores = adjusted_from(entry.verdict.figure, sentence.known)
        called = [first for first in befores if _is_called_so(first, tail[found.start() :], sentence.known)]
        yield from (Attempt(arithmetic.as_it_is(first), figure=first.figure) for first in called)
        return
    found = _ADJUSTED.search(entry.before[-TAIL - _REACH :])
    first = nearest(before_place(sentence.entries, entry.before)[-1:], entry.mention.unit) if found else None
    if found is None or first is None:
        return
    for after in adjusted_of(first, sentence.known):
        way = "up" if after.value > first.value else "down" if after.value < first.value else ""
        yield Attempt(arithmetic.as_it_is(after, way), _way(found["verb"]), figure=after.figure)


def _is_called_so(amount: Amount, words: str, known: Known) -> bool:
    """Whether the stage that words say, if they say any, is the figure's (由决算数的A调增到B is said of no 年初预算)."""
    said = [aspect for aspect, _, _ in known.words_of(normal_term(words))[1]]
    own = known.aspects.get(amount.figure.id, set()) if amount.figure is not None else set()
    return not said or any(aspect in name or name in aspect for aspect in said[-1:] for name in own if name)


def changed(entry: Entry, sentence: Sentence, at: int) -> Iterator[Attempt]:
    """比预算少支出, 较年初增加, 超出目标, 下降 (of what was just compared), 节约, 空编; 没有超过 is no difference."""
    tail = entry.before[-TAIL:]
    found = _MOVED.search(tail) or _AGAINST.search(tail)
    if found is None or found["no"]:
        return
    verb = found["verb"]
    head = entry.before[: len(entry.before) - len(tail) + found.start()]
    if _TOGETHER.search(head):
        yield from _changes_together(head, entry, sentence)
        return
    said = found.groupdict().get("base", "")
    for before, after, clear in _compared(head, verb, said, entry, sentence):
        if worked := arithmetic.change(before, after, entry.mention.unit, clear):
            yield Attempt(worked, _way(verb), pair=(before, after))


def _changes_together(head: str, entry: Entry, sentence: Sentence) -> Iterator[Attempt]:
    """The changes that the sentence has told, added up (甲减少A，乙减少B，合计减少C)."""
    standing = before_place(sentence.entries, head)
    parts = all_of([e for e in standing if is_change(e) and compatible_units(e.mention.unit, entry.mention.unit)])
    if len(parts) > 1:
        yield Attempt(arithmetic.total(parts, entry.mention.unit, clear=False), weak=True)


def is_change(entry: Entry) -> bool:
    """Whether the words at a number say that it is by how much something changed or differs."""
    tail = entry.before[-TAIL:]
    found = _MOVED.search(tail)
    if found is None or found["no"]:
        return False
    # 决算数超4,000万元 only bounds the number; 比预算超4,000万元 is a difference.
    return not (entry.mention.bound and found["verb"] in _LIMITS and not _THAN.search(tail, 0, found.start()))


def _way(verb: str) -> str:
    return "up" if verb in _UP or verb in "升增" else "down" if verb in _DOWN or verb in "降减" else ""


def _compared(
    head: str, verb: str, said: str, entry: Entry, sentence: Sentence
) -> Iterator[tuple[Amount, Amount, bool]]:
    """(from, to, whether that is clear) of a number that is said to be a change."""
    than, opened = (head, said) if said else _last_than(head), _opened(head)
    if opened is not None:
        yield from ((base, after, True) for base, after in _held_against(*opened, entry, sentence))
    elif than is not None and _SAID_BASE.match(than[1]):
        # What a number is 超过 may as well be the number itself (没有超过上年预算数23.64万元).
        yield from ((base, after, not said) for base, after in _held_against(*than, entry, sentence))
    elif _SAME_TIME.search(head):
        yield from ((base, after, True) for base, after in _held_against(head, "上年", entry, sentence))
    elif sentence.pair is not None:
        yield *sentence.pair, True
    elif _FROM_TO.search(head[-_REACH * 2 :]):
        moved = all_of(before_place(sentence.entries, head)[-2:])
        if len(moved) == 2 and compatible_units(moved[0].unit, moved[1].unit):
            yield moved[0], moved[1], True
    elif len(verb) > 1:
        yield from _last_two(head, verb, entry, sentence)


def _opened(head: str) -> tuple[str, str] | None:
    """(what the last clause names, the base that the sentence opened with), where that clause has a name of its own."""
    found = next(_OPENED.finditer(head), None)
    if found is None:
        return None
    clause = re.split(rf"[，、{BLANK}]", head[found.end() :])[-1]
    return (clause, found["base"]) if clause else None


def _held_against(head: str, words: str, entry: Entry, sentence: Sentence) -> Iterator[tuple[Amount, Amount]]:
    """(base, subject): what the words name, or the number that stands in them, and what the part before them speaks of."""
    words = words.rstrip("，").removesuffix("相比").removesuffix("比较")
    standing = before_place(sentence.entries, head)
    if words.endswith("后者") and len(two := all_of([e for e in standing if _goes_with(e, entry)][-2:])) == 2:
        yield two[1], two[0]
        return
    again = (
        []
        if BLANK in words
        else [e for e in said_as(words, standing, sentence.known) if _goes_with(e, entry) and not is_change(e)]
    )
    for subject in _subjects(head, entry, sentence, again):
        if BLANK in words:
            base = nearest(sentence.entries[head.count(BLANK) : head.count(BLANK) + 1], "")
            if base is not None and compatible_units(subject.unit, base.unit):
                yield base, subject
            continue
        said = [base for e in again if (base := e.amount()) is not None and base.said != subject.said]
        said = [base for base in said if base.figure is None or subject.figure is None or base.shares_item(subject)]
        yield from ((base, subject) for base in said[:1] or bases(words, subject, sentence.known))


def _last_two(head: str, verb: str, entry: Entry, sentence: Sentence) -> Iterator[tuple[Amount, Amount, bool]]:
    """The two numbers just before; where there is none, the plan and what became of it, of the item that the clause names."""
    standing = before_place(sentence.entries, head)
    amounts = all_of([e for e in standing if _goes_with(e, entry)][-2:])
    if len(amounts) == 2 and (compatible_units(amounts[0].unit, amounts[1].unit) or verb in _VACANT):
        yield *in_order(*amounts), amounts[0].shares_item(amounts[1]) or verb in _OF_PLAN
    elif verb in _ADJUSTING and (first := nearest(standing, entry.mention.unit)) is not None:
        yield from ((first, after, False) for after in adjusted_of(first, sentence.known))
    elif verb in _OF_PLAN and (last := nearest(standing, entry.mention.unit)) is not None:
        yield from ((plan, last, False) for plan in plans_of(last, sentence.known))
        yield from ((last, done, False) for done in done_of(last, sentence.known))
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


def _subjects(head: str, entry: Entry, sentence: Sentence, base: Sequence[Entry]) -> list[Amount]:
    """What is compared: what the clause names without a number; else the number just before, in the sentence before at the latest.

    The base itself is not (上年决算数B，比上年减少: what was said before B is).
    """
    standing = before_place(sentence.entries, head)
    clause = head.rpartition("，")[2]
    if clause and BLANK not in clause:
        unit = {"个百分点": "%", "%": "元", "倍": "元"}.get(entry.mention.unit, entry.mention.unit)
        again = [e for e in said_as(clause, standing, sentence.known) if _goes_with(e, entry) and e not in base]
        if named := all_of(again[:1]) or by_words(clause, unit, sentence.known)[-1:]:
            return named
    among = standing or sentence.before
    fitting = [e for e in reversed(among) if _goes_with(e, entry)]
    fitting = [e for e in fitting if not is_change(e) and not _BASE_SAID.match(e.words)] or fitting
    found = next((e for e in fitting if e not in base), fitting[0] if fitting else None)
    subject = found.amount() if found is not None else None
    return [subject] if subject is not None else []
