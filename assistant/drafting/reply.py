"""A model's reply -> the sentences of each point. It is text from a stranger: nothing in it is obeyed, and nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents import visible
from assistant.drafting.assignments import Point
from assistant.intake.sentences import split_sentences
from assistant.patterns import regex
from assistant.slots import slots, without_slots
from assistant.subjects import bigrams, plain

_BLANK = regex(r"[ \t\u3000\xa0]+")
_BETWEEN_CHINESE = regex(r" (?![A-Za-z0-9])|(?<![A-Za-z0-9]) ")
_WRAPPING = regex(
    r"^(?:(?:#{1,6}|[-*+•·>])\s+|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[）)]|[①-⑳]|要点\d{1,2}[:：])+|^(?:`{3}\w*|[-=*_]{3,})$|\*\*|__|`"
)
_ENDED = ("。", "！", "？", "；", "：")
_MARKS = regex(r"[，。；：！？]")
_LONGEST_HEADING = 25
_SLOT_WEIGHT = 8
"""A slot in common counts for so many pairs of characters."""
_ALIKE = 0.15
"""A paragraph shares more than this with its point, as a share of its own pairs of characters."""


def paragraphs(text: str) -> list[str]:
    """The lines of a reply that hold anything, as they would stand in a report: without invisible characters, without white space
    between Chinese words, and without the wrapping in which chat models put a text (headings, bullets, numbers, bold, fences).
    """
    seen = (visible(line)[0].strip() for line in text.splitlines())
    lines = (_WRAPPING.sub("", line) for line in seen if not line.startswith("#"))
    return [tight(line) for line in lines if line.strip()]


def wrapping(text: str) -> int:
    """How many lines of a reply are wrapped so: what was taken off is told, too."""
    return sum(bool(_WRAPPING.search(visible(line)[0].strip())) for line in text.splitlines())


def tight(line: str) -> str:
    """White space kept only between two Latin words."""
    return _BETWEEN_CHINESE.sub("", _BLANK.sub(" ", line))


def by_point(text: str, points: Sequence[Point]) -> dict[str, tuple[str, ...]]:
    """Point id -> its sentences, each with its closing mark; the slots in the form in which the point has them.

    As many paragraphs as points are taken in order, if each shares something with its own. Otherwise each paragraph goes to the
    point that it shares most with. One that shares nothing with any is talk, and left out, where there are others enough; else it
    goes to the first, where the guard will say what it thinks of it.
    """
    lines = paragraphs(text)
    if len(lines) > len(points):
        own = [line for line in lines if not _is_heading(line) and _nearest(line, points) is not None]
        lines = own if len(own) >= len(points) else lines
    found: dict[str, list[str]] = {point.id: [] for point in points}
    ordered = len(lines) == len(points) and all(
        _nearest(line, (point,)) is not None for line, point in zip(lines, points, strict=True)
    )
    for number, line in enumerate(lines):
        point = points[number] if ordered else _nearest(line, points) or points[0]
        found[point.id] += [_formed(sentence, point) for sentence in sentences(line)]
    return {id: tuple(said) for id, said in found.items()}


def _is_heading(line: str) -> bool:
    """Whether a line says nothing: short, without a mark that ends or parts a sentence, and without a slot."""
    return len(line) <= _LONGEST_HEADING and not _MARKS.search(line) and not slots(line)


def sentences(paragraph: str) -> list[str]:
    """Sentences up to their full stops; a semicolon or colon ends none."""
    found: list[str] = []
    for piece in split_sentences(paragraph):
        if found and found[-1].endswith(("；", "：", ";", ":")):
            found[-1] += piece
        else:
            found.append(piece)
    return [f"{s.rstrip('，、；：')}。" if not s.endswith(_ENDED) or s.endswith(("；", "：")) else s for s in found]


def _nearest(line: str, points: Sequence[Point]) -> Point | None:
    """The point that a paragraph shares most slots and words with; None where it shares next to nothing."""
    ids, words = {slot.id for slot in slots(line)}, bigrams(plain(without_slots(line)))

    def shared(point: Point) -> float:
        own = bigrams(plain(without_slots("".join(point.known))))
        figures = {id for statement in (*point.must, *point.may) for id in statement.figures}
        return _SLOT_WEIGHT * len(ids & figures) + len(words & own)

    best = max(points, key=shared)
    return best if shared(best) > _ALIKE * max(len(words), 1) else None


def _formed(sentence: str, point: Point) -> str:
    """The sentence with its slots as the point's statements have them: with their label, or the value alone."""
    forms = {}
    for statement in (*point.must, *point.may):
        for slot in slots(statement.text):
            forms[slot.id] = f"[[{slot.id}:value]]" if slot.value_only else f"[[{slot.id}]]"
    out, at = [], 0
    for slot in slots(sentence):
        out += [sentence[at : slot.start], forms.get(slot.id, sentence[slot.start : slot.end])]
        at = slot.end
    return "".join(out) + sentence[at:]
