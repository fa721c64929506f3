"""The year's tasks, and what was done: field by field, each 观点 a result with its facts, gaps told openly."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.briefs.brief import Brief, Task, WorkItem
from assistant.briefs.deductions import INCOMPLETE_TASKS
from assistant.briefs.enumerators import chinese
from assistant.drafting.clean import clauses, cleaned, own_words, sentence
from assistant.drafting.compose import compose, plain_sentences
from assistant.drafting.draft import DraftParagraph, DraftSentence
from assistant.drafting.words import heading, paragraph, placeholder, point, quoted, some
from assistant.patterns import regex
from assistant.subjects import bigrams, plain

_LEFT = regex(r"未(?:开工|完工|竣工|启动|完成|达)|尚未|仍在|余下|其余|剩余|推迟|延迟|滞后|仍高于|仍低于")
_SLOT = regex(r"\[\[[^\]]*\]\]")


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
            made.append(heading(number, item.name, brief.level))
        made += _tasks_of(item, brief)
    return made


def _tasks_of(item: WorkItem, brief: Brief) -> list[DraftParagraph]:
    if not item.tasks:
        return [p for topic in item.topics if (p := compose(topic, brief, keep_all=True)) is not None]
    sentences: list[DraftSentence] = []
    for number, task in enumerate(item.tasks, 1):
        opening = f"{chinese(number)}是" if len(item.tasks) > 1 else ""
        name = own_words(task.name, brief.we, brief.own_names, brief.unit)
        aims = list(plain_sentences((t for t in item.topics if t.task == task.number), brief))
        if not (aims and _says(aims[0].text, task.name)):
            aims.insert(0, DraftSentence(sentence(name), sources=(task.source,) if task.source else ()))
        sentences += [DraftSentence(opening + aims[0].text, sources=aims[0].sources), *aims[1:]]
    sentences += plain_sentences((topic for topic in item.topics if not topic.task), brief)
    return [DraftParagraph(sentences=tuple(sentences))]


def _says(text: str, task: str) -> bool:
    """Whether a sentence of the year's plan says all that the task says, and more."""
    words = bigrams(plain(_SLOT.sub("", task)))
    return bool(words) and len(words & bigrams(plain(_SLOT.sub("", text)))) >= 0.6 * len(words)


def duties(brief: Brief) -> list[DraftParagraph]:
    """What was done, field by field: each 观点 a result with its facts; then, openly, what is not done or not told."""
    made: list[DraftParagraph] = []
    headings = 0
    if not any(item.topics for item in brief.items):
        made.append(paragraph(f"{placeholder(brief.missing)}。"))
    fields = [item for item in brief.items if item.name]
    for item in brief.items:
        body = _field(item, brief)
        if body and item.name and len(fields) > 1:
            headings += 1
            made.append(heading(headings, item.name, brief.level))
        made += body
    return made


def _field(item: WorkItem, brief: Brief) -> list[DraftParagraph]:
    topics = [topic for topic in item.topics if compose(topic, brief) is not None]
    several = len(topics) > 1
    made: list[DraftParagraph] = []
    for topic in topics:
        number = point(len(made) + 1, brief.level) if several else ""
        if (told := compose(topic, brief, number, under=item.name)) is not None:
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
        if _told_above(note, task, item):
            text = f"“{_short(task)}”{task.status}，进度如上"
        else:
            lacking = "的目前进度" if brief.report.costs(INCOMPLETE_TASKS) else "未完成的原因和目前进度"
            why = note or placeholder(f"“{_short(task)}”{lacking}")
            text = f"“{_short(task)}”{task.status}：{why}"
        yield DraftSentence(sentence(text), sources=(task.source,) if task.source else ())


def _told_above(note: str, task: Task, item: WorkItem) -> bool:
    """Whether the field's facts say what the note says, or (without a note) what of this task is left and why."""
    if not note:
        facts = (fact.text for topic in item.topics if topic.task == task.number for fact in topic.facts)
        return any(_LEFT.search(text) for text in facts)
    words = bigrams(plain(_SLOT.sub("", note)))
    shapes = (bigrams(plain(_SLOT.sub("", fact.slotted))) for topic in item.topics for fact in topic.facts)
    return bool(words) and any(len(words & shape) >= 0.7 * len(words) for shape in shapes)


def _untold(item: WorkItem, brief: Brief) -> Iterator[DraftSentence]:
    """Tasks of which no material tells: the workbook's own note, else that they are finished; without a state, what has to be given."""
    finished: list[str] = []
    lacking: list[str] = []
    for task in item.bare:
        if task.status not in ("", "完成"):
            continue
        if note := _note(task, brief):
            name = own_words(task.name, brief.we, brief.own_names, brief.unit)
            text = note if _mentions(note, task) else f"{name}：{note}"
            yield DraftSentence(sentence(text), sources=(task.source,) if task.source else ())
        else:
            (finished if task.status else lacking).append(_short(task))
    if finished:
        which = "、".join(map(quoted, dict.fromkeys(finished)))
        sources = tuple(dict.fromkeys(task.source for task in item.bare if task.source and _short(task) in finished))
        yield DraftSentence(f"{which}已经完成。", sources=sources)
    if lacking:
        named = some(lacking, "任务")
        yield DraftSentence(f"{placeholder(f'{named}的完成情况')}。")


def _note(task: Task, brief: Brief) -> str:
    return cleaned(task.note, brief.we, brief.own_names, brief.unit, brief.year) if task.note not in ("", "无") else ""


def _mentions(note: str, task: Task) -> bool:
    return any(task.name[i : i + 4] in note for i in range(max(1, len(task.name) - 3)))


def _short(task: Task) -> str:
    """The task's first clause: enough to know which is meant."""
    return clauses(task.name, "，。；：")[0]
