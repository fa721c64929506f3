"""Words that say the same although no list has them together: another form of a verb, or a word made of a clause's own characters."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from assistant.guard.lexicon import claims, hedges, name_words, role_words, slot_words, statuses
from assistant.guard.text import tagged, without_small

_OPPOSITE = (
    "增减", "加减", "升降", "涨跌", "高低", "多少", "大小", "长短", "上下", "进出", "入出", "收支", "收付", "收发", "开停", "开关", "开闭", "启停", "存取",
    "借还", "借贷", "买卖", "购售", "授受", "送接", "送收", "交接", "内外", "前后", "早晚", "快慢", "始终", "合分", "立撤", "建拆", "来去", "来致", "来发", "往返", "申审", "报批", "申批", "请批",
)  # fmt: skip
_MEASURES = frozenset("全各每逐均半月日年季周时期级")
"""Characters that say of how many, how often or how far: no word with one is made of other words' characters."""
_LEVELS = frozenset("国省市区县镇乡村")
_ENDINGS = "面性者"
"""What makes a noun of another word."""
_SLACK = 3
_VERBS = ("v", "vn")


def kindred(word: str, other: str) -> bool:
    """Whether two words are forms of one (供养, 抚养; 限制, 有限): a character in common and none against it, neither judged by a list."""
    common = set(word) & set(other)
    if not common or {word, other} & judged_words():
        return False
    rest = ((a, b) for a in set(word) - common for b in set(other) - common)
    return not any(a + b in _OPPOSITE or b + a in _OPPOSITE for a, b in rest)


def form_of(word: str, text: str, lost: str) -> bool:
    """Whether a strange word is a form of a verb that a clause has and the sentence has not."""
    return word not in judged_words() and any(kindred(word, verb) for verb in verbs(text) if verb not in lost)


def verbs(text: str) -> list[str]:
    """The verbs of a text."""
    return [word for word, tag in tagged(text) if tag in _VERBS]


def made_of(word: str, clauses: Iterable[str]) -> bool:
    """Whether a word is put together of one clause's characters, in their order and near one another (受限 of 受名额限制)."""
    core = without_small(word).rstrip(_ENDINGS)
    if not core or set(core) & _MEASURES or set(core) <= _LEVELS or word in judged_words():
        return False
    return any(in_order(core, clause, _SLACK) for clause in clauses)


def in_order(word: str, text: str, slack: int) -> bool:
    """Whether the characters of a word stand in a text in their order, with at most so many others among them."""
    at = text.find(word[0])
    while at >= 0:
        window, found = text[at : at + len(word) + slack], 0
        for char in window:
            found += found < len(word) and char == word[found]
        if found == len(word):
            return True
        at = text.find(word[0], at + 1)
    return False


@cache
def judged_words() -> frozenset[str]:
    """The words that other families judge: they claim, rank, bound, deny, plan, finish, honour, or say who does what."""
    table = statuses()
    words = {word for family in claims().families for group in family.groups for word in group}
    words |= {word for ladder in table.ladders for rung in ladder.rungs for word in rung.words}
    for kept in (table.parts, table.plans, table.negations):
        words |= {*kept.words, *kept.kept, *kept.held}
    words |= {word for line in slot_words().bounds.before for word in line}
    return frozenset(words | {*slot_words().changes, *name_words().honours} | hedges() | role_words())
