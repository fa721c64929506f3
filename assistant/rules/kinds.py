"""The kinds of rule as data. They are few and know no threshold: every number comes from the framework's YAML.

Rates are in % (97.87), so a band's edge of `90%` is 90.
"""

from __future__ import annotations

import itertools
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from assistant.data_files import Strict
from assistant.patterns import regex

_NUMBER = regex(r"-?[0-9]+(\.[0-9]+)?%?")


def exact(value: Any) -> Any:
    """A number of a YAML file as Decimal, `90%` as 90; a float is refused, for it is no longer what was written."""
    if isinstance(value, (bool, float)):
        raise ValueError(f"数 {value} 请写成带引号的文本或整数")
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value.strip()):
            raise ValueError(f'“{value}”不是数。请写成 90、"0.5" 或 "90%" 这样')
        return Decimal(value.strip().removesuffix("%"))
    return Decimal(value) if isinstance(value, int) else value


def show(value: Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def show_marks(value: Decimal) -> str:
    """Marks before rounding as people read them: four places at most."""
    return show(value.quantize(Decimal("0.0001"), ROUND_HALF_UP))


Exact = Annotated[Decimal, BeforeValidator(exact)]
Reading = Literal["whole", "started", "pro_rata"]


class Band(Strict):
    """A stretch of values and its marks: a lower edge, an upper edge, both, or neither (all the rest)."""

    marks: Exact
    at_least: Exact | None = None
    above: Exact | None = None
    at_most: Exact | None = None
    below: Exact | None = None

    @property
    def edges(self) -> tuple[Decimal, ...]:
        """The values at which it begins or ends."""
        return tuple(edge for edge in (self.at_least, self.above, self.at_most, self.below) if edge is not None)

    def holds(self, value: Decimal) -> bool:
        """Whether the exact value lies in this band."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )

    def words(self, name: str, unit: str) -> str:
        """The band in the notation of the field: 固定资产利用率≥75%且＜90%."""
        edges = (("≥", self.at_least), ("＞", self.above), ("≤", self.at_most), ("＜", self.below))
        told = [f"{sign}{show(edge)}{unit}" for sign, edge in edges if edge is not None]
        return f"{name}{'且'.join(told)}" if told else "其余情形"


class Bands(Strict):
    """分档计分: the first band that holds the value. `unit` is printed after an edge ("" where a count is banded)."""

    kind: Literal["bands"]
    bands: tuple[Band, ...] = Field(min_length=1)
    unit: str = "%"

    @model_validator(mode="after")
    def _covers_everything(self) -> Bands:
        """Every edge and every gap between edges must fall into exactly one band, or the last one must catch the rest."""
        if self.bands[-1].words("", "") == "其余情形":
            return self
        edges = sorted({edge for band in self.bands for edge in band.edges})
        probes = [edges[0] - 1, *edges, *((a + b) / 2 for a, b in itertools.pairwise(edges)), edges[-1] + 1]
        for probe in probes:
            hits = sum(band.holds(probe) for band in self.bands)
            if not hits and probe in (probes[0], probes[-1]):
                side, end = ("小于", edges[0]) if probe == probes[0] else ("大于", edges[-1])
                raise ValueError(f"分档有缺口：{side} {show(end)} 的数没有档次")
            if hits != 1:
                raise ValueError(f"分档在 {show(probe)} 处{'重叠' if hits else '有缺口'}")
        return self


class Linear(Strict):
    """按比例计分: from no marks at `zero_at` to full marks at `full_at` (either may be the higher one).

    `ceiling` is the most, as a share of the full marks (None: no ceiling of its own); a value that falls short of `least`
    earns nothing (完成率低于60%不得分).
    """

    kind: Literal["linear"]
    full_at: Exact = Decimal(100)
    zero_at: Exact = Decimal(0)
    ceiling: Exact | None = Decimal(1)
    least: Exact | None = None

    @model_validator(mode="after")
    def _has_a_slope(self) -> Linear:
        if self.full_at == self.zero_at:
            raise ValueError("full_at 与 zero_at 相同，算不出比例")
        return self


class Step(Strict):
    """每超（低）…扣…: full marks from `at_least` to `at_most`; outside, each `each` costs `deduct`, down to nothing.

    `reading`: whole steps only, a started step counts as one, or pro rata; `stated` by the source or `assumed` by us.
    `of`: a step is so many percentage points, or so many % of the edge that was passed. `unit` is printed where the measure is
    a count (项, 天) and not a rate.
    """

    kind: Literal["step"]
    at_least: Exact | None = None
    at_most: Exact | None = None
    each: Exact
    deduct: Exact
    unit: str = ""
    of: Literal["points", "edge"] = "points"
    reading: Reading
    reading_source: Literal["stated", "assumed"]

    @model_validator(mode="after")
    def _has_an_edge(self) -> Step:
        if self.at_least is None and self.at_most is None:
            raise ValueError("step 要写 at_least 或 at_most（得满分的范围）")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("at_least 大于 at_most，没有得满分的范围")
        if self.each <= 0 or self.deduct <= 0:
            raise ValueError("each 和 deduct 都要大于 0")
        if self.of == "edge" and 0 in self.edges:
            raise ValueError("以 0 为界不能按界限的百分比计算，请用 of: points")
        return self

    @property
    def edges(self) -> tuple[Decimal, ...]:
        """The ends of the range that keeps full marks."""
        return tuple(edge for edge in (self.at_least, self.at_most) if edge is not None)

    @property
    def edge_unit(self) -> str:
        """What is printed after an edge."""
        return self.unit if self.unit not in ("", "个百分点", "百分点") else "%"

    @property
    def step_unit(self) -> str:
        """What is printed after the size of a step."""
        return self.unit or ("%" if self.of == "edge" else "个百分点")


class Violations(Strict):
    """每项扣分: so many points per item that does not comply, down to nothing."""

    kind: Literal["violations"]
    each: Exact = Field(gt=0)
    item: str = Field(min_length=1)
    standard: str = ""


class Item(Strict):
    """One question of a checklist; with `partial` it may also be answered 部分符合, for so many marks."""

    text: str = Field(min_length=1)
    marks: Exact = Field(gt=0)
    partial: Exact | None = None

    @model_validator(mode="after")
    def _partial_is_less(self) -> Item:
        if self.partial is not None and not 0 < self.partial < self.marks:
            raise ValueError(f"部分符合的 {show(self.partial)} 分要在 0 与 {show(self.marks)} 分之间")
        return self


class Checklist(Strict):
    """评价要点: the marks of the items answered 符合; an item 不适用 keeps its marks and is named."""

    kind: Literal["checklist"]
    items: tuple[Item, ...] = Field(min_length=1)


class Grade(Strict):
    """One answer of a grade map."""

    label: str = Field(min_length=1)
    marks: Exact = Field(ge=0)


class Grades(Strict):
    """分级回答: the marks of the grade that was chosen."""

    kind: Literal["grades"]
    grades: tuple[Grade, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _labels_differ(self) -> Grades:
        labels = [grade.label for grade in self.grades]
        if len(set(labels)) < len(labels):
            raise ValueError("grades 中有重复的选项")
        return self


class State(Strict):
    """How far a 定性 target was reached, and the shares of the full marks between which a person decides."""

    label: str
    least: Exact = Field(ge=0, le=100)
    most: Exact = Field(ge=0, le=100)

    @model_validator(mode="after")
    def _is_a_range(self) -> State:
        if self.least > self.most:
            raise ValueError(f"“{self.label}”的 least 大于 most")
        return self


class TargetRule(Strict):
    """年度指标值对实际完成值: full marks where the target is met in its direction (≥ ≤ =).

    `missed`: pro rata to the completion, or nothing; below `least` % of completion nothing either. A 定性 target has no number:
    its state gives the range, and a person the mark. `over_limit` is the over-fulfilment in % beyond which a reason is due.
    """

    kind: Literal["target"]
    missed: Literal["pro_rata", "zero"] = "pro_rata"
    missed_source: Literal["stated", "assumed"] = "assumed"
    least: Exact | None = Field(default=None, gt=0, lt=100)
    states: tuple[State, ...] = ()
    over_limit: Exact | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> TargetRule:
        if self.missed == "zero" and self.least is not None:
            raise ValueError("missed: zero 时没有按完成率计分，不能写 least")
        labels = [state.label for state in self.states]
        if len(set(labels)) < len(labels):
            raise ValueError("states 中有重复的完成程度")
        return self


class Bonus(Strict):
    """加减分: the marks of the rows of the sheet 加减分事项 added up, within `least` and `most` (None: not limited)."""

    kind: Literal["bonus"]
    least: Exact | None = Decimal(0)
    most: Exact | None = None

    @model_validator(mode="after")
    def _is_a_range(self) -> Bonus:
        if self.least is not None and self.most is not None and self.least >= self.most:
            raise ValueError("加减分的 least 要小于 most")
        return self


class Judged(Strict):
    """酌情评分: a person's mark with a written reason. `because` says why there is no rule (没有公布评分标准)."""

    kind: Literal["judged"]
    because: str = ""


Rule = Annotated[
    Bands | Linear | Step | Violations | Checklist | Grades | TargetRule | Bonus | Judged, Field(discriminator="kind")
]

MEASURED = ("bands", "linear", "step")
"""Kinds that always need a measure."""


def edges(rule: Rule) -> frozenset[Decimal]:
    """The values at which a rule decides; printing must not cross them."""
    match rule:
        case Bands():
            return frozenset(edge for band in rule.bands for edge in band.edges)
        case Step():
            return frozenset(rule.edges)
        case Linear():
            return frozenset(edge for edge in (rule.least,) if edge is not None)
    return frozenset()


def most(rule: Rule) -> Decimal | None:
    """The marks that a rule gives at best, where the rule itself says so; None where the part's full marks do."""
    match rule:
        case Bands():
            return max(band.marks for band in rule.bands)
        case Grades():
            return max(grade.marks for grade in rule.grades)
        case Checklist():
            return sum((item.marks for item in rule.items), Decimal(0))
    return None
