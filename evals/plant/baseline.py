"""The obvious rule: a number is fine if some figure of the case has its value and unit."""

from __future__ import annotations

from assistant.documents import Text
from assistant.ledger import Ledger
from assistant.numbers import Mention, find_numbers, same_as_printed
from evals.plant.clean import Span


class Anywhere:
    """The values of a ledger, whoever they belong to. A bare number is held against all of them."""

    def __init__(self, ledger: Ledger) -> None:
        self._figures = [(f.value, f.unit) for f in ledger]

    def alarms(self, text: Text, spans: tuple[Span, ...]) -> frozenset[str]:
        """The numbers in these stretches that no figure has."""
        found = (m for start, end in spans for m in find_numbers(text.text[start:end]) if m.is_quantity)
        return frozenset(m.text for m in found if m.value is not None and not self._has(m))

    def _has(self, mention: Mention) -> bool:
        return any(same_as_printed(mention, v, u) in ("exact", "rounded", "bound") for v, u in self._figures)
