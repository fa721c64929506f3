"""The vendor door without a network: thoughts, faults, patience, profiles, what is sent."""

from __future__ import annotations

import asyncio
from email.utils import formatdate
from pathlib import Path
from time import time
from typing import Any

import httpx2
import openai
import pytest

from assistant.errors import MODEL_FAULTS, ModelError, UsageError
from assistant.models import OFFLINE, Usage, connect, connect_embeddings
from assistant.models.faults import failed, fault
from assistant.models.patience import patiently
from assistant.models.profiles import FILE, Profile, profile_of, remember
from assistant.models.thoughts import Listener
from assistant.settings import Settings


def heard(*pieces: str) -> tuple[str, str]:
    """What a person sees in the end, and the answer."""
    listener, shown = Listener(), ""
    for piece in pieces:
        said = listener.hear(piece)
        shown = said if listener.voided else shown + said
    return shown + listener.rest(), listener.text()


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("全年支出合理。", "全年支出合理。"),
        ("<think>先算。</think>\n\n全年支出合理。", "全年支出合理。"),
        ("先算。</think>全年支出合理。", "全年支出合理。"),
        ("<think>先算。全年支出合理。", ""),
        ("<THINKING>a</THINKING>甲<think>b</think>乙", "甲乙"),
        ("甲<think>一</think>乙</think>丙", "丙"),
        ("支出<[[a.b]]且>0，<", "支出<[[a.b]]且>0，<"),
    ],
)
def test_thoughts_are_taken_out_however_the_answer_is_cut(answer: str, text: str) -> None:
    for size in (1, 2, 3, 5, 8, len(answer)):
        pieces = [answer[start : start + size] for start in range(0, len(answer), size)]
        shown, whole = heard(*pieces)
        assert whole == text
        assert shown.strip() == text


def status_error(status: int, body: Any, headers: dict[str, str] | None = None) -> openai.APIStatusError:
    request = httpx2.Request("POST", "http://10.0.0.9/v1/chat/completions")
    response = httpx2.Response(status, headers=headers, request=request, json=body)
    return openai.APIStatusError(f"Error code: {status} - {body}", response=response, body=body.get("error", body))


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (400, "This model's maximum context length is 8192 tokens", "too_long"),
        (400, "输入过长，请缩短后重试", "too_long"),
        (400, "Input text data may contain inappropriate content. data_inspection_failed", "filtered"),
        (400, "Model Not Exist", "model"),
        (400, "Unsupported parameter: stream_options", "refused"),
        (401, "Incorrect API key provided", "key"),
        (402, "Insufficient Balance", "key"),
        (403, "Access denied", "key"),
        (404, "The model `x` does not exist", "model"),
        (404, "Not Found", "not_an_endpoint"),
        (413, "Request Entity Too Large", "too_long"),
        (422, "Unprocessable", "refused"),
        (429, "Rate limit reached", "busy"),
        (429, "You exceeded your current quota: insufficient_quota", "key"),
        (500, "Internal Server Error", "server"),
        (529, "Overloaded", "server"),
    ],
)
def test_what_a_server_says_is_told_in_kinds(status: int, message: str, kind: str) -> None:
    assert fault(status_error(status, {"error": {"message": message}})).kind == kind


def test_every_kind_says_in_chinese_what_to_do() -> None:
    for kind in MODEL_FAULTS:
        assert "请" in str(failed(kind)) or "检查" in str(failed(kind))


def test_neither_key_nor_address_is_repeated() -> None:
    body = {"error": {"message": "Incorrect key sk-1234567890abcdef1234567890 at http://10.0.0.9/v1/chat"}}
    for status in (400, 401, 404, 429, 500):
        said = str(fault(status_error(status, body)))
        assert "sk-1234567890abcdef1234567890" not in said
        assert "10.0.0.9" not in said


def asked_to_wait(value: str) -> float | None:
    return fault(status_error(429, {"error": {}}, {"Retry-After": value})).retry_after


def test_retry_after_is_seconds_or_a_date() -> None:
    assert [asked_to_wait(value) for value in ("7", "0.5", "-3")] == [7, 1, 0]
    assert [asked_to_wait(value) for value in ("soon", "nan", "Infinity")] == [None] * 3
    assert asked_to_wait(formatdate(time() + 30, usegmt=True)) == pytest.approx(30, abs=2)
    assert asked_to_wait(formatdate(time() - 30, usegmt=True)) == 0


def tried(*outcomes: ModelError | str, retries: int = 3, seconds: float = 5) -> tuple[str, int]:
    """What `patiently` makes of a call that goes like this, and how often it called."""
    left = list(outcomes)

    async def call() -> str:
        outcome = left.pop(0)
        if isinstance(outcome, ModelError):
            raise outcome
        return outcome

    try:
        return asyncio.run(patiently(call, retries=retries, seconds=seconds))
    except ModelError as error:
        return error.kind, error.calls


def at_once(kind: Any) -> ModelError:
    return failed(kind, retry_after=0)


def test_what_may_pass_is_tried_again_and_what_will_not_is_not() -> None:
    for kind in ("busy", "server", "unreachable", "timeout"):
        assert tried(at_once(kind), at_once(kind), "好") == ("好", 3)
    for kind in ("key", "model", "too_long", "filtered", "not_an_endpoint", "refused", "cut_off", "empty"):
        assert tried(at_once(kind), "好") == (kind, 1)


def test_it_gives_up_after_its_retries() -> None:
    assert tried(*[at_once("busy")] * 5, retries=2) == ("busy", 3)


def test_a_wait_that_does_not_fit_is_not_begun() -> None:
    began = time()
    assert tried(failed("busy", retry_after=3600), "好", seconds=2) == ("busy", 1)
    assert time() - began < 1


def test_the_whole_has_one_deadline() -> None:
    async def call() -> str:
        await asyncio.sleep(60)
        return "好"

    with pytest.raises(ModelError) as caught:
        asyncio.run(patiently(call, retries=3, seconds=0.1))
    assert caught.value.kind == "timeout"


def test_usage_adds_up() -> None:
    assert Usage(1, 10, 5) + Usage(2, 1, 1) == Usage(3, 11, 6)


def test_without_a_model_there_is_nobody_to_ask() -> None:
    assert connect(Settings()) is None
    assert connect(Settings(base_url="http://127.0.0.1:9/v1", model="m"), OFFLINE) is None
    assert connect_embeddings(Settings(base_url="http://127.0.0.1:9/v1", model="m")) is None


def test_a_model_without_an_address_is_told_how_to_set_one() -> None:
    with pytest.raises(UsageError, match=r"qwen.*JIPING_BASE_URL"):
        connect(Settings(), "qwen")


def test_what_was_found_is_remembered_per_address_and_model_and_settings_overrule_it(tmp_path: Path) -> None:
    settings = Settings(base_url="http://127.0.0.1:9/v1", data_dir=tmp_path)
    remember(settings, "a", Profile(streaming=False, thinks=True))
    remember(settings, "b", Profile(system_role=False))
    assert profile_of(settings, "a") == Profile(streaming=False, thinks=True)
    assert profile_of(settings, "b") == Profile(system_role=False)
    assert profile_of(settings, "c") == Profile()
    assert profile_of(settings.model_copy(update={"base_url": "http://127.0.0.1:8/v1"}), "a") == Profile()
    assert profile_of(settings.model_copy(update={"streaming": True}), "a").streaming


def test_a_broken_memory_is_said_and_a_new_check_mends_it(tmp_path: Path) -> None:
    settings = Settings(base_url="http://127.0.0.1:9/v1", data_dir=tmp_path)
    (tmp_path / FILE).write_text('{"x": {"nonsense": 1}}', "utf-8")
    with pytest.raises(UsageError, match=FILE):
        profile_of(settings, "a")
    remember(settings, "a", Profile(streaming=False))
    assert not profile_of(settings, "a").streaming
