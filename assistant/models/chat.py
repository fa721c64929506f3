"""A model that answers: `Chat.ask`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelFault
from assistant.masking.identity import mask_identity
from assistant.models.faults import failed, fault
from assistant.models.line import Line
from assistant.models.messages import Heard, Message, Reply, Usage
from assistant.models.patience import patiently
from assistant.models.profiles import Profile, profile_of
from assistant.models.thoughts import Listener
from assistant.settings import Settings

if TYPE_CHECKING:
    import httpx2
    from langchain_core.messages import AIMessage
    from langchain_openai import ChatOpenAI

OFFLINE = "offline"
_TEMPERATURE = 0.3
_TOKENS_A_CHARACTER = 2
"""More than any tokenizer in use needs for a 汉字: an answer is not to end for lack of room."""
_ROOM_TO_SPARE, _ROOM_TO_THINK = 200, 4000
_STOPS: dict[str, ModelFault] = {
    "length": "cut_off", "content_filter": "filtered", "sensitive": "filtered", "insufficient_system_resource": "server",
}  # fmt: skip
"""Why an answer ended other than by being finished (`stop`)."""


def connect(settings: Settings, model: str = "") -> Chat | None:
    """The model `model`, or else the one that is set; None: there is none, or it is `offline`. Nothing is sent yet.

    Raises:
        UsageError: a model is named but no endpoint is set.
    """
    name = model or settings.model
    return None if name in ("", OFFLINE) else Chat(settings, name)


class Chat:
    """One model at one endpoint; may be asked many things at once, under any event loop."""

    def __init__(self, settings: Settings, name: str, profile: Profile | None = None) -> None:
        self.name = name
        self.context_chars = settings.context_chars
        self.profile = profile or profile_of(settings, name)
        self._settings = settings
        self._line: Line[ChatOpenAI] = Line(settings, name, self._client)

    async def ask(
        self, messages: Sequence[Message], *, most_chars: int, on_text: Callable[[str], None] | None = None
    ) -> Reply:
        """A finished answer of about `most_chars` characters at most.

        `on_text` gets the text as it comes, without thoughts; an empty string takes back all that it got before (the answer starts
        again). Where nobody waits the answer is fetched whole, at a third of the work, unless the settings ask for a stream always.
        Numbers of persons are blanked before anything is sent.

        Raises:
            ModelError: there is no finished answer.
        """
        room = most_chars * _TOKENS_A_CHARACTER + _ROOM_TO_SPARE + (_ROOM_TO_THINK if self.profile.thinks else 0)
        limits, shown = self._settings, _Shown(on_text)
        streams = self.profile.streaming and (on_text is not None or limits.streaming is True or not self.profile.whole)
        request = _Request(self._prompt(messages), room, streams)
        async with self._line.open() as client:
            began = monotonic()
            heard, calls = await patiently(
                lambda: self._finished(client, request, shown),
                retries=limits.retries,
                seconds=limits.draft_seconds,
            )
        return Reply(heard.text, Usage(calls, *(heard.tokens or ())), monotonic() - began)

    async def hear(self, messages: Sequence[Message], room: int) -> Heard:
        """One call with room for `room` tokens and whatever comes of it: for finding out what an endpoint can do.

        Raises:
            ModelError: nothing that can be read came back in time.
        """
        request, unseen = _Request(self._prompt(messages), room, self.profile.streaming), _Shown(None)
        async with self._line.open() as client:
            heard, _ = await patiently(
                lambda: self._heard(client, request, unseen), retries=0, seconds=self._settings.draft_seconds
            )
        return heard

    async def listed(self) -> list[str]:
        """The names of the models that the endpoint lists.

        Raises:
            ModelError: it lists none.
        """
        async with self._line.open() as client:
            try:
                return [str(model.id) async for model in await client.root_async_client.models.list()]
            except Exception as error:
                raise fault(error) from error

    def _client(self, options: dict[str, Any]) -> ChatOpenAI:
        from langchain_openai import ChatOpenAI

        return ChatOpenAI(
            model=self.name,
            use_responses_api=False,
            stream_usage=self.profile.stream_usage,
            stream_chunk_timeout=None,
            temperature=_TEMPERATURE if self.profile.temperature else None,
            output_version="v0",
            **options,
        )

    def _prompt(self, messages: Sequence[Message]) -> list[dict[str, str]]:
        """As it is sent: masked, and without the role system where the endpoint knows none."""
        sent = [Message(m.role, mask_identity(_sendable(m.content))) for m in messages]
        if not self.profile.system_role:
            orders = "\n\n".join(m.content for m in sent if m.role == "system")
            sent = [m for m in sent if m.role != "system"]
            at = next((number for number, m in enumerate(sent) if m.role == "user"), 0)
            first = Message("user", f"{orders}\n\n{sent[at].content}" if sent else orders)
            sent = [*sent[:at], first, *sent[at + 1 :]] if orders else sent
        return [{"role": m.role, "content": m.content} for m in sent]

    async def _finished(self, client: ChatOpenAI, request: _Request, shown: _Shown) -> Heard:
        """One call, of which only a finished answer counts; what was shown of another is taken back."""
        try:
            heard = await self._heard(client, request, shown)
        except BaseException:
            shown.take_back()
            raise
        if heard.finish == "stop" and heard.text:
            return heard
        shown.take_back()
        raise failed("empty" if heard.finish == "stop" else _STOPS.get(heard.finish, "cut_off"))

    async def _heard(self, client: ChatOpenAI, request: _Request, shown: _Shown) -> Heard:
        """One call to its end, the thoughts taken out of it."""
        listener, finish, length, count = Listener(), "", 0, 0
        tokens: tuple[int, int] | None = None
        async with aclosing(self._pieces(client, request)) as pieces:
            async for piece in pieces:
                count += bool(piece.text)
                length += len(piece.text)
                if length > 2 * request.room + _ROOM_TO_THINK:
                    raise failed("cut_off", "写得远远超出要求的长度")
                said = listener.hear(piece.text)
                if listener.voided:
                    shown.take_back()
                shown.add(said)
                finish, tokens = piece.finish or finish, piece.tokens or tokens
        shown.add(listener.rest())
        return Heard(listener.text(), finish, tokens, count, listener.thought)

    async def _pieces(self, client: ChatOpenAI, request: _Request) -> AsyncGenerator[_Piece, None]:
        """The answer as it comes, every fault of the client told as a ModelError; a whole answer is one piece."""
        body = {self.profile.max_tokens_field: request.room, **self.profile.extra_body}
        begun = finished = False
        try:
            if request.streams:
                async for message in client.astream(request.prompt, extra_body=body):
                    piece = _piece(message)
                    yield piece
                    begun, finished = begun or bool(piece.text), finished or piece.finish == "stop"
            else:  # silence is no sign here: nothing comes before the end
                yield _piece(await client.ainvoke(request.prompt, extra_body=body, timeout=self._patience()))
        except Exception as error:
            if not finished:  # after the end nothing that is lost is of the answer
                raise fault(error, begun=begun) from error

    def _patience(self) -> httpx2.Timeout:
        import httpx2

        return httpx2.Timeout(self._settings.draft_seconds, connect=self._settings.connect_seconds)


@dataclass(frozen=True, slots=True)
class _Request:
    """What is sent: the prompt, room for the answer in tokens, and whether it is to come piece by piece."""

    prompt: list[dict[str, str]]
    room: int
    streams: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """What an endpoint sent, as far as it is what it should be."""

    text: str
    finish: str
    tokens: tuple[int, int] | None


def _piece(message: AIMessage) -> _Piece:
    finish: Any = message.response_metadata.get("finish_reason")
    usage: Any = message.usage_metadata or {}
    tokens = (usage.get("input_tokens"), usage.get("output_tokens"))
    counted = all(type(count) is int and count >= 0 for count in tokens)
    return _Piece(_sendable(str(message.text)), finish if isinstance(finish, str) else "", tokens if counted else None)


def _sendable(text: str) -> str:
    """Half of a surrogate pair can be neither sent nor written."""
    return text.encode("utf-8", "replace").decode()


class _Shown:
    """What the person who waits has seen."""

    def __init__(self, on_text: Callable[[str], None] | None) -> None:
        self._on_text, self._any = on_text, False

    def add(self, text: str) -> None:
        if text and self._on_text:
            self._any = True
            self._on_text(text)

    def take_back(self) -> None:
        if self._any and self._on_text:
            self._any = False
            self._on_text("")
