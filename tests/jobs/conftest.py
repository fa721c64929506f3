"""Three made-up cases, a database, and a batch of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.jobs.asking import Calls
from assistant.jobs.door import Tickets
from assistant.jobs.work import Work
from assistant.records import Database, default_url, open_database
from assistant.settings import Settings
from assistant.synth import synthesize
from tests.jobs.night import THREE, Night


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cases that nobody changes."""
    root = tmp_path_factory.mktemp("made") / "cases"
    synthesize(THREE, 5, root, 0.0)
    return root


@pytest.fixture
def root(cases: Path, tmp_path: Path) -> Path:
    """A copy of them, free to be changed."""
    return Path(shutil.copytree(cases, tmp_path / "cases"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(default_url(tmp_path / "data"))
    yield opened
    opened.close()


@pytest.fixture
def tickets(database: Database) -> Iterator[Tickets]:
    opened = Tickets(database)
    yield opened
    opened.close()


@pytest.fixture
def work(database: Database, tickets: Tickets) -> Work:
    """What a worker does, without the queue that would call it."""
    return Work(database, tickets, Settings(), "w1", lambda settings, model: None, Calls())


@pytest.fixture
def night(database: Database, tickets: Tickets, work: Work, root: Path, tmp_path: Path) -> Night:
    return Night(database, tickets, work, root, tmp_path / "out")
