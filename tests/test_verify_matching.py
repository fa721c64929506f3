"""Numbers against the case they are said of: what people rightly write passes, and its wrong neighbours are told for what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from types import MappingProxyType

import pytest
from conftest import ROOT
from draft_cases import CELL, make_case
from matching_right import GOOD
from matching_wrong import BAD

from assistant.documents import read_document
from assistant.intake import Case, Entry, Row, load_case
from assistant.numbers import find_numbers
from assistant.scorecard import Scorecard, score
from assistant.verify import Check, check_against_case
from assistant.verify.matching.verdict import EXPLAINED

_NUMBERS = {"mismatch", "misattributed", "wrong_unit", "wrong_period", "wrong_scope", "unsupported"}
_TRUE_ELSEWHERE = {"受表彰的个人115名、集体33个。"}
"""The material's own table gives another 受表彰个人 as well."""


@pytest.fixture(scope="module")
def cards() -> Mapping[str, Scorecard]:
    return {name: score(load_case(ROOT / "evals" / "cases" / name)) for name in GOOD}


def codes(sentences: list[str], card: Scorecard, tmp_path: Path, case: Case | None = None) -> list[set[str]]:
    """The codes that the numbers of each sentence get, every one in a paragraph of its own."""
    path = tmp_path / "report.md"
    path.write_text("\n\n".join(sentences), "utf-8")
    text = read_document(path)
    assert len(text.blocks) == len(sentences)
    found: dict[int, set[str]] = {block.start: set() for block in text.blocks}
    for finding in check_against_case(text, card, whole=False, case=case).findings:
        if finding.code in _NUMBERS:
            found[text.block_at(finding.start).start].add(finding.code)
    return [found[block.start] for block in text.blocks]


@pytest.mark.parametrize("name", GOOD)
def test_what_people_rightly_write_passes(name: str, cards: Mapping[str, Scorecard], tmp_path: Path) -> None:
    told = codes(GOOD[name], cards[name], tmp_path)
    assert {sentence: found for sentence, found in zip(GOOD[name], told, strict=True) if found} == {}


@pytest.mark.parametrize("name", BAD)
def test_wrong_neighbours_are_told_for_what_they_are(name: str, cards: Mapping[str, Scorecard], tmp_path: Path) -> None:
    told = codes([sentence for sentence, _ in BAD[name]], cards[name], tmp_path)
    assert {s: found for (s, due), found in zip(BAD[name], told, strict=True) if not found & set(due.split())} == {}


@pytest.mark.parametrize("name", GOOD)
def test_no_digit_changes_unseen_and_no_two_numbers_change_places(
    name: str, cards: Mapping[str, Scorecard], tmp_path: Path
) -> None:
    mutants = [mutant for sentence in GOOD[name] for mutant in _mutants(sentence)]
    assert len(mutants) > 8 * len(GOOD[name])
    told = codes(mutants, cards[name], tmp_path)
    missed = {mutant for mutant, found in zip(mutants, told, strict=True) if not found}
    assert missed <= _TRUE_ELSEWHERE


def _mutants(sentence: str) -> Iterator[str]:
    """The sentence with one digit of a quantity changed, and with two of one unit swapped."""
    quantities = [m for m in find_numbers(sentence) if m.is_quantity and any(char.isdecimal() for char in m.text)]
    for mention in quantities:
        for at in range(mention.start, mention.end):
            if sentence[at].isdecimal() and (digit := str((int(sentence[at]) + 3) % 9 + 1)) != sentence[at]:
                yield sentence[:at] + digit + sentence[at + 1 :]
    for one, other in combinations(quantities, 2):
        if one.unit == other.unit and one.value != other.value:
            middle = sentence[one.end : other.start]
            yield sentence[: one.start] + other.text + middle + one.text + sentence[other.end :]


def checked(text: str, card: Scorecard, tmp_path: Path, case: Case | None = None) -> Check:
    path = tmp_path / "report.md"
    path.write_text(text, "utf-8")
    return check_against_case(read_document(path), card, whole=False, case=case)


def messages(text: str, card: Scorecard, tmp_path: Path, case: Case | None = None) -> dict[str, str]:
    """Code -> message, of what is said of its numbers and dates."""
    return {f.code: f.message for f in checked(text, card, tmp_path, case).findings if f.code in _NUMBERS}


FUTIAN, WULING, LONGGANG = "futian-organization-2020", "wuling-organization-2023", "longgang-civil-affairs-2021"


@pytest.mark.parametrize(
    ("name", "sentence", "code", "says"),
    [
        (FUTIAN, "年初预算总额8,149.54万元。", "wrong_scope", ["应为8,357.72万元", "部门支出合计全年预算数", "3 收支决算!D12", "口径为全年预算"]),
        (FUTIAN, "2019年全年实际支出7,975.66万元。", "wrong_period", ["2020年的部门支出合计决算数", "句中说的是2019年"]),
        (WULING, "2022年部门整体支出752.48万元。", "wrong_period", ["2023年", "2022年应为946.99万元", "3 收支决算!B12"]),
        (FUTIAN, "固定资产9套。", "misattributed", ["“固定资产数量”应为1,043件", "“无形资产数量”"]),
        (FUTIAN, "2020年全年实际支出7,975.66元。", "wrong_unit", ["应为7,975.66万元"]),
        (LONGGANG, "困境儿童49户按月领取补贴。", "wrong_unit", ["49名"]),
    ],
)  # fmt: skip
def test_a_reason_names_what_it_is_what_it_should_be_and_from_where(
    name: str, sentence: str, code: str, says: list[str], cards: Mapping[str, Scorecard], tmp_path: Path
) -> None:
    found = messages(sentence, cards[name], tmp_path)
    assert set(found) == {code}
    assert [words for words in says if words not in found[code]] == []


def test_no_rubric_sentence_is_named_as_the_owner_of_a_number(cards: Mapping[str, Scorecard], tmp_path: Path) -> None:
    for sentence in ("满意度超过95%。", "培训班举办了5期。", "新增点位3项。", "验收合格率90%。"):
        told = " ".join(messages(sentence, cards[FUTIAN], tmp_path).values())
        assert told
        assert "的评分标准" not in told
        assert "的得分说明" not in told


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("全区已有五星级的社区党建品牌17个。", ""),
        ("全区已有五星级的社区党建品牌17户。", "wrong_unit"),
        ("全区已有五星级的社区党建品牌17项。", ""),
        ("会员单位第一批有22个。", ""),
        ("会员单位第一批有22户。", "wrong_unit"),
        ("固定资产共1043个。", ""),
        ("核定编制64个。", ""),
    ],
)
def test_a_measure_word_stands_for_another_only_where_both_count_the_same(
    sentence: str, code: str, cards: Mapping[str, Scorecard], tmp_path: Path
) -> None:
    assert set(messages(sentence, cards[FUTIAN], tmp_path)) == ({code} if code else set())


def test_a_table_in_any_order_is_read_by_its_heads(cards: Mapping[str, Scorecard], tmp_path: Path) -> None:
    table = (
        "单位：万元\n\n| 支出类别 | 决算数 | 年初预算 | 执行率 |\n|---|---|---|---|\n"
        "| 项目支出 | 5827.98 | 6135.53 | 98.32% |\n| 基本支出 | 2147.7 | 2222.2 | 96.65% |\n| 合计 | 7975.66 | 8357.72 | 97.87% |\n"
    )
    assert messages(table, cards[FUTIAN], tmp_path) == {}
    turned = "| 项目 | 基本支出 | 项目支出 |\n|---|---|---|\n| 决算数（万元） | 2,147.68 | 5,827.98 |\n| 执行率 | 96.65% | 98.32% |\n"
    assert messages(turned, cards[FUTIAN], tmp_path) == {}
    for text, wrong in (
        (table, ("5827.98", "5872.98")),
        (table, ("96.65%", "97.87%")),
        (turned, ("2,147.68", "2,222.19")),
    ):
        assert messages(text.replace(*wrong), cards[FUTIAN], tmp_path)


def test_a_head_may_say_year_and_unit_and_a_row_its_full_name(cards: Mapping[str, Scorecard], tmp_path: Path) -> None:
    years = "2023年收支：\n\n| 项目 | 2022年决算数（万元） | 2023年决算数（万元） |\n|---|---|---|\n| 支出合计 | 946.99 | 752.48 |\n"
    net = "| 项目 | 金额（万元） |\n|---|---|\n| 固定资产净值 | 646.80 |\n| 流动资产 | 271.27 |\n"
    for name, table, ones in ((WULING, years, ("946.99", "752.48")), (LONGGANG, net, ("646.80", "271.27"))):
        assert messages(table, cards[name], tmp_path) == {}
        swapped = table.replace(ones[0], "□").replace(ones[1], ones[0]).replace("□", ones[1])
        assert messages(swapped, cards[name], tmp_path)


@pytest.mark.parametrize(
    "sentence",
    [
        "节支有3个方面的做法：一是对账；二是会商；三是通报。",
        "整改分2个层面：一是制度；二是执行。",
        "落实中坚持三个到位：一是责任到位；二是人员到位；三是经费到位。",
        "进一步规范一项制度。",
    ],
)
def test_a_count_that_announces_its_own_list_needs_no_figure(
    sentence: str, cards: Mapping[str, Scorecard], tmp_path: Path
) -> None:
    assert messages(sentence, cards[FUTIAN], tmp_path) == {}


def test_a_standard_in_a_row_belongs_to_the_indicator_of_that_row(
    cards: Mapping[str, Scorecard], tmp_path: Path
) -> None:
    card = cards[FUTIAN]
    lines = {leaf.name: [line for line in leaf.standard.splitlines() if "分" in line] for leaf in card.leaves}
    owner, standard = next(
        (name, line) for name, ls in lines.items() for line in ls if "每有1项不符合预算编制要求" in line
    )
    rows = f"| 三级指标 | 评分标准 |\n|---|---|\n| {owner} | {standard} |\n"
    assert messages(rows, card, tmp_path) == {}
    assert set(messages(rows.replace("扣1分", "扣2分"), card, tmp_path)) == {"mismatch"}
    full, elsewhere = f"| {owner} | {lines[owner][0]} |\n", "得8分"
    assert any(elsewhere in line for name, ls in lines.items() if name != owner for line in ls)
    heads = "| 三级指标 | 评分标准 |\n|---|---|\n"
    assert messages(heads + full, card, tmp_path) == {}
    assert messages(heads + full.replace("得5分", elsewhere), card, tmp_path)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("满意度年度指标值为90%，实际完成值为93%。", ""),
        ("满意度实际完成93%，达到90%的年度指标值。", ""),
        ("满意度实际完成90%，达到93%的年度指标值。", "misattributed"),
        ("满意度目标是93%。", "misattributed"),
        ("满意度实际达到90%。", "mismatch"),
    ],
)
def test_target_and_achieved_are_two_numbers(
    sentence: str, code: str, cards: Mapping[str, Scorecard], tmp_path: Path
) -> None:
    found = set(messages(sentence, cards[WULING], tmp_path))
    assert bool(found) == bool(code), found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("党员和干部教育培训班 | 8期 | 8期", set()),
        ("党员教育、干部教育培训班期数 | 8期 | 8期", set()),
        ("干部教育培训班 | 8期 | 8期", set()),
        ("党员和干部教育培训班 | 9期 | 8期", {"mismatch"}),
        ("党员和干部教育培训班 | 8期 | 6期", {"mismatch"}),
        ("开展主题党日活动 | 12次 | 12次", set()),
        ("开展主题党日活动 | 12次 | 7次", {"mismatch"}),
        ("服务对象和社会公众满意度 | 90% | 93%", set()),
        ("服务对象和社会公众满意度 | 93% | 90%", {"misattributed"}),
        ("服务对象和社会公众不满意度 | 90% | 93%", {"misattributed"}),
        ("技能竞赛活动 | 8期 | 8期", {"unsupported"}),
    ],
)
def test_a_row_may_call_a_target_by_other_words(
    row: str, found: set[str], cards: Mapping[str, Scorecard], tmp_path: Path
) -> None:
    table = f"| 指标名称 | 年度指标值 | 实际完成值 |\n|---|---|---|\n| {row} |\n"
    assert set(messages(table, cards[WULING], tmp_path)) == found


@pytest.fixture
def dated(tmp_path: Path) -> Case:
    """A case that knows dates: of its materials, of disclosures, of a measure."""
    case = make_case(
        tmp_path,
        materials={
            "a.txt": "第一期业务考试于2022年7月举行，参加的有125人。\n按云财资〔2021〕17号文处置了一批旧设备。\n"
        },
        problems=(("指标不细", "绩效指标明确性", "缺少量化", "会同业务科室逐项细化指标并设置量化目标值", "办公室", "2023年6月底前"),),
    )  # fmt: skip
    given = [("预算公开", "2022年2月10日", "2022年2月25日"), ("决算公开", "2023-08-05", "2023年8月20日")]
    rows = tuple(
        Row(n, MappingProxyType({
            column: Entry(f"disclosures.{n}.{column}", words, CELL)
            for column, words in zip(("item", "approved", "published"), row, strict=True)
        }))
        for n, row in enumerate(given, 1)
    )  # fmt: skip
    return replace(case, tables=MappingProxyType({**case.tables, "disclosures": rows}))


@pytest.mark.parametrize(
    ("sentence", "code", "expected"),
    [
        ("第一期业务考试于2022年7月举行。", "", ""),
        ("第一期业务考试于7月举行。", "", ""),
        ("第一期业务考试于2022年8月举行。", "mismatch", "2022年7月"),
        ("第一期业务考试于2021年7月举行。", "wrong_period", "2022年7月"),
        ("按云财资〔2021〕17号文处置了一批旧设备。", "", ""),
        ("按云财资〔2021〕71号文处置了一批旧设备。", "mismatch", "〔2021〕17号"),
        ("部门预算2022年2月10日批复，2月25日公开。", "", ""),
        ("部门预算2022年2月10日批复，2月26日公开。", "mismatch", "2022年2月25日"),
        ("部门决算于2023年8月15日批复。", "mismatch", "2023-08-05"),
        ("会同业务科室逐项细化指标并设置量化目标值，2023年6月底前完成。", "", ""),
        ("会同业务科室逐项细化指标并设置量化目标值（完成时限：2023年9月底前）。", "mismatch", "2023年6月底前"),
        ("2023年9月底前完成办公楼维修。", "", ""),
        ("2021年3月5日召开动员会，预算绩效培训于5月举办。", "", ""),
    ],
)
def test_dates_that_the_case_knows(sentence: str, code: str, expected: str, dated: Case, tmp_path: Path) -> None:
    found = {
        f.code: f.expected
        for f in checked(sentence, score(dated), tmp_path, dated).findings
        if f.code in ("mismatch", "wrong_period")
    }
    assert found == ({code: expected} if code else {})


def test_every_number_of_a_passing_sentence_is_explained(cards: Mapping[str, Scorecard], tmp_path: Path) -> None:
    result = checked("政府采购计划898.66万元，实际采购894.74万元，节约3.92万元。", cards[FUTIAN], tmp_path)
    assert [m.verdict.status for m in result.mentions] == ["verified", "verified", "derived"]
    assert {m.verdict.status for m in result.mentions} <= EXPLAINED
