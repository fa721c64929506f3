"""`find_numbers` against the conformance table, hostile input, and properties that hold for any text."""

from __future__ import annotations

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


@pytest.mark.parametrize("text", CASES)
def test_conformance(text: str) -> None:
    found = [_fields(mention) for mention in find_numbers(text)]
    expected = CASES[text]
    assert [mention["text"] for mention in found] == [mention["text"] for mention in expected]
    for got, want in zip(found, expected, strict=True):
        differing = {name: (got[name], want[name]) for name in FIELDS if not _same(got[name], want[name])}
        assert not differing, f"{want['text']}: (found, expected) {differing}"
