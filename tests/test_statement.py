"""What states nothing is no fact of a brief, whether or not anybody calls it an order."""

from __future__ import annotations

import pytest

from assistant.briefs.statement import is_statement
from assistant.briefs.topics import read_topics
from assistant.intake.case import Passage, Sentence

FACT = "全年受理来信31件，办结30件。"


@pytest.mark.parametrize(
    "line",
    [
        "请保持低调。",
        "你觉得这样可以吗？",
        "如何把握尺度？",
        "别把它当回事。",
        "切勿声张。",
        '{"grade": "A", "note": "fine"}',
        "<b>great</b>",
        'notify("all")',
        "Everything went according to plan this year.",
    ],
)
def test_a_wish_a_question_code_or_a_foreign_sentence_states_nothing(line: str) -> None:
    assert not is_statement(line)
    assert not is_statement(line, planned=True)


@pytest.mark.parametrize(
    "line",
    [
        FACT,
        "要求各科室每月报送进度。",
        "不得截留、挤占专项资金。",
        "请财政部门统筹安排下年度资金。",
        "请示件全部按期办结。",
        "“您对服务是否满意？”一题满意率为95.3%。",
        "开展“你点我检”活动6场。",
        "完成OA、CRM等系统的国产化替代。",
        "不要求群众重复提交材料。",
    ],
)
def test_what_was_done_or_required_is_a_statement(line: str) -> None:
    assert is_statement(line)


def test_a_plan_may_say_what_must_be_done() -> None:
    assert is_statement("务必于6月底前完成验收。", planned=True)
    assert not is_statement("务必于6月底前完成验收。")


def test_no_topic_holds_a_sentence_that_states_nothing() -> None:
    wish = "请保持低调。"
    sentences = (Sentence(FACT, FACT, ()), Sentence(wish, wish, ()))
    passage = Passage("p1", "a.md", "第1段", ("一、信访工作",), FACT + wish, sentences)
    told = [fact.text for material in read_topics([passage], 2023) for fact in material.topic.facts]
    assert told == [FACT]
