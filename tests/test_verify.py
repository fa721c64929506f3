"""The verifier, in both directions: every code flags what it must and leaves its neighbour alone."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from examples import EXAMPLES

from assistant.documents import read_document
from assistant.findings import Code
from assistant.intake import Case, load_case
from assistant.scorecard import Scorecard, score
from assistant.verify import Check, check_against_case, check_alone
from assistant.verify.matching.match import EXPLAINED

CODES_OF_STATUS = ("mismatch", "misattributed", "wrong_unit", "wrong_period", "wrong_scope", "unsupported")
EXPLANATION = "绩效指标明确性扣1分，编外人员控制率扣1分，预算执行率扣0.15分。"


@pytest.fixture(scope="module")
def card(futian: Case) -> Scorecard:
    return score(futian)


def check(text: str, card: Scorecard, tmp_path: Path) -> Check:
    path = tmp_path / "report.md"
    path.write_text(text, "utf-8")
    return check_against_case(read_document(path), card)


def flagged(text: str, card: Scorecard, tmp_path: Path) -> dict[str, str]:
    """Code -> message, without what a single sentence cannot help (nothing else explained, lost marks untold)."""
    return {f.code: f.message for f in check(text, card, tmp_path).findings if f.code not in ("closure", "unreadable")}


@pytest.mark.parametrize(("code", "text", "names"), [(c, t, n) for c, (bad, _) in EXAMPLES.items() for t, n in bad])
def test_flags(code: str, text: str, names: str, card: Scorecard, tmp_path: Path) -> None:
    found = flagged(text, card, tmp_path)
    if code in CODES_OF_STATUS:
        assert set(found) & set(CODES_OF_STATUS), f"not flagged: {text}"
        assert any(names in message for message in found.values())
    assert code in found, f"flagged as {found}"
    assert names in found[code]


@pytest.mark.parametrize("text", [text for _, good in EXAMPLES.values() for text in good])
def test_leaves_alone(text: str, card: Scorecard, tmp_path: Path) -> None:
    assert flagged(text, card, tmp_path) == {}


def test_every_code_that_is_raised_has_examples_on_both_sides() -> None:
    raised = {*CODES_OF_STATUS, "year", "residue", "missing"}
    assert raised <= set(EXAMPLES)
    assert set(EXAMPLES) <= set(get_args(Code))
    assert all(bad and good for bad, good in EXAMPLES.values())


def test_lost_marks_must_be_spoken_of(card: Scorecard, tmp_path: Path) -> None:
    silent = check("自评总得分97.85分。", card, tmp_path)
    assert {f.quote for f in silent.findings if f.code == "closure"} == {
        "绩效指标明确性",
        "编外人员控制率",
        "预算执行率",
    }
    told = check(EXPLANATION, card, tmp_path)
    assert not [f for f in told.findings if f.code == "closure"]


def test_a_text_in_which_nothing_can_be_checked_has_failed(card: Scorecard, tmp_path: Path) -> None:
    assert "unreadable" in {f.code for f in check("各项工作圆满完成。", card, tmp_path).findings}
    assert "unreadable" not in {f.code for f in check("预算执行率97.87%。", card, tmp_path).findings}


def test_tables_are_read_by_their_heads(card: Scorecard, tmp_path: Path) -> None:
    table = "单位：万元\n\n| 项目 | 年初预算 | 年度总支出 | 预算执行率 |\n|---|---|---|---|\n| 基本支出 | 2,222.19 | 2,147.68 | 96.65% |\n"
    assert flagged(table, card, tmp_path) == {}
    swapped = table.replace("2,222.19 | 2,147.68", "2,147.68 | 2,222.19")
    assert len([m for m in check(swapped, card, tmp_path).mentions if m.verdict.status not in EXPLAINED]) == 2
    in_yuan = table.replace("万元", "元")
    assert "wrong_unit" in flagged(in_yuan, card, tmp_path)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("固定资产投资同比下降4.1%。", ""),
        ("固定资产投资同比增长4.1%。", "mismatch"),
        ("全年发放低保金486.72万元。", ""),
        ("2020年发放低保金486.72万元。", ""),
        ("2019年全年发放低保金486.72万元。", "wrong_period"),
        ("年末在册低保对象312户507人。", ""),
        ("年末在册低保对象507户312人。", "mismatch"),
        ("临时救助138人次、发放41.4万元。", ""),
    ],
)
def test_numbers_of_materials_keep_direction_year_and_subject(
    told: str, code: str, futian_case: Path, tmp_path: Path
) -> None:
    (futian_case / "materials/more.txt").write_text(
        "全年固定资产投资同比下降4.1%。\n年末在册低保对象312户507人，全年发放低保金486.72万元，临时救助138人次、发放41.4万元。\n",
        "utf-8",
    )
    case = futian_case / "case.yaml"
    case.write_text(
        case.read_text("utf-8").replace("work-summary.docx]", "work-summary.docx, materials/more.txt]"), "utf-8"
    )
    found = flagged(told, score(load_case(futian_case)), tmp_path)
    assert set(found) - {"year"} == ({code} if code else set()), found


def test_what_explains_a_number_is_named(card: Scorecard, tmp_path: Path) -> None:
    data = check("2020年全年实际支出7,975.66万元。", card, tmp_path).to_json()
    mention = next(m for m in data["mentions"] if m["kind"] == "money")
    assert mention["figure"] == "final_accounts.total"
    assert "workbook.xlsx" in mention["reason"]
    assert data["summary"]["mentions"]["verified"] == 1
    assert mention["value"] == "79756600"


def test_without_a_case_a_text_is_only_held_against_itself(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("支出12.5万元。\n主要原因是【待补：偏差原因】。\n", "utf-8")
    result = check_alone(read_document(path))
    assert [m.verdict.status for m in result.mentions if m.mention.is_quantity] == ["unsupported"]
    assert {f.code for f in result.findings} == {"missing"}
    assert result.errors == 0
