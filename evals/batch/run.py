"""`jiping batch` and `jiping worker` as a user starts them: processes of their own, in a group that can be killed at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Any

from assistant.records import Database, batches, default_url, open_database, replies
from assistant.records.batches import BatchCase
from assistant.records.workers import everybody
from evals.batch.points import DOOM, ELSEWHERE
from evals.endpoint import Answer, failure
from evals.endpoint.personas import Seeded

LONGEST = 1800.0


@dataclass
class Model:
    """A scripted model that answers after `wait` seconds and counts what it is asked; while it is `away` its server has no worker."""

    wait: float = 0.05
    asked: Counter[str] = field(default_factory=Counter)
    away: bool = False
    _persona: Seeded = field(default_factory=lambda: Seeded("faithful"))
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, request: dict[str, Any]) -> Answer:
        """The script of an endpoint."""
        key = sha256(dumps(request["messages"], sort_keys=True).encode()).hexdigest()
        if self.away:
            return failure(503, "no worker")
        with self._lock:
            self.asked[key] += 1
        return Answer(self._persona(request["messages"]), wait=self.wait)


@dataclass(frozen=True)
class Scene:
    """Where a batch plays: cases, home (data and output), the address of the database ("": SQLite), the endpoint ("": none)."""

    cases: Path
    home: Path
    url: str = ""
    endpoint: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def out(self) -> Path:
        """The batch's output folder."""
        return self.home / "out"

    def database(self) -> Database:
        """The database that all meet in."""
        return open_database(self.url or default_url(self.home / "data"))

    def rows(self) -> list[BatchCase]:
        """All cases of the one batch; none before there is one."""
        database = self.database()
        with database.session() as session:
            found = batches.everything(session)
            cases = batches.cases(session, found[0].id) if found else []
        database.close()
        return cases

    def kept(self) -> int:
        """How many answers of the model are kept."""
        database = self.database()
        with database.session() as session:
            number = replies.count(session)
        database.close()
        return number

    def present(self) -> int:
        """How many workers have entered themselves."""
        database = self.database()
        with database.session() as session:
            number = len(everybody(session))
        database.close()
        return number

    def batch(self, *more: str, doom: str = "") -> subprocess.Popen[bytes]:
        """Start `jiping batch`."""
        return self._start("batch", str(self.cases), "--out", str(self.out), *more, doom=doom)

    def worker(self, *more: str, elsewhere: str = "") -> subprocess.Popen[bytes]:
        """Start `jiping worker`; `elsewhere`: as if on a machine of that name."""
        return self._start("worker", *more, elsewhere=elsewhere)

    def finish(self, *more: str) -> int:
        """Run the batch to its end."""
        return self.batch(*more).wait(LONGEST)

    def _start(self, *args: str, doom: str = "", elsewhere: str = "") -> subprocess.Popen[bytes]:
        self.home.mkdir(parents=True, exist_ok=True)
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("JIPING_", "OPENAI_"))}
        environ |= {"JIPING_DATA_DIR": str(self.home / "data"), **self.settings}
        environ |= {"JIPING_BASE_URL": self.endpoint, "JIPING_MODEL": "scripted"} if self.endpoint else {}
        environ |= ({DOOM: doom} if doom else {}) | ({ELSEWHERE: elsewhere} if elsewhere else {})
        if self.url:
            args = (*args, "--database", self.url)
        log = (self.home / "log").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "evals.batch.points", *args], env=environ, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and its whole group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def killed_after(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill the group after so long; False if it had ended by then."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        kill(process)
        return True
    return False


@contextmanager
def workers(*processes: subprocess.Popen[bytes]) -> Iterator[None]:
    """None of them outlives the block."""
    try:
        yield
    finally:
        for process in processes:
            kill(process)


def until(true: Any, seconds: float = LONGEST) -> float:
    """Seconds until something is so.

    Raises:
        TimeoutError: it never was.
    """
    began = monotonic()
    while not true():
        if monotonic() - began > seconds:
            raise TimeoutError
        sleep(0.1)
    return monotonic() - began


def group_memory(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """KiB: all processes of the group now, and the most that one of its workers has had so far."""
    together, largest = 0, 0
    for entry in _group(process):
        with suppress(OSError, KeyError):
            lines = dict(line.split(":", 1) for line in (entry / "status").read_text().splitlines() if ":" in line)
            together += int(lines["VmRSS"].split()[0])
            if int(entry.name) != process.pid:
                largest = max(largest, int(lines["VmHWM"].split()[0]))
    return together, largest


def group_cpu(process: subprocess.Popen[bytes]) -> float:
    """Seconds of processor of the group so far, those that have ended and were waited for among them."""
    ticks = 0
    for entry in _group(process):
        with suppress(OSError):
            words = (entry / "stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, words[11:13])) + (
                sum(map(int, words[13:15])) if int(entry.name) == process.pid else 0
            )
    return ticks / os.sysconf("SC_CLK_TCK")


def _group(process: subprocess.Popen[bytes]) -> Iterator[Path]:
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if os.getpgid(int(entry.name)) == process.pid:
                yield entry
