"""A worker's heartbeat: who is silent, who was merely away, and a database that is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from assistant.jobs import pulse
from assistant.jobs.asking import Calls
from assistant.jobs.pulse import Pulse
from assistant.records import Database, RecordsError, workers
from assistant.records.workers import Worker


class Ward:
    """An engine that notes whose cases were taken back."""

    def __init__(self) -> None:
        self.taken_back: list[str] = []

    def take_back(self, worker: str) -> None:
        self.taken_back.append(worker)

    def holders(self, tickets: list[str]) -> set[str]:
        return set()

    def lost(self, tickets: list[str]) -> dict[str, bool]:
        return {}


def pulse_of(database: Any, ward: Any) -> Pulse:
    return Pulse(database, ward, ward, Worker("me", "h", "here", 1, "1", "1", ""), Calls(), (1, 1))


def test_silence_is_measured_by_a_stopwatch_and_a_clock_that_jumps_kills_nobody(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(pulse, "monotonic", lambda: now[0])
    ward = Ward()
    mine = pulse_of(database, ward)
    far = Worker("far", "g", "there", 1, "1", "1", "")

    def beats(times: int, other: bool) -> None:
        for _ in range(times):
            now[0] += pulse.EVERY
            if other:
                with database.session() as session:
                    workers.beat(session, far, 1, 0)
            mine._beat()

    beats(20, other=True)
    monkeypatch.setattr(time, "time", lambda: 86400.0 * 3)  # whatever the clocks say
    beats(20, other=True)
    assert ward.taken_back == []
    now[0] += 3600  # this worker itself was away: it may not judge yet
    beats(3, other=False)
    assert ward.taken_back == []
    beats(int(pulse.SILENT / pulse.EVERY) + 2, other=False)
    assert ward.taken_back == ["far"]


class Away:
    """A database that cannot be written while `full`."""

    def __init__(self, database: Database) -> None:
        self.database, self.full = database, True

    @contextmanager
    def session(self) -> Iterator[Any]:
        if self.full:
            raise RecordsError("数据文件夹所在的磁盘已满，请腾出空间后再试。", passing=True)
        with self.database.session() as session:
            yield session


def test_a_database_that_cannot_be_written_is_known_to_the_worker_until_it_can_be(database: Database) -> None:
    away = Away(database)
    mine = pulse_of(away, Ward())
    mine._beat()
    assert "磁盘已满" in mine.trouble
    away.full = False
    mine._beat()
    assert mine.trouble == ""
