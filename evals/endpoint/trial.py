"""One misbehaving endpoint, asked once: what came of it, and what is wrong with that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from time import monotonic

from assistant.errors import ModelError
from assistant.models import Chat, Message, warm
from assistant.models.patience import WORTH_REPEATING
from assistant.settings import Settings
from evals.endpoint.server import serve
from evals.endpoint.transport import TEXT, Transport

SLACK = 0.75
"""Seconds over a deadline that a busy machine may need to notice it."""
_AT_ONCE = 6
_PROMPT = (Message("system", "只写正文。"), Message("user", "写一段预算执行情况，用到[[budget_execution_rate]]。"))


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of asking: `done` or a kind of fault; what stood on the screen at the end."""

    transport: Transport
    streaming: bool
    outcome: str
    text: str
    screen: str
    seconds: float
    limit: float
    asked: int

    @property
    def truncated(self) -> bool:
        """Whether a part was taken for the whole."""
        return self.outcome == "done" and self.text != TEXT

    @property
    def late(self) -> bool:
        """Whether it held longer than its deadline."""
        return self.seconds > self.limit + SLACK

    @property
    def left_over(self) -> bool:
        """Whether a person who waits was left with other than the answer, or with a part of none."""
        return self.screen.strip() != (self.text if self.outcome == "done" else "")

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with how it came out, in words."""
        due = self.transport.outcome
        may_repeat = any(kind in (*WORTH_REPEATING, "done") for kind in due)
        wrong = {
            f"结果是 {self.outcome}，应是 {'或'.join(due)}": self.outcome not in due,
            "没有写完的文字被当作写完": self.truncated,
            "等着的人看到的不是最后的文字": self.left_over,
            f"超过了时限（{self.seconds:.1f}秒）": self.late,
            f"不必再问的问了{self.asked}次": not may_repeat and self.asked > 1,
        }
        return tuple(said for said, is_so in wrong.items() if is_so)


async def trials(
    asked: list[tuple[Transport, bool]], *, silence: float, limit: float, tick: Callable[[int, int], None]
) -> list[Trial]:
    """Each endpoint asked once, with streaming or without, a few at a time so that the clocks measure the endpoint."""
    turns, done = asyncio.Semaphore(_AT_ONCE), 0
    warm()

    async def one(transport: Transport, streaming: bool) -> Trial:
        nonlocal done
        async with turns:
            tried = await trial(transport, streaming=streaming, silence=silence, limit=limit)
        done += 1
        tick(done, len(asked))
        return tried

    return await asyncio.gather(*(one(transport, streaming) for transport, streaming in asked))


async def trial(transport: Transport, *, streaming: bool, silence: float, limit: float) -> Trial:
    """Start the endpoint, ask it; `silence` and `limit` are the deadlines in seconds."""
    screen: list[str] = []

    def show(text: str) -> None:
        screen[:] = [*screen, text] if text else []

    with ExitStack() as stack:
        served = stack.enter_context(serve(transport.make(10 * limit)))
        settings = Settings(
            base_url=served.base_url,
            streaming=streaming,
            read_seconds=silence,
            draft_seconds=limit,
            connect_seconds=silence,
            retries=2,
        )
        chat = Chat(settings, "scripted")
        if transport.later:
            await chat.ask(_PROMPT, most_chars=300)
            served.requests.clear()
        began, outcome, text = monotonic(), "done", ""
        try:
            text = (await chat.ask(_PROMPT, most_chars=300, on_text=show)).text
        except ModelError as error:
            outcome = error.kind
        seconds = monotonic() - began
    return Trial(transport, streaming, outcome, text, "".join(screen), seconds, limit, len(served.chats))
