"""Many cases in one go: what counts as a case, what is drafted again and what is not, and what reaches the output folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.jobs.submit import pause, resume, stop
from assistant.pipeline import draft_case
from assistant.records import batches, parcels
from assistant.records.batches import Batch, Limits
from assistant.run_folder import digest_of
from tests.jobs.night import THREE, Night, change, folders


def names(night: Night) -> list[str]:
    return sorted(entry.name for entry in night.out.iterdir())


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


def test_a_failed_case_is_tried_again_when_the_batch_is_run_again(night: Night) -> None:
    name = folders(night.root)[0].name
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
    stopped = night.now(batch)
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


def test_the_run_folder_says_the_same_inputs_as_the_case(night: Night) -> None:
    batch = night.submit()
    night.run(batch)
    night.publish(batch)
    name = sorted(night.rows(batch))[0]
    record = json.loads((night.out / name / "run.json").read_text("utf-8"))
    assert record["inputs"]["workbook.xlsx"] == digest_of(night.root / name / "workbook.xlsx")
