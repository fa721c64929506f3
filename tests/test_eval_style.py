"""`jiping eval style`: what each measure of a report's style sees, and what it leaves alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.documents import markdown
from assistant.errors import FrameworkError
from assistant.outlines import load_outline
from evals.authored import shipped_cases
from evals.results import Options
from evals.style.language import LANGUAGE
from evals.style.measure import Measure
from evals.style.prose import PROSE
from evals.style.sheets import Paragraph, Sheet, exemplars, points, sheet, short_name
from evals.suites import style as suite
from evals.thresholds import missed, read, thresholds

MEASURES = {measure.id: measure for measure in (*LANGUAGE, *PROSE)}
NAMES = ("示例区民政局", "区民政局")


def report(genre: str, *texts: str, headings: tuple[str, ...] = ()) -> Sheet:
    """A report of these paragraphs."""
    return Sheet("样本", NAMES, headings, tuple(Paragraph(genre, ("标题",), text) for text in texts))


def value(measure: Measure, given: Sheet) -> Decimal | None:
    """The figure of a report; None: there was nothing to measure."""
    figure = measure.figure(measure.cases(given))
    return Decimal(figure) if figure else None


GOOD_POINT = "再就业帮扶比目标多106人。逐户建账对接，全年帮扶1,206人，年度目标1,100人。"
BAD_POINT = "高度重视就业工作，多措并举，成效显著。开展了大量工作，群众广泛好评。"
GOOD_PROBLEM = (
    "（1）设备更新只用了三成多资金。项目安排180.00万元，支出63.00万元。采购需求6月才定稿，招标比计划晚3个月。"
)
BAD_PROBLEM = "（1）预算管理有待加强。主要原因是受多种因素影响。受此影响，“预算执行率”扣2分。"
GOOD_MEASURE = "（1）设备类需求每年2月底前定稿，由信息科负责；6月末未启动的收回指标，由财务科承办。"
BAD_MEASURE = "（1）进一步加强学习、提高认识。"

HIGH_LOW: dict[str, tuple[Sheet, Sheet]] = {
    "heading_form": (
        report("duties", headings=("报告", "一、概况", "（一）职能", "1. 编制", "（1）人员", "（二）任务", "二、自评", "（一）结论")),
        report("duties", headings=("一、概况", "1. 职能", "（三）任务", "概述", "三、自评")),
    ),
    "sentence_length": (
        report("duties", "全年检查企业1,286家次，比年度计划多86家次，多出的是国庆前加派的专项检查。"),
        report("duties", "检查了。改了。"),
    ),
    "long_sentences": (
        report("duties", "检查、" * 30 + "完成。"), report("duties", GOOD_POINT)
    ),
    "paragraph_length": (report("duties", GOOD_POINT * 3), report("duties", "完成。")),
    "sentences_a_paragraph": (report("duties", "一句。两句。三句。"), report("duties", "只有一句。")),
    "one_name": (
        report("duties", "区民政局走访312户。", "区民政局办结来信8件。"),
        report("duties", "我局走访312户。", "本单位办结来信8件。", "我们又回访20户。", "示例区民政局公开了结果。"),
    ),
    "spoken": (report("duties", "我们搞了3场活动，老百姓说挺好。"), report("duties", "“我们的节日”活动办了7场。")),
    "connectives": (report("duties", "其中，甲项3个；此外，乙项2个；同时，丙项1个。"), report("duties", GOOD_POINT)),
    "openings": (
        report("problems", "主要原因是甲。", "主要原因是乙。", "主要原因是丙。"),
        report("problems", "主要原因是甲。", "需求定稿晚。", "招标流标一次。"),
    ),
    "praise": (report("duties", BAD_POINT), report("duties", GOOD_POINT)),
    "empty": (report("duties", BAD_POINT), report("duties", "扎实推进助餐点建设，新增12个，比目标多2个。")),
    "facts": (
        report("duties", "新增助餐点12个。2022年6月验收。依据《助餐点管理办法》拨款。"),
        report("duties", "服务水平有了新面貌。各方反映不错。"),
    ),
    "repeated": (
        report("duties", "全年走访困难家庭三百余户并逐户建立台账。", "全年走访困难家庭三百余户并逐户建立台账。"),
        report("duties", "全年走访困难家庭312户。", "助餐点新增12个，其中村级9个。"),
    ),
    "result_first": (report("duties", GOOD_POINT), report("duties", BAD_POINT, "人才服务由组织科牵头。发放补贴3笔。")),
    "against_target": (
        report("duties", GOOD_POINT, "平均到场用时由41分钟缩短到32分钟。"), report("duties", "开展培训12期，参加500人次。")
    ),
    "effect_figures": (
        report("duties", "办理时间明显缩短，由9天降到5天。排队人数明显减少，日均少42人。"),
        report("duties", "新建口袋公园6个，效益明显。群众可以就近办理。"),
    ),
    "rank_sources": (
        report("duties", "年度考核列全市第3位，居前列（考核通报）。"), report("duties", "率先建成助餐网络，走在全市前列。")
    ),
    "problem_sizes": (report("problems", GOOD_PROBLEM), report("problems", BAD_PROBLEM)),
    "problem_causes": (report("problems", GOOD_PROBLEM), report("problems", BAD_PROBLEM)),
    "measure_owners": (report("measures", GOOD_MEASURE), report("measures", BAD_MEASURE)),
    "measure_deadlines": (report("measures", GOOD_MEASURE), report("measures", BAD_MEASURE)),
    "tone": (report("duties", "预算执行情况良好，执行率98.2%。"), report("duties", "执行情况良好，执行率71.3%。")),
}  # fmt: skip


def test_every_measure_has_a_text_it_scores_high_and_one_low() -> None:
    assert HIGH_LOW.keys() == MEASURES.keys()


@pytest.mark.parametrize("id", HIGH_LOW)
def test_a_measure_tells_the_two_apart(id: str) -> None:
    high, low = (value(MEASURES[id], given) for given in HIGH_LOW[id])
    assert high is not None
    assert low is not None
    assert high > low


@pytest.mark.parametrize(
    ("id", "given", "expected"),
    [
        ("heading_form", HIGH_LOW["heading_form"][0], "1.0000"),
        ("facts", report("duties", "“绩效指标明确性”需要改进。新增12个。"), "0.5000"),
        ("one_name", report("duties", "区民政局走访3户。", "示例区民政局得95分。"), "1.0000"),
        ("result_first", report("duties", "救助方面，平均办理时间降到5天。"), "1.0000"),
        ("praise", report("duties", "“走深走实”行动启动。"), "0.00"),
        ("rank_sources", report("duties", "引进“双一流”高校毕业生9名。"), ""),
        ("problem_sizes", report("problems", "（1）台账不全。“预算编制合理性”扣1.5分。"), "0.0000"),
        ("against_target", report("duties", "没有数字的一段。"), ""),
        ("tone", report("duties", "执行率71.3%，低于满分线，扣2分。"), ""),
        ("repeated", report("duties", "甲" * 12, "甲" * 12), "0.5000"),
    ],
)
def test_what_a_measure_counts(id: str, given: Sheet, expected: str) -> None:
    measure = MEASURES[id]
    assert measure.figure(measure.cases(given)) == expected


def test_sentences_that_speak_against_a_draft_are_told() -> None:
    measure = MEASURES["measure_owners"]
    given = report("measures", GOOD_MEASURE, BAD_MEASURE)
    assert measure.against(measure.cases(given)) == ["进一步加强学习、提高认识。"]


def test_problems_are_told_apart_by_heading_or_by_number() -> None:
    first, second = ("问题", "（一）设备闲置"), ("问题", "（二）进度慢")
    given = [
        Paragraph("problems", first, "8台设备没有用。"),
        Paragraph("problems", first, "原因是检定过期。"),
        Paragraph("problems", second, "支付率35%。"),
        Paragraph("problems", ("问题",), "（3）台账缺两个月。"),
        Paragraph("problems", ("问题",), "除上述问题外，采购扣分不单列为问题。"),
    ]
    assert list(points(given)) == [
        ("（一）设备闲置", "8台设备没有用。原因是检定过期。"),
        ("（二）进度慢", "支付率35%。"),
        ("", "台账缺两个月。"),
    ]


def test_narrative_paragraphs_are_known_by_the_outline_and_what_is_left_open_is_not_measured() -> None:
    text = markdown.read(
        "report.md",
        "# 一、示例区民政局基本情况\n\n不算叙述。\n\n# 二、示例区民政局主要履职绩效分析\n\n## （二）主要履职情况\n\n### 1. 养老\n\n新增12个。"
        "【待补：效果】。\n\n# 三、总体评价和整改措施\n\n## （三）后续工作计划、相关建议等\n\n【待补：后续工作计划】。\n".encode(),
    )
    made = sheet("样本", text, load_outline("shenzhen-longgang-2021"), NAMES, 2021)
    assert [(p.genre, p.headings[-1], p.text) for p in made.paragraphs] == [("duties", "1. 养老", "新增12个。")]


@pytest.mark.parametrize(
    ("unit", "body", "short"),
    [
        ("示例区文化广电旅游体育局", "区文广旅体局办了3场。区文广旅体局又办了2场。区级没有办。", "区文广旅体局"),
        ("示例区残疾人联合会", "区残联走访12户。", "区残联"),
        ("示例县教育局", "全县没有别的简称。", "示例县教育局"),
    ],
)
def test_the_name_that_a_report_uses_for_its_unit(unit: str, body: str, short: str) -> None:
    assert short_name(unit, body) == short


def test_the_exemplars_keep_to_every_limit_on_style() -> None:
    result = suite.told({suite.EXEMPLARS: exemplars(), suite.OFFLINE: exemplars()})
    assert [line for line in result.misses if line.startswith("没有达到要求")] == []


def test_a_draft_of_empty_praise_misses_its_limits() -> None:
    praised = report("duties", *[BAD_POINT] * 4)
    result = suite.told({suite.EXEMPLARS: exemplars(), suite.OFFLINE: [praised]})
    off = [line for line in result.misses if line.startswith("没有达到要求")]
    for id in ("praise", "empty", "result_first"):
        assert any(f"offline.{id}=" in line for line in off), id


def test_offline_and_faithful_drafts_stand_beside_the_exemplars(monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(shipped_cases())
    monkeypatch.setattr(suite, "_cases", lambda thorough: iter([case]))
    result = suite.style(Options())
    assert result.tables[0].columns[1:5] == ("范文", "最低–最高", "离线草稿", "照实模型")
    assert (result.figures["offline.reports"], result.figures["faithful.reports"]) == (1, 1)
    assert result.figures["offline.heading_form"] == result.figures["faithful.heading_form"] == "1.0000"
    assert any(row[0] == "履职情况" and row[1] == "照实模型" for row in result.tables[2].rows)


def test_a_figure_is_held_against_its_limit_by_name() -> None:
    limits = read('style:\n  "*.facts": {at_least: "0.5", why: 试}\n  "*.spoken": {at_most: "0", why: 试}\n').suites[
        "style"
    ]
    told = missed(
        limits, {"offline.facts": "0.4", "exemplars.facts": "0.9", "offline.duties.facts": "0.1", "offline.empty": ""}
    )
    assert told == ("offline.facts=0.4，要求≥0.5（试）", "*.spoken 要求≤0，没有测出这个数")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("style:\n  facts: {why: 试}\n", "第2行"),
        ('style:\n  facts: {at_least: "2", at_most: "1", why: 试}\n', "第2行"),
        ('style:\n  facts: {at_least: "1"}\n', "why"),
        ('style:\n  facts: {at_leats: "1", why: 试}\n', "at_leats"),
    ],
)
def test_a_limit_that_is_not_right_names_its_line(text: str, told: str) -> None:
    with pytest.raises(FrameworkError) as fault:
        read(text)
    assert told in str(fault.value)


def test_every_limit_of_the_suite_answers_to_a_figure() -> None:
    result = suite.told({suite.EXEMPLARS: exemplars(), suite.OFFLINE: exemplars()})
    assert not any("没有测出" in line for line in missed(thresholds().suites["style"], result.figures))
