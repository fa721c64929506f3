"""What comes of a number: its status, the figure behind it, and one line of reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from assistant.ledger import Figure

Status = Literal[
    "verified", "rounded", "derived", "bound", "structural", "mismatch", "misattributed",
    "wrong_unit", "wrong_period", "wrong_scope", "unsupported",
]  # fmt: skip
EXPLAINED: frozenset[Status] = frozenset({"verified", "rounded", "derived", "bound", "structural"})


class Verdict(NamedTuple):
    """The figure that explains the number, or the one that should stand there; what should be printed; one line of reason.

    `quoted`: no arithmetic of its sentence bears on it: it was judged by that sentence, which is known, or is a rate named in full.
    """

    status: Status
    figure: Figure | None = None
    expected: str = ""
    reason: str = ""
    quoted: bool = False
