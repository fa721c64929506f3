"""summary.xlsx and summary.html: counts, links, charts; hostile names are text; a broken folder stops nothing; both files or neither."""

from __future__ import annotations

import os
import re
import shutil
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from run_folders import DATA_ERROR, OPEN, REPORT_ERROR, REQUIRED, WARNING, leaf, put, run_folder

from assistant.errors import InputError
from assistant.pipeline import Run
from assistant.summary import SUMMARY_FILES, read_outcome, write_summary
from assistant.summary.overview import common, deductions, mean_rate


def sheets(out: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(out / "summary.xlsx")
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def table(rows: list[tuple[Any, ...]], head: str) -> list[dict[str, Any]]:
    """The rows below the row that begins with this head, by their heads."""
    at = next(number for number, row in enumerate(rows) if row[0] == head)
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :] if any(row)]


class Page(HTMLParser):
    """The tags, addresses and ids of a page."""

    def __init__(self, out: Path) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.text = ""
        self.source = (out / "summary.html").read_text("utf-8")
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for key, value in attrs:
            if key in ("href", "src"):
                self.links.append(value or "")
            if key == "id":
                self.ids.add(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (lambda folder: (folder / "check.json").unlink(), "没有 check.json"),
        (lambda folder: (folder / "check.json").write_text('{"findings": [', "utf-8"), "check.json 读不出"),
        (lambda folder: (folder / "scorecard.json").write_bytes(b"\xff\xfe\x00"), "scorecard.json 读不出"),
        (lambda folder: put(folder, "scorecard.json", {"unit": "示例区甲局"}), "缺少“year”"),
        (lambda folder: (folder / "report.docx").unlink(), "没有 report.docx"),
        (lambda folder: put(folder, "run.json", {"section": "duties"}), "只起草了一节"),
        (shutil.rmtree, "没有 scorecard.json"),
    ],
)
def test_a_broken_run_folder_is_told_and_stops_nothing(tmp_path: Path, break_it: Any, told: str) -> None:
    broken, good = run_folder(tmp_path, "0001-broken"), run_folder(tmp_path, "0002-good", unit="示例区乙局")
    break_it(broken)
    write_summary([good, broken], [("0003-别的", "workbook.xlsx：打不开。请重新保存。")], tmp_path)
    book, page = sheets(tmp_path), Page(tmp_path)
    cases = table(book["总表"], "先后")
    assert [row["状态"] for row in cases] == ["不能报送", "可送审"]
    assert cases[1]["单位"] == "示例区乙局"
    failed = table(book["未完成"], "填报")
    assert failed[0]["填报"] == "0003-别的"
    assert "0001-broken" in failed[1]["填报"]
    assert told in failed[1]["原因"]
    assert told in page.text
    assert all(row["怎么办"] for row in failed)


def test_a_hostile_name_is_only_text(tmp_path: Path) -> None:
    names = [
        '=HYPERLINK("http://x.example","点我")',
        "<script>alert(1)</script>",
        "+1+cmd|' /C calc'!A0",
        '"><img src=x onerror=1>',
    ]
    folders = [
        run_folder(tmp_path / "runs", f"{n:04d}", unit=name, check=[REPORT_ERROR | {"message": name}])
        for n, name in enumerate(names)
    ]
    write_summary(folders, [(names[0], names[1])], tmp_path)
    book = openpyxl.load_workbook(tmp_path / "summary.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or str(cell.value).startswith("=SUBTOTAL(")
    assert {row["单位"] for row in table(sheets(tmp_path)["总表"], "先后")} == set(names)
    page = Page(tmp_path)
    assert not {"script", "img"} & set(page.tags)
    assert "<script>alert(1)</script>" in page.text


@pytest.mark.parametrize("name", ["0001-示例区 甲局", "100% #1 (草稿) [a]", "a&b='c'", "甲\u3000乙"])
def test_the_links_lead_to_the_drafts(tmp_path: Path, name: str) -> None:
    folder = run_folder(tmp_path / "runs", name)
    out = tmp_path / "汇总 out"
    write_summary([folder], [], out)
    page = Page(out)
    drafts = [link for link in page.links if "report.docx" in link]
    assert drafts
    for link in drafts:
        assert (out / unquote(link)).resolve() == (folder / "report.docx").resolve()
    cell = next(
        c for row in openpyxl.load_workbook(out / "summary.xlsx")["总表"].iter_rows() for c in row if c.hyperlink
    )
    assert cell.hyperlink is not None
    target = unquote(str(cell.hyperlink.target)).replace("\\", "/")  # as Excel writes a way between files
    assert (out / target).resolve() == (folder / "report.docx").resolve()
    anchors = {link[1:] for link in page.links if link.startswith("#")}
    assert anchors
    assert anchors <= page.ids


def test_the_page_needs_nothing_else(tmp_path: Path, futian_run: Run) -> None:
    write_summary([futian_run.folder], [], tmp_path)
    page = Page(tmp_path)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
    assert not any("://" in link for link in page.links)
    assert {"svg", "desc"} <= set(page.tags)


def test_the_workbook_counts_what_the_folders_hold(tmp_path: Path) -> None:
    folders = [
        run_folder(tmp_path / "runs", "1", check=[REQUIRED, REPORT_ERROR, OPEN, WARNING], data=[DATA_ERROR]),
        run_folder(tmp_path / "runs", "2", unit="示例区乙局", marks="95.5", check=[OPEN, OPEN]),
    ]
    write_summary(folders, [], tmp_path)
    book = sheets(tmp_path)
    first, second = table(book["总表"], "先后")
    heads = ("缺必填", "报告错误", "报告提醒", "数据错误", "待补", "得分", "得分率", "扣分", "等级")
    assert [first[head] for head in heads] == [1, 1, 1, 1, 1, 90, 0.9, 10, "优"]
    assert [second[head] for head in heads] == [0, 0, 0, 0, 2, 95.5, 0.955, 4.5, "优"]
    assert [first[head] for head in ("投入（40分）", "产出（60分）")] == [30, 60]
    assert len(table(book["待办"], "先后")) == 7
    (lost,) = table(book["扣分"], "指标体系")
    assert (lost["指标"], lost["扣分单位"], lost["应评单位"], lost["扣分合计"]) == ("执行率", 2, 2, 14.5)
    shown = openpyxl.load_workbook(tmp_path / "summary.xlsx", data_only=True)["总表"]
    totals = next(row for row in shown.iter_rows(values_only=True) if row[1] == "合计")
    assert 14.5 in totals


def test_native_charts_show_marks_and_deductions(tmp_path: Path) -> None:
    write_summary([run_folder(tmp_path / "runs", "1")], [], tmp_path)
    book = openpyxl.load_workbook(tmp_path / "summary.xlsx")
    assert len(book["图表"]._charts) == 2  # type: ignore[attr-defined]


def test_forms_are_kept_apart_and_compared_by_rate(tmp_path: Path) -> None:
    other = [leaf("执行率", "20", "10", part="决策")]
    folders = [
        run_folder(tmp_path / "runs", "1"),
        run_folder(tmp_path / "runs", "2", marks="10", framework="b-city", leaves=other,
                   total={"full_marks": "20", "marks": "10", "grade": "", "complete": True}),
    ]  # fmt: skip
    outcomes = [read_outcome(folder) for folder in folders]
    assert mean_rate(outcomes) == Decimal("0.7")
    assert [(one.framework, len(one.units), one.asked) for one in deductions(outcomes)] == [
        ("a-city", 1, 1),
        ("b-city", 1, 1),
    ]
    assert common(deductions(outcomes), 5) == [("执行率", 2, Decimal(20))]
    write_summary(folders, [], tmp_path)
    rows = table(sheets(tmp_path)["总表"], "先后")
    assert {row["指标体系"]: (row["投入（40分）"], row["决策（20分）"]) for row in rows} == {
        "a-city": (30, None),
        "b-city": (None, 10),
    }


def test_what_a_model_did_is_told(tmp_path: Path) -> None:
    folder = run_folder(tmp_path / "runs", "1")
    sentences = {"passed": 20, "repaired": 3, "replaced": 2, "failures": ["接口没有回应。"]}
    put(folder, "run.json", {"model": "qwen", "usage": {"calls": 9, "tokens": 12345}, "sentences": sentences})
    write_summary([folder], [], tmp_path)
    (row,) = table(sheets(tmp_path)["模型使用"], "单位")
    assert list(row.values())[1:] == ["qwen", 20, 3, 2, 9, 12345, "接口没有回应。"]
    assert "接口没有回应。（1份）" in Page(tmp_path).text


def test_an_empty_batch_still_has_its_list(tmp_path: Path) -> None:
    write_summary([], [], tmp_path / "new")
    assert "这一批没有填报" in Page(tmp_path / "new").text
    assert "共0份" in str(sheets(tmp_path / "new")["总表"][1][0])


def test_both_files_or_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = run_folder(tmp_path / "runs", "1")
    write_summary([folder], [], tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in SUMMARY_FILES}
    put(folder, "check.json", {"findings": [REPORT_ERROR]})
    real = os.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name == "summary.html" and self.parent != tmp_path:
            raise PermissionError(13, "open in another program")
        real(self, target)
        return Path(target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(InputError, match="汇总表写不进去（没有权限）"):
        write_summary([folder], [], tmp_path)
    monkeypatch.undo()
    assert {name: (tmp_path / name).read_bytes() for name in SUMMARY_FILES} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["runs", *sorted(SUMMARY_FILES)]


def test_a_folder_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match="它是一个文件，不是文件夹"):
        write_summary([run_folder(tmp_path / "runs", "1")], [], tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_every_order_that_can_be_picked_places_each_case_once(tmp_path: Path) -> None:
    folders = [run_folder(tmp_path / "runs", str(n), unit=f"示例区{n}局", marks=str(90 + n)) for n in range(4)]
    write_summary(folders, [], tmp_path)
    page = Page(tmp_path)
    for letter in re.findall(r"order:var\(--(\w)\)", page.source):
        assert sorted(re.findall(rf"--{letter}:(\d+)[;\"]", page.source)) == ["0", "1", "2", "3"]
    marks = [int(place) for place in re.findall(r"--m:(\d+)", page.source)]
    assert marks == [0, 1, 2, 3]
    assert [int(place) for place in re.findall(r"--l:(\d+)", page.source)] == marks


def test_what_a_killed_writer_left_is_cleared(tmp_path: Path) -> None:
    dead, living = tmp_path / ".summary.dead", tmp_path / ".summary.living"
    for left in (dead, living):
        left.mkdir()
        (left / "summary.xlsx").write_bytes(b"half")
    os.utime(dead, (0, 0))
    write_summary([], [], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [living.name, *sorted(SUMMARY_FILES)]


def test_the_same_folders_give_the_same_files(tmp_path: Path) -> None:
    folders = [run_folder(tmp_path / "runs", name, check=[OPEN]) for name in ("1", "2")]
    write_summary(folders, [], tmp_path / "a")
    write_summary(list(reversed(folders)), [], tmp_path / "b")
    for name in SUMMARY_FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
