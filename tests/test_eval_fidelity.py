"""`jiping eval fidelity`, `coverage` and `frameworks`: what is false in a shipped draft is counted, and what is true is not."""

from __future__ import annotations

import pickle
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from assistant.errors import FrameworkError, InputError
from assistant.frameworks import load_framework
from assistant.report.assemble import FilledSentence
from evals.authored import Shipped
from evals.drafts import ALL, JUDGED, Draft, Job, draft
from evals.endpoint import says, serve
from evals.endpoint.personas import Seeded
from evals.endpoint.personas.planted import Planted
from evals.fidelity.coverage import MEASURE, told_of
from evals.fidelity.look import PASSED, REPAIRED, Count, looked
from evals.results import Options
from evals.suites import fidelity as suite
from evals.suites.frameworks import Scored, frameworks, published, wording_faults

CASE = "wuling-organization-2023"
NOTHING = "两样都不用"


@cache
def written(persona: str, way: str = ALL) -> Draft:
    return draft(Job(persona, 1000, CASE, way))


def rewritten(found: Draft, old: str, new: str) -> Draft:
    """The draft as if the model's sentence with these words had been shipped with others."""
    report = found.shipped.report
    hit = next(s for s in report.sentences if s.author in ("model", "repaired") and old in s.slotted)
    other = replace(hit, slotted=hit.slotted.replace(old, new, 1), text=hit.text.replace(old, new, 1))
    return _with(found, tuple(other if s is hit else s for s in report.sentences))


def _with(found: Draft, sentences: tuple[FilledSentence, ...]) -> Draft:
    report = replace(found.shipped.report, sentences=sentences)
    shipped = Shipped(report, found.shipped.check, found.shipped.text, found.shipped.tally, found.shipped.by_genre)
    return replace(found, shipped=shipped)


def test_a_model_that_does_as_it_is_told_passes_and_is_accused_of_nothing() -> None:
    count = looked(written("faithful"))
    assert count.sentences() == count.of(PASSED) > 5
    assert (count.wrong, count.findings, count.survived.total(), count.untold, count.misses) == (0, 0, 0, 0, ())


def test_what_the_judges_keep_out_goes_through_without_them() -> None:
    guarded, bare = looked(written("inventive")), looked(written("inventive", NOTHING))
    assert guarded.planted.total() > 3
    assert guarded.survived.total() == 0
    assert guarded.of(REPAIRED) > 0
    assert bare.survived.total() > 2
    assert bare.of(REPAIRED) == 0


def test_a_typed_number_that_nothing_holds_is_wrong_and_told_with_its_place() -> None:
    slipped = rewritten(written("faithful"), "。", "，涉及37处。")
    count = looked(slipped)
    assert count.wrong == 1
    (line,) = count.misses
    assert line.startswith(f"{CASE} faithful 种子1000 ")
    assert "没有来处的数“37处”" in line


def test_a_slot_from_elsewhere_is_wrong() -> None:
    assert looked(rewritten(written("faithful"), "。", "，占[[final_accounts.total:value]]。")).wrong == 1


def test_a_slip_counts_where_it_stands_and_not_where_the_materials_say_it_themselves() -> None:
    draft = rewritten(written("faithful"), "。", "，走在全市前列。")
    assert looked(replace(draft, planted=(Planted("rank", "走在全市前列"),))).survived == {"rank": 1}
    own = next(s.slotted for s in draft.shipped.by_model)
    assert looked(replace(written("faithful"), planted=(Planted("upgrade", own[4:12]),))).survived.total() == 0


def test_coverage_misses_a_statement_whose_paragraph_lost_it() -> None:
    whole = written("faithful")
    assert told_of(whole).misses == ()
    without = _with(whole, tuple(s for s in whole.shipped.report.sentences if s.author == "offline"))
    found = told_of(without)
    assert sum(found.said.values()) < sum(found.must.values())
    assert any("缺" in line for line in found.misses)


def test_coverage_misses_a_measure_that_is_gone() -> None:
    whole = written("faithful")
    found = told_of(_with(whole, tuple(s for s in whole.shipped.report.sentences if s.section != "measures")))
    assert found.linked[MEASURE] < found.due[MEASURE]
    assert any(MEASURE in line for line in found.misses)


def test_shares_and_the_model_s_own_name_in_figures() -> None:
    faithful = Count(1)
    faithful.outcomes.update({("duties", PASSED): 97, ("duties", REPAIRED): 3})
    inventive = Count(1)
    inventive.planted.update(rank=10, honour=50)
    inventive.survived.update(rank=1)
    ablated = {way: Count() for way in JUDGED}
    told = suite.told({"faithful": faithful, "inventive": inventive}, ablated, {CASE: faithful}, {CASE: 2.0})
    assert told.figures["faithful.untouched"] == told.figures["model.untouched"] == "0.9700"
    assert told.figures["faithful.duties.untouched"] == "0.9700"
    assert told.figures["claims_caught"] == "0.9000"
    assert told.figures["model.seconds_per_draft"] == "2.0"


def test_the_endpoint_s_own_model_is_measured_and_the_bar_reaches_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("jinshui-organization-2021",)
    monkeypatch.setattr(suite, "case_names", lambda thorough: names)
    monkeypatch.setattr(suite, "jobs", lambda *_: [Job("faithful", 1000, names[0])])
    monkeypatch.setattr(suite, "_ABLATED", ("careless",))
    ticks: list[tuple[int, int]] = []
    with serve(says(Seeded("careless", 3)), models=("qwen2.5-7b",)) as served:
        monkeypatch.setenv("JIPING_BASE_URL", served.base_url)
        monkeypatch.setenv("JIPING_MODEL", "qwen2.5-7b")
        told = suite.fidelity(Options(model="qwen2.5-7b", tick=lambda done, total: ticks.append((done, total))))
        asked = len(served.chats)
    assert told.figures["model.calls"] == asked > 3
    assert told.figures["model.repaired"] or told.figures["model.replaced"]
    assert any(name.startswith("model.first.") for name in told.figures)
    assert ticks[-1][0] == ticks[-1][1] == len(ticks)
    titles = {table.title: table for table in told.tables}
    assert [row[0] for row in titles["所测模型，逐稿"].rows] == [names[0], "合计"]


def test_a_published_mark_that_does_not_come_out_is_told() -> None:
    result = frameworks(Options())
    assert result.misses == ()
    assert result.figures["totals_off"] == 0
    printed = published()[CASE]
    wrong = printed.model_copy(update={"marks": printed.marks | {"key_work": Decimal(7)}})
    assert Scored(CASE, written("faithful").case.card, wrong).off == [("key_work", Decimal(7), Decimal(6))]


def test_wording_that_differs_from_its_rule_is_told() -> None:
    framework = load_framework("shenzhen-futian-2020")
    assert wording_faults(framework) == []
    leaf = next(leaf.indicator for leaf in framework.leaves() if leaf.indicator.id == "fixed_asset_utilisation")
    object.__setattr__(leaf, "official_text", "固定资产利用率95%以上的，得1分。")
    try:
        assert any("95%" in line for line in wording_faults(framework))
    finally:
        object.__setattr__(leaf, "official_text", "")


@pytest.mark.parametrize("kind", [InputError, FrameworkError])
def test_a_fault_of_the_input_comes_whole_out_of_a_worker_process(kind: type[InputError]) -> None:
    error = kind("workbook.xlsx 收入 C5", "不是数", "请改正")
    other = pickle.loads(pickle.dumps(error))
    assert (type(other), str(other), other.where) == (kind, str(error), error.where)
