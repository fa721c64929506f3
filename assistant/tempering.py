"""What the materials praise and the figures contradict is not handed on to a drafter: the clause goes, its facts' clauses stay.

Nothing is put in its place, and every clause that went is told, so that a person can correct the material or the figure.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate

from assistant.documents import Block, Text
from assistant.findings import Finding
from assistant.intake import Case, Passage, Sentence
from assistant.scorecard import Scorecard
from assistant.verify import contradicted

_COMMA = "，"


def tempered(case: Case, card: Scorecard) -> tuple[Case, list[Finding]]:
    """The case without the clauses of its materials that its own figures contradict, and a warning for each."""
    passages: list[Passage] = []
    told: list[Finding] = []
    for file in dict.fromkeys(passage.file for passage in case.passages):
        mine = [passage for passage in case.passages if passage.file == file]
        wrong = _wrong(file, mine, card, case)
        for at, passage in enumerate(mine):
            kept = []
            for number, sentence in enumerate(passage.sentences):
                findings = wrong.get((at, number), [])
                told += [_finding(passage, finding) for _, finding in findings]
                left = _without(sentence, [place for place, _ in findings]) if findings else sentence
                kept += [left] if left is not None else []
            passages.append(replace(passage, sentences=tuple(kept)))
    return (replace(case, passages=tuple(passages)), told) if told else (case, [])


def _wrong(
    file: str, passages: list[Passage], card: Scorecard, case: Case
) -> dict[tuple[int, int], list[tuple[int, Finding]]]:
    """(passage, sentence) -> the contradicted words in it: where they begin, and the finding."""
    words: list[str] = []
    blocks: list[Block] = []
    owners: dict[int, tuple[int, int]] = {}
    trail: tuple[str, ...] = ()
    at = 0
    for number, passage in enumerate(passages):
        lines = (
            [(heading, level, -1) for level, heading in enumerate(passage.headings, 1)]
            if passage.headings != trail
            else []
        )
        trail = passage.headings
        for text, level, sentence in (*lines, *((s.text, 0, n) for n, s in enumerate(passage.sentences))):
            owners |= {at: (number, sentence)} if sentence >= 0 else {}
            blocks.append(Block("heading" if level else "paragraph", at, at + len(text), level=min(level, 9)))
            words.append(text)
            at += len(text) + 1
    starts = sorted(owners)
    found: dict[tuple[int, int], list[tuple[int, Finding]]] = {}
    for finding in contradicted(Text(file, "".join(f"{line}\n" for line in words), tuple(blocks)), card, case):
        index = bisect_right(starts, finding.start) - 1
        if index >= 0:
            found.setdefault(owners[starts[index]], []).append((finding.start - starts[index], finding))
    return found


def _without(sentence: Sentence, places: list[int]) -> Sentence | None:
    """The sentence without the clauses at these places; None where no number is left, or its clauses cannot be told apart."""
    clauses, slotted = sentence.text.split(_COMMA), sentence.slotted.split(_COMMA)
    if len(clauses) != len(slotted):
        return None
    starts = [0, *accumulate(len(clause) + 1 for clause in clauses)]
    gone = {bisect_right(starts, place) - 1 for place in places}
    kept = [n for n in range(len(clauses)) if n not in gone]
    if not kept or not any("[[" in slotted[n] for n in kept):
        return None
    ending = sentence.text[-1] if sentence.text[-1:] in "。；！" else ""
    text, slots = (_COMMA.join(pieces[n] for n in kept).rstrip("。；！") + ending for pieces in (clauses, slotted))
    return Sentence(text, slots, tuple(id for id in sentence.figures if f"[[{id}" in slots))


def _finding(passage: Passage, finding: Finding) -> Finding:
    where = f"{passage.file} {passage.place}"
    message = f"{where}“{finding.quote}”：{finding.expected}。起草时没有采用这一句中的评价；请更正材料，或核对数据。"
    return Finding("tone", "warning", message, quote=finding.quote, expected=finding.expected)
