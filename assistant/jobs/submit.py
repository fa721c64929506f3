"""A batch from outside: cases into the database and the queue; paused, resumed and stopped from any process."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from assistant.errors import InputError, UsageError
from assistant.jobs.door import Tickets
from assistant.jobs.found import Found
from assistant.jobs.parcel import digest_of_inputs, packed_case
from assistant.records import Database, batches, parcels
from assistant.records.batches import Batch, BatchState, Limits

_AT_ONCE = 20
"""Cases a transaction: nobody waits long for the database meanwhile."""
_STATES: dict[BatchState, str] = {"running": "正在进行", "paused": "已暂停", "stopped": "已停止", "done": "已完成"}


def batch_id(root: Path, out: Path) -> str:
    """The same folders on the same machine are the same batch."""
    return hashlib.sha256(f"{socket.gethostname()}\0{root.resolve()}\0{out.resolve()}".encode()).hexdigest()[:8]


def submit(
    database: Database, tickets: Tickets, found: Sequence[Found], root: Path, out: Path, model: str, manner: str, limits: Limits,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Batch:  # fmt: skip
    """Enter the cases and queue those that are to be drafted: new ones, changed ones, and those that failed before.

    Args:
        found: all cases of the batch; those that it had before and that are not among them are forgotten.
        model: who writes; "" for nobody.
        manner: whatever else a draft depends on; where it changes all is drafted again.
        step: told (done, total).

    Raises:
        RecordsError: the database does not answer.
    """
    with database.session() as session:
        batch = batches.keep(
            session, batch_id(root, out), root.resolve().name, str(root.resolve()), str(out.resolve()), model, limits
        )
        batches.forget_others(session, batch.id, {case.name for case in found})
    waiting, done = iter(found), 0
    while some := list(islice(waiting, _AT_ONCE)):
        _enter(database, tickets, batch, some, f"{model or 'offline'}\0{manner}")
        done += len(some)
        step(done, len(found))
    return batch


def _enter(database: Database, tickets: Tickets, batch: Batch, cases: Sequence[Found], manner: str) -> None:
    digests, errors = {}, {case.name: case.error for case in cases if case.error}
    for case in cases:
        try:
            digests[case.name] = digest_of_inputs(case.folder, case.files, manner) if not case.error else ""
        except InputError as error:
            errors[case.name] = str(error)
    with database.session() as session:
        known = parcels.known_inputs(session, digests.values())
        entered = []
        for case in cases:
            if case.name in errors:
                batches.refuse(session, batch.id, case.name, case.unit, str(case.folder), errors[case.name])
                continue
            digest = digests[case.name]
            row = batches.hand_in(session, batch.id, case.name, case.unit, str(case.folder), digest)
            if row is None:
                continue
            if digest not in known:
                parcels.keep_inputs(session, digest, packed_case(case.folder, case.files))
            entered.append(row)
        tickets.put_in(session, entered, batch.model)


def pause(database: Database, id: str) -> Batch:
    """Let workers take no more of its cases until it is resumed; those under way are finished, and who watches it waits.

    Raises:
        UsageError: there is no such batch, or it does not run.
    """
    return _changed(database, id, "paused", "由用户暂停", ("running",))


def stop(database: Database, id: str) -> Batch:
    """As `pause`, and who watches it goes home.

    Raises:
        UsageError: there is no such batch, or it has ended.
    """
    return _changed(database, id, "stopped", "由用户停止", ("running", "paused"))


def resume(database: Database, tickets: Tickets, id: str) -> Batch:
    """Let it go on: what waits is queued again.

    Raises:
        UsageError: there is no such batch, it runs, or its limit is reached.
    """
    with database.session() as session:
        batch = _found(batches.find(session, id), id)
        if batch.spent:
            raise UsageError(f"{batch.spent}。请再运行 jiping batch 并把上限调大。")
    batch = _changed(database, id, "running", "", ("paused", "stopped"))
    with database.session() as session:
        tickets.put_in(session, batches.cases(session, id, batches.UNFINISHED), batch.model)
    return batch


def _changed(database: Database, id: str, state: BatchState, reason: str, only: Sequence[BatchState]) -> Batch:
    with database.session() as session:
        batch = _found(batches.find(session, id), id)
        if not batches.set_state(session, id, state, reason, only):
            raise UsageError(f"批次 {id} {_STATES[batch.state]}，没有改动。")
        return _found(batches.find(session, id), id)


def _found(batch: Batch | None, id: str) -> Batch:
    if batch is None:
        raise UsageError(f"没有批次 {id}。用 jiping batches list 查看。")
    return batch
