"""The one shape that a problem takes, whoever finds it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
Code = Literal[
    "mismatch", "misattributed", "wrong_unit", "wrong_period", "wrong_scope", "unsupported",
    "arithmetic", "contradiction", "count", "rule", "year", "outline", "residue", "repetition",
    "wording", "tone", "closure", "missing", "reconcile", "claim", "leak", "invented", "markup",
    "injection", "similarity", "unreadable",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem and its place.

    `start`/`end` are code points into the plain text that was read (both 0 where the problem stands in the data);
    `quote` is that stretch, or the cell; `message` is one Chinese line with reason and remedy; `expected` what should stand there.
    """

    code: Code
    severity: Severity
    message: str
    quote: str = ""
    start: int = 0
    end: int = 0
    expected: str = ""
    id: str = ""

    def to_json(self) -> dict[str, Any]:
        """As in check.json."""
        return asdict(self)


def numbered(findings: list[Finding]) -> list[Finding]:
    """The findings in order of severity, then place, with ids f1, f2 …"""
    order = {"error": 0, "warning": 1, "info": 2}
    ranked = sorted(findings, key=lambda f: (order[f.severity], f.start, f.code))
    return [replace(f, id=f"f{n}") for n, f in enumerate(ranked, 1)]
