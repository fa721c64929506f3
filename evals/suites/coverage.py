"""How much of what must be said the finished drafts say, and how much of the materials reaches them."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.drafting.assignments import MODEL_GENRES
from assistant.outlines import GENRE_NAMES
from assistant.tally import Tally
from evals.authored import finished
from evals.drafts import Draft, Job, case_names, case_of, draft, jobs
from evals.endpoint.personas import PERSONAS
from evals.fidelity.coverage import LINKS, Told, told_of
from evals.processes import in_processes
from evals.results import Bars, Options, Result, Table, percent, rate

PURPOSE = "写全：必须写到的话有没有都写到，扣分、问题、措施有没有连上，材料里的事实有多少写进了报告"
ROUNDS = {True: 20, False: 1}
WRITERS = {True: tuple(PERSONAS), False: ("faithful", "careless", "inventive")}
"""In a hurry those that leave out and spoil most, and the one that does as it is told."""
OFFLINE = "offline"
_REACHING = (OFFLINE, "faithful")
_KEYS = dict(zip(LINKS, ("lost_marks", "measures"), strict=True))


def coverage(options: Options) -> Result:
    """The suite `coverage`: the offline drafts, and those of the personas."""
    names = case_names(options.thorough)
    asked = [Job(OFFLINE, 0, name) for name in names]
    writers = WRITERS[options.thorough]
    asked += (job for job in jobs(names, options.seed, ROUNDS[options.thorough]) if job.persona in writers)
    columns = {name: Told() for name in (OFFLINE, *writers)}
    for job, found in zip(asked, in_processes(_told, asked, options.tick), strict=True):
        columns[job.persona] += found
    return told(columns)


def _told(job: Job) -> Told:
    if job.persona != OFFLINE:
        return told_of(draft(job))
    case = case_of(job.case)
    return told_of(Draft(job, case, finished(case, case.references, Tally())))


def told(columns: Mapping[str, Told]) -> Result:
    """The tables and figures of a run: who wrote -> what was told."""
    return Result(
        "coverage", PURPOSE, (_said(columns), _linked(columns), _reached(columns)), _figures(columns),
        tuple(miss for told in columns.values() for miss in told.misses),
        charts=(Bars("材料里的事实", ("写进报告", "没有写进"), tuple(
            (name, (columns[name].reached.total(), columns[name].facts.total() - columns[name].reached.total())) for name in _REACHING
        )),),
    )  # fmt: skip


def _said(columns: Mapping[str, Told]) -> Table:
    rows = tuple(
        (name, str(t.drafts), *(percent(t.said[genre], t.must[genre]) for genre in MODEL_GENRES), percent(t.said.total(), t.must.total()))
        for name, t in columns.items()
    )  # fmt: skip
    return Table(
        "交给模型写的要点里，必写的句子写到多少", ("", "稿", *(GENRE_NAMES[genre] for genre in MODEL_GENRES), "合计"), rows,
        ("写到：占位的数、引号和书名号里的名称都在同一段里，字句有大半在。不问守卫，另外判断。目标100%。",),
    )  # fmt: skip


def _linked(columns: Mapping[str, Told]) -> Table:
    rows = tuple((name, *(f"{t.linked[kind]}/{t.due[kind]}" for kind in LINKS)) for name, t in columns.items())
    return Table(
        "扣分、问题、措施",
        ("", *LINKS),
        rows,
        ("问题造成的每一处扣分写明指标和扣分数；填了措施的问题，措施在措施那一节。",),
    )


def _reached(columns: Mapping[str, Told]) -> Table:
    shown = [columns[name] for name in _REACHING]
    rows = [
        (case, str(facts), *(percent(t.reached[case], t.facts[case]) for t in shown)) for case, facts in shown[0].facts.items()
    ]  # fmt: skip
    rows.append(("合计", str(shown[0].facts.total()), *(percent(t.reached.total(), t.facts.total()) for t in shown)))
    return Table(
        "材料里的事实写进报告多少", ("案例", "事实", *_REACHING), tuple(rows),
        ("事实：材料里分给叙述各节的句子。没有写进的是口号、会议、背景、工作簿里已另外填写的问题。没有要求，只列出。",),
    )  # fmt: skip


def _figures(columns: Mapping[str, Told]) -> dict[str, str | int]:
    figures: dict[str, str | int] = {}
    for name, t in columns.items():
        figures |= {f"{name}.must": t.must.total(), f"{name}.said": rate(t.said.total(), t.must.total())}
        figures |= {f"{name}.{_KEYS[kind]}": rate(t.linked[kind], t.due[kind]) for kind in LINKS}
    for name in _REACHING:
        facts, reached = columns[name].facts.total(), columns[name].reached.total()
        figures |= {f"{name}.facts": facts, f"{name}.facts_told": rate(reached, facts)}
    return figures
