"""The drafter that needs no model: a section's brief -> its text with slots."""

from __future__ import annotations

from collections.abc import Callable

from assistant.briefs.brief import Brief
from assistant.drafting.draft import DraftParagraph, DraftSection
from assistant.drafting.duties import duties, tasks
from assistant.drafting.points import points
from assistant.drafting.problems import measures, problems
from assistant.drafting.targets import results, targets
from assistant.drafting.templates import render, with_materials

_GENRES: dict[str, Callable[[Brief], list[DraftParagraph]]] = {
    "tasks": tasks,
    "duties": duties,
    "experience": points,
    "problems": problems,
    "measures": measures,
    "plans": points,
    "targets": targets,
    "results": results,
}


def draft_section(brief: Brief) -> DraftSection:
    """The section's text. A template stands before the tasks, which it introduces, and after every other narrative.

    Raises:
        UsageError: the outline names a template that there is none of.
    """
    rendered, prompts = render(brief)
    if not brief.genre:
        made = with_materials(rendered, brief)
    elif brief.genre == "tasks":
        made = rendered + tasks(brief)
    else:
        made = _GENRES[brief.genre](brief) + rendered
    return DraftSection(brief.section, tuple(made), prompts)
