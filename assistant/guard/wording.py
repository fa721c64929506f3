"""Turns of phrase that say the same, brought into one form before anything is judged: in the statements and in the sentences alike."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assistant.guard.lexicon import turns
from assistant.patterns import regex

_SLOT = r"\[\[[A-Za-z0-9_.]{1,80}(?::value)?\]\]"
_AT_LEAST = regex(rf"(?:不少于|不低于|不小于)({_SLOT})(?:及?以上)?")
_AT_MOST = regex(rf"(?<!不超过)({_SLOT})(?:以内|及?以下)")
_TARGET = r"(?:年度|全年|年初)?(?:绩效)?(?:指标值|目标值|指标|目标)"
_REACHED = regex(
    rf"[，、]?[并且也]?(没有)?达到了?(?:{_TARGET})?((?:不超过)?{_SLOT}(?:以上)?)的?(?:{_TARGET}(?:要求)?|要求)"
)
"""A target told in one clause with its value: 没有达到不超过□的年度指标值."""
_YEARLY = "年度指标值"
_CAUSE_BEFORE = regex(r"([^，；。□\[\]]{4,40})是(?:其|造成这一情况的|出现这一情况的)?最?主要的?原因(?![是为：])")
_CAUSES_BEFORE = regex(
    r"^([^；。□\[\]]{4,80}?)，(?:这也?|此)?是(?:其|造成这一情况的|出现这一情况的)?主要的?原因(?![是为：])"
)
"""A cause told before the words that say so: 甲，这是主要原因."""
_ENTRUSTED = regex(r"(?:(?<=[，；。])|^)([^，；。\[\]]{2,16}?)受([^，；。\[\]]{2,16}?)(?:的)?委托，?")
_BY_ORDER = regex(r"(?:(?<=[，；。])|^)受([^，；。\[\]]{2,16}?)(?:的)?委托，?(?=[\u4e00-\u9fff]{2})")
"""Who was asked told before who asked (乙受甲委托), which is 甲委托乙."""


@lru_cache(maxsize=4096)
def one_form(raw: str, *, targets: bool = False) -> str:
    """The text with each turn of phrase in the form by which it is judged; slots stay as they are.

    `targets` says that its point tells figures beside their targets (年度指标值): there 达到□的目标 is the target's value and 达到目标.
    """
    text = _spellings().sub(lambda m: _form_of()[m[0]], raw)
    text = _AT_MOST.sub(r"不超过\1", _AT_LEAST.sub(r"\1以上", text))
    text = _CAUSE_BEFORE.sub(r"主要原因是\1", _CAUSES_BEFORE.sub(r"主要原因是\1", text))
    text = _ENTRUSTED.sub(r"\2委托\1", _BY_ORDER.sub(r"\1委托", text))
    return _REACHED.sub(_target_apart, text) if targets else text


def tells_targets(text: str) -> bool:
    """Whether a statement tells a figure beside its target."""
    return _YEARLY in text


def _target_apart(m: re.Match[str]) -> str:
    return f"，{_YEARLY}{m[2]}，{m[1] or ''}达到目标"


@cache
def _form_of() -> dict[str, str]:
    """Each turn of phrase with the form to which it is brought."""
    return {other: line[0] for line in turns() for other in line[1:]}


@cache
def _spellings() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_form_of(), key=len, reverse=True))))
