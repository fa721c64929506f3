"""The planted errors are errors, and their neighbours are right."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from plant_text import text_of, with_silent_checker

from assistant.intake import Case, load_case
from assistant.numbers import find_numbers
from assistant.scorecard import score
from evals.plant.classes import CLASSES
from evals.plant.clean import Clean
from evals.plant.edit import edited
from evals.plant.invented import invented
from evals.plant.neighbours import WAYS, is_right
from evals.plant.numerals import chinese
from evals.plant.prose import truth_of, written
from evals.plant.sources import reports, sources
from evals.plant.truth import is_true

CASES = Path(__file__).resolve().parents[1] / "evals" / "cases"


@pytest.fixture(scope="module")
def wuling_case() -> Case:
    return load_case(CASES / "wuling-organization-2023")


def all_of(kind: str, clean: Clean) -> set[str]:
    """The texts of every mutant of a class that a few throws of the dice give."""
    found: set[str] = set()
    for seed in range(8):
        for mutant in CLASSES[kind](clean, Random(seed)):
            found.add(edited(clean.text, sorted(mutant.edits)).text.strip())
    return found


EXAMPLES = [
    ("相邻数字颠倒", "实有{56人|staff.actual}。", {"实有65人。"}),
    ("小数点移位", "控制率{87.5%|establishment_control_rate}。", {"控制率875%。", "控制率8.75%。"}),
    ("单位写错", "支出{7975.66万元|final_accounts.total}。", {"支出7975.66元。", "支出7975.66亿元。"}),
    ("单位写错", "控制率{87.5%|establishment_control_rate}。", {"控制率87.5个百分点。"}),
    ("单位写错", "实有{56人|staff.actual}。", {"实有56人次。"}),
    (
        "增减方向写反",
        "比年初减少{0.28万元|carryover.total.opening - carryover.total.closing}。",
        {"比年初增加0.28万元。"},
    ),
    (
        "同句两数对调",
        "编制{64人|staff.established}，实有{56人|staff.actual}。",
        {"编制56人，实有64人。"},
    ),
    (
        "异处两数对调",
        "编制{64人|staff.established}。\n\n实有{56人|staff.actual}。",
        {"编制56人。\n实有64人。"},
    ),
    (
        "本年上年混淆",
        "2020年支出{7975.66万元|final_accounts.total}。",
        {"2019年支出7975.66万元。"},
    ),
    ("本年上年混淆", "全年支出{7975.66万元|final_accounts.total}。", {"上年支出7975.66万元。"}),
    (
        "分值得分混淆",
        "部门决策得{24分|marks.decision}。",
        {"部门决策得25分。", "部门决策分值24分。"},
    ),
    ("舍入错误", "预算执行率{97.87%|budget_execution_rate}。", {"预算执行率97.86%。"}),
    ("约数用错", "支出{7975.66万元|final_accounts.total}。", {"支出超8000万元。", "支出近7900万元。"}),
    (
        "汉字数字写错",
        "现有{六项|count.systems}制度。",
        {f"现有{n}项制度。" for n in "二三四五七八九"},
    ),
    (
        "所列项数写错",
        "有三个方面：一是甲；二是乙；三是丙。",
        {f"有{n}个方面：一是甲；二是乙；三是丙。" for n in "两四"},
    ),
]


@pytest.mark.parametrize(("kind", "source", "expected"), EXAMPLES)
def test_each_class_plants_what_it_says(
    kind: str, source: str, expected: set[str], futian: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all_of(kind, with_silent_checker(text_of(futian, source), monkeypatch)) == expected


def test_a_changed_digit_is_one_digit(futian: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    clean = with_silent_checker(text_of(futian, "支出{7975.66万元|final_accounts.total}。"), monkeypatch)
    found = all_of("改一位数字", clean)
    assert len(found) > 3
    for text in found:
        assert sum(a != b for a, b in zip(text, "支出7975.66万元。", strict=True)) == 1


def test_a_stale_copy_needs_a_second_place(futian: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    once = "支出{7975.66万元|final_accounts.total}。"
    assert all_of("两处只改一处", with_silent_checker(text_of(futian, once), monkeypatch)) == set()
    for text in all_of("两处只改一处", text_of(futian, f"{once}\n\n全部{once}")):
        assert text.count("7975.66万元") == 1


def test_another_name_is_a_name_of_the_ledger_under_which_the_number_is_false(
    wuling_case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "支出合计决算数{752.48万元|final_accounts.total}。"
    found = all_of("真数张冠李戴", with_silent_checker(text_of(wuling_case, source), monkeypatch))
    assert "基本支出决算数752.48万元。" in found
    assert not any(text.startswith("收入合计") for text in found)  # it has the same value


def test_another_stage_is_one_that_the_ledger_knows_otherwise(futian: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    source = "项目支出年初预算数{6135.53万元|initial_budget.project}。"
    found = all_of("口径词写错", with_silent_checker(text_of(futian, source), monkeypatch))
    assert "项目支出决算数6135.53万元。" in found
    same = "基本支出年初预算数{2222.19万元|initial_budget.basic}。"
    assert "基本支出全年预算数2222.19万元。" not in all_of("口径词写错", text_of(futian, same))  # true as well


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("同句两数对调", "固定资产{5人|staff.institution.actual}，编制{5人|staff.institution.established}。"),
        ("分值得分混淆", "预算执行率得{5.85分|marks.budget_execution}。"),  # 6分 is 5.85分 rounded
        ("相邻数字颠倒", "共{11.11%|basic_share}。".replace("basic_share", "budget_execution_rate")),
        ("所列项数写错", "设三个科室，分工负责。"),
        ("增减方向写反", "没有变化{0%|three_public.overseas.budget / three_public.total.budget}。"),
    ],
)
def test_what_would_be_true_in_another_way_is_not_planted(
    kind: str, source: str, futian: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = all_of(kind, with_silent_checker(text_of(futian, source), monkeypatch))
    assert not any("得6分" in text for text in found)
    assert kind == "分值得分混淆" or found == set()


def test_an_invented_sentence_speaks_of_nothing_in_the_case(futian: Case) -> None:
    clean = text_of(futian, f"{'本段说明全年工作的基本情况和主要安排，' * 2}支出{{7975.66万元|final_accounts.total}}。")
    for seed in range(20):
        (mutant,) = invented(clean, Random(seed))
        said = mutant.edits[0].new
        assert any(m.is_quantity for m in find_numbers(said))
        assert said[:4] not in clean.text.text


NEIGHBOURS = [
    ("取较少位数", "支出{7975.66万元|final_accounts.total}。", {"支出7975.7万元。", "支出7976万元。"}),
    ("换用元或亿元", "接待费{0.46万元|three_public.reception.final_accounts}。", {"接待费4600元。"}),
    ("千分位", "支出{7975.66万元|final_accounts.total}。", {"支出7,975.66万元。"}),
    ("全角", "控制率{87.5%|establishment_control_rate}。", {"控制率８７．５％。"}),
    ("汉字数字", "控制率{87.5%|establishment_control_rate}。", {"控制率百分之八十七点五。"}),
    ("汉字数字", "共{1052件|assets.count}。", {"共一千零五十二件。"}),
    ("约数", "支出{7975.66万元|final_accounts.total}。", {"支出超7900万元。", "支出近8000万元。"}),
    (
        "调换语序",
        "其中：固定资产{519.95万元|fixed_assets.total}、无形资产{214.03万元|intangible_assets.total}。",
        {"其中：无形资产214.03万元、固定资产519.95万元。"},
    ),
]


@pytest.mark.parametrize(("way", "source", "expected"), NEIGHBOURS)
def test_each_neighbour_says_the_same_in_another_way(way: str, source: str, expected: set[str], futian: Case) -> None:
    clean = text_of(futian, source)
    found = {
        edited(clean.text, [edit]).text.strip()
        for seed in range(8)
        for stated in clean.stated
        if (edit := WAYS[way](clean, stated, Random(seed))) and is_right(clean, stated, way, edit)
    }
    assert found == expected


def test_no_bound_word_stands_beside_a_round_number(wuling_case: Case) -> None:
    clean = text_of(wuling_case, "培养{450人|targets.6.achieved}。")
    assert WAYS["约数"](clean, clean.stated[0], Random(1)) is None


def test_every_class_has_an_example() -> None:
    own = {"改一位数字", "两处只改一处", "真数张冠李戴", "口径词写错", "凭空添一句"}
    assert {kind for kind, _, _ in EXAMPLES} | own == set(CLASSES)
    assert {way for way, _, _ in NEIGHBOURS} == set(WAYS)


def test_the_shipped_prose_is_true() -> None:
    checked = 0
    for source in sources(thorough=False):
        for clean in reports(source, drafts=False):
            for stated in clean.stated:
                assert is_true(stated.mention, stated.truth), f"{clean.name}: {clean.words(stated.site)}"
            marked = {stated.mention.start for stated in clean.stated}
            loose = [m.text for m in find_numbers(clean.text.text) if m.is_quantity and m.start not in marked]
            assert all(re.fullmatch("[两三四]个", text) for text in loose), loose  # they announce a list
            checked += len(clean.stated)
    assert checked > 450
    assert len({text.name for text in written()}) >= 10


@pytest.mark.parametrize(
    ("formula", "value", "unit"),
    [
        ("staff.established - staff.actual", "8", "人"),
        ("staff.actual / staff.established", "87.5", "%"),
        ("1 - staff.actual / staff.established", "12.5", "%"),
        ("staff.established / staff.dispatched.actual - 1", "23.08", "%"),
    ],
)
def test_a_formula_is_worked_out_exactly(formula: str, value: str, unit: str, futian: Case) -> None:
    truth = truth_of(formula, score(futian).ledger)
    assert (truth.value.quantize(Decimal(value)), truth.unit) == (Decimal(value), unit)


def test_numerals_are_written_as_people_do() -> None:
    assert [chinese(n) for n in (0, 10, 12, 20, 105, 1052, 9000)] == [
        "零", "十", "十二", "二十", "一百零五", "一千零五十二", "九千",
    ]  # fmt: skip
