"""What reaches the page from models of every character: each persona, each case, each narrative section, again and again.

It proves the guard, not a model: the personas go wrong on purpose, and every slip is noted where it is made, so that it can be
looked for in what was shipped. What counts is the finished text.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence

from assistant.drafting.assignments import MODEL_GENRES
from assistant.outlines import GENRE_NAMES
from evals.drafts import ALL, JUDGED, NO_EXEMPLARS, Draft, Job, case_names, case_of, draft, jobs
from evals.endpoint.personas import PERSONAS
from evals.fidelity.look import OUTCOMES, PASSED, REPAIRED, REPLACED, Count, looked
from evals.processes import in_processes
from evals.results import Bars, Options, Result, Table, percent, rate

PURPOSE = "如实：模型乱写时，错数、臆造的事、拔高的状态有没有到报告上；照实写时，有多少句原样通过"
ROUNDS = {True: 20, False: 1}
MODEL = "model"
"""What the model of `--model` is called in the figures; its own name may have a full stop in it."""
_CLAIMS = ("rank", "cause", "upgrade")
_ABLATED = ("careless", "inventive", "copying")
_FEW = 2
"""So many published cases show in a hurry what each part is worth."""
_KEYS = dict(zip(JUDGED, ("all_on", "no_guard", "no_check", "neither", "no_exemplars"), strict=True))
Counts = Mapping[str, Count]


def fidelity(options: Options) -> Result:
    """The suite `fidelity`."""
    names = case_names(options.thorough)
    asked = list(jobs(names, options.seed, ROUNDS[options.thorough]))
    ablation = [name for name in names if not name.isdigit()][: None if options.thorough else _FEW]
    asked += _ablations(ablation, options.seed)
    sections = _sections(options, names)
    total = len(asked) + sum(sections.values())
    whole = {name: Count() for name in PERSONAS}
    ablated = {way: Count() for way in JUDGED}
    done = 0
    for job, count in zip(asked, in_processes(_count, asked, lambda n, _: options.tick(n, total)), strict=True):
        done += 1
        if job.way == ALL:
            whole[job.persona] += count
        if job.persona in _ABLATED and job.seed == options.seed * 1000 and job.case in ablation:
            ablated[job.way] += count
    model, seconds = _by_model(options, list(sections), done, total)
    return told(whole, ablated, model, seconds)


def _count(job: Job) -> Count:
    return looked(draft(job))


def _ablations(names: Sequence[str], seed: int) -> Iterator[Job]:
    """The published cases once more for each part that is left out; with all of them on they are drafted anyway."""
    for way in JUDGED:
        if way != ALL:
            yield from (Job(persona, seed * 1000, name, way) for persona in _ABLATED for name in names)


def _sections(options: Options, names: Sequence[str]) -> dict[str, int]:
    """Case -> how many sections the model asked for writes; none without one."""
    from assistant.models import OFFLINE

    return {} if options.model == OFFLINE else {name: len(case_of(name).narrative) for name in names}


def _by_model(
    options: Options, names: Sequence[str], done: int, total: int
) -> tuple[dict[str, Count], dict[str, float]]:
    """Case -> what the endpoint's own model made of it, and its wall time in seconds; told of section by section."""
    if not names:
        return {}, {}
    from assistant.models import connect
    from assistant.retrieval import shipped_store
    from assistant.settings import load_settings
    from evals.authored import drafted, shown_from

    chat, store = connect(load_settings(), options.model), shipped_store()
    counts: dict[str, Count] = {}
    seconds: dict[str, float] = {}

    def tell() -> None:
        nonlocal done
        done += 1
        options.tick(done, total)

    for name in names:
        case, began = case_of(name), time.monotonic()
        shipped = drafted(case, chat, shown_from(store, case), tell=tell)
        seconds[case.name] = time.monotonic() - began
        counts[case.name] = looked(Draft(Job(options.model, 0, name), case, shipped))
    return counts, seconds


def told(whole: Counts, ablated: Counts, model: Counts, seconds: Mapping[str, float]) -> Result:
    """The tables and figures of a run: counts by persona, by what was left out, by case of the model that was asked for."""
    together = sum(model.values(), Count())
    columns = {**whole, **({MODEL: together} if model else {})}
    tables = [_authors(columns), _kinds(columns), _genres(whole["faithful"]), _parts(ablated)]
    if model:
        tables += [_drafts(model, seconds), _faults(together)]
    return Result(
        "fidelity", PURPOSE, tuple(tables), _figures(columns, ablated, seconds),
        tuple(miss for count in (*columns.values(), ablated[NO_EXEMPLARS]) for miss in count.misses),
        charts=_charts(columns),
    )  # fmt: skip


def _authors(columns: Counts) -> Table:
    return Table(
        "各类模型写的句子，后来怎样",
        ("模型", "稿", "句", "原样通过", "改后通过", "换回离线句", "原样通过率", "埋入", "到了报告上", "数有错", "其他问题", "必写的数写到", "调用"),
        tuple(
            (
                name, str(c.drafts), str(c.sentences()), *(str(c.of(outcome)) for outcome in OUTCOMES), percent(c.of(PASSED), c.sentences()),
                str(c.planted.total()), str(c.survived.total()), str(c.wrong), str(c.findings), f"{c.must - c.untold}/{c.must}",
                str(c.usage.calls),
            )
            for name, c in columns.items()
        ),
        ("数有错：核对不符的，和不在要点里的占位、手写的数。到了报告上：埋入的话原样留在成稿里，而要点里没有这个意思。",
         "目标：数有错0；faithful 原样通过≥98%；必写的数全部写到；inventive 的排名、原因、拔高查出≥95%。"),
    )  # fmt: skip


def _kinds(columns: Counts) -> Table:
    rows = [
        (name, kind, str(made), str(c.survived[kind]), percent(made - c.survived[kind], made))
        for name, c in columns.items() for kind, made in sorted(c.planted.items())
    ]  # fmt: skip
    return Table("埋入的错，逐类", ("模型", "类别", "埋入", "到了报告上", "挡住"), tuple(rows))


def _genres(faithful: Count) -> Table:
    rows = [
        (GENRE_NAMES[genre], str(faithful.sentences(genre)), *(str(faithful.of(outcome, genre)) for outcome in OUTCOMES), percent(faithful.of(PASSED, genre), faithful.sentences(genre)))
        for genre in MODEL_GENRES if faithful.sentences(genre)
    ]  # fmt: skip
    return Table(
        "照实写的模型（faithful），逐部分",
        ("部分", "句", "原样通过", "改后通过", "换回离线句", "原样通过率"),
        tuple(rows),
    )


def _parts(ablated: Counts) -> Table:
    return Table(
        "去掉一样会怎样（已公布的案例，careless、inventive、copying 各写一遍）",
        ("", "稿", "句", "埋入", "到了报告上", "数有错", "其他问题"),
        tuple(
            (way, str(c.drafts), str(c.sentences()), str(c.planted.total()), str(c.survived.total()), str(c.wrong), str(c.findings))
            for way, c in ablated.items()
        ),
        ("守卫：句子与要点比。核对：填好数的句子与全部填报数据比。去掉任何一样，没有写到的要点仍由离线句补上，与要点无关的句子仍被删去。",
         "脚本模型不学文风，“不给范文”只看得出照抄少了多少；对文风的作用看 jiping eval style --model。"),
    )  # fmt: skip


def _drafts(model: Counts, seconds: Mapping[str, float]) -> Table:
    """The endpoint's own model, draft by draft."""
    rows = [(name, count, seconds[name]) for name, count in model.items()]
    rows.append(("合计", sum(model.values(), Count()), sum(seconds.values())))
    return Table(
        "所测模型，逐稿",
        ("稿", "句", "原样通过", "改后通过", "换回离线句", "原样通过率", "数有错", "其他问题", "调用", "词元（入）", "词元（出）", "秒"),
        tuple(
            (
                name, str(c.sentences()), *(str(c.of(outcome)) for outcome in OUTCOMES), percent(c.of(PASSED), c.sentences()), str(c.wrong),
                str(c.findings), str(c.usage.calls), str(c.usage.prompt_tokens), str(c.usage.completion_tokens), f"{taken:.1f}",
            )
            for name, c, taken in rows
        ),
        ("原样通过：第一次回答里没有毛病的句子。词元按服务自己的计数，没有计的为0。",),
    )  # fmt: skip


def _faults(model: Count) -> Table:
    rows = [(code, str(n)) for code, n in model.first.most_common()]
    return Table("所测模型第一次回答里的毛病", ("种类", "处"), tuple(rows))


def _charts(columns: Counts) -> tuple[Bars, ...]:
    return (
        Bars(
            "各类模型写的句子", ("原样通过", "改后通过", "换回离线句"),
            tuple((name, tuple(c.of(outcome) for outcome in OUTCOMES)) for name, c in columns.items()),
        ),
        Bars(
            "埋入的错", ("挡住", "到了报告上"),
            tuple((name, (c.planted.total() - c.survived.total(), c.survived.total())) for name, c in columns.items() if c.planted),
        ),
    )  # fmt: skip


def _figures(columns: Counts, ablated: Counts, seconds: Mapping[str, float]) -> dict[str, str | int]:
    figures: dict[str, str | int] = {}
    for name, c in columns.items():
        figures |= {
            f"{name}.sentences": c.sentences(), f"{name}.passed": c.of(PASSED), f"{name}.repaired": c.of(REPAIRED),
            f"{name}.replaced": c.of(REPLACED), f"{name}.untouched": rate(c.of(PASSED), c.sentences()),
            f"{name}.planted": c.planted.total(), f"{name}.survived": c.survived.total(), f"{name}.wrong_numbers": c.wrong,
            f"{name}.findings": c.findings, f"{name}.untold": c.untold, f"{name}.calls": c.usage.calls,
        }  # fmt: skip
    figures |= {
        f"faithful.{genre}.untouched": rate(columns["faithful"].of(PASSED, genre), columns["faithful"].sentences(genre))
        for genre in MODEL_GENRES
    }
    planted, survived = columns["inventive"].planted, columns["inventive"].survived
    claims, kept = (sum(counted[kind] for kind in _CLAIMS) for counted in (planted, survived))
    figures |= {"claims_planted": claims, "claims_caught": rate(claims - kept, claims)}
    for way, c in ablated.items():
        figures |= {f"parts.{_KEYS[way]}.survived": c.survived.total(), f"parts.{_KEYS[way]}.wrong": c.wrong}
    if MODEL in columns:
        usage = columns[MODEL].usage
        figures |= {f"model.first.{code}": n for code, n in columns[MODEL].first.items()}
        figures |= {"model.prompt_tokens": usage.prompt_tokens, "model.completion_tokens": usage.completion_tokens}
        figures["model.seconds_per_draft"] = f"{sum(seconds.values()) / len(seconds):.1f}"
    return figures
