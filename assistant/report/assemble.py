"""Outline, ledger and drafted sections -> the report as blocks, and the record of every sentence (draft.json)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from assistant.briefs.deductions import read_deductions
from assistant.drafting import DraftParagraph, DraftSection
from assistant.indicators import label_of
from assistant.intake import Case
from assistant.ledger import Figure, Ledger
from assistant.outlines import DEDUCTIONS, Outline, Section, named, table_numbers
from assistant.patterns import regex
from assistant.report.ai_mark import marked
from assistant.report.blocks import Block, Contents, Cover, Document, Heading, Paragraph, Table
from assistant.report.figure_tables import deduction_table, figure_table
from assistant.report.leaf_cells import LeafCells
from assistant.report.score_table import score_table
from assistant.scorecard import Scorecard
from assistant.slots import fill

_SPACED = regex(r"(?<=\d)\s+(?=[\u4e00-\u9fff%])")
_TODO = regex(r"【待补(?:：([^】]*))?】")


@dataclass(frozen=True, slots=True)
class FilledSentence:
    """A sentence as drafted and as printed. `paragraph` counts in its section; `missing` are the figures it still lacks."""

    section: str
    paragraph: int
    slotted: str
    text: str
    author: str
    sources: tuple[str, ...]
    missing: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As in draft.json."""
        return {
            "paragraph": self.paragraph,
            "slotted": self.slotted,
            "text": self.text,
            "author": self.author,
            "sources": list(self.sources),
            "missing": list(self.missing),
        }


@dataclass(frozen=True)
class Report:
    """The finished report: what the writers print, and what stands behind each sentence."""

    document: Document
    sentences: tuple[FilledSentence, ...]
    headings: dict[str, str]
    prompts: dict[str, str]

    @property
    def todo(self) -> tuple[str, ...]:
        """What a person still has to give, in reading order, each once."""
        found = (m[1] or "" for s in self.sentences for m in _TODO.finditer(s.text))
        return tuple(dict.fromkeys(name for name in found if name))

    def to_json(self) -> dict[str, Any]:
        """As draft.json: per section and sentence the text with slots, its author and sources."""
        return {
            "sections": [
                {
                    "id": id,
                    "heading": heading,
                    "sentences": [s.to_json() for s in self.sentences if s.section == id],
                }
                for id, heading in self.headings.items()
            ],
            "todo": list(self.todo),
        }


def assemble(
    case: Case, card: Scorecard, outline: Outline, sections: list[DraftSection], ai_mark: bool = True
) -> Report:
    """The report in the outline's order, its slots filled from the ledger; `ai_mark`: sentences of a model are marked as such."""
    ledger = printing(card.ledger)
    drafted = {section.id: section for section in sections}
    sentences: list[FilledSentence] = []
    blocks: list[Block] = [_cover(case, outline), Contents(levels=outline.contents_levels)]
    for section in outline.sections:
        if section.kind == "score_table":
            blocks.append(score_table(leaf_cells(case, card, outline.place_of("problems")), outline.appendix))
            continue
        if section.heading:
            blocks.append(Heading(section.level, named(section.heading, case.year, case.unit)))
        if section.id in drafted:
            filled = fill_section(drafted[section.id], case, ledger)
            sentences += [sentence for _, group in filled for sentence in group]
            blocks += _paragraphs(section.id, filled)
        blocks += _tables(section, case, card, outline, ledger)
    title = "".join(named(line, case.year, case.unit) for line in outline.cover.title)
    headings = {s.id: named(s.heading, case.year, case.unit) for s in outline.sections if s.id in drafted}
    prompts = {name: digest for section in sections for name, digest in section.prompts}
    document = Document(tuple(blocks), title, case.unit, {"subject": f"{case.year}年度"})
    by_model = [sentence.text for sentence in sentences if sentence.author in ("model", "repaired")]
    if by_model and ai_mark:
        document = marked(document, by_model)
    return Report(document, tuple(sentences), headings, prompts)


def leaf_cells(case: Case, card: Scorecard, problems_at: str) -> LeafCells:
    """The leaves as cells of tables, numbers printed as the report prints them."""
    ledger = printing(card.ledger)
    return LeafCells(
        case, card, ledger, read_deductions(case, card), problems_at,
        lambda text: fill(text, ledger, lambda id: label_of(id, case.framework))[0],
    )  # fmt: skip


def printing(ledger: Ledger) -> Ledger:
    """The ledger with marks printed as the form prints them: no zeros at the end (5.85, 24, 2.5)."""
    return Ledger.of(map(_short, ledger), ledger.targets)


def _short(figure: Figure) -> Figure:
    """A mark without zeros at its end; any other figure as it is."""
    if figure.unit != "分" or figure.provenance.source not in ("formula", "framework"):
        return figure
    value = figure.value.normalize()
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return replace(figure, value=value.quantize(Decimal(1).scaleb(-places)), print_places=places)


Filled = tuple[DraftParagraph, list[FilledSentence]]


def fill_section(section: DraftSection, case: Case, ledger: Ledger) -> list[Filled]:
    """Each paragraph with its sentences filled; the lead, if there is one, is the first of them."""
    made: list[Filled] = []
    for number, paragraph in enumerate(section.paragraphs, 1):
        said = [
            (paragraph.lead, paragraph.lead_author, paragraph.sentences[0].sources if paragraph.sentences else ())
        ] * bool(paragraph.lead)
        said += [(s.text, s.author, s.sources) for s in paragraph.sentences]
        group = []
        for slotted, author, sources in said:
            text, missing = fill(slotted, ledger, lambda id: label_of(id, case.framework))
            text = _SPACED.sub("", text)
            group.append(FilledSentence(section.id, number, slotted, text, author, sources, missing))
        made.append((paragraph, group))
    return made


def _paragraphs(section: str, filled: list[Filled]) -> Iterator[Block]:
    for paragraph, group in filled:
        texts = [sentence.text for sentence in group]
        if paragraph.level and texts:
            yield Heading(paragraph.level, texts[0])
            texts = texts[1:]
        elif paragraph.lead and texts:
            yield Paragraph("".join(texts[1:]), lead=texts[0], section=section)
            continue
        if texts:
            yield Paragraph("".join(texts), section=section)


def _tables(section: Section, case: Case, card: Scorecard, outline: Outline, ledger: Ledger) -> Iterator[Table]:
    numbers = table_numbers(outline, ledger)
    for id in section.tables:
        if id not in numbers:
            continue
        if id == DEDUCTIONS:
            depths = {len(leaf.path) for leaf in card.leaves}
            yield deduction_table(
                read_deductions(case, card), numbers[id], case.year, outline.place_of("problems"),
                lambda text: fill(text, ledger, lambda name: label_of(name, case.framework))[0],
                "三级指标" if depths == {3} else "指标",
            )  # fmt: skip
        elif (
            table := figure_table(outline.table(id), ledger, numbers[id], case.year, case.unit, outline.required)
        ) is not None:
            yield table


def _cover(case: Case, outline: Outline) -> Cover:
    title = tuple(named(line, case.year, case.unit) for line in outline.cover.title)
    boxes = tuple((box.label, named(box.value, case.year, case.unit)) for box in outline.cover.boxes)
    return Cover(title, boxes, case.text("unit.report_date"))
