"""A case folder -> a Case: case.yaml, the workbook, the materials, and a digest of each file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.data_files import line_of, parse_yaml
from assistant.errors import FrameworkError, InputError
from assistant.findings import Code, Finding
from assistant.frameworks import Framework, load_framework
from assistant.intake.case import Case, Workbook
from assistant.intake.tailor import tailored
from assistant.intake.units import COVERAGE, OffsetTold, consolidated, read_units
from assistant.intake.workbook import read_workbook
from assistant.ledger import Ledger, Scope

_NAME = "case.yaml"
_FIX = f"请改好 {_NAME} 后再试"
_SELF = "本单位"
_REASONS = {
    "extra_forbidden": "不认识的键",
    "missing": "缺少必填的键",
    "string_too_short": "不能为空",
    "string_type": "应是文字，纯数字要加引号",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "greater_than_equal": "应在 2000 至 2100 之间",
    "less_than_equal": "应在 2000 至 2100 之间",
    "tuple_type": "应是列表，如 [materials/work-summary.docx]",
    "model_type": "应是“键: 值”的形式",
    "literal_error": "只能写 快报、送审 或 批复",
}


class _CaseFile(BaseModel):
    """case.yaml, to the letter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    unit: str = Field(min_length=1)
    short_name: str = ""
    year: int = Field(ge=2000, le=2100)
    framework: str = Field(min_length=1)
    workbook: str = Field(default="workbook.xlsx", min_length=1)
    materials: tuple[str, ...] = ()
    previous: str = ""
    coverage: str = ""
    version: Literal["", "快报", "送审", "批复"] = ""
    as_of: str = ""
    units: tuple[str, ...] = ()
    offsets: tuple[OffsetTold, ...] = ()


def load_case(folder: Path) -> Case:
    """The case in a folder; the path of its case.yaml will do as well.

    Raises:
        InputError: a file is missing, lies outside, or cannot be read.
        UsageError: the framework is unknown.
    """
    return _load(folder, ())


def _load(folder: Path, above: tuple[Path, ...]) -> Case:
    """`above`: the departments that this case is read for, the outermost first."""
    from assistant.intake.materials import read_materials
    from assistant.intake.sieve import sifted
    from assistant.intake.written import with_written_figures

    file = folder if folder.is_file() else folder / _NAME
    text = _text(file)
    folder = file.resolve().parent
    told = _case_file(text, file.name)
    _refuse_orders(told)
    framework, doubts = _framework(folder, told.framework)
    inputs = {name: _inside(folder, name) for name in (told.workbook, *told.materials)}
    previous = _inside(folder, told.previous, folder=True) if told.previous else None
    book = sifted(read_workbook(inputs[told.workbook], framework, told.year))
    materials = read_materials([inputs[name] for name in told.materials], folder, told.year)
    coverage = told.coverage or (COVERAGE if told.units else _said(book, "unit.coverage"))
    framework, changes, refused = tailored(framework, book.tables, book.ledger)
    case = Case(
        folder=folder,
        unit=told.unit,
        short_name=told.short_name or _said(book, "unit.short_name") or _SELF,
        year=told.year,
        coverage=coverage,
        framework=framework,
        ledger=_covered(book.ledger, Scope(coverage=coverage, version=told.version, as_of=told.as_of)),
        entries=book.entries,
        tables=book.tables,
        passages=materials.passages,
        findings=(
            *doubts,
            *book.findings,
            *materials.findings,
            *refused,
            *_contradictions(told.model_copy(update={"coverage": coverage}), book, inputs[told.workbook].name),
        ),
        digests={name: _digest(path) for name, path in ((file.name, file), *inputs.items())},
        changes=changes,
        previous=previous,
        unread=book.unread,
        none=book.none,
        version=told.version,
        as_of=told.as_of,
    )
    if told.units or told.offsets:
        case = consolidated(case, _units(told, case, above), told.offsets, materials.figures)
    else:
        case = replace(case, ledger=case.ledger.add(materials.figures))
    return with_written_figures(case)


def _units(told: _CaseFile, case: Case, above: tuple[Path, ...]) -> tuple[Case, ...]:
    """The cases of a department's units.

    Raises:
        InputError: the coverage is another, a unit is the department itself, or one of them is refused.
    """
    if not told.units:
        raise InputError(f"{_NAME} offsets", "写了抵销，没有写 units（纳入单位）", f"{_FIX}；抵销只用于部门汇总")
    if case.coverage != COVERAGE:
        raise InputError(
            f"{_NAME} coverage", f"写的是“{case.coverage}”，但列了 units", f"列了纳入单位的，coverage 应写“{COVERAGE}”"
        )
    folders = [_inside(case.folder, name, folder=True) for name in told.units]
    around = (*above, case.folder)
    for name, folder in zip(told.units, folders, strict=True):
        if folder in around:
            what = "本部门自己" if folder == case.folder else "把本部门列为纳入单位的上级"
            raise InputError(f"{_NAME} units {name}", f"指向{what}", "units 只列本级和下属单位各自的填报文件夹")
    return read_units(told.units, folders, case, lambda folder: _load(folder, around))


def files_of_case(folder: Path) -> tuple[str, int, tuple[Path, ...]]:
    """Unit, year, and every file that a case is made of, those of the earlier years and of the units that it names among them; what is
    missing is left out, and told of when the case is read.

    Raises:
        InputError: case.yaml is missing, is not what it should be, or names what lies outside.
    """
    folder = folder.resolve()
    told = _case_file(_text(folder / _NAME), _NAME)
    found, waiting, seen = {folder / _NAME: None}, [(folder, told)], {folder}
    while waiting:
        place, case = waiting.pop()
        named = [_within(place, name) for name in (case.workbook, *case.materials)]
        if Path(case.framework).suffix in (".yaml", ".yml"):  # its outline lies beside it
            named += sorted(_within(place, case.framework).parent.glob("*.y*ml"))
        found |= dict.fromkeys(path for path in named if path.is_file())
        others = [_within(place, name) for name in (*((case.previous,) if case.previous else ()), *case.units)]
        for other in others:
            if other in seen or not (other / _NAME).is_file():
                continue
            seen.add(other)
            found[other / _NAME] = None
            try:
                waiting.append((other, _case_file(_text(other / _NAME), _NAME)))
            except InputError:
                continue  # told of when the case is read
    return told.unit, told.year, tuple(found)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _text(file: Path) -> str:
    if not file.is_file():
        where = file.parent if file.parent.is_dir() else file
        raise InputError(str(where), f"没有 {_NAME}，不是一份填报的文件夹", f"请指定含有 {_NAME} 的文件夹")
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(file), "读不出来，不是 UTF-8 文本", "请另存为 UTF-8 编码后再试") from error


def _case_file(text: str, name: str) -> _CaseFile:
    try:
        raw = parse_yaml(text, name)
    except FrameworkError as error:
        raise InputError(error.where, error.reason, _FIX) from error
    try:
        told = _CaseFile.model_validate(raw if raw is not None else {})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        reason = _REASONS.get(first["type"], first["msg"])
        known = "、".join(_CaseFile.model_fields)
        where = " ".join(part for part in (name, line_of(text, first["loc"]), place) if part)
        raise InputError(where, reason, f"{_FIX}；可用的键：{known}") from error
    if len(set(told.materials)) < len(told.materials):
        raise InputError(f"{name} materials", "同一份材料列了两次", _FIX)
    return told


def _refuse_orders(told: _CaseFile) -> None:
    """A name that speaks to the writer is no name, and would stand in every prompt."""
    from assistant.intake.orders import orders

    for key, name in (("unit", told.unit), ("short_name", told.short_name), ("coverage", told.coverage)):
        if orders(name):
            raise InputError(f"{_NAME} {key}", "像是写给起草程序的指令，不是名称", f"请核实来源，只写名称；{_FIX}")


def _framework(folder: Path, name: str) -> tuple[Framework, list[Finding]]:
    """A shipped framework, or one that lies beside the case; and what a person should look at in it and in its outline.

    Raises:
        InputError: it is missing, or it or the outline beside it speaks to the writer.
    """
    from assistant.intake.sieve import refuse_orders

    if Path(name).suffix not in (".yaml", ".yml"):
        return load_framework(name), []
    framework = load_framework(str(path := _inside(folder, name)))
    files = [file for file in (path, Path(framework.outline)) if file.is_file()]
    return framework, [finding for file in files for finding in refuse_orders(file)]


def _inside(case: Path, name: str, *, folder: bool = False) -> Path:
    """The file (or folder) of that name, which must be there and not outside the case's parent."""
    path = _within(case, name)
    if not (path.is_dir() if folder else path.is_file()):
        what = "文件夹" if folder else "文件"
        raise InputError(f"{_NAME} {name}", f"没有这个{what}（{path}）", "请核对名称，或把它放到这个位置")
    return path


def _within(case: Path, name: str) -> Path:
    """Where that name points: not outside the case's parent, whether it is there or not."""
    path = (case / name).resolve()
    if not path.is_relative_to(case.parent):
        raise InputError(f"{_NAME} {name}", "指向了这份填报上一级文件夹之外", "请把文件放进填报的文件夹，用相对路径")
    return path


def _said(book: Workbook, id: str) -> str:
    entry = book.entries.get(id)
    return entry.text if entry else ""


def _covered(ledger: Ledger, scope: Scope) -> Ledger:
    """The ledger with the case's coverage, version and date on every figure."""
    told = {"coverage": scope.coverage, "version": scope.version, "as_of": scope.as_of}
    scopes = {own: replace(own, **told) for own in {figure.scope for figure in ledger}}
    figures = (f if scopes[f.scope] == f.scope else replace(f, scope=scopes[f.scope]) for f in ledger)
    return Ledger.of(figures, ledger.targets)


def _contradictions(told: _CaseFile, book: Workbook, file: str) -> Iterator[Finding]:
    """Where case.yaml and the workbook say different things."""
    pairs: tuple[tuple[str, str, Code, str], ...] = (
        ("unit.year", str(told.year), "year", "评价年度"),
        ("unit.full_name", told.unit, "contradiction", "单位全称"),
        ("unit.coverage", told.coverage, "contradiction", "填报范围"),
        ("unit.short_name", told.short_name, "contradiction", "单位简称"),
    )
    for id, value, code, label in pairs:
        entry = book.entries.get(id)
        if entry is None or not value or entry.text == value:
            continue
        place = entry.provenance.place
        yield Finding(
            code,
            "warning" if id == "unit.short_name" else "error",
            f"{file} {place}（{label}）：工作簿写“{entry.text}”，{_NAME} 写“{value}”。请核对，改成一致。",
            quote=place,
            expected=value,
        )
