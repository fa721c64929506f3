"""The briefs of a report: one for each section that has a text, in the order of the outline."""

from __future__ import annotations

from assistant.briefs.assign import by_headings, by_tasks
from assistant.briefs.brief import Brief, Deduction, SlotLine, Task, Topic, WorkItem
from assistant.briefs.deductions import linked, read_deductions, read_problems
from assistant.briefs.topics import Material, read_topics
from assistant.briefs.view import ReportView
from assistant.briefs.written import cell_source, written_cell
from assistant.intake import Case
from assistant.intake.materials import unslotted
from assistant.outlines import Outline, Section, named
from assistant.patterns import regex
from assistant.scorecard import Scorecard

_WE = "本单位"
_PARTY = regex(r"^中(?:国)?共(?:产党)?")
_BRACKET = regex(r"[（(][^）)]*[）)]")
_GENRE_OF = {"work": "duties", "aims": "tasks"}
_PLACES, _NO_START = "省市区县州盟旗镇乡", "委政场域级人"


def build_briefs(case: Case, card: Scorecard, outline: Outline) -> tuple[Brief, ...]:
    """What every section has to say; each fact of the materials goes to one section only."""
    deductions = read_deductions(case, card)
    problems = linked(read_problems(case), deductions)
    tasks = read_tasks(case)
    claimed = claims(outline, case)
    we = unslotted(case.short_name) or _WE
    briefs = []
    for section in outline.sections:
        if section.kind not in ("template", "narrative"):
            continue
        view = ReportView(case, card, outline, section, we, tasks, deductions, problems)
        topics = tuple(m.topic for m in claimed.get(_source_of(section, outline), ()))
        briefs.append(
            Brief(
                section.id, section.genre or "", named(section.heading, case.year, case.unit), section.level,
                case.unit, we, _own(case), case.year, section.template, view,
                figures=_figures(card, topics, section, deductions),
                items=_items(section, tasks, topics), topics=topics,
                deductions=deductions if section.genre == "problems" else (),
                problems=problems if section.genre in ("problems", "measures") else (), missing=section.missing,
            )
        )  # fmt: skip
    return tuple(briefs)


def read_tasks(case: Case) -> tuple[Task, ...]:
    """The year's key tasks, in the order of the workbook."""
    return tuple(
        Task(
            row.number, unslotted(row.text("field")), written_cell(case, "key_tasks", row, "task"), row.text("status"),
            written_cell(case, "key_tasks", row, "note"), unslotted(row.text("department")),
            unslotted(row.text("deadline")), unslotted(row.text("origin")),
            "、".join(cell_source(row, "task")),
        )
        for row in case.rows("key_tasks") if row.text("task")
    )  # fmt: skip


def _own(case: Case) -> tuple[str, ...]:
    """The unit's own names; none that is a piece of the name of one of its units (县教育局 of 县教育局第一小学)."""
    units = [unit.unit for unit in case.department.units] if case.department else []
    return tuple(name for name in own_names(case.unit) if not any(name in unit for unit in units))


def own_names(unit: str) -> tuple[str, ...]:
    """The names by which the unit's own texts call it, the longest first: full, without brackets, without party and place."""
    short = _PARTY.sub("", _BRACKET.sub("", unit))
    names = {unit, _BRACKET.sub("", unit), short}
    for at, char in enumerate(short):
        if char in _PLACES and at and len(short) - at > 3:
            names.add(short[at:])
            if short[at + 1] not in _NO_START:
                names.add(short[at + 1 :])
    return tuple(sorted((name for name in names if len(name) >= 3), key=lambda name: (-len(name), name)))


def claims(outline: Outline, case: Case) -> dict[str, list[Material]]:
    """Section id -> the materials that belong to it. A role has its genre; housekeeping goes by the outline's words."""
    by_genre = {str(section.genre): section for section in outline.sections if section.genre}
    if "measures" in by_genre:
        by_genre.setdefault("problems", by_genre["measures"])
    claimed: dict[str, list[Material]] = {}
    for material in read_topics(case.passages, case.year):
        section = (
            _housekeeping(outline, material)
            if material.role == "management"
            else by_genre.get(_GENRE_OF.get(material.role, material.role))
        )
        if section is not None:
            claimed.setdefault(section.id, []).append(material)
    return claimed


def _source_of(section: Section, outline: Outline) -> str:
    """The section whose materials tell what this one writes: measures are told with their problems."""
    if section.genre != "measures":
        return section.id
    return next((s.id for s in outline.sections if s.genre == "problems"), section.id)


def _housekeeping(outline: Outline, material: Material) -> Section | None:
    """The section whose words the nearest heading holds, lessons first; else the lessons themselves."""
    sections = [s for s in outline.sections if s.topics]
    sections.sort(key=lambda section: section.genre != "experience")
    for heading in reversed(material.topic.headings):
        for section in sections:
            if any(word in heading for word in section.topics):
                return section
    return next((s for s in outline.sections if s.genre == "experience"), None)


def _items(section: Section, tasks: tuple[Task, ...], topics: tuple[Topic, ...]) -> tuple[WorkItem, ...]:
    if section.genre not in ("duties", "tasks"):
        return ()
    return by_tasks(tasks, topics) if tasks else by_headings(topics)


def _figures(
    card: Scorecard, topics: tuple[Topic, ...], section: Section, deductions: tuple[Deduction, ...]
) -> tuple[SlotLine, ...]:
    """The slots that a drafter may use here: those of the facts, and of the lost marks where they are told."""
    ids = [id for topic in topics for fact in topic.facts for id in fact.figures]
    if section.genre == "problems":
        ids += [f"lost.{d.leaf}" for d in deductions] + ["lost.total", "count.lost"]
    return tuple(
        SlotLine(id, figure.label, figure.bound_printed())
        for id in dict.fromkeys(ids)
        if (figure := card.ledger.get(id)) is not None
    )
