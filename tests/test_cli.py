"""The commands as people type them: results, exit codes, and one clear Chinese line for every misuse."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from assistant.cli.app import app, main
from assistant.frameworks import load_framework


def jiping(*args: str | Path) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(arg) for arg in args])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def assert_one_clear_line(error: str, *names: str) -> None:
    assert len(error.strip().splitlines()) == 1, error
    assert "Traceback" not in error
    assert re.search(r"[\u4e00-\u9fff]", error)
    for name in names:
        assert name in error


def test_score_explains_each_mark(shipped_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert jiping("score", shipped_case) == 0
    told = capsys.readouterr().out
    assert "总得分 97.85分" in told
    assert "编外人员年末实有人数52人÷在职人员总数108人×100%＝48.15%" in told
    assert "编外人员控制率＞10%" in told
    assert "未复核" in told
    assert "23.88＋885.20＝909.08万元" in told, "the data's own contradictions are shown"


def test_json_stands_alone_on_stdout(shipped_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert jiping("score", shipped_case, "--json", "-") == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["total"]["marks"] == "97.85"
    assert "总得分" in captured.err


def test_what_if_is_labelled_and_changes_nothing(shipped_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert jiping("score", shipped_case, "--set", "three_public.vehicles.final_accounts=12", "--json", "-") == 0
    captured = capsys.readouterr()
    assert "测算，不改数据" in captured.err
    data = json.loads(captured.out)
    leaf = next(entry for entry in data["indicators"] if entry["id"] == "public_expense_control")
    assert leaf["marks"] == "5", "the total follows its part: 12.46 of 13.18 is within 90 to 100 %"
    assert jiping("score", shipped_case, "--json", "-") == 0
    assert json.loads(capsys.readouterr().out)["total"]["marks"] == "97.85"


def test_reconcile_alone_fails_on_contradictions(shipped_case: Path) -> None:
    assert jiping("reconcile", shipped_case) == 1


def test_frameworks_and_figures(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert jiping("frameworks") == 0
    assert "shenzhen-futian-2020" in capsys.readouterr().out
    bad = tmp_path / "mine.yaml"
    bad.write_text("id: mine\nid: mine\n", "utf-8")
    assert jiping("frameworks", "check", bad) == 2
    assert_one_clear_line(capsys.readouterr().err, "mine.yaml", "第2行", "重复")
    assert jiping("figures", "shenzhen-futian-2020", "--json", "-") == 0
    listed = json.loads(capsys.readouterr().out)
    assert {"id", "label", "unit"} <= set(listed["figures"][0])
    assert "final_accounts.total" in {figure["id"] for figure in listed["figures"]}


def test_figures_marks_what_a_rule_or_the_report_cannot_do_without(capsys: pytest.CaptureFixture[str]) -> None:
    assert jiping("figures", "shenzhen-futian-2020", "--json", "-") == 0
    required = {f["id"]: f["required"] for f in json.loads(capsys.readouterr().out)["figures"]}
    assert required["procurement.planned"], "a rule is computed from it"
    assert required["initial_budget.total"], "the report is not whole without it"
    assert not required["assets.received"]


SMALL = """id: small-2020
name: 某区评分表
place: 某区
year: 2020
full_marks: 10
outline: shenzhen-futian-2020
sheets: [basics, accounts, answers]
source: 测试
ratios:
  - {id: first_rate, name: 预算完成率, value: {ratio: [final_accounts.total, initial_budget.total]}}
  - {id: second_rate, name: 支出占比, value: {ratio: [final_accounts.project, initial_budget.project]}}
grades: [[优, 9], [差, 0]]
indicators:
  - {id: one, name: 完成, full_marks: 6, parts: [{full_marks: 6, measure: second_rate, rule: {kind: linear}}]}
  - {id: two, name: 管理, full_marks: 4, parts: [{full_marks: 4, rule: {kind: judged}, text: 管理水平}]}
"""


def test_a_rubric_of_ones_own_needs_no_python(
    futian_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from assistant.intake import write_template

    (futian_case / "small.yaml").write_text(SMALL, "utf-8")
    config = futian_case / "case.yaml"
    config.write_text(config.read_text("utf-8").replace("shenzhen-futian-2020", "small.yaml"), "utf-8")
    values = {
        "unit.full_name": "中共福田区委组织部（本级）", "unit.year": 2020, "unit.coverage": "本级", "unit.duties": "负责示例事务",
        "initial_budget.basic": 50, "initial_budget.project": 50, "annual_budget.basic": 50, "annual_budget.project": 50,
        "final_accounts.basic": 45, "final_accounts.project": 45, "marks.two.1": 4, "reason.two.1": "制度齐全",
    }  # fmt: skip
    write_template(load_framework(str(futian_case / "small.yaml")), futian_case / "workbook.xlsx", values)
    assert jiping("score", futian_case) == 0
    told = capsys.readouterr().out
    assert "支出占比＝" in told
    assert "预算完成率＝" not in told, "another rate of the same value is not this indicator's formula"
    assert "总得分 9.4分，满分10分，优" in told
    jiping("draft", futian_case, "--out", tmp_path / "run", "--json", "-")
    lacking = [f["quote"] for f in json.loads(capsys.readouterr().out)["findings"] if f["severity"] == "error"]
    assert "three_public.total.budget" not in lacking, "its workbook does not ask for it"


def test_the_template_carries_a_defined_name_per_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "workbook.xlsx"
    assert jiping("template", "shenzhen-futian-2020", "-o", out) == 0
    assert "procurement.planned" in openpyxl.load_workbook(out).defined_names
    assert jiping("template", "shenzhen-futian-2020", "-o", out) == 2, "what stands there is not overwritten"
    assert_one_clear_line(capsys.readouterr().err, "workbook.xlsx")


@pytest.mark.parametrize(
    ("args", "names"),
    [
        (["scroe"], "scroe"),
        (["score"], "CASE"),
        (["score", "nowhere"], "nowhere"),
        (["score", ".", "--colour"], "--colour"),
        (["figures", "atlantis-2020"], "atlantis-2020"),
        (["check", "nothing.docx"], "nothing.docx"),
        (["draft", "nowhere", "--out", "x", "--model", "gpt"], "gpt"),
        (["frameworks", "chekc"], "chekc"),
        (["template", "shenzhen-futian-2020", "-o", "x.docx"], ".xlsx"),
        (["synth", "-3", "--out", "x"], "1至10000"),
        (["synth", "many", "--out", "x"], "应是整数"),
        (["score", ".", "--set"], "选项 --set 后面要给出值"),
        (["score", ".", "--full=3"], "选项 --full 后面不能带值"),
        (["score", "a", "b"], "多出了参数 b"),
        (["synth", "2", "--out", "x", "--json", "no/such/x.json"], "--json"),
    ],
)
def test_misuse_is_one_clear_line(
    args: list[str],
    names: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert jiping(*args) == 2
    assert_one_clear_line(capsys.readouterr().err, names)
    assert list(tmp_path.iterdir()) == []


def _empty_workbook(case: Path) -> None:
    openpyxl.Workbook().save(case / "workbook.xlsx")


def _zero_bytes(case: Path) -> None:
    (case / "workbook.xlsx").write_bytes(b"")


def _renamed_zip(case: Path) -> None:
    material = case / "materials/work-summary.docx"
    material.unlink()
    with zipfile.ZipFile(material, "w") as archive:
        archive.writestr("readme.txt", "hello")


def _empty_material(case: Path) -> None:
    (case / "materials/work-summary.docx").write_bytes(b"")


def _no_material(case: Path) -> None:
    shutil.rmtree(case / "materials")


def _unknown_framework(case: Path) -> None:
    text = (case / "case.yaml").read_text("utf-8")
    (case / "case.yaml").write_text(text.replace("shenzhen-futian-2020", "atlantis-2020"), "utf-8")


def _unknown_key(case: Path) -> None:
    with (case / "case.yaml").open("a", encoding="utf-8") as file:
        file.write("colour: red\n")


@pytest.mark.parametrize(
    ("spoil", "names"),
    [
        (_empty_workbook, "workbook.xlsx"),
        (_zero_bytes, "workbook.xlsx"),
        (_renamed_zip, "work-summary.docx"),
        (_empty_material, "work-summary.docx"),
        (_no_material, "work-summary.docx"),
        (_unknown_framework, "atlantis-2020"),
        (_unknown_key, "colour"),
    ],
)
def test_bad_input_is_one_clear_line_and_leaves_nothing(
    spoil: object, names: str, futian_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(futian_case)  # type: ignore[operator]
    out = tmp_path / "runs" / "one"
    assert jiping("draft", futian_case, "--out", out) == 2
    assert_one_clear_line(capsys.readouterr().err, names)
    assert not out.exists()
    assert not out.parent.exists() or list(out.parent.iterdir()) == []


def test_a_report_on_its_own_says_what_was_not_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report.md").write_text("# 2020年度部门整体支出绩效自评报告\n\n2020年支出100万元。\n", "utf-8")
    assert jiping("check", tmp_path / "report.md") == 0
    told = capsys.readouterr().out
    assert "没有核对，不等于正确" in told


def test_what_nobody_foresaw_is_one_clear_line_too(
    shipped_case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("assistant.intake.load_case", broken)
    assert jiping("score", shipped_case) == 2
    assert_one_clear_line(capsys.readouterr().err, "RuntimeError", "JIPING_DEBUG")
    monkeypatch.setenv("JIPING_DEBUG", "1")
    with pytest.raises(RuntimeError, match="boom"):
        main(["score", str(shipped_case)])


def test_every_command_has_help_in_chinese() -> None:
    for command in app.registered_commands:
        doc = (command.callback.__doc__ or "") if command.callback else ""
        assert re.search(r"[\u4e00-\u9fff]", doc), command


HEAVY = frozenset("docx openpyxl xlsxwriter pydantic pydantic_core lxml rich pypdfium2 jinja2 yaml".split())


def loaded_by(*args: str | Path) -> set[str]:
    """The modules that a command has loaded by its end."""
    code = f"import sys\nfrom assistant.cli import main\ntry:\n main({[str(arg) for arg in args]!r})\nexcept SystemExit:\n pass\nsys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return set(done.stderr.split())


def test_help_loads_nothing_heavy() -> None:
    assert not HEAVY & loaded_by("--help")


def test_checking_a_text_alone_loads_nothing_heavy_and_nothing_of_a_case(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("全年支出12.5万元，预算执行率97.87%。\n", "utf-8")
    loaded = loaded_by("check", report)
    assert "assistant.verify.check" in loaded
    of_a_case = {
        f"assistant.{room}"
        for room in ("intake", "frameworks", "ledger", "rules", "scorecard", "verify.matching.known")
    }
    assert not (HEAVY | of_a_case) & loaded


def test_words_paths_and_flags_are_taken_as_typed(
    shipped_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jiping("score", shipped_case, "--full", "--json", tmp_path / "分 数.json") == 0
    assert (tmp_path / "分 数.json").is_file()
    capsys.readouterr()
    assert jiping("check") == 2
    assert_one_clear_line(capsys.readouterr().err, "REPORT")
