"""The ten tests of prose that a reviewer applies, as far as code can judge them. Two of them it cannot: whether a status was upgraded needs
the case (the suite `fidelity` plants such), and whether a fact is told twice in other words needs a reader (`repeated` sees equal words).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.numbers import find_numbers
from evals.style.language import sentences, unquoted
from evals.style.measure import Case, Measure
from evals.style.sheets import Paragraph, Sheet, points
from evals.style.stock import stock

SHORT = 30
"""Characters that the result at the head of a point may have: about one line."""
_LOW = 90
"""Per cent below which a rate wants no praise."""
_COMPARED = re.compile(
    r"目标|指标值|年度值|任务(?:数|值)?|计划|应完成|不少于|不低于|不超过|以上|以内|控制数|要求|完成率|达到|未到|同期"
    r"|比[^，。；]{1,16}[多少高低快慢早晚增减升降]|[较比](?:上年|去年|20\d\d年)|上年|20\d\d年为"
    r"|(?:由|从)[^，。；]{1,20}[到至为]"
)
_TOPIC = re.compile(r"^[^，。；]{2,12}方面，")
_MARK = re.compile(r"(?:扣|得|分值)\D{0,4}\d[\d.]*\s*分")
_OFFICES = r"(?:科|股|室|部|中心|所|站|处|组|队|馆|办)"
_OFFICE = re.compile(
    rf"由[一-鿿]{{1,12}}?{_OFFICES}|[一-鿿]{{1,10}}{_OFFICES}(?=负责|牵头|落实|承办|督办|与|[、，。；：）)和]|$)"
)
_DEADLINE = re.compile(
    r"\d{1,2}月|(?:[一二三四上下本每]个?)?(?:季度|半年)|年底前|年内|当[月日]|次日|\d{1,3}个?(?:工作)?[天日]内|\d{4}年[^，。；]{0,12}[时前起]"
)


def _results_first(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    """A point opens with a short result: not with an effort, nor with who did it and how it was organised."""
    for paragraph in paragraphs:
        first = _TOPIC.sub("", next(iter(sentences([paragraph])), ""))
        opens = first.startswith(stock().efforts) or any(word in first for word in stock().manner)
        yield Case(int(0 < len(first) <= SHORT and not opens), first)


def _against_target(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    """A paragraph with quantities holds one of them against a target or an earlier value."""
    for paragraph in paragraphs:
        if any(mention.is_quantity for mention in find_numbers(paragraph.text)):
            yield Case(int(bool(_COMPARED.search(paragraph.text))), paragraph.text)


def _effects(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    """A claimed effect has its figure in its clause or in the next: those before it count what was done."""
    for sentence in sentences(paragraphs):
        clauses = re.split(r"[，；]", sentence)
        for clause, after in zip(clauses, [*clauses[1:], ""], strict=True):
            if any(word in clause for word in stock().effects):
                yield Case(int(any(mention.is_quantity for mention in find_numbers(f"{clause}，{after}"))), sentence)


def _ranks(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    """A claimed rank names its source in the same sentence."""
    for sentence in sentences(paragraphs):
        if any(word in unquoted(sentence) for word in stock().ranks):
            yield Case(int(any(word in sentence for word in stock().sources)), sentence)


def _sized(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    """A problem says how big it is, marks aside."""
    for heading, text in points(paragraphs):
        words = _MARK.sub("", f"{heading}。{text}")
        yield Case(
            int(any(m.is_quantity and m.kind != "score" for m in find_numbers(words))), f"{heading} {text}".strip()
        )


def _caused(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    """Beside its size, which comes first, and the marks a problem tells of a date, an amount or a document: what its cause is checked by.
    Whether that is the cause, only a reader can say.
    """
    for heading, text in points(paragraphs):
        told = list(sentences([Paragraph("", (), text)]))[0 if heading else 1 :]
        yield Case(int(any(_checkable(sentence) for sentence in told)), f"{heading} {text}".strip())


def _checkable(sentence: str) -> bool:
    words = _MARK.sub("", sentence)
    return "《" in words or any(m.is_quantity or m.kind in ("date", "docno") for m in find_numbers(words))


def _owned(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    return (Case(int(bool(_OFFICE.search(text))), f"{heading} {text}".strip()) for heading, text in points(paragraphs))


def _due(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    return (
        Case(int(bool(_DEADLINE.search(text))), f"{heading} {text}".strip()) for heading, text in points(paragraphs)
    )


def _tone(_: Sheet, paragraphs: Sequence[Paragraph]) -> Iterator[Case]:
    """A sentence that judges a rate: whether it praises one that is low."""
    for sentence in sentences(paragraphs):
        rates = [m.value for m in find_numbers(sentence) if m.kind == "percent" and m.value is not None]
        if rates and any(word in sentence for word in stock().quality):
            yield Case(int(min(rates) >= _LOW), sentence)


PROSE = (
    Measure("result_first", "先说结果：观点首句是短的结果", "share", "more", _results_first, ("duties",)),
    Measure(
        "against_target",
        "对着目标：有数的段落与目标或上年相比",
        "share",
        "more",
        _against_target,
        ("duties", "results"),
    ),
    Measure("effect_figures", "产出不等于效果：说成效的有数", "share", "more", _effects),
    Measure("rank_sources", "说法有出处：率先、首个、领先等有来源", "share", "more", _ranks),
    Measure("problem_sizes", "问题有大小", "share", "more", _sized, ("problems",)),
    Measure("problem_causes", "原因可核对：有日期、数额或文件", "share", "more", _caused, ("problems",)),
    Measure("measure_owners", "措施有责任科室", "share", "more", _owned, ("measures",)),
    Measure("measure_deadlines", "措施有时限", "share", "more", _due, ("measures",)),
    Measure("tone", "语气合于数字：不夸低于90%的比率", "share", "more", _tone),
)
