"""What became of a model's sentences in one draft, and what they cost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import ModelError
from assistant.models import HOPELESS, Usage


@dataclass
class Tally:
    """Sentences that passed as first written, that passed once repaired, and that gave way to the reference's.

    `faults` counts by code what was wrong in first answers; `failures` are told to the user, each once; `stopped`: no more calls.
    """

    passed: int = 0
    repaired: int = 0
    replaced: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    stopped: bool = False

    def fail(self, error: ModelError) -> None:
        """Keeps what went wrong and the calls it took; after a fault that the next call would meet again, no more is asked."""
        self.usage += Usage(calls=error.calls)
        if str(error) not in self.failures:
            self.failures.append(str(error))
        self.stopped = self.stopped or error.kind in HOPELESS

    def to_json(self) -> dict[str, Any]:
        """As in run.json."""
        return {
            "passed": self.passed,
            "repaired": self.repaired,
            "replaced": self.replaced,
            "faults": dict(sorted(self.faults.items())),
            "failures": self.failures,
        }
