"""The numbers before headings: 一、 （一） 1. （1） ①."""

from __future__ import annotations

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """1 to 99 as an enumerator: 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def enumerator(level: int, number: int) -> str:
    """What stands before a heading of that level."""
    if level > 4:
        return _CIRCLED[(number - 1) % len(_CIRCLED)]
    return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}. ", f"（{number}）")[level - 1]
