"""What a figure or a claim reaches over: the circle, the level and the time of its own statement, and no other."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guard.fault import Fault
from assistant.guard.matter import REACHES, SURE, Mate, Matter
from assistant.guard.text import Clause, Text
from assistant.patterns import regex

_LEVELS = (*REACHES, "国家级", "省级", "市级", "区级", "县级", "街道级", "社区级", "镇级", "村级")
_PERIODS = (
    regex(r"当年|全年|年内|本年|今年"),
    regex(r"累计|以来|历年|迄今|至今|已有"),
    regex(r"每月|月均|按月|逐月"),
    regex(r"每季|季均|按季|逐季"),
    regex(r"每周|周均|按周|逐周"),
    regex(r"每[日天]|日均|按[日天]|逐[日天]"),
    regex(r"每年|年均|按年|逐年"),
    regex(r"上半年"),
    regex(r"下半年"),
)
"""Spans of time that a figure may be of; those of one pattern mean the same."""
_DATE = regex(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?[底末初]?")
_FROM = frozenset("起后")
"""From a day on; all else, the bare day among it, is until then."""
_BOUND = regex(r"[起止]|[以之]?前|[以之]后")


def reach(matter: Matter) -> Iterator[Fault]:
    """Circles, levels and years that are not those of the clause's statement."""
    for number, text in enumerate(matter.sentences):
        for clause in text.clauses:
            sure = [mate for mate in matter.mates(clause) if mate.share >= SURE]
            yield from _level(matter, number, text, clause, sure)
            yield from _period(matter, number, text, clause)
        yield from _bound(matter, number, text)


def _level(matter: Matter, number: int, text: Text, clause: Clause, sure: list[Mate]) -> Iterator[Fault]:
    """Another circle or level than the statement's: 全省 for 全市, 市级 for 区级."""
    if not sure:
        return
    rests = "\n".join(mate.statement.blank for mate in sure) + matter.known_to([mate.statement.id for mate in sure])
    closest = max(mate.share for mate in sure)
    near = "\n".join(mate.clause.text for mate in sure if mate.share == closest)
    for word in _LEVELS:
        if word not in clause.text or word in near:
            continue
        gone = [other for other in _LEVELS if other in near and other not in text.blank]
        if word not in rests or gone:
            meant = f"原句是“{gone[0]}”" if gone else "原句没有这样说"
            yield Fault("claim", number, word, f"“{word}”的范围不对，{meant}，请照原句写。", sure[0].statement.id)


def _period(matter: Matter, number: int, text: Text, clause: Clause) -> Iterator[Fault]:
    """A figure of one span of time told as that of another: what has been running up as this year's, a year's as a month's."""
    mates = matter.closest(clause)
    here = {n: m[0] for n, span in enumerate(_PERIODS) if (m := span.search(clause.text))}
    meant = [{n for n, span in enumerate(_PERIODS) if span.search(mate.clause.text)} for mate in mates]
    if not here or not mates or not all(meant) or any(here.keys() & own for own in meant):
        return
    if any(_PERIODS[n].search(mate.statement.blank) for n in here for mate in mates) and not clause.slots:
        return
    word = next(iter(here.values()))
    message = f"“{word}”和原句“{mates[0].clause.text}”说的时间不同，请照原句写。"
    yield Fault("wrong_period", number, word, message, mates[0].statement.id)


def _bound(matter: Matter, number: int, text: Text) -> Iterator[Fault]:
    """A day from or until which something is, where the statement has it the other way, or has the day alone."""
    for date in _DATE.finditer(text.blank):
        meant = {
            _after(statement.blank, m.end())
            for statement in matter.statements
            for m in _DATE.finditer(statement.blank)
            if m[0] == date[0]
        }
        here = _after(text.blank, date.end())
        if meant and here and all((here in _FROM) != (own in _FROM) for own in meant):
            yield Fault("wrong_period", number, date[0] + here, f"“{date[0]}{here}”和原句说的时间不同，请照原句写。")


def _after(text: str, at: int) -> str:
    """The last character of the bound that follows a date: 起, 止, 前, 后."""
    found = _BOUND.match(text, at)
    return found[0][-1] if found else ""
