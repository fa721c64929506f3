"""The words that a model is given: what must be said as slots, what may be, masked passages for the style, all of it fenced as data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.briefs.brief import Brief, SlotLine
from assistant.drafting.assignments import Assignment, Point, printed_length
from assistant.ledger import Ledger
from assistant.models import Message
from assistant.patterns import regex
from assistant.prompts import load_prompt

SYSTEM, POINTS, REPAIR = "draft-system", "draft-points", "draft-repair"
_KINDS = {
    "duties": "履行职责、完成任务的情况", "experience": "经验和做法", "problems": "存在的问题、原因和影响", "measures": "改进措施",
    "plans": "下一步的计划和建议", "tasks": "年度工作任务", "results": "绩效指标的完成情况",
}  # fmt: skip
_ANY_KIND = "工作情况"
_FENCE = regex(r"〖[^〗]{0,40}〗|[〖〗]")
_ROOM = 1.6
"""A paragraph may be so many times as long as its statements."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A point to the template."""

    label: str
    must: list[str]
    may: list[str]
    most: int


def slot_lines(points: Iterable[Point], ledger: Ledger) -> list[SlotLine]:
    """The slots of these points, one a line, each once: `[[id]] label：printed`."""
    ids = dict.fromkeys(id for point in points for s in (*point.must, *point.may) for id in s.figures)
    return [SlotLine(id, figure.label, figure.bound_printed()) for id in ids if (figure := ledger.get(id)) is not None]


def opening(assignment: Assignment, brief: Brief, ledger: Ledger, passages: Sequence[str]) -> list[Message]:
    """The conversation that asks for an assignment's paragraphs."""
    points = [
        _Said(
            _data(point.label), [_data(s.text) for s in point.must], [_data(s.text) for s in point.may],
            int(printed_length("".join(s.text for s in point.must)) * _ROOM) + 40,
        )
        for point in assignment.points
    ]  # fmt: skip
    asked = load_prompt(POINTS).render(
        year=brief.year, unit=_data(brief.unit), section=_data(brief.heading or assignment.heading),
        heading=_data(assignment.heading), kind=_KINDS.get(assignment.genre, _ANY_KIND), points=points,
        figures=[_data(str(line)) for line in slot_lines(assignment.points, ledger)],
        passages=[_data(text) for text in passages], fence=_mark(assignment.section, *(p.id for p in assignment.points)),
    )  # fmt: skip
    return [Message("system", load_prompt(SYSTEM).render(we=brief.we)), Message("user", asked)]


def correction(point: Point, text: str, faults: Iterable[str], brief: Brief, ledger: Ledger) -> list[Message]:
    """The conversation after a paragraph that did not pass: what is wrong in it, and exactly what may be used.

    It stands alone, without what was said before: a small model reads a short request best.
    """
    asked = load_prompt(REPAIR).render(
        kind=_KINDS.get(brief.genre, _ANY_KIND), text=_data(text), faults=[_data(fault) for fault in dict.fromkeys(faults)],
        must=[_data(s.text) for s in point.must], figures=[_data(str(line)) for line in slot_lines([point], ledger)],
        fence=_mark(point.id, text),
    )  # fmt: skip
    return [Message("system", load_prompt(SYSTEM).render(we=brief.we)), Message("user", asked)]


def prompts_used() -> tuple[tuple[str, str], ...]:
    """Name and digest of the templates, for run.json."""
    return tuple((prompt.name, prompt.digest) for prompt in map(load_prompt, (SYSTEM, POINTS, REPAIR)))


def _data(text: str) -> str:
    """A text of people on one line, without anything that looks like the fence around it."""
    return _FENCE.sub("", " ".join(text.split()))


def _mark(*parts: str) -> str:
    """What stands in the fence: the same for the same words, so that a run can be repeated."""
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:8]
