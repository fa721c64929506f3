"""Batches and their cases <-> rows. Every change names the state that it starts from, so that of two who try one succeeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assistant.records.tables import BatchCaseRow, BatchRow, ResultRow

BatchState = Literal["running", "paused", "stopped", "done"]
CaseState = Literal["waiting", "running", "done", "failed"]
UNFINISHED: tuple[CaseState, ...] = ("waiting", "running")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a batch may cost: calls, tokens (None: no limit), and seconds that workers are at it."""

    calls: int | None = None
    tokens: int | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch, and what it has cost so far; `reason` is why it does not run."""

    id: str
    name: str
    root: str
    out: str
    model: str
    state: BatchState
    reason: str
    calls: int
    tokens: int
    seconds: int
    limits: Limits

    @property
    def spent(self) -> str:
        """In Chinese, which limit is reached; "" while there is something left."""
        limits = self.limits
        if limits.calls is not None and self.calls >= limits.calls:
            return f"已调用模型{self.calls}次，达到上限{limits.calls}次"
        if limits.tokens is not None and self.tokens >= limits.tokens:
            return f"已用{self.tokens}个词元，达到上限{limits.tokens}个"
        if limits.seconds is not None and self.seconds >= limits.seconds:
            return f"已运行{_lasting(self.seconds)}，达到上限{_lasting(limits.seconds)}"
        return ""


@dataclass(frozen=True, slots=True)
class BatchCase:
    """A case of a batch as it stands; times are of no use across machines, so there are none."""

    batch: str
    name: str
    unit: str
    folder: str
    digest: str
    version: int
    attempt: int
    state: CaseState
    worker: str
    error: str
    errors: int
    warnings: int
    missing: int
    calls: int
    tokens: int

    @property
    def ticket(self) -> str:
        """The name of this attempt in the queue."""
        return f"{self.batch}:{self.name}:{self.digest[:16]}:{self.version}.{self.attempt}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a drafted case came to."""

    errors: int
    warnings: int
    missing: int
    calls: int
    tokens: int


def _lasting(seconds: int) -> str:
    return f"{seconds / 60:.0f}分钟" if seconds < 7200 else f"{seconds / 3600:.1f}小时"


def _batch(row: BatchRow) -> Batch:
    return Batch(
        row.id, row.name, row.root, row.out, row.model, cast(BatchState, row.state), row.reason, row.calls, row.tokens,
        row.seconds, Limits(row.most_calls, row.most_tokens, row.most_seconds),
    )  # fmt: skip


def _case(row: BatchCaseRow) -> BatchCase:
    return BatchCase(
        row.batch, row.name, row.unit, row.folder, row.digest, row.version, row.attempt, cast(CaseState, row.state), row.worker,
        row.error, row.errors, row.warnings, row.missing, row.calls, row.tokens,
    )  # fmt: skip


def keep(session: Session, id: str, name: str, root: str, out: str, model: str, limits: Limits) -> Batch:
    """The batch, new or set going again with these limits; what it has cost stays counted."""
    row = session.get(BatchRow, id)
    if row is None:
        row = BatchRow(id=id, calls=0, tokens=0, seconds=0, created=session.scalar(select(func.now())))
        session.add(row)
    row.name, row.root, row.out, row.model, row.state, row.reason = name, root, out, model, "running", ""
    row.most_calls, row.most_tokens, row.most_seconds = limits.calls, limits.tokens, limits.seconds
    session.flush()
    return _batch(row)


def find(session: Session, id: str) -> Batch | None:
    """A batch by its id."""
    row = session.get(BatchRow, id, populate_existing=True)
    return _batch(row) if row else None


def everything(session: Session) -> list[Batch]:
    """All batches, the newest first."""
    return [_batch(row) for row in session.scalars(select(BatchRow).order_by(BatchRow.created.desc(), BatchRow.id))]


def set_state(
    session: Session, id: str, state: BatchState, reason: str = "", only: Sequence[BatchState] = ("running",)
) -> bool:
    """Let a batch run, pause or end, if it is in one of these states; whether it was."""
    return _changed(
        session,
        update(BatchRow).where(BatchRow.id == id, BatchRow.state.in_(only)).values(state=state, reason=reason),
    )


def spend(session: Session, id: str, calls: int = 0, tokens: int = 0) -> None:
    """Add to what a batch has cost."""
    session.execute(
        update(BatchRow).where(BatchRow.id == id).values(calls=BatchRow.calls + calls, tokens=BatchRow.tokens + tokens)
    )


def reserve_call(session: Session, id: str) -> bool:
    """Count a call before it is made; False where the batch may make no more, or does not run. Without a limit nothing is counted
    ahead."""
    return _changed(
        session,
        update(BatchRow)
        .where(
            BatchRow.id == id,
            BatchRow.most_calls.is_(None) | (BatchRow.calls < BatchRow.most_calls),
            BatchRow.most_tokens.is_(None) | (BatchRow.tokens < BatchRow.most_tokens),
            BatchRow.most_seconds.is_(None) | (BatchRow.seconds < BatchRow.most_seconds),
        )
        .values(calls=BatchRow.calls + 1),
    )


def add_seconds(session: Session, seconds: int) -> None:
    """Time that passed while there was work, for every batch that has some."""
    busy = select(BatchCaseRow.batch).where(BatchCaseRow.state.in_(UNFINISHED))
    session.execute(
        update(BatchRow)
        .where(BatchRow.state == "running", BatchRow.id.in_(busy))
        .values(seconds=BatchRow.seconds + seconds)
        .execution_options(synchronize_session=False)
    )


def cases(session: Session, batch: str, states: Sequence[CaseState] = ()) -> list[BatchCase]:
    """The cases of a batch by name, or those in these states."""
    query = select(BatchCaseRow).where(BatchCaseRow.batch == batch).order_by(BatchCaseRow.name)
    if states:
        query = query.where(BatchCaseRow.state.in_(states))
    return [_case(row) for row in session.scalars(query)]


def case(session: Session, batch: str, name: str) -> BatchCase | None:
    """One case."""
    row = session.get(BatchCaseRow, (batch, name), populate_existing=True)
    return _case(row) if row else None


def counts(session: Session, batch: str) -> dict[str, int]:
    """State -> how many cases."""
    query = select(BatchCaseRow.state, func.count()).where(BatchCaseRow.batch == batch).group_by(BatchCaseRow.state)
    return {state: number for state, number in session.execute(query)}  # noqa: C416 -- a result is no mapping


def hand_in(session: Session, batch: str, name: str, unit: str, folder: str, digest: str) -> BatchCase | None:
    """Enter a case. Gives it if it is to be drafted: it is new, its inputs changed, or it failed or was put off before.

    A case that is done with these inputs is left as it is, and one that is in the queue with them stays there (None).
    """
    row = session.get(BatchCaseRow, (batch, name))
    if row is None:
        before = session.scalar(
            select(func.max(ResultRow.version)).where(ResultRow.batch == batch, ResultRow.name == name)
        )
        row = BatchCaseRow(
            batch=batch, name=name, version=(before or 0) + 1, attempt=1, unit=unit, folder=folder, digest=digest, worker="", error="",
            state="waiting", errors=0, warnings=0, missing=0, calls=0, tokens=0,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return _case(row)
    row.unit, row.folder = unit, folder
    if row.digest == digest and row.state == "done":
        return None
    if row.digest == digest and row.state in UNFINISHED:
        return _case(row)
    changed = row.digest != digest
    if changed and session.get(ResultRow, (batch, name, row.version)) is not None:
        row.version += 1
    row.digest, row.attempt, row.state, row.worker, row.error = digest, row.attempt + 1, "waiting", "", ""
    session.flush()
    return _case(row)


def forget_others(session: Session, batch: str, names: set[str]) -> None:
    """Strike off the cases that are not among these; what came of them stays."""
    for row in session.scalars(select(BatchCaseRow).where(BatchCaseRow.batch == batch)):
        if row.name not in names:
            session.delete(row)


def refuse(session: Session, batch: str, name: str, unit: str, folder: str, error: str) -> None:
    """Enter a case that cannot even be handed in."""
    hand_in(session, batch, name, unit, folder, "")
    _end(session, batch, name, None, state="failed", error=error)


def begin(session: Session, taken: BatchCase, worker: str) -> bool:
    """A worker takes a case: False if somebody finished it, or its inputs changed in the meantime."""
    return _changed(
        session,
        update(BatchCaseRow)
        .where(*_this(taken), BatchCaseRow.state.in_(UNFINISHED))
        .values(state="running", worker=worker, started=func.now()),
    )


def put_off(session: Session, taken: BatchCase) -> BatchCase | None:
    """Give a case back undrafted: the next attempt waits under a ticket of its own. None if it is not ours any more."""
    session.execute(
        update(BatchCaseRow)
        .where(*_this(taken), BatchCaseRow.state.in_(UNFINISHED))
        .values(state="waiting", worker="", attempt=BatchCaseRow.attempt + 1)
        .execution_options(synchronize_session=False)
    )
    now = case(session, taken.batch, taken.name)
    return now if now and now.attempt == taken.attempt + 1 and now.state == "waiting" else None


def finish(session: Session, taken: BatchCase, outcome: Outcome, folder: bytes) -> bool:
    """Keep what came of a case and mark it done, both or neither; False if that was done already, or it is of old inputs."""
    done = _end(
        session, taken.batch, taken.name, taken.digest, state="done", error="", errors=outcome.errors, warnings=outcome.warnings,
        missing=outcome.missing, calls=outcome.calls, tokens=outcome.tokens,
    )  # fmt: skip
    if done:
        session.add(
            ResultRow(
                batch=taken.batch, name=taken.name, version=taken.version, digest=taken.digest, data=folder, published=False
            )
        )  # fmt: skip
    return done


def fail(session: Session, taken: BatchCase, error: str) -> None:
    """Mark a case failed."""
    _end(session, taken.batch, taken.name, taken.digest, state="failed", error=error)


def _end(session: Session, batch: str, name: str, digest: str | None, **values: Any) -> bool:
    wanted = [BatchCaseRow.batch == batch, BatchCaseRow.name == name, BatchCaseRow.state.in_(UNFINISHED)]
    if digest is not None:
        wanted.append(BatchCaseRow.digest == digest)
    return _changed(session, update(BatchCaseRow).where(*wanted).values(ended=func.now(), **values))


def _this(taken: BatchCase) -> tuple[Any, ...]:
    return (
        BatchCaseRow.batch == taken.batch,
        BatchCaseRow.name == taken.name,
        BatchCaseRow.digest == taken.digest,
        BatchCaseRow.attempt == taken.attempt,
    )


def _changed(session: Session, statement: Any) -> bool:
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return bool(result.rowcount)
