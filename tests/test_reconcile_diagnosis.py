"""Which number is more likely wrong: examples over numbers alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from reconcile_case import broken, make, told

from assistant.reconcile.diagnosis import UNKNOWN, Amount, diagnose, digit_slip

ALLOWED = Decimal("0.015")


def amounts(total: str, *parts: str, **more: tuple[str, ...]) -> list[Amount]:
    """total = parts; `holds_0=(…)`, `breaks_1=(…)` say what other identities say of each."""
    values = [Decimal(total), *map(Decimal, parts)]
    return [
        Amount(f"数{at}", value, 1 if at == 0 else -1, Decimal("0.005"), "万元", at == 0 and len(values) > 2,
               more.get(f"holds_{at}", ()), more.get(f"breaks_{at}", ()))
        for at, value in enumerate(values)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant", "kind"),
    [
        ("90908", "90809", "swap"), ("7640", "7460", "neighbours"), ("7640", "7690", "digit"), ("764018", "76418", "length"),
        ("76418", "764418", "length"), ("7640", "7640", None), ("12", "21", None), ("7640", "1234", None),
        ("89866", "90908", None),
    ],
)  # fmt: skip
def test_digit_slips(written: str, meant: str, kind: str | None) -> None:
    assert digit_slip(written, meant) == kind


@pytest.mark.parametrize(
    ("total", "parts", "kind", "suspect", "words"),
    [
        ("75829600", ("1741.23", "5841.73"), "unit", 0, "万元与元"),
        ("7582.96", ("1741.23", "0.584173"), "unit", 2, "太小10,000倍"),
        ("7582.96", ("174.123", "5841.73"), "unit", 1, "小数点"),
        ("4100.50", ("1741.23", "5841.73", "3482.46"), None, None, ""),
        ("4100.50", ("1741.23", "-2359.27"), "sign", 2, "正负号"),
        ("5841.73", ("1741.23", "2233.40", "3608.33"), "part", None, "漏计"),
        ("9324.19", ("1741.23", "5841.73"), "part", None, "重复"),
        ("909.08", ("23.88", "884.21"), "swap", 0, "写反"),
        ("7529.86", ("1741.23", "5841.73"), None, None, ""),
        ("7852.96", ("1741.23", "5841.73"), "neighbours", 0, "颠倒"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_the_number_it_was_made_in(
    total: str, parts: tuple[str, ...], kind: str | None, suspect: int | None, words: str
) -> None:
    found = diagnose(amounts(total, *parts), ALLOWED)
    assert (found.slip.kind if found.slip else None) == kind
    assert found.suspect == suspect
    assert words in found.words


def test_what_nobody_adds_up_is_not_called_added_twice() -> None:
    from dataclasses import replace

    total, *parts = amounts("9324.19", "1741.23", "5841.73")
    assert "重复" in diagnose([total, *parts], ALLOWED).words
    assert "重复" not in diagnose([total, *(replace(part, addend=False) for part in parts)], ALLOWED).words
    off_by_the_opening = make({"carryover.total.closing": "95.83"})
    assert told(off_by_the_opening, "结转结余", "95.83")
    assert told(off_by_the_opening, "恰等于") == [], "nobody adds the opening up"


def test_where_nothing_can_be_said_that_is_said() -> None:
    assert diagnose(amounts("898.66", "23.88", "885.20"), ALLOWED).words == UNKNOWN


def test_the_number_that_no_other_identity_bears_out_is_the_likelier_one() -> None:
    found = diagnose(amounts("898.66", "23.88", "885.20", holds_0=("甲",), holds_1=("乙",)), ALLOWED)
    assert found.suspect == 2
    assert "没有" in found.words
    assert "数2" in found.words


def test_the_same_gap_elsewhere_accuses_what_both_have_in_common() -> None:
    found = diagnose(amounts("898.66", "23.88", "885.20", breaks_2=("丙",)), ALLOWED)
    assert found.suspect == 2
    assert "丙" in found.words


def test_a_slip_in_a_number_that_others_bear_out_is_not_believed() -> None:
    both = amounts("3390.30", "890.30", "1500.00")
    assert "或者" in diagnose(both, ALLOWED).words or "不止一个" in diagnose(both, ALLOWED).words
    found = diagnose(amounts("3390.30", "890.30", "1500.00", holds_0=("甲",)), ALLOWED)
    assert "数0”可能" not in found.words


def test_the_parts_are_likelier_wrong_where_only_the_total_is_borne_out() -> None:
    found = diagnose(amounts("898.66", "23.88", "885.20", holds_0=("填报的比率",)), ALLOWED)
    assert found.suspect is None
    assert "分项更可能有误" in found.words


def test_a_total_10000_times_its_parts_is_told_as_a_unit() -> None:
    (found,) = broken(make({"procurement.planned": "10211500"}), "政府采购＝货物＋工程＋服务（计划金额）")
    assert found.severity == "error"
    assert "混淆了万元与元" in found.message


def test_two_identities_point_at_the_figure_they_share() -> None:
    found = told(make({"final_accounts.personnel": "901.91"}), "人员经费决算数")
    assert len(found) == 2
    assert all("同样的差额也出现在" in f.message for f in found)
    assert {f.quote for f in found} == {found[0].quote}, "both findings stand at the suspect"


def test_a_transposed_figure_is_pointed_out() -> None:
    (found,) = broken(make({"procurement.services.planned": "885.12"}), "政府采购＝货物＋工程＋服务（计划金额）")
    assert "颠倒了相邻两位数字：885.12、885.21" in found.message
