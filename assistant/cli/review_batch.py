"""review-batch."""

from __future__ import annotations

import time
from pathlib import Path

from assistant.cli.show import Printer, progress

_SHOWN = 30


def review_batch(root: Path, out: Path, previous: Path | None, last_year: Path | None, jobs: int, json: str) -> int:
    """Submitted reports reviewed; exit 1 where at least one is sent back."""
    from assistant.reviewing import REGISTER
    from assistant.reviewing import review_batch as run

    said = Printer(json)
    began = time.monotonic()
    with progress("审核", quiet=json == "-") as tell:

        def step(name: str, done: int, total: int) -> None:
            left = (time.monotonic() - began) / max(done, 1) * (total - done)
            tell(f"{done}/{total}，约还要{left:.0f}秒，{name}", done, total)

        reviewed = run(root, out, previous, last_year, jobs, step)
    data = reviewed.to_json()
    said.say(f"审核了{len(reviewed.opinions)}个单位：" + "，".join(f"{s}{n}" for s, n in data["states"].items()) + "。")
    for one in reviewed.opinions[:_SHOWN]:
        counts = f"错误{one.count('error')}，提醒{one.count('warning')}" if one.round else ""
        mended = sum(e.outcome == "已改" for e in one.earlier)
        again = f"；上次{len(one.earlier)}条，已改{mended}条" if one.earlier else ""
        said.say("  " + "　".join(filter(None, (one.state, one.unit, counts + again, one.remark))))
    if len(reviewed.opinions) > _SHOWN:
        said.say(f"  ……另有{len(reviewed.opinions) - _SHOWN}个单位，见台账。")
    for remark in reviewed.remarks:
        said.say(f"  注意：{remark}")
    if reviewed.pairs:
        said.say(f"雷同的段落{len(reviewed.pairs)}处，见台账“雷同”表和各单位的意见单。")
    said.say(f"台账在 {out / REGISTER}，审核意见单在 {out / '审核意见单'}，用时{time.monotonic() - began:.1f}秒。")
    said.json(data)
    return 1 if reviewed.sent_back else 0
