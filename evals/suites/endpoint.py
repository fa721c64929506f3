"""jiping eval endpoint: endpoints that misbehave, and what comes of asking them.

Two things must never happen: text that was not finished is taken for an answer (or left standing before a person who waits), and
a call holds longer than its deadline.
"""

from __future__ import annotations

import asyncio
from itertools import product

from evals.endpoint.transport import TRANSPORTS, Transport
from evals.endpoint.trial import Trial, trials
from evals.results import Options, Result, Table

_READ, _WHOLE = 0.6, 2.5
"""Deadlines in seconds: for silence, and for the whole answer."""
_WAYS = {True: "逐字", False: "整段"}


def endpoint(options: Options) -> Result:
    """Every misbehaving endpoint, asked with streaming and without. `thorough`: three times each."""
    rounds = 3 if options.thorough else 1
    asked = [*product(TRANSPORTS, (True, False))] * rounds
    tried = asyncio.run(trials(asked, silence=_READ, limit=_WHOLE, tick=options.tick))
    rows = tuple(_row(transport, [t for t in tried if t.transport is transport]) for transport in TRANSPORTS)
    notes = (
        f"每次限时{_WHOLE:g}秒，沉默限{_READ:g}秒，重试2次；“逐字”是流式，“整段”不是。",
        "括号里是每次提问实际请求了几次；结果是 done（写完了）或故障的种类。",
    )
    table = Table("模型服务的各种故障", ("故障", "逐字", "整段", "最长用时（秒）", "结论"), rows, notes)
    misses = [
        f"{t.transport.name}（{t.transport.what}，{_WAYS[t.streaming]}）：{said}" for t in tried for said in t.faults
    ]
    figures: dict[str, str | int] = {
        "trials": len(tried),
        "unexpected": sum(bool(t.faults) for t in tried),
        "truncated_marked_done": sum(t.truncated for t in tried),
        "left_on_screen": sum(t.left_over for t in tried),
        "deadlines_missed": sum(t.late for t in tried),
    }
    return Result("endpoint", "模型服务出故障时，结果、时限和重试是否正确", (table,), figures, tuple(misses))


def _row(transport: Transport, tried: list[Trial]) -> tuple[str, ...]:
    def came_out(streaming: bool) -> str:
        return "、".join(sorted({f"{t.outcome}（{t.asked}）" for t in tried if t.streaming == streaming}))

    longest = max(t.seconds for t in tried)
    verdict = "不符" if any(t.faults for t in tried) else "符合"
    return (transport.what, came_out(True), came_out(False), f"{longest:.1f}", verdict)
