"""Copied passages put into reports on purpose: a paragraph of one unit's report in another's, as it is or dressed up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.documents import Text
from assistant.documents.text import Builder, Cell
from assistant.patterns import regex
from assistant.similarity.pieces import Piece, Report, pieces
from evals.disguises import Disguise, Where

_SHORTEST, _LONGEST = 80, 400
_STRETCH, _OWN = 8, 0.6
"""A passage that every unit's report has, but for its figures, is nobody's to copy: so much of it must be its unit's own."""
_HEADING = regex(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、])+\s*")
_FILLED_IN = regex(r"[得扣失][\d.]+分|编制|自评|评价|内设|主管|机关|总分|得分|满分|分值|指标|制度|方针|精神")
_ACCOUNT, _PER_ACCOUNT = regex(r"[亿万]元"), 90
_SENTENCE_END = regex(r"[。；]")


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage of report `donor` as it was put into report `receiver`: the stretches of that one's text in which it stands."""

    donor: int
    receiver: int
    stretches: tuple[tuple[int, int], ...]


def planted(reports: Sequence[Report], disguise: Disguise, seed: int) -> tuple[list[Report], list[Copy]]:
    """Every report with one passage of another in it, and where it stands. Last year's reports are left as they are."""
    chance = random.Random(f"{disguise.name} {seed}")
    offered = _worth_copying(reports)
    made, copies = list(reports), []
    for receiver, report in enumerate(reports):
        donors = [
            at for at in range(len(reports)) if at != receiver and offered[at] and reports[at].unit != report.unit
        ]
        if report.previous or not donors:
            continue
        donor = chance.choice(donors)
        piece = offered[donor].pop(chance.randrange(len(offered[donor])))
        words = disguise.dress(_HEADING.sub("", _printed(piece, reports[donor])), reports[donor], report, chance)
        text, stretches = _with_passage(report.text, words, disguise.where, chance)
        made[receiver] = replace(report, text=text)
        copies.append(Copy(donor, receiver, stretches))
    return made, copies


def _worth_copying(reports: Sequence[Report]) -> list[list[Piece]]:
    """Of each report the paragraphs of some length whose wording is for the most part in no other unit's report."""
    cut = [list(pieces(report, at)) for at, report in enumerate(reports)]
    holders: dict[str, set[str]] = {}
    for report, of_report in zip(reports, cut, strict=True):
        for stretch in {stretch for piece in of_report for stretch in _stretches(piece)}:
            holders.setdefault(stretch, set()).add(report.unit)
    return [[piece for piece in found if _is_prose(piece) and _own_share(piece, holders) >= _OWN] for found in cut]


def _is_prose(piece: Piece) -> bool:
    """Of some length, and the unit's own work: no accounts, marks, posts or rules, which are filled in or cited, and not told."""
    if _FILLED_IN.search(piece.words) or len(_ACCOUNT.findall(piece.words)) * _PER_ACCOUNT > len(piece.words):
        return False
    return _SHORTEST <= len(piece.words) <= _LONGEST


def _printed(piece: Piece, report: Report) -> str:
    return report.text.text[piece.start : piece.start + len(piece.words)]


def _own_share(piece: Piece, holders: dict[str, set[str]]) -> float:
    stretches = _stretches(piece)
    return sum(len(holders[stretch]) == 1 for stretch in stretches) / len(stretches)


def _stretches(piece: Piece) -> list[str]:
    return [piece.bare[at : at + _STRETCH] for at in range(max(1, len(piece.bare) - _STRETCH + 1))]


def _with_passage(
    text: Text, words: str, where: Where, chance: random.Random
) -> tuple[Text, tuple[tuple[int, int], ...]]:
    """The text with the passage in it, and where its parts begin and end."""
    homes = [at for at, block in enumerate(text.blocks) if block.kind == "paragraph" and block.end - block.start > 40]
    homes = homes or [len(text.blocks) - 1]
    parts = _halves(words) if where == "apart" else [words]
    put = dict(zip(chance.sample(homes, min(len(parts), len(homes))), parts, strict=False))
    builder = Builder(text.name)
    table, stretches = 0, []
    for at, block in enumerate(text.blocks):
        own = text.text[block.start : block.end]
        if block.kind == "row":
            if block.table != table:
                table = block.table
                builder.table()
            builder.row(Cell(text.text[c.start : c.end], c.column, c.columns, c.row_continues) for c in block.cells)
        elif at in put and where == "inside" and block.kind == "paragraph":
            cut = _middle(own)
            start = len(builder.build().text) + cut
            builder.paragraph(f"{own[:cut]}{put[at]}。{own[cut:]}", block.kind, block.level)
            stretches.append((start, start + len(put[at])))
            continue
        else:
            builder.paragraph(own, block.kind, block.level)
        if at in put:
            start = len(builder.build().text)
            builder.paragraph(put[at])
            stretches.append((start, start + len(put[at])))
    return builder.build(), tuple(stretches)


def _halves(words: str) -> list[str]:
    cut = _middle(words)
    return [words[:cut], words[cut:]] if 0 < cut < len(words) else [words]


def _middle(words: str) -> int:
    """The end of a sentence nearest to the middle; the middle itself of a single one."""
    ends = [found.end() for found in _SENTENCE_END.finditer(words) if found.end() < len(words)]
    return min(ends, key=lambda end: abs(end - len(words) // 2), default=0)
