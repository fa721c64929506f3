"""The offline section taken apart into points, and put together again around what a model wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from draft_cases import drafted, make_case
from test_drafting import PROBLEM, SUMMARY, TASKS

from assistant.briefs import Brief
from assistant.drafting import DraftParagraph, DraftSection, DraftSentence
from assistant.drafting.assignments import MODEL_GENRES, Planned, Point, assignments, planned, rebuilt


@pytest.fixture
def sections(tmp_path: Path) -> dict[str, tuple[Brief, DraftSection]]:
    case = make_case(tmp_path, {"work-summary.md": SUMMARY}, key_tasks=TASKS, problems=[PROBLEM])
    _, briefs, made, _ = drafted(case)
    return {brief.section: (brief, made[brief.section]) for brief in briefs if brief.genre in MODEL_GENRES}


def points(plan: tuple[Planned, ...]) -> list[Point]:
    return [point for item in plan for point in item.points]


def test_a_section_for_which_nothing_was_written_stays_to_the_letter(
    sections: dict[str, tuple[Brief, DraftSection]],
) -> None:
    for brief, reference in sections.values():
        assert rebuilt(reference, planned(brief, reference), {}) == reference


def test_every_sentence_of_the_reference_is_a_statement_with_its_sources(
    sections: dict[str, tuple[Brief, DraftSection]],
) -> None:
    brief, reference = sections["duties"]
    said = "".join(statement.text for point in points(planned(brief, reference)) for statement in point.must)
    for paragraph in reference.paragraphs:
        for sentence in paragraph.sentences:
            assert sentence.text in said
    assert all(s.sources for p in points(planned(brief, reference)) if not p.fixed for s in p.must)


def test_what_asks_a_person_for_something_is_not_given_to_a_model(
    sections: dict[str, tuple[Brief, DraftSection]],
) -> None:
    for brief, reference in sections.values():
        for assignment in assignments(brief, planned(brief, reference), 900):
            assert not any("【" in s.text for point in assignment.points for s in point.must)


def test_what_a_template_made_of_figures_alone_is_not_reworded(
    sections: dict[str, tuple[Brief, DraftSection]],
) -> None:
    for brief, reference in sections.values():
        for assignment in assignments(brief, planned(brief, reference), 900):
            sources = [source for p in assignment.points for s in p.must for source in s.sources]
            assert not any(source.startswith("report-") for source in sources)


@pytest.mark.parametrize("most", [1, 60, 200, 5000])
def test_a_call_holds_no_more_than_it_may_and_one_point_at_least(
    sections: dict[str, tuple[Brief, DraftSection]], most: int
) -> None:
    for brief, reference in sections.values():
        plan = planned(brief, reference)
        asked = assignments(brief, plan, most)
        assert [p.id for a in asked for p in a.points] == [p.id for p in points(plan) if not p.fixed]
        assert all(len(a.points) == 1 or sum(p.length for p in a.points) <= most for a in asked)


def test_what_may_be_said_is_told_nowhere_in_the_section(sections: dict[str, tuple[Brief, DraftSection]]) -> None:
    for brief, reference in sections.values():
        told = "".join(reference.texts)
        for point in points(planned(brief, reference)):
            for statement in point.may:
                assert not any(f"[[{id}" in told for id in statement.figures)


def test_the_model_s_sentences_stand_behind_the_enumerator_and_keep_their_author(
    sections: dict[str, tuple[Brief, DraftSection]],
) -> None:
    brief, _ = sections["duties"]
    other = DraftParagraph(
        "（2）临时救助随到随办。", 0, (DraftSentence("全年救助困难群众[[m2:value]]。", sources=("b",)),)
    )
    reference = DraftSection("duties", (
        DraftParagraph("（1）低保按月发放。", 0, (DraftSentence("全年发放低保金[[m1:value]]，名单在村居公示。", sources=("a",)),)),
        other,
    ))  # fmt: skip
    plan = planned(brief, reference)
    short = DraftSentence("低保应保尽保。", "model", ("a",))
    long = DraftSentence("全年发放低保金[[m1:value]]，名单每季度复核一次，结果在村居公示。", "repaired", ("b",))
    made = rebuilt(reference, plan, {plan[0].points[0].id: (short, long)})
    assert made.paragraphs == (DraftParagraph("（1）低保应保尽保。", 0, (long,), lead_author="model"), other)


def test_a_point_that_opens_with_its_subject_is_headed_by_it_as_the_other_points_are(
    sections: dict[str, tuple[Brief, DraftSection]],
) -> None:
    brief, _ = sections["duties"]
    label = brief.topics[0].label
    text = "全年发放低保金[[m1:value]]，名单每季度复核一次，结果在村居公示，来访群众随时可以查。"
    reference = DraftSection("duties", (DraftParagraph(f"（1）{label}。", 0, (DraftSentence(text, sources=("a",)),)),))
    plan = planned(brief, reference)
    (point,) = points(plan)
    assert point.label == label
    said = DraftSentence(f"{label}方面，{text}", "model", ("a",))
    made = rebuilt(reference, plan, {point.id: (said,)})
    assert made.paragraphs[0] == DraftParagraph(f"（1）{label}。", 0, (DraftSentence(text, "model", ("a",)),))


def test_items_of_a_list_keep_their_marks_in_one_paragraph(sections: dict[str, tuple[Brief, DraftSection]]) -> None:
    brief, _ = sections["duties"]
    reference = DraftSection("plans", (
        DraftParagraph(sentences=(
            DraftSentence("一是需求每年2月底前定稿，由办公室汇总后报党组会审定。", sources=("a",)),
            DraftSentence("二是六月末没有启动的项目，指标由财务科收回重新安排。", sources=("b",)),
        )),
    ))  # fmt: skip
    plan = planned(brief, reference)
    assert [point.mark for point in plan[0].points] == ["一是", "二是"]
    new = DraftSentence("没有启动的项目，六月末由财务科收回指标，重新安排。", "model", ("b",))
    made = rebuilt(reference, plan, {plan[0].points[1].id: (new,)})
    assert [s.text for s in made.paragraphs[0].sentences] == [
        "一是需求每年2月底前定稿，由办公室汇总后报党组会审定。",
        "二是没有启动的项目，六月末由财务科收回指标，重新安排。",
    ]
