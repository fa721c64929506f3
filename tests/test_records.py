"""The database: made, upgraded, shared, broken; exemplars come back as they went in, and vectors are made once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.library import LOCAL, Library, open_library
from assistant.records import RecordsError, database, default_url, exemplars, open_database
from assistant.retrieval import HashedEmbedder, read_exemplar, shipped_exemplars
from tests.exemplar_text import OTHER, REPORT


class Counting:
    """Hashed characters under a name of its own, and how many texts it was asked for."""

    def __init__(self, name: str) -> None:
        self.name, self.asked = name, 0

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked += len(texts)
        return HashedEmbedder().embed(texts)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(REPORT, "utf-8")
    return path


def test_an_exemplar_comes_back_as_it_went_in(tmp_path: Path, report: Path) -> None:
    kept = read_exemplar(report, "甲局")
    base = open_database(default_url(tmp_path / "data"))
    with base.session() as session:
        exemplars.add(session, kept)
    base.close()
    with open_database(default_url(tmp_path / "data")).session() as session:
        assert exemplars.load(session) == [kept]
        assert exemplars.generation(session) == 1


def test_passages_masked_by_older_rules_are_masked_again(tmp_path: Path, report: Path) -> None:
    kept = read_exemplar(report, "甲局")
    base = open_database(default_url(tmp_path))
    with base.session() as session:
        exemplars.add(session, kept)
    with sqlite3.connect(tmp_path / database.FILE) as raw:
        raw.execute("UPDATE exemplars SET masking = 'older'")
        raw.execute("UPDATE passages SET masked = text, masked_section = section")
    with base.session() as session:
        assert exemplars.load(session) == [kept]


def test_nothing_is_embedded_twice_and_another_embedder_makes_all_anew(tmp_path: Path, report: Path) -> None:
    first = Counting("a-1")
    library = open_library(tmp_path / "data", embedder=first)
    library.add(report)
    library.store()
    made = first.asked
    assert made >= len(shipped_exemplars())
    again = Counting("a-1")
    open_library(tmp_path / "data", embedder=again).store()
    assert again.asked == 0
    other = Counting("b-2")
    open_library(tmp_path / "data", embedder=other).store()
    assert other.asked == made
    back = Counting("a-1")
    open_library(tmp_path / "data", embedder=back).store()
    assert back.asked == 0


def test_a_store_is_rebuilt_when_another_process_changed_the_exemplars_and_only_then(
    tmp_path: Path, report: Path
) -> None:
    one, two = open_library(tmp_path / "data"), open_library(tmp_path / "data")
    before = one.store()
    assert one.store() is before
    added = two.add(report).exemplar
    assert one.search("山塘隐患整改 避险物资", k=3)[0].passage.exemplar == added.id
    two.remove(added.id)
    assert all(hit.passage.exemplar != added.id for hit in one.search("山塘隐患整改 避险物资", k=20))


def test_private_until_approved(tmp_path: Path, report: Path) -> None:
    mine, theirs = open_library(tmp_path / "data", "甲局"), open_library(tmp_path / "data", "乙局")
    added = mine.add(report).exemplar
    assert added.id not in [e.id for e in theirs.exemplars()]
    assert all(hit.passage.exemplar != added.id for hit in theirs.search("白鹭湖水厂管网", k=30))
    opened = mine.add(report, approve=True)
    assert opened.same is not None
    assert opened.approved
    assert added.id in [e.id for e in theirs.exemplars()]
    assert any(hit.passage.exemplar == added.id for hit in theirs.search("白鹭湖水厂管网", k=30))
    with pytest.raises(Exception, match="甲局"):
        theirs.remove(added.id)


def test_two_departments_may_keep_the_same_file(tmp_path: Path, report: Path) -> None:
    ids = {open_library(tmp_path / "data", owner).add(report).exemplar.id for owner in ("甲局", "乙局", "")}
    assert len(ids) == 3
    assert {e.owner for e in open_library(tmp_path / "data").exemplars() if e.owner} == {LOCAL}


def test_eight_at_once_open_a_new_database_and_write(tmp_path: Path) -> None:
    def work(number: int) -> str:
        path = tmp_path / f"{number}.md"
        path.write_text(REPORT.replace("云栖", f"第{number}"), "utf-8")
        return open_library(tmp_path / "data", f"{number}局").add(path).exemplar.id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(work, range(8)))
    with open_database(default_url(tmp_path / "data")).session() as session:
        assert {e.id for e in exemplars.load(session)} == ids
        assert exemplars.generation(session) == 8


def test_the_tables_are_what_the_migrations_make(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    from assistant.records.tables import Base

    open_database(default_url(tmp_path)).close()
    engine = create_engine(default_url(tmp_path))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_an_upgrade_leaves_a_copy_of_the_file_as_it_was(
    tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_library(tmp_path / "data", "甲局").add(report)
    newer = tmp_path / "migrations"
    shutil.copytree(database.MIGRATIONS, newer)
    (newer / "versions" / "v0003.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\nrevision = '0003'\ndown_revision = '0002'\n"
        "def upgrade():\n    op.create_table('more', sa.Column('id', sa.Integer, primary_key=True))\n",
        "utf-8",
    )
    monkeypatch.setattr(database, "MIGRATIONS", newer)
    assert [e.owner for e in open_library(tmp_path / "data", "甲局").exemplars() if e.owner] == ["甲局"]
    with sqlite3.connect(tmp_path / "data" / "jiping.db.0002.bak") as copy:
        assert copy.execute("SELECT count(*) FROM exemplars").fetchone() == (1,)
        assert copy.execute("SELECT name FROM sqlite_master WHERE name = 'more'").fetchone() is None
    monkeypatch.undo()
    with pytest.raises(RecordsError, match="更新版本"):
        open_database(default_url(tmp_path / "data"))


def test_a_file_in_the_way_a_broken_database_and_a_wrong_address_are_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(RecordsError, match="不能写入"):
        open_database(default_url(blocked))
    broken = tmp_path / "data"
    broken.mkdir()
    (broken / database.FILE).write_bytes(b"this is no database at all" * 100)
    with pytest.raises(RecordsError, match="损坏"):
        open_database(default_url(broken))
    with pytest.raises(RecordsError, match="database_url"):
        open_database("no address")


def test_all_works_from_memory_where_nothing_can_be_kept(tmp_path: Path, report: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    library = open_library(blocked, "甲局")
    assert "不能写入" in library.trouble
    added = library.add(report).exemplar
    assert library.add(report).same is not None
    assert any(hit.passage.exemplar == added.id for hit in library.search("白鹭湖水厂管网"))
    library.add(report, approve=True)
    assert library.exemplars()[-1].approved
    library.remove(added.id)
    assert [e.id for e in library.exemplars()] == [e.id for e in shipped_exemplars()]
    other = tmp_path / "other.md"
    other.write_text(OTHER, "utf-8")
    assert isinstance(library, Library)
    assert library.add(other).exemplar.unit == "岚平市文化馆"


def test_the_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    open_database(default_url(tmp_path / "data")).close()
    assert (tmp_path / "data" / database.FILE).stat().st_mode & 0o077 == 0
