from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pytest
from draft_cases import make_case, section_text, whole_text

from assistant.briefs import build_briefs
from assistant.drafting import draft_section
from assistant.outlines import Outline, read_outline
from assistant.report.assemble import Report, assemble
from assistant.scorecard import score

PROBLEMS = [
    ("设备项目执行率偏低。安排40万元，支出36万元", "政府采购执行情况", "需求6月才定稿", "需求每年2月底前定稿", "办公室", "2023年2月底前"),
    ("救助系统老化的问题", "", "超期使用", "更换服务器3台", "信息科", "2023年6月"),
    ("窗口人手不足", "", "编制少", "", "", ""),
]  # fmt: skip


def apart(level: int = 3) -> Outline:
    """The Futian outline with the measures in a section of their own."""
    text = (files("knowledge_base") / "outlines" / "shenzhen-futian-2020.yaml").read_text("utf-8")
    line = next(line for line in text.splitlines() if "id: problems," in line)
    number = ("1. ", "2. ") if level == 3 else ("（二）", "（三）")
    new = "\n".join(
        f"  - {{id: {id}, kind: narrative, genre: {id}, level: {level}, heading: {mark}{name}, missing: {name}}}"
        for id, mark, name in zip(("problems", "measures"), number, ("存在的问题", "改进措施"), strict=True)
    )
    above = "  - {id: both, level: 2, heading: （二）存在问题及改进措施}\n" if level == 3 else ""
    return read_outline(text.replace(line, above + new), "apart.yaml")


def report_of(folder: Path, outline: Outline, problems: Sequence[tuple[str, ...]], text: str = "") -> Report:
    case = make_case(folder, {"s.md": text} if text else None, {"procurement.actual": "50"}, problems=problems)
    card = score(case)
    return assemble(case, card, outline, [draft_section(brief) for brief in build_briefs(case, card, outline)])


@pytest.mark.parametrize("level", [2, 3])
def test_each_measure_is_tied_to_its_problem_and_told_once(tmp_path: Path, level: int) -> None:
    report = report_of(tmp_path, apart(level), PROBLEMS)
    problems, measures = section_text(report, "problems"), section_text(report, "measures")
    assert "针对设备项目执行率偏低的问题，需求每年2月底前定稿，由办公室负责，2023年2月底前完成。" in measures
    assert "针对救助系统老化的问题，更换服务器3台，由信息科负责，于2023年6月完成。" in measures
    for told in ("主要原因是需求6月才定稿", "安排40万元，支出36万元", "主要原因是超期使用", "“政府采购执行情况”扣"):
        assert told in problems
        assert told not in measures
    for promised in ("需求每年2月底前定稿", "更换服务器", "办公室负责", "改进措施"):
        assert promised not in problems


def test_a_problem_without_a_measure_is_asked_for_among_the_measures(tmp_path: Path) -> None:
    report = report_of(tmp_path, apart(), PROBLEMS)
    assert "【待补：“窗口人手不足”的改进措施、责任科室和完成时限】" in section_text(report, "measures")
    assert "【待补" not in section_text(report, "problems")


def test_a_cause_that_is_not_given_is_asked_for_among_the_problems(tmp_path: Path) -> None:
    report = report_of(tmp_path, apart(), [("系统老化", "", "", "", "", "")])
    assert "【待补：“系统老化”的原因】" in section_text(report, "problems")
    assert "原因" not in section_text(report, "measures")


def test_who_and_when_are_asked_for_once_and_only_among_the_measures(tmp_path: Path) -> None:
    unowned = [("系统老化", "", "超期", "更换设备"), ("人手不足", "", "编制少", "招录")]
    report = report_of(tmp_path, apart(), unowned)
    assert section_text(report, "measures").count("责任科室") == 1
    assert "责任科室" not in section_text(report, "problems")


def test_without_problems_the_measures_are_asked_for(tmp_path: Path) -> None:
    assert section_text(report_of(tmp_path, apart(), []), "measures") == "【待补：改进措施】。"


def test_problems_of_the_materials_are_parted_from_their_measures(tmp_path: Path) -> None:
    text = "# 总结\n\n## 存在不足\n一是停车诉求多，全年1,204件，明年拟新增泊位300个。二是系统老化，原因是超期使用。\n"
    report = report_of(tmp_path, apart(), [], text)
    assert "泊位300个" not in section_text(report, "problems")
    assert "主要原因是超期使用" in section_text(report, "problems")
    assert "针对停车诉求多的问题，" in section_text(report, "measures")
    assert "泊位300个" in section_text(report, "measures")


@pytest.mark.parametrize("alone", ["problems", "measures"])
def test_a_section_drafted_alone_says_what_it_says_in_the_whole(tmp_path: Path, alone: str) -> None:
    text = "# 总结\n\n## 存在不足\n一是停车诉求多，全年1,204件，明年拟新增泊位300个。二是系统老化。\n"
    whole, part = (section_text(report_of(tmp_path, o, [], text), alone) for o in (apart(), apart().only(alone)))
    assert part == re.sub("，逐项说明见表[0-9]+", "", whole)


def test_under_a_third_level_heading_problems_are_numbered_paragraphs(tmp_path: Path) -> None:
    lines = whole_text(report_of(tmp_path, apart(), PROBLEMS)).splitlines()
    assert lines.index("1. 存在的问题") < lines.index("2. 改进措施")
    assert any(line.startswith("（1）设备项目执行率偏低。安排40万元") for line in lines)
    assert any(line.startswith("（1）针对设备项目执行率偏低的问题，") for line in lines)
    assert not any(line.startswith("1. 设备项目") for line in lines)


def test_a_reference_names_the_second_level_heading_above(tmp_path: Path) -> None:
    assert apart().place_of("problems") == apart().place_of("measures") == "三（二）"
    assert apart().only("duty_goals").place_of("problems") == "三（二）"
