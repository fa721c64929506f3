"""One pure function per kind of rule: what was measured or answered -> marks and the reason in one Chinese line.

The kinds are few, and know no threshold: every number comes from the framework's YAML. Rates are in % (97.87), so a band's
edge of `90%` is 90. Nothing here rounds; the scorecard rounds a leaf once, to the framework's places.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


def exact(value: Any) -> Any:
    """A number of a YAML file as Decimal, `90%` as 90; a float is refused, for it is no longer what was written."""
    if isinstance(value, (bool, float)):
        raise ValueError(f"数 {value} 请写成带引号的文本或整数")
    if isinstance(value, str):
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


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Band(_Strict):
    """A stretch of values and its marks: a lower edge, an upper edge, both, or neither (all the rest)."""

    marks: Exact
    at_least: Exact | None = None
    above: Exact | None = None
    at_most: Exact | None = None
    below: Exact | None = None

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


class Bands(_Strict):
    """分档计分: the first band that holds the value."""

    kind: Literal["bands"]
    bands: tuple[Band, ...] = Field(min_length=1)
    unit: str = "%"

    @model_validator(mode="after")
    def _covers_everything(self) -> Bands:
        """Every edge and every gap between edges must fall into exactly one band, or the last one must catch the rest."""
        if self.bands[-1].words("", "") == "其余情形":
            return self
        edges = sorted({e for b in self.bands for e in (b.at_least, b.above, b.at_most, b.below) if e is not None})
        probes = [edges[0] - 1, *edges, *((a + b) / 2 for a, b in itertools.pairwise(edges)), edges[-1] + 1]
        for probe in probes:
            hits = sum(band.holds(probe) for band in self.bands)
            if hits != 1:
                raise ValueError(f"分档在 {show(probe)} 处{'重叠' if hits else '有缺口'}")
        return self


class Linear(_Strict):
    """按比例计分: value ÷ `full_at` × full marks, no higher than `ceiling` × full marks (None: no ceiling of its own)."""

    kind: Literal["linear"]
    full_at: Exact = Decimal(100)
    ceiling: Exact | None = Decimal(1)


class Step(_Strict):
    """每超…扣…: over `over`, each `each` costs `deduct`. `reading`: whole steps, a started step counts, or pro rata."""

    kind: Literal["step"]
    over: Exact
    each: Exact
    deduct: Exact
    unit: str = "个百分点"
    reading: Literal["whole", "started", "pro_rata"]
    reading_source: Literal["stated", "assumed"]


class Violations(_Strict):
    """每项扣分: so many points per item that does not comply, down to nothing."""

    kind: Literal["violations"]
    each: Exact
    item: str
    standard: str = ""


class Item(_Strict):
    """One question of a checklist."""

    text: str
    marks: Exact


class Checklist(_Strict):
    """评价要点: the marks of the items answered 符合; an item 不适用 keeps its marks and is named."""

    kind: Literal["checklist"]
    items: tuple[Item, ...] = Field(min_length=1)


class Grade(_Strict):
    """One answer of a grade map."""

    label: str
    marks: Exact


class Grades(_Strict):
    """分级回答: the marks of the grade that was chosen."""

    kind: Literal["grades"]
    grades: tuple[Grade, ...] = Field(min_length=2)


class Judged(_Strict):
    """酌情评分: a person's mark with a written reason."""

    kind: Literal["judged"]


Rule = Annotated[Bands | Linear | Step | Violations | Checklist | Grades | Judged, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Marks before rounding, the band or step that was hit, and whether an item was 不适用."""

    marks: Decimal
    reason: str


def bands(rule: Bands, value: Decimal, shown: str, name: str) -> Outcome:
    """The exact value decides, not the printed one."""
    band = next(band for band in rule.bands if band.holds(value))
    words = band.words(name, rule.unit).replace("“", "‘").replace("”", "’")
    return Outcome(band.marks, f"{name}{shown}，落在“{words}”一档，得{show(band.marks)}分")


def linear(rule: Linear, value: Decimal, shown: str, name: str, full: Decimal) -> Outcome:
    """Pro rata, within floor 0 and the ceiling."""
    share = max(value / rule.full_at, Decimal(0))
    capped = rule.ceiling is not None and share > rule.ceiling
    if rule.ceiling is not None:
        share = min(share, rule.ceiling)
    over = "" if rule.full_at == 100 else f"÷{show(rule.full_at)}%"
    tail = f"，以{show_marks(full * share)}分为限" if capped else ""
    return Outcome(full * share, f"{name}{shown}{over}×{show(full)}分{tail}")


def step(rule: Step, value: Decimal, shown: str, name: str, full: Decimal) -> Outcome:
    """Full marks up to `over`; beyond it, by the rule's reading."""
    excess = value - rule.over
    if excess <= 0:
        return Outcome(full, f"{name}{shown}，未超过{show(rule.over)}%，得{show(full)}分")
    steps = excess / rule.each
    if rule.reading != "pro_rata":
        steps = steps.to_integral_value(ROUND_FLOOR if rule.reading == "whole" else ROUND_CEILING)
    lost = min(full, steps * rule.deduct)
    return Outcome(full - lost, f"{name}{shown}，超过{show(rule.over)}%，按标准扣{show_marks(lost)}分")


def violations(rule: Violations, count: Decimal, full: Decimal) -> Outcome:
    """Points off per item, no lower than 0."""
    lost = min(full, count * rule.each)
    if not count:
        return Outcome(full, f"没有{rule.item}，得{show(full)}分")
    return Outcome(full - lost, f"{rule.item}{show(count)}项，每项扣{show(rule.each)}分，扣{show_marks(lost)}分")


def checklist(rule: Checklist, answers: list[str]) -> Outcome:
    """`answers` in the order of the items: 符合, 不符合 or 不适用."""
    marks = sum((i.marks for i, a in zip(rule.items, answers, strict=True) if a != "不符合"), Decimal(0))
    told = []
    for word in ("符合", "不符合", "不适用"):
        numbers = [str(n) for n, answer in enumerate(answers, 1) if answer == word]
        if numbers:
            told.append(f"第{'、'.join(numbers)}项{word}")
    return Outcome(marks, f"{'，'.join(told)}，得{show(marks)}分")


def grades(rule: Grades, answer: str) -> Outcome:
    """The chosen grade's marks."""
    grade = next(grade for grade in rule.grades if grade.label == answer)
    return Outcome(grade.marks, f"{grade.label}，得{show(grade.marks)}分")


def wording(rule: Rule, full: Decimal, name: str) -> list[str]:
    """The 评分标准 in words, generated from the rule (where the bureau's own wording was not entered)."""
    match rule:
        case Bands():
            return [f"{b.words(name, rule.unit)}的，得{show(b.marks)}分" for b in rule.bands]
        case Linear():
            over = "" if rule.full_at == 100 else f"÷{show(rule.full_at)}%"
            top = "" if rule.ceiling is None else f"，最高得{show(full * rule.ceiling)}分"
            return [f"得分＝{name}{over}×{show(full)}分{top}"]
        case Step():
            each = "" if rule.each == 1 else show(rule.each)
            return [
                f"{name}不超过{show(rule.over)}%的，得{show(full)}分",
                f"超过{show(rule.over)}%的，每超{each or 1}{rule.unit}扣{show(rule.deduct)}分，扣完为止",
            ]
        case Violations():
            first = f"{rule.standard}的，得{show(full)}分" if rule.standard else f"没有{rule.item}的，得{show(full)}分"
            return [first, f"每有1项{rule.item}扣{show(rule.each)}分，扣完为止"]
        case Checklist():
            return [f"{item.text}（{show(item.marks)}分）" for item in rule.items]
        case Grades():
            return [f"{grade.label}的，得{show(grade.marks)}分" for grade in rule.grades]
        case Judged():
            return [f"由填报单位据实评分，满分{show(full)}分，扣分与不扣分都要写明理由"]
