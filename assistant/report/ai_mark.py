"""The marks of a draft that a model had a hand in: a visible line at the end of the text, and the file's AIGC property.

After 《人工智能生成合成内容标识办法》 (in force from 2025-09-01) and GB 45438-2025: a reader is told in the text, a machine in the metadata.
The line stands at the foot of the text, never inside the official form's table.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace

from assistant.report.blocks import Block, Document, Landscape, Paragraph

LINE = "（本稿部分文字由人工智能辅助生成，报告中的数据由程序按填报数据写入；定稿前须经人工审核。）"
PROPERTY = "AIGC"
_PRODUCER = "jiping"


def marked(document: Document, sentences: Iterable[str]) -> Document:
    """The document with both marks. `sentences` are the model's: the content's number is their digest, so equal drafts are equal files."""
    number = hashlib.sha256("\n".join(sentences).encode("utf-8")).hexdigest()[:32]
    label = {
        "Label": "1", "ContentProducer": _PRODUCER, "ProduceID": number, "ReservedCode1": "",
        "ContentPropagator": "", "PropagateID": "", "ReservedCode2": "",
    }  # fmt: skip
    properties = {**document.properties, PROPERTY: json.dumps(label, ensure_ascii=False, separators=(",", ":"))}
    return replace(document, blocks=tuple(_with_line(document.blocks)), properties=properties)


def _with_line(blocks: tuple[Block, ...]) -> list[Block]:
    """The line after the last block of the text, before the score table on pages of its own."""
    at = len(blocks)
    while at and isinstance(blocks[at - 1], Landscape):
        at -= 1
    return [*blocks[:at], Paragraph(LINE, section="ai_mark"), *blocks[at:]]
