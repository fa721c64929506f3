"""jiping eval speed: what takes how long, beside a peer or a limit that runs in the same process.

Nothing is judged against a clock alone where something comparable can run next to it. CPU seconds, the best of several turns.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from evals.clock import Row
from evals.results import Options, Result, Table
from evals.suites.speed_hostile import hostile
from evals.suites.speed_making import drafting, scoring, writing
from evals.suites.speed_reading import checking, reading
from evals.suites.speed_retrieval import retrieving
from evals.suites.speed_samples import samples
from evals.suites.speed_startup import startup

_COLUMNS = ("内容", "实测", "预算", "结论")


def speed(options: Options) -> Result:
    """Measure all that design §8 gives a budget for, as far as it is built. `thorough`: more cases and turns, texts of a megabyte."""
    rounds, cases, size = (7, 300, 1_000_000) if options.thorough else (3, 60, 4_000)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        rows = scoring(cases)  # first, while little else is alive for the collector to look at
        given = samples(folder)
        parts: tuple[Callable[[], list[Row]], ...] = (
            lambda: reading(given, rounds),
            lambda: checking(given, rounds),
            lambda: drafting(given, folder, rounds if options.thorough else 2),
            lambda: writing(given, folder, rounds),
            lambda: retrieving(10_000 if options.thorough else 1_000, folder, rounds),
            lambda: startup(folder, 2 * rounds),
        )
        for done, measure in enumerate(parts):
            options.tick(done, len(parts) + 1)
            rows += measure()
        options.tick(len(parts), len(parts) + 1)
        rough = hostile(size, options.thorough)
    options.tick(len(parts) + 1, len(parts) + 1)
    table = Table(
        "速度", _COLUMNS, tuple((row.what, row.measured, row.budget, row.verdict) for row in rows),
        ("时间是处理器时间，几次里最少的一次；相比较的轮流运行。",),
    )  # fmt: skip
    missed = [f"{row.what}：{row.measured}，预算{row.budget}" for row in rows if row.met is False]
    figures: dict[str, str | int] = {row.key: row.value for row in rows if row.value}
    for measured in rough:
        figures |= measured.figures
        missed += measured.misses
    return Result(
        "speed", "各步用时，与同时运行的参照物相比", (table, *(measured.table for measured in rough)),
        figures | {"missed": len(missed)}, tuple(missed),
    )  # fmt: skip
