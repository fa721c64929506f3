"""What goes wrong of a night: each is told in Chinese with what to do, stops nothing else, and costs nothing that was done."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from assistant.cli.batch_show import Board
from assistant.cli.show import Printer
from assistant.errors import UsageError
from assistant.jobs import publish as publishing
from assistant.jobs.publish import PublishError, folders_of, refuse_unwritable
from assistant.jobs.submit import pause, resume
from assistant.records import batches
from assistant.records.batches import Limits
from assistant.synth import synthesize
from tests.jobs.night import THREE, Night, change, folders


def no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def board(night: Night, limits: Limits | None = None) -> Board:
    return Board(night.database, night.submit(limits or Limits()), Printer(""))


def test_a_full_disk_is_told_and_costs_nothing(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = night.submit()
    night.run(batch)
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "unpacked", no_room)
        with pytest.raises(PublishError, match=r"磁盘已满.*没有丢失"):
            night.publish(batch)
    assert list(night.out.iterdir()) == []
    assert len(night.publish(batch)) == THREE


def test_a_report_that_could_not_be_written_is_told_last_and_in_the_morning_list(
    night: Night, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    watched = board(night)
    night.run(night.submit())
    whole = publishing.unpacked
    first = folders(night.root)[0].name

    def all_but_one(data: bytes, into: Path) -> None:
        (whole if first not in into.name else no_room)(data, into)

    monkeypatch.setattr(publishing, "unpacked", all_but_one)
    assert watched.look() == 0
    assert watched.close(interrupted=False) == 1
    assert "磁盘已满" in capsys.readouterr().out
    page = (night.out / "summary.html").read_text("utf-8")
    assert "结果都在数据库里" in page
    assert "重新起草这一份" not in page


def test_a_worker_without_room_gives_the_case_back_and_stops_the_batch(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = night.submit()
    with monkeypatch.context() as patch:
        patch.setattr("assistant.jobs.work.unpacked", no_room)
        night.run(batch)
    stopped = night.now(batch)
    assert stopped.state == "stopped"
    assert "磁盘已满" in stopped.reason
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
    broken, nameless, good = (folder.name for folder in folders(night.root))
    (night.root / broken / "workbook.xlsx").write_bytes(b"this is no workbook")
    (night.root / nameless / "case.yaml").write_text("unit: [\n", "utf-8")
    batch = night.submit()
    night.run(batch)
    rows = night.rows(batch)
    assert {name: case.state for name, case in rows.items()} == {broken: "failed", nameless: "failed", good: "done"}
    assert "workbook.xlsx" in rows[broken].error
    assert "Excel" in rows[broken].error
    assert "case.yaml" in rows[nameless].error


def test_a_file_that_is_missing_is_told_by_its_place_at_home(night: Night) -> None:
    first = folders(night.root)[0]
    (first / "workbook.xlsx").unlink()
    batch = night.submit()
    night.run(batch)
    assert str(first) in night.rows(batch)[first.name].error


def test_the_morning_list_names_what_failed_and_what_was_not_begun(
    night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    failed, late, _ = folders(night.root)
    (failed / "workbook.xlsx").write_bytes(b"no")
    watched = board(night, Limits(seconds=60))
    batch = night.submit(Limits(seconds=60))
    night.run(batch, without=late.name)
    with night.database.session() as session:
        batches.add_seconds(session, 60)
    night.run(batch)
    assert watched.look() == 0
    assert watched.close(interrupted=False) == 1
    page = (night.out / "summary.html").read_text("utf-8")
    assert failed.name in page
    assert "</td><td>还没有起草：已运行1分钟，达到上限1分钟。" in page
    assert late.name in page
    assert "未做1份" in capsys.readouterr().out


def test_a_batch_paused_elsewhere_is_waited_for(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    watched = board(night)
    batch = night.submit()
    pause(night.database, batch.id)
    assert watched.look() == THREE
    assert f"jiping batches resume {batch.id}" in capsys.readouterr().err
    resume(night.database, night.tickets, batch.id)
    night.run(batch)
    assert watched.look() == 0


def test_the_newest_report_is_listed_where_an_older_one_was_changed_by_hand(night: Night) -> None:
    batch = night.submit()
    night.run(batch)
    night.publish(batch)
    first = folders(night.root)[0]
    (night.out / first.name / "report.md").write_text("改过的话\n", "utf-8")
    change(first)
    night.run(night.submit())
    (made,) = night.publish(batch)
    assert folders_of(night.database, batch)[first.name] == made.folder != night.out / first.name


def test_a_case_that_was_away_for_a_while_is_drafted_again_and_one_that_stays_away_is_not_put_back(
    night: Night,
) -> None:
    batch = night.submit()
    night.run(batch)
    night.publish(batch)
    first = folders(night.root)[0]
    kept = shutil.move(first, night.root.parent / "kept")
    night.submit()
    shutil.rmtree(night.out / first.name)
    assert night.publish(batch, again=True) == []
    shutil.move(kept, first)
    night.run(night.submit())
    assert night.rows(batch)[first.name].state == "done"
    assert [made.name for made in night.publish(batch)] == [first.name]


def test_a_department_goes_through_a_batch_with_its_units(night: Night, tmp_path: Path) -> None:
    shutil.rmtree(night.root)
    synthesize(1, 4, night.root, 0.0, units=2)
    batch = night.submit()
    night.run(batch)
    assert {case.state for case in night.rows(batch).values()} == {"done"}
    whole, *units = sorted(night.rows(batch))
    (night.root / units[0] / "workbook.xlsx").write_bytes(b"no")
    night.run(night.submit())
    rows = night.rows(batch)
    assert {name: rows[name].state for name in (whole, *units)} == {
        whole: "failed",
        units[0]: "failed",
        units[1]: "done",
    }
    assert "这个单位的填报读不出来" in rows[whole].error
