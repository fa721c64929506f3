"""雷同: what two reports share and what that means for each; what everybody writes is left alone."""

from __future__ import annotations

import pytest

from assistant.documents import Text, markdown
from assistant.findings import Finding
from assistant.retrieval.read import shipped_exemplars
from assistant.similarity import Pair, Report, compare, similarities
from assistant.similarity.pieces import pieces

LIBRARY, PARK, SCHOOL = "青石县图书馆", "云桥市园林管理中心", "南屏县第二中学"
COPIED = (
    "流动书车全年停靠村口和校门口412次，借出图书28,640册，其中少儿绘本占四成；因山路塌方停开的17次都在次月补上。"
    "读者留言本收到意见93条，催还提醒由电话改成短信以后，逾期率降了一半。"
)
OWN = {
    LIBRARY: "古籍修复室修完县志残本36册，邀请三位退休教师校对，差错清单贴在书后。阅览桌换成可升降的样式，老年读者坐得住了。",
    PARK: "沿河补种乌桕和枫杨，成活情况由护绿员每旬拍照上传，枯死的在梅雨前换完。公厕增设低位洗手台，遛狗投诉比往年少。",
    SCHOOL: "理化生实验改为两人一组，器材损耗由备课组登记，期末当众盘点。食堂公布每周采购价，家长代表轮流尝菜打分。",
}
DUTIES, PROBLEMS, FUNCTIONS = "二、主要履职情况", "三、存在的问题", "一、部门主要职能"


def report(unit: str, *paragraphs: str, heading: str = DUTIES, previous: bool = False) -> Report:
    lines = (f"# {unit}2023年度部门整体支出绩效自评报告", f"## {heading}", OWN.get(unit, ""), *paragraphs)
    name = f"{unit}.md"
    return Report(unit, name, text_of(name, "\n\n".join(lines)), previous)


def text_of(name: str, words: str) -> Text:
    return markdown.read(name, words.encode())


def pairs_of(*reports: Report) -> list[Pair]:
    return compare(reports)


def told(pairs: list[Pair], one: Report) -> Finding:
    (finding,) = similarities(pairs)[one]
    return finding


DRESSED = {
    "verbatim": COPIED,
    "numbers": COPIED.replace("412", "377").replace("28,640", "19,055").replace("93", "61").replace("17", "9"),
    "words": COPIED.replace("停靠", "到达").replace("因山路塌方", "由于山体滑坡").replace("催还", "还书"),
    "order": "。".join([*COPIED.rstrip("。").split("。")[::-1], ""]),
    "added": f"{COPIED[:40]}另外新办了两场讲座，听众不少，{COPIED[40:]}",
}


@pytest.mark.parametrize("dressed", DRESSED.values(), ids=DRESSED.keys())
def test_a_copied_passage_is_found_however_it_is_dressed_up(dressed: str) -> None:
    (pair,) = pairs_of(report(LIBRARY, COPIED), report(PARK, dressed), report(SCHOOL))
    assert {pair.left.report.unit, pair.right.report.unit} == {LIBRARY, PARK}
    assert pair.left.words.startswith("流动书车")
    assert all("主要履职情况" in place.where and "段" in place.where for place in (pair.left, pair.right))
    assert pair.characters >= 40
    assert 0.5 < pair.share <= 1


def test_a_list_copied_point_by_point_is_one_passage() -> None:
    points = [f"{part}。" for part in COPIED.replace("；", "。").rstrip("。").split("。")]
    pairs = pairs_of(report(LIBRARY, *points), report(SCHOOL, *points))
    assert len(pairs) == 1
    assert pairs[0].left.words.endswith(points[-1].rstrip("。")[-6:])


def test_reports_of_their_own_share_nothing() -> None:
    assert pairs_of(report(LIBRARY), report(PARK), report(SCHOOL)) == []


def test_what_many_units_write_is_stock() -> None:
    plain = COPIED.replace("412", "").replace("28,640", "")
    units = [f"{sign}山县图书馆" for sign in "东西南北中上下"]
    assert pairs_of(*(report(unit, plain) for unit in units)) == []


def test_what_rubrics_and_titles_print_is_nobodys() -> None:
    cited = "执行《青石县县级预算绩效管理暂行办法》《青石县县级部门财务收支审批和报销管理制度汇编》的规定"
    scored = "对照部门整体支出绩效评价共性指标体系框架，得分由投入、过程、产出和效果四个方面的得分相加。"
    assert pairs_of(report(LIBRARY, cited, scored), report(PARK, cited, scored)) == []


def test_two_that_state_their_accounts_in_the_same_words_did_not_copy() -> None:
    said = "全年预算数{}万元，其中：基本支出{}万元、项目支出{}万元；决算数{}万元，其中：基本支出{}万元、项目支出{}万元；年末结转和结余{}万元。"
    one, other = (said.format(*(f"{start + 111.37 * n:.2f}" for n in range(7))) for start in (812.5, 1934.2))
    assert pairs_of(report(LIBRARY, one), report(PARK, other)) == []


def test_another_units_name_left_standing_is_an_error_for_the_one_that_copied() -> None:
    passage = COPIED.replace("流动书车", f"{LIBRARY}的流动书车").replace("412", "300").replace("28,640", "9,001")
    original = COPIED.replace("流动书车", f"{LIBRARY}的流动书车")
    mine, copied = report(LIBRARY, original), report(PARK, passage)
    pairs = pairs_of(mine, copied)
    wrong, warned = told(pairs, copied), told(pairs, mine)
    assert (wrong.severity, warned.severity) == ("error", "warning")
    assert LIBRARY in wrong.message


def test_another_units_figures_left_standing_are_an_error() -> None:
    one, other = report(LIBRARY, COPIED), report(PARK, COPIED)
    finding = told(pairs_of(one, other), other)
    assert finding.severity == "error"
    assert "28,640册" in finding.message
    assert finding.code == "similarity"


def test_a_long_passage_without_their_figures_is_a_warning() -> None:
    other = report(PARK, DRESSED["numbers"])
    assert told(pairs_of(report(LIBRARY, COPIED), other), other).severity == "warning"


@pytest.mark.parametrize(("heading", "severity"), [(PROBLEMS, "warning"), (DUTIES, "warning"), (FUNCTIONS, "info")])
def test_last_years_report_of_ones_own(heading: str, severity: str) -> None:
    now = report(LIBRARY, COPIED, heading=heading)
    before = report(LIBRARY, COPIED, heading=heading, previous=True)
    finding = told(pairs_of(before, now), now)
    assert finding.severity == severity
    assert "上年" in finding.message


def test_last_years_reports_and_two_files_of_one_unit_are_not_compared() -> None:
    assert pairs_of(report(LIBRARY, COPIED, previous=True), report(PARK, COPIED, previous=True)) == []
    assert pairs_of(report(LIBRARY, COPIED), report(LIBRARY, COPIED)) == []


def test_a_passage_that_several_have_is_told_once_with_all_of_them() -> None:
    one = report(LIBRARY, COPIED)
    finding = told(pairs_of(one, report(PARK, COPIED), report(SCHOOL, COPIED)), one)
    assert PARK in finding.message
    assert SCHOOL in finding.message


def test_every_bare_character_has_its_place() -> None:
    odd = "2023年#全馆@借出１２，345册$；《目录》“上”、 ab《半截"
    texts = [odd * 3, *(passage.text for exemplar in shipped_exemplars() for passage in exemplar.passages[:20])]
    whose = report(LIBRARY)
    for words in texts:
        assert len(whose.places(words)) == len(whose.bare(words))
        assert whose.bare(words).count("#") == len(whose.figures(words))


def test_text_made_to_be_slow_is_not() -> None:
    endless = "流动书车停靠村口" * 4000
    pairs = pairs_of(
        report(LIBRARY, endless), report(PARK, endless[: len(endless) // 2], COPIED), report(SCHOOL, COPIED)
    )
    assert any({pair.left.report.unit, pair.right.report.unit} == {PARK, SCHOOL} for pair in pairs)


def test_nothing_to_compare() -> None:
    assert compare([]) == []
    assert compare([Report(LIBRARY, "x.md", text_of("x.md", "短"))]) == []
    assert list(pieces(report("无", ""), 0)) == []


CITED = (
    "根据《望川市财政局关于开展2023年度部门整体支出绩效自评工作的通知》要求，现对2023年度部门整体支出情况进行自评。"
    "评价对象为本单位2023年度全部财政资金，评价时段为2023年1月1日至12月31日。评价采用指标分析法、比较法和公众评判法打分。"
    "评价结果分为四个等级：90分（含）以上为优，80分（含）至90分为良，60分（含）至80分为中，60分以下为差。"
)
PROFESSED = "深入学习贯彻党的二十大和二十届二中全会精神，认真落实上级关于过紧日子的各项工作要求。"


@pytest.mark.parametrize("said", [CITED, PROFESSED])
def test_what_the_notice_makes_all_say_is_nobodys(said: str) -> None:
    assert pairs_of(report(LIBRARY, said), report(PARK, said)) == []


def test_the_sentences_of_the_offline_drafter_are_nobodys() -> None:
    said = (
        "服务对象满意度方面，收回有效问卷{}份，其中表示满意的{}份，满意度{}%，未达到满分档。当年受理群众信访{}件，办结回复{}件，按期办结{}件。",
        "不适用的指标不计分，适用指标分值{}分，折算前得分{}分，总得分由此按比例折算。有失分的指标{}项，合计扣{}分。",
    )
    one, other = (["。".join(said).format(*(start * n + n * n for n in range(1, 11)))] for start in (17, 23))
    assert pairs_of(report(LIBRARY, *one), report(PARK, *other)) == []


@pytest.mark.parametrize("length", [22, 28])
def test_half_a_sentence_inside_anothers_is_found(length: int) -> None:
    fragment = COPIED[COPIED.index("因山路") : COPIED.index("因山路") + length]
    own = f"沿河步道换了防滑面砖，{fragment}。遛狗的人把粪便袋投进新设的桶里，保洁员清晨先收这些桶。"
    (pair,) = pairs_of(report(LIBRARY, COPIED), report(PARK, own))
    assert "山路塌方" in pair.text


def test_what_two_units_did_together_is_no_copy() -> None:
    done = "对29名新任主官开展经济责任提醒谈话，逐人发放风险清单并当面签收，三个月后回访用车和接待的变化。"
    mine, theirs = report(LIBRARY, f"会同{PARK}{done}"), report(PARK, f"与{LIBRARY}一起{done}")
    pairs = pairs_of(mine, theirs)
    assert {told(pairs, one).severity for one in (mine, theirs)} == {"info"}


def test_last_years_figures_handed_in_again_are_told_and_what_stands_is_not() -> None:
    text = f"# {LIBRARY}2023年度自评报告\n\n## 一、基本情况\n\n{OWN[LIBRARY]}\n\n## 二、绩效情况\n\n{COPIED}"
    now = Report(LIBRARY, "now.md", text_of("now.md", text))
    before = Report(LIBRARY, "before.md", text_of("before.md", text.replace("2023", "2022")), previous=True)
    findings = similarities(compare([now, before]))[now]
    assert [finding.severity for finding in findings] == ["info", "warning"]
    assert "28,640册" in findings[1].message


def test_what_the_bureau_issued_is_stock() -> None:
    plain = COPIED.replace("412", "").replace("28,640", "")
    one, other = report(LIBRARY, plain), report(PARK, plain)
    assert len(compare([one, other])) == 1
    assert compare([one, other], [text_of("提纲.md", plain)]) == []
