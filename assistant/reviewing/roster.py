"""名单: who must hand in a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.data_files import parse_yaml
from assistant.errors import InputError

_STEMS, _CALLED = ("units",), "名单"
_SUFFIXES = (".yaml", ".yml", ".xlsx")
_HEADS = ("单位名称", "单位全称", "预算单位", "填报单位", "部门名称", "单位")
_REMEDY = "写成一列单位名称：YAML 每行“- 单位名称”，表格要有“单位名称”一栏"


def is_roster(path: Path) -> bool:
    """Whether a file is such a list, by its name: units.yaml, 应报单位名单.xlsx."""
    named = path.stem in _STEMS or _CALLED in path.stem
    return named and path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", "."))


def read_roster(root: Path) -> tuple[Path | None, tuple[str, ...]]:
    """The file of the list in the folder and the units in it, each once, in its order; none where there is no such file.

    Raises:
        InputError: it cannot be read, or names no unit.
    """
    listed = sorted(path for path in root.iterdir() if path.is_file() and is_roster(path)) if root.is_dir() else []
    file = next(iter(listed), None)
    if file is None:
        return None, ()
    named = _of_sheet(file) if file.suffix.lower() == ".xlsx" else _of_yaml(file)
    units = tuple(dict.fromkeys("".join(name.split()) for name in named if name.strip()))
    if not units:
        raise InputError(file.name, "名单里没有单位", _REMEDY)
    return file, units


def _of_yaml(file: Path) -> list[str]:
    try:
        data: Any = parse_yaml(file.read_text("utf-8-sig"), file.name)
    except UnicodeDecodeError as error:
        raise InputError(file.name, "不是 UTF-8 文本", "请另存为 UTF-8 编码") from error
    listed = data.get("units") if isinstance(data, dict) else data
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        raise InputError(file.name, "不是单位名称的清单", _REMEDY)
    return listed


def _of_sheet(file: Path) -> list[str]:
    from assistant.intake.forms.grids import read_grids

    for grid in read_grids(file):
        for at, row in enumerate(grid.rows):
            heads = {"".join(cell.text.split()): column for column, cell in enumerate(row)}
            column = next((heads[head] for head in _HEADS if head in heads), None)
            if column is not None:
                return [below[column].text for below in grid.rows[at + 1 :]]
    raise InputError(file.name, "没有找到“单位名称”一栏", _REMEDY)
