"""Work spread over processes that stay: what one suite made them read, the next finds read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from os import cpu_count
from typing import TypeVar

Tick = Callable[[int, int], None]
"""Told how many of how many are done."""
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def in_processes(
    work: Callable[[_Given], _Made],
    given: Sequence[_Given],
    tick: Tick = lambda done, total: None,
    *,
    at_once: int = 1,
) -> Iterator[_Made]:
    """What `work`, a function of a module or a `partial` of one, makes of each, in order; a process for each core.

    `at_once`: so many are handed over together, where one is done in no time.
    """
    for done, made in enumerate(_pool().map(work, given, chunksize=at_once), 1):
        yield made
        tick(done, len(given))


@cache
def _pool() -> ProcessPoolExecutor:
    """Started afresh and not forked: a fork of a process that has searched with Chroma waits for ever for its threads."""
    return ProcessPoolExecutor(cpu_count() or 1, mp_context=get_context("spawn"))
