"""A model that is asked nothing twice: each finished answer is kept in the database before it is used.

A batch outlives what ends a single draft. While the endpoint is away its cases wait; what no waiting mends (a wrong key, a limit that is
reached) stops the batch and puts the case off, and the answers that it had are there when it goes on.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Any, TypeVar

from assistant.errors import JipingError, ModelError
from assistant.jobs.patience import insisting
from assistant.models import Chat, Message, Reply, Usage
from assistant.records import Database, batches, replies
from assistant.records.batches import Batch
from assistant.records.replies import KeptReply

T = TypeVar("T")
WAITED_OUT = ("unreachable", "busy", "server")
"""What an endpoint that is away answers."""
IN_VAIN = ("key", "model", "not_an_endpoint")
"""What stays so until somebody mends it."""
ITS_OWN_FAULT = 3
"""So often a question may meet such a fault while others are answered: then it is the question's."""
_PAUSES = (2.0, 5.0, 10.0, 20.0, 30.0)


class PutOff(JipingError):
    """The case must be given back undrafted, and its batch is stopped for this reason."""


class Calls:
    """Where a worker's calls go out: one event loop, so that connections stay open from case to case, and no more at once than the
    worker's share of the endpoint."""

    def __init__(self) -> None:
        self.busy, self.answered = 0, 0.0
        self._limit = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="calls", daemon=True).start()

    def allow(self, limit: int) -> None:
        """So many at once from now on; those under way end as they are."""
        self._loop.call_soon_threadsafe(self._allow, limit)

    async def run(self, call: Callable[[], Awaitable[T]]) -> T:
        """What the call gives; may be awaited in any event loop. It goes on where nobody awaits it any more: it is paid for."""
        made = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._in_turn(call), self._loop))
        made.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(made)

    async def _in_turn(self, call: Callable[[], Awaitable[T]]) -> T:
        while self.busy >= self._limit:
            turn = self._loop.create_future()
            self._waiting.append(turn)
            await turn
        self.busy += 1
        try:
            return await call()
        finally:
            self.busy -= 1
            self._wake()

    def _allow(self, limit: int) -> None:
        self._limit = limit
        self._wake()

    def _wake(self) -> None:
        free = self._limit - self.busy
        while free > 0 and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                free -= 1


class KeptChat:
    """A `Chat` for one batch, with the same `ask`."""

    def __init__(self, chat: Chat, batch: Batch, database: Database, calls: Calls, patience: float) -> None:
        """`patience`: seconds that it waits for an endpoint that is away."""
        self.name, self.context_chars = chat.name, chat.context_chars
        self._chat, self._batch, self._database, self._calls, self._patience = chat, batch, database, calls, patience
        self._limited = batch.limits != batches.Limits()

    async def ask(
        self, messages: Sequence[Message], *, most_chars: int, on_text: Callable[[str], None] | None = None
    ) -> Reply:
        """As `Chat.ask`; nobody watches, so `on_text` gets nothing.

        Raises:
            ModelError: there is no finished answer to this question.
            PutOff: there is none to any question now.
        """
        key = _key(self.name, messages, most_chars)
        return await self._calls.run(lambda: self._kept(key, messages, most_chars))

    async def _kept(self, key: str, messages: Sequence[Message], most_chars: int) -> Reply:
        kept = await self._stored(lambda session: replies.reply(session, self._batch.id, key))
        if kept is not None:
            return Reply(kept.text, Usage(kept.calls, kept.prompt_tokens, kept.completion_tokens), 0.0)
        reply = await self._answered(messages, most_chars)
        usage = reply.usage
        made = KeptReply(reply.text, usage.calls, usage.prompt_tokens, usage.completion_tokens)
        counted = int(self._limited)
        await self._stored(lambda session: replies.keep_reply(session, self._batch.id, key, made, counted))
        return reply

    async def _answered(self, messages: Sequence[Message], most_chars: int) -> Reply:
        """An answer, however long the endpoint is away, within the patience of the batch."""
        began, faults = monotonic(), 0
        while True:
            await self._reserve()
            try:
                reply = await self._chat.ask(messages, most_chars=most_chars)
            except ModelError as error:
                faults += 1
                await self._weigh(error, began, faults)
            else:
                self._calls.answered = monotonic()
                return reply
            await asyncio.sleep(_PAUSES[min(faults, len(_PAUSES)) - 1])

    async def _weigh(self, error: ModelError, began: float, faults: int) -> None:
        """Whether to ask again."""
        spent = error.calls - int(self._limited)
        await self._stored(lambda session: batches.spend(session, self._batch.id, calls=spent))
        if error.kind in IN_VAIN:
            raise PutOff(str(error)) from error
        if error.kind not in WAITED_OUT or (self._calls.answered > began and faults >= ITS_OWN_FAULT):
            raise error
        if monotonic() - began > self._patience:
            raise PutOff(f"等了{self._patience / 60:.0f}分钟，仍然不行：{error}") from error

    async def _reserve(self) -> None:
        if self._limited and not await self._stored(lambda session: batches.reserve_call(session, self._batch.id)):
            now = await self._stored(lambda session: batches.find(session, self._batch.id))
            raise PutOff((now.spent if now else "") or "已达到上限")

    async def _stored(self, work: Callable[[Any], T]) -> T:
        return await asyncio.to_thread(insisting, self._database, work)


def _key(name: str, messages: Sequence[Message], most_chars: int) -> str:
    said = json.dumps([name, most_chars, [[m.role, m.content] for m in messages]], ensure_ascii=False)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
