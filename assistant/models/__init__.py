"""The vendor door: the only room that knows of openai and langchain. Any OpenAI-compatible endpoint, or none."""

from assistant.models.chat import OFFLINE, Chat, connect
from assistant.models.embeddings import Embeddings, connect_embeddings
from assistant.models.line import warm
from assistant.models.messages import Asked, Message, Reply, Usage
from assistant.models.patience import HOPELESS

__all__ = [
    "HOPELESS",
    "OFFLINE",
    "Asked",
    "Chat",
    "Embeddings",
    "Message",
    "Reply",
    "Usage",
    "connect",
    "connect_embeddings",
    "warm",
]
