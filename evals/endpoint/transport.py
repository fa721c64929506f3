"""Endpoints that misbehave, each in one way: what they do, and what must come of it.

The text is always a good one: what is tried here is the way to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from typing import Any, Literal

from assistant.errors import ModelFault
from evals.endpoint.answer import Answer, Script, failure, page

TEXT = (
    "全年支出[[final_accounts.total:value]]，[[budget_execution_rate]]，支出进度与序时要求基本一致。\n"
    "各项重点工作按年初计划推进，资金管理制度健全，政府采购和资产管理手续完备。"
)
LOGIN = "<!DOCTYPE html><html><head><title>统一认证</title></head><body>请先登录</body></html>"


@dataclass(frozen=True, slots=True)
class Transport:
    """`make(long)` gives a fresh script; `long` is a time, in seconds, that no deadline of the trial allows.

    `outcome`: `done`, or the kinds of fault that are right.
    """

    name: str
    what: str
    make: Callable[[float], Script]
    outcome: tuple[ModelFault | Literal["done"], ...]
    later: bool = False
    """Whether the first call goes well, and the second is the one that is tried."""


def _always(answer: Answer) -> Callable[[float], Script]:
    return lambda long: lambda request: answer


def _timed(answer: Callable[[float], Answer]) -> Callable[[float], Script]:
    return lambda long: lambda request: answer(long)


def _first(times: int, failing: Answer) -> Callable[[float], Script]:
    """`failing` so many times, then a good answer."""

    def make(long: float) -> Script:
        asked = count()
        return lambda request: failing if next(asked) < times else Answer(TEXT)

    return make


def _only_first(failing: Answer) -> Callable[[float], Script]:
    """One good answer, then `failing` for good."""

    def make(long: float) -> Script:
        asked = count()
        return lambda request: Answer(TEXT) if next(asked) == 0 else failing

    return make


def _busy_until(long: float) -> Script:
    """Busy once, asking to come back at a time of day."""
    asked = count()

    def answer(request: dict[str, Any]) -> Answer:
        if next(asked):
            return Answer(TEXT)
        then = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
        return failure(429, "Rate limit reached.", headers={"Retry-After": then})

    return answer


TOO_LONG = failure(
    400,
    "This model's maximum context length is 4096 tokens, however you requested 9000.",
    code="context_length_exceeded",
)
NO_KEY = failure(401, "Incorrect API key provided: sk-4f9a8b7c6d5e4f3a2b1c0d.", code="invalid_api_key")

TRANSPORTS: tuple[Transport, ...] = (
    Transport("well", "照常回答", _always(Answer(TEXT)), ("done",)),
    Transport("comments", "夹着保持连接的注释", _always(Answer(TEXT, comments=True)), ("done",)),
    Transport("no_usage", "不报用量", _always(Answer(TEXT, usage=False)), ("done",)),
    Transport("reasoning", "思考另放一栏", _always(Answer(TEXT, thoughts="先列数据，再写一句。")), ("done",)),
    Transport("thinking", "先思考后作答", _always(Answer(f"<think>先列数据，再写。</think>\n\n{TEXT}")), ("done",)),
    Transport("thinking_unopened", "思考只有结束标记", _always(Answer(f"先列数据，再写。</think>{TEXT}")), ("done",)),
    Transport("thinking_only", "思考没有结束", _always(Answer(f"<think>先列数据。{TEXT}")), ("empty",)),
    Transport("slow", "迟迟不答", _timed(lambda long: Answer(TEXT, wait=long)), ("timeout",)),
    Transport("dripping", "一字一字地挤", _timed(lambda long: Answer(TEXT, piece=1, gap=long / 100)), ("timeout",)),
    Transport("cut", "写到一半断线", _always(Answer(TEXT, cut=4)), ("cut_off",)),
    Transport("cut_at_once", "一开口就断线", _always(Answer(TEXT, cut=0)), ("cut_off",)),
    Transport("no_reason", "不说为什么停", _always(Answer(TEXT, finish=None)), ("cut_off",)),
    Transport("length", "写满了长度", _always(Answer(TEXT[:40], finish="length")), ("cut_off",)),
    Transport("filter", "被内容审查截下", _always(Answer(TEXT[:40], finish="content_filter")), ("filtered",)),
    Transport("filter_400", "被内容审查拒绝", _always(failure(400, "Input data may contain inappropriate content.", code="data_inspection_failed")), ("filtered",)),
    Transport("empty", "回答是空的", _always(Answer("")), ("empty",)),
    Transport("blank", "回答只有空白", _always(Answer(" \n\n ")), ("empty",)),
    Transport("endless", "写个没完", _always(Answer("资金管理制度健全，" * 20000, piece=2000)), ("cut_off",)),
    Transport("busy", "一直繁忙", _always(failure(429, "Rate limit reached.")), ("busy",)),
    Transport("busy_once", "繁忙一次，不说等多久", _first(1, failure(429, "Rate limit reached.")), ("done",)),
    Transport("busy_seconds", "繁忙一次，请等一秒", _first(1, failure(429, "Rate limit reached.", headers={"Retry-After": "1"})), ("done",)),
    Transport("busy_date", "繁忙一次，请等到某时", _busy_until, ("done",)),
    Transport("busy_hour", "繁忙，请等一小时", _always(failure(429, "Rate limit reached.", headers={"Retry-After": "3600"})), ("busy",)),
    Transport("unpaid", "额度用完", _always(failure(429, "You exceeded your current quota.", code="insufficient_quota")), ("key",)),
    Transport("down", "一直出错", _always(failure(503, "The server is overloaded.")), ("server",)),
    Transport("down_once", "出错一次", _first(1, failure(500, "Internal error.")), ("done",)),
    Transport("gateway", "网关的出错页", _always(page("<html>502 Bad Gateway</html>", 502)), ("server",)),
    Transport("login", "状态正常的登录页", _always(page(LOGIN)), ("not_an_endpoint",)),
    Transport("moved", "转到别处", _always(Answer(status=307, body=b"", headers={"Location": "http://127.0.0.1:9/v1/chat/completions"})), ("not_an_endpoint",)),
    Transport("garbage", "不是 JSON", _always(Answer(body=b'{"choices": [')), ("not_an_endpoint",)),
    Transport("other_json", "是别的 JSON", _always(Answer(body=b'{"code": 0, "data": null}')), ("not_an_endpoint",)),
    Transport("noise", "中间夹着乱码", _always(Answer(TEXT, noise=b"data: {\"choices\": [\n\n")), ("cut_off", "not_an_endpoint")),
    Transport("error_inside", "流的中间报错", _always(Answer(TEXT, noise=b'data: {"error": {"message": "CUDA out of memory"}}\n\n')), ("cut_off", "not_an_endpoint")),
    Transport("error_200", "状态正常，内容是繁忙", _always(Answer(body=b'{"error": {"message": "rate limited", "code": 429}}')), ("busy", "not_an_endpoint")),
    Transport("too_long", "提示太长", _always(TOO_LONG), ("too_long",)),
    Transport("no_key", "密钥不对", _always(NO_KEY), ("key",)),
    Transport("no_key_later", "半路密钥失效", _only_first(NO_KEY), ("key",), later=True),
    Transport("no_model", "没有这个模型", _always(failure(404, "The model `scripted` does not exist.", code="model_not_found")), ("model",)),
    Transport("no_path", "没有这个路径", _always(page("<html>404 Not Found</html>", 404)), ("not_an_endpoint",)),
    Transport("no_field", "不认得参数", _always(failure(400, "Unrecognized request argument supplied: max_tokens", code="unknown_parameter")), ("refused",)),
)  # fmt: skip
