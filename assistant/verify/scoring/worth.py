"""How many marks the words of a 评分标准 can give in all: every sum that some reading of them allows."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from assistant.patterns import regex

_NUMBER = r"(\d{1,3}(?:\.\d{1,2})?)"
_MARKUP = regex(r"</?[a-z]{1,6}/?>|\$|\\text\{([^{}]{0,30})\}")
_SIGNS = (
    ("\\geq", "≥"),
    ("\\leq", "≤"),
    ("\\%", "%"),
    ("\\times", "×"),
    ("％", "%"),
    ("＝", "="),
    ("＜", "<"),
    ("＞", ">"),
)
_BRACKET = regex(r"[（(]\s?(?:满分|分值|共)?[：:]?\s?" + _NUMBER + r"\s?分\s?[)）]")
_AWARD = regex(r"(?:得|计|记|给|评)\s?" + _NUMBER + r"\s?分")
_FACTOR = regex(r"[×xX*]\s?" + _NUMBER + r"\s?分")
_MOST = regex(r"(?:满分|最高|最多|上限|不超过|共|合计|计)(?:得|计|为)?\s?" + _NUMBER + r"\s?分")
_OPEN = regex(
    r"满分(?!\s?\d)|分值(?!\s?\d)|全分|权重|标准分|加分|减分|相应分|对应分|(?:每|各)[^，。；扣]{0,14}\d(?:\.\d{1,2})?\s?分|\d\s?分[—~～\-－至]\s?\d|参考分"
)
"""Words that leave open what is given: 得满分, ×分值, 每项1分."""
_STYLES = (
    "①②③④⑤⑥⑦⑧⑨⑩",
    tuple(regex(rf"(?<![\d.（(]){n}[.、．](?!\d)") for n in range(1, 11)),
    tuple(regex(rf"[（(]{n}[)）]") for n in range(1, 11)),
)
_MOST_SUMS = 64
_DEEPEST = 3


def plain(words: str) -> str:
    """The words of a standard without the markup that an extraction leaves in them, signs in one form."""
    for sign, one in _SIGNS:
        words = words.replace(sign, one)
    return _MARKUP.sub(lambda m: m[1] or "", words)


def items(words: str) -> tuple[str, list[str]]:
    """What stands before the first numbered item, and the items of the outermost numbering; none where there are not two."""
    best: list[int] = []
    for style in _STYLES:
        starts: list[int] = []
        for mark in style:
            at = starts[-1] + 1 if starts else 0
            if isinstance(mark, str):
                place = words.find(mark, at)
            else:
                found = mark.search(words, at)
                place = found.start() if found else -1
            if place < 0:
                break
            starts.append(place)
        if len(starts) > 1 and (not best or starts[0] < best[0]):
            best = starts
    if not best:
        return words, []
    return words[: best[0]], [words[a:b] for a, b in zip(best, [*best[1:], len(words)], strict=True)]


@lru_cache(maxsize=1024)
def worths(standard: str) -> frozenset[Decimal]:
    """Every total that the standard may award. Empty where it awards nothing in numbers or leaves it open: then nothing is known."""
    words = plain(standard)
    if _OPEN.search(words):
        return frozenset()
    found = _of(words, 0)
    return frozenset() if found is None else frozenset(value for value in found if value)


def likely(standard: str) -> Decimal:
    """Of these totals the one that is meant: of bands the highest, else all items together."""
    words = plain(standard)
    sums = worths(standard)
    highest = [Decimal(m[1]) for m in _AWARD.finditer(words)]
    return max(highest) if highest and re.search(r"[≥≤<>%]|低于|高于|超过", words) else max(sums)


def _of(words: str, depth: int) -> set[Decimal] | None:
    intro, parts = items(words)
    if not parts or depth == _DEEPEST:
        return _simple(words)
    sums, single = {Decimal(0)}, set[Decimal]()
    for part in parts:
        own = _of(part[1:], depth + 1)
        if own is None:
            return None
        if own:
            single |= own
            sums = {a + b for a in sums for b in own}
        if len(sums) > _MOST_SUMS:
            return None
    return sums | ({max(single)} if single else set()) | _simple(intro)


def _simple(words: str) -> set[Decimal]:
    """Of words without items: what they award once, or together, or at most."""
    found: set[Decimal] = set()
    for pattern in (_BRACKET, _AWARD, _FACTOR, _MOST):
        values = [Decimal(m[1]) for m in pattern.finditer(words)]
        if values:
            found |= {max(values), sum(values, Decimal(0)), values[0]}
    return found
