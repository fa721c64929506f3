"""The exemplar store on a real PostgreSQL: what SQLite keeps it keeps too, for several processes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from assistant.library import LOCAL, Library
from assistant.records import Database, RecordsError, exemplars, open_database
from assistant.retrieval import read_exemplar, shipped_exemplars
from evals.batch.postgres import Server, installed, postgres
from tests.exemplar_text import OTHER, REPORT

_names = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    if installed() is None:
        pytest.skip("PostgreSQL is not installed: THE EXEMPLAR STORE WAS NOT TRIED ON IT")
    with postgres() as running:
        yield running


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    base = open_database(server.database(f"kb{next(_names)}"))
    yield base
    base.close()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(REPORT, "utf-8")
    return path


Opened = Callable[[str], Library]


@pytest.fixture
def opened(database: Database) -> Iterator[Opened]:
    """A library of its own connection for an owner, closed when the test is done."""
    bases: list[Database] = []

    def library(owner: str) -> Library:
        bases.append(open_database(database.url))
        return Library(bases[-1], owner)

    yield library
    for base in bases:
        base.close()


def test_an_exemplar_comes_back_as_it_went_in_and_is_found(database: Database, opened: Opened, report: Path) -> None:
    added = opened("甲局").add(report).exemplar
    assert added == read_exemplar(report, "甲局")
    with database.session() as session:
        assert exemplars.load(session) == [added]
    found = opened("甲局").search("白鹭湖水厂管网漏损", k=1)
    assert found[0].passage in added.passages


def test_vectors_are_kept_and_changes_of_another_process_seen(database: Database, opened: Opened, report: Path) -> None:
    one, two = opened(""), opened("")
    one.store()
    with database.session() as session:
        kept = exemplars.vectors(session, "hashed-1-3-v1")
    assert kept.keys() == one.store().vectors.keys()
    assert all((kept[digest] == vector).all() for digest, vector in one.store().vectors.items())
    added = two.add(report).exemplar
    assert one.search("山塘隐患整改 避险物资", k=3)[0].passage.exemplar == added.id
    two.remove(added.id)
    assert [e.id for e in one.exemplars()] == [e.id for e in shipped_exemplars()]


def test_private_until_approved(opened: Opened, report: Path) -> None:
    mine, theirs = opened("甲局"), opened("乙局")
    added = mine.add(report).exemplar
    assert added.id not in {hit.passage.exemplar for hit in theirs.search("白鹭湖水厂管网", k=30)}
    assert mine.add(report, approve=True).approved
    assert added.id in {hit.passage.exemplar for hit in theirs.search("白鹭湖水厂管网", k=30)}


def test_eight_at_once_open_a_new_database_and_write(database: Database, opened: Opened, tmp_path: Path) -> None:
    def work(number: int) -> str:
        path = tmp_path / f"{number}.md"
        path.write_text(REPORT.replace("云栖", f"第{number}"), "utf-8")
        own = opened(f"{number}局")
        added = own.add(path).exemplar.id
        own.store()
        return added

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(work, range(8)))
    with database.session() as session:
        assert {e.id for e in exemplars.load(session)} == ids


def test_the_same_file_by_four_at_once_is_kept_once(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "other.md"
    path.write_text(OTHER, "utf-8")
    libraries = [opened("") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(lambda one: one.add(path), libraries))
    assert sum(one.same is None for one in added) == 1
    assert [e.owner for e in libraries[0].exemplars() if e.owner] == [LOCAL]


def test_what_is_wrong_with_an_address_is_told(database: Database) -> None:
    for wrong, said in (
        (database.url.replace("kb", "nosuch"), "没有"),
        ("postgresql://nobody@127.0.0.1:9/none", "连不上"),
    ):
        with pytest.raises(RecordsError, match=said):
            open_database(wrong)
