"""What goes to a model and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What calls cost: requests sent (repeated ones too), and tokens as far as the endpoint counts them."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """A finished answer, without its thoughts; `seconds` from the first request to its end, waits and retries too."""

    text: str
    usage: Usage
    seconds: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of one call, finished or not: `finish` as the endpoint says it, `tokens` of prompt and answer if it counts them."""

    text: str
    finish: str
    tokens: tuple[int, int] | None
    pieces: int
    thought: bool


class Asked(Protocol):
    """What a drafter needs of a model: `Chat`, or one in front of it that keeps its answers."""

    name: str
    context_chars: int

    async def ask(
        self, messages: Sequence[Message], *, most_chars: int, on_text: Callable[[str], None] | None = None
    ) -> Reply:
        """A finished answer of about `most_chars` characters at most."""
        ...
