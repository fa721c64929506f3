"""Vector search: a chromadb collection in memory, always given our own vectors.

Filters are answered beside it: where much of the store may be found, more is asked for and the rest dropped; where little may,
those rows are compared one by one, which costs less than Chroma's `where`.
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

_BATCH = 5000
_ENOUGH_SHARE = 0.25
"""From this share of the rows on, asking for more and dropping is cheaper than comparing row by row."""
_THOROUGH = {"num_threads": 1, "ef_search": 400, "max_neighbors": 32}
"""Chroma's graph is random: with its defaults two stores of the same 600 passages differ in one of 40 neighbours, with these in none,
nor do two of 5,000 (measured). The same case must give the same files."""
_UNFIT = regex(r"[^a-zA-Z0-9._-]+")
_numbers = count(1)
"""Collections of a process share one client, and are told apart by number."""


class VectorIndex:
    """An index over unit vectors, one a row."""

    def __init__(self, vectors: Vectors, embedder: str) -> None:
        self._vectors = vectors
        self.dimension = vectors.shape[1]
        client = _client()
        name = f"{_UNFIT.sub('-', embedder).strip('-._')[:400]}.{self.dimension}.{os.getpid()}.{next(_numbers)}"
        self.name = f"e.{name}"
        self.collection = client.create_collection(
            self.name, configuration={"hnsw": {"space": "cosine", **_THOROUGH}}, embedding_function=None
        )
        weakref.finalize(self, client.delete_collection, self.name).atexit = False
        for start in range(0, len(vectors), _BATCH):
            batch = vectors[start : start + _BATCH]
            self.collection.add(ids=[str(start + n) for n in range(len(batch))], embeddings=batch)

    def best(self, query: Any, most: int, mask: Mask | None = None) -> Rows:
        """The rows nearest to a vector of length 1, the nearest first, equal ones by row; `mask`: which of them may be found."""
        import numpy as np

        allowed = len(self._vectors) if mask is None else int(mask.sum())
        if not allowed:
            return np.zeros(0, dtype=np.intp)
        if mask is None:
            return self._nearest(query, most)[:most]
        share = allowed / len(self._vectors)
        if share >= _ENOUGH_SHARE:
            found = self._nearest(query, int(1.5 * most / share) + 1)
            found = found[mask[found]]
            if len(found) >= min(most, allowed):
                return found[:most]
        return self._compared(query, most, np.flatnonzero(mask))

    def _nearest(self, query: Any, most: int) -> Rows:
        import numpy as np

        asked = min(most, len(self._vectors))
        answer = self.collection.query(query_embeddings=[query], n_results=asked, include=["distances"])
        rows = np.array([int(id) for id in answer["ids"][0]], dtype=np.intp)
        distances = np.array(answer["distances"][0]).round(6)
        return rows[np.lexsort((rows, distances))]

    def _compared(self, query: Any, most: int, rows: Rows) -> Rows:
        import numpy as np

        # Not `@`: BLAS would start its threads, which go on spinning while the next search waits for a core.
        return rows[top(np.einsum("ij,j->i", self._vectors[rows], query) + 2, most)]


def _client() -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
