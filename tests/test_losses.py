"""可补证, 事实扣分 and 缺佐证: lost marks by what could still be brought; and the sandbox, which changes nothing."""

from __future__ import annotations

import json
from decimal import Decimal as D
from pathlib import Path

import pytest
from draft_cases import make_case

from assistant.cli.app import main
from assistant.errors import UsageError
from assistant.frameworks import load_framework
from assistant.intake import Case, load_case, write_template
from assistant.losses import Losses, split_losses
from assistant.sandbox import try_out
from assistant.scorecard import score


@pytest.fixture
def case(futian: Case) -> Case:
    return futian


def split(case: Case) -> Losses:
    return split_losses(case, score(case))


def test_what_figures_decide_cannot_be_brought_back(case: Case) -> None:
    losses = split(case)
    assert [(loss.id, loss.marks) for loss in losses.factual] == [("off_establishment_control", D(1))]
    assert "48.15%" in losses.factual[0].why
    assert not losses.factual[0].bring


def test_a_mark_handed_in_without_its_data_says_what_to_bring(case: Case) -> None:
    open_ones = {loss.id: loss for loss in split(case).recoverable}
    assert set(open_ones) == {"goal_clarity", "budget_execution"}
    progress = open_ones["budget_execution"]
    assert progress.marks == D("0.15")
    assert ("3月末累计支出数", "6 支出进度", "财务科") in {(b.what, b.sheet, b.department) for b in progress.bring}
    assert len(open_ones["goal_clarity"].bring) == 5, "one for each question"


def test_the_parts_add_up_to_what_is_missing_from_full_marks(case: Case) -> None:
    losses, card = split(case), score(case)
    assert losses.total == card.framework.full_marks - card.marks
    assert sum(loss.marks for loss in (*losses.recoverable, *losses.factual)) == losses.total


def test_a_missing_leaf_is_lost_whole_until_it_is_answered(tmp_path: Path) -> None:
    made = make_case(tmp_path, texts={"answer.goal_clarity.1.1": "符合", "answer.goal_clarity.1.2": "符合"})
    loss = next(loss for loss in split(made).recoverable if loss.id == "goal_clarity")
    assert loss.marks == D(7)
    assert [b.id for b in loss.bring] == [
        "answer.goal_clarity.1.3",
        "answer.goal_clarity.1.4",
        "answer.goal_clarity.1.5",
    ]


def test_an_item_that_does_not_comply_is_a_fact(tmp_path: Path) -> None:
    answers = {f"answer.goal_clarity.1.{n}": "不符合" if n == 3 else "符合" for n in range(1, 6)}
    losses = split(make_case(tmp_path, texts=answers))
    assert [(x.id, x.marks) for x in losses.factual if x.id == "goal_clarity"] == [("goal_clarity", D(1))]
    assert "goal_clarity" not in {x.id for x in losses.recoverable}


@pytest.mark.parametrize(
    ("beside", "group"),
    [({}, "recoverable"), ({"reason": "个别目标没有量化"}, "factual"), ({"evidence": "Z19"}, "factual")],
)
def test_a_judgement_below_full_marks_is_open_until_it_is_backed(
    beside: dict[str, str], group: str, tmp_path: Path
) -> None:
    framework = load_framework("shenzhen-futian-2020")
    values = {
        "unit.full_name": "示例局",
        "unit.year": 2020,
        "unit.coverage": "本级",
        "unit.duties": "示例",
        "marks.benefits.1": 18,
    }
    values |= {f"{kind}.benefits.1": text for kind, text in beside.items()}
    write_template(framework, tmp_path / "workbook.xlsx", values)
    (tmp_path / "case.yaml").write_text("unit: 示例局\nyear: 2020\nframework: shenzhen-futian-2020\n", "utf-8")
    losses = split(load_case(tmp_path))
    assert [loss.marks for loss in getattr(losses, group) if loss.id == "benefits"] == [D(2)]
    if group == "recoverable":
        bring = next(loss for loss in losses.recoverable if loss.id == "benefits").bring
        assert {b.id for b in bring} == {"reason.benefits.1", "evidence.benefits.1"}


def test_full_marks_on_a_word_alone_are_listed_and_not_lost(tmp_path: Path) -> None:
    answers = {f"answer.goal_clarity.1.{n}": "符合" for n in range(1, 6)}
    bare = split(make_case(tmp_path, texts=answers))
    assert "goal_clarity" in {loss.id for loss in bare.unproven}
    assert "goal_clarity" not in {loss.id for loss in (*bare.recoverable, *bare.factual)}
    backed = split(make_case(tmp_path, texts=answers | {"reason.goal_clarity.1": "对照申报表核对"}))
    assert "goal_clarity" not in {loss.id for loss in backed.unproven}
    assert not {loss.id for loss in bare.unproven} & {"fixed_asset_utilisation", "establishment_control"}, (
        "figures need none"
    )


def test_score_json_carries_the_split(futian_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["score", str(futian_case), "--json", "-"])
    told = json.loads(capsys.readouterr().out)["lost"]
    assert told["total"] == "2.15"
    assert [entry["id"] for entry in told["factual"]] == ["off_establishment_control"]
    assert {"what", "sheet", "department", "id"} == set(told["recoverable"][0]["bring"][0])


def test_the_terminal_shows_what_a_clerk_looks_for(futian_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["score", str(futian_case)])
    told = capsys.readouterr().out
    assert "【部门管理】19分（满分20分）" in told, "subtotals"
    assert told.index("可补证 1.15分") < told.index("事实扣分 1分")
    assert "标准  " not in told
    assert len(told.splitlines()) < 120
    with pytest.raises(SystemExit):
        main(["score", str(futian_case), "--full"])
    assert "标准  " in capsys.readouterr().out


def test_a_sandbox_shows_before_and_after_and_what_follows(case: Case) -> None:
    trial = try_out(case, ["three_public.vehicles.final_accounts=12"])
    assert [(m.before, m.after) for m in trial.settings] == [("5.12万元", "12.00万元")]
    assert [(m.id, m.after, m.reason) for m in trial.figures] == [
        ("three_public.total.final_accounts", "12.46万元", "0.00＋12.00＋0.46")
    ]
    assert [(m.id, m.before, m.after) for m in trial.ratios] == [("three_public_control_rate", "42.34%", "94.54%")]
    assert [(m.id, m.before, m.after) for m in trial.leaves] == [("public_expense_control", "6分", "5分")]
    assert "≥90%且≤100%" in trial.leaves[0].reason
    assert trial.after.marks - trial.before.marks == D(-1)


def test_totals_of_totals_follow_and_a_typed_total_is_said_not_to(futian_case: Path, tmp_path: Path) -> None:
    made = make_case(tmp_path)
    typed = try_out(made, ["final_accounts.basic=500"])
    assert any("直接填报的合计" in note for note in typed.notes)
    framework = load_framework("shenzhen-futian-2020")
    parts = {"final_accounts.personnel": 80, "final_accounts.routine_public": 10, "final_accounts.project": 10, "annual_budget.personnel": 90,
             "annual_budget.routine_public": 10, "annual_budget.project": 20}  # fmt: skip
    unit = {"unit.full_name": "示例局", "unit.year": 2020, "unit.coverage": "本级", "unit.duties": "示例"}
    write_template(framework, futian_case / "workbook.xlsx", parts | unit)
    config = (futian_case / "case.yaml").read_text("utf-8")
    (futian_case / "case.yaml").write_text(config.replace("中共福田区委组织部（本级）", "示例局"), "utf-8")
    changed = load_case(futian_case)
    trial = try_out(changed, ["final_accounts.personnel=90", "final_accounts.project=20"])
    assert {m.id: m.after for m in trial.figures} == {
        "final_accounts.basic": "100.00万元",
        "final_accounts.total": "120.00万元",
    }
    set_total = try_out(changed, ["final_accounts.total=120"])
    assert any("分项没有变动" in note for note in set_total.notes)
    assert set_total.after.ledger["budget_execution_rate"].value == D(100)


@pytest.mark.parametrize(
    ("setting", "before", "after"),
    [
        ("final_accounts.total=80000000元", "7,975.66万元", "8,000.00万元"),
        ("final_accounts.total=8,000", "7,975.66万元", "8,000.00万元"),
        ("given.fixed_asset_utilisation_rate=62%", "90.81%", "62.00%"),
        ("answer.project_supervision.1.2=不符合", "符合", "不符合"),
        ("marks.benefits.1=19", "20", "19"),
        ("petitions.received=30", "没有填报", "30件"),
        ("not_applicable.procurement_execution=没有采购业务", "没有填报", "没有采购业务"),
    ],
)
def test_what_can_be_set(setting: str, before: str, after: str, case: Case) -> None:
    trial = try_out(case, [setting])
    assert [(m.before, m.after) for m in trial.settings] == [(before, after)]


@pytest.mark.parametrize(
    ("setting", "names"),
    [
        ("foo=3", "没有这个编号"),
        ("unit.duties=其他", "不参与计分"),
        ("budget_execution_rate=98", "given.budget_execution_rate"),
        ("m1=3", "材料"),
        ("final_accounts.total=多", "不是数"),
        ("final_accounts.total=-5", "负数"),
        ("final_accounts.total=5人", "单位"),
        ("staff.actual=3.5", "整数"),
        ("answer.goal_clarity.1.1=好", "符合、不符合"),
        ("marks.benefits.1=25", "20分"),
        ("targets.9.achieved=3", "第9行"),
        ("final_accounts.total", "编号=值"),
        ("stated.total=99", "不参与计分"),
    ],
)
def test_what_cannot_be_set_is_told_in_one_line(setting: str, names: str, case: Case) -> None:
    with pytest.raises(UsageError) as error:
        try_out(case, [setting])
    assert names in str(error.value)


def test_a_target_can_be_tried(tmp_path: Path) -> None:
    framework = load_framework("national-form-10-50-30-10")
    rows = [
        {
            "level1": name,
            "name": f"{name}示例",
            "sign": "≥",
            "target": 10,
            "unit": "个",
            "achieved": got,
            "full_marks": marks,
            "variance_reason": "",
        }
        for name, got, marks in (("产出指标", 8, 50), ("效益指标", 10, 30), ("满意度指标", 10, 10))
    ]
    unit = {"unit.full_name": "示例局", "unit.year": 2020, "unit.coverage": "本级", "unit.duties": "示例"}
    write_template(
        framework,
        tmp_path / "workbook.xlsx",
        unit | {"final_accounts.total": 90, "annual_budget.total": 100},
        {"targets": rows},
    )
    (tmp_path / "case.yaml").write_text("unit: 示例局\nyear: 2020\nframework: national-form-10-50-30-10\n", "utf-8")
    loaded = load_case(tmp_path)
    trial = try_out(loaded, ["targets.1.achieved=10"])
    assert [(m.before, m.after) for m in trial.leaves] == [("40分", "50分")]
    assert trial.after.marks - trial.before.marks == D(10)
    (facts,) = [loss for loss in split(loaded).factual if loss.marks == D(10)]
    assert "年度指标值≥10个" in facts.why


def test_nothing_is_written(futian_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in futian_case.rglob("*") if path.is_file()}
    with pytest.raises(SystemExit):
        main(["score", str(futian_case), "--set", "staff.off_establishment.actual=2"])
    told = capsys.readouterr().out
    assert "测算，不改数据" in told
    assert "编外人员控制率：0分 → 1分" in told
    assert {path: path.read_bytes() for path in futian_case.rglob("*") if path.is_file()} == before
