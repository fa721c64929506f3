"""demo, draft."""

from __future__ import annotations

import time
from importlib.resources import as_file, files
from pathlib import Path

from assistant.cli.show import STATUS_NAMES, Printer, progress
from assistant.errors import UsageError

DEMO_CASE = "futian-organization-2020"


def demo(out_dir: Path, json: str) -> int:
    """The main job on a shipped case. The case's own contradictions are shown, and do not stop it."""
    with as_file(files("evals") / "cases" / DEMO_CASE) as folder:
        return draft(folder, out_dir, "offline", json)


def draft(folder: Path, out_dir: Path, model: str, json: str, section: str = "") -> int:
    """A run folder; exit 1 where the report has errors or a required figure is missing."""
    from assistant.pipeline import draft_case
    from assistant.scorecard import BASIS_NAMES

    if model != "offline":
        raise UsageError(f"没有模型“{model}”。目前可用：offline（离线起草）。")
    out = Printer(json)
    began = time.monotonic()
    with progress("生成草稿", quiet=json == "-") as step:
        run = draft_case(folder, out_dir, step, section)
    card, check = run.card, run.check
    out.say(f"{card.unit} {card.year}年度：自评{format(card.marks, 'f')}分，满分{card.framework.full_marks}分。")
    out.say(f"  得分依据：{'，'.join(f'{BASIS_NAMES[basis]}{n}项' for basis, n in card.counts().items())}。")
    if run.data_findings:
        out.say(f"数据自身的问题 {len(run.data_findings)} 处（不影响生成草稿，定稿前请更正）：")
        out.findings(run.data_findings)
    explained = "，".join(f"{STATUS_NAMES.get(status, status)}{n}" for status, n in check.summary()["mentions"].items())
    out.say(f"报告中的数共{len(check.mentions)}个：{explained}。")
    if check.findings:
        out.say(f"报告中要处理的地方 {len(check.findings)} 处：")
        out.findings(check.findings)
    out.say(f"草稿在 {out_dir / 'report.docx'}（同一文件夹有评分表和核对结果），用时{time.monotonic() - began:.1f}秒。")
    out.json(check.to_json())
    return 1 if check.errors or run.required_missing else 0
