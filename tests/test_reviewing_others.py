"""review-batch: reports that are another unit's, files that are nobody's report, and what a right score table prints."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from assistant.documents import markdown
from assistant.reviewing import Reviewed, review_batch
from assistant.reviewing.opinion import Opinion
from assistant.reviewing.strangers import strangers

LIBRARY, BRANCH, SCHOOL, BUREAU = "青石县图书馆", "青石县图书馆少儿分馆", "南屏县第二中学", "沐河区财政局"
UNITS = (LIBRARY, BRANCH, SCHOOL, BUREAU, "望川市委组织部", "沐河区委组织部", "沐河区教育局")
NOTICE = "为规范各单位填报，各类台账须在每季度末由经办人和主管人分别签字，缺签的视为没有报送，退回补正后重新计时。"
OWN = {
    LIBRARY: "古籍修复室修完县志残本36册，请老教师校对，差错清单贴在书后。阅览桌换成可升降的样式，老年读者坐得住了。",
    SCHOOL: "理化生实验改为两人一组，器材损耗由备课组登记，期末当众盘点。食堂公布每周采购价，家长代表轮流尝菜打分。",
}


def report(unit: str, *more: str) -> str:
    lines = (
        f"# {unit}2023年度部门整体支出绩效自评报告", "## 一、主要履职情况", OWN[unit], *more,
        "## 二、自评结论", f"{unit}2023年度部门整体支出绩效自评得分95分，等级为优。",
    )  # fmt: skip
    return "\n\n".join(lines) + "\n"


def handed_in(folder: Path, name: str, words: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(words, "utf-8")


def of(reviewed: Reviewed, unit: str) -> Opinion:
    (found,) = (one for one in reviewed.opinions if one.unit == unit)
    return found


def spoken_of(words: str, unit: str) -> list[str]:
    return [finding.quote for finding in strangers(markdown.read("x.md", words.encode()), unit, UNITS)]


@pytest.mark.parametrize(
    "words",
    [
        f"{SCHOOL}2023年度部门整体支出绩效自评得分95分。",
        f"对照标准，{SCHOOL}2023年度整体支出绩效自评总得分为95分。",
        f"我校（{SCHOOL}）全年支出300万元。",
        f"{SCHOOL}内设5个处室。",
        f"{SCHOOL}（以下简称“我校”）是公益一类事业单位。",
    ],
)
def test_a_report_that_speaks_as_another_unit(words: str) -> None:
    assert spoken_of(words, LIBRARY) == [SCHOOL]


@pytest.mark.parametrize(
    "words",
    [
        f"联合{BUREAU}抽查12家，{BUREAU}年中压减项目支出30万元。",
        "报望川市委组织部同意后，沐河区委组织部印发名单。",
        f"收到{SCHOOL}自评报告并复核，组织沐河区教育局、{SCHOOL}开展自评。",
        f"按照{BUREAU}2023年度部门整体支出绩效自评工作通知的要求填报。",
        f"{BUREAU}批复年初预算500万元。",
        f"{SCHOOL}附属小学2023年度绩效自评已完成。",
        f"所属单位包括{SCHOOL}。{SCHOOL}内设5个处室。",
        f"{LIBRARY}2023年度部门整体支出绩效自评得分90分。",
    ],
)
def test_names_of_others_that_are_rightly_there(words: str) -> None:
    assert spoken_of(words, BRANCH) == []


def test_who_hands_in_anothers_report_is_told_and_the_other_passes(tmp_path: Path) -> None:
    handed_in(tmp_path / "in" / LIBRARY, "自评报告.md", report(LIBRARY))
    handed_in(tmp_path / "in" / SCHOOL, "自评报告.md", report(LIBRARY))
    reviewed = review_batch(tmp_path / "in", tmp_path / "out", jobs=1)
    assert of(reviewed, LIBRARY).state == "复核通过"
    wrong = of(reviewed, SCHOOL)
    assert wrong.state == "退回"
    assert any(item.rule == 19 and LIBRARY in item.problem for item in wrong.items)
    assert reviewed.pairs


def test_a_second_report_in_a_folder_is_told_and_is_no_table(tmp_path: Path) -> None:
    handed_in(tmp_path / "in" / LIBRARY, f"{LIBRARY}自评报告.md", report(LIBRARY))
    handed_in(tmp_path / "in" / LIBRARY, f"{LIBRARY}自评报告（修改稿）.md", report(LIBRARY))
    one = of(review_batch(tmp_path / "in", tmp_path / "out", jobs=1), LIBRARY)
    assert one.state == "复核通过"
    assert "修改稿" in one.remark
    assert "哪份为准" in one.remark


@pytest.mark.parametrize("issued", [True, False])
def test_what_the_bureau_issued_is_nobodys_to_copy(tmp_path: Path, issued: bool) -> None:
    for unit in (LIBRARY, SCHOOL):
        handed_in(tmp_path / "in", f"{unit}自评报告.md", report(unit, NOTICE))
    if issued:
        handed_in(tmp_path / "in", "关于做好自评工作的通知.md", f"# 通知\n\n{NOTICE}\n")
    reviewed = review_batch(tmp_path / "in", tmp_path / "out", jobs=1)
    assert {one.unit for one in reviewed.opinions} == {LIBRARY, SCHOOL}
    assert bool(reviewed.pairs) is not issued


def score_sheet(path: Path, marks: tuple[object, ...]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["部门整体支出绩效自评表"], ["一级指标", "三级指标", "分值", "得分", "得分率"]):
        sheet.append(row)
    for number, mark in enumerate(marks, 1):
        sheet.append(["产出", f"完成任务{number}", 25, mark, None])
    sheet.append(["合计", None, 100, 95, None])
    for row, value in ((3, 23 / 25), (4, 1.0), (5, 1.0), (6, 22 / 25), (7, 0.95)):
        sheet.cell(row, 5, value).number_format = "0.00%"
    book.save(path)


@pytest.mark.parametrize("full", ["25（视同满分）", "视同满分", "25（不适用，视同满分）"])
def test_an_indicator_that_does_not_apply_and_has_its_marks_sends_nothing_back(tmp_path: Path, full: str) -> None:
    handed_in(tmp_path / "in" / LIBRARY, f"{LIBRARY}自评报告.md", report(LIBRARY))
    score_sheet(tmp_path / "in" / LIBRARY / "自评表.xlsx", (23, 25, full, 22))
    assert of(review_batch(tmp_path / "in", tmp_path / "out", jobs=1), LIBRARY).state == "复核通过"
    score_sheet(tmp_path / "in" / LIBRARY / "自评表.xlsx", (23, 25, full, 20))
    assert of(review_batch(tmp_path / "in", tmp_path / "out", jobs=1), LIBRARY).state == "退回"


def test_a_rate_that_a_formula_left_with_all_its_digits_is_right(tmp_path: Path) -> None:
    handed_in(tmp_path / "in" / LIBRARY, f"{LIBRARY}自评报告.md", report(LIBRARY))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["一级指标", "三级指标", "分值", "得分", "得分率"])
    for number, (full, mark) in enumerate(((30, 30), (30, 30), (37, 33), (3, 2)), 1):
        sheet.append(["产出", f"完成任务{number}", full, mark, mark / full])
        sheet.cell(number + 1, 5).number_format = "0.00%"
    sheet.append(["合计", None, 100, 95, 0.95])
    sheet["E6"].number_format = "0.00%"
    book.save(tmp_path / "in" / LIBRARY / "评分表.xlsx")
    assert of(review_batch(tmp_path / "in", tmp_path / "out", jobs=1), LIBRARY).count("error") == 0


def test_an_indicator_whose_marks_went_to_others_is_right(tmp_path: Path) -> None:
    handed_in(tmp_path / "in" / LIBRARY, f"{LIBRARY}自评报告.md", report(LIBRARY))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["一级指标", "三级指标", "分值", "评分标准", "得分", "说明"],
        ["投入", "“三公”经费变动率", 0, "由填报单位据实评分，满分4分", 0, "不适用，不计分，分值并入同级指标"],
        ["投入", "在职人员控制率", 9, "控制率不超过100%的，得9分", 9, ""],
        ["产出", "完成任务", 91, "由填报单位据实评分，满分91分", 86, "一项顺延"],
        ["合计", None, 100, None, 95, None],
    ):
        sheet.append(row)
    book.save(tmp_path / "in" / LIBRARY / "评分表.xlsx")
    assert of(review_batch(tmp_path / "in", tmp_path / "out", jobs=1), LIBRARY).count("error") == 0


def test_two_sums_over_the_figures_of_one_paragraph_are_one_opinion(tmp_path: Path) -> None:
    handed_in(tmp_path / "in" / LIBRARY, f"{LIBRARY}自评报告.md", report(
        LIBRARY, "“三公”经费支出10.00万元，其中：公务接待费6.00万元、公务用车运行维护费6.00万元。",
        "年初结转结余20.00万元，本年收入500.00万元，本年支出480.00万元，年末结转结余52.00万元。",
    ))  # fmt: skip
    items = [
        item for item in of(review_batch(tmp_path / "in", tmp_path / "out", jobs=1), LIBRARY).items
        if item.severity != "info"
    ]  # fmt: skip
    assert sorted(item.rule for item in items) == [11, 12]
