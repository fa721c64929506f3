"""What a model sends back, read: paragraphs to their points, sentences, slots in the form that was asked for."""

from __future__ import annotations

import pytest

from assistant.drafting.assignments import Point, Statement
from assistant.drafting.reply import by_point, paragraphs, sentences, wrapping

ELDERS = Point(
    "a", "（1）", "", (Statement("a.1", "高龄津贴发放[[m1:value]]。"), Statement("a.2", "惠及老人[[m2:value]]。"))
)
ROADS = Point("b", "（2）", "", (Statement("b.1", "农村公路养护[[m3:value]]，路面完好率[[road_rate]]。"),))


def test_paragraphs_go_to_their_points_in_order() -> None:
    made = by_point(
        "高龄津贴全年发放[[m1:value]]，老人[[m2:value]]受益。\n\n公路养护[[m3:value]]，[[road_rate]]。", (ELDERS, ROADS)
    )
    assert made == {
        "a": ("高龄津贴全年发放[[m1:value]]，老人[[m2:value]]受益。",),
        "b": ("公路养护[[m3:value]]，[[road_rate]]。",),
    }


def test_paragraphs_in_another_order_or_number_go_where_they_share_most() -> None:
    made = by_point("农村公路养护[[m3:value]]。\n高龄津贴[[m1:value]]。\n惠及[[m2:value]]。", (ELDERS, ROADS))
    assert made == {"a": ("高龄津贴[[m1:value]]。", "惠及[[m2:value]]。"), "b": ("农村公路养护[[m3:value]]。",)}


CHATTY = """好的，以下是为您起草的内容：

```
## 履职情况
1. **高龄津贴**全年发放[[m1:value]]，老人[[m2:value]]受益。
- 公路养护[[m3:value]]，[[road_rate]]。
---
希望对您有所帮助！
```"""


def test_the_wrapping_of_a_chat_is_taken_off_and_counted() -> None:
    assert by_point(CHATTY, (ELDERS, ROADS)) == {
        "a": ("高龄津贴全年发放[[m1:value]]，老人[[m2:value]]受益。",),
        "b": ("公路养护[[m3:value]]，[[road_rate]]。",),
    }
    assert wrapping(CHATTY) == 6


def test_talk_alone_goes_to_the_guard() -> None:
    assert by_point("抱歉，我无法完成这个请求。", (ELDERS,))["a"] == ("抱歉，我无法完成这个请求。",)


def test_a_decimal_and_a_name_in_a_line_are_no_wrapping() -> None:
    assert paragraphs("1.5倍的说法。\n_甲_乙") == ["1.5倍的说法。", "_甲_乙"]


def test_slots_take_the_form_that_the_statement_has() -> None:
    made = by_point("高龄津贴发放[[m1]]，惠及老人[[m2]]。\n路面完好率[[road_rate:value]]。", (ELDERS, ROADS))
    assert made["a"] == ("高龄津贴发放[[m1:value]]，惠及老人[[m2:value]]。",)
    assert made["b"] == ("路面完好率[[road_rate]]。",)


def test_a_slot_that_nobody_offered_is_left_for_the_guard_to_see() -> None:
    assert by_point("高龄津贴发放[[m9:value]]。", (ELDERS,))["a"] == ("高龄津贴发放[[m9:value]]。",)


def test_invisible_characters_and_spaces_between_chinese_are_gone() -> None:
    assert paragraphs("高龄\u200b津贴 发放\u202e[[m1:value]] 。\r\n　　惠及 all users 老人") == [
        "高龄津贴发放[[m1:value]]。",
        "惠及all users老人",
    ]


@pytest.mark.parametrize(
    ("paragraph", "wanted"),
    [
        ("甲完成；乙完成。丙开工", ["甲完成；乙完成。", "丙开工。"]),
        ("名单如下：甲、乙。", ["名单如下：甲、乙。"]),
        ("《办法。试行》印发，", ["《办法。试行》印发。"]),
        ("", []),
    ],
)
def test_a_semicolon_ends_no_sentence_and_every_sentence_has_its_full_stop(paragraph: str, wanted: list[str]) -> None:
    assert sentences(paragraph) == wanted


def test_an_empty_reply_gives_every_point_nothing() -> None:
    assert by_point(" \n\n", (ELDERS, ROADS)) == {"a": (), "b": ()}


@pytest.mark.parametrize("head", ["## 高龄津贴和老人", "**高龄津贴和老人**", "高龄津贴和老人"])
def test_a_heading_of_the_model_s_own_is_no_sentence(head: str) -> None:
    made = by_point(f"{head}\n高龄津贴发放[[m1:value]]，惠及老人[[m2:value]]。", (ELDERS,))
    assert made == {"a": ("高龄津贴发放[[m1:value]]，惠及老人[[m2:value]]。",)}
