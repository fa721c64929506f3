"""A rule for a part that is worth other marks: what a re-weighted indicator needs."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from assistant.rules.kinds import Band, Bands, Checklist, Grade, Grades, Item, Rule, Step, Violations

_Marked = TypeVar("_Marked", Band, Grade, Item)


def scaled(rule: Rule, new: Decimal, old: Decimal) -> Rule:
    """The same rule for a part worth `new` marks instead of `old` (a re-weighted indicator); edges and shares stay.

    The best that it gives is `new` to the last digit, thirds or not.
    """
    match rule:
        case Bands():
            return rule.model_copy(update={"bands": tuple(_times(band, new, old) for band in rule.bands)})
        case Step():
            return rule.model_copy(update={"deduct": rule.deduct * new / old})
        case Violations():
            return rule.model_copy(update={"each": rule.each * new / old})
        case Grades():
            return rule.model_copy(update={"grades": tuple(_times(grade, new, old) for grade in rule.grades)})
        case Checklist():
            *items, last = (_item(item, new, old) for item in rule.items)
            rest = new - sum((item.marks for item in items), Decimal(0))
            return rule.model_copy(update={"items": (*items, last.model_copy(update={"marks": rest}))})
    return rule


def _times(entry: _Marked, new: Decimal, old: Decimal) -> _Marked:
    return entry.model_copy(update={"marks": entry.marks * new / old})


def _item(item: Item, new: Decimal, old: Decimal) -> Item:
    partial = None if item.partial is None else item.partial * new / old
    return _times(item, new, old).model_copy(update={"partial": partial})
