"""占, 合计, 其余, 人均, …率, 扣: a number that is a share, a sum, a rest or an average of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
    marks_of,
    nearest,
    whole_of,
)  # fmt: skip
from assistant.verify.matching.verdict import EXPLAINED

_SHARE = re.compile(
    rf"(?P<cue>占比?|相当于|达到|完成|仅?为|是)(?P<base>[^，。；：占]{{0,30}}?)的?(?:比重|比例|比率|份额)?(?:分别)?(?:为|达到?)?(?:约|近|超过?)?(?:{BLANK}[、和及与])*$"
)
_SUM = re.compile(rf"(?P<counted>{BLANK}(?:者|项)?)?(?P<cue>合计|共计|总计|累计|总共|一共|共)[\u4e00-\u9fff]{{0,4}}$")
_REST = re.compile(r"(?:其余|其他|其它|余下|剩下|剩余|另外)的?$")
_NOT = re.compile(r"(?:不|未|没有|尚未)(?P<stem>[\u4e00-\u9fff]{2,4}?)的?(?:有|为)?$|闲置的?$")
_EACH = re.compile(
    r"(?P<one>人|户|次|场|期|个|家|件|村)?均[\u4e00-\u9fff]{0,4}$|平均每?(?P<of>[\u4e00-\u9fff])?[\u4e00-\u9fff]{0,3}$"
)
_RATE = re.compile(r"[\u4e00-\u9fff]{1,6}率(?:为|达到?|约)?$")
_LOST = re.compile(r"(?:扣分|扣除|失分|扣|失)(?:了|为|共)?$")
_NO_COUNT = frozenset("元 % 个百分点 分".split())
_LONGEST_LIST = 10


def shared(entry: Entry, sentence: Sentence, at: int) -> Iterator[tuple[Worked, str]]:
    """占…的; 相当于, 完成, 是 only with a base that is said (完成年初预算的95.43%)."""
    if entry.mention.unit not in ("%", "倍"):
        return
    tail = entry.before[-60:]
    match = _SHARE.search(tail)
    if match is None or ("占" not in match["cue"] and (not match["base"] or "的" not in match[0][-5:])):
        return
    head = entry.before[: len(entry.before) - len(tail) + match.start()]
    part = _part(head, match, sentence)
    if part is None:
        return
    for whole, clear in _wholes(match, head, part, sentence):
        sentence.wholes[:] = [whole]
        if worked := arithmetic.share(part, whole, entry.mention.unit, clear):
            yield worked, ""


def _part(head: str, match: re.Match[str], sentence: Sentence) -> Amount | None:
    standing, clause = before_place(sentence.entries, head), head.rpartition("，")[2]
    if "分别" in match[0] or head.endswith("分别"):
        position = match[0][match.start("base") - match.start() :].count(BLANK)
        listed = all_of(standing) or by_words(clause, "元", sentence.known)
        return listed[position] if position < len(listed) else None
    if BLANK not in clause and (named := by_words(clause, "元", sentence.known)):
        return named[-1]
    return standing[-1].amount() if standing else None


def _wholes(match: re.Match[str], head: str, part: Amount, sentence: Sentence) -> Iterator[tuple[Amount, bool]]:
    """What a part is a share of: as said after 占; else what 其中 opens, what the share before it was of, or the unit's total."""
    base, is_part = match["base"], "占" in match["cue"]
    if BLANK in base and "分别" not in base:
        if whole := nearest(before_place(sentence.entries, head + base), part.unit):
            yield whole, True
        return
    if base.strip("的约"):
        yield from ((whole, True) for whole in bases(base, part, sentence.known, share=is_part))
        return
    opened = head.rfind("其中")
    standing = before_place(sentence.entries, head)
    if opened >= 0 and (whole := nearest(before_place(sentence.entries, head[:opened]), part.unit)):
        yield whole, True
        return
    for whole in sentence.wholes:
        if compatible_units(whole.unit, part.unit) and whole.value >= part.value:
            yield whole, True
            return
    first = next((e for e in standing[:-1] if compatible_units(e.mention.unit, part.unit)), None)
    whole = first.amount() if first is not None else None
    if whole is not None and whole.value >= part.value:
        yield whole, True
    else:
        yield from ((whole, False) for whole in whole_of(part, sentence.known))


def summed(entry: Entry, sentence: Sentence, at: int) -> Iterator[tuple[Worked, str]]:
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
        yield arithmetic.total(group, entry.mention.unit, clear), ""
    if len(amounts) < 2:
        named = by_words(entry.before[: -len(match[0])].rpartition("，")[2], entry.mention.unit, sentence.known)
        if len(named) >= 2:
            yield arithmetic.total(named, entry.mention.unit, clear), ""
        later = all_of([e for e in sentence.entries[at + 1 : at + 1 + _LONGEST_LIST] if _adds_up(e, entry)])
        if len(later) >= 2:
            yield arithmetic.total(later, entry.mention.unit, clear=False), ""


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
    if part.verdict.status == "structural":
        return False
    if compatible_units(unit, own):
        return True
    things = compatible_units("个", own) and compatible_units("个", unit)
    return things or (unit == "个" and compatible_units("人", own))


def rest(entry: Entry, sentence: Sentence, at: int) -> Iterator[tuple[Worked, str]]:
    """其余, 剩余; 不满意 beside 满意; 闲置."""
    tail, unit = entry.before[-TAIL:], entry.mention.unit
    other, opposite = _REST.search(tail), _NOT.search(tail)
    if other is None and opposite is None:
        return
    standing = before_place(sentence.entries, entry.before)
    amounts = all_of([e for e in standing if compatible_units(unit, e.mention.unit)])
    if opposite is not None and (stem := opposite["stem"]):
        yes = next((a for a in reversed(amounts) if stem in a.words), None)
        amounts = [max(amounts, key=lambda a: a.value), yes] if yes is not None and len(amounts) > 1 else []
    if len(amounts) == 1:
        wholes = [whole for whole in sentence.wholes if compatible_units(whole.unit, amounts[0].unit)]
        splits = [(whole, amounts) for whole in wholes]
    else:
        splits = [(amounts[0], amounts[1:]), (amounts[-2], amounts[-1:])] if amounts else []
    for whole, parts in splits:
        if worked := arithmetic.rest(whole, parts, unit):
            yield worked, ""


def average(entry: Entry, sentence: Sentence, at: int) -> Iterator[tuple[Worked, str]]:
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
        yield worked, ""


def lost(entry: Entry, sentence: Sentence, at: int) -> Iterator[tuple[Worked, str]]:
    """扣, 失分 of an indicator that the clause names, or of the whole."""
    if entry.mention.kind != "score" or entry.verdict.status in EXPLAINED or not _LOST.search(entry.before[-TAIL:]):
        return
    for full, given in marks_of(entry.before.rpartition("，")[2], sentence.known):
        if worked := arithmetic.rest(full, [given], "分"):
            yield worked, ""


def rate(entry: Entry, sentence: Sentence, at: int) -> Iterator[tuple[Worked, str]]:
    """完成率, 回收率 of the two numbers just before it."""
    if entry.mention.unit != "%" or entry.verdict.status in EXPLAINED or not _RATE.search(entry.before[-TAIL:]):
        return
    amounts = all_of([e for e in before_place(sentence.entries, entry.before) if e.mention.unit != "%"][-2:])
    if len(amounts) == 2 and compatible_units(amounts[0].unit, amounts[1].unit):
        planned, done = in_order(*amounts)
        if worked := arithmetic.share(done, planned, clear=False):
            yield worked, ""
