"""What a model is asked to write: the offline section taken apart into points, each with the statements that must be said.

The offline section is the reference. A point is one 观点 of it: a paragraph, or an item of a list inside one (一是…二是…). Its statements
are the reference's own sentences, so whatever a model leaves out or spoils can be put back word for word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.briefs.brief import Brief, Fact
from assistant.drafting.classify import is_spoken, kind_of
from assistant.drafting.compose import LEAD_LENGTH
from assistant.drafting.draft import DraftParagraph, DraftSection, DraftSentence
from assistant.patterns import regex
from assistant.slots import slots, without_slots
from assistant.subjects import bigrams, plain

MODEL_GENRES = ("duties", "experience", "problems", "measures", "plans", "tasks", "results")
_MARK = regex(r"^(?:（\d{1,2}）|\d{1,2}\. ?|[①-⑳])")
_ITEM = regex(r"^[一二三四五六七八九十]{1,3}是(?!否)")
_WORTH = ("result", "action", "effect")
_SAID = 0.6
_TEMPLATES = "report-"
"""So begin the names of the templates, which stand first among the sources of what they made."""
_WORTH_WRITING = 36
"""A point of one statement shorter than this is printed as it is: there is nothing to write."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the reference: its text with slots, where it comes from, and the ids of its slots in order."""

    id: str
    text: str
    sources: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[str, ...]:
        """The ids of the figures that it names, in order."""
        return tuple(slot.id for slot in slots(self.text))


@dataclass(frozen=True, slots=True)
class Point:
    """One 观点. `must` are said, `may` can be; `support` is what the sources themselves say, in full, numbers as slots.

    `mark` is its enumerator (（1）, 一是), printed by Python; `label` the words it may be headed with. A `fixed` point is not rewritten:
    it asks a person for something, is too short to be told otherwise, or was made from figures by a template and by nobody's words.
    """

    id: str
    mark: str
    label: str
    must: tuple[Statement, ...]
    may: tuple[Statement, ...] = ()
    support: tuple[str, ...] = ()
    fixed: bool = False

    @property
    def known(self) -> tuple[str, ...]:
        """Everything that a sentence of this point may rest on."""
        return (*(s.text for s in (*self.must, *self.may)), *self.support, *([self.label] if self.label else []))

    @property
    def length(self) -> int:
        """Characters of what must and may be said, a slot counted as five."""
        return sum(printed_length(statement.text) for statement in (*self.must, *self.may))


@dataclass(frozen=True, slots=True)
class Planned:
    """A paragraph of the reference and its points; a heading has none."""

    offline: DraftParagraph
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one call asks for: points that stand under one heading."""

    section: str
    genre: str
    heading: str
    points: tuple[Point, ...]


def planned(brief: Brief, reference: DraftSection) -> tuple[Planned, ...]:
    """The reference's paragraphs with their points; ids are unique in the section."""
    labels = {topic.label.strip("。；，：") for topic in brief.topics if topic.label}
    spare = [fact for topic in brief.topics for fact in topic.facts if _may_be_said(fact, reference.texts)]
    made: list[Planned] = []
    for number, paragraph in enumerate(reference.paragraphs, 1):
        if paragraph.level or not (paragraph.lead or paragraph.sentences):
            made.append(Planned(paragraph))
            continue
        made.append(Planned(paragraph, tuple(_points(f"{reference.id}.{number}", paragraph, brief, labels, spare))))
    return tuple(made)


def _points(
    id: str, paragraph: DraftParagraph, brief: Brief, labels: set[str], spare: Sequence[Fact]
) -> Iterator[Point]:
    """One point, or one for each item of a list."""
    first = paragraph.sentences[0].sources if paragraph.sentences else ()
    said = [DraftSentence(paragraph.lead, sources=first)] * bool(paragraph.lead) + list(paragraph.sentences)
    bounds = [0, *(n for n, sentence in enumerate(said) if n and _ITEM.match(sentence.text)), len(said)]
    for at, (start, end) in enumerate(pairwise(bounds), 1):
        yield _point(f"{id}.{at}", said[start:end], brief, labels, spare)


def _point(id: str, said: list[DraftSentence], brief: Brief, labels: set[str], spare: Sequence[Fact]) -> Point:
    opening = said[0].text
    found = _MARK.match(opening) or _ITEM.match(opening)
    mark = found[0] if found else ""
    texts = [opening[len(mark) :], *(sentence.text for sentence in said[1:])]
    label = texts[0].rstrip("。") if texts[0].rstrip("。") in labels and len(said) > 1 else ""
    must = tuple(
        Statement(f"{id}.{n}", text, sentence.sources)
        for n, (text, sentence) in enumerate(zip(texts, said, strict=True), 1)
        if text.strip("。") and not (label and n == 1)
    )
    sources = {source for statement in must for source in statement.sources}
    topics = [topic for topic in brief.topics if any(fact.source in sources for fact in topic.facts)]
    facts = [fact for topic in topics for fact in topic.facts]
    short = len(must) < 2 and sum(printed_length(statement.text) for statement in must) < _WORTH_WRITING
    return Point(
        id, mark, label, must,
        tuple(
            Statement(f"{id}.m{n}", fact.slotted, (fact.source,))
            for n, fact in enumerate((fact for fact in facts if fact in spare), 1)
        ),
        tuple(dict.fromkeys(fact.slotted for fact in facts if fact.source in sources)),
        fixed=short or any("【" in s.text or not s.sources or s.sources[0].startswith(_TEMPLATES) for s in must),
    )  # fmt: skip


def _may_be_said(fact: Fact, texts: Sequence[str]) -> bool:
    """Whether a fact is worth telling, and the reference tells it nowhere: none of its figures, not most of its words."""
    if kind_of(fact) not in _WORTH or is_spoken(fact.text):
        return False
    if fact.figures:
        return not any(f"[[{id}" in text for id in fact.figures for text in texts)
    words = bigrams(plain(fact.slotted))
    return all(len(words & bigrams(plain(without_slots(text)))) < _SAID * len(words) for text in texts)


def printed_length(text: str) -> int:
    """Characters as printed, a slot counted as five."""
    return len(without_slots(text, "□□□□□"))


def assignments(brief: Brief, plan: Iterable[Planned], most: int) -> list[Assignment]:
    """The points to be written, heading by heading: at most `most` characters of statements a call, and one point at the least."""
    found: list[Assignment] = []
    heading, group = brief.heading, list[Point]()

    def close() -> None:
        if group:
            found.append(Assignment(brief.section, brief.genre, heading, tuple(group)))
            group.clear()

    for item in plan:
        if not item.points:
            close()
            heading = item.offline.lead
            continue
        for point in item.points:
            if point.fixed:
                continue
            if group and sum(p.length for p in group) + point.length > most:
                close()
            group.append(point)
    close()
    return found


def rebuilt(
    reference: DraftSection, plan: Iterable[Planned], written: Mapping[str, tuple[DraftSentence, ...]]
) -> DraftSection:
    """The reference with these points put in place of its own; points that nothing was written for stay as they are."""
    made: list[DraftParagraph] = []
    for item in plan:
        if not any(point.id in written for point in item.points):
            made.append(item.offline)
            continue
        sentences = [sentence for point in item.points for sentence in _marked(point, written.get(point.id))]
        made.append(
            _led(item.points[0], sentences) if item.offline.lead else DraftParagraph(sentences=tuple(sentences))
        )
    return replace(reference, paragraphs=tuple(made))


def _marked(point: Point, written: tuple[DraftSentence, ...] | None) -> list[DraftSentence]:
    """The point's sentences, its enumerator before the first."""
    sentences = list(written or (DraftSentence(s.text, sources=s.sources) for s in point.must))
    if not sentences:
        return []
    return [replace(sentences[0], text=point.mark + sentences[0].text), *sentences[1:]]


def _led(point: Point, sentences: list[DraftSentence]) -> DraftParagraph:
    """With the opening that is set apart: the first sentence where it is short, else the label, if the sentence does not say it itself."""
    first, rest = sentences[0], sentences[1:]
    if rest and printed_length(first.text) <= LEAD_LENGTH + len(point.mark) + 1:
        return DraftParagraph(first.text, 0, tuple(rest), lead_author=first.author)
    said = first.text[len(point.mark) :].removeprefix(f"{point.label}方面，")
    if point.label and not said.startswith(point.label):
        return DraftParagraph(f"{point.mark}{point.label}。", 0, (replace(first, text=said), *rest))
    return DraftParagraph(sentences=tuple(sentences))
