"""The line to an endpoint: connections, limits and the guard against answers that are none.

Connections belong to an event loop, and a `Chat` may be used under several, one after another or side by side. So the line is
opened by the first call under way in a loop and closed by the last: nothing is left behind when the loop ends.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlsplit

from assistant.errors import UsageError
from assistant.models.faults import failed
from assistant.settings import Settings

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")
MOST_BYTES = 32_000_000
"""No answer is longer: a server that never stops is cut off."""
_SILENT = {"LANGSMITH_TRACING": "false", "LANGCHAIN_TRACING_V2": "false", "LANGSMITH_TRACING_V2": "false"}


def warm() -> None:
    """Import langchain, which takes a second or two, and with its telemetry off: nothing leaves but calls to the endpoint."""
    os.environ.update(_SILENT)
    import_module("langchain_openai")


@dataclass(slots=True)
class _Open(Generic[T]):
    http: httpx2.AsyncClient
    door: T
    turns: asyncio.Semaphore
    users: int = 0


class Line(Generic[T]):
    """`async with line.open() as door`: a client made by `build`, with no more than `settings.concurrency` holding it at once.

    Raises:
        UsageError: the settings have no endpoint for the model `name`.
    """

    def __init__(self, settings: Settings, name: str, build: Callable[[dict[str, Any]], T]) -> None:
        if not settings.base_url:
            raise UsageError(
                f"指定了模型“{name}”，但没有设置模型服务的地址。请设置 JIPING_BASE_URL（或 OPENAI_BASE_URL，或 jiping.toml 的 base_url），"
                "例如 http://127.0.0.1:8000/v1；不用模型请写 --model offline。"
            )
        self._settings, self._build = settings, build
        self._verify: Any = None
        self._lines: dict[asyncio.AbstractEventLoop, _Open[T]] = {}

    @asynccontextmanager
    async def open(self) -> AsyncIterator[T]:
        """A turn on the line of this loop."""
        loop = asyncio.get_running_loop()
        line = self._lines.get(loop)
        if line is None:
            line = self._lines[loop] = self._connected()
        line.users += 1
        try:
            async with line.turns:
                yield line.door
        finally:
            line.users -= 1
            if not line.users:
                del self._lines[loop]
                await line.http.aclose()

    def _connected(self) -> _Open[T]:
        warm()
        import httpx2

        settings = self._settings
        url = urlsplit(settings.base_url)
        if self._verify is None:
            self._verify = httpx2.create_ssl_context() if url.scheme == "https" else False
        http = httpx2.AsyncClient(
            verify=self._verify,
            trust_env=not _is_here(url.hostname or ""),  # a proxy has no business between this machine and itself
            follow_redirects=False,  # the prompt goes where it was addressed, and nowhere else
            headers={"Accept-Encoding": "identity"},
            timeout=httpx2.Timeout(settings.read_seconds, connect=settings.connect_seconds),
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=settings.concurrency),
            event_hooks={"response": [_looked_at]},
        )
        return _Open(http, self._build(_client_options(settings, http)), asyncio.Semaphore(settings.concurrency))


def _client_options(settings: Settings, http: httpx2.AsyncClient) -> dict[str, Any]:
    """What both of langchain's doors are opened with. A key given by a function keeps them from making a second, blocking client."""

    async def key() -> str:
        return settings.key

    return {
        "base_url": settings.base_url, "api_key": key, "http_async_client": http, "openai_proxy": None, "organization": None,
        "max_retries": 0, "timeout": http.timeout,
    }  # fmt: skip


async def _looked_at(response: httpx2.Response) -> None:
    """Refuse what cannot be an answer, and let no answer grow without end."""
    kind = response.headers.get("content-type", "").lower()
    coding = response.headers.get("content-encoding", "identity").lower()
    if response.is_success and ("html" in kind or coding not in ("", "identity")):
        raise failed("not_an_endpoint", "收到的是网页" if "html" in kind else "收到的是压缩的内容")
    response.stream = _capped(response.stream)


def _capped(stream: Any) -> Any:
    import httpx2

    class Capped(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for piece in stream:
                size += len(piece)
                if size > MOST_BYTES:
                    raise failed("cut_off", "回答长得没有尽头")
                yield piece

        async def aclose(self) -> None:
            await stream.aclose()

    return Capped()


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"
