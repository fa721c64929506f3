"""The units' cases, each read as any other, and what is refused: another year, another 口径, a unit twice, one that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.errors import InputError, JipingError
from assistant.findings import Finding
from assistant.intake.case import Case

_KEY = "case.yaml units"


_STATED = (("version", "数据版本"), ("as_of", "数据时点"))
"""The 口径 of all figures of a case, as its case.yaml states it."""


def read_units(
    names: Sequence[str], folders: Sequence[Path], department: Case, load: Callable[[Path], Case]
) -> tuple[Case, ...]:
    """The cases in these folders, in order.

    Raises:
        InputError: one cannot be read, is of another year than the department, or is there twice; or their 口径 differ.
    """
    year = department.year
    units: list[Case] = []
    for number, (name, folder) in enumerate(zip(names, folders, strict=True), 1):
        place = f"{_KEY} 第{number}项 {name}"
        if any(folder == unit.folder for unit in units):
            raise InputError(place, "同一个文件夹列了两次", "一个单位只列一次，请删去重复的一项")
        try:
            unit = load(folder)
        except JipingError as error:
            raise InputError(
                place, f"这个单位的填报读不出来：{error}", "请先改好这个单位的填报；不纳入汇总的，从 units 中删去"
            ) from error
        if unit.year != year:
            reason = (
                f"“{unit.unit}”是{unit.year}年度的填报（{name}/case.yaml year），本部门是{year}年度（case.yaml year）"
            )
            raise InputError(place, reason, "请换成同一年度的填报")
        units.append(unit)
    _refuse_twice(units, names)
    _refuse_apart([department, *units], ["", *names])
    return tuple(units)


def _refuse_twice(units: Sequence[Case], names: Sequence[str]) -> None:
    """One unit under two folders, the same workbook handed in for two units, or a unit that a listed 部门汇总 holds already."""
    seen: dict[str, str] = {}
    books: dict[str, str] = {}
    for unit, name in zip(units, names, strict=True):
        for one in _within(unit):
            book = next((digest for file, digest in one.digests.items() if file.endswith(".xlsx")), one.unit)
            for known, key, what in ((seen, one.unit, f"“{one.unit}”"), (books, book, "同一份工作簿")):
                if key in known:
                    remedy = "一个单位只能汇总一次，请删去重复的一项，或换成各自的工作簿"
                    raise InputError(f"{_KEY} {name}", f"{what}在“{known[key]}”里已经有了", remedy)
                known[key] = name


def _within(unit: Case) -> Iterator[Case]:
    """The unit, and those that it was itself added up from."""
    yield unit
    for part in unit.department.units if unit.department else ():
        yield from _within(part)


def _refuse_apart(cases: Sequence[Case], names: Sequence[str]) -> None:
    for field, label in _STATED:
        told = [(value, f"{name}/case.yaml".lstrip("/")) for case, name in zip(cases, names, strict=True)
                if (value := getattr(case, field))]  # fmt: skip
        for value, file in told[1:]:
            if value != told[0][0]:
                reason = f"{label}不同：{told[0][1]} 写“{told[0][0]}”，{file} 写“{value}”，不同口径的数不能相加"
                raise InputError(f"{_KEY} {field}", reason, f"请统一成同一口径的数，并把 {field} 改成一致")


def tell_units(units: Sequence[Case], named: str) -> Iterator[Finding]:
    """What a person should look at: units of which one states its 口径 and another does not, sums without their units, a list in the
    workbook (`named`) that leaves one out; and each unit's own findings, with its name."""
    for field, label in _STATED:
        silent = [unit.unit for unit in units if not getattr(unit, field)]
        if silent and len(silent) < len(units):
            said = (
                f"{'、'.join(silent)}的 case.yaml 没有写{label}（{field}），其他单位写了。请核对是否同一口径，并补写。"
            )
            yield Finding("wrong_scope", "warning", said, quote=_KEY)
    for unit in units:
        if unit.coverage == "部门汇总" and unit.department is None:
            said = f"“{unit.unit}”填报的是部门汇总数，其中若已含列在 units 的其他单位，会重复计算。请核对。"
            yield Finding("wrong_scope", "warning", said, quote=_KEY)
    left_out = [unit.unit for unit in units if named and unit.unit not in named and unit.short_name not in named]
    if left_out:
        said = f"工作簿的“纳入单位”没有写{'、'.join(left_out)}，case.yaml 的 units 列了。请核对，改成一致。"
        yield Finding("contradiction", "warning", said, quote=_KEY)
    for unit in units:
        for finding in unit.findings:
            yield Finding(
                finding.code,
                finding.severity,
                f"{unit.unit}：{finding.message}",
                finding.quote,
                expected=finding.expected,
            )
