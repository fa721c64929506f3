"""`find_numbers` against the conformance table, hostile input, and properties that hold for any text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.numbers import Mention, find_numbers

TABLE = Path(__file__).parent / "numbers" / "conformance.tsv"
FIELDS = ("text", "kind", "value", "upper", "unit", "step", "bound", "direction", "norm")


def _cases() -> dict[str, list[dict[str, str]]]:
    """Read the table: a text, and the fields of each number in it."""
    cases: dict[str, list[dict[str, str]]] = {}
    text = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        first, *fields = line.split("\t")
        if first:
            text = _unescape(first)
            assert text not in cases, f"twice in the table: {text}"
            cases[text] = []
        if fields:
            fields[0] = _unescape(fields[0])
            cases[text].append(dict(zip(FIELDS, fields + [""] * (len(FIELDS) - len(fields)), strict=True)))
    return cases


def _unescape(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\t", "\t")


def _fields(mention: Mention) -> dict[str, str]:
    return {name: "" if getattr(mention, name) is None else str(getattr(mention, name)) for name in FIELDS}


def _same(one: str, other: str) -> bool:
    """Compare two fields; numbers by value."""
    if one == other or not one or not other:
        return one == other
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return False


CASES = _cases()


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 330
    assert sum(not mentions for mentions in CASES.values()) >= 20


@pytest.mark.parametrize("text", CASES)
def test_conformance(text: str) -> None:
    found = [_fields(mention) for mention in find_numbers(text)]
    expected = CASES[text]
    assert [mention["text"] for mention in found] == [mention["text"] for mention in expected]
    for got, want in zip(found, expected, strict=True):
        differing = {name: (got[name], want[name]) for name in FIELDS if not _same(got[name], want[name])}
        assert not differing, f"{want['text']}: (found, expected) {differing}"


def test_a_quantity_is_what_a_figure_must_explain() -> None:
    explained = {mention.text for mention in find_numbers("2020年，第一批3家支出5万元，见附件1") if mention.is_quantity}
    assert explained == {"3家", "5万元"}


@pytest.mark.parametrize("shift", ["", "一、基本情况。", "\n", "𠀀", "共 "])
def test_what_stands_before_a_sentence_does_not_change_it(shift: str) -> None:
    sentence = "实际支出7,975.66万元，下降20.54%，培训超4.6万人次。"
    before = len(find_numbers(shift))
    moved = find_numbers(shift + sentence)[before:]
    expected = [replace(m, start=m.start + len(shift), end=m.end + len(shift)) for m in find_numbers(sentence)]
    assert moved == expected


HOSTILE = (
    *(
        "1",
        "1,",
        "111,",
        "1,111",
        "111 ",
        "1.",
        "1-",
        "1+",
        "1:",
        "1：",
        "1、",
        "1/",
        "1比",
        "1至",
        "2020、",
        "2020-",
        "1月-",
    ),
    *(
        "一",
        "一二三",
        "十百千万亿",
        "万",
        "一点",
        "百分之",
        "一分之",
        "二、三和",
        "第一",
        "第",
        "翻了",
        "数十",
        "一个",
        "“一个",
        "“",
    ),
    *(
        "((((1",
        "（",
        "〔2020〕",
        "a",
        "a1",
        "a-",
        "1a",
        "https://",
        "1（含）-",
        "0755-",
        "12**",
        "1亿2",
        "10多",
        "约",
        "降1",
    ),
    *(" ", "\n1.", "\u200b", "1\u200b", "\ud800", "\ud8001", "𠀀1", "１，", "\x00"),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_comes_to_an_end(piece: str) -> None:
    """What is not linear in the text would not return at this length."""
    text = piece * (60_000 // len(piece))
    _check_places(text)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_any_text(text: str) -> None:
    _check_places(text)


@given(
    st.lists(
        st.sampled_from(
            "0123456789,.%-~:/（）〔〕“”、，。\n\t 一二两三十百千万亿零点分之成半多余几第其前过翻年月日时号元角个名人次家倍上下约近超增降至Aa*·\u200b０，．壹拾整"
        ),
        max_size=40,
    )
)
def test_any_numerals(pieces: list[str]) -> None:
    _check_places("".join(pieces))


def _check_places(text: str) -> None:
    """Every mention is where it says, after the one before it, and whole."""
    end = 0
    for mention in find_numbers(text):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert mention.upper is None or (mention.value is not None and mention.value < mention.upper)
        assert mention.step is None or mention.step > 0
        assert (mention.value is not None) or not mention.is_quantity or mention.kind == "ratio"
        end = mention.end


UNITS = {
    "万元": (10_000, "元"),
    "亿元": (10**8, "元"),
    "元": (1, "元"),
    "%": (1, "%"),
    "人次": (1, "人次"),
    "万人次": (10_000, "人次"),
}
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


@given(
    value=st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False),
    unit=st.sampled_from(sorted(UNITS)),
    grouped=st.booleans(),
    space=st.sampled_from(["", " ", "\u00a0", "\u3000"]),
    wide=st.booleans(),
    hidden=st.integers(min_value=0, max_value=3),
)
def test_a_number_has_one_value_in_every_shape(
    value: Decimal, unit: str, grouped: bool, space: str, wide: bool, hidden: int
) -> None:
    printed = f"{value:,.2f}" if grouped else f"{value:.2f}"
    shape = f"{printed[:hidden]}\u200b{printed[hidden:]}" if hidden else printed
    shape += space + unit
    if wide:
        shape = shape.translate(WIDE)
    (mention,) = find_numbers(f"支付{shape}。")
    factor, name = UNITS[unit]
    assert mention.text == shape
    assert (mention.value, mention.unit, mention.step) == (value * factor, name, Decimal("0.01") * factor)


NUMERALS = "零一二三四五六七八九"


def _in_words(number: int) -> str:
    """Write a number below a hundred million in Chinese."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return _in_words(high) + "万" + gap + (_in_words(low) if low else "")
    words = ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            words += NUMERALS[digit] + name
        elif words and number:
            words += "" if words.endswith("零") else "零"
    return words


@given(st.integers(min_value=2, max_value=10**8 - 1))
def test_numerals_in_words(number: int) -> None:
    (mention,) = find_numbers(f"共发放{_in_words(number)}元。")
    assert (mention.kind, mention.value, mention.unit) == ("money", number, "元")
