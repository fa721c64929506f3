"""Whatever a call dies of, told in one of a dozen kinds: `fault(error)`.

Servers that call themselves compatible agree on little but the status, so messages are searched for words; what a server says is
data, and only a short piece of it is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from email.utils import parsedate_to_datetime
from math import ceil
from time import time
from typing import Any

from assistant.errors import ModelError, ModelFault

_LONGEST_QUOTE = 80
"""Characters of what a server says that are shown."""

_MESSAGES: dict[ModelFault, str] = {
    "unreachable": "连不上模型服务。请检查 base_url 的地址和端口，确认服务已启动、网络可达",
    "key": "模型服务不接受密钥，或额度已用完。请检查 JIPING_API_KEY（或 OPENAI_API_KEY）和账户",
    "model": "模型服务没有这个模型。请用 jiping model check 查看可用的名称，改正 JIPING_MODEL 或 --model",
    "too_long": "提示超出了模型能接受的长度。请把设置 context_chars 调小，或换用上下文更长的模型",
    "busy": "模型服务繁忙，没有接受请求。请稍后再试，或把设置 concurrency 调小",
    "server": "模型服务内部出错。请查看该服务的日志，稍后再试",
    "not_an_endpoint": "这个地址的回答不是 OpenAI 兼容接口的格式。请检查 base_url（通常以 /v1 结尾），并确认没有被网关或登录页拦截",
    "timeout": "模型服务在规定时间内没有答完。请稍后再试，或把设置 read_seconds、draft_seconds 调大",
    "cut_off": "模型的回答没有写完就断了，不能采用。请重试，或检查该服务的输出长度限制",
    "filtered": "模型服务的内容审查拦下了这次回答。请换用别的模型，或采用离线起草的文字",
    "empty": "模型的回答是空的。请重试；会思考的模型请用 jiping model check 重新检查",
    "refused": "模型服务不接受这样的请求。请运行 jiping model check，它会找出该服务支持的参数",
}

_SIGNS: dict[ModelFault, tuple[str, ...]] = {
    "too_long": (
        "context_length", "context length", "context window", "maximum context", "max_model_len", "too long", "input length", "too many tokens",
        "token limit", "exceeds the limit", "exceed the configured limit", "range of input length", "超出最大长度", "长度超", "超过最大", "过长",
    ),
    "filtered": ("content_filter", "content filter", "data_inspection", "inappropriate content", "sensitive", "敏感", "违规", "不合规"),
    "key": ("insufficient_quota", "insufficient balance", "arrearage", "exceeded your current quota", "欠费", "余额不足"),
    "model": ("model_not_found", "does not exist", "not exist", "not found", "no such model", "unknown model", "模型不存在"),
}  # fmt: skip
"""What servers say, in small letters, by what is meant; the first that fits counts."""


def failed(kind: ModelFault, detail: str = "", *, retry_after: float | None = None) -> ModelError:
    """The error of a kind, with what the server said of it."""
    said = f"（{detail}）" if detail else ""
    return ModelError(kind, f"{_MESSAGES[kind]}{said}。", retry_after=retry_after)


def fault(error: BaseException, *, begun: bool = False) -> ModelError:
    """What an exception of the client means; `begun`: text had come before it."""
    import httpx2
    import openai

    for cause in _chain(error):
        if isinstance(cause, ModelError):
            return cause
        if isinstance(cause, httpx2.ConnectTimeout):
            return failed("unreachable")
        if isinstance(cause, httpx2.RemoteProtocolError) and "message body" in str(cause):
            return failed("cut_off")
    if isinstance(error, openai.APIStatusError):
        return _by_status(error)
    if isinstance(error, openai.APITimeoutError):
        return failed("timeout")
    if isinstance(error, openai.APIConnectionError):
        return failed("cut_off") if begun else failed("unreachable")
    if isinstance(error, openai.APIError):  # an error sent in the middle of a stream
        return _told(error.body, begun)
    if isinstance(error, ValueError) and error.args and isinstance(error.args[0], dict):
        return _told(error.args[0], begun)  # an error sent with status 200
    return failed("cut_off" if begun else "not_an_endpoint")


def _told(body: Any, begun: bool) -> ModelError:
    """An error without a status of its own: some gateways give a number inside."""
    number = str(body.get("code") or "") if isinstance(body, dict) else ""
    quote = _quoted(body, "")
    if number in ("401", "402", "403"):
        return failed("key", quote)
    if number == "429":
        return failed("busy")
    return _by_words(_words(body, ""), quote) or failed("cut_off" if begun else "server", quote)


def _by_status(error: Any) -> ModelError:
    status, quote = error.status_code, _quoted(error.body, str(error.message))
    words = _words(error.body, str(error.message))
    detail = f"{status}：{quote}" if quote else str(status)
    match status:
        case 401 | 402 | 403:
            return _by_words(words, detail, ("filtered",)) or failed("key", str(status))
        case 404 if _names_model(words):
            return failed("model", detail)
        case 404 | 405:
            return failed("not_an_endpoint", str(status))
        case 408:
            return failed("timeout")
        case 413:
            return failed("too_long")
        case 429 if any(sign in words for sign in _SIGNS["key"]):
            return failed("key", detail)
        case 429:
            return failed("busy", retry_after=_seconds(error.response.headers.get("retry-after")))
        case _ if 400 <= status < 500:
            return _by_words(words, detail) or failed("refused", detail)
        case _ if status >= 500:
            return failed("server", str(status), retry_after=_seconds(error.response.headers.get("retry-after")))
    return failed("not_an_endpoint", str(status))


def _by_words(words: str, detail: str, kinds: Iterable[ModelFault] = tuple(_SIGNS)) -> ModelError | None:
    """The fault of one of these kinds that a server's words tell of; what is not there is a model only if they speak of one."""
    for kind in kinds:
        if any(sign in words for sign in _SIGNS[kind]) and (kind != "model" or _names_model(words)):
            return failed(kind, _short(detail))
    return None


def _names_model(words: str) -> bool:
    return "model" in words or "模型" in words


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _words(body: Any, message: str) -> str:
    """All that a server says, in small letters."""
    return f"{json.dumps(body, ensure_ascii=False, default=str)[:4000]} {message[:4000]}".lower()


def _quoted(body: Any, message: str) -> str:
    """The server's own message, if it is one."""
    inner = body.get("error", body) if isinstance(body, dict) else body
    said = inner.get("message") if isinstance(inner, dict) else inner
    text = str(said or "")
    return "" if not text or "<" in text[:20] or (text == message and text.startswith("Error code")) else _short(text)


def _short(text: str) -> str:
    """No longer than a line, without addresses and what looks like a key."""
    line = " ".join("…" if _is_private(word) else word for word in text[:1000].split() if word.isprintable())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"


def _is_private(word: str) -> bool:
    is_key = len(word) > 24 and word.isascii() and any(sign.isdigit() for sign in word)
    return is_key or "://" in word or "sk-" in word


def _seconds(value: str | None) -> float | None:
    """Retry-After: seconds, a part of one counting as a whole, or the date until which to wait; None if it is neither."""
    if not value:
        return None
    try:
        return max(0, ceil(Decimal(value)))
    except (ArithmeticError, ValueError):
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time())
    except (ValueError, TypeError, OverflowError):
        return None
