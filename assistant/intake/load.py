"""A case folder -> a Case: case.yaml, the workbook, the materials, and a digest of each file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.data_files import line_of, parse_yaml
from assistant.errors import FrameworkError, InputError
from assistant.findings import Code, Finding
from assistant.frameworks import Framework, load_framework
from assistant.intake.case import Case, Workbook
from assistant.intake.tailor import tailored
from assistant.intake.workbook import read_workbook
from assistant.ledger import Ledger

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


def load_case(folder: Path) -> Case:
    """The case in a folder; the path of its case.yaml will do as well.

    Raises:
        InputError: a file is missing, lies outside, or cannot be read.
        UsageError: the framework is unknown.
    """
    from assistant.intake.materials import read_materials
    from assistant.intake.sieve import sifted
    from assistant.intake.written import with_written_figures

    file = folder if folder.is_file() else folder / _NAME
    text = _text(file)
    folder = file.resolve().parent
    told = _case_file(text, file.name)
    framework = _framework(folder, told.framework)
    inputs = {name: _inside(folder, name) for name in (told.workbook, *told.materials)}
    previous = _inside(folder, told.previous, folder=True) if told.previous else None
    book = sifted(read_workbook(inputs[told.workbook], framework, told.year))
    materials = read_materials([inputs[name] for name in told.materials], folder, told.year)
    coverage = told.coverage or _said(book, "unit.coverage")
    framework, changes, refused = tailored(framework, book.tables, book.ledger)
    case = Case(
        folder=folder,
        unit=told.unit,
        short_name=told.short_name or _said(book, "unit.short_name") or _SELF,
        year=told.year,
        coverage=coverage,
        framework=framework,
        ledger=_covered(book.ledger, coverage).add(materials.figures),
        entries=book.entries,
        tables=book.tables,
        passages=materials.passages,
        findings=(
            *book.findings,
            *materials.findings,
            *refused,
            *_contradictions(told, book, inputs[told.workbook].name),
        ),
        digests={name: _digest(path) for name, path in ((file.name, file), *inputs.items())},
        changes=changes,
        previous=previous,
        unread=book.unread,
    )
    return with_written_figures(case)


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


def _framework(folder: Path, name: str) -> Framework:
    """A shipped framework, or one that lies beside the case."""
    if Path(name).suffix in (".yaml", ".yml"):
        return load_framework(str(_inside(folder, name)))
    return load_framework(name)


def _inside(case: Path, name: str, *, folder: bool = False) -> Path:
    """The file (or folder) of that name, which must be there and not outside the case's parent."""
    path = (case / name).resolve()
    if not path.is_relative_to(case.parent):
        raise InputError(f"{_NAME} {name}", "指向了这份填报上一级文件夹之外", "请把文件放进填报的文件夹，用相对路径")
    if not (path.is_dir() if folder else path.is_file()):
        what = "文件夹" if folder else "文件"
        raise InputError(f"{_NAME} {name}", f"没有这个{what}（{path}）", "请核对名称，或把它放到这个位置")
    return path


def _said(book: Workbook, id: str) -> str:
    entry = book.entries.get(id)
    return entry.text if entry else ""


def _covered(ledger: Ledger, coverage: str) -> Ledger:
    """The ledger with the case's coverage on every figure."""
    figures = (replace(f, scope=replace(f.scope, coverage=coverage)) for f in ledger)
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
