"""What each number of a sentence is said of, and which of the figures of its name it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.documents import read_document
from assistant.verify.reading.facets import is_rubric, period_of
from assistant.verify.reading.reading import Reading
from assistant.verify.reading.statements import Statement


def read(words: str, folder: Path, suffix: str = ".txt") -> Reading:
    path = folder / f"report{suffix}"
    path.write_text(words, "utf-8")
    return Reading(read_document(path))


def stated(words: str, folder: Path) -> dict[str, Statement]:
    return {said.mention.text: said for said in read(words, folder).statements}


@pytest.mark.parametrize(
    ("words", "number", "subject"),
    [
        ("2021年我局全年财政拨款支出为752.48万元。", "752.48万元", "财政拨款支出"),
        ("其中包含固定资产净值312.50万元。", "312.50万元", "固定资产净值"),
        ("因公出国（境）经费安排3万元。", "3万元", "因公出国境经费安排"),
        ("固定资产（含车辆、计算机及家具）1,043件。", "1,043件", "固定资产"),
        ("基本支出、项目支出分别为210万元、95万元。", "95万元", "项目支出"),
        ("基本支出、项目支出执行率分别为96.65%和98.32%。", "96.65%", "基本支出执行率"),
        ("基本支出、项目支出执行率分别为96.65%和98.32%。", "98.32%", "项目支出执行率"),
        ("召开支委会41次、党员大会19次。", "19次", "党员大会"),
    ],
)
def test_the_subject_is_what_the_number_is_said_of(words: str, number: str, subject: str, tmp_path: Path) -> None:
    assert stated(words, tmp_path)[number].subject == subject


@pytest.mark.parametrize(
    ("words", "number", "thing"),
    [
        ("为520名失能独居老年人提供家政服务。", "520名", "失能独居老年人"),
        ("设置147个临时救济点，覆盖全区。", "147个", "临时救济点"),
        ("向7名散居孤儿及11名困境儿童发放补贴。", "7名", "散居孤儿"),
        ("共有20个村党组织参加。", "20个", "村党组织"),
    ],
)
def test_the_thing_is_what_is_counted_and_not_what_was_done_with_it(
    words: str, number: str, thing: str, tmp_path: Path
) -> None:
    assert stated(words, tmp_path)[number].thing == thing


@pytest.mark.parametrize(
    ("words", "number", "subject", "aspect"),
    [
        ("项目支出61.20万元，比上年减少12.40万元，下降16.85%。", "12.40万元", "项目支出", "change"),
        ("项目支出61.20万元，比上年减少12.40万元，下降16.85%。", "16.85%", "项目支出", "change"),
        ("志愿活动3万件，占全市总量20%。", "20%", "志愿活动", "share"),
    ],
)
def test_a_difference_and_a_share_are_of_what_was_said_before(
    words: str, number: str, subject: str, aspect: str, tmp_path: Path
) -> None:
    said = stated(words, tmp_path)[number]
    assert said.carried
    assert (said.subject, said.aspect) == (subject, aspect)


@pytest.mark.parametrize(
    ("words", "number", "aspect"),
    [
        ("年初预算8,357.72万元。", "8,357.72万元", "initial"),
        ("预算调整后年度总指标3,149.40万元。", "3,149.40万元", "adjusted"),
        ("调整后预算120.50万元，低于年初预算，其中：基本支出80.20万元。", "80.20万元", "adjusted"),
        ("年初预算100万元，实际支出95.50万元，其中：基本支出50.25万元。", "50.25万元", "executed"),
        ("支出决算数为752.48万元。", "752.48万元", "final"),
        ("计划新建公园4个，改造小巷10条。", "10条", "target"),
        ("计划新建公园4个，实际新建公园5个。", "5个", ""),
        ("按计划新建公园6个。", "6个", ""),
        ("三、年度绩效目标\n\n（1）举办讲座8场。", "8场", "target"),
        ("三、年度绩效目标完成情况\n\n（1）举办讲座8场。", "8场", ""),
        ("年度主要目标如下：\n1.举办讲座8场。", "8场", "target"),
    ],
)
def test_the_aspect_tells_figures_of_one_name_apart(words: str, number: str, aspect: str, tmp_path: Path) -> None:
    assert stated(words, tmp_path)[number].aspect == aspect


@pytest.mark.parametrize(
    ("sentence", "earlier", "period"),
    [
        ("2023年召开会议", "", ""),
        ("2022年召开会议", "", "2022"),
        ("召开会议", "2022年工作平稳。", "2022"),
        ("比2022年增长，召开会议", "", ""),
        ("上年召开会议", "", "last"),
        ("上半年召开会议", "", "上半年"),
        ("上半年召开会议10次，下半年召开会议", "", "下半年"),
        ("截至2023年12月31日，在职人员", "", ""),
        ("截至2023年6月底，在职人员", "", "6月底"),
        ("年初预算", "", ""),
        ("根据《2020年工作方案》，召开会议", "", ""),
    ],
)
def test_the_period_is_told_against_the_year_of_the_report(sentence: str, earlier: str, period: str) -> None:
    assert period_of(sentence, earlier, "2023") == period


def test_a_rubric_is_no_fact() -> None:
    assert is_rubric("项目完成率≥90%，得4分；每少2%，扣1分，扣完为止。")
    assert is_rubric("政府采购执行率=（实际采购金额/采购预算）×100%")
    assert not is_rubric("2023年预算执行率为97.1%，自评得9.7分。")


def test_a_paragraph_that_a_page_cut_in_two_is_one_passage(tmp_path: Path) -> None:
    reading = read(
        "全年统筹举办各类专题讲座和线上培训班25\n\n期，累计培训党员干部4万人次。\n（二）其他\n无。\n", tmp_path
    )
    first = reading.passages[0]
    assert first.words.endswith("4万人次。")
    assert reading.text.text[first.start : first.end].replace("\n", " ") == first.words


def test_a_passage_knows_the_headings_above_it(tmp_path: Path) -> None:
    text = "一、基本情况\n（一）职责\n负责管理。\n1. 资金管理规范。\n全年支出合规，手续齐全。\n（二）人员\n在职43人。\n二、绩效\n办结5件。\n"
    sections = {passage.words: passage.section for passage in read(text, tmp_path).passages}
    assert sections["负责管理。"] == ("一、基本情况", "（一）职责")
    assert sections["全年支出合规，手续齐全。"] == ("一、基本情况", "（一）职责", "1. 资金管理规范。")
    assert sections["在职43人。"] == ("一、基本情况", "（二）人员")
    assert sections["办结5件。"] == ("二、绩效",)


def test_headings_of_a_word_file_count_by_their_level(tmp_path: Path) -> None:
    text = "# 报告\n\n## 基本情况\n\n### 人员\n\n在职43人。\n\n## 绩效\n\n办结5件。\n"
    sections = {passage.words: passage.section for passage in read(text, tmp_path, ".md").passages}
    assert sections["在职43人。"] == ("报告", "基本情况", "人员")
    assert sections["办结5件。"] == ("报告", "绩效")
