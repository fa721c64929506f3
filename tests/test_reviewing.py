"""review-batch: what units handed in, what is told each of them, and what became of earlier opinions."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assistant.cli import main
from assistant.documents import read_document
from assistant.errors import FrameworkError, InputError, UsageError
from assistant.findings import Finding
from assistant.reviewing import Reviewed, batch, review_batch
from assistant.reviewing.naming import unit_in_name
from assistant.reviewing.opinion import Opinion
from assistant.reviewing.rules import read_rules, review_rules

PARK, LIBRARY, SCHOOL = "云桥市园林管理中心", "青石县图书馆", "南屏县第二中学"
GOOD = """# {unit}2023年度部门整体支出绩效自评报告

## 一、基本情况

{unit}2023年全年预算数500.00万元，决算支出480.00万元，其中：基本支出300.00万元、项目支出{project}万元，预算执行率{rate}%。

## 二、自评结论

{unit}2023年度部门整体支出绩效自评得分95分，等级为优。

{more}
"""
CARS = "“三公”经费支出10.00万元，其中：公务接待费6.00万元、公务用车运行维护费6.00万元。\n"
STAFF = "全年采购支出80.00万元，其中：货物50.00万元、服务40.00万元。\n"
COPIED = "流动书车全年停靠村口和校门口412次，借出图书28,640册，其中少儿绘本占四成；读者留言本收到意见93条，催还提醒由电话改成短信以后，逾期率降了一半。"


def written(folder: Path, unit: str, name: str = "", **changed: str) -> Path:
    """A report that is in order unless `changed`."""
    told = {"project": "180.00", "rate": "96", "more": ""} | changed
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"{unit}自评报告.md")
    path.write_text(GOOD.format(unit=unit, **told), "utf-8")
    return path


def of(reviewed: Reviewed, unit: str) -> Opinion:
    (found,) = (one for one in reviewed.opinions if one.unit == unit)
    return found


def score_sheet(path: Path, marks: tuple[int, ...], total: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["部门整体支出绩效自评表"])
    sheet.append(["一级指标", "三级指标", "分值", "得分"])
    for number, mark in enumerate(marks, 1):
        sheet.append(["产出", f"完成任务{number}", 100 // len(marks), mark])
    sheet.append(["合计", None, 100, total])
    book.save(path)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "报来的"
    written(folder / PARK, PARK)
    written(folder, LIBRARY, project="170.00")
    return folder


def test_every_unit_is_told_what_is_wrong_where_by_which_rule_and_how_to_mend_it(root: Path, tmp_path: Path) -> None:
    reviewed = review_batch(root, tmp_path / "out", jobs=1)
    assert {one.unit: one.state for one in reviewed.opinions} == {PARK: "复核通过", LIBRARY: "退回"}
    assert (of(reviewed, PARK).total, of(reviewed, PARK).grade, of(reviewed, PARK).year) == ("95", "优", "2023")
    (item,) = of(reviewed, LIBRARY).items
    assert (item.severity, item.code, item.rule, item.sends_back) == ("error", "arithmetic", 10, True)
    assert "基本情况" in item.place
    assert item.place not in item.problem
    assert "10.00万元" in item.problem
    assert item.mend.startswith("请")
    assert item.mend not in item.problem


def test_the_sheet_says_it_and_leaves_room_for_pens(root: Path, tmp_path: Path) -> None:
    review_batch(root, tmp_path / "out", jobs=1)
    text = read_document(tmp_path / "out" / "审核意见单" / f"{LIBRARY}.docx")
    item = json.loads((tmp_path / "out" / "审核意见单" / f"{LIBRARY}.json").read_text("utf-8"))["items"][0]
    assert LIBRARY in text.text
    assert all(item[part] in text.text for part in ("place", "problem", "mend", "rule_title"))
    rule = next(one for one in review_rules().rules if one.number == item["rule"])
    assert rule.rule in text.text
    cells = [text.text[c.start : c.end] for block in text.blocks for c in block.cells]
    for pen in ("审核人", "审核日期", "复核人", "单位签收"):
        assert cells[cells.index(pen) + 1] == ""


def test_the_register_lists_all_with_their_state(root: Path, tmp_path: Path) -> None:
    (root / "units.yaml").write_text(f"units:\n- {SCHOOL}\n- {LIBRARY}\n- {PARK}\n", "utf-8")
    review_batch(root, tmp_path / "out", jobs=1)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "台账.xlsx")["台账"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(row[1], row[3]) for row in rows] == [(SCHOOL, "未报"), (LIBRARY, "退回"), (PARK, "复核通过")]
    assert rows[1][5] == 1
    assert "10.00万元" in rows[1][10]


def test_a_roster_may_be_a_workbook(root: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["应报单位名单", None], ["序号", "单位名称"], [1, SCHOOL], [2, PARK]):
        book.active.append(row)
    book.save(root / "应报单位名单.xlsx")
    reviewed = review_batch(root, tmp_path / "out", jobs=1)
    assert of(reviewed, SCHOOL).state == "未报"
    assert "不在名单" in of(reviewed, LIBRARY).remark


def test_a_roster_that_is_none_is_refused(root: Path, tmp_path: Path) -> None:
    (root / "units.yaml").write_text("单位: 3\n", "utf-8")
    with pytest.raises(InputError, match=r"units\.yaml"):
        review_batch(root, tmp_path / "out", jobs=1)


def test_one_that_cannot_be_read_does_not_stop_the_others(root: Path, tmp_path: Path) -> None:
    (root / "北川县档案馆自评报告.docx").write_bytes(b"PK\x03\x04 broken")
    (root / "西坪镇人民政府.md").write_text("秘密★一年\n\n西坪镇人民政府自评报告，支出3万元。\n", "utf-8")
    reviewed = review_batch(root, tmp_path / "out", jobs=2)
    assert len(reviewed.opinions) == 4
    for unit, reason in (("北川县档案馆", "docx"), ("西坪镇人民政府", "密级")):
        one = of(reviewed, unit)
        assert one.state == "退回"
        assert reason in one.items[0].problem
    assert "3万元" not in (tmp_path / "out" / "review.json").read_text("utf-8")


def _dies(submission: Any) -> Any:
    if SCHOOL in submission.name:
        os._exit(9)
    return batch.__dict__["_real"](submission)


def test_a_file_that_kills_its_process_is_told_of(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(root / SCHOOL, SCHOOL)
    monkeypatch.setitem(batch.__dict__, "_real", batch.check_submission)
    monkeypatch.setattr(batch, "check_submission", _dies)
    reviewed = review_batch(root, tmp_path / "out", jobs=2)
    assert of(reviewed, PARK).state == "复核通过"
    assert "中断" in of(reviewed, SCHOOL).items[0].problem


def test_the_score_table_handed_in_is_held_against_the_report(root: Path, tmp_path: Path) -> None:
    score_sheet(root / PARK / "自评表.xlsx", (24, 24, 24, 21), 93)
    reviewed = review_batch(root, tmp_path / "out", jobs=1)
    problems = [item for item in of(reviewed, PARK).items if item.severity == "error"]
    assert of(reviewed, PARK).state == "退回"
    assert any("93" in item.problem and "95" in item.problem and item.rule == 2 for item in problems)


def test_a_score_table_that_agrees_says_nothing(root: Path, tmp_path: Path) -> None:
    score_sheet(root / PARK / "自评表.xlsx", (24, 24, 24, 23), 95)
    assert of(review_batch(root, tmp_path / "out", jobs=1), PARK).count("error") == 0


def test_a_table_alone_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "in" / SCHOOL).mkdir(parents=True)
    score_sheet(tmp_path / "in" / SCHOOL / "自评表.xlsx", (24, 24, 24, 23), 95)
    one = of(review_batch(tmp_path / "in", tmp_path / "out", jobs=1), SCHOOL)
    assert one.state == "退回"
    assert "没有自评报告" in one.items[0].problem


def test_a_resubmission_is_held_against_its_opinions(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    written(root, LIBRARY, project="170.00", more=CARS)
    first = of(review_batch(root, out, jobs=1), LIBRARY)
    assert (first.round, first.count("error")) == (1, 2)
    written(root, LIBRARY, more=f"{CARS}\n{STAFF}")
    second = of(review_batch(root, out, jobs=1), LIBRARY)
    assert (second.round, second.state) == (2, "退回")
    outcomes = {one.outcome for one in second.earlier}
    assert outcomes == {"已改", "未改"}
    assert {item.outcome for item in second.items if item.severity != "info"} == {"未改", "新增"}
    written(root, LIBRARY)
    third = of(review_batch(root, out, jobs=1), LIBRARY)
    assert third.state == "复核通过"
    assert {one.outcome for one in third.earlier} == {"已改"}
    kept = {path.name for path in (out / "以前的审核意见单").iterdir()}
    assert {f"{LIBRARY}-第1次.docx", f"{LIBRARY}-第2次.docx"} <= kept


def test_the_same_file_again_is_said_to_be_the_same(root: Path, tmp_path: Path) -> None:
    review_batch(root, tmp_path / "one", jobs=1)
    again = of(review_batch(root, tmp_path / "two", previous=tmp_path / "one", jobs=1), LIBRARY)
    assert again.unchanged
    assert [one.outcome for one in again.earlier] == ["未改"]
    text = read_document(tmp_path / "two" / "审核意见单" / f"{LIBRARY}.docx").text
    assert "同一个文件" in text


def test_who_hands_in_nothing_new_keeps_the_last_result(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    review_batch(root, out, jobs=1)
    only = tmp_path / "再报"
    written(only, PARK)
    kept = of(review_batch(only, out, jobs=1), LIBRARY)
    assert (kept.state, kept.round, kept.carried) == ("退回", 1, True)
    assert (out / "审核意见单" / f"{LIBRARY}.docx").is_file()
    written(only, LIBRARY)
    assert of(review_batch(only, out, jobs=1), LIBRARY).state == "复核通过"


def test_copies_within_the_batch_and_from_last_year_are_told(tmp_path: Path) -> None:
    root, before = tmp_path / "in", tmp_path / "2022"
    written(root, PARK, more=f"## 三、主要履职情况\n\n{COPIED}\n")
    written(root, LIBRARY, more=f"## 三、主要履职情况\n\n{COPIED}\n")
    written(root, SCHOOL, more=f"## 三、存在的问题\n\n{COPIED.replace('412', '377').replace('28,640', '9,001')}\n")
    written(before, SCHOOL, more=f"## 三、存在的问题\n\n{COPIED.replace('412', '377').replace('28,640', '9,001')}\n")
    reviewed = review_batch(root, tmp_path / "out", last_year=before, jobs=1)
    item = next(item for item in of(reviewed, PARK).items if item.code == "similarity")
    assert (item.severity, item.rule) == ("error", 20)
    assert LIBRARY in item.problem
    pairs = json.loads((tmp_path / "out" / "review.json").read_text("utf-8"))["similar"]
    assert any(p["right"]["last_year"] and p["left"]["unit"] == p["right"]["unit"] == SCHOOL for p in pairs)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "台账.xlsx")["雷同"]
    assert sheet.max_row == len(pairs) + 1


def test_the_unit_comes_from_the_report_where_the_file_does_not_say_it(tmp_path: Path) -> None:
    written(tmp_path / "in", PARK, name="1.md")
    assert [one.unit for one in review_batch(tmp_path / "in", tmp_path / "out", jobs=1).opinions] == [PARK]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("3_青石县图书馆2023年度部门整体支出绩效自评报告（终稿）", LIBRARY),
        ("2023年度自评报告-云桥市园林管理中心", PARK),
        ("附件1 南屏县第二中学", SCHOOL),
        ("甲区民政局", "甲区民政局"),
        ("自评报告", ""),
        ("report", ""),
    ],
)
def test_the_unit_in_a_files_name(name: str, unit: str) -> None:
    assert unit_in_name(name) == unit


def test_a_folder_with_something_else_is_left_alone(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "别人的.txt").write_text("x", "utf-8")
    with pytest.raises(UsageError, match="已有别的文件"):
        review_batch(root, out, jobs=1)
    assert [path.name for path in out.iterdir()] == ["别人的.txt"]


def test_the_command_exits_with_1_where_a_report_is_sent_back(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*more: str) -> int:
        with pytest.raises(SystemExit) as ended:
            main(["review-batch", str(root), "--out", str(tmp_path / "out"), "--jobs", "1", *more])
        return int(ended.value.code or 0)

    assert run("--json", "-") == 1
    data = json.loads(capsys.readouterr().out)
    assert data["states"] == {"未报": 0, "已报": 0, "退回": 1, "复核通过": 1}
    written(root, LIBRARY)
    assert run() == 0
    assert "台账" in capsys.readouterr().out
    (tmp_path / "empty").mkdir()
    root = tmp_path / "empty"
    assert run() == 2


def test_there_are_twenty_rules_and_every_one_can_be_spoken_to() -> None:
    rules = review_rules()
    assert sorted(rule.number for rule in rules.rules) == list(range(1, 21))
    for rule in rules.rules:
        spoken = [
            Finding(code, "error", word)
            for one in rule.speaks
            for code in one.codes
            for word in (one.words or ("此处",))
        ]
        found = [rules.rule_of(finding) for finding in spoken]
        assert any(one is not None and one[0].number == rule.number for one in found), rule.number


def test_what_sends_a_report_back_is_the_bureaus_to_say() -> None:
    rules = review_rules().model_dump(mode="json")
    rules["send_back"] = {"severities": [], "codes": ["repetition"], "never": ["similarity"]}
    changed = read_rules(json.dumps(rules, ensure_ascii=False), "本局.yaml")
    assert changed.sends_back(Finding("repetition", "warning", "x"))
    assert not changed.sends_back(Finding("arithmetic", "error", "x"))
    assert not changed.sends_back(Finding("similarity", "error", "x"))


def test_a_bureaus_own_rules_lie_with_the_reports(root: Path, tmp_path: Path) -> None:
    rules = review_rules().model_dump(mode="json")
    rules["send_back"] = {"severities": [], "codes": [], "never": []}
    next(rule for rule in rules["rules"] if rule["number"] == 10)["rule"] = "本局规定分项必须等于合计"
    (root / "review.yaml").write_text(json.dumps(rules, ensure_ascii=False), "utf-8")
    assert of(review_batch(root, tmp_path / "out", jobs=1), LIBRARY).state == "已报"
    assert "本局规定分项必须等于合计" in read_document(tmp_path / "out" / "审核意见单" / f"{LIBRARY}.docx").text


@pytest.mark.parametrize("fault", ["number: 2", "sends: x", "codes: [nonsense]"])
def test_rules_that_are_not_right_are_refused_with_their_line(fault: str) -> None:
    rule = "{number: 2, title: 甲, rule: 乙, mend: 丙, speaks: [{codes: [rule]}]}"
    wrong = rule.replace("number: 2", fault) if fault.startswith("sends") else rule.replace("codes: [rule]", fault)
    lines = [rule, rule if fault == "number: 2" else wrong]
    text = "checked: 2025-06\nsend_back: {severities: [error]}\nrules:\n" + "".join(f"  - {line}\n" for line in lines)
    with pytest.raises(FrameworkError, match=r"本局\.yaml"):
        read_rules(text, "本局.yaml")
