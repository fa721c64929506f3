"""`jiping batch` and `jiping worker` as processes: killed, interrupted, without their database; and a batch whose model is in trouble."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ModelError
from assistant.jobs import asking
from assistant.jobs.asking import Calls, KeptChat, PutOff
from assistant.models import Message, Reply, connect
from assistant.records import Database, batches, default_url, open_database
from assistant.records.batches import Batch, Limits
from assistant.settings import Settings
from evals.batch.ledger import examine
from evals.batch.postgres import Server, installed, postgres
from evals.batch.run import Model, Scene, kill, until
from evals.batch.run import workers as ended
from evals.endpoint import Answer, Script, failure, serve


@pytest.fixture
def scene(cases: Path, tmp_path: Path) -> Scene:
    return Scene(cases, tmp_path / "night")


def log(scene: Scene) -> str:
    return (scene.home / "log").read_text("utf-8")


def test_a_batch_killed_while_it_keeps_a_result_is_taken_up_where_it_was(scene: Scene) -> None:
    process = scene.batch("--jobs", "1", doom="finishing:2")
    assert process.wait(60) == -signal.SIGKILL
    kill(process)
    done = [case.name for case in scene.rows() if case.state == "done"]
    assert len(done) == 1
    assert scene.finish("--jobs", "1", "--json", str(scene.home / "said.json")) == 0
    assert "其中1份的填报没有变化" in log(scene)
    assert examine(scene).misses == ()
    said = json.loads((scene.home / "said.json").read_text("utf-8"))
    assert (said["state"], {case["state"] for case in said["cases"]}) == ("done", {"done"})


def test_the_first_ctrl_c_lets_the_case_in_hand_be_finished_and_the_rest_waits(scene: Scene) -> None:
    process = scene.batch("--jobs", "1")
    with ended(process):
        until(lambda: any(case.state == "running" for case in scene.rows()), 60)
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(60) in (0, 130)  # 0 where all was in hand already
    assert "正在停止" in log(scene)
    states = {case.state for case in scene.rows()}
    assert "running" not in states
    assert "done" in states
    assert scene.finish("--jobs", "1") == 0
    assert examine(scene).misses == ()


@contextmanager
def command(*args: str, data: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", "from assistant.cli import main; main()", *args],
        env=os.environ | {"JIPING_DATA_DIR": str(data)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    with ended(process):
        yield process


def test_a_database_that_is_away_is_told_at_once_and_nothing_is_begun(cases: Path, tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:9/none"
    with command("batch", str(cases), "--out", str(tmp_path / "out"), "--database", url, data=tmp_path) as process:
        _, told = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "连不上数据库" in told.decode()
    assert "Traceback" not in told.decode()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    if installed() is None:
        pytest.skip("PostgreSQL is not installed: NO BATCH WAS SHARED BETWEEN WORKERS")
    with postgres() as running:
        yield running


def test_a_worker_waits_for_its_database_and_takes_what_another_command_hands_in(
    cases: Path, tmp_path: Path, server: Server
) -> None:
    scene = Scene(cases, tmp_path / "shared", server.database("shared"))
    server.stop()
    worker = scene.worker("--jobs", "1")
    with ended(worker):
        until(lambda: "正在等待" in log(scene), 60)
        server.start()
        batch = scene.batch("--jobs", "0")
        with ended(batch):
            until(lambda: any(case.state == "done" for case in scene.rows()), 60)
            server.stop("immediate")
            time.sleep(1)
            server.start()
            assert batch.wait(120) == 0
    assert examine(scene).misses == ()


class Trouble:
    """A model whose endpoint fails in the given way for as long as it is told to; its answers carry a number each."""

    def __init__(self, wrong: Answer) -> None:
        self.wrong, self.away, self.asked = wrong, True, 0

    def __call__(self, request: dict[str, Any]) -> Answer:
        self.asked += 1
        return self.wrong if self.away else Answer(f"第{self.asked}次回答。")


@contextmanager
def kept_chat(
    script: Script, home: Path, limits: Limits, patience: float = 60
) -> Iterator[tuple[KeptChat, Database, Batch]]:
    database = open_database(default_url(home / "data"))
    calls = Calls()
    calls.allow(4)
    with serve(script) as served, database.session() as session:
        batch = batches.keep(session, "b", "b", "/r", "/o", "scripted", limits)
    with serve(script) as served:
        chat = connect(Settings(base_url=served.base_url, model="scripted", retries=0))
        assert chat is not None
        yield KeptChat(chat, batch, database, calls, patience), database, batch
    database.close()


def ask(chat: KeptChat, *questions: str) -> list[Reply]:
    import asyncio

    async def all() -> list[Reply]:
        return list(await asyncio.gather(*(chat.ask([Message("user", q)], most_chars=50) for q in questions)))

    return asyncio.run(all())


def test_an_answer_is_paid_for_once_whoever_asks(tmp_path: Path) -> None:
    script = Trouble(Answer(""))
    script.away = False
    with kept_chat(script, tmp_path, Limits()) as (chat, database, batch):
        first = ask(chat, "甲")[0]
        again = ask(chat, "甲")[0]
        assert (again.text, again.usage) == (first.text, first.usage)
        assert script.asked == 1
        with database.session() as session:
            now = batches.find(session, batch.id)
        assert now is not None
        assert (now.calls, now.tokens) == (1, first.usage.prompt_tokens + first.usage.completion_tokens)


@pytest.mark.parametrize("wrong", [failure(503, "no worker"), failure(429, "slow down")])
def test_while_the_endpoint_is_away_the_case_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: Answer
) -> None:
    monkeypatch.setattr(asking, "_PAUSES", (0.05,))
    script = Trouble(wrong)
    with kept_chat(script, tmp_path, Limits()) as (chat, _, __):
        back = threading.Timer(0.5, lambda: setattr(script, "away", False))
        back.start()
        assert ask(chat, "甲")[0].text
        back.join()
    assert script.asked > 3


def test_when_patience_is_at_an_end_the_batch_is_stopped_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_PAUSES", (0.05,))
    with (
        kept_chat(Trouble(failure(503, "no worker")), tmp_path, Limits(), patience=0.3) as (chat, _, __),
        pytest.raises(PutOff, match="仍然不行"),
    ):
        ask(chat, "甲")


def test_a_wrong_key_stops_the_batch_at_once(tmp_path: Path) -> None:
    with (
        kept_chat(Trouble(failure(401, "bad key")), tmp_path, Limits()) as (chat, _, __),
        pytest.raises(PutOff, match="密钥"),
    ):
        ask(chat, "甲")


def test_a_question_that_alone_breaks_the_endpoint_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_PAUSES", (0.05,))

    def script(request: dict[str, Any]) -> Answer:
        if "毒" in request["messages"][0]["content"]:
            return failure(500, "boom")
        return Answer("好。", wait=0.3)

    with kept_chat(script, tmp_path, Limits()) as (chat, _, __), pytest.raises(ModelError):
        ask(chat, "毒", "甲", "乙", "丙", "丁", "戊")


def test_a_limit_of_calls_is_kept_to_the_call_and_what_was_answered_stays(tmp_path: Path) -> None:
    script = Trouble(Answer(""))
    script.away = False
    with kept_chat(script, tmp_path, Limits(calls=3)) as (chat, database, batch):
        with pytest.raises(PutOff, match="上限3次"):
            ask(chat, *"甲乙丙丁戊己")
        until(lambda: script.asked == 3, 5)
        with database.session() as session:
            batches.keep(session, batch.id, "b", "/r", "/o", "scripted", Limits(calls=6))
        until(lambda: chat._calls.busy == 0, 5)
        assert len(ask(chat, *"甲乙丙丁戊己")) == 6
    assert script.asked == 6


def test_a_model_s_batch_is_shared_by_two_workers_within_the_limit_of_the_endpoint(
    cases: Path, tmp_path: Path, server: Server
) -> None:
    model = Model(wait=0.2)
    with serve(model) as served:
        limit = {"JIPING_CONCURRENCY": "3", "JIPING_ENDPOINT_CONCURRENCY": "4"}
        scene = Scene(cases, tmp_path / "limited", server.database("limited"), served.base_url, limit)
        assert scene.finish("--jobs", "2") == 0, log(scene)
    assert examine(scene).misses == ()
    assert 2 <= served.most_at_once <= 4
    assert model.asked.total() == len(model.asked)
    record = json.loads((next(scene.out.glob("*/run.json"))).read_text("utf-8"))
    assert record["model"] == "scripted"
    assert record["usage"]["calls"] > 0


def test_an_endpoint_that_stays_away_stops_the_batch_and_nothing_is_drafted_without_it(
    cases: Path, tmp_path: Path
) -> None:
    model = Model(away=True)
    with serve(model) as served:
        scene = Scene(
            cases, tmp_path / "away", endpoint=served.base_url, settings={"JIPING_ENDPOINT_PATIENCE": "2", "JIPING_RETRIES": "0"}
        )  # fmt: skip
        assert scene.finish("--jobs", "1") == 1, log(scene)
        assert "批次已停止：等了" in log(scene)
        assert {case.state for case in scene.rows()} == {"waiting"}
        assert "还没有起草：等了" in (scene.out / "summary.html").read_text("utf-8")
        model.away = False
        assert scene.finish("--jobs", "1") == 0, log(scene)
    assert examine(scene).misses == ()
    assert all(json.loads(record.read_text("utf-8"))["usage"]["calls"] for record in scene.out.glob("*/run.json"))
