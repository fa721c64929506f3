"""Where the good reports come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.documents import read_document
from assistant.intake import load_case
from assistant.pipeline import draft_case
from assistant.scorecard import score
from assistant.synth.write import make, write
from assistant.verify.matching.match import EXPLAINED
from evals.plant.clean import Clean, Stated, Truth, place_of
from evals.plant.prose import read_prose, written

MADE_UP = "synth"
SYNTH_SEED = 4


@dataclass(frozen=True, slots=True)
class Source:
    """A shipped case by its folder name, or the made-up case of that number."""

    shipped: str = ""
    number: int = 0


def sources(thorough: bool) -> tuple[Source, ...]:
    """The five shipped cases and made-up ones: one of each framework, or two of them in the quick set."""
    folder = files("evals") / "cases"
    shipped = sorted(entry.name for entry in folder.iterdir() if (entry / "case.yaml").is_file())
    numbers = range(1, 8) if thorough else (3, 6)
    return (*(Source(shipped=name) for name in shipped), *(Source(number=number) for number in numbers))


def reports(source: Source, drafts: bool = True) -> Iterator[Clean]:
    """The good reports of a case: its draft, and the prose about it."""
    with TemporaryDirectory(prefix="jiping-eval-") as room:
        if source.shipped:
            with as_file(files("evals") / "cases" / source.shipped) as folder:
                yield from _reports(folder, source.shipped, Path(room), drafts)
        else:
            made = make(source.number, SYNTH_SEED)
            write(made, Path(room) / made.name)
            yield from _reports(Path(room) / made.name, MADE_UP, Path(room), drafts)


def _reports(folder: Path, key: str, room: Path, drafts: bool) -> Iterator[Clean]:
    if drafts:
        yield drafted(folder, room / "run")
    case = load_case(folder)
    card = score(case)
    for text in written():
        if text.case == key:
            yield read_prose(text, case, card)


def drafted(folder: Path, out: Path) -> Clean:
    """The draft of a case, read back from its docx; the truth of a number is the figure that explains it."""
    run = draft_case(folder, out)
    text = read_document(out / "report.docx")
    stated = tuple(
        Stated(entry.mention, Truth.of(entry.verdict.figure), *place_of(text, entry.mention))
        for entry in run.check.mentions
        if entry.mention.is_quantity
        and entry.mention.value is not None
        and entry.verdict.status in EXPLAINED
        and entry.verdict.figure is not None
    )
    return Clean(f"{folder.name} · 草稿", text, run.card, run.case, stated, whole=True)
