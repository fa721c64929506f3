"""`jiping model check`: able, peculiar, forgetful and broken endpoints, and settings that are wrong."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.app import main
from assistant.models import Chat, Message, patience
from assistant.models.profiles import Profile
from assistant.settings import Settings
from evals.endpoint import Answer, Served, failure, serve


def answer_of(served: Served, data: Path) -> tuple[Profile, str]:
    """What is known of the model now, and what it answers."""
    chat = Chat(Settings(base_url=served.base_url, data_dir=data), "scripted")
    messages = [Message("system", "只写正文。"), Message("user", "写一句。")]
    return chat.profile, asyncio.run(chat.ask(messages, most_chars=200)).text


def able(request: dict[str, Any]) -> Answer:
    """A model that does as it is told."""
    orders, asked = request["messages"][0]["content"], request["messages"][-1]["content"]
    if (request.get("max_tokens") or request.get("max_completion_tokens")) < 20:
        return Answer("一、二、三", finish="length")
    if "原样抄写" in asked:
        return Answer(asked.split("\n", 1)[1])
    if "口令" in asked:
        return Answer("青山")
    return Answer("晴" if "晴" in orders else "收到")


def peculiar(request: dict[str, Any]) -> Answer:
    """The same behind a server that knows other fields, no role system, and thinks aloud unless told not to."""
    for name in ("max_tokens", "temperature", "stream_options"):
        if name in request:
            return failure(400, f"Unsupported parameter: {name}")
    if request["messages"][0]["role"] == "system":
        return failure(400, "System role not supported")
    answer = able(request)
    return (
        answer
        if request.get("enable_thinking") is False
        else Answer(f"<think>想一想</think>{answer.text}", answer.finish)
    )


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JIPING_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(patience, "_FIRST_PAUSE", 0.01)
    return monkeypatch


def check(environment: pytest.MonkeyPatch, served: Served | None, *args: str, **variables: str) -> int:
    if served:
        variables = {"JIPING_BASE_URL": served.base_url, "JIPING_MODEL": "scripted", **variables}
    for name, value in variables.items():
        environment.setenv(name, value)
    with pytest.raises(SystemExit) as stopped:
        main(["model", "check", *args])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def test_an_able_endpoint_is_told_probe_by_probe(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve(able, key="sk-1") as served:
        assert check(environment, served, JIPING_API_KEY="sk-1", JIPING_EMBEDDING_MODEL="vectors") == 0
    told = capsys.readouterr().out
    for name in "连接与密钥 模型列表 对话 停止原因 流式 用量 长度限制 系统角色 思考文字 中文往返 占位符 上下文 并发 向量".split():
        assert f"【通过】{name}" in told
    assert "64维" in told
    assert "sk-1" not in told


def test_a_peculiar_endpoint_is_found_out_and_then_asked_as_it_wants(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serve(peculiar) as served:
        assert check(environment, served) == 0
        profile, text = answer_of(served, tmp_path / "data")
        assert profile == Profile(
            max_tokens_field="max_completion_tokens", temperature=False, stream_usage=False, system_role=False, extra_body={"enable_thinking": False}
        )  # fmt: skip
        assert text == "收到"


def test_a_model_that_is_served_as_a_stream_only_is_never_asked_for_the_whole(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stream_only(request: dict[str, Any]) -> Answer:
        return able(request) if request.get("stream") else failure(400, "This model only supports stream mode.")

    with serve(stream_only) as served:
        assert check(environment, served) == 0
        assert answer_of(served, tmp_path / "data")[1] == "收到"


def test_a_model_that_cannot_copy_slots_is_of_no_use(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve(lambda request: Answer(able(request).text.replace("[[budget_execution_rate]]", "98%"))) as served:
        assert check(environment, served) == 1
    assert "【不通过】占位符" in capsys.readouterr().out


def test_a_prompt_that_is_too_long_is_answered_with_the_length_that_fits(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def forgetful(request: dict[str, Any]) -> Answer:
        """Drops the beginning of a long prompt without a word, as some servers do."""
        kept = request["messages"][-1]["content"][-2000:]
        return able(request) if "口令是" in kept or "口令" not in kept else Answer("不知道")

    with serve(forgetful) as served:
        assert check(environment, served, JIPING_CONTEXT_CHARS="6000") == 1
    assert "context_chars 改为1500" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("variables", "args", "code", "said"),
    [
        ({"JIPING_API_KEY": "sk-wrong"}, (), 1, "密钥"),
        ({"JIPING_API_KEY": "sk-1"}, ("--model", "nonesuch"), 1, "没有这个模型"),
        ({"JIPING_API_KEY": "sk-1", "JIPING_MODEL": ""}, (), 2, "scripted"),
        ({"JIPING_MODLE": "x"}, (), 2, "JIPING_MODEL"),
    ],
)
def test_what_is_set_wrongly_is_said(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    variables: dict[str, str], args: tuple[str, ...], code: int, said: str,
) -> None:  # fmt: skip
    with serve(able, key="sk-1") as served:
        assert check(environment, served, *args, **variables) == code
    captured = capsys.readouterr()
    assert said in captured.out + captured.err
    assert "sk-" not in captured.out + captured.err


def test_without_an_endpoint_it_says_how_to_set_one(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(environment, None) == 2
    error = capsys.readouterr().err
    assert "JIPING_BASE_URL" in error
    assert "jiping.toml" in error


def test_an_endpoint_that_dies_in_the_middle_ends_the_check(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answered: list[int] = []

    def dying(request: dict[str, Any]) -> Answer:
        answered.append(1)
        return able(request) if len(answered) < 5 else failure(401, "expired", code="invalid_api_key")

    with serve(dying) as served:
        assert check(environment, served) == 1
    assert "密钥" in capsys.readouterr().out
