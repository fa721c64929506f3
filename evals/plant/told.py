"""Whether a checker told of an error, and what it says that it did not say of the untouched report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.findings import Finding
from evals.plant.clean import alarms, overlap
from evals.plant.edit import Edit, moved
from evals.plant.mutant import Mutant

LOCAL = frozenset(
    ("mismatch", "misattributed", "wrong_unit", "wrong_period", "wrong_scope", "unsupported", "count", "claim")
)
"""The codes of findings about one sentence: where one stands, that sentence is its cause."""
_NAMED = 3
"""A finding elsewhere names the error if it quotes the planted words, of at least so many characters."""


def new_alarms(before: Iterable[Finding], after: Iterable[Finding], edits: Sequence[Edit]) -> list[Finding]:
    """The errors and warnings that the untouched report does not have."""
    known = {(f.code, moved(f.start, edits), moved(f.end, edits)) for f in before}
    return [f for f in alarms(after) if (f.code, f.start, f.end) not in known]


def is_told(mutant: Mutant, edits: Sequence[Edit], findings: Sequence[Finding]) -> bool:
    """Whether in every group of places one is told of, or named by a finding that stands elsewhere.

    `edits` are all that were made in the text, those of other mutants as well.
    """
    words = [edit.new for edit in mutant.edits if len(edit.new) >= _NAMED]
    return all(
        any(overlap((f.start, f.end), (moved(a, edits), moved(b, edits))) for a, b in group for f in findings)
        or any(word in f.message for word in words for f in findings)
        for group in mutant.places
    )
