"""The exemplar store: reports split into passages, searched by keyword and by vector, joined by reciprocal rank.

passage      Exemplar, ExemplarPassage, Hit
read         a file -> Exemplar; sections and split: its headings and passages; genres: what a heading is about
duplicates   the same passage twice
embedding    Embedder; HashedEmbedder, which needs no model
keyword vectors    the two indexes
store        Store.search
"""

from __future__ import annotations

from assistant.retrieval.duplicates import repeated
from assistant.retrieval.embedding import Embedder, HashedEmbedder
from assistant.retrieval.passage import Exemplar, ExemplarPassage, Hit
from assistant.retrieval.read import read_exemplar, remasked, shipped_exemplars
from assistant.retrieval.store import Store, passages_of, shipped_store

__all__ = [
    "Embedder",
    "Exemplar",
    "ExemplarPassage",
    "HashedEmbedder",
    "Hit",
    "Store",
    "passages_of",
    "read_exemplar",
    "remasked",
    "repeated",
    "shipped_exemplars",
    "shipped_store",
]
