"""Vector search, exact: a chromadb collection in memory, always given our own vectors, or every row compared.

The same case must give the same files, and Chroma's graph is built in parallel: no two processes have the same one, and a walk that
stops early finds other neighbours in each (chromadb 1.5.9: with its defaults 66 of 1,920 missed among 10,000 passages, with 400
candidates 13; its `num_threads` and `batch_size` change nothing). A walk through the whole graph (`ef_search` = all rows) misses none,
but its cost grows faster than that of comparing every row: 1.1 and 0.1 ms at 600 passages, 11 and 2 ms at 10,000. So Chroma finds the
nearest in a store of the usual size, and a larger one is compared row by row.

Filters are answered beside both: where much of the store may be found, more is asked for and the rest dropped; where little may,
those rows are compared, which costs less than Chroma's `where`.
"""

from __future__ import annotations

import os
import weakref
from itertools import count
from typing import TYPE_CHECKING, Any

from assistant.patterns import regex
from assistant.retrieval.keyword import top

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Vectors
    from assistant.retrieval.keyword import Mask, Rows

MOST_WALKED = 1000
"""Passages up to which walking all of Chroma's graph costs little more than its ordinary search."""
_ENOUGH_SHARE = 0.25
"""From this share of the rows on, asking for more and dropping is cheaper than comparing row by row."""
_BATCH = 5000
_PLACES, _SAME = 6, 1e-6
"""Distances that differ by less are the same: two ways of adding up may tell them apart."""
_UNFIT = regex(r"[^a-zA-Z0-9._-]+")
_numbers = count(1)
"""Collections of a process share one client, and are told apart by number."""


class VectorIndex:
    """An index over unit vectors, one a row."""

    def __init__(self, vectors: Vectors, embedder: str) -> None:
        self._vectors = vectors
        self.dimension = vectors.shape[1]
        self._collection = None
        if len(vectors) <= MOST_WALKED:
            self._collection = collection(vectors, embedder, ef_search=len(vectors))
            weakref.finalize(self, _client().delete_collection, self._collection.name).atexit = False

    def best(self, query: Any, most: int, mask: Mask | None = None) -> Rows:
        """The rows nearest to a vector of length 1, the nearest first, equal ones by row; `mask`: which of them may be found."""
        import numpy as np

        allowed = np.arange(len(self._vectors)) if mask is None else np.flatnonzero(mask)
        share = len(allowed) / len(self._vectors)
        if self._collection is not None and share >= _ENOUGH_SHARE:
            found = self._walked(query, most if mask is None else int(1.5 * most / share))
            found = found if mask is None else found[mask[found]]
            if len(found) >= min(most, len(allowed)):
                allowed = found
        return self._compared(query, most, allowed)

    def _walked(self, query: Any, most: int) -> Rows:
        """The nearest rows by Chroma, in order of rows: so many, or fewer where the last are as near as one that was left out."""
        import numpy as np

        assert self._collection is not None
        if most >= len(self._vectors):
            return np.arange(len(self._vectors))
        answer = self._collection.query(query_embeddings=[query], n_results=most + 1, include=["distances"])
        rows = np.array([int(id) for id in answer["ids"][0]], dtype=np.intp)
        distances = np.array(answer["distances"][0])
        return np.sort(rows[distances < distances.max() - _SAME])

    def _compared(self, query: Any, most: int, allowed: Rows) -> Rows:
        import numpy as np

        rows = self._vectors if len(allowed) == len(self._vectors) else self._vectors[allowed]
        # Not `@`: BLAS would start its threads, which go on spinning while the next search waits for a core.
        return allowed[top((np.einsum("ij,j->i", rows, query) + 2).round(_PLACES), most)]


def collection(vectors: Vectors, embedder: str, **hnsw: int) -> Any:
    """A new Chroma collection of these vectors, named after who made them; the ids are the rows. `hnsw`: settings of its graph."""
    client = _client()
    name = f"{_UNFIT.sub('-', embedder).strip('-._')[:400]}.{vectors.shape[1]}.{os.getpid()}.{next(_numbers)}"
    made = client.create_collection(
        f"e.{name}", configuration={"hnsw": {"space": "cosine", **hnsw}}, embedding_function=None
    )
    for start in range(0, len(vectors), _BATCH):
        batch = vectors[start : start + _BATCH]
        made.add(ids=[str(start + n) for n in range(len(batch))], embeddings=batch)
    return made


def _client() -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
