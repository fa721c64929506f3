"""A model that does as it is told: fluent paragraphs of what it was given, every slot where it belongs, nothing of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from evals.endpoint.personas.asked import Asked, AskedPoint, Messages, read

_OPENINGS = ("此外，", "同时，", "另外，")
_REWORDED = (
    ("共计[[", "合计[["), ("共[[", "合计[["), ("组织开展", "开展"), ("组织举办", "举办"), ("全年共", "全年"), ("建立了", "建立"),
    ("完成了", "完成"), ("进行了", "进行"), ("主要原因是", "主要原因："), ("为此，", ""), ("累计发放", "累计共发放"),
)  # fmt: skip
_LEANS = re.compile(
    r"^(?:其中|其余|该|此|这|上述|以上|同时|此外|另外|并|也|还|而|但|主要原因|主要是|受此影响|改进措施|涉及指标|针对)"
)
_OFTEN = 0.5
_INSIDE = re.compile(r"[“”《》（）]")


def faithful(messages: Messages, random: Random) -> str:
    """A paragraph a point: two statements joined now and then, a connective put in, a plain word for another of the same meaning."""
    asked = read(messages)
    if asked.again:
        return "".join(asked.points[0].must)
    return "\n".join(paragraph(point, random) for point in asked.points)


def paragraph(point: AskedPoint, random: Random) -> str:
    """The point told fluently; its first sentence stands by itself, as the prompt asks."""
    said = [_reworded(text, random) for text in point.must]
    if point.may and random.random() < 0.3:
        said.insert(len(said), random.choice(point.may))
    if len(said) > 2 and random.random() < 0.25 and not any(map(_LEANS.match, said[1:3])):
        said[1], said[2] = said[2], said[1]
    made: list[str] = []
    for text in said:
        joins = made and not _LEANS.match(text)
        if joins and len(made) > 1 and len(made[-1]) + len(text) < 90 and random.random() < 0.3:
            made[-1] = f"{made[-1].rstrip('。')}；{text}"
        elif joins and len(made) > 1 and random.random() < 0.3:
            made.append(random.choice(_OPENINGS) + text)
        else:
            made.append(text)
    if point.label and random.random() < 0.3 and not _LEANS.match(made[0]) and point.label[:4] not in made[0]:
        made[0] = f"{point.label}方面，{made[0]}"
    return "".join(made)


def spoilt(asked: Asked, random: Random, spoil: Callable[[str], str]) -> str:
    """The faithful paragraphs with `spoil` done to about half of their sentences; asked again, half of the time to all of it."""
    if asked.again:
        text = "".join(asked.points[0].must)
        return spoil(text) if random.random() < _OFTEN else text
    return "\n".join(
        "".join(
            spoil(said) if random.random() < _OFTEN else said
            for said in re.findall(r"[^。]*。", paragraph(point, random))
        )
        for point in asked.points
    )


def _reworded(text: str, random: Random) -> str:
    """One plain word for another, outside of names, at most once a sentence."""
    found = [(old, new) for old, new in _REWORDED if old in text and new not in text]
    if not found or random.random() < 0.5:
        return text
    old, new = random.choice(found)
    before, after = text.split(old, 1)
    return text if _INSIDE.search(before[-12:] + after[:12]) else f"{before}{new}{after}"
