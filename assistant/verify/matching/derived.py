"""Numbers that a person works out: shares, differences, growth, sums, rests, averages. Recomputed from what the sentence names.

A reading needs a cue, words that say which operation it is (占, 比…少, 合计, 其余, 人均, …率), and operands that the sentence names: its
explained numbers, the nearest first, or figures whose terms stand there without a number. Never any two figures from anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.subjects import BLANK
from assistant.verify.matching.arithmetic import Attempt, Worked
from assistant.verify.matching.changes import adjusted, changed, is_change
from assistant.verify.matching.known import Known
from assistant.verify.matching.operands import TAIL, Amount, Entry, Sentence
from assistant.verify.matching.parts import average, is_share, lost, rate, rest, shared, summed
from assistant.verify.matching.verdict import EXPLAINED, Verdict

_CUES: tuple[Callable[[Entry, Sentence, int], Iterator[Attempt]], ...] = (
    adjusted, shared, changed, lost, summed, rest, average, rate,
)  # fmt: skip
"""Each gives what its cue says the number is, the closest operands first."""
_WAYS = {"up": "增加", "down": "减少"}
_MOST_READINGS, _MOST_SHOWN = 24, 2
_STILL_SPOKEN_OF, _MOST_BEFORE = 2, 20
"""So many sentences before a number may hold what it was worked out of, and so many numbers of them."""


def with_arithmetic(entries: Sequence[Entry], known: Known) -> list[Verdict]:
    """The verdicts of a block's quantities, those that arithmetic explains or contradicts among them; in the same order."""
    if all(_stands(entry) for entry in entries):
        return [entry.verdict for entry in entries]
    verdicts: list[Verdict] = []
    wholes: list[Amount] = []
    past: list[list[Entry]] = []
    for own in _sentences(entries):
        before = [entry for sentence in past[-_STILL_SPOKEN_OF:] for entry in sentence][-_MOST_BEFORE:]
        sentence = Sentence(list(own), known, wholes, before)
        for at, entry in enumerate(sentence.entries):
            if not _stands(entry):
                sentence.entries[at] = entry._replace(verdict=_settled(entry, sentence, at))
            verdicts.append(sentence.entries[at].verdict)
        past.append(sentence.entries)
    return verdicts


def _sentences(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    start = 0
    for at, entry in enumerate(entries):
        if at and BLANK not in entry.before:
            yield entries[start:at]
            start = at
    if entries:
        yield entries[start:]


def _stands(entry: Entry) -> bool:
    """Whether no arithmetic bears on a number."""
    named = entry.verdict
    return named.quoted or named.status == "structural" or entry.mention.value is None or entry.place.alone


def _settled(entry: Entry, sentence: Sentence, at: int) -> Verdict:
    """What stands of a verdict once the sentence's own arithmetic is done.

    Any sensible reading explains a number; only one that leaves no doubt says what should stand there instead.
    """
    named = entry.verdict
    explained = named.status in EXPLAINED
    attempts: list[Attempt] = []
    for attempt in _readings(entry, sentence, at):
        if attempt.worked.agrees(entry.mention, attempt.way):
            sentence.note(attempt.pair, attempt.whole)
            shown = attempt.worked.shown(entry.mention)
            return named if explained else Verdict("derived", attempt.figure, shown, f"{attempt.worked.how}＝{shown}")
        attempts.append(attempt)
    if not attempts:
        return _unread(entry)
    sentence.note(attempts[0].pair, attempts[0].whole)
    return _where_none_agrees(entry, attempts)


def _where_none_agrees(entry: Entry, attempts: Sequence[Attempt]) -> Verdict:
    """A number that is none of what its words may mean: what it should be, where they mean one thing only."""
    named = entry.verdict
    explained, said = named.status in EXPLAINED, _says_so(named, entry)
    doubtless = [attempt.worked for attempt in attempts if attempt.worked.clear]
    if explained and (not doubtless or said):
        return named
    due = doubtless or [attempt.worked for attempt in attempts if not attempt.weak]
    if not due or (not doubtless and named.figure is not None and said):
        return _unread(entry)
    if len({worked.shown(entry.mention) for worked in due}) == 1:
        return _contradicted(entry, due[0])
    if explained:
        return named
    ways = "；".join(dict.fromkeys(f"{worked.how}＝{worked.shown(entry.mention)}" for worked in due[:_MOST_SHOWN]))
    return Verdict("unsupported", None, "", f"按句中所说算不出这个数（{ways}）")


def _readings(entry: Entry, sentence: Sentence, at: int) -> Iterator[Attempt]:
    """What the first cue that finds its operands says."""
    for read in _CUES:
        found = 0
        for found, attempt in enumerate(read(entry, sentence, at), start=1):
            yield attempt
            if found == _MOST_READINGS:
                break
        if found:
            return


def _unread(entry: Entry) -> Verdict:
    """What stands of a number that words say is worked out, but not of what: no plain figure should stand there instead."""
    named = entry.verdict
    if named.status not in ("mismatch", "wrong_scope", "wrong_unit") or not (is_change(entry) or is_share(entry)):
        return named
    if _says_so(named, entry):
        return named
    return Verdict("unsupported", None, "", "按句中所说是算出来的数，但句中没有能用来核算的数")


def _says_so(named: Verdict, entry: Entry) -> bool:
    """Whether the figure that explains a number is itself a share or a change that is said here, or is known by its sentence."""
    figure = named.figure
    if figure is None or figure.subject:
        return True
    return figure.provenance.source == "formula" and any(aspect in entry.before[-TAIL:] for aspect in figure.aspects)


def _contradicted(entry: Entry, worked: Worked) -> Verdict:
    shown = worked.shown(entry.mention)
    if worked.wrong_unit(entry.mention):
        return Verdict("wrong_unit", None, shown, f"单位不对：{worked.how}＝{shown}")
    if worked.agrees(entry.mention):
        way = _WAYS[worked.way]
        return Verdict("mismatch", None, f"{way}{shown}", f"增减方向不对：{worked.how}＝{shown}，应为{way}{shown}")
    return Verdict("mismatch", None, shown, f"按句中所说计算应为{shown}（{worked.how}＝{shown}）")
