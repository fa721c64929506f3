"""A database that is away comes back: who has work to keep waits for it."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from assistant.records import Database, RecordsError

if TYPE_CHECKING:
    from assistant.records import Session

T = TypeVar("T")
LONGEST = 3600.0
_FIRST, _MOST = 0.2, 5.0


def insisting(database: Database, work: Callable[[Session], T], seconds: float = LONGEST) -> T:
    """What `work` gives in a session that is kept; done again for as long as the database is away, at most `seconds`.

    Raises:
        RecordsError: it stayed away, or the trouble is none that passes.
    """
    return waiting(lambda: _done(database, work), seconds)


def waiting(work: Callable[[], T], seconds: float = LONGEST, told: Callable[[str], None] | None = None) -> T:
    """As `insisting`, for anything that needs the database; `told` hears of the trouble, once.

    Raises:
        RecordsError: as there.
    """
    until, pause = monotonic() + seconds, _FIRST
    while True:
        try:
            return work()
        except RecordsError as error:
            if not error.passing or monotonic() + pause > until:
                raise
            if told is not None:
                told(str(error))
                told = None
        sleep(pause)
        pause = min(2 * pause, _MOST)


def _done(database: Database, work: Callable[[Session], T]) -> T:
    with database.session() as session:
        return work(session)
