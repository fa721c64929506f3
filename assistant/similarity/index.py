"""Which paragraphs may hold the same words, and which words are everybody's: one sorted list of hashed stretches, never all pairs.

Every stretch of `STRETCH` bare characters is hashed, all of them are sorted once, and equal neighbours read off. A stretch that
many units have is stock; one that a few have makes their paragraphs candidates. The time is that of the sort, with reports as long
as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.similarity.pieces import Piece, Report, digits_of, is_year

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRETCH = 10
_LEAST_SHARED = 5
"""So many stretches must two paragraphs have in common: some fourteen characters."""
_FIGURE, _TELLING, _BEFORE, _BEHIND = 3, 2, 4, 2
"""What a figure of so many digits is worth beside a stretch; it is the same with so many characters before it and behind it."""
_BASE = 0x9E3779B97F4A7C15
_END = "\n"


@dataclass(frozen=True)
class Candidates:
    """Pairs of pieces (their places in the list, the smaller first), and each piece's stock: one byte a character, 1 where it is."""

    pairs: list[tuple[int, int]]
    stock: list[bytes]


def most_units(units: int) -> int:
    """The most units that may share words before these count as stock: four, or of many units a fiftieth."""
    return max(4, units // 50)


def candidates(reports: Sequence[Report], pieces: Sequence[Piece], stock: Iterable[str]) -> Candidates:
    """The pairs of pieces worth a closer look, and what of each piece is stock.

    Two reports of last year are not held against each other. `stock`: wording that is nobody's, whoever has it.
    """
    import numpy as np

    units = {unit: at for at, unit in enumerate(dict.fromkeys(report.unit for report in reports))}
    text = _END.join(piece.bare for piece in pieces) + _END
    lengths = np.fromiter((len(piece.bare) + 1 for piece in pieces), np.int64, len(pieces))
    owner = np.repeat(np.arange(len(pieces), dtype=np.int32), lengths)
    hashes, places = _hashed(text)
    order = np.argsort(hashes, kind="stable")
    hashes, places = hashes[order], places[order]
    first = np.r_[True, hashes[1:] != hashes[:-1]][: len(hashes)]
    group = np.cumsum(first) - 1
    unit = np.fromiter((units[reports[piece.report].unit] for piece in pieces), np.int32, len(pieces))[owner[places]]
    shared = _distinct(group, unit, len(units))
    background, _ = _hashed(_END.join(stock) + _END)
    common = (shared > most_units(len(units))) | np.isin(hashes[first], background)
    marks = _marked(places[common[group]], len(text))
    sizes = np.bincount(group)
    wanted = ~common & (sizes > 1) & (sizes <= 4 * most_units(len(units)))
    chosen = wanted[group]
    figures, tokens = _figures(pieces, reports, most_units(len(units)))
    side = _years(reports, pieces, units)
    pairs = _likely((*_pairs(owner[places[chosen]], group[chosen], side), *_pairs(figures, tokens, side, _FIGURE)))
    ends = np.cumsum(lengths)
    return Candidates(pairs, [bytes(marks[end - size : end - 1]) for end, size in zip(ends, lengths, strict=True)])


def _hashed(text: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """The hash of every stretch that does not cross an end, and where it begins."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    count = len(codes) - STRETCH + 1
    if count <= 0:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    hashes = np.zeros(count, np.uint64)
    for at in range(STRETCH):
        hashes *= np.uint64(_BASE)
        hashes += codes[at : at + count] * np.uint64(0xD6E8FEB86659FD93)
    hashes ^= hashes >> np.uint64(32)
    ends = np.cumsum(codes == ord(_END))
    whole = ends[STRETCH - 1 :] == np.r_[0, ends[: count - 1]]
    return hashes[whole], np.flatnonzero(whole)


def _distinct(group: NDArray[Any], unit: NDArray[Any], units: int) -> NDArray[Any]:
    """How many units each group of equal stretches has."""
    import numpy as np

    if not len(group):
        return np.empty(0, np.int64)
    return np.bincount(np.unique(group * units + unit) // units, minlength=int(group[-1]) + 1)


def _marked(starts: NDArray[Any], length: int) -> NDArray[Any]:
    """1 for every character of the stretches that begin there."""
    import numpy as np

    steps = np.zeros(length + STRETCH + 1, np.int32)
    np.add.at(steps, starts, 1)
    np.add.at(steps, starts + STRETCH, -1)
    return (np.cumsum(steps[:length]) > 0).astype(np.uint8)


def _years(reports: Sequence[Report], pieces: Sequence[Piece], units: dict[str, int]) -> NDArray[Any]:
    """For each piece its unit's number, and below zero where the report is last year's."""
    import numpy as np

    sides = [-1 - units[report.unit] if report.previous else units[report.unit] for report in reports]
    return np.fromiter((sides[piece.report] for piece in pieces), np.int64, len(pieces))


def _figures(pieces: Sequence[Piece], reports: Sequence[Report], most: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Telling figures in the same words, though the words be stock: the piece of each, and the group of those that are alike."""
    import numpy as np

    homes: dict[str, list[int]] = {}
    for at, piece in enumerate(pieces):
        for place, figure in piece.figures_by_place().items():
            if digits_of(figure) >= _TELLING and not is_year(figure):
                words = f"{piece.bare[max(0, place - _BEFORE) : place]}{figure}{piece.bare[place + 1 : place + 1 + _BEHIND]}"
                homes.setdefault(words, []).append(at)
    shared = [held for held in homes.values() if 1 < len({reports[pieces[at].report].unit for at in held}) <= most]
    group = np.repeat(np.arange(len(shared)), [len(held) for held in shared])
    return np.fromiter((at for held in shared for at in held), np.int32, len(group)), group


def _pairs(
    owner: NDArray[Any], group: NDArray[Any], side: NDArray[Any], worth: int = 1
) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Pairs of pieces in one group, of different units or of one in two years, at least one of this year, and how much they share."""
    import numpy as np

    for step in range(1, len(group)):
        together = group[step:] == group[:-step]
        if not together.any():
            return
        one, other = owner[:-step][together], owner[step:][together]
        fair = (side[one] != side[other]) & ((side[one] >= 0) | (side[other] >= 0))
        low, high = np.minimum(one[fair], other[fair]), np.maximum(one[fair], other[fair])
        keys, times = np.unique(low.astype(np.int64) << 32 | high, return_counts=True)
        yield keys, times * worth


def _likely(found: Sequence[tuple[NDArray[Any], NDArray[Any]]]) -> list[tuple[int, int]]:
    """The pairs that share enough."""
    import numpy as np

    if not found:
        return []
    keys, back = np.unique(np.concatenate([keys for keys, _ in found]), return_inverse=True)
    totals = np.bincount(back, np.concatenate([times for _, times in found]))
    return [(int(key) >> 32, int(key) & 0xFFFFFFFF) for key in keys[totals >= _LEAST_SHARED]]
