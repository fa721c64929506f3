"""What follows from a case alone, worked out for its first report: a draft and its versions are checked often."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, TypeVar

Owner = TypeVar("Owner")
T = TypeVar("T")

_answers: dict[int, dict[Callable[..., Any], Any]] = {}


def kept_with(owner: Owner, work: Callable[[Owner], T]) -> T:
    """`work(owner)`, kept as long as the owner, which must not change; the answer must not hold the owner, or neither would go."""
    key = id(owner)
    if key not in _answers:
        _answers[key] = {}
        weakref.finalize(owner, _answers.pop, key, None)
    if work not in _answers[key]:
        _answers[key][work] = work(owner)
    found: T = _answers[key][work]
    return found
