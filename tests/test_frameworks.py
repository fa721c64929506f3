"""A framework that breaks its own rules is refused, with file and line; its wording is held against its rules."""

from __future__ import annotations

import re
from decimal import Decimal as D
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import FrameworkError, UsageError
from assistant.frameworks import assumed, differences, faults, framework_ids, load_framework, read_framework
from assistant.frameworks.domain import domain

FUTIAN = (files("knowledge_base") / "frameworks" / "shenzhen-futian-2020.yaml").read_text("utf-8")


@pytest.mark.parametrize("id", framework_ids())
def test_every_shipped_framework_loads_and_its_wording_agrees_with_its_rules(id: str) -> None:
    framework = load_framework(id)
    assert sum(leaf.indicator.full_marks for leaf in framework.leaves()) == framework.full_marks
    assert not list(differences(framework))


def test_futian_is_complete() -> None:
    leaves = {
        leaf.indicator.name: leaf.indicator.full_marks for leaf in load_framework("shenzhen-futian-2020").leaves()
    }
    assert len(leaves) == 21
    assert leaves["绩效指标明确性"] == 7
    assert leaves["社会效益、经济效益、生态效益及可持续影响等"] == 20


RATE = '{kind: bands, bands: [{at_least: "90%", marks: 1}, {at_least: "75%", below: "90%", marks: "0.7"}, {below: "75%", marks: 0}]}'
SMALL = f"""id: made-up
name: 虚构县指标体系
place: 虚构县
year: 2023
full_marks: 10
outline: shenzhen-futian-2020
sheets: [basics, accounts, carryover, assets, targets, answers, key_tasks]
source: 虚构
ratios:
  - {{id: use_rate, name: 资产利用率, value: {{ratio: [fixed_assets.in_use, fixed_assets.total]}}}}
  - {{id: control_rate, name: 公用经费控制率, value: {{ratio: [final_accounts.routine_public, annual_budget.routine_public]}}}}
  - {{id: change_rate, name: 结转结余变动率, value: {{change: [carryover.total.closing, carryover.total.opening]}}}}
indicators:
  - id: input
    name: 投入
    full_marks: 6
    children:
      - id: assets
        name: 资产利用
        full_marks: 1
        parts:
          - full_marks: 1
            measure: use_rate
            rule: {RATE}
      - id: saving
        name: 节约
        full_marks: 3
        parts:
          - full_marks: 3
            measure: change_rate
            rule: {{kind: step, at_most: 0, each: 5, deduct: 1, reading: whole, reading_source: assumed}}
      - id: office
        name: 公用经费
        full_marks: 2
        parts:
          - full_marks: 2
            measure: control_rate
            rule: {{kind: linear, full_at: 80, zero_at: 120}}
  - id: output
    name: 产出
    full_marks: 4
    parts: [{{full_marks: 4, rule: {{kind: judged, because: 没有公布评分标准}}}}]
"""


def line(text: str, at: str) -> int:
    return text[: text.index(at)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        # shape
        ("    name: 产出\n", "    name: 产出\n    colour: red\n", "colour：不认识的键"),
        ("  - id: output\n", "  - id: output\n    id: twice\n", "键 id 重复"),
        ("year: 2023", "year: 二三", "year：应是整数"),
        ("year: 2023", "year: 1923", "要不小于 2000"),
        ("full_marks: 4\n", "full_marks: 四\n", "“四”不是数"),
        ("full_marks: 4\n", "full_marks: .inf\n", "不是数"),
        ("full_marks: 4\n", "full_marks: 4e0\n", "不是数"),
        ("full_marks: 4\n", "full_marks: yes\n", "请写成带引号的文本或整数"),
        ("sheets: [basics", "sheets: basics #[", "应是列表"),
        ("kind: judged", "kind: guessed", "没有“guessed”这种规则"),
        ("kind: judged, ", "", "没有写规则的种类 kind"),
        ("reading: whole", "reading: halves", "“halves”不可用，可用的有 'whole', 'started'、'pro_rata'"),
        ("    name: 产出\n", "", "name：缺少必填的键"),
        # names
        ("  - id: output\n", "  - id: input\n", "指标编号 input 重复（投入、产出）"),
        ("  - id: output\n", "  - id: 产出\n", "指标编号“产出”不能用"),
        ("{id: change_rate", "{id: use_rate", "比率编号 use_rate 重复"),
        ("measure: use_rate", "measure: no_such_rate", "用到的数据项 no_such_rate 不存在"),
        ("fixed_assets.in_use,", "fixed_assets.inuse,", "数据项 fixed_assets.inuse 不存在"),
        ("sheets: [basics, accounts, carryover, assets,", "sheets: [basics, accounts, carryover,", "没有列入 sheets"),
        ("sheets: [basics,", "sheets: [basic,", "没有名为 basic 的工作表"),
        ("measure: use_rate", "measure: count.tasks.incomplete", "没有表 tasks"),
        ("fixed_assets.in_use,", "fixed_assets.count,", "的单位不同，算不出来"),
        # sums
        ("full_marks: 10\n", "full_marks: 11\n", "一级指标分值合计 10，与总分 11 不符"),
        ("    full_marks: 6\n", "    full_marks: 5\n", "投入：分值 5 与下级指标合计 6 不符"),
        ("        full_marks: 3\n", "        full_marks: 2\n", "节约：分值 2 与各部分合计 3 不符"),
        ("  - id: output\n", "  - id: output\n    printed: 5\n", "printed：不认识的键"),
        # bands
        ('{below: "75%", marks: 0}', '{below: "70%", marks: 0}', "分档在 70 处有缺口"),
        ('{below: "75%", marks: 0}', '{below: "80%", marks: 0}', "分档在 75 处重叠"),
        ('{below: "75%", marks: 0}', '{at_least: 0, below: "75%", marks: 0}', "分档有缺口：小于 0 的数没有档次"),
        ('{at_least: "90%", marks: 1}', '{at_least: "90%", marks: 2}', "最高一档 2 分，与 1 分不符"),
        ('marks: "0.7"', 'marks: "-0.7"', "一档得 -0.7 分，不在 0 与 1 分之间"),
        # thresholds that no input can reach
        ('{at_least: "90%", marks: 1}', '{above: "100%", marks: 1}, {at_least: "90%", at_most: "100%", marks: 1}', "“资产利用率＞100%”没有数据能够达到"),
        ('{below: "75%", marks: 0}', '{at_least: "70%", marks: 0}, {at_least: "80%", marks: "0.2"}, {marks: 0}', "“资产利用率≥80%”没有数据能够达到"),
        ('{below: "75%", marks: 0}', '{at_least: 0, below: "75%", marks: 0}, {below: 0, marks: 0}', "“资产利用率＜0%”没有数据能够达到"),
        ("at_most: 0,", 'at_most: "-120%",', "没有数据能够落在得满分的范围里"),
        ("at_most: 0,", 'at_least: "-100%",', "没有数据能够低于扣分的界限 -100%"),
        ("zero_at: 120", "zero_at: -20", "得 0 分的 -20% 没有数据能够达到"),
        ("zero_at: 120", "zero_at: 120, ceiling: 2", "ceiling 不能大于 1"),
        ("zero_at: 120", "zero_at: 0, least: 0", "没有数据能够低于不得分的界限 0%"),
        (RATE, "{kind: linear, least: 120}", "得分要达到的界限 120% 没有数据能够达到"),
        # rules and what they need
        ("measure: use_rate\n            ", "", "bands 规则没有写 measure"),
        ("kind: judged, because: 没有公布评分标准", "kind: bonus", "bonus: true 与 bonus 规则要同时使用"),
        ("    full_marks: 4\n", "    full_marks: 4\n    own: true\n", "要有且只有一个 target 规则"),
        ("    full_marks: 4\n", "    full_marks: 4\n    zero_if: {}\n", "zero_if 要写 above 或 occurred"),
        ("    full_marks: 4\n", "    full_marks: 4\n    zero_if: {above: [final_accounts.totals, annual_budget.total]}\n", "final_accounts.totals 不存在"),
        ("source: 虚构\n", "source: 虚构\ngrades: [[良, 80], [优, 90]]\n", "由高到低"),
        ("source: 虚构\n", "source: 虚构\nreweighting: true\n", "sheets 要列入 weights"),
        ("answers, key_tasks]", "key_tasks]", "sheets 要列入 answers"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_naming_file_and_line(old: str, new: str, says: str) -> None:
    assert SMALL.count(old) >= 1
    broken = SMALL.replace(old, new, 1)
    _, found = faults(broken, "mine.yaml")
    told = [str(fault) for fault in found]
    assert any(re.match(rf"mine\.yaml 第\d+行：.*{re.escape(says)}", line) for line in told), told
    with pytest.raises(FrameworkError, match=r"mine\.yaml 第\d+行："):
        read_framework(broken, "mine.yaml")


def test_a_floor_that_can_be_reached_is_no_fault() -> None:
    assert faults(SMALL.replace(RATE, '{kind: linear, least: "100%"}'), "mine.yaml")[1] == []


def test_a_limit_of_a_rate_written_as_a_share_of_one_is_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        SMALL.replace('at_least: "90%"', 'at_least: "0.9"')
        .replace('below: "90%"', 'below: "0.9"')
        .replace('at_least: "75%"', 'at_least: "0.75"')
        .replace('below: "75%"', 'below: "0.75"'),
        "utf-8",
    )
    with pytest.raises(SystemExit) as ended:
        main(["frameworks", "check", str(file)])
    assert not ended.value.code
    told = capsys.readouterr().out
    assert '资产利用率：at_least 写的是 0.9，比率以%计，读作 0.9%；如果是 90%，请写成 "90%"' in told
    file.write_text(SMALL.replace('"75%"', '"0.5%"'), "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["frameworks", "check", str(file)])
    assert not ended.value.code
    assert "读作" not in capsys.readouterr().out, "0.5% is what was meant"


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("    name: 产出\n", "    name: 产出\n    colour: red\n", "colour: red"),
        ('{below: "75%", marks: 0}', '{below: "70%", marks: 0}', "kind: bands"),
        ("zero_at: 120", "zero_at: -20", "kind: linear"),
        ("  - id: output\n", "  - id: input\n", "id: input\n    name: 产出"),
        ("    full_marks: 6\n", "    full_marks: 5\n", "full_marks: 5"),
        ("fixed_assets.in_use,", "fixed_assets.inuse,", "fixed_assets.inuse"),
    ],
)
def test_the_line_is_the_one_to_mend(old: str, new: str, at: str) -> None:
    broken = SMALL.replace(old, new, 1)
    _, found = faults(broken, "mine.yaml")
    assert f"mine.yaml 第{line(broken, at)}行" in {fault.where for fault in found}


def test_a_fault_names_the_indicator_not_a_path_of_numbers() -> None:
    _, (fault,) = faults(SMALL.replace("measure: use_rate\n", "measures: use_rate\n", 1), "mine.yaml")
    assert "“资产利用”的" in fault.reason
    assert "indicators.0" not in fault.reason


def test_all_faults_are_told_at_once_from_the_top() -> None:
    broken = SMALL.replace("full_marks: 10\n", "full_marks: 11\n").replace("zero_at: 120", "zero_at: -20")
    _, found = faults(broken, "mine.yaml")
    assert [re.search(r"第(\d+)行", fault.where)[1] for fault in found] == ["5", "38"]  # type: ignore[index]
    with pytest.raises(FrameworkError, match="另有 1 处"):
        read_framework(broken, "mine.yaml")


def test_what_a_measure_can_be() -> None:
    futian = load_framework("shenzhen-futian-2020")
    assert domain(futian, "satisfaction_rate") == (0, 100), "满意问卷 are among 有效问卷"
    assert domain(futian, "off_establishment_rate") == (0, 100), "编外人员 are among 在职人员总数"
    assert domain(futian, "budget_execution_rate") == (0, None)
    assert domain(read_framework(SMALL, "small.yaml"), "change_rate") == (-100, None)
    assert domain(futian, "count.key_tasks.incomplete") == (0, None)


TEXT = "    official_text: 资产利用率≥90%的，得1分；75%（含）—90%的，得0.7分；低于75%的，不得分。\n"


def worded(text: str) -> str:
    return SMALL.replace("        name: 资产利用\n", f"        name: 资产利用\n    {text}", 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", "", []),
        ("≥90%", "≥95%", ["资产利用：原文的“95%”在规则里没有"]),
        ("—90%", "—89%", ["资产利用：原文的“75%（含）—89%”在规则里没有"]),
        ("得0.7分", "得0.6分", ["资产利用：原文的“0.6分”在规则里没有", "资产利用：规则的 0.7分 在原文里没有"]),
        ("；低于75%的，不得分", "", ["资产利用：规则的 0分 在原文里没有"]),
        ("得1分", "得满分", []),
    ],
)
def test_the_numbers_of_the_official_wording_are_those_of_the_rule(old: str, new: str, says: list[str]) -> None:
    framework = read_framework(worded(TEXT.replace(old, new) if old else TEXT), "mine.yaml")
    assert [said for _, said in differences(framework)] == says
    assert framework.standards["assets"] == TEXT.replace(old, new).partition(": ")[2].strip() if old else True


def test_steps_deductions_and_judged_wording() -> None:
    step = "    official_text: 变动率不超过0的得3分，每超5%扣1分，扣完为止。\n"
    text = SMALL.replace("        name: 节约\n", f"        name: 节约\n    {step}", 1)
    assert not list(differences(read_framework(text, "mine.yaml")))
    halved = read_framework(text.replace("deduct: 1,", 'deduct: "0.5",'), "mine.yaml")
    assert [said for _, said in differences(halved)] == ["节约：规则的 0.5分 在原文里没有"]
    judged = SMALL.replace("    name: 产出\n", "    name: 产出\n    official_text: 完成90%得4分，否则得2分。\n")
    assert not list(differences(read_framework(judged, "mine.yaml"))), "nothing to compare with"


def test_assumed_readings_are_listed() -> None:
    told = [said for _, said in assumed(read_framework(SMALL, "mine.yaml"))]
    assert told == ["节约：每5个百分点扣分，来源没有说明不足一档怎么扣，按“不足一档的不扣”计"]


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(args)
    return int(stopped.value.code or 0)


def test_check_refuses_with_every_line_and_warns_of_wording(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        SMALL.replace("full_marks: 10\n", "full_marks: 11\n").replace("zero_at: 120", "zero_at: -20"), "utf-8"
    )
    assert run("frameworks", "check", str(mine)) == 2
    told = capsys.readouterr()
    assert "第5行" in told.out
    assert "第38行" in told.out
    assert "mine.yaml 第5行" in told.err
    assert "共2处" in told.err
    mine.write_text(worded(TEXT.replace("≥90%", "≥95%")), "utf-8")
    assert run("frameworks", "check", str(mine)) == 0, "a difference of wording is the bureau's to judge"
    told = capsys.readouterr().out
    assert (
        f"【提醒】mine.yaml 第{line(mine.read_text('utf-8'), '资产利用率≥95%')}行：资产利用：原文的“95%”在规则里没有"
        in told
    )
    assert "【说明】mine.yaml" in told
    mine.write_text(SMALL.replace("outline: shenzhen-futian-2020", "outline: no-such"), "utf-8")
    assert run("frameworks", "check", str(mine)) == 2
    assert "mine.yaml 第6行：提纲 no-such 不能使用" in capsys.readouterr().err


def test_a_case_with_a_broken_framework_is_refused_by_every_command(
    futian_case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (futian_case / "mine.yaml").write_text(FUTIAN.replace("full_marks: 25", "full_marks: 26", 1), "utf-8")
    told = (futian_case / "case.yaml").read_text("utf-8")
    (futian_case / "case.yaml").write_text(
        told.replace("framework: shenzhen-futian-2020", "framework: mine.yaml"), "utf-8"
    )
    at = line(FUTIAN, "full_marks: 25")
    for command in (("score",), ("reconcile",), ("draft", "--out", str(futian_case / "out"))):
        assert run(command[0], str(futian_case), *command[1:]) == 2
        assert f"第{at}行：部门决策：分值 26 与下级指标合计 25 不符" in capsys.readouterr().err


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(SMALL, "utf-8")
    before = load_framework(str(mine))
    mine.write_text(SMALL.replace('marks: "0.7"', 'marks: "0.6"'), "utf-8")
    assert before.standards["assets"] != load_framework(str(mine)).standards["assets"]
    assert load_framework(str(mine)).full_marks == D(10)


def test_an_unknown_framework_says_which_there_are() -> None:
    with pytest.raises(UsageError, match="shenzhen-futian-2020"):
        load_framework("atlantis-2020")
