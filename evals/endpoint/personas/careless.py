"""A model that types numbers, and drops, swaps or makes up slots. Every slip is noted, so that it can be looked for in what was shipped."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from evals.endpoint.personas.asked import Asked, Messages, read
from evals.endpoint.personas.faithful import spoilt
from evals.endpoint.personas.planted import Planted

_SLOT = re.compile(r"\[\[([A-Za-z0-9_.]+)(?::value)?\]\]")
_NUMBER = re.compile(r"[\d,.]*\d")
_DIGITS = "〇一二三四五六七八九"


def careless(messages: Messages, random: Random, planted: list[Planted]) -> str:
    """The faithful paragraphs, about half of their sentences with one slip; asked again, half of the time it slips again."""
    asked = read(messages)
    return spoilt(asked, random, lambda text: _slipped(text, asked, random, planted))


def _slipped(text: str, asked: Asked, random: Random, planted: list[Planted]) -> str:
    """The sentence with one slip that it allows; as it was where it allows none."""
    slips = list(_SLIPS)
    random.shuffle(slips)
    for kind, slip in slips:
        if (made := slip(text, asked, random)) and made != text:
            planted.append(Planted(kind, made))
            return made
    return text


def _one(text: str, random: Random) -> re.Match[str] | None:
    found = list(_SLOT.finditer(text))
    return random.choice(found) if found else None


def _put(text: str, slot: re.Match[str], words: str) -> str:
    return text[: slot.start()] + words + text[slot.end() :]


def _printed(slot: re.Match[str], asked: Asked) -> str:
    return asked.printed.get(f"[[{slot[1]}]]", "")


def _quantity(text: str, asked: Asked, random: Random) -> tuple[re.Match[str], str, str] | None:
    """A slot of the sentence with the number and the unit that it prints; None where it has none, or prints no number."""
    slot = _one(text, random)
    value = _printed(slot, asked) if slot is not None else ""
    number = _NUMBER.search(value)
    return None if slot is None or number is None else (slot, number[0], value[number.end() :])


def _typed(text: str, asked: Asked, random: Random) -> str:
    """The figure typed out, right or with another last digit."""
    slot = _one(text, random)
    if slot is None or not (value := _printed(slot, asked)):
        return ""
    if random.random() < 0.5:
        value = re.sub(r"\d(?=\D*$)", lambda m: str((int(m[0]) + 1) % 10), value, count=1)
    return _put(text, slot, value)


def _chinese(text: str, asked: Asked, random: Random) -> str:
    """In Chinese numerals, or 百分之…"""
    if (found := _quantity(text, asked, random)) is None:
        return ""
    slot, number, unit = found
    digits = "".join(_DIGITS[int(c)] if c.isdigit() else "点" if c == "." else "" for c in number)
    return _put(text, slot, f"百分之{digits}" if unit.startswith("%") else f"{digits}{unit}")


def _rounded(text: str, asked: Asked, random: Random) -> str:
    """近 and a round number."""
    if (found := _quantity(text, asked, random)) is None:
        return ""
    slot, number, unit = found
    whole = number.replace(",", "").split(".")[0]
    return _put(text, slot, f"近{int(whole[0]) + 1}{'0' * (len(whole) - 1)}{unit}")


def _converted(text: str, asked: Asked, random: Random) -> str:
    """万元 as 元 by hand, and wrong."""
    slot = _one(text, random)
    value = _printed(slot, asked) if slot is not None else ""
    if slot is None or not value.endswith("万元"):
        return ""
    return _put(text, slot, value.removesuffix("万元").replace(",", "").replace(".", "") + "00元")


def _dropped(text: str, asked: Asked, random: Random) -> str:
    """The slot left out: the sentence speaks of 若干."""
    slot = _one(text, random)
    return "" if slot is None else _put(text, slot, "若干")


def _swapped(text: str, asked: Asked, random: Random) -> str:
    """Two slots of the sentence in each other's places."""
    found = list(_SLOT.finditer(text))
    if len(found) < 2:
        return ""
    one, other = sorted(random.sample(found, 2), key=lambda slot: slot.start())
    if _printed(one, asked) == _printed(other, asked):
        return ""
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def _made_up(text: str, asked: Asked, random: Random) -> str:
    """A slot that nobody offered."""
    slot = _one(text, random)
    return "" if slot is None else _put(text, slot, f"[[{random.choice(('m', 'w'))}{random.randint(700, 999)}:value]]")


def _renamed(text: str, asked: Asked, random: Random) -> str:
    """A slot spoilt in the writing."""
    slot = _one(text, random)
    if slot is None:
        return ""
    spoilt = (f"[{slot[1]}]", f"[[{slot[1]}", f"{{{{{slot[1]}}}}}", f"［［{slot[1]}］］", f"[[{slot[1]}：数值]]")
    return _put(text, slot, random.choice(spoilt))


def _doubled(text: str, asked: Asked, random: Random) -> str:
    """The unit once more after the slot, or a word that bends it before."""
    if (found := _quantity(text, asked, random)) is None:
        return ""
    slot, _, unit = found
    words = random.choice((f"{slot[0]}{unit}", f"近{slot[0]}", f"{slot[0]}多", f"超过{slot[0]}"))
    return _put(text, slot, words)


def _turned(text: str, asked: Asked, random: Random) -> str:
    """Up for down."""
    for one, other in (("增加", "减少"), ("增长", "下降"), ("高于", "低于"), ("提高", "降低"), ("节约", "超支")):
        for old, new in ((one, other), (other, one)):
            if old in text:
                return text.replace(old, new, 1)
    return ""


def _extra(text: str, asked: Asked, random: Random) -> str:
    """A number of its own at the end."""
    number = random.choice(("3项", "120余人次", "九成以上", "百分之八十", "2.5万元", "翻一番", "过半", "二十多场"))
    return f"{text.rstrip('。')}，涉及{number}。"


_SLIPS: tuple[tuple[str, Callable[[str, Asked, Random], str]], ...] = (
    ("typed", _typed), ("chinese", _chinese), ("rounded", _rounded), ("converted", _converted), ("dropped", _dropped),
    ("swapped", _swapped), ("made_up", _made_up), ("renamed", _renamed), ("doubled", _doubled), ("turned", _turned),
    ("extra", _extra),
)  # fmt: skip
