"""The sections about figures: a template of prompts/ looks at the ledger and writes paragraphs with slots."""

from __future__ import annotations

from assistant.briefs.brief import Brief
from assistant.drafting.classify import kind_of
from assistant.drafting.clean import cleaned, own_words, sentence, tidy
from assistant.drafting.draft import DraftParagraph, DraftSentence
from assistant.intake.sentences import split_sentences
from assistant.patterns import regex
from assistant.prompts import load_prompt
from assistant.slots import slots

_LEAD = regex(r"^[①-⑳][^。，]{2,14}。$")
_NAMES = regex(r"《[^》]+》")


def render(brief: Brief) -> tuple[list[DraftParagraph], tuple[tuple[str, str], ...]]:
    """The paragraphs of a brief's template (¶ parts them), and the template's name and digest."""
    if not brief.template:
        return [], ()
    prompt = load_prompt(brief.template)
    text = prompt.render(report=brief.report)
    made = []
    for block in text.split("¶"):
        body = tidy("".join(line.strip() for line in block.splitlines()))
        said = _sentences(own_words(body, brief.we, (), brief.unit))
        lead = said.pop(0) if len(said) > 1 and _LEAD.match(said[0]) else ""
        sentences = tuple(DraftSentence(s, sources=_sources(s, brief, prompt.name)) for s in said)
        if sentences:
            made.append(DraftParagraph(lead, 0, sentences))
    return made, ((prompt.name, prompt.digest),)


def _sentences(text: str) -> list[str]:
    """The sentences up to their full stops."""
    found: list[str] = []
    for piece in split_sentences(text):
        if found and found[-1].endswith(("；", ";")):
            found[-1] += piece
        else:
            found.append(piece)
    return [s if s.endswith(("。", "！", "？", "：")) else f"{s}。" for s in found if s.strip("。；")]


def _sources(text: str, brief: Brief, name: str) -> tuple[str, ...]:
    """The template, and the cells and formulas of the figures in the sentence."""
    ledger = brief.report.card.ledger
    places = (str(ledger[slot.id].provenance) for slot in slots(text) if slot.id in ledger)
    return (name, *dict.fromkeys(place for place in places if place))


def with_materials(made: list[DraftParagraph], brief: Brief) -> list[DraftParagraph]:
    """The template's paragraphs and what the materials add to them: a fact both tell is told once, by the fuller sentence."""
    facts = [fact for topic in brief.topics for fact in topic.facts if kind_of(fact) in ("result", "action", "effect")]
    said = " ".join(s.text for p in made for s in p.sentences)
    values = {v for s in slots(said) if (v := _value(s.id, brief))}
    names = set(_NAMES.findall(said))
    kept: list[DraftSentence] = []
    covered: set[tuple[str, str]] = set()
    for fact in facts:
        own = {v for id in fact.figures if (v := _value(id, brief))}
        documents = set(_NAMES.findall(fact.slotted))
        if documents and documents <= names and not own - values:
            continue
        text = cleaned(fact.slotted, brief.we, brief.own_names, brief.unit, brief.year)
        if text:
            kept.append(DraftSentence(sentence(text), sources=(fact.source,)))
            covered |= own
    if not kept:
        return made
    thinned = [
        DraftParagraph(p.lead, p.level, tuple(s for s in p.sentences if not _told(s, covered, brief)))
        for p in made
    ]  # fmt: skip
    return [*(p for p in thinned if p.sentences or p.lead), DraftParagraph(sentences=tuple(kept))]


def _value(id: str, brief: Brief) -> tuple[str, str] | None:
    figure = brief.report.card.ledger.get(id)
    return None if figure is None else (format(figure.base[0].normalize(), "f"), figure.base[1])


def _told(said: DraftSentence, covered: set[tuple[str, str]], brief: Brief) -> bool:
    """Whether the materials' sentences give every figure of this one."""
    ids = [slot.id for slot in slots(said.text)]
    return bool(ids) and all((value := _value(id, brief)) is not None and value in covered for id in ids)
