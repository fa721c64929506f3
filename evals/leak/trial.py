"""Drafts with exemplars full of strangers' facts before the model's eyes: what reached a prompt, and what the report holds of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from assistant.drafting.assignments import Assignment, Point
from assistant.guard.lexicon import stock_phrases
from assistant.library import shown
from assistant.models import connect
from assistant.repair import JUDGES, Look
from assistant.retrieval import Exemplar, Hit, Store, passages_of, read_exemplar
from assistant.settings import Settings
from evals.authored import Prepared, drafted, offline
from evals.endpoint import says, serve
from evals.endpoint.personas import Seeded
from evals.leak.canaries import Canary, planted

RUN = 12
"""So many characters in common with another unit's report are copied."""
OWN, OTHER = "本单位", "别家单位"


@dataclass(frozen=True)
class Shelf:
    """The exemplars with what was planted into them; `private` is what stands in the other owner's alone."""

    store: Store
    canaries: tuple[Canary, ...]
    private: tuple[Canary, ...]


@dataclass(frozen=True, slots=True)
class Leaks:
    """What came of a draft; each a list of what leaked, with the words around it."""

    shown: int
    prompted: tuple[str, ...]
    shipped: tuple[str, ...]
    copied: tuple[str, ...]
    private: int
    by_model: int
    replaced: int


@dataclass(frozen=True, slots=True)
class Way:
    """With or without the masking, with or without the guard: nobody judges a sentence then, and each counts as telling all of its point."""

    masking: bool = True
    guard: bool = True


def shelf(reports: Sequence[tuple[str, str]], seed: int) -> Shelf:
    """A store over these reports (name, Markdown), each planted; every third belongs to another owner, and is private."""
    exemplars: list[Exemplar] = []
    own: list[Canary] = []
    private: list[Canary] = []
    read = ""
    with TemporaryDirectory(prefix="jiping-eval-") as room:
        for number, (name, report) in enumerate(reports):
            text, found = planted(report, Random(f"{seed}:{name}"))
            path = Path(room) / f"{name}.md"
            path.write_text(text, "utf-8")
            others = number % 3 == 2
            read += "" if others else text
            exemplars.append(read_exemplar(path, OTHER if others else OWN))
            (private if others else own).extend(found)
    return Shelf(Store(passages_of(exemplars)), tuple(own), tuple(c for c in private if c.words not in read))


def unmasked(store: Store, canaries: Sequence[Canary]) -> list[tuple[Canary, str]]:
    """The canaries that stand in the masked words of a store, each with its masked sentence."""
    masked = "\n".join(passage.masked for passage in store.passages)
    return [(c, _around(masked, c.words)) for c in canaries if c.words in masked]


def tried(case: Prepared, kept: Shelf, persona: str, seed: int, way: Way = Way()) -> Leaks:
    """The draft of a case by a persona that is shown what a search finds on the shelf."""
    seen: list[Hit] = []
    untold = nullcontext() if way.guard else patch("assistant.repair.told", _all_told)
    with serve(says(Seeded(persona, seed))) as served, untold:
        chat = connect(Settings(base_url=served.base_url, model="scripted"))
        shipped = drafted(case, chat, _look(case, kept, seen, way), judges=JUDGES if way.guard else ())
        prompts = "\n".join(m["content"] for request in served.chats for m in request.body["messages"])
    own = _own_words(case)
    text = shipped.text.text
    passages = {hit.passage.id: hit.passage for hit in seen}.values()
    strangers = frozenset().union(*(_runs(part) for p in passages for part in (p.text, p.masked)))
    allowed = _runs(own) | frozenset().union(*map(_runs, stock_phrases()))
    sentences = [sentence.text for sentence in shipped.by_model]
    return Leaks(
        len(passages),
        tuple(c.words for c in kept.canaries if c.words in prompts and c.words not in own),
        tuple(_around(text, c.words) for c in kept.canaries if c.words in text and c.words not in own),
        tuple(run for said in sentences if (run := next(iter((_runs(said) & strangers) - allowed), ""))),
        sum(p.owner == OTHER for p in passages) + sum(c.words in prompts for c in kept.private if c.words not in own),
        len(sentences), shipped.tally.replaced,
    )  # fmt: skip


def _look(case: Prepared, kept: Shelf, seen: list[Hit], way: Way) -> Look:
    """What `jiping draft` shows for an assignment, noted in `seen`."""

    def search(query: str, *, genre: str = "", outline: str = "", k: int = 5) -> list[Hit]:
        hits = kept.store.search(query, genre=genre, outline=outline, owner=OWN, k=k)
        seen.extend(hits)
        return hits

    def look(assignment: Assignment) -> list[tuple[str, str]]:
        pairs = shown(search, assignment, case.case.framework.outline)
        return pairs if way.masking else [(text[: len(masked)], text) for masked, text in pairs]

    return look


def _all_told(point: Point, sentences: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(statement.id for statement in point.must) for _ in sentences)


def _own_words(case: Prepared) -> str:
    """All that a report of this case may say: its materials, its cells, and what the offline drafter makes of them."""
    cells = (entry.text for rows in case.case.tables.values() for row in rows for entry in row.cells.values())
    texts = (entry.text for entry in case.case.entries.values())
    return "\n".join((offline(case), *(p.text for p in case.case.passages), *texts, *cells))


def _around(text: str, words: str) -> str:
    at = text.find(words)
    return text[max(0, at - 15) : at + len(words) + 10].replace("\n", " ")


def _runs(text: str) -> frozenset[str]:
    """All runs of the length that counts, line by line, letters and numbers alone."""
    lines = ("".join(char for char in line if char.isalnum()) for line in text.split("\n"))
    return frozenset(line[at : at + RUN] for line in lines for at in range(len(line) - RUN + 1))
