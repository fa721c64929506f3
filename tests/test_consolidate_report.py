"""部门汇总: the report that is drafted from a department and its units."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.numbers import find_numbers
from assistant.pipeline import draft_case
from assistant.synth import synthesize


def test_the_drafted_report_names_the_units_and_has_no_errors(tmp_path: Path) -> None:
    synthesize(3, 3, tmp_path / "made", units=3)
    (folder,) = [f for f in (tmp_path / "made").iterdir() if f.name.startswith("0003") and "-u" not in f.name]
    run = draft_case(folder, tmp_path / "run")
    assert [f.message for f in run.check.findings if f.severity == "error"] == []
    assert [f.message for f in run.data_findings if f.severity == "error"] == []
    assert run.case.department is not None
    names = "、".join(unit.unit for unit in run.case.department.units)
    assert f"纳入汇总的单位共3个：{names}。" in (tmp_path / "run" / "report.md").read_text("utf-8")
    sums = [f for f in run.card.ledger if f.provenance.inputs[:1] == (f"u1.{f.id}",)]
    assert len(sums) > 50
    assert all(f.value == sum(run.card.ledger[id].value for id in f.provenance.inputs) for f in sums)


@pytest.mark.parametrize(("text", "kinds"), [
    ("前文如上。\n（36）“资产管理”做得不够细。", ["enumerator"]), ("（31）采购计划没有执行。", ["enumerator"]),
    ("（31）", ["other"]), ("合计（45）", ["other"]), ("（120）采购", ["other"]),
])  # fmt: skip
def test_the_long_list_of_many_units_is_numbered_and_not_counted(text: str, kinds: list[str]) -> None:
    assert [mention.kind for mention in find_numbers(text)] == kinds
