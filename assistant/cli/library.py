"""The exemplar library of the settings, for the commands that draft, search and keep."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.drafting.assignments import Assignment
    from assistant.library import Library


def library_of(settings: Settings, owner: str = "") -> Library:
    """The library of `owner`, or else of the one that is set; with the endpoint's embeddings where a model for them is set.

    Raises:
        UsageError: a model for embeddings is set, and no endpoint.
    """
    from assistant.library import open_library
    from assistant.models import connect_embeddings

    return open_library(settings.data_dir, owner or settings.owner, connect_embeddings(settings), settings.database_url)


def exemplars(settings: Settings) -> Callable[[Assignment, str], Sequence[tuple[str, str]]]:
    """Looks up exemplar passages for an assignment; the library is opened when the first is asked for, once for all threads."""
    from assistant.library import shown

    opened: list[Library] = []
    one = threading.Lock()

    def look(assignment: Assignment, outline: str) -> Sequence[tuple[str, str]]:
        with one:
            if not opened:
                opened.append(library_of(settings))
            return shown(opened[0].search, assignment, outline)

    return look
