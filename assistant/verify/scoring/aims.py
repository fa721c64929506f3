"""年度指标值 beside 实际完成值: in the rows of tables, and in two lists of the prose. Which way a target is to be met, and whether it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from assistant.numbers import Mention, find_numbers
from assistant.patterns import regex
from assistant.subjects import bigrams, dice, normal_term
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.tables import Table
from assistant.verify.scoring.heads import Role, is_head, merged, role_of
from assistant.verify.scoring.model import Points, Spot

Way = Literal["up", "down"]

_DOWN = regex(
    r"成本|费用|投诉|事故|差错|失误|超支|控制率|支出(?:额|数)|耗时|时限|天数|等待|(?:办理|处理|办结|响应|处置|审批|审查)(?:时间|时长|周期|用时)|用时|违规|违法|发案|发生率|死亡|单价|结转|变动率|调整率|闲置|空置|逾期|误差|空编|超编|经费|金额|投入|资金"
)
_TIMES = frozenset({"天", "日", "工作日", "小时", "分钟", "个工作日", "个月"})
"""Of these, without a sign, neither more nor less is known to be better."""
_SIGN_DOWN, _SIGN_UP, _SIGN_SAME = (
    regex(r"[≤<＜]|不超过|不高于|不大于|以内|以下|小于|低于(?!.*以上)"),
    regex(r"[≥>＞]|不低于|不少于|不小于|以上|大于|至少"),
    regex(r"^\s*[=＝]"),
)
_LONGEST = 60
_HEADING = regex(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}[、.．章节]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、](?!\d))\s*([^，。；]{2,40})$"
)
_NUMBERED = regex(r"\s*(?:[（(]\d{1,2}[)）]|\d{1,2}[.．、](?!\d)|[①-⑳])\s*")
_KIND_ONLY = regex(
    r"(?:数量|质量|时效|成本|效益|产出|满意度|社会效益|经济效益|生态效益|可持续影响|服务对象满意度)指标$"
)
_OF_AIMS = regex(r"目标|指标设[定置]")
_OF_RESULTS = regex(r"完成|实现|产出.{0,4}情况|效益.{0,4}情况|绩效.{0,4}情况|结果")
_OF_NEITHER = regex(r"问题|原因|管理|建议|措施|评价工作|分析")
_VERB = regex(r"^(?:全年|年度|本年|共|累计|已|实际|完成|开展了?|举办了?|\s)+")
_ALIKE = 0.6
_MOST = 4
"""So many items of one name, or at one place of their lists, are looked at."""


class Aim(NamedTuple):
    """A target and what became of it. `way` is where more is better or less is; `sure` if the document itself says so."""

    name: str
    target: Mention
    achieved: Mention
    target_spot: Spot
    achieved_spot: Spot
    way: Way
    sure: bool
    full: Points | None = None
    marks: Points | None = None
    standard: Spot | None = None
    reason: Spot | None = None
    asks_reason: bool = False

    @property
    def missed(self) -> bool:
        """Whether the result falls short in the target's direction."""
        got, wanted = self.achieved.value or Decimal(0), self.target.value or Decimal(0)
        return got < wanted if self.way == "up" else got > wanted

    @property
    def excess(self) -> Decimal:
        """By which share of the target the result exceeds it, where more is better."""
        got, wanted = self.achieved.value or Decimal(0), self.target.value or Decimal(0)
        return (got - wanted) / wanted if self.way == "up" and wanted > 0 else Decimal(0)


class Told(NamedTuple):
    """A row whose result is words, not a number."""

    name: str
    achieved: Spot
    full: Points | None
    marks: Points | None


def rows_with_targets(tables: Sequence[Table]) -> Iterator[Aim | Told]:
    """Every row that has a target and a result."""
    roles: dict[int, Role] = {}
    for table in tables:
        in_head = False
        for row in table.rows:
            once = {cell.start: cell.words for cell in row.values()}
            if is_head(once.values()):
                found = {c: role for c, cell in row.items() if (role := role_of(cell.words)) is not None}
                roles = merged(roles, found) if in_head else found
                in_head = True
                continue
            in_head = False
            if {"target", "achieved"} <= set(roles.values()):
                aim = _of_row({c: Spot(cell.words, cell.start, cell.end) for c, cell in row.items()}, roles)
                if aim is not None:
                    yield aim


def _of_row(cells: Mapping[int, Spot], roles: Mapping[int, Role]) -> Aim | Told | None:
    by_role: dict[Role, Spot] = {}
    name = None
    for column, role in sorted(roles.items()):
        cell = cells.get(column)
        if cell is None or cell.blank:
            continue
        if role == "name":
            name = cell
        else:
            by_role.setdefault(role, cell)
    target, achieved = by_role.get("target"), by_role.get("achieved")
    if name is None or target is None or achieved is None or name.number is not None or len(name.words) > _LONGEST:
        return None
    full, marks = _number(by_role.get("full")), _number(by_role.get("marks"))
    wanted, got = _only(target), _only(achieved)
    if wanted is None or got is None:
        return Told(name.called, achieved, full, marks)
    if not _same_unit(wanted, got):
        return None
    sign = by_role.get("sign")
    way, sure = way_of(name.words, f"{sign.words if sign else ''}{target.words}", wanted)
    if not sure and way == "up" and wanted.unit in _TIMES:
        return None
    return Aim(
        name.called, wanted, got, target, achieved, way, sure, full, marks, by_role.get("standard"), by_role.get("reason"),
        "reason" in roles.values(),
    )  # fmt: skip


def way_of(name: str, words: str, wanted: Mention) -> tuple[Way, bool]:
    """Which way the target is to be met, and whether its own sign says so; else the name does: costs and complaints go down."""
    if _SIGN_DOWN.search(words) or wanted.bound in ("at_most", "below"):
        return "down", True
    if _SIGN_UP.search(words) or wanted.bound in ("at_least", "above"):
        return "up", True
    if _SIGN_SAME.search(words) and not _DOWN.search(name):
        return "up", True
    return ("down" if _DOWN.search(name) else "up"), False


def _number(spot: Spot | None) -> Points | None:
    return None if spot is None else spot.number


def _only(spot: Spot) -> Mention | None:
    """The one quantity of a cell."""
    found = [m for m in find_numbers(spot.words) if m.is_quantity and m.value is not None]
    return found[0] if len(found) == 1 and found[0].upper is None else None


def _same_unit(one: Mention, other: Mention) -> bool:
    if one.unit == other.unit:
        return True
    if one.unit and other.unit:
        return False
    percent, bare = (one, other) if one.unit == "%" else (other, one)
    return percent.unit != "%" or (bare.value is not None and bare.value > 1)


class _Item(NamedTuple):
    key: str
    place: tuple[str, str]
    mention: Mention
    spot: Spot
    passage: Passage


def lists_with_targets(passages: Sequence[Passage]) -> Iterator[tuple[Aim, Passage]]:
    """The items of a list of targets, each with the item of the list of results that has its name; and the passage of the result."""
    aims: list[_Item] = []
    results: list[_Item] = []
    kind, part = "", ""
    for passage in passages:
        heading = _HEADING.match(passage.words)
        if heading is not None:
            title = heading[1].strip()
            if _KIND_ONLY.search(title):
                part = title
            else:
                kind, part = _kind(title), ""
            continue
        if kind and (item := _item(passage, part)) is not None:
            (aims if kind == "aims" else results).append(item)
    by_key: dict[str, list[_Item]] = {}
    by_place: dict[tuple[str, str], list[_Item]] = {}
    for result in results:
        by_key.setdefault(result.key, []).append(result)
        by_place.setdefault(result.place, []).append(result)
    for aim in aims:
        candidates = (*by_key.get(aim.key, ())[:_MOST], *by_place.get(aim.place, ())[:_MOST])
        for result in [r for r in candidates if r.passage.start > aim.passage.start and _are_one(aim, r)][:1]:
            way, sure = way_of(aim.key, aim.spot.words, aim.mention)
            yield Aim(aim.spot.words, aim.mention, result.mention, aim.spot, result.spot, way, sure), result.passage


def _kind(title: str) -> str:
    if _OF_NEITHER.search(title):
        return ""
    if _OF_RESULTS.search(title):
        return "results"
    return "aims" if _OF_AIMS.search(title) else ""


def _item(passage: Passage, part: str) -> _Item | None:
    first = re.split(r"[。；]", passage.words, maxsplit=1)[0]
    if len(first) > 2 * _LONGEST:
        return None
    number = _NUMBERED.match(first)
    begins = number.end() if number else 0
    found = [m for m in find_numbers(first[begins:]) if m.is_quantity and m.value is not None and m.upper is None]
    if len(found) != 1:
        return None
    mention = found[0]
    before, after = first[begins : begins + mention.start], first[begins + mention.end :].split("，")[0]
    before = re.sub(r"(?:[≥≤=＝]|不低于|不少于|不超过|达到?|为|约|超过?|近|完成)+$", "", before.strip())
    after = re.sub(r"(?:以上|以下|以内|左右)", "", after)
    key = _VERB.sub("", normal_term(before)) + "□" + normal_term(after)
    spot = Spot(f"{before.strip('，、 ')}", passage.start + begins, passage.start + begins + mention.end)
    return _Item(key, (part, number[0].strip() if number else ""), mention, spot, passage)


def _are_one(aim: _Item, result: _Item) -> bool:
    if aim.mention.unit != result.mention.unit:
        return False
    if aim.key == result.key:
        return True
    same_place = aim.place == result.place and all(aim.place)
    return same_place and dice(bigrams(aim.key), bigrams(result.key)) >= _ALIKE
