"""指标体系 as data: measures, the tree of indicators, the rules of its leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator

from assistant.data_files import Strict
from assistant.rules import Exact, Rule, edges, show, wording

Policy = Literal["full", "pro_rata", "siblings"]
Rounding = Literal["leaf", "part", "total"]
Undefined = Literal["full", "zero", "not_applicable", "ask"]


class Value(Strict):
    """What a rule measures; exactly one of these.

    `ratio` of two figures in %; `change` (now − before) ÷ before in %; `mean` of named ratios; `sum` of figures; `difference`
    of two figures. `per` divides a ratio by the share that is due at that time (序时进度), giving 进度÷序时; `absolute` drops
    the sign of a change or difference.
    """

    ratio: tuple[str, str] | None = None
    change: tuple[str, str] | None = None
    difference: tuple[str, str] | None = None
    mean: tuple[str, ...] = ()
    sum: tuple[str, ...] = ()
    per: Exact | None = None
    absolute: bool = False

    @model_validator(mode="after")
    def _one_kind(self) -> Value:
        kinds = (self.ratio, self.change, self.difference, self.mean, self.sum)
        if sum(bool(kind) for kind in kinds) != 1:
            raise ValueError("value 只能是 ratio、change、difference、mean、sum 之一")
        if self.per is not None and self.ratio is None:
            raise ValueError("per 只能与 ratio 同用")
        if self.absolute and self.change is None and self.difference is None:
            raise ValueError("absolute 只能与 change 或 difference 同用")
        return self

    @property
    def inputs(self) -> tuple[str, ...]:
        """The ids it is computed from."""
        return self.ratio or self.change or self.difference or self.mean or self.sum

    @property
    def is_rate(self) -> bool:
        """Whether the result is in %."""
        return not (self.sum or self.difference)


class Ratio(Strict):
    """A rate with a name, computed whether or not a rule uses it. `most` is the highest value that can occur (100 for a share).

    `aspects` are words by which a text speaks of it beside its first input (收入合计 … 下降, 基本支出 … 占).
    """

    id: str
    name: str
    value: Value
    terms: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    note: str = ""
    most: Exact | None = None


class Veto(Strict):
    """一票否决: the leaf scores 0 when one figure is above another, or when a question is answered 有."""

    above: tuple[str, str] | None = None
    occurred: str = ""


class Part(Strict):
    """A share of a leaf's marks under a rule of its own. `measure` names a ratio; a rule that people answer needs none.

    `when_undefined` is what 0 ÷ 0 is worth; `when_unbudgeted` what x ÷ 0 is worth (the same where it is not given).
    """

    full_marks: Exact
    rule: Rule
    measure: str = ""
    text: str = ""
    when_undefined: Undefined = "ask"
    when_unbudgeted: Undefined | None = None


class Indicator(Strict):
    """A node of the tree. A leaf has parts; its `official_text` is the bureau's wording where a bureau entered it.

    `printed_full_marks`: what the issued form prints where it does not add up (the leaves stand, and the report says so).
    `own`: the unit sets the indicators below it (个性化指标); its rows come from the sheet of targets, by `own_names`.
    `bonus`: marks on top of the form's base; it has no full marks of its own.
    """

    id: str
    name: str
    full_marks: Exact
    printed_full_marks: Exact | None = None
    description: str = ""
    children: tuple[Indicator, ...] = ()
    parts: tuple[Part, ...] = ()
    zero_if: Veto | None = None
    official_text: str = ""
    source: str = ""
    bonus: bool = False
    own: bool = False
    own_names: tuple[str, ...] = ()

    @property
    def is_leaf(self) -> bool:
        """Whether marks are given here."""
        return not self.children

    def leaves(self) -> Iterator[Indicator]:
        """The leaves under it, itself if it is one."""
        if self.is_leaf:
            yield self
        for child in self.children:
            yield from child.leaves()

    def standard(self, names: dict[str, str]) -> str:
        """The 评分标准 as printed: the bureau's wording, else made from the rule. `names`: ratio id -> its name."""
        if self.official_text:
            return self.official_text.strip()
        lines: list[str] = []
        for number, part in enumerate(self.parts, 1):
            name = names.get(part.measure, part.text or self.name)
            told = wording(part.rule, part.full_marks, name)
            if len(self.parts) == 1:
                lines += [f"{n}.{line}" for n, line in enumerate(told, 1)] if len(told) > 1 else told
            else:
                head = f"{part.text or name}（{show(part.full_marks)}分）"
                lines.append(f"{number}.{head}" + ("" if told == [head] else f"：{'；'.join(told)}"))
        if self.zero_if and self.zero_if.occurred:
            lines.append(f"有{self.zero_if.occurred}的，本项不得分")
        if self.zero_if and self.zero_if.above:
            lines.append("实际数大于计划数的，本项不得分")
        return "；\n".join(lines) + "。"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf with the names on the way to it."""

    indicator: Indicator
    path: tuple[str, ...]


class Framework(Strict):
    """A city's rubric for a year.

    `places` and `rounding`: marks are rounded half up to so many places, leaf by leaf before they are added (or part by part,
    or the total alone). `not_applicable`: what becomes of the marks of an indicator that does not apply to a unit: full marks,
    the total scaled up from the rest, or its marks spread over its siblings. `reweighting`: the shares are 参考分值 that a
    unit may change on the sheet 分值调整.
    """

    id: str
    name: str
    place: str
    year: int = Field(ge=2000, le=2100)
    full_marks: Exact = Field(gt=0)
    places: int = Field(default=2, ge=0, le=4)
    rounding: Rounding = "leaf"
    not_applicable: Policy = "full"
    reweighting: bool = False
    outline: str = "general"
    sheets: tuple[str, ...]
    source: str
    note: str = ""
    ratios: tuple[Ratio, ...] = ()
    indicators: tuple[Indicator, ...]
    grades: tuple[tuple[str, Exact], ...] = ()
    digest: str = ""

    def with_indicators(self, indicators: tuple[Indicator, ...]) -> Framework:
        """This framework with another tree; nothing that was worked out for the old one comes along."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(**fields | {"indicators": indicators})

    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves in the order of the form."""
        return self._leaves

    @cached_property
    def _leaves(self) -> tuple[Leaf, ...]:
        return tuple(_leaves(self.indicators, ()))

    @cached_property
    def ratio_names(self) -> dict[str, str]:
        """Ratio id -> name."""
        return {ratio.id: ratio.name for ratio in self.ratios}

    @cached_property
    def called(self) -> dict[str, str]:
        """Node id -> how a text calls it: its name, and where another leaf has the same one, 管理制度健全性（预算管理）."""
        shared = Counter(leaf.indicator.name for leaf in self._leaves)
        twins = {leaf.indicator.id: leaf for leaf in self._leaves if shared[leaf.indicator.name] > 1}
        return {
            node.id: f"{node.name}（{twins[node.id].path[-2]}）" if node.id in twins and len(twins[node.id].path) > 1 else node.name
            for node in self.nodes()
        }  # fmt: skip

    @cached_property
    def by_ratio(self) -> dict[str, Ratio]:
        """Ratio id -> ratio."""
        return {ratio.id: ratio for ratio in self.ratios}

    @cached_property
    def edges(self) -> dict[str, frozenset[Decimal]]:
        """Measure -> the values at which a rule decides by it; printing must not cross them."""
        found: dict[str, frozenset[Decimal]] = {}
        for leaf in self._leaves:
            for part in leaf.indicator.parts:
                if part.measure:
                    found[part.measure] = found.get(part.measure, frozenset()) | edges(part.rule)
        return found

    @cached_property
    def spread(self) -> tuple[tuple[Indicator, tuple[str, ...]], ...]:
        """Every node of the tree, each before what is below it, with the ids of its leaves."""
        return tuple((node, tuple(leaf.id for leaf in node.leaves())) for node in self.nodes())

    @cached_property
    def worked_out(self) -> dict[Hashable, Any]:
        """What other rooms worked out from this framework alone, kept for its next case."""
        return {}

    @cached_property
    def standards(self) -> dict[str, str]:
        """Leaf id -> its 评分标准 as printed."""
        return {leaf.indicator.id: leaf.indicator.standard(self.ratio_names) for leaf in self._leaves}

    def nodes(self) -> Iterator[Indicator]:
        """Every node of the tree, each before what is below it."""
        stack = list(reversed(self.indicators))
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def required(self) -> frozenset[str]:
        """The ids of the input figures that a rule is computed from."""
        wanted: set[str] = set()
        todo = [
            part.measure
            for leaf in self._leaves for part in leaf.indicator.parts
            if part.measure and part.rule.kind != "judged"
        ]  # fmt: skip
        while todo:
            measure = todo.pop()
            ratio = self.by_ratio.get(measure)
            for name in ratio.value.inputs if ratio else (measure,):
                if name in self.by_ratio:
                    todo.append(name)
                else:
                    wanted.add(name)
        return frozenset(wanted)


def _leaves(nodes: tuple[Indicator, ...], path: tuple[str, ...]) -> Iterator[Leaf]:
    for node in nodes:
        here = (*path, node.name)
        if node.is_leaf:
            yield Leaf(node, here)
        else:
            yield from _leaves(node.children, here)
