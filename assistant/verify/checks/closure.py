"""扣分 → 说明 or 问题: every indicator that lost marks is spoken of in the report, outside the score table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.documents import Text
from assistant.findings import Finding
from assistant.subjects import normal_term

if TYPE_CHECKING:
    from assistant.scorecard import Scorecard


_SENTENCE = re.compile(r"[。；\n]")
_SHORT = 4
_LOST = ("扣", "失分", "未得", "不得分", "得0分")
_MOST_CELLS = 6
"""A row with more cells is the score table's own: it shows a loss and explains none."""


def closure(text: Text, card: Scorecard | None) -> list[Finding]:
    """A lost mark whose indicator no sentence explains.

    An explanation is a sentence that names the indicator and a loss, or a row of a small table of lost marks with words in it
    beside the name; what is still 【待补】 explains nothing.
    """
    if card is None:
        return []
    from assistant.rules import show

    told = list(_explanations(text))
    return [
        Finding(
            "closure", "error",
            f"“{leaf.name}”扣了{show(leaf.lost)}分，正文没有说明原因，也没有列为问题。请在扣分说明或存在问题中写明。",
            quote=leaf.name, expected=f"{leaf.name}扣{show(leaf.lost)}分的原因",
        )
        for leaf in card.leaves
        if leaf.lost > 0 and not any(normal_term(leaf.name) in words for words in told)
    ]  # fmt: skip


def _explanations(text: Text) -> Iterator[str]:
    heads: dict[int, str] = {}
    for block in text.blocks:
        words = text.text[block.start : block.end]
        if block.kind != "row":
            yield from (
                normal_term(s) for s in _SENTENCE.split(words) if any(w in s for w in _LOST) and "【待补" not in s
            )
            continue
        heads.setdefault(block.table, words)
        if len(block.cells) <= _MOST_CELLS and "扣" in heads[block.table] and block.cells:
            cells = [text.text[cell.start : cell.end] for cell in block.cells]
            if any(len(cell) > _SHORT and not cell.startswith("【待补") for cell in cells[1:]):
                yield normal_term(cells[0])
