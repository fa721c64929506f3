"""The name of a number of a material: what a person reads beside its value, and a model beside its slot."""

from __future__ import annotations

import pytest

from assistant.numbers import find_numbers
from assistant.subjects import contexts, label_of


def labels(text: str) -> list[str]:
    mentions = find_numbers(text)
    told = contexts(text, mentions)
    return [label_of(c, m.unit) for c, m in zip(told, mentions, strict=True) if m.is_quantity]


@pytest.mark.parametrize(("text", "named"), [
    ("全年发放高龄津贴4,296.24万元。", ["全年发放高龄津贴"]),
    ("为特殊困难户籍老年人633名上门提供家政服务。", ["特殊困难户籍老年人"]),
    ("共有12家养老机构通过年检。", ["有养老机构通过年检"]),
    ("新建3个社区食堂，改造5个。", ["新建社区食堂", "改造"]),
    ("发放人才津补贴104人次、86.60万元。", ["发放人才津补贴", "发放人才津补贴"]),
    ("送课下基层8场，覆盖居民1,200人次。", ["送课下基层", "覆盖居民"]),
])  # fmt: skip
def test_a_number_is_named_by_the_words_before_it_and_where_they_say_too_little_by_those_after_it(
    text: str, named: list[str]
) -> None:
    assert labels(text) == named


def test_a_name_is_cut_before_a_quotation_and_not_inside_it_and_says_that_it_was_cut() -> None:
    told = "向全区评选出的“人才工作突出贡献企业、科技成果转化突出成效企业”拨付资助资金120万元。"
    assert labels(told) == ["…“人才工作突出贡献企业、科技成果转化突出成效企业”拨付资助资金"]


def test_a_name_holds_no_number_of_the_sentence() -> None:
    assert labels("测评指数分解为6大类18项，设观测点54个。")[1:] == ["测评指数分解", "设观测点"]
