"""A department and its units: each unit a made-up case of its own, the department's workbook without the figures that they add up to."""

from __future__ import annotations

from pathlib import Path

from assistant.catalogue import load_catalogue
from assistant.errors import UsageError
from assistant.intake.units import COVERAGE
from assistant.synth.answers import answer, explain
from assistant.synth.made import Made
from assistant.synth.money import money
from assistant.synth.rows import fill_tables
from assistant.synth.story import tell
from assistant.synth.words import Dice, Kind, load_words

MOST_UNITS = 20
_NUMERALS = "一二三四五六七八九十"
_KEPT = ("targets", "problems")
"""Tables that units hand in and a department has rows of its own in."""


def check_units(units: int) -> None:
    """Refuse a number of units out of range.

    Raises:
        UsageError: it is.
    """
    if units and not 2 <= units <= MOST_UNITS:
        raise UsageError(f"--units {units}：应在2至{MOST_UNITS}之间；不要下属单位的，不写这个选项。")


def unit_kind(kind: Kind, number: int) -> Kind:
    """The kind of the n-th unit of a department: 本级 first, then the others by number."""
    at = number - 1
    place = _NUMERALS[at - 1] if at <= 10 else f"十{_NUMERALS[at - 11]}"
    name = f"{kind.name}机关" if number == 1 else f"{kind.name}直属第{place}单位"
    return kind.model_copy(update={"name": name, "short_name": "本单位"})


def department_of(like: Made, units: list[Made], seed: int, number: int) -> Made:
    """The department of these units: texts, targets, answers and marks by its sums; what adds is then left to the units."""
    types, joins = load_catalogue().consolidation.types, load_catalogue().consolidation.tables
    made = Made(like.name, like.framework, like.kind, like.year, COVERAGE)
    dice, words = Dice.of(seed, number, "department"), load_words()
    adding = [
        id for id, spec in made.specs.items() if spec.type in types and spec.is_figure and spec.sheet != "answers"
    ]
    added = {id: sum(given) for id in adding if (given := [u.values[id] for u in units if id in u.values])}
    fill_tables(made, {**money(dice, like.kind), **added}, dice, words)
    made.tables = {name: rows for name, rows in made.tables.items() if name not in joins or name in _KEPT}
    made.put(added)
    tell(made, dice)
    answer(made, dice)
    explain(made, dice, words)
    for id in adding:
        made.values.pop(id, None)
    return made


def name_units(folder: Path, units: list[str]) -> None:
    """Write into a department's case.yaml which folders beside it are its units."""
    file = folder / "case.yaml"
    told = "".join(f"  - ../{name}\n" for name in units)
    file.write_text(f"{file.read_text('utf-8')}units:\n{told}", "utf-8", newline="\n")
