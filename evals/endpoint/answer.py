"""What a scripted model says to one request, and how it breaks while saying it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Messages = list[dict[str, Any]]
Persona = Callable[[Messages], str]
"""A model by what it writes: the messages of a request, as they were sent, to the text of the answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the endpoint: a completion of `text`, or with `body` whatever bytes are given.

    Times in seconds: `wait` before the first byte, `gap` between two pieces of `piece` characters. `cut` closes the connection
    after that many pieces (of a stream) or half of the body. `finish` None: no reason for stopping is ever given.
    """

    text: str = ""
    finish: str | None = "stop"
    thoughts: str = ""
    """Sent as `reasoning_content`, as servers with a reasoning parser do."""
    usage: bool = True
    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    gap: float = 0.0
    piece: int = 12
    cut: int | None = None
    comments: bool = False
    """Keep-alive comments between the pieces of a stream."""
    noise: bytes = b""
    """Sent in a stream after its first piece as it is."""


Script = Callable[[dict[str, Any]], Answer]
"""A model by how it behaves: the body of a chat request to an answer."""


def says(persona: Persona) -> Script:
    """A model that answers every request in full with what `persona` writes."""
    return lambda request: Answer(persona(request["messages"]))


def failure(status: int, message: str, *, code: str = "", headers: dict[str, str] | None = None) -> Answer:
    """An error as OpenAI-compatible servers word it."""
    body = {"error": {"message": message, "type": code or "error", "code": code or None}}
    return Answer(status=status, body=json.dumps(body).encode(), headers=headers or {})


def page(html: str, status: int = 200) -> Answer:
    """A web page where JSON was asked for: a login page, or a proxy's."""
    return Answer(status=status, body=html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
