"""What was found out about an endpoint, probe by probe."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

from assistant.models.profiles import Profile


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing that was tried: `good` True, False, or None where it is neither (worked round, or not asked for)."""

    name: str
    good: bool | None
    said: str
    seconds: float


@dataclass(slots=True)
class Examination:
    """What has been found out so far; `usable` is decided at the end."""

    profile: Profile
    probes: list[Probe] = field(default_factory=list)
    usable: bool = True

    def note(self, name: str, began: float, good: bool | None, said: str, *, needed: bool = False) -> None:
        """Write down a probe; one that is `needed` and not good makes the model unusable."""
        self.probes.append(Probe(name, good, said, monotonic() - began))
        self.usable = self.usable and not (needed and not good)
