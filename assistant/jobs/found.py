"""The cases under a folder."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError, UsageError
from assistant.intake import files_of_case

CASE = "case.yaml"
_LONGEST = 380
"""Characters of a name that the database and most file systems take."""


@dataclass(frozen=True, slots=True)
class Found:
    """A case folder. `name` is its path under the root, and of its run folder under the output; `error`: it cannot be handed in."""

    name: str
    folder: Path
    unit: str = ""
    year: int = 0
    files: tuple[Path, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """What lies under a root: cases, and in Chinese what was passed over or looks wrong."""

    cases: tuple[Found, ...]
    remarks: tuple[str, ...]


def find_cases(root: Path, out: Path) -> Search:
    """Every folder with a case.yaml under the root, or the root itself; folders in a case, hidden ones and `out` are not looked into.

    Raises:
        UsageError: the root is no folder, holds no case, or two names would be one on another file system.
    """
    if not root.is_dir():
        raise UsageError(f"{root} 不是一个文件夹。请给出放着各单位填报的文件夹。")
    root, out = root.resolve(), out.resolve()
    folders, empty = _walked(root, out)
    if not folders:
        raise UsageError(f"{root} 里没有填报：没有一个文件夹含有 {CASE}。")
    cases = tuple(_found(folder, root) for folder in folders)
    _refuse_twins(cases)
    remarks = [f"{place} 里没有 {CASE}，不是一份填报，已跳过。" for place in empty]
    return Search(cases, (*remarks, *_same_unit(cases)))


def _walked(root: Path, out: Path) -> tuple[list[Path], list[Path]]:
    """Case folders, and the folders right under the root in which there is none."""
    folders: list[Path] = []
    for place, below, files in os.walk(root):
        here = Path(place)
        if CASE in files:
            folders.append(here)
            below.clear()
        below[:] = sorted(name for name in below if not name.startswith(".") and here / name != out)
    tops = [p for p in sorted(root.iterdir()) if p.is_dir() and not p.name.startswith(".") and p != out]
    return folders, [top for top in tops if root not in folders and not any(f.is_relative_to(top) for f in folders)]


def _found(folder: Path, root: Path) -> Found:
    name = folder.name if folder == root else folder.relative_to(root).as_posix()
    if len(name) > _LONGEST:
        raise UsageError(f"文件夹的路径太长（{len(name)}字）：{name[:60]}……请改短后再试。")
    try:
        return Found(name, folder, *files_of_case(folder))
    except InputError as error:
        return Found(name, folder, error=str(error))


def _refuse_twins(cases: tuple[Found, ...]) -> None:
    seen: dict[str, Found] = {}
    for case in cases:
        twin = seen.setdefault(unicodedata.normalize("NFC", case.name).casefold(), case)
        if twin is not case:
            raise UsageError(
                f"两份填报重名：{twin.folder} 和 {case.folder}，结果会写到同一个文件夹。请给其中一个改名。"
            )


def _same_unit(cases: tuple[Found, ...]) -> list[str]:
    """The same unit and year twice: drafted both, and told, for one of them is likely an old copy."""
    seen: dict[tuple[str, int], Found] = {}
    told = []
    for case in cases:
        if case.error:
            continue
        first = seen.setdefault((case.unit, case.year), case)
        if first is not case:
            told.append(
                f"{first.name} 和 {case.name} 都是“{case.unit}”{case.year}年度的填报，两份都会起草，请核对哪一份有效。"
            )
    return told
