"""demo, draft: a case -> its run folder."""

from __future__ import annotations

import time
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.show import STATUS_NAMES, Printer, progress
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.pipeline import Writer
    from assistant.settings import Settings
    from assistant.tally import Tally

DEMO_CASE = "futian-organization-2020"


def demo(out_dir: Path, json: str) -> int:
    """The main job on a shipped case. The case's own contradictions are shown, and do not stop it."""
    with as_file(files("evals") / "cases" / DEMO_CASE) as folder:
        return draft(folder, out_dir, "offline", json)


def draft(folder: Path, out_dir: Path, model: str, json: str, section: str = "") -> int:
    """A run folder; exit 1 where the report has errors or a required figure is missing."""
    from assistant.pipeline import draft_case
    from assistant.scorecard import BASIS_NAMES

    out = Printer(json)
    began = time.monotonic()
    writer = writer_of(load_settings(), model)
    with progress("生成草稿", quiet=json == "-") as step:
        run = draft_case(folder, out_dir, step, section, writer)
    card, check = run.card, run.check
    out.say(f"{card.unit} {card.year}年度：自评{format(card.marks, 'f')}分，满分{card.framework.full_marks}分。")
    out.say(f"  得分依据：{'，'.join(f'{BASIS_NAMES[basis]}{n}项' for basis, n in card.counts().items())}。")
    if run.data_findings:
        out.say(f"数据自身的问题 {len(run.data_findings)} 处（不影响生成草稿，定稿前请更正）：")
        out.findings(run.data_findings)
    _tell_model(run.tally, writer, model, out)
    explained = "，".join(f"{STATUS_NAMES.get(status, status)}{n}" for status, n in check.summary()["mentions"].items())
    out.say(f"报告中的数共{len(check.mentions)}个：{explained}。")
    if check.findings:
        out.say(f"报告中要处理的地方 {len(check.findings)} 处：")
        out.findings(check.findings)
    out.say(f"草稿在 {out_dir / 'report.docx'}（同一文件夹有评分表和核对结果），用时{time.monotonic() - began:.1f}秒。")
    out.json(check.to_json())
    return 1 if check.errors or run.required_missing else 0


def writer_of(settings: Settings, model: str) -> Writer | None:
    """The model that is asked for, or else configured, with the exemplars it may be shown; None: drafting offline.

    Raises:
        UsageError: a model is named, and no endpoint is set.
    """
    from assistant.models import connect
    from assistant.pipeline import Writer

    chat = connect(settings, model)
    if chat is None:
        return None
    from assistant.cli.library import exemplars

    return Writer(chat, exemplars(settings), settings.ai_mark)


def _tell_model(tally: Tally, writer: Writer | None, model: str, out: Printer) -> None:
    """What the model wrote, what was mended or put back, and, once each, why it did not write; once, that none is set up."""
    if writer is None:
        if not model:
            out.say("没有配置模型，文字全部由离线程序起草。")
        return
    for failure in tally.failures:
        out.say(f"模型 {writer.chat.name}：{failure}没有写成的部分用的是离线起草的文字。")
    usage = tally.usage
    out.say(
        f"模型 {writer.chat.name}：{tally.passed}句原样通过核对，{tally.repaired}句改后通过，{tally.replaced}句没有通过、已换回离线起草的句子；"
        f"请求{usage.calls}次，用了{usage.prompt_tokens + usage.completion_tokens}个词元（token）。"
    )
