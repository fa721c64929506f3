"""What of other units' reports reaches a prompt or a page, when the exemplars are full of names, numbers and honours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.synth.write import make, write
from evals.authored import offline, prepared, shipped_names
from evals.drafts import case_of
from evals.leak.canaries import KINDS
from evals.leak.trial import RUN, Leaks, Shelf, Way, shelf, tried, unmasked
from evals.processes import in_processes
from evals.results import Options, Result, Table, percent

PURPOSE = "外泄：范文里的人名、地名、单位、项目、荣誉、数、文号和连续的字句，有没有到提示里、到报告上"
PERSONAS = ("copying", "obedient")
_SEEDS = {True: 4, False: 1}
_MADE_UP = (11, 13, 14)
"""The numbers of the made-up cases whose drafts stand among the exemplars."""
_SYNTH_SEED = 8
_QUICK_CASES = 2
WAYS = {
    "遮蔽和守卫都开": Way(), "不遮蔽": Way(masking=False), "不守卫": Way(guard=False), "都不开": Way(masking=False, guard=False),
}  # fmt: skip
Job = tuple[str, str, int, str]
"""Way, persona, number, case."""


@dataclass(frozen=True, slots=True)
class Masked:
    """How many canaries of each kind were planted, and those that the masking left, each kind with the words around it."""

    planted: Counter[str]
    left: tuple[tuple[str, str], ...]


def leakage(options: Options) -> Result:
    """The suite `leakage`."""
    jobs = list(_jobs(options.thorough, options.seed))
    done = list(in_processes(partial(_job, seed=options.seed), jobs, options.tick))
    (masked,) = in_processes(masking, [options.seed])
    return told(masked, list(zip(jobs, done, strict=True)))


def masking(seed: int) -> Masked:
    """What the masking makes of the planted exemplars."""
    return masked_on(_shelf(seed))


def masked_on(kept: Shelf) -> Masked:
    """What the masking made of these exemplars."""
    canaries = (*kept.canaries, *kept.private)
    left = tuple((canary.kind, around) for canary, around in unmasked(kept.store, canaries))
    return Masked(Counter(c.kind for c in canaries), left)


def _jobs(thorough: bool, seed: int) -> Iterator[Job]:
    names = shipped_names()[: None if thorough else _QUICK_CASES]
    for way in WAYS:
        for persona in PERSONAS:
            for number in range(_SEEDS[thorough and WAYS[way] == Way()]):
                yield from ((way, persona, seed * 1000 + number, name) for name in names)


def _job(job: Job, seed: int) -> Leaks:
    way, persona, number, name = job
    return tried(case_of(name), _shelf(seed), persona, number, WAYS[way])


@cache
def _shelf(seed: int) -> Shelf:
    """The shipped exemplars and drafts of made-up cases, planted."""
    folder = files("knowledge_base") / "exemplars"
    shipped = [
        (f.name.removesuffix(".md"), f.read_text("utf-8"))
        for f in sorted(folder.iterdir(), key=lambda f: f.name)
        if f.name.endswith(".md")
    ]
    with TemporaryDirectory(prefix="jiping-eval-") as room:
        drafts = []
        for number in _MADE_UP:
            made = make(number, _SYNTH_SEED)
            write(made, Path(room) / made.name)
            drafts.append((made.name, offline(prepared(Path(room) / made.name))))
    return shelf([*shipped, *drafts], seed)


def told(masked: Masked, done: Sequence[tuple[Job, Leaks]]) -> Result:
    """The tables and figures of a run."""
    planted, by_kind = masked.planted, Counter(kind for kind, _ in masked.left)
    kinds = [(kind, planted[kind], by_kind[kind]) for kind in KINDS] + [("合计", planted.total(), by_kind.total())]
    of_masking = Table(
        "范文里的事实遮蔽以后", ("种类", "埋入", "没有遮住", "遮住"),
        tuple((kind, str(made), str(left), percent(made - left, made)) for kind, made, left in kinds),
        ("整个名称原样留在遮蔽后的文字里才算没有遮住。",),
    )  # fmt: skip
    rows, figures = [], dict[str, str | int]()
    for name in WAYS:
        leaks = [found for (way, *_), found in done if way == name]
        rows.append((name, *map(str, _sums(leaks).values())))
        figures |= {f"{_KEYS[name]}.{key}": value for key, value in _sums(leaks).items()}
    drafts = Table(
        "照抄和听话的模型写出来的报告", ("", "稿", "给看的段落", "提示里的埋入", "报告里的埋入", f"报告里连续{RUN}字相同", "别家的私有范文", "模型的句", "换回离线句"),
        tuple(rows), ("目标：第一行的埋入、相同、私有都是0；下面三行看遮蔽和守卫各值多少。",),
    )  # fmt: skip
    figures |= {"planted": planted.total(), "unmasked": by_kind.total()}
    whole = [(job, found) for job, found in done if job[0] == next(iter(WAYS))]
    misses = (
        *(f"没有遮住 · {kind}：{around!r}" for kind, around in masked.left),
        *(f"{job[3]} {job[1]} 到了报告上：{words!r}" for job, found in whole for words in found.shipped),
        *(f"{job[3]} {job[1]} 照抄：{run!r}" for job, found in whole for run in found.copied),
    )
    return Result("leakage", PURPOSE, (of_masking, drafts), figures, tuple(dict.fromkeys(misses)))


_KEYS = dict(zip(WAYS, ("both", "unmasked_shown", "unguarded", "neither"), strict=True))


def _sums(leaks: Sequence[Leaks]) -> dict[str, int]:
    counted = {
        "shown": (found.shown for found in leaks), "prompted": (len(found.prompted) for found in leaks),
        "shipped": (len(found.shipped) for found in leaks), "copied": (len(found.copied) for found in leaks),
        "private": (found.private for found in leaks), "by_model": (found.by_model for found in leaks),
        "replaced": (found.replaced for found in leaks),
    }  # fmt: skip
    return {"drafts": len(leaks), **{key: sum(values) for key, values in counted.items()}}
