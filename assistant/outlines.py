"""提纲: one YAML file -> Outline: cover, sections in order, the figures' tables, the score table at the end.

An outline knows the order of a report and which template or genre fills each place; it knows no figure's value and no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from assistant.appendix import Appendix
from assistant.catalogue import load_catalogue
from assistant.data_files import parse_yaml
from assistant.errors import FrameworkError, InputError, UsageError
from assistant.frameworks import Framework
from assistant.ledger import Ledger

Genre = Literal["tasks", "duties", "experience", "problems", "measures", "plans", "targets", "results"]
GENRE_NAMES: dict[str, str] = {
    "tasks": "重点工作", "duties": "履职情况", "experience": "经验做法", "problems": "存在问题", "measures": "改进措施",
    "plans": "后续计划", "targets": "绩效目标", "results": "目标完成",
}  # fmt: skip
"""Each genre as users read it."""
Kind = Literal["heading", "template", "narrative", "indicators", "score_table"]

DEDUCTIONS = "deductions"
"""The table of lost marks: made from the scorecard, so no outline spells out its rows; a section may print it."""

_REMEDY = "按 knowledge_base/outlines 中已有提纲的写法改正"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Box(_Strict):
    """A labelled place on the cover. Without a value it is an empty box for a seal, a signature or a pen."""

    label: str
    value: str = ""


class CoverSpec(_Strict):
    """The first page."""

    title: tuple[str, ...]
    boxes: tuple[Box, ...] = ()


class TableColumn(_Strict):
    """A column of a figure table."""

    label: str
    width: float = 1.0


class TableRow(_Strict):
    """A row: its label, and a figure id a column (an empty id leaves the cell blank).

    `each: first_level`: a row for every 一级指标 of the framework, its name and id in place of {name} and {id}.
    """

    label: str
    cells: tuple[str, ...]
    each: Literal["", "first_level"] = ""


class TableSpec(_Strict):
    """A table of figures. A row without a single figure is left out, and so is the table without a row.

    `unless_zero`: the table is left out, too, when every figure in it is 0 (the text says so in words).
    """

    id: str
    caption: str
    unit: str = ""
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    unless_zero: bool = False

    @model_validator(mode="after")
    def _cells_fit(self) -> TableSpec:
        for row in self.rows:
            if len(row.cells) != len(self.columns) - 1:
                raise ValueError(
                    f"表 {self.id} 的“{row.label}”应有 {len(self.columns) - 1} 格，写了 {len(row.cells)} 格"
                )
        return self


class Section(_Strict):
    """One place of the report. `heading` carries its own number; empty, the text runs on under the heading before.

    `template` fills a `template` section, and closes a narrative one. `leaves` are the indicators whose answers the text
    may use; `topics` are words by which passages of the materials belong here and nowhere else. `levels` are the 一级指标 whose
    targets it tells of (genres targets and results); without them it tells of those that no other section of its genre names.
    An `indicators` section becomes a section for each node of the framework's tree: `template` writes the first level, `leaf_template` the leaves.

    `sheets`: it is left out where the framework's workbook has none of them. `given`: it is left out where nothing of these texts,
    figures and tables was given and no material tells of it (an empty list: materials alone). `indicator` is what it is about.
    """

    id: str
    kind: Kind = "heading"
    level: Literal[1, 2, 3, 4, 5] = 1
    heading: str = ""
    template: str = ""
    leaf_template: str = ""
    indicator: str = ""
    genre: Genre | None = None
    leaves: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    missing: str = ""
    sheets: tuple[str, ...] = ()
    given: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def _kind_has_what_it_needs(self) -> Section:
        if self.kind == "template" and not self.template:
            raise ValueError(f"{self.id} 没有写 template")
        if self.kind == "indicators" and not (self.template and self.leaf_template):
            raise ValueError(f"{self.id} 没有写 template 和 leaf_template")
        if self.kind == "narrative" and self.genre is None:
            raise ValueError(f"{self.id} 没有写 genre")
        if self.kind == "narrative" and not self.missing:
            raise ValueError(f"{self.id} 没有写 missing（没有材料时待补的事项）")
        return self


class Outline(_Strict):
    """The order of a report. `elsewhere`: genres whose sections `only` left out, and their places in the whole report.

    `counted`: headings are written without numbers and counted when the report is laid out for a case (briefs.laid_out).
    """

    id: str
    name: str
    source: str = ""
    cover: CoverSpec
    contents_levels: int = 2
    counted: bool = False
    sections: tuple[Section, ...]
    tables: tuple[TableSpec, ...] = ()
    appendix: Appendix
    required: tuple[str, ...] = ()
    elsewhere: tuple[tuple[Genre, str], ...] = ()

    def section(self, id: str) -> Section:
        """The section of that id.

        Raises:
            UsageError: the outline has none.
        """
        for section in self.sections:
            if section.id == id:
                return section
        raise UsageError(f"提纲 {self.id} 没有名为 {id} 的部分。可用的有：{'、'.join(self.drafted())}。")

    def only(self, id: str) -> Outline:
        """This outline with one section and the headings above it.

        Raises:
            UsageError: the outline has no such section.
        """
        wanted = self.section(id)
        above: dict[int, Section] = {}
        for section in self.sections:
            if section.id == id:
                break
            if section.heading:
                above = {level: s for level, s in above.items() if level < section.level} | {section.level: section}
        parents = tuple(
            s.model_copy(update={"kind": "heading", "tables": ()}) for s in above.values() if s.level < wanted.level
        )
        elsewhere = tuple((s.genre, self.place_of(s.genre)) for s in self.sections if s.genre and s.id != id)
        silent = tuple(
            s.model_copy(update={"kind": "heading", "heading": "", "tables": ()})
            for s in self.sections if s.id != id and s.levels and s.genre == wanted.genre
        )  # fmt: skip
        return self.model_copy(update={"sections": (*parents, *silent, wanted), "required": (), "elsewhere": elsewhere})

    def writes(self, genre: Genre) -> bool:
        """Whether the report has a section of that genre."""
        return genre in dict(self.elsewhere) or any(section.genre == genre for section in self.sections)

    def required_of(self, framework: Framework) -> tuple[str, ...]:
        """The figures without which the report is not whole, those that the framework's workbook asks for at all."""
        specs = load_catalogue().specs
        return tuple(id for id in self.required if id not in specs or specs[id].sheet in framework.sheets)

    def drafted(self) -> tuple[str, ...]:
        """Ids of the sections that have a text."""
        return tuple(s.id for s in self.sections if s.kind in ("template", "narrative"))

    def table(self, id: str) -> TableSpec:
        """The table of that id."""
        return next(table for table in self.tables if table.id == id)

    def place_of(self, genre: Genre) -> str:
        """Where a genre is written, for references inside the text: 三（二）, or a whole heading of the first level; "" if nowhere."""
        first = second = ""
        for section in self.sections:
            if section.heading and section.level == 1:
                first, second = section.heading.split("、")[0], ""
            elif section.heading.startswith("（") and section.level == 2:
                second = section.heading.split("）")[0] + "）"
            if section.genre == genre:
                return section.heading if section.level == 1 and section.heading else first + second
        return dict(self.elsewhere).get(genre, "")

    def table_figures(self) -> tuple[str, ...]:
        """The figure ids of all tables, in order, each once."""
        return tuple(
            dict.fromkeys(id for table in self.tables for row in table.rows if not row.each for id in row.cells if id)
        )

    def figures(self) -> tuple[str, ...]:
        """Every figure id that the outline uses: required ones, then those of its tables."""
        return tuple(dict.fromkeys((*self.required, *self.table_figures())))


def has_rows(table: TableSpec, ledger: Ledger) -> bool:
    """Whether the table is printed: some figure is known, and not all are 0 where the outline says so."""
    known = [ledger[id] for row in table.rows for id in row.cells if id in ledger]
    return bool(known) and not (table.unless_zero and all(figure.value == 0 for figure in known))


def table_numbers(outline: Outline, ledger: Ledger) -> dict[str, int]:
    """Table id -> its number in the report, for the tables that are printed."""
    numbers: dict[str, int] = {}
    for section in outline.sections:
        for id in section.tables:
            if "lost.total" in ledger if id == DEDUCTIONS else has_rows(outline.table(id), ledger):
                numbers[id] = len(numbers) + 1
    return numbers


def named(text: str, year: int, unit: str) -> str:
    """A heading, title or caption with the case's year and unit put in."""
    return text.replace("{year}", str(year)).replace("{unit}", unit)


def read_outline(text: str, name: str) -> Outline:
    """An outline from the text of its file.

    Raises:
        FrameworkError: naming the file and what is wrong.
    """
    try:
        outline = Outline.model_validate(parse_yaml(text, name))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        reason = {"extra_forbidden": "不认识的键", "missing": "缺少必填的键"}.get(first["type"], first["msg"])
        raise FrameworkError(name, f"{place}：{reason}", _REMEDY) from error
    for complaint in _complaints(outline):
        raise FrameworkError(name, complaint, _REMEDY)
    return outline


def _complaints(outline: Outline) -> Iterator[str]:
    yield from (f"编号 {id} 重复" for id in _repeated(s.id for s in outline.sections))
    yield from (f"表 {id} 重复" for id in _repeated(t.id for t in outline.tables))
    tables = {table.id for table in outline.tables} | {DEDUCTIONS}
    for section in outline.sections:
        yield from (f"{section.id} 用到的表 {id} 没有定义" for id in section.tables if id not in tables)
    if sum(section.kind == "score_table" for section in outline.sections) != 1:
        yield "提纲必须有且只有一个 score_table（评分表）"


def _repeated(ids: Iterable[str]) -> list[str]:
    found = list(ids)
    return [id for n, id in enumerate(found) if id in found[:n]]


def outline_ids() -> list[str]:
    """The shipped outlines."""
    folder = files("knowledge_base") / "outlines"
    return sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def load_outline(id: str) -> Outline:
    """A shipped outline by id, or one of the user's by the path of its file.

    Raises:
        UsageError: there is none of that name.
        FrameworkError: the file breaks its own rules.
        InputError: the file is not UTF-8.
    """
    path = Path(id)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        try:
            return read_outline(path.read_bytes().decode("utf-8-sig"), path.name)
        except UnicodeDecodeError as error:
            raise InputError(path.name, "不是 UTF-8 文本", "请另存为 UTF-8 编码的 .yaml 文件") from error
    return _shipped(id)


@cache
def _shipped(id: str) -> Outline:
    if id not in outline_ids():
        known = "、".join(outline_ids())
        raise UsageError(f"没有提纲“{id}”。可用的有：{known}；也可以给出与指标体系文件放在一起的 .yaml 文件。")
    resource = files("knowledge_base") / "outlines" / f"{id}.yaml"
    return read_outline(resource.read_text("utf-8"), resource.name)
