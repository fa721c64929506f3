"""batch, worker, batches."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from assistant.cli.batch_show import Board, told_batch
from assistant.cli.draft import writer_of
from assistant.cli.show import Printer
from assistant.errors import UsageError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.jobs.crew import Crew
    from assistant.records import Database
    from assistant.records.batches import Batch, Limits

_LOOK = 0.5
_GOODBYE = 5.0
_MOST_JOBS = 64
_TOLD = 20
"""Remarks about what was found; more would push the rest off the screen."""


def batch(
    root: Path, out: Path, jobs: int, model: str, database_url: str, limits: tuple[int, int, float], json: str
) -> int:
    """All cases under a folder drafted; exit 1 if any failed or has errors, 130 if interrupted."""
    from assistant.jobs.door import Tickets
    from assistant.jobs.found import find_cases
    from assistant.jobs.publish import refuse_unwritable
    from assistant.jobs.submit import submit
    from assistant.models import connect

    said = Printer(json)
    settings, size = _settings(database_url), _size(jobs)
    chat = connect(settings, model)
    writer, cost = chat.name if chat else "", _limits(*limits)
    search = find_cases(root, out)
    refuse_unwritable(out)
    database = _opened(settings)
    tickets = Tickets(database)
    try:
        for remark in search.remarks[:_TOLD]:
            said.say(f"提醒：{remark}")
        if len(search.remarks) > _TOLD:
            said.say(f"提醒：另有{len(search.remarks) - _TOLD}条同类的提醒。")
        made = submit(
            database, tickets, search.cases, root, out, writer, f"ai_mark={settings.ai_mark}" if writer else "", cost
        )
        said.say(
            f"批次 {made.id}：{root} 下共{len(search.cases)}份填报，{f'由模型 {writer} 起草' if writer else '离线起草'}。"
        )
        return _overseen(database, made, settings, size, said)
    finally:
        tickets.close()
        database.close()


def _overseen(database: Database, made: Batch, settings: Settings, size: int, said: Printer) -> int:
    """The crew at work, watched to the end of the batch."""
    from assistant.jobs.process import Hands

    board = Board(database, made, said)
    waiting = board.waiting()
    with _interrupts() as asked, board.shown():
        crew = _crew(Hands(settings, database.url, writer_of), min(size, waiting))
        try:
            _watch(board, crew, asked)
            if len(asked) < 2:
                crew.dismiss(_GOODBYE)
        finally:
            crew.kill()
    return board.close(interrupted=bool(asked))


def _watch(board: Board, crew: Crew, asked: list[float]) -> None:
    """Until nothing is left to do, or the user has had enough: once to finish what is under way, twice to leave it."""
    stopping = False
    while True:
        unfinished = board.look()
        if not unfinished or (asked and not crew.working()):
            return
        if asked and not stopping:
            stopping = True
            board.remark("正在停止：手上的几份写完就停；再按一次 Ctrl-C 立即停止（没有写完的下次重新起草）。")
            crew.ask_to_stop()
        if len(asked) > 1:
            return
        if not stopping:
            crew.tend()
        sleep(_LOOK)


def worker(jobs: int, database_url: str) -> int:
    """Processes that draft what is queued, until Ctrl-C."""
    from assistant.jobs.process import Hands
    from assistant.records import default_url

    settings, size = _settings(database_url), max(_size(jobs), 1)
    url = settings.database_url or default_url(settings.data_dir)
    print(f"{size}个工作进程已启动，按 Ctrl-C 停止。", file=sys.stderr)
    with _interrupts() as asked:
        crew = _crew(Hands(settings, url, writer_of), size)
        try:
            while not asked:
                crew.tend()
                sleep(_LOOK)
            print("正在停止：手上的几份写完就停；再按一次 Ctrl-C 立即停止。", file=sys.stderr)
            crew.ask_to_stop()
            while crew.working() and len(asked) < 2:
                sleep(_LOOK)
        finally:
            crew.kill()
    return 0


def listed(database_url: str, json: str) -> int:
    """All batches."""
    from assistant.records import batches

    said, database = Printer(json), _opened(_settings(database_url))
    with database.session() as session:
        found = [(one, batches.counts(session, one.id)) for one in batches.everything(session)]
    for one, counts in found:
        said.say(told_batch(one, counts))
    if not found:
        said.say("还没有批次。用 jiping batch 目录 --out 目录 开始。")
    said.json(
        [{"id": one.id, "root": one.root, "out": one.out, "state": one.state, "cases": counts} for one, counts in found]
    )
    database.close()
    return 0


def shown(id: str, database_url: str, json: str) -> int:
    """One batch, case by case."""
    from assistant.cli.batch_show import told_case
    from assistant.records import batches

    said, database = Printer(json), _opened(_settings(database_url))
    with database.session() as session:
        one = batches.find(session, id)
        if one is None:
            raise UsageError(f"没有批次 {id}。用 jiping batches list 查看。")
        cases, counts = batches.cases(session, id), batches.counts(session, id)
    said.say(told_batch(one, counts))
    for case in cases:
        said.say(f"  {told_case(case)}")
    said.json({"id": id, "state": one.state, "reason": one.reason, "cases": [_case_json(case) for case in cases]})
    database.close()
    return 0


def steered(action: str, id: str, database_url: str) -> int:
    """pause, resume or stop, from whatever process."""
    from assistant.jobs import submit
    from assistant.jobs.door import Tickets

    database = _opened(_settings(database_url))
    match action:
        case "pause":
            submit.pause(database, id)
            print(f"批次 {id} 已暂停：手上的几份写完后不再取新的。继续：jiping batches resume {id}")
        case "stop":
            submit.stop(database, id)
            print(f"批次 {id} 已停止：手上的几份写完后不再取新的。")
        case _:
            tickets = Tickets(database)
            submit.resume(database, tickets, id)
            tickets.close()
            print(f"批次 {id} 继续进行；没有工作进程时，请再运行 jiping batch 或 jiping worker。")
    database.close()
    return 0


def _case_json(case: object) -> dict[str, object]:
    names = ("name", "unit", "state", "error", "errors", "warnings", "missing", "version", "calls", "tokens")
    return {name: getattr(case, name) for name in names}


def _settings(database_url: str) -> Settings:
    settings = load_settings()
    return settings.model_copy(update={"database_url": database_url.strip()}) if database_url else settings


def _opened(settings: Settings) -> Database:
    from assistant.records import default_url, open_database

    return open_database(settings.database_url or default_url(settings.data_dir))


def _size(jobs: int) -> int:
    if not -1 <= jobs <= _MOST_JOBS:
        raise UsageError(f"--jobs {jobs}：应在0至{_MOST_JOBS}之间；0表示只提交，由别处的 jiping worker 起草。")
    return (os.cpu_count() or 1) if jobs < 0 else jobs


def _limits(calls: int, tokens: int, hours: float) -> Limits:
    from assistant.records.batches import Limits

    if calls < 0 or tokens < 0 or hours < 0:
        raise UsageError("--max-calls、--max-tokens、--max-hours 不能是负数；0表示不限。")
    return Limits(calls or None, tokens or None, max(1, round(hours * 3600)) if hours else None)


def _crew(hands: object, size: int) -> Crew:
    from assistant.jobs.crew import Crew
    from assistant.jobs.process import Hands

    assert isinstance(hands, Hands)
    return Crew(hands, size)


@contextmanager
def _interrupts() -> Iterator[list[float]]:
    """When the user pressed Ctrl-C (or the system asked to end), one entry each time."""
    asked: list[float] = []
    before = {
        name: signal.signal(name, lambda *_: asked.append(monotonic())) for name in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield asked
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
