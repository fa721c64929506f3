from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from made_case import BONUS, SMALL, TARGETS, UNIT, made_case
from national_cases import TARGETS as OWN
from national_cases import common_case, form_case
from recalculated import assert_same_cells, recalculated
from typer.testing import CliRunner

from assistant.cli.app import app
from assistant.documents import read_document
from assistant.frameworks import load_framework
from assistant.intake import load_case
from assistant.report import write_forms
from assistant.report.assemble import leaf_cells
from assistant.report.blocks import Landscape, Table, places
from assistant.report.form import Form, make_form
from assistant.report.form_word import form_document
from assistant.scorecard import score

WORD, SHEET = "self-evaluation-form.docx", "self-evaluation-form.xlsx"


def the_form(folder: Path) -> Form:
    case = load_case(folder)
    return make_form(leaf_cells(case, score(case), ""))


def written(folder: Path, out: Path) -> Path:
    case = load_case(folder)
    out.mkdir(exist_ok=True)
    write_forms(case, score(case), out)
    return out


def tables(form: Form) -> list[list[list[str]]]:
    """The form's tables as rows of texts, a merged cell's text where it starts."""
    (across,) = form_document(form).blocks
    assert isinstance(across, Landscape)
    return [
        [[place.cell.text if place.starts else "" for place in row] for row in places(table)]
        for table in across.blocks
        if isinstance(table, Table)
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The case folders of the two national frameworks, for tests that only read them."""
    root = tmp_path_factory.mktemp("national")
    return {"form": form_case(root / "form"), "common": common_case(root / "common")}


@pytest.mark.parametrize("name", ["form", "common"])
def test_a_draft_with_the_national_frameworks_has_nothing_to_be_dealt_with(
    name: str, made: dict[str, Path], tmp_path: Path
) -> None:
    """The report and its form: every number explained, nothing open, no lost mark without its reason."""
    folder = made[name]
    result = CliRunner().invoke(app, ["draft", str(folder), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert "错误" not in result.output
    assert "待补" not in (tmp_path / "out" / "report.md").read_text("utf-8")
    checked = CliRunner().invoke(app, ["check", str(tmp_path / "out" / WORD), "--case", str(folder)])
    assert checked.exit_code == 0, checked.output
    assert "没有发现问题" in checked.output


def test_the_numbers_of_a_shipped_cases_form_are_its_figures(shipped_case: Path, tmp_path: Path) -> None:
    out = written(shipped_case, tmp_path / "out")
    checked = CliRunner().invoke(app, ["check", str(out / WORD), "--case", str(shipped_case)])
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize(
    ("right", "wrong"), [("9.49", "9.94"), ("94.94%", "98.35%"), ("13.5", "15"), ("18期", "20期"), ("900.00", "854.50")]
)
def test_a_wrong_number_on_the_form_is_found(made: dict[str, Path], tmp_path: Path, right: str, wrong: str) -> None:
    folder = made["form"]
    path = written(folder, tmp_path / "out") / WORD
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    xml = parts["word/document.xml"].decode()
    assert f">{right}<" in xml
    parts["word/document.xml"] = xml.replace(f">{right}<", f">{wrong}<", 1).encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    checked = CliRunner().invoke(app, ["check", str(path), "--case", str(folder)])
    assert checked.exit_code == 1
    assert wrong in checked.output


def test_the_head_has_the_money_the_rate_and_the_marks_it_decides(made: dict[str, Path]) -> None:
    head, leaves = tables(the_form(made["form"]))
    assert head[0][1] == UNIT
    assert head[3][1:] == ["年度资金总额", "800.00", "900.00", "854.50", "10", "94.94%", "9.49"]
    assert head[4][1:] == ["其中：基本支出", "480.00", "485.00", "477.00", "—", "98.35%", "—"]
    assert head[-1][1:] == [
        "办好群众文化活动和公益培训，完成非遗资源普查，场馆保持免费开放。", "活动和培训按计划举办，非遗资源普查完成，场馆全年免费开放。",
    ]  # fmt: skip
    assert not any("预算执行率" in row for row in leaves)
    assert leaves[-1] == ["总分", "100", "93.49", "等次：优"]
    assert head[1] == ["填报人", "", "联系电话", "", "单位负责人（签章）", ""]


def test_a_row_has_target_result_marks_and_why(made: dict[str, Path]) -> None:
    _, leaves = tables(the_form(made["form"]))
    assert leaves[0] == [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ]
    missed = next(row for row in leaves if row[2] == "公益培训班期数")
    assert missed[3:7] == ["≥20期", "18期", "15", "13.5"]
    assert "转入下一年度春季开班" in missed[7]
    kept = next(row for row in leaves if row[2] == "每场巡演成本")
    assert kept[3:] == ["≤1.5万元", "1.48万元", "10", "10", ""]


def test_the_rate_is_over_the_budget_that_the_marks_are_given_by(tmp_path: Path) -> None:
    rates = "ratios:\n  - {id: adjusted_rate, name: 调整后执行率, value: {ratio: [final_accounts.total, annual_budget.total]}}\n"
    text = SMALL.replace("ratios:\n", rates).replace(
        "[final_accounts.total, annual_budget.total]}}\nind", "[final_accounts.total, initial_budget.total]}}\nind"
    )
    head = tables(the_form(made_case(tmp_path / "case", text, {"initial_budget.total": "960"}, {"targets": TARGETS})))[
        0
    ]
    assert head[3][6] == "93.75%"


def test_a_framework_without_targets_shows_what_was_measured(made: dict[str, Path]) -> None:
    form = the_form(made["common"])
    _, leaves, others = tables(form)
    assert "年度指标值" not in leaves[0]
    assert next(row for row in leaves if "政府采购执行率" in row)[-4:] == ["95.00%", "2", "2", ""]
    lost = next(row for row in leaves if "实际完成率" in row)
    assert lost[-2] == "6.3"
    assert "培训班没有全部开办" in lost[-1]
    assert "改进措施：下一年度排期前" in lost[-1]
    assert next(row for row in leaves if "生态效益" in row)[-3:] == ["—", "不计分", "不适用：没有生态环境方面的职责。"]
    assert [row[1] for row in others[1:]] == [row["name"] for row in OWN]


def test_what_a_person_has_to_give_is_marked(tmp_path: Path) -> None:
    bare = [{**OWN[1], "variance_reason": "无", "full_marks": "50"}]
    form = the_form(
        made_case(tmp_path / "case", "national-form-10-50-30-10", {"annual_budget.total": "100"}, {"targets": bare})
    )
    head, leaves = tables(form)
    assert head[3][3:5] == ["100.00", "【待补】"]
    assert "【待补：年度总体目标】" in head[-1]
    assert "【待补：“公益培训班期数”的偏差原因】" in leaves[1]
    assert "【待补】" in leaves[2]


def test_the_word_form_is_set_in_song_and_repeats_the_head_of_its_rows(made: dict[str, Path], tmp_path: Path) -> None:
    from docx import Document

    out = written(made["form"], tmp_path / "out")
    file = Document(str(out / WORD))
    xml = file.element.body.xml
    faces = {
        run.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia")
        for table in file.tables
        for run in table._tbl.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rFonts")
    }
    assert faces == {"宋体"}
    assert 'w:orient="landscape"' in xml
    assert xml.count("<w:tblHeader/>") == 1
    assert "产出指标" in read_document(out / WORD).text


@pytest.mark.needs_soffice
def test_the_sheets_totals_and_rates_come_to_the_values_beside_them(made: dict[str, Path], tmp_path: Path) -> None:
    awards = [{"item": "县级表彰", "marks": 2}]
    folders = {
        **made,
        "bonus": made_case(
            tmp_path / "bonus", SMALL + BONUS, {"marks.posts.1": None}, {"targets": TARGETS, "awards": awards}
        ),
        "total": made_case(
            tmp_path / "total",
            SMALL.replace("outline:", "rounding: total\noutline:"),
            {"marks.soundness.1": "8.333"},
            {"targets": TARGETS},
        ),
    }
    files = []
    for name, folder in folders.items():
        out = written(folder, tmp_path / f"{name}-out")
        files.append((out / SHEET).rename(tmp_path / f"{name}.xlsx"))
    results = recalculated(files, tmp_path)
    for name, (stored, computed) in results.items():
        assert_same_cells(stored, computed, name)
    totals = {
        name: max(v for v in stored.values() if isinstance(v, int | float)) for name, (stored, _) in results.items()
    }
    assert Decimal(repr(totals["form.xlsx"])) == 100


def test_what_people_wrote_never_starts_a_formula(tmp_path: Path) -> None:
    rows = [{**OWN[0], "name": "=1+1", "variance_reason": "=cmd", "full_marks": "50"}]
    folder = made_case(tmp_path / "case", "national-form-10-50-30-10", {"unit.annual_goal": "=2+2"}, {"targets": rows})
    out = written(folder, tmp_path / "out")
    cells = [cell for row in openpyxl.load_workbook(out / SHEET)["自评表"].iter_rows() for cell in row]
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert {"=1+1", "=cmd。", "=2+2。"} <= texts
    assert not any("cmd" in str(cell.value) for cell in cells if cell.data_type == "f")


def test_the_same_case_gives_the_same_files(made: dict[str, Path], tmp_path: Path) -> None:
    folder = made["form"]
    one, two = written(folder, tmp_path / "one"), written(folder, tmp_path / "two")
    for name in (WORD, SHEET):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_the_notices_own_words_are_in_the_national_frameworks() -> None:
    """A rule that the notice does not print is a person's, and says so; what is ours is told in the note."""
    common, form = load_framework("national-2013-53"), load_framework("national-form-10-50-30-10")
    rules = [part.rule for leaf in common.leaves() for part in leaf.indicator.parts]
    assert all(rule.kind == "judged" and "没有公布评分标准" in rule.because for rule in rules)
    assert "没有规定分值" in common.note
    assert [node.full_marks for node in form.indicators] == [10, 50, 30, 10]
    assert "默认" in form.note
