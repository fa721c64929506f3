"""The score table as it is read from reports of many layouts: which leaves, under which levels, with which marks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from assistant.documents import read_document
from assistant.verify.itself.marks import marks
from assistant.verify.itself.own_rule import coverage, own_rule
from assistant.verify.reading.reading import Reading
from assistant.verify.scoring import ScoreTable
from assistant.verify.scoring.rule import read_rule
from assistant.verify.scoring.worth import worths


def read(report: str, folder: Path, suffix: str = "md") -> Reading:
    path = folder / f"report.{suffix}"
    path.write_text(report, "utf-8")
    return Reading(read_document(path))


def leaves(table: ScoreTable) -> list[tuple[str, str, str, str]]:
    """Path, name, full marks and marks of each leaf."""
    return [
        (
            "/".join(table.parents[n].called for n in leaf.above),
            leaf.called,
            leaf.full.told if leaf.full else "",
            leaf.marks.told if leaf.marks else "",
        )
        for leaf in table.leaves
    ]


PAIRS = [
    ("决策/目标", "目标合理性", "4", "4"),
    ("决策/目标", "指标明确性", "6", "5"),
    ("绩效/产出", "完成率", "60", "58.5"),
    ("绩效/效益", "满意度", "30", "30"),
]
HEAD = ["名称", "分值", "名称", "分值", "名称", "分值", "评分标准", "得分情况", "扣分说明"]
ROWS = [
    ["决策", "10", "目标", "10", "目标合理性", "4", "依据充分，得4分。", "4", ""],
    ["", "", "", "", "指标明确性", "6", "清晰可衡量，得6分。", "5", "一项指标没有量化"],
    ["绩效", "90", "产出", "60", "完成率", "60", "完成率×60分。", "58.5", ""],
    ["", "", "效益", "30", "满意度", "30", "满意度≥90%，得30分。", "30", ""],
]
TOTAL = ["总得分情况", "", "", "", "", "", "", "97.5", ""]


def markdown(head: list[str], *rows: list[str]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def test_a_grid_with_blank_cells_under_merged_ones(tmp_path: Path) -> None:
    (table,) = read(markdown(HEAD, *ROWS, TOTAL), tmp_path).score_tables
    assert leaves(table) == PAIRS
    assert table.whole
    assert table.total is not None
    assert table.total.value == Decimal("97.5")
    assert [(p.called, p.full.told if p.full else "") for p in table.parents] == [
        ("决策", "10"), ("目标", "10"), ("绩效", "90"), ("产出", "60"), ("效益", "30"),
    ]  # fmt: skip


def test_each_value_has_its_place(tmp_path: Path) -> None:
    reading = read(markdown(HEAD, *ROWS, TOTAL), tmp_path)
    (table,) = reading.score_tables
    for leaf in table.leaves:
        numbers = [number.spot for number in (leaf.full, leaf.marks) if number]
        for spot in (leaf.title, *numbers, leaf.standard, leaf.reason):
            assert spot is None or reading.text.text[spot.start : spot.end] == spot.words


def test_a_docx_with_merged_cells(tmp_path: Path) -> None:
    document = Document()
    grid = document.add_table(rows=0, cols=7)
    for line in (
        ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "得分"],
        ["决策", "40", "目标", "40", "合理性", "10", "10"],
        ["决策", "40", "目标", "40", "明确性", "30", "28"],
        ["绩效", "60", "产出", "60", "完成率", "60", "60"],
        ["合计", "合计", "合计", "合计", "合计", "100", "98"],
    ):
        for cell, words in zip(grid.add_row().cells, line, strict=True):
            cell.text = words
    for column in range(4):
        first, second = grid.cell(1, column), grid.cell(2, column)
        second.text = ""
        first.merge(second)
    for column in range(1, 5):
        grid.cell(4, column).text = ""
    grid.cell(4, 0).merge(grid.cell(4, 4))
    path = tmp_path / "report.docx"
    document.save(str(path))
    (table,) = Reading(read_document(path)).score_tables
    assert leaves(table) == [
        ("决策/目标", "合理性", "10", "10"), ("决策/目标", "明确性", "30", "28"), ("绩效/产出", "完成率", "60", "60"),
    ]  # fmt: skip
    assert table.whole
    assert table.total is not None
    assert table.total.value == 98


def test_a_table_that_goes_on_over_pages(tmp_path: Path) -> None:
    """Each page repeats the heads as tables of their own, the last two pages have columns fewer, and name and share in one cell."""
    pages = (
        "评价指标\t\t\t\t\t\t评分标准\t得分情况\t扣分说明\n\n名称\t分值\t名称\t分值\t名称\t分值\t\t\t\n"
        "决策\t10\t目标\t10\t目标合理性\t4\t依据充分，得4分。\t4\t\n\n"
        "评价指标\t\t\t\t\t\t评分标准\t得分情况\t扣分说明\n\n名称\t分值\t名称\t分值\t名称\t分值\t\t\t\n"
        "\t\t\t\t指标明确性\t6\t清晰可衡量，得6分。\t5\t一项指标没有量化\n\n"
        "评价指标\t\t\t\t\t评分标准\t得分情况\t扣分说明\n\n名称\t分值\t名称\t分值\t名称\t\t\t\n"
        "绩效\t90\t产出\t60\t完成率 60\t完成率达到计划的，得60分。\t58.5\t\n"
        "\t\t效益\t30\t满意度 30\t满意度≥90%，得30分。\t30\t\n总得分情况\t\t\t\t\t\t97.5\t\n"
    )
    (table,) = read(pages, tmp_path, "txt").score_tables
    assert leaves(table) == PAIRS
    assert table.whole


def test_a_row_that_a_page_cut_in_two_is_not_judged_by_half_its_standard(tmp_path: Path) -> None:
    head = ["指标", "分值", "评分标准", "得分"]
    cut = markdown(
        head, ["制度", "40", "①有制度，得20分；", "40"], ["", "", "②有执行，得20分。", ""], ["绩效", "60", "", "60"]
    )
    reading = read(cut, tmp_path)
    assert reading.score_tables[0].leaves[0].pieced
    assert list(own_rule(reading)) == []


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["指标", "权重分值", "得分", "得分率"], ["投入管理", "20", "18", "90%"]),
        (["指标名称", "分值（分）", "自评得分"], ["投入管理（20分）", "20", "18"]),
        (["一级指标", "得分"], ["投入管理（20分）", "18"]),
        (["序号", "指标名称", "标准分", "评价得分"], ["1", "投入管理", "20", "18"]),
        (["评价指标", "", "分值", "得分"], ["1", "投入管理", "20", "18"]),
        (["一级指标", "二级指标", "权重（%）", "自评分", "复核分"], ["A投入", "A1.投入管理", "20%", "18", "15"]),
    ],
)
def test_one_row_in_many_layouts(head: list[str], row: list[str], tmp_path: Path) -> None:
    (table,) = read(markdown(head, row, row), tmp_path).score_tables
    assert leaves(table)[0][1:] == ("投入管理", "20", "18")


def test_the_official_form_with_its_funds(tmp_path: Path) -> None:
    form = markdown(
        ["部门名称", "某县统计局", "", "", "", "", ""],
        ["资金", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", "200", "210", "205.8", "10", "98%", "9.8"],
        ["其中：财政拨款", "200", "210", "205.8", "-", "98%", "-"],
        ["总体目标", "预期目标", "", "", "实际完成情况", "", ""],
        ["", "发布分析24篇", "", "", "发布分析26篇", "", ""],
        ["一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        ["产出指标", "统计分析", "≥24篇", "26篇", "90", "90", "无"],
        ["总分", "", "", "", "100", "99.8", ""],
    )
    (table,) = read(form, tmp_path).score_tables
    assert leaves(table) == [("", "年度资金总额", "10", "9.8"), ("产出指标", "统计分析", "90", "90")]
    assert table.whole
    assert table.leaves[1].target is not None
    assert table.leaves[1].target.words == "≥24篇"


def test_one_cell_a_line_without_heads(tmp_path: Path) -> None:
    """As a PDF gives it: tabs and blank lines between, names over several lines, one full mark for two leaves."""
    lines = (
        "正文到此为止，以下是附表的内容。\n \t管理\n\t预算\n执行\n\t40\n\t执行率\n\t15\n\t  看全年支出占预算的比例。\n\t执行率≥95%，得15分；\n每低5%扣1分。\n\t　13\n\n\t\n"
        "\t合规性\n\t25\n\t  看资金使用是否合规、有无挪用。\n\t每发现一处，扣2分，扣完为止。\n\t25\n\n\t绩效\n\t产出\n\t60\n\t完成率\n\t40\n\t  看完成的工作占计划的比例。\n\t　\n\t20\n\n"
        "\t及时率\n\t\n\t  看按时完成的工作占计划的比例。\n\t20\n\n\t满意度\n\t20\n\t  看服务对象满意的程度如何。\n\t≥90%，得20分。\n\t19\n\n\t合计\n\t100\n\t　\n\t97\n"
    )
    (table,) = read(lines, tmp_path, "txt").score_tables
    assert leaves(table) == [
        ("预算执行", "执行率", "15", "13"),
        ("预算执行", "合规性", "25", "25"),
        ("产出", "完成率", "40", "20"),
        ("产出", "及时率", "", "20"),
        ("产出", "满意度", "20", "19"),
    ]
    assert table.leaves[3].shares_full
    assert table.leaves[0].standard is not None
    assert table.leaves[0].standard.words.startswith("执行率≥95%")
    assert table.total is not None
    assert table.total.value == 97


def test_marks_that_only_the_prose_says(tmp_path: Path) -> None:
    report = (
        "（1）编制质量\n\n编得细。该指标分值30分，自评得分28分。\n\n（2）执行进度\n\n按序时。该指标分值为30分，得29.5分。\n\n"
        "履职效果（40分），得39分。\n"
    )
    (table,) = read(report, tmp_path).score_tables
    assert table.source == "prose"
    assert leaves(table) == [("", "编制质量", "30", "28"), ("", "执行进度", "30", "29.5"), ("", "履职效果", "40", "39")]


@pytest.mark.parametrize(
    "report",
    [
        "本年度工作总体平稳。\n",
        markdown(["项目", "年初预算数", "决算数"], ["基本支出", "120", "118"], ["项目支出", "80", "75"]),
        markdown(["姓名", "笔试得分", "面试得分"], ["甲", "80", "85"]),
        "| 20 | 18 |\n| 30 | 29 |\n",
    ],
)
def test_what_is_no_score_table_is_not_read_as_one(report: str, tmp_path: Path) -> None:
    reading = read(report, tmp_path)
    assert reading.score_tables == ()
    assert coverage(reading) == ("没有读出评分表：分值、得分合计和评分标准都没有核对。",)


def test_coverage_says_what_was_not_checked_and_why(tmp_path: Path) -> None:
    head = ["三级指标", "分值", "评分标准", "得分"]
    rows = [
        ["预算执行率", "10", "预算执行率≥95%，得10分；预算执行率＜95%，得5分。", "10"],
        ["采购执行率", "10", "采购执行率≥95%，得10分；采购执行率＜95%，得5分。", "10"],
        ["履职成效", "60", "由评价组综合判断。", "58"],
        ["社会影响", "20", "", "20"],
    ]
    lines = coverage(read("全年预算执行率为97%。\n\n" + markdown(head, *rows), tmp_path))
    assert "末级指标4项" in lines[0]
    assert "复算得分1项" in lines[0]
    assert "已核对" in lines[0]
    assert [line for line in lines if "1项没有印评分标准" in line]
    assert [line for line in lines if "1项的评分标准靠定性判断" in line]
    assert [line for line in lines if "1项的评分标准可以复算，但报告没有写出" in line]


def test_a_table_that_was_not_read_whole_is_not_summed(tmp_path: Path) -> None:
    reading = read(
        markdown(["指标", "分值", "得分"], ["管理", "40", "38"], ["绩效", "60", ""], ["合计", "100", "98"]), tmp_path
    )
    assert list(marks(reading)) == []
    assert "合计没有核对（有指标没有得分）" in coverage(reading)[0]


@pytest.mark.parametrize(
    ("standard", "full", "value", "allowed"),
    [
        ("支出率≥95%，得5分；80%（含）-95%，得3分；＜80%，得0分。", "5", "95", ["5"]),
        ("支出率≥95%，得5分；80%（含）-95%，得3分；＜80%，得0分。", "5", "80", ["3"]),
        ("支出率≤6%，得2分；6%-12%（含），得1分；＞12%，得0分。", "2", "12", ["1"]),
        ("90%以上计5分；80%-90%计3分；80%以下不得分。", "5", "90", ["3", "5"]),
        ("100%计满分，每低于5%扣2分，扣完为止。", "5", "92", ["1", "1.8", "3"]),
        ("支出率不低于95%的得满分，低于60%不得分，其余按比例得分。", "10", "57", ["0"]),
        ("得分=支出率×8分，最高得8分。", "8", "101", ["8"]),
    ],
)
def test_a_rule_in_words_gives_its_marks(standard: str, full: str, value: str, allowed: list[str]) -> None:
    rule = read_rule(standard, Decimal(full), "支出率")
    assert rule is not None
    assert set(map(Decimal, allowed)) <= set(rule.marks(Decimal(value)))
    assert all(any(abs(mark - Decimal(one)) < 1 for one in allowed) for mark in rule.marks(Decimal(value)))


@pytest.mark.parametrize(
    "standard",
    [
        "酌情扣分。",
        "一季度支出率×1分；全年支出率×2分。",
        "发现一处扣1分，扣完为止。",
        "①有制度，得1分；②有执行，得2分。",
        "采购率≥95%，得3分。",
    ],
)
def test_a_rule_of_another_kind_is_not_guessed(standard: str) -> None:
    assert read_rule(standard, Decimal(3), "支出率") is None


def test_what_a_standard_is_worth() -> None:
    assert Decimal(5) in worths("①有制度，得1分；②手续全，得2分；③账实相符，得2分。")
    assert Decimal(3) not in worths("1.目标齐全（8分）；2.不合要求的一项扣1分。")
    assert worths("达到目标的得满分，否则按比例。") == frozenset()


def test_marks_told_in_a_row_in_one_sentence(tmp_path: Path) -> None:
    report = "一是投入，满分15分，自评得14.5分；二是过程，满分25分，自评得23分；三是产出，满分60分，自评得59分。\n"
    (table,) = read(report, tmp_path).score_tables
    assert leaves(table) == [("", "投入", "15", "14.5"), ("", "过程", "25", "23"), ("", "产出", "60", "59")]
