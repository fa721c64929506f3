"""The score table of any report: grids, tables cut by pages, text without lines, prose. What cannot be read is not guessed.

`read_score_tables` gives every table with its leaves, their levels, full marks, marks and texts, each value with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.documents import Text
from assistant.patterns import regex
from assistant.verify.reading.passages import Passage
from assistant.verify.reading.tables import Table
from assistant.verify.scoring.grid import Builder
from assistant.verify.scoring.lines import from_lines
from assistant.verify.scoring.model import Leaf, Parent, Points, ScoreTable, Spot, distinct, told
from assistant.verify.scoring.prose import from_prose

_LONGEST_GAP = 80
_NEW_TABLE = regex(r"(?:^|\n)\s*(?:附表|附件|表)\s*[\d一二三四五六七八九十]")
_OF_PROJECT = regex(r"项目(?:支出)?(?:绩效)?自评|项目名称|项目支出绩效")
_OF_UNIT = regex(r"部门整体|整体支出|单位整体|部门名称|单位名称|整体绩效")


def read_score_tables(text: Text, tables: Sequence[Table], passages: Sequence[Passage]) -> tuple[ScoreTable, ...]:
    """The score tables of a document: those in grids first, then those in bare lines, then what only the prose says."""
    grids = list(_from_grids(text, tables))
    taken = {leaf.title.start for table in grids for leaf in table.leaves}
    bare = [table for table in from_lines(text) if not any(leaf.title.start in taken for leaf in table.leaves)]
    return (*grids, *bare, *from_prose(passages))


def _from_grids(text: Text, tables: Sequence[Table]) -> Iterator[ScoreTable]:
    builder: Builder | None = None
    last = 0
    for table in tables:
        first = min((c.start for row in table.rows for c in row.values()), default=0)
        gap = text.text[last:first]
        fresh = builder is None or builder.closed or len(gap.strip()) > _LONGEST_GAP or bool(_NEW_TABLE.search(gap))
        if fresh:
            if builder is not None and (done := builder.build()):
                yield done
            builder = Builder("grid", table.caption, _is_of_project(gap[-200:], table))
        for row in table.rows:
            assert builder is not None
            builder.take({column: Spot(cell.words, cell.start, cell.end) for column, cell in row.items()})
        last = max((c.end for row in table.rows for c in row.values()), default=last)
    if builder is not None and (done := builder.build()):
        yield done


def _is_of_project(above: str, table: Table) -> bool:
    """Whether it marks one project: a report may bring many such tables, each out of a hundred."""
    nearest = above.strip().rsplit("\n", 1)[-1]
    words = nearest + "".join(cell.words for row in table.rows[:4] for cell in row.values() if len(cell.words) < 30)
    return bool(_OF_PROJECT.search(words)) and not _OF_UNIT.search(words)


__all__ = ["Leaf", "Parent", "Points", "ScoreTable", "Spot", "distinct", "read_score_tables", "told"]
