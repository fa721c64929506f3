"""The morning list: what a run folder tells, what blocks a case, what to do first, what a whole batch says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from run_folders import DATA_ERROR, INFO, OPEN, REPORT_ERROR, REQUIRED, WARNING, leaf, run_folder

from assistant.pipeline import Run
from assistant.summary import Outcome, judge, judged, read_outcome
from assistant.summary.overview import mean_rate, offices, spread

ANSWER = REQUIRED | {
    "quote": "answer.budget.1",
    "message": "缺少必填数据“预算编制合理性的问答”（answer.budget.1），报告中已标【待补】。请在工作簿中填写。",
}
"""What the form asks for beyond the standard figures."""


@pytest.fixture(scope="module")
def futian(futian_run: Run) -> Outcome:
    return read_outcome(futian_run.folder)


def test_an_outcome_says_what_the_run_said(futian: Outcome, futian_run: Run) -> None:
    run, card = futian_run, futian_run.card
    assert (futian.unit, futian.year, futian.marks) == (card.unit, card.year, card.marks)
    assert futian.framework_name == card.framework.name
    assert futian.notes == ()
    assert sum(part.marks for part in futian.parts) + futian.bonus == card.marks
    assert {leaf.name: leaf.lost for leaf in futian.lost} == {leaf.name: leaf.lost for leaf in card.leaves if leaf.lost}
    for severity in ("error", "warning", "info"):
        assert futian.count("report", severity) == run.check.summary()["findings"].get(severity, 0)
        assert futian.count("data", severity) == sum(found.severity == severity for found in run.data_findings)


def test_every_error_and_warning_is_a_thing_to_do_once(futian: Outcome, futian_run: Run) -> None:
    found = [*futian_run.check.findings, *futian_run.data_findings]
    expected = sorted(finding.message for finding in found if finding.severity != "info")
    assert expected
    assert sorted(task.what for task in judge(futian).tasks) == expected


def test_what_blocks_submission_comes_first(tmp_path: Path) -> None:
    steps: dict[str, dict[str, Any]] = {
        "required": {"check": [REQUIRED]}, "report": {"check": [REPORT_ERROR]}, "data": {"data": [DATA_ERROR]},
        "open": {"check": [OPEN]}, "warning": {"check": [WARNING]}, "none": {"check": [INFO], "data": [INFO]},
    }  # fmt: skip
    folders = [run_folder(tmp_path, name, **found) for name, found in reversed(steps.items())]
    verdicts = judged(map(read_outcome, folders))
    assert [verdict.outcome.folder.name for verdict in verdicts] == list(steps)
    assert [verdict.state.name for verdict in verdicts] == [
        "不能报送",
        "不能报送",
        "先更正",
        "待补充",
        "待补充",
        "可送审",
    ]


def test_more_places_come_before_fewer(tmp_path: Path) -> None:
    few = run_folder(tmp_path, "few", check=[REQUIRED], data=[DATA_ERROR] * 3)
    many = run_folder(tmp_path, "many", check=[REQUIRED, REQUIRED])
    assert [verdict.outcome.folder for verdict in judged(map(read_outcome, [few, many]))] == [many, few]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"check": [REQUIRED]}, ("先补1项必填数据", "全年预算数", "3 收支决算", "财务科")),
        ({"check": [ANSWER]}, ("先补1项必填数据，从“预算编制合理性的问答”开始", "13 管理类指标问答", "财务科")),
        ({"check": [REPORT_ERROR] * 2}, ("报告有2处错误", "“（二）“三公”经费支出”一节第5段", "应为10万元")),
        ({"data": [DATA_ERROR]}, ("数据有1处错误", "7 三公经费!D6", "财务科")),
        ({"check": [OPEN]}, ("有1处【待补】", "办公室", "“二、履职情况”一节第9段", "“甲事项”的完成情况")),
        ({"leaves": [leaf("执行率", "100", None)]}, ("1项指标还没有得分", "执行率")),
        ({}, ("没有发现要处理的地方",)),
    ],
)
def test_the_first_thing_to_do_names_place_number_and_department(
    tmp_path: Path, found: dict[str, Any], said: tuple[str, ...]
) -> None:
    verdict = judge(read_outcome(run_folder(tmp_path, "case", **found)))
    assert [words for words in said if words not in verdict.first] == []


def test_lost_marks_whose_reason_is_open_come_before_other_open_points(tmp_path: Path) -> None:
    why = OPEN | {
        "quote": "【待补：“执行率”扣分的原因】",
        "message": "“三、指标”一节第4段还没有填写：“执行率”扣分的原因。",
    }
    verdict = judge(read_outcome(run_folder(tmp_path, "case", check=[OPEN, why])))
    assert verdict.state.name == "先更正"
    assert verdict.count("unexplained", "open") == 2
    assert "扣分没有写清原因" in verdict.first


def test_a_run_older_than_the_data_checks_is_not_taken_for_clean(tmp_path: Path) -> None:
    folder = run_folder(tmp_path, "old", findings=None)
    assert judge(read_outcome(folder)).state.name == "不能报送"


def test_hidden_marks_do_not_reach_the_list(tmp_path: Path) -> None:
    outcome = read_outcome(run_folder(tmp_path, "case", unit="示例\u202e区\u200b甲局\n"))
    assert outcome.unit == "示例区甲局"


def test_marks_on_top_of_the_base_are_no_part_and_cost_nothing(tmp_path: Path) -> None:
    leaves = [leaf("执行率", "100", "99"), leaf("加减分", "0", "8", part="加减分", bonus=True)]
    total = {"full_marks": "100", "marks": "107", "grade": "", "complete": True}
    outcome = read_outcome(run_folder(tmp_path, "case", leaves=leaves, total=total, bonus="8"))
    assert [(part.name, part.marks) for part in outcome.parts] == [("投入", Decimal(99))]
    assert outcome.lost_marks == 1
    assert spread([outcome])[-1].cases == 1


def test_a_total_with_marks_missing_is_not_compared(tmp_path: Path) -> None:
    total = {"full_marks": "100", "marks": "60", "grade": "", "complete": False}
    leaves = [leaf("执行率", "40", None), leaf("产出", "60", "60", part="产出")]
    outcome = read_outcome(run_folder(tmp_path, "case", leaves=leaves, total=total))
    assert (outcome.marks, outcome.rate, mean_rate([outcome])) == (Decimal(60), None, None)
    assert sum(band.cases for band in spread([outcome])) == 0
    assert [part.open for part in outcome.parts] == [1, 0]


def test_departments_are_counted_by_what_blocks_first_and_nobody_s_come_last(tmp_path: Path) -> None:
    one = run_folder(tmp_path, "one", check=[REQUIRED, OPEN], data=[DATA_ERROR])
    two = run_folder(tmp_path, "two", check=[OPEN, WARNING])
    found = offices(judged(map(read_outcome, [one, two])))
    assert [(office.name, office.tasks, office.cases) for office in found] == [
        ("财务科", (1, 1, 0), 1),
        ("办公室、各业务科室", (0, 0, 2), 2),
        ("未定", (0, 0, 1), 1),
    ]
