"""The standard figures of the field and the sheets of the workbook they stand on (knowledge_base/workbook.yaml)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import FrameworkError

FieldType = Literal["text", "long_text", "year", "choice", "amount", "count", "number_or_text", "percent", "mark"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Field(_Strict):
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
    help: str = ""


class Column(_Strict):
    """A column of a grid or of a table of rows."""

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
    help: str = ""


class Row(_Strict):
    """A row of a grid. A `sum` row may be left blank: it is then added up from the rows it names."""

    id: str
    label: str
    terms: tuple[str, ...] = ()
    pattern: str = ""
    sum: tuple[str, ...] = ()
    within: str = ""
    only: tuple[str, ...] = ()
    optional: bool = False
    units: dict[str, str] = {}


class Sheet(_Strict):
    """One sheet of the workbook."""

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
    fields: tuple[Field, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """What is known of one input cell: `sum` are the ids it is added up from where it is left blank, `most` the highest mark."""

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

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number with a unit (and not a text)."""
        return self.type in ("amount", "count", "percent")


@dataclass(frozen=True)
class Catalogue:
    """The sheets in order, and every input cell by id."""

    sheets: tuple[Sheet, ...]
    specs: dict[str, FigureSpec]

    def sheet(self, id: str) -> Sheet:
        """The sheet of that id."""
        return next(sheet for sheet in self.sheets if sheet.id == id)

    def on(self, sheet: Sheet) -> tuple[FigureSpec, ...]:
        """The input cells of a `fields` or `grid` sheet, in reading order."""
        return tuple(_specs(sheet))


def grid_id(sheet: Sheet, row: Row, column: Column) -> str:
    """The figure id of a grid cell."""
    return (row.pattern or sheet.pattern).format(row=row.id, column=column.id)


def _grid_spec(sheet: Sheet, row: Row, column: Column) -> FigureSpec:
    other = {r.id: r for r in sheet.rows}
    unit = row.units.get(column.id) or column.unit or sheet.unit
    return FigureSpec(
        id=grid_id(sheet, row, column),
        label=sheet.label.format(row=row.label, column=column.label),
        type="count" if unit in ("人", "件", "套", "个", "部") else "amount",
        unit=unit,
        sheet=sheet.id,
        stage=column.stage,
        period=column.period,
        items=tuple(dict.fromkeys((row.label, *row.terms))),
        aspects=tuple(dict.fromkeys((column.label, *column.terms))),
        optional=row.optional or column.optional,
        sum=tuple(grid_id(sheet, other[part], column) for part in row.sum),
        within=grid_id(sheet, other[row.within], column) if row.within else "",
    )


def _specs(sheet: Sheet) -> Iterator[FigureSpec]:
    for f in sheet.fields:
        yield FigureSpec(
            f.id, f.label, f.type, f.unit or (sheet.unit if f.type == "amount" else ""), sheet.id,
            stage=f.stage, items=tuple(dict.fromkeys((f.label, *f.terms))), aspects=f.aspects, choices=f.choices,
            optional=not f.required, required=f.required, help=f.help,
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
    except ValidationError as error:
        raise FrameworkError("workbook.yaml", str(error), "按文件开头的说明改正") from error
    specs: dict[str, FigureSpec] = {}
    for sheet in sheets:
        for spec in _specs(sheet):
            if spec.id in specs:
                raise FrameworkError("workbook.yaml", f"数据项编号 {spec.id} 重复", "改成不同的编号")
            specs[spec.id] = spec
    return Catalogue(sheets, specs)
