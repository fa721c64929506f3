"""The narrative sections, each after its kind: tasks, duties, experience, problems, plans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.briefs.brief import Brief, Deduction, Problem, Task, Topic, WorkItem
from assistant.briefs.roles import ITEM
from assistant.drafting.clean import clauses, cleaned, own_words, sentence, tidy
from assistant.drafting.compose import compose
from assistant.drafting.draft import DraftParagraph, DraftSentence
from assistant.drafting.problems import as_problem, write_problem
from assistant.subjects import bigrams, plain

_DIGITS = "〇一二三四五六七八九"
_MOST_NAMED = 3
_HEAD = re.compile(r"计划|打算|安排|思路|建议|做法|经验|体会|下一步|\d{4}年")
_SLOT = re.compile(r"\[\[[^\]]*\]\]")


def chinese(number: int) -> str:
    """1 to 99 as an enumerator: 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def placeholder(*names: str) -> str:
    """【待补：…】: what a person still has to give."""
    return f"【待补：{'、'.join(names)}】"


def heading(number: int, name: str) -> DraftParagraph:
    """A third-level heading inside a section."""
    return DraftParagraph(f"{number}. {name.strip('。；，')}", 3)


def paragraph(text: str, *sources: str) -> DraftParagraph:
    """A paragraph of one sentence."""
    return DraftParagraph(sentences=(DraftSentence(text, sources=tuple(s for s in sources if s)),))


def tasks(brief: Brief) -> list[DraftParagraph]:
    """The year's tasks by field, 一是…二是…, each followed by what this year's plan says of it."""
    if not brief.items:
        return [paragraph(f"{placeholder(brief.missing)}。")]
    if not any(item.tasks or item.topics for item in brief.items):
        names = "、".join(item.name for item in brief.items if item.name)
        told = [paragraph(f"从年度工作材料看，{brief.we}{brief.year}年工作主要包括{names}。")] if names else []
        return [*told, paragraph(f"{placeholder(brief.missing)}。")]
    made: list[DraftParagraph] = []
    for number, item in enumerate(brief.items, 1):
        if item.name and len(brief.items) > 1:
            made.append(heading(number, item.name))
        made += _tasks_of(item, brief)
    return made


def _tasks_of(item: WorkItem, brief: Brief) -> list[DraftParagraph]:
    if not item.tasks:
        return [p for topic in item.topics if (p := compose(topic, brief, keep_all=True)) is not None]
    sentences: list[DraftSentence] = []
    for number, task in enumerate(item.tasks, 1):
        opening = f"{chinese(number)}是" if len(item.tasks) > 1 else ""
        name = own_words(task.name, brief.we, brief.own_names, brief.unit)
        sentences.append(DraftSentence(sentence(opening + name), sources=(task.source,) if task.source else ()))
        sentences += _sentences(brief, (t for t in item.topics if t.task == task.number))
    sentences += _sentences(brief, (topic for topic in item.topics if not topic.task))
    return [DraftParagraph(sentences=tuple(sentences))]


def _sentences(brief: Brief, topics: Iterable[Topic]) -> Iterator[DraftSentence]:
    for topic in topics:
        for fact in topic.facts:
            text = cleaned(fact.slotted, brief.we, brief.own_names, brief.unit, brief.year)
            if text:
                yield DraftSentence(sentence(text), sources=(fact.source,))


def duties(brief: Brief) -> list[DraftParagraph]:
    """What was done, field by field: each 观点 a result with its facts; then, openly, what is not done or not told."""
    made: list[DraftParagraph] = []
    if not any(item.topics for item in brief.items):
        made.append(paragraph(f"{placeholder(brief.missing)}。"))
    fields = [item for item in brief.items if item.name]
    for item in brief.items:
        body = _field(item, brief)
        if body and item.name and len(fields) > 1:
            made.append(heading(sum(p.level == 3 for p in made) + 1, item.name))
        made += body
    return made


def _field(item: WorkItem, brief: Brief) -> list[DraftParagraph]:
    several = len(item.topics) > 1
    made: list[DraftParagraph] = []
    for topic in item.topics:
        number = f"（{len(made) + 1}）" if several else ""
        if (told := compose(topic, brief, number, under="" if several else item.name)) is not None:
            made.append(told)
    closing = [*_unfinished(item, brief), *_untold(item, brief)]
    if closing:
        made.append(DraftParagraph(sentences=tuple(closing)))
    return made


def _unfinished(item: WorkItem, brief: Brief) -> Iterator[DraftSentence]:
    """Every task that was not finished, with the reason given for it."""
    for task in item.tasks:
        if task.status in ("", "完成"):
            continue
        note = _note(task, brief)
        if note and _told_above(note, item):
            text = f"“{_short(task)}”{task.status}，进度如上"
        else:
            why = note or placeholder(f"“{_short(task)}”未完成的原因和目前进度")
            text = f"“{_short(task)}”{task.status}：{why}"
        yield DraftSentence(sentence(text), sources=(task.source,) if task.source else ())


def _told_above(note: str, item: WorkItem) -> bool:
    """Whether the facts of the field say the same as a task's note."""
    words = bigrams(plain(_SLOT.sub("", note)))
    facts = (bigrams(plain(_SLOT.sub("", fact.slotted))) for topic in item.topics for fact in topic.facts)
    return bool(words) and any(len(words & fact) >= 0.7 * len(words) for fact in facts)


def _untold(item: WorkItem, brief: Brief) -> Iterator[DraftSentence]:
    """Finished tasks of which no material tells: the workbook's own note, else what has to be given, in one line."""
    lacking: list[str] = []
    for task in item.bare:
        if task.status not in ("", "完成"):
            continue
        if note := _note(task, brief):
            name = own_words(task.name, brief.we, brief.own_names, brief.unit)
            text = note if _mentions(note, task) else f"{name}：{note}"
            yield DraftSentence(sentence(text), sources=(task.source,) if task.source else ())
        else:
            lacking.append(f"“{_short(task)}”")
    if lacking:
        named = "".join(lacking[:_MOST_NAMED]) + ("等任务" if len(lacking) > _MOST_NAMED else "")
        yield DraftSentence(f"{placeholder(f'{named}的完成情况')}。")


def _note(task: Task, brief: Brief) -> str:
    return cleaned(task.note, brief.we, brief.own_names, brief.unit, brief.year) if task.note not in ("", "无") else ""


def _mentions(note: str, task: Task) -> bool:
    return any(task.name[i : i + 4] in note for i in range(max(1, len(task.name) - 3)))


def _short(task: Task) -> str:
    """The task's first clause: enough to know which is meant."""
    return clauses(task.name, "，。；：")[0]


def experience(brief: Brief) -> list[DraftParagraph]:
    """Lessons: one numbered point a topic, or 一是…二是… where a single topic holds them all."""
    return _points(brief) or [paragraph(f"{placeholder(brief.missing)}。")]


def plans(brief: Brief) -> list[DraftParagraph]:
    """Plans as the materials give them; nothing is promised in anybody's name."""
    return _points(brief) or [paragraph(f"{placeholder(brief.missing)}。")]


def _points(brief: Brief) -> list[DraftParagraph]:
    """Items of a list in one paragraph, 一是…二是…; else a paragraph a topic, numbered where there are several."""
    topics = [Topic("" if _HEAD.search(t.label) else t.label, t.facts, t.headings) for t in brief.topics if t.facts]
    topics = [replace(topic, label="") for topic in topics] if len(topics) == 1 else topics
    keep = brief.genre == "plans"
    if len(topics) > 1 and all(len(t.facts) == 1 or ITEM.match(t.facts[0].text) for t in topics):
        return _enumerated(topics, brief)
    made: list[DraftParagraph] = []
    for topic in topics:
        number = f"{len(made) + 1}. " if len(topics) > 1 else ""
        if (told := compose(topic, brief, number, keep_all=keep)) is not None:
            made.append(told)
    return made


def _enumerated(topics: list[Topic], brief: Brief) -> list[DraftParagraph]:
    """一是…二是… over the items; what belongs to an item follows it."""
    sentences: list[DraftSentence] = []
    number = 0
    for topic in topics:
        own = list(_sentences(brief, (topic,)))
        if own:
            number += 1
            first = own[0]
            sentences += [DraftSentence(f"{chinese(number)}是{first.text}", sources=first.sources), *own[1:]]
    return [DraftParagraph(sentences=tuple(sentences))] if sentences else []


def problems(brief: Brief) -> list[DraftParagraph]:
    """Each problem with its place, cause, lost marks and measure; then where the other lost marks are explained."""
    listed = brief.problems or tuple(_from_materials(brief))
    unowned = [p for p in listed if p.measure and not p.department and not p.deadline]
    together = len(unowned) > 1
    made = [p for problem in listed for p in write_problem(problem, brief, not (together and problem in unowned))]
    if together:
        made.append(paragraph(f"{placeholder('上述各项措施的责任科室和完成时限' if len(unowned) == len(listed) else '其余措施的责任科室和完成时限')}。"))
    return made + _rest(brief, bool(made))


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
    table = brief.report.table("deductions")
    if not brief.deductions:
        return [] if any_problem else [paragraph(f"各项评价指标自评均未失分。{placeholder(f'{brief.missing}，确无问题的请注明')}。")]
    if not others:
        return []
    names = "".join(f"“{d.name}”" for d in others[:_MOST_NAMED]) + ("等指标" if len(others) > _MOST_NAMED else "")
    where = f"，逐项说明见{table}" if table else ""
    if any_problem:
        return [paragraph(tidy(f"除上述问题外，{names}的扣分不单列为问题{where}。"))]
    unexplained: list[Deduction] = [d for d in others if not d.explained]
    if unexplained:
        return [paragraph(f"自评扣分涉及{names}{where}。{placeholder(brief.missing)}。")]
    return [paragraph(f"自评扣分涉及{names}，原因均已查明{where}，未列出其他需要整改的问题。")]
