"""Finds ruled tables on a page from its straight lines alone: where the lines are, which cells they make, what is merged.

Coordinates are those of the page as one sees it, y upwards. A table without lines between its columns is not found.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import neg
from typing import NamedTuple

from assistant.documents.text import Cell

_NEAR = 3.0
_SHORTEST = 6.0
_MOST_PAIRS = 400_000
_MOST_CELLS = 20_000

Place = tuple[int, int]


class Segment(NamedTuple):
    """A horizontal (`at` is y) or vertical (`at` is x) stretch of a line, from `low` to `high`."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: column edges from the left, row edges from the top, for each place the first place of its merged cell,
    and for each such first place the cell's right edge.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    anchors: dict[Place, Place]
    rights: dict[Place, float]

    def place(self, x: float, y: float) -> Place | None:
        """The cell (row, column of its first place) around a point, or None outside the table."""
        if not (self.xs[0] < x < self.xs[-1] and self.ys[-1] < y < self.ys[0]):
            return None
        return self.anchors[bisect_left(self.ys, -y, key=neg) - 1, bisect_left(self.xs, x) - 1]

    def rows(self, texts: Mapping[Place, str]) -> list[list[Cell]]:
        """The rows as cells, with the text given for each."""
        rows: list[list[Cell]] = []
        for row in range(len(self.ys) - 1):
            cells: list[Cell] = []
            last: Place | None = None
            for column in range(len(self.xs) - 1):
                anchor = self.anchors[row, column]
                if anchor == last:
                    cells[-1] = cells[-1]._replace(columns=cells[-1].columns + 1)
                else:
                    continues = anchor[0] < row
                    cells.append(Cell("" if continues else texts.get(anchor, ""), column, 1, continues))
                last = anchor
            rows.append(cells)
        return rows


def grids(horizontal: Iterable[Segment], vertical: Iterable[Segment]) -> list[Grid]:
    """The tables of two columns or more that the lines make."""
    across, down = _merged(horizontal), _merged(vertical)
    if len(across) * len(down) > _MOST_PAIRS:
        return []
    found = [_grid(rows, columns) for rows, columns in _clusters(across, down)]
    return [grid for grid in found if grid]


def _merged(segments: Iterable[Segment]) -> list[Segment]:
    """Lines that run over one another, as one; all of nearly the same place get the same place."""
    levels: list[list[Segment]] = []
    for segment in sorted(segments):
        if not levels or segment.at - levels[-1][0].at > _NEAR:
            levels.append([])
        levels[-1].append(segment)
    merged: list[Segment] = []
    for level in levels:
        at = sum(segment.at for segment in level) / len(level)
        run: list[Segment] = []
        for segment in sorted(level, key=lambda item: item.low):
            if run and segment.low <= run[-1].high + _NEAR:
                run[-1] = Segment(at, run[-1].low, max(run[-1].high, segment.high))
            else:
                run.append(Segment(at, segment.low, segment.high))
        merged += [item for item in run if item.high - item.low >= _SHORTEST]
    return merged


def _covers(segment: Segment, at: float) -> bool:
    return segment.low - _NEAR <= at <= segment.high + _NEAR


def _clusters(across: list[Segment], down: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """The lines in groups that hang together."""
    parent = list(range(len(across) + len(down)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for i, row in enumerate(across):
        for j, column in enumerate(down, len(across)):
            if _covers(row, column.at) and _covers(column, row.at):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = defaultdict(lambda: ([], []))
    for i, row in enumerate(across):
        groups[root(i)][0].append(row)
    for j, column in enumerate(down, len(across)):
        groups[root(j)][1].append(column)
    return list(groups.values())


def _grid(across: list[Segment], down: list[Segment]) -> Grid | None:
    xs = tuple(sorted({line.at for line in down}))
    ys = tuple(sorted({line.at for line in across}, reverse=True))
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2 or rows * columns > _MOST_CELLS:
        return None
    on_x, on_y = defaultdict(list), defaultdict(list)
    for line in down:
        on_x[line.at].append(line)
    for line in across:
        on_y[line.at].append(line)
    anchors: dict[Place, Place] = {}
    for place in ((row, column) for row in range(rows) for column in range(columns)):
        if place in anchors:
            continue
        anchors[place] = place
        open_places = [place]
        while open_places:
            row, column = open_places.pop()
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            walls = (
                ((row, column - 1), on_x[xs[column]], y),
                ((row, column + 1), on_x[xs[column + 1]], y),
                ((row - 1, column), on_y[ys[row]], x),
                ((row + 1, column), on_y[ys[row + 1]], x),
            )
            for beside, wall, at in walls:
                inside = 0 <= beside[0] < rows and 0 <= beside[1] < columns
                if inside and beside not in anchors and not any(_covers(line, at) for line in wall):
                    anchors[beside] = place
                    open_places.append(beside)
    rights: dict[Place, float] = {}
    for (_, column), anchor in anchors.items():
        rights[anchor] = max(rights.get(anchor, 0.0), xs[column + 1])
    return Grid(xs, ys, anchors, rights) if len(rights) > 1 else None
