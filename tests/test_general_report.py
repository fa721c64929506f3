"""A rubric that nobody has seen, with no outline of its own: the general report prints its indicators, and asks for nothing that its workbook lacks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from general_cases import BASICS, CITY_IDS, SUMMARY, general_case
from made_case import BONUS, SMALL, TARGETS, made_case
from made_case import VALUES as SMALL_VALUES

from assistant.documents import read_document
from assistant.intake.forms import import_form
from assistant.pipeline import Run, draft_case

_WRONG = {"mismatch", "misattributed", "unsupported", "wrong_unit", "wrong_period", "wrong_scope"}
_TODO = re.compile(r"【待补[：:]?([^】]*)】")
_OWNERS = "责任科室、完成时限"
"""What a measure told in a material leaves open."""


@dataclass(frozen=True)
class Drafted:
    """A run, its report as text, and its headings in order."""

    run: Run
    text: str
    headings: tuple[str, ...]

    @property
    def todo(self) -> set[str]:
        return set(_TODO.findall(self.text))


def drafted(folder: Path, out: Path) -> Drafted:
    run = draft_case(folder, out)
    headings = re.findall(r"^#{2,} (.+)$", (out / "report.md").read_text("utf-8"), re.MULTILINE)
    return Drafted(run, read_document(out / "report.docx").text, tuple(headings))


@pytest.fixture(scope="module", params=CITY_IDS)
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Drafted:
    folder = tmp_path_factory.mktemp(request.param)
    return drafted(general_case(folder / "case", request.param), folder / "out")


def test_a_whole_case_gives_a_report_with_nothing_left_open(city: Drafted) -> None:
    found = [f.message for f in city.run.check.findings if f.code in _WRONG or f.severity == "error"]
    assert found == []
    assert city.run.required_missing == ()
    assert city.todo <= {_OWNERS}


def test_every_indicator_of_the_rubric_has_its_place_and_its_marks(city: Drafted) -> None:
    card = city.run.card
    bare = [heading.lstrip("（）一二三四五六七八九十、1234567890. ") for heading in city.headings]
    for node in card.framework.nodes():
        assert node.name in bare
    for leaf in card.leaves:
        assert leaf.bonus or leaf.waived or f"“{leaf.name}”分值" in city.text


def test_headings_are_counted_without_a_gap(city: Drafted) -> None:
    first = [heading[0] for heading in city.headings if heading[1:2] == "、"]
    assert "".join(first) == "一二三四五六七八九十"[: len(first)]
    problems = next(n for n, heading in enumerate(city.headings) if heading.endswith("、存在的问题"))
    assert city.headings[problems + 1].startswith("（一）")


def headings_of(name: str, tmp_path: Path) -> str:
    return "\n".join(drafted(general_case(tmp_path / "case", name), tmp_path / "out").headings)


def test_a_matter_without_a_sheet_has_no_section(tmp_path: Path) -> None:
    flat = headings_of("shiqiao-2023", tmp_path)
    for matter in ("三公", "政府采购", "国有资产", "机构和人员", "绩效目标", "重点工作"):
        assert (matter in flat) is (matter == "重点工作"), matter  # the year's general aim stands there
    assert "资金和资产管理情况" not in flat, "a heading goes with all that stood under it"


def test_what_only_materials_can_give_is_left_out_without_them(tmp_path: Path) -> None:
    assert "经验做法" not in headings_of("heping-2023", tmp_path)


def test_the_marks_of_a_scaled_total_are_told(tmp_path: Path) -> None:
    text = drafted(general_case(tmp_path / "case", "heping-2023"), tmp_path / "out").text
    assert "适用指标分值90分" in text
    assert "折算前得分76.8分" in text
    assert "“采购管理”分值" not in text
    assert "“管好用好资金”分值40分，其中适用的指标30分，自评得22分" in text
    rows = re.findall(
        r"^\| (.+?) \| (\S*) \| (\S*) \|", (tmp_path / "out" / "report.md").read_text("utf-8"), re.MULTILINE
    )
    told = {name: (share, marks) for name, share, marks in reversed(rows)}
    assert told["管好用好资金"] == ("40", "22"), "the share is the form's"
    assert told["折算前合计"] == ("100", "76.8"), "22 + 42.8 + 12"
    assert told["折算后合计"] == ("100", "86.3")


@pytest.mark.parametrize(
    ("above", "headings"),
    [
        (0, [("（1）数量指标", 5), ("①举办讲座场次", 6), ("（2）质量指标", 5), ("①活动方案公开情况", 6)]),
        (1, [("①数量指标：举办讲座场次", 6), ("②质量指标：活动方案公开情况", 6)]),
    ],
)
def test_groups_of_ones_own_stand_above_their_indicators(
    above: int, headings: list[tuple[str, int]], tmp_path: Path
) -> None:
    own = "{id: effect, name: 产出情况, full_marks: 60, own: true, parts: [{full_marks: 60, rule: {kind: target, states: [{label: 达成, least: 80, most: 100}]}}]}"
    if above:
        own = f"{{id: duty, name: 履职, full_marks: 60, children: [{own}]}}"
    top = f"  - {{id: output, name: 产出, full_marks: 60, children: [{own}]}}\n"
    rubric = (SMALL[: SMALL.index("  - id: output")] + top).replace("outline: shenzhen-futian-2020", "outline: general")
    rows = [{**row, "level1": "产出情况"} for row in TARGETS]
    drafted(made_case(tmp_path / "case", rubric, None, {"targets": rows}), tmp_path / "out")
    told = re.findall(r"^(#+) (.*)$", (tmp_path / "out" / "report.md").read_text("utf-8"), re.MULTILINE)
    found = [
        (name, len(signs))
        for signs, name in told
        if name.endswith(("指标", "举办讲座场次", "公开情况")) and len(signs) > 4
    ]
    assert found == headings


@pytest.mark.parametrize(("second", "told"), [("4", True), ("2", False)])
def test_marks_on_top_beyond_their_limit_say_what_was_claimed(tmp_path: Path, second: str, told: bool) -> None:
    rubric = SMALL.replace("outline: shenzhen-futian-2020", "outline: general") + BONUS
    awards = [{"item": "全省先进集体", "marks": "3"}, {"item": "市级先进集体", "marks": second}]
    made = drafted(made_case(tmp_path / "case", rubric, None, {"targets": TARGETS, "awards": awards}), tmp_path / "out")
    assert ("加减分事项合计7分，以5分为限" in made.text) is told
    assert [f.message for f in made.run.check.findings if f.code in _WRONG] == []


@pytest.mark.parametrize("name", CITY_IDS)
def test_our_score_table_comes_back_as_a_rubric_with_a_report_of_its_own(name: str, tmp_path: Path) -> None:
    draft_case(general_case(tmp_path / "first", name), tmp_path / "first-out")
    draft = import_form(tmp_path / "first-out" / "report.docx")
    values: dict[str, Any] = {**dict.fromkeys(SMALL_VALUES), **BASICS}
    for leaf in draft.framework.leaves():
        node = leaf.indicator
        if not node.bonus:
            values |= {f"marks.{node.id}.1": str(node.full_marks), f"reason.{node.id}.1": "佐证材料齐全"}
    tables = {"key_tasks": [{"task": "举办公益演出", "status": "完成"}]}
    folder = made_case(tmp_path / "second", draft.text, values, tables, {"work-summary.md": SUMMARY})
    again = drafted(folder, tmp_path / "second-out")
    assert again.run.card.marks == draft.framework.full_marks
    assert not [f.message for f in again.run.check.findings if f.severity == "error"]
    sheets = {"staff": "核定编制", "procurement": "采购", "assets": "资产", "carryover": "结转", "systems": "制度"}
    for sheet, word in sheets.items():
        assert sheet in draft.framework.sheets or not any(word in open_end for open_end in again.todo)
    told = json.loads((tmp_path / "second-out" / "scorecard.json").read_text("utf-8"))
    assert [leaf["path"] for leaf in told["indicators"]] == [list(leaf.path) for leaf in draft.framework.leaves()]
