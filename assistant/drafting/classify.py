"""What a statement of a material does: states a result, tells an action, an effect, a background; or says nothing that a report needs."""

from __future__ import annotations

import re
from typing import Literal

from assistant.briefs.brief import Fact
from assistant.briefs.statement import is_statement
from assistant.patterns import regex

StatementKind = Literal["result", "action", "effect", "background", "problem", "meeting", "slogan", "plan", "meta"]

RESULT = regex(
    r"完成|建成|落成|竣工|验收|投用|启用|上线|运行|实现|达到|覆盖|发放|兑现|办结|办理|受理|新增|新建|新招|招录|招到|引进|培育|培训|开展|举办|组织"
    r"|成立|组建|设立|设了|建立|创建|制定|出台|印发|推出|实施|试点|整改|化解|清零|减少|降低|下降|增长|提高到|提升到|升至|降至|缩短|压减|节约|节省"
    r"|表彰|获评|获得|荣获|入选|列全|位列|排名|名列|率先|首创|首个|首家|第一|全部|占全|服务|救助|帮扶|接待|检查|排查|整治|改造|安置|征集|解决|拨付|支付|落实|超额"
)
RANK = regex(
    r"率先|首创|首个|首家|首批|第一|第二|第三|荣获|获评|入选|获[^。，]{2,20}(?:奖|称号)|排名|位列|名列|列全|动态清零|全部|全覆盖"
)
_EFFECT = regex(
    r"有(?:力|效)|提升|提高|增强|改善|明显|便利|好评|满意|受益|减轻|缓解|避免|有利于|便于|从而|使得?|让[^，]{2,}|比过去|优化|形成|夯实"
)
_META = regex(
    r"^(?:现将|具体(?:情况)?如下|主要(?:情况|做法|工作)(?:有|如下|是)|(?:现)?(?:汇报|报告|总结)如下|特此|以上|附件|注：|填报|单位：)"
    r"|本(?:总结|报告|材料)|如下[：:]?$|(?:汇报|报告|汇总|总结|说明)如下|主要(?:抓|做)了"
)
_SLOGAN = regex(
    r"高度重视|(?:提高|提升)(?:政治)?站位|深入(?:学习)?贯彻|以[^，]{4,40}(?:为指导|为指引|为引领|为契机|为抓手|为主线)|凝心聚力|凝聚[^，]{0,6}(?:共识|力量|正能量)"
    r"|奋力|谱写|新篇章|新台阶|新局面|新征程|扎实(?:推进|做好)|真抓实干|多措并举|多点发力|成效(?:显著|明显)|取得(?:了)?[^，]{0,8}(?:成效|成绩|进展|突破|效果)"
    r"|统一思想|强化担当|勇于担当|正能量|(?:强大|强劲)(?:动力|合力)|坚强[^，]{0,4}保(?:证|障)|有力(?:支撑|保障|保证)|稳步推进|有序推进|全面加强|再接再厉|不断(?:强化|深化|夯实)|迈上|开创|牢牢把握|压实责任|聚焦主[责业]|认真履行|不断规范|积极(?:完善|为人民)|着力建设|初心使命|走深走实|四个意识|两个维护|头脑|加大(?:了)?力度"
)
_MEETING = regex(
    r"召开|会议|开过[^，]{0,4}会|座谈|传达|学习(?:了)?(?:贯彻|精神|文件)|部署会|动员|印发(?:了)?[^，]{0,12}通知|下发(?:了)?[^，]{0,12}通知"
)
_MEETING_ONLY = regex(r"完成|建成|上线|覆盖|发放|办结|新增|引进|培训|率|覆盖|整改到位|清零|表彰|竣工")
_BACKGROUND = regex(
    r"^.{0,14}(?:以前|过去|长期以来)|一直(?:是|以来)|老大难|由来已久|背景|周年|(?:路子|人手|经费)(?:少|不足|紧)|难[^，。]{0,3}$|又?卡得?紧|缺[^，。]{0,8}人|^按照|^根据|^为(?:了|贯彻|落实|深入|进一步)"
)
PROBLEM = regex(
    r"(?:存在|暴露)[^，。]{0,16}(?:问题|不足|短板|困难|差距)|有待|尚未|还没有?(?!有)|没有真正|未能|不够|不足(?=[，。、；]|$)|滞后|偏慢|偏低|薄弱|仍在修订|还在修订|不平衡"
)
_PLAN = regex(r"^(?:下一步|下步|明年|来年|接下来|今后)|(?:将|拟)(?:继续|进一步|于|在)|打算")
_SPOKEN = regex(
    r"大家|挺好|不习惯|离不开|有的同志|接着干|懂行|卡得紧|算是|这件事|怎么样|怎样、|说白了|老实说|也在同时做|讲清楚"
)
_NAMED = regex(r"《[^》]+》|“[^”]{5,}”")
_SPECIFIC = regex(r"\[\[|《[^》]+》|“[^”]{2,}”|\d+月|[一二三四五六七八九十]+月|\d{4}年")


def is_specific(text: str) -> bool:
    """Whether it names something: a figure, a document, a name in quotes, a date."""
    return bool(_SPECIFIC.search(text))


def is_spoken(text: str) -> bool:
    """Whether it is told as one speaks, which an official text does not."""
    return bool(_SPOKEN.search(text)) and not _NAMED.search(text)


def is_slogan(text: str) -> bool:
    """Whether it is stock words with nothing in it that could be checked."""
    return bool(_SLOGAN.search(text)) and not re.search(r"\[\[|《", text) and not RANK.search(text)


def kind_of(fact: Fact) -> StatementKind:
    """What a statement does: the first that fits."""
    text, figures = fact.slotted.rstrip("。；！"), bool(fact.figures)
    ranked = bool(RANK.search(text))
    fits: tuple[tuple[StatementKind, bool], ...] = (
        ("meta", bool(_META.search(text)) or not is_statement(fact.text, planned=True)),
        ("slogan", is_slogan(text)),
        ("problem", bool(PROBLEM.search(text)) and not ranked),
        ("plan", bool(_PLAN.search(text))),
        ("meeting", bool(_MEETING.search(text)) and not _MEETING_ONLY.search(text)),
        ("background", not figures and not ranked and bool(_BACKGROUND.search(text))),
        ("result", figures or ranked or (bool(RESULT.search(text)) and is_specific(text))),
        ("effect", bool(_EFFECT.search(text))),
    )
    return next((kind for kind, holds in fits if holds), "action")


def weight(fact: Fact) -> int:
    """How much a statement is worth to a reader who wants results: figures, ranks, named things, deeds."""
    text = fact.slotted
    kind = {
        "result": 4,
        "effect": 2,
        "action": 1,
        "background": -2,
        "problem": -3,
        "meeting": -2,
        "slogan": -6,
        "plan": -9,
        "meta": -9,
    }
    return (
        kind[kind_of(fact)] + 2 * min(len(fact.figures), 3) + 2 * bool(RANK.search(text))
        + bool(re.search(r"《|“", text)) + bool(RESULT.search(text)) - 3 * is_spoken(text)
    )  # fmt: skip
