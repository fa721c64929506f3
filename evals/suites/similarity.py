"""雷同: copied passages put into a batch found, honest reports left alone, and the time for a thousand reports."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib.resources import as_file, files

from assistant.documents import Text, markdown
from assistant.patterns import regex
from assistant.similarity import Pair, Report, compare, similarities
from assistant.similarity.pieces import pieces
from evals.authored import made_up, offline, shipped_names
from evals.copies import Copy, planted
from evals.disguises import DISGUISES, Disguise
from evals.drafts import case_of
from evals.processes import in_processes
from evals.results import Options, Result, Table, percent, rate

PURPOSE = "雷同：抄别家和抄上年的段落查出多少，各写各的有没有误报，一千份要多久"
MADE_UP = {True: 56, False: 0}
"""Of the published cases and the exemplars there are eighteen; made-up reports share sentences, which stock alone tells in a larger batch."""
ROUNDS = {True: 5, False: 1}
SIZES = {True: (125, 250, 500, 1000), False: (40, 120)}
"""Reports of some ten thousand characters, for the time."""
SYNTH_SEED = 6
_LENGTH = 10_000
_FEW = 10
"""What more than four units write is stock: in a batch so small hardly anything is."""
_STANDING = regex(r"职能|机构|基本情况")
_YEAR = regex(r"20\d\d(?=年)")
_TITLED = regex(r"20\d\d.*")
_AREAS = "安白昌丹恩丰桂海济江凯兰临茂宁平泉瑞松台"
_COMMON, _LINES = 0.5, 150
"""So much of a long report is wording that most others have too, out of so many paragraphs."""


def similarity(options: Options) -> Result:
    """The suite `similarity`."""
    drafts, apart = _batch(options), _apart()
    known = [one for one in DISGUISES if not one.held_out]
    held_out = [one for one in DISGUISES if one.held_out]
    steps = len(known) + len(DISGUISES) + 2
    figures: dict[str, str | int] = {}
    tables: list[Table] = []
    misses: list[str] = []
    for prefix, title, batch, disguises in (
        ("", "随软件的范文和草稿", drafts, known),
        ("apart.", "另写的报告（机制没有见过的文字和改法）", [*apart, *drafts[: len(apart)]], (*known, *held_out)),
    ):
        told, of_batch, missed = _trial(prefix, title, batch, disguises, options, steps)
        tables.append(told)
        figures |= of_batch
        misses += missed
    alone, of_independent, missed = _independent(drafts, apart, options)
    repeats, of_last_year, overlooked = _last_year(apart)
    timed = list(_timed(drafts, SIZES[options.thorough]))
    small, large = timed[0], timed[-1]
    growth = (large[2] / large[0]) / (small[2] / small[0])
    figures |= of_independent | of_last_year
    figures |= {"seconds_per_1000": f"{large[2] / large[0] * 1000:.1f}", "growth": f"{growth:.2f}"}
    options.tick(steps, steps)
    times = tuple(
        (str(n), f"{size / n:.0f}", f"{seconds:.2f}秒", f"{seconds / n * 1000:.1f}毫秒") for n, size, seconds in timed
    )
    return Result(
        "similarity",
        PURPOSE,
        (
            *tables,
            alone,
            repeats,
            Table("用时（一个进程的处理器时间）", ("份数", "每份字数", "用时", "每份"), times),
        ),
        figures,
        (*misses, *missed, *overlooked),
    )


def _trial(
    prefix: str, title: str, batch: Sequence[Report], disguises: Sequence[Disguise], options: Options, steps: int
) -> tuple[Table, dict[str, str | int], list[str]]:
    """Passages planted into a batch in each disguise, and how many of them are found."""
    rows, misses = [], list[str]()
    figures: dict[str, str | int] = {}
    work = partial(_tried, batch=batch, seeds=range(options.seed, options.seed + ROUNDS[options.thorough]))
    for disguise, (copies, missed, grave) in zip(disguises, in_processes(work, disguises), strict=True):
        found = copies - len(missed)
        misses += missed
        rows.append((
            disguise.name, "没见过" if disguise.held_out else "见过", str(copies), str(found), percent(found, copies),
            str(grave) if disguise.keeps else "—",
        ))  # fmt: skip
        key = f"{prefix}{disguise.key}"
        figures |= {f"{key}.copies": copies, f"{key}.found": rate(found, copies)}
        options.tick(1, steps)
    return (
        Table(f"埋入的抄袭段落：{title}", ("怎样改头换面", "改法", "埋入", "查出", "查出率", "判为错误"), tuple(rows)),
        figures,
        misses,
    )


def _tried(disguise: Disguise, batch: Sequence[Report], seeds: Iterable[int]) -> tuple[int, list[str], int]:
    """How many passages were planted in this disguise, which of them were not found, and how many are told as an error."""
    copies, grave, missed = 0, 0, list[str]()
    for seed in seeds:
        made, put = planted(batch, disguise, seed)
        pairs = compare(made)
        copies += len(put)
        grave += sum(_is_error(pairs, copy, made) for copy in put) if disguise.keeps else 0
        missed += [
            f"没有查出（{disguise.name}）：{_put(copy, made)}"
            for copy in put
            if not any(_is(pair, copy, made) for pair in pairs)
        ]
    return copies, missed, grave


def _independent(
    drafts: Sequence[Report], apart: Sequence[Report], options: Options
) -> tuple[Table, dict[str, str | int], list[str]]:
    """Reports of their own held against one another: all together, those written apart, and drafts in batches too small to tell what is stock."""
    made = drafts[-MADE_UP[options.thorough] :] if options.thorough else []
    tens = [made[at : at + _FEW] for at in range(0, len(made), _FEW)]
    rows, misses = [], []
    figures: dict[str, str | int] = {}
    for name, prefix, batches in (
        ("范文和草稿，一批", "", [drafts]),
        ("另写的报告：四个市县各四家，各引本地通知", "apart.", [apart]),
        (f"虚构填报的草稿，每批{_FEW}份", "few.", tens),
    ):
        found = [pair for batch in batches for pair in compare(batch)]
        false = len({(pair.left.report.name, pair.right.report.name) for pair in found})
        possible = sum(len(batch) * (len(batch) - 1) // 2 for batch in batches)
        if possible:
            rows.append((name, str(sum(map(len, batches))), str(possible), str(false), percent(false, possible)))
            figures |= {f"{prefix}false_pairs": false, f"{prefix}false_share": rate(false, possible)}
        misses += [f"误报：{_told(pair)}" for pair in found]
    return Table("各写各的报告", ("哪些", "份数", "对数", "误报", "误报率"), tuple(rows)), figures, misses


def _last_year(apart: Sequence[Report]) -> tuple[Table, dict[str, str | int], list[str]]:
    """Each report handed in again with the years moved on by one: what tells of the year's work must be told, what stands may stay."""
    before = [replace(report, previous=True) for report in apart]
    now = [replace(report, text=_a_year_on(report.text)) for report in apart]
    told = similarities(compare([*now, *before]))
    stands, works, missed = [0, 0], [0, 0], []
    for report in now:
        for piece in pieces(report, 0):
            found = [
                f for f in told.get(report, []) if f.start < piece.start + len(piece.words) and f.end > piece.start
            ]
            standing = bool(_STANDING.search("".join(piece.section)))
            right = all(f.severity == "info" for f in found) if standing else any(f.severity != "info" for f in found)
            (stands if standing else works)[right] += 1
            if not right:
                missed.append(f"上年：{report.unit}：{piece.words[:60]}")
    rows = (
        ("评价年度的工作，要提醒", str(sum(works)), str(works[1]), percent(works[1], sum(works))),
        ("职能、机构等每年不变的，不提醒", str(sum(stands)), str(stands[1]), percent(stands[1], sum(stands))),
    )
    figures = {"repeats.found": rate(works[1], sum(works)), "stands.left": rate(stands[1], sum(stands))}
    return Table("上年的报告改了年份再报", ("段落", "段数", "判断正确", "比例"), rows), dict(figures), missed


def _a_year_on(text: Text) -> Text:
    return replace(text, text=_YEAR.sub(lambda found: str(int(found[0]) + 1), text.text))


def _apart() -> list[Report]:
    """Short reports in many hands that know nothing of one another, but for what their cities' notices say."""
    with as_file(files("evals") / "apart") as folder:
        texts = [(file.name, file.read_text("utf-8")) for file in sorted(folder.glob("*.md"))]
    return [
        Report(_TITLED.sub("", text.splitlines()[0]).lstrip("# "), name, markdown.read(name, text.encode()))
        for name, text in texts
    ]


def _put(copy: Copy, made: Sequence[Report]) -> str:
    text = made[copy.receiver].text.text
    return "……".join(text[start:end][:80] for start, end in copy.stretches)


def _batch(options: Options) -> list[Report]:
    """The exemplars and offline drafts of published and of made-up cases, each of a unit of its own."""
    with as_file(files("knowledge_base") / "exemplars") as folder:
        texts = [(file.stem, _of_exemplar(file.name, file.read_bytes())) for file in sorted(folder.glob("*.md"))]
    found = [Report(unit, f"{name}.md", text) for name, (unit, text) in texts]
    found += [Report(unit, f"{unit}.md", text) for unit, text in in_processes(_published, shipped_names())]
    drafts = list(in_processes(_draft, range(1, MADE_UP[options.thorough] + 1)))
    for at, (unit, text) in enumerate(drafts):
        area = _AREAS[at // len(_AREAS)] + _AREAS[at % len(_AREAS)]
        own = text.text.replace("示例", area)
        found.append(Report(unit.replace("示例", area), f"{at + 1:04}.md", replace(text, text=own)))
    return found


def _of_exemplar(name: str, data: bytes) -> tuple[str, Text]:
    """The unit that its front matter names, and the report."""
    _, head, body = data.decode("utf-8").split("---", 2)
    unit = next(line for line in head.splitlines() if line.startswith("unit:")).removeprefix("unit:").strip()
    return unit, markdown.read(name, body.encode())


def _published(name: str) -> tuple[str, Text]:
    case = case_of(name)
    return case.case.unit, markdown.read(f"{name}.md", offline(case).encode())


def _draft(number: int) -> tuple[str, Text]:
    case = made_up(number, SYNTH_SEED)
    return case.case.unit, markdown.read(f"{number}.md", offline(case).encode())


def _is(pair: Pair, copy: Copy, reports: Sequence[Report]) -> bool:
    """Whether a pair tells of the copy: the two units, and the place where it was put."""
    for here, there in ((pair.left, pair.right), (pair.right, pair.left)):
        if here.report is reports[copy.receiver] and there.report is reports[copy.donor]:
            return any(here.start < end and here.end > start for start, end in copy.stretches)
    return False


def _is_error(pairs: Iterable[Pair], copy: Copy, reports: Sequence[Report]) -> bool:
    """Whether it is told as an error: another unit's name or figures were left."""
    told = similarities(pair for pair in pairs if _is(pair, copy, reports)).get(reports[copy.receiver], [])
    return any(finding.severity == "error" for finding in told)


def _timed(batch: Sequence[Report], sizes: Sequence[int]) -> Iterator[tuple[int, int, float]]:
    """How many reports, their characters together, and the seconds: half of each report its own, half what others have too."""
    chance = random.Random(1)
    said = [
        line for report in batch for line in report.text.text.splitlines() if 40 < len(line) < 400 and "\t" not in line
    ]
    said = chance.sample(said, min(_LINES, len(said)))
    signs = "".join(dict.fromkeys("".join(said)))
    made = [_long(chance, said, signs, f"第{number}单位") for number in range(max(sizes))]
    for size in sizes:
        reports = [Report(f"第{at}单位", str(at), text) for at, text in enumerate(made[:size])]
        began = time.process_time()
        compare(reports)
        yield size, sum(len(report.text.text) for report in reports), time.process_time() - began


def _long(chance: random.Random, said: Sequence[str], signs: str, name: str) -> Text:
    lines, length = [], 0
    while length < _LENGTH:
        own = "".join(chance.choices(signs, k=chance.randint(60, 200)))
        lines.append(chance.choice(said) if chance.random() < _COMMON else own)
        length += len(lines[-1])
    return markdown.read(name, "\n\n".join(lines).encode())


def _told(pair: Pair) -> str:
    return f"{pair.left.report.name}与{pair.right.report.name}（{pair.characters}字）：{pair.text[:60]}"
