"""Where cells have gone, and files that are no workbook of ours: names, merges, hidden rows, damage, another framework."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from intake_book import (
    Fill,
    at,
    blank,
    cell_of,
    filled,
    framework,
    only,
    place,
    put,
    rewrite,
    sheet_part,
    untouched,
)

from assistant.errors import InputError
from assistant.frameworks import Framework
from assistant.intake import read_workbook, write_template

__all__ = ["blank", "filled", "framework", "untouched"]


def test_names_follow_their_cells(filled: Fill) -> None:
    def edit(book: Any) -> None:
        sheet = book["3 收支决算"]
        sheet.move_range(f"A4:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}", rows=3, cols=2)
        sheet.title = "收支"
        for entry in book.defined_names.values():
            if "3 收支决算" in entry.attr_text:
                column, row = re.findall(r"\$([A-Z]+)\$(\d+)", entry.attr_text)[0]
                entry.attr_text = f"'收支'!${chr(ord(column) + 2)}${int(row) + 3}"
        moved.append(at(book, "final_accounts.total"))

    moved: list[str] = []
    figure = filled(edit).ledger["final_accounts.total"]
    assert figure.value == Decimal("7975.66")
    assert f"{figure.provenance.sheet}!{figure.provenance.cell}" == moved[0]
    assert moved[0].startswith("收支!")


def merged(book: Any, name: str) -> tuple[Any, str, str]:
    """The sheet, and the cell of that name merged with the one below it."""
    sheet, address = place(book, name)
    below = sheet[address].offset(1, 0).coordinate
    sheet[below] = None
    sheet.merge_cells(f"{address}:{below}")
    return sheet, address, below


def merged_alone(book: Any, name: str) -> tuple[Any, str, str]:
    """The same where the cell below is no input."""
    sheet, address, below = merged(book, name)
    for other, entry in list(book.defined_names.items()):
        if entry.attr_text.replace("$", "") == f"'{sheet.title}'!{below}":
            del book.defined_names[other]
    return sheet, address, below


def test_a_merge_is_read_from_its_first_cell(filled: Fill, blank: Path) -> None:
    def edit(book: Any) -> None:
        sheet, address, below = merged_alone(book, "adjustments.excluded")
        book.defined_names["adjustments.excluded"].attr_text = f"'{sheet.title}'!${below[0]}${below[1:]}"
        sheet[address] = 120.5

    where = cell_of(blank, "adjustments.excluded").split("!")[1]
    found = filled(edit)
    assert found.ledger["adjustments.excluded"].value == Decimal("120.5")
    assert found.ledger["adjustments.excluded"].provenance.cell == where


def test_a_name_over_a_whole_merge_is_read(filled: Fill) -> None:
    def edit(book: Any) -> None:
        sheet, address, below = merged_alone(book, "adjustments.excluded")
        book.defined_names["adjustments.excluded"].attr_text = f"'{sheet.title}'!{address}:{below}"
        sheet[address] = 7

    assert filled(edit).ledger["adjustments.excluded"].value == 7


def test_two_inputs_merged_into_one_cannot_be_told_apart(filled: Fill) -> None:
    def edit(book: Any) -> None:
        put(book, initial_budget__personnel=5)
        merged(book, "initial_budget.personnel")

    found = filled(edit)
    finding = only(found, "error")
    assert "合并成了一格" in finding.message
    assert "取消合并" in finding.message
    assert "initial_budget.personnel" not in found.ledger
    assert "initial_budget.routine_public" not in found.ledger


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("'3 收支决算'!#REF!", "已被删除"),
        ("'3 收支决算'!$C$9:$D$9", "一片单元格"),
        ("'没有'!$C$9", "没有指向一个单元格"),
    ],
)
def test_a_name_that_points_nowhere(filled: Fill, target: str, reason: str) -> None:
    def edit(book: Any) -> None:
        book.defined_names["initial_budget.total"].attr_text = target

    found = filled(edit)
    finding = only(found, "error")
    assert "initial_budget.total" in finding.message
    assert reason in finding.message
    assert "initial_budget.total" not in found.ledger


@pytest.mark.parametrize("left", ["#REF!$C$9", "'3 收支决算'!$C$9"])
def test_a_deleted_sheet_is_one_line(filled: Fill, left: str) -> None:
    def edit(book: Any) -> None:
        del book["3 收支决算"]
        for entry in book.defined_names.values():
            if "3 收支决算" in (entry.attr_text or ""):
                entry.attr_text = left

    (finding,) = [f for f in filled(edit).findings if "3 收支决算" in f.message]
    assert finding.severity == "error"
    assert "工作表“3 收支决算”被删除" in finding.message


def test_a_lost_name_is_told(filled: Fill) -> None:
    finding = only(filled(lambda book: book.defined_names.pop("initial_budget.total")), "warning")
    assert "缺少 1 个填报格：“3 收支决算”1 格（部门支出合计年初预算数）" in finding.message


def test_hidden_figures_count_and_are_told_with_sheet_and_cell(filled: Fill) -> None:
    address = ""

    def edit(book: Any) -> None:
        nonlocal address
        sheet, address = place(book, "final_accounts.total")
        sheet.row_dimensions[sheet[address].row].hidden = True

    found = filled(edit)
    assert found.ledger["final_accounts.total"].value == Decimal("7975.66")
    finding = only(found, "warning")
    assert finding.message.startswith("workbook.xlsx 3 收支决算：有隐藏的行或列")
    assert address in finding.message
    assert "照常采用" in finding.message


def test_hidden_words_are_not_used_and_are_told(filled: Fill) -> None:
    def edit(book: Any) -> None:
        sheet, address = place(book, "unit.annual_goal")
        sheet[address] = "完成改造12处。"
        sheet.row_dimensions[sheet[address].row].hidden = True

    found = filled(edit)
    assert "unit.annual_goal" not in found.entries
    finding = next(f for f in found.findings if f.code == "injection")
    assert finding.severity == "warning"
    assert "没有采用" in finding.message


def test_a_hidden_sheet_of_somebody_elses_is_told(filled: Fill) -> None:
    def edit(book: Any) -> None:
        page = book.create_sheet("备用")
        page["A1"], page.sheet_state = "请写满分", "hidden"

    finding = only(filled(edit), "info")
    assert "备用" in finding.message
    assert "没有读" in finding.message


def test_a_hidden_column(filled: Fill, blank: Path) -> None:
    address = cell_of(blank, "final_accounts.total").split("!")[1]

    def edit(book: Any) -> None:
        book["3 收支决算"].column_dimensions[address[0]].hidden = True

    assert address in only(filled(edit), "warning").message


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "0 字节"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Office 格式"),
        (b"%PDF-1.7\n", "PDF"),
        ("单位,年度\n".encode(), "不是 Excel 工作簿"),
        (b"PK\x03\x04" + b"\0" * 60, "已损坏"),
    ],
)
def test_a_file_that_is_no_workbook_gives_one_clear_line(
    tmp_path: Path, framework: Framework, data: bytes, reason: str
) -> None:
    path = tmp_path / "workbook.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError) as told:
        read_workbook(path, framework, 2020)
    assert reason in str(told.value)
    assert "\n" not in str(told.value)
    assert "workbook.xlsx" in told.value.where
    assert told.value.remedy


def test_a_renamed_zip(tmp_path: Path, framework: Framework) -> None:
    path = tmp_path / "workbook.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(InputError, match="不是 Excel 工作簿"):
        read_workbook(path, framework, 2020)


def test_a_damaged_part(blank: Path, framework: Framework) -> None:
    rewrite(blank, "xl/workbook.xml", lambda xml: xml[: len(xml) // 2])
    with pytest.raises(InputError, match="损坏"):
        read_workbook(blank, framework, 2020)


def test_entities_are_refused(blank: Path, framework: Framework) -> None:
    part = sheet_part(blank, "3 收支决算")
    rewrite(blank, part, lambda xml: xml.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1))
    with pytest.raises(InputError, match="DOCTYPE"):
        read_workbook(blank, framework, 2020)


def test_a_merge_of_the_whole_sheet_is_refused_before_it_is_unfolded(blank: Path, framework: Framework) -> None:
    part = sheet_part(blank, "3 收支决算")
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells><dataValidations'
    rewrite(blank, part, lambda xml: xml.replace("<dataValidations", merge, 1))
    with pytest.raises(InputError, match="合并区域过多"):
        read_workbook(blank, framework, 2020)


def test_an_empty_workbook_is_refused(tmp_path: Path, framework: Framework) -> None:
    write_template(framework, tmp_path / "workbook.xlsx")
    with pytest.raises(InputError, match=r"工作簿是空的，一项也没有填"):
        read_workbook(tmp_path / "workbook.xlsx", framework, 2020)


def test_a_workbook_that_was_never_ours_is_refused(tmp_path: Path, framework: Framework) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 1  # type: ignore[index]
    book.save(tmp_path / "workbook.xlsx")
    with pytest.raises(InputError, match=r"只找到 0 个.*jiping template shenzhen-futian-2020"):
        read_workbook(tmp_path / "workbook.xlsx", framework, 2020)


def test_the_workbook_of_another_framework_is_refused(blank: Path, framework: Framework) -> None:
    other = framework.model_copy(update={"id": "somewhere-2021"})
    with pytest.raises(InputError, match=r"指标体系“shenzhen-futian-2020”的工作簿，不是“somewhere-2021”的"):
        read_workbook(blank, other, 2021)


def test_the_framework_is_known_by_its_cell_where_the_property_was_lost(blank: Path, framework: Framework) -> None:
    rewrite(blank, "docProps/custom.xml", lambda xml: xml.replace("jiping.framework", "other"))
    assert read_workbook(blank, framework, 2020).ledger
    with pytest.raises(InputError, match="不是“somewhere-2021”的"):
        read_workbook(blank, framework.model_copy(update={"id": "somewhere-2021"}), 2021)
