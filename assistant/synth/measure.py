"""Which planted faults the product finds, and what it says of the clean ones: for the tests and for the evals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.findings import Finding
from assistant.synth.made import Planted

Look = Callable[[Path], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Caught:
    """A case examined: its planted faults with the finding that tells of each (None: not found), and what was said of it in error.

    `errors` are findings of severity error: in a clean case there must be none.
    """

    name: str
    faults: tuple[tuple[Planted, Finding | None], ...]
    errors: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing was planted in it."""
        return not self.faults


def examine(root: Path, key: Mapping[str, Sequence[Planted]], look: Look) -> list[Caught]:
    """Look at every case of a made-up bureau for what was planted. `look` gives all that the product says of a case folder."""
    found = []
    for name, planted in key.items():
        findings = look(root / name)
        faults = tuple((fault, _telling(fault, findings)) for fault in planted)
        found.append(Caught(name, faults, tuple(f for f in findings if f.severity == "error")))
    return found


def _telling(fault: Planted, findings: Sequence[Finding]) -> Finding | None:
    """The finding (error or warning) of an expected code that names what was changed."""
    return next(
        (f for f in findings if f.severity != "info" and f.code in fault.expected and any(n in f.message for n in fault.names)), None
    )  # fmt: skip
