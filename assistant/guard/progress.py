"""Statuses: nothing stands further on than its statement has it, and 未, 部分 and 计划 stay."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from assistant.guard.fault import WHOLE, Fault
from assistant.guard.lexicon import AHEAD, Finder, statuses
from assistant.guard.lists import Kept, Ladder
from assistant.guard.matter import Mate, Matter
from assistant.guard.text import Clause, Text, widened
from assistant.patterns import regex

Keeping = Literal["negations", "parts", "plans"]
_KEEPINGS: tuple[Keeping, ...] = ("negations", "parts", "plans")
_SURE = 0.5
"""From here on a clause answers for a sentence's clause alone; below, its whole statement does."""
_COMPLETED = "完成"
_PART_DONE = 4
"""The rung from which something was finished."""
_UNSAID = 3
"""A rung from which a status must be said where the statement has no status at all."""
_GOING_ON = regex(r"仍在|正在|尚在|还在")
_DONE = regex(r"已经?|业已|现已|了(?=$|□)")
_PAST = regex(r"已经?|业已|现已|(?<![为除])了(?![解结断却事然])")
_ASKED, _ASKING = regex(r"(?:申请|提请|报请)([\u4e00-\u9fff]{2})"), ("申请", "提请", "报请", "请求")
_AIM = regex(r"^(?:改进措施|整改措施|下一步|今后)")
_REACHED = regex(r"([\u4e00-\u9fff]{2})了(?![解结断却事然])")
_TOWARDS = ("为", "为了", "以", "有利于", "有助于", "力争", "争取", "旨在")


def progress(matter: Matter) -> Iterator[Fault]:
    """Statuses raised, negations added, and negations, parts and plans that were dropped."""
    for number, text in enumerate(matter.sentences):
        for at, clause in enumerate(text.clauses):
            mates = matter.mates(clause)
            rests = [s for s in matter.statements if s.id in matter.tells(text)[at]]
            for ladder in statuses().ladders:
                yield from _raised(number, clause, mates, rests, ladder, matter.ground.genre in AHEAD)
            yield from _negated(number, clause, mates, rests)
            yield from _done(number, clause, mates, matter.ground.genre in AHEAD)
            yield from _reached(number, clause, rests)
            yield from _granted(number, text, clause, mates)
            yield from _only_planned(number, clause, mates, matter.ground.genre in AHEAD)
    yield from _dropped(matter)


def _raised(
    number: int, clause: Clause, mates: list[Mate], rests: list[Text], ladder: Ladder, ahead: bool
) -> Iterator[Fault]:
    said = _steps(ladder.name).find(clause.text)
    if not said:
        return
    own = [mate.clause.text for mate in mates if mate.share == 1 or _steps(ladder.name).find(mate.clause.text)]
    held = own or [statement.blank for statement in rests]
    top = max((_rung(ladder, word) for text in held for word, _ in _steps(ladder.name).find(text)), default=-1)
    for word, _ in said:
        rung = _rung(ladder, word)
        aim_or_done = (ahead and word in ladder.ahead) or (not ahead and word == _COMPLETED and _counted(mates))
        if aim_or_done or rung <= top or any(word in text for text in held) or (top < 0 and rung <= _UNSAID):
            continue
        words = "、".join(dict.fromkeys(f"“{w}”" for t in held for w, _ in _steps(ladder.name).find(t))) or "没有这类词"
        message = f"“{word}”说到了“{ladder.rungs[rung].name}”，原句是{words}：进度不能写高，请照原句。"
        yield Fault("claim", number, word, message, rests[0].id if rests else "")


def _counted(mates: list[Mate]) -> bool:
    """Whether what the statement counts was done: a figure without a word of plans, and without one that says it goes on."""
    return any(mate.share == 1 for mate in mates) and not any(
        _to_come(mate) or _words("negations", mate.clause.text) or _words("parts", mate.clause.text) for mate in mates
    )


def _rung(ladder: Ladder, word: str) -> int:
    return max(n for n, rung in enumerate(ladder.rungs) if word in rung.words)


def _negated(number: int, clause: Clause, mates: list[Mate], rests: list[Text]) -> Iterator[Fault]:
    """Negations that the statement has not."""
    said = _words("negations", clause.text)
    sure = [mate.clause.text for mate in mates if mate.share >= _SURE]
    wholes = [statement.blank for statement in rests]
    denied = clause.text.partition(said[0])[2][:2] if said else ""
    if len(denied) == 2 and any(
        _words("negations", text.partition(denied)[0][-3:]) for text in wholes if denied in text
    ):
        return
    if (
        said
        and not any(said[0] in text for text in wholes)
        and not any(_words("negations", text) for text in sure or wholes)
    ):
        yield Fault("claim", number, said[0], f"“{said[0]}”把原句的意思反过来了，原句没有否定，请照原句写。")


def _done(number: int, clause: Clause, mates: list[Mate], ahead: bool) -> Iterator[Fault]:
    """已 put to what the statement has still to come; 了 too, where it only tells what is to be done."""
    aims = mates and all(ahead or _AIM.search(mate.statement.blank) for mate in mates)
    found = (_PAST if aims else _DONE).search(clause.text)
    if not found or not mates or (not aims and _still_planned(clause.text)):
        return
    planned = [mate for mate in mates if (aims or _to_come(mate)) and not _PAST.search(mate.statement.blank)]
    if len(planned) == len(mates):
        message = f"“{found[0]}”把原句还没有做完的写成做了的，请照原句写。"
        yield Fault("claim", number, clause.text, message, planned[0].statement.id)


def _granted(number: int, text: Text, clause: Clause, mates: list[Mate]) -> Iterator[Fault]:
    """What a statement only asks for (申请收回), told as done."""
    if any(word in text.blank for word in _ASKING):
        return
    for mate in mates:
        asked = _ASKED.search(mate.clause.text) if mate.share >= _SURE else None
        if asked and asked[1] in clause.text:
            message = f"原句只是“{asked[0]}”，这里写成了已经办成，请照原句写。"
            yield Fault("claim", number, clause.text, message, mate.statement.id)


def _only_planned(number: int, clause: Clause, mates: list[Mate], ahead: bool) -> Iterator[Fault]:
    """计划 or 拟 put to what its statement has as done."""
    said = next((word for word, _ in _planning().find(clause.text)), "")
    sure = [mate for mate in mates if mate.share >= _SURE]
    if not said or ahead or not sure or not all(_is_done(mate.clause.text) for mate in sure):
        return
    if not any(_words("plans", mate.clause.text) for mate in sure):
        message = f"“{said}”把原句已经做了的写成还没有做的，请照原句写。"
        yield Fault("claim", number, clause.text, message, sure[0].statement.id)


def _still_planned(text: str) -> bool:
    """Whether 已 stands by what says that it is still to come: 已计划, 已在办理."""
    return _GOING_ON.search(text) is not None or any(word not in _TOWARDS for word in _words("plans", text))


def _reached(number: int, clause: Clause, rests: list[Text]) -> Iterator[Fault]:
    """What a statement only aims at (为破解难题), told as reached (破解了难题)."""
    for m in _REACHED.finditer(clause.text):
        if any(towards + m[1] in statement.blank for statement in rests for towards in _TOWARDS):
            yield Fault("claim", number, m[0], f"“{m[0]}”在原句里只是目的，不能写成已经做到，请照原句写。")


def _to_come(mate: Mate) -> bool:
    """Whether what a statement's clause says is still planned, or still going on; what is done need not be planned because the next step is."""
    planned = _kept_in("plans", mate.clause.text if _is_done(mate.clause.text) else mate.statement.blank)
    return bool(planned or _GOING_ON.search(mate.clause.text))


def _is_done(text: str) -> bool:
    """Whether a clause says that something was finished, in part or whole."""
    ladder = statuses().ladders[0]
    return any(_rung(ladder, word) >= _PART_DONE for word, _ in _steps(ladder.name).find(text))


def _dropped(matter: Matter) -> Iterator[Fault]:
    """Negations, parts and plans of a statement that its sentences do not keep."""
    said = [(n, text, clause) for n, text in enumerate(matter.sentences) for clause in text.clauses]
    mates = [(n, text, clause, matter.mates(clause)) for n, text, clause in said]
    for statement in matter.must:
        for own in statement.clauses:
            shares = [
                (max((m.share for m in found if m.clause is own), default=0), n, t, c) for n, t, c, found in mates
            ]
            tellers = [(n, t, c) for share, n, t, c in sorted(shares, key=lambda one: -one[0]) if share]
            for keeping in _KEEPINGS:
                if _kept_in(keeping, own.text):
                    yield from _unkept(matter, statement, own, keeping, tellers)


def _unkept(
    matter: Matter, statement: Text, own: Clause, keeping: Keeping, tellers: list[tuple[int, Text, Clause]]
) -> Iterator[Fault]:
    word = _kept_in(keeping, own.text)[0]
    if not tellers:
        if keeping != "parts" and not any(_says(keeping, own, text) for text in matter.sentences):
            message = f"没有写到“{own.text}”，须照原意写出，“{word}”要保留。"
            yield Fault("missing", WHOLE, own.text, message, statement.id)
        return
    least = len(_kept_in(keeping, own.text)) if keeping == "negations" else 1
    if any(len(_words(keeping, clause.text)) >= least for _, _, clause in tellers):
        return
    number, text, clause = tellers[0]
    need = sum(bool(_kept_in(keeping, mate.clause.text)) for c in text.clauses for mate in matter.mates(c)[:1])
    if len(_words(keeping, text.blank)) < max(least, need):
        yield Fault("claim", number, clause.text, f"原句有“{word}”，这里没有了，意思变了，请保留。", statement.id)


def _says(keeping: Keeping, own: Clause, text: Text) -> bool:
    """Whether a sentence says most of the clause, and keeps its word."""
    shared = len(own.core & widened(text.blank))
    return bool(_words(keeping, text.blank)) and shared >= _SURE * len(own.core)


def _kept_in(keeping: Keeping, text: str) -> list[str]:
    """The words of a statement's clause that must stay."""
    entry = _entry(keeping)
    wanted = set(entry.kept or entry.words)
    return [word for word, _ in _finder(keeping).find(text) if word in wanted]


def _words(keeping: Keeping, text: str) -> list[str]:
    """The words of a text that keep it."""
    entry = _entry(keeping)
    wanted = {*entry.held, *entry.words, *entry.kept}
    return [word for word, _ in _finder(keeping).find(text) if word in wanted]


def denies(text: str) -> bool:
    """Whether a clause denies something, or tells that it lacks."""
    return bool(_words("negations", text))


def _entry(keeping: Keeping) -> Kept:
    table = statuses()
    return {"negations": table.negations, "parts": table.parts, "plans": table.plans}[keeping]


@cache
def _steps(name: str) -> Finder:
    ladder = next(one for one in statuses().ladders if one.name == name)
    return Finder((word for rung in ladder.rungs for word in rung.words), ladder.unless)


@cache
def _planning() -> Finder:
    """Finds the words of the first rung: what they stand by is still to come."""
    ladder = statuses().ladders[0]
    return Finder((word for word in ladder.rungs[0].words if len(word) > 1), (*ladder.unless, *statuses().plans.unless))


@cache
def _finder(keeping: Keeping) -> Finder:
    entry = _entry(keeping)
    return Finder((*entry.words, *entry.kept, *entry.held), entry.unless)
