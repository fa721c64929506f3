"""A bureau's own 评分表 becomes a draft framework: tree, shares and wording to the letter; what did not fit is told."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import made_forms as forms
import openpyxl
import pytest
from made_case import made_case
from made_forms import STANDARD, TREE, tree

from assistant.cli import main
from assistant.errors import InputError
from assistant.frameworks import Indicator, framework_ids, load_framework
from assistant.intake import load_case, write_template
from assistant.intake.forms import Imported, import_form
from assistant.scorecard import score


def leaf(draft: Imported, name: str) -> Indicator:
    return next(found.indicator for found in draft.framework.leaves() if found.indicator.name == name)


@pytest.mark.parametrize(
    ("make", "file"),
    [
        (forms.shares_beside_levels, "form.xlsx"),
        (forms.two_row_head, "form.xlsx"),
        (forms.over_pages, "form.docx"),
    ],
)
def test_one_form_in_three_layouts_gives_one_tree(make: Callable[[Path], Path], file: str, tmp_path: Path) -> None:
    draft = import_form(make(tmp_path / file))
    assert tree(draft.framework) == TREE
    assert draft.framework.full_marks == 100.5
    assert "85%（含）至95%的，得4分" in leaf(draft, "预算执行率").official_text
    assert leaf(draft, "在职人员控制率").official_text == "每超1个百分点扣1分，扣完为止。"
    assert {part.rule.kind for found in draft.framework.leaves() for part in found.indicator.parts} == {"judged"}


def test_wording_keeps_its_lines_and_a_comment_shows_its_numbers(tmp_path: Path) -> None:
    draft = import_form(forms.shares_beside_levels(tmp_path / "form.xlsx"))
    assert leaf(draft, "预算执行率").official_text == STANDARD
    assert draft.framework.standards[leaf(draft, "预算执行率").id] == STANDARD
    assert leaf(draft, "预算执行率").description == "实际支出与预算之比"
    assert "# 原文中的数：95%、6分、85%（含）至95%、4分、85%" in draft.text
    assert "# 没有印评分标准" in draft.text


def test_ids_are_those_of_shipped_leaves_of_the_same_name_else_ordinals(tmp_path: Path) -> None:
    draft = import_form(forms.shares_beside_levels(tmp_path / "form.xlsx"))
    ids = {found.indicator.name: found.indicator.id for found in draft.framework.leaves()}
    assert ids["预算编制质量"] == "i1_1_1"
    shipped: dict[str, set[str]] = {}
    for id in framework_ids():
        for found in load_framework(id).leaves():
            shipped.setdefault(found.indicator.name, set()).add(found.indicator.id)
    for name in ("重点工作完成率", "预算执行率", "在职人员控制率"):
        known = shipped.get(name, set())
        assert ids[name] in known if len(known) == 1 else ids[name].startswith("i")
    assert [node.id for node in draft.framework.indicators] == ["i1", "i2"]


def test_what_does_not_add_up_is_kept_and_told_with_its_cell(tmp_path: Path) -> None:
    draft = import_form(forms.shares_beside_levels(tmp_path / "form.xlsx"))
    effect = draft.framework.indicators[1]
    assert (effect.full_marks, effect.printed_full_marks) == (70.5, 70)
    told = "\n".join(draft.told)
    assert "附件2!A7：“效果”印作70分，下级合计70.5分" in told
    assert "合计行印作100分，各项指标合计100.5分" in told
    assert "附件2!A10：按说明文字处理" in told
    assert "填报说明：没有评分表的表头" in told


def test_a_head_that_nobody_knows_is_told_with_its_cell(tmp_path: Path) -> None:
    draft = import_form(forms.two_row_head(tmp_path / "form.xlsx"))
    assert "Sheet!H1：看不懂表头“五色等级”，这一列没有采用" in draft.told


def test_name_place_and_year_come_from_the_title(tmp_path: Path) -> None:
    framework = import_form(forms.shares_beside_levels(tmp_path / "form.xlsx")).framework
    assert (framework.name, framework.place, framework.year) == (
        "清江县2023年度部门整体支出绩效评价指标评分表",
        "清江县",
        2023,
    )
    assert import_form(forms.over_pages(tmp_path / "form.docx")).framework.year == 2023


def test_weights_that_add_up_to_one_and_marks_on_top(tmp_path: Path) -> None:
    draft = import_form(forms.two_levels_and_bonus(tmp_path / "2022年评分表.xlsx"))
    assert tree(draft.framework)[:2] == [
        ("管理", "40", [("预算执行率", "15"), ("内控制度", "25")]), ("绩效", "60", [("年度目标完成率", "60")]),
    ]  # fmt: skip
    assert draft.framework.year == 2022
    extra = leaf(draft, "受到表彰")
    assert (extra.bonus, extra.full_marks, extra.parts[0].rule.most) == (True, 0, 3)
    assert "awards" in draft.framework.sheets
    assert "各项权重合计为1，已乘以100" in draft.told


def test_leaves_without_shares_stand_together_as_their_parent(tmp_path: Path) -> None:
    draft = import_form(forms.only_upper_shares(tmp_path / "form.xlsx"))
    assert tree(draft.framework) == [
        ("投入", "40", [("预算", "40")]),
        ("产出", "60", [("数量", "60", [("完成率", "60")])]),
    ]
    assert leaf(draft, "预算").official_text == "编制规范的得分。\n按执行率得分。"
    assert any("下级指标没有分值，合并为一项（编制、执行）" in line for line in draft.told)


HEAD = ["一级指标", "二级指标", "三级指标", "分值", "评分标准"]


def typed(path: Path, rows: Sequence[Sequence[object]], *merges: str) -> Imported:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merges:
        book.active.merge_cells(area)
    book.save(path)
    return import_form(path)


@pytest.mark.parametrize(
    ("rows", "merges", "wanted"),
    [
        # the names repeated in every row
        ([HEAD, ["投入", "预算", "甲", 25, ""], ["投入", "预算", "乙", 15, ""], ["产出", "数量", "丙", 60, ""]], [],
         [("投入", "40", [("预算", "40", [("甲", "25"), ("乙", "15")])]), ("产出", "60", [("数量", "60", [("丙", "60")])])]),
        # the first level as rows over the whole width
        ([["序号", *HEAD[1:]], ["一、投入（40分）"], [1, "预算", "甲", 40, ""], ["二、产出"], [2, "数量", "丙", 60, ""]], ["A2:E2", "A4:E4"],
         [("一、投入", "40", [("预算", "40", [("甲", "40")])]), ("二、产出", "60", [("数量", "60", [("丙", "60")])])]),
        # one level only
        ([["序号", "指标名称", "分值", "评分标准"], [1, "甲", 25, ""], [2, "乙", "75分", ""], ["合计", "", 100, ""]], [],
         [("甲", "25"), ("乙", "75")]),
        # weights in %
        ([["一级指标", "权重", "二级指标", "权重", "评分细则"], ["投入", "40%", "甲", "40%", ""], ["产出", "60%", "乙", "60%", ""]], [],
         [("投入", "40", [("甲", "40")]), ("产出", "60", [("乙", "60")])]),
        # several rows, each with its marks, for one indicator
        ([[HEAD[0], *HEAD[2:]], ["投入", "甲", 10, "好的得10分"], ["", "", 5, "快的得5分"], ["产出", "乙", 85, ""]], ["A2:A3", "B2:B3"],
         [("投入", "15", [("甲", "15")]), ("产出", "85", [("乙", "85")])]),
    ],
)  # fmt: skip
def test_more_ways_to_draw_a_form(
    rows: list[list[object]], merges: list[str], wanted: list[object], tmp_path: Path
) -> None:
    assert tree(typed(tmp_path / "form.xlsx", rows, *merges).framework) == wanted


def test_whatever_stands_in_a_cell_is_text_and_never_yaml(tmp_path: Path) -> None:
    standard = "x: - [a] # {b}\n≥９０％得满分；“引号” \\n 'q' \"d\""
    draft = typed(tmp_path / "a: b #.xlsx", [HEAD, ["'投入': {a}", "- 乙", 'a"#', 100, standard]])
    assert tree(draft.framework) == [("'投入': {a}", "100", [("- 乙", "100", [('a"#', "100")])])]
    assert leaf(draft, 'a"#').official_text == standard


@pytest.mark.needs_soffice
@pytest.mark.parametrize(("make", "file"), [(forms.shares_beside_levels, "form.xlsx"), (forms.over_pages, "form.docx")])
def test_a_form_that_libreoffice_saved(make: Callable[[Path], Path], file: str, tmp_path: Path) -> None:
    made = make(tmp_path / file)
    command = [shutil.which("soffice") or "soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", made.suffix[1:], "--outdir", str(tmp_path / "saved"), str(made)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert tree(import_form(tmp_path / "saved" / file).framework) == TREE


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda sheet: sheet.delete_rows(3), "没有读到评分表"),
        (lambda sheet: sheet.__setitem__("F6", None), "“在职人员控制率”没有印分值，按“人员”余下的12分计"),
        (lambda sheet: sheet.__setitem__("F6", "12-15"), "附件2!F6：“12-15”不是分值，没有采用"),
        (
            lambda sheet: [sheet.__setitem__(cell, None) for cell in ("F7", "F8", "D7", "B7")],
            "“重点工作完成率”没有分值",
        ),
    ],
)
def test_shares_that_cannot_be_read_are_told_or_refused_naming_the_cell(change: Callable[..., object], says: str, tmp_path: Path) -> None:  # fmt: skip
    path = forms.shares_beside_levels(tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(path)
    change(book["附件2"])
    book.save(path)
    try:
        told = "\n".join(import_form(path).told)
    except InputError as error:
        told = str(error)
    assert says in told
    assert "form.xlsx" in told or "附件2!" in told


def test_only_workbooks_and_word_files_are_forms(tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError, match=r"\.xlsx 或 \.docx"):
        import_form(tmp_path / "form.pdf")


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(args)
    return int(stopped.value.code or 0)


def test_the_draft_is_checked_filled_and_scored_like_any_framework(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = forms.shares_beside_levels(tmp_path / "form.xlsx")
    mine = tmp_path / "mine.yaml"
    assert run("frameworks", "import", str(made), "-o", str(mine)) == 0
    assert "附件2!A7" in capsys.readouterr().out
    assert run("frameworks", "check", str(mine)) == 0
    assert run("template", str(mine), "-o", str(tmp_path / "blank.xlsx")) == 0
    framework = load_framework(str(mine))
    values = {
        "unit.full_name": "清江县文化馆",
        "unit.year": 2023,
        "unit.coverage": "本级",
        "unit.duties": "组织群众文化活动。",
        "annual_budget.total": 100,
        "final_accounts.total": 98,
    }
    values |= {f"marks.{found.indicator.id}.1": found.indicator.full_marks for found in framework.leaves()}
    write_template(framework, tmp_path / "workbook.xlsx", values, {})
    (tmp_path / "case.yaml").write_text("unit: 清江县文化馆\nyear: 2023\nframework: mine.yaml\n", "utf-8")
    assert run("score", str(tmp_path)) == 0
    assert score(load_case(tmp_path)).marks == 100.5
    assert run("frameworks", "import", str(made), "-o", str(mine)) == 2, "nothing is overwritten"


@pytest.mark.parametrize("id", framework_ids())
def test_the_score_tables_that_our_own_drafts_print_come_back_as_the_same_tree(id: str, tmp_path: Path) -> None:
    said = {
        "unit.full_name": "清江县文化馆",
        "unit.year": 2023,
        "unit.coverage": "本级",
        "unit.duties": "组织群众文化活动。",
    }
    case = made_case(tmp_path / "case", id, said)
    run("draft", str(case), "--out", str(tmp_path / "out"))
    issued = load_framework(id)
    for file in ("report.docx", "scorecard.xlsx"):
        assert tree(import_form(tmp_path / "out" / file).framework) == tree(issued), file
