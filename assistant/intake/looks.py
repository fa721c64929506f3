"""How the cells of a workbook are printed: by which number format, whether as a date, and whether anybody can see it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml.etree import _Element

Time = Literal["", "date", "duration"]
_LEGIBLE = 2
_SHOWS_NOTHING = ";;;"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is printed. `unseen`: white on white, smaller than 2 points, or by a format that shows nothing."""

    number_format: str = "General"
    time: Time = ""
    unseen: bool = False


def read_looks(styles: _Element | None) -> tuple[Look, ...]:
    """The looks that cells name by their number; the plain one alone where the workbook has no styles."""
    if styles is None:
        return (Look(),)
    formats = {
        int(entry.get("numFmtId", "0")): entry.get("formatCode", "")
        for entry in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    tiny = {n for n, font in enumerate(styles.iterfind("{*}fonts/{*}font")) if _is_tiny(font)}
    white = {n for n, font in enumerate(styles.iterfind("{*}fonts/{*}font")) if _is_white(font.find("{*}color"))}
    filled = {n for n, fill in enumerate(styles.iterfind("{*}fills/{*}fill")) if not _shows_paper(fill)}
    found = []
    for xf in styles.iterfind("{*}cellXfs/{*}xf"):
        id, font, fill = (int(xf.get(name, "0")) for name in ("numFmtId", "fontId", "fillId"))
        shown, time = _number_format(formats.get(id, ""), id)
        unseen = shown == _SHOWS_NOTHING or font in tiny or (font in white and fill not in filled)
        found.append(Look(shown, time, unseen))
    return tuple(found) or (Look(),)


def _number_format(own: str, id: int) -> tuple[str, Time]:
    """A number format in Excel's letters, and what it makes of a number."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    shown = own or BUILTIN_FORMATS.get(id, "General")
    return shown, "duration" if is_timedelta_format(shown) else "date" if is_date_format(shown) else ""


def _is_tiny(font: _Element) -> bool:
    size = font.find("{*}sz")
    return size is not None and Decimal(size.get("val", "11")) < _LEGIBLE


def _shows_paper(fill: _Element) -> bool:
    """Whether what stands on it stands on white."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return len(fill) == 0
    kind = pattern.get("patternType", "none")
    return kind == "none" or (kind == "solid" and _is_white(pattern.find("{*}fgColor")))


def _is_white(color: _Element | None) -> bool:
    """White as such, or as the first color of the theme, which is the paper's."""
    if color is None or color.get("indexed") is not None:
        return False
    if (theme := color.get("theme")) is not None:
        return int(theme) == 0 and not Decimal(color.get("tint", "0"))
    return color.get("rgb", "")[-6:].upper() == "FFFFFF"
