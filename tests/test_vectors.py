"""A search by vectors finds exactly the nearest, in every process the same."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from assistant.retrieval import HashedEmbedder, shipped_store
from assistant.retrieval.vectors import MOST_WALKED, VectorIndex

_MOST = 40


def unit(rows: int, length: int = 64, seed: int = 1) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Random vectors of length 1."""
    drawn = np.random.default_rng(seed).normal(size=(rows, length)).astype(np.float32)
    made: np.ndarray[tuple[int, int], np.dtype[np.float32]] = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return made


@pytest.mark.parametrize("number", [30, 600, MOST_WALKED, MOST_WALKED + 200])
def test_exactly_the_nearest_are_found_whatever_the_size_and_the_filter(number: int) -> None:
    vectors = unit(number)
    index = VectorIndex(vectors, "test")
    for at, query in enumerate(unit(60, seed=2)):
        mask = None if at % 4 == 0 else np.random.default_rng(at).random(number) < (0.05, 0.3, 0.8)[at % 4 - 1]
        rows = np.arange(number) if mask is None else np.flatnonzero(mask)
        near = vectors.astype(np.float64) @ query
        found = index.best(query, _MOST, mask)
        assert set(found) <= set(rows)
        assert near[found] == pytest.approx(np.sort(near[rows])[::-1][:_MOST], abs=2e-6)


def test_of_equals_at_the_edge_the_first_rows_are_found() -> None:
    vectors = np.repeat(unit(3), 100, axis=0)
    index = VectorIndex(vectors, "test")
    assert index.best(vectors[150], _MOST).tolist() == [*range(100, 100 + _MOST)]
    assert index.best(vectors[150], 120).tolist()[:100] == [*range(100, 200)]


def test_nothing_may_be_found() -> None:
    assert VectorIndex(unit(5), "test").best(unit(1)[0], 3, np.zeros(5, dtype=np.bool_)).tolist() == []


def test_another_process_finds_the_same() -> None:
    queries = ["养老服务 老年人助餐", "支付集中在年底", "固定资产闲置", "下一步工作计划"]
    code = (
        "import sys; from assistant.retrieval import shipped_store; store = shipped_store()\n"
        "for query in sys.argv[1:]: print(*(hit.passage.id for hit in store.search(query, k=50)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *queries], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    store = shipped_store(HashedEmbedder())
    here = [" ".join(hit.passage.id for hit in store.search(query, k=50)) for query in queries]
    assert run.stdout.splitlines() == here
