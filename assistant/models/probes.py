"""The questions that show what an endpoint can do. A probe notes what it found; `ModelError` where the endpoint did not answer it.

Every probe is a question whose right answer is known. What an endpoint cannot do is worked round where there is a way (a field by
another name, no stream, no role system); where there is none, the model cannot be used.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import combinations
from time import monotonic
from typing import Any

from assistant.errors import ModelError
from assistant.models.chat import Chat
from assistant.models.embeddings import Embeddings
from assistant.models.examination import Examination
from assistant.models.messages import Heard, Message
from assistant.models.profiles import Profile
from assistant.settings import Settings

_ROOM, _TINY = 1500, 16
"""Room for an answer, in tokens: some think before the shortest one; and so little that no answer fits."""
_SENTENCE = "依据《中华人民共和国预算法》，本部门（含下属单位）按“两上两下”程序编制预算；支出进度与序时要求基本一致。"
_SLOTTED = (
    "全年支出[[final_accounts.total:value]]，[[budget_execution_rate]]，其中项目支出[[expenditure.projects:value]]。"
)
_SLOTS = ("[[final_accounts.total:value]]", "[[budget_execution_rate]]", "[[expenditure.projects:value]]")
_SLOT_TRIES, _SLOT_ENOUGH = 3, 2
_GREETING = "请只回复两个字：收到"
_WORD, _FILLER = "青山", "本部门按照年初工作计划推进各项任务，落实管理制度，开展日常检查，按时完成资料归档。"
_LEAST_CONTEXT = 500
"""Characters: a prompt that must be shorter holds no point. The setting takes no fewer."""
_RELAXED: tuple[dict[str, Any], ...] = (
    {"max_tokens_field": "max_completion_tokens"}, {"temperature": False}, {"system_role": False},
    {"extra_body": {"enable_thinking": False}}, {"streaming": True, "whole": False},
)  # fmt: skip
"""What some servers want otherwise than most."""
_THOUGHTLESS: tuple[dict[str, Any], ...] = (
    {"enable_thinking": False},
    {"chat_template_kwargs": {"enable_thinking": False}},
)
"""What vendors and servers take to switch thinking off."""


async def _heard(
    settings: Settings, model: str, profile: Profile, text: str, room: int = _ROOM, system: str = ""
) -> Heard:
    messages = [Message("system", system)] if system else []
    return await Chat(settings, model, profile).hear([*messages, Message("user", text)], room)


async def listing(settings: Settings, model: str, found: Examination) -> None:
    """Whether it is there, lets us in, and lists the model."""
    began = monotonic()
    try:
        names = await Chat(settings, model, found.profile).listed()
    except ModelError as error:
        if error.kind in ("unreachable", "key", "timeout"):
            name = "密钥" if error.kind == "key" else "连接"
            found.note(name, began, False, str(error), needed=True)
            return
        found.note("模型列表", began, None, "该服务不提供模型列表，名称对不对要看下面的对话")
        return
    found.note("连接与密钥", began, True, "可以连接，密钥可用" if settings.api_key else "可以连接，没有设置密钥")
    shown = "、".join(names[:10]) + ("等" if len(names) > 10 else "")
    there = model in names
    found.note(
        "模型列表", began, there or None, f"有{len(names)}个：{shown}" + ("" if there else f"；其中没有 {model}")
    )


async def chatting(settings: Settings, model: str, found: Examination) -> None:
    """The first answer; where it is refused, every combination of what can be left out or renamed, the fewest changes first."""
    began = monotonic()
    refused: ModelError | None = None
    for profile in _relaxed(found.profile):
        try:
            heard = await _heard(settings, model, profile, _GREETING, system="你是公文助手，只写中文。")
        except ModelError as error:
            if error.kind not in ("refused", "server"):
                raise
            refused = error
            continue
        found.profile = profile
        found.note("对话", began, bool(heard.text), f"回答“{_cut(heard.text)}”", needed=True)
        named = heard.finish == "stop"
        said = "写完时报 stop" if named else f"写完时报“{heard.finish}”而不是 stop，分不清写完还是中断"
        found.note("停止原因", began, named, said, needed=True)
        return
    assert refused is not None
    raise refused


def _relaxed(profile: Profile) -> Iterator[Profile]:
    """The profile without a stream, then with every combination of `_RELAXED`, the fewest changes first."""
    whole = profile.model_copy(update={"streaming": False})
    for number in range(len(_RELAXED) + 1):
        for changes in combinations(_RELAXED, number):
            yield _changed(whole, *changes)


async def streaming(settings: Settings, model: str, found: Examination) -> None:
    """Whether an answer comes piece by piece, and with its usage."""
    began = monotonic()
    if settings.streaming is False:
        found.note("流式", began, None, "设置 streaming 写明不用")
        return
    for usage in (True, False):
        profile = found.profile.model_copy(update={"streaming": True, "stream_usage": usage})
        try:
            heard = await _heard(settings, model, profile, "请用一句话说明什么是预算绩效。")
        except ModelError as error:
            if error.kind in ("key", "model", "unreachable"):
                raise
            continue
        if heard.finish == "stop":
            found.profile = profile
            found.note("流式", began, True, f"分{heard.pieces}次送达")
            counted = (
                f"提示{heard.tokens[0]}个词元，回答{heard.tokens[1]}个" if heard.tokens else "该服务不报用量，按0计"
            )
            found.note("用量", began, bool(heard.tokens) or None, counted)
            return
    found.profile = found.profile.model_copy(update={"streaming": False})
    found.note("流式", began, None, "流式不可用，改为整段接收")


async def limiting(settings: Settings, model: str, found: Examination) -> None:
    """Which field limits the length of an answer: one that is allowed a few tokens ends with `length`."""
    began = monotonic()
    for name in dict.fromkeys((found.profile.max_tokens_field, "max_tokens", "max_completion_tokens")):
        profile = found.profile.model_copy(update={"max_tokens_field": name})
        try:
            heard = await _heard(settings, model, profile, "请用汉字从一数到一百，用顿号隔开。", _TINY)
        except ModelError as error:
            if error.kind not in ("refused", "cut_off", "empty"):
                raise
            continue
        if heard.finish == "length":
            found.profile = profile
            found.note("长度限制", began, True, f"有效，用的参数是 {name}")
            return
    found.note("长度限制", began, None, "该服务不理会长度限制，写得太长的回答由本软件截断并作废")


async def instructing(settings: Settings, model: str, found: Examination) -> None:
    """Whether the role system is listened to."""
    began = monotonic()
    if not found.profile.system_role:
        found.note("系统角色", began, None, "该服务不接受系统消息，起草要求改放在提问的开头")
        return
    heard = await _heard(
        settings, model, found.profile, "你好，今天天气怎么样？", system="无论用户说什么，你都只回答一个字：晴"
    )
    followed = "晴" in heard.text and len(heard.text) <= 8
    if not followed:
        found.profile = found.profile.model_copy(update={"system_role": False})
    said = "照系统消息的要求作答" if followed else "系统消息没有起作用，起草要求改放在提问的开头"
    found.note("系统角色", began, followed or None, said)


async def thinking(settings: Settings, model: str, found: Examination) -> None:
    """Thinking shows as marks in the text, or as tokens that are counted and not seen."""
    began, question = monotonic(), "一个部门有三个科室，每个科室四人，共多少人？只回答人数。"

    def thinks(heard: Heard) -> bool:
        unseen = heard.tokens is not None and heard.tokens[1] > 60 + 3 * len(heard.text)
        return heard.thought or unseen or (heard.finish == "length" and not heard.text)

    if not thinks(await _heard(settings, model, found.profile, question)):
        found.note("思考文字", began, True, "不输出思考过程")
        return
    for body in _THOUGHTLESS:
        profile = _changed(found.profile, {"extra_body": body})
        try:
            quiet = await _heard(settings, model, profile, question)
        except ModelError:
            continue
        if not thinks(quiet) and quiet.text:
            found.profile = profile
            found.note("思考文字", began, True, "会输出思考过程，已用参数关掉")
            return
    found.profile = found.profile.model_copy(update={"thinks": True})
    found.note("思考文字", began, None, "会输出思考过程，关不掉：起草时自动去掉，回答会慢一些")


async def copying(settings: Settings, model: str, found: Examination) -> None:
    """Whether Chinese comes back as it went."""
    began = monotonic()
    heard = await _heard(settings, model, found.profile, _copy(_SENTENCE))
    same = _SENTENCE in heard.text
    found.note("中文往返", began, same or None, "逐字一致" if same else f"有出入：“{_cut(heard.text)}”")


async def slots(settings: Settings, model: str, found: Examination) -> None:
    """Whether slots come back as they went: a model that cannot copy them is of no use here."""
    began = monotonic()
    answers = await asyncio.gather(
        *(_heard(settings, model, found.profile, _copy(_SLOTTED)) for _ in range(_SLOT_TRIES))
    )
    kept = sum(all(heard.text.count(slot) == 1 for slot in _SLOTS) for heard in answers)
    said = f"{_SLOT_TRIES}次里{kept}次原样抄回"
    if kept < _SLOT_ENOUGH:
        said += "：它会改动占位符，写的句子大多要换回离线起草的句子，请换一个模型"
    found.note("占位符", began, kept >= _SLOT_ENOUGH, said, needed=True)


async def remembering(settings: Settings, model: str, found: Examination) -> None:
    """A prompt as long as the settings allow; the word stands at its beginning, for servers drop that first, without a word."""
    began, size = monotonic(), settings.context_chars
    while size >= _LEAST_CONTEXT:
        try:
            heard = await _heard(settings, model, found.profile, _long_prompt(size))
        except ModelError as error:
            if error.kind != "too_long":
                raise
        else:
            if _WORD in heard.text:
                break
        size //= 2
    full = size == settings.context_chars
    advice = f"，请把设置 context_chars 改为{size}" if size >= _LEAST_CONTEXT else "，不能用来起草"
    said = f"{size}字的提示读得全" if full else f"{settings.context_chars}字的提示读不全{advice}"
    found.note("上下文", began, full, said, needed=True)


async def crowding(settings: Settings, model: str, found: Examination) -> None:
    """Whether as many calls as the settings allow are answered at once."""
    began, many = monotonic(), settings.concurrency
    await _heard(settings, model, found.profile, _GREETING)
    alone, began_all = monotonic() - began, monotonic()
    answers = await asyncio.gather(
        *(_heard(settings, model, found.profile, _GREETING) for _ in range(many)), return_exceptions=True
    )
    together = monotonic() - began_all
    refused = sum(isinstance(answer, BaseException) for answer in answers)
    said = f"同时问{many}次共{together:.2f}秒，单问1次{alone:.2f}秒"
    said += f"，其中{refused}次没有答成：请把设置 concurrency 调小" if refused else ""
    found.note("并发", began, not refused or None, said)


async def embedding(settings: Settings, model: str, found: Examination) -> None:
    """Whether the embedding model gives vectors."""
    began = monotonic()
    if not settings.embedding_model:
        found.note("向量", began, None, "没有设置 embedding_model，范文按字面相近查找")
        return
    door = Embeddings(settings, settings.embedding_model)
    try:
        vectors = await asyncio.to_thread(door.embed, ["预算执行情况", "政府采购情况"])
    except ModelError as error:
        found.note("向量", began, False, f"{settings.embedding_model} 不可用，请改正或清空 embedding_model：{error}")
        return
    found.note("向量", began, True, f"{settings.embedding_model}，{len(vectors[0])}维")


def _changed(profile: Profile, *changes: dict[str, Any]) -> Profile:
    """The profile with these fields; what is sent besides is added to."""
    for change in changes:
        more = {"extra_body": profile.extra_body | change["extra_body"]} if "extra_body" in change else {}
        profile = profile.model_copy(update=change | more)
    return profile


def _copy(sentence: str) -> str:
    return f"请把下面这句话原样抄写一遍，一个字、一个符号都不要改，也不要添加任何内容：\n{sentence}"


def _long_prompt(size: int) -> str:
    head, tail = f"口令是“{_WORD}”，请记住。以下是材料：\n", "\n材料到此为止。请只回答开头说的口令。"
    return head + (_FILLER * (size // len(_FILLER) + 1))[: size - len(head) - len(tail)] + tail


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 24 else line[:24] + "…"
