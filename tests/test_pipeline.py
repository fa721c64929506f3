"""The main job: the run folder whole or not at all, the same files from the same case, and a check that sees every touch."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from assistant.cli.app import main
from assistant.documents import read_document
from assistant.errors import UsageError
from assistant.pipeline import RUN_FILES, Run, draft_case
from assistant.run_folder import whole_folder


@pytest.fixture(scope="module")
def run(futian_run: Run) -> Run:
    return futian_run


def jiping(*args: str | Path) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(arg) for arg in args])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def touched(report: Path, tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The report with texts replaced inside its XML, once each, at the same time."""
    out = tmp_path / "touched.docx"
    with zipfile.ZipFile(report) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = data.decode("utf-8")
                for number, (old, _) in enumerate(changes):
                    assert old in text, old
                    text = text.replace(old, f"\0{number}\0", 1)
                for number, (_, new) in enumerate(changes):
                    text = text.replace(f"\0{number}\0", new)
                data = text.encode("utf-8")
            target.writestr(name, data)
    return out


def set_cell(case: Path, id: str, value: object) -> None:
    book = openpyxl.load_workbook(case / "workbook.xlsx")
    sheet, cell = next(iter(book.defined_names[id].destinations))
    book[sheet][cell.replace("$", "")].value = value  # type: ignore[index]
    book.save(case / "workbook.xlsx")


def test_the_run_folder_is_whole(run: Run) -> None:
    assert {path.name for path in run.folder.iterdir()} == set(RUN_FILES)
    assert [path.name for path in run.folder.parent.iterdir()] == ["futian"], "nothing temporary is left"
    ledger = json.loads((run.folder / "ledger.json").read_text("utf-8"))
    assert all(isinstance(figure["value"], str) for figure in ledger["figures"])
    told = json.loads((run.folder / "run.json").read_text("utf-8"))
    assert told["model"] == "offline"
    assert {"case.yaml", "workbook.xlsx", "materials/work-summary.docx"} <= set(told["inputs"])
    assert told["prompts"]
    assert told["framework"]["digest"]


def test_every_number_of_the_report_is_explained(run: Run) -> None:
    check = json.loads((run.folder / "check.json").read_text("utf-8"))
    text = read_document(run.folder / "report.docx").text
    assert {f["severity"] for f in check["findings"]} <= {"warning", "info"}
    for mention in check["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
        assert mention["status"] in ("verified", "rounded", "bound", "derived", "structural")
        assert mention["figure"] or mention["status"] in ("structural", "derived")
    assert sum(m["status"] != "structural" for m in check["mentions"]) > 250


def test_every_sentence_knows_its_author_and_its_sources(run: Run) -> None:
    drafted = json.loads((run.folder / "draft.json").read_text("utf-8"))
    duties = next(section for section in drafted["sections"] if "履职绩效情况" in section["heading"])
    told = [s for s in duties["sentences"] if "[[m" in s["slotted"]]
    assert len(told) > 15
    assert all(s["author"] == "offline" and any("work-summary.docx" in source for source in s["sources"]) for s in told)


def test_the_same_case_gives_the_same_files(run: Run, shipped_case: Path, tmp_path: Path) -> None:
    again = draft_case(shipped_case, tmp_path / "again")
    for name in RUN_FILES:
        if name != "run.json":
            assert (again.folder / name).read_bytes() == (run.folder / name).read_bytes(), name


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ([("7,975.66万元", "7,975.76万元")], "7,975.66万元"),
        ([("97.87%", "97.78%")], "97.87%"),
        ([("2216名", "2261名")], "2216名"),
        ([("基本支出2,147.68万元、项目支出5,827.98万元", "基本支出5,827.98万元、项目支出2,147.68万元")], "基本支出"),
        ([("计划金额898.66万元，实际采购金额894.74万元", "计划金额894.74万元，实际采购金额898.66万元")], "政府采购"),
    ],
)
def test_a_touched_number_fails_the_check_and_is_named(
    changes: list[tuple[str, str]],
    names: str,
    run: Run,
    shipped_case: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = run.folder / "report.docx"
    assert jiping("check", report, "--case", shipped_case) == 0
    capsys.readouterr()
    assert jiping("check", touched(report, tmp_path, *changes), "--case", shipped_case, "--json", "-") == 1
    findings = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["severity"] == "error"]
    assert findings
    assert any(names in f["message"] for f in findings)
    assert all(f["quote"] and f["expected"] for f in findings)


def test_what_is_read_can_be_had_as_text(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "text.txt"
    assert jiping("check", run.folder / "report.docx", "--text-out", out) == 1, "the case's own figures do not foot"
    assert out.read_text("utf-8") == read_document(run.folder / "report.docx").text


def test_a_required_figure_that_is_missing_leaves_a_draft_and_exit_1(
    futian_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_cell(futian_case, "final_accounts.total", None)
    set_cell(futian_case, "final_accounts.project", None)
    assert jiping("draft", futian_case, "--out", tmp_path / "run", "--json", "-") == 1
    captured = capsys.readouterr()
    assert "final_accounts.total" in captured.err
    assert "【待补" in (tmp_path / "run/report.md").read_text("utf-8")
    codes = {(f["code"], f["severity"]) for f in json.loads(captured.out)["findings"]}
    assert ("missing", "error") in codes
    assert not codes & {("mismatch", "error"), ("unsupported", "error")}, "the rest of the draft is sound"


def test_zero_over_zero_is_told_and_makes_no_error(futian_case: Path, tmp_path: Path) -> None:
    for row in ("overseas", "vehicles", "reception"):
        for column in ("budget", "final_accounts"):
            set_cell(futian_case, f"three_public.{row}.{column}", 0)
    run = draft_case(futian_case, tmp_path / "run")
    assert "无法计算" in (run.folder / "report.md").read_text("utf-8")
    assert run.check.errors == 0


def test_more_than_the_budget_is_called_so(futian_case: Path, tmp_path: Path) -> None:
    set_cell(futian_case, "final_accounts.project", Decimal("6827.98"))
    set_cell(futian_case, "final_accounts.total", Decimal("8975.66"))
    run = draft_case(futian_case, tmp_path / "run")
    text = (run.folder / "report.md").read_text("utf-8")
    assert "110.14%" in text
    assert "超" in next(line for line in text.splitlines() if "110.14%" in line)
    assert run.check.errors == 0


def test_one_section_alone(shipped_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert jiping("draft", shipped_case, "--out", tmp_path / "run", "--section", "problems") == 0
    drafted = json.loads((tmp_path / "run/draft.json").read_text("utf-8"))
    assert [section["id"] for section in drafted["sections"]] == ["problems"]
    text = (tmp_path / "run/report.md").read_text("utf-8")
    assert "存在问题" in text
    assert "三、" in text, "it stands under its own heading"
    assert "评分表" not in text
    capsys.readouterr()
    assert jiping("draft", shipped_case, "--out", tmp_path / "other", "--section", "nowhere") == 2
    error = capsys.readouterr().err
    assert "nowhere" in error
    assert "problems" in error
    assert not (tmp_path / "other").exists()


def test_a_folder_with_other_things_is_left_alone(shipped_case: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="没有改动"):
        draft_case(shipped_case, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_an_earlier_run_is_replaced_whole(run: Run, shipped_case: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    shutil.copytree(run.folder, out)
    (out / "check.json").unlink()
    (out / "left-over.txt").write_text("of an older version", "utf-8")
    draft_case(shipped_case, out)
    assert {path.name for path in out.iterdir()} == set(RUN_FILES)
    assert (out / "report.docx").read_bytes() == (run.folder / "report.docx").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_what_a_person_changed_in_a_run_is_not_written_over(run: Run, shipped_case: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    shutil.copytree(run.folder, out)
    (out / "report.docx").write_bytes(b"edited by hand")
    with pytest.raises(UsageError, match=r"report\.docx 在生成以后改过"):
        draft_case(shipped_case, out)
    assert (out / "report.docx").read_bytes() == b"edited by hand"


def test_a_section_does_not_take_the_place_of_a_whole_report(run: Run, shipped_case: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    shutil.copytree(run.folder, out)
    with pytest.raises(UsageError, match="完整的报告"):
        draft_case(shipped_case, out, section="duties")
    draft_case(shipped_case, tmp_path / "one", section="duties")
    draft_case(shipped_case, tmp_path / "one", section="problems")
    assert (out / "report.docx").read_bytes() == (run.folder / "report.docx").read_bytes()


def test_a_failure_while_writing_leaves_the_old_folder(tmp_path: Path) -> None:
    out = tmp_path / "run"
    out.mkdir()
    (out / "run.json").write_text("{}", "utf-8")

    def half_written() -> None:
        with whole_folder(out) as made:
            (made / "report.docx").write_bytes(b"half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        half_written()
    assert [path.name for path in tmp_path.rglob("*")] == ["run", "run.json"]


def test_what_dead_runs_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    dead, alive = tmp_path / f".run.{process.pid}.abcdefgh", tmp_path / f".run.{os.getpid()}.abcdefgh"
    aside = tmp_path / f".run.old.{process.pid}.abcdefgh"
    others = [alive, tmp_path / ".run.notes", tmp_path / ".run.abcdefgh", tmp_path / ".other.1.abcdefgh"]
    for folder in (dead, aside / "run", *others, tmp_path / ".run.12345678"):
        folder.mkdir(parents=True)
    (aside / "run" / "run.json").write_text("earlier", "utf-8")
    os.utime(tmp_path / ".run.12345678", (0, 0))
    with pytest.raises(RuntimeError), whole_folder(tmp_path / "run"):
        raise RuntimeError
    assert {p.name for p in tmp_path.iterdir()} == {"run", *(p.name for p in others)}
    assert (tmp_path / "run" / "run.json").read_text("utf-8") == "earlier"
