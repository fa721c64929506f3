"""The standard figures of the field and the sheets of the workbook they stand on (knowledge_base/workbook.yaml)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import ValidationError, model_validator

from assistant.data_files import Strict
from assistant.errors import FrameworkError

FieldType = Literal["text", "long_text", "year", "choice", "amount", "count", "number_or_text", "percent", "mark"]


class Field(Strict):
    """One labelled cell of a `fields` sheet."""

    id: str
    label: str
    type: FieldType
    unit: str = ""
    stage: str = ""
    terms: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    required: bool = False
    carries: bool = False
    help: str = ""


class Column(Strict):
    """A column of a grid or of a table of rows. `last_year` is the column whose figure of last year's case it repeats."""

    id: str
    label: str
    type: FieldType = "amount"
    unit: str = ""
    stage: str = ""
    period: Literal["this", "prior"] = "this"
    terms: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    optional: bool = False
    required: bool = False
    last_year: str = ""
    carries: bool = False
    width: int = 0
    help: str = ""

    @property
    def is_text(self) -> bool:
        """Whether words stand in it, and not numbers."""
        return self.type in ("text", "long_text", "choice")


class Computed(Strict):
    """A grey column worked out from others while people type; exactly one of these.

    `due` is a fixed share by row (序时进度); `completion` takes sign, target and achieved.
    """

    label: str
    ratio: tuple[str, str] | None = None
    change: tuple[str, str] | None = None
    difference: tuple[str, str] | None = None
    completion: tuple[str, str, str] | None = None
    due: dict[str, str] = {}  # noqa: RUF012 - pydantic copies it

    @model_validator(mode="after")
    def _one_kind(self) -> Computed:
        if sum(bool(k) for k in (self.ratio, self.change, self.difference, self.completion, self.due)) != 1:
            raise ValueError("computed 只能是 ratio、change、difference、completion、due 之一")
        return self

    @property
    def is_rate(self) -> bool:
        """Whether it is shown in %."""
        return not self.difference


class Row(Strict):
    """A row of a grid. A `sum` row may be left blank: it is then added up from the rows it names."""

    id: str
    label: str
    terms: tuple[str, ...] = ()
    pattern: str = ""
    sum: tuple[str, ...] = ()
    within: str = ""
    only: tuple[str, ...] = ()
    optional: bool = False
    units: dict[str, str] = {}  # noqa: RUF012 - pydantic copies it
    help: str = ""


class Sheet(Strict):
    """One sheet of the workbook. `last_year` is the table of last year's case whose rows a new workbook begins with."""

    id: str
    title: str
    kind: Literal["fields", "grid", "table", "answers"]
    unit: str = ""
    owner: str = ""
    note: str = ""
    pattern: str = ""
    label: str = ""
    corner: str = ""
    table: str = ""
    row: str = ""
    last_year: str = ""
    fields: tuple[Field, ...] = ()
    columns: tuple[Column, ...] = ()
    computed: tuple[Computed, ...] = ()
    rows: tuple[Row, ...] = ()


class Joined(Strict):
    """A table whose rows are joined unit by unit: `name` is the column a row is known by, `without` what only the unit itself can
    say in it (marks, indicators). The unit is named where two rows read alike, or `always`.
    """

    name: str
    always: bool = False
    without: tuple[str, ...] = ()


class Passing(Strict):
    """Money that one unit hands to another of the same department: spending of the one, income of the other."""

    name: str
    paid: str
    received: str


class Consolidation(Strict):
    """How the figures of a department's units become the department's."""

    types: tuple[FieldType, ...]
    tables: dict[str, Joined]
    passing: tuple[Passing, ...]


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """What is known of one input cell.

    `sum` are the ids it is added up from where it is left blank, `most` the highest mark, `last_year` the figure of last
    year's case that it repeats; `carries`: last year's words may begin this year's.
    """

    id: str
    label: str
    type: FieldType
    unit: str
    sheet: str
    stage: str = ""
    period: Literal["this", "prior"] = "this"
    items: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    optional: bool = False
    required: bool = False
    help: str = ""
    sum: tuple[str, ...] = ()
    within: str = ""
    most: Decimal | None = None
    last_year: str = ""
    carries: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number with a unit (and not a text)."""
        return self.type in ("amount", "count", "percent")


@dataclass(frozen=True)
class Catalogue:
    """The sheets in order, every input cell by id, and the version of the layout."""

    sheets: tuple[Sheet, ...]
    specs: dict[str, FigureSpec]
    version: int
    consolidation: Consolidation

    def sheet(self, id: str) -> Sheet:
        """The sheet of that id."""
        return next(sheet for sheet in self.sheets if sheet.id == id)

    def on(self, sheet: Sheet) -> tuple[FigureSpec, ...]:
        """The input cells of a `fields` or `grid` sheet, in reading order."""
        return self._by_sheet.get(sheet.id, ())

    @cached_property
    def _by_sheet(self) -> dict[str, tuple[FigureSpec, ...]]:
        found: dict[str, list[FigureSpec]] = {}
        for spec in self.specs.values():
            found.setdefault(spec.sheet, []).append(spec)
        return {id: tuple(specs) for id, specs in found.items()}


def grid_id(sheet: Sheet, row: Row, column: Column) -> str:
    """The figure id of a grid cell."""
    return (row.pattern or sheet.pattern).format(row=row.id, column=column.id)


def _unit(sheet: Sheet, row: Row, column: Column) -> str:
    return "" if column.is_text else row.units.get(column.id) or column.unit or sheet.unit


def _grid_spec(sheet: Sheet, row: Row, column: Column) -> FigureSpec:
    other = {r.id: r for r in sheet.rows}
    unit = _unit(sheet, row, column)
    adds = not column.is_text and all(_unit(sheet, other[part], column) == unit for part in row.sum)
    return FigureSpec(
        id=grid_id(sheet, row, column),
        label=sheet.label.format(row=row.label, column=column.label),
        type=column.type if column.is_text else "count" if unit in ("人", "件", "套", "个", "部") else "amount",
        unit=unit,
        sheet=sheet.id,
        stage=column.stage,
        period=column.period,
        items=tuple(dict.fromkeys((row.label, *row.terms))),
        aspects=tuple(dict.fromkeys((column.label, *column.terms))),
        choices=column.choices,
        optional=row.optional or column.optional or column.is_text,
        help="；".join(part for part in (row.help, column.help) if part),
        sum=tuple(grid_id(sheet, other[part], column) for part in row.sum) if adds else (),
        within=grid_id(sheet, other[row.within], column) if row.within else "",
        last_year=_last_year(sheet, row, column),
    )


def _last_year(sheet: Sheet, row: Row, column: Column) -> str:
    """The id of the figure that stood in last year's column."""
    named = next((other for other in sheet.columns if column.last_year and other.id == column.last_year), None)
    return grid_id(sheet, row, named) if named else ""


def _specs(sheet: Sheet) -> Iterator[FigureSpec]:
    for f in sheet.fields:
        yield FigureSpec(
            f.id, f.label, f.type, f.unit or (sheet.unit if f.type == "amount" else ""), sheet.id,
            stage=f.stage, items=tuple(dict.fromkeys((f.label, *f.terms))), aspects=f.aspects, choices=f.choices,
            optional=not f.required, required=f.required, help=f.help, carries=f.carries,
        )  # fmt: skip
    if sheet.kind == "grid":
        for row in sheet.rows:
            for column in sheet.columns:
                if not row.only or column.id in row.only:
                    yield _grid_spec(sheet, row, column)


@cache
def load_catalogue() -> Catalogue:
    """The shipped catalogue.

    Raises:
        FrameworkError: the file is not as it must be, or an id stands in it twice.
    """
    resource = files("knowledge_base") / "workbook.yaml"
    raw = yaml.load(resource.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    try:
        sheets = tuple(Sheet.model_validate(sheet) for sheet in raw["sheets"])
        version = int(raw["version"])
        consolidation = Consolidation.model_validate(raw["consolidation"])
    except ValidationError as error:
        raise FrameworkError("workbook.yaml", str(error), "按文件开头的说明改正") from error
    specs: dict[str, FigureSpec] = {}
    for sheet in sheets:
        for spec in _specs(sheet):
            if spec.id in specs:
                raise FrameworkError("workbook.yaml", f"数据项编号 {spec.id} 重复", "改成不同的编号")
            specs[spec.id] = spec
    return Catalogue(sheets, specs, version, consolidation)
