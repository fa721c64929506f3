"""What a batch shows of itself: a bar where somebody watches, a line a case where nobody does, and the end of it all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from assistant.cli.show import Printer
from assistant.records import Database, RecordsError, batches
from assistant.records.batches import Batch, BatchCase

if TYPE_CHECKING:
    from rich.progress import Progress

_STATES = {"waiting": "等待", "running": "进行中", "done": "完成", "failed": "失败"}
_BATCH = {"running": "进行中", "paused": "已暂停", "stopped": "已停止", "done": "已完成"}


def told_case(case: BatchCase) -> str:
    """A case in a line."""
    said = f"{case.name}（{case.unit}）：{_STATES[case.state]}" if case.unit else f"{case.name}：{_STATES[case.state]}"
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
            self._tell_trouble(f"{error} 正在等待。")
            return 1
        self._batch = batch or self._batch
        for case in cases:
            if self._told.get(case.name) != case.state and case.state in ("done", "failed"):
                self._told[case.name] = case.state
                if self._bar is None or case.state == "failed":
                    self.remark(told_case(case))
        left = sum(case.state in batches.UNFINISHED for case in cases)
        under_way = sum(case.state == "running" for case in cases)
        self._draw(cases, left, under_way)
        return left if self._batch.state == "running" else under_way

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
        from assistant.jobs.publish import PublishError

        with self._database.session() as session:
            cases = batches.cases(session, self._batch.id)
            left = sum(case.state in batches.UNFINISHED for case in cases)
            if not left:
                batches.set_state(session, self._batch.id, "done")
            batch = batches.find(session, self._batch.id) or self._batch
        failed = [case for case in cases if case.state == "failed"]
        wrong = [case for case in cases if case.state == "done" and (case.errors or case.missing)]
        done = sum(case.state == "done" for case in cases)
        out = Path(batch.out)
        unwritten = bool(self._trouble)
        if done:
            try:
                self._morning_list(cases, out)
            except (OSError, PublishError) as error:
                unwritten = True
                self._said.say(f"提醒：汇总表没有写成（{error}）。")
        self._said.say(
            f"完成{done}份（其中{len(wrong)}份有错误或缺必填数据），失败{len(failed)}份，未做{left}份；用时{_time(monotonic() - self._began)}，结果在 {out}。"
        )
        if batch.model:
            self._said.say(f"模型 {batch.model}：本批次累计调用{batch.calls}次，{batch.tokens}个词元。")
        for case in failed[:20]:
            self._said.say(f"  【失败】{told_case(case)}")
        if batch.reason and left:
            self._said.say(f"批次{_BATCH[batch.state]}：{batch.reason}。")
        if left:
            self._said.say("再运行同一条命令就接着做；已完成的不会重做。")
        self._said.json(
            {
                "batch": batch.id, "state": batch.state, "reason": batch.reason, "calls": batch.calls, "tokens": batch.tokens,
                "cases": [
                    {"name": c.name, "unit": c.unit, "state": c.state, "error": c.error, "errors": c.errors, "missing": c.missing,
                     "version": c.version}
                    for c in cases
                ],
            }
        )  # fmt: skip
        if interrupted and left:
            return 130
        return 1 if failed or wrong or left or unwritten else 0

    def _morning_list(self, cases: list[BatchCase], out: Path) -> None:
        """summary.xlsx and summary.html over all that is done."""
        try:
            from assistant.summary import write_summary
        except ImportError:
            return
        folders = [out / case.name for case in cases if case.state == "done" and (out / case.name).is_dir()]
        write_summary(folders, [(case.name, case.error) for case in cases if case.state == "failed"], out)


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f}秒"
    return f"{seconds / 60:.0f}分钟" if seconds < 5400 else f"{seconds / 3600:.1f}小时"
