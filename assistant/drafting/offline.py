"""The drafter that needs no model: a section's brief -> its text with slots."""

from __future__ import annotations

from collections.abc import Callable

from assistant.briefs.brief import Brief
from assistant.drafting import genres
from assistant.drafting.draft import DraftParagraph, DraftSection
from assistant.drafting.templates import render, with_materials
from assistant.slots import refuse_stray_numbers

_GENRES: dict[str, Callable[[Brief], list[DraftParagraph]]] = {
    "tasks": genres.tasks,
    "duties": genres.duties,
    "experience": genres.experience,
    "problems": genres.problems,
    "plans": genres.plans,
}


def draft_section(brief: Brief) -> DraftSection:
    """The section's text.

    Raises:
        SlotError: a template or a genre wrote a number itself; that is a bug, and never reaches a page.
    """
    rendered, prompts = render(brief)
    if brief.genre == "tasks":
        made = rendered + genres.tasks(brief)
    elif brief.genre:
        made = _GENRES[brief.genre](brief) + rendered
    else:
        made = with_materials(rendered, brief)
    section = DraftSection(brief.section, tuple(made), prompts)
    for text in section.texts:
        refuse_stray_numbers(text)
    return section
