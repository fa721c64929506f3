"""语气与数字: praise that the figures contradict, by what the sentence praises and not by a list of sentences.

Words of completion (圆满完成 …) are held against tasks, targets, projects and rates that are not complete; words of quality
(较好 …) against rates below their top band and indicators with a low 得分率.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.findings import Finding, Severity
from assistant.numbers import printed
from assistant.patterns import regex
from assistant.subjects import normal_term
from assistant.verify.checks.claims import is_claim
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.sentences import Said

if TYPE_CHECKING:
    from assistant.verify.checks.facts import Facts, Rate

_REACHED = (
    r"达到(?=了?(?:年度|年初|全年|预期|预定|既定|设定|计划|绩效|考核|申报)*的?(?:绩效)?(?:目标|指标|要求)|[，。；]|$)"
)
_DONE = rf"完成|达成|办结|达标|执行完毕|支出完毕|使用完毕|支付完毕|投入使用|执行到位|{_REACHED}"
_COMPLETE = regex(
    rf"(?:圆满|全面|全部|顺利|全数|足额|百分之百|100%|超额)(?:地)?(?:已|已经)?(?:如期|按期|按时|及时)?(?:实现|落实到位|{_DONE})"
    rf"|(?:全部|均|都|各项)(?:已|已经)?(?:全部|如期|按期|按时|及时|顺利|圆满)?(?:{_DONE})"
    r"|(?:如期|按期|按时)(?:全部|全面)(?:完成|办结|达成)|无一(?:遗漏|延误|超期)"
)
_QUALITY = regex(
    r"(?:总体|整体|普遍|保持|比较|较为|十分|非常)?(?:较好|良好|优良|优秀|理想|较高|很好|很高|显著|突出|优异)(?!问题|短板|矛盾|进步|提升|改善|下降|减少|增)"
)
_TASKS = regex(
    r"重点工作|(?:各项|年度|全年|目标|工作|中心|履职|交办(?:的)?|部署(?:的)?)(?:重点)?(?:工作|任务)|任务目标|(?:^|[项个])(?:目标)?任务(?=均|全部|都|已|，)"
)
_TARGETS = regex(r"(?:绩效|年度|年初|预期|各项|工作|设定的?|确定的?|申报的?)(?:绩效)?(?:目标|指标)(?!值)")
_PROJECTS = regex(
    r"(?:各|全部|所有|年度|重点|计划(?:完成)?|实施的?)(?:个|类)?项目(?!标|管理|支出|预算|资金|监管|绩效|储备|库)|(?:^|个)项目(?=全部|均|都|已|按期|顺利|圆满)"
)
_PART_OF = regex(r"除[^，。；]{1,20}外|其余|其他|大部分|多数|部分|基本|其中")
_SO_MANY = regex(r"的?\s?\d[\d,]{0,9}\s?(?:项|个|件|宗|户|条)")
_THE_OTHERS = regex(r"未|基本(?:完成|达[到标])|部分(?:完成|达[到标])|延期|顺延|其余|尚")
"""全部完成16项，未完成2项: said of so many, and the others are told too."""
_COUNT = regex(r"(\d[\d,]{0,14})\s{0,3}(?:项|个|件|宗|户|条)")
_PERCENT = regex(
    r"(完成|执行|办结|达标|落实|到位|实现|回复|及时)[^，。；%\d]{0,6}?(?:率|比例|进度)?[^，。；%\d]{0,6}?(\d{1,2}(?:\.\d+)?)\s*[%％]"
)
_SPENDING = regex(r"(?:支出|预算)(?:任务|目标|计划)|(?:执行|支出|使用|支付)(?:完毕|到位)")
_WHOLE_BUDGET = regex(
    r"^(?:本年度?|全年|年度|当年|20\d\d年度?|我局|本?部门|本?单位|整体|总体|年初|财政|下达的?|安排的?|各项|全部|预算|拨款|调整后)*"
    r"(?:预算|资金|经费|指标|支出|拨款|支出任务|支出计划)(?=均|全部|都|已|按|圆满|顺利|，|$|任务|计划)"
)
_OF_MONEY = regex(r"(?:项目)(?:资金|经费|支出|预算)")
_MONEY_WORDS = regex(r"预算|支出|资金|采购|经费|执行")
_RATE_VALUE = regex(
    r"(执行|完成|利用|使用|达标|办结|满意|覆盖|及时)[^，。；\d]{0,5}?(?:率|度|进度)?[^，。；\d]{0,4}?(\d{1,2}(?:\.\d+)?)\s*[%％]"
)
_CARRIED_OUT = regex(r"(?:执行|支出|完成)(?:总体|整体)?(?:情况|进度)")
_LOW, _VERY_LOW = Decimal(80), Decimal(90)
_PRAISES = regex("[圆全顺足百%超均都各如按无好良优理高显突]")
"""Each of the words of completion and of quality has one of these characters."""
_SUPERLATIVE = regex(r"优秀|显著|突出|优异|很高|非常|十分")


def praise(reading: Reading) -> list[Finding]:
    """Sentences whose praise the case's figures, or their own, contradict."""
    found: list[Finding] = []
    for said in reading.said:
        if _PRAISES.search(said.words) is None:
            continue
        for pattern, check in ((_COMPLETE, _complete), (_QUALITY, _quality)):
            match = pattern.search(said.words)
            while match is not None:
                told = check(said, match, reading.facts) if is_claim(said, match.start(), reading) else None
                if told:
                    found.append(_finding(reading, said, match, *told))
                    break
                match = pattern.search(said.words, match.end())
    return found


def _finding(reading: Reading, said: Said, match: re.Match[str], why: str, severity: Severity) -> Finding:
    start = said.start + match.start()
    where = reading.text.place(start)
    return Finding(
        "tone", severity, f"{where}“{said.short}”：写“{match[0]}”，但{why}。请按数据改写语气，或核对数据。",
        quote=said.short, start=start, end=said.start + match.end(), expected=why,
    )  # fmt: skip


def _complete(said: Said, match: re.Match[str], facts: Facts | None) -> tuple[str, Severity] | None:
    """Why a word of completion is not true."""
    clause, start = said.clause(match.start())
    if _PART_OF.search(clause[: match.start() - start]):
        return None
    if _SO_MANY.match(said.words, match.end()) and _THE_OTHERS.search(said.words):
        return None
    if facts is not None and (told := _undone(said, clause, facts)):
        return told, "error"
    if "达到" in match[0]:
        return None
    if facts is not None and (told := _unspent(clause, facts)):
        return told, "warning"
    if facts is not None and (rate := _short_of(clause, facts)):
        return f"{rate.figure.label}为{rate.figure.printed()}", "warning"
    beside = said.words[start : start + len(clause) + 40]
    for number in _PERCENT.finditer(beside):
        about_money = number[1] == "执行"
        if not about_money or _MONEY_WORDS.search(clause):
            return f"句中的{number[1]}率只有{number[2]}%", "warning"
    if _SPENDING.search(clause):
        for number in _PERCENT.finditer(said.words[:start]):
            if number[1] == "执行":
                return f"句中的执行率只有{number[2]}%", "warning"
    return None


def _unspent(clause: str, facts: Facts) -> str:
    """The budget, or the part of it, that the clause says is spent and that is not."""
    if not _SPENDING.search(clause):
        return ""
    if pairs := facts.pairs_said("政府采购" if "采购" in clause else clause, ("预算",)):
        now, other = pairs[0].now, pairs[0].other
    else:
        item = "project" if _OF_MONEY.search(clause) else "total"
        about = re.sub(r"圆满|全面|顺利|足额|完成|了|实现", "", clause)
        if item == "total" and not _WHOLE_BUDGET.search(about):
            return ""
        figures = [facts.card.ledger.get(f"{kind}.{item}") for kind in ("final_accounts", "annual_budget")]
        if figures[0] is None or figures[1] is None:
            return ""
        now, other = figures[0], figures[1]
    short = now.base[0] < other.base[0]
    return f"{now.label}为{now.printed()}，{other.label}为{other.printed()}，没有全部支出" if short else ""


def _undone(said: Said, clause: str, facts: Facts) -> str:
    """The task, target or project that the clause speaks of and that was not reached."""
    words = normal_term(clause)
    if named := next((f"“{name}”{how}" for name, how in facts.open_names if name in words), ""):
        return named
    subject = clause if _speaks(clause) else next(iter(said.clauses_before(said.words.find(clause))), "") + clause
    count = _COUNT.search(clause) or _COUNT.search(subject)
    total = Decimal(count[1].replace(",", "")) if count else None
    if _PROJECTS.search(subject) and facts.projects_short and total in (None, _value(facts, "projects.planned")):
        planned, done = (facts.card.ledger[f"projects.{name}"] for name in ("planned", "completed"))
        return f"计划完成项目{planned.printed()}，按期完成{done.printed()}"
    if _TASKS.search(subject):
        if facts.undone and total in (None, facts.tasks):
            return f"有{facts.card.ledger['count.key_tasks.incomplete'].printed()}重点工作没有完成"
        if facts.work_short and total in (None, _value(facts, "work.planned")):
            planned, done = (facts.card.ledger[f"work.{name}"] for name in ("planned", "completed"))
            return f"计划工作{planned.printed()}，实际完成{done.printed()}"
    if (
        (_TARGETS.search(subject) or re.search(r"目标任务|任务目标", subject))
        and facts.missed
        and total in (None, Decimal(len(facts.card.ledger.targets)))
    ):
        names = "、".join(f"“{t.name}”" for t in facts.missed[:3])
        return f"{names}等没有达到年度指标值" if len(facts.missed) > 3 else f"{names}没有达到年度指标值"
    return ""


def _speaks(clause: str) -> bool:
    return any(pattern.search(clause) for pattern in (_TASKS, _TARGETS, _PROJECTS))


def _value(facts: Facts, id: str) -> Decimal | None:
    figure = facts.card.ledger.get(id)
    return None if figure is None else figure.value


def _short_of(clause: str, facts: Facts) -> Rate | None:
    """The rate below 100 % whose object the clause says is complete (政府采购计划全部完成)."""
    words = normal_term(clause)
    said = {hit[0] for hit in facts.rate_terms.find(words)}
    if "预算执行" in words and not any(rate.core in said for rate in facts.rates if rate.core):
        said |= {rate.terms[0] for rate in facts.rates if rate.figure.id == "budget_execution_rate"}
    for rate in facts.rates:
        if rate.share and rate.figure.value < 100 and (rate.core in said or said & set(rate.terms)):
            if rate.core == "项目" and not _PROJECTS.search(clause):
                continue
            return rate
    return None


def _quality(said: Said, match: re.Match[str], facts: Facts | None) -> tuple[str, Severity] | None:
    """Why a word of quality does not fit."""
    clause, start = said.clause(match.start())
    if said.words[: match.start()].endswith(("：", ":")) and "按标准扣分" in said.words:
        return None  # the answer that was graded (行政效能：良好), and that it cost marks
    least = _VERY_LOW if _SUPERLATIVE.search(match[0]) else _LOW
    if facts is not None:
        for words in (clause, *(said.clauses_before(match.start())[:1] if not _names(clause, facts) else ())):
            if told := _below(words, facts, least, bool(_CARRIED_OUT.search(clause))):
                return told, "warning"
    for number in _RATE_VALUE.finditer(said.words, max(0, start - 24), start + len(clause) + 24):
        if Decimal(number[2]) < least:
            return f"句中的{number[1]}{'度' if number[1] == '满意' else '率'}只有{number[2]}%", "warning"
    return None


def _names_budget(words: str, rate: Rate) -> bool:
    """Whether the budget as a whole is meant: 预算执行情况 is 预算执行率's, with no other item before it."""
    whole = re.search(r"^(?:本年度?|全年|年度|部门|整体|总体|20\d\d年度?|我局)*预算(?:资金)?(?:总体|整体)?执行", words)
    return whole is not None and rate.figure.id == "budget_execution_rate"


def _names(words: str, facts: Facts) -> bool:
    plain = normal_term(words)
    return bool(facts.rate_terms.find(plain) or facts.leaf_terms.find(plain))


def _below(words: str, facts: Facts, least: Decimal, carried_out: bool = False) -> str:
    """The rate below its top band, or the indicator with a low 得分率, that the words name.

    `carried_out`: the words praise how a budget or a plan was carried out, and any mark lost by its rate is too many.
    """
    plain = normal_term(words)
    said = {hit[0] for hit in facts.rate_terms.find(plain)}
    for rate in facts.rates:
        if rate.core == "支出" and re.search(r"(?:基本|项目)支出", plain):
            continue
        if (rate.core in said or said & set(rate.terms)) and rate.short:
            return f"{rate.figure.label}为{rate.figure.printed()}，没有达到满分档"
        if carried_out and rate.lost and (rate.core in said or said & set(rate.terms) or _names_budget(plain, rate)):
            return f"{rate.figure.label}为{rate.figure.printed()}，没有得满分"
    for name, _, _ in facts.leaf_terms.find(plain):
        if name in facts.leaf_rates and facts.leaf_rates[name][1] < least:
            label, value = facts.leaf_rates[name]
            return f"“{label}”得分率为{printed(value)}%"
    return ""
