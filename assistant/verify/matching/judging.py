"""Every number of a document with its verdict: by its words first, then by the arithmetic of its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.documents import Text
from assistant.numbers import Mention
from assistant.patterns import regex
from assistant.verify.matching.derived import with_arithmetic
from assistant.verify.matching.known import Known
from assistant.verify.matching.match import judge
from assistant.verify.matching.operands import Entry
from assistant.verify.matching.verdict import EXPLAINED, Status, Verdict
from assistant.verify.reading.places import Seen, seen_numbers

_LONGEST_LIST = 10
_UNKNOWN: frozenset[Status] = frozenset({"unsupported", "misattributed"})
_ANNOUNCED = tuple("方面 层面 层级 层次 维度 环节 阶段 角度 部分 板块 步骤 合计 共计 总计 相加 之和".split())
"""What follows a small numeral that only counts what the sentence itself lists."""
_LIST_FOLLOWS = regex(r"[^，。；□]{0,16}[：:，。]\s?(?:一是|一要|首先|第一|其一|一方面|（一）|①)")
_ENDS = tuple("，。；、）")
_NO_QUANTITY = Verdict("structural", reason="不是数量")


def judged_numbers(text: Text, mentions: Sequence[Mention], known: Known) -> Iterator[tuple[Seen, Verdict]]:
    """All numbers in reading order, each with its verdict."""
    for _, group in groupby(seen_numbers(text, mentions), key=lambda seen: seen.block.start):
        block = [(seen, seen.mention.is_quantity) for seen in group]
        entries = [Entry(seen.mention, seen.place, _by_words(seen, known)) for seen, due in block if due]
        settled = iter(with_arithmetic(entries, known))
        for seen, due in block:
            yield seen, next(settled) if due else _NO_QUANTITY


def _by_words(seen: Seen, known: Known) -> Verdict:
    if seen.mention.value is None or seen.block.kind == "contents":
        return _NO_QUANTITY
    verdict = judge(seen.mention, seen.place, known)
    if _says_little(seen) and (verdict.status in _UNKNOWN or not _ends_a_clause(seen)):
        return Verdict("structural", reason="泛指")
    if _announces(seen) and verdict.status not in EXPLAINED and not verdict.quoted:
        return Verdict("structural", reason="列举的引语")
    return verdict


def _says_little(seen: Seen) -> bool:
    """一个, 一年 as an article: it holds against no figure; a count only where it ends its clause (扣分指标一项) and is said of something known."""
    mention = seen.mention
    if mention.kind != "count" or mention.value != 1 or seen.place.alone:
        return False
    return not any(char.isdecimal() for char in mention.text)


def _ends_a_clause(seen: Seen) -> bool:
    return seen.place.context.right.startswith(_ENDS)


def _announces(seen: Seen) -> bool:
    """三个方面, 3项做法：一是…: a small number that counts the list it announces; whether it does is a question to the report itself."""
    mention, right = seen.mention, seen.place.context.right
    if seen.place.alone or mention.kind != "count" or mention.value is None or mention.value > _LONGEST_LIST:
        return False
    return right.startswith(_ANNOUNCED) or _LIST_FOLLOWS.match(right) is not None
