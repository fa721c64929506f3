"""A masked text holds nobody's fact and still reads."""

from __future__ import annotations

import time
from itertools import pairwise, product

import pytest

from assistant.masking import BLANKS, masked, names_of, spans, unblanked
from assistant.numbers import find_numbers
from tests.masking_examples import CANARIES, STYLE


@pytest.mark.parametrize(("sentence", "planted"), CANARIES, ids=[sentence[:12] for sentence, _ in CANARIES])
def test_nothing_planted_survives(sentence: str, planted: tuple[str, ...]) -> None:
    blanked = masked(sentence)
    assert [name for name in planted if name in blanked] == []
    assert [mention.text for mention in find_numbers(blanked) if mention.is_quantity] == []


@pytest.mark.parametrize("sentence", STYLE)
def test_style_stays_as_it_is(sentence: str) -> None:
    assert masked(sentence) == sentence


def test_everyday_words_before_an_office_or_a_place_are_its_name() -> None:
    heads = "红旗 团结 和平 东风 幸福 健康 创新 光明 胜利 长青 芙蓉 桃源 远航 梧桐 白马 凤鸣".split()
    suffixes = "街道 镇 乡 社区 小学 医院 公司 协会 幼儿园 公园 小区 大桥 水库 村委会".split()
    told = "在{}组织开展现场检查。 由{}承担日常管理。 推进{}提质升级。 走访{}困难群众。".split()
    survived = [
        words.format(head + suffix)
        for head, suffix, words in product(heads, suffixes, told)
        if head in masked(words.format(head + suffix))
    ]
    assert survived == []


def test_a_blank_is_no_number_and_says_what_stood_there() -> None:
    text = "云栖县民政局2023年支出超过1,234.5万元以上，见《养老服务办法》。"
    assert masked(text) == "〔单位〕〔日期〕支出〔数〕，见〔文件〕。"
    assert find_numbers("".join(f"〔{kind}〕" for kind in BLANKS)) == []
    assert unblanked("支出〔数〕，见〔文件〕。").split() == ["支出", "，见", "。"]


def test_numbers_of_a_list_stay_and_numbers_of_a_fact_go() -> None:
    assert masked("一是覆盖面不够；二是一级指标偏少。") == "一是覆盖面不够；二是一级指标偏少。"
    assert masked("（三）改造3处，三成未完工。") == "（三）改造〔数〕，〔数〕未完工。"


def test_the_exemplars_own_names_go_wherever_they_stand() -> None:
    names = names_of("霁澜市云岭区教育局")
    assert {"霁澜市云岭区教育局", "霁澜市", "霁澜", "云岭区", "云岭"} <= set(names)
    assert "霁澜" not in masked("霁澜教育云平台由霁澜中心学校使用。", names)
    assert "云岭" not in masked("云岭模式", names)


def test_spans_are_in_order_and_apart() -> None:
    text = "".join(sentence for sentence, _ in CANARIES)
    found = spans(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert {span.kind for span in found} <= set(BLANKS)


@pytest.mark.parametrize("unit", ["荣获", "“", "3", "由", "项目", "王", "《", "获", "a."])
def test_time_is_linear_in_the_text(unit: str) -> None:
    def taken(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        masked(text)
        return time.process_time() - start

    taken(1000)
    assert taken(20_000) < 40 * max(taken(2000), 0.005)
