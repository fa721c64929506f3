"""How long a command takes to start, and what it must not have loaded by then."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from evals.clock import Row, show

MOST_SECONDS = 0.35
HEAVY = (
    "gradio",
    "langchain",
    "chromadb",
    "numpy",
    "pydantic",
    "openpyxl",
    "docx",
    "lxml",
    "pypdfium2",
    "jinja2",
    "yaml",
    "rich",
)
_CODE = """
import sys
from assistant.cli import main
try:
    main({args!r})
except SystemExit:
    pass
sys.stderr.write("LOADED:" + ",".join(name for name in {heavy!r} if name in sys.modules))
"""


def startup(folder: Path, rounds: int) -> list[Row]:
    """Rows for `jiping --help` and `jiping check FILE.txt`: CPU seconds beside an interpreter that does nothing.

    As the code stands here: a module without compiled bytecode (`make` compiles all) is compiled anew at every start of these.
    """
    report = folder / "line.txt"
    report.write_text("全年支出12.5万元，预算执行率97.87%。\n", "utf-8")
    commands = {
        "bare": "pass",
        "help": _CODE.format(args=["--help"], heavy=HEAVY),
        "check": _CODE.format(args=["check", str(report)], heavy=HEAVY),
    }
    best = dict.fromkeys(commands, (float("inf"), float("inf")))
    loaded: set[str] = set()
    for _ in range(rounds):
        for name, code in commands.items():
            cpu, wall, told = _run(code)
            best[name] = min(best[name][0], cpu), min(best[name][1], wall)
            loaded |= set(filter(None, told.split(",")))
    rows = [
        Row(
            f"startup.{name}", f"{best[name][0]:.3f}", what,
            f"{show(best[name][0])}（空跑解释器{show(best['bare'][0])}；实际经过{show(best[name][1])}）",
            f"最多{MOST_SECONDS}秒", best[name][0] <= MOST_SECONDS,
        )
        for name, what in (("help", "jiping --help 启动"), ("check", "jiping check 一行的 .txt"))
    ]  # fmt: skip
    told = "、".join(sorted(loaded)) or "都没有加载"
    return [
        *rows,
        Row("startup.heavy", str(len(loaded)), "启动时不加载 " + "、".join(HEAVY), told, "都不加载", not loaded),
    ]


def _run(code: str) -> tuple[float, float, str]:
    """CPU and wall seconds of a fresh interpreter, and the heavy modules that it had loaded at its end."""
    before, start = _of_children(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "PYTHONUTF8": "1"}
    )
    wall = time.perf_counter() - start
    return _of_children() - before, wall, done.stderr.decode("utf-8", "replace").partition("LOADED:")[2]


def _of_children() -> float:
    """CPU seconds of all processes that were started from here and have ended."""
    spent = os.times()
    return spent.children_user + spent.children_system
