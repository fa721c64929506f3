"""A text with some stretches replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.documents import Text


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`start:end` of a text becomes `new`. It stays inside one paragraph or cell."""

    start: int
    end: int
    new: str


def moved(offset: int, edits: Iterable[Edit]) -> int:
    """Where a place of the old text stands in the edited one."""
    shift = 0
    for edit in edits:
        if edit.end <= offset:
            shift += len(edit.new) - (edit.end - edit.start)
        elif edit.start < offset:
            return edit.start + shift + min(len(edit.new), offset - edit.start)
    return offset + shift


def edited(text: Text, edits: Sequence[Edit]) -> Text:
    """The text with all edits made, which must be in order and apart from each other."""
    parts, at = [], 0
    for edit in edits:
        if edit.start < at:
            raise ValueError(f"edits overlap at {edit.start}")
        parts += [text.text[at : edit.start], edit.new]
        at = edit.end
    parts.append(text.text[at:])
    blocks = tuple(
        block._replace(
            start=moved(block.start, edits),
            end=moved(block.end, edits),
            cells=tuple(
                cell._replace(start=moved(cell.start, edits), end=moved(cell.end, edits)) for cell in block.cells
            ),
        )
        for block in text.blocks
    )
    return replace(text, text="".join(parts), blocks=blocks)
