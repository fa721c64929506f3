"""A made-up bureau: the same bytes for the same seed, figures that foot, planted faults found, nothing said of the clean ones."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.cli.app import main
from assistant.errors import UsageError
from assistant.findings import Finding
from assistant.frameworks import framework_ids
from assistant.intake import Case, load_case
from assistant.pipeline import data_findings, draft_case
from assistant.scorecard import score
from assistant.synth import Caught, examine, synthesize
from assistant.synth.faults import PLANTS
from assistant.synth.made import Planted
from assistant.synth.words import load_words
from assistant.synth.write import KEY, faulty_ones, make, write

SEED = 11
Bureau = tuple[Path, dict[str, list[Planted]]]


def everything(folder: Path, run: Path) -> Sequence[Finding]:
    done = draft_case(folder, run)
    return [*done.data_findings, *done.check.findings]


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """Two cases a framework, half of them with faults."""
    root = tmp_path_factory.mktemp("bureau")
    return root, synthesize(2 * len(framework_ids()), SEED, root, 0.5)


@pytest.fixture(scope="module")
def cases(bureau: Bureau) -> dict[str, Case]:
    """The same, read."""
    root, key = bureau
    return {name: load_case(root / name) for name in key}


@pytest.fixture(scope="module")
def caught(bureau: Bureau, tmp_path_factory: pytest.TempPathFactory) -> list[Caught]:
    root, key = bureau
    runs = tmp_path_factory.mktemp("runs")
    return examine(root, key, lambda folder: everything(folder, runs / folder.name))


def test_every_framework_is_made_twice_and_half_have_faults(bureau: Bureau, cases: dict[str, Case]) -> None:
    assert Counter(case.framework.id for case in cases.values()) == dict.fromkeys(framework_ids(), 2)
    assert sum(bool(planted) for planted in bureau[1].values()) == len(framework_ids())
    assert len({case.unit for case in cases.values()}) >= 7
    assert all(case.unit.startswith("示例") for case in cases.values())


def test_the_key_says_what_was_changed(bureau: Bureau, cases: dict[str, Case]) -> None:
    root, key = bureau
    told = json.loads((root / KEY).read_text("utf-8"))
    assert list(told) == list(key)
    planted = [fault for faults in told.values() for fault in faults]
    assert planted
    assert all(set(fault) == {"kind", "place", "figure", "before", "after", "expected", "names"} for fault in planted)
    for name, faults in told.items():
        ledger = cases[name].ledger
        for fault in faults:
            if fault["kind"] in ("digit_in_total", "part_above_whole"):
                assert format(ledger[fault["place"]].value, "f") == fault["after"]


def test_clean_cases_are_complete_and_close(bureau: Bureau, cases: dict[str, Case]) -> None:
    for case in (cases[name] for name, planted in bureau[1].items() if not planted):
        card = score(case)
        assert card.complete, [leaf.name for leaf in card.leaves if leaf.marks is None]
        assert [f.message for f in data_findings(case, card) if f.severity == "error"] == []


def test_nothing_wrong_is_said_of_a_clean_case(caught: list[Caught]) -> None:
    said = {case.name: [f.message for f in case.errors] for case in caught if case.clean and case.errors}
    assert said == {}


def test_planted_faults_are_found(caught: list[Caught]) -> None:
    faults = [(case.name, fault, found) for case in caught for fault, found in case.faults]
    missed = [f"{name}: {fault}" for name, fault, found in faults if found is None]
    assert len(faults) >= len(framework_ids())
    assert missed == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__.strip("_"))
def test_each_kind_of_fault_can_be_planted_and_changes_the_case(plant: object) -> None:
    from assistant.synth.words import Dice

    for number in range(1, 2 * len(framework_ids()) + 1):
        made, twin = make(number, SEED), make(number, SEED)
        if (fault := plant(made, Dice.of(SEED, number))) is not None:  # type: ignore[operator]
            assert (made.values, made.tables, made.story) != (twin.values, twin.tables, twin.story)
            assert fault.before != fault.after
            return
    raise AssertionError("no case has a place for it")


def test_same_seed_same_bytes_another_seed_another_bureau(tmp_path: Path) -> None:
    def digests(name: str, seed: int) -> dict[str, str]:
        synthesize(3, seed, tmp_path / name)
        return {
            str(path.relative_to(tmp_path / name)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted((tmp_path / name).rglob("*")) if path.is_file()
        }  # fmt: skip

    first = digests("a", 5)
    assert first == digests("b", 5)
    assert first != digests("c", 6)


def test_the_work_summary_is_long_enough_and_says_the_same_figures(cases: dict[str, Case]) -> None:
    kinds = set()
    for case in cases.values():
        assert 600 <= sum(len(passage.text) for passage in case.passages) <= 3000
        kinds.add(Path(case.passages[0].file).suffix)
    assert kinds == {".md", ".docx"}


def test_cases_differ_in_what_they_have() -> None:
    made = [make(number, SEED) for number in range(1, 50)]
    assert {bool(m.figure("procurement.planned")) for m in made if "procurement.planned" in m.values} == {True, False}
    assert {bool(m.figure("three_public.total.budget")) for m in made if "three_public.total.budget" in m.values} == {
        True,
        False,
    }
    assert {bool(m.figure("staff.off_establishment.actual")) for m in made if "staff.actual" in m.values} == {
        True,
        False,
    }
    assert any(id.startswith("not_applicable.") for m in made for id in m.values)
    assert any(m.tables.get("weights") for m in made)
    assert any(row.get("own") == "是" for m in made for row in m.tables.get("targets", []))
    assert any(row["variance_reason"] for m in made for row in m.tables.get("targets", []))


def test_the_summary_and_the_surveys_say_what_the_targets_say() -> None:
    told = 0
    for made in (make(number, SEED) for number in range(1, 50)):
        reached = {row["name"]: row["achieved"] for row in made.tables.get("targets", [])}
        story = "".join(text for _, text in made.story)
        for field in made.kind.fields:
            for name, fact in field.tasks:
                for before, target in re.findall(r"([^，{}]+)\{([^\x00-\x7f]+):", fact):
                    if target in reached and f"{name}方面" in story:
                        assert f"{before}{reached[target]}" in story
                        told += 1
        for name, value in reached.items():
            if name.endswith("满意度") and "satisfaction.valid" in made.values:
                rate = 100 * made.figure("satisfaction.satisfied") / made.figure("satisfaction.valid")
                assert abs(value - rate) <= Decimal("0.005")
    assert told > 20


def test_the_names_in_the_facts_are_targets() -> None:
    for kind in load_words().kinds:
        facts = "".join(fact for field in kind.fields for _, fact in field.tasks)
        named = set(re.findall(r"\{([^\x00-\x7f]+):", facts))
        assert named, kind.name
        assert named <= {target[1] for target in kind.targets}


def test_a_mark_may_fill_what_the_units_own_weights_raised(tmp_path: Path) -> None:
    made = next(
        m
        for n in range(1, 60)
        if (m := make(n, 4)).tables.get("weights") and m.framework.id.startswith("national-2013")
    )
    leaf, share = next(
        (leaf.indicator, row["full_marks"]) for leaf in made.framework.leaves() for row in made.tables["weights"]
        if leaf.indicator.name == row["indicator"] and row["full_marks"] > leaf.indicator.full_marks
    )  # fmt: skip
    made.put({f"marks.{leaf.id}.1": share})
    write(made, tmp_path / "case")
    read = load_case(tmp_path / "case")
    assert read.entries[f"marks.{leaf.id}.1"].number == share
    assert [f.message for f in read.findings if f.severity == "error"] == []


def test_a_share_is_kept_exactly() -> None:
    assert len(faulty_ones(100, SEED, 0.3)) == 30
    assert not faulty_ones(100, SEED, 0)
    assert len(faulty_ones(7, SEED, 1)) == 7


@pytest.mark.parametrize(("count", "share", "names"), [(0, 0.3, "份数"), (3, 2.0, "--faults"), (10**6, 0.3, "份数")])
def test_misuse_is_refused(count: int, share: float, names: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=names):
        synthesize(count, 1, tmp_path / "out", share)
    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["synth", "2", "--out", str(tmp_path)])
    assert stopped.value.code == 2
    assert "已有内容" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_command_tells_where_the_key_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["synth", "2", "--seed", "4", "--faults", "1", "--out", str(tmp_path / "bureau"), "--json", "-"])
    assert stopped.value.code == 0
    captured = capsys.readouterr()
    assert "key.json" in captured.err
    assert len(json.loads(captured.out)) == 2
