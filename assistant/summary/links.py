"""From the summary to a draft: relative, so that the folder can be copied to another machine or sent as a whole."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def link_to(report: Path, out: Path) -> str:
    """The address of a report as seen from the folder that holds the summary; "" where there is no such way (another drive).

    Chinese stays as it is, as both browsers and spreadsheets want it; every sign that means something in an address is encoded.
    """
    try:
        way = os.path.relpath(report.absolute(), out.absolute())
    except ValueError:
        return ""
    return "".join(map(_encoded, Path(way).as_posix()))


def _encoded(sign: str) -> str:
    return sign if sign > "\x7f" and sign.isprintable() else quote(sign.encode("utf-8", "surrogateescape"))
