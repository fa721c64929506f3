"""A bureau's own 评分表 (.xlsx, .docx) -> a draft framework: tree, shares and wording to the letter, every leaf `judged`.

grids   tables as dense grids that know what was merged
heads   which rows are the head, and what each column holds
tree    rows -> indicators with shares and wording; what did not fit is told with its cell
draft   the YAML
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.frameworks import Framework, read_framework
from assistant.intake.forms.draft import Head, draft_yaml, settle_shares, year_of
from assistant.intake.forms.grids import read_grids
from assistant.intake.forms.tree import read_form, split_names

_BASE = "shenzhen-futian-2020"
"""Whose sheets and rates a draft takes; its report is the general one, which every framework has that names no other."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft: the text of its file, the framework that it makes, and what a clerk has to look at."""

    text: str
    framework: Framework
    told: tuple[str, ...]


def import_form(path: Path, id: str = "") -> Imported:
    """The draft framework of a form.

    Raises:
        InputError: the file cannot be read, holds no form, or an indicator's share cannot be told.
    """
    form = read_form(read_grids(path))
    split_names(form)
    settle_shares(form, path.name)
    year = year_of(form, path.name, date.today().year - 1)
    text = draft_yaml(form, Head(id or _id(path.stem), path.name, year, _BASE))
    return Imported(text, read_framework(text, f"{path.stem}.yaml"), tuple(form.told))


def _id(stem: str) -> str:
    """The file's name as an id, where it is one."""
    plain = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")
    return plain if re.search(r"[a-z]", plain) else "imported-form"
