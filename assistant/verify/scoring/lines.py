"""Score tables in a text without table lines: one row a line with spaces between, or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.documents import Text
from assistant.patterns import regex
from assistant.verify.scoring.grid import Builder
from assistant.verify.scoring.heads import Role, role_of, scores
from assistant.verify.scoring.model import Points, ScoreTable, Spot
from assistant.verify.scoring.rows import TOTAL, Row, is_total, read_row

_WORD = regex(r"\S+")
_LONGEST_ROW = 160
_FEWEST_HEADS = 3
_MOST_HEADS = 12
_FEWEST_NUMBERS = 8
_FARTHEST = 30
"""So many lines may stand between two numbers of one table: the longest standard."""
_LONGEST_NAME = 16
_LONG = regex(r"[，。；;：:=＝≥≤＜＞<>①-⑳]|得\s?\d|扣\s?\d|^\d{1,2}[.、]")
_STANDARD = regex(r"①|^\s*1[.、．]|^\s*[（(]1[)）]|[得扣计]\s?\d|[（(]\d{1,2}(?:\.\d)?\s?分[)）]")
_NAMES_ABOVE = 6


def from_lines(text: Text) -> Iterator[ScoreTable]:
    """The score tables among the paragraphs of a text."""
    blocks = [block for block in text.blocks if block.kind in ("paragraph", "heading")]
    spots = [Spot(text.text[b.start : b.end], b.start, b.end) for b in blocks]
    taken = 0
    for at in range(len(spots)):
        if at < taken:
            continue
        found = _row_a_line(spots, at) or _cell_a_line(spots, at)
        if found is not None:
            table, taken = found
            if table is not None:
                yield table
    indented = {b.start for b in blocks if b.start and text.text[b.start - 1] != "\n"}
    yield from _without_heads(spots, indented)


def _row_a_line(spots: Sequence[Spot], at: int) -> tuple[ScoreTable | None, int] | None:
    """指标 分值 得分 得分率 as one line, then a line a row."""
    roles = _roles(word[0] for word in _found_words(spots[at]))
    if roles is None:
        return None
    builder = Builder("lines", spots[at - 1].words if at else "", roles=roles)
    end = at + 1
    while end < len(spots):
        words = _words(spots[end])
        if len(words) != len(roles) and not (words and TOTAL.match(words[0].words) and len(words) > 1):
            break
        row = read_row(dict(enumerate(words)), roles)
        if row.title is None or row.marks is None or row.doubt:
            break
        builder.rows.append(row)
        end += 1
        if is_total(row):
            break
    return _closed(builder), end


def _cell_a_line(spots: Sequence[Spot], at: int) -> tuple[ScoreTable | None, int] | None:
    """指标 / 分值 / 得分 / 得分率, each on a line of its own, then as many lines a row."""
    width = 0
    while width < _MOST_HEADS and at + width < len(spots) and role_of(spots[at + width].words) is not None:
        width += 1
    roles = _roles(spot.words for spot in spots[at : at + width])
    if roles is None:
        return None
    builder = Builder("lines", spots[at - 1].words if at else "", roles=roles)
    end = at + width
    while end + width <= len(spots):
        row = read_row(dict(enumerate(spots[end : end + width])), roles)
        if row.title is None or row.marks is None or row.doubt or row.shifted:
            break
        builder.rows.append(row)
        end += width
        if is_total(row):
            break
    return _closed(builder), end


def _roles(words: Iterable[str]) -> dict[int, Role] | None:
    """The roles of the heads of a table; None from the first word on that is no head."""
    found: dict[int, Role] = {}
    for number, word in enumerate(words):
        role = role_of(word)
        if role is None:
            return None
        found[number] = role
    return found if len(found) >= _FEWEST_HEADS and scores(found) else None


def _found_words(spot: Spot) -> Iterator[re.Match[str]]:
    """The words of a short line; none of a long one, which is no row."""
    return _WORD.finditer(spot.words) if len(spot.words) <= _LONGEST_ROW else iter(())


def _words(spot: Spot) -> list[Spot]:
    """The same, each with its place."""
    return [Spot(m[0], spot.start + m.start(), spot.start + m.end()) for m in _found_words(spot)]


def _closed(builder: Builder) -> ScoreTable | None:
    if not builder.rows or not is_total(builder.rows[-1]):
        builder.rows.append(Row(doubt="表没有读到合计行"))
    return builder.build()


def _without_heads(spots: Sequence[Spot], indented: set[int]) -> Iterator[ScoreTable]:
    numbers = [n for n, spot in enumerate(spots) if len(spot.words) < 8 and spot.number is not None]
    start = 0
    for n in range(1, len(numbers) + 1):
        if n == len(numbers) or numbers[n] - numbers[n - 1] > _FARTHEST:
            cluster, start = numbers[start:n], n
            if len(cluster) >= _FEWEST_NUMBERS:
                table = _Machine(spots, cluster, indented).read()
                if table is not None and table.whole:
                    yield table


@dataclass
class _Machine:
    """One cell a line and no heads: 名称 分值 long words 得分, told by what comes between the numbers."""

    spots: Sequence[Spot]
    cluster: Sequence[int]
    indented: set[int]
    """Where lines begin with white space: the first line of a cell does where an extraction keeps its tab."""
    rows: list[Row] = field(default_factory=list)
    name: Spot | None = None
    full: Points | None = None
    above: list[tuple[Spot, Points | None]] = field(default_factory=list)

    def read(self) -> ScoreTable | None:
        """The table, None where the lines do not follow one another as those of a score table do."""
        at = self.cluster[0]
        while at > 0 and self.cluster[0] - at < _NAMES_ABOVE and not _is_long(self.spots[at - 1]):
            at -= 1
        for place in self.cluster:
            number = self.spots[place].number
            if number is None or not self._take(self.spots[at:place], number):
                return None
            at = place + 1
        if not self.rows or not is_total(self.rows[-1]):
            return None
        return Builder("lines", "", rows=self.rows).build()

    def _take(self, lines: Sequence[Spot], number: Points) -> bool:
        """The lines before a number, and the number."""
        if self.rows and is_total(self.rows[-1]):
            return self._total(lines, number)
        long = [n for n, line in enumerate(lines) if _is_long(line)]
        if self.full is None:
            return self._after_marks(lines, long, number)
        if long:
            if any(n > long[-1] for n in range(len(lines))) or long[0] > 0:
                return False
            self._leaf(number, lines)
            return True
        if not lines:
            if self.name is None or TOTAL.match(re.sub(r"\s", "", self.name.words)):
                return False
            self._leaf(number, ())
            return True
        if self.name is not None:
            self.above.append((self.name, self.full))
        return self._names(lines, number)

    def _after_marks(self, lines: Sequence[Spot], long: list[int], number: Points) -> bool:
        if not long:
            return bool(lines) and self._names(lines, number)
        names = [n for n in range(len(lines)) if n not in long]
        if not names:
            return False
        if names[0] > long[0]:  # a reason for the last marks, then the next name
            return names[0] > long[-1] and self._names(lines[names[0] :], number)
        if names[-1] > long[0]:
            return False
        self.name = self._last_cell(lines[: long[0]])
        self._leaf(number, lines[long[0] :])
        return True

    def _names(self, lines: Sequence[Spot], number: Points) -> bool:
        self.name, self.full = self._last_cell(lines), number
        if TOTAL.match(re.sub(r"\s", "", lines[-1].words)):
            self.rows.append(Row(names={0: lines[-1]}, full=number))
            self.name = self.full = None
        return True

    def _last_cell(self, lines: Sequence[Spot]) -> Spot:
        """Of the names before a number the last: 投入 / 目标 / 设定 are two cells where white space begins 投入 and 目标."""
        begins = max((n for n, line in enumerate(lines) if line.start in self.indented), default=0)
        return _joined(lines[begins:])

    def _total(self, lines: Sequence[Spot], number: Points) -> bool:
        """A second number beside 合计 is the marks; nothing may follow."""
        row = self.rows[-1]
        if lines or row.marks is not None:
            return False
        row.marks = number
        return True

    def _leaf(self, marks: Points, lines: Sequence[Spot]) -> None:
        depth = 0 if len(self.above) > 1 else 1
        for at, (name, full) in enumerate(self.above[-2:]):
            self.rows.append(Row(names={depth + at: name}, fulls={} if full is None else {depth + at: full}))
        if self.name is not None:
            row = Row(names={2: self.name}, full=self.full, marks=marks)
            begins = next((n for n, line in enumerate(lines) if _STANDARD.search(line.words)), None)
            if begins is not None:
                row.cells["standard"] = _joined(lines[begins:], "\n")
            self.rows.append(row)
        self.name, self.full, self.above = None, None, []


def _is_long(line: Spot) -> bool:
    return len(line.words) > _LONGEST_NAME or bool(_LONG.search(line.words))


def _joined(lines: Sequence[Spot], between: str = "") -> Spot:
    return Spot(between.join(line.words for line in lines), lines[0].start, lines[-1].end)
