"""Drafts of known cases by a model, made as the pipeline makes them, and looked into: what was shipped, by whom, and whether it is true."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path

from assistant.briefs import Brief, build_briefs, laid_out
from assistant.documents import Text, read_document
from assistant.drafting import DraftSection, draft_section
from assistant.drafting.assignments import MODEL_GENRES, Point, planned
from assistant.intake import Case, load_case
from assistant.library import shown
from assistant.models import Chat
from assistant.outlines import Outline, load_outline
from assistant.repair import JUDGES, Desk, Judge, Look, written
from assistant.report import assemble, render_markdown
from assistant.report.assemble import FilledSentence, Report
from assistant.retrieval import Store
from assistant.scorecard import Scorecard, score
from assistant.tally import Tally
from assistant.tempering import tempered
from assistant.verify import Check, check_against_case


@dataclass(frozen=True)
class Prepared:
    """A case up to the moment at which a drafter is asked: its briefs, and the reference for each."""

    name: str
    case: Case
    card: Scorecard
    outline: Outline
    briefs: tuple[Brief, ...]
    references: tuple[DraftSection, ...]

    @property
    def narrative(self) -> list[tuple[Brief, DraftSection]]:
        """The sections that a model writes."""
        pairs = zip(self.briefs, self.references, strict=True)
        return [(brief, reference) for brief, reference in pairs if brief.genre in MODEL_GENRES]

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Every point of those sections."""
        return tuple(
            point for brief, reference in self.narrative
            for item in planned(brief, reference) for point in item.points
        )  # fmt: skip


@dataclass(frozen=True)
class Shipped:
    """A finished draft, and what the verifier says of it."""

    report: Report
    check: Check
    text: Text
    tally: Tally
    by_genre: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def by_model(self) -> list[FilledSentence]:
        """The sentences that a model wrote, first or repaired."""
        return [sentence for sentence in self.report.sentences if sentence.author in ("model", "repaired")]


def prepared(folder: Path) -> Prepared:
    """A case read, scored and briefed, with the offline draft of each section."""
    case = load_case(folder)
    card = score(case)
    case, _ = tempered(case, card)
    outline = laid_out(load_outline(case.framework.outline), case)
    briefs = build_briefs(case, card, outline)
    return Prepared(folder.name, case, card, outline, briefs, tuple(map(draft_section, briefs)))


def shipped_names() -> tuple[str, ...]:
    """The names of the published cases that come with the program."""
    folder = files("evals") / "cases"
    return tuple(sorted(f.name for f in folder.iterdir() if f.joinpath("case.yaml").is_file()))


def shipped_case(name: str) -> Prepared:
    """One of them, read and scored."""
    with as_file(files("evals") / "cases" / name) as folder:
        return prepared(folder)


def shipped_cases() -> Iterator[Prepared]:
    """All of them, one at a time."""
    return map(shipped_case, shipped_names())


def made_up(number: int, seed: int) -> Prepared:
    """A made-up case (`jiping synth`), under its own name."""
    from assistant.synth.write import make, write

    with tempfile.TemporaryDirectory(prefix="jiping-eval-") as room:
        made = make(number, seed)
        write(made, Path(room) / made.name)
        return prepared(Path(room) / made.name)


def drafted(
    case: Prepared,
    chat: Chat | None,
    look: Look = lambda _: (),
    *,
    judges: tuple[Judge, ...] = JUDGES,
    tell: Callable[[], None] = lambda: None,
) -> Shipped:
    """The draft of a case by a model under guard (None: offline), finished, read back as a stranger's file, and verified.

    `judges`: fewer than all only to see what one is worth. `tell` is called as each section is done.
    """
    if chat is None:
        return finished(case, case.references, Tally())
    tallies = {brief.section: Tally() for brief, _ in case.narrative}

    async def section(brief: Brief, reference: DraftSection) -> DraftSection:
        desk = Desk(case.case, case.card, chat, look, tallies[brief.section], judges=judges)
        (made,) = await written([(brief, reference)], desk)
        tell()
        return made

    async def sections() -> list[DraftSection]:
        return await asyncio.gather(*(section(*pair) for pair in case.narrative))

    made = {section.id: section for section in asyncio.run(sections())}
    genres: dict[str, list[Tally]] = {}
    for brief, _ in case.narrative:
        genres.setdefault(brief.genre, []).append(tallies[brief.section])
    shipped = finished(case, [made.get(section.id, section) for section in case.references], summed(tallies.values()))
    return replace(shipped, by_genre={genre: summed(own) for genre, own in genres.items()})


def summed(tallies: Iterable[Tally]) -> Tally:
    """All of them as one; a failure that several met stands once."""
    total = Tally()
    for tally in tallies:
        total.passed += tally.passed
        total.repaired += tally.repaired
        total.replaced += tally.replaced
        total.faults.update(tally.faults)
        total.usage += tally.usage
        total.failures += [said for said in tally.failures if said not in total.failures]
    return total


def shown_from(store: Store, case: Prepared) -> Look:
    """Exemplar passages for this case, as the program looks them up."""
    return lambda assignment: shown(store.search, assignment, case.case.framework.outline)


def offline(case: Prepared) -> str:
    """The report as it is drafted without a model, in Markdown."""
    return render_markdown(assemble(case.case, case.card, case.outline, list(case.references)).document)


def finished(case: Prepared, sections: Sequence[DraftSection], tally: Tally) -> Shipped:
    """These sections as a report, and the verdict on it."""
    report = assemble(case.case, case.card, case.outline, list(sections))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.md"
        path.write_text(render_markdown(report.document), "utf-8", newline="\n")
        text = read_document(path)
    return Shipped(report, check_against_case(text, case.card, case=case.case), text, tally)
