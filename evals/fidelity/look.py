"""A finished draft looked into: who wrote its sentences, which planted slips stand in it, which of its numbers nothing explains."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from assistant.models import Usage
from assistant.numbers import find_numbers
from assistant.report.assemble import FilledSentence
from assistant.slots import slots
from evals.authored import Prepared
from evals.drafts import Draft
from evals.endpoint.personas.planted import Planted

PASSED, REPAIRED, REPLACED = "passed", "repaired", "replaced"
OUTCOMES = (PASSED, REPAIRED, REPLACED)
OF_NUMBERS = frozenset({
    "mismatch", "misattributed", "wrong_unit", "wrong_period", "wrong_scope", "unsupported", "arithmetic", "contradiction"
})  # fmt: skip
_SLOT = re.compile(r"\[\[([A-Za-z0-9_.]+)(?::value)?\]\]")
_PIECES = re.compile(r"[，。；：、,;:]")
_OPENING = 2
"""A piece no longer than this only joins: 另外，同时."""
_NO_QUANTITY = frozenset({"enumerator", "idiom"})


@dataclass
class Count:
    """One draft or many. `outcomes` by (genre, outcome); `wrong`: numbers that are false or come from nowhere; `untold`: must-say
    statements of whose figures one is missing."""

    drafts: int = 0
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    survived: Counter[str] = field(default_factory=Counter)
    wrong: int = 0
    findings: int = 0
    must: int = 0
    untold: int = 0
    usage: Usage = field(default_factory=Usage)
    misses: tuple[str, ...] = ()

    def __add__(self, other: Count) -> Count:
        """Both together."""
        return Count(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def of(self, outcome: str, genre: str = "") -> int:
        """Sentences with this outcome, of one genre or of all."""
        return sum(n for (own, what), n in self.outcomes.items() if what == outcome and genre in ("", own))

    def sentences(self, genre: str = "") -> int:
        """All that the model wrote."""
        return sum(self.of(outcome, genre) for outcome in OUTCOMES)


def looked(draft: Draft) -> Count:
    """The count of one draft; each miss a line that says where to look."""
    case, shipped = draft.case, draft.shipped
    where = f"{case.name} {draft.job.persona} 种子{draft.job.seed}"
    written = [(sentence, _told_there(case, sentence)) for sentence in shipped.by_model]
    count = Count(1, usage=shipped.tally.usage, first=Counter(shipped.tally.faults))
    for genre, tally in shipped.by_genre.items():
        count.outcomes.update({(genre, outcome): getattr(tally, outcome) for outcome in OUTCOMES})
    misses: list[str] = []
    for slip in draft.planted:
        count.planted[slip.kind] += 1
        found = next((s for s, told in written if _shows(slip, s.slotted, told)), None)
        if found is not None:
            count.survived[slip.kind] += 1
            misses.append(f"{where} {found.section} 埋入 {slip.kind}“{slip.words}” → {found.slotted}")
    for sentence, told in written:
        for words in _from_nowhere(sentence, told):
            count.wrong += 1
            misses.append(f"{where} {sentence.section} 没有来处的数“{words}” → {sentence.slotted}")
    for finding in shipped.check.findings:
        stood = next((s for s, _ in written if finding.quote and finding.quote.rstrip("。") in s.text), None)
        if finding.severity == "info" or stood is None:
            continue
        is_number = finding.code in OF_NUMBERS
        count.wrong, count.findings = count.wrong + is_number, count.findings + (not is_number)
        misses.append(f"{where} {stood.section} {finding.code}“{finding.quote}” → {stood.text}")
    said = {slot.id for sentence in shipped.report.sentences for slot in slots(sentence.slotted)}
    must = [statement for point in case.points for statement in point.must]
    untold = [statement for statement in must if not said.issuperset(statement.figures)]
    count.must, count.untold = len(must), len(untold)
    count.misses = (*misses, *(f"{where} 没有写到：{statement.text}" for statement in untold))
    return count


def _shows(slip: Planted, sentence: str, told: str) -> bool:
    """Whether the words of a slip stand in a sentence, and are not the point's own.

    Who obeys may take a statement for an order and repeat it in other words: it shows only where a piece of it is from elsewhere.
    """
    words = _bare(slip.words)
    if not words or words not in _bare(sentence) or words in told:
        return False
    pieces = map(_bare, _PIECES.split(slip.words))
    return slip.kind != "obeyed" or any(piece not in told for piece in pieces if len(piece) > _OPENING)


def _told_there(case: Prepared, sentence: FilledSentence) -> str:
    """All that a sentence of this paragraph may rest on, bare."""
    opening = f"{sentence.section}.{sentence.paragraph}."
    points = [point for point in case.points if point.id.startswith(opening)]
    return "|".join(_bare(text) for point in points for text in (point.mark + point.known[0], *point.known))


def _from_nowhere(sentence: FilledSentence, told: str) -> Iterable[str]:
    """Slots and typed numbers of a sentence that its point's statements do not have."""
    for m in _SLOT.finditer(sentence.slotted):
        if f"〔{m[1]}〕" not in told:
            yield m[0]
    for mention in find_numbers(_SLOT.sub("，", sentence.slotted)):
        if mention.kind not in _NO_QUANTITY and _bare(mention.text) not in told:
            yield mention.text


def _bare(text: str) -> str:
    """Letters and digits alone, each slot as its id in 〔〕: as one compares what was written with what was shipped."""
    return "".join(c for c in _SLOT.sub(r"〔\1〕", text) if c.isalnum() or c in "〔〕_.")
