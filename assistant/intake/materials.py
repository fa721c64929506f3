"""Materials -> passages: every quantity a figure with its paragraph and what it is said of, every sentence ready as slots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from assistant.documents import Block, Text, read_document
from assistant.findings import Finding
from assistant.intake.case import Passage, Sentence
from assistant.intake.sentences import split_sentences
from assistant.intake.sieve import Sieve
from assistant.ledger import Figure, Provenance
from assistant.numbers import Mention, find_numbers
from assistant.patterns import regex
from assistant.subjects import BLANK, Context, contexts, label_of, year_said

_LAST_YEAR, _NEXT_YEAR = regex("上年|去年"), regex("明年|下年|次年")
_UNIT = regex(r"[（(]([^（）()]{1,4})[）)]$")
_SLOT_MARKS = regex(r"\[(?:\s*\[)+|\](?:\s*\])+")
_NUMBERED = regex(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.、．]|（\d{1,2}）)\s*")


def unslotted(text: str) -> str:
    """A text of people with doubled brackets made wide: what they wrote like a slot is printed, never filled."""
    return _SLOT_MARKS.sub(lambda mark: mark[0].translate(str.maketrans("[]", "［］")), text)


@dataclass
class Register:
    """Numbers the figures of a case's texts: m1 m2 … for materials, w1 … for what staff wrote into the workbook."""

    prefix: str
    year: int
    figures: list[Figure] = field(default_factory=list)

    def slotted(self, text: str, provenance: Provenance) -> tuple[str, tuple[str, ...]]:
        """The text with every quantity as a slot, and the ids of the new figures."""
        text = unslotted(text)
        mentions = find_numbers(text)
        seen = contexts(text, mentions)
        parts, at, ids = [], 0, []
        for mention, context in zip(mentions, seen, strict=True):
            if not mention.is_quantity or mention.value is None:
                continue
            id = f"{self.prefix}{len(self.figures) + 1}"
            figure = Figure(
                id, label_of(context, mention.unit), _exact(mention), mention.unit, _period(context, self.year),
                replace(provenance, quote=context.sentence),
                subject=context.subject, upper=mention.upper, bound=mention.bound, wording=mention.text, direction=mention.direction,
            )  # fmt: skip
            self.figures.append(figure)
            ids.append(id)
            parts += [text[at : mention.start], f"[[{id}:value]]"]
            at = mention.end
        return "".join(parts) + text[at:], tuple(ids)


def _exact(mention: Mention) -> Decimal:
    if mention.value is None:
        raise ValueError(mention.text)
    return mention.value


def _period(context: Context, year: int) -> str:
    """The year that the sentence names before the number; else what 去年 at it, or 明年 before it, make of the case's; else that."""
    own = context.before.rsplit(BLANK, 1)[-1]
    shift = -1 if _LAST_YEAR.search(own) else 1 if _NEXT_YEAR.search(context.before) else 0
    return year_said(context) or str(year + shift)


@dataclass(frozen=True, slots=True)
class Materials:
    """What the materials say, their figures, and what of them was not taken."""

    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]


def read_materials(paths: list[Path], folder: Path, year: int) -> Materials:
    """The passages of the materials in order; without what nobody can see in them, and without orders to the writer.

    Raises:
        InputError: a material cannot be read.
    """
    register = Register("m", year)
    passages: list[Passage] = []
    findings: list[Finding] = []
    for path in paths:
        text = read_document(path, unseen=False)
        file = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
        sieve = Sieve(file, findings)
        sieve.is_order(path.stem, "文件名")
        sieve.tell_unseen(text.left_out)
        for block, raw_headings, raw in _paragraphs(text, sieve):
            body = unslotted(sieve.kept(raw, block.where()))
            if not body:
                continue
            headings = tuple(map(unslotted, raw_headings))
            provenance = Provenance("paragraph", file=file, paragraph=block.where())
            sentences = []
            for sentence in split_sentences(body):
                slotted, ids = register.slotted(sentence, provenance)
                sentences.append(Sentence(sentence, slotted, ids))
            passages.append(Passage(f"p{len(passages) + 1}", file, block.where(), headings, body, tuple(sentences)))
    return Materials(tuple(passages), tuple(register.figures), tuple(findings))


def _paragraphs(text: Text, sieve: Sieve) -> Iterator[tuple[Block, tuple[str, ...], str]]:
    """The paragraphs with the headings they stand under; a table row is a paragraph of its cells, with their heads."""
    path: list[tuple[int, str]] = []
    heads: dict[int, list[str]] = {}
    bodies = [text.text[block.start : block.end].strip() for block in text.blocks]
    broken = sieve.broken(bodies)
    for number, (block, body) in enumerate(zip(text.blocks, bodies, strict=True)):
        if not body or block.kind == "contents":
            continue
        if number in broken:
            sieve.tell(body, block.where())
            continue
        if block.kind == "row":
            yield from _row(text, block, tuple(name for _, name in path), heads, sieve)
            continue
        level = block.level or _bare_heading(body)
        if level:
            if not sieve.is_order(body, block.where()):  # else it heads nothing, and ends nothing
                path = [*((depth, name) for depth, name in path if depth < level), (level, _NUMBERED.sub("", body))]
            continue
        yield block, tuple(name for _, name in path), body


def _bare_heading(body: str) -> int:
    """The level of a short numbered line that no style marks as a heading, or 0."""
    if len(body) > 40 or body[-1] in "。；！？，：" or not (match := _NUMBERED.match(body)):
        return 0
    if any(mark in body for mark in "。；") or any(m.is_quantity for m in find_numbers(body[match.end() :])):
        return 0  # a numbered item that says something, and no heading
    mark = match[0]
    return 1 if mark[0] in "一二三四五六七八九十" else 2 if mark[0] == "（" and not mark[1].isdigit() else 3


def _row(
    text: Text, block: Block, headings: tuple[str, ...], heads: dict[int, list[str]], sieve: Sieve
) -> Iterator[tuple[Block, tuple[str, ...], str]]:
    written = (text.text[cell.start : cell.end].strip() for cell in block.cells)
    cells = ["" if sieve.is_order(cell, block.where()) else cell for cell in written]
    if block.table not in heads:
        heads[block.table] = cells
        return
    said = [_with_unit(head, cell) for head, cell in zip(heads[block.table][1:], cells[1:], strict=False) if cell]
    if said and cells[0]:
        yield block, headings, f"{cells[0]}：{'，'.join(said)}。"


def _with_unit(head: str, cell: str) -> str:
    """人数（人） over 12 says 人数12人."""
    unit = _UNIT.search(head)
    return f"{head[: unit.start()]}{cell}{unit[1]}" if unit and cell[-1].isdigit() else f"{head}{cell}"
