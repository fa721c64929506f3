"""Questionnaires: 发放 ≥ 回收 ≥ 有效, the rates between them, the options, and shares that no whole number of sheets can give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from assistant.findings import Finding, Severity
from assistant.numbers import Mention, round_half_up, sum_tolerance
from assistant.patterns import regex
from assistant.verify.reading.enumerators import plain, shortened
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.statements import Statement

_SHEET_UNITS = ("份", "张")
_ROLES = (
    ("invalid", regex(r"无效|作废")),
    ("valid", regex(r"有效(?!率)")),
    ("returned", regex(r"回收(?!率)|收回(?!率)|收到")),
    ("sent", regex(r"发放|发出|下发|发送|派发")),
)
_RATES = (
    ("有效回收率", "valid", "sent"), ("有效率", "valid", "returned"), ("回收率", "returned", "sent"), ("收回率", "returned", "sent"),
)  # fmt: skip
_OPTION = regex(
    r"(?P<no>不(?:太)?)?(?P<way>非常|很|十分|比较|较|基本)?(?P<what>满意|认可|一般|了解)(?:的|有|为|占|人数|共|[：:\s（(”])*(?:□占?比?)?$"
)
_SATISFIED = regex(r"满意(?:度|率)")
_NOT_A_SHARE = regex(r"目标|指标值|平均|均值|加权|综合|年初|设定|不低于|以上|≥|上年|去年|提[高升]|较")
_BY_PARTS = regex(
    r"^\s*其中|分项|单项|逐项|各项|分类|(?<!满意[度率])方面|分(?:科室|部门|窗口|对象|群体|年龄|街道|区域)"
)
"""A satisfaction with one of several things asked about is not that of the whole sheet."""
_OF_ALL = regex(
    r"满意[度率]|社会|公众|群众|市民|居民|村民|家长|学生|师生|企业|职工|患者|读者|游客|受益|服务对象|管理|对象|总体|综合|整体|平均|问卷|调查|测评|全体|工作|部门|单位|人员|结果|[的对和或及与、]"
)
_NAMES = {"sent": "发放", "returned": "回收", "valid": "有效"}
_HUNDRED = Decimal(100)
_SMALL = 30
_FEWEST_OPTIONS = 3


@dataclass(slots=True)
class Survey:
    """One questionnaire as it is told: its counts by role, its options, the statements that say a rate or a satisfaction."""

    counts: dict[str, Statement] = field(default_factory=dict)
    options: dict[str, list[Statement]] = field(default_factory=dict)
    rates: list[Statement] = field(default_factory=list)
    satisfaction: list[Statement] = field(default_factory=list)

    @property
    def base(self) -> Statement | None:
        """The sheets that shares are taken of: the valid ones, else those that came back."""
        return self.counts.get("valid") or self.counts.get("returned")


def surveys(reading: Reading) -> Iterator[Finding]:
    """The findings of each questionnaire of the text."""
    for survey in _surveys(reading):
        yield from _order(reading, survey)
        yield from _rates(reading, survey)
        yield from _options(reading, survey)
        yield from _satisfaction(reading, survey)


def _surveys(reading: Reading) -> Iterator[Survey]:
    """The questionnaires in order: one begins where sheets are given out, where a role comes again
    or follows a satisfaction, and ends with its paragraph."""
    current: Survey | None = None
    passage = -1
    for statement in reading.statements:
        mention = statement.mention
        if statement.passage.start != passage:
            if current is not None:
                yield current
            current, passage = None, statement.passage.start
        role = _role(statement) if mention.kind == "count" and mention.unit in _SHEET_UNITS else ""
        if role:
            if current is None or role == "sent" or role in current.counts or current.satisfaction:
                if current is not None:
                    yield current
                current = Survey()
            current.counts[role] = statement
        elif current is not None:
            _note(current, statement)
    if current is not None:
        yield current


def _note(survey: Survey, statement: Statement) -> None:
    """A number that follows the sheets: a rate, a satisfaction, or an option with its count or share."""
    unit = statement.mention.unit
    if unit == "%" and "率" in statement.lead[-8:] and "满意" not in statement.lead[-8:]:
        survey.rates.append(statement)
    elif unit == "%" and _SATISFIED.search(statement.lead):
        survey.satisfaction.append(statement)
    elif (option := _OPTION.search(statement.lead)) and unit in ("%", "份", "人", "名", "张"):
        name = f"{option['no'] or ''}{option['way'] or ''}{option['what']}"
        survey.options.setdefault(name, []).append(statement)


def _role(statement: Statement) -> str:
    """Which count of sheets this is: the word nearest before it in its clause."""
    if _OPTION.search(statement.lead):
        return ""
    lead = statement.lead.rsplit("□", 1)[-1]
    return next((role for role, words in _ROLES if words.search(lead)), "")


def _order(reading: Reading, survey: Survey) -> Iterator[Finding]:
    """No more can come back than was given out, and no more be valid than came back."""
    held = [role for role in ("sent", "returned", "valid") if role in survey.counts]
    for larger, smaller in pairwise(held):
        more, fewer = survey.counts[larger], survey.counts[smaller]
        reading.held(more.mention.start, fewer.mention.start)
        if _exact(more, fewer) and _value(fewer) > _value(more):
            said = f"{_NAMES[smaller]}{fewer.mention.text}，多于{_NAMES[larger]}{more.mention.text}"
            yield _finding(reading, "error", fewer, said, f"不多于{more.mention.text}")


def _rates(reading: Reading, survey: Survey) -> Iterator[Finding]:
    for statement in survey.rates:
        rate = next((rate for rate in _RATES if rate[0] in statement.lead), None)
        if rate is None or rate[1] not in survey.counts or rate[2] not in survey.counts or statement.mention.bound:
            continue
        upper, lower = survey.counts[rate[1]], survey.counts[rate[2]]
        sent = survey.counts.get("sent", lower)
        reading.held(statement.mention.start)
        readings = {_share(upper, lower, statement.mention), _share(upper, sent, statement.mention)}
        if _exact(upper, lower) and statement.mention.value not in readings:
            right = _share(upper, lower, statement.mention)
            said = f"{rate[0]}写为{statement.mention.text}，{upper.mention.text}÷{lower.mention.text}={right}%"
            yield _finding(reading, "error", statement, said, f"{right}%")


def _options(reading: Reading, survey: Survey) -> Iterator[Finding]:
    """The options of one question: shares make 100 %, counts make the sheets, and each share follows from its count.

    Where a share does not, that is why they do not make 100 %.
    """
    wrong = list(_wrong_shares(reading, survey))
    yield from wrong or _shares_of_all(reading, survey)
    yield from _counts_of_all(reading, survey)


def _shares_of_all(reading: Reading, survey: Survey) -> Iterator[Finding]:
    shares = [one for said in survey.options.values() for one in said if one.mention.unit == "%"]
    if len(shares) < _FEWEST_OPTIONS or len(shares) != len(survey.options) or not _is_whole(survey):
        return
    total = sum((_value(one) for one in shares), Decimal(0))
    step = max(one.mention.step or Decimal(1) for one in shares)
    if abs(total - _HUNDRED) > sum_tolerance(len(shares), step):
        parts = "+".join(one.mention.text for one in shares)
        yield _finding(reading, "error", shares[-1], f"各选项占比{parts}={plain(total)}%，不是100%", "100%")


def _counts_of_all(reading: Reading, survey: Survey) -> Iterator[Finding]:
    base = survey.base
    counts = [one for said in survey.options.values() for one in said if one.mention.unit != "%"]
    if base is None:
        return
    reading.held(*(one.mention.start for one in counts))
    if len(counts) < _FEWEST_OPTIONS or len(counts) != len(survey.options) or not all(_exact(o, base) for o in counts):
        return
    total = sum((_value(one) for one in counts), Decimal(0))
    if total > _value(base) or (_is_whole(survey) and total != _value(base)):
        parts = "+".join(one.mention.text for one in counts)
        said = f"各选项{parts}={plain(total)}，问卷是{base.mention.text}"
        yield _finding(reading, "error" if total > _value(base) else "warning", counts[-1], said, base.mention.text)


def _wrong_shares(reading: Reading, survey: Survey) -> Iterator[Finding]:
    base = survey.base
    for said_of in survey.options.values() if base else ():
        count = next((one for one in said_of if one.mention.unit != "%"), None)
        share = next((one for one in said_of if one.mention.unit == "%"), None)
        if base and count and share and _exact(count, base) and not share.mention.bound:
            right = _share(count, base, share.mention)
            if share.mention.value != right:
                told = f"写为{share.mention.text}，{count.mention.text}÷{base.mention.text}={right}%"
                yield _finding(reading, "error", share, told, f"{right}%")


def _is_whole(survey: Survey) -> bool:
    """Whether all options are told: one of them is a bad one."""
    return any(name.startswith("不") for name in survey.options)


def _satisfaction(reading: Reading, survey: Survey) -> Iterator[Finding]:
    """A satisfaction beside the sheets: one that no whole number of them gives; a small sample is for the reader to know."""
    base = survey.base or survey.counts.get("sent")
    for statement in survey.satisfaction:
        mention = statement.mention
        if base is None or mention.value is None or mention.bound or mention.upper or not _exact(base):
            continue
        if mention.value > _HUNDRED:
            yield _finding(reading, "error", statement, f"满意度写为{mention.text}，超过100%", "")
        elif _of_a_part(survey, statement):
            continue
        elif not _NOT_A_SHARE.search(statement.words) and len(survey.satisfaction) == 1:
            reading.held(mention.start, base.mention.start)
            yield from _possible(reading, survey, statement, base)


def _possible(reading: Reading, survey: Survey, statement: Statement, base: Statement) -> Iterator[Finding]:
    mention, sheets = statement.mention, _value(base)
    value = mention.value or Decimal(0)
    happy = [
        one
        for name, said in survey.options.items()
        if "不" not in name and "满意" in name
        for one in said
        if one.mention.unit != "%"
    ]
    if happy and not any(name in ("一般",) and not said for name, said in survey.options.items()):
        counted = {
            _rounded(sum((_value(o) for o in happy[: n + 1]), Decimal(0)) * _HUNDRED / sheets, mention)
            for n in range(len(happy))
        }
        if value not in counted:
            parts = "+".join(one.mention.text for one in happy)
            right = _rounded(sum((_value(one) for one in happy), Decimal(0)) * _HUNDRED / sheets, mention)
            said = f"满意度写为{mention.text}，（{parts}）÷{base.mention.text}={right}%"
            yield _finding(reading, "error", statement, said, f"{right}%")
        return
    nearest = round_half_up(value * sheets / _HUNDRED, Decimal(1))
    around = [nearest + step for step in (-1, 0, 1) if 0 <= nearest + step <= sheets]
    step = mention.step or Decimal(1)
    if all(abs(k * _HUNDRED / sheets - value) >= step for k in around):
        near = "、".join(f"{plain(k)}份为{_rounded(k * _HUNDRED / sheets, mention)}%" for k in around)
        said = f"{base.mention.text}问卷得不出{mention.text}的满意度（{near}）；如按平均分计算，请写明算法"
        yield _finding(reading, "warning", statement, said, "")
    elif sheets < _SMALL:
        yield _finding(reading, "info", statement, f"样本只有{base.mention.text}，少于{_SMALL}份，请备好问卷原件", "")
    elif value == _HUNDRED:
        yield _finding(reading, "info", statement, f"{base.mention.text}问卷满意度全为100%，请备好问卷原件", "")


def _of_a_part(survey: Survey, said: Statement) -> bool:
    """Whether a satisfaction is said of one of the things asked about: 分项看，窗口服务满意度94%; or in another sentence by a name of its own."""
    if _BY_PARTS.search(said.before):
        return True
    options = [one.sentence for option in survey.options.values() for one in option]
    return bool(options and _OF_ALL.sub("", said.subject)) and said.sentence not in options


def _exact(*said: Statement) -> bool:
    return all(
        one.mention.value is not None and not one.mention.bound and one.mention.value > 0 and one.mention.upper is None
        for one in said
    )


def _value(statement: Statement) -> Decimal:
    return statement.mention.value or Decimal(0)


def _share(part: Statement, whole: Statement, like: Mention) -> Decimal:
    """Part of whole in %, rounded as another number is printed."""
    return _rounded(_value(part) * _HUNDRED / _value(whole), like)


def _rounded(value: Decimal, like: Mention) -> Decimal:
    return round_half_up(value, like.step or Decimal(1))


def _finding(reading: Reading, severity: Severity, statement: Statement, said: str, expected: str) -> Finding:
    mention = statement.mention
    ask = "" if severity == "info" else "。请核对问卷统计"
    return Finding(
        "arithmetic", severity, f"{reading.text.place(mention.start)}“{shortened(statement.words, 60)}”：{said}{ask}。",
        quote=statement.words, start=mention.start, end=mention.end, expected=expected,
    )  # fmt: skip
