"""`find_numbers` against the conformance table, hostile input, and properties that hold for any text."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.numbers import Mention, find_numbers
from evals.hostile import hostile_strings

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
HOSTILE = hostile_strings(60_000)


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 600
    assert sum(not mentions for mentions in CASES.values()) >= 50


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


@pytest.mark.parametrize(
    ("text", "inclusive"),
    [
        ("90%以上", True),
        ("60分（不含）以下", False),
        ("超过90分（含90）", True),
        ("超过90分", False),
        ("不低于95%", True),
        ("近500万元", False),
    ],
)
def test_whether_a_bound_allows_the_number_itself(text: str, inclusive: bool) -> None:
    assert find_numbers(text)[0].inclusive is inclusive


@pytest.mark.parametrize("shift", ["", "一、基本情况。", "\n", "𠀀", "共 "])
def test_what_stands_before_a_sentence_does_not_change_it(shift: str) -> None:
    sentence = "实际支出7,975.66万元，下降20.54%，培训超4.6万人次。"
    before = len(find_numbers(shift))
    moved = find_numbers(shift + sentence)[before:]
    expected = [m._replace(start=m.start + len(shift), end=m.end + len(shift)) for m in find_numbers(sentence)]
    assert moved == expected


@pytest.mark.parametrize("name", sorted(hostile_strings(1)))
def test_hostile_text_comes_to_an_end(name: str) -> None:
    """What takes time for every pair of its characters would not return at this length; `jiping eval speed` measures it."""
    _check_places(HOSTILE[name])


@pytest.mark.parametrize("digits", ["7" * 200_000, "1." + "7" * 200_000, "111" + ",111" * 50_000, "７" * 200_000])
def test_no_arithmetic_is_done_with_endless_digits(digits: str) -> None:
    (mention,) = find_numbers(f"支出{digits}万元。")
    assert (mention.kind, mention.value) == ("idiom", None)


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


DIGITS = {"plain": "零一二三四五六七八九", "formal": "零壹贰叁肆伍陆柒捌玖"}
PLACES = {"plain": ("千", "百", "十", "万", "亿"), "formal": ("仟", "佰", "拾", "万", "亿")}


def _in_words(number: int, style: str = "plain") -> str:
    """Write a number below ten thousand billion in Chinese."""
    thousand, hundred, ten, myriad, yi = PLACES[style]
    for size, name in ((10**8, yi), (10**4, myriad)):
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _in_words(high, style) + name + gap + (_in_words(low, style) if low else "")
    words = ""
    for place, name in ((1000, thousand), (100, hundred), (10, ten), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            words += DIGITS[style][digit] + name
        elif words and number:
            words += "" if words.endswith("零") else "零"
    return words


@given(st.integers(min_value=2, max_value=10**12 - 1))
def test_numerals_in_words(number: int) -> None:
    (mention,) = find_numbers(f"共发放{_in_words(number)}元。")
    assert (mention.kind, mention.value, mention.unit) == ("money", Decimal(number), "元")


@given(cents=st.integers(min_value=1_00, max_value=10**12))
def test_an_amount_has_one_value_in_every_spelling(cents: int) -> None:
    yuan, odd = divmod(cents, 100)
    value = Decimal(cents) / 100
    jiao, fen = divmod(odd, 10)
    formal = DIGITS["formal"]
    coins = (f"{formal[jiao]}角" if jiao else "零" if fen else "") + (f"{formal[fen]}分" if fen else "整")
    spellings = [
        f"{value:.2f}元", f"{value:,.2f}元", f"{value:,.2f}元".translate(WIDE).replace(",", "，"), f"￥{value:,.2f}",
        f"人民币{value:.2f}元", f"{value / 10_000:.6f}万元", f"{value / 10_000:,.6f} 万 元", f"{value / 10**8:.10f}亿元",
        f"{_in_words(yuan, 'formal')}元{coins}",
    ]  # fmt: skip
    for spelling in spellings:
        (mention,) = find_numbers(f"支付{spelling}。")
        assert (mention.kind, mention.value, mention.unit) == ("money", value, "元"), spelling


HIDDEN = "\u200b\u200e\u200f\u202a\u202c\u2060\ufeff"


@given(
    value=st.decimals(min_value=1, max_value=10**9, places=2, allow_nan=False),
    marks=st.lists(st.tuples(st.integers(min_value=1, max_value=8), st.sampled_from(HIDDEN)), min_size=1, max_size=6),
)
def test_what_cannot_be_seen_changes_no_value(value: Decimal, marks: list[tuple[int, str]]) -> None:
    shape = f"{value:,.2f}万元"
    for at, mark in marks:
        shape = shape[:at] + mark + shape[at:] if at < len(shape) - 1 else shape
    (mention,) = find_numbers(f"下降{shape}，")
    assert (mention.text, mention.value, mention.direction) == (shape, value * 10_000, "down")


@given(
    first=st.integers(min_value=0, max_value=9999),
    second=st.integers(min_value=0, max_value=99),
    gap=st.sampled_from([" ", "  ", "\t", "\n", "、", "；", "，", " / ", " | "]),
    unit=st.sampled_from(["", "%", "万元", "项", "人次"]),
)
def test_neighbours_are_never_glued(first: int, second: int, gap: str, unit: str) -> None:
    """Two numbers side by side, as in a row of a table or in a list, stay two."""
    assert len(find_numbers(f"数值 {first}{gap}{second}{unit}\n合计")) == 2
