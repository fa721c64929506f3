"""What the prose concludes of the whole: the total, the grade, and the thresholds of the grades that the text itself prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from assistant.patterns import regex
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.statements import REACH, Statement
from assistant.verify.scoring.model import Points, Spot

_TOTAL_LEAD = regex(
    r"(?:总得分|总评分|总分|总成绩|得分合计|合计得分|(?:折算|换算)[^，。；]{0,8}得分|基[本础]得?分|(?:整体|总体|综合|最终|自评|绩效|评价)[^，。；、]{0,16}?(?:得分|评分|分数|成绩))(?:情况|结果)?[”」]?(?:为|是|达到?|共计|：|:){0,2}\s*$"
)
_OF_WHOLE = regex(r"合计|折算|换算|基[本础]得?分|整体|总得?分|综合|最终|总体|总成绩|总评分|自评|绩效")
_NOT_WHOLE = regex(
    r"指标|项目|一级|二级|三级|该项|此项|本项|分值|权重|上年|上一年|去年|往年|以前年度|较|满意度|考核|测评|平均|下属|扣|加分|中期|监控|等级|部分"
)
_PLAINLY_WHOLE = regex(r"总|整体|综合")
_BEYOND_DOUBT = regex(r"自评|最终|总|整体|综合|合计|折算|换算|基[本础]")
_OF_OTHERS = regex(r"专项|资金|政策|课题|中心|学校|医院|街道|干部|党建|环境")
_NEUTRAL = regex(
    r"20\d\d年度?|经|我|本|单位|部门|[局委办院]|综合|评价|最终|评定|计算|汇总|复算|根据|结果|全年|年度|的|\s|\d"
)
_SUMMED = regex(r"(?:[上前]述|以上|各)[^，。；]{0,8}(?:得分合计|合计得分)|折算|换算|基[本础]得?分")
_CLAUSE = regex(r"[，。；,;]")
_OF_LEAF = regex(r"(?:分值|满分)[^。；]{0,12}$|[该此本]项?指标")
_SMALLEST_TOTAL = 30
_GRADES = "优秀|优良|优|良好|良|中等|中|一般|合格|及格|较差|差|不合格|不及格"
_GRADE = regex(
    r"(?:绩效|评价|自评|评定|评分|整体|综合|最终)[^，。；：:\n]{0,10}?(?:等级|等次|级别|档次|结果|评级)(?:评定|确定|评价)?(?:结果)?(?:为|是|属于|：|:|达到)?"
    r"\s*[“\"‘「]?(" + _GRADES + r")(?=[”\"’」。，；、\s（(]|等|级|$)"
    r"|得分(?:为)?\s{0,2}\d{1,3}(?:\.\d{1,2})?\s{0,2}分，(?:等级|等次|评级|级别)(?:评定)?(?:为|是|：)\s{0,2}[“\"‘「]?("
    + _GRADES
    + r")(?=[”\"’」。，；\s（(]|$)"
)
_OWN_FLOOR = regex(
    r"(?:等级|等次|评级|级别|档次)(?:评定|确定)?(?:为|是|：)\s{0,2}[“\"]?([优良中差A-D\u4e00-\u9fff]{1,3})[”\"]?级?\s{0,2}[（(](?:得分)?[≥>]?\s{0,2}(\d{2,3})\s{0,2}分?(?:及|（含）)?(?:以上)?[)）]"
)
"""综合评级为A级（90分以上）: a grade with the total from which it holds."""
_LOW = r"(\d{2,3}(?:\.\d)?)\s{0,2}分?\s{0,2}(?:[（(]\s{0,2}(?:不?含)[^）)]{0,6}[)）])?"
_BETWEEN = regex(
    _LOW
    + r"\s{0,2}[-－—~～至到]{1,2}\s{0,2}\d{2,3}(?:\.\d{1,2})?\s{0,2}分?\s{0,2}(?:[（(]不?含[^）)]{0,6}[)）])?\s{0,2}分?(?:之间|区间)?的?[，,]?\s{0,2}"
    r"(?:评价?定?|等级|绩效等级|定)?(?:等级)?(?:为|是|：|:)?\s{0,2}[“\"‘「]?(" + _GRADES + r")"
)
_FROM = regex(
    r"(?:[≥>＞]\s{0,2})?"
    + _LOW
    + r"\s{0,2}(?:及|\(含\))?以上(?:[（(]含[^）)]{0,6}[)）])?的?[，,]?\s{0,2}(?:评价?定?|等级)?(?:为|是|：|:)?\s{0,2}[“\"‘「]?("
    + _GRADES
    + r")"
    r"|[≥]\s{0,2}" + _LOW + r"\s{0,2}的?[，,]?(?:评定?)?(?:为|是|：|:)?\s{0,2}[“\"‘「]?(" + _GRADES + r")"
)
_NAMED = regex(r"(" + _GRADES + r")[”\"’」]?\s{0,2}[（(：:]?\s{0,2}(?:[≥]\s{0,2})?(\d{2,3})\s{0,2}分")
_START = regex(r"(?:起点|起始|最低)分")
_LOWEST = regex(
    r"(?:(?:[<＜]\s{0,2}\d{2}\s{0,2}分?|\d{2}\s{0,2}分?(?:[（(]不含[^）)]{0,6}[)）])?以下|其余)的?[，,]?(?:评定?|等级)?(?:为|是|：|:)?\s{0,2}[“\"‘「]?)(较?差|不合格|不及格|一般)"
)
USUAL = {"优": Decimal(90), "良": Decimal(80), "中": Decimal(60), "差": Decimal(0)}
"""The four grades of 财预〔2020〕10号, for a report that prints no thresholds."""


class Grade(NamedTuple):
    """A grade that the text gives the whole."""

    word: str
    start: int
    end: int


def totals(statements: Iterable[Statement]) -> Iterator[Points]:
    """The totals of the whole that the prose says."""
    held = [said for said in statements if said.mention.kind == "score"]
    concluded = {said.passage.start for said in held if _BEYOND_DOUBT.search(said.lead)}
    latest = max((said.year for said in held if _TOTAL_LEAD.search(said.lead)), default="")
    for said in held:
        mention = said.mention
        if mention.value is None or mention.upper is not None or mention.bound:
            continue
        before = said.passage.words[
            max(0, mention.start - said.passage.start - REACH) : mention.start - said.passage.start
        ]
        before = before[-(mention.start - said.start) :] if mention.start > said.start else ""
        lead = _CLAUSE.split(before)[-1]
        if not _is_of_whole(lead):
            continue
        if _OF_LEAF.search(before):
            continue
        if said.passage.start in concluded and not _BEYOND_DOUBT.search(lead):
            continue  # 部门绩效得分59.98分 beside 总得分98.96分: a first-level indicator of that name
        if mention.value < _SMALLEST_TOTAL and "总" not in lead:
            continue
        if "项目" in said.before and not _PLAINLY_WHOLE.search(lead):
            continue
        if said.year and said.year < latest:
            continue
        yield Points(mention.value, mention.step or Decimal(1), Spot(mention.text, mention.start, mention.end))


def _is_of_whole(lead: str) -> bool:
    """Whether the words before a number say that it is the total of the whole evaluation, and not some other examination's."""
    found = _TOTAL_LEAD.search(lead)
    if found is None or not _OF_WHOLE.search(lead) or _NOT_WHOLE.search(_tail(lead)):
        return False
    if "整体" in lead:
        return True
    if _OF_OTHERS.search(lead):
        return False
    if _SUMMED.search(lead):
        return True
    return bool(re.search(r"自评|绩效", lead)) or not _NEUTRAL.sub("", lead[: found.start()])


def _tail(lead: str) -> str:
    """The words right before the number; what is only quoted earlier in a long clause does not count."""
    return re.sub(r"《[^》]*》|指标体系|评价指标|(?:各项?|所有|全部|适用)(?:评价)?指标", "", lead)[-40:]


def grades(passages: Iterable[Passage]) -> Iterator[Grade]:
    """The grades that the prose gives the whole; the scale itself (90-100分为优) is none."""
    for passage in passages:
        for found in _GRADE.finditer(passage.words):
            clause = re.split(r"[，。；]", passage.words[max(0, found.start() - 60) : found.end()])[-1]
            if re.search(r"项目|考核|上年|去年|档|以上的?为|\d\s?分?以下", clause):
                continue
            group = 1 if found[1] else 2
            yield Grade(found[group], passage.start + found.start(group), passage.start + found.end(group))


def own_floors(passages: Iterable[Passage]) -> Iterator[tuple[Grade, Decimal]]:
    """Each grade that the text gives the whole together with its threshold: A级（90分以上）."""
    for passage in passages:
        if "级" in passage.words or "次" in passage.words:
            for found in _OWN_FLOOR.finditer(passage.words):
                yield Grade(found[1], passage.start + found.start(1), passage.start + found.end(2)), Decimal(found[2])


def thresholds(passages: Iterable[Passage]) -> dict[str, Decimal]:
    """From which total on each grade holds, as the text prints it; empty where it prints no scale of at least two grades."""
    floors: dict[str, Decimal] = {}
    for passage in passages:
        words = passage.words
        if "分" not in words or not re.search(_GRADES, words):
            continue
        here = {m[2]: Decimal(m[1]) for m in _BETWEEN.finditer(words)}
        for m in _FROM.finditer(words):
            here.setdefault(m[2] or m[4], Decimal(m[1] or m[3]))
        if _START.search(words):
            for m in _NAMED.finditer(words):
                here.setdefault(m[1], Decimal(m[2]))
        if len(here) < 2:
            continue
        if (low := _LOWEST.search(words)) is not None:
            here.setdefault(low[1], Decimal(0))
        for word, floor in here.items():
            floors.setdefault(word, floor)
    return floors


def grade_of(total: Decimal, floors: dict[str, Decimal]) -> str:
    """The grade that a total earns; "" where the scale does not reach down to it."""
    earned = [(floor, word) for word, floor in floors.items() if floor <= total]
    return max(earned)[1] if earned else ""
