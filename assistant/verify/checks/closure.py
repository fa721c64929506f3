"""扣分 → 说明 or 问题: every indicator that lost marks is spoken of in the report, outside the score table."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.findings import Finding
from assistant.patterns import regex
from assistant.subjects import normal_term
from assistant.verify.reading.reading import Reading

_SENTENCE = regex(r"[。；\n]")
_SHORT = 4
_LOST = ("扣", "失分", "未得", "不得分", "得0分")
_REMARK = regex(r"扣分.{0,6}(?:原因|说明|情况|依据)|失分原因|偏差.{0,4}(?:原因|说明|分析)|原因分析|扣分及")
"""A column that says why; the score table's other columns show a loss and explain none."""


def closure(reading: Reading) -> list[Finding]:
    """A lost mark whose indicator no sentence explains.

    An explanation is a sentence that names the indicator and a loss, or the words of a table's column of reasons in its row;
    what is still 【待补】 explains nothing.
    """
    card = reading.card
    if card is None:
        return []
    from assistant.rules import show

    told = list(explanations(reading))
    return [
        Finding(
            "closure", "error",
            f"“{leaf.called}”扣了{show(leaf.lost)}分，正文没有说明原因，也没有列为问题。请在扣分说明或存在问题中写明。",
            quote=leaf.called, expected=f"{leaf.called}扣{show(leaf.lost)}分的原因",
        )
        for leaf in card.leaves
        if leaf.lost > 0 and not any(normal_term(leaf.called) in words for words in told)
    ]  # fmt: skip


def explanations(reading: Reading) -> Iterator[str]:
    """What the report says of lost marks: sentences of prose, and the words of a remark column beside the indicator's name."""
    for said in reading.said:
        if "【待补" in said.words:
            continue
        if not said.row:
            if any(word in said.words for word in _LOST):
                yield from (normal_term(piece) for piece in _SENTENCE.split(said.words))
        elif _REMARK.search(said.head) and len(said.words) > _SHORT:
            yield from (normal_term(cell) for cell in said.row if cell != said.words)
