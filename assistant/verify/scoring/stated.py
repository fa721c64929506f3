"""The value that a report states for an indicator: in its row, or in the prose under its name, where it is the only one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from assistant.numbers import Mention, find_numbers
from assistant.patterns import regex
from assistant.subjects import normal_term
from assistant.verify.reading.statements import Statement
from assistant.verify.scoring.model import Leaf

_AIM = regex(r"目标|指标值|标准|不低于|不高于|要求|以上|应达|满分|得分|上年|去年|同期|季度|月末|比重")
_OWNER = regex(r"^(?:我|本)?(?:部门|单位|局|部|委|办)?(?:20\d\d年度?|全年|年度|本年度?)?(?:部门|单位|整体|部门整体)?")


class Stated(NamedTuple):
    """A percentage as stated, the worth of its last digit, and its place."""

    value: Decimal
    step: Decimal
    start: int


Index = Mapping[str, tuple[Statement, ...]]


def index(statements: Iterable[Statement]) -> Index:
    """The percentages of the prose by what they are said of."""
    found: dict[str, list[Statement]] = {}
    for said in statements:
        mention = said.mention
        if mention.kind == "percent" and not mention.bound and mention.upper is None and not mention.direction:
            found.setdefault(_OWNER.sub("", said.subject), []).append(said)
    return {name: tuple(several) for name, several in found.items()}


def stated(leaf: Leaf, prose: Index) -> Stated | None:
    """The one percentage that the report gives for an indicator."""
    if leaf.achieved is not None:
        alone = [m for m in find_numbers(leaf.achieved.words) if m.is_quantity]
        if len(alone) == 1 and alone[0].kind == "percent":
            return _stated(alone[0], leaf.achieved.start)
        if alone:
            return None
    name = leaf.name
    if leaf.reason is not None:
        for m in find_numbers(leaf.reason.words):
            if (
                m.kind == "percent"
                and not m.bound
                and normal_term(leaf.reason.words[: m.start]).rstrip("为是达到：:").endswith(name)
            ):
                return _stated(m, leaf.reason.start)
    said = [s for s in prose.get(name, ()) if not _AIM.search(s.lead) and not s.carried]
    values = [
        Stated(s.mention.value, s.mention.step or Decimal(1), s.mention.start)
        for s in said
        if s.mention.value is not None
    ]
    if not values:
        return None
    finest = min(values, key=lambda one: one.step)
    agree = all(abs(one.value - finest.value) <= one.step / 2 for one in values)
    return finest if agree else None


def _stated(mention: Mention, start: int) -> Stated | None:
    if mention.value is None or mention.bound or mention.upper is not None:
        return None
    return Stated(mention.value, mention.step or Decimal(1), start + mention.start)
