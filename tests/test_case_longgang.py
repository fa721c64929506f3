"""The published 2021 case of Longgang's civil affairs bureau: its marks, its gaps, its contradictions, its report."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from draft_cases import whole_text

from assistant.briefs import build_briefs
from assistant.drafting import draft_section
from assistant.frameworks import load_framework
from assistant.intake import Case, load_case, write_template
from assistant.ledger import Ledger
from assistant.outlines import load_outline, named
from assistant.pipeline import Run, data_findings, draft_case
from assistant.report.assemble import assemble
from assistant.scorecard import Scorecard, score
from assistant.slots import stray_numbers

FOLDER = Path(__file__).parent.parent / "evals" / "cases" / "longgang-civil-affairs-2021"
PUBLISHED = {
    "budget_rationality": "5", "budget_compliance": "5", "goal_completeness": "3", "goal_clarity": "7",
    "procurement_execution": "1.98", "financial_compliance": "3", "budget_disclosure": "3",
    "project_procedure": "2", "project_supervision": "2", "asset_security": "2", "fixed_asset_utilisation": "1",
    "establishment_control": "1", "off_establishment_control": "0", "system_soundness": "3",
    "public_expense_control": "6", "budget_execution": "5.98", "key_task_completion": "8", "project_timeliness": "6",
    "benefits": "25", "petition_handling": "3", "satisfaction": "6",
}  # fmt: skip


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(FOLDER)


@pytest.fixture(scope="module")
def card(case: Case) -> Scorecard:
    return score(case)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return draft_case(FOLDER, tmp_path_factory.mktemp("longgang") / "run")


def test_published_marks_come_out_leaf_by_leaf(card: Scorecard) -> None:
    assert {leaf.id: leaf.marks for leaf in card.leaves} == {id: Decimal(m) for id, m in PUBLISHED.items()}
    assert card.marks == Decimal("98.96")
    assert card.framework.full_marks == 100


def test_no_mark_stands_without_figures_answers_or_a_reason(card: Scorecard) -> None:
    basis = Counter(leaf.basis for leaf in card.leaves)
    assert basis == {"computed": 2, "answered": 6, "judged": 2, "declared": 11}
    for leaf in card.leaves:
        if leaf.basis in ("declared", "judged"):
            assert "公开报告" in leaf.reason, leaf.id
            assert "未说明依据" not in leaf.reason
            assert "【待补" not in leaf.reason


def test_the_form_that_does_not_add_up_is_told(card: Scorecard) -> None:
    top = next(node for node in card.framework.indicators if node.id == "performance")
    assert top.full_marks == 60
    assert top.printed_full_marks == 55
    assert card.ledger["printed_full_marks.performance"].value == 55
    assert card.ledger["full_marks.performance"].value == 60


def test_the_two_execution_rates_contradict_and_the_score_says_which_it_uses(case: Case, card: Scorecard) -> None:
    found = [f.message for f in data_findings(case, card) if f.severity == "error"]
    assert len(found) == 1
    assert "99.12%" in found[0]
    assert "99.78%" in found[0]
    leaf = next(leaf for leaf in card.leaves if leaf.id == "budget_execution")
    assert "全年平均执行率99.12%×2分" in leaf.reason
    assert "99.78%" in leaf.reason
    assert "两数不一致" in leaf.reason


def test_the_published_figures_foot(case: Case) -> None:
    ledger = case.ledger
    assert ledger["staff.actual"].value == 99
    parts = ("fixed_assets.net", "intangible_assets.net", "investments.total", "construction.total")
    assert sum(ledger[id].value for id in parts) == ledger["noncurrent_assets.total"].value
    assert ledger["assets.disposal_income"].printed() == "517元"


def test_the_report_has_every_number_explained_and_nothing_required_missing(run: Run) -> None:
    assert run.required_missing == ()
    check = json.loads((run.folder / "check.json").read_text("utf-8"))
    assert set(check["summary"]["mentions"]) <= {"verified", "rounded", "derived", "bound", "structural"}
    assert [f["message"] for f in check["findings"] if f["severity"] == "error"] == []


def test_the_report_has_the_outlines_headings_in_order(run: Run) -> None:
    lines = [
        line.lstrip("# ") for line in (run.folder / "report.md").read_text("utf-8").splitlines() if line[:1] == "#"
    ]
    at = -1
    for section in load_outline("shenzhen-longgang-2021").sections:
        if section.heading:
            heading = named(section.heading, run.case.year, run.case.unit)
            assert heading in lines[at + 1 :], heading
            at = lines.index(heading, at + 1)


def test_the_report_tells_the_facts_of_the_summary_and_asks_for_what_nobody_gave(run: Run) -> None:
    text = (run.folder / "report.md").read_text("utf-8")
    for fact in (
        "4296.24万元", "201.94万元", "3027.62万元", "103.56万元", "147个", "6882人", "411人", "826名", "1004名", "1678个",
        "2.8亿元", "1861家", "1.57万对", "1640对", "15.33万人次", "2.19万辆次", "1215次", "100余次", "42人次", "78次",
    ):  # fmt: skip
        assert fact in text, fact
    assert "【待补：上述各项措施的责任科室和完成时限】" in text


def test_each_problem_has_its_measure_in_the_next_section(run: Run) -> None:
    text = (run.folder / "report.md").read_text("utf-8")
    problems, measures = text.split("2. 改进措施")[0].split("1. 存在的问题")[1], text.split("2. 改进措施")[1]
    assert all(f"（{n}）" in problems and f"（{n}）针对" in measures for n in (1, 2, 3))
    assert "12.4万元" in problems
    assert "绩效监控" not in problems


@pytest.mark.parametrize("value", [None, Decimal(0)])
def test_the_templates_hold_when_everything_is_missing_or_zero(case: Case, value: Decimal | None) -> None:
    figures = [replace(f, value=value) for f in case.ledger if not f.id.startswith("m")] if value is not None else []
    told = [f for f in case.ledger if f.id.startswith("m") and f.id[1:].isdigit()]
    bare = replace(case, ledger=Ledger.of([*figures, *told]), entries={}, tables={}, slotted={})
    card, outline = score(bare), load_outline("shenzhen-longgang-2021")
    sections = [draft_section(brief) for brief in build_briefs(bare, card, outline)]
    assert all(stray_numbers(text) == [] for section in sections for text in section.texts)
    text = whole_text(assemble(bare, card, outline, sections))
    assert not re.search(r"\[\[|\]\]|None|。。|，。|，，|；。|：。|“”|见。", text)
    assert ("【待补：年末资产总额】" in text) == (value is None)


def test_a_unit_may_change_the_shares_and_its_marks_follow(tmp_path: Path) -> None:
    told = "unit: 示例区民政局\nyear: 2021\nframework: shenzhen-longgang-2021\n"
    (tmp_path / "case.yaml").write_text(told, "utf-8")
    rows = [
        {"indicator": "绩效目标完整性", "full_marks": Decimal(6), "basis": "局务会议定"},
        {"indicator": "绩效指标明确性", "full_marks": Decimal(4), "basis": "局务会议定"},
    ]
    values = {"unit.full_name": "示例区民政局", "unit.year": 2021, "answer.goal_completeness.1": 1}
    write_template(load_framework("shenzhen-longgang-2021"), tmp_path / "workbook.xlsx", values, {"weights": rows})
    case = load_case(tmp_path)
    leaf = next(leaf for leaf in score(case).leaves if leaf.id == "goal_completeness")
    assert leaf.full_marks == 6
    assert leaf.marks == 4
    assert [change.indicator for change in case.changes] == ["绩效目标完整性", "绩效指标明确性"]
