"""Made-up 评分表 of the layouts that bureaus use, as .xlsx and .docx files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document

STANDARD = "预算执行率≥95%的，得6分；\n85%（含）至95%的，得4分；\n低于85%的，不得分。"
LEVELS = ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "指标说明", "评分标准", "得分"]
BESIDE = [
    ["投入", 30, "预算", 18, "预算编\n制质量", 12, "编制是否细化", "细化到具体项目的，得12分。", ""],
    ["", "", "", "", "预算执行率", 6, "实际支出与预算之比", STANDARD, ""],
    ["", "", "人员", 12, "在职人员控制率", 12, "", "每超1个百分点扣1分，扣完为止。", ""],
    ["效果", 70, "履职", 70, "重点工作完成率", 40, "", "", ""],
    ["", "", "", "", "满意度", 30.5, "", "满意度达90%得满分。", ""],
]
TREE = [
    (
        "投入",
        "30",
        [("预算", "18", [("预算编制质量", "12"), ("预算执行率", "6")]), ("人员", "12", [("在职人员控制率", "12")])],
    ),
    ("效果", "70.5", [("履职", "70.5", [("重点工作完成率", "40"), ("满意度", "30.5")])]),
]


def tree(framework: Any) -> list[Any]:
    """Names and shares, level by level."""

    def of(node: Any) -> Any:
        below = [of(child) for child in node.children]
        worth = format(node.full_marks, "f")
        return (node.name, worth, below) if below else (node.name, worth)

    return [of(node) for node in framework.indicators]


def shares_beside_levels(path: Path) -> Path:
    """Title, merged names with their shares beside them, a total, a note; one share short of its parent."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "附件2"
    sheet.append(["附件2"])
    sheet.append(["清江县2023年度部门整体支出绩效评价指标评分表"])
    sheet.merge_cells("A2:I2")
    sheet.append(LEVELS)
    for row in BESIDE:
        sheet.append(row)
    for area in ("A4:A6", "B4:B6", "C4:C5", "D4:D5", "A7:A8", "B7:B8", "C7:C8", "D7:D8"):
        sheet.merge_cells(area)
    sheet.append(["合计", 100])
    sheet.append(["注：本表由单位填报后加盖公章。"])
    sheet.merge_cells("A10:I10")
    book.create_sheet("填报说明").append(["本表一式两份。", "不得改动。"])
    book.save(path)
    return path


def two_row_head(path: Path) -> Path:
    """评价指标 over three names, one share column, blanks below a name instead of merges, a head nobody knows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "评价指标", "", "", "权重（分）", "指标解释", "评价标准", "五色等级", "备注"])
    sheet.append(["", "一级指标", "二级指标", "三级指标", "", "", "", "", ""])
    for area in ("A1:A2", "B1:D1", "E1:E2", "F1:F2", "G1:G2", "H1:H2", "I1:I2"):
        sheet.merge_cells(area)
    rows = [
        (1, "投入", "预算", "预算编制质量", "12分", "编制是否细化", "细化到具体项目的，得12分。"),
        (2, "", "", "预算执行率", "6分", "实际支出与预算之比", STANDARD),
        (3, "", "人员", "在职人员控制率", "12分", "", "每超1个百分点扣1分，扣完为止。"),
        (4, "效果", "履职", "重点工作完成率", "40分", "", ""),
        (5, "", "", "满意度", "30.5分", "", "满意度达90%得满分。"),
    ]
    for row in rows:
        sheet.append(row)
    sheet.append(["总分", "", "", "", "100.5分"])
    book.save(path)
    return path


def two_levels_and_bonus(path: Path) -> Path:
    """Two levels, weights that add up to 1, marks on top."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["一级指标", "指标名称", "权重", "评分细则", "自评得分"])
    rows = [
        ("管理", "预算执行率", 0.15, STANDARD), ("", "内控制度", 0.25, "制度健全得满分。"),
        ("绩效", "年度目标完成率", 0.6, "按完成比例计分。"), ("加分项", "受到表彰", "+3", "受到省级表彰的，每项加1分。"),
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def over_pages(path: Path) -> Path:
    """A Word file: shares in the names, a head repeated on the second page's table, a third table without one."""
    document = Document()
    document.add_paragraph("一、说明")
    document.add_paragraph("清江县2023年部门整体支出绩效评价指标体系")
    head = ("一级指标", "二级指标", "三级指标", "标准分", "评分标准")
    _table(document, [head, ("投入（30分）", "预算（18分）", "预算编制质量", "12", "细化到具体项目的，得12分。"),
                      ("", "", "预算执行率", "6", STANDARD.replace("\n", ""))], [(1, 2, 0), (1, 2, 1)])  # fmt: skip
    _table(
        document, [head, ("投入（30分）", "人员（12分）", "在职人员控制率", "12", "每超1个百分点扣1分，扣完为止。")], []
    )
    _table(document, [("效果（70.5分）", "履职（70.5分）", "重点工作完成率", "40", ""), ("", "", "满意度", "30.5", "满意度达90%得满分。"),
                      ("合计", "", "", "100.5", "")], [(0, 1, 0), (0, 1, 1)])  # fmt: skip
    document.add_table(1, 2).rows[0].cells[0].text = "填表人"
    document.save(str(path))
    return path


def _table(document: Any, rows: Sequence[Sequence[str]], merges: Sequence[tuple[int, int, int]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    for top, bottom, column in merges:
        table.cell(top, column).merge(table.cell(bottom, column))


def only_upper_shares(path: Path) -> Path:
    """The second level has shares, the leaves have none."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["一级指标", "二级指标", "分值", "三级指标", "指标解释", "评分标准"])
    rows = [
        ("投入", "预算", 40, "编制", "看编制", "编制规范的得分。"), ("", "", "", "执行", "看执行", "按执行率得分。"),
        ("产出", "数量", 60, "完成率", "", "按完成率得分。"),
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    for area in ("A2:A3", "B2:B3", "C2:C3"):
        sheet.merge_cells(area)
    book.save(path)
    return path
