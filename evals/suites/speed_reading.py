"""How fast numbers are found and held against a case: beside one digit regex, beside the peers, and as text and ledger grow."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

from assistant.documents import Text
from assistant.numbers import find_numbers
from assistant.scorecard import Scorecard
from assistant.verify import check_against_case, check_alone
from evals import peers
from evals.clock import Row, Work, beside, growth_row, ratio_row, show
from evals.suites.speed_samples import REPORT_LENGTH, Samples, as_text, with_figures

PEERS = "JIPING_PEERS"
"""The environment variable that names the interpreter of the peers' environment."""
_PEERS_HERE = Path(".venv-peers/bin/python")
_HOW_TO = f"未安装；在源码目录运行 make peers，或用 {PEERS} 指定装有 evals/peers.lock 的解释器"
_PEER_SECONDS = 120
CHECKED_LENGTH, CHECKED_FIGURES = 20_000, 500
MOST_CHECK_SECONDS = 0.1
_LAST_DIGIT = re.compile(r"[0-9](?![0-9.,])")


def reading(samples: Samples, rounds: int) -> list[Row]:
    """Rows for `find_numbers`."""
    text = samples.report(REPORT_LENGTH)
    longer = samples.report(10 * REPORT_LENGTH)
    pattern = re.compile(peers.DIGITS)
    plainest = re.compile(r"\d+")
    digits, bare, found, ten = beside(
        lambda: list(pattern.finditer(text)), lambda: list(plainest.finditer(text)),
        lambda: find_numbers(text), lambda: find_numbers(longer), rounds=rounds,
    )  # fmt: skip
    what = f"find_numbers，{REPORT_LENGTH:,}字，{len(find_numbers(text)):,}个数"
    return [
        ratio_row("find_numbers.regex", what, (found, digits), "20", "于一条认千分位和小数的正则"),
        Row(
            "find_numbers.plainest",
            f"{found / bare:.2f}",
            r"同上，与最简单的 \d+ 相比",
            f"{found / bare:.2f}倍（{show(bare)}）",
        ),
        ratio_row("find_numbers.ten", "find_numbers，十倍的文字", (ten, found), "12", "时间"),
        *beside_peers(text, found / digits),
    ]


def beside_peers(text: str, ours: float) -> list[Row]:
    """Rows for the peers: each takes so many times the regex in its own process, and so many times ours."""
    python = Path(os.environ.get(PEERS) or _PEERS_HERE)
    told = _timed_by(python, text) if python.is_file() else {}
    rows = []
    for name in peers.PEERS:
        answer = told.get(name, {"error": _HOW_TO})
        key, what = f"find_numbers.{name}", f"同类：{name}"
        if "error" in answer:
            rows.append(Row(key, "", what, answer["error"]))
            continue
        times = float(answer["seconds"]) / float(answer["digits"])
        measured = f"正则的{times:.0f}倍，find_numbers 的{times / ours:.1f}倍（{answer['version']}）"
        rows.append(Row(key, f"{times:.2f}", what, measured, "比 find_numbers 慢", times > ours))
    return rows


def _timed_by(python: Path, text: str) -> dict[str, dict[str, str]]:
    """What evals/peers.py says when that interpreter runs it."""
    try:
        done = subprocess.run(
            [python, peers.__file__], input=text.encode("utf-8"), capture_output=True, check=True, timeout=_PEER_SECONDS
        )
        told: dict[str, dict[str, str]] = json.loads(done.stdout.splitlines()[-1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError) as error:
        return {name: {"error": f"没有测成（{type(error).__name__}）"} for name in peers.PEERS}
    return told


def checking(samples: Samples, rounds: int) -> list[Row]:
    """Rows for the verifier: a report of 20,000 characters against 500 figures, and both of them growing."""
    card = with_figures(samples.card, CHECKED_FIGURES)
    text = samples.own_report(CHECKED_LENGTH)
    wrong = as_text(_slipped(text.text))
    right_seconds, wrong_seconds, alone_seconds, digits = beside(
        _check(text, card, samples), _check(wrong, card, samples), lambda: check_alone(replace(text)),
        lambda: find_numbers(text.text), rounds=rounds,
    )  # fmt: skip
    what = f"核对{CHECKED_LENGTH:,}字的报告，台账{CHECKED_FIGURES}项"
    rows = [
        Row(
            "check.case", f"{right_seconds:.4f}", what,
            f"{show(right_seconds)}，为 find_numbers 的{right_seconds / digits:.1f}倍",
            f"不到{MOST_CHECK_SECONDS * 1000:.0f}毫秒", right_seconds < MOST_CHECK_SECONDS,
        ),
        Row("check.wrong", f"{wrong_seconds:.4f}", "同上，每个数的末位都是错的", show(wrong_seconds)),
        Row("check.alone", f"{alone_seconds:.4f}", f"不带数据核对{CHECKED_LENGTH:,}字的报告", show(alone_seconds)),
    ]  # fmt: skip
    lengths = tuple(CHECKED_LENGTH // 4 * n for n in (1, 4, 16))
    reports = [samples.own_report(length) for length in lengths]
    numbers = tuple(CHECKED_FIGURES * n for n in (1, 4, 16))
    cards = [with_figures(samples.card, number) for number in numbers]
    few = max(2, rounds // 2)
    return [
        *rows,
        growth_row(
            "check.text_growth", "核对，报告1倍、4倍、16倍长", lengths,
            beside(*(_check(report, card, samples) for report in reports), rounds=few), "字",
        ),
        growth_row(
            "check.alone_growth", "不带数据核对，报告1倍、4倍、16倍长", lengths,
            beside(*(_check_alone(report) for report in reports), rounds=few), "字",
        ),
        growth_row(
            "check.figure_growth", "核对，台账1倍、4倍、16倍大", numbers,
            beside(*(_check(text, larger, samples) for larger in cards), rounds=few), "项",
        ),
    ]  # fmt: skip


def _check(text: Text, card: Scorecard, samples: Samples) -> Work:
    # A fresh copy each time, for a text remembers what stands where.
    return lambda: check_against_case(replace(text), card, case=samples.case)


def _check_alone(text: Text) -> Work:
    return lambda: check_alone(replace(text))


def _slipped(words: str) -> str:
    """The words with the last digit of each number another one."""
    return _LAST_DIGIT.sub(lambda digit: str((int(digit[0]) + 3) % 10), words)
