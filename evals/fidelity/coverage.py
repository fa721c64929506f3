"""What a finished draft tells of what it should, judged by itself: nothing here asks the guard, which had its say before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from assistant.briefs.brief import Brief, Fact
from assistant.drafting.assignments import Point, Statement
from assistant.report.assemble import Report
from assistant.slots import slots, without_slots
from assistant.subjects import bigrams, plain
from evals.authored import Prepared
from evals.drafts import Draft

LOST, MEASURE = "扣分写到问题下", "问题有措施"
LINKS = (LOST, MEASURE)
_NAME = re.compile(r"“([^“”]{2,40})”|《([^《》]{2,60})》")
_WORDS, _WITH_FIGURES = 0.5, 0.3
"""So much of a statement's pairs of characters its paragraph has; less where the figures say most of it."""
_FACT = 0.6
"""So much of the words of a fact, or of a measure, stands in the report where it is told."""
_OPEN = "【"


@dataclass
class Told:
    """One draft or many: by genre the statements that must be said and those that are, links by kind, facts of the materials by case."""

    drafts: int = 0
    must: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    due: Counter[str] = field(default_factory=Counter)
    linked: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)
    misses: tuple[str, ...] = ()

    def __add__(self, other: Told) -> Told:
        """Both together."""
        return Told(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def told_of(draft: Draft) -> Told:
    """The count of one draft; each miss a line that says where to look."""
    case, report = draft.case, draft.shipped.report
    where = f"{case.name} {draft.job.persona} 种子{draft.job.seed}"
    told, misses = Told(1), list[str]()
    genres = {brief.section: brief.genre for brief, _ in case.narrative}
    for point in case.points:
        if point.fixed:
            continue
        genre, paragraph = genres[_section(point)], _paragraph(report, point)
        for statement in point.must:
            lacking = lacks(statement, paragraph)
            told.must[genre] += 1
            told.said[genre] += not lacking
            if lacking:
                misses.append(f"{where} {statement.id} 缺{lacking}：{statement.text} → {paragraph}")
    for kind, what, holds in _links(case, report):
        told.due[kind] += 1
        told.linked[kind] += holds
        if not holds:
            misses.append(f"{where} {kind}：没有写到“{what}”")
    for fact in _facts(case):
        told.facts[case.name] += 1
        told.reached[case.name] += _reaches(fact, report)
    told.misses = tuple(misses)
    return told


def lacks(statement: Statement, paragraph: str) -> str:
    """What of a statement its paragraph does not have, "" where it has it: its figures, the names in its quotes, most of its words."""
    there = {slot.id for slot in slots(paragraph)}
    figures = [id for id in statement.figures if id not in there]
    if figures:
        return f"数[[{figures[0]}]]"
    said, words = plain(without_slots(paragraph)), without_slots(statement.text)
    names = [m[1] or m[2] for m in _NAME.finditer(words)]
    unnamed = next((name for name in names if plain(name) not in said), "")
    if unnamed:
        return f"名称“{unnamed}”"
    pairs = bigrams(plain(words))
    enough = (_WITH_FIGURES if statement.figures else _WORDS) * len(pairs)
    return "" if len(pairs & bigrams(said)) >= enough else "大半字句"


def _section(point: Point) -> str:
    """The section of a point: its id without paragraph and item."""
    return point.id.rsplit(".", 2)[0]


def _paragraph(report: Report, point: Point) -> str:
    section, number, _ = point.id.rsplit(".", 2)
    return "".join(s.slotted for s in report.sentences if s.section == section and s.paragraph == int(number))


def _links(case: Prepared, report: Report) -> Iterator[tuple[str, str, bool]]:
    """(kind, what, whether it is there): each mark that a problem cost in the problem's section, each problem's measure in its own."""
    for brief, _ in case.narrative:
        text = "".join(s.slotted for s in report.sentences if s.section == brief.section)
        for problem in brief.problems:
            if brief.genre == "problems":
                for lost in problem.deductions:
                    yield LOST, lost.name, f"[[lost.{lost.leaf}" in text and lost.name in text
            if problem.measure and (brief.genre == "measures" or not case.outline.writes("measures")):
                yield MEASURE, problem.measure, _stands(problem.measure, text)


def _facts(case: Prepared) -> Iterator[Fact]:
    """Each statement of the materials that some narrative section was given, once."""
    seen: set[tuple[str, str]] = set()
    for brief, _ in case.narrative:
        for fact in _of(brief):
            if (fact.source, fact.text) not in seen and _OPEN not in fact.text:
                seen.add((fact.source, fact.text))
                yield fact


def _of(brief: Brief) -> Iterator[Fact]:
    for topic in (*brief.topics, *(topic for item in brief.items for topic in item.topics)):
        yield from topic.facts


def _reaches(fact: Fact, report: Report) -> bool:
    """Whether the report tells a fact: all of its figures, or most of its words where it has none."""
    text = "".join(sentence.slotted for sentence in report.sentences)
    if fact.figures:
        return {slot.id for slot in slots(text)}.issuperset(fact.figures)
    return any(_stands(fact.slotted, sentence.slotted) for sentence in report.sentences)


def _stands(words: str, text: str) -> bool:
    """Whether most of these words stand in a text."""
    wanted = bigrams(plain(without_slots(words)))
    return len(wanted & bigrams(plain(without_slots(text)))) >= _FACT * len(wanted)
