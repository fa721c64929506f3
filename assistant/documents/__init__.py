"""Reads .docx, .pdf, .md and .txt into plain text that knows where each character came from.

source     the bytes of a file and what they are
package    safe opening of a zip of XML parts
word pdf markdown plain    one reader each: bytes -> Text
text       Text, Block, CellSpan
"""

from __future__ import annotations

from pathlib import Path

from assistant.documents import source
from assistant.documents.text import Block, CellSpan, Text, visible
from assistant.errors import InputError

__all__ = ["Block", "CellSpan", "Text", "read_document", "visible"]

_MARKDOWN = (".md", ".markdown")
_PLAIN = (".txt", ".text", "")


def read_document(path: Path, unseen: bool = True) -> Text:
    """The document's text. The type is judged by the content; the name only tells Markdown from plain text.

    `unseen`: also what a Word file or a PDF prints so that nobody sees it. A report is checked with it; facts are not taken from it.

    Raises:
        InputError: the file cannot be read, or holds no text.
    """
    text = _read(path, unseen)
    if not text.blocks:
        raise InputError(path.name, "里面没有可读的文字", "若内容是图片或扫描件，请先做文字识别（OCR）再提交")
    return text


def _read(path: Path, unseen: bool) -> Text:
    data = source.load(path)
    kind, suffix = source.type_of(data), path.suffix.lower()
    if kind == "zip":
        from assistant.documents import word

        return word.read(path.name, data, unseen)
    if kind == "pdf":
        from assistant.documents import pdf

        return pdf.read(path.name, data, unseen)
    if kind == "text" and suffix in _MARKDOWN:
        from assistant.documents import markdown

        return markdown.read(path.name, data)
    if kind == "text" and suffix in _PLAIN:
        from assistant.documents import plain

        return plain.read(path.name, data)
    if kind == "text" and suffix == ".pdf":
        raise InputError(path.name, "不是 PDF 文件，内容不符合 PDF 格式", "请重新导出 PDF，或改用 .docx")
    if kind == "text" and suffix not in (".docx", ".docm", ".doc", ".wps"):
        raise InputError(path.name, f"不支持 {suffix} 格式", "请另存为 .docx、.pdf、.md 或 .txt 后再试")
    raise source.refuse(path.name, kind)
