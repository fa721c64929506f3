"""The facts of prose: each quantity whose clause says beyond doubt what it is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from assistant.numbers import unit_family
from assistant.patterns import regex
from assistant.subjects import BLANK
from assistant.verify.itself.fact_keys import (
    RATE,
    WHOLE,
    Fact,
    Key,
    Setting,
    clause_scope,
    is_item,
    item_core,
    plain_core,
    scope_of,
)
from assistant.verify.reading.facets import Aspect, is_rubric, period_of, stage_in, without_stage
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.statements import Statement, subject_of

_DEICTIC = regex(
    r"[该此]|上述|前述|两者|每(?!年)|其(?![中他])|本(?:项|指标|次|批|期|条|章|表)|各(?:项目|单位|街道|科室|部门|社区)|分别"
)
_STAGED: frozenset[Aspect] = frozenset({"initial", "adjusted", "budget", "final", "executed"})
_TOPIC = regex(
    r"项目|经费|专项|采购|收入|结转|结余|资产|补助|工程|基金|基本支出|公用|三公|债|捐|收到|发放|购买|购置|建设|活动|培训|企业|群众"
)
_TOPIC_HEADING = regex(r"项目|采购|三公|资产|结转|收入")
_OF_THE_UNIT = regex(
    r"[我本](?:部门|单位|街道|中心|[局部委办院校馆所站队厅镇])|(?<![关各他业级属])(?:部门|单位)|整体|合计|总(?!体)|(?:[局部委办院校]|街道|中心)(?=年初|全年|调整|预算|实际|20)"
)
_SUMMED = regex(r"合计|总|本年|整体|部门|单位")
_WHOLE_RATE = regex(
    r"(?:部门|单位|整体|年度|支出|总){0,6}预算(?:资金)?(?:总体|支出)?执行率|(?:部门|单位)?整体(?:支出)?执行率"
)
_EXPLICIT = regex(r"整体|部门|单位|总体|全年")
_LEAD_IN = regex(r"([^：:，。]{2,30})[：:]")
_CLAUSES = regex(r"[，；：:、]")
_SURVEYED = regex(r"项目|活动|培训|问卷|调查|窗口|课程|工程")
_GROUP = regex(r"其中|行政|事业|工勤|下属|所属|机关|本级")
_BARE_RATE = regex(r"(?:控制|完成|执行|支付|支出|使用|到位|变动|办结|节约|节支)率")
_NO_SPENDING = regex(r"结转|结余|收入(?![^，]{0,30}支出)|沉淀|存量|余额|未支付|未使用|应[收付]|追加|调[增减]|核减|指标")
_SENTENCE = regex(r"[。；]")
_VALUE = regex(r"(?:年度|绩效)?(?:指标值|目标值|目标)$|(?:实际)?完成值$|实际(?:值|完成)?$")
_FAMILIAR = 60
"""How far back a clause of a number is looked at for what it leans on."""
_FAR = 200
_OPENING = 30
_OPENING_PASSAGES = 12
_REPORT_YEAR = regex(r"(20\d\d)\s?年度")
_YEAR_NAMED = regex(r"(20\d\d)\s?年(?!\s?\d{1,2}\s?月)")


def facts_of_prose(statements: Iterable[Statement]) -> Iterator[Fact]:
    """The facts that statements make."""
    rubric: dict[int, bool] = {}
    for (home, _), group in groupby(statements, key=lambda said: (said.passage.start, said.sentence)):
        sentence = tuple(group)
        if home not in rubric:
            rubric[home] = is_rubric(sentence[0].passage.words)
        if rubric[home] and is_rubric(sentence[0].words):
            continue
        for place, said in enumerate(sentence):
            key = _key(said)
            if key is not None:
                yield Fact(key, said.mention, home, sentence, place)


def setting_of(said: Statement, year: str) -> Setting:
    """Of when and whose a figure is in a report of that year, "" where it says none."""
    passage = said.passage
    earlier = passage.words[max(0, said.start - passage.start - _FAR) : said.start - passage.start]
    opening = _LEAD_IN.match(passage.words)
    led = [opening[1]] if opening and passage.start + opening.end() <= said.mention.start else []
    scope = scope_of(*passage.section[-2:], *led) | clause_scope(*_CLAUSES.split(_earlier(said)))
    return Setting(period_of(said.before, earlier, year), scope)


def _key(said: Statement) -> Key | None:
    """What a figure is of, None where its clause does not say, or says it of one of several things."""
    mention = said.mention
    if mention.kind not in ("money", "percent", "count") or mention.upper is not None or _quoted(said.before):
        return None
    aspect = said.aspect or _stage_before(said)
    if aspect in ("change", "share") or _DEICTIC.search(said.before[-_FAMILIAR:]):
        return None
    own = _named(said)
    if mention.kind == "percent" and _BARE_RATE.fullmatch(own) and not (own := _with_subject(said, own)):
        return None
    whole = mention.kind == "percent" and _is_whole_rate(said, own)
    core = RATE if whole else _core(said, own, aspect)
    if mention.kind == "money" and _in_another_total(said):
        return None
    if not aspect and own.endswith("支出") and is_item(core):
        aspect = "final"
    if not core or (core == RATE) != whole or _of_a_part(said, core):
        return None
    return Key(core, aspect, unit_family(mention.unit))


def _stage_before(said: Statement) -> Aspect:
    """The stage of the sentence before one that begins with 其中 and goes on about its parts."""
    start = said.start - said.passage.start
    if said.mention.kind != "money" or not said.before.lstrip().startswith("其中"):
        return ""
    return stage_in(said.passage.words[max(0, start - _FAMILIAR) : start])


def _with_subject(said: Statement, rate: str) -> str:
    """控制率 as that of what its sentence begins with: “三公”经费预算10万元，支出9万元，控制率90%. "" where it begins with nothing."""
    first = _CLAUSES.split(said.before.split(BLANK, 1)[0])[-1]
    subject = subject_of(without_stage(first))
    return subject + rate if len(subject) > 1 and subject not in rate else ""


def _in_another_total(said: Statement) -> bool:
    """Whether an item is told in the 其中 of what is no expenditure: 年末结转结余50万元。其中基本支出2万元，项目支出48万元."""
    at = said.mention.start - said.passage.start
    told, among, listed = said.passage.words[max(0, at - _FAR) : at].rpartition("其中")
    if not among or "。" in listed:
        return False
    total = _SENTENCE.split(told.rstrip("。，；：、 \n"))[-1]
    return _NO_SPENDING.search(total) is not None


def _core(said: Statement, own: str, aspect: Aspect) -> str:
    """What a figure is of, in a few words; "" where its clause does not say."""
    if said.mention.kind != "money" or not (aspect in _STAGED or own.endswith("支出")):
        core = plain_core(own + said.thing)
        return item if said.mention.kind == "money" and is_item(item := item_core(core)) and item != WHOLE else core
    core = item_core(without_stage(own))
    if core == WHOLE and not (_of_the_unit(said) and (aspect in _STAGED or _SUMMED.search(said.lead))):
        return ""
    return core


def _of_the_unit(said: Statement) -> bool:
    """Whether a budget or an expenditure without an item is said of the unit as a whole, and of no project or fund."""
    if any(_TOPIC_HEADING.search(heading) for heading in said.passage.section[-1:]):
        return False
    if _TOPIC.search(_earlier(said)):
        return False
    return bool(_OF_THE_UNIT.search(said.lead) or _OF_THE_UNIT.search(said.before[:_OPENING]) or "全年" in said.lead)


def _is_whole_rate(said: Statement, own: str) -> bool:
    if not _WHOLE_RATE.fullmatch(plain_core(own)):
        return False
    explicit = _EXPLICIT.search(said.lead)
    topic = _TOPIC.search(_earlier(said)) or any(
        _TOPIC_HEADING.search(heading) for heading in said.passage.section[-1:]
    )
    return bool(explicit) or not topic


def _named(said: Statement) -> str:
    """What its clause says a figure is of; 年度指标值 and 实际完成 are of what the clause before names."""
    own = "" if said.carried else said.subject
    short = _VALUE.sub("", own)
    if short == own:
        return own
    return short or _VALUE.sub("", subject_of(_CLAUSES.split(_earlier(said).rstrip("，：:"))[-1].split(BLANK)[0]))


def _of_a_part(said: Statement, core: str) -> bool:
    """Whether a satisfaction is that of one survey, or a number of people that of one group, of which a report has many."""
    if core.endswith("满意度"):
        return bool(_SURVEYED.search(said.before + "".join(said.passage.section[-1:])))
    return unit_family(said.mention.unit) == "人" and bool(_GROUP.search(_earlier(said)))


def _earlier(said: Statement) -> str:
    """The sentence before the clause of the number."""
    return said.before[: len(said.before) - len(said.lead)]


def _quoted(before: str) -> bool:
    return any(before.count(left) > before.count(right) for left, right in ("“”", "《》"))


def report_year(passages: Iterable[Passage]) -> str:
    """The year that a report is of: the 年度 of its opening, else the year that it names most; "" where it names none."""
    all_passages = list(passages)
    found = _REPORT_YEAR.search(" ".join(passage.words for passage in all_passages[:_OPENING_PASSAGES]))
    if found:
        return found[1]
    named = Counter(year for passage in all_passages for year in _YEAR_NAMED.findall(passage.words))
    return max(named, key=lambda year: (named[year], year), default="")
