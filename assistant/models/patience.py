"""The one layer that tries again, and keeps the deadline of a whole answer: `patiently(call, …)`."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from assistant.errors import ModelError
from assistant.models.faults import failed

T = TypeVar("T")
WORTH_REPEATING = ("busy", "server", "unreachable", "timeout")
"""Faults that may have passed by the next try. The others would be the same again."""
HOPELESS = ("unreachable", "key", "model", "not_an_endpoint")
"""Faults that every other question would meet as well: a draft need ask no more."""
LONGEST_PAUSE = 60.0
_FIRST_PAUSE = 0.5
"""Seconds between two tries."""


async def patiently(call: Callable[[], Awaitable[T]], *, retries: int, seconds: float) -> tuple[T, int]:
    """What `call` gives, and how often it was called: once, and up to `retries` times more, all within `seconds`.

    Between two tries it waits for as long as the endpoint asks (Retry-After, at most a minute), else twice as long each time, with
    some chance in it so that many do not come back at once; where the wait would not fit, it gives up at once.

    Raises:
        ModelError: the last fault; `timeout` where the time ran out.
    """
    calls = 0
    try:
        async with asyncio.timeout(seconds) as limit:
            while True:
                calls += 1
                try:
                    return await call(), calls
                except ModelError as error:
                    pause = _pause(error, calls)
                    late = asyncio.get_running_loop().time() + pause >= (limit.when() or 0)
                    if error.kind not in WORTH_REPEATING or calls > retries or late:
                        raise
                await asyncio.sleep(pause)
    except TimeoutError:
        fault = failed("timeout", f"限时{seconds:g}秒")
        fault.calls = calls
        raise fault from None
    except ModelError as error:
        error.calls = calls
        raise


def _pause(error: ModelError, calls: int) -> float:
    if error.retry_after is not None:
        return min(error.retry_after, LONGEST_PAUSE)
    return min(_FIRST_PAUSE * (1 << (calls - 1)), LONGEST_PAUSE) * random.uniform(0.5, 1)
