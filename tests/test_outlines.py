from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from draft_cases import figure
from made_case import made_case

from assistant.briefs import laid_out
from assistant.catalogue import load_catalogue
from assistant.errors import FrameworkError, UsageError
from assistant.frameworks import framework_ids, load_framework
from assistant.intake import load_case
from assistant.ledger import Ledger
from assistant.outlines import has_rows, load_outline, named, outline_ids, read_outline, table_numbers
from assistant.prompts import load_prompt

MINIMAL = """
id: x
name: x
cover: {title: ["{year}年报告"]}
sections:
  - {id: a, heading: 一、甲}
  - {id: s, kind: score_table}
appendix: {heading: 附件, caption: 评分表}
"""


def test_every_framework_has_an_outline_whose_parts_exist() -> None:
    for id in framework_ids():
        framework = load_framework(id)
        outline = load_outline(framework.outline)
        leaves = {leaf.indicator.id for leaf in framework.leaves()}
        known = set(load_catalogue().specs) | set(framework.ratio_names)
        nodes = [*(node.id for node in framework.nodes()), "total"]
        known |= {f"{what}.{id}" for what in ("full_marks", "marks", "rate") for id in nodes}
        for section in outline.sections:
            assert set(section.leaves) <= leaves, section.id
            if section.template:
                load_prompt(section.template)
        assert set(outline.figures()) <= known


def test_the_year_is_the_cases() -> None:
    text = (files("knowledge_base") / "outlines" / "shenzhen-futian-2020.yaml").read_text("utf-8")
    outline = read_outline(text, "o.yaml")
    assert named(outline.cover.title[0], 2031, "某局") == "2031年度部门整体绩效"
    for told in (
        *(s.heading for s in outline.sections),
        outline.appendix.heading,
        *(t.caption for t in outline.tables),
    ):
        assert "20" not in told


def test_a_place_in_the_report_is_named_by_its_numbers() -> None:
    outline = load_outline("shenzhen-futian-2020")
    assert outline.place_of("tasks") == "一（二）"
    assert outline.place_of("problems") == "三（二）"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("heading: 一、甲", "heding: 一、甲"), "不认识的键"),
        (("id: a, heading", "id: s, heading"), "重复"),
        (("id: a, heading: 一、甲", "id: a, heading: 一、甲, tables: [t]"), "没有定义"),
        (("id: a, heading: 一、甲", "id: a, kind: narrative, heading: 一、甲"), "genre"),
        (("id: a, heading: 一、甲", "id: a, kind: template, heading: 一、甲"), "template"),
        (("  - {id: s, kind: score_table}\n", ""), "score_table"),
    ],
)
def test_a_faulty_outline_is_refused_with_its_file(change: tuple[str, str], complaint: str) -> None:
    with pytest.raises(FrameworkError, match=complaint) as caught:
        read_outline(MINIMAL.replace(*change), "faulty.yaml")
    assert "faulty.yaml" in str(caught.value)


def test_a_row_for_each_first_level_indicator_is_the_frameworks_own(tmp_path: Path) -> None:
    case = load_case(made_case(tmp_path / "case"))
    table = laid_out(load_outline("national-2013-53"), case).table("marks")
    assert [(row.label, row.cells[1]) for row in table.rows] == [
        ("投入", "marks.input"), ("产出", "marks.output"), ("合计", "marks.total"),
    ]  # fmt: skip


def test_an_outline_that_numbers_itself_is_printed_as_it_is(tmp_path: Path) -> None:
    case, outline = load_case(made_case(tmp_path / "case")), load_outline("shenzhen-futian-2020")
    assert laid_out(outline, case) == outline


def test_an_unknown_outline_or_section_is_named_with_what_there_is() -> None:
    with pytest.raises(UsageError, match="shenzhen-futian-2020"):
        load_outline("nowhere")
    with pytest.raises(UsageError, match="duties"):
        load_outline(outline_ids()[0]).section("nowhere")


def test_tables_are_numbered_as_they_are_printed() -> None:
    outline = load_outline("shenzhen-futian-2020")
    ledger = Ledger.of([figure("final_accounts.total", "1"), figure("procurement.planned", "2")])
    assert table_numbers(outline, ledger) == {"expenditure": 1, "procurement": 2}
    none = Ledger.of([figure("procurement.planned", "0"), figure("procurement.actual", "0")])
    assert not has_rows(outline.table("procurement"), none)
