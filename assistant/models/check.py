"""`jiping model check`: what an endpoint can do, tried out call by call, and the profile that follows from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic

from assistant.errors import ModelError
from assistant.models import probes
from assistant.models.examination import Examination
from assistant.models.line import warm
from assistant.models.patience import HOPELESS
from assistant.models.profiles import Profile, overruled
from assistant.settings import Settings

Step = Callable[[str, int, int], object]
_PROBES: tuple[tuple[str, Callable[[Settings, str, Examination], Awaitable[None]], bool], ...] = (
    ("连接", probes.listing, True), ("对话", probes.chatting, True), ("流式", probes.streaming, False), ("思考文字", probes.thinking, False),
    ("长度限制", probes.limiting, False), ("系统角色", probes.instructing, False), ("中文往返", probes.copying, False),
    ("占位符", probes.slots, True), ("上下文", probes.remembering, True), ("并发", probes.crowding, False), ("向量", probes.embedding, False),
)  # fmt: skip
"""Name, probe, and whether the model is of no use where it fails."""


async def examine(settings: Settings, model: str, step: Step) -> Examination:
    """All probes in turn, ended early where nothing more can be learnt; `step(name, done, total)` is told before each.

    Raises nothing for a fault of the endpoint: that is what is being found out.
    """
    warm()
    settings = settings.model_copy(update={"retries": min(settings.retries, 1)})
    found = Examination(overruled(Profile(), settings))
    for done, (name, probe, needed) in enumerate(_PROBES):
        step(name, done, len(_PROBES))
        began = monotonic()
        try:
            await probe(settings, model, found)
        except ModelError as error:
            hopeless = needed or error.kind in HOPELESS
            found.note(name, began, False, str(error), needed=hopeless)
        if not found.usable:
            break
    return found
