"""Numbers that a person works out: shares, differences, growth, sums, rests, averages. Recomputed from what the sentence names.

A reading needs a cue, words that say which operation it is (占, 比…少, 合计, 其余, 人均, …率), and operands that the sentence names: its
explained numbers, the nearest first, or figures whose terms stand there without a number. Never any two figures from anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.subjects import BLANK
from assistant.verify.matching.arithmetic import Worked
from assistant.verify.matching.changes import changed
from assistant.verify.matching.known import Known
from assistant.verify.matching.operands import TAIL, Amount, Entry, Sentence
from assistant.verify.matching.parts import average, lost, rate, rest, shared, summed
from assistant.verify.matching.verdict import EXPLAINED, Verdict

_CUES: tuple[Callable[[Entry, Sentence, int], Iterator[tuple[Worked, str]]], ...] = (
    shared, changed, summed, rest, average, lost, rate,
)  # fmt: skip
"""Each gives what its cue says the number is, the closest operands first, and the way (up, down) that its verb says it goes."""
_WAYS = {"up": "增加", "down": "减少"}


def with_arithmetic(entries: Sequence[Entry], known: Known) -> list[Verdict]:
    """The verdicts of a block's quantities, those that arithmetic explains or contradicts among them; in the same order."""
    verdicts: list[Verdict] = []
    wholes: list[Amount] = []
    before: Sequence[Entry] = ()
    for own in _sentences(entries):
        sentence = Sentence(list(own), known, wholes, before)
        for at, entry in enumerate(sentence.entries):
            verdict = _settled(entry, sentence, at)
            sentence.entries[at] = replace(entry, verdict=verdict)
            verdicts.append(verdict)
        before = sentence.entries
    return verdicts


def _sentences(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    start = 0
    for at, entry in enumerate(entries):
        if at and BLANK not in entry.before:
            yield entries[start:at]
            start = at
    if entries:
        yield entries[start:]


def _settled(entry: Entry, sentence: Sentence, at: int) -> Verdict:
    """What stands of a verdict once the sentence's own arithmetic is done."""
    named = entry.verdict
    if named.quoted or named.status == "structural" or entry.mention.value is None or entry.place.alone:
        return named
    explained = named.status in EXPLAINED
    first: Worked | None = None
    for worked, way in _readings(entry, sentence, at):
        if worked.agrees(entry.mention, way):
            shown = worked.shown(entry.mention)
            return named if explained else Verdict("derived", None, shown, f"{worked.how}＝{shown}")
        if first is None or (worked.clear and not first.clear):
            first = worked
    if first is None or (explained and (not first.clear or _says_so(named, entry))):
        return named
    return named if not first.clear and named.figure is not None else _contradicted(entry, first)


def _readings(entry: Entry, sentence: Sentence, at: int) -> Iterator[tuple[Worked, str]]:
    """What the first cue that finds its operands says."""
    for read in _CUES:
        if found := list(read(entry, sentence, at)):
            yield from found
            return


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
