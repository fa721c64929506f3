"""Models that copy what they were shown, or talk to the reader."""

from __future__ import annotations

import re
from random import Random

from evals.endpoint.personas.asked import Messages, read
from evals.endpoint.personas.faithful import paragraph
from evals.endpoint.personas.planted import Planted

_BLANK = re.compile(r"〔[^〕]*〕")
_FILLERS = ("三十六", "云栖区", "某重点工程", "2019", "有关单位")


def copying(messages: Messages, random: Random, planted: list[Planted]) -> str:
    """Every paragraph followed by a sentence of an exemplar, its blanks filled with something, or left."""
    asked = read(messages)
    made = []
    for point in asked.points:
        text = "".join(point.must) if asked.again else paragraph(point, random)
        pieces = [piece for line in asked.shown for piece in re.findall(r"[^。；]{12,}[。；]", line)]
        if pieces and (not asked.again or random.random() < 0.5):
            piece = random.choice(pieces)
            copied = _BLANK.sub(lambda _: random.choice(_FILLERS), piece) if random.random() < 0.6 else piece
            planted.append(Planted("copied", copied))
            text = copied.rstrip("；。") + "。" + text if random.random() < 0.3 else text + copied.rstrip("；。") + "。"
        made.append(text)
    return "\n".join(made)


def chatty(messages: Messages, random: Random, planted: list[Planted]) -> str:
    """A greeting, thoughts, Markdown, an offer of more."""
    asked = read(messages)
    made = ["".join(p.must) if asked.again else paragraph(p, random) for p in asked.points]
    if asked.again and random.random() < 0.5:
        return made[0]
    before = random.choice(
        (
            "好的，以下是为您起草的内容：\n\n",
            "## 履职情况\n\n",
            "当然可以！根据您提供的资料，我整理如下：\n",
            "<think>先看要点，再组织语言。</think>",
        )
    )
    after = random.choice(
        (
            "\n\n希望以上内容对您有所帮助！",
            "\n\n---\n如需调整语气，请随时告诉我。",
            "\n\n> 注：以上为草稿，仅供参考。",
            "\n```",
        )
    )
    body = "\n\n".join(random.choice((f"**{text[:6]}**{text[6:]}", f"- {text}", f"1. {text}", text)) for text in made)
    for words in (before.strip(), after.strip()):
        planted.append(Planted("talk", words))
    return f"{before}{body}{after}"
