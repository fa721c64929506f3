"""Rows of 满意度调查 as figures, and one thing told with two values in two materials."""

from __future__ import annotations

from pathlib import Path

import pytest
from draft_cases import make_case
from made_case import made_case

from assistant.findings import Finding
from assistant.intake import Case, load_case
from assistant.reconcile import reconcile

SURVEYS = (
    {"name": "《窗口服务问卷》", "issued": "50", "returned": "48", "valid": "47", "satisfied": "44"},
    {"name": "《书面评议》", "returned": "20", "rate": "90%"},
    {"name": "《电话回访》", "valid": "200", "satisfied": "187", "rate": "93%"},
)


@pytest.fixture
def surveyed(tmp_path: Path) -> Case:
    values = {"unit.full_name": "清江县文化馆", "unit.year": 2023, "unit.duties": "组织群众文化活动。"}
    return load_case(made_case(tmp_path / "case", "guangdong-dayawan-2022", values, {"surveys": SURVEYS}))


def test_a_rate_is_computed_from_its_counts_else_taken_as_given(surveyed: Case) -> None:
    ledger = surveyed.ledger
    assert [ledger[f"surveys.{n}.rate"].printed() for n in (1, 2, 3)] == ["93.62%", "90%", "93.50%"]
    assert ledger["surveys.1.rate"].provenance.formula == "满意份数44÷有效份数47×100%"
    assert ledger["surveys.2.rate"].provenance.cell
    assert ledger["surveys.3.given_rate"].printed() == "93%"
    assert "surveys.2.valid" not in ledger
    assert ledger["surveys.1.returned"].printed() == "48份"


def test_a_given_rate_that_is_cut_and_not_rounded_is_told(surveyed: Case) -> None:
    told = [
        finding
        for finding in reconcile(surveyed).findings
        if "电话回访" in finding.message and "93%" in finding.message
    ]
    assert [finding.severity for finding in told] == ["warning"]
    assert told[0].expected == "93.50%"


def twice(case: Case) -> list[Finding]:
    return [finding for finding in reconcile(case).findings if "两处不一致" in finding.message]


def test_one_thing_with_two_values_in_two_materials_is_found(tmp_path: Path) -> None:
    materials = {
        "a.md": "# 要点\n\n举办送戏下乡惠民活动8场。",
        "b.md": "# 总结\n\n全年送戏下乡惠民活动举办4场，观众踊跃。",
    }
    (found,) = twice(make_case(tmp_path, materials))
    assert found.severity == "error"
    assert "8场" in found.message
    assert "4场" in found.message
    assert "a.md" in found.message
    assert "b.md" in found.message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("举办送戏下乡惠民活动8场。", "举办送戏下乡惠民活动8场。"),
        ("计划举办送戏下乡惠民活动8场。", "举办送戏下乡惠民活动4场。"),
        ("上半年送戏下乡惠民活动举办2场。", "送戏下乡惠民活动举办4场。"),
        ("举办送戏下乡惠民活动8场。", "举办送戏下乡惠民活动1200人次。"),
        ("举办送戏下乡惠民活动8场。", "举办展览进校园活动4场。"),
        ("举办活动8场。", "举办活动4场。"),
        ("2021年举办送戏下乡惠民活动8场。", "举办送戏下乡惠民活动4场。"),
    ],
)
def test_what_may_well_differ_is_not_found(first: str, second: str, tmp_path: Path) -> None:
    assert not twice(make_case(tmp_path, {"a.md": f"# 要点\n\n{first}", "b.md": f"# 总结\n\n{second}"}))
