"""实际完成值 held against the work summary and the surveys: told where it is surely the same thing, silent everywhere else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from reconcile_case import YEAR, make, told, with_material

from assistant.intake import Case
from assistant.intake.surveys import survey_figures
from assistant.ledger import Figure, Provenance, Target

SURVEY = [{"name": "家长满意度调查", "respondents": "家长", "valid": "300", "satisfied": "264"}]


def case(name: str, achieved: str, unit: str, surveys: list[dict[str, str]] | None = None) -> Case:
    where = Provenance("cell", file="workbook.xlsx", sheet="12 绩效目标与完成", cell="G5")
    figures = [
        Figure("targets.1.achieved", f"{name}实际完成值", Decimal(achieved), unit, str(YEAR), where, items=(name,))
    ]
    target = Target("targets.1", name, "≥", achieved="targets.1.achieved", place=where.place)
    return make(targets=[target], more=figures, tables={"surveys": surveys} if surveys is not None else None)


@pytest.mark.parametrize(
    ("name", "achieved", "unit", "text", "says"),
    [
        ("新增学位数", "424", "个", "全年新增学位500个，开工幼儿园3所。", "500个"),
        ("小区改造个数", "4", "个", "小区管网更新方面，改造小区9个，更换管网12公里。", "9个"),
        ("新增学位数", "424", "个", "新增424个学位。全年新增500个学位。", "500个"),
        ("家长满意度", "88", "%", "家长满意度92%。", "92%"),
        ("骨干教师评选数", "63", "人", "共评选骨干教师69名。", "69名"),
    ],
)  # fmt: skip
def test_another_value_in_the_same_words(
    tmp_path: Path, name: str, achieved: str, unit: str, text: str, says: str
) -> None:
    (found,) = told(with_material(tmp_path, text, case(name, achieved, unit)), f"绩效目标“{name}”", "口径不同")
    assert found.severity == "warning"
    assert says in found.message
    assert "summary.md" in found.message


@pytest.mark.parametrize(
    ("name", "achieved", "unit", "text"),
    [
        ("新增学位数", "424", "个", "全年新增学位424个。"),
        ("新增学位数", "424", "个", "截至6月底，新增学位200个。"),
        ("新增学位数", "424", "个", "上半年新增学位200个。"),
        ("新增学位数", "424", "个", "计划新增学位500个。"),
        ("新增学位数", "424", "个", "2021年新增学位500个。"),
        ("新增学位数", "424", "个", "新增幼儿园学位500个。"),
        ("新增学位数", "424", "个", "新增学位200个。新增学位224个。"),
        ("新增学位数", "424", "个", "新增学位投入500万元。"),
        ("小区改造个数", "4", "个", "改造小区道路9个标段。"),
        ("家长满意度", "88", "%", "学生满意度92%，家长满意度比上年提高4%。"),
    ],
)  # fmt: skip
def test_another_thing_another_time_or_a_part_is_let_be(
    tmp_path: Path, name: str, achieved: str, unit: str, text: str
) -> None:
    assert told(with_material(tmp_path, text, case(name, achieved, unit)), "口径不同") == []


def test_the_rate_of_the_same_peoples_survey() -> None:
    def found(name: str, achieved: str) -> list[str]:
        one = case(name, achieved, "%", SURVEY)
        figures = survey_figures(one.rows("surveys"), YEAR, "")
        return [f.message for f in told(replace(one, ledger=one.ledger.add(figures)), "满意度调查“家长")]

    (message,) = found("家长满意度", "92")
    assert "88.00%" in message
    assert found("家长满意度", "88") == []
    assert found("学生满意度", "92") == []


def test_posts_in_the_units_own_words(tmp_path: Path) -> None:
    (found,) = told(with_material(tmp_path, "我局编制70名。", make()), "核定编制数", "70名")
    assert "67人" in found.message
    assert told(with_material(tmp_path, "全县教育系统编制70名。", make()), "70名") == []


def test_two_rates_apart_by_points_with_two_places(tmp_path: Path) -> None:
    said = told(with_material(tmp_path, "满意度为91.5%。", make()), "文字写91.5%")
    assert [f.message.count("相差4.96个百分点") for f in said] == [1]
