"""Texts made to be slow to read: each repeats what a reader of numbers has to look past, or look back over."""

from __future__ import annotations

import random

_PIECES = {
    "一串数字": "7",
    "数字和逗号": "1,",
    "千分位": ",111",
    "只有逗号": ",",
    "全角数字和逗号": "１，",
    "一": "一",
    "万亿": "万亿",
    "十百千万亿": "十百千万亿",
    "左括号": "（",
    "六角括号": "〔",
    "文号不收尾": "〔2021〕",
    "第": "第",
    "第一、": "第一、",
    "百分之": "百分之",
    "一分之": "一分之",
    "一点": "一点",
    "点": ".",
    "数字和点": "1.",
    "断开的小数": "98. ",
    "比": "1:",
    "分数": "1/",
    "加号": "1+",
    "星号": "1*",
    "连字符": "1-",
    "区间": "1（含）-",
    "数字间的空格": "1 ",
    "三位一空": "111 ",
    "全角空格": "1\u3000",
    "每行一个数": "1\n",
    "每行三位": "111\n",
    "年份": "2021年",
    "年份和顿号": "2021、",
    "月份": "1月-",
    "区号": "0755-",
    "字母": "A-",
    "网址": "https://",
    "左引号": "“",
    "引号里的数": "“一个",
    "约": "约",
    "降": "降1",
    "人民币": "￥1",
    "角": "1元1",
    "多": "1多",
    "翻": "翻了",
    "数": "数十",
    "缺半个的代理对": "\ud8001",
    "从右到左": "\u200f1",
    "零宽": "\u200b",
    "数字间的零宽": "1\u200b",
    "空格": " ",
}
_MIXED = "0123456789,.%-~:/（）〔〕“”、，。\n\t 一二两三十百千万亿零点分之成半多余几第其前过翻年月日时号元角个名人次家倍上下约近超降至Aa*·\u200b０，．壹拾整￥"


def hostile_strings(size: int) -> dict[str, str]:
    """Return texts of exactly `size` characters by the name of what they are made of."""
    texts = {name: (piece * (size // len(piece) + 1))[:size] for name, piece in _PIECES.items()}
    mixed = random.Random(1)
    texts["乱序"] = "".join(mixed.choices(_MIXED, k=size))
    return texts
