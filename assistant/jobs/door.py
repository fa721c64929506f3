"""dbos, the durable queue: launched in a worker, and reached from the commands that put cases into it.

The queue lives in the same database as the records (on PostgreSQL in a schema of its own), so a case is entered and queued in one
transaction. A ticket names batch, case, inputs, version and attempt: the same one put in twice is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.records import Database, RecordsError
from assistant.records.batches import BatchCase

if TYPE_CHECKING:
    from assistant.records import Session

NAME = "jiping"
SHAPE = "draft-1"
"""Which steps the workflow has. Programs of one shape finish what the other began; after a change of it, what was begun is begun anew."""
OFFLINE_QUEUE, MODEL_QUEUE = "drafts", "drafts-by-model"
_WORKFLOW = "draft"
_POLL_SECONDS = 0.15
"""Each look costs three thousandths of a second of processor. A worker has a case more in hand than it drafts, so none waits for it."""
MOST_TRIES = 20
"""A case whose worker died so often is not tried again: it is likely the cause."""


def queue_of(model: str) -> str:
    """Cases for a model wait in a queue of their own: workers without an endpoint do not take them, and one takes several at once."""
    return MODEL_QUEUE if model else OFFLINE_QUEUE


class Tickets:
    """The queue from outside: a command puts tickets in."""

    def __init__(self, database: Database) -> None:
        from dbos import DBOS, DBOSClient

        _quiet()
        DBOS.migrate(_url(database))
        self._client = DBOSClient(
            system_database_url=_url(database), application_name=NAME, retry_connection_errors=False
        )

    def put_in(self, session: Session, cases: Iterable[BatchCase], model: str) -> None:
        """Queue these cases within the transaction that entered them."""
        for case in cases:
            self._client.enqueue_in_transaction(
                session,
                {
                    "workflow_name": _WORKFLOW,
                    "queue_name": queue_of(model),
                    "workflow_id": case.ticket,
                    "app_version": SHAPE,
                },
                case.batch,
                case.name,
                case.attempt,
            )

    def close(self) -> None:
        """Let go of the database."""
        self._client.destroy()


@dataclass(frozen=True, slots=True)
class Steps:
    """One case: `take` says whether it is to be drafted now, `draft` drafts it and keeps what comes of it."""

    take: Callable[[str, str, int], bool]
    draft: Callable[[str, str, int], None]


class Engine:
    """dbos within a worker: takes tickets and runs their steps, each step once unless the worker dies in it."""

    def __init__(self, database: Database, worker: str, slots: dict[str, int], steps: Steps) -> None:
        """`slots`: queue -> how many cases of it this worker has under way at once.

        Raises:
            RecordsError: the database does not answer.
        """
        from dbos import DBOS

        _quiet()
        DBOS(config=_config(database, worker))

        @DBOS.step(name="take")
        def take(batch: str, name: str, attempt: int) -> bool:
            return steps.take(batch, name, attempt)

        @DBOS.step(name="draft")
        def draft(batch: str, name: str, attempt: int) -> None:
            steps.draft(batch, name, attempt)

        @DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=MOST_TRIES)
        def run(batch: str, name: str, attempt: int) -> None:
            if take(batch, name, attempt):
                draft(batch, name, attempt)

        self._dbos = DBOS
        DBOS.listen_queues(list(slots))
        try:
            DBOS.launch()
            for queue, most in slots.items():
                DBOS.register_queue(
                    queue, worker_concurrency=most, polling_interval_sec=_POLL_SECONDS, on_conflict="always_update"
                )
        except Exception as error:
            DBOS.destroy(destroy_registry=True)
            raise RecordsError("连不上任务队列所在的数据库，请检查数据库是否在运行。", passing=True) from error

    def lost(self, tickets: Sequence[str]) -> dict[str, bool]:
        """Those of these tickets that nobody will work on any more, and whether for having been tried too often."""
        if not tickets:
            return {}
        found = self._dbos.list_workflows(workflow_ids=list(tickets), load_input=False, load_output=False)
        alive = {
            w.workflow_id for w in found if w.status in ("ENQUEUED", "PENDING", "DELAYED") and w.app_version == SHAPE
        }
        worn = {w.workflow_id for w in found if w.status == "MAX_RECOVERY_ATTEMPTS_EXCEEDED"}
        return {ticket: ticket in worn for ticket in tickets if ticket not in alive}

    def holders(self, tickets: Sequence[str]) -> set[str]:
        """The workers that have these tickets in hand, as the queue sees it."""
        if not tickets:
            return set()
        found = self._dbos.list_workflows(
            workflow_ids=list(tickets), status="PENDING", load_input=False, load_output=False
        )
        return {w.executor_id for w in found if w.executor_id}

    def take_back(self, worker: str) -> None:
        """Put what a dead worker had under way into the queue again."""
        self._instance()._recover_pending_workflows([worker])

    def busy(self) -> int:
        """How many cases are under way here."""
        return len(self._instance()._active_workflows_set.activeList())

    def stop_taking(self) -> None:
        """Take no more tickets; what is under way goes on."""
        for event in self._instance().background_thread_stop_events:
            event.set()

    @staticmethod
    def _instance() -> Any:
        from dbos._dbos import _get_dbos_instance

        return _get_dbos_instance()


def _config(database: Database, worker: str) -> Any:
    return {
        "name": NAME,
        "system_database_url": _url(database),
        "application_version": SHAPE,
        "executor_id": worker,
        "log_level": "CRITICAL",
        "sys_db_pool_size": 8,
    }


def _url(database: Database) -> str:
    return database.url


def _quiet() -> None:
    """What dbos tells its log is told to people in our own words, or not at all."""
    import logging

    logging.getLogger("dbos").setLevel(logging.CRITICAL)
