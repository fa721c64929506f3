"""How much of a report could be checked against itself, said so that nobody takes silence for a clean bill."""

from __future__ import annotations

from typing import Any, NamedTuple

from assistant.verify.itself.calendar import FULL_DATE
from assistant.verify.itself.own_rule import coverage as score_coverage
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.tables import Table

_MOST_NOTES = 3


class Coverage(NamedTuple):
    """What took part in a check.

    `compared`: of the `quantities`, those that some check held against another number of the same text. `lists`: numbered lines
    and enumerations; `notes`: what of the tables was checked or not, and why, in Chinese lines.
    """

    quantities: int
    compared: int
    tables: int
    score_tables: int
    lists: int
    dates: int
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As `summary.checked` of check.json."""
        return {
            "quantities": self.quantities,
            "compared": self.compared,
            "tables": self.tables,
            "score_tables": self.score_tables,
            "lists": self.lists,
            "dates": self.dates,
            "notes": list(self.notes),
        }

    def lines(self) -> list[str]:
        """For people: two or three lines, and what was not checked."""
        left = self.quantities - self.compared
        said = (
            []
            if not self.quantities
            else [
                f"数量{self.quantities}个，其中{self.compared}个与文中别的数核对过（合计、占比、比率、前后两处等）；"
                f"{f'其余{left}个文中没有可比的数，没有核对，不等于正确' if left else '全部核对过'}。",
            ]
        )
        said.append(
            f"另核对编号和列举{self.lists}组，日期{self.dates}处；读出表格{self.tables}张，其中评分表{self.score_tables}张。"
        )
        return [*said, *self.notes[:_MOST_NOTES]]


def coverage(reading: Reading) -> Coverage:
    """What of a text took part in a check. Asked after the checks have run: they note what they held against what."""
    quantities = {mention.start for mention in reading.mentions if mention.is_quantity and mention.value is not None}
    return Coverage(
        len(quantities), len(quantities & reading.compared), len(reading.tables), len(reading.score_tables),
        len(reading.listings), sum(1 for _ in FULL_DATE.finditer(reading.text.text)), tuple(_notes(reading)),
    )  # fmt: skip


def _notes(reading: Reading) -> list[str]:
    notes = []
    if not reading.tables:
        notes.append("没有读到表格；文中如有表格，可能是提取文字时散开了，表内的合计没有核对。")
    if headless := [table for table in reading.tables if _headless(table)]:
        notes.append(
            f"表{'、'.join(str(table.number) for table in headless[:10])}没有表头，各列是什么没有认出，没有核对。"
        )
    return [*notes, *score_coverage(reading)]


def _headless(table: Table) -> bool:
    """Whether a table begins with numbers: its columns have no names. A table of contents does too, and needs none."""
    first = table.rows[0].values() if table.rows else ()
    return any(cell.mention is not None for cell in first) and not any(
        "..." in c.words or "……" in c.words for c in first
    )
