"""雷同: the passages that two reports have in common, each with both places in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.documents import Text
from assistant.similarity.index import candidates
from assistant.similarity.overlap import Overlap, overlap
from assistant.similarity.pieces import Piece, Report, pieces
from assistant.similarity.stock import stock_lines
from assistant.verify.reading.passages import passages

_LEAST = 12
"""What paragraphs in common must weigh: characters that are no stock, less those that differ. Two that know nothing of each other hardly
ever share so many; half a sentence that was copied does."""
_NEAR = 2
"""Parts of one passage lie no farther apart than so many paragraphs, in both reports."""


@dataclass(frozen=True, slots=True)
class Place:
    """One side of a pair: whose report, where in it (in words), what kind of section, whether it is the same every year, the stretch of text."""

    report: Report
    where: str
    section: tuple[str, ...]
    genre: str
    stands: bool
    start: int
    end: int

    @property
    def words(self) -> str:
        """The passage as it is printed there, on one line."""
        return " ".join(self.report.text.text[self.start : self.end].split())

    @property
    def paragraphs(self) -> str:
        """The paragraphs in which it stands, from the first of them to the last."""
        text = self.report.text.text
        return text[text.rfind("\n", 0, self.start) + 1 : text.find("\n", self.end)]


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage that stands in two reports. `left` is always of this year.

    `characters`: how many of them are the same and no stock phrase; `share`: of the shorter passage, by its paragraphs.
    """

    left: Place
    right: Place
    characters: int
    share: float

    @property
    def text(self) -> str:
        """The passage, as the left report prints it."""
        return self.left.words


class _Part(NamedTuple):
    """Two paragraphs and what they have in common."""

    left: Piece
    right: Piece
    shared: Overlap


def compare(
    reports: Sequence[Report],
    issued: Sequence[Text] = (),
    tick: Callable[[int, int], None] = lambda done, total: None,
) -> list[Pair]:
    """Every passage that two of the reports share beyond stock phrases, in the order of the reports.

    Reports of this year against one another and against last year's (`previous`), a unit's own among these; last year's against one
    another not, nor two files of one unit. Stock is what many units of the batch have, the genre's own wording, and what stands in
    `issued`, the bureau's notice and outline. The time grows with the length of all reports together.
    """
    found = [piece for at, report in enumerate(reports) for piece in pieces(report, at)]
    if not found:
        return []
    among = candidates(reports, found, (*stock_lines(), *_bare(issued)))
    parts: list[_Part] = []
    for done, pair in enumerate(among.pairs, 1):
        left, right = reversed(pair) if reports[found[pair[0]].report].previous else pair
        shared = overlap(found[left], found[right], among.stock[left])
        if shared is not None and shared.weight >= _LEAST:
            parts.append(_Part(found[left], found[right], shared))
        if done % 1000 == 0:
            tick(done, len(among.pairs))
    return [_pair(reports, run) for run in _runs(parts)]


def _bare(issued: Sequence[Text]) -> Iterator[str]:
    for text in issued:
        whose = Report("", text.name, text)
        yield from (whose.bare(passage.words) for passage in passages(text))


def _runs(parts: list[_Part]) -> Iterable[list[_Part]]:
    """Parts that follow one another in both reports, together; not across the kinds of sections, which are judged differently."""
    run: list[_Part] = []
    for part in sorted(parts, key=lambda p: (p.left.report, p.right.report, p.left.number, p.right.number)):
        if run and not _follows(run[-1], part):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _follows(last: _Part, part: _Part) -> bool:
    same = last.left.report == part.left.report and last.right.report == part.right.report
    near = part.left.number - last.left.number <= _NEAR and abs(part.right.number - last.right.number) <= _NEAR
    return same and near and (last.left.genre, last.left.stands) == (part.left.genre, part.left.stands)


def _pair(reports: Sequence[Report], run: list[_Part]) -> Pair:
    lefts = {part.left.number: part.left for part in run}
    rights = {part.right.number: part.right for part in run}
    shorter = min(sum(len(piece.bare) for piece in side.values()) for side in (lefts, rights))
    characters = sum(part.shared.characters for part in run)
    return Pair(
        _place(reports, [(part.left, part.shared.left) for part in run]),
        _place(reports, [(part.right, part.shared.right) for part in run]),
        characters,
        min(1.0, characters / shorter),
    )


def _place(reports: Sequence[Report], spans: list[tuple[Piece, tuple[int, int]]]) -> Place:
    """From the first of the stretches to the last of them."""
    report = reports[spans[0][0].report]
    ends = []
    for piece, (start, end) in spans:
        places = report.places(piece.words)
        ends.append((piece.start + places[start][0], piece.start + places[end - 1][1], piece))
    first = min(ends, key=lambda one: one[0])
    piece = first[2]
    return Place(
        report,
        report.text.place(first[0]),
        piece.section,
        piece.genre,
        piece.stands,
        first[0],
        max(end for _, end, _ in ends),
    )
