"""A framework that breaks its own rules is refused, with file and line."""

from __future__ import annotations

from importlib.resources import files

import pytest

from assistant.errors import FrameworkError, UsageError
from assistant.frameworks import framework_ids, load_framework, read_framework

FUTIAN = (files("knowledge_base") / "frameworks" / "shenzhen-futian-2020.yaml").read_text("utf-8")


def broken(old: str, new: str) -> str:
    assert old in FUTIAN
    return FUTIAN.replace(old, new, 1)


@pytest.mark.parametrize("id", framework_ids())
def test_every_shipped_framework_loads(id: str) -> None:
    framework = load_framework(id)
    assert sum(leaf.indicator.full_marks for leaf in framework.leaves()) == framework.full_marks


def test_futian_is_complete() -> None:
    leaves = {
        leaf.indicator.name: leaf.indicator.full_marks for leaf in load_framework("shenzhen-futian-2020").leaves()
    }
    assert len(leaves) == 21
    assert leaves["绩效指标明确性"] == 7
    assert leaves["社会效益、经济效益、生态效益及可持续影响等"] == 20


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("full_marks: 25", "full_marks: 26", "合计"),
        ("name: 预算编制合理性\n", "name: 预算编制合理性\n            colour: red\n", "不认识的键"),
        ("id: budget_compliance\n", "id: budget_compliance\n            id: twice\n", "重复"),
        ("id: budget_compliance\n", "id: budget_rationality\n", "重复"),
        ('{below: "60%", marks: 0}', '{below: "50%", marks: 0}', "缺口"),
        ("measure: satisfaction_rate", "measure: no_such_rate", "没有定义"),
        (
            "[final_accounts.total, annual_budget.total]",
            "[final_accounts.totl, annual_budget.total]",
            "不存在",
        ),
        ("kind: judged", "kind: guessed", ""),
        ("full_marks: 100", "full_marks: 99.5", ""),
    ],
)
def test_a_fault_is_refused_naming_file_and_line(old: str, new: str, says: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        read_framework(broken(old, new), "mine.yaml")
    assert "mine.yaml" in str(caught.value)
    assert "第" in str(caught.value)
    assert says in str(caught.value)


def test_an_unknown_framework_says_which_there_are() -> None:
    with pytest.raises(UsageError, match="shenzhen-futian-2020"):
        load_framework("atlantis-2020")
