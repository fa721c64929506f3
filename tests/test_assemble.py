from __future__ import annotations

import json
from pathlib import Path

from draft_cases import YEAR, drafted, make_case, section_text

from assistant.report.blocks import Contents, Cover, Heading, Landscape, Table, places

SUMMARY = "# 工作总结\n\n## 一、调查\n走访1,260户，登记率99.2%。\n\n## 二、普法\n宣传8场。\n"


def test_the_report_follows_the_outline(tmp_path: Path) -> None:
    blocks = drafted(make_case(tmp_path, {"s.md": SUMMARY}))[3].document.blocks
    assert isinstance(blocks[0], Cover)
    assert isinstance(blocks[1], Contents)
    firsts = [b.text for b in blocks if isinstance(b, Heading) and b.level == 1]
    assert [text[:2] for text in firsts] == ["一、", "二、", "三、", "四、"]
    assert isinstance(blocks[-1], Landscape)
    assert f"{YEAR}年" in "".join(b.text for b in blocks if isinstance(b, Heading))


def test_the_cover_leaves_seal_and_signatures_empty(tmp_path: Path) -> None:
    cover = drafted(make_case(tmp_path))[3].document.blocks[0]
    assert isinstance(cover, Cover)
    boxes = dict(cover.boxes)
    assert boxes["部门名称（公章）"] == "云山县统计局"
    assert boxes["单位负责人（签章）"] == boxes["联系电话"] == ""


def test_the_score_table_is_a_whole_grid_whose_leaves_add_up(tmp_path: Path) -> None:
    card, _, _, report = drafted(make_case(tmp_path))
    landscape = report.document.blocks[-1]
    assert isinstance(landscape, Landscape)
    table = next(block for block in landscape.blocks if isinstance(block, Table))
    grid = places(table)
    assert all(sum(place.cell.columns for place in row) == len(table.widths) for row in grid)
    printed = [row[-1].cell.text for row in grid[3:-1]]
    assert len(printed) == len(card.leaves)
    assert grid[-1][-1].cell.text == str(card.marks.normalize().__format__("f"))
    assert printed.count("【待补】") == sum(leaf.marks is None for leaf in card.leaves)


def test_marks_handed_in_are_named_under_the_table(tmp_path: Path) -> None:
    from dataclasses import replace
    from decimal import Decimal

    from draft_cases import CELL

    from assistant.intake import Entry

    case = make_case(tmp_path)
    entry = Entry("marks.benefits", "18", CELL, Decimal(18))
    case = replace(
        case,
        entries={
            **case.entries,
            "marks.budget_rationality": replace(entry, id="marks.budget_rationality", number=Decimal(4)),
        },
    )
    report = drafted(case)[3]
    landscape = report.document.blocks[-1]
    assert isinstance(landscape, Landscape)
    notes = [note for block in landscape.blocks if isinstance(block, Table) for note in block.notes]
    assert any("预算编制合理性" in note and "未经数据复核" in note for note in notes)
    assert "没有经过数据复核" in section_text(report, "marks")


def test_a_missing_figure_is_marked_in_the_table_and_noted(tmp_path: Path) -> None:
    report = drafted(make_case(tmp_path, figures={"initial_budget.total": None, "initial_budget.basic": None}))[3]
    table = next(b for b in report.document.blocks if isinstance(b, Table))
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
    assert rows["总计"][0] == "【待补】"
    assert rows["基本支出"][0] == "—"
    assert "其中：人员经费" not in rows
    assert table.notes


def test_rates_over_a_hundred_and_marks_without_spare_zeros_are_printed(tmp_path: Path) -> None:
    report = drafted(make_case(tmp_path, figures={"final_accounts.total": "990"}))[3]
    assert "110.00%" in section_text(report, "budget_execution")
    assert ".00分" not in section_text(report, "marks")


def test_the_record_holds_each_sentence_with_author_and_sources(tmp_path: Path) -> None:
    report = drafted(make_case(tmp_path, {"s.md": SUMMARY}))[3]
    record = json.loads(json.dumps(report.to_json(), ensure_ascii=False))
    duties = next(section for section in record["sections"] if section["id"] == "duties")
    told = next(s for s in duties["sentences"] if "1,260户" in s["text"])
    assert "[[m" in told["slotted"]
    assert told["author"] == "offline"
    assert told["sources"][0].startswith("s.md ")
    assert report.prompts


def test_the_same_case_gives_the_same_report(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"s.md": SUMMARY}, key_tasks=[("调查", "走访", "完成"), ("普法", "宣传", "完成")])
    assert drafted(case)[3] == drafted(case)[3]
