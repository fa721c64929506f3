"""年度绩效目标 in words: direction, group and number of each, what was missed and why, what still has to be given."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_case import made_case

from assistant.pipeline import draft_case

_ROWS = [
    {"level1": "产出", "level2": "数量指标", "name": "举办讲座", "sign": "≥", "target": "40", "unit": "场", "achieved": "30",
     "variance_reason": "闭馆维修三个月，停办的场次改到分馆补办"},
    {"level1": "产出", "level2": "数量指标", "name": "新增藏书", "sign": "≥", "target": "500", "unit": "册", "achieved": "620"},
    {"level1": "产出", "level2": "数量指标", "name": "编印馆刊", "sign": "=", "target": "4", "unit": "期"},
    {"level1": "产出", "level2": "成本指标", "name": "设备故障率", "sign": "≤", "target": "5", "unit": "%", "achieved": "6.2"},
    {"level1": "效益", "level2": "社会效益指标", "name": "群众文化参与", "sign": "定性", "target": "提升", "achieved": "社区文艺队增多", "state": "部分达成"},
    {"level1": "满意度", "level2": "满意度指标", "name": "读者满意度", "sign": "≥", "target": "90", "unit": "%", "achieved": "90"},
]  # fmt: skip


@pytest.fixture(scope="module")
def sections(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("made")
    values = {"unit.full_name": "清江县文化馆", "unit.year": 2023}
    run = draft_case(made_case(folder / "case", "hunan-wuling-2023", values, {"targets": _ROWS}), folder / "run")
    bad = [
        m
        for m in run.check.mentions
        if m.verdict.status not in ("verified", "rounded", "bound", "derived", "structural")
    ]
    assert not bad, [(m.mention.text, m.sentence) for m in bad]
    text = (run.folder / "report.md").read_text("utf-8")
    aims = text.split("### （二）2023年度部门绩效目标")[1].split("\n## ")[0]
    done = text.split("\n## 六、")[1].split("\n## ")[0]
    return {"aims": aims, "output": done.split("### （二）")[0], "effect": done.split("### （二）")[1]}


def test_an_aim_is_printed_in_its_direction(sections: dict[str, str]) -> None:
    for told in (
        "（1）举办讲座40场以上。",
        "（3）编印馆刊4期。",
        "设备故障率不超过5%。",
        "群众文化参与提升。",
        "读者满意度90%以上。",
    ):
        assert told in sections["aims"]
    assert sections["aims"].count("指标\n") == 4, "one heading a group"


def test_a_missed_target_says_so_and_why(sections: dict[str, str]) -> None:
    assert "举办讲座：实际完成30场，年度指标值40场以上，没有达到目标，偏差原因：闭馆维修三个月" in sections["output"]
    assert "设备故障率：实际完成6.2%，年度指标值不超过5%，没有达到目标" in sections["output"]
    assert "【待补：“设备故障率”的偏差原因和改进措施】" in sections["output"]


def test_what_was_reached_comes_first_and_what_is_missing_is_asked_for(sections: dict[str, str]) -> None:
    assert "新增藏书：实际完成620册，年度指标值500册以上，达到目标。" in sections["output"]
    assert "编印馆刊：年度指标值4期，【待补：“编印馆刊”的实际完成值】。" in sections["output"]
    assert "读者满意度90%，达到年度指标值。" in sections["effect"]
    assert "全部达到" not in sections["output"]


def test_a_qualitative_target_is_told_by_its_state(sections: dict[str, str]) -> None:
    assert "群众文化参与：社区文艺队增多，部分达到目标，偏差原因：【待补" in sections["effect"]


def test_a_section_without_names_takes_what_no_other_section_takes(sections: dict[str, str]) -> None:
    assert "满意度" not in sections["output"]
    assert "讲座" not in sections["effect"]


def test_a_section_drafted_alone_tells_the_same_targets(tmp_path: Path) -> None:
    values = {"unit.full_name": "清江县文化馆", "unit.year": 2023}
    case = made_case(tmp_path / "case", "hunan-wuling-2023", values, {"targets": _ROWS})
    text = (draft_case(case, tmp_path / "run", section="effects").folder / "report.md").read_text("utf-8")
    assert "读者满意度90%" in text
    assert "讲座" not in text
