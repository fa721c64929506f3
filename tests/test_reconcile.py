from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from assistant.intake import load_case
from assistant.ledger import Figure, Ledger, Provenance
from assistant.reconcile import reconcile
from assistant.scorecard import score


def test_the_published_report_contradicts_itself_where_it_does(futian_case: Path) -> None:
    case = load_case(futian_case)
    found = reconcile(case, score(case).ledger)
    by_severity = {s: [f.message for f in found if f.severity == s] for s in ("error", "warning", "info")}
    assert any("23.88＋885.20＝909.08万元" in m and "898.66" in m for m in by_severity["error"]), "the parts of 采购"
    assert any("财政供养人员控制率" in m and "100.00%" in m for m in by_severity["error"]), (
        "a rate its own counts do not give"
    )
    assert any("5,897.84" in m and "5,927.35" in m for m in by_severity["warning"]), "two project budgets"
    assert len(by_severity["error"]) == 2


def test_a_gap_within_the_printed_digits_is_no_error(futian_case: Path) -> None:
    case = load_case(futian_case)
    tails = [f for f in reconcile(case) if f.severity == "info"]
    assert all("尾差" in f.message for f in tails)
    assert any("2,077.73＋144.47＝2222.2万元" in f.message for f in tails)


def test_an_identity_with_a_figure_missing_is_not_judged(futian_case: Path) -> None:
    case = load_case(futian_case)
    without = replace(case, ledger=Ledger.of(f for f in case.ledger if f.id != "procurement.goods.planned"))
    assert any("政府采购计划" in f.message for f in reconcile(case))
    assert not any("政府采购计划" in f.message for f in reconcile(without))


def test_a_part_is_no_more_than_its_whole(futian_case: Path) -> None:
    case = load_case(futian_case)

    def with_counts(satisfied: int, valid: int) -> list[str]:
        cell = Provenance("cell", file="workbook.xlsx", sheet="15 满意度调查", cell="B5")
        counts = [
            Figure(f"satisfaction.{id}", label, Decimal(value), "份", "2020", cell)
            for id, label, value in (("satisfied", "满意问卷", satisfied), ("valid", "有效问卷", valid))
        ]
        found = reconcile(replace(case, ledger=case.ledger.add(counts)))
        return [f.message for f in found if f.severity == "error" and "问卷" in f.message]

    assert with_counts(100, 100) == []
    assert len(with_counts(120, 100)) == 1
