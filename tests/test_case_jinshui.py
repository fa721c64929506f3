"""A real case whose leaf rules were never published: the four published marks, the city's eight headings, both execution rates."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.cli.app import main
from assistant.documents import read_document
from assistant.intake import load_case
from assistant.pipeline import Run, draft_case
from assistant.scorecard import Scorecard, score
from assistant.verify.checks import Reading
from assistant.verify.checks.grades import grades

CASE = Path(__file__).resolve().parents[1] / "evals/cases/jinshui-organization-2021"
HEADINGS = (
    "一、基本情况", "（一）部门年度履职目标及主要任务", "（二）部门年度整体绩效目标、绩效指标设置情况", "二、绩效自评工作开展情况",
    "三、综合评价结论", "四、绩效目标实现情况分析", "（一）部门资金情况分析", "（二）部门绩效指标完成情况分析",
    "1. 投入管理指标情况分析", "2. 产出指标情况分析", "3. 效益指标情况分析", "五、发现的主要问题和改进措施",
    "（一）存在的主要问题", "（二）改进措施", "六、绩效自评结果拟应用和公开情况", "七、绩效自评工作的经验、问题和建议",
    "八、其他需要说明的问题", "附件：2021年度部门整体绩效自评评分表",
)  # fmt: skip


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return score(load_case(CASE))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return draft_case(CASE, tmp_path_factory.mktemp("runs") / "jinshui")


@pytest.fixture(scope="module")
def report(run: Run) -> str:
    return (run.folder / "report.md").read_text("utf-8")


def section(report: str, heading: str, until: str) -> str:
    return report.partition(f" {heading}\n")[2].partition(f" {until}\n")[0]


def test_the_published_marks_are_reproduced(card: Scorecard) -> None:
    marks = {leaf.id: leaf.marks for leaf in card.leaves}
    assert marks == {"budget_execution": 3, "input_management": 18, "output": 40, "benefit": 30}
    assert (card.marks, card.grade, card.complete) == (91, "优", True)
    assert {leaf.basis for leaf in card.leaves} == {"judged"}, "no rule was published: none is made up"


def test_the_execution_rate_stands_on_the_initial_budget_and_the_other_beside_it(card: Scorecard) -> None:
    rates = card.measures.fractions
    assert rates["budget_execution_rate"] == Decimal("0.2419"), "published as 24%"
    assert rates["adjusted_budget_execution_rate"] == 1
    assert "24.19%" in card.leaf("budget_execution").reason


@pytest.mark.parametrize(("marks", "grade"), [(7, "良"), (8, "优"), (0, "良")])
def test_grades_begin_at_their_edges(marks: int, grade: str) -> None:
    from dataclasses import replace

    case = load_case(CASE)
    entry = case.entries["marks.input_management.1"]
    changed = replace(entry, number=Decimal(marks + 9), text=str(marks + 9))
    assert score(replace(case, entries={**case.entries, entry.id: changed})).grade == grade


def test_the_draft_is_sound_and_follows_the_citys_headings(report: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["draft", str(CASE), "--out", str(tmp_path / "run")])
    assert stopped.value.code == 0
    at = [report.index(f" {heading}\n") for heading in HEADINGS]
    assert at == sorted(at)


def test_every_number_is_explained(run: Run) -> None:
    check = json.loads((run.folder / "check.json").read_text("utf-8"))
    assert {m["status"] for m in check["mentions"]} <= {"verified", "rounded", "bound", "derived", "structural"}
    assert sum(m["status"] != "structural" for m in check["mentions"]) > 60


def test_problems_measures_and_the_use_of_results_each_stand_under_their_own_heading(report: str) -> None:
    problems = section(report, "（一）存在的主要问题", "（二）改进措施")
    measures = section(report, "（二）改进措施", "六、绩效自评结果拟应用和公开情况")
    used = section(report, "六、绩效自评结果拟应用和公开情况", "七、绩效自评工作的经验、问题和建议")
    assert "预算编制不够合理" in problems
    assert "绩效业务培训" in measures
    assert "绩效业务培训" not in problems
    assert "公开" in used
    assert "问题“" not in used


def test_both_execution_rates_are_told_and_named(report: str) -> None:
    told = section(report, "（一）部门资金情况分析", "（二）部门绩效指标完成情况分析")
    assert "以年初预算数为分母，预算执行率24.19%" in told
    assert "以调整后预算数为分母，调整后预算执行率100.00%" in told


def test_the_published_table_of_marks_stands_in_the_text(report: str) -> None:
    table = section(report, "三、综合评价结论", "四、绩效目标实现情况分析")
    rows = [[cell.strip() for cell in line.strip("| \n").split("|")] for line in table.splitlines() if line[:1] == "|"]
    assert ["预算执行", "10", "3", "30%"] in rows
    assert ["合计", "100", "91", "91%"] in rows


def test_counts_of_performance_management_and_the_target_are_told(report: str) -> None:
    for told in ("应开展绩效监控项目29个", "绩效监控完成率100.00%", "绩效自评完成率100.00%", "年度指标值≥90%"):
        assert told in report


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("绩效等级为“优”", 0),
        ("绩效等级为“良”", 1),
        ("评价等次：良好。", 1),
        ("评价等级为优秀，", 0),
        ("各等级起点分：优90分", 0),
    ],
)
def test_a_grade_that_the_total_does_not_earn_is_found(told: str, wrong: int, card: Scorecard, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(told, "utf-8")
    findings = grades(Reading(read_document(file), card))
    assert [finding.expected for finding in findings] == ["优"] * wrong
