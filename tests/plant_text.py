"""A marked text as a good report, and a checker that finds nothing wrong with anything."""

from __future__ import annotations

import pytest

from assistant.intake import Case
from assistant.scorecard import score
from assistant.verify import Check
from evals.plant import clean as clean_module
from evals.plant.clean import Clean
from evals.plant.prose import Written, read_prose


def text_of(case: Case, source: str) -> Clean:
    return read_prose(Written("本文", "any", source), case, score(case))


def with_silent_checker(clean: Clean, monkeypatch: pytest.MonkeyPatch) -> Clean:
    """As if the product found nothing wrong with the clean text, so that every number of it may be planted in."""
    monkeypatch.setattr(clean_module, "check_against_case", lambda text, card, **options: Check(text.name, (), ()))
    monkeypatch.setattr(clean_module, "check_alone", lambda text: Check(text.name, (), ()))
    return clean
