"""A checker is measured in both directions: what it misses, and what it alarms at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from plant_text import text_of, with_silent_checker

from assistant.documents import Text, read_document
from assistant.findings import Finding
from assistant.intake import Case
from assistant.verify import Check
from evals.plant import clean as clean_module
from evals.plant.baseline import Anywhere
from evals.plant.edit import Edit, edited, moved
from evals.plant.mutant import Mutant
from evals.plant.packs import packs
from evals.plant.told import new_alarms
from evals.plant.trial import Tally, found_by, planted, severity_of, tried


def test_an_edited_text_reads_like_the_same_text_written_out(tmp_path: Path) -> None:
    before, after = tmp_path / "a.txt", tmp_path / "b.txt"
    before.write_text("一、总则\n支出10万元，收入9万元。\n项目\t金额\n甲\t10\n乙\t200\n结尾。\n", "utf-8")
    after.write_text("一、总则\n支出1000万元，收入万元。\n项目\t金额\n甲\t7\n乙\t200\n结尾。补一句。\n", "utf-8")
    old = read_document(before)
    places = [
        old.text.index("10万元"),
        old.text.index("9万元"),
        old.text.index("\t10\n") + 1,
        old.text.index("结尾。") + 3,
    ]
    edits = [
        Edit(places[0], places[0] + 2, "1000"), Edit(places[1], places[1] + 1, ""),
        Edit(places[2], places[2] + 2, "7"), Edit(places[3], places[3], "补一句。"),
    ]  # fmt: skip
    new, wanted = edited(old, edits), read_document(after)
    assert (new.text, new.blocks) == (wanted.text, wanted.blocks)
    assert new.text[moved(old.text.index("200"), edits) :].startswith("200")


TWO = "编制{64人|staff.established}，实有{56人|staff.actual}。\n\n支出{7975.66万元|final_accounts.total}。"


def total(tallies: dict[str, Tally]) -> Tally:
    whole = Tally()
    for tally in tallies.values():
        whole.add(tally)
    return whole


def test_a_checker_that_is_silent_catches_nothing_and_alarms_at_nothing(
    futian: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = tried(with_silent_checker(text_of(futian, TWO), monkeypatch), seed=1, most=3)
    whole = total(trial.tallies)
    assert whole.made == len(trial.misses) > 15
    assert (whole.caught, whole.alarmed) == (0, 0)
    assert whole.neighbours > 10


def test_a_checker_that_alarms_at_every_change_catches_all_and_every_neighbour(
    futian: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = text_of(futian, TWO)

    def shouting(text: Text, card: object, **options: object) -> Check:
        changed = text.text != clean.text.text
        whole = (Finding("mismatch", "error", "变了", start=0, end=len(text.text)),) if changed else ()
        return Check(text.name, (), whole)

    monkeypatch.setattr(clean_module, "check_against_case", shouting)
    monkeypatch.setattr(clean_module, "check_alone", lambda text: Check(text.name, (), ()))
    whole = total(tried(clean, seed=1, most=3).tallies)
    assert whole.caught == whole.made
    assert whole.alarmed == whole.neighbours > 10


def test_two_wrong_statements_must_both_be_told(futian: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    clean = text_of(futian, "编制{64人|staff.established}。\n\n实有{56人|staff.actual}。")

    def first_only(text: Text, card: object, **options: object) -> Check:
        changed = text.text != clean.text.text
        return Check(text.name, (), (Finding("mismatch", "error", "第一处", start=0, end=5),) if changed else ())

    monkeypatch.setattr(clean_module, "check_against_case", first_only)
    monkeypatch.setattr(clean_module, "check_alone", lambda text: Check(text.name, (), ()))
    assert tried(clean, seed=1, most=1).tallies["异处两数对调"] == Tally(
        made=1, caught=0, neighbours=1, alarmed=1, plain_caught=0
    )


def test_the_baseline_sees_no_swap_and_every_new_number(futian: Case) -> None:
    clean = text_of(futian, TWO)
    plain = Anywhere(clean.ledger)
    end = len(clean.text.text)
    swapped = clean.text.text.replace("64人，实有56人", "56人，实有64人")
    assert plain.alarms(Text("", swapped, ()), ((0, end),)) == frozenset()
    changed = clean.text.text.replace("7975.66", "7395.66")
    assert plain.alarms(Text("", changed, ()), ((0, end),)) == {"7395.66万元"}


def test_the_same_seed_plants_the_same(futian: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(seed: int) -> list[tuple[str, list[Mutant]]]:
        return list(planted(with_silent_checker(text_of(futian, TWO), monkeypatch), seed, 2))

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_what_shares_a_paragraph_or_a_figure_is_not_judged_in_one_reading() -> None:
    things = [frozenset("ab"), frozenset("c"), frozenset("bd"), frozenset("e"), frozenset("f")]
    assert packs(things, lambda keys: keys, 3) == [[things[0], things[1], things[3]], [things[2], things[4]]]


def test_judged_together_or_alone_the_same_is_found(futian: Case) -> None:
    clean = text_of(futian, TWO)
    mutants = [mutant for _, drawn in planted(clean, 1, 4) for mutant in drawn]

    def reader(edits: Sequence[Edit]) -> list[Finding]:
        return new_alarms(clean.said, clean.check(edited(clean.text, edits)).findings, edits)

    together = found_by(clean, mutants, reader)
    alone = [
        severity_of(mutant, tuple(sorted(mutant.edits)), reader(tuple(sorted(mutant.edits)))) for mutant in mutants
    ]
    assert together == alone
    assert "error" in alone
