"""A report with no case: what it says of itself, how much of it was checked, and what happens where there is nothing to check."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.app import app
from assistant.documents import Text, read_document
from assistant.intake import Case
from assistant.scorecard import score
from assistant.verify import check_against_case, check_alone

REPORT = """# 2022年度部门整体支出绩效自评报告

填报日期：2023年4月20日

一、收支情况

2022年支出1,000.00万元，其中基本支出300.00万元，项目支出700.00万元。

| 项目 | 年初预算（万元） | 决算（万元） |
|---|---|---|
| 基本支出 | 310.00 | 300.00 |
| 项目支出 | 720.00 | 700.00 |
| 合计 | 1,030.00 | 1,000.00 |

二、满意度

发放问卷200份，收回190份，满意度96.3%。

三、问题

一是储备不足；二是支付偏慢。
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Text]:
    def reader(words: str, name: str = "report.md") -> Text:
        path = tmp_path / name
        path.write_text(words, "utf-8")
        return read_document(path)

    return reader


def test_a_sound_report_has_no_finding(read: Callable[[str], Text]) -> None:
    result = check_alone(read(REPORT))
    assert [f.message for f in result.findings] == []


def test_the_summary_says_how_much_was_checked(read: Callable[[str], Text]) -> None:
    checked = check_alone(read(REPORT)).to_json()["summary"]["checked"]
    assert checked["quantities"] == 12
    assert 8 <= checked["compared"] <= 12, "the sums, the shares and the sheets were held against one another"
    assert (checked["tables"], checked["dates"]) == (1, 1)
    assert any("评分表" in note for note in checked["notes"]), "no score table was read, and that is said"


def test_numbers_that_stand_alone_are_not_called_checked(read: Callable[[str], Text]) -> None:
    checked = check_alone(read("全年办班8期。\n\n接待来访37批次。\n")).to_json()["summary"]["checked"]
    assert (checked["quantities"], checked["compared"]) == (2, 0)
    assert any("没有读到表格" in note for note in checked["notes"])


def test_one_contradiction_is_one_finding(read: Callable[[str], Text]) -> None:
    found = check_alone(read(REPORT.replace("收回190份", "收回210份").replace("，满意度96.3%", ""))).findings
    assert [f.severity for f in found] == ["error"]
    assert "多于发放" in found[0].message


def test_what_was_planted_is_found(read: Callable[[str], Text]) -> None:
    planted = {
        "三、问题": "四、问题", "二是支付": "三是支付", "2023年4月20日": "2023年4月31日",
        "| 合计 | 1,030.00 |": "| 合计 | 1,300.00 |", "2022年度部门": "2022年度××局部门",
    }  # fmt: skip
    for right, wrong in planted.items():
        assert right in REPORT
        assert check_alone(read(REPORT.replace(right, wrong))).errors, wrong


def test_a_scanned_page_among_others_is_told(read: Callable[[str], Text]) -> None:
    text = read(REPORT)
    found = check_alone(Text(text.name, text.text, text.blocks, pictures=(4,))).findings
    assert [(f.code, f.severity) for f in found] == [("unreadable", "warning")]
    assert "第4页是图片" in found[0].message


def test_a_text_without_numbers_is_a_warning(read: Callable[[str], Text]) -> None:
    result = check_alone(read("各项工作圆满完成。"))
    assert [(f.code, f.severity) for f in result.findings] == [("unreadable", "warning")]


def test_a_table_without_heads_is_told(read: Callable[..., Text]) -> None:
    checked = check_alone(read("支出如下。\n300\t310\n700\t720\n", "plain.txt")).to_json()["summary"]["checked"]
    assert any("没有表头" in note for note in checked["notes"])


def test_the_command_says_what_was_checked_and_exits_by_errors(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(REPORT, "utf-8")
    clean = CliRunner().invoke(app, ["check", str(path), "--json", str(tmp_path / "check.json")])
    assert clean.exit_code == 0
    assert "数量12个，其中" in clean.output
    assert json.loads((tmp_path / "check.json").read_text("utf-8"))["summary"]["checked"]["quantities"] == 12
    path.write_text(REPORT.replace("三、问题", "四、问题"), "utf-8")
    assert CliRunner().invoke(app, ["check", str(path)]).exit_code == 1


def test_a_report_of_another_year_or_unit_is_one_finding(futian: Case, read: Callable[[str], Text]) -> None:
    rows = "\n\n".join(f"全年办理第{n}类事项{n * 137 + 11}件，支出{n * 13}.{n + 10}万元。" for n in range(1, 20))
    words = (
        f"# 示例市水务局2018年度部门整体支出绩效自评报告\n\n单位名称：示例市水务局\n\n2018年履职情况如下。\n\n{rows}\n"
    )
    result = check_against_case(read(words), score(futian), case=futian)
    assert len(result.findings) == 1
    assert all(word in result.findings[0].message for word in ("示例市水务局", "2018年度", "2020年度"))


def test_marks_that_cannot_be_seen_are_told_and_change_no_number(read: Callable[..., Text]) -> None:
    plain = "2022年预算200.00万元，支出150.00万元，预算执行率75.00%。\n"
    result = check_alone(read(plain.replace("150", "1\u200b5\u202e0"), "marked.txt"))
    assert [(f.code, f.severity) for f in result.findings] == [("markup", "info")]
    assert [m.mention.value for m in result.mentions] == [m.mention.value for m in check_alone(read(plain)).mentions]


def test_half_a_character_is_no_reason_to_refuse_a_file(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("2022年支出100万元，".encode() + b"\xed\xa0\x80" + "结余5万元。\n".encode())
    result = check_alone(read_document(path))
    assert [m.mention.text for m in result.mentions if m.mention.is_quantity] == ["100万元", "5万元"]
    assert any("乱码" in f.message for f in result.findings)
