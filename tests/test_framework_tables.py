"""Every shipped framework has a table of figures and the marks that they must give, and the table reaches every branch."""

from __future__ import annotations

from functools import cache

import pytest
from framework_tables import FOLDER, Table, read_table

from assistant.data_files import parse_yaml
from assistant.frameworks import framework_ids


@cache
def table(id: str) -> Table:
    file = FOLDER / f"{id}.yaml"
    assert file.is_file(), f"指标体系 {id} 没有用例：请写 tests/frameworks/{id}.yaml"
    return read_table(file.read_text("utf-8"), file.name)


@pytest.mark.parametrize("id", framework_ids())
def test_figures_give_the_marks_that_the_table_says(id: str) -> None:
    assert not table(id).faults, "\n" + "\n".join(table(id).faults)


@pytest.mark.parametrize("id", framework_ids())
def test_every_branch_edge_and_veto_is_touched(id: str) -> None:
    lacking = list(table(id).untouched())
    assert not lacking, "\n" + "\n".join(lacking)


def test_a_table_belongs_to_the_framework_it_is_named_after() -> None:
    for file in sorted(FOLDER.glob("*.yaml")):
        assert parse_yaml(file.read_text("utf-8"), file.name)["framework"] == file.stem in framework_ids()


FUTIAN = (FOLDER / "shenzhen-futian-2020.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"74.99": "0.4", ', '', "fixed_asset_utilisation 第1部分（bands）：没有用例紧靠界限 75 之下"),
        ('"60": "0.4", "59.99": "0", "0": "0"', '"60": "0.4"', "fixed_asset_utilisation 第1部分（bands）：没有用例走到分支“band 4”"),
        ('{"75": "0.7", ', '{', "fixed_asset_utilisation 第1部分（bands）：没有用例正好在界限 75 上"),
        ("- {answers: {veto: 有}, marks: 0}", "- {answers: {veto: 无}, basis: missing}", "financial_compliance：没有用例触发一票否决"),
        ("{procurement.actual: 0, procurement.planned: 0}", "{procurement.actual: 1, procurement.planned: 1}", "procurement_execution 第1部分（linear）：没有用例使分子、分母都为0"),
        ("{three_public.total.final_accounts: 1, three_public.total.budget: 0,", "{three_public.total.final_accounts: 0, three_public.total.budget: 0,", "public_expense_control 第1部分（bands）：没有用例使只有分母为0"),
        ('"1.3": 不符合', '"1.3": 符合', "budget_rationality 第1部分（checklist）：没有用例走到分支“3:不符合”"),
    ],
)  # fmt: skip
def test_what_no_row_touches_is_told_with_leaf_part_and_branch(old: str, new: str, says: str) -> None:
    assert old in FUTIAN
    lacking = list(read_table(FUTIAN.replace(old, new), "futian.yaml").untouched())
    assert any(line.startswith(says) for line in lacking), lacking


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"90": "1"', '"90": "0.7"', "应得0.7分，得1分"),
        ("veto: 有}, marks: 0}", "veto: 有}, marks: 3}", "应得3分，得0分"),
        ('"1.3": 不符合', '"1.3": 不清楚', "不在 answer.budget_rationality.1.3 的选项里"),
        ("procurement.actual: 0", "procurement.actuals: 0", "没有数据项 procurement.actuals"),
        ("petition_handling:", "petition_handlings:", "没有这个三级指标"),
        ("basis: not_applicable", "bases: not_applicable", "不认识的键 bases"),
    ],
)
def test_a_wrong_mark_and_a_row_that_cannot_be_run_are_told(old: str, new: str, says: str) -> None:
    assert old in FUTIAN
    faults = read_table(FUTIAN.replace(old, new), "futian.yaml").faults
    assert any(says in fault for fault in faults), faults
