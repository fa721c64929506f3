"""增减用语 without a number: 高于／低于年初预算, 调增／调减, 比年初增加, 超编 — held against the two figures that the subject names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from assistant.findings import Severity
from assistant.numbers import printed
from assistant.patterns import regex
from assistant.verify.checks.claims import is_claim
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.sentences import Said

if TYPE_CHECKING:
    from assistant.ledger import Figure
    from assistant.verify.checks.facts import Facts

_UP = frozenset("高于 多于 大于 超过 超出 突破 增加 增长 上升 提高 扩大 调增".split())
_DOWN = frozenset("低于 少于 小于 减少 下降 降低 压减 回落 调减 节约".split())
_HELD_AGAINST = regex(
    r"(?P<no>没有|并未|均未|未|不)?(?:明显|大幅|略)?(?P<verb>高于|低于|多于|少于|大于|小于|超过|超出|突破)了?"
    r"(?P<base>年初(?:部门)?预算|全年预算|调整后预算|年度预算|本年预算|预算|上年(?=决算|支出|实际|同期|水平|[，。；]|$))"
    r"(?!执行|编制|管理|单位|绩效|调整|批复|[^，。；]{0,4}的)"
)
_AS_AGAINST = regex(
    r"[比较与同和](?P<base>年初预算|年初|全年预算|预算)(?:数|安排数?|总额|余额)?(?:相比)?，?(?P<item>[^，。；\d]{0,8}?)"
    r"(?<!基本)(?<!大致)(?P<no>没有|未)?(?P<verb>增加|增长|上升|提高|减少|下降|降低|压减|回落|调增|调减|节约|持平)(?!幅度|的)"
)
_ADJUSTED = regex(r"(?P<verb>调增|调减)(?!事项|金额|项目[^支]|指标|文件|申请|手续)")
_OVER_POSTS = regex(
    r"(?:人员|人数|实有|在编|在职|年末|我局|单位|部门|存在|有|人)[^，。；]{0,12}?(?:超编|超员|超出(?:核定)?编制)|^(?:超编|超员)"
)
_OVER_BUDGET = regex(r"超预算|超支")
_NO_CLAIM = regex(
    r"(?:严禁|杜绝|防止|避免|禁止|不得|不准|不存在|没有|并未|未|无|是否|控制|消化|解决|清理|防范|遏制|整治)[^，。；]{0,6}$"
)
_BUDGET_SAID = regex(r"全年预算|调整后|调整预算|年度预算|预算(?!执行)(?:总?指标|总额|数|安排|规模)?|年度总指标|追加后")
_SPENT_SAID = regex(r"决算|支出|执行数|执行情况|实际")
_NOT_AMOUNTS = regex(r"率|比例|增幅|占比|进度|标准|得分|单价|成本|人均|满意|时间|数量|人次|人数|次数")
_GENERIC = regex(
    r"[^\u4e00-\u9fff]|20\d\d年|年中|年初|年末|年度|全年|本年|当年|我局|本?单位|部门|整体|总体|总额|总量|总计|合计|总|财政|拨款|预算|安排"
    r"|调整后?|指标|数额|金额|数|实际|支出|决算|执行|资金|进行|相应|适当|有所|共计|共|累计|已|均|为|了|经批准|万元|亿元|元|的|幅度|较?大"
)
_DIRECTS = regex("[高低多少大小]于|超|突破|增[加长]|上升|提高|减少|下降|降低|压减|回落|调[增减]|节约|持平")
"""Each of the words that are looked for has one of these; most sentences have none."""
_SAME = Decimal("0.005")


class _Two(NamedTuple):
    """What the words compare, and whether the words' own clause names it."""

    now: Figure
    other: Figure
    sure: bool

    def way(self) -> str:
        """How the one stands to the other."""
        now, other = self.now.base[0], self.other.base[0]
        return "持平" if now == other else "增加" if now > other else "减少"


def directs(said: Said) -> bool:
    """Whether a sentence has a word that says a direction."""
    return _DIRECTS.search(said.words) is not None


def directions(said: Said, reading: Reading) -> Iterator[tuple[int, int, str, Severity]]:
    """Where a sentence that `directs` says the wrong direction: (start, end, why, how grave)."""
    facts = reading.facts
    if facts is None:
        return
    for pattern in (_HELD_AGAINST, _AS_AGAINST, _ADJUSTED):
        for match in pattern.finditer(said.words):
            if not is_claim(said, match.start(), reading) or _NO_CLAIM.search(said.words[: match.start()]):
                continue
            two = _adjusted(said, match, facts) if pattern is _ADJUSTED else _compared(said, match, facts)
            if two is not None and _wrong(match, two):
                yield match.start(), match.end(), _told(two), "error" if two.sure else "warning"
    for match in _OVER_POSTS.finditer(said.words):
        if _affirmed(said, match, reading) and (two := _posts(facts)) is not None:
            yield match.start(), match.end(), _told(two), "error"
    for match in _OVER_BUDGET.finditer(said.words):
        _, start = said.clause(match.start())
        if not _affirmed(said, match, reading):
            continue
        for pair in facts.pairs_said(said.words[start : match.start()], ("预算",))[:1]:
            if pair.now.base[0] <= pair.other.base[0]:
                yield match.start(), match.end(), _told(_Two(pair.now, pair.other, True)), "error"


def _told(two: _Two) -> str:
    how = {"增加": "前者高于后者", "减少": "前者低于后者", "持平": "两者相等"}[two.way()]
    return f"{two.now.label}为{two.now.printed()}，{two.other.label}为{two.other.printed()}，{how}"


def _wrong(match: re.Match[str], two: _Two) -> bool:
    verb, way = match["verb"], two.way()
    no = match.groupdict().get("no")
    if verb == "持平":
        gap = abs(two.now.base[0] - two.other.base[0]) / max(abs(two.other.base[0]), Decimal("0.01"))
        return (gap > _SAME) is not bool(no)
    wanted = "增加" if verb in _UP else "减少"
    return way == wanted if no else way != wanted


def _affirmed(said: Said, match: re.Match[str], reading: Reading) -> bool:
    """Whether the sentence says that it happened: no ban, no denial, no noun of another's (超编人员)."""
    return (
        not _NO_CLAIM.search(said.words[: match.start()])
        and is_claim(said, match.start(), reading)
        and not re.match(
            r"[^，。；\d]{0,4}(?:的?单位|人员消化|为零|为0|配备|进人|审批|采购)", said.words[match.end() :]
        )
    )


def _posts(facts: Facts) -> _Two | None:
    """Staff in all and its posts, where no kind of staff is over."""
    ledger = facts.card.ledger
    kinds = [f for f in ledger if f.id.startswith("staff.") and f.id.endswith(".established")]
    pairs = [(ledger.get(f.id.removesuffix("established") + "actual"), f) for f in kinds]
    told = [_Two(now, posts, True) for now, posts in pairs if now is not None]
    if not told or any(two.way() == "增加" for two in told):
        return None
    return next((two for two in told if two.now.id == "staff.actual"), None)


def _compared(said: Said, match: re.Match[str], facts: Facts) -> _Two | None:
    """The two figures of 高于…／比…增加."""
    _, start = said.clause(match.start())
    own = said.words[start : match.start()]
    between = match.groupdict().get("item") or ""
    base = match["base"]
    if _NOT_AMOUNTS.search(own + between):
        return None
    pieces = [own + between, *said.clauses_before(match.start())[:2]]
    for number, piece in enumerate(pieces):
        if _NOT_AMOUNTS.search(piece):
            return None
        budget, spent = bool(_BUDGET_SAID.search(piece)), bool(_SPENT_SAID.search(piece))
        if base == "年初" and re.search(r"结转|结余", piece):
            return _carried(piece, facts)
        stage = "全年预算" if budget else "决算"
        other = "上年决算" if base == "上年" else "年初预算" if base.startswith("年初") else "全年预算"
        if base == "年初" and not budget:
            stage = ""
        if other == "上年决算":
            stage = "决算" if not budget else ""
        item = facts.item_said(piece)
        if not item and (budget or spent) and _is_generic(piece):
            item = "部门整体支出"
        if item:
            if not stage or stage == other:
                return None
            return _two(item, stage, other, facts, number == 0 or not _GENERIC.sub("", own))
        if (number or piece.strip()) and not _is_generic(piece):
            return None
    return None


def _is_generic(words: str) -> bool:
    """Whether nothing is named but the budget, or the spending, as a whole."""
    return not _GENERIC.sub("", words)


def _two(item: str, stage: str, other: str, facts: Facts, sure: bool) -> _Two | None:
    for figures in facts.stages.get(item, []):
        now, held = figures.get(stage), figures.get(other)
        if (
            held is None
            and other == "年初预算"
            and (held := figures.get("全年预算"))
            and "年初预算" not in held.aspects
        ):
            held = None
        if now is not None and held is not None and now is not held:
            return _Two(now, held, sure)
    return None


def _carried(piece: str, facts: Facts) -> _Two | None:
    row = "basic" if "基本支出" in piece else "project" if "项目支出" in piece else "total"
    now, other = (facts.card.ledger.get(f"carryover.{row}.{column}") for column in ("closing", "opening"))
    return _Two(now, other, True) if now is not None and other is not None else None


def _adjusted(said: Said, match: re.Match[str], facts: Facts) -> _Two | None:
    """全年预算 and 年初预算 of what was 调增 or 调减; nothing where a part of it may be meant."""
    if "调增" in said.words and "调减" in said.words:
        return None
    clause, start = said.clause(match.start())
    own = clause.replace(match[0], "，")
    if re.search(r"[比较与同和](?:年初|全年|预算)", said.words[start : match.start()]):
        own = re.sub(r"[比较与同和](?:年初预算|年初|全年预算|预算)", "", own)
    item = facts.item_said(own)
    before = [piece for piece in said.clauses_before(match.start())[:3] if _BUDGET_SAID.search(piece)]
    if not item and not _is_generic(own):
        return None
    if not item:
        item = next((found for piece in before if (found := facts.item_said(piece))), "")
        if not item and not (_BUDGET_SAID.search(own) or any(_is_generic(piece) for piece in before)):
            return None
    two = _two(item or "部门整体支出", "全年预算", "年初预算", facts, True)
    number = re.match(r"[^，。；\d]{0,12}(\d[\d,]*(?:\.\d+)?)\s*万元", said.words[match.end() :])
    if two is not None and number is not None:
        told = Decimal(number[1].replace(",", ""))
        if printed(told, 2) != printed(abs(two.now.value - two.other.value), 2):
            return None
    return two
