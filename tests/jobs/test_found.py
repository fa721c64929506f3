"""What counts as a case, how it travels, and what workers know of one another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.jobs.alive import born, myself, place, surely_dead
from assistant.jobs.found import Found, find_cases
from assistant.jobs.parcel import digest_of_inputs, packed_case, unpacked
from assistant.records import Database, workers
from assistant.records.workers import Worker
from tests.jobs.night import THREE, change, folders


def test_no_case_no_folder_and_what_is_passed_over_are_told(root: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不是一个文件夹"):
        find_cases(tmp_path / "nothing", tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="没有填报"):
        find_cases(tmp_path / "empty", tmp_path / "out")
    (root / "照片").mkdir()
    (root / ".hidden").mkdir()
    search = find_cases(root, tmp_path / "out")
    assert len(search.cases) == THREE
    assert [remark for remark in search.remarks if "照片" in remark]


def test_cases_of_one_name_in_two_folders_are_told_apart_and_a_copy_is_told(root: Path, tmp_path: Path) -> None:
    name = folders(root)[0].name
    for bureau in ("甲", "乙"):
        shutil.copytree(root / name, root / bureau / "2021")
    search = find_cases(root, tmp_path / "out")
    found = [case.name for case in search.cases]
    assert {"甲/2021", "乙/2021"} < set(found)
    assert any("乙/2021" in remark or "甲/2021" in remark for remark in search.remarks)


def test_names_that_are_one_on_another_file_system_are_refused_naming_both(root: Path, tmp_path: Path) -> None:
    name = folders(root)[0].name
    for one in ("Bureau", "bureau"):
        shutil.copytree(root / name, root / one, dirs_exist_ok=True)
    if len({path.name.casefold() for path in root.iterdir()}) == len(list(root.iterdir())):
        pytest.skip("this file system knows no difference between them")
    with pytest.raises(UsageError, match="重名") as caught:
        find_cases(root, tmp_path / "out")
    assert "Bureau" in str(caught.value)
    assert "bureau" in str(caught.value)


def test_last_year_s_case_travels_with_this_year_s(root: Path, tmp_path: Path) -> None:
    old, new, _ = folders(root)
    text = (new / "case.yaml").read_text("utf-8")
    (new / "case.yaml").write_text(f"{text}previous: ../{old.name}\n", "utf-8")
    case = next(case for case in find_cases(root, tmp_path / "out").cases if case.folder == new)
    unpacked(packed_case(case.folder, case.files), tmp_path / "there")
    assert (tmp_path / "there" / old.name / "workbook.xlsx").read_bytes() == (old / "workbook.xlsx").read_bytes()
    before = digest_of_inputs(case.folder, case.files, "")
    change(old)
    assert digest_of_inputs(case.folder, case.files, "") != before


def worker(id: str, **given: object) -> Worker:
    host, here, pid, since = myself()
    values = {"host": host, "place": here, "pid": pid, "born": since, "program": "1", "endpoint": "http://e/v1"}
    return Worker(id, **{**values, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", [1, 2, 7, 32])
def test_all_workers_together_keep_the_limit_of_an_endpoint(database: Database, limit: int) -> None:
    busy: dict[str, int] = {}
    """Calls under way: each worker always has as many as it may, and a call that is too many now ends before its next beat."""

    def beat(id: str) -> int:
        with database.session() as session:
            present, share = workers.beat(session, worker(id), limit, busy.get(id, 0))
        together = sum(busy.values())
        busy[id] = share
        assert together <= limit
        return sum(one.allotted for one in present)

    for arrived in range(1, 5):
        for _ in range(3):
            for number in range(arrived):
                assert beat(f"w{number}") <= limit
    assert sum(busy.values()) == limit
    assert max(busy.values()) - min(busy.values()) <= 1
    with database.session() as session:
        workers.bury(session, "w0")
    del busy["w0"]
    for _ in range(3):
        for id in list(busy):
            beat(id)
    assert sum(busy.values()) == limit


def test_a_process_that_is_gone_is_known_to_be_dead_and_a_living_one_is_not() -> None:
    me = worker("me")
    if not place():
        pytest.skip("this system does not tell when a process began")
    assert not surely_dead(me, place())
    assert surely_dead(worker("reused", born="1"), place())
    assert surely_dead(worker("gone", pid=2**22 + 1, born="5"), place())
    assert not surely_dead(worker("far", place="elsewhere", born="1"), place())
    assert born(2**22 + 1) == ""


def test_unreadable_case_has_no_unit_but_a_reason(root: Path, tmp_path: Path) -> None:
    first = folders(root)[0]
    (first / "case.yaml").write_text("year: x\n", "utf-8")
    case: Found = next(case for case in find_cases(root, tmp_path / "out").cases if case.folder == first)
    assert case.error
    assert not case.files
