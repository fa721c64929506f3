"""The finished report of the shipped case, with one number changed or two swapped: every such report must be caught.

One mutant a block and pass: blocks are judged apart from each other, so a pass stands for as many reports as it has mutants.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import pytest

from assistant.documents import Text, read_document
from assistant.intake import Case
from assistant.pipeline import Run
from assistant.scorecard import Scorecard, score
from assistant.verify import Check, MentionVerdict, check_against_case
from assistant.verify.matching.match import EXPLAINED

_FIGURES = re.compile(r"[\d,.]+")


@dataclass(frozen=True)
class Drafted:
    """A report, its check, and the card it was checked against."""

    text: Text
    check: Check
    card: Scorecard


@pytest.fixture(scope="module")
def drafted(futian: Case, futian_run: Run) -> Drafted:
    return Drafted(read_document(futian_run.folder / "report.docx"), futian_run.check, score(futian))


def by_block(drafted: Drafted) -> dict[int, list[MentionVerdict]]:
    found: dict[int, list[MentionVerdict]] = defaultdict(list)
    for entry in drafted.check.mentions:
        if entry.mention.is_quantity and entry.verdict.status in EXPLAINED and entry.verdict.status != "structural":
            found[drafted.text.block_at(entry.mention.start).start].append(entry)
    return found


def caught(drafted: Drafted, edits: dict[int, list[tuple[int, int, str]]]) -> set[int]:
    """The blocks (by start) in which the mutated text has an unexplained number. Edits keep every length."""
    text = drafted.text.text
    for changes in edits.values():
        for start, end, new in changes:
            assert len(new) == end - start
            text = text[:start] + new + text[end:]
    result = check_against_case(replace(drafted.text, text=text), drafted.card)
    return {drafted.text.block_at(m.mention.start).start for m in result.mentions if m.verdict.status not in EXPLAINED}


def digit_changes(entry: MentionVerdict, text: str) -> list[tuple[int, int, str]]:
    places = [at for at in range(entry.mention.start, entry.mention.end) if text[at].isdecimal()]
    return [
        (at, at + 1, str((int(text[at]) + 3) % 9 + 1)) for at in places if str((int(text[at]) + 3) % 9 + 1) != text[at]
    ]


def swaps(entries: list[MentionVerdict]) -> Iterator[list[tuple[int, int, str]]]:
    for a, b in combinations(entries, 2):
        one, other = _FIGURES.match(a.mention.text), _FIGURES.match(b.mention.text)
        if a.sentence == b.sentence and one and other and one[0] != other[0] and len(one[0]) == len(other[0]):
            yield [
                (a.mention.start, a.mention.start + len(one[0]), other[0]),
                (b.mention.start, b.mention.start + len(one[0]), one[0]),
            ]


def run_all(drafted: Drafted, queues: dict[int, list[list[tuple[int, int, str]]]]) -> tuple[int, list[str]]:
    """Every edit of every queue, one a block and pass: how many, and the ones that passed unseen."""
    made, missed = 0, []
    while any(queues.values()):
        edits = {block: queue.pop() for block, queue in queues.items() if queue}
        made += len(edits)
        found = caught(drafted, edits)
        missed += [
            f"{drafted.text.text[c[0][0] - 15 : c[0][1] + 15]!r} -> {[x[2] for x in c]}"
            for b, c in edits.items()
            if b not in found
        ]
    return made, missed


def test_the_untouched_report_has_no_unexplained_number(drafted: Drafted) -> None:
    assert [m.mention.text for m in drafted.check.mentions if m.verdict.status not in EXPLAINED] == []
    assert sum(m.mention.is_quantity for m in drafted.check.mentions) > 150


def test_every_changed_digit_is_caught(drafted: Drafted) -> None:
    queues: dict[int, list[list[tuple[int, int, str]]]] = defaultdict(list)
    for block, entries in by_block(drafted).items():
        for entry in entries:
            queues[block] += [[change] for change in digit_changes(entry, drafted.text.text)[:1]]
    made, missed = run_all(drafted, queues)
    assert made > 150
    assert missed == []


def test_every_swap_within_a_sentence_is_caught(drafted: Drafted) -> None:
    queues = {block: list(swaps(entries)) for block, entries in by_block(drafted).items()}
    made, missed = run_all(drafted, queues)
    assert made > 20
    assert missed == []
