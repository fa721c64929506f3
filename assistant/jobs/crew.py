"""The worker processes of one command: started, replaced when they end, stopped together."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.context import SpawnProcess
from time import monotonic

from assistant.errors import JipingError
from assistant.jobs.process import Hands, run

_YOUNG = 20.0
_TOO_MANY = 5
_QUIET = "ignore:resource_tracker:UserWarning"
"""What a killed process leaves behind is cleared away by Python; it need not be told."""


class Crew:
    """So many processes, for as long as they are wanted."""

    def __init__(self, hands: Hands, size: int) -> None:
        self._hands = hands
        os.environ.setdefault("PYTHONWARNINGS", _QUIET)
        os.environ.setdefault(
            "MALLOC_ARENA_MAX", "1"
        )  # each case comes on another thread; heaps of their own would pile up
        self._context = multiprocessing.get_context("spawn")
        self._died_young = 0
        self._processes = [self._start() for _ in range(size)]

    def _start(self) -> tuple[SpawnProcess, float]:
        process = self._context.Process(target=run, args=(self._hands,), daemon=True)
        process.start()
        return process, monotonic()

    def tend(self) -> None:
        """Put a fresh process in the place of each that has ended.

        Raises:
            JipingError: they die as soon as they are started.
        """
        for number, (process, began) in enumerate(self._processes):
            if process.is_alive():
                continue
            if process.exitcode and monotonic() - began < _YOUNG:
                self._died_young += 1
            elif monotonic() - began >= _YOUNG:
                self._died_young = 0
            if self._died_young >= _TOO_MANY:
                raise JipingError("工作进程一启动就退出，已停止。请检查内存、磁盘和数据库设置后再试。")
            self._processes[number] = self._start()

    def ask_to_stop(self) -> None:
        """Let each finish the case that it has under way."""
        for process, _ in self._processes:
            process.terminate()

    def working(self) -> bool:
        """Whether any is still there."""
        return any(process.is_alive() for process, _ in self._processes)

    def dismiss(self, seconds: float) -> None:
        """Nothing is left to do: let them go, and end those that have not gone by then."""
        self.ask_to_stop()
        until = monotonic() + seconds
        for process, _ in self._processes:
            process.join(timeout=max(0.0, until - monotonic()))
        self.kill()

    def kill(self) -> None:
        """End them at once; what they had under way is begun anew later."""
        for process, _ in self._processes:
            process.kill()
        for process, _ in self._processes:
            process.join(timeout=5)
