"""The guard's word lists: large enough, neutral, and refused when they are written wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import FrameworkError
from assistant.guard import lexicon
from assistant.guard.kindred import kindred, made_of
from assistant.guard.wording import one_form


def test_the_neutral_words_are_many_and_claim_nothing() -> None:
    words = lexicon.neutral_words()
    assert len(words) >= 900
    claims, statuses = lexicon.claims(), lexicon.statuses()
    claimed = {word for family in claims.families for group in family.groups for word in group}
    claimed |= {*lexicon.name_words().honours}
    done = {word for ladder in statuses.ladders for rung in ladder.rungs[4:] for word in rung.words}
    negated = {*statuses.negations.words, *statuses.parts.kept}
    assert words & (claimed | done | negated) == set()
    assert lexicon.small_words() & (claimed | done | negated) == set()


def test_the_plain_words_praise_nothing_and_finish_nothing() -> None:
    words = lexicon.plain_words()
    praise = {
        word
        for family in lexicon.claims().families
        if family.kind in ("rank", "effect")
        for group in family.groups
        for word in group
    }
    done = {word for ladder in lexicon.statuses().ladders for rung in ladder.rungs[4:] for word in rung.words}
    assert len(words) >= 100
    assert words & (praise | done | {*lexicon.name_words().honours}) == set()
    assert words & lexicon.turning_words() == set()


def test_a_verb_that_may_give_way_to_another_neither_praises_nor_takes_back() -> None:
    claimed = {word for family in lexicon.claims().families for group in family.groups for word in group}
    assert lexicon.light_verbs() & (claimed | lexicon.hedges()) == set()


def test_words_that_stand_for_one_another_stand_on_one_rung() -> None:
    for ladder in lexicon.statuses().ladders:
        rung_of = {word: n for n, rung in enumerate(ladder.rungs) for word in rung.words}
        for word, line in lexicon.synonyms().items():
            for other in line & rung_of.keys() if word in rung_of else ():
                assert rung_of[other] == rung_of[word], (ladder.name, word, other)


def test_every_political_wording_is_dated_and_stock_phrases_are_long_enough_to_matter() -> None:
    assert all(2000 < wording.since <= wording.until for wording in lexicon.political().phrases)
    assert all(len(phrase) >= 12 for phrase in lexicon.stock_phrases()), [
        p for p in lexicon.stock_phrases() if len(p) < 12
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("phrases:\n  - {text: 高质量发展}\nsigns: 甲\nframes: []\n", "第2行"),
        ("phrases: []\nsigns: 甲\nframes: []\nextra: 1\n", "extra"),
        ("phrases: []\nphrases: []\n", "重复"),
    ],
)
def test_a_list_that_is_written_wrongly_is_refused_with_its_line(
    text: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases" / "political.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(lexicon, "files", lambda _: tmp_path)
    lexicon.political.cache_clear()
    with pytest.raises(FrameworkError, match=says):
        lexicon.political()
    lexicon.political.cache_clear()


@pytest.mark.parametrize(
    ("word", "other", "same"),
    [("抚养", "供养", True), ("装上", "安装", True), ("收入", "支出", False), ("减少", "增加", False), ("移交", "接交", False), ("新增", "增设", False)],
)  # fmt: skip
def test_a_verb_is_a_form_of_another_unless_it_turns_round_or_is_judged(word: str, other: str, same: bool) -> None:
    assert kindred(word, other) is same


@pytest.mark.parametrize(
    ("word", "made"), [("受限", True), ("覆盖面", False), ("人均", False), ("市", False), ("限受", False)]
)
def test_a_word_is_made_of_a_clause_in_its_order_and_never_of_measures_or_levels(word: str, made: bool) -> None:
    assert made_of(word, ["受市里名额限制", "受编制限制", "每人平均一份"]) is made


@pytest.mark.parametrize(
    ("said", "judged"),
    [
        ("管材到货晚，这是主要原因。", "主要原因是管材到货晚。"),
        ("乙中心受甲局委托配送米油。", "甲局委托乙中心配送米油。"),
        ("目标值不低于[[m1]]。", "目标值[[m1]]以上。"),
        ("管网更新全部完成。", "管网更新全部完成。"),
        ("主要原因是到货晚。", "主要原因是到货晚。"),
    ],
)
def test_a_turn_of_phrase_is_judged_in_one_form(said: str, judged: str) -> None:
    assert one_form(said) == judged
