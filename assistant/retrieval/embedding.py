"""Texts -> vectors. An endpoint's embeddings come from assistant.models in the shape of `Embedder`; this one needs no model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]


class Embedder(Protocol):
    """Anything that turns texts into vectors of one length. `name` tells versions apart: vectors of two names never meet."""

    @property
    def name(self) -> str:
        """Model and version."""
        ...

    def embed(self, texts: Sequence[str]) -> Iterable[Any]:
        """A vector for each text, in order: any row of numbers.

        Raises:
            JipingError: the endpoint did not answer.
        """
        ...


class HashedEmbedder:
    """Signed hashing of character 1- to 3-grams: texts that share wording are near, on every machine and in every run."""

    name = "hashed-1-3-v1"
    dimension = 1024

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one row a text; a text without characters is a row of zeros."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            counts: dict[int, int] = {}
            bare = "".join(text.split())
            for gram in (bare[at : at + n] for n in (1, 2, 3) for at in range(len(bare) - n + 1)):
                slot = _slot(gram)
                counts[slot] = counts.get(slot, 0) + 1
            for slot, count in counts.items():
                row[abs(slot) - 1] += (1 if slot > 0 else -1) * count**0.5
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        np.divide(rows, lengths, out=rows, where=lengths > 0)
        return rows


@lru_cache(maxsize=1 << 17)
def _slot(gram: str) -> int:
    """Place (from 1) and sign of a gram, weighted by nothing but its hash."""
    number = int.from_bytes(blake2b(gram.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big")
    return (number % HashedEmbedder.dimension + 1) * (1 if number >> 31 else -1)
