"""The blank workbook: names, tables, drop-downs, protection; the same bytes for the same input; the office keeps it all."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from assistant.catalogue import load_catalogue
from assistant.errors import InputError, UsageError
from assistant.frameworks import Framework, framework_ids, load_framework
from assistant.intake import list_figures, read_workbook, write_template
from assistant.intake.inputs import cells
from assistant.rules import Grades

FRAMEWORK = "shenzhen-futian-2020"


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework(FRAMEWORK)


@pytest.fixture(scope="module")
def book() -> Any:
    return blank_of(FRAMEWORK)


def place(book: Any, name: str) -> tuple[Any, str]:
    ((sheet, address),) = book.defined_names[name].destinations
    return book[sheet], address.replace("$", "")


def validations(sheet: Any, address: str) -> Iterator[Any]:
    return (rule for rule in sheet.data_validations.dataValidation if address in rule.sqref)


@cache
def blank_of(id: str) -> Any:
    """The blank workbook of a shipped framework, to be looked at only."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "w.xlsx"
        write_template(load_framework(id), path)
        return openpyxl.load_workbook(path)


@pytest.mark.parametrize("id", framework_ids())
def test_every_input_of_every_framework_has_a_name_and_every_name_a_cell_of_its_own(id: str) -> None:
    framework, book = load_framework(id), blank_of(id)
    wanted = [spec.id for spec in cells(framework)]
    assert len(wanted) == len(set(wanted))
    assert set(book.defined_names) == {*wanted, "jiping.framework", "jiping.version"}
    at = [(sheet.title, address) for sheet, address in (place(book, name) for name in wanted)]
    assert len(set(at)) == len(at)


def test_no_name_is_one_that_excel_refuses(framework: Framework) -> None:
    for spec in cells(framework):
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_.]{1,254}", spec.id), "letters, digits, dots, underscores"
        assert not re.fullmatch(r"[A-Za-z]{1,3}[0-9]+", spec.id), "looks like the cell A1"
        assert not re.fullmatch(r"[Rr]([0-9]*)([Cc][0-9]*)?|[Cc][0-9]*", spec.id), "looks like the cell R1C1"


def test_the_sheets_stand_in_the_order_of_the_framework(book: Any, framework: Framework) -> None:
    titles = [load_catalogue().sheet(id).title for id in framework.sheets]
    assert book.sheetnames == ["填报说明", "待补清单", *titles, "比率（直接填报）", "已报得分（核对）"]


def test_a_table_has_its_name_its_labels_and_room(book: Any) -> None:
    table = book["2 职能与重点工作"].tables["key_tasks"]
    labels = [f"{c.label}{'*' if c.required else ''}" for c in load_catalogue().sheet("key_tasks").columns]
    assert [column.name for column in table.tableColumns] == labels
    _, top, _, bottom = range_boundaries(table.ref)
    assert top
    assert bottom
    assert bottom - top >= 20


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("answer.budget_rationality.1.1", '"符合,不符合,不适用"'),
        ("answer.financial_compliance.veto", '"无,有"'),
        ("unit.coverage", '"本级,部门汇总"'),
    ],
)
def test_choices_are_drop_downs(book: Any, name: str, choices: str) -> None:
    sheet, address = place(book, name)
    (rule,) = validations(sheet, address)
    assert (rule.type, rule.formula1) == ("list", choices)


def test_every_grade_can_be_chosen(book: Any) -> None:
    sheet, address = place(book, "answer.budget_disclosure.1")
    (rule,) = validations(sheet, address)
    assert "按规定的内容、时限、范围公开" in rule.formula1
    assert "涉密单位按规定不公开" in rule.formula1


def test_inputs_are_open_and_the_rest_is_closed(book: Any) -> None:
    sheet, address = place(book, "final_accounts.total")
    assert sheet.protection.sheet
    assert not sheet[address].protection.locked
    assert sheet[address].fill.fgColor.rgb != "00000000"
    assert sheet[f"A{sheet[address].row}"].protection.locked
    assert not book["2 职能与重点工作"].protection.sheet, "a protected sheet would not let a table grow"


def test_units_can_be_read_by_people_and_by_the_reader(book: Any) -> None:
    assert book["3 收支决算"]["A2"].value == "金额单位：万元"
    assert "数量（件）" in [cell.value for cell in book["9 国有资产"][4]]
    sheet, address = place(book, "intangible_assets.count")
    assert sheet[address].number_format == '#,##0"套"'


def test_a_total_says_that_it_may_stay_blank(book: Any) -> None:
    sheet, address = place(book, "three_public.total.budget")
    (rule,) = validations(sheet, address)
    assert "可留空" in rule.prompt


def test_the_questions_show_path_and_standard(book: Any, framework: Framework) -> None:
    text = "\n".join(str(row[1].value) for row in book["13 管理类指标问答"].iter_rows() if row[1].value)
    for leaf in framework.leaves():
        assert " → ".join(leaf.path) in text
        assert leaf.indicator.standard(framework.ratio_names) in text


def test_only_ratios_of_figures_may_be_handed_in(book: Any) -> None:
    assert "given.budget_execution_rate" in book.defined_names
    assert "given.mean_progress_rate" in book.defined_names
    assert "given.in_service_staff" not in book.defined_names


def test_every_sheet_is_printable_and_keeps_its_head_in_sight(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        if sheet.title != "填报说明":
            assert sheet.freeze_panes is not None


def test_the_same_input_gives_the_same_bytes(framework: Framework, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(framework, tmp_path / name, {"unit.year": 2020}, {"systems": [{"name": "财务管理制度"}]})
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_value_without_a_place_is_refused(framework: Framework, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"没有数据项“final\.total”"):
        write_template(framework, tmp_path / "w.xlsx", {"final.total": 1})
    with pytest.raises(UsageError, match="表 key_tasks 或它的列“who”"):
        write_template(framework, tmp_path / "w.xlsx", {}, {"key_tasks": [{"who": "x"}]})
    with pytest.raises(UsageError, match="表 pets"):
        write_template(framework, tmp_path / "w.xlsx", {}, {"pets": []})
    with pytest.raises(InputError, match="不能写入"):
        write_template(framework, tmp_path / "none" / "w.xlsx")
    assert not list(tmp_path.iterdir())


def test_what_looks_like_a_formula_stays_text(framework: Framework, tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    write_template(framework, path, {"unit.duties": "=1+1"}, {"systems": [{"name": '=HYPERLINK("x")'}]})
    book = openpyxl.load_workbook(path)
    sheet, address = place(book, "unit.duties")
    assert (sheet[address].value, sheet[address].data_type) == ("=1+1", "s")
    assert book["19 制度清单"]["A5"].data_type == "s"


def test_a_number_with_more_digits_than_excel_keeps_is_not_shortened(framework: Framework, tmp_path: Path) -> None:
    path, value = tmp_path / "w.xlsx", Decimal("12345678901234.5678")
    write_template(framework, path, {"final_accounts.total": value})
    assert read_workbook(path, framework, 2020).ledger["final_accounts.total"].value == value


def test_the_list_of_figures_is_that_of_the_workbook(framework: Framework) -> None:
    listed = list_figures(framework)
    assert listed["framework"] == FRAMEWORK
    figure = {entry["id"]: entry for entry in listed["figures"]}["final_accounts.routine_public"]
    assert figure["label"] == "日常公用经费决算数"
    assert (figure["unit"], figure["sheet"], figure["type"], figure["required"]) == (
        "万元",
        "3 收支决算",
        "amount",
        True,
    )
    (table,) = [entry for entry in listed["tables"] if entry["name"] == "key_tasks"]
    assert {"id": "task", "label": "重点工作任务", "type": "text", "unit": "", "required": True} in table["columns"]
    answers = {entry["id"]: entry for entry in listed["answers"]}
    assert answers["answer.project_procedure.1.2"]["choices"] == ["符合", "不符合", "不适用"]
    assert answers["marks.benefits.1"] | {"text": ""} == {
        "id": "marks.benefits.1", "indicator": "社会效益、经济效益、生态效益及可持续影响等", "text": "", "type": "mark", "full_marks": "20",
    }  # fmt: skip
    assert {"id": "budget_execution_rate", "label": "预算执行率", "unit": "%"} in listed["ratios"]
    assert {"id": "in_service_staff", "label": "在职人员总数", "unit": "人"} in listed["ratios"]
    everything = {e["id"] for key in ("figures", "answers", "given", "stated") for e in listed[key]}
    assert everything == {spec.id for spec in cells(framework)}


def prompt_of(book: Any, name: str) -> str:
    sheet, address = place(book, name)
    (rule,) = validations(sheet, address)
    assert rule.showInputMessage
    return str(rule.prompt)


@pytest.mark.parametrize("id", framework_ids())
def test_every_input_has_a_line_of_help(id: str) -> None:
    for spec in cells(load_framework(id)):
        assert prompt_of(blank_of(id), spec.id), spec.id


def test_the_help_of_a_figure_names_the_rates_that_use_it(book: Any) -> None:
    assert "用于：资金调整调剂率" in prompt_of(book, "adjustments.accumulated")
    assert "不是净额" in prompt_of(book, "adjustments.accumulated")
    assert "用于：政府采购执行率、政府采购执行情况" in prompt_of(book, "procurement.planned")


def test_numbers_are_checked_while_they_are_typed_and_may_be_kept(book: Any) -> None:
    def rule(name: str) -> Any:
        sheet, address = place(book, name)
        (found,) = validations(sheet, address)
        return found

    amount, count, mark = (rule(n) for n in ("final_accounts.project", "projects.count", "marks.benefits.1"))
    assert (amount.type, amount.operator, amount.formula1, amount.errorStyle) == (
        "decimal",
        "greaterThanOrEqual",
        "0",
        "warning",
    )
    assert (count.type, count.operator, count.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert (mark.type, mark.formula1, mark.formula2) == ("decimal", "0", "20")


def test_a_list_too_long_for_a_cell_stands_on_a_hidden_sheet(framework: Framework, tmp_path: Path) -> None:
    labels = tuple(f"{'很' * n}长的一项回答，里面有几句说明" for n in range(15, 25))
    grades = [{"label": label, "marks": 0} for label in labels]
    leaf = next(leaf.indicator for leaf in framework.leaves() if leaf.indicator.id == "budget_disclosure")
    part = leaf.parts[0].model_copy(update={"rule": Grades.model_validate({"kind": "grades", "grades": grades})})
    asked = leaf.model_copy(update={"parts": (part,)})
    long = Framework.model_validate(
        {name: getattr(framework, name) for name in Framework.model_fields} | {"indicators": (asked,)}
    )
    write_template(long, tmp_path / "w.xlsx")
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    sheet, address = place(book, "answer.budget_disclosure.1")
    (rule,) = validations(sheet, address)
    assert rule.formula1.replace("'", "") == f"选项!$A$1:$A${len(labels)}"
    assert tuple(row[0].value for row in book["选项"].iter_rows()) == labels
    assert book["选项"].sheet_state == "hidden"


def test_what_is_worked_out_is_grey_locked_and_a_formula(book: Any) -> None:
    sheet, address = place(book, "final_accounts.total")
    grey = sheet.cell(sheet[address].row, next(c.column for c in sheet[4] if c.value == "执行率"))
    assert grey.value.startswith("=IF(COUNT(")
    assert grey.number_format == "0.00%"
    assert grey.protection.locked
    assert (sheet[address].protection.locked, sheet[address].value[:4]) == (False, "=IF(")


@pytest.mark.needs_soffice
def test_names_tables_and_values_survive_the_free_office(framework: Framework, tmp_path: Path) -> None:
    source, out = tmp_path / "w.xlsx", tmp_path / "out"
    values = {"final_accounts.total": Decimal("7975.66"), "three_public.overseas.budget": 0, "progress.q1.spent": Decimal("0.1"),
              "three_public.vehicles.budget": Decimal("11.01"), "intangible_assets.count": 9, "given.budget_execution_rate": Decimal("97.87")}  # fmt: skip
    write_template(framework, source, values, {"key_tasks": [{"task": "甲", "field": "党建"}]})
    office = shutil.which("soffice")
    assert office
    done = subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(source)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (out / "w.xlsx").is_file(), done.stderr
    before, after = (read_workbook(path, framework, 2020) for path in (source, out / "w.xlsx"))
    assert {f.id: (f.value, f.unit) for f in before.ledger} == {f.id: (f.value, f.unit) for f in after.ledger}
    assert [row.text("task") for row in after.tables["key_tasks"]] == ["甲"]
    assert set(openpyxl.load_workbook(out / "w.xlsx").defined_names) >= {spec.id for spec in cells(framework)}
