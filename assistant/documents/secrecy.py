"""密级: a file that carries a mark of secrecy is not taken in (design §10)."""

from __future__ import annotations

from assistant.documents.text import Text
from assistant.errors import InputError
from assistant.patterns import regex

_STARRED = regex(r"(?:绝\s?密|机\s?密|秘\s?密)\s?[★☆]")
_LABELLED = regex(r"(?:密\s?级|保密等级|保密级别)\s?[：:]\s?(?:绝\s?密|机\s?密|秘\s?密|内部)")
_ALONE = regex(
    r"[（(【\[]?(?:绝\s?密|机\s?密|秘\s?密|内部资料|内部文件)(?:[，,\s]?\s?(?:注意保存|严禁外传|不得外传))?[）)】\]]?$"
)
_FIRST = 30
"""So many lines from the top a mark stands alone on its line."""


def secrecy_mark(text: Text) -> str:
    """The mark of secrecy that a document carries, as it is printed there; "" if it carries none."""
    lines = [text.text[block.start : block.end] for block in text.blocks]
    for number, line in enumerate(lines):
        if len(line) > 200:
            continue
        if found := _STARRED.search(line) or _LABELLED.search(line):
            return found[0]
        if number < _FIRST and _ALONE.match(line):
            return line
    return ""


def refuse_secret(text: Text) -> None:
    """Stop at a document with a mark of secrecy.

    Raises:
        InputError: it carries one.
    """
    if mark := secrecy_mark(text):
        raise InputError(
            text.name, f"带有密级或内部资料标志“{mark[:20]}”，不能收入", "涉密和内部资料不得上传，请改用可公开的文件"
        )
