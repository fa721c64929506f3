"""A real client against a scripted endpoint on loopback: transports that misbehave, limits, privacy, vectors."""

from __future__ import annotations

import asyncio
import json
from itertools import product
from typing import Any

import pytest

from assistant.errors import ModelError
from assistant.models import Chat, Embeddings, Message, Usage, patience
from assistant.models.profiles import Profile
from assistant.settings import Settings
from evals.endpoint import Answer, Served, failure, says, serve
from evals.endpoint.transport import TEXT, TRANSPORTS
from evals.endpoint.trial import Trial, trials

PHONE, SLOT = "13800138000", "[[a.b:value]]"


@pytest.fixture(scope="module")
def tried() -> dict[tuple[str, bool], Trial]:
    """Every misbehaving endpoint, with streaming and without."""
    asked = [*product(TRANSPORTS, (True, False))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patience, "_FIRST_PAUSE", 0.02)
        return {
            (one.transport.name, one.streaming): one
            for one in asyncio.run(trials(asked, silence=1, limit=2.5, tick=lambda done, total: None))
        }


@pytest.mark.parametrize("streaming", [True, False])
@pytest.mark.parametrize("name", [transport.name for transport in TRANSPORTS])
def test_only_a_finished_answer_counts_and_deadlines_hold(
    tried: dict[tuple[str, bool], Trial], name: str, streaming: bool
) -> None:
    assert tried[name, streaming].faults == ()


def settings_for(served: Served, **given: Any) -> Settings:
    return Settings(base_url=served.base_url, read_seconds=5, draft_seconds=10, **given)


def ask(chat: Chat, *contents: str) -> Any:
    messages = [Message("system", "只写正文。"), *(Message("user", content) for content in contents)]
    return asyncio.run(chat.ask(messages, most_chars=200))


def test_usage_is_counted_over_retries_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_FIRST_PAUSE", 0.01)
    answers = iter([failure(503, "down"), Answer("好的。")])
    with serve(lambda request: next(answers)) as served:
        reply = ask(Chat(settings_for(served), "scripted"), "写一句。")
    assert reply.usage == Usage(2, len("只写正文。写一句。"), len("好的。"))


def test_numbers_of_persons_never_leave_and_slots_do() -> None:
    with serve(says(lambda messages: "好的。")) as served:
        ask(Chat(settings_for(served), "scripted"), f"联系人{PHONE}，支出{SLOT}。")
        Embeddings(settings_for(served), "vectors").embed([f"联系人{PHONE}"])
    sent = json.dumps([request.body for request in served.requests], ensure_ascii=False)
    assert PHONE not in sent
    assert SLOT in sent


def test_a_chat_may_be_asked_under_one_loop_after_another_and_in_several_at_once() -> None:
    with serve(says(lambda messages: messages[-1]["content"])) as served:
        chat = Chat(settings_for(served), "scripted")
        assert [ask(chat, word).text for word in ("甲", "乙", "丙")] == ["甲", "乙", "丙"]

        async def side_by_side() -> list[str]:
            return [
                reply.text for reply in await asyncio.gather(*(asyncio.to_thread(ask, chat, word) for word in "子丑"))
            ]

        assert asyncio.run(side_by_side()) == ["子", "丑"]


def test_no_more_calls_are_in_flight_than_the_settings_allow() -> None:
    async def crowd(chat: Chat) -> None:
        await asyncio.gather(*(chat.ask([Message("user", str(n))], most_chars=50) for n in range(12)))

    with serve(lambda request: Answer("好。", wait=0.05)) as served:
        asyncio.run(crowd(Chat(settings_for(served, concurrency=3), "scripted")))
    assert served.most_at_once == 3
    assert len(served.chats) == 12


def test_what_a_person_sees_comes_in_pieces_and_ends_as_the_answer() -> None:
    shown: list[str] = []
    with serve(lambda request: Answer(TEXT)) as served:
        chat = Chat(settings_for(served), "scripted")
        reply = asyncio.run(chat.ask([Message("user", "写。")], most_chars=200, on_text=shown.append))
    assert len(shown) > 3
    assert "".join(shown) == reply.text == TEXT


def test_what_the_caller_does_wrong_with_a_piece_is_not_the_endpoints_fault() -> None:
    def stumble(text: str) -> None:
        raise ZeroDivisionError

    with serve(lambda request: Answer(TEXT)) as served, pytest.raises(ZeroDivisionError):
        asyncio.run(
            Chat(settings_for(served), "scripted").ask([Message("user", "写。")], most_chars=200, on_text=stumble)
        )


def test_an_answer_nobody_waits_for_is_fetched_whole_unless_the_settings_say_otherwise() -> None:
    with serve(says(lambda messages: "好。")) as served:
        for streaming in (None, True, False):
            ask(Chat(settings_for(served, streaming=streaming), "scripted"), "写一句。")
    assert [bool(request.body.get("stream")) for request in served.chats] == [False, True, False]


def test_a_profile_shapes_the_request() -> None:
    profile = Profile(
        max_tokens_field="max_completion_tokens", system_role=False, temperature=False, stream_usage=False
    )
    with serve(says(lambda messages: "好。")) as served:
        ask(Chat(settings_for(served), "scripted", profile), "写一句。")
    body = served.chats[0].body
    assert body["messages"] == [{"role": "user", "content": "只写正文。\n\n写一句。"}]
    assert "max_completion_tokens" in body
    assert not {"max_tokens", "temperature", "stream_options"} & body.keys()


def test_a_proxy_of_this_machine_is_not_asked_for_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with serve(says(lambda messages: "好。")) as served:
        assert ask(Chat(settings_for(served), "scripted"), "写。").text == "好。"


def test_nobody_at_the_address_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_FIRST_PAUSE", 0.01)
    with serve(says(lambda messages: "")) as served:
        gone = settings_for(served)
    with pytest.raises(ModelError) as caught:
        ask(Chat(gone, "scripted"), "写。")
    assert caught.value.kind == "unreachable"


def test_vectors_come_in_order_over_batches_also_inside_a_loop() -> None:
    texts = [f"第{number}段预算执行情况" for number in range(40)]
    with serve(says(lambda messages: "")) as served:
        door = Embeddings(settings_for(served), "vectors")
        vectors = door.embed(texts)

        async def inside() -> list[list[float]]:
            return door.embed(texts[7:8])

        assert asyncio.run(inside())[0] == pytest.approx(vectors[7])
    assert len(vectors) == 40
    assert {len(vector) for vector in vectors} == {64}


def test_an_endpoint_without_vectors_says_so() -> None:
    with serve(says(lambda messages: ""), dimension=0) as served, pytest.raises(ModelError) as caught:
        Embeddings(settings_for(served), "vectors").embed(["甲"])
    assert caught.value.kind == "not_an_endpoint"


JUNK = [None, [], {}, "", 0, -1, True, ["stop"], {"a": 1}, [None], "\ud800"]
PLACES = [
    ("choices",),
    ("choices", 0),
    ("choices", 0, "finish_reason"),
    ("choices", 0, "{said}"),
    ("choices", 0, "{said}", "content"),
    ("usage",),
    ("usage", "prompt_tokens"),
]


def misshapen(said: str, place: tuple[Any, ...], junk: Any) -> bytes:
    """An answer, or the only event of one that is streamed, that is good but for one value."""
    data: Any = {
        "id": "x", "object": "chat.completion", "created": 0, "model": "m", "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5},
        "choices": [{"index": 0, said: {"role": "assistant", "content": "好的。"}, "finish_reason": "stop"}],
    }  # fmt: skip
    *way, last = (said if step == "{said}" else step for step in place)
    within = data
    for step in way:
        within = within[step]
    within[last] = junk
    return json.dumps(data).encode()


@pytest.mark.parametrize("streaming", [True, False])
def test_an_answer_of_another_shape_is_a_fault_and_never_a_crash(streaming: bool) -> None:
    bodies: list[bytes] = []

    def script(request: dict[str, Any]) -> Answer:
        if not streaming:
            return Answer(body=bodies[-1])
        return Answer(body=b"data: %b\n\ndata: [DONE]\n\n" % bodies[-1], headers={"Content-Type": "text/event-stream"})

    came = set()
    with serve(script) as served:
        chat = Chat(settings_for(served, streaming=streaming, retries=0), "scripted")
        for place, junk in product(PLACES, JUNK):
            bodies.append(misshapen("delta" if streaming else "message", place, junk))
            try:
                reply = ask(chat, "写一句。")
            except ModelError as error:
                came.add(error.kind)
            else:
                came.add("done")
                assert reply.text
                assert isinstance(reply.usage.prompt_tokens, int)
    assert came <= {"done", "cut_off", "empty", "not_an_endpoint", "server"}
    assert {"done", "cut_off", "empty"} < came


@pytest.mark.parametrize("vector", [[], [0.0, 0.0], [None, 1.0], ["a"], None, "AAAA"])
def test_a_vector_that_is_none_is_a_fault(vector: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from evals.endpoint import server

    monkeypatch.setattr(server, "_coded", lambda vectors: [vector for _ in vectors], raising=True)
    with serve(says(lambda messages: "")) as served, pytest.raises(ModelError):
        Embeddings(settings_for(served, retries=0), "vectors").embed(["甲"])
