"""Problems in words: a short title, size and place, the cause, the marks it cost, the measure that answers it; then the other lost marks.

Where the outline gives the measures a section of their own, `problems` leaves them to `measures`, which ties each to its problem by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.briefs.brief import Brief, Problem
from assistant.briefs.enumerators import chinese
from assistant.drafting.clean import clauses, cleaned, own_words, sentence, tidy
from assistant.drafting.draft import DraftParagraph, DraftSentence
from assistant.drafting.words import heading, paragraph, placeholder, some
from assistant.patterns import regex

_TITLE = 26
_SLOT = regex(r"\[\[[^\]]*\]\]")
_RESULT_OF = regex(r"^(?:导致|影响|造成|致使|使得|制约|不利于|[给对][^，]{2,30}(?:带来|造成|产生))")
_CAUSE_CLAUSE = regex(r"^(?:主要)?(?:原因(?:是|在于)|是因为|是由于|因为|由于)|^主要是")
_MEASURE_CLAUSE = regex(r"^(?:明年|来年|20\d\d年(?:打算|拟|将|按|起|底)|下一步|下步|拟|打算|准备|将)")
_STUB = regex(r"^[\u4e00-\u9fff]{0,4}\[\[[^\]]*\]\]$")
_NO_OBJECT = regex(
    r"(?:新增|增加|新建|建设|改造|补充|招聘|招录|培训|购置|更换|整改|减少|压减)(?:约|近|超|至少|不少于|不低于)?\[\[[^\]]*\]\]$"
)
_CAUSE = regex(r"^(?:主要)?(?:原因(?:是|在于|为)?|是因为|因为|由于|因)[，：:]?")
_MEASURE = regex(r"^(?:改进措施|整改措施|措施|下一步)[，：:]?")


def problems(brief: Brief) -> list[DraftParagraph]:
    """Each problem with its place, cause, lost marks and measure; then where the other lost marks are explained."""
    listed = _listed(brief)
    apart = brief.report.outline.writes("measures")
    ask_once, asked = _owners(listed)
    made = [p for problem in listed for p in write_problem(problem, brief, not (asked and problem in ask_once), apart)]
    if asked and not apart:
        made.append(asked)
    return made + _rest(brief, bool(made))


def measures(brief: Brief) -> list[DraftParagraph]:
    """The measure of each problem, who takes it and by when; what is not given is asked for."""
    listed = _listed(brief)
    if not listed:
        return [paragraph(f"{placeholder(brief.missing)}。")]
    ask_once, asked = _owners(listed)
    made = []
    for number, problem in enumerate(listed, 1):
        mark = "" if len(listed) == 1 else _mark(number, brief.level)
        text = _answer(problem, brief, not (asked and problem in ask_once))
        made.append(paragraph(sentence(mark + text), *problem.sources))
    return [*made, asked] if asked else made


def _mark(number: int, level: int) -> str:
    """The number of a measure, as its problem has it."""
    return f"（{chinese(number)}）" if level == 1 else f"{number}. " if level == 2 else f"（{number}）"


def _listed(brief: Brief) -> tuple[Problem, ...]:
    return brief.problems or tuple(_from_materials(brief))


def _owners(listed: tuple[Problem, ...]) -> tuple[list[Problem], DraftParagraph | None]:
    """The measures that nobody is named for; where there are several, who and when is asked for once, after all of them."""
    unowned = [p for p in listed if p.measure and not p.department and not p.deadline]
    if len(unowned) < 2:
        return unowned, None
    which = "上述各项" if len(unowned) == len(listed) else "其余"
    return unowned, paragraph(f"{placeholder(f'{which}措施的责任科室和完成时限')}。")


def _from_materials(brief: Brief) -> Iterator[Problem]:
    """Problems that the materials tell of, where the workbook lists none: an item each, with the cause and measure it names."""
    number = 0
    for topic in brief.topics:
        texts = [cleaned(f.slotted, brief.we, brief.own_names, brief.unit, brief.year) for f in topic.facts]
        if text := "。".join(text for text in texts if text):
            number += 1
            yield as_problem(number, text, topic.facts[0].source)


def _rest(brief: Brief, any_problem: bool) -> list[DraftParagraph]:
    """The lost marks that no problem stands for: where they are explained, and which are not."""
    others = [d for d in brief.deductions if not d.problem]
    table = brief.report.losses()
    if not brief.deductions:
        if any_problem or brief.report.unmarked():
            return [] if any_problem else [paragraph(f"{placeholder(brief.missing)}。")]
        return [paragraph(f"各项评价指标自评均未失分。{placeholder(f'{brief.missing}，确无问题的请注明')}。")]
    if not others:
        return []
    names = some([d.name for d in others], "指标")
    where = f"，逐项说明见{table}" if table else ""
    if any_problem:
        return [paragraph(tidy(f"除上述问题外，{names}的扣分不单列为问题{where}。"))]
    if any(not d.explained for d in others):
        return [paragraph(f"自评扣分涉及{names}{where}。{placeholder(brief.missing)}。")]
    return [paragraph(f"自评扣分涉及{names}，原因均已查明{where}，未列出其他需要整改的问题。")]


def as_problem(number: int, text: str, source: str) -> Problem:
    """A problem told in running text: the clauses that name its cause, and those that say what will be done, taken apart."""
    told: dict[str, list[str]] = {"problem": [], "cause": [], "measure": []}
    for statement in clauses(text, "。；"):
        pieces: dict[str, list[str]] = {}
        part = "problem"
        for piece in clauses(statement):
            part = "measure" if _MEASURE_CLAUSE.match(piece) else "cause" if _CAUSE_CLAUSE.match(piece) else part
            before = pieces.get("problem", [])
            if part == "measure" and part not in pieces and len(before) > 1 and _NO_OBJECT.search(piece):
                pieces[part] = [before.pop()]  # what it adds to stands there
            pieces.setdefault(part, []).append(piece)
        for part, said in pieces.items():
            told[part].append("，".join(said))
    problem, cause, measure = ("。".join(told[part]) for part in ("problem", "cause", "measure"))
    return Problem(number, problem, cause, measure, sources=(source,))


def write_problem(problem: Problem, brief: Brief, ask: bool = True, apart: bool = False) -> list[DraftParagraph]:
    """A heading, the problem with its cause and its cost, the measure.

    `ask`: who does it by when is asked for here. `apart`: the measure is written in its own section.
    """
    title, rest = _title(_own(problem.text, brief))
    where = problem.sources
    told = [DraftSentence(sentence(text), sources=where) for text in ([rest] if rest else [])]
    short = clauses(title, "，")[0]
    if problem.cause:
        told.append(DraftSentence(sentence(f"主要原因是{_CAUSE.sub('', _own(problem.cause, brief))}"), sources=where))
    elif problem.measure or apart:
        told.append(DraftSentence(f"【待补：“{short}”的原因】。"))
    if problem.deductions:
        told.append(DraftSentence(sentence(_cost(problem, brief.report.losses())), sources=where))
    made = [
        heading(problem.number, title, min(brief.level, 2)),
        *([DraftParagraph(sentences=tuple(told))] if told else []),
    ]
    if brief.level > 2:
        made = [DraftParagraph(f"（{problem.number}）{title}。", 0, tuple(told))]
    if not apart:
        answer = _measure(problem, _own(problem.measure, brief), short, ask)
        made.append(DraftParagraph(sentences=(DraftSentence(sentence(answer), sources=where),)))
    return made


def _own(text: str, brief: Brief) -> str:
    return own_words(text, brief.we, brief.own_names, brief.unit)


def _title(text: str) -> tuple[str, str]:
    """(title, the rest): the first sentence or clause where it is short enough; nothing is said twice."""
    opening, mark, rest = _cut(text, "。；：:")
    if not mark or len(_SLOT.sub("□□□□□", opening)) > _TITLE:
        pieces = clauses(text)
        opening, rest = pieces[0], "，".join(pieces[1:])
    if len(_SLOT.sub("□□□□□", opening)) > _TITLE + 10 and "的" in opening:
        return _shortened(opening), text
    opening, rest = (text.strip("，。；： ") for text in (opening, rest))
    if mark != "。" and _STUB.match(clauses(rest, "，。；")[0]):
        return opening, f"{opening}，{rest}"
    return opening, f"该问题{rest}" if _RESULT_OF.match(rest) else rest


def _shortened(opening: str) -> str:
    """A long opening up to its last noun phrase that fits, else as much of it as fits; a slot is never cut."""
    phrases = re.split(r"(?<=[、的])", opening)
    return _fitting(phrases).strip("、的") or _fitting(re.findall(r"\[\[[^\]]*\]\]|.", opening))


def _fitting(pieces: list[str]) -> str:
    """As many pieces, from the first, as a title holds."""
    kept = ""
    for piece in pieces:
        if len(_SLOT.sub("□□□□□", kept + piece)) > _TITLE:
            break
        kept += piece
    return kept


def _cut(text: str, marks: str) -> tuple[str, str, str]:
    head = clauses(text, marks)[0]
    return head, text[len(head) : len(head) + 1], text[len(head) + 1 :]


def _cost(problem: Problem, table: str) -> str:
    """What it cost. Where several parts of an indicator lost marks, the loss is named and not laid to the problem alone."""
    own = [f"“{d.name}”扣[[lost.{d.leaf}:value]]" for d in problem.deductions if not d.several]
    where = f"，逐项说明见{table}" if table else ""
    shared = [f"“{d.name}”（扣[[lost.{d.leaf}:value]]{where}）" for d in problem.deductions if d.several]
    told = [f"受此影响，{'、'.join(own)}"] * bool(own) + [f"涉及指标：{'、'.join(shared)}"] * bool(shared)
    return "；".join(told)


def _measure(problem: Problem, measure: str, short: str, ask: bool) -> str:
    if not measure:
        lacking = ("" if problem.cause else "原因、") + "改进措施、责任科室和完成时限"
        return f"{'改进措施' if problem.cause else '原因和改进措施'}：【待补：“{short}”的{lacking}】"
    return f"改进措施：{_promise(problem, measure, ask)}"


def _answer(problem: Problem, brief: Brief, ask: bool) -> str:
    """针对…的问题，…: the measure tied to its problem."""
    short = clauses(_title(_own(problem.text, brief))[0], "，")[0]
    if not problem.measure:
        return f"针对{short}，【待补：“{short}”的改进措施、责任科室和完成时限】"
    promise = _promise(problem, _own(problem.measure, brief), ask)
    about = "" if promise.startswith("针对") else f"针对{short}{'' if short.endswith('问题') else '的问题'}，"
    return about + promise


def _promise(problem: Problem, measure: str, ask: bool) -> str:
    """What will be done, by whom and by when; with `ask`, what of this is not given."""
    text = _MEASURE.sub("", measure).strip("。；")
    unknown = [
        word for word, given in (("责任科室", problem.department), ("完成时限", problem.deadline)) if not given and ask
    ]
    who = f"由{problem.department}负责" if problem.department else ""
    when = f"于{problem.deadline}完成" if problem.deadline else ""
    if when and re.search(r"完成$|前$", problem.deadline):
        when = problem.deadline if problem.deadline.endswith("完成") else f"{problem.deadline}完成"
    if when and re.match(r"(?:长期|持续|常态|每)", problem.deadline):
        when = problem.deadline
    todo = f"【待补：{'、'.join(unknown)}】" if unknown else ""
    return f"{'，'.join(part for part in (text, who, when) if part)}{todo}"
