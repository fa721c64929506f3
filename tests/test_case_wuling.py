"""The Wuling case: published marks leaf by leaf, three totals that disagree, two indicators of one name, rates of change, targets in words."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from made_case import made_case

from assistant.documents import read_document
from assistant.intake import load_case
from assistant.pipeline import Run, data_findings, draft_case
from assistant.scorecard import Scorecard, score
from assistant.verify import Check, check_against_case

ROOT = Path(__file__).parent.parent
CASE = ROOT / "evals" / "cases" / "wuling-organization-2023"
PUBLISHED = {
    "goal_rationality": ("3", "answered"), "goal_clarity": ("5", "answered"), "establishment_control": ("1", "computed"),
    "three_public_change": ("0", "declared"), "key_expenditure": ("3", "declared"), "budget_completion": ("2", "declared"),
    "budget_adjustment": ("2", "declared"), "payment_progress": ("2", "declared"), "carryover_change": ("1", "declared"),
    "public_expense_control": ("2", "declared"), "three_public_control": ("1", "computed"),
    "procurement_execution": ("2", "declared"), "budget_system_soundness": ("2", "answered"),
    "financial_compliance": ("5", "answered"), "budget_disclosure": ("1", "answered"), "basic_data": ("1", "answered"),
    "asset_system_soundness": ("1", "answered"), "asset_security": ("1", "answered"),
    "fixed_asset_utilisation": ("1", "declared"), "work_completion": ("8", "judged"), "work_timeliness": ("8", "judged"),
    "work_quality": ("8", "judged"), "key_work": ("6", "judged"), "benefits": ("22", "judged"),
    "administrative_efficiency": ("3", "answered"), "satisfaction": ("5", "computed"),
}  # fmt: skip


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return score(load_case(CASE))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return draft_case(CASE, tmp_path_factory.mktemp("runs") / "wuling")


@pytest.fixture(scope="module")
def report(run: Run) -> str:
    return (run.folder / "report.md").read_text("utf-8")


def touched(run: Run, card: Scorecard, folder: Path, old: str, new: str) -> Check:
    """The report with one text replaced in its XML, checked again."""
    out = folder / "touched.docx"
    with zipfile.ZipFile(run.folder / "report.docx") as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = data.decode("utf-8")
                assert old in text, old
                data = text.replace(old, new, 1).encode("utf-8")
            target.writestr(name, data)
    return check_against_case(read_document(out), card)


def test_every_published_mark_comes_out_and_says_what_it_stands_on(card: Scorecard) -> None:
    published = {id: (Decimal(marks), basis) for id, (marks, basis) in PUBLISHED.items()}
    assert {leaf.id: (leaf.marks, leaf.basis) for leaf in card.leaves} == published
    assert card.marks == 96


def test_a_judged_mark_without_a_printed_rule_shows_the_rate_and_says_why(card: Scorecard) -> None:
    leaf = card.leaf("work_completion")
    assert "实际完成率100.00%" in leaf.reason
    assert "原表没有印评分标准" in leaf.standard


def test_the_three_totals_are_held_against_each_other() -> None:
    case = load_case(CASE)
    told = [f.message for f in data_findings(case, score(case)) if f.code == "reconcile"]
    assert any("97分" in message and "96分" in message for message in told)
    assert any("100分" in message and "96分" in message for message in told)
    assert any("为准" in message for message in told)


def test_every_number_of_the_draft_is_explained(run: Run) -> None:
    assert run.check.errors == 0
    check = json.loads((run.folder / "check.json").read_text("utf-8"))
    assert set(check["summary"]["mentions"]) <= {"verified", "rounded", "bound", "derived", "structural"}
    assert not run.required_missing


def test_the_report_has_the_published_shape(report: str) -> None:
    heads = [line.lstrip("# ") for line in report.splitlines() if line.startswith("## ")]
    assert [head.split("、")[0] for head in heads[:8]] == list("一二三四五六七八")
    assert heads[8].startswith("附件")
    assert "| 一级指标 | 二级指标 | 分值 | 三级指标 | 分值 | 指标说明 | 评分标准 | 得分 |" in report
    assert "2022" not in report, "the year that the published report got wrong"


def test_targets_are_told_in_their_direction_and_by_group(report: str) -> None:
    aims, results = (report.split(f"\n## {head}")[1].split("\n## ", maxsplit=1)[0] for head in ("三、", "六、"))
    assert "各类培训参与率95%以上。" in aims
    assert "整理干部档案750人次。" in aims
    assert aims.index("1. 数量指标") < aims.index("2. 质量指标") < aims.index("6. 满意度指标")
    assert "绩效目标17项，全部达到" in results
    output, effect = results.split("### （二）")
    assert "整理干部档案750人次，达到年度指标值。" in output
    assert "满意度：实际完成93%，年度指标值90%以上，达到目标。" in effect
    assert "满意度" not in output


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("下降20.54%，其中：基本", "增长20.54%，其中：基本"),
        ("比上年减少194.51万元", "比上年增加194.51万元"),
        ("占88.89%；项目支出83.59万元，占11.11%", "占11.11%；项目支出83.59万元，占88.89%"),
        ("在职人员43人", "在职人员45人"),
    ],
)
def test_a_turned_or_swapped_number_is_found(old: str, new: str, run: Run, card: Scorecard, tmp_path: Path) -> None:
    assert touched(run, card, tmp_path, old, new).errors


def test_two_indicators_of_one_name_are_kept_apart_in_the_score_table(
    run: Run, card: Scorecard, tmp_path: Path
) -> None:
    with zipfile.ZipFile(run.folder / "report.docx") as source:
        text = source.read("word/document.xml").decode("utf-8")
    row = next(row for row in text.split("<w:tr>")[1:] if "预算管理制度不合规" in row)
    cells = row.split("</w:tc>")
    last = cells[-2].rpartition(">2<")
    assert last[1], "the last cell of the row is its mark"
    wrong = "</w:tc>".join([*cells[:-2], f"{last[0]}>1<{last[2]}", cells[-1]])
    assert touched(run, card, tmp_path, row, wrong).errors, "1 is the mark of the other 管理制度健全性"


def test_a_problem_belongs_to_the_indicator_that_it_names_in_full(tmp_path: Path) -> None:
    values = {
        "unit.full_name": "清江县文化馆", "unit.year": 2023, "answer.budget_system_soundness.1": 1,
        "answer.asset_system_soundness.1.1": "符合", "answer.asset_system_soundness.1.2": "不符合",
    }  # fmt: skip
    problems = [
        {
            "problem": "资产管理办法没有执行到位",
            "indicator": "资产管理／管理制度健全性",
            "cause": "没有专人",
            "measure": "明确专人",
        }
    ]
    notes = [{"indicator": "管理制度健全性（预算管理）", "note": "采购内控办法还没有修订"}]
    folder = made_case(tmp_path / "case", "hunan-wuling-2023", values, {"problems": problems, "deductions": notes})
    text = (draft_case(folder, tmp_path / "run").folder / "report.md").read_text("utf-8")
    assert "受此影响，“管理制度健全性（资产管理）”扣0.5分" in text
    row = next(line for line in text.splitlines() if line.startswith("| 管理制度健全性（预算管理） |"))
    assert "采购内控办法还没有修订" in row
    assert "| 管理制度健全性 |" not in text.split("## 附件")[0]


def test_marks_lost_below_an_edge_are_not_said_to_be_lost_above_it(tmp_path: Path) -> None:
    values = {"unit.full_name": "清江县文化馆", "unit.year": 2023, "annual_budget.total": 100, "final_accounts.total": 88,
              "staff.actual": 46, "staff.established": 45}  # fmt: skip
    folder = made_case(tmp_path / "case", "hunan-wuling-2023", values)
    text = (draft_case(folder, tmp_path / "run").folder / "report.md").read_text("utf-8")
    assert "预算完成率88.00%，不足部分按标准扣分" in text
    assert "在职人员控制率102.22%，超出部分按标准扣分" in text
    assert "““" not in text
