"""How fast the exemplar store answers and is rebuilt, beside bm25s and chromadb alone on the same passages."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from assistant.library import Library, open_library
from assistant.patterns import regex
from assistant.retrieval import ExemplarPassage, HashedEmbedder, Store, passages_of, shipped_exemplars
from assistant.retrieval.keyword import KeywordIndex, tokens
from assistant.retrieval.vectors import collection
from evals.clock import Row, beside, ratio_row, show, taken

MOST_KEYWORD, MOST_HYBRID, MOST_FILTERED, MOST_REBUILD = "2", "1.5", "2", "0.05"
QUERIES = (
    "养老服务 老年人助餐", "预算执行进度偏慢 支付集中在年底", "政府采购 成交价低于计划", "改进措施 加快项目前期论证",
    "干部培训 学员满意度", "隐患排查整改", "资产闲置 盘活", "下一步工作计划",
)  # fmt: skip
_POOL = 40
_SENTENCE = regex(r"(?<=[。；])")
_A_PASSAGE = 3
"""Sentences."""
_OWNER = "某单位"


def retrieving(number: int, folder: Path, rounds: int) -> list[Row]:
    """Rows for queries over that many passages, and for a store that is built, asked for again, and opened again."""
    store = Store(made_passages(number), HashedEmbedder())
    store.warm()
    return [*_queries(store, rounds), *_rebuilds(folder)]


def made_passages(number: int) -> list[ExemplarPassage]:
    """Different passages out of the sentences of the shipped exemplars, a third of them one owner's."""
    chance = random.Random(5)
    shipped = passages_of(shipped_exemplars())
    sentences = [s for p in shipped for s in _SENTENCE.split(p.text) if len(s) > 10]
    made = []
    for place, model in zip(range(number), cycle(shipped), strict=False):
        text = f"第{place}段。" + "".join(chance.sample(sentences, _A_PASSAGE))
        owner = _OWNER if place % 3 == 0 else ""
        made.append(replace(model, id=f"made#{place}", owner=owner, approved=not owner, text=text, masked=text))
    return made


def _queries(store: Store, rounds: int) -> list[Row]:
    """Each budget of design §8: keyword beside bm25s, both halves beside bm25s and Chroma as it comes, filtered beside unfiltered."""
    keyword = KeywordIndex([f"{p.section} {p.text}" for p in store.passages])
    known = [[w for w in tokens(q) if w in keyword.index.vocab_dict] for q in QUERIES]
    vectors = list(store.embedder.embed(QUERIES))
    chroma = collection(np.array([store.vectors[p.digest] for p in store.passages]), "peer")
    ours, bare = beside(
        lambda: [keyword.best(q, _POOL) for q in QUERIES],
        lambda: [_bm25s(keyword, words) for words in known],
        rounds=rounds,
    )
    both, halves, filtered, owned = beside(
        lambda: [store.search(q, owner=_OWNER) for q in QUERIES],
        lambda: [(_bm25s(keyword, words), _chroma(chroma, v)) for words, v in zip(known, vectors, strict=True)],
        lambda: [store.search(q, genre="problems", owner=_OWNER) for q in QUERIES],
        lambda: [store.search(q) for q in QUERIES],
        rounds=rounds,
    )
    each, count = 1 / len(QUERIES), f"{len(store.passages):,}段"
    return [
        ratio_row("retrieval.keyword", f"按词语查一次，连同分词，{count}", (ours * each, bare * each), MOST_KEYWORD, "bm25s"),
        ratio_row("retrieval.hybrid", f"两种合并查一次，{count}", (both * each, halves * each), MOST_HYBRID, "（bm25s＋chroma）"),
        ratio_row("retrieval.genre", "加上类别过滤", (filtered * each, both * each), MOST_FILTERED, "不过滤"),
        ratio_row("retrieval.owner", "加上归属过滤（看不到别家的三分之一）", (owned * each, both * each), MOST_FILTERED, "不过滤"),
    ]  # fmt: skip


def _bm25s(keyword: KeywordIndex, words: list[str]) -> object:
    return keyword.index.retrieve([words], k=_POOL, show_progress=False)


def _chroma(chroma: Any, query: object) -> object:
    return chroma.query(query_embeddings=[query], n_results=_POOL, include=["distances"])


def _rebuilds(folder: Path) -> list[Row]:
    """The shipped exemplars: built for the first time, asked for again, and opened again with their vectors in the database."""
    shipped_exemplars.cache_clear()
    library = open_library(folder / "kb")
    first = taken(_whole(library))
    again = taken(_whole(library))
    opened = taken(lambda: open_library(folder / "kb").store().warm())
    count = f"{len(library.store().passages)}段"
    return [
        ratio_row("retrieval.rebuild", f"范文库没有变化时重建，{count}", (again, first), MOST_REBUILD, "第一次建立"),
        Row("retrieval.reopen", f"{opened / first:.2f}", "范文库重新打开（不再计算向量）", f"{show(opened)}（第一次{show(first)}）"),
    ]  # fmt: skip


def _whole(library: Library) -> Callable[[], object]:
    return lambda: library.store().warm()
