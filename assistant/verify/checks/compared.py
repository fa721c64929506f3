"""比较用语: words that compare (基本一致, 持平, 减少, 控制, 未超) held against the two figures that they compare."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.findings import Finding, Severity
from assistant.numbers import Mention, compatible_units, printed
from assistant.patterns import regex
from assistant.verify.checks.claims import is_claim
from assistant.verify.checks.directions import directions, directs
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.sentences import Said

if TYPE_CHECKING:
    from assistant.verify.checks.facts import Facts, Pair

_SAME = regex(r"基本(?:一致|持平|相当|相符|吻合|同步)|大致(?:相当|持平|相同)|(?<!基本)持平|完全一致")
_HELD = regex(
    r"严格控制|有效控制|得到(?:了)?控制|控制(?:较好|良好|得当|有力|到位)|厉行节约|大幅(?:压减|压缩|节约)|有效(?:压减|压缩|节约)|节约(?:了)?(?=\d)"
)
_WITHIN = regex(
    r"(?:未|没有|均未|无|不存在)(?:发生|出现|存在)?(?:超编|超员|超预算|超支|突破(?:年初|全年)?预算|突破编制|超出(?:年初|全年)?预算|超出编制)|控制在(?:年初|全年)?(?:预算|编制)(?:数|额度|总额)?(?:以内|之内|内|范围内)"
)
_MOVED = regex(
    r"(?:逐年|比|较|同比|与)(上年|去年|上年度)?(?:同期|决算数?|支出|实际|相比|预算)?[^，。；\d]{0,8}?(增加|增长|上升|提高|扩大|减少|下降|降低|缩减|压减|回落|持平)"
)
_YEARLY = regex(r"逐年(增加|增长|上升|提高|减少|下降|降低|压减)")
_FROM_TO = regex(r"由[^，。；]{0,12}$")
_TO = regex(
    r"^[^，。；]{0,6}?(增加|增长|上升|提高|扩大|减少|下降|降低|压减|缩减|压缩|升|降)(?:到|至|为)?[^，。；]{0,8}$"
)
_COMPARES = regex("[致平当符合同步控节压超突逐比较与由]")
"""Each of these patterns has one of these characters; most sentences have none."""
_UP = frozenset("增加 增长 上升 提高 扩大 升".split())
_TURNS = regex("[增升提扩减降缩]")
"""Each word of `_TO` has one of these characters."""
_LARGE = Decimal("0.1")
_POSTS = regex(r"编")


def compared(reading: Reading) -> list[Finding]:
    """Sentences whose comparing words the figures, the case's or their own, contradict."""
    found: list[Finding] = []
    for said in reading.said:
        compares, directed = _COMPARES.search(said.words) is not None, directs(said)
        if not compares and not directed:
            continue
        told = list(_in_itself(said, reading)) if compares else []
        if compares and reading.facts is not None:
            for pattern, check in (
                (_SAME, _same),
                (_HELD, _held),
                (_WITHIN, _within),
                (_YEARLY, _moved),
                (_MOVED, _moved),
            ):
                for match in pattern.finditer(said.words):
                    if is_claim(said, match.start(), reading):
                        wrong = check(said, match, reading.facts)
                        told += [(match.start(), match.end(), *wrong)] if wrong else []
        if directed and not told:
            told += itertools.islice(directions(said, reading), 1)
        for start, end, why, severity in told[:1]:
            place = said.start + start
            found.append(Finding(
                "tone", severity,
                f"{reading.text.place(place)}“{said.short}”：写“{said.words[start:end]}”，但{why}。请按数据改写，或核对数据。",
                quote=said.short, start=place, end=said.start + end, expected=why,
            ))  # fmt: skip
    return found


def _in_itself(said: Said, reading: Reading) -> list[tuple[int, int, str, Severity]]:
    """A sentence against its own two numbers: 由…增加到…, and …与…基本持平."""
    moves = "由" in said.words and _TURNS.search(said.words) is not None
    if not moves and not _SAME.search(said.words):
        return []
    numbers = [m for m in said.numbers() if m.is_quantity and m.value is not None]
    found: list[tuple[int, int, str, Severity]] = []
    for first, second in itertools.pairwise(numbers):
        between = said.words[first.end : second.start]
        way = _TO.match(between)
        if way and _FROM_TO.search(said.words[: first.start]) and _alike(first, second):
            up = way[1] in _UP
            grew = (second.value or Decimal(0)) > (first.value or Decimal(0))
            if first.value != second.value and grew != up:
                found.append(
                    (first.start, second.end, f"由{first.text}到{second.text}是{'减少' if up else '增加'}", "error")
                )
    for match in _SAME.finditer(said.words):
        before = [m for m in numbers if m.end <= match.start()][-2:]
        clause_start = said.clause(match.start())[1]
        if (
            len(before) < 2
            or not _alike(*before)
            or before[1].start < clause_start
            or not is_claim(said, match.start(), reading)
        ):
            continue
        joined = said.words[before[0].end : before[1].start]
        if re.search(r"与|和|同|跟|比|，|上年|预算|序时", joined) and _gap(*(m.value for m in before)) > _LARGE:
            found.append(
                (
                    match.start(),
                    match.end(),
                    f"{before[0].text}与{before[1].text}相差{_percent(_gap(*(m.value for m in before)))}",
                    "warning",
                )
            )
    return found


def _alike(one: Mention, other: Mention) -> bool:
    return one.kind == other.kind and compatible_units(one.unit, other.unit)


def _gap(one: Decimal | None, other: Decimal | None) -> Decimal:
    if one is None or other is None:
        return Decimal(0)
    return abs(one - other) / max(abs(other), abs(one), Decimal("0.01"))


def _percent(share: Decimal) -> str:
    return f"{printed(share * 100, 1)}%"


def _item_pairs(said: Said, at: int, facts: Facts, against: tuple[str, ...]) -> list[Pair]:
    """The pairs of the item that the words before this place name, its own clause first."""
    clause, start = said.clause(at)
    for words in (said.words[start:at], clause[at - start :], *said.clauses_before(at)[:3]):
        if pairs := facts.pairs_said(words, against):
            return pairs
    return []


def _told(pair: Pair) -> str:
    return f"{pair.now.label}为{pair.now.printed()}，{pair.other.label}为{pair.other.printed()}"


def _same(said: Said, match: re.Match[str], facts: Facts) -> tuple[str, Severity] | None:
    """基本一致 of two figures that are more than a tenth apart."""
    clause, _ = said.clause(match.start())
    if "序时" in clause:
        late = [
            r
            for r in facts.rates
            if r.figure.id.endswith("_progress_rate") and _gap(r.figure.value, Decimal(100)) > _LARGE
        ]
        quarter = next((r for r in late if any(t[:2] in said.words for t in r.terms)), None)
        return (f"{quarter.figure.label}为{quarter.figure.printed()}", "warning") if quarter else None
    against = (
        ("上年",)
        if re.search(r"上年|去年", clause)
        else ("预算", "年初预算")
        if "预算" in clause
        else ("编制",)
        if "编" in clause
        else ()
    )
    for pair in _item_pairs(said, match.start(), facts, against)[:1]:
        gap = _gap(pair.now.base[0], pair.other.base[0])
        if gap > (_LARGE if "基本" in match[0] or "大致" in match[0] else Decimal("0.005")):
            return f"{_told(pair)}，相差{_percent(gap)}", "warning"
    return None


def _held(said: Said, match: re.Match[str], facts: Facts) -> tuple[str, Severity] | None:
    """严格控制, 节约 of an item that is over its budget, or above last year."""
    for pair in _item_pairs(said, match.start(), facts, ("预算", "上年")):
        if pair.now.base[0] > pair.other.base[0]:
            return _told(pair), "error" if pair.against == "预算" else "warning"
    return None


def _within(said: Said, match: re.Match[str], facts: Facts) -> tuple[str, Severity] | None:
    """未超编, 未超预算 where it is over."""
    posts = bool(_POSTS.search(match[0]))
    against = ("编制",) if posts else ("预算",)
    pairs = _item_pairs(said, match.start(), facts, against)
    if posts and not pairs:
        pairs = [
            p for found in facts.pairs.values() for p in found if p.against == "编制" and p.now.id == "staff.actual"
        ][:1]
    if not posts and "年初" in match[0]:
        pairs = _item_pairs(said, match.start(), facts, ("年初预算",)) or pairs
    for pair in pairs[:1]:
        if pair.now.base[0] > pair.other.base[0]:
            return _told(pair), "error"
    return None


def _moved(said: Said, match: re.Match[str], facts: Facts) -> tuple[str, Severity] | None:
    """比上年减少 where it grew, and the other way round."""
    word = match[match.lastindex or 1]
    if match.re is _MOVED and not match[1] and not re.search(r"同比|逐年", match[0]):
        return None
    if "预算" in match[0] or (number := _number_said(said, match)) is None:
        return None
    for pair in _item_pairs(said, match.start(), facts, ("上年",))[:1]:
        now, before = pair.now.base[0], pair.other.base[0]
        way = "持平" if now == before else "增加" if now > before else "减少"
        wanted = "持平" if word == "持平" else "增加" if word in _UP else "减少"
        if way != wanted and not (wanted == "持平" and _gap(now, before) <= Decimal("0.005")) and number:
            return f"{_told(pair)}，是{way}", "error"
    return None


def _number_said(said: Said, match: re.Match[str]) -> bool | None:
    """None where the number after the word is a count of something else (新增…个)."""
    after = said.words[match.end() : match.end() + 12]
    return None if re.match(r"\s*\d[\d,.]*\s*(?:个|项|件|人|名|户|家)(?!百分点)", after) else True
