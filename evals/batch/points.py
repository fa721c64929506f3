"""`python -m evals.batch.points batch …`: the command with one place in it where the process kills itself and its whole group.

DOOM names the place and which time that it is reached (`kept:3`). The worker processes get it too, for they are started through here.
"""

from __future__ import annotations

import asyncio
import functools
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

DOOM = "DOOM"
POINTS: dict[str, tuple[str, str, str]] = {
    "entered": ("after", "assistant.jobs.submit", "_enter"),
    "queued": ("after", "assistant.jobs.door", "Tickets.put_in"),
    "beat": ("after", "assistant.records.workers", "beat"),
    "taking": ("after", "assistant.records.batches", "begin"),
    "taken": ("after", "assistant.jobs.work", "Work.take"),
    "noted": ("after", "dbos._sys_db", "SystemDatabase.record_operation_result"),
    "begun": ("before", "assistant.jobs.work", "Work._drafted"),
    "asking": ("before", "assistant.models.chat", "Chat.ask"),
    "answered": ("after", "assistant.models.chat", "Chat.ask"),
    "keeping": ("after", "assistant.records.replies", "keep_reply"),
    "drafted": ("after", "assistant.pipeline", "draft_case"),
    "packed": ("after", "assistant.jobs.work", "packed_folder"),
    "finishing": ("after", "assistant.records.batches", "finish"),
    "kept": ("after", "assistant.jobs.work", "Work.draft"),
    "ended": ("after", "dbos._sys_db", "SystemDatabase.update_workflow_outcome"),
    "publishing": ("before", "assistant.jobs.publish", "_put"),
    "half": ("after", "assistant.jobs.publish", "unpacked"),
    "put": ("after", "assistant.jobs.publish", "_put"),
}
"""Place -> before or after which function; those that end in -ing lie within a transaction that is not committed yet."""
WITH_MODEL = frozenset({"asking", "answered", "keeping"})
ELSEWHERE = "ELSEWHERE"
"""Set: the workers of this command belong to another machine, as far as anybody can tell."""


def main() -> None:
    """The command of the arguments."""
    _prepare()
    from assistant.cli import main as command

    command(sys.argv[1:])


def _prepare() -> None:
    from assistant.jobs import crew

    vars(crew)["run"] = _run
    _patch()


def _run(hands: Any) -> None:
    """In place of `assistant.jobs.process.run` in the worker processes."""
    from assistant.jobs import process

    _patch()
    process.run(hands)


def _patch() -> None:
    if name := os.environ.get(ELSEWHERE):
        import assistant.jobs.alive

        assistant.jobs.alive.place = lambda: name
    if doom := os.environ.get(DOOM):
        point, _, times = doom.partition(":")
        when, module, path = POINTS[point]
        *owner, last = path.split(".")
        holder = functools.reduce(getattr, owner, import_module(module))
        setattr(holder, last, _deadly(getattr(holder, last), when, int(times or 1)))


def _deadly(real: Callable[..., Any], when: str, times: int) -> Callable[..., Any]:
    left = [times]

    def reached() -> None:
        left[0] -= 1
        if not left[0]:
            os.killpg(os.getpgrp(), signal.SIGKILL)

    async def waited(*args: Any, **options: Any) -> Any:
        if when == "before":
            reached()
        made = await real(*args, **options)
        if when == "after":
            reached()
        return made

    def called(*args: Any, **options: Any) -> Any:
        if when == "before":
            reached()
        made = real(*args, **options)
        if when == "after":
            reached()
        return made

    return functools.wraps(real)(waited if asyncio.iscoroutinefunction(real) else called)


if __name__ == "__main__":
    main()
