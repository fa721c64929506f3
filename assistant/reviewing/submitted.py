"""What was handed in: the reports of a folder, each with its score tables and its case, and whose they are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UsageError
from assistant.patterns import regex
from assistant.reviewing.naming import listed_unit, plain, unit_in_name
from assistant.reviewing.roster import is_roster

REPORTS = (".docx", ".docm", ".pdf", ".md", ".markdown", ".txt", ".doc", ".wps", ".rtf")
"""What a report may come as; some of them are refused with a reason, and not passed over."""
SHEETS = (".xlsx", ".xlsm", ".xls")
_CASE = "case.yaml"
_REPORT = regex(r"自评报告|绩效报告|评价报告|自我评价|report", 2)
_FORM = regex(r"评分表|自评表|得分表|附表|附件|form|scorecard", 2)
_ISSUED = regex(r"通知|提纲|模板|范本|样式|说明|须知|办法|细则|要求")
_RUN_FILES = frozenset(("self-evaluation-form.docx", "report.md"))
"""Beside the report.docx of a run folder of ours these say the same once more."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What one unit handed in. `unit`: "" where neither list nor names say it; `report`: None where only tables came."""

    name: str
    unit: str
    report: Path | None
    sheets: tuple[Path, ...] = ()
    case: Path | None = None
    others: tuple[Path, ...] = ()


def submissions(root: Path, roster: Sequence[str], leave: Sequence[Path] = ()) -> list[Submission]:
    """One for each folder under the root that holds files, and for each unit among the files of the root itself.

    `leave`: folders that are not looked into.

    Raises:
        UsageError: the root is no folder, or holds no report.
    """
    if not root.is_dir():
        raise UsageError(f"{root} 不是一个文件夹。请给出放着各单位报告的文件夹。")
    away = {path.resolve() for path in leave}
    found = [*_loose(root, roster), *_folders(root, roster, away)]
    if not found:
        raise UsageError(
            f"{root} 里没有报告（.docx、.pdf、.md）。请把各单位的报告放进来，一个单位一个文件夹，或以单位命名文件。"
        )
    return found


def issued(root: Path, roster: Sequence[str]) -> list[Path]:
    """What the bureau itself put beside the reports: its notice, its outline. Their words are nobody's to copy."""
    return [path for path in _files(root) if path.suffix.lower() in REPORTS and _is_issued(path, roster)]


def is_report(path: Path) -> bool:
    """Whether a file is called a report, and no table."""
    return bool(_REPORT.search(path.stem)) and not _FORM.search(path.stem)


def _is_issued(path: Path, roster: Sequence[str]) -> bool:
    named = listed_unit(path.stem, roster) or (unit_in_name(path.stem) and not roster)
    return bool(_ISSUED.search(path.stem)) and not named


def _loose(root: Path, roster: Sequence[str]) -> Iterator[Submission]:
    """The files right under the root, by unit; one whose name says no unit stands alone."""
    groups: dict[str, list[Path]] = {}
    for path in _files(root):
        if is_roster(path) or _is_issued(path, roster):
            continue
        unit = listed_unit(path.stem, roster) or unit_in_name(path.stem)
        groups.setdefault(plain(unit) or path.name, []).append(path)
    for paths in groups.values():
        first = paths[0]
        unit = listed_unit(first.stem, roster) or unit_in_name(first.stem)
        yield _submission(unit or first.stem, unit, paths, None)


def _folders(root: Path, roster: Sequence[str], away: set[Path]) -> Iterator[Submission]:
    for place in sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")):
        if place.resolve() in away:
            continue
        paths, case = _walked(place, away)
        if paths:
            unit = listed_unit(place.name, roster) or unit_in_name(place.name)
            yield _submission(place.name, unit, paths, case)


def _walked(place: Path, away: set[Path]) -> tuple[list[Path], Path | None]:
    """The files of a unit's folder, and its case folder; what belongs to the case is no report."""
    paths: list[Path] = []
    case: Path | None = None
    for here, below, files in os.walk(place):
        folder = Path(here)
        below[:] = sorted(name for name in below if not name.startswith(".") and (folder / name).resolve() not in away)
        if _CASE in files:
            case = case or folder
            if folder != place:
                below.clear()
                continue
            below[:] = [name for name in below if name != "materials"]
            paths += [path for path in _files(folder) if path.name != "workbook.xlsx"]
        else:
            paths += _files(folder)
    return paths, case


def _files(folder: Path) -> list[Path]:
    """The files that may be reports or tables; locks of an open Word file and hidden ones are none."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() in (*REPORTS, *SHEETS) and not path.name.startswith((".", "~$"))
    )


def _submission(name: str, unit: str, paths: Sequence[Path], case: Path | None) -> Submission:
    """The report is the file that is called so, else the first that is not called a table."""
    sheets = tuple(path for path in paths if path.suffix.lower() in SHEETS)
    written = [path for path in paths if path.suffix.lower() not in SHEETS]
    if any(path.name == "report.docx" for path in written):
        written = [path for path in written if path.name not in _RUN_FILES]
    ranked = sorted(written, key=lambda path: (not _REPORT.search(path.stem), bool(_FORM.search(path.stem)), path.name))
    report = ranked[0] if ranked else None
    return Submission(name, unit, report, sheets, case, tuple(ranked[1:]))
