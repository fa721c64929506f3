"""Drafts by scripted models, many of them: which persona writes which case under which seed, spread over processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.repair import JUDGES, Judge, by_case, by_guard
from assistant.retrieval import Store
from evals.authored import Prepared, Shipped, drafted, made_up, shipped_case, shipped_names, shown_from
from evals.endpoint.personas import PERSONAS
from evals.endpoint.personas.planted import Planted

MADE_UP = {True: (1, 2, 3, 4, 5, 6, 7), False: (4, 5)}
"""Numbers of made-up cases: one for each framework, and in a hurry those of the frameworks that no published case is of."""
SYNTH_SEED = 6
ALL, NO_EXEMPLARS = "全部开着", "不给范文"
JUDGED: dict[str, tuple[Judge, ...]] = {
    ALL: JUDGES, "不用守卫": (by_case,), "不用核对": (by_guard,), "两样都不用": (), NO_EXEMPLARS: JUDGES,
}  # fmt: skip
"""A way of drafting -> who judges it."""


@dataclass(frozen=True, slots=True)
class Job:
    """One draft."""

    persona: str
    seed: int
    case: str
    way: str = ALL


@dataclass(frozen=True)
class Draft:
    """What came of a job, and what the persona put in on purpose."""

    job: Job
    case: Prepared
    shipped: Shipped
    planted: tuple[Planted, ...] = ()


def jobs(names: Sequence[str], seed: int, rounds: int) -> Iterator[Job]:
    """Every persona on each of these cases, so many times."""
    for number in range(rounds):
        yield from (Job(persona, seed * 1000 + number, name) for persona in PERSONAS for name in names)


def case_names(thorough: bool) -> tuple[str, ...]:
    """The published cases, and made-up ones by their numbers."""
    return (*shipped_names(), *map(str, MADE_UP[thorough]))


@cache
def case_of(name: str) -> Prepared:
    """The case of that name, or the made-up one of that number; read once a process."""
    return made_up(int(name), SYNTH_SEED) if name.isdigit() else shipped_case(name)


def draft(job: Job) -> Draft:
    """Drafts it with a server and an event loop of its own."""
    from assistant.models import connect
    from assistant.settings import Settings
    from evals.endpoint import says, serve
    from evals.endpoint.personas import Seeded

    case, persona = case_of(job.case), Seeded(job.persona, job.seed)
    look = shown_from(_exemplars(), case) if job.way != NO_EXEMPLARS else lambda _: ()
    with serve(says(persona)) as served:
        chat = connect(Settings(base_url=served.base_url, model="scripted"))
        shipped = drafted(case, chat, look, judges=JUDGED[job.way])
    return Draft(job, case, shipped, tuple(dict.fromkeys(persona.planted)))


@cache
def _exemplars() -> Store:
    from assistant.retrieval import shipped_store

    return shipped_store()
