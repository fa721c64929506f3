"""Keyword search: bm25s over the words that rjieba finds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.patterns import regex

if TYPE_CHECKING:
    import numpy as np

    Rows = np.ndarray[tuple[int], np.dtype[np.intp]]
    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]

_WORD = regex(r"[\u3400-\u9fffA-Za-z0-9\U00020000-\U0003ffff]")
_EMPTY = frozenset(
    "的 了 和 与 及 或 在 是 为 对 将 等 于 由 从 到 以 中 上 下 有 并 被 把 其 该 各 年 一 二 三 四 五 六 七 八 九 十".split()
)


def tokens(text: str) -> list[str]:
    """The words of a text, long ones with the words inside them; no punctuation, no particles."""
    return [word for word in _tagger().cut_for_search(text.lower()) if word not in _EMPTY and _WORD.search(word)]


@cache
def _tagger() -> Any:
    import rjieba

    return rjieba.Jieba()


class KeywordIndex:
    """An index over texts: row n of what it finds is the n-th text, from 0."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        self.index = bm25s.BM25()
        corpus = [tokens(text) for text in texts]
        self._empty = not any(corpus)
        if not self._empty:
            self.index.index(corpus, show_progress=False)

    def best(self, query: str, most: int, mask: Mask | None = None) -> Rows:
        """The rows that match best, the best first, equal ones by row; none that shares no word with the query.

        `mask` has a truth value a row: which of them may be found.
        """
        import numpy as np

        known = [] if self._empty else [word for word in tokens(query) if word in self.index.vocab_dict]
        if not known:
            return np.zeros(0, dtype=np.intp)
        scores = self.index.get_scores(known)
        if mask is not None:
            scores = np.where(mask, scores, 0)
        return top(scores, most)


def top(scores: Any, most: int) -> Rows:
    """The at most `most` rows of the highest scores above 0, the highest first, equal ones by row; `scores` has one a row."""
    import numpy as np

    if most < len(scores):
        edge = np.partition(scores, len(scores) - most)[len(scores) - most]
        rows = np.flatnonzero((scores >= edge) & (scores > 0))
    else:
        rows = np.flatnonzero(scores > 0)
    return rows[np.lexsort((rows, -scores[rows]))][:most]
