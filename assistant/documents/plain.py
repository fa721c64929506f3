"""Reads .txt: a line is a paragraph, a line with tabs is a row of a table.

The text keeps every character of the file (but marks that cannot be seen, and a kind of newline), blank lines too,
so that offsets hold in the file itself, and what `--text-out` wrote reads back the same.
"""

from __future__ import annotations

import codecs

from assistant.documents.text import Builder, Cell, Text
from assistant.errors import InputError
from assistant.patterns import regex

_LINE = regex("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_CONTROL = regex("[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read(name: str, data: bytes) -> Text:
    """The text of a .txt file."""
    builder = Builder(name)
    in_table = False
    for line in lines_of(name, data):
        is_row = "\t" in (line if in_table else line.strip())
        if is_row:
            if not in_table:
                builder.table()
            builder.row(Cell(text, column) for column, text in enumerate(line.split("\t")))
        elif line.strip():
            builder.paragraph(line)
        else:
            builder.blank(line)
        in_table = is_row
    return builder.build()


def lines_of(name: str, data: bytes) -> list[str]:
    """The file's lines, without their ends."""
    lines = _LINE.split(_decoded(name, data))
    return lines if lines[-1] else lines[:-1]


def _decoded(name: str, data: bytes) -> str:
    """UTF-8, UTF-16 and UTF-32 by their marks, else UTF-8, else GB18030; what is no text is refused."""
    marked = [(data[len(mark) :], code) for mark, code in _MARKS if data.startswith(mark)]
    for body, code in marked[:1] or [(data, "utf-8"), (data, "gb18030")]:
        try:
            text = body.decode(code, "surrogatepass")  # half a character is no reason to refuse a broken export
        except UnicodeDecodeError:
            continue
        if "\0" in text or len(_CONTROL.findall(text)) > 1 + len(text) / 100:
            break
        return text
    raise InputError(name, "不是文字文件，或文字编码无法识别", "请用记事本打开并另存为 UTF-8 编码，或改用 .docx")
