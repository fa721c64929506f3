"""What people type beside a mark: reasons are told once, notes on the filling-in are not told; nothing is compared with zero."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from draft_cases import drafted, make_case, section_text, whole_text

from assistant.briefs import ReportView, phrases
from assistant.briefs.answers import LeafView
from assistant.briefs.remarks import about_work, no_reason
from assistant.frameworks import load_framework
from assistant.report.assemble import Report
from assistant.rules.kinds import Judged
from assistant.slots import nested_quotes

THREE = "three_public.total."


def report_of(folder: Path, **given: object) -> Report:
    return drafted(make_case(folder, **given))[3]  # type: ignore[arg-type]


def cells(report: Report) -> dict[str, str]:
    """Indicator -> 扣分原因."""
    table = next(b for b in report.document.blocks if getattr(b, "caption", "").endswith("扣分情况表"))
    return {row[0].text: row[4].text for row in table.rows[1:]}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "相关材料已归档", "见佐证材料", "资料齐全", "按标准自评", "符合要求", "对照要点逐项核对，相关材料已归档", "经自查，符合评分标准",
        "按评分标准扣1分", "酌情扣分", "详见附件2", "无", "",
    ],
)  # fmt: skip
def test_a_note_on_the_filling_in_is_no_reason(text: str) -> None:
    assert no_reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "财务制度健全", "合同档案归档不及时", "部分材料未归档", "资料不齐全", "没有及时核对账目", "采购文件已归档", "经自查，没有超范围支出",
        "符合中小企业采购要求", "全年没有发生公务接待", "资料齐全，但报送晚了两天",
    ],
)  # fmt: skip
def test_words_about_the_subject_stay_a_reason(text: str) -> None:
    assert not no_reason(text)
    assert about_work("采购文件已归档，见佐证材料") == "采购文件已归档"


def test_a_note_is_left_out_of_the_text_and_equal_reasons_are_told_once(tmp_path: Path) -> None:
    leaves = {leaf.indicator.id for leaf in load_framework("shenzhen-futian-2020").leaves()}
    notes = {f"reason.{leaf}": "对照要点逐项核对，相关材料已归档" for leaf in leaves}
    assert "归档" not in whole_text(report_of(tmp_path, texts=notes))


def test_equal_reasons_are_told_once_in_a_section() -> None:
    told = phrases.reasons([_leaf("预算编制", "由分管领导按季度督办"), _leaf("采购", "由分管领导按季度督办")], True)
    assert told == "由分管领导按季度督办。"
    parts = LeafView(
        "x", "资产", False, (), (), {}, "", "", {"账目": "每月对账", "实物": "每月对账"}, frozenset(), frozenset()
    )
    assert phrases.reasons([parts], True) == "账目、实物方面，每月对账。"


def _leaf(name: str, reason: str) -> LeafView:
    return LeafView(name, name, False, (), (), {}, "", "", {name: reason}, frozenset(), frozenset())


def test_a_note_does_not_explain_a_lost_mark(tmp_path: Path) -> None:
    note, spent = {"reason.fixed_asset_utilisation": "相关材料已归档"}, {"fixed_assets.in_use": "350"}
    told = cells(report_of(tmp_path, figures=spent, texts=note))["固定资产利用率"]
    assert told.endswith("【待补：“固定资产利用率”扣分原因】。")
    problem = ("部分设备闲置", "固定资产利用率", "机构调整", "调剂使用", "办公室", "2023年6月")
    told = cells(report_of(tmp_path, figures=spent, texts=note, problems=[problem]))["固定资产利用率"]
    assert told.endswith("第1条。")
    assert "待补" not in told


def test_nothing_is_compared_with_a_zero(tmp_path: Path) -> None:
    def told(**values: str) -> str:
        figures = {f"{THREE}{name}": value for name, value in values.items()}
        return section_text(report_of(tmp_path, figures=figures), "three_public")

    grown = told(prior_accounts="0")
    assert "上年没有发生“三公”经费支出，【待补：“三公”经费比上年增加的原因】。" in grown
    assert "决算数0.00万元" not in grown
    assert "比上年" not in told(prior_accounts="8", final_accounts="0")
    assert "比上年决算数8.00万元减少" in told(prior_accounts="8")


def test_a_reason_for_the_three_public_expenses_is_used_once_and_not_asked_for(tmp_path: Path) -> None:
    over = {f"{THREE}final_accounts": "12", f"{THREE}prior_accounts": "8", "three_public.vehicles.final_accounts": "11"}
    told = section_text(report_of(tmp_path, figures=over, texts={"three_public.reason": "车辆大修"}), "three_public")
    assert "超出预算，主要原因是车辆大修" in told
    assert told.count("车辆大修") == 1
    assert "【待补" not in told
    told = section_text(report_of(tmp_path, figures=over, texts={"three_public.reason": "见佐证材料"}), "three_public")
    assert "佐证" not in told
    assert "【待补：“三公”经费比上年增加的原因】" in told


def test_a_judged_leaf_with_a_measure_has_no_bands(tmp_path: Path) -> None:
    case = make_case(tmp_path, figures={"satisfaction.satisfied": "180"}, texts={"marks.satisfaction.1": "5"})
    _, briefs, _, report = drafted(case)
    assert "90.00%，未达到满分档" in section_text(report, "duties") + whole_text(report)
    view = briefs[0].report
    leaf = next(n.indicator for n in case.framework.leaves() if n.indicator.id == "satisfaction")
    assert view.short_of("satisfaction", "satisfaction_rate") == "未达到满分档"
    judged = leaf.parts[0].model_copy(update={"rule": Judged(kind="judged", because="没有公布评分标准")})
    assert _as_judged(view, leaf.id, judged).short_of("satisfaction", "satisfaction_rate") == "酌情扣分"


def _as_judged(view: ReportView, id: str, part: object) -> ReportView:
    """The same view of a framework whose leaf is judged."""

    def turned(node):  # type: ignore[no-untyped-def]
        if node.id == id:
            return node.model_copy(update={"parts": (part,)})
        return node.model_copy(update={"children": tuple(map(turned, node.children))})

    framework = view.case.framework
    changed = framework.with_indicators(tuple(map(turned, framework.indicators)))
    return replace(view, case=replace(view.case, framework=changed))


def test_a_finished_task_is_said_to_be_finished_and_one_without_a_state_is_asked_for(tmp_path: Path) -> None:
    summary = {"总结.md": "# 2022年工作总结\n\n## 一、养老服务\n新建长者食堂5个，当年投入使用。\n"}
    tasks = [("养老服务", "建设长者食堂", "完成"), ("养老服务", "开展护理员轮训", "完成"), ("养老服务", "编制年鉴", "")]
    told = section_text(report_of(tmp_path, materials=summary, key_tasks=tasks), "duties")
    assert "“开展护理员轮训”已经完成。" in told
    assert "【待补：“编制年鉴”的完成情况】" in told
    assert "轮训”的完成情况" not in told


def test_quotes_inside_quotes_nest() -> None:
    assert nested_quotes("““三公”经费”不足，见“表”。") == "“‘三公’经费”不足，见“表”。"
    assert nested_quotes("少了一半的“引号，不动““它") == "少了一半的“引号，不动““它"


def test_the_carryover_is_compared_beside_its_own_total(tmp_path: Path) -> None:
    figures = {"carryover.basic.closing": "1", "carryover.project.closing": "8"}
    told = section_text(report_of(tmp_path, figures=figures), "carryover")
    assert "9.00万元，比年初减少，其中：基本支出" in told
