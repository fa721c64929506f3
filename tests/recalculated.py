"""Workbooks of ours without the results stored in them, computed anew by LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

Cells = dict[str, Any]


def recalculated(paths: Sequence[Path], folder: Path) -> dict[str, tuple[Cells, Cells]]:
    """File name -> what we stored in its formulas' cells, and what LibreOffice computes for them."""
    soffice = shutil.which("soffice")
    assert soffice
    for path in paths:
        _strip(path, folder / "bare" / path.name)
    bare = [str(folder / "bare" / path.name) for path in paths]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "computed"), *bare],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return {path.name: (_formulas(path), _formulas(folder / "computed" / path.name)) for path in paths}


def assert_same_cells(stored: Cells, computed: Cells, name: str) -> None:
    """Numbers to nine places, texts to the letter; there must be some."""
    assert stored, name
    for place, value in stored.items():
        got = computed.get(place)
        if isinstance(value, str) or value is None:
            assert (got or "") == (value or ""), (name, place)
        else:
            assert abs(Decimal(repr(got)) - Decimal(repr(value))) < Decimal("1e-9"), (name, place)


def _strip(path: Path, out: Path) -> None:
    out.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part.startswith("xl/worksheets/"):
                data = re.sub(rb"</f><v>[^<]*</v>", b"</f>", data)
            new.writestr(part, data)


def _formulas(path: Path) -> Cells:
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": values[sheet.title][cell.coordinate].value
        for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    }  # fmt: skip
