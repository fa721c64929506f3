"""Every input cell of a framework's workbook: the one list that the writer, the reader and `jiping figures` share."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.catalogue import Column, FieldType, FigureSpec, Sheet, load_catalogue
from assistant.frameworks import Framework, Leaf, Part, Ratio
from assistant.rules import CHECK_ANSWERS, Bonus, Checklist, Grades, Item, Judged, TargetRule, Violations

VETO_ANSWERS = ("无", "有")
RATIO_SHEET = "比率（直接填报）"
STATED_SHEET = "已报得分（核对）"
COUNTED = {
    "key_tasks": ("重点工作任务", "项"),
    "projects": ("项目", "个"),
    "systems": ("制度", "项"),
    "problems": ("问题", "项"),
    "awards": ("加减分事项", "项"),
}
"""Tables whose rows are counted as a figure: its label and unit."""
INCOMPLETE = ("count.key_tasks.incomplete", "未完成重点工作", "项")
FIELDS = ("count.key_tasks.fields", "工作领域", "个")
"""Two more counts of the key tasks: id, label, unit."""
TARGETS = ("count.targets", "年度绩效目标", "项")
TARGETS_MET = ("count.targets.met", "达到的年度绩效目标", "项")
"""Counts of the targets; the second only where it is known of every one of them."""


@dataclass(frozen=True, slots=True)
class PartInputs:
    """The cells of one part of a leaf: its answers (none where a measure decides), mark, reason, evidence."""

    part: Part
    name: str
    answers: tuple[FigureSpec, ...]
    marks: FigureSpec
    reason: FigureSpec
    evidence: FigureSpec

    @property
    def judged(self) -> bool:
        """Whether its mark is a person's judgement, and not a stand-in for data or answers."""
        return self.part.rule.kind == "judged"


@dataclass(frozen=True, slots=True)
class LeafInputs:
    """The cells of a leaf on the sheet of questions."""

    leaf: Leaf
    parts: tuple[PartInputs, ...]
    veto: FigureSpec | None
    marks: FigureSpec
    reason: FigureSpec
    waived: FigureSpec

    def cells(self) -> Iterator[FigureSpec]:
        """In reading order."""
        for part in self.parts:
            yield from (*part.answers, part.marks, part.reason, part.evidence)
        yield from (*((self.veto,) if self.veto else ()), self.marks, self.reason, self.waived)


def _cell(id: str, label: str, type: FieldType, unit: str = "", **more: Any) -> FigureSpec:
    return FigureSpec(id, label, type, unit, "answers", optional=True, **more)


def _answers(part: Part, key: str, name: str) -> tuple[FigureSpec, ...]:
    """The questions of a part that a person answers."""
    match part.rule:
        case Checklist(items=items):
            return tuple(
                _cell(f"answer.{key}.{n}", item.text, "choice", choices=_choices(item))
                for n, item in enumerate(items, 1)
            )
        case Violations(item=item) if not part.measure:
            return (_cell(f"answer.{key}", f"{item}有几项（没有填0）", "count", "项"),)
        case Grades(grades=grades):
            return (_cell(f"answer.{key}", name, "choice", choices=tuple(g.label for g in grades)),)
    return ()


def _most(part: Part) -> Decimal | None:
    """The highest mark; None where marks on top of the base have no printed limit."""
    return part.rule.most if isinstance(part.rule, Bonus) else part.full_marks


def _choices(item: Item) -> tuple[str, ...]:
    return tuple(answer for answer in CHECK_ANSWERS if answer != "部分符合" or item.partial is not None)


def _part(leaf: Leaf, number: int, part: Part, names: dict[str, str]) -> PartInputs:
    key = f"{leaf.indicator.id}.{number}"
    name = part.text or names.get(part.measure, leaf.indicator.name)
    said = name if name == leaf.indicator.name else f"{leaf.indicator.name}·{name}"
    return PartInputs(
        part,
        name,
        _answers(part, key, name),
        _cell(f"marks.{key}", f"{said}自评得分", "mark", "分", most=_most(part)),
        _cell(f"reason.{key}", f"{said}情况说明", "text", required=isinstance(part.rule, Judged)),
        _cell(f"evidence.{key}", f"{said}佐证编号", "text"),
    )


def questions(framework: Framework) -> tuple[LeafInputs, ...]:
    """The sheet of questions, leaf by leaf."""
    found = []
    for leaf in framework.leaves():
        node = leaf.indicator
        veto = node.zero_if.occurred if node.zero_if else ""
        found.append(
            LeafInputs(
                leaf,
                tuple(_part(leaf, n, part, framework.ratio_names) for n, part in enumerate(node.parts, 1)),
                _cell(f"answer.{node.id}.veto", f"是否有：{veto}", "choice", choices=VETO_ANSWERS) if veto else None,
                _cell(f"marks.{node.id}", f"{node.name}得分（整项直接填报）", "mark", "分", most=node.full_marks),
                _cell(f"reason.{node.id}", f"{node.name}情况说明", "text"),
                _cell(f"not_applicable.{node.id}", f"{node.name}不适用的理由", "text"),
            )
        )
    return tuple(found)


def given_rates(framework: Framework) -> tuple[tuple[Ratio, FigureSpec], ...]:
    """The ratios that may be handed in as they are, where their inputs are not at hand."""
    return tuple(
        (ratio, FigureSpec(f"given.{ratio.id}", ratio.name, "percent", "%", "given",
                           items=(ratio.name, *ratio.terms), optional=True))
        for ratio in framework.ratios
        if ratio.value.is_rate
    )  # fmt: skip


def sheets(framework: Framework) -> tuple[Sheet, ...]:
    """The catalogue's sheets that the framework names, in its order."""
    return tuple(load_catalogue().sheet(id) for id in framework.sheets)


def cells(framework: Framework) -> tuple[FigureSpec, ...]:
    """Every input cell that carries a defined name."""
    found: list[FigureSpec] = []
    for sheet in sheets(framework):
        if sheet.kind == "answers":
            found += (spec for leaf in questions(framework) for spec in leaf.cells())
        else:
            found += load_catalogue().on(sheet)
    return (*found, *(spec for _, spec in given_rates(framework)), *stated_marks(framework))


def plain_cells(framework: Framework) -> tuple[FigureSpec, ...]:
    """The input cells of the catalogue's own sheets: no answers, no rates or marks that are handed in as they are."""
    return tuple(spec for sheet in sheets(framework) if sheet.kind != "answers" for spec in load_catalogue().on(sheet))


def needed_of(framework: Framework) -> frozenset[str]:
    """The ids of the figures, and the names of the tables, that a rule or a veto cannot do without."""
    named = set(framework.required())
    for leaf in framework.leaves():
        veto = leaf.indicator.zero_if
        named.update(veto.above or () if veto else ())
        if any(isinstance(part.rule, TargetRule) for part in leaf.indicator.parts):
            named.add("targets")
    named.update(id.split(".")[1] for id in tuple(named) if id.startswith("count."))
    return frozenset(named)


def uses_of(framework: Framework) -> dict[str, str]:
    """By figure id or table name: which rates and indicators are made from it (用于：预算执行率)."""
    found: dict[str, dict[str, None]] = {}
    for ratio in framework.ratios:
        for id in ratio.value.inputs:
            found.setdefault(id, {})[ratio.name] = None
    for leaf in framework.leaves():
        for part in leaf.indicator.parts:
            if isinstance(part.rule, TargetRule):
                found.setdefault("targets", {})[leaf.indicator.name] = None
            if isinstance(part.rule, Bonus):
                found.setdefault("awards", {})[leaf.indicator.name] = None
            if part.measure and part.measure not in framework.by_ratio:
                found.setdefault(part.measure, {})[leaf.indicator.name] = None
        veto = leaf.indicator.zero_if
        for id in veto.above or () if veto else ():
            found.setdefault(id, {})[leaf.indicator.name] = None
    for id in [id for id in found if id.startswith("count.")]:
        found.setdefault(id.split(".")[1], {}).update(found[id])
    return {id: f"用于：{'、'.join(list(names)[:3])}{'等' if len(names) > 3 else ''}" for id, names in found.items()}


def counted(tables: set[str]) -> Iterator[tuple[str, str, str]]:
    """The figures that come from counting rows: id, label, unit."""
    yield from ((f"count.{table}", *told) for table, told in COUNTED.items() if table in tables)
    if "key_tasks" in tables:
        yield from (INCOMPLETE, FIELDS)
    if "targets" in tables:
        yield from (TARGETS, TARGETS_MET)


def list_figures(framework: Framework, required: Collection[str] = ()) -> dict[str, Any]:
    """What `jiping figures` prints: every id that a workbook of this framework can hold, and every rate it computes.

    A figure or a table is `required` where a rule is computed from it, a veto looks at it, the report cannot be written without
    it (`required`: what the outline names), or the catalogue says so; a column is `required` in every row that is filled.
    A total may be left blank where its parts are given, and a rate's inputs where the rate itself is (`given.<rate>`).
    """
    needed = needed_of(framework).union(required)
    titles = {sheet.id: sheet.title for sheet in load_catalogue().sheets} | {"given": RATIO_SHEET}
    tables = [sheet for sheet in sheets(framework) if sheet.kind == "table"]
    return {
        "framework": framework.id,
        "figures": [_figure_json(spec, titles[spec.sheet], needed) for spec in plain_cells(framework)],
        "tables": [
            {"name": sheet.table, "sheet": sheet.title, "required": sheet.table in needed, "columns": [_column_json(column) for column in sheet.columns]}
            for sheet in tables
        ],
        "answers": [
            {"id": spec.id, "indicator": leaf.leaf.indicator.name, "text": spec.label, "type": spec.type}
            | ({"choices": list(spec.choices)} if spec.choices else {})
            | ({"full_marks": format(spec.most, "f")} if isinstance(spec.most, Decimal) else {})
            for leaf in questions(framework)
            for spec in leaf.cells()
        ],
        "ratios": [
            {"id": ratio.id, "label": ratio.name, "unit": "%" if ratio.value.is_rate else unit_of(ratio)}
            for ratio in framework.ratios
        ],
        "given": [{"id": spec.id, "label": spec.label, "unit": "%"} for _, spec in given_rates(framework)],
        "stated": [{"id": spec.id, "label": spec.label, "unit": "分"} for spec in stated_marks(framework)],
        "counts": [{"id": id, "label": label, "unit": unit} for id, label, unit in counted({t.table for t in tables})],
    }  # fmt: skip


def unit_of(ratio: Ratio) -> str:
    """The unit of a sum or a difference: that of its first input."""
    spec = load_catalogue().specs.get(ratio.value.inputs[0])
    return spec.unit if spec else ""


def stated_marks(framework: Framework) -> tuple[FigureSpec, ...]:
    """Marks that were handed in or published before: they are held against the computed ones and decide nothing."""
    named = [("total", "总得分（报告正文）"), ("table_total", "总得分（评分表合计）")]
    named += [(node.id, node.name) for node in framework.indicators]
    return tuple(FigureSpec(f"stated.{id}", f"已报{name}", "mark", "分", "stated", optional=True) for id, name in named)


def _figure_json(spec: FigureSpec, title: str, needed: Collection[str]) -> dict[str, Any]:
    return {
        "id": spec.id,
        "label": spec.label,
        "unit": spec.unit,
        "sheet": title,
        "type": spec.type,
        "required": spec.required or spec.id in needed,
        "period": spec.period,
        "stage": spec.stage,
        "aliases": list(aliases(spec)),
    } | ({"choices": list(spec.choices)} if spec.choices else {})


def _column_json(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": column.id, "label": column.label, "type": column.type, "unit": column.unit, "required": column.required,
    }  # fmt: skip
    return told | ({"choices": list(column.choices)} if column.choices else {})


def aliases(spec: FigureSpec) -> tuple[str, ...]:
    """Other names of a figure that has no aspects; a grid cell is spoken of by its item and its aspect instead."""
    return () if spec.aspects else tuple(item for item in spec.items if item and item != spec.label)
