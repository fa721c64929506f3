"""A worker process from its start to its end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from dataclasses import dataclass
from importlib.metadata import version
from types import FrameType
from uuid import uuid4

from assistant.jobs.alive import myself
from assistant.jobs.asking import Calls
from assistant.jobs.door import MODEL_QUEUE, OFFLINE_QUEUE, Engine, Tickets
from assistant.jobs.patience import waiting
from assistant.jobs.pulse import Pulse
from assistant.jobs.work import Work, Writers
from assistant.records import Database, RecordsError, open_database
from assistant.records.workers import Worker, enter
from assistant.settings import Settings

RECYCLED_AFTER = 100
"""Cases after which a process gives way to a fresh one: memory does not creep up over a night."""
_LOOK = 0.1


@dataclass(frozen=True)
class Hands:
    """What a worker process is started with."""

    settings: Settings
    url: str
    writers: Writers


def run(hands: Hands) -> None:
    """Work until told to stop (SIGTERM), until the command that started it is gone, or until it is time for a fresh process."""
    stop = _Stop()
    try:
        database = waiting(lambda: open_database(hands.url), told=_tell)
        work, engine, pulse = waiting(lambda: _started(hands, database), told=_tell)
    except RecordsError as error:
        _tell(str(error))
        sys.exit(2)
    told = ""
    while not stop.wanted() and work.drafted < RECYCLED_AFTER:
        stop.event.wait(_LOOK)
        if pulse.trouble and not told:
            _tell(pulse.trouble)
        told = pulse.trouble
    work.leaving = True
    engine.stop_taking()
    while engine.busy() and not pulse.trouble:  # what cannot be kept is not waited for
        threading.Event().wait(_LOOK / 2)
    pulse.stop()
    os._exit(0)  # all is in the database; dbos would take seconds to say goodbye


def _started(hands: Hands, database: Database) -> tuple[Work, Engine, Pulse]:
    settings, calls = hands.settings, Calls()
    host, place, pid, born = myself()
    me = Worker(uuid4().hex, host, place, pid, born, version("jiping"), settings.base_url)
    tickets = Tickets(database)
    work = Work(database, tickets, settings, me.id, hands.writers, calls)
    slots = {OFFLINE_QUEUE: 2}
    if settings.base_url:
        slots[MODEL_QUEUE] = settings.cases_at_once
    _warm()
    with database.session() as session:  # known before the first ticket is in its hands
        enter(session, me)
    engine = Engine(database, me.id, slots, work.steps)
    pulse = Pulse(database, engine, tickets, me, calls, (settings.concurrency, settings.endpoint_concurrency))
    pulse.start()
    return work, engine, pulse


def _warm() -> None:
    """Import what every draft needs before the first one waits for it."""
    import assistant.drafting
    import assistant.pipeline
    import assistant.report  # noqa: F401


class _Stop:
    """SIGTERM asks to stop; a Ctrl-C is the business of the command that watches over the processes."""

    def __init__(self) -> None:
        self.event = threading.Event()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._asked)
        self._parent = multiprocessing.parent_process()

    def _asked(self, _: int, __: FrameType | None) -> None:
        self.event.set()

    def wanted(self) -> bool:
        """Whether it was asked to, or nobody is left who would."""
        return self.event.is_set() or (self._parent is not None and not self._parent.is_alive())


def _tell(message: str) -> None:
    print(f"工作进程：{message}正在等待。", file=sys.stderr, flush=True)
