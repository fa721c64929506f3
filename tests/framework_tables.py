"""Runs the rows of tests/frameworks/<framework>.yaml: a case made in memory from each, scored, and what it touched noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistant.catalogue import FigureSpec, Sheet
from assistant.data_files import parse_yaml
from assistant.frameworks import Framework, Indicator, Part, load_framework
from assistant.frameworks.domain import domain
from assistant.intake import Case, Entry, Row
from assistant.intake import cells as read
from assistant.intake.cells import Cell
from assistant.intake.derive import complete
from assistant.intake.inputs import cells, sheets, unit_of
from assistant.intake.notes import Notes
from assistant.intake.tailor import tailored
from assistant.intake.workbook import figure_of
from assistant.ledger import Figure, Ledger, Provenance
from assistant.rules import Bands, Linear, Step, branches, edges, show
from assistant.scorecard import Scorecard, score

FOLDER = Path(__file__).parent / "frameworks"
_KEYS = frozenset("part at figures answers part_marks marks basis targets awards tables not_applicable".split())
_HERE = Provenance("cell", file="workbook.xlsx", sheet="表", cell="A1")
_NEAR = Decimal("0.01")
_NONE: Mapping[str, Any] = MappingProxyType({})
_UNDEFINED = ("full", "zero", "not_applicable")


class BadRow(Exception):
    """A row of a table that cannot be run: says which, and why."""


@dataclass
class Touched:
    """What the rows of a leaf reached: branches and values by part number, undefined kinds, the veto."""

    branches: dict[int, set[str]] = field(default_factory=dict)
    values: dict[int, set[Decimal]] = field(default_factory=dict)
    undefined: dict[int, set[bool]] = field(default_factory=dict)
    vetoed: bool = False


class Maker:
    """Makes cases of a framework in memory, by the functions that read a workbook."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.specs: dict[str, FigureSpec] = {spec.id: spec for spec in cells(framework)}

    def case(
        self, figures: Mapping[str, Any] = _NONE, entries: Mapping[str, Any] = _NONE, tables: Mapping[str, Any] = _NONE
    ) -> Case:
        """A case with these figures, texts and answers by id, and rows by table."""
        framework, year = self.framework, self.framework.year
        known = {sheet.table: sheet for sheet in sheets(framework) if sheet.kind == "table"}
        if unknown := {name for name, rows in tables.items() if rows} - known.keys():
            raise BadRow(f"指标体系的 sheets 没有表 {'、'.join(sorted(unknown))}")
        filled = {name: self._rows(sheet, tables.get(name) or []) for name, sheet in known.items()}
        ledger = Ledger.of(self._figure(id, str(value)) for id, value in figures.items())
        ledger = complete(ledger, framework, filled, year, "本级", Notes("workbook.xlsx"))
        held, changes, refused = tailored(framework, filled, ledger)
        return Case(
            folder=Path(), unit="示例单位", short_name="本单位", year=year, coverage="本级", framework=held, ledger=ledger,
            entries={id: self._entry(id, str(value)) for id, value in entries.items()}, tables=filled,
            findings=refused, changes=changes,
        )  # fmt: skip

    def _figure(self, id: str, value: str) -> Figure:
        number = Decimal(value.removesuffix("%"))
        if spec := self.specs.get(id):
            return figure_of(spec, number, self.framework.year, _HERE)
        if not id.startswith(("count.", "targets.", "awards.")):
            raise BadRow(f"这个指标体系的工作簿没有数据项 {id}")
        return Figure(id, id, number, "项", str(self.framework.year), _HERE, print_places=0)

    def _rows(self, sheet: Sheet, rows: list[dict[str, Any]]) -> tuple[Row, ...]:
        columns = {column.id: column for column in sheet.columns}
        made = []
        for number, told in enumerate(rows, 1):
            texts = {id: str(value) for id, value in told.items()}
            if unknown := texts.keys() - columns.keys():
                raise BadRow(f"表 {sheet.table} 没有列 {'、'.join(sorted(unknown))}")
            entries = {}
            for id, text in texts.items():
                kind, amount = columns[id].type, None
                if kind == "number_or_text":
                    free = read.free_number(Cell(sheet.title, "A1", text), texts.get("unit", ""))
                    amount = free[0] if isinstance(free, tuple) else None
                elif kind in ("amount", "count", "mark"):
                    amount = Decimal(text)
                elif kind == "choice" and text not in columns[id].choices:
                    raise BadRow(f"“{text}”不在{columns[id].label}的选项里：{'、'.join(columns[id].choices)}")
                entries[id] = Entry(f"{sheet.table}.{number}.{id}", text, _HERE, amount)
            made.append(Row(number, MappingProxyType(entries)))
        return tuple(made)

    def _entry(self, id: str, text: str) -> Entry:
        spec = self.specs.get(id)
        if spec is None:
            raise BadRow(f"工作簿没有填报格 {id}")
        if spec.choices and text not in spec.choices:
            raise BadRow(f"“{text}”不在 {id} 的选项里：{'、'.join(spec.choices)}")
        return Entry(id, text, _HERE, Decimal(text) if spec.type in ("count", "mark") else None)


class Table:
    """The rows of one framework, run."""

    def __init__(self, framework: Framework, leaves: Mapping[str, list[dict[str, Any]]]) -> None:
        self.framework = framework
        self.maker = Maker(framework)
        self.touched: dict[str, Touched] = {}
        self.faults: list[str] = []
        known = {leaf.indicator.id: leaf.indicator for leaf in framework.leaves()}
        for id, rows in leaves.items():
            if id not in known:
                self.faults.append(f"{id}：没有这个三级指标")
                continue
            for row in rows:
                try:
                    self.faults += [f"{id} {row}：{fault}" for fault in self._run(known[id], row)]
                except BadRow as bad:
                    self.faults.append(f"{id} {row}：{bad}")

    def _run(self, leaf: Indicator, row: dict[str, Any]) -> Iterator[str]:
        if unknown := row.keys() - _KEYS:
            raise BadRow(f"不认识的键 {'、'.join(sorted(unknown))}")
        if "at" in row:
            yield from self._at(leaf, row)
            return
        if not row.keys() & {"marks", "basis"}:
            raise BadRow("没有写应得的 marks 或 basis")
        card = score(self._case(leaf, row))
        self._note(leaf, card)
        node = next(n for n in card.framework.nodes() if n.id == leaf.id)
        found = [card.leaf(below.id) for below in node.leaves()]
        given = [one.marks for one in found if one.marks is not None]
        marks = sum(given, Decimal(0)) if len(given) == len(found) else None
        told = "；".join(one.reason for one in found)
        if "marks" in row and marks != (wanted := _decimal(row["marks"])):
            yield f"应得{wanted}分，得{marks if marks is None else show(marks)}分（{told}）"
        if "basis" in row and {one.basis for one in found} != {row["basis"]}:
            yield f"依据应为 {row['basis']}，是 {'、'.join(sorted({one.basis for one in found}))}（{told}）"

    def _at(self, leaf: Indicator, row: dict[str, Any]) -> Iterator[str]:
        number = int(row.get("part", 1))
        if not 1 <= number <= len(leaf.parts):
            raise BadRow(f"没有第 {number} 部分")
        for value, wanted in row["at"].items():
            ids = self._as_figures(leaf, number, str(value))
            key = "answers" if f"answer.{leaf.id}.{number}" in self.maker.specs else "figures"
            card = score(self._case(leaf, {key: ids}))
            self._note(leaf, card)
            part = card.leaf(leaf.id).parts[number - 1]
            if part.value is not None and part.value != Decimal(str(value)):
                raise BadRow(f"{value} 没有成为 {part.measure} 的值，得到 {part.value}")
            if part.marks != _decimal(wanted):
                yield f"第{number}部分“{part.name}”为 {value} 时应得{wanted}分，得{part.marks}分（{part.reason}）"

    def _as_figures(self, leaf: Indicator, number: int, value: str) -> dict[str, str]:
        """The figures that make the part's measure that value."""
        part = leaf.parts[number - 1]
        ratio = self.framework.by_ratio.get(part.measure)
        if not part.measure:
            return {str(number): value}
        if ratio is None:
            return {part.measure: value}
        if ratio.value.is_rate:
            return {f"given.{ratio.id}": value}
        first, *rest = ratio.value.inputs
        return {first: value} | dict.fromkeys(rest, "0")

    def _case(self, leaf: Indicator, row: dict[str, Any]) -> Case:
        tables = {"targets": row.get("targets"), "awards": row.get("awards"), **row.get("tables", {})}
        if leaf.own and row.get("targets"):
            tables["targets"] = [
                told if told.keys() & {"level1", "level2"} else {"level1": leaf.name} | told for told in row["targets"]
            ]
        entries = {f"answer.{leaf.id}.{key}": value for key, value in row.get("answers", {}).items()}
        entries |= {f"marks.{leaf.id}.{key}": value for key, value in row.get("part_marks", {}).items()}
        entries |= {f"reason.{leaf.id}.{key}": "见佐证材料" for key in row.get("part_marks", {})}
        if "not_applicable" in row:
            entries[f"not_applicable.{leaf.id}"] = row["not_applicable"]
        return self.maker.case(row.get("figures", {}), entries, tables)

    def _note(self, leaf: Indicator, card: Scorecard) -> None:
        touched = self.touched.setdefault(leaf.id, Touched())
        node = next(n for n in card.framework.nodes() if n.id == leaf.id)
        for below in node.leaves():
            marked = card.leaf(below.id)
            touched.vetoed |= bool(marked.veto)
            for number, part in enumerate(marked.parts, 1):
                touched.branches.setdefault(number, set()).update(
                    part.branch.split(" ") if _listed(part.branch) else [part.branch]
                )
                if part.value is not None:
                    touched.values.setdefault(number, set()).add(part.value)
                if part.branch.startswith("undefined"):
                    unbudgeted = card.measures.of(part.measure).unbudgeted
                    touched.undefined.setdefault(number, set()).add(unbudgeted)

    def untouched(self) -> Iterator[str]:
        """What no row reaches: each with the leaf, the part, and the branch, edge, or case."""
        for leaf in self.framework.leaves():
            node, touched = leaf.indicator, self.touched.get(leaf.indicator.id, Touched())
            for number, part in enumerate(node.parts, 1):
                where = f"{node.id} 第{number}部分（{part.rule.kind}）"
                wanted = branches(part.rule, part.full_marks, *domain(self.framework, part.measure))
                for branch in sorted(wanted - touched.branches.get(number, set())):
                    yield f"{where}：没有用例走到分支“{branch}”"
                for lack in self._edges(part, touched.values.get(number, set())):
                    yield f"{where}：{lack}"
                for lack in _undefined(part, touched.undefined.get(number, set())):
                    yield f"{where}：{lack}"
            if node.zero_if is not None and not touched.vetoed:
                yield f"{node.id}：没有用例触发一票否决"

    def _edges(self, part: Part, values: set[Decimal]) -> Iterator[str]:
        """The edge itself, and a value close by on each side where the measure can have one."""
        low, high = domain(self.framework, part.measure)
        near = Decimal(1) if self._counted(part) else _NEAR
        for edge in sorted(edges(part.rule)):
            if edge not in values and _within(edge, low, high):
                yield f"没有用例正好在界限 {show(edge)} 上"
            if _within(edge - near, low, high) and not any(edge - near <= value < edge for value in values):
                yield f"没有用例紧靠界限 {show(edge)} 之下（{show(near)} 以内）"
            if _within(edge + near, low, high) and not any(edge < value <= edge + near for value in values):
                yield f"没有用例紧靠界限 {show(edge)} 之上（{show(near)} 以内）"

    def _counted(self, part: Part) -> bool:
        """Whether the measure comes in whole numbers."""
        ratio = self.framework.by_ratio.get(part.measure)
        if ratio is not None and ratio.value.is_rate:
            return False
        spec = self.maker.specs.get(part.measure)
        unit = unit_of(ratio) if ratio is not None else spec.unit if spec is not None else "项"
        return unit not in ("元", "万元", "亿元", "%")


def _listed(branch: str) -> bool:
    """A checklist names every item's answer."""
    return branch.startswith("1:")


def _within(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _undefined(part: Part, seen: set[bool]) -> Iterator[str]:
    if not isinstance(part.rule, Bands | Linear | Step):
        return
    if part.when_undefined in _UNDEFINED and False not in seen:
        yield f"没有用例使分子、分母都为0（when_undefined: {part.when_undefined}）"
    if part.when_unbudgeted in _UNDEFINED and True not in seen:
        yield f"没有用例使只有分母为0（when_unbudgeted: {part.when_unbudgeted}）"


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def read_table(text: str, name: str) -> Table:
    """A table from the text of its file, run."""
    raw = parse_yaml(text, name)
    return Table(load_framework(raw["framework"]), raw["leaves"])
