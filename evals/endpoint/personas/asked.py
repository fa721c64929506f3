"""A prompt of ours as a model reads it: the points with what must and may be said, the slots on offer, the exemplars shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

Messages = Sequence[dict[str, str]]
_POINT = re.compile(r"^要点\d+(?:（(?P<label>[^）]*)）)?，不超过")
_SLOT_LINE = re.compile(r"^(\[\[[^\]]+\]\]) ([^：]*(?:：[^：]+)*?)：([^：]+)$")
_SHOWN = re.compile(r"〖范文 \w+〗\n(.*?)〖范文完", re.DOTALL)
_TOLD = re.compile(r"〖资料 \w+〗\n(.*?)〖资料完", re.DOTALL)
_FAULTY = re.compile(r"〖原稿 \w+〗\n(.*?)〖原稿完", re.DOTALL)
_MUST = re.compile(r"这一段必须写到的话（占位符照抄）：\n(.*?)\n(?:\n|$)", re.DOTALL)


@dataclass
class AskedPoint:
    """One paragraph that is wanted."""

    label: str
    must: list[str] = field(default_factory=list)
    may: list[str] = field(default_factory=list)


@dataclass
class Asked:
    """A prompt taken apart. `again`: it asks for one paragraph once more, and `faulty` is what was wrong with it."""

    points: list[AskedPoint]
    printed: dict[str, str]
    shown: list[str]
    again: bool = False
    faulty: str = ""


def read(messages: Messages) -> Asked:
    """The last request of a conversation; a repair counts as a request for one point."""
    last = messages[-1]["content"]
    first = next(m["content"] for m in messages if m["role"] == "user")
    printed = {
        m[1].replace(":value]]", "]]"): m[3]
        for line in (*first.splitlines(), *last.splitlines()) if (m := _SLOT_LINE.match(line.strip()))
    }  # fmt: skip
    shown = [line for block in _SHOWN.findall(first) for line in block.splitlines() if line.strip()]
    if (faulty := _FAULTY.search(last)) is not None:
        must = _MUST.search(last)
        return Asked([AskedPoint("", must[1].splitlines() if must else [])], printed, shown, True, faulty[1].strip())
    points: list[AskedPoint] = []
    told = _TOLD.search(last)
    for line in (told[1] if told else last).splitlines():
        if found := _POINT.match(line):
            points.append(AskedPoint(found["label"] or ""))
        elif points and line.startswith("必写："):
            points[-1].must.append(line.removeprefix("必写："))
        elif points and line.startswith("可写："):
            points[-1].may.append(line.removeprefix("可写："))
    return Asked(points, printed, shown)
