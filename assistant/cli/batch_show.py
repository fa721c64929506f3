"""What a batch shows of itself: a bar where somebody watches, a line a case where nobody does, and the end of it all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from assistant.cli.show import Printer
from assistant.errors import JipingError
from assistant.records import Database, RecordsError, batches
from assistant.records.batches import Batch, BatchCase

if TYPE_CHECKING:
    from rich.progress import Progress

_STATES = {"waiting": "等待", "running": "进行中", "done": "完成", "failed": "失败"}
_NAMED = 20
"""So many that failed are named at the end."""
_BATCH = {"running": "进行中", "paused": "已暂停", "stopped": "已停止", "done": "已完成"}


def told_case(case: BatchCase) -> str:
    """A case in a line."""
    said = f"{_named(case)}：{_STATES[case.state]}"
    if case.state == "failed":
        return f"{said}，{case.error}"
    if case.state == "done" and (case.errors or case.missing):
        return f"{said}，报告中错误{case.errors}处，缺必填数据{case.missing}项"
    return said


def told_batch(batch: Batch, counts: dict[str, int]) -> str:
    """A batch in a line."""
    states = "，".join(f"{said}{counts[state]}" for state, said in _STATES.items() if counts.get(state))
    cost = f"，调用模型{batch.calls}次、{batch.tokens}个词元" if batch.model else ""
    why = f"（{batch.reason}）" if batch.reason else ""
    return f"{batch.id} {_BATCH[batch.state]}{why}：{batch.root}，{states or '没有填报'}{cost}"


class Board:
    """A batch as its command watches it: results are published as they come, and told of."""

    def __init__(self, database: Database, batch: Batch, said: Printer) -> None:
        self._database, self._batch, self._said = database, batch, said
        self._told: dict[str, str] = {}
        self._began = monotonic()
        self._done_before = 0
        self._bar: tuple[Progress, Any] | None = None
        self._trouble = ""
        self._first = True
        self._paused = False

    def waiting(self) -> int:
        """How many cases are to be drafted; those that were done before are none of this run's doing."""
        with self._database.session() as session:
            cases = batches.cases(session, self._batch.id)
        self._told = {case.name: case.state for case in cases if case.state == "done"}
        self._done_before = len(self._told)
        if self._done_before:
            self._said.say(f"其中{self._done_before}份的填报没有变化，已经起草过。")
        return sum(case.state in batches.UNFINISHED for case in cases)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """With a bar where somebody watches."""
        if not sys.stderr.isatty():
            yield
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            self._bar = bar, bar.add_task("", total=None)
            yield
        self._bar = None

    def remark(self, text: str) -> None:
        """A line on stderr, above the bar."""
        if self._bar is not None:
            self._bar[0].console.print(text, markup=False, highlight=False)
        else:
            print(text, file=sys.stderr, flush=True)

    def look(self) -> int:
        """Publish and tell what is new; gives how many cases are still to come, 0 where the batch has ended."""
        try:
            with self._database.session() as session:
                cases, batch = batches.cases(session, self._batch.id), batches.find(session, self._batch.id)
            self._publish()
        except RecordsError as error:
            if not error.passing:
                raise
            self._tell_trouble(str(error))
            return 1
        self._batch = batch or self._batch
        for case in cases:
            if self._told.get(case.name) != case.state and case.state in ("done", "failed"):
                self._told[case.name] = case.state
                if self._bar is None or case.state == "failed":
                    self.remark(told_case(case))
        left = sum(case.state in batches.UNFINISHED for case in cases)
        under_way = sum(case.state == "running" for case in cases)
        self._tell_pause()
        self._draw(cases, left, under_way)
        return under_way if self._batch.state == "stopped" else left

    def _publish(self) -> None:
        from assistant.jobs.publish import PublishError, publish

        try:
            for made in publish(self._database, self._batch, again=self._first):
                if made.remark:
                    self.remark(made.remark)
            self._trouble = ""
        except PublishError as error:
            self._tell_trouble(str(error))
        self._first = False

    def _tell_trouble(self, text: str) -> None:
        if text != self._trouble:
            self._trouble = text
            self.remark(f"提醒：{text}")

    def _tell_pause(self) -> None:
        paused = self._batch.state == "paused"
        if paused and not self._paused:
            self.remark(
                f"已暂停，等待继续：jiping batches resume {self._batch.id}。按 Ctrl-C 退出，以后再运行同一条命令接着做。"
            )
        elif self._paused and not paused:
            self.remark("继续进行。")
        self._paused = paused

    def _draw(self, cases: list[BatchCase], left: int, under_way: int) -> None:
        if self._bar is None:
            return
        failed = sum(case.state == "failed" for case in cases)
        done = len(cases) - left
        now, passed = done - failed - self._done_before, monotonic() - self._began
        ahead = f"，约剩{_time(passed / now * left)}" if now > 0 and left else ""
        cost = f"，{self._batch.tokens}词元" if self._batch.model else ""
        bar, task = self._bar
        bar.update(
            task, total=len(cases), completed=done,
            description=f"完成{done - failed}/{len(cases)}，进行中{under_way}，失败{failed}{ahead}{cost}",
        )  # fmt: skip

    def close(self, interrupted: bool) -> int:
        """The last word, and the exit code."""
        with self._database.session() as session:
            cases = batches.cases(session, self._batch.id)
            left = sum(case.state in batches.UNFINISHED for case in cases)
            if not left:
                batches.set_state(session, self._batch.id, "done")
            batch = batches.find(session, self._batch.id) or self._batch
        unwritten = bool(self._trouble)
        try:
            self._morning_list(cases, batch)
        except JipingError as error:
            unwritten = True
            self._said.say(f"提醒：{error}")
        self._tell_end(cases, batch, left)
        self._said.json(_as_json(cases, batch))
        if interrupted and left:
            return 130
        return 1 if unwritten or any(case.state != "done" or _is_wrong(case) for case in cases) else 0

    def _tell_end(self, cases: list[BatchCase], batch: Batch, left: int) -> None:
        failed = [case for case in cases if case.state == "failed"]
        wrong, spent = sum(map(_is_wrong, cases)), _time(monotonic() - self._began)
        self._said.say(
            f"完成{len(cases) - left - len(failed)}份（其中{wrong}份有错误或缺必填数据），失败{len(failed)}份，未做{left}份；"
            f"用时{spent}，结果在 {batch.out}。"
        )
        if batch.model:
            self._said.say(f"模型 {batch.model}：本批次累计调用{batch.calls}次，{batch.tokens}个词元。")
        for case in failed[:_NAMED]:
            self._said.say(f"  【失败】{_named(case)}：{case.error}")
        if len(failed) > _NAMED:
            self._said.say(f"  另有{len(failed) - _NAMED}份失败，见汇总表的“未完成”。")
        if self._trouble:
            self._said.say(f"提醒：{self._trouble}")
        if batch.reason and left:
            self._said.say(f"批次{_BATCH[batch.state]}：{batch.reason}。")
        if left:
            again = "把上限调大后再运行" if batch.spent else "再运行同一条命令"
            self._said.say(f"{again}就接着做；已完成的不会重做。")

    def _morning_list(self, cases: list[BatchCase], batch: Batch) -> None:
        """summary.xlsx and summary.html over all cases: by their run folders those that are done, the others with the reason."""
        from assistant.jobs.publish import folders_of
        from assistant.summary import write_summary

        places, why = folders_of(self._database, batch), batch.reason or "批次还没有做完"
        folders: list[Path] = []
        undone: list[tuple[str, str]] = []
        for case in cases:
            if case.state != "done":
                undone.append((_named(case), case.error or f"还没有起草：{why}。"))
            elif self._trouble and not places[case.name].is_dir():
                undone.append((_named(case), self._trouble))
            else:
                folders.append(places[case.name])
        write_summary(folders, undone, Path(batch.out))


def _is_wrong(case: BatchCase) -> bool:
    return case.state == "done" and bool(case.errors or case.missing)


def _named(case: BatchCase) -> str:
    return f"{case.name}（{case.unit}）" if case.unit else case.name


def _as_json(cases: list[BatchCase], batch: Batch) -> dict[str, Any]:
    names = ("name", "unit", "state", "error", "errors", "missing", "version")
    return {
        "batch": batch.id, "state": batch.state, "reason": batch.reason, "calls": batch.calls, "tokens": batch.tokens,
        "cases": [{name: getattr(case, name) for name in names} for case in cases],
    }  # fmt: skip


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f}秒"
    return f"{seconds / 60:.0f}分钟" if seconds < 5400 else f"{seconds / 3600:.1f}小时"
