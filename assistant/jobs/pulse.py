"""A worker's heartbeat: it shows that it lives, takes its share of the endpoint, and puts back into the queue what the dead had taken."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING

from assistant.jobs.alive import surely_dead
from assistant.jobs.asking import Calls
from assistant.jobs.door import Engine, Tickets
from assistant.records import Database, RecordsError, batches, workers
from assistant.records.workers import Worker

if TYPE_CHECKING:
    from assistant.records import Session

EVERY = 2.0
SILENT = 14.0
"""Seconds without a beat, by the stopwatch of one who was not away himself, after which a worker is dead."""
_LOOK_AROUND = 10.0
_WORN_OUT = (
    "起草这一份时，工作进程多次异常退出（内存不足、被系统结束等），不再尝试。请减少材料，或单独用 jiping draft 起草。"
)


class Pulse:
    """Beats in a thread of its own until it is stopped."""

    def __init__(
        self, database: Database, engine: Engine, tickets: Tickets, me: Worker, calls: Calls, limits: tuple[int, int]
    ) -> None:
        """`limits`: calls at once of this worker, and of all workers of its endpoint together."""
        self.trouble = ""
        """In Chinese, why the last beat could not be written."""
        self._database, self._engine, self._tickets, self._me, self._calls = database, engine, tickets, me, calls
        self._own, self._together = limits
        self._seen: dict[str, tuple[int, float]] = {}
        self._beaten = self._looked = monotonic()
        self._rest = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="pulse", daemon=True)

    def start(self) -> None:
        """Beat once, then on and on."""
        self._beat()
        self._thread.start()

    def stop(self) -> None:
        """The last beat: the worker is struck off."""
        self._stop.set()
        self._thread.join(timeout=5)
        try:
            with self._database.session() as session:
                workers.bury(session, self._me.id)
        except RecordsError:
            return  # the others will see that it is silent

    def _go_on(self) -> None:
        while not self._stop.wait(EVERY):
            self._beat()

    def _beat(self) -> None:
        try:
            with self._database.session() as session:
                present, share = workers.beat(session, self._me, self._together, self._calls.busy)
                if present[0].id == self._me.id:
                    self._count_time(session)
            self._calls.allow(min(self._own, share))
            for worker in present:
                if worker.id != self._me.id and self._dead(worker):
                    self._bury(worker)
            if present[0].id == self._me.id and monotonic() - self._looked > _LOOK_AROUND:
                self._looked = monotonic()
                self._look_around()
            self.trouble = ""
        except RecordsError as error:
            self.trouble = str(error)
            self._seen.clear()  # nobody could beat: the silence says nothing
        self._beaten = monotonic()

    def _count_time(self, session: Session) -> None:
        """The oldest worker counts the hours of the batches."""
        passed = min(monotonic() - self._beaten, 2 * EVERY) + self._rest
        self._rest = passed % 1
        if passed >= 1:
            batches.add_seconds(session, int(passed))

    def _dead(self, worker: Worker) -> bool:
        if surely_dead(worker, self._me.place):
            return True
        now = monotonic()
        if now - self._beaten > SILENT / 2:  # it is I who was away
            self._seen.clear()
        beats, since = self._seen.get(worker.id, (-1, now))
        if beats != worker.beats:
            self._seen[worker.id] = (worker.beats, now)
            return False
        return now - since > SILENT

    def _bury(self, worker: Worker) -> None:
        self._engine.take_back(worker.id)
        with self._database.session() as session:
            workers.bury(session, worker.id)
        self._seen.pop(worker.id, None)

    def _look_around(self) -> None:
        """Cases that should be worked on and are not: in the hands of one who is struck off or never entered himself, tried too often,
        or of an older program's shape."""
        with self._database.session() as session:
            present = {worker.id for worker in workers.everybody(session)}
            running = [batch for batch in batches.everything(session) if batch.state == "running"]
            waiting = {batch.id: batches.cases(session, batch.id, batches.UNFINISHED) for batch in running}
        for batch in running:
            tickets = [case.ticket for case in waiting[batch.id]]
            for gone in self._engine.holders(tickets) - present:
                self._engine.take_back(gone)
            lost = self._engine.lost(tickets)
            with self._database.session() as session:
                for case in waiting[batch.id]:
                    if lost.get(case.ticket):
                        batches.fail(session, case, _WORN_OUT)
                    elif case.ticket in lost and (again := batches.put_off(session, case)):
                        self._tickets.put_in(session, [again], batch.model)
