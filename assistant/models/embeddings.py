"""A model that turns passages into vectors: `Embeddings.embed`."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.masking.identity import mask_identity
from assistant.models.faults import failed, fault
from assistant.models.line import Line
from assistant.models.patience import patiently
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings

T = TypeVar("T")
BATCH = 16
"""Texts in one request: some servers take no more than 25, some no more than 16."""


def connect_embeddings(settings: Settings) -> Embeddings | None:
    """The embedding model that is set; None: there is none.

    Raises:
        UsageError: a model is named but no endpoint is set.
    """
    return Embeddings(settings, settings.embedding_model) if settings.embedding_model else None


class Embeddings:
    """One embedding model at one endpoint. `name` tells it from one of the same name elsewhere: their vectors must not meet."""

    def __init__(self, settings: Settings, name: str) -> None:
        self.name = f"{name}@{sha256(settings.base_url.encode('utf-8')).hexdigest()[:8]}"
        self._model = name
        self._settings = settings
        self._line: Line[OpenAIEmbeddings] = Line(settings, name, self._client)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text, in their order, all of one dimension. Numbers of persons are blanked before anything is sent.

        Raises:
            ModelError: the endpoint does not give them.
        """
        return _waited_for(self._all([mask_identity(text) or " " for text in texts]))

    def _client(self, options: dict[str, Any]) -> OpenAIEmbeddings:
        from langchain_openai import OpenAIEmbeddings

        return OpenAIEmbeddings(model=self._model, check_embedding_ctx_length=False, chunk_size=BATCH, **options)

    async def _all(self, texts: list[str]) -> list[list[float]]:
        batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        vectors = [vector for got in await asyncio.gather(*map(self._batch, batches)) for vector in got]
        if len({len(vector) for vector in vectors}) > 1:
            raise failed("not_an_endpoint", "各段文字的向量维数不同")
        return vectors

    async def _batch(self, texts: list[str]) -> list[list[float]]:
        async with self._line.open() as client:
            vectors, _ = await patiently(
                lambda: _once(client, texts), retries=self._settings.retries, seconds=self._settings.draft_seconds
            )
        return vectors


async def _once(client: OpenAIEmbeddings, texts: list[str]) -> list[list[float]]:
    try:
        vectors = await client.aembed_documents(texts)
    except Exception as error:
        raise fault(error) from error
    if len(vectors) != len(texts) or not all(map(_is_vector, vectors)):
        raise failed("not_an_endpoint", "没有给每段文字一个可用的向量")
    return vectors


def _is_vector(given: Any) -> bool:
    """Numbers, of which one is not 0: what a server sends is not always what it should be."""
    return isinstance(given, list) and any(given) and all(isinstance(n, int | float) and isfinite(n) for n in given)


def _waited_for(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, also where a loop is running already: then on a thread beside it."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, work).result()
