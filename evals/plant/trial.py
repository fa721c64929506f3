"""The errors of a report, planted and looked for, with the case and without, and a right neighbour beside each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from assistant.findings import Finding
from evals.plant.baseline import Anywhere
from evals.plant.classes import CLASSES
from evals.plant.clean import Clean, Span, overlap
from evals.plant.edit import Edit, edited, moved
from evals.plant.mutant import Mutant
from evals.plant.neighbours import neighbour
from evals.plant.packs import block_of, joined, packs, touched_by
from evals.plant.told import LOCAL, is_told, new_alarms

_MUTANTS_AT_ONCE = 12
Reader = Callable[[Sequence[Edit]], list[Finding]]
"""What is newly said of a report with these edits in it."""


@dataclass(slots=True)
class Tally:
    """Counts of one class. `warned`: caught by a warning only. `plain_…`: the baseline; `alone`: without a case."""

    made: int = 0
    caught: int = 0
    warned: int = 0
    alone: int = 0
    plain_caught: int = 0
    neighbours: int = 0
    alarmed: int = 0
    plain_alarmed: int = 0

    def add(self, other: Tally) -> None:
        """Add the counts of another one."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Trial:
    """What came of one report. `untouched` are findings on the clean text: with the case and without it.

    `incomplete`: how many of them tell of 【待补】. `fair`: numbers where errors may be planted; `unfair`: those in a sentence that is alarmed already, where none is.
    """

    name: str
    tallies: dict[str, Tally]
    misses: list[str] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)
    untouched_alone: list[str] = field(default_factory=list)
    incomplete: int = 0
    fair: int = 0
    unfair: int = 0


Beside = tuple[str, str, Edit]
"""A neighbour: the class of its mutant, the way it is said, and the edit."""


def tried(clean: Clean, seed: int, most: int) -> Trial:
    """At most `most` mutants of each class, drawn with the seed, and a neighbour for each."""
    trial = Trial(clean.name, {kind: Tally() for kind in CLASSES})
    trial.untouched = [_line(clean, "未改动", f) for f in clean.said if f.code != "missing"]
    trial.untouched_alone = [_line(clean, "未改动（不给数据）", f) for f in clean.said_alone if f.code != "missing"]
    trial.incomplete = sum(f.code == "missing" for f in clean.said)
    trial.fair = len(clean.fair)
    trial.unfair = len(clean.stated) - len(clean.fair)
    plain = Anywhere(clean.ledger)
    errors: list[tuple[str, Mutant]] = []
    beside: list[Beside] = []
    for kind, mutants in planted(clean, seed, most):
        dice = Random(f"{seed}/{clean.name}/{kind}/neighbours")
        errors += [(kind, mutant) for mutant in mutants]
        beside += [(kind, *found) for mutant in mutants if (found := neighbour(clean, mutant, dice)) is not None]
    _plant_all(clean, errors, plain, trial)
    _pass_all(clean, beside, plain, trial)
    return trial


def planted(clean: Clean, seed: int, most: int) -> Iterator[tuple[str, list[Mutant]]]:
    """Per class, the mutants drawn: the same for the same seed."""
    for kind, planter in CLASSES.items():
        dice = Random(f"{seed}/{clean.name}/{kind}")
        unique = {mutant.edits: mutant for mutant in planter(clean, dice)}
        mutants = list(unique.values())
        dice.shuffle(mutants)
        yield kind, mutants[:most]


def _plant_all(clean: Clean, errors: list[tuple[str, Mutant]], plain: Anywhere, trial: Trial) -> None:
    def with_case(edits: Sequence[Edit]) -> list[Finding]:
        return new_alarms(clean.said, clean.check(edited(clean.text, edits)).findings, edits)

    def without(edits: Sequence[Edit]) -> list[Finding]:
        return new_alarms(clean.said_alone, clean.check_alone(edited(clean.text, edits)).findings, edits)

    mutants = [mutant for _, mutant in errors]
    caught = [
        severity or alone(mutant, with_case)
        for mutant, severity in zip(mutants, found_by(clean, mutants, with_case), strict=True)
    ]
    by_itself = found_by(clean, mutants, without)
    for number, (kind, mutant) in enumerate(errors):
        tally = trial.tallies[kind]
        tally.made += 1
        tally.caught += caught[number] != ""
        tally.warned += caught[number] == "warning"
        tally.alone += by_itself[number] != ""
        tally.plain_caught += _found_plainly(clean, mutant, plain)
        if not caught[number]:
            trial.misses.append(f"【{kind}】{clean.name}：{_shown(clean, joined([mutant.edits]))}")


def found_by(clean: Clean, mutants: Sequence[Mutant], reader: Reader) -> list[str]:
    """For each mutant the severity with which it is told: error, warning, or "" for not at all.

    Several that have nothing to do with each other stand in one text. What is told there only by a finding that may have
    another cause is tried again in a report of its own.
    """
    found = [""] * len(mutants)
    for pack in packs(range(len(mutants)), lambda n: touched_by(clean, mutants[n]), _MUTANTS_AT_ONCE):
        edits = joined(mutants[n].edits for n in pack)
        told = reader(edits)
        for n in pack:
            found[n] = severity_of(mutants[n], edits, [f for f in told if f.code in LOCAL])
            if found[n] != "error" and severity_of(mutants[n], edits, told):
                found[n] = alone(mutants[n], reader)
    return found


def alone(mutant: Mutant, reader: Reader) -> str:
    """The severity with which a mutant is told in a report of its own."""
    edits = joined([mutant.edits])
    return severity_of(mutant, edits, reader(edits))


def severity_of(mutant: Mutant, edits: Sequence[Edit], told: Sequence[Finding]) -> str:
    """How severely an error is told."""
    if is_told(mutant, edits, [f for f in told if f.severity == "error"]):
        return "error"
    return "warning" if is_told(mutant, edits, told) else ""


def _found_plainly(clean: Clean, mutant: Mutant, plain: Anywhere) -> bool:
    edits = joined([mutant.edits])
    spans = tuple(span for group in mutant.places for span in group)
    after = tuple((moved(start, edits), moved(end, edits)) for start, end in spans)
    return bool(plain.alarms(edited(clean.text, edits), after) - plain.alarms(clean.text, spans))


def _pass_all(clean: Clean, beside: Sequence[Beside], plain: Anywhere, trial: Trial) -> None:
    """All neighbours, as many at once as stand in different blocks: a text of true sentences is a true text.

    An alarm in the paragraph or row of one is laid to it; where one stands anywhere else, each is tried alone.
    """

    def alarms(edits: Sequence[Edit]) -> list[Finding]:
        return new_alarms(clean.said, clean.check(edited(clean.text, edits)).findings, edits)

    for pack in packs(beside, lambda entry: frozenset([block_of(clean, entry[2].start)]), len(beside)):
        edits = joined([entry[2]] for entry in pack)
        told = alarms(edits)
        own = {
            entry: [f for f in told if overlap((f.start, f.end), _line_around(clean, entry[2], edits))]
            for entry in pack
        }
        if len(pack) > 1 and {id(f) for f in told} - {id(f) for found in own.values() for f in found}:
            own = {entry: alarms([entry[2]]) for entry in pack}
        for entry in pack:
            _count(clean, entry, own[entry], plain, trial)


def _count(clean: Clean, entry: Beside, told: list[Finding], plain: Anywhere, trial: Trial) -> None:
    kind, way, edit = entry
    tally = trial.tallies[kind]
    tally.neighbours += 1
    before, after = _line_around(clean, edit, ()), _line_around(clean, edit, (edit,))
    text = edited(clean.text, [edit])
    tally.plain_alarmed += bool(plain.alarms(text, (after,)) - plain.alarms(clean.text, (before,)))
    if told:
        tally.alarmed += 1
        trial.misses.append(f"【误报·{way}】{clean.name}：{_shown(clean, [edit])}｜{told[0].message[:140]}")


def _line_around(clean: Clean, edit: Edit, edits: Sequence[Edit]) -> Span:
    """The paragraph of an edit, or its row, as it stands after `edits`."""
    block = clean.text.block_at(edit.start)
    return moved(block.start, edits), moved(block.end, edits)


def _shown(clean: Clean, edits: Sequence[Edit]) -> str:
    """The changed words in their surroundings: …支出[7,975.66万元→7,795.66万元]，…"""
    text = clean.text.text
    low, high = max(edits[0].start - 24, 0), edits[-1].end + 14
    out, at = "", low
    for edit in edits:
        gap = text[at : edit.start]
        out += (gap if len(gap) < 60 else f"{gap[:20]}……{gap[-20:]}") + f"[{text[edit.start : edit.end]}→{edit.new}]"
        at = edit.end
    return (out + text[at:high]).replace("\n", "⏎").replace("\t", "｜")


def _line(clean: Clean, kind: str, finding: Finding) -> str:
    return f"【{kind}】{clean.name}：{finding.code} {finding.message[:140]}"
