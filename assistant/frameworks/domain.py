"""The values that a measure can have at all: thresholds outside them are faults of the framework."""

from __future__ import annotations

import itertools
from decimal import Decimal
from functools import cache
from importlib.resources import files

from assistant.data_files import parse_yaml
from assistant.frameworks.model import Framework, Ratio

_ZERO, _HUNDRED = Decimal(0), Decimal(100)


@cache
def shares() -> frozenset[tuple[str, str]]:
    """(part, whole) of figures that reconciliation.yaml calls wrong where the first is more than the second."""
    name = "reconciliation.yaml"
    raw = parse_yaml((files("knowledge_base") / name).read_text("utf-8"), name)
    found: set[tuple[str, str]] = set()
    for entry in raw["identities"]:
        if entry["kind"] != "order" or entry.get("severity", "error") != "error":
            continue
        for each in entry.get("each", ("",)):
            ids = [id.replace("{each}", each) for id in entry["figures"] if isinstance(id, str)]
            found.update(itertools.combinations(ids, 2))
    return frozenset(found)


def domain(framework: Framework, measure: str) -> tuple[Decimal | None, Decimal | None]:
    """The least and the highest value that a measure can have (None: not limited); counts and plain figures start at 0."""
    ratio = framework.by_ratio.get(measure)
    return (_ZERO, None) if ratio is None else (_low(framework, ratio), _high(framework, ratio))


def _low(framework: Framework, ratio: Ratio) -> Decimal | None:
    """0, or −100 for a change, None for a difference; a mean has that of its parts."""
    value = ratio.value
    if value.absolute:
        return _ZERO
    if value.mean:
        lows = [domain(framework, name)[0] for name in value.mean]
        return None if None in lows else sum((low for low in lows if low is not None), _ZERO) / len(lows)
    if value.change:
        return -_HUNDRED
    return None if value.difference else _ZERO


def _high(framework: Framework, ratio: Ratio) -> Decimal | None:
    """What the framework says, or 100 where a figure is set against the whole that it is a part of."""
    value = ratio.value
    if ratio.most is not None:
        return ratio.most
    if value.mean:
        highs = [domain(framework, name)[1] for name in value.mean]
        return None if None in highs else sum((high for high in highs if high is not None), _ZERO) / len(highs)
    if value.ratio and value.per is None and (value.ratio in shares() or _among(framework, *value.ratio)):
        return _HUNDRED
    return None


def _among(framework: Framework, part: str, whole: str) -> bool:
    """Whether the whole is a sum that the part is one term of (编外人员 ÷ 在职人员总数)."""
    total = framework.by_ratio.get(whole)
    return total is not None and part in total.value.sum
