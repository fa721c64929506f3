"""Letters of a PDF page that nobody sees: never painted, white on white, or smaller than 2 points.

A scan with its text laid invisibly under the picture is read all the same: there the invisible text is the page's only text.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_int, c_uint
from typing import Any

import pypdfium2.raw as pdfium

_UNPAINTED = 3
"""The render mode that paints nothing."""
_NEARLY_WHITE = 250
_TINY = 2.0
_STAMP = 20
"""So many visible letters and fewer are a page number or a stamp on a scan, not its text."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in the file's own coordinates."""


def unseen(page: Any, text: Any, boxes: list[Box]) -> frozenset[int]:
    """Which of the page's letters nobody sees, by their place in `boxes` (of every letter of the text page, in its order)."""
    unpainted = {n for n in range(len(boxes)) if _mode(text, n) == _UNPAINTED}
    faint = {n for n in range(len(boxes)) if n not in unpainted and _is_tiny(boxes[n])}
    white = {n for n in range(len(boxes)) if n not in unpainted | faint and _is_white(text, n)}
    if white:
        grounds = list(_grounds(page))
        white = {n for n in white if not any(_within(boxes[n], ground) for ground in grounds)}
    if len(boxes) - len(unpainted | faint | white) <= _STAMP:
        unpainted = set()
    return frozenset(unpainted | faint | white)


def _mode(text: Any, index: int) -> int:
    shown = pdfium.FPDFText_GetTextObject(text, index)
    return int(pdfium.FPDFTextObj_GetTextRenderMode(shown)) if shown else 0


def _is_tiny(box: Box) -> bool:
    left, bottom, right, top = box
    return 0 < max(right - left, top - bottom) < _TINY


def _is_white(text: Any, index: int) -> bool:
    parts = [c_uint() for _ in range(4)]
    if not pdfium.FPDFText_GetFillColor(text, index, *map(byref, parts)):
        return False
    *colors, alpha = (part.value for part in parts)
    return alpha == 0 or min(colors) >= _NEARLY_WHITE


def _grounds(page: Any) -> Iterator[Box]:
    """Pictures and areas of a color, on which white letters are seen."""
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE]):
        if shape.type == pdfium.FPDF_PAGEOBJ_IMAGE or _is_colored(shape):
            yield shape.get_bounds()


def _is_colored(shape: Any) -> bool:
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)
    parts = [c_uint() for _ in range(4)]
    if not fill.value or not pdfium.FPDFPageObj_GetFillColor(shape, *map(byref, parts)):
        return False
    *colors, alpha = (part.value for part in parts)
    return alpha > 0 and min(colors) < _NEARLY_WHITE


def _within(box: Box, ground: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return ground[0] <= x <= ground[2] and ground[1] <= y <= ground[3]
