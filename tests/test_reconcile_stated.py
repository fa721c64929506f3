"""Stated marks against the computed ones, the issued form, marks of targets, and last year's own case."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from reconcile_case import TABLES, YEAR, broken, entry, judged, make, told

from assistant.errors import InputError
from assistant.frameworks import Framework, Indicator, Part, load_framework
from assistant.intake import Case
from assistant.ledger import Figure, Provenance, Target
from assistant.rules import TargetRule


@pytest.fixture(scope="module")
def rubric() -> Framework:
    return load_framework("shenzhen-futian-2020")


def stated(rubric: Framework, **marks: str) -> Case:
    """All leaves marked in full, and marks stated before."""
    leaves = {f"marks.{leaf.indicator.id}": leaf.indicator.full_marks for leaf in rubric.leaves()}
    parts = {f"marks.{leaf.indicator.id}.{n}": part.full_marks for leaf in rubric.leaves() for n, part in enumerate(leaf.indicator.parts, 1)}  # fmt: skip
    case = make(dict.fromkeys(make().ledger.figures), {name: [] for name in TABLES}, framework=rubric)
    entries = {id: replace(entry(id, str(value)), number=value) for id, value in (leaves | parts).items()}
    return replace(
        case, entries=entries | {f"stated.{id}": entry(f"stated.{id}", value) for id, value in marks.items()}
    )


def test_stated_marks_against_the_leaves(rubric: Framework) -> None:
    right = stated(rubric, total="100", table_total="100", decision="25", management="20", performance="55")
    assert judged(right).findings == ()
    (found,) = judged(stated(rubric, management="19.5")).findings
    assert found.severity == "error"
    assert "＝20分" in found.message
    assert "已报19.5分（表!B5）" in found.message


def test_two_stated_totals_that_differ_name_the_one_that_the_parts_bear_out(rubric: Framework) -> None:
    case = stated(rubric, total="97", table_total="100", decision="25", management="20", performance="55")
    (both,) = broken(case, "总得分")
    assert both.severity == "error"
    assert "正文更可能有误" in both.message
    assert len(broken(case, "报告正文总得分")) == 2, "against the leaves, and against the stated parts"


def test_stated_marks_are_not_judged_while_a_leaf_has_none(rubric: Framework) -> None:
    case = make(dict.fromkeys(make().ledger.figures), {name: [] for name in TABLES}, framework=rubric,
                texts={"stated.total": "97"})  # fmt: skip
    result = judged(case)
    assert [u.name for u in result.unchecked if "还没有得分" in u.reason] == ["报告正文总得分：已报得分与计算得分"]
    assert not told(case, "已报97")


def test_a_form_that_does_not_add_up_is_told(rubric: Framework) -> None:
    top = rubric.indicators[0].model_copy(update={"printed_full_marks": Decimal(24)})
    case = make(framework=rubric.model_copy(update={"indicators": (top, *rubric.indicators[1:])}))
    (found,) = told(case, "下发的评分表")
    assert found.severity == "info"
    assert "印24分" in found.message
    assert "＝25分" in found.message


def small(rubric: Framework, **rule: object) -> Framework:
    """A rubric with one parent of 10 whose only leaf is the first target."""
    part = Part(full_marks=Decimal(10), measure="targets.1", rule=TargetRule(kind="target", missed="pro_rata", **rule))  # type: ignore[arg-type]
    leaf = Indicator(id="training", name="培训期数", full_marks=Decimal(10), parts=(part,))
    parent = Indicator(id="output", name="产出指标", full_marks=Decimal(10), children=(leaf,))
    told = rubric.model_dump(exclude={"indicators", "ratios"})
    return Framework(**told | {"full_marks": Decimal(10)}, indicators=(parent,))


def with_target(framework: Framework, got: str, marks: str, **more: str) -> Case:
    cells = {"target": "10", "achieved": got}
    figures = [
        Figure(f"targets.1.{id}", f"培训期数{id}", Decimal(value), "期", str(YEAR), Provenance("cell", sheet="12 绩效目标与完成", cell="E5"))
        for id, value in cells.items()
    ]  # fmt: skip
    row = Target("targets.1", "培训期数", "≥", "targets.1.target", "targets.1.achieved", "10", got, full_marks=Decimal(10),
                 marks=Decimal(marks), place="12 绩效目标与完成!A5", **more)  # type: ignore[arg-type]  # fmt: skip
    return make(targets=[row], more=figures, framework=framework)


def test_a_rows_own_marks_against_the_rule(rubric: Framework) -> None:
    reason = {"variance_reason": "两期因讲师冲突顺延"}
    assert broken(with_target(small(rubric), "8", "8", **reason), "绩效目标") == []
    (found,) = broken(with_target(small(rubric), "8", "9", **reason), "绩效目标")
    assert found.severity == "error"
    assert "得分填9分" in found.message
    assert "计算为8分" in found.message


def test_the_frameworks_own_limit_of_over_fulfilment_counts(rubric: Framework) -> None:
    assert len(broken(with_target(small(rubric), "14", "10"), "绩效目标")) == 1
    assert broken(with_target(small(rubric, over_limit=Decimal(50)), "14", "10"), "绩效目标") == []


def test_marks_of_rows_under_a_parent_that_the_form_names(rubric: Framework) -> None:
    name = rubric.indicators[0].name
    row = Target("targets.1", "制度建设", "定性", level1=name, full_marks=Decimal(20), place="12 绩效目标与完成!A5")
    (found,) = broken(make(targets=[row], framework=rubric), "绩效目标")
    assert found.severity == "warning"
    assert "20分" in found.message
    assert "25分" in found.message
    assert broken(make(targets=[replace(row, full_marks=Decimal(25))], framework=rubric), "绩效目标") == []


def test_a_total_scaled_up_for_what_does_not_apply_is_not_held_against_the_sum(rubric: Framework) -> None:
    policy = Framework(**rubric.model_dump(exclude={"not_applicable"}) | {"not_applicable": "pro_rata"})
    case = stated(policy, total="100", decision="25", management="19", performance="55")
    leaf = next(leaf.indicator for leaf in policy.leaves() if leaf.indicator.full_marks == 1)
    waived = {f"not_applicable.{leaf.id}": replace(entry("x", "没有编外人员"), number=None)}
    found = judged(replace(case, entries={**case.entries, **waived})).findings
    assert [f.message for f in found if "总得分" in f.message] == []


LAST = {
    "final_accounts.personnel": "800.10", "final_accounts.routine_public": "90.20", "final_accounts.basic": "890.30",
    "final_accounts.project": "1500.00", "final_accounts.total": "2390.30", "carryover.basic.closing": "6.15",
    "carryover.project.closing": "40.83", "carryover.total.closing": "46.98",
    "three_public.total.final_accounts": "34.40", "three_public.total.budget": "35.30",
}  # fmt: skip


def with_last_year(monkeypatch: pytest.MonkeyPatch, **changed: object) -> Case:
    figures = {id: LAST.get(id) for id in make().ledger.figures}
    case = replace(make({**figures, **LAST}), **({"year": YEAR - 1} | changed))  # type: ignore[arg-type]
    monkeypatch.setattr("assistant.reconcile.previous.load_case", lambda folder: case)
    return make(previous=Path("2021"))


def test_last_years_own_figures_are_held_against(monkeypatch: pytest.MonkeyPatch) -> None:
    case = with_last_year(monkeypatch)
    result = judged(case)
    assert result.findings == ()
    assert ("年初结转结余与上年填报的年末数（合计）", True) in result.checked
    moved = replace(
        case, ledger=case.ledger.replaced(replace(case.ledger["prior_accounts.total"], value=Decimal("2309.30")))
    )
    (found,) = broken(moved, "上年决算数与上年填报的决算数（支出合计）")
    assert found.severity == "warning"
    assert "2,390.30" in found.message
    assert "2021年工作簿 3 收支决算!" in found.message
    assert "指标体系变动不是理由" in found.message


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"year": 2019}, "2019年度"), ({"unit": "云山县档案局"}, "云山县档案局"), ({"coverage": "本级"}, "")],
)
def test_a_case_that_is_not_last_years_is_not_compared(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, object], words: str
) -> None:
    case = with_last_year(monkeypatch)
    other = with_last_year(monkeypatch, **changed)
    result = judged(replace(other, coverage="部门汇总"))
    (found,) = [f for f in result.findings if "上年填报" in f.message]
    assert found.severity == "warning"
    assert words in found.message
    assert "与上年填报的对照" in {u.name for u in result.unchecked}
    assert case.previous == other.previous


def test_last_years_case_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_folder(folder: Path) -> Case:
        raise InputError(str(folder), "没有 case.yaml", "请补上")

    monkeypatch.setattr("assistant.reconcile.previous.load_case", broken_folder)
    (found,) = told(make(previous=Path("2021")), "读不出来")
    assert found.severity == "warning"
    assert "没有 case.yaml" in found.message
