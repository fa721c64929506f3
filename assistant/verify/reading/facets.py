"""What tells two figures of one name apart: the stage they belong to (年初预算, 决算, 目标), their period, the text they are quoted from."""

from __future__ import annotations

import re
from typing import Literal

from assistant.patterns import regex

Aspect = Literal["target", "initial", "adjusted", "budget", "final", "executed", "contract", "change", "share", ""]
"""`initial` 年初预算, `adjusted` 全年或调整后预算, `budget` a budget that does not say which, `final` 决算,
`executed` 实际支出 and 执行数 (cash at a date, and not always the accounts), `contract` 合同额;
`target` what is planned; `change` a difference or growth; `share` 占…; "" what was done, and whatever says nothing."""

STAGES: tuple[tuple[Aspect, str], ...] = (
    ("adjusted", r"(?:年中)?调整后的?(?:年度|全年)?(?:部门)?(?:预算)?(?:总?指标|总额|数)?|预算调整后(?:年度)?(?:总?指标|数)?|调整预算数?"
                 r"|全年预算(?:总额|安排|数)?|年度预算总?指标|年度总指标|预算总指标"),
    ("initial", r"年初(?:部门|批复|安排)?的?预算(?:总额|安排|批复|数)?|预算年初数?|年初批复数|年初数|期初预算数?"),
    ("contract", r"(?:合同|成交|中标)(?:总?金额|总?额|价)?"),
    ("final", r"决算(?:总额|数)?"),
    ("executed", r"(?:全年|实际|累计|年度|预算)?执行(?:总?金额|总?额|数)?(?![率情进过中力落标法人分和监期])|(?:全年|年度)?实际(?:总)?支出(?:总?额|数)?"
                 r"|全年(?:总)?支出数?|累计支出数?|年度总支出|支付(?:总?金额|总?额|数)|实际支付"),
    ("budget", r"预算(?:安排|批复|指标)?(?:总?金额|总额|数)?(?!执行|完成|调整|编制|绩效|管理|单位|部门|资金|项目)"),
)  # fmt: skip
"""The words of each stage, those that hold others first."""
_STAGE_ROOTS = ("算", "年初", "执行", "支", "合同", "成交", "中标", "指标", "调整后")
"""Every name of a stage holds one of these."""
_STAGE = regex("|".join(f"(?P<{name}>{words})" for name, words in STAGES))
_BESIDE = regex(r"低于|高于|超过?|比|较|与|占|完成|大于|小于|按照?|纳入")
"""A stage that follows one of these is only what another is held against: 低于年初预算."""
_CHANGE = regex(
    r"(?:同比|环比|(?:比|较|与)[^，。；]{0,12}(?:相比)?|各)?(?:净?增加|减少|多|(?<![至不])少|增长|下降|上升|提高|提升|降低|压减|压缩|增幅|降幅|差额|超出|多出|相差|节约|节省|变动)"
    r"(?:了|为|到|至|达|约|率|额|幅度)*$"
)
_RELATING = 32
_SHARE = regex(r"占(?!用|地)[^，。；]{0,20}$")
_PLANNED = regex(
    r"目标(?!已|均|全部|完成|任务完成)|指标值|(?<!按)计划(?!完成率|生育)|拟|预计|预期|力争|争取|确保|不少于|不低于|达到.{0,6}以上的目标|≥|＞|任务数|应(?=完成|达|发|建|配|办)"
)
_PLANNED_SECTION = regex(
    r"目标|主要任务|重点(?:工作)?任务|工作(?:任务|计划|安排|要点|思路)|下一步|下步|后续|改进|整改|建议|设置|职责|职能"
)
_DONE_SECTION = regex(r"履职情况|[做抓]了|开展了|完成|实现|执行|落实情况|成效|结果|分析|达成|自评|问题")
_DONE = regex(r"累计|已|(?<![公一])共(?![同享建治产青性识])|了|超额|圆满|顺利|成功|完成(?!率)|实际|今年以来|一年来")
_DONE_SINCE = regex(_DONE.pattern.replace("(?![同", "(?![□同"))
"""计划治理小流域3条共42平方公里: 共 before a number is of the same plan."""
_SURELY_DONE = regex(r"已|超额|圆满|顺利|实际|了|今年以来|一年来|同比|[比较]上年|扣|得分|达标|未达")
_OF_GOALS = regex(r"(?:目标|主要任务|重点任务|工作任务|工作要点|工作计划)$")
_RUN_IN = regex(r"\s{0,4}[（(]?[一二三四五六七八九十\d]{1,3}[）).、．]\s?(?P<heading>[^，。；：:\n\d]{2,16})[。：:]")
"""A heading on the line of its text: （二）履职目标。全年…"""
_TO_DO = regex(r"^[（(\d一二三四五六七八九十）).、；\s]{0,6}完成")
"""（三）完成登记1200册: in a list of goals the first word is what is to be done."""
_PLANNED_BEHIND = regex(r"的?(?:目标|任务|计划)(?:值|数)?$")
_YEAR = regex(
    r"(?<![\d〔\[])(20\d\d)\s?年(?!第|[—-])|(上年度?|去年|上一年度?|往年|前年|历年|近[两三五]年|[两三]年来|以前年度)|(明年|下一?年度?|次年|来年)"
)
_WITHIN = regex(
    r"上半年|下半年|第?[一二三四1-4]季度|前三季度|(?:1?\d\s?[-—至到]\s?)?1?\d\s?月(?:\s?\d{1,2}\s?日|底|末|份|初)?(?!\d)|寒假|暑假|春节|国庆|年初(?!预算|结转|部门|数|批复|设定|目标|财政|决算|项目)"
)
_OPENING = 600
"""So much of a passage shows whether it tells of what was done."""
_YEAR_END = regex(r"12\s?月(?:\s?31\s?日|底|末)?$")
_COMPARED = regex(r"(?:比|较|与|同|和|于|自|从|对比)$")
_TITLE = regex(r"《[^》]{0,80}》|[“\"][^”\"]{0,40}[”\"]")
_RUBRIC = regex(
    r"[≥≤<>＜＞=＝][^，。；]{0,20}[，,]?得|每[^，。；]{0,14}扣|扣完为止|[×xX*]\s?100\s?[%％]|酌情扣|得满分|否则不得分|本项得0分|[（(]\d+(?:\.\d+)?\s?分[)）]"
    r"|用以反映|反映和考核|计算公式|评分标准[：:]|指标解释|[得计]\s?\d+(?:\.\d+)?\s?分[；;]|的，得"
)


def is_rubric(words: str) -> bool:
    """Whether words are of a rubric (评分标准, 指标说明): what it says holds for every unit and is no fact of this one."""
    return bool(_RUBRIC.search(words))


def stage_in(words: str) -> Aspect:
    """The last stage that words name: 年初预算100万元，实际支出 → executed. "" where none is named."""
    last: Aspect = ""
    if not any(root in words for root in _STAGE_ROOTS):
        return last
    for found in _STAGE.finditer(words):
        if not _BESIDE.search(words[max(0, found.start() - 3) : found.start()]):
            last = next(name for name, _ in STAGES if found[name] is not None)
    return last


def without_stage(words: str) -> str:
    """Words without those that name a stage."""
    return _STAGE.sub("", words)


def relation_of(lead: str) -> Aspect:
    """`change` and `share` where the clause up to a number says so: 比上年增加, 占全市总量; else ""."""
    end = lead[-_RELATING:]
    if _CHANGE.search(end):
        return "change"
    return "share" if _SHARE.search(end) else ""


def relation_subject(lead: str) -> str:
    """What is said to have changed, or to be a share: 项目支出比上年增加 → 项目支出; "" where the clause names nothing."""
    return _CHANGE.sub("", _SHARE.sub("", lead)).removesuffix("与上年").removesuffix("同比")


def is_planned(before: str, tail: str, passage: str, section: tuple[str, ...]) -> bool:
    """Whether a figure is one of a plan, and not of what was done.

    Its sentence says so (`before` the number, `tail` behind it): 计划新建4个，改造10条 are two plans, 计划4个，实际5个 is one. Or its
    section is of goals and tasks, and nothing in its passage is done yet.
    """
    planned = max((found.end() for found in _PLANNED.finditer(before)), default=-1)
    if planned >= 0 and not _DONE_SINCE.search(before, planned):
        return True
    if _PLANNED_BEHIND.search(tail):
        return True
    return planned < 0 and is_of_goals(passage, section)


def is_of_goals(passage: str, section: tuple[str, ...]) -> bool:
    """Whether a passage sets goals and tasks: the nearest heading that tells is one of these, and nothing in it is done yet.

    Under 履职目标 itself 完成 and 实现 are goals too; only 已, 超额 and the like say that something was done.
    """
    opening = _RUN_IN.match(passage)
    section = (*section, opening["heading"]) if opening else section
    heading = next((h for h in reversed(section) if _PLANNED_SECTION.search(h) or _DONE_SECTION.search(h)), "")
    if not heading or _DONE_SECTION.search(heading):
        return False
    done = _SURELY_DONE if _OF_GOALS.search(heading) else _DONE
    return not done.search(_TO_DO.sub("", passage[:_OPENING]))


def period_of(sentence: str, earlier: str, report_year: str) -> str:
    """The period that the words before a number put it in, nearest first; "" for the whole of the report's year.

    `sentence`: its own up to the number; `earlier`: what its passage said before, where only a year is told that still holds.
    """
    words = _TITLE.sub("", sentence)
    year = _last_year(words) or _last_year(_TITLE.sub("", earlier), absolute=True)
    named = "" if year is None else (year[1] or ("last" if year[2] else "next"))
    within = [found for found in _WITHIN.finditer(words) if not _YEAR_END.match(found[0])]
    return ("" if named == report_year else named) + (within[-1][0].replace(" ", "") if within else "")


def _last_year(words: str, absolute: bool = False) -> re.Match[str] | None:
    """The last year that words name and that is not only compared with: 比2020年."""
    for found in reversed(list(_YEAR.finditer(words))):
        if not _COMPARED.search(words[max(0, found.start() - 2) : found.start()]) and (found[1] or not absolute):
            return found
    return None
