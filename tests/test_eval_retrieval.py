"""jiping eval retrieval: what is asked, what counts as found, and that a report never answers itself."""

from __future__ import annotations

from evals.results import Options
from evals.suites import retrieval


def test_both_halves_together_find_the_right_section_far_more_often_than_chance() -> None:
    seen: list[tuple[int, int]] = []
    result = retrieval.retrieval(Options(tick=lambda done, total: seen.append((done, total))))
    figures = {key: float(value) for key, value in result.figures.items()}
    assert figures["hybrid.recall"] > figures["chance"] + 0.3
    assert figures["hybrid.mrr"] >= figures["keyword.mrr"]
    assert len(result.misses) == round((1 - figures["hybrid.recall"]) * figures["queries"])
    assert seen


def test_queries_are_many_masked_and_never_answered_by_their_own_report() -> None:
    exemplars = retrieval.shipped_exemplars()
    queries = [*retrieval._of_exemplars(exemplars), *retrieval._of_cases()]
    assert len(queries) >= 150
    own = {exemplar.id: exemplar for exemplar in exemplars}
    assert not [q.text for q in queries if q.left_out and own[q.left_out].unit in q.text]
    store = retrieval._stores(exemplars[:3], Options())[exemplars[0].id]
    assert {passage.exemplar for passage in store.passages} == {exemplar.id for exemplar in exemplars[1:3]}
