"""A real case with marks on top of the base: the published marks leaf by leaf, a total above 100, and what the report contradicts."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from made_case import made_case

from assistant.cli.app import main
from assistant.frameworks import load_framework
from assistant.intake import load_case
from assistant.pipeline import Run, draft_case
from assistant.reconcile import reconcile
from assistant.scorecard import Scorecard, score

CASE = Path(__file__).resolve().parents[1] / "evals/cases/dayawan-organization-2022"
NAMED = {"unit.full_name": "清江县文化馆", "unit.year": 2023, "unit.coverage": "本级"}
BELOW_FULL = {
    "budget_rationality": "4.5", "goal_rationality": "4.5", "goal_clarity": "5.5", "fund_use": "5.5", "procurement_execution": "0",
}  # fmt: skip
HEADINGS = (
    "一、部门基本情况", "（一）部门职能", "（二）年度总体工作和重点工作任务", "1. 年度总体工作", "2. 重点工作任务",
    "（三）部门整体支出绩效目标", "（四）部门整体支出情况（以决算数为统计口径）", "二、绩效自评", "（一）自评结论",
    "（二）部门整体支出绩效指标分析", "1. 预算编制情况", "（1）预算编制合理性", "（4）绩效指标明确性", "2. 预算执行情况",
    "（14）固定资产利用率", "3. 预算使用效益", "（3）绩效目标完成率", "（8）工作表现加减分指标",
    "（三）部门整体支出绩效管理存在问题及改进意见", "1. 存在问题", "2. 改进意见", "三、其他自评情况",
    "附件：2022年度部门整体支出绩效自评评分表",
)  # fmt: skip


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return score(load_case(CASE))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return draft_case(CASE, tmp_path_factory.mktemp("runs") / "dayawan")


@pytest.fixture(scope="module")
def report(run: Run) -> str:
    return (run.folder / "report.md").read_text("utf-8")


def section(report: str, heading: str, until: str) -> str:
    return report.partition(f" {heading}\n")[2].partition(f" {until}\n")[0].rstrip("# \n")


def test_the_published_marks_are_reproduced(card: Scorecard) -> None:
    for leaf in card.leaves:
        wanted = Decimal(BELOW_FULL.get(leaf.id, leaf.full_marks))
        assert leaf.marks == (8 if leaf.bonus else wanted), leaf.name
    assert card.marks == 103
    assert sum(leaf.full_marks for leaf in card.leaves) == 100


def test_no_grade_is_made_up(card: Scorecard) -> None:
    assert card.grade == "", "the published 优 is the unit's own word"
    assert "等次" in load_framework("guangdong-dayawan-2022").note


def test_the_marks_that_were_not_printed_say_how_they_were_found(card: Scorecard) -> None:
    leaf = next(x.indicator for x in card.framework.leaves() if x.indicator.id == "satisfaction")
    others = sum(x.marks for x in card.leaves if x.id != "satisfaction" and x.marks is not None)
    assert card.leaf("satisfaction").marks == leaf.full_marks == 103 - others
    assert "没有印出" in leaf.source


def test_rates_stand_beside_the_marks_of_people(card: Scorecard) -> None:
    for id, shown in (("fiscal_income_variance", "0.00%"), ("fund_use", "95.87%"), ("carryover_surplus", "0.90%"),
                      ("key_task_completion", "100.00%"), ("petition_handling", "100.00%")):  # fmt: skip
        assert card.leaf(id).basis == "judged"
        assert shown in card.leaf(id).reason, id


def test_the_draft_is_sound_and_follows_the_citys_headings(report: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["draft", str(CASE), "--out", str(tmp_path / "run")])
    assert stopped.value.code == 0
    at = [report.index(f" {heading}\n") for heading in HEADINGS]
    assert at == sorted(at)


def test_every_number_is_explained(run: Run) -> None:
    check = json.loads((run.folder / "check.json").read_text("utf-8"))
    assert {m["status"] for m in check["mentions"]} <= {"verified", "rounded", "bound", "derived", "structural"}
    assert sum(m["status"] != "structural" for m in check["mentions"]) > 150


def test_each_indicator_ends_with_its_full_marks_and_its_marks(report: str) -> None:
    told = section(report, "（1）预算编制合理性", "（2）财政拨款收入预决算差异率")
    assert told.endswith("“预算编制合理性”分值5分，自评得4.5分，扣0.5分。")
    assert "财政拨款收入全年预算数3,706.87万元，财政拨款收入决算数3,706.87万元，财政拨款收入预决算差异率0.00%" in report
    assert "不占基础分，自评加8分" in report


def test_every_award_and_every_survey_is_told(report: str) -> None:
    case = load_case(CASE)
    assert len(case.rows("awards")) == 8
    for row in case.rows("awards"):
        assert row.text("item").replace(" ", "") in report
    for rate in ("100%", "90%", "98%", "93.78%"):
        assert f"满意度{rate}" in section(report, "（7）公众或服务对象满意度", "（8）工作表现加减分指标")


def test_the_published_contradictions_are_found(card: Scorecard) -> None:
    case = load_case(CASE)
    messages = [finding.message for finding in reconcile(case, card.ledger).findings]
    assert any("57个" in told and "171份" in told for told in messages), "three sheets an organisation, unexplained"
    assert any("93%" in told and "93.78%" in told for told in messages), "约93% is not 2516 ÷ 2683"
    assert any("8场" in told and "4场" in told for told in messages), "送课下基层 stands twice"


def test_a_heading_of_aims_never_stands_over_nothing(tmp_path: Path) -> None:
    for number, (goal, told) in enumerate(
        (("", "【待补：部门整体支出绩效目标】。"), ("修好剧场", "剧场修缮：修好剧场。"))
    ):
        row = {"name": "剧场修缮"} | ({"goal": goal} if goal else {})
        folder = made_case(tmp_path / str(number), "guangdong-dayawan-2022", NAMED, {"projects": [row]})
        draft_case(folder, tmp_path / f"out{number}")
        report = (tmp_path / f"out{number}" / "report.md").read_text("utf-8")
        at = "（四）部门整体支出情况（以决算数为统计口径）"
        assert section(report, "（三）部门整体支出绩效目标", at).strip() == told
