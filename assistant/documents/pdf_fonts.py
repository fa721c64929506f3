"""One made-up font in place of all that a PDF names but does not carry, so that a file reads alike on every machine.

pdfium takes the height of a text from its letters' outlines, and by it tells lines apart and drops text printed twice.
For a font that is not in the file it looks among the fonts installed on the machine. Where none has the letters they have no
height, and a line like the one above it is taken for a second print and lost. Here every letter has the same box;
widths come from the file.
"""

from __future__ import annotations

import struct
from ctypes import memmove, string_at
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

_EM = 100
_BOX = (0, -10, 25, 80)
_ASCENT, _DESCENT, _ADVANCE = 88, -12, 50
_GLYPHS = 0xFFFF
_NAME = b"Box"
_BUILT_IN = (b"Courier", b"Helvetica", b"Times")
_LATIN = 0


def use_one_font() -> None:
    """From now on pdfium looks at no installed font, in the whole process: not for a process that draws pages."""
    pdfium.FPDF_SetSystemFontInfo(_source())


@cache
def _source() -> Any:
    """What pdfium asks for fonts. Kept for good: pdfium holds on to it."""
    data = _font()

    def choose(
        _this: Any, _weight: int, _italic: int, charset: int, _pitch: int, family: Any, _exact: Any
    ) -> int | None:
        built_in = charset == _LATIN and string_at(family).startswith(_BUILT_IN)
        return None if built_in else 1

    def load(_this: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        return _copied(b"" if table else data, buffer, size)

    def name(_this: Any, _font: Any, buffer: Any, size: int) -> int:
        return _copied(_NAME, buffer, size)

    calls = {"MapFont": choose, "GetFontData": load, "GetFaceName": name}
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    return pdfium.FPDF_SYSFONTINFO(version=1, **{field: kinds[field](call) for field, call in calls.items()})


def _copied(data: bytes, buffer: Any, size: int) -> int:
    """The length of the data, put into the buffer if there is one with room for it."""
    if buffer and size >= len(data):
        memmove(buffer, data, len(data))
    return len(data)


def _font() -> bytes:
    """A TrueType font in which every character, and every glyph that a file may ask for by number, is the same box."""
    _, bottom, right, top = _BOX
    line = (right, -bottom, top - bottom)  # from corner to corner: enough to have a box
    outline = struct.pack(">5h2H5Bx", 1, *_BOX, 1, 0, 0x15, 0x37, *line)
    places = range(0, len(outline) * (_GLYPHS + 1), len(outline))
    characters = struct.pack(">7H", 4, 32, 0, 4, 4, 1, 0) + struct.pack(">9H", 0xFFFE, 0xFFFF, 0, 0, 0xFFFF, 0, 1, 0, 0)
    return _file({
        b"cmap": struct.pack(">4HI", 0, 1, 3, 1, 12) + characters,
        b"glyf": outline * _GLYPHS,
        b"head": struct.pack(">4I2H2Q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *_BOX, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, _ASCENT, _DESCENT, 0, _ADVANCE, *[0] * 11, 1),
        b"hmtx": struct.pack(">Hh", _ADVANCE, 0) + bytes(2 * (_GLYPHS - 1)),
        b"loca": struct.pack(f">{len(places)}I", *places),
        b"maxp": struct.pack(">I14H", 0x10000, _GLYPHS, 2, 1, 0, 0, 1, *[0] * 8),
    })  # fmt: skip


def _file(tables: dict[bytes, bytes]) -> bytes:
    head = struct.pack(">I4H", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    place = len(head) + 16 * len(tables)
    body = b""
    for tag, data in tables.items():
        head += struct.pack(">4s3I", tag, 0, place + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body
