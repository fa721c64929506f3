"""Made-up values for every cell and every column of a framework's workbook, the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from assistant.catalogue import Column, FigureSpec
from assistant.frameworks import Framework
from assistant.intake import Workbook
from assistant.intake.inputs import cells, sheets

Said = dict[str, object]


@dataclass(frozen=True)
class MadeUp:
    """What goes in: values by id, rows by table."""

    values: Said
    tables: dict[str, list[Said]]


def make_up(framework: Framework, seed: int, *, totals: bool = True) -> MadeUp:
    """Values for all cells; without `totals` every subtotal stays as the blank workbook has it."""
    dice = random.Random(f"{framework.id} {seed}")
    values = {spec.id: _value(spec, dice) for spec in cells(framework) if totals or not spec.sum}
    tables: dict[str, list[Said]] = {
        sheet.table: [{c.id: _value(c, dice) for c in sheet.columns} for _ in range(dice.randint(1, 4))]
        for sheet in sheets(framework)
        if sheet.kind == "table"
    }
    for rows in tables.values():
        for number, row in enumerate(rows):
            if "sign" in row:
                row["sign"], row["unit"] = ("≥", "≤", "=")[number % 3], "期"
    return MadeUp(values, tables)


def _value(spec: FigureSpec | Column, dice: random.Random) -> object:
    if spec.choices:
        return dice.choice(spec.choices)
    match spec.type:
        case "amount":
            return Decimal(dice.randint(1, 10**9)) / 10 ** dice.randint(0, 4)
        case "count" | "number_or_text":
            return dice.randint(0, 99_999)
        case "percent":
            return Decimal(dice.randint(1, 12_000) // dice.choice((1, 100)) + 1) / 100
        case "year":
            return 2020
        case "mark":
            most = spec.most if isinstance(spec, FigureSpec) and spec.most is not None else Decimal(100)
            return (most * dice.randint(0, 100) / 100).quantize(Decimal("0.001"))
    return f"文字{dice.randint(1, 10**6)}，=A1"


def plain(value: object) -> str:
    """A value as people write it, so that 12.50 and 12.5 are one."""
    if not isinstance(value, (Decimal, int)):
        return str(value).removesuffix("%")
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def expected(made: MadeUp) -> dict[str, str]:
    """Id (or table.row.column) -> what should come back."""
    found = {id: plain(value) for id, value in made.values.items()}
    for table, rows in made.tables.items():
        found |= {f"{table}.{n}.{c}": plain(v) for n, row in enumerate(rows, 1) for c, v in row.items()}
    return found


def read_back(found: Workbook, framework: Framework) -> dict[str, str]:
    """The same of a workbook that was read: what was given in cells, and nothing that was worked out."""
    ids = {spec.id for spec in cells(framework)}
    said = {id: plain(e.text if e.number is None else e.number) for id, e in found.entries.items()}
    said |= {f.id: plain(f.value) for f in found.ledger if f.id in ids and f.provenance.source == "cell"}
    for table, rows in found.tables.items():
        for row in rows:
            for column, e in row.cells.items():
                said[f"{table}.{row.number}.{column}"] = plain(e.text if e.number is None else e.number)
    return said
