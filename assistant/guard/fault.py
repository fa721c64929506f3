"""The one shape of what a model's sentence did wrong, and what its point may rest on."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.findings import Code

WHOLE = -1
"""The sentence of a fault that is the point's as a whole: something was left out."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`sentence` counts from 0 in the point; `words` are the very words; `message` is one Chinese line: what is wrong, what is allowed.

    `statement` is the id of the statement that was left out or bent, "" where there is none.
    """

    code: Code
    sentence: int
    words: str
    message: str
    statement: str = ""


@dataclass(frozen=True)
class Ground:
    """What every point of a section may use besides its own statements.

    `we` and `own_names` name the unit; `words` are headings, tasks and fields of the case's own; `shown` are the exemplar
    passages that the prompt held (unmasked as stored, and as shown), from which nothing may be copied.
    """

    we: str
    unit: str
    own_names: tuple[str, ...]
    year: int
    genre: str
    words: tuple[str, ...] = ()
    shown: tuple[str, ...] = field(default=())
