"""What people wrote into the workbook, its quantities as slots, and where it stands."""

from __future__ import annotations

import re

from assistant.intake import Case, Row
from assistant.intake.materials import unslotted
from assistant.patterns import regex

_MARKS = regex(r"[\s“”\"'（）()《》、，。:：]+|指标$")


def written(case: Case, id: str) -> str:
    """A text field, answer or reason, its numbers as slots, without its full stop."""
    return case.slotted.get(id, unslotted(case.text(id))).strip().rstrip("。；;")


def written_cell(case: Case, table: str, row: Row, column: str) -> str:
    """A cell of a row, its numbers as slots, without its full stop."""
    return case.slotted.get(f"{table}.{row.number}.{column}", unslotted(row.text(column))).strip().rstrip("。；;")


def entry_source(case: Case, id: str) -> tuple[str, ...]:
    """Where an entry stands."""
    entry = case.entries.get(id)
    return (str(entry.provenance),) if entry else ()


def cell_source(row: Row, *columns: str) -> tuple[str, ...]:
    """Where cells of a row stand."""
    return tuple(dict.fromkeys(str(row.cells[column].provenance) for column in columns if column in row.cells))


def same_name(written_name: str, *names: str) -> bool:
    """Whether people meant the indicator of these names: the same words, quotes, brackets and the word 指标 aside."""
    wanted = {_MARKS.sub("", name) for name in names}
    parts = (*re.split(r"[、；;\n]", written_name), written_name)
    return any(_MARKS.sub("", part) in wanted for part in parts)
