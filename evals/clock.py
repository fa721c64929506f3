"""Time on a busy machine: CPU seconds, the best of several, and what is compared taken in turns."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2

Work = Callable[[], object]

ENOUGH, MOST_ROUNDS = 1.0, 30
"""Seconds, and turns, after which one more would tell nothing new."""
MOST_A_DOUBLING = 2.2
"""Near-proportional: twice the size takes at most so many times as long."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured. `key` and `value` are for machines; `met` is None where there is no budget, or nothing was measured."""

    key: str
    value: str
    what: str
    measured: str
    budget: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        """达到, 未达到, or nothing to say."""
        return "—" if self.met is None else "达到" if self.met else "未达到"


def taken(work: Work) -> float:
    """CPU seconds of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def uncollected(work: Work) -> float:
    """CPU seconds without the garbage collector, which looks at all that lives and not at this work alone."""
    gc.collect()
    gc.disable()
    try:
        return taken(work)
    finally:
        gc.enable()


def beside(*works: Work, rounds: int = 5) -> tuple[float, ...]:
    """The best CPU seconds of each, run in turns, so that a slow moment of the machine falls on all of them.

    What is short is run more often than `rounds`: until all together have taken `ENOUGH`.
    """
    for work in works:
        work()
    best = [float("inf")] * len(works)
    spent, turn = 0.0, 0
    gc.collect()
    while turn < rounds or (spent < ENOUGH and turn < MOST_ROUNDS):
        seconds = [taken(work) for work in works]
        best = [min(pair) for pair in zip(best, seconds, strict=True)]
        spent, turn = spent + sum(seconds), turn + 1
    return tuple(best)


def ratio_row(
    key: str, what: str, seconds: tuple[float, float], most: str, beside_what: str, kind: str = "最多"
) -> Row:
    """A row for one thing beside another: how many times as long, and the most that it may be."""
    ratio = seconds[0] / seconds[1]
    measured = f"{ratio:.2f}倍（{show(seconds[0])} ÷ {show(seconds[1])}）"
    return Row(key, f"{ratio:.2f}", what, measured, f"{kind}{most}倍{beside_what}", ratio <= float(most))


def growth_row(key: str, what: str, sizes: Sequence[int], seconds: Sequence[float], unit: str) -> Row:
    """A row for how time grows with size: the worst step, as the factor for twice the size."""
    worst = max(
        (after / before) ** (1 / log2(large / small))
        for (small, large), (before, after) in zip(pairwise(sizes), pairwise(seconds), strict=True)
    )
    steps = "，".join(f"{size:,}{unit} {show(took)}" for size, took in zip(sizes, seconds, strict=True))
    measured = f"{steps}；每翻一番最多{worst:.2f}倍"
    return Row(key, f"{worst:.2f}", what, measured, f"每翻一番最多{MOST_A_DOUBLING}倍", worst <= MOST_A_DOUBLING)


def show(seconds: float) -> str:
    """Seconds, or milliseconds, as people read them."""
    return f"{seconds:.2f}秒" if seconds >= 1 else f"{seconds * 1000:.1f}毫秒"
