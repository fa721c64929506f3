"""An `Outcome` -> the things that a person has to do: each with its step, its place and who usually holds what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.catalogue import Sheet, load_catalogue
from assistant.findings import Severity
from assistant.patterns import regex
from assistant.summary.outcome import LeafOutcome, Outcome, Problem

_IN_REPORT = regex(r"”一节(?:第\d{1,5}段)?")
_CELL = regex(r"![A-Z]{1,3}\d{1,7}$")
_OPEN_POINT = regex(r"【待补[：:]?([^】]{0,200})】?")
_SHORT = 44
_STOPS = "：；。"
_REASONS = ("扣分的原因", "扣分原因", "评分理由", "偏差原因")
"""A 【待补】 with one of these asks why marks were lost."""
_SHEETS_BY_WORDS = (
    ("偏差原因", "targets"), ("扣分", "deductions"), ("评分理由", "answers"), ("完成情况", "key_tasks"), ("措施", "problems"),
    ("”的原因", "problems"), ("的情况", "answers"), ("采购", "procurement"), ("调整预算", "adjustments"), ("满意度", "surveys"),
    ("任务", "key_tasks"), ("目标", "targets"),
)  # fmt: skip
"""Which sheet of the workbook usually gives what a 【待补】 asks for; the first words that it holds decide."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `step` is a step of `first.STEPS`; `short` is `what` in a few words; `where` and `who` may be ""."""

    step: str
    severity: Severity
    what: str
    short: str
    where: str = ""
    who: str = ""


def tasks_of(outcome: Outcome) -> tuple[Task, ...]:
    """Everything to do for a case, in the order of the run folder's files. Findings of severity info ask for nothing."""
    return tuple(_tasks(outcome))


def _tasks(outcome: Outcome) -> Iterator[Task]:
    if outcome.notes:
        told = "；".join(outcome.notes)
        yield Task("record", "error", f"{told}。请把这个结果文件夹移到别处，再重新起草这一份。", _clipped(told))
    for problem in outcome.problems:
        if problem.severity != "info":
            yield _of(problem)
    for name in outcome.todo:
        yield _open(f"还没有填写：{name}。请补充后再定稿。", name, "")
    for leaf in outcome.leaves:
        if leaf.marks is None:
            yield _unmarked(leaf)
        elif leaf.lost and "【待补" in leaf.reason:
            yield Task("unexplained", "warning", f"“{leaf.name}”的扣分没有写清理由。", leaf.name, leaf.part)


def _of(problem: Problem) -> Task:
    if problem.is_required:
        return _required(problem)
    section, rest = _split(problem.message)
    if problem.is_open:
        point = _OPEN_POINT.search(problem.quote)
        return _open(problem.message, (point[1] if point else "") or _clipped(rest), section)
    if problem.origin == "data":
        step = "data" if problem.severity == "error" else "data_warning"
        sheet = _sheets_by_title().get(problem.quote.partition("!")[0])
        placed = _CELL.search(problem.quote) or problem.quote.startswith("materials/")
        where = problem.quote if placed else ""
        owner = sheet.owner if sheet else ""
        return Task(step, problem.severity, problem.message, _without(problem.quote, problem.message), where, owner)
    step = "report" if problem.severity == "error" else "unexplained" if problem.code == "closure" else "warning"
    return Task(step, problem.severity, problem.message, _clipped(rest), section or "报告")


def _required(problem: Problem) -> Task:
    """A figure by its id, so that sheet and department are the workbook's."""
    catalogue = load_catalogue()
    spec = catalogue.specs.get(problem.quote)
    asked = "answers" if problem.quote.startswith(("answer.", "marks.")) else ""
    sheet = catalogue.sheet(spec.sheet if spec else asked) if spec or asked else None
    named = problem.message.partition(f"”（{problem.quote}）")[0].partition("“")[2]
    short = spec.label if spec else _clipped(named or problem.message)
    title, owner = (sheet.title, sheet.owner) if sheet else ("", "")
    return Task("required", "error", problem.message, short, title, owner)


def _open(what: str, name: str, where: str) -> Task:
    """A 【待补】: usually filled by whoever fills the sheet that would have given it."""
    id = next((id for words, id in _SHEETS_BY_WORDS if words in name), "")
    sheet = load_catalogue().sheet(id) if id else _sheets_by_label().get(name)
    step = "unexplained" if any(words in name for words in _REASONS) else "open"
    return Task(step, "warning", what, name, where or "报告", sheet.owner if sheet else "")


def _unmarked(leaf: LeafOutcome) -> Task:
    sheet = _sheets_by_label().get(leaf.reason.removeprefix("缺少"))
    what = f"“{leaf.name}”还没有得分：{leaf.reason or '缺少数据'}。"
    where, owner = (sheet.title, sheet.owner) if sheet else (leaf.part, "")
    return Task("unmarked", "error", what, leaf.name, where, owner)


def _split(message: str) -> tuple[str, str]:
    """“Section”一节第5段 at the head of a message, and what it says of it."""
    place = _IN_REPORT.search(message, 0, 200) if message.startswith("“") else None
    if place is None:
        return "", message
    return message[: place.end()], message[place.end() :].lstrip("：，")


def _without(cell: str, message: str) -> str:
    """The first clause of a message that begins with its own cell, without it: 主要职能没有填写."""
    head, _, tail = message.partition("：")
    if not cell or cell not in head:
        return _clipped(message)
    return head.partition(cell)[2].strip("（）") + _clipped(tail)


def _clipped(text: str) -> str:
    """The first clause, in few words."""
    end = min((at for stop in _STOPS if (at := text.find(stop)) > 0), default=len(text))
    return text[:end] if end <= _SHORT else text[:_SHORT] + "……"


@cache
def _sheets_by_title() -> dict[str, Sheet]:
    return {sheet.title: sheet for sheet in load_catalogue().sheets}


@cache
def _sheets_by_label() -> dict[str, Sheet]:
    """The sheet of each cell's label; a label that stands on several sheets says nothing."""
    catalogue = load_catalogue()
    found: dict[str, set[str]] = {}
    for spec in catalogue.specs.values():
        found.setdefault(spec.label, set()).add(spec.sheet)
    return {label: catalogue.sheet(ids.pop()) for label, ids in found.items() if len(ids) == 1}
