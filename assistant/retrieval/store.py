"""Store: passages, searched by keyword and by vector, joined by reciprocal rank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.errors import JipingError
from assistant.masking import masked, unblanked
from assistant.retrieval.duplicates import distinct
from assistant.retrieval.embedding import Embedder, HashedEmbedder
from assistant.retrieval.keyword import KeywordIndex
from assistant.retrieval.passage import Exemplar, ExemplarPassage, Hit
from assistant.retrieval.read import shipped_exemplars
from assistant.retrieval.vectors import VectorIndex

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Vectors
    from assistant.retrieval.keyword import Mask, Rows

_FLATTENING = 60
"""k of reciprocal rank fusion (Cormack and others, 2009)."""
_POOL = 40
"""So many of each half are joined at least."""
_HEADINGS = 3
"""A word of the headings counts as so many of the text: they say what a passage is for. Chosen on half of the exemplars, and better on
the other too (`jiping eval retrieval`); the constant of the fusion and the weights of its halves made no difference."""
_BATCH = 64
Tick = Callable[[int, int], None]
"""Told how many of how many passages are embedded."""


class Store:
    """An immutable store. `vectors` is keyed by `ExemplarPassage.digest`: hand it to the next store and nothing is embedded twice.

    `trouble` says what went wrong with the endpoint for embeddings, if anything did: at first hashed characters take its place for
    all passages, so that vectors of two makers never meet; later the vectors are left out of the search.
    """

    def __init__(
        self, passages: Iterable[ExemplarPassage], embedder: Embedder | None = None,
        known: Mapping[str, Any] | None = None, tick: Tick = lambda done, total: None,
    ) -> None:  # fmt: skip
        self.embedder: Embedder = embedder or HashedEmbedder()
        self.passages = tuple(distinct(passages))
        self.trouble = ""
        try:
            self.vectors = self._embedded(known or {}, tick)
        except JipingError as error:
            self.trouble = str(error)
            self.embedder = HashedEmbedder()
            self.vectors = self._embedded({}, tick)
        self._asked = True
        self._masks: dict[tuple[str, ...], Mask | None] = {}

    def _embedded(self, known: Mapping[str, Any], tick: Tick) -> dict[str, Any]:
        """A vector for each passage; only those are embedded that are not known yet, or all if the known ones have another length."""
        wanted = {passage.digest: passage.words for passage in self.passages}
        vectors = {digest: known[digest] for digest in wanted if digest in known}
        lacking = [digest for digest in wanted if digest not in vectors]
        for start in range(0, len(lacking), _BATCH):
            tick(start, len(lacking))
            batch = lacking[start : start + _BATCH]
            vectors |= zip(batch, self.embedder.embed([wanted[digest] for digest in batch]), strict=True)
        if len({len(vector) for vector in vectors.values()}) > 1:
            return self._embedded({}, tick) if known else {}
        return vectors

    @cached_property
    def _keyword(self) -> KeywordIndex:
        return KeywordIndex([f"{passage.section} " * _HEADINGS + passage.text for passage in self.passages])

    @cached_property
    def _vector(self) -> VectorIndex:
        return VectorIndex(_matrix([self.vectors[p.digest] for p in self.passages]), self.embedder.name)

    def warm(self) -> None:
        """Build both indexes now and not at the first search."""
        if self.passages:
            _ = self._keyword, self._vector

    def search(
        self, query: str, *, genre: str = "", section: str = "", outline: str = "", owner: str = "", k: int = 5,
        ways: Sequence[str] = ("keyword", "vector"),
    ) -> list[Hit]:  # fmt: skip
        """The k passages that fit best, among those that `owner` may see.

        `genre` and `outline` must be equal, each word of `section` must stand in the headings; "" does not filter.
        `ways` leaves out one half of the search, to measure what it is worth.
        """
        if not self.passages or k < 1 or not query.strip():
            return []
        mask = self._mask(genre, section, outline, owner)
        pool = max(_POOL, 4 * k)
        by_word = self._keyword.best(query, pool, mask) if "keyword" in ways else ()
        by_vector = self._by_vector(query, pool, mask) if "vector" in ways else ()
        return self._joined(by_word, by_vector)[:k]

    def _by_vector(self, query: str, pool: int, mask: Mask | None) -> Rows | tuple[()]:
        if not self._asked:
            return ()
        try:
            (vector,) = _matrix(self.embedder.embed([unblanked(masked(query))]))
        except JipingError as error:
            self._asked, self.trouble = False, str(error)
            return ()
        if len(vector) != self._vector.dimension:
            self._asked, self.trouble = False, f"向量模型 {self.embedder.name} 的维数与已存的不同，本次只按词语查找。"
            return ()
        return self._vector.best(vector, pool, mask) if vector.any() else ()

    def _joined(self, by_word: Iterable[Any], by_vector: Iterable[Any]) -> list[Hit]:
        ranks: dict[int, list[int]] = {}
        for half, rows in enumerate((by_word, by_vector)):
            for rank, row in enumerate(rows, 1):
                ranks.setdefault(int(row), [0, 0])[half] = rank
        scored = ((sum(1 / (_FLATTENING + rank) for rank in both if rank), row, both) for row, both in ranks.items())
        ordered = sorted(scored, key=lambda found: (-found[0], found[1]))
        return [Hit(self.passages[row], score, *both) for score, row, both in ordered]

    def _mask(self, genre: str, section: str, outline: str, owner: str) -> Mask | None:
        """Which passages may be found; None: all of them. Kept, for the same filter is asked for again and again."""
        key = (genre, section, outline, owner)
        if key not in self._masks:
            import numpy as np

            words = section.split()
            fits = [
                p.visible_to(owner) and genre in ("", p.genre) and outline in ("", p.outline)
                and all(word in p.section for word in words)
                for p in self.passages
            ]  # fmt: skip
            self._masks[key] = None if all(fits) else np.array(fits, dtype=np.bool_)
        return self._masks[key]


def _matrix(vectors: Iterable[Any]) -> Vectors:
    """The vectors as rows of length 1."""
    import numpy as np

    rows = np.array(list(vectors), dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    np.divide(rows, lengths, out=rows, where=lengths > 0)
    return rows


def passages_of(exemplars: Iterable[Exemplar]) -> list[ExemplarPassage]:
    """The passages of several exemplars, in order."""
    return [passage for exemplar in exemplars for passage in exemplar.passages]


def shipped_store(embedder: Embedder | None = None) -> Store:
    """A store over the shipped exemplars alone, from memory."""
    return Store(passages_of(shipped_exemplars()), embedder)
