"""What must not be left in a report, in both directions: the template's words and a converter's marks, not redaction or blanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.documents import read_document
from assistant.findings import Finding
from assistant.verify.checks.residue import residue
from assistant.verify.reading.reading import Reading

FLAGGED = [
    ("单位名称：示例局（此页为封面）", "warning", "此页为封面"),
    ("本年度预算执行率为XX%。", "error", "XX"),
    ("××局2022年度履职情况良好。", "error", "××"),
    ("全年支出……万元，执行平稳。", "error", "……"),
    ("全年培训____人次，效果良好，共____个班。", "error", "____"),
    ("请在此处填写主要绩效。", "error", "请在此处填写"),
    ("此处请补充具体数据。", "error", "此处请补充"),
    ("（填写项目名称）已完成验收。", "error", "填写项目名称"),
    ("主要问题是【】。", "error", "【】"),
    ("{{ unit }}的主要职责", "error", "{{ unit }}"),
    ("填报说明\n\n本年度支出平稳。", "warning", "填报说明"),
    ("示例：全年培训100人次。", "warning", "示例"),
    ("预算执行<br/>良好，见<td>表内</td>。", "warning", "等3处"),
    ("**一是细化预算。**二是加快支付。", "warning", "**一是细化预算。**"),
    ("满意度达到\ufffd\ufffd以上。", "warning", "乱码"),
    ("指标值为$\\geq 90\\%$。", "info", "原码"),
    ("预算执行平稳。。支付及时。", "warning", "标点重复"),
    ("资金资产管理规范，，台账齐全。", "warning", "标点重复"),
    ("加快项目的的实施进度。", "warning", "文字重复"),
    ("对项目进行进行检查。", "warning", "文字重复"),
    ("项目在在推进中遇到困难。", "warning", "在在"),
    ("收入和和支出均已核对。", "warning", "和和"),
    ("进度通过通过调度会掌握。", "warning", "通过通过"),
    ("本年度项目储备不足，前期工作没有做实，主要是由于\n一、改进措施\n按月调度。", "warning", "末句没有写完"),
]
LEFT_ALONE = [
    "外聘人员6人，在在岗人员118人中占5.08%，在在建项目中轮换。",
    "问题存在在基层，内在在外在；人人有责，一一对应，年年达标，个个过关，的的确确做到了。",
    "建设共和和谐家园，推进和和平社区，缓和和化解矛盾，供需饱和和缺口并存。",
    "未完成完成率考核的科室说明了原因，考试通过通过率公布。",
    "填报人：（略）　联系电话：（略）",
    "单位名称（盖章）：______\n日期：____年__月__日",
    "慰问困难职工张××、李××等5人。",
    "目的的实现有赖于协作，这是标的的价值，的的确确。",
    "抓好“三公”经费管理……全年没有超支。",
    "支出标准为500元/人·天，比例40:60，指标≥90%。",
    "是否公开：□是 □否",
    "项目实施进度：一季度20%；二季度45%；\n三季度70%。",
    "采用3*4的方阵排列，共12个点位；成本<预算，效益>投入。",
    "预算执行平稳，支付及时。\n一、存在问题\n进度偏慢。",
    "和谐社区和和美美，干部在在乎群众的地方下功夫。",
    "按照填报要求，我局认真填写了自评表。",
    "一、项目储备不足，前期工作不扎实，影响了支出进度的均衡\n二、绩效目标不细\n按月调度。",
]


def found(words: str, folder: Path) -> list[Finding]:
    path = folder / "report.txt"
    path.write_text(words, "utf-8")
    return list(residue(Reading(read_document(path))))


@pytest.mark.parametrize(("words", "severity", "names"), FLAGGED)
def test_flags(words: str, severity: str, names: str, tmp_path: Path) -> None:
    findings = [(f.severity, names in f.message) for f in found(words, tmp_path) if f.code == "residue"]
    assert (severity, True) in findings, findings


@pytest.mark.parametrize("words", LEFT_ALONE)
def test_leaves_alone(words: str, tmp_path: Path) -> None:
    assert [f.message for f in found(words, tmp_path)] == []


def test_the_marks_of_a_converter_are_one_finding(tmp_path: Path) -> None:
    findings = found("<p>预算执行良好。</p>\n" * 40, tmp_path)
    assert len(findings) == 1
    assert "等80处" in findings[0].message
