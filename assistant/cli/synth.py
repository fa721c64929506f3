"""synth."""

from __future__ import annotations

from pathlib import Path

from assistant.cli.show import Printer, progress


def synth(count: int, seed: int, out: Path, faults: float, units: int, json: str) -> int:
    """Made-up cases with a known share of planted faults and their key."""
    from assistant.synth import synthesize

    said = Printer(json)
    with progress("生成填报", quiet=count < 15) as step:
        key = synthesize(count, seed, out, faults, step, units)
    planted = {name: found for name, found in key.items() if found}
    total = sum(len(found) for found in planted.values())
    said.say(
        f"已生成{len(key)}份虚构的填报，在 {out}；其中{len(planted)}份共有{total}处预设错误，答案在 {out / 'key.json'}。"
    )
    said.json({name: [fault.to_json() for fault in found] for name, found in key.items()})
    return 0
