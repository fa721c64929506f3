"""Many cases in one go: what counts as a case, what is drafted again and what is not, and what reaches the output folder."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.jobs import publish as publishing
from assistant.jobs.asking import Calls
from assistant.jobs.door import Tickets
from assistant.jobs.found import find_cases
from assistant.jobs.publish import Published, PublishError, publish, refuse_unwritable
from assistant.jobs.submit import pause, resume, stop, submit
from assistant.jobs.work import Work
from assistant.pipeline import draft_case
from assistant.records import Database, batches, default_url, open_database, parcels
from assistant.records.batches import Batch, BatchCase, Limits
from assistant.settings import Settings
from assistant.synth import synthesize

THREE = 3
NO_LIMITS = Limits()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three made-up cases that nobody changes."""
    root = tmp_path_factory.mktemp("made") / "cases"
    synthesize(THREE, 5, root, 0.0)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "cases"))


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


class Night:
    """One batch in a test's hands."""

    def __init__(self, database: Database, tickets: Tickets, work: Work, root: Path, out: Path) -> None:
        self.database, self.tickets, self.work, self.root, self.out = database, tickets, work, root, out

    def submit(self, limits: Limits = NO_LIMITS) -> Batch:
        found = find_cases(self.root, self.out).cases
        return submit(self.database, self.tickets, found, self.root, self.out, "", "", limits)

    def rows(self, batch: Batch) -> dict[str, BatchCase]:
        with self.database.session() as session:
            return {case.name: case for case in batches.cases(session, batch.id)}

    def run(self, batch: Batch) -> None:
        """All that waits, one after another, as the queue would have it done."""
        for case in self.rows(batch).values():
            if case.state in batches.UNFINISHED and self.work.take(batch.id, case.name, case.attempt):
                self.work.draft(batch.id, case.name, case.attempt)

    def publish(self, batch: Batch, again: bool = False) -> list[Published]:
        return list(publish(self.database, batch, again))


@pytest.fixture
def night(database: Database, tickets: Tickets, work: Work, root: Path, tmp_path: Path) -> Night:
    return Night(database, tickets, work, root, tmp_path / "out")


def names(night: Night) -> list[str]:
    return sorted(entry.name for entry in night.out.iterdir())


def change(case: Path) -> None:
    """A change of the inputs that the reader does not mind."""
    file = case / "case.yaml"
    file.write_text(file.read_text("utf-8") + "# 改过\n", "utf-8")


def test_a_case_is_drafted_once_and_again_only_when_its_inputs_change(night: Night) -> None:
    batch = night.submit()
    night.run(batch)
    first, *others = sorted(night.rows(batch))
    assert [made.remark for made in night.publish(batch)] == [""] * THREE
    assert names(night) == [first, *others]
    drafted = night.work.drafted
    night.run(night.submit())
    assert night.work.drafted == drafted
    assert night.publish(batch, again=True) == []
    before = (night.out / first / "report.md").read_bytes()
    change(night.root / first)
    night.run(night.submit())
    assert night.work.drafted == drafted + 1
    (told,) = night.publish(batch)
    assert f"{first}.v1" in told.remark
    assert (night.out / f"{first}.v1" / "report.md").read_bytes() == before
    assert (night.out / first / "run.json").is_file()


def test_what_a_batch_drafts_is_what_draft_drafts(night: Night, tmp_path: Path) -> None:
    batch = night.submit()
    night.run(batch)
    night.publish(batch)
    name = sorted(night.rows(batch))[0]
    draft_case(night.root / name, tmp_path / "alone")
    for file in ("report.docx", "report.md", "scorecard.xlsx", "draft.json", "check.json", "ledger.json"):
        assert (night.out / name / file).read_bytes() == (tmp_path / "alone" / file).read_bytes()


def test_a_report_that_a_person_changed_is_kept_and_the_new_one_stands_beside_it(night: Night) -> None:
    batch = night.submit()
    night.run(batch)
    night.publish(batch)
    name = sorted(night.rows(batch))[0]
    report = night.out / name / "report.md"
    report.write_text("改过的话\n", "utf-8")
    change(night.root / name)
    night.run(night.submit())
    (told,) = night.publish(batch)
    assert report.read_text("utf-8") == "改过的话\n"
    assert told.folder.name == f"{name}.v2"
    assert "没有覆盖" in told.remark
    assert (told.folder / "report.docx").is_file()


def test_a_folder_that_was_removed_is_put_there_again_without_drafting(night: Night) -> None:
    batch = night.submit()
    night.run(batch)
    night.publish(batch)
    name = sorted(night.rows(batch))[0]
    drafted = night.work.drafted
    shutil.rmtree(night.out / name)
    night.submit()
    assert [made.name for made in night.publish(batch, again=True)] == [name]
    assert night.work.drafted == drafted


def test_a_full_disk_is_told_and_costs_nothing(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = night.submit()
    night.run(batch)

    def full(data: bytes, into: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "unpacked", full)
        with pytest.raises(PublishError, match="没有丢失"):
            night.publish(batch)
    assert names(night) == []
    assert len(night.publish(batch)) == THREE


def test_a_worker_without_room_gives_the_case_back_and_pauses_the_batch(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(data: bytes, into: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    batch = night.submit()
    with monkeypatch.context() as patch:
        patch.setattr("assistant.jobs.work.unpacked", full)
        night.run(batch)
    with night.database.session() as session:
        paused = batches.find(session, batch.id)
    assert paused is not None
    assert paused.state == "paused"
    assert "磁盘" in paused.reason
    assert {case.state for case in night.rows(batch).values()} == {"waiting"}
    night.run(resume(night.database, night.tickets, batch.id))
    assert {case.state for case in night.rows(batch).values()} == {"done"}


def test_an_output_that_cannot_be_written_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="不能写入"):
        refuse_unwritable(tmp_path / "file" / "out")
    refuse_unwritable(tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_bad_case_among_good_ones_fails_alone(night: Night) -> None:
    broken, nameless, good = sorted(path.name for path in night.root.iterdir() if path.is_dir())
    (night.root / broken / "workbook.xlsx").write_bytes(b"this is no workbook")
    (night.root / nameless / "case.yaml").write_text("unit: [\n", "utf-8")
    batch = night.submit()
    night.run(batch)
    rows = night.rows(batch)
    assert {name: case.state for name, case in rows.items()} == {broken: "failed", nameless: "failed", good: "done"}
    assert "workbook.xlsx" in rows[broken].error
    assert "case.yaml" in rows[nameless].error


def test_a_file_that_is_missing_is_told_by_its_place_at_home(night: Night) -> None:
    name = sorted(path.name for path in night.root.iterdir() if path.is_dir())[0]
    (night.root / name / "workbook.xlsx").unlink()
    batch = night.submit()
    night.run(batch)
    assert str(night.root / name) in night.rows(batch)[name].error


def test_a_failed_case_is_tried_again_when_the_batch_is_run_again(night: Night) -> None:
    name = sorted(path.name for path in night.root.iterdir() if path.is_dir())[0]
    good = (night.root / name / "workbook.xlsx").read_bytes()
    (night.root / name / "workbook.xlsx").write_bytes(b"no")
    batch = night.submit()
    night.run(batch)
    assert night.rows(batch)[name].state == "failed"
    (night.root / name / "workbook.xlsx").write_bytes(good)
    night.run(night.submit())
    assert night.rows(batch)[name].state == "done"


def test_a_paused_batch_is_not_worked_on_and_goes_on_when_resumed(night: Night) -> None:
    batch = night.submit()
    pause(night.database, batch.id)
    night.run(batch)
    assert night.work.drafted == 0
    assert {case.state for case in night.rows(batch).values()} == {"waiting"}
    with pytest.raises(UsageError, match="已暂停"):
        pause(night.database, batch.id)
    night.run(resume(night.database, night.tickets, batch.id))
    assert {case.state for case in night.rows(batch).values()} == {"done"}
    stop_refused(night, batch)


def stop_refused(night: Night, batch: Batch) -> None:
    with pytest.raises(UsageError, match="没有批次"):
        stop(night.database, "nothing")
    stop(night.database, batch.id)
    with pytest.raises(UsageError, match="已停止"):
        stop(night.database, batch.id)


def test_hours_that_are_spent_stop_new_work_and_say_so(night: Night) -> None:
    batch = night.submit(Limits(seconds=10))
    with night.database.session() as session:
        batches.add_seconds(session, 11)
    night.run(batch)
    with night.database.session() as session:
        stopped = batches.find(session, batch.id)
    assert stopped is not None
    assert (stopped.state, night.work.drafted) == ("stopped", 0)
    assert "上限" in stopped.reason
    with pytest.raises(UsageError, match="上限"):
        resume(night.database, night.tickets, batch.id)


def test_two_who_draft_the_same_case_leave_one_result(night: Night) -> None:
    batch = night.submit()
    case = next(iter(night.rows(batch).values()))
    night.work.draft(batch.id, case.name, case.attempt)
    with night.database.session() as session:
        outcome = batches.Outcome(0, 0, 0, 0, 0)
        assert not batches.finish(session, case, outcome, b"another")
    night.work.draft(batch.id, case.name, case.attempt)
    with night.database.session() as session:
        assert len(parcels.results(session, batch.id)) == 1


def test_a_result_of_old_inputs_is_not_kept(night: Night) -> None:
    batch = night.submit()
    old = next(iter(night.rows(batch).values()))
    change(night.root / old.name)
    night.submit()
    with night.database.session() as session:
        assert not batches.finish(session, old, batches.Outcome(0, 0, 0, 0, 0), b"old")
    assert night.rows(batch)[old.name].state == "waiting"


def test_the_run_folder_says_the_same_inputs_as_the_case(night: Night, digest: Callable[[Path], str]) -> None:
    batch = night.submit()
    night.run(batch)
    night.publish(batch)
    name = sorted(night.rows(batch))[0]
    record = json.loads((night.out / name / "run.json").read_text("utf-8"))
    assert record["inputs"]["workbook.xlsx"] == digest(night.root / name / "workbook.xlsx")


@pytest.fixture
def digest() -> Callable[[Path], str]:
    from assistant.run_folder import digest_of

    return digest_of
