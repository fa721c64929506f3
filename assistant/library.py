"""Library: the shipped exemplars and those of the database, as one store that is rebuilt only when something changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.errors import UsageError
from assistant.records import Database, RecordsError, default_url, open_database
from assistant.retrieval import (
    Embedder,
    Exemplar,
    HashedEmbedder,
    Hit,
    Store,
    passages_of,
    read_exemplar,
    repeated,
    shipped_exemplars,
)
from assistant.retrieval.store import Tick

if TYPE_CHECKING:
    from assistant.drafting.assignments import Assignment

LOCAL = "本单位"
"""The owner of what is added where none is set: an exemplar without an owner would be everybody's."""
MOST_OWNER = 200
"""Characters that the database keeps of an owner's name."""
_SHOWN = 2
_LONGEST = 260
"""Characters of a passage that a prompt shows: enough for its manner, and little of anybody's matter."""


class Search(Protocol):
    """`Library.search`, or that of a store."""

    def __call__(self, query: str, *, genre: str = "", outline: str = "", k: int = 5) -> list[Hit]:
        """The k passages that fit best."""
        ...


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file. `same` is the exemplar that it repeats, `approved` whether that one was opened to all now.

    `repeats`: so many of its passages are there already, in that exemplar or in others, and are found once.
    """

    exemplar: Exemplar
    same: Exemplar | None = None
    approved: bool = False
    repeats: int = 0


class Library:
    """What one owner may search. `trouble` says why nothing is kept, if it is not: all then works from memory."""

    def __init__(
        self, database: Database | None, owner: str, embedder: Embedder | None = None, trouble: str = ""
    ) -> None:
        self.owner = owner or LOCAL
        self.trouble = trouble
        self._database = database
        self._embedder: Embedder = embedder or HashedEmbedder()
        self._here: list[Exemplar] = []  # where there is no database
        self._built: tuple[int, str] | None = None
        self._store: Store | None = None

    def store(self, tick: Tick = lambda done, total: None) -> Store:
        """The store as of now: built at the first call, and again only after the exemplars or the embedder changed.

        Raises:
            RecordsError: the database broke down since it was opened.
        """
        state = (self._generation(), self._embedder.name)
        if self._store is None or state != self._built:
            self._store, self._built = self._build(tick), state
        return self._store

    def search(self, query: str, *, genre: str = "", section: str = "", outline: str = "", k: int = 5) -> list[Hit]:
        """The passages that fit best, of those that the owner may see."""
        return self.store().search(query, genre=genre, section=section, outline=outline, owner=self.owner, k=k)

    def exemplars(self) -> list[Exemplar]:
        """All that the owner may see: the shipped ones, then those that were added."""
        added = [e for e in self._added() if e.approved or e.owner == self.owner]
        return [*shipped_exemplars(), *added]

    def add(self, path: Path, approve: bool = False) -> Added:
        """Take a file in as the owner's, for all if approved. What is there already, in this file or another, is told and not kept twice.

        Raises:
            InputError: the file cannot be read, has no text, or carries a mark of secrecy.
            UsageError: the owner's name is too long to be kept.
        """
        if len(self.owner) > MOST_OWNER:
            raise UsageError(f"单位名称超过{MOST_OWNER}字，请改短。")
        exemplar = read_exemplar(path, self.owner, approve)
        there = self.exemplars()
        repeats = repeated(exemplar.passages, passages_of(there))
        same = next((e for e in there if e.digest == exemplar.digest), None)
        if same is None and len(repeats) == len(exemplar.passages):
            ((most, _),) = Counter(passage.exemplar for passage in repeats).most_common(1)
            same = next(e for e in there if e.id == most)
        if same is not None:
            opened = approve and not same.approved
            if opened:
                self._approve(same)
            return Added(exemplar, same, opened, len(repeats))
        if self._database is None:
            self._here.append(exemplar)
            self._built = None
        else:
            from assistant.records import exemplars

            with self._database.session() as session:
                if not exemplars.add(session, exemplar):
                    return Added(exemplar, same=exemplar, repeats=len(exemplar.passages))
        return Added(exemplar, repeats=len(repeats))

    def remove(self, id: str) -> Exemplar:
        """Drop one of the owner's exemplars.

        Raises:
            UsageError: there is none of that id, or it is not the owner's.
        """
        found = next((e for e in self.exemplars() if e.id == id), None)
        if found is None:
            raise UsageError(f"没有编号为 {id} 的范文。用 jiping kb list 看已有的编号。")
        if found.owner != self.owner:
            whose = "随软件提供" if not found.owner else f"属于“{found.owner}”"
            raise UsageError(f"范文 {id} {whose}，不能删除。")
        if self._database is None:
            self._here = [e for e in self._here if e.id != id]
            self._built = None
        else:
            from assistant.records import exemplars

            with self._database.session() as session:
                exemplars.remove(session, id)
        return found

    def _approve(self, exemplar: Exemplar) -> None:
        if self._database is None:
            self._here = [_opened(e) if e.id == exemplar.id else e for e in self._here]
            self._built = None
            return
        from assistant.records import exemplars

        with self._database.session() as session:
            exemplars.approve(session, exemplar.id)

    def _added(self) -> list[Exemplar]:
        if self._database is None:
            return list(self._here)
        from assistant.records import exemplars

        with self._database.session() as session:
            return exemplars.load(session)

    def _generation(self) -> int:
        if self._database is None:
            return 0
        from assistant.records import exemplars

        with self._database.session() as session:
            return exemplars.generation(session)

    def _build(self, tick: Tick) -> Store:
        passages = passages_of([*shipped_exemplars(), *self._added()])
        if self._database is None:
            known = self._store.vectors if self._store and self._store.embedder.name == self._embedder.name else {}
            return Store(passages, self._embedder, known, tick)
        from assistant.records import exemplars

        with self._database.session() as session:
            known = exemplars.vectors(session, self._embedder.name)
        store = Store(passages, self._embedder, known, tick)
        if store.embedder is self._embedder and any(known.get(d) is not v for d, v in store.vectors.items()):
            with self._database.session() as session:
                exemplars.keep_vectors(session, self._embedder.name, store.vectors)
        return store


def shown(search: Search, assignment: Assignment, outline: str) -> list[tuple[str, str]]:
    """Exemplar passages for an assignment: of its genre, those of its outline first; each (masked, as a prompt shows it; as stored)."""
    query = " ".join((assignment.heading, *(s.text for point in assignment.points for s in point.must)))
    found = search(query, genre=assignment.genre, outline=outline, k=_SHOWN)
    if len(found) < _SHOWN:
        found = [*found, *search(query, genre=assignment.genre, k=_SHOWN)]
    passages = list({hit.passage.id: hit.passage for hit in found}.values())[:_SHOWN]
    return [(passage.masked[:_LONGEST], passage.text) for passage in passages]


def _opened(exemplar: Exemplar) -> Exemplar:
    return replace(
        exemplar, approved=True, passages=tuple(replace(passage, approved=True) for passage in exemplar.passages)
    )


def open_library(data_dir: Path, owner: str = "", embedder: Embedder | None = None, database_url: str = "") -> Library:
    """The library of a data folder, or of a database; from memory alone, and saying so, where neither can be used."""
    try:
        database = open_database(database_url or default_url(data_dir.expanduser()))
    except RecordsError as error:
        return Library(None, owner, embedder, str(error))
    return Library(database, owner, embedder)
