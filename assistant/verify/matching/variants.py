"""A target called by other words than its own (党员和干部教育培训班 for 党员教育、干部教育培训班): which one is meant, by the words alone."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.patterns import regex
from assistant.subjects import bigrams

_FUNCTION = regex(r"[、和及与的了各等，,/／\-—]|开展|组织|举办|举行|召开|完成|累计|全年|本年|年度")
"""What comes and goes in a name without making it another one."""
_MEASURE = regex(r"(?<=..)(?:数量|次数|人数|个数|场次|数)$")
_LEAST = 4
"""A name of fewer characters says too little to be known by a part of it."""
_TURNING = frozenset("不非未无")
"""合格率 is no other wording of 不合格率."""
_SHARED, _CLEAR = 0.7, 0.2
"""Share of the shorter name's pairs that both must have, and by how much no other name may come near."""


def variant_of(name: str, names: Iterable[str]) -> str:
    """The one of these names that this name is another wording of; "" where none is, or more than one may be.

    The same characters in the same order, function words and repetitions aside; else by far the most pairs of characters in common.
    """
    own = _content(name)
    if len(own) < _LEAST:
        return ""
    cores = ((other, _content(other)) for other in names)
    turned = _TURNING & set(own)
    others = {other: core for other, core in cores if len(core) >= _LEAST and _TURNING & set(core) == turned}
    same = [other for other, core in others.items() if set(core) == set(own) and _holds(core, own)]
    if same:
        return same[0] if len(same) == 1 else ""
    ranked = sorted(((_alike(own, core), other) for other, core in others.items()), reverse=True)[:2]
    if not ranked or ranked[0][0] < _SHARED or (len(ranked) > 1 and ranked[1][0] > ranked[0][0] - _CLEAR):
        return ""
    return ranked[0][1]


def _content(name: str) -> str:
    return _MEASURE.sub("", _FUNCTION.sub("", name))


def _holds(one: str, other: str) -> bool:
    """Whether the characters of the shorter stand in the longer in their order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


def _alike(one: str, other: str) -> float:
    mine, theirs = bigrams(one), bigrams(other)
    fewer = min(len(mine), len(theirs))
    return len(mine & theirs) / fewer if fewer else 0.0
