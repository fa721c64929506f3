"""占, 合计, 其余, 人均, …率, 扣: a number that is a share, a sum, a rest or an average of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.numbers import compatible_units
from assistant.numbers.mention import Bound
from assistant.patterns import regex
from assistant.subjects import BLANK
from assistant.verify.matching import arithmetic
from assistant.verify.matching.arithmetic import Attempt
from assistant.verify.matching.operands import (
    TAIL,
    Amount,
    Entry,
    Sentence,
    all_of,
    amount_of,
    before_place,
    in_order,
    nearest,
    said_as,
)
from assistant.verify.matching.unsaid import WHOLE, bases, by_words, is_known, marks_of, plans_of, whole_of
from assistant.verify.matching.verdict import EXPLAINED

_SHARE = regex(
    rf"(?P<cue>占比?|超过|不到|不足|接近|相当于|达到|完成|仅?为|是)(?P<base>[^，。；：占]{{0,30}}?)的?(?:比重|比例|比率|份额)?(?:分别)?(?:为|达到?)?(?:约|近|超过?)?(?:{BLANK}[、和及与])*$"
)
_SUM = regex(rf"(?P<counted>{BLANK}(?:者|项)?)?(?P<cue>合计|共计|总计|累计|总共|一共|共)[\u4e00-\u9fff]{{0,4}}$")
_REST = regex(r"(?:其余|其他|其它|余下|剩下|剩余|另外)的?$")
_NOT = regex(r"(?:不|未|没有|尚未)(?P<stem>[\u4e00-\u9fff]{2,4}?)的?(?:有|为)?$|闲置的?$")
_EACH = regex(
    r"(?P<one>人|户|次|场|期|个|家|件|村)?均[\u4e00-\u9fff]{0,4}$|平均每?(?P<of>[\u4e00-\u9fff])?[\u4e00-\u9fff]{0,3}$"
)
_RATE = regex(r"[\u4e00-\u9fff]{1,6}率(?:为|达到?|约)?$")
_LOST = regex(r"(?:扣分|扣除|失分|扣|失)(?:了|为|共)?$")
_PAIR = ("前者", "后者")
_IS_NAMED = regex(rf"(?:为|是|属于|系)(?P<name>[^，。；、{BLANK}]{{2,12}})")
_IS_SHARE = regex(r"占[^，。；：]{0,12}$")
_HELD: dict[str, Bound] = {"超过": "above", "不到": "below", "不足": "below", "接近": "below"}
_OPENS = regex(rf"其中|当中|(?<={BLANK})[中里]，")
_OPEN = regex(r"(?:没有?|未|尚未)(?:完成|执行|支出|使用|支付|拨付|采购|实现|用完)的?[\u4e00-\u9fff]{0,6}$")
_STILL = regex(r"(?:还|尚|仍|剩)(?:剩|余|有)?$")
_UNDONE = regex(r"(?:还|尚|仍)?(?:没有?|未)(?:形成|完成|执行|支出|使用|支付|拨付|采购|实现|用完|花完|安排)")
_EACH_LOST = regex(r"(?:各|均|都)扣(?:了|除|分)?$")
_NO_COUNT = frozenset("元 % 个百分点 分".split())
_LONGEST_LIST = 10


def shared(entry: Entry, sentence: Sentence, at: int) -> Iterator[Attempt]:
    """占…的; 相当于, 完成, 是 only with a base that is said (完成年初预算的95.43%)."""
    if entry.mention.unit not in ("%", "倍"):
        return
    tail = entry.before[-60:]
    match = _SHARE.search(tail)
    if match is None or ("占" not in match["cue"] and (not match["base"] or "的" not in match[0][-5:])):
        return
    head = entry.before[: len(entry.before) - len(tail) + match.start()]
    bound = _HELD.get(match["cue"], "")
    strange = BLANK not in match["base"] and not is_known(match["base"], sentence.known)
    for part, siblings in _parts(entry, head, match, sentence, at):
        for whole, clear in _wholes(match, head, part, siblings, sentence):
            if worked := arithmetic.share(part, whole, entry.mention.unit, clear and not strange):
                yield Attempt(replace(worked, bound=bound), weak=strange or bool(bound), whole=whole)


def _parts(
    entry: Entry, head: str, match: re.Match[str], sentence: Sentence, at: int
) -> Iterator[tuple[Amount, list[Amount]]]:
    """What the share is of, and the parts that are listed with it: as the clause names it, else the number just before."""
    standing, clause = before_place(sentence.entries, head), head.rpartition("，")[2]
    if "分别" in match[0] or head.endswith(("分别", "各")):
        position = match[0][match.start("base") - match.start() :].count(BLANK)
        listed = by_words(clause, "", sentence.known) if BLANK not in clause else []
        if len(listed) < 2:
            counted = 1 if re.search(f"{BLANK}(?:分别)?$", head) else 0  # 三类分别占: they are not one of them
            several = position + 1 + _shares_after(entry, sentence, at)
            listed = all_of(standing[len(standing) - counted - several : len(standing) - counted])
        if position < len(listed):
            yield listed[position], listed
        return
    named = clause.rpartition("其中")[2].lstrip("：:")
    amounts = [e for e in standing if e.mention.unit not in ("%", "个百分点")]
    last = ([e for e in amounts if e.verdict.status != "derived"] or amounts)[
        -1:
    ]  # a change on the way is not the part
    if BLANK in named or not named:
        yield from ((part, []) for part in all_of(last))
        return
    if named in _PAIR:
        yield from ((part, _two(standing)) for part in _of_pair(named, standing))
        return
    said = [part for e in said_as(named, standing, sentence.known) if (part := e.amount()) is not None]
    said = said[:1] or by_words(named, "", sentence.known)[-1:]
    earlier = [part for e in said_as(named, sentence.before, sentence.known) if (part := e.amount()) is not None]
    found = [*said, *earlier[:1]] or all_of(last)
    yield from ((part, []) for part in found if part.unit not in ("%", "个百分点"))


def _shares_after(entry: Entry, sentence: Sentence, at: int) -> int:
    """How many more shares the list goes on with (分别占88.89%和11.11%)."""
    count = 0
    for later in sentence.entries[at + 1 : at + 1 + _LONGEST_LIST]:
        if later.mention.unit != entry.mention.unit or later.before[len(entry.before) :].strip(f"{BLANK}、和及与"):
            break
        count += 1
    return count


def _wholes(
    match: re.Match[str], head: str, part: Amount, siblings: list[Amount], sentence: Sentence
) -> Iterator[tuple[Amount, bool]]:
    """What a part is a share of, and whether that is beyond doubt: as said after 占, else as the sentences before have it."""
    base, is_part = match["base"], "占" in match["cue"]
    if BLANK in base and "分别" not in base:
        if whole := nearest(before_place(sentence.entries, head + base), part.unit):
            yield whole, True
        return
    standing = before_place(sentence.entries, head)
    if words := base.strip("的约").removesuffix("分别"):
        if words in _PAIR:
            yield from ((whole, True) for whole in _of_pair(words, standing))
            return
        around = (*sentence.before, *standing)
        again = [whole for e in said_as(words, around, sentence.known) if (whole := e.amount()) is not None]
        again = [whole for whole in again if whole.said != part.said and compatible_units(whole.unit, part.unit)]
        named = bases(words, part, sentence.known, share=is_part)
        yield from ((whole, True) for whole in (*again[:2], *named))
        if not named and is_part and any(word in words for word in WHOLE):
            yield from ((whole, False) for whole in _context_wholes(standing, part, sentence))
        return
    opened = max((found.start() for found in _OPENS.finditer(head)), default=-1)
    if opened >= 0 and (whole := nearest(before_place(sentence.entries, head[:opened]), part.unit)):
        yield whole, True
        return
    yield from ((whole, True) for whole in sentence.wholes if _holds(whole, part))
    if len(siblings) > 1:
        yield arithmetic.together(siblings), False
    yield from ((whole, False) for whole in _context_wholes(standing, part, sentence))


def _of_pair(word: str, standing: Sequence[Entry]) -> list[Amount]:
    """前者 or 后者 of the two numbers just before."""
    return _two(standing)[_PAIR.index(word) :][:1]


def _two(standing: Sequence[Entry]) -> list[Amount]:
    two = all_of([e for e in standing if e.mention.unit not in ("%", "个百分点")][-2:])
    return two if len(two) == 2 else []


def _context_wholes(standing: Sequence[Entry], part: Amount, sentence: Sentence) -> Iterator[Amount]:
    """The larger numbers of the sentence and of those before it, and the total that the part belongs to."""
    around = (e.amount() for e in (*reversed(standing), *reversed(sentence.before)))
    yield from whole_of(part, sentence.known)
    listed = [a for e in standing if (a := e.amount()) is not None and _alike(a.unit, part.unit)]
    if len(listed) > 1 and any(a.said == part.said for a in listed):
        yield arithmetic.together(listed)
    yield from (whole for whole in around if whole is not None and _holds(whole, part))


def _holds(whole: Amount, part: Amount) -> bool:
    return whole.value >= part.value and whole.said != part.said and _alike(whole.unit, part.unit)


def _alike(one: str, other: str) -> bool:
    """Whether two units count the same kind: one unit, or things counted by different words (191部 and 54件 are 245件)."""
    return compatible_units(one, other) or (compatible_units("个", one) and compatible_units("个", other))


def summed(entry: Entry, sentence: Sentence, at: int) -> Iterator[Attempt]:
    """合计, 两项合计, 共: of the numbers before it, of the items named before it, or of what 其中 lists after it."""
    match = _SUM.search(entry.before[-TAIL:])
    if match is None:
        return
    standing = before_place(sentence.entries, entry.before)
    amounts = all_of([e for e in standing if _adds_up(e, entry)])
    clear = match["cue"] in ("合计", "共计", "总计")
    opened = entry.before.rfind("其中")
    inside = before_place(sentence.entries, entry.before, entry.before[:opened]) if opened >= 0 else ()
    listed = all_of([e for e in inside if _adds_up(e, entry)])
    for group in _groups(match, amounts, listed, sentence.entries[at - 1 : at]):
        yield Attempt(arithmetic.total(group, entry.mention.unit, clear))
    if len(amounts) < 2:
        named = by_words(entry.before[: -len(match[0])].rpartition("，")[2], entry.mention.unit, sentence.known)
        if len(named) >= 2:
            yield Attempt(arithmetic.total(named, entry.mention.unit, clear))
        later = all_of([e for e in sentence.entries[at + 1 : at + 1 + _LONGEST_LIST] if _adds_up(e, entry)])
        if len(later) >= 2:
            yield Attempt(arithmetic.total(later, entry.mention.unit, clear=False))


def _groups(
    match: re.Match[str], amounts: list[Amount], listed: list[Amount], counter: Sequence[Entry]
) -> list[Sequence[Amount]]:
    """The numbers that may be added: as many as are counted (两项合计), else all of the sentence, or those that 其中 lists."""
    counted = counter[0].mention.value if match["counted"] and counter else None
    if counted is None or not 2 <= counted <= _LONGEST_LIST:
        return [group for group in (amounts, listed) if len(group) >= 2]
    return [amounts[-int(counted) :]] if len(amounts) >= counted else []


def _adds_up(part: Entry, entry: Entry) -> bool:
    """Whether a number may be a part of a sum: one unit, or things counted by different words (191部 and 54件 are 245件)."""
    unit, own = entry.mention.unit, part.mention.unit
    if part.verdict.status == "structural" or (entry.mention.kind == "score" and _is_lost(part) != _is_lost(entry)):
        return False
    return _alike(unit, own) or (unit == "个" and compatible_units("人", own))


def _is_lost(entry: Entry) -> bool:
    """Whether marks are marks taken away; those and the marks given add up to nothing."""
    return bool(_LOST.search(entry.before[-TAIL:]))


def rest(entry: Entry, sentence: Sentence, at: int) -> Iterator[Attempt]:
    """其余, 剩余; 不满意 beside 满意; 闲置; 没有完成的计划, 还有…没有支出."""
    tail, unit = entry.before[-TAIL:], entry.mention.unit
    standing = before_place(sentence.entries, entry.before)
    if _OPEN.search(tail) or (_STILL.search(tail) and _UNDONE.match(entry.place.context.right)):
        yield from _undone(unit, standing, sentence)
    other, opposite = _REST.search(tail), _NOT.search(tail)
    if other is None and opposite is None:
        return
    amounts = all_of([e for e in standing if compatible_units(unit, e.mention.unit)])
    if opposite is not None and (stem := opposite["stem"]):
        yes = next((a for a in reversed(amounts) if stem in a.words), None)
        amounts = [max(amounts, key=lambda a: a.value), yes] if yes is not None and len(amounts) > 1 else []
    if len(amounts) == 1:
        wholes = [whole for whole in sentence.wholes if _holds(whole, amounts[0])]
        splits = [(whole, amounts) for whole in wholes]
    else:
        splits = [(amounts[0], amounts[1:]), (amounts[-2], amounts[-1:])] if amounts else []
    for whole, parts in splits:
        if worked := arithmetic.rest(whole, parts, unit):
            yield Attempt(worked)
    if other is not None and (called := _IS_NAMED.match(entry.place.context.right)):
        figures = by_words(called["name"], "元" if entry.mention.kind == "money" else unit, sentence.known)
        yield from (Attempt(arithmetic.as_it_is(amount)) for amount in figures[-1:])


def _undone(unit: str, standing: Sequence[Entry], sentence: Sentence) -> Iterator[Attempt]:
    """What was planned less what was done: the last two numbers of the sentence, or of those before it; or what was planned for the last one."""
    for among, near in ((standing, True), (sentence.before, False)):
        amounts = all_of([e for e in among if compatible_units(unit, e.mention.unit)][-2:])
        if len(amounts) == 2:
            planned, done = in_order(*amounts)
            clear = near and planned.shares_item(done)
            if worked := arithmetic.rest(planned, [done], unit, clear):
                yield Attempt(worked, weak=not clear)
        for planned in plans_of(amounts[-1], sentence.known) if amounts else ():
            if worked := arithmetic.rest(planned, amounts[-1:], unit, clear=False):
                yield Attempt(worked, weak=True)


def average(entry: Entry, sentence: Sentence, at: int) -> Iterator[Attempt]:
    """人均, 户均, 平均每场."""
    match = _EACH.search(entry.before[-TAIL:])
    if match is None or not entry.mention.unit:
        return
    standing = before_place(sentence.entries, entry.before)
    whole = nearest(standing, entry.mention.unit)
    one = match["one"] or match["of"] or ""
    counts = [a for a in (e.amount() for e in standing) if a is not None and a.unit not in _NO_COUNT]
    fitting = [a for a in counts if one and (compatible_units(a.unit, one) or a.unit.startswith(one))] or counts
    if whole is not None and fitting and (worked := arithmetic.each(whole, fitting[-1])):
        yield Attempt(worked)


def lost(entry: Entry, sentence: Sentence, at: int) -> Iterator[Attempt]:
    """扣, 失分 of an indicator that the clause names, or of the whole; 其余各扣 of those that the sentence has not named."""
    if entry.mention.kind != "score" or not _LOST.search(entry.before[-TAIL:]):
        return
    clause = entry.before.rpartition("，")[2]
    if _EACH_LOST.search(clause):
        told = {a.figure.id for e in sentence.entries[:at] if (a := e.amount()) is not None and a.figure is not None}
        values = {f.base[0]: f for f in sentence.known.losses if f.id not in told}
        if len(values) == 1:
            yield Attempt(arithmetic.as_it_is(amount_of(next(iter(values.values())))))
        return
    if entry.verdict.status in EXPLAINED:
        return
    standing = before_place(sentence.entries, entry.before)
    marks = all_of([e for e in standing if e.mention.kind == "score" and not _is_lost(e)][-2:])
    if len(marks) == 2 and (worked := arithmetic.rest(*_larger_first(marks), "分", clear=False)):
        yield Attempt(worked, weak=True)
    named = marks_of(clause, sentence.known)
    if not named and not marks and any(e.mention.kind == "score" for e in standing):
        return
    of_whole = marks_of("", sentence.known)
    for full, given in named or [*marks_of(entry.before, sentence.known), *of_whole]:
        if worked := arithmetic.rest(full, [given], "分", clear=not marks):
            yield Attempt(worked)


def _larger_first(two: list[Amount]) -> tuple[Amount, list[Amount]]:
    larger, smaller = sorted(two, key=lambda amount: -amount.value)
    return larger, [smaller]


def is_share(entry: Entry) -> bool:
    """Whether the words at a number say that it is a share or an average."""
    tail = entry.before[-TAIL:]
    return (entry.mention.unit == "%" and bool(_IS_SHARE.search(tail))) or bool(_EACH.search(tail))


def rate(entry: Entry, sentence: Sentence, at: int) -> Iterator[Attempt]:
    """完成率, 回收率 of the two numbers just before it."""
    if entry.mention.unit != "%" or entry.verdict.status in EXPLAINED or not _RATE.search(entry.before[-TAIL:]):
        return
    amounts = all_of([e for e in before_place(sentence.entries, entry.before) if e.mention.unit != "%"][-2:])
    if len(amounts) == 2 and compatible_units(amounts[0].unit, amounts[1].unit):
        planned, done = in_order(*amounts)
        if worked := arithmetic.share(done, planned, clear=False):
            yield Attempt(worked, weak=not planned.shares_item(done))
