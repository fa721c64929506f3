"""Last year's case in this year's workbook: what carries over, how it is marked, and that no figure of it becomes this year's."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from intake_book import place

from assistant.cli import main
from assistant.frameworks import Framework, load_framework
from assistant.intake import Case, load_case, read_workbook, write_template
from assistant.intake.inputs import cells

VALUES = {
    "unit.full_name": "示例区民政局", "unit.short_name": "我局", "unit.year": 2020, "unit.coverage": "部门汇总", "unit.duties": "负责社会救助。\n负责养老服务。",
    "unit.annual_goal": "年内建成站点12个。", "unit.offices": 7, "final_accounts.total": Decimal("7975.66"),
    "annual_budget.total": Decimal("8149.54"), "prior_accounts.total": Decimal("7000"), "staff.administrative.established": 51,
    "three_public.overseas.budget": 0, "three_public.vehicles.budget": Decimal("11.01"), "three_public.reception.budget": Decimal("2.17"),
    "three_public.reception.final_accounts": Decimal("0.46"), "carryover.basic.closing": Decimal("3.5"),
    "reason.benefits.1": "群众反映好。", "marks.benefits.1": 18,
}  # fmt: skip
TABLES: dict[str, list[dict[str, object]]] = {
    "systems": [
        {"name": "财务管理制度", "document": "民发〔2018〕3号", "category": "财务", "status": "已执行"},
        {"name": "采购管理制度"},
    ],
    "problems": [{"problem": "设备更新慢", "cause": "需求定稿晚", "measure": "二月底前定稿"}],
    "key_tasks": [{"task": "建站点", "status": "完成"}],
    "targets": [
        {
            "level1": "产出",
            "name": "站点数",
            "sign": "≥",
            "target": 12,
            "unit": "个",
            "achieved": 13,
            "department": "养老科",
        }
    ],
}


@pytest.fixture(scope="module")
def framework() -> Framework:
    wide = load_framework("shenzhen-futian-2020")
    return wide.model_copy(update={"sheets": (*wide.sheets, "targets", "prior_problems")})


@pytest.fixture(scope="module")
def prior(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("last") / "2020"
    folder.mkdir()
    text = "unit: 示例区民政局\nyear: 2020\nframework: shenzhen-futian-2020\n"
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    plain = load_framework("shenzhen-futian-2020")
    kept = {name: rows for name, rows in TABLES.items() if name != "targets"}
    write_template(plain, folder / "workbook.xlsx", VALUES, kept)
    case = load_case(folder)
    wide = plain.model_copy(update={"sheets": (*plain.sheets, "targets")})
    write_template(wide, folder / "wide.xlsx", VALUES, TABLES)
    read = read_workbook(folder / "wide.xlsx", wide, 2020)
    return Case(**{**case.__dict__, "tables": read.tables})


@pytest.fixture
def begun(framework: Framework, prior: Case, tmp_path: Path) -> Path:
    path = tmp_path / "w.xlsx"
    write_template(framework, path, prior=prior)
    return path


def test_what_carries_over_is_there(begun: Path, framework: Framework) -> None:
    found = read_workbook(begun, framework, 2021)
    texts = {id: entry.text for id, entry in found.entries.items()}
    assert texts == {
        "unit.full_name": "示例区民政局", "unit.short_name": "我局", "unit.year": "2021", "unit.coverage": "部门汇总",
        "unit.duties": "负责社会救助。\n负责养老服务。",
    }  # fmt: skip
    rows = {
        name: [{c: e.text for c, e in row.cells.items()} for row in rows] for name, rows in found.tables.items() if rows
    }
    assert rows == {
        "systems": [
            {"name": "财务管理制度", "document": "民发〔2018〕3号", "category": "财务"},
            {"name": "采购管理制度"},
        ],
        "prior_problems": [{"problem": "设备更新慢", "measure": "二月底前定稿"}],
        "targets": [{"level1": "产出", "name": "站点数", "sign": "≥", "unit": "个", "department": "养老科"}],
    }


def test_last_years_figures_stand_in_the_columns_of_last_year_and_nowhere_else(
    begun: Path, framework: Framework
) -> None:
    ledger = read_workbook(begun, framework, 2021).ledger
    given = {f.id: (f.value, f.period) for f in ledger if f.provenance.source == "cell"}
    assert given == {
        "prior_accounts.total": (Decimal("7975.66"), "2020"),
        "three_public.overseas.prior_budget": (0, "2020"),
        "three_public.vehicles.prior_budget": (Decimal("11.01"), "2020"),
        "three_public.reception.prior_budget": (Decimal("2.17"), "2020"),
        "three_public.reception.prior_accounts": (Decimal("0.46"), "2020"),
        "carryover.basic.prior_closing": (Decimal("3.5"), "2020"),
    }
    period = {spec.id: spec.period for spec in cells(framework)}
    assert all(period[f.id] == "prior" for f in ledger if f.id in period)


def test_what_is_last_years_is_coloured_and_says_so(begun: Path) -> None:
    book = openpyxl.load_workbook(begun)

    def look(name: str) -> tuple[Any, Any]:
        sheet, address = place(book, name)
        return sheet[address].fill.fgColor.rgb, sheet[address].comment

    colour, comment = look("unit.duties")
    assert "取自上年，请核对" in comment.text
    assert look("prior_accounts.total")[0] == colour
    assert look("unit.annual_goal") == (look("unit.notice")[0], None)
    assert look("unit.annual_goal")[0] != colour
    assert book["19 制度清单"]["A5"].fill.fgColor.rgb == colour
    assert "取自上年" in book["19 制度清单"]["A6"].comment.text


def test_this_years_cell_tells_last_years_figure_without_holding_it(begun: Path) -> None:
    book = openpyxl.load_workbook(begun)
    sheet, address = place(book, "final_accounts.total")
    (rule,) = (rule for rule in sheet.data_validations.dataValidation if address in rule.sqref)
    assert "上年数：7,975.66万元" in rule.prompt
    assert "预算执行率" in rule.prompt


def test_words_that_are_still_last_years_are_told_and_only_those(begun: Path, framework: Framework) -> None:
    def told() -> dict[str, str]:
        found = read_workbook(begun, framework, 2021).findings
        assert {(f.code, f.severity) for f in found if "沿用上年" in f.message} <= {("similarity", "info")}
        return {f.quote: f.message for f in found if "沿用上年" in f.message}

    before = told()
    assert "主要职能" in before["1 基本信息"]
    assert "2 行制度沿用上年" in before["19 制度清单"]
    assert set(before) == {"1 基本信息", "19 制度清单", "12 绩效目标与完成", "18-2 上年问题整改"}
    book = openpyxl.load_workbook(begun)
    sheet, address = place(book, "unit.duties")
    sheet[address] = "负责社会救助、养老服务和婚姻登记。"
    book["19 制度清单"]["A6"] = "采购管理办法"
    book["19 制度清单"]["A7"] = "内控手册"
    book.save(begun)
    after = told()
    assert "主要职能" not in after["1 基本信息"]
    assert "单位全称" in after["1 基本信息"]
    assert "1 行制度沿用上年" in after["19 制度清单"]


def test_another_framework_takes_what_the_sheets_share(prior: Case, tmp_path: Path) -> None:
    other = load_framework("national-form-10-50-30-10")
    write_template(other, tmp_path / "w.xlsx", prior=prior)
    found = read_workbook(tmp_path / "w.xlsx", other, 2021)
    assert found.entries["unit.full_name"].text == "示例区民政局"
    assert not [f for f in found.findings if f.severity == "error" and f.code != "missing"]


def test_what_is_given_goes_before_last_years(framework: Framework, prior: Case, tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    write_template(framework, path, {"unit.duties": "新职能。"}, {"systems": [{"name": "内控手册"}]}, prior=prior)
    found = read_workbook(path, framework, 2021)
    assert found.entries["unit.duties"].text == "新职能。"
    assert [row.text("name") for row in found.tables["systems"]] == ["内控手册"]
    sheet, address = place(book := openpyxl.load_workbook(path), "unit.duties")
    assert sheet[address].comment is None
    assert book["19 制度清单"]["A5"].comment is None


def test_the_command_takes_last_years_folder(
    futian_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "next.xlsx"
    with pytest.raises(SystemExit) as done:
        main(["template", "shenzhen-longgang-2021", "-o", str(out), "--from", str(futian_case)])
    assert done.value.code == 0
    assert "2020年度" in capsys.readouterr().out
    found = read_workbook(out, load_framework("shenzhen-longgang-2021"), 2021)
    assert found.entries["unit.year"].number == 2021
    assert found.ledger["prior_accounts.total"].value == Decimal("7975.66")
    assert "final_accounts.total" not in found.ledger
    told = {row[3].value for row in openpyxl.load_workbook(out)["待补清单"].iter_rows() if row[1].value == "必填"}
    assert "部门支出合计决算数" in told, "what the outline of the report needs is waited for as well"
    with pytest.raises(SystemExit) as refused:
        main(["template", "shenzhen-longgang-2021", "-o", str(tmp_path / "x.xlsx"), "--from", str(tmp_path)])
    assert refused.value.code == 2
