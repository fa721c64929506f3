"""Marks that only the prose says: “该指标分值5分，得4.5分” under a numbered heading, or 预算执行率（10分），得9.8分."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.patterns import regex
from assistant.verify.reading.passages import Passage
from assistant.verify.scoring.model import BONUS, HUNDRED, Leaf, Points, ScoreTable, Spot

_FIGURE = r"(\d{1,3}(?:\.\d{1,2})?)\s{0,2}分"
_PAIR = regex(
    r"(?:分值|满分|标准分|权重分)(?:值)?\s{0,2}(?:为|是|：|:)?\s{0,2}"
    + _FIGURE
    + r"\s{0,2}[，,；;、]?\s{0,2}(?:[^，。；;\n扣]{2,24}[，,]\s{0,2})?"
    r"(?:[本我]?(?:部门|单位|局|部|委|办)?)(?:实际|自评|自我评价|评价|本次)?\s{0,2}(?:实?得分|评分|得|实得|计)\s{0,2}(?:为|是|：|:)?\s{0,2}"
    + _FIGURE
)
_BRACKET = regex(
    r"([^，。；：:\s（()）]{2,24})[（(](?:分值|满分|权重)?\s{0,2}(?:为|：|:)?\s{0,2}"
    + _FIGURE
    + r"[)）]\s{0,2}[，,：:]?\s{0,2}"
    r"(?:实际|自评|评价)?(?:得分|评分|得|实得)(?:为|：|:)?\s{0,2}" + _FIGURE
)
_COMMAS = regex(
    r"(?:[一二三四五六七八九十]是|其中：?)?([^，。；：:\s（()）]{2,20})，(?:满分|分值|权重)(?:为)?\s{0,2}"
    + _FIGURE
    + r"，(?:实际|自评|评价)?(?:得分|评分|得|实得)(?:为|：|:)?\s{0,2}"
    + _FIGURE
)
_INSIDE = regex(
    r"([^，。；：:\s（()）、]{2,24})[（(](?:分值|满分|权重)?\s{0,2}(?:为|：|:)?\s{0,2}"
    + _FIGURE
    + r"[，,；;]\s{0,2}(?:实际|自评|评价)?(?:得分|评分|得|实得)(?:为|：|:)?\s{0,2}"
    + _FIGURE
    + r"[)）]"
)
"""预算编制（20分，得18分）"""
_BESIDE = regex(
    r"(?:^|[；。：:]|其中[：:]?)\s{0,2}([^，。；：:\s（()）、\d得分“”]{2,20}?)(?:满分)?\s{0,2}"
    + _FIGURE
    + r"\s{0,2}[，,]\s{0,2}(?:实际|自评|评价)?(?:得分|得|实得)(?:为|：|:)?\s{0,2}"
    + _FIGURE
)
"""决策类指标20分，得19分"""
_TAKEN = regex(r"扣(?:减|除|了)?\s{0,2}" + _FIGURE)
_RULE = regex(r"每|不足|的，|未[^，。]{0,8}的$|超过|低于.{0,8}$|标准[^，。]{0,10}$|最多|上限|如|若")
_POINTER = regex(r"^(?:该|此|本|这)(?:项|个)?")
_ALONE = regex(r"(?:自评|实际)?得分(?:为|：|:)?\s{0,2}" + _FIGURE + r"\s{0,2}[。；]?\s*$")
_TITLE = regex(
    r"^\s*(?:[（(]\d{1,2}[)）]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．](?!\d)|\d{1,2}(?:[.．]\d{1,2}){1,3}|[①-⑳])\s*([^，。；：:]{2,30})$"
)
_LEADING_TITLE = regex(r"^\s*(?:[（(]\d{1,2}[)）]|\d{1,2}[.、．](?!\d)|[①-⑳])\s*([^，。；：:\s]{2,24})[。：:]")
_FEWEST = 3


def from_prose(passages: Sequence[Passage]) -> Iterator[ScoreTable]:
    """One table of all the marks that the prose says, if there are some."""
    leaves: list[Leaf] = []
    title: Spot | None = None
    for passage in passages:
        head = _TITLE.match(passage.words) or _LEADING_TITLE.match(passage.words)
        if head is not None:
            title = Spot(head[1].strip(), passage.start + head.start(1), passage.start + head.end(1))
        leaves += _in(passage, title)
    leaves = _once(leaves)
    if sum(leaf.full is not None for leaf in leaves) >= _FEWEST:
        fulls = sum(leaf.full.value for leaf in leaves if leaf.full is not None)
        doubts = () if fulls == HUNDRED else ("正文没有逐项写全分值和得分",)
        yield ScoreTable("prose", "正文", tuple(leaves), doubts=doubts)


def _in(passage: Passage, title: Spot | None) -> list[Leaf]:
    if "得" not in passage.words or "分" not in passage.words:
        return []
    found = [
        Leaf(_spot(passage, m, 1), _points(passage, m, 2), _points(passage, m, 3))
        for pattern in (_BRACKET, _COMMAS, _INSIDE, _BESIDE)
        for m in pattern.finditer(passage.words)
        if not _POINTER.match(m[1])
    ]
    if found or title is None:
        return [found[0]._replace(deducted=_deducted(passage))] if len(found) == 1 else found
    pairs = list(_PAIR.finditer(passage.words))
    if len(pairs) == 1:
        marks = _points(passage, pairs[0], 1), _points(passage, pairs[0], 2)
        return [Leaf(title, *marks, deducted=_deducted(passage))]
    alone = _ALONE.search(passage.words[-40:])
    if not pairs and alone is not None and BONUS.search(title.words):
        at = max(0, len(passage.words) - 40)
        spot = Spot(alone[1], passage.start + at + alone.start(1), passage.start + at + alone.end(1))
        return [Leaf(title, None, spot.number)]
    return []


def _deducted(passage: Passage) -> Points | None:
    """扣0.5分: what the paragraph of one indicator says was taken off, where it says so once; 每低1个百分点扣0.5分 is the rule."""
    found = [
        m for m in _TAKEN.finditer(passage.words) if not _RULE.search(passage.words[max(0, m.start() - 16) : m.start()])
    ]
    return _points(passage, found[0], 1) if len(found) == 1 else None


def _spot(passage: Passage, found: re.Match[str], group: int) -> Spot:
    return Spot(found[group], passage.start + found.start(group), passage.start + found.end(group))


def _points(passage: Passage, found: re.Match[str], group: int) -> Points | None:
    return _spot(passage, found, group).number


def _once(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The leaves, one that is told again under the same name with the same full marks once."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for leaf in leaves:
        key = (leaf.name, leaf.full.told if leaf.full else "")
        if key not in seen:
            seen.add(key)
            kept.append(leaf)
    return kept
