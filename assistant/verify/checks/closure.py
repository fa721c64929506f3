"""扣分 → 说明 or 问题: every indicator that lost marks is spoken of in the report, outside the score table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.documents import Text
from assistant.findings import Finding
from assistant.subjects import normal_term

if TYPE_CHECKING:
    from assistant.scorecard import Scorecard


def closure(text: Text, card: Scorecard | None) -> list[Finding]:
    """A lost mark whose indicator no sentence explains.

    An explanation names the indicator and says 扣, 失分 or 未得; the score table's own row is none.
    """
    if card is None:
        return []
    from assistant.rules import show

    told = [
        normal_term(text.text[block.start : block.end])
        for block in text.blocks
        if any(word in text.text[block.start : block.end] for word in ("扣", "失分", "未得", "不得分", "得0分"))
        and not (block.kind == "row" and len(block.cells) > 6)
    ]
    return [
        Finding(
            "closure", "error",
            f"“{leaf.name}”扣了{show(leaf.lost)}分，正文没有说明原因，也没有列为问题。请在扣分说明或存在问题中写明。",
            quote=leaf.name, expected=f"{leaf.name}扣{show(leaf.lost)}分的原因",
        )
        for leaf in card.leaves
        if leaf.lost > 0 and not any(normal_term(leaf.name) in words for words in told)
    ]  # fmt: skip
