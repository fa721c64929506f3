"""An OpenAI-compatible endpoint on loopback that answers by script: chat (whole and streamed), models, embeddings, errors.

It is a real HTTP server, so what is tried against it goes through the same client, sockets and parsing as in use.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from evals.endpoint.answer import Answer, Script, failure

DIMENSION = 64


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came: path below the base address, headers, JSON body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass(slots=True)
class Served:
    """A running endpoint: where it is, what it was asked, and how many answers were under way at once at most."""

    base_url: str
    requests: list[Request] = field(default_factory=list)
    most_at_once: int = 0

    @property
    def chats(self) -> list[Request]:
        """The requests for a chat completion, in order."""
        return [request for request in self.requests if request.path == "/chat/completions"]


@contextmanager
def serve(
    script: Script, *, models: tuple[str, ...] = ("scripted",), key: str = "", dimension: int = DIMENSION
) -> Iterator[Served]:
    """Run an endpoint for as long as the block lasts.

    `models` are what it lists, and any other is refused with 404 (an empty tuple: nothing is listed, every name will do); a `key`
    is demanded if one is given; `dimension` 0: no embeddings.
    """
    server = _Server(script, models, key, dimension)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.served
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, script: Script, models: tuple[str, ...], key: str, dimension: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script, self.models, self.key, self.dimension = script, models, key, dimension
        self.served = Served(f"http://127.0.0.1:{self.server_port}/v1")
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.under_way = 0

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is its own affair."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed: the requests are kept."""

    def do_GET(self) -> None:
        """`/models`."""
        self._note({})
        if self._turned_away():
            return
        if self._path() == "/models" and self.server.models:
            listed = [{"id": name, "object": "model", "owned_by": "evals"} for name in self.server.models]
            self._json({"object": "list", "data": listed})
        else:
            self._send(failure(404, "Not Found"))

    def do_POST(self) -> None:
        """`/chat/completions`, `/embeddings`."""
        try:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        except ValueError:
            self._send(failure(400, "the request is not JSON"))
            return
        self._note(body)
        if self._turned_away():
            return
        match self._path():
            case "/chat/completions" if self.server.models and body.get("model") not in self.server.models:
                self._send(failure(404, f"The model `{body.get('model')}` does not exist.", code="model_not_found"))
            case "/chat/completions" if not body.get("messages"):
                self._send(failure(400, "messages: field required"))
            case "/chat/completions":
                self._chat(body)
            case "/embeddings" if self.server.dimension:
                self._embed(body)
            case _:
                self._send(failure(404, "Not Found"))

    def _path(self) -> str:
        """Below the base address; what does not lie there is no part of the interface."""
        path = self.path.partition("?")[0]
        return path.removeprefix("/v1") if path.startswith("/v1/") else f"..{path}"

    def _note(self, body: dict[str, Any]) -> None:
        self.server.served.requests.append(Request(self._path(), dict(self.headers), body))

    def _turned_away(self) -> bool:
        key = self.server.key
        if not key or self.headers.get("Authorization") == f"Bearer {key}":
            return False
        self._send(failure(401, "Incorrect API key provided.", code="invalid_api_key"))
        return True

    def _chat(self, body: dict[str, Any]) -> None:
        server = self.server
        with server.lock:
            server.under_way += 1
            server.served.most_at_once = max(server.served.most_at_once, server.under_way)
        try:
            answer = server.script(body)
            self._pause(answer.wait)
            if answer.body is not None:
                self._send(answer)
            elif body.get("stream"):
                self._stream(answer, body)
            else:
                self._whole(answer, body)
        finally:
            with server.lock:
                server.under_way -= 1

    def _whole(self, answer: Answer, body: dict[str, Any]) -> None:
        self._pause(answer.gap * (len(answer.text) // answer.piece))
        message: dict[str, Any] = {"role": "assistant", "content": answer.text}
        if answer.thoughts:
            message["reasoning_content"] = answer.thoughts
        choice = {"index": 0, "message": message, "finish_reason": answer.finish}
        data = {
            "id": "chat-1",
            "object": "chat.completion",
            "created": 0,
            "model": body.get("model"),
            "choices": [choice],
        }
        if answer.usage:
            data["usage"] = _usage(body, answer)
        sent = json.dumps(data, ensure_ascii=False).encode() + answer.noise
        if answer.cut is None:
            self._send(Answer(body=sent, headers=answer.headers))
            return
        self._head(200, {"Content-Type": "application/json", "Content-Length": str(len(sent))})
        self.wfile.write(sent[: len(sent) // 2])
        self._hang_up()

    def _stream(self, answer: Answer, body: dict[str, Any]) -> None:
        self._head(200, {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked", **answer.headers})
        with suppress(OSError):
            for number, event in enumerate(_events(answer, body)):
                if answer.cut is not None and number > answer.cut:
                    self._hang_up()
                    return
                self._piece(b"data: " + event + b"\n\n")
                if number == 1 and answer.noise:
                    self._piece(answer.noise)
                if answer.comments:
                    self._piece(b": keep-alive\n\n")
                self._pause(answer.gap)
            self.wfile.write(b"0\r\n\r\n")
            self.wfile.flush()

    def _embed(self, body: dict[str, Any]) -> None:
        given = body.get("input", [])
        texts = [given] if isinstance(given, str) else given
        vectors = [_vector(str(text), self.server.dimension) for text in texts]
        coded = _coded(vectors) if body.get("encoding_format") == "base64" else vectors
        data = [{"object": "embedding", "index": index, "embedding": vector} for index, vector in enumerate(coded)]
        tokens = sum(len(str(text)) for text in texts)
        self._json(
            {
                "object": "list",
                "data": data,
                "model": body.get("model"),
                "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
            }
        )

    def _json(self, data: dict[str, Any]) -> None:
        self._send(Answer(body=json.dumps(data, ensure_ascii=False).encode()))

    def _send(self, answer: Answer) -> None:
        body = answer.body or b""
        self._head(
            answer.status, {"Content-Type": "application/json", "Content-Length": str(len(body)), **answer.headers}
        )
        self.wfile.write(body)
        self.wfile.flush()

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _piece(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))
        self.wfile.flush()

    def _pause(self, seconds: float) -> None:
        """Sleep, but not beyond the end of the server."""
        if seconds > 0:
            self.server.stopping.wait(seconds)

    def _hang_up(self) -> None:
        with suppress(OSError):
            self.wfile.flush()
        self.close_connection = True


def _events(answer: Answer, body: dict[str, Any]) -> Iterator[bytes]:
    """The data of each event of a stream: the role, thoughts, text piece by piece, why it ends, usage, [DONE]."""

    def event(delta: dict[str, Any], finish: str | None = None) -> bytes:
        return chunk([{"index": 0, "delta": delta, "finish_reason": finish}])

    def chunk(choices: list[dict[str, Any]], **more: Any) -> bytes:
        head = {"id": "chat-1", "object": "chat.completion.chunk", "created": 0, "model": body.get("model")}
        return json.dumps({**head, "choices": choices, **more}, ensure_ascii=False).encode()

    yield event({"role": "assistant", "content": ""})
    for name, text in (("reasoning_content", answer.thoughts), ("content", answer.text)):
        for start in range(0, len(text), answer.piece):
            yield event({name: text[start : start + answer.piece]})
    if answer.finish is not None:
        yield event({}, answer.finish)
    if answer.usage and (body.get("stream_options") or {}).get("include_usage"):
        yield chunk([], usage=_usage(body, answer))
    yield b"[DONE]"


def _usage(body: dict[str, Any], answer: Answer) -> dict[str, int]:
    """Tokens as if each character were one."""
    prompt = sum(len(str(message.get("content") or "")) for message in body["messages"])
    completion = len(answer.text) + len(answer.thoughts)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _coded(vectors: list[list[float]]) -> list[Any]:
    return [base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode() for vector in vectors]


def _vector(text: str, dimension: int) -> list[float]:
    """Pairs of characters, counted by hash: texts that share words are near one another."""
    counts = [0.0] * dimension
    for left, right in zip(text, text[1:] + " ", strict=True):
        digest = hashlib.blake2b((left + right).encode(), digest_size=8).digest()
        counts[int.from_bytes(digest, "big") % dimension] += 1.0
    length = sum(count * count for count in counts) ** 0.5 or 1.0
    return [count / length for count in counts]
