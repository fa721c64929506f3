"""Every number of a document with its verdict: by its words first, then by the arithmetic of its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.documents import Text
from assistant.numbers import Mention
from assistant.verify.matching.derived import with_arithmetic
from assistant.verify.matching.known import Known
from assistant.verify.matching.match import judge
from assistant.verify.matching.operands import Entry
from assistant.verify.matching.verdict import Verdict
from assistant.verify.reading.places import Seen, seen_numbers

_LONGEST_LIST = 10
_ANNOUNCED = ("方面", "层面", "层级", "层次", "维度", "环节", "阶段", "角度", "合计", "共计", "总计", "相加", "之和")
"""What follows a small Chinese numeral that only counts what the sentence itself lists."""


def judged_numbers(text: Text, mentions: Sequence[Mention], known: Known) -> Iterator[tuple[Seen, Verdict]]:
    """All numbers in reading order, each with its verdict."""
    for _, group in groupby(seen_numbers(text, mentions), key=lambda seen: seen.block.start):
        block = [(seen, _by_words(seen, known)) for seen in group]
        quantities = [Entry(seen.mention, seen.place, verdict) for seen, verdict in block if seen.mention.is_quantity]
        settled = iter(with_arithmetic(quantities, known))
        for seen, verdict in block:
            yield seen, next(settled) if seen.mention.is_quantity else verdict


def _by_words(seen: Seen, known: Known) -> Verdict:
    if not seen.mention.is_quantity or seen.mention.value is None or seen.block.kind == "contents":
        return Verdict("structural", reason="不是数量")
    if _claims_nothing(seen):
        return Verdict("structural", reason="泛指或列举的引语")
    return judge(seen.mention, seen.place, known)


def _claims_nothing(seen: Seen) -> bool:
    """一个, 一年 as an article, and 三个方面 that announces a list: Chinese numerals that hold against no figure."""
    mention = seen.mention
    if (
        seen.place.alone
        or any(char.isdecimal() for char in mention.text)
        or mention.kind != "count"
        or mention.value is None
    ):
        return False
    return mention.value == 1 or (mention.value <= _LONGEST_LIST and seen.place.context.right.startswith(_ANNOUNCED))
