"""Models as they are met, each a function of the conversation: what they are asked for they read from the prompt, as a model would.

asked      the prompt taken apart
planted    what a persona put in on purpose
faithful careless inventive obedient    others: copying, chatty
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from random import Random

from evals.endpoint.personas.asked import Messages
from evals.endpoint.personas.careless import careless
from evals.endpoint.personas.faithful import faithful
from evals.endpoint.personas.inventive import inventive
from evals.endpoint.personas.obedient import obedient
from evals.endpoint.personas.others import chatty, copying
from evals.endpoint.personas.planted import Planted


def _faithful(messages: Messages, random: Random, planted: list[Planted]) -> str:
    return faithful(messages, random)


PERSONAS: dict[str, Callable[[Messages, Random, list[Planted]], str]] = {
    "faithful": _faithful, "careless": careless, "inventive": inventive, "copying": copying, "obedient": obedient, "chatty": chatty,
}  # fmt: skip


@dataclass
class Seeded:
    """A persona of one character. The same conversation gets the same answer under the same seed, whatever was asked in between."""

    name: str
    seed: int = 1
    planted: list[Planted] = field(default_factory=list)

    def __call__(self, messages: Messages) -> str:
        """The answer to a conversation."""
        said = "\n".join(m["content"] for m in messages).encode("utf-8")
        key = blake2b(said, digest_size=8, key=f"{self.name}:{self.seed}".encode()).digest()
        return PERSONAS[self.name](messages, Random(key), self.planted)
