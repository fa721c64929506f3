"""How drafts read beside the exemplars: form, length, register, stock phrases, facts, repetition, and the ten tests of prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from decimal import Decimal
from statistics import quantiles

from assistant.documents import Text
from assistant.drafting import DraftSection
from assistant.outlines import GENRE_NAMES
from assistant.tally import Tally
from evals.authored import Prepared, drafted, finished, made_up, shipped_cases
from evals.drafts import SYNTH_SEED
from evals.results import Options, Result, Table
from evals.style.language import LANGUAGE
from evals.style.measure import Case, Measure
from evals.style.prose import PROSE
from evals.style.sheets import Sheet, exemplars, sheet
from evals.thresholds import Limit, limit_of, missed, thresholds

PURPOSE = "文风：草稿与范文并排，量标题、句长、自称、套话、事实、重复，和好文字的十条检验"
Drafter = Callable[[Prepared], Text]
"""A case -> its report, read back."""
Columns = Mapping[str, Sequence[Sheet]]
"""What is laid side by side, the exemplars first."""
MADE_UP = {True: 7, False: 2}
"""So many made-up cases, each of another framework."""
EXEMPLARS, OFFLINE, FAITHFUL = "exemplars", "offline", "faithful"
_TITLES = {EXEMPLARS: "范文", OFFLINE: "离线草稿", FAITHFUL: "照实模型"}
_SHOWN = ("sentence_length", "long_sentences", "paragraph_length", "empty", "facts", "repeated")
_BY_GENRE = [measure for measure in LANGUAGE if measure.id in _SHOWN]
_TOLD = 3
"""So many cases of a measure and a column are told one by one."""


def style(options: Options) -> Result:
    """The suite `style`: offline drafts, and those of the named model; without one, of the faithful persona."""
    cases = list(_cases(options.thorough))
    columns: dict[str, list[Sheet]] = {EXEMPLARS: list(exemplars())}
    with ExitStack() as stack:
        drafters = {OFFLINE: of_sections(lambda case: case.references), **_model(options, stack)}
        turns = [(column, case) for column in drafters for case in cases]
        for done, (column, case) in enumerate(turns, 1):
            columns.setdefault(column, []).append(drawn(case, drafters[column](case)))
            options.tick(done, len(turns))
    return told(columns)


def of_sections(make: Callable[[Prepared], Sequence[DraftSection]]) -> Drafter:
    """A drafter out of a function that makes a case's sections."""
    return lambda case: finished(case, make(case), Tally()).text


def drawn(case: Prepared, text: Text) -> Sheet:
    """The draft of a case, as it is measured."""
    return sheet(case.name, text, case.outline, (case.case.unit, case.case.short_name), case.case.year)


def _model(options: Options, stack: ExitStack) -> dict[str, Drafter]:
    """The model asked for; the faithful persona on loopback where there is none."""
    from assistant.models import connect
    from assistant.settings import Settings, load_settings
    from evals.endpoint import says, serve
    from evals.endpoint.personas import Seeded

    if options.model != OFFLINE:
        asked = connect(load_settings(), options.model)
        return {"model": lambda case: drafted(case, asked).text}
    served = stack.enter_context(serve(says(Seeded(FAITHFUL, options.seed))))
    chat = connect(Settings(base_url=served.base_url, model="scripted"))
    return {FAITHFUL: lambda case: drafted(case, chat).text}


def _cases(thorough: bool) -> Iterator[Prepared]:
    """The shipped cases, and made-up ones of as many frameworks."""
    yield from shipped_cases()
    yield from (made_up(number, SYNTH_SEED) for number in range(1, MADE_UP[thorough] + 1))


def told(columns: Columns) -> Result:
    """The tables and figures of what was measured."""
    figures = _figures(columns)
    limits = thresholds().suites.get("style", {})
    off = missed(limits, figures)
    note = f"要求写在 evals/thresholds.yaml（附理由）；没有要求的只列不判，多取决于单位填报的材料。没有达到要求的{len(off)}项。"
    return Result(
        "style",
        PURPOSE,
        (
            _compared("语言和格式（叙述部分）", LANGUAGE, columns, limits, _counts(columns)),
            _compared("好文字的检验（代码能判断的部分）", PROSE, columns, limits, (note,)),
            _by_genre(columns),
        ),
        figures,
        (*(f"没有达到要求：{line}" for line in off), *_cases_against(columns)),
    )


def _counts(columns: Columns) -> tuple[str, ...]:
    said = "，".join(f"{_title(name)}{len(sheets)}份" for name, sheets in columns.items())
    return (
        f"{said}。最低–最高：各份范文单独量得的最低值和最高值。",
        "【待补】不计。中位数、比例按同一列所有报告合并计算。",
    )


def _figures(columns: Columns) -> dict[str, str | int]:
    """column.measure, the exemplars' range, and column.genre.measure."""
    figures: dict[str, str | int] = {f"{name}.reports": len(sheets) for name, sheets in columns.items()}
    for measure in (*LANGUAGE, *PROSE):
        for name, sheets in columns.items():
            figures[f"{name}.{measure.id}"] = measure.figure(_all(measure, sheets))
        low, high = _range(measure, columns[EXEMPLARS])
        figures |= {f"range.{measure.id}.low": low, f"range.{measure.id}.high": high}
    for measure in _BY_GENRE:
        for genre in GENRE_NAMES:
            for name, sheets in columns.items():
                figures[f"{name}.{genre}.{measure.id}"] = measure.figure(_all(measure, sheets, genre))
    return figures


def _all(measure: Measure, sheets: Sequence[Sheet], genre: str = "") -> list[Case]:
    return [case for sheet in sheets for case in measure.cases(sheet, genre)]


def _range(measure: Measure, sheets: Sequence[Sheet]) -> tuple[str, str]:
    """The lowest and the highest value that one report has."""
    found = sorted(filter(None, (measure.figure(measure.cases(sheet)) for sheet in sheets)), key=Decimal)
    return (found[0], found[-1]) if found else ("", "")


def _compared(
    title: str, measures: Sequence[Measure], columns: Columns, limits: Mapping[str, Limit], notes: tuple[str, ...]
) -> Table:
    rows = []
    for measure in measures:
        low, high = map(measure.printed, _range(measure, columns[EXEMPLARS]))
        values = [measure.printed(measure.figure(_all(measure, sheets))) for sheets in columns.values()]
        limit = limit_of(limits, f"{OFFLINE}.{measure.id}")
        rows.append((measure.name, values[0], f"{low}–{high}", *values[1:], _limit(limit, measure)))
    heads = ("量什么", "范文", "最低–最高", *(_title(name) for name in columns if name != EXEMPLARS), "要求")
    return Table(title, heads, tuple(rows), notes)


def _limit(limit: Limit | None, measure: Measure) -> str:
    if limit is None:
        return "—"
    ends = (("≥", limit.at_least), ("≤", limit.at_most))
    return "，".join(f"{sign}{measure.printed(str(end))}" for sign, end in ends if end is not None)


def _by_genre(columns: Columns) -> Table:
    """Each kind of section: a length with its quartiles, a share with how many it is of."""
    rows = []
    for genre, name in GENRE_NAMES.items():
        for column, sheets in columns.items():
            cases = [_all(measure, sheets, genre) for measure in _BY_GENRE]
            if any(cases):
                rows.append((name, _title(column), *map(_spread, _BY_GENRE, cases)))
    return Table(
        "分部分看（长度后的括号是下四分位–上四分位）",
        ("部分", "", *(measure.name for measure in _BY_GENRE)),
        tuple(rows),
    )


def _spread(measure: Measure, cases: Sequence[Case]) -> str:
    said = measure.printed(measure.figure(cases))
    if measure.kind != "median" or len(cases) < 4:
        return said
    low, _, high = quantiles((case.value for case in cases), n=4)
    return f"{said}（{low:.0f}–{high:.0f}）"


def _cases_against(columns: Columns) -> Iterator[str]:
    """Some of the sentences that speak against the drafts."""
    for name in columns:
        for measure in (*LANGUAGE, *PROSE) if name != EXEMPLARS else ():
            for words in measure.against(_all(measure, columns[name]))[:_TOLD]:
                yield f"{_title(name)} {measure.name}：{words[:160]}"


def _title(column: str) -> str:
    return _TITLES.get(column, "模型草稿")
