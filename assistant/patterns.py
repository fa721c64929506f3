"""Regular expressions that are compiled when they are first used: there are hundreds, and a short report needs a part of them."""

from __future__ import annotations

import re
from typing import Any, cast

_BOUND = tuple("search match fullmatch finditer findall split sub subn flags groups groupindex".split())


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, compiled at its first use: the same attributes, but not for `re.search(…)` or `isinstance`.

    A fault in `pattern` shows at that use; `tests/test_patterns.py` compiles all that the modules hold.
    """
    return cast("re.Pattern[str]", _Waiting(pattern, flags))


class _Compiled:
    """The compiled pattern's own bound methods as attributes, so a call costs a few nanoseconds more than the pattern's."""

    __slots__ = ("_given", "pattern", *_BOUND)

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __repr__(self) -> str:
        return f"regex({self.pattern!r})"


class _Waiting(_Compiled):
    """Becomes a `_Compiled`, which has no `__getattr__` to slow it, when anything but its `pattern` is asked for."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name not in _BOUND:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._given)
        for bound in _BOUND:
            setattr(self, bound, getattr(compiled, bound))
        self.__class__ = _Compiled  # type: ignore[assignment]
        return getattr(compiled, name)
