"""eval: the suites run, shown, and written to eval.json and eval.html."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant.cli.show import Printer, progress
from assistant.errors import UsageError
from assistant.run_folder import write_json
from assistant.settings import load_settings


def evaluate(names: list[str], model: str, out_dir: Path, json: str) -> int:
    """The suites asked for, each thoroughly; with no name all of them as the quick set. Writes eval.json and eval.html.

    Exit 1 where a figure misses its limit (evals/thresholds.yaml). `model`: measured beside the scripted ones where a suite can.
    """
    from assistant.models import OFFLINE, connect
    from evals.page import page
    from evals.results import Options, Result
    from evals.show import show
    from evals.suites import chosen, suite
    from evals.thresholds import missed, thresholds

    wanted = chosen(names)
    if model and connect(load_settings(), model) is None:
        model = ""
    if out_dir.exists() and not out_dir.is_dir():
        raise UsageError(f"--out {out_dir} 是一个文件，不能放结果。请给出一个文件夹。")
    said = Printer(json)
    options = Options(thorough=bool(names), model=model or OFFLINE)
    results: list[Result] = []
    failed: dict[str, tuple[str, ...]] = {}
    for name in wanted:
        began = time.monotonic()
        with progress("评测", quiet=json == "-") as step:
            result = suite(name)(replace(options, tick=partial(step, name)))
        results.append(replace(result, seconds=f"{time.monotonic() - began:.1f}"))
        failed[name] = missed(thresholds().suites.get(name, {}), result.figures, thorough=options.thorough)
        show(results[-1], sys.stderr if json == "-" else sys.stdout)
    data = {
        "thorough": options.thorough,
        "model": model,
        "seed": options.seed,
        "suites": [r.to_json() | {"missed": list(failed[r.suite])} for r in results],
    }
    out_dir.mkdir(parents=True, exist_ok=True)
    write_json(out_dir / "eval.json", data)
    (out_dir / "eval.html").write_text(page(results, failed), "utf-8", newline="\n")
    said.say(f"结果已写入 {out_dir / 'eval.html'} 和 {out_dir / 'eval.json'}（没有做对的各例也在其中）。")
    for name, lines in failed.items():
        for line in lines:
            said.say(f"没有达到要求：{name} {line}")
    said.json(data)
    return 1 if any(failed.values()) else 0
