"""How many planted errors the checker tells of, and how often it alarms at what is right (`design.md` §9: measured in both directions)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from evals.plant.sources import Source, reports, sources
from evals.plant.trial import Tally, Trial, tried
from evals.processes import Tick, in_processes
from evals.results import Options, Result, Table, percent, rate

PURPOSE = "数的核对：在正确的报告里逐一埋入已知错误，看能否查出；旁边放一句正确的变体，看是否误报"
MOST = {True: 10, False: 2}
"""How many mutants of a class are drawn from one report: thorough, and quick."""
_GOALS = "目标：查出总计≥99%、每类≥97%；变体误报≤1%；未改动的报告无误报。"


@dataclass(frozen=True, slots=True)
class Measured:
    """All trials of a run, in a fixed order."""

    trials: tuple[Trial, ...]

    def by_class(self) -> dict[str, Tally]:
        """The counts of each class over all reports."""
        found: dict[str, Tally] = {}
        for trial in self.trials:
            for kind, tally in trial.tallies.items():
                found.setdefault(kind, Tally()).add(tally)
        return found

    def total(self) -> Tally:
        """The counts over all classes."""
        total = Tally()
        for tally in self.by_class().values():
            total.add(tally)
        return total


def numbers(options: Options) -> Result:
    """The suite `numbers`."""
    measured = measure(sources(options.thorough), options.seed, MOST[options.thorough], options.tick)
    return told(measured)


def measure(where: Iterable[Source], seed: int, most: int, tick: Tick = lambda done, total: None) -> Measured:
    """Every report of these cases, tried with at most `most` mutants a class."""
    each = list(where)
    done: list[Trial] = []
    for trials in in_processes(partial(of_case, seed=seed, most=most), each, tick):
        done += trials
    return Measured(tuple(done))


def of_case(source: Source, seed: int, most: int) -> list[Trial]:
    """The trials of the reports of one case."""
    return [tried(clean, seed, most) for clean in reports(source)]


def told(measured: Measured) -> Result:
    """The tables and figures of a run."""
    classes, total = measured.by_class(), measured.total()
    ranked = sorted(classes.items(), key=lambda entry: (rate(entry[1].caught, entry[1].made), entry[0]))
    untouched = [line for trial in measured.trials for line in trial.untouched]
    alone = [line for trial in measured.trials for line in trial.untouched_alone]
    return Result(
        "numbers",
        PURPOSE,
        (
            _with_case(ranked, total, measured, len(untouched)),
            _baseline(ranked, total),
            _alone(ranked, total, len(alone), len(measured.trials)),
        ),
        _figures(classes, total, len(untouched), len(alone), len(measured.trials)),
        (*untouched, *alone, *(miss for trial in measured.trials for miss in trial.misses)),
    )


Ranked = list[tuple[str, Tally]]


def _with_case(ranked: Ranked, total: Tally, measured: Measured, untouched: int) -> Table:
    drafts = sum(trial.incomplete for trial in measured.trials)
    unfair = sum(trial.unfair for trial in measured.trials)
    stated = sum(trial.fair for trial in measured.trials)
    return Table(
        "对照填报数据核对（查出率最低的类在前）",
        ("错误类别", "埋入", "查出", "查出率", "仅提醒", "正确变体", "误报", "误报率"),
        tuple(
            (
                kind, str(t.made), str(t.caught), percent(t.caught, t.made), str(t.warned),
                str(t.neighbours), str(t.alarmed), percent(t.alarmed, t.neighbours),
            )
            for kind, t in [*ranked, ("总计", total)]
        ),
        (
            f"未改动的报告{len(measured.trials)}份：误报{untouched}处（【待补】提醒{drafts}处，属实，不计）。",
            f"各报告共{stated}个数可埋入，另有{unfair}个所在的句子原本就有误报，没有在那里埋入。",
            "查出：改动处有新的错误或提醒；异处对调须两处都查出。仅提醒：没有列为错误。",
            _GOALS,
        ),
    )  # fmt: skip


def _baseline(ranked: Ranked, total: Tally) -> Table:
    return Table(
        "同样的错误和变体，用最简单的办法（台账里任何一处有这个数和单位就算对）",
        ("错误类别", "埋入", "查出", "查出率", "正确变体", "误报", "误报率"),
        tuple(
            (
                kind, str(t.made), str(t.plain_caught), percent(t.plain_caught, t.made),
                str(t.neighbours), str(t.plain_alarmed), percent(t.plain_alarmed, t.neighbours),
            )
            for kind, t in [*ranked, ("总计", total)]
        ),
    )  # fmt: skip


def _alone(ranked: Ranked, total: Tally, untouched: int, reports: int) -> Table:
    return Table(
        "不给填报数据，报告自身能看出多少",
        ("错误类别", "埋入", "查出", "查出率"),
        tuple((kind, str(t.made), str(t.alone), percent(t.alone, t.made)) for kind, t in [*ranked, ("总计", total)]),
        (
            f"未改动的报告{reports}份：误报{untouched}处。",
            "只有前后矛盾、合计和比率不符的错误能这样看出，多数错误必须对照数据。",
        ),
    )


def _figures(classes: dict[str, Tally], total: Tally, untouched: int, alone: int, reports: int) -> dict[str, str | int]:
    figures: dict[str, str | int] = {"reports": reports, "untouched": untouched, "untouched_alone": alone}
    for name, tally in (("total", total), *classes.items()):
        figures |= {f"{name}.{key}": getattr(tally, key) for key in Tally.__slots__}
        figures |= {
            f"{name}.caught_rate": rate(tally.caught, tally.made),
            f"{name}.alarm_rate": rate(tally.alarmed, tally.neighbours),
        }
    return figures
