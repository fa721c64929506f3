"""Numbers of persons become blanks; figures, codes of offices and slots do not."""

from __future__ import annotations

import pytest

from assistant.masking.identity import CARD, IDENTITY, PHONE, mask_identity


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证44030419900307123X。", f"身份证{IDENTITY}。"),
        ("440304199003071234", IDENTITY),
        ("440304 19900307 1234", IDENTITY),
        ("４４０３０４１９９００３０７１２３４", IDENTITY),
        ("身份证号：440304900307123", f"身份证号：{IDENTITY}"),
        ("（440304900307123）", f"（{IDENTITY}）"),
        ("联系人13800138000", f"联系人{PHONE}"),
        ("138 0013 8000；138-0013-8000；+86 13800138000", f"{PHONE}；{PHONE}；{PHONE}"),
        ("13800138000,13900139000", f"{PHONE},{PHONE}"),
        ("138－0013－8000", PHONE),
        ("1\u200b3800138000", PHONE),
        ("0755-20000001转801、(010)66551234", f"{PHONE}、{PHONE}"),
        ("办公电话：20000001", f"办公电话：{PHONE}"),
        ("6222 0212 3456 7890 128", CARD),
        ("4111111111111111", CARD),
        ("账号：4000 0123 4567 8901 234", f"账号：{CARD}"),
        ("440304199003071234 13800138000", f"{IDENTITY} {PHONE}"),
    ],
)
def test_numbers_of_persons_are_blanked(text: str, masked: str) -> None:
    assert mask_identity(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "全年支出13800138000元，上年13912345678.50元",
        "决算数79756600元，预算执行率97.87%",
        "粤财预〔2020〕11号，2020-06-01至2020-12-31",
        "统一社会信用代码11440304007542500K",
        "统一社会信用代码114403040075425000",
        "受理12345热线4.62万件，2021 2022 2023 2024 2025",
        "13.98 12.05 33.20 44.10 55.20 11.20",
        "服务20000001人次",
        "4111111111111112",  # Luhn says that this is no card
    ],
)
def test_figures_and_codes_stay(text: str) -> None:
    assert mask_identity(text) == text


def test_slots_stay_and_do_not_shield_their_neighbours() -> None:
    assert mask_identity("[[m13800138000]][[a.b:value]]13800138000") == f"[[m13800138000]][[a.b:value]]{PHONE}"


def test_a_slot_that_is_none_hides_nothing() -> None:
    assert mask_identity("[[13800138000]]") == f"[[{PHONE}]]"


@pytest.mark.parametrize("piece", ["1 ", "13", "电话", "账号 ", "0755-", "6222-", "4 4 0 3 ", "[[", "身份证"])
def test_time_is_linear_in_the_text(piece: str) -> None:
    from time import process_time

    def took(times: int) -> float:
        began = process_time()
        mask_identity(piece * times)
        return process_time() - began

    took(1000)
    assert took(40_000) < 40 * max(min(took(4000) for _ in range(3)), 0.002)
