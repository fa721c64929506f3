"""Workers <-> rows: who is there, whose heart still beats, and how many calls to its endpoint each may have under way.

No clock is compared with another. A row has a count that its worker raises; whoever sees it stand still for long enough by his own
stopwatch takes the worker for dead. So neither a clock that jumps nor two that differ make anybody die.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from assistant.records.tables import WorkerRow


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that drafts."""

    id: str
    host: str
    place: str
    pid: int
    born: str
    program: str
    endpoint: str
    allotted: int = 0
    beats: int = 0


def beat(session: Session, me: Worker, limit: int, busy: int) -> tuple[list[Worker], int]:
    """Enter the worker or raise its count, and settle its share of the endpoint.

    Of `limit` calls at once every worker of one endpoint has the same part, and all together never have more: one that grows takes only
    what is free, and what is given up is others' only when the calls that hold it have ended (`busy` are under way).

    Returns:
        All workers in the order in which they came, and how many calls this one may have under way from now on.
    """
    enter(session, me)
    query = select(WorkerRow).order_by(WorkerRow.since, WorkerRow.id).with_for_update()
    rows = list(session.scalars(query.execution_options(populate_existing=True)))
    rivals = [row for row in rows if row.endpoint == me.endpoint]
    mine = next(row for row in rows if row.id == me.id)
    others = sum(row.allotted for row in rivals if row is not mine)
    fair = limit // len(rivals) + (rivals.index(mine) < limit % len(rivals))
    share = max(0, min(fair, limit - others)) if me.endpoint else 0
    mine.allotted = max(share, min(busy, mine.allotted))
    session.flush()
    return [_worker(row) for row in rows], share


def enter(session: Session, me: Worker) -> None:
    """Enter the worker, or raise its count."""
    if not _raised(session, me):
        session.add(
            WorkerRow(
                id=me.id, host=me.host, place=me.place, pid=me.pid, born=me.born, program=me.program, endpoint=me.endpoint, allotted=0,
                beats=1, since=session.scalar(select(func.now())),
            )
        )  # fmt: skip
        session.flush()


def _raised(session: Session, me: Worker) -> bool:
    raised: Any = update(WorkerRow).where(WorkerRow.id == me.id).values(beats=WorkerRow.beats + 1)
    result: Any = session.execute(raised.execution_options(synchronize_session=False))
    return bool(result.rowcount)


def everybody(session: Session) -> list[Worker]:
    """All workers, in the order in which they came."""
    return [_worker(row) for row in session.scalars(select(WorkerRow).order_by(WorkerRow.since, WorkerRow.id))]


def bury(session: Session, id: str) -> bool:
    """Strike a worker off; False if somebody has done so."""
    gone: Any = session.execute(
        delete(WorkerRow).where(WorkerRow.id == id).execution_options(synchronize_session=False)
    )
    return bool(gone.rowcount)


def _worker(row: WorkerRow) -> Worker:
    return Worker(row.id, row.host, row.place, row.pid, row.born, row.program, row.endpoint, row.allotted, row.beats)
