"""Worked-out numbers: which arithmetic a sentence asks for, how it is shown, and that only its own operands count."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.documents import read_document
from assistant.intake import Case
from assistant.scorecard import Scorecard, score
from assistant.verify import MentionVerdict, check_against_case
from assistant.verify.matching.verdict import EXPLAINED


@pytest.fixture(scope="module")
def card(futian: Case) -> Scorecard:
    return score(futian)


def verdict_on(number: str, text: str, card: Scorecard, tmp_path: Path) -> MentionVerdict:
    """What came of one number of a text."""
    path = tmp_path / "report.md"
    path.write_text(text, "utf-8")
    mentions = check_against_case(read_document(path), card, whole=False).mentions
    return next(m for m in mentions if m.mention.text == number)


@pytest.mark.parametrize(
    ("text", "number", "how"),
    [
        ("项目支出5827.98万元，占总支出7975.66万元的73.07%。", "73.07%", "5,827.98÷7,975.66＝73.07%"),
        ("项目支出占总支出的73.1%。", "73.1%", "5,827.98÷7,975.66＝73.1%"),
        ("基本支出、项目支出分别占全年支出的26.93%、73.07%。", "26.93%", "2,147.68÷7,975.66＝26.93%"),
        ("“三公”经费比预算节约7.6万元。", "7.6万元", "13.18－5.58＝7.6万元"),
        ("“三公”经费支出5.58万元，比预算13.18万元下降57.66%。", "57.66%", "（13.18－5.58）÷13.18＝57.66%"),
        ("全年支出7975.66万元，比全年预算少1738800元。", "1738800元", "8,149.54－7,975.66＝1,738,800元"),
        ("核定编制64人，年末实有在编人员56人，空编8人。", "8人", "64－56＝8人"),
        ("项目支出预算执行率98.32%，比基本支出预算执行率高1.67个百分点。", "1.67个百分点", "98.32－96.65＝1.67个百分点"),
        ("处置办公家具54件、电子设备191部，合计245件。", "245件", "54件＋191部＝245件"),
        ("基本支出与人员经费合计4176.82万元。", "4176.82万元", "2,147.68＋2,029.14＝4,176.82万元"),
        ("三级指标共21项，扣分3项，其余18项得满分。", "18项", "21－3＝18项"),
        ("人员经费2029.14万元，在编人员56人，人均36.23万元。", "36.23万元", "2,029.14万元÷56人＝36.23万元"),
        ("全年支出完成年初预算的95.43%。", "95.43%", "7,975.66÷8,357.72＝95.43%"),
        ("项目支出是基本支出的2.7倍。", "2.7倍", "5,827.98÷2,147.68＝2.7倍"),
        ("部门绩效扣0.15分。", "0.15分", "55－54.85＝0.15分"),
    ],
)  # fmt: skip
def test_the_arithmetic_is_recomputed_and_shown(
    text: str, number: str, how: str, card: Scorecard, tmp_path: Path
) -> None:
    verdict = verdict_on(number, text, card, tmp_path).verdict
    assert (verdict.status, verdict.reason) == ("derived", how)


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("项目支出5827.98万元，占总支出7975.66万元的70.73%。", "70.73%", "73.07%"),
        ("“三公”经费比预算节约6.7万元。", "6.7万元", "7.6万元"),
        ("“三公”经费比预算增加7.6万元。", "7.6万元", "减少7.6万元"),
        ("全年支出7975.66万元，比全年预算多173.88万元。", "173.88万元", "减少173.88万元"),
        ("核定编制64人，年末实有在编人员56人，超编8人。", "8人", "减少8人"),
        ("处置办公家具54件、电子设备191部，合计254件。", "254件", "245件"),
        ("人员经费2029.14万元，在编人员56人，人均32.63万元。", "32.63万元", "36.23万元"),
    ],
)
def test_a_wrong_result_is_told_with_the_right_one(
    text: str, number: str, expected: str, card: Scorecard, tmp_path: Path
) -> None:
    verdict = verdict_on(number, text, card, tmp_path).verdict
    assert (verdict.status, verdict.expected) == ("mismatch", expected)
    assert expected.removeprefix("减少") in verdict.reason


_AS_PEOPLE_WRITE = [
    # the base is what the words name, of the same item, wherever it stands
    "“三公”经费决算5.58万元，较预算13.18万元少用7.6万元。",
    "与预算相比，公务用车购置及运行维护费减少5.89万元，公务接待费减少1.71万元，合计减少7.6万元。",
    "项目支出决算数5827.98万元，比全年预算数5927.35万元少99.37万元，比年初预算数6135.53万元少307.55万元。",
    "年初预算8357.72万元，年中核减208.18万元，降幅2.49%。",
    "全年预算由8357.72万元调减为8149.54万元，减少208.18万元，下降2.49%。",
    "固定资产519.95万元，无形资产214.03万元，前者比后者多305.92万元。",
    # a comparison is no difference
    "“三公”经费决算5.58万元，没有超过预算13.18万元。",
    # what is left of a plan
    "项目支出全年预算5927.35万元，实际支出5827.98万元，还有99.37万元未支出。",
    "“三公”经费预算13.18万元，节约7.6万元。",
    # the whole of a share stands in the sentence before, in its parts, or is the total of its own table
    "全年支出7975.66万元。基本支出2147.68万元，占比为26.93%。",
    "基本支出2147.68万元、项目支出5827.98万元，占比分别为26.93%、73.07%。",
    "服务类采购871.69万元，占全部采购的97.42%。",
    "基本支出由人员经费2029.14万元和日常公用经费118.54万元构成，前者占94.48%，后者占5.52%。",
    "处置办公家具54件、电子设备191部，电子设备占77.96%。",
    # the part is what the clause names, not the number just before
    "核定编制64人，其中行政编制59人、事业编制5人，行政编制占92.19%。",
    "人员经费2029.14万元，占基本支出的94.48%，占全年支出的25.44%。",
    # a number with a bound counts as the figure behind it
    "资产账面金额近740万元，其中固定资产519.95万元，占70.84%。",
    "项目支出5827.98万元，超过全部支出的七成。",
    # marks lost add up to marks lost
    "自评总得分97.85分，满分100分，合计扣2.15分。",
    "预算执行率扣0.15分，其余各扣1分。",
]
_AND_ITS_MUTANTS = [
    ("年初预算8357.72万元，年中调增208.18万元。", "208.18万元"),
    ("全年预算由8357.72万元调增为8149.54万元。", "8149.54万元"),
    ("与预算相比，公务用车购置及运行维护费增加5.89万元。", "5.89万元"),
    ("项目支出全年预算5927.35万元，实际支出5827.98万元，还有93.97万元未支出。", "93.97万元"),
    ("基本支出2147.68万元、项目支出5827.98万元，占比分别为73.07%、26.93%。", "73.07%"),
    ("人员经费2029.14万元，占基本支出的25.44%。", "25.44%"),
    ("服务类采购871.69万元，占全部采购的10.93%。", "10.93%"),
    ("核定编制64人，其中行政编制59人、事业编制5人，行政编制占7.81%。", "7.81%"),
    ("项目支出5827.98万元，超过全部支出的八成。", "八成"),
    ("预算执行率扣0.15分，其余各扣2分。", "2分"),
]


@pytest.mark.parametrize("text", _AS_PEOPLE_WRITE)
def test_a_rightly_worked_out_number_passes_however_it_is_said(text: str, card: Scorecard, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(text, "utf-8")
    told = check_against_case(read_document(path), card, whole=False).mentions
    assert [m.mention.text for m in told if m.verdict.status not in EXPLAINED] == []


@pytest.mark.parametrize(("text", "number"), _AND_ITS_MUTANTS)
def test_a_wrong_one_does_not(text: str, number: str, card: Scorecard, tmp_path: Path) -> None:
    assert verdict_on(number, text, card, tmp_path).verdict.status not in EXPLAINED


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("部门绩效得54.85分，“三公”经费支出5.58万元，占公共服务支出的0.17%。", "0.17%"),
        ("项目支出预算5927.35万元，比测算方案少110.35万元。", "110.35万元"),
    ],
)
def test_where_the_words_do_not_say_of_what_no_other_number_is_proposed(
    text: str, number: str, card: Scorecard, tmp_path: Path
) -> None:
    verdict = verdict_on(number, text, card, tmp_path).verdict
    assert (verdict.status, verdict.expected) == ("unsupported", "")


def test_a_difference_of_rates_is_in_points(card: Scorecard, tmp_path: Path) -> None:
    told = verdict_on("1.67%", "项目支出预算执行率98.32%，比基本支出预算执行率高1.67%。", card, tmp_path).verdict
    assert (told.status, told.expected) == ("wrong_unit", "1.67个百分点")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("基本支出2147.68万元，项目支出5827.98万元，新增投入3680.30万元。", "3680.30万元"),
        ("项目支出5827.98万元，总支出7975.66万元，整改到位73.07%。", "73.07%"),
        ("办公家具54件，电子设备191部，捐赠图书245件。", "245件"),
        ("人员经费2029.14万元。在编人员56人。职工食堂补助36.23万元。", "36.23万元"),
    ],
)
def test_without_a_word_for_it_no_two_numbers_explain_a_third(
    text: str, number: str, card: Scorecard, tmp_path: Path
) -> None:
    assert verdict_on(number, text, card, tmp_path).verdict.status not in ("derived", "verified", "rounded")


def test_nothing_is_worked_out_from_an_unexplained_number(card: Scorecard, tmp_path: Path) -> None:
    text = "绿化补助拨付321.40万元，比计划345.60万元节约24.20万元。"
    assert verdict_on("24.20万元", text, card, tmp_path).verdict.status == "unsupported"


def test_a_comparison_goes_on_over_the_full_stop(card: Scorecard, tmp_path: Path) -> None:
    text = "全年预算8149.54万元。较年初预算减少208.18万元，降幅2.49%。"
    assert verdict_on("208.18万元", text, card, tmp_path).verdict.status == "derived"
    assert verdict_on("2.49%", text, card, tmp_path).verdict.status == "derived"
