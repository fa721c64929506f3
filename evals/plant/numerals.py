"""Errors in Chinese numerals, and in the count that announces a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from evals.plant.clean import Clean, Stated, sentence_at
from evals.plant.edit import Edit
from evals.plant.mutant import Mutant, at_number, digits_of, is_error

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_MOST = 9999
_COUNTED = ("项", "个", "人", "名", "件", "家", "次", "期", "分", "套", "部", "份", "场")
_ANNOUNCED = re.compile(r"([二两三四五六七八九]|[2-9])(?=(?:个|项|类|大|条)[\u4e00-\u9fff]{0,6})")
_FIRST = re.compile(r"一是")


def chinese(number: int) -> str:
    """1052 → 一千零五十二; 12 → 十二. From 0 to 9999."""
    if number == 0:
        return "零"
    out, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return out.removeprefix("一") if out.startswith("一十") else out


def in_chinese(stated: Stated, value: Decimal) -> str:
    """A count, a mark or a share in Chinese numerals: 五十六人, 百分之八十七点五; "" for what nobody writes so."""
    number = digits_of(stated)
    unit = stated.mention.text[len(number) :].strip()
    whole, _, part = format(value, "f").partition(".")
    if int(whole) > _MOST or (part and unit not in ("%", "分")):
        return ""
    said = chinese(int(whole)) + ("点" + "".join(_DIGITS[int(d)] for d in part) if part else "")
    if unit == "%":
        return f"百分之{said}"
    if said + unit == "十分":
        return ""  # as a word it means very
    return f"{said}{unit}" if unit in _COUNTED else ""


def numeral_changed(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """六项 → 七项; 56人 → 五十七人."""
    for stated in clean.fair:
        value, number = stated.mention.value, digits_of(stated)
        if value is None or stated.cell or stated.mention.upper is not None:
            continue
        if number:
            printed = Decimal(number.replace(",", ""))
            new = in_chinese(stated, abs(printed + dice.choice((-1, 1, 2, 10))))
        else:
            places = [at for at, char in enumerate(stated.mention.text) if char in _DIGITS[1:]]
            if not places:
                continue
            at = dice.choice(places)
            digit = dice.choice([d for d in _DIGITS[2:] if d != stated.mention.text[at]])
            new = stated.mention.text[:at] + digit + stated.mention.text[at + 1 :]
        if new and is_error(clean, stated, new):
            yield at_number(stated, new)


def count_changed(clean: Clean, dice: Random) -> Iterator[Mutant]:
    """三个方面：一是…二是…三是… → 四个方面; 共6项制度 before or after six names."""
    for found in _ANNOUNCED.finditer(clean.text.text):
        block = clean.text.block_at(found.start())
        if block.kind in ("row", "contents", "heading"):
            continue
        count = _value(found[1])
        start, end = sentence_at(clean.text, found.start(), block)
        listed = _listed(clean.text.text[start : block.end], clean.text.text[start:end], count)
        if listed and clean.is_quiet((start, block.end)):
            for wrong in {count + 1, count - 1} - {1}:
                new = str(wrong) if found[1].isdigit() else "两" if wrong == 2 else chinese(wrong)
                yield Mutant((Edit(found.start(), found.end(), new),), (((start, block.end),),), ())


def _value(word: str) -> int:
    return int(word) if word.isdigit() else 2 if word == "两" else _DIGITS.index(word)


def _listed(paragraph: str, sentence: str, count: int) -> bool:
    """Whether exactly so many things are listed: 一是 to 三是 and no 四是, 《…》 six times, or A、B和C after a colon or before."""
    if _FIRST.search(paragraph):
        return f"{_DIGITS[count]}是" in paragraph and f"{_DIGITS[count + 1]}是" not in paragraph
    if sentence.count("《") == count:
        return True
    parts = re.split(r"[，：；。]", sentence)
    return any(
        part.count("、") + len(re.findall(r"和|及", part)) + 1 == count and count > 2 for part in parts if "、" in part
    )
