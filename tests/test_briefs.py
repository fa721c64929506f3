from __future__ import annotations

from pathlib import Path

import pytest
from draft_cases import drafted, make_case

from assistant.briefs import Brief
from assistant.briefs.build import own_names
from assistant.briefs.roles import file_role

SUMMARY = """# 云山县统计局2022年工作总结

2022年，我局围绕中心工作开展统计调查。

## 一、统计调查
完成人口抽样调查，走访1,260户，登记率99.2%。
劳动力调查覆盖14个社区。

## 二、数据质量
核查企业86家，改正数据31处。其中工业企业52家。

## 三、存在问题
一是基层力量薄弱。18个村只有7名统计员。二是系统老化，年内停机3次，原因是服务器超期使用。

## 四、下一步打算
1. 补充统计员5名。
2. 更换服务器2台。

## 五、预算管理做法
实行月通报，全年通报12次。
"""
TASKS = [
    ("数据质量", "核查企业数据", "完成"),
    ("统计调查", "完成人口抽样调查", "完成"),
    ("普法宣传", "统计法宣传", "未完成"),
]


def briefs_of(tmp_path: Path, **given: object) -> dict[str, Brief]:
    case = make_case(tmp_path, {"summary.md": SUMMARY}, **given)  # type: ignore[arg-type]
    return {brief.section: brief for brief in drafted(case)[1]}


def test_facts_stand_under_the_key_tasks_in_the_tasks_order(tmp_path: Path) -> None:
    items = briefs_of(tmp_path, key_tasks=TASKS)["duties"].items
    assert [item.name for item in items] == ["数据质量", "统计调查", "普法宣传"]
    assert "86家" in items[0].topics[0].facts[0].text
    assert "1,260户" in items[1].topics[0].facts[0].text
    assert [task.name for task in items[2].bare] == ["统计法宣传"]


def test_without_key_tasks_the_materials_own_headings_are_the_fields(tmp_path: Path) -> None:
    items = briefs_of(tmp_path)["duties"].items
    assert [item.name for item in items] == ["统计调查", "数据质量"]


def test_each_fact_goes_to_one_section_only(tmp_path: Path) -> None:
    briefs = briefs_of(tmp_path, key_tasks=TASKS)
    told = [fact.source + fact.text for brief in briefs.values() for topic in brief.topics for fact in topic.facts]
    assert len(told) == len(set(told))
    assert any("补充统计员" in fact.text for topic in briefs["plans"].topics for fact in topic.facts)
    assert any("月通报" in fact.text for topic in briefs["experience"].topics for fact in topic.facts)
    assert any("力量薄弱" in fact.text for topic in briefs["problems"].topics for fact in topic.facts)


def test_the_same_fact_in_two_materials_is_told_once(tmp_path: Path) -> None:
    twice = {"a.md": SUMMARY, "b.md": "# 汇报\n\n核查企业86家，共改正数据31处。\n"}
    case = make_case(tmp_path, twice)
    facts = [f for b in drafted(case)[1] for t in b.topics for f in t.facts if "31处" in f.text]
    assert len(facts) == 1


def test_the_accounts_are_left_to_the_ledger(tmp_path: Path) -> None:
    case = make_case(tmp_path, {"a.md": "# 工作总结\n\n部门预算12亿元，预算执行率98.64%。发放资助36万元。\n"})
    facts = [f.text for b in drafted(case)[1] for t in b.topics for f in t.facts]
    assert facts == ["发放资助36万元。"]


def test_what_an_earlier_year_did_is_not_told_as_this_years_work(tmp_path: Path) -> None:
    text = "上年培训9期。其中线上4期。培训12期。上年走访80户，今年走访95户。2021年建站3个。2022年建站5个。"
    case = make_case(tmp_path, {"a.md": f"# 工作总结\n\n## 培训\n\n{text}\n"})
    facts = [f.text for b in drafted(case)[1] for topic in b.topics for f in topic.facts]
    assert facts == ["培训12期。", "上年走访80户，今年走访95户。", "2022年建站5个。"]


def test_a_lost_leaf_carries_value_band_and_the_cause_that_was_given(tmp_path: Path) -> None:
    briefs = briefs_of(
        tmp_path,
        deductions=[("编外人员控制率", "窗口岗位没有编制")],
        problems=[
            (
                "采购执行偏慢。货物类有4万元没有执行",
                "政府采购执行情况",
                "需求定稿晚",
                "2月底前定稿",
                "办公室",
                "2023年2月底前",
            )
        ],
        texts={"marks.procurement_execution.2": "1"},
    )
    report = briefs["problems"].report
    lost = {d.leaf: d for d in report.deductions}
    assert "[[off_establishment_rate]]" in lost["off_establishment_control"].why
    assert "最低档" in lost["off_establishment_control"].why
    assert lost["off_establishment_control"].note == "窗口岗位没有编制"
    assert lost["off_establishment_control"].explained


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("中共云山区委组织部（本级）", "区委组织部"),
        ("青川市云山区民政局", "区民政局"),
        ("云山县统计局", "县统计局"),
        ("云山区市场监督管理局", "市场监督管理局"),
    ],
)
def test_the_units_own_names(unit: str, name: str) -> None:
    assert name in own_names(unit)
    assert "委组织部" not in own_names(unit)


@pytest.mark.parametrize(
    ("file", "title", "role"),
    [
        ("a/工作总结.docx", "2022年工作总结及2023年工作计划", "work"),
        ("要点.md", "2022年工作要点", "aims"),
        ("plan.md", "2023年工作计划", "plans"),
        ("work-plan.md", "", "aims"),
        ("explanation.md", "", "work"),
    ],
)
def test_what_a_document_is_for(file: str, title: str, role: str) -> None:
    assert file_role(file, title, 2022) == role
