from __future__ import annotations

from decimal import Decimal as D

import pytest

from assistant.errors import LedgerError
from assistant.ledger import Figure, Ledger, Provenance, Scope

CELL = Provenance("cell", file="workbook.xlsx", sheet="3 收支决算", cell="D5")


def figure(id: str = "final_accounts.total", value: D = D("7975.66"), unit: str = "万元", **more: object) -> Figure:
    return Figure(id, "部门支出合计决算数", value, unit, "2020", CELL, **more)  # type: ignore[arg-type]


def test_a_float_never_enters() -> None:
    with pytest.raises(LedgerError, match="十进制"):
        figure(value=7975.66)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [D("NaN"), D("Infinity")])
def test_what_is_no_number_never_enters(value: D) -> None:
    with pytest.raises(LedgerError):
        figure(value=value)


def test_an_id_names_one_figure() -> None:
    with pytest.raises(LedgerError, match="重复"):
        Ledger.of([figure(), figure()])


def test_a_ledger_does_not_change() -> None:
    empty = Ledger()
    full = empty.add([figure()])
    assert len(empty) == 0
    assert len(full) == 1
    with pytest.raises(TypeError):
        full.figures["x"] = figure()  # type: ignore[index]


def test_a_derived_figure_knows_its_inputs_and_they_must_exist() -> None:
    ledger = Ledger.of([figure()]).derive(figure("twice", D(2)), "2×1", ["final_accounts.total"])
    assert ledger["twice"].provenance.inputs == ("final_accounts.total",)
    with pytest.raises(LedgerError, match=r"no\.such"):
        ledger.derive(figure("thrice"), "?", ["no.such"])


def test_printing_rounds_half_up_once_and_separates_thousands() -> None:
    assert figure(value=D("8357.725"), print_places=2).printed() == "8,357.73万元"
    assert figure(value=D("0.125"), unit="%", print_places=2).printed() == "0.13%"
    assert figure(value=D("15.060")).printed() == "15.060万元"


def test_json_has_no_float_and_keeps_scope_and_cell() -> None:
    data = figure(scope=Scope(stage="决算")).to_json()
    assert data["value"] == "7975.66"
    assert data["scope"] == {"stage": "决算"}
    assert data["provenance"]["cell"] == "D5"
