"""What a persona put into its answer on purpose, so that it can be looked for in what was shipped."""

from __future__ import annotations

from typing import NamedTuple


class Planted(NamedTuple):
    """`words`: the very words that must not be found in the finished text, slots blanked."""

    kind: str
    words: str
