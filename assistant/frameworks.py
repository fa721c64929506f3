"""指标体系: one YAML file -> Framework; whatever breaks its own rules is refused, naming file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from assistant.catalogue import load_catalogue
from assistant.data_files import line_of, line_with, parse_yaml
from assistant.errors import FrameworkError, UsageError
from assistant.rules import Exact, Rule, show, wording

_DONE = "改好后再运行 jiping frameworks check"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Value(_Strict):
    """What a rule measures: a ratio of two figures (in %), the mean of named ratios, or a sum of figures.

    `per` divides a ratio by the share that is due at that time (序时进度), giving 进度÷序时.
    """

    ratio: tuple[str, str] | None = None
    mean: tuple[str, ...] = ()
    sum: tuple[str, ...] = ()
    per: Exact | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Value:
        if [self.ratio is not None, bool(self.mean), bool(self.sum)].count(True) != 1:
            raise ValueError("value 只能是 ratio、mean、sum 之一")
        return self

    @property
    def inputs(self) -> tuple[str, ...]:
        """The ids it is computed from."""
        return self.ratio or self.mean or self.sum


class Ratio(_Strict):
    """A rate with a name, computed whether or not a rule uses it."""

    id: str
    name: str
    value: Value
    terms: tuple[str, ...] = ()
    note: str = ""


class Veto(_Strict):
    """一票否决: the leaf scores 0 when one figure is above another, or when a question is answered 有."""

    above: tuple[str, str] | None = None
    occurred: str = ""


class Part(_Strict):
    """A share of a leaf's marks under a rule of its own. `measure` names a ratio; a rule that people answer has none."""

    full_marks: Exact
    rule: Rule
    measure: str = ""
    text: str = ""
    when_undefined: Literal["full", "zero", "not_applicable", "ask"] = "ask"


class Indicator(_Strict):
    """A node of the tree. A leaf has parts; its `official_text` is the bureau's wording where a bureau entered it."""

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

    @property
    def is_leaf(self) -> bool:
        """Whether marks are given here."""
        return not self.children

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


class Framework(_Strict):
    """A city's rubric for a year."""

    id: str
    name: str
    place: str
    year: int
    full_marks: Exact
    places: int = 2
    outline: str
    sheets: tuple[str, ...]
    source: str
    ratios: tuple[Ratio, ...]
    indicators: tuple[Indicator, ...]
    grades: tuple[tuple[str, Exact], ...] = ()
    digest: str = ""

    def leaves(self) -> Iterator[Leaf]:
        """The leaves in the order of the form."""
        yield from _leaves(self.indicators, ())

    @cached_property
    def ratio_names(self) -> dict[str, str]:
        """Ratio id -> name."""
        return {ratio.id: ratio.name for ratio in self.ratios}

    def required(self) -> frozenset[str]:
        """The ids of the input figures that a rule is computed from."""
        ratios = {ratio.id: ratio.value for ratio in self.ratios}
        wanted: set[str] = set()
        todo = [part.measure for leaf in self.leaves() for part in leaf.indicator.parts if part.measure]
        while todo:
            measure = todo.pop()
            for name in ratios[measure].inputs if measure in ratios else (measure,):
                if name in ratios:
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


def read_framework(text: str, name: str) -> Framework:
    """A framework from the text of its file.

    Raises:
        FrameworkError: naming file, line and what is wrong.
    """
    raw = parse_yaml(text, name)
    try:
        framework = Framework.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        reason = {"extra_forbidden": "不认识的键", "missing": "缺少必填的键"}.get(first["type"], first["msg"])
        raise FrameworkError(f"{name} {line_of(text, first['loc'])}", f"{place}：{reason}", _DONE) from error
    for complaint in _complaints(framework):
        raise FrameworkError(f"{name} {line_with(text, complaint[0])}", complaint[1], _DONE)
    return framework.model_copy(update={"digest": hashlib.sha256(text.encode()).hexdigest()})


def _complaints(framework: Framework) -> Iterator[tuple[str, str]]:
    """What pydantic cannot see: sums, unknown names, repeats. Yields (id, complaint)."""
    seen: set[str] = set()
    total = sum((node.full_marks for node in framework.indicators if not node.bonus), Decimal(0))
    if total != framework.full_marks:
        yield framework.id, f"一级指标分值合计 {show(total)}，与总分 {show(framework.full_marks)} 不符"
    known = {ratio.id for ratio in framework.ratios}
    specs = load_catalogue().specs
    sheets = {sheet.id for sheet in load_catalogue().sheets}
    for sheet in framework.sheets:
        if sheet not in sheets:
            yield sheet, f"没有名为 {sheet} 的工作表"
    for ratio in framework.ratios:
        for name in ratio.value.inputs:
            if name not in specs and name not in known and not name.startswith("count."):
                yield ratio.id, f"比率 {ratio.id} 用到的数据项 {name} 不存在"
            elif name in specs and specs[name].sheet not in framework.sheets:
                yield ratio.id, f"数据项 {name} 所在的工作表 {specs[name].sheet} 没有列入 sheets"
    stack = list(framework.indicators)
    while stack:
        node = stack.pop()
        if node.id in seen:
            yield node.id, f"指标编号 {node.id} 重复"
        seen.add(node.id)
        if bool(node.children) == bool(node.parts):
            yield node.id, f"指标 {node.name} 必须有下级指标或评分规则，且只能有其一"
        shares = [child.full_marks for child in node.children] or [part.full_marks for part in node.parts]
        if sum(shares, Decimal(0)) != node.full_marks:
            yield (
                node.id,
                f"{node.name}的分值 {show(node.full_marks)} 与下级合计 {show(sum(shares, Decimal(0)))} 不符",
            )
        for part in node.parts:
            yield from _part_complaints(node, part, known)
        stack.extend(node.children)


def _part_complaints(node: Indicator, part: Part, known: set[str]) -> Iterator[tuple[str, str]]:
    measured = part.rule.kind in ("bands", "linear", "step")
    if measured and not part.measure:
        yield node.id, f"{node.name}的 {part.rule.kind} 规则没有写 measure"
    if part.measure and part.measure not in known and not part.measure.startswith("count."):
        yield node.id, f"{node.name}用到的比率 {part.measure} 没有定义"
    if part.rule.kind == "checklist":
        total = sum((item.marks for item in part.rule.items), Decimal(0))
        if total != part.full_marks:
            yield node.id, f"{node.name}的评价要点合计 {show(total)} 分，与 {show(part.full_marks)} 分不符"
    tops = {"bands": "bands", "grades": "grades"}
    if part.rule.kind in tops:
        best = max(entry.marks for entry in getattr(part.rule, tops[part.rule.kind]))
        if best != part.full_marks:
            yield node.id, f"{node.name}最高一档 {show(best)} 分，与 {show(part.full_marks)} 分不符"


def framework_ids() -> list[str]:
    """The shipped frameworks."""
    return sorted(
        entry.name.removesuffix(".yaml")
        for entry in (files("knowledge_base") / "frameworks").iterdir()
        if entry.name.endswith(".yaml")
    )


@cache
def load_framework(id: str) -> Framework:
    """A shipped framework by id, or one of the user's by the path of its file.

    Raises:
        UsageError: there is none of that name.
        FrameworkError: the file breaks its own rules.
    """
    path = Path(id)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        return read_framework(path.read_text("utf-8"), path.name)
    if id not in framework_ids():
        raise UsageError(f"没有指标体系“{id}”。可用的有：{'、'.join(framework_ids())}；也可以给出 .yaml 文件的路径。")
    resource = files("knowledge_base") / "frameworks" / f"{id}.yaml"
    return read_framework(resource.read_text("utf-8"), resource.name)
