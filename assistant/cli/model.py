"""model check: what the configured endpoint can do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from assistant.cli.show import Printer, progress
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings

_MARKS = {True: "通过", False: "不通过", None: "注意"}
_HOW = (
    "没有设置模型服务的地址，无从检查。请设置环境变量 JIPING_BASE_URL（或 OPENAI_BASE_URL），例如 http://127.0.0.1:8000/v1，"
    "和 JIPING_MODEL（模型名称）；需要密钥的再设 JIPING_API_KEY（或 OPENAI_API_KEY）。也可以写在当前文件夹的 jiping.toml 里："
    'base_url = "…"、model = "…"、api_key = "…"。不设置也能用：全部离线起草。'
)


def model(action: str, name: str, json: str) -> int:
    """What the configured endpoint can do, and what was remembered of it; exit 1 where the model cannot be used."""
    if action != "check":
        raise UsageError(f"没有 model {action} 这个命令。可用：jiping model check。")
    from assistant.models.chat import OFFLINE
    from assistant.models.check import examine
    from assistant.models.profiles import remember
    from assistant.settings import load_settings

    out, settings = Printer(json), load_settings()
    if not settings.base_url:
        raise UsageError(_HOW)
    name = name or settings.model
    if name == OFFLINE:
        raise UsageError("offline 是离线起草，不用检查。要检查模型请给出它的名称。")
    if not name:
        raise UsageError(_which_model(settings))
    out.say(f"检查 {settings.base_url} 的模型 {name}：")
    with progress("检查模型服务", quiet=json == "-") as step:
        found = asyncio.run(examine(settings, name, step))
    for probe in found.probes:
        out.say(f"  【{_MARKS[probe.good]}】{probe.name}：{probe.said}（{probe.seconds:.2f}秒）")
    if found.usable:
        out.say(f"可以用来起草。查到的用法已记在 {remember(settings, name, found.profile)}，以后起草时照用。")
    else:
        out.say("这个模型现在不能用来起草；不用模型时照常离线起草。")
    out.json(
        {
            "model": name,
            "settings": settings.shown(),
            "usable": found.usable,
            "profile": found.profile.model_dump(mode="json"),
            "probes": [
                {"name": p.name, "good": p.good, "said": p.said, "seconds": f"{p.seconds:.2f}"} for p in found.probes
            ],
        }
    )
    return 0 if found.usable else 1


def _which_model(settings: Settings) -> str:
    """With no name nothing can be asked, but the endpoint may say which there are."""
    from assistant.errors import ModelError
    from assistant.models.chat import Chat

    try:
        names = asyncio.run(Chat(settings, "-").listed())
    except ModelError as error:
        return f"没有指定模型，也没有取到模型的列表：{error}"
    listed = "、".join(names[:20]) or "（空）"
    return f"没有指定模型。请用 --model 或 JIPING_MODEL 给出名称，该服务有：{listed}。"
