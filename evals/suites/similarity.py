"""雷同: copied passages put into a batch found, honest reports left alone, and the time for a thousand reports."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib.resources import as_file, files
from os import cpu_count

from assistant.documents import Text, markdown
from assistant.similarity import Pair, Report, compare, similarities
from evals.authored import made_up, offline, prepared
from evals.copies import DRESSED, KEPT, Copy, planted
from evals.results import Options, Result, Table

PURPOSE = "雷同：别家抄来的段落查出多少，各写各的有没有误报，一千份要多久"
MADE_UP = {True: 56, False: 0}
"""Of the published cases and the exemplars there are eighteen; made-up reports share sentences, which stock alone tells in a larger batch."""
ROUNDS = {True: 3, False: 3}
SIZES = {True: (125, 250, 500, 1000), False: (40, 120)}
"""Reports of some ten thousand characters, for the time."""
SYNTH_SEED = 6
_LENGTH = 10_000
_AREAS = "安白昌丹恩丰桂海济江凯兰临茂宁平泉瑞松台"
_COMMON, _LINES = 0.5, 150
"""So much of a long report is wording that most others have too, out of so many paragraphs."""


def similarity(options: Options) -> Result:
    """The suite `similarity`."""
    began = time.monotonic()
    batch = _batch(options)
    clean = compare(batch)
    false = {(pair.left.report.unit, pair.right.report.unit) for pair in clean}
    possible = len(batch) * (len(batch) - 1) // 2
    rows, misses = [], [f"误报：{_told(pair)}" for pair in clean]
    figures: dict[str, str | int] = {
        "reports": len(batch), "false_pairs": len(false), "false_share": _share(len(false), possible),
    }  # fmt: skip
    for name, kind in DRESSED:
        copies, found, grave = 0, 0, 0
        for turn in range(ROUNDS[options.thorough]):
            made, put = planted(batch, name, options.seed + turn)
            pairs = compare(made)
            copies += len(put)
            missed = [copy for copy in put if not any(_is(pair, copy, made) for pair in pairs)]
            found += len(put) - len(missed)
            grave += sum(_is_error(pairs, copy, made) for copy in put) if name in KEPT else 0
            misses += [f"没有查出（{name}）：{made[c.receiver].text.text[c.start : c.end][:80]}" for c in missed]
        rows.append((name, str(copies), str(found), _percent(found, copies), str(grave) if name in KEPT else "—"))
        figures |= {f"{kind}.copies": copies, f"{kind}.found": _share(found, copies)}
        options.tick(len(rows), len(DRESSED) + 1)
    timed = list(_timed(batch, SIZES[options.thorough]))
    small, large = timed[0], timed[-1]
    growth = (large[2] / large[0]) / (small[2] / small[0])
    figures |= {"seconds_per_1000": f"{large[2] / large[0] * 1000:.1f}", "growth": f"{growth:.2f}"}
    options.tick(1, 1)
    note = f"误报：没有埋入时查出的{len(false)}对，占{possible}对的{_percent(len(false), possible)}；虚构填报的语句取自同一个词库，其中有真相同的。"
    times = tuple(
        (str(n), f"{size / n:.0f}", f"{seconds:.2f}秒", f"{seconds / n * 1000:.1f}毫秒") for n, size, seconds in timed
    )
    return Result(
        "similarity",
        PURPOSE,
        (
            Table("埋入的抄袭段落", ("怎样改头换面", "埋入", "查出", "查出率", "判为错误"), tuple(rows), (note,)),
            Table("用时（一个进程的处理器时间）", ("份数", "每份字数", "用时", "每份"), times),
        ),
        figures,
        tuple(misses),
        f"{time.monotonic() - began:.1f}",
    )


def _batch(options: Options) -> list[Report]:
    """The exemplars and offline drafts of published and of made-up cases, each of a unit of its own."""
    with as_file(files("knowledge_base") / "exemplars") as folder:
        texts = [(file.stem, _of_exemplar(file.name, file.read_bytes())) for file in sorted(folder.glob("*.md"))]
    found = [Report(unit, f"{name}.md", text) for name, (unit, text) in texts]
    with ProcessPoolExecutor(cpu_count() or 1) as pool:
        found += [Report(unit, f"{unit}.md", text) for unit, text in pool.map(_published, _cases())]
        drafts = list(pool.map(_draft, range(1, MADE_UP[options.thorough] + 1)))
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


def _cases() -> list[str]:
    return sorted(entry.name for entry in (files("evals") / "cases").iterdir() if entry.joinpath("case.yaml").is_file())


def _published(name: str) -> tuple[str, Text]:
    with as_file(files("evals") / "cases" / name) as folder:
        case = prepared(folder)
    return case.case.unit, markdown.read(f"{name}.md", offline(case).encode())


def _draft(number: int) -> tuple[str, Text]:
    case = made_up(number, SYNTH_SEED)
    return case.case.unit, markdown.read(f"{number}.md", offline(case).encode())


def _is(pair: Pair, copy: Copy, reports: Sequence[Report]) -> bool:
    """Whether a pair tells of the copy: the two units, and the place where it was put."""
    for here, there in ((pair.left, pair.right), (pair.right, pair.left)):
        if here.report is reports[copy.receiver] and there.report is reports[copy.donor]:
            return here.start < copy.end and here.end > copy.start
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


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else ""


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"
