"""What case.yaml says of a department's units: the folders, and the 抵销 between them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from assistant.catalogue import FigureSpec, load_catalogue
from assistant.errors import InputError
from assistant.intake.case import Case, Offset
from assistant.numbers import base, find_numbers

_KEY = "case.yaml offsets"
_FIX = "请改好 case.yaml 后再试"


class OffsetTold(BaseModel):
    """One entry of `offsets`, to the letter. `between` is the unit that paid and the one that received."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    figure: str = Field(min_length=1)
    against: str = ""
    amount: str = Field(min_length=1)
    between: tuple[str, ...]
    reason: str = Field(min_length=1)


def read_offsets(told: Sequence[OffsetTold], units: Sequence[Case]) -> tuple[Offset, ...]:
    """The 抵销, each checked for what it names.

    Raises:
        InputError: a figure that is none or does not add, no amount, or a unit that is not among `units`.
    """
    return tuple(_read(entry, number, units) for number, entry in enumerate(told, 1))


def _read(told: OffsetTold, number: int, units: Sequence[Case]) -> Offset:
    place = f"{_KEY} 第{number}项"
    spec = _spec(told.figure, f"{place} figure")
    if told.against:
        _spec(told.against, f"{place} against")
    if told.against == told.figure:
        raise InputError(
            f"{place} against", f"与 figure 是同一项（{told.figure}）", "against 写收入方记账的那一项；没有的不写"
        )
    if len(told.between) != 2:
        raise InputError(f"{place} between", f"写了{len(told.between)}个单位", "应写两个：[付出的单位, 收到的单位]")
    payer, receiver = (_unit(name, units, f"{place} between") for name in told.between)
    if payer == receiver:
        raise InputError(f"{place} between", f"两边都是“{told.between[0]}”", "抵销的是两个单位之间的往来，请改正")
    return Offset(
        f"offset{number}", told.figure, told.against, _amount(told.amount, spec, place), payer, receiver, told.reason, place
    )  # fmt: skip


def _spec(id: str, place: str) -> FigureSpec:
    catalogue = load_catalogue()
    spec = catalogue.specs.get(id)
    if spec is None:
        raise InputError(place, f"没有“{id}”这个数据项", f"{_FIX}；编号可用 jiping figures 查看")
    if spec.type != "amount" or spec.type not in catalogue.consolidation.types:
        raise InputError(place, f"“{spec.label}”不是可以相加的金额，不能抵销", _FIX)
    return spec


def _amount(text: str, spec: FigureSpec, place: str) -> Decimal:
    """In 元."""
    found = find_numbers(text)
    value = found[0].value if len(found) == 1 and found[0].text == text.strip() else None
    if value is None or found[0].unit != base(Decimal(1), spec.unit)[1] or value <= 0:
        raise InputError(f"{place} amount", f"“{text}”不是带单位的金额", "请写成 120万元 或 1200000元 这样")
    return value


def _unit(name: str, units: Sequence[Case], place: str) -> int:
    """The number, from 1, of the unit with that full name or in the folder of that name."""
    found = [n for n, unit in enumerate(units, 1) if name in (unit.unit, unit.folder.name)]
    if len(found) != 1:
        known = "、".join(unit.unit for unit in units)
        raise InputError(place, f"纳入单位里没有“{name}”", f"请写单位全称或文件夹名，可写的有：{known}")
    return found[0]
