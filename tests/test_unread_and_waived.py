"""What is filled in and cannot be used is never passed over: a cell that is no number, and 不适用 against the data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_case import TARGETS, made_case

from assistant.cli import main
from assistant.intake import load_case
from assistant.pipeline import data_findings, draft_case
from assistant.scorecard import score


def scored(folder: Path) -> tuple[int, dict[str, Any]]:
    """The exit code of `jiping score`, and what it says as JSON."""
    told = folder / "score.json"
    with pytest.raises(SystemExit) as ended:
        main(["score", str(folder), "--json", str(told)])
    return int(ended.value.code or 0), json.loads(told.read_text("utf-8"))


@pytest.mark.parametrize("content", ["见附表", "2023年5月1日", "#REF!"])
def test_a_figure_cell_with_content_that_is_no_number_fails_draft_and_score(tmp_path: Path, content: str) -> None:
    folder = made_case(tmp_path / "case", values={"final_accounts.personnel": content}, tables={"targets": TARGETS})
    run = draft_case(folder, tmp_path / "out")
    assert "final_accounts.personnel" in run.required_missing
    told = [f for f in run.check.findings if f.quote == "final_accounts.personnel"]
    assert [(f.code, f.severity) for f in told] == [("missing", "error")]
    assert told[0].message.startswith("缺少数据【待补】：")
    code, said = scored(folder)
    assert (code, said["total"]["complete"]) == (1, True)
    assert any(f["quote"] == "final_accounts.personnel" for f in said["findings"])


@pytest.mark.parametrize("content", [None, "—", "340.8"])
def test_a_figure_cell_without_content_or_with_a_number_fails_nothing(tmp_path: Path, content: str | None) -> None:
    folder = made_case(tmp_path / "case", values={"final_accounts.personnel": content}, tables={"targets": TARGETS})
    assert "final_accounts.personnel" not in draft_case(folder, tmp_path / "out").required_missing
    assert not [f for f in scored(folder)[1]["findings"] if f["quote"] == "final_accounts.personnel"]


def test_a_score_without_a_figure_that_the_report_requires_fails_and_says_so(tmp_path: Path) -> None:
    folder = made_case(tmp_path / "case", values={"initial_budget.total": None}, tables={"targets": TARGETS})
    code, said = scored(folder)
    assert (code, said["total"]["complete"]) == (1, True)
    assert any("缺少必填数据“" in f["message"] for f in said["findings"])


def waiver_findings(folder: Path) -> list[str]:
    case = load_case(folder)
    return [f.message for f in data_findings(case, score(case)) if "不适用" in f.message and f.severity == "error"]


def test_a_waiver_against_the_data_is_an_error_of_the_data(tmp_path: Path) -> None:
    folder = made_case(
        tmp_path / "case",
        values={"not_applicable.execution": "没有支出预算", "annual_budget.total": "10", "final_accounts.total": "15"},
        tables={"targets": TARGETS},
    )
    (said,) = waiver_findings(folder)
    assert "填写了不适用的理由，但数据为部门支出合计决算数15.00万元、部门支出合计全年预算数10.00万元，没有采用" in said
    run = draft_case(folder, tmp_path / "out")
    assert any(f.message == said for f in run.data_findings)


def test_a_waiver_of_indicators_that_the_unit_set_itself_is_told(tmp_path: Path) -> None:
    folder = made_case(tmp_path / "case", values={"not_applicable.output": "没有产出"}, tables={"targets": TARGETS})
    assert any("自设指标2项，没有采用" in said for said in waiver_findings(folder))


def test_a_trial_says_that_the_waiver_would_not_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made_case(tmp_path / "case", tables={"targets": TARGETS})
    for setting, told in (("not_applicable.execution=没有支出", True), ("not_applicable.posts=没有岗位", False)):
        with pytest.raises(SystemExit):
            main(["score", str(folder), "--set", setting])
        assert ("没有采用" in capsys.readouterr().out) is told


@pytest.mark.parametrize("amount", [None, "0"])
def test_a_waiver_beside_no_data_is_no_error(tmp_path: Path, amount: str | None) -> None:
    values = {"not_applicable.execution": "没有支出预算", "annual_budget.total": amount, "final_accounts.total": amount}
    folder = made_case(tmp_path / "case", values=values, tables={"targets": TARGETS})
    assert waiver_findings(folder) == []
    assert score(load_case(folder)).leaf("execution").waived
