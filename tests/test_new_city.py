"""A city that nobody shipped: two YAML files, and template, workbook, marks and draft all work."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal as D
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from framework_tables import Table
from made_case import VALUES as SMALL_VALUES
from made_case import made_case

from assistant.cli import main
from assistant.data_files import parse_yaml
from assistant.documents import read_document
from assistant.frameworks import assumed, differences, read_framework
from assistant.intake import load_case
from assistant.rules import Rule
from assistant.scorecard import score

CITIES = Path(__file__).parent / "cities"
RUBRIC = (CITIES / "qingjiang-2023.yaml").read_text("utf-8")
FRAMEWORK = read_framework(RUBRIC, "qingjiang-2023.yaml")
VALUES: dict[str, Any] = {
    "unit.full_name": "清江县文化馆", "unit.short_name": "本馆", "unit.year": 2023, "unit.coverage": "本级",
    "unit.duties": "组织群众文化活动。", "initial_budget.total": "800", "annual_budget.total": "1000", "final_accounts.total": "880.5",
    "carryover.total.opening": "40", "carryover.total.closing": "43", "staff.actual": "21", "staff.established": "20",
    "answer.establishment_control.veto": "无", "answer.systems.1.1": "部分符合", "answer.systems.1.2": "符合", "answer.compliance.1": 1,
    "procurement.planned": "0", "procurement.actual": "0", "answer.procurement.2": "全部公开",
    "marks.leadership.1": "9", "reason.leadership.1": "绩效专员一人兼岗",
}  # fmt: skip
TABLES: dict[str, list[dict[str, str]]] = {
    "targets": [
        {"level1": "产出指标", "level2": "数量指标", "name": "举办讲座场次", "sign": "≥", "target": "40", "unit": "场", "achieved": "30",
         "full_marks": "20", "variance_reason": "主会场7月起闭馆维修，停办10场，已改在分馆补办。"},
        {"level1": "效益指标", "level2": "社会效益", "name": "活动方案公开", "sign": "定性", "target": "按月公开", "achieved": "按月公开",
         "state": "达成", "full_marks": "10", "marks": "10"},
    ],
    "awards": [{"item": "全省公共文化服务先进单位", "marks": "2"}],
    "weights": [{"indicator": "预算执行", "full_marks": "9", "basis": "县财政局批复"},
                {"indicator": "结转结余控制", "full_marks": "9", "basis": "县财政局批复"}],
}  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return made_case(tmp_path / "case", RUBRIC, {**dict.fromkeys(SMALL_VALUES), **VALUES}, TABLES)


def test_it_has_every_kind_of_rule_and_leaves_on_every_level() -> None:
    kinds = {part.rule.kind for leaf in FRAMEWORK.leaves() for part in leaf.indicator.parts}
    known = {get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(get_args(Rule)[0])}
    assert kinds == known
    assert {len(leaf.path) for leaf in FRAMEWORK.leaves()} == {1, 2, 3}


def test_its_own_table_of_marks_holds_and_reaches_every_branch() -> None:
    told = parse_yaml((CITIES / "qingjiang-2023.table.yaml").read_text("utf-8"), "table.yaml")
    table = Table(FRAMEWORK, told["leaves"])
    assert not table.faults, "\n".join(table.faults)
    assert not list(table.untouched()), "\n".join(table.untouched())


def test_its_wording_agrees_with_its_rules() -> None:
    assert not list(differences(FRAMEWORK))
    assert not list(assumed(FRAMEWORK))


def test_a_filled_workbook_scores_as_reckoned_by_hand(case: Path) -> None:
    card = score(load_case(case))
    assert {leaf.name: leaf.marks for leaf in card.leaves} == {
        "预算执行": D("7.2"),  # (88.05 − 60) ÷ 35 × 9 = 7.21…
        "结转结余控制": D("6.8"),  # up by 7.5 %: two started steps of 1 × 9 ÷ 8 each
        "编制控制": 6,  # 105 %
        "制度建设": 7,
        "资金合规": 5,
        "政府采购": 12,  # nothing planned: its 8 marks go to the 4 for publishing
        "组织领导": 9,
        "举办讲座场次": 15,  # 30 of 40
        "活动方案公开": 10,
        "加减分事项": 2,
    }
    assert card.marks == sum(leaf.marks or 0 for leaf in card.leaves)
    assert card.grade == "良"
    assert "合计按4分折算为12分" in card.leaf("procurement").reason


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(args)
    return int(stopped.value.code or 0)


def test_template_check_and_draft_work_from_the_file_alone(case: Path, tmp_path: Path) -> None:
    mine = case / "framework.yaml"
    assert run("frameworks", "check", str(mine)) == 0
    assert run("template", str(mine), "-o", str(tmp_path / "blank.xlsx")) == 0
    assert run("score", str(case)) == 0
    run("draft", str(case), "--out", str(tmp_path / "out"))
    found = json.loads((tmp_path / "out" / "check.json").read_text("utf-8"))
    wrong = {"mismatch", "misattributed", "unsupported", "wrong_unit", "wrong_period", "wrong_scope"}
    assert not [f for f in found["findings"] if f["code"] in wrong], found["findings"]
    text = read_document(tmp_path / "out" / "report.docx").text
    for words in ("结转结余控制", "加减分事项", "举办讲座场次", "预算执行率88.05%", "县财政局批复"):
        assert words in text


def test_another_workbook_is_not_taken_for_this_citys(case: Path, futian_case: Path) -> None:
    shutil.copy(futian_case / "workbook.xlsx", case / "workbook.xlsx")
    told = yaml.safe_load((case / "case.yaml").read_text("utf-8"))
    assert told["framework"] == "framework.yaml"
    assert run("score", str(case)) == 2
