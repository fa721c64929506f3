"""How commands print: JSON alone on stdout when it is asked for there, words for people beside it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from assistant.findings import Finding

_SEVERITY = {"error": "错误", "warning": "提醒", "info": "说明"}


STATUS_NAMES = {
    "verified": "与台账一致", "rounded": "四舍五入后一致", "derived": "可由台账推算", "bound": "约数相符", "structural": "非数量",
    "mismatch": "不一致", "misattributed": "张冠李戴", "wrong_unit": "单位不符", "wrong_period": "年份不符",
    "wrong_scope": "口径不符", "unsupported": "没有依据",
}  # fmt: skip


class Printer:
    """Words go to stdout, or to stderr where stdout carries the JSON.

    Raises:
        UsageError: the JSON cannot be written there; said before any work is done.
    """

    def __init__(self, target: str) -> None:
        self._target = target
        self._stream = sys.stderr if target == "-" else sys.stdout
        if target not in ("", "-") and not Path(target).parent.is_dir():
            raise UsageError(f"--json 的目录 {Path(target).parent} 不存在，请先建立。")
        if target and Path(target).is_dir():
            raise UsageError(f"--json {target} 是一个文件夹，请给出文件名。")

    def say(self, text: str = "") -> None:
        """A line for people."""
        print(text, file=self._stream)

    def findings(self, findings: list[Finding] | tuple[Finding, ...], most: int = 20) -> None:
        """The findings, the worst first, no more than `most` lines."""
        for finding in findings[:most]:
            self.say(f"  【{_SEVERITY[finding.severity]}】{finding.message}")
        if len(findings) > most:
            self.say(f"  ……另有 {len(findings) - most} 条，见 JSON。")

    def json(self, data: Any) -> None:
        """The result, where it was asked for."""
        if not self._target:
            return
        text = json.dumps(data, ensure_ascii=False, indent=2)
        if self._target == "-":
            print(text)
            return
        Path(self._target).write_text(text + "\n", "utf-8")


@contextmanager
def progress(title: str, quiet: bool = False) -> Iterator[Any]:
    """A bar on stderr for work in named steps: yields `step(name, done, total)`. Silent where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda name, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1)
        yield lambda name, done, total: bar.update(task, description=f"{title}：{name}", completed=done, total=total)
