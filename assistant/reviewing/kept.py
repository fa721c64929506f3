"""The result folder of a review: opinions as they were told, so that the next review can hold a new report against them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assistant.errors import InputError, UsageError
from assistant.patterns import regex
from assistant.reviewing.naming import plain

RECORD = "review.json"
SHEETS, EARLIER = "审核意见单", "以前的审核意见单"
_UNSAFE = regex(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 60


def refuse_other(out: Path) -> None:
    """Stop before work is done for a folder that holds something else.

    Raises:
        UsageError: it is a file, or a folder with something that no review left.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"--out {out} 是一个文件，请给出文件夹。")
    if out.is_dir() and any(out.iterdir()) and not (out / RECORD).is_file():
        raise UsageError(f"--out {out} 里已有别的文件，没有改动。请换一个空文件夹，或上次审核的结果文件夹。")


def is_review(folder: Path | None) -> bool:
    """Whether a review left this folder."""
    return folder is not None and (folder / RECORD).is_file()


def last_review(folder: Path) -> tuple[dict[str, dict[str, Any]], Path | None]:
    """Each unit's opinion of the review that left this folder, by its name as names are compared, and last year's reports.

    Raises:
        InputError: the record cannot be read.
    """
    if not is_review(folder):
        return {}, None
    data = _record(folder)
    last_year = Path(data.get("last_year") or "")
    told = {plain(one["unit"]): one for one in data["units"] if one["round"]}
    return told, last_year if data.get("last_year") and last_year.is_dir() else None


def _record(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = {}
    try:
        data = json.loads((folder / RECORD).read_text("utf-8"))
        known = all({"unit", "round", "items", "earlier", "sheet"} <= set(one) for one in data["units"])
    except (OSError, ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise InputError(
            str(folder / RECORD), "上次审核的记录读不出来", "请用完整的结果文件夹，或换一个 --out 重新审核"
        )
    return data


def keep_earlier(old: Path, new: Path, carried: Mapping[str, str]) -> None:
    """The sheets of earlier reviews, and those of the last one under its round, as they are now: a reviewer may have written on them.

    `carried`: units that handed in nothing since, and the names of their sheets; these stay where they are.
    """
    if (old / EARLIER).is_dir():
        shutil.copytree(old / EARLIER, new / EARLIER)
    for one in _record(old)["units"]:
        if not one["round"]:
            continue
        stays = one["unit"] in carried
        folder = new / (SHEETS if stays else EARLIER)
        folder.mkdir(exist_ok=True)
        name = carried[one["unit"]] if stays else f"{one['sheet']}-第{one['round']}次"
        for suffix in (".docx", ".json"):
            file = old / SHEETS / f"{one['sheet']}{suffix}"
            if file.is_file():
                shutil.copy2(file, folder / f"{name}{suffix}")


def file_names(units: Iterable[str]) -> list[str]:
    """A file name for each unit, no two the same, on any file system."""
    names: list[str] = []
    taken: set[str] = set()
    for unit in units:
        name = base = _UNSAFE.sub("_", unit).strip(". ")[:_LONGEST] or "未署名"
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.casefold())
        names.append(name)
    return names
