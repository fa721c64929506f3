"""Which of the numbers of a broken identity is more likely wrong, and why. It sees numbers and signs alone, never what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["unit", "sign", "part", "neighbours", "swap", "digit", "length"]
_RANK: dict[Kind, int] = {"unit": 0, "sign": 1, "part": 2, "neighbours": 3, "swap": 4, "length": 5, "digit": 5}
"""The less likely to fit by chance, the lower."""
_POWERS = (4, -4, 3, -3, 8, -8, 1, -1, 2, -2)
_UNIT_WORDS = {4: "万元与元", 3: "千元与元", 8: "亿元与元"}
_LEAST_DIGITS, _MOST_STEPS = 3, 3
_MOST_NAMED = 2
UNKNOWN = "从这些数本身看不出哪一个有误"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of the identity: what it is called, its sign there, and half a unit of its last digit.

    `holds` are the other identities that it keeps, `breaks` those that miss by the same gap.
    """

    label: str
    value: Decimal
    sign: int = 1
    half: Decimal = Decimal(0)
    unit: str = ""
    total: bool = False
    holds: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    addend: bool = True
    """Whether it may have been left out of the total or added twice."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A known way of writing a number wrong that would explain the gap: which number, and what it would have to be."""

    at: int
    kind: Kind
    words: str
    due: Decimal | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One Chinese clause; `suspect` is the place in the list of the number that is more likely wrong, `slip` the way of it."""

    words: str
    suspect: int | None = None
    slip: Slip | None = None


def diagnose(amounts: Sequence[Amount], allowed: Decimal) -> Diagnosis:
    """Explain why Σ sign × value is not 0. `allowed`: how far rounding alone may leave it from 0."""
    gap = sum((a.sign * a.value for a in amounts), Decimal(0))
    lonely = _lonely(amounts)
    found = slips(amounts, gap, allowed)
    if lonely is None:
        likely = [slip for slip in found if slip.kind == "part" or not amounts[slip.at].holds]
    else:
        likely = [slip for slip in found if slip.kind == "part" or slip.at == lonely]
    if not likely:
        company = _parts_alone(amounts) or UNKNOWN if lonely is None else _by_company(amounts, lonely)
        return Diagnosis(company, lonely)
    best = min(map(_rank, likely))
    same = [slip for slip in likely if _rank(slip) == best]
    if len(same) > _MOST_NAMED:
        return Diagnosis(f"差额正合{_SHORT[same[0].kind]}，但不止一个数可能如此，{UNKNOWN}", slip=same[0])
    if len(same) > 1:
        return Diagnosis("，或者".join(slip.words for slip in same), slip=same[0])
    (one,) = same
    if one.kind == "part":
        return Diagnosis(one.words, slip=one)
    words = one.words if lonely is None else f"{one.words}；{_by_company(amounts, lonely)}"
    return Diagnosis(words, one.at, one)


def _rank(slip: Slip) -> tuple[bool, int]:
    """Those that explain the gap to the last digit first, then by how unlikely they are to fit by chance."""
    return not slip.exact, _RANK[slip.kind]


_SHORT: dict[Kind, str] = {
    "unit": "单位或小数点的错误", "sign": "正负号的错误", "part": "漏加或重复计算的一项", "neighbours": "相邻两位数字的颠倒", "swap": "两位数字的互换",
    "length": "多写或漏写的一位数字", "digit": "一位数字的错误",
}  # fmt: skip


def slips(amounts: Sequence[Amount], gap: Decimal, allowed: Decimal) -> list[Slip]:
    """Every slip that would explain the gap."""
    found: list[Slip] = []
    for at, one in enumerate(amounts):
        due = one.value - one.sign * gap
        if slip := _slip(at, one, due, allowed):
            found.append(slip)
        if one.addend and not one.total and one.value and len(amounts) > 2:
            if abs(gap - one.sign * one.value) <= allowed:
                found.append(Slip(at, "part", f"差额恰等于“{one.label}”，总数中可能漏计了它"))
            elif abs(gap + one.sign * one.value) <= allowed:
                found.append(Slip(at, "part", f"差额恰等于“{one.label}”，总数中可能重复计了它"))
    return found


def _slip(at: int, one: Amount, due: Decimal, allowed: Decimal) -> Slip | None:
    """How `one` may have been meant to be `due`."""
    if not one.value:
        return None
    for power in _POWERS:
        reach = allowed + (one.half.scaleb(power) if power > 0 else 0)
        moved = one.value.scaleb(power)
        if abs(moved - due) <= reach and abs(due) > 10 * reach:
            return Slip(at, "unit", _unit_words(one, power), moved)
    if one.value < 0 and abs(one.value + due) <= allowed:
        return Slip(at, "sign", f"“{one.label}”的正负号可能填反了", -one.value)
    return _digits(at, one, due, allowed)


def _unit_words(one: Amount, power: int) -> str:
    far = f"{10 ** abs(power):,}倍"
    if abs(power) in _UNIT_WORDS and one.unit.endswith("元"):
        word = "太大" if power < 0 else "太小"
        return f"“{one.label}”恰好{word}{far}，可能混淆了{_UNIT_WORDS[abs(power)]}"
    if abs(power) == 2 and one.unit == "%":
        return f"“{one.label}”恰好差{far}，可能是百分数与小数混用"
    return f"“{one.label}”恰好差{far}，可能是小数点错位"


def _digits(at: int, one: Amount, due: Decimal, allowed: Decimal) -> Slip | None:
    """Two digits exchanged, one digit wrong, one left out or doubled: within rounding, the nearest candidate first."""
    exponent = min(one.value.as_tuple().exponent, _places(one.half))
    step = Decimal(1).scaleb(int(exponent))
    if due * one.value <= 0:
        return None
    written, wanted = abs(int(one.value / step)), abs(int((due / step).to_integral_value()))
    reach = min(_MOST_STEPS, int(allowed / step))
    found: list[Slip] = []
    for near in sorted(range(-reach, reach + 1), key=abs):
        kind = digit_slip(str(written), str(wanted + near))
        if kind is not None:
            meant = (wanted + near) * step.copy_sign(one.value)
            words = f"“{one.label}”可能{_DIGIT_WORDS[kind]}：{_plain(one.value)}、{_plain(meant)}"
            found.append(Slip(at, kind, words, meant, not near))
    return min(found, key=_rank, default=None)


_DIGIT_WORDS = {"neighbours": "颠倒了相邻两位数字", "swap": "写反了两位数字", "digit": "写错了一位数字", "length": "多写或漏写了一位数字"}  # fmt: skip


def _places(half: Decimal) -> int:
    """The exponent of the last printed digit, from half of it; 0 where it is a count."""
    exponent = (half * 2).normalize().as_tuple().exponent if half else 0
    return exponent if isinstance(exponent, int) else 0


def digit_slip(written: str, meant: str) -> Kind | None:
    """How one row of digits came out as another: neighbours exchanged, two exchanged, one wrong, one left out or doubled."""
    if written == meant or min(len(written), len(meant)) < _LEAST_DIGITS:
        return None
    if len(written) == len(meant):
        wrong = [at for at, (a, b) in enumerate(zip(written, meant, strict=True)) if a != b]
        if len(wrong) == 1:
            return "digit"
        if len(wrong) == 2 and written[wrong[0]] == meant[wrong[1]] and written[wrong[1]] == meant[wrong[0]]:
            return "neighbours" if wrong[1] == wrong[0] + 1 else "swap"
        return None
    short, long = sorted((written, meant), key=len)
    if len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long))):
        return "length"
    return None


def _plain(value: Decimal) -> str:
    return f"{value:,f}"


def _lonely(amounts: Sequence[Amount]) -> int | None:
    """The one number that other identities speak against, or the only one that none speaks for."""
    accused = [at for at, one in enumerate(amounts) if one.breaks and not one.holds]
    if len(accused) == 1:
        return accused[0]
    bare = [at for at, one in enumerate(amounts) if not one.holds and one.value]
    return bare[0] if len(bare) == 1 and len(amounts) > 1 else None


def _parts_alone(amounts: Sequence[Amount]) -> str:
    """Where something speaks for the total and nothing for its parts."""
    totals = [one for one in amounts if one.total and one.holds]
    parts = [one for one in amounts if not one.total and one.value]
    if not totals or any(one.holds for one in parts):
        return ""
    return f"“{totals[0].label}”另有印证（{totals[0].holds[0]}），分项更可能有误或没有列全"


def _by_company(amounts: Sequence[Amount], at: int) -> str:
    one = amounts[at]
    if one.breaks:
        return f"同样的差额也出现在“{one.breaks[0]}”，两处都有“{one.label}”，它更可能有误"
    kept = list(dict.fromkeys(name for other in amounts for name in other.holds))
    return f"其余各数另有印证（{kept[0]}{'等' if len(kept) > 1 else ''}），“{one.label}”没有，更可能有误"
