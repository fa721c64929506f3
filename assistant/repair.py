"""A section drafted by a model, under guard: asked, judged, repaired at most twice, then replaced by the reference's own sentences.

Nothing here trusts the model. Each sentence is held against its point (`guard`), and once more, with its slots filled, against the
case (`verify`, which has never heard of slots). What fails is asked for again with the very words that may be used; what fails
twice is left out, and the statements that it should have told are put back as the offline drafter wrote them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.briefs.brief import Brief
from assistant.documents import Block, Text
from assistant.drafting import Author, DraftSection, DraftSentence
from assistant.drafting.asking import correction, opening, prompts_used
from assistant.drafting.assignments import Assignment, Planned, Point, assignments, planned, rebuilt
from assistant.drafting.reply import by_point, wrapping
from assistant.errors import ModelError
from assistant.guard import Fault, Ground, judge, told, untold
from assistant.indicators import label_of
from assistant.intake import Case
from assistant.models import Asked, Message
from assistant.scorecard import Scorecard
from assistant.slots import fill, slots
from assistant.tally import Tally
from assistant.verify import check_against_case

ROUNDS = 2
"""So often a paragraph is asked for again."""
_MOST = 900
"""Characters of statements a call; a small model's prompt holds fewer."""
_PROMPT_SHARE = 4
"""The statements take a quarter of what a prompt may hold: the rest is for the slots, the exemplars and the rules."""
_SMALLER = frozenset({"cut_off", "empty", "too_long", "filtered", "timeout"})
"""Faults that fewer points a call may avoid."""

Look = Callable[[Assignment], Sequence[tuple[str, str]]]
"""Exemplar passages for an assignment: (as shown, as stored)."""


def by_guard(point: Point, sentences: Sequence[str], ground: Ground, _: Desk) -> list[Fault]:
    """What the statements of the point do not bear."""
    return judge(point, sentences, ground)


def by_case(point: Point, sentences: Sequence[str], _: Ground, desk: Desk) -> list[Fault]:
    """The finished sentences as a stranger reads them: every number explained, no praise that the figures contradict.

    Nothing is said of a sentence that is the reference's own, word for word: it would be put back in its own place. Nor of
    another year that the reference has itself, as the date by which a measure is due.
    """
    ledger, words, starts, own = desk.card.ledger, "", [], {statement.text for statement in point.must}
    for sentence in sentences:
        starts.append(len(words))
        words += fill(sentence, ledger, lambda id: label_of(id, desk.case.framework))[0]
    if not words:
        return []
    text = Text("正文", words + "\n", (Block("paragraph", 0, len(words), number=1),))
    check = check_against_case(text, desk.card, whole=False, case=desk.case)
    found = []
    for finding in check.findings:
        if finding.severity == "info" or finding.end <= finding.start:
            continue
        at = max(n for n, start in enumerate(starts) if start <= finding.start)
        quote = words[finding.start : finding.end]
        if sentences[at] in own or (finding.code == "year" and any(quote in text for text in own)):
            continue
        found.append(Fault(finding.code, at, quote, finding.message))
    return found


Judge = Callable[[Point, Sequence[str], Ground, "Desk"], list[Fault]]
JUDGES: tuple[Judge, ...] = (by_guard, by_case)
"""All of them; a draft for people is never judged by fewer. An evaluation leaves one out to see what it is worth."""


@dataclass(frozen=True)
class Desk:
    """All that the sections of one draft share: the case, the model, the exemplars, and the count of what happened.

    `seconds` for all of it; `tell(done, total)` counts calls; `on_text` gets what the model writes as it comes, unjudged.
    """

    case: Case
    card: Scorecard
    chat: Asked
    look: Look
    tally: Tally
    seconds: float = 3600
    tell: Callable[[int, int], None] = lambda done, total: None
    on_text: Callable[[str], None] | None = None
    judges: tuple[Judge, ...] = JUDGES


async def written(briefs: Sequence[tuple[Brief, DraftSection]], desk: Desk) -> list[DraftSection]:
    """The sections of these briefs as the model wrote them under guard; each beside its reference, in order.

    What is not written when `desk.seconds` are over, or when the endpoint has failed for good, stays as the reference has it.
    """
    most = min(_MOST, desk.chat.context_chars // _PROMPT_SHARE)
    plans = [planned(brief, reference) for brief, reference in briefs]
    asked = [
        (number, asyncio.create_task(_assignment(brief, assignment, desk)))
        for number, ((brief, _), plan) in enumerate(zip(briefs, plans, strict=True))
        for assignment in assignments(brief, plan, most)
    ]
    made: list[dict[str, tuple[DraftSentence, ...]]] = [{} for _ in briefs]
    try:
        async with asyncio.timeout(desk.seconds):
            for done, task in enumerate(asyncio.as_completed([task for _, task in asked]), 1):
                await task
                desk.tell(done, len(asked))
    except TimeoutError:
        desk.tally.fail(ModelError("timeout", f"起草超过{desk.seconds:.0f}秒的总时限，已停止。"))
    finally:
        for _, task in asked:
            task.cancel()
    for number, task in asked:
        if task.done() and not task.cancelled():
            made[number] |= task.result()
    return [_section(reference, plan, points) for (_, reference), plan, points in zip(briefs, plans, made, strict=True)]


def _section(
    reference: DraftSection, plan: Sequence[Planned], made: dict[str, tuple[DraftSentence, ...]]
) -> DraftSection:
    """The section with what was written of it, and the prompts that asked for it; the reference itself where nothing was."""
    if not made:
        return reference
    return replace(rebuilt(reference, plan, made), prompts=(*reference.prompts, *prompts_used()))


async def _assignment(brief: Brief, assignment: Assignment, desk: Desk) -> dict[str, tuple[DraftSentence, ...]]:
    """Point id -> its sentences; without the points for which the model gave nothing that could be used."""
    if desk.tally.stopped:
        return {}
    passages = list(desk.look(assignment))
    try:
        messages = _fitting(assignment, brief, passages, desk)
        text = await _ask(messages, sum(p.length for p in assignment.points), desk)
    except ModelError as error:
        if error.kind in _SMALLER and len(assignment.points) > 1:
            halves = [replace(assignment, points=(point,)) for point in assignment.points]
            found = await asyncio.gather(*(_assignment(brief, half, desk) for half in halves))
            return {id: sentences for points in found for id, sentences in points.items()}
        desk.tally.fail(error)
        return {}
    ground = _ground(brief, assignment, passages)
    if marks := wrapping(text):
        desk.tally.faults["markup"] += marks
    replies = by_point(text, assignment.points)
    points = await asyncio.gather(*(
        _point(point, replies[point.id], brief, ground, desk)
        for point in assignment.points
    ))  # fmt: skip
    return {point.id: made for point, made in zip(assignment.points, points, strict=True) if made}


def _fitting(assignment: Assignment, brief: Brief, passages: list[tuple[str, str]], desk: Desk) -> list[Message]:
    """The request with as many of the exemplar passages as the model's context holds; the others are taken off the list.

    Raises:
        ModelError: it is too long without any.
    """
    while True:
        messages = opening(assignment, brief, desk.card.ledger, [shown for shown, _ in passages])
        if sum(len(message.content) for message in messages) <= desk.chat.context_chars:
            return messages
        if not passages:
            raise ModelError("too_long", f"模型的上下文只有{desk.chat.context_chars}字，放不下一个要点的资料。")
        passages.pop()


async def _ask(messages: Sequence[Message], length: int, desk: Desk) -> str:
    """A finished answer; its cost is counted.

    Raises:
        ModelError: there is none.
    """
    reply = await desk.chat.ask(messages, most_chars=2 * length + 200, on_text=desk.on_text)
    desk.tally.usage += reply.usage
    return reply.text


async def _point(
    point: Point, first: tuple[str, ...], brief: Brief, ground: Ground, desk: Desk
) -> tuple[DraftSentence, ...]:
    """The point's sentences: the model's as far as they pass, the reference's for the rest. () where none of the model's passes."""
    said, faults = first, _faults(point, first, ground, desk)
    desk.tally.faults.update(fault.code for fault in faults)
    for _ in range(ROUNDS):
        if not faults or desk.tally.stopped:
            break
        asked = correction(point, "".join(said), [fault.message for fault in faults], brief, desk.card.ledger)
        try:
            again = await _ask(asked, point.length, desk)
        except ModelError as error:
            desk.tally.fail(error)
            break
        better = by_point(again, (point,))[point.id]
        for tried in dict.fromkeys((_patched(point, said, faults, better, ground), better)):
            left = _faults(point, tried, ground, desk)
            if len(left) < len(faults):
                said, faults = tried, left
    return _merged(point, said, first, faults, ground, desk.tally)


def _patched(
    point: Point, said: Sequence[str], faults: Sequence[Fault], better: Sequence[str], ground: Ground
) -> tuple[str, ...]:
    """The sentences that nothing was found against, and of the new ones those that tell what they leave untold, in the order of the statements."""
    spoiled = {fault.sentence for fault in faults}
    kept = [sentence for n, sentence in enumerate(said) if n not in spoiled]
    missing = untold(point, kept, ground)
    new = [sentence for sentence, ids in zip(better, told(point, better), strict=True) if missing.intersection(ids)]
    order = {statement.id: n for n, statement in enumerate(point.must)}
    placed: list[tuple[int, str]] = []
    for group in (kept, [sentence for sentence in new if sentence not in kept]):
        place = 0
        for sentence, ids in zip(group, told(point, group), strict=True):
            place = max([place, *(order[id] for id in ids if id in order)])
            placed.append((place, sentence))
    return tuple(sentence for _, sentence in sorted(placed, key=lambda item: item[0]))


def _faults(point: Point, sentences: Sequence[str], ground: Ground, desk: Desk) -> list[Fault]:
    """What the judges have against these sentences; a sentence that one found a fault in is not shown to the next."""
    found: list[Fault] = []
    for judged in desk.judges:
        spoiled = {fault.sentence for fault in found}
        found += [fault for fault in judged(point, sentences, ground, desk) if fault.sentence not in spoiled]
    return found


def _merged(
    point: Point, said: Sequence[str], first: Sequence[str], faults: Sequence[Fault], ground: Ground, tally: Tally
) -> tuple[DraftSentence, ...]:
    """The sentences that passed, and the reference's for every statement that they leave untold, in its place."""
    tells = told(point, said)
    kept, missing = _kept(point, said, {fault.sentence for fault in faults}, ground)
    tally.replaced += len(said) - len(kept)
    if not kept:
        return ()
    order = {statement.id: n for n, statement in enumerate(point.must)}
    original = set(first)
    made: list[tuple[int, DraftSentence]] = []
    sources = {s.id: s.sources for s in (*point.must, *point.may)}
    place = -1
    for n in kept:
        author: Author = "model" if said[n] in original else "repaired"
        tally.passed += author == "model"
        tally.repaired += author == "repaired"
        place = max([place, *(order[id] for id in tells[n] if id in order)])
        own = dict.fromkeys(source for id in sorted(tells[n]) for source in sources.get(id, ()))
        made.append((place, DraftSentence(said[n], author, tuple(own))))
    for statement in point.must:
        if statement.id in missing:
            made.append((order[statement.id], DraftSentence(statement.text, "offline", statement.sources)))
    return tuple(sentence for _, sentence in sorted(made, key=lambda item: item[0]))


def _kept(point: Point, said: Sequence[str], spoiled: set[int], ground: Ground) -> tuple[list[int], set[str]]:
    """The sentences that stay, and the statements that they leave untold.

    A dropped sentence takes what it told with it. What the reference then tells again is not told twice: a sentence of nothing
    else, or with a figure of it, goes too.
    """
    tells, figures = told(point, said), [{slot.id for slot in slots(sentence)} for sentence in said]
    kept: list[int] = []
    for n in range(len(said)):
        before = set[str]().union(*(figures[m] for m in kept))
        if n not in spoiled and tells[n] and not (figures[n] and figures[n] <= before):
            kept.append(n)
    missing: set[str] = set()
    while kept:
        used = set[str]().union(*(figures[n] for n in kept))
        missing |= untold(point, [said[n] for n in kept], ground)
        missing |= {s.id for s in point.must if not used.issuperset(s.figures)}
        again = {id for s in point.must if s.id in missing for id in s.figures}
        left = [n for n in kept if not set(tells[n]) <= missing and not figures[n] & again]
        if left == kept:
            break
        kept = left
    return kept, missing


def _ground(brief: Brief, assignment: Assignment, passages: Sequence[tuple[str, str]]) -> Ground:
    """What every point of the section may use: the names of the unit, headings, tasks and fields; and what it may not copy."""
    words = (brief.heading, assignment.heading, *(item.name for item in brief.items), *(t.label for t in brief.topics))
    shown = tuple(text for passage in passages for text in passage)
    return Ground(
        brief.we, brief.unit, brief.own_names, brief.year, assignment.genre, tuple(filter(None, words)), shown
    )
