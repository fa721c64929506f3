"""Rates that were handed in beside the figures they follow from; where they do not follow, which other 口径 gives them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.findings import Finding
from assistant.frameworks import Ratio, Value
from assistant.ledger import Figure, Ledger
from assistant.numbers import base, printed, round_half_up, to_places
from assistant.reconcile.diagnosis import Amount, slips
from assistant.reconcile.model import Confusion
from assistant.reconcile.terms import half_of
from assistant.reconcile.verdict import Reconciliation, Unchecked

_HUNDRED = Decimal(100)


def check_rates(ratios: tuple[Ratio, ...], rates: Ledger, confusions: tuple[Confusion, ...]) -> Reconciliation:
    """Every given rate against the computed one, as an interval of the printed inputs."""
    found, checked, unchecked = [], [], []
    backing: dict[str, tuple[str, ...]] = {}
    for ratio in ratios:
        given, computed = rates.get(f"given.{ratio.id}"), rates.get(ratio.id)
        if given is None:
            continue
        name = f"{ratio.name}：填报值与计算值"
        if computed is None or computed.provenance.inputs == (given.id,):
            missing = tuple(id for id in ratio.value.inputs if id not in rates)
            unchecked.append(Unchecked(name, "没有填计算所需的数据，采用直接填报的值", missing))
            continue
        agrees = _agrees(given, computed.value, _open(ratio.value, rates))
        checked.append((name, agrees))
        if not agrees:
            found.append(_finding(ratio, given, computed, rates, confusions))
        elif given.value != _HUNDRED:
            for id in ratio.value.inputs:
                backing[id] = (*backing.get(id, ()), f"填报的{ratio.name}{given.printed()}")
    return Reconciliation(tuple(found), tuple(checked), tuple(unchecked), backing)


def _agrees(given: Figure, value: Decimal, spread: Decimal = Decimal(0)) -> bool:
    """Whether the rate, printed as it was given, can be this value; a last digit cut off and not rounded passes."""
    step = Decimal(1).scaleb(-given.places)
    return -step / 2 - spread <= value - given.value < step + spread


def _open(value: Value, rates: Ledger) -> Decimal:
    """How far the printed digits of the inputs leave a ratio open, in points."""
    pair = value.ratio or value.change
    figures = [figure for id in pair or () if (figure := rates.get(id))]
    if len(figures) < 2 or not figures[1].value:
        return Decimal(0)
    top, bottom = figures
    share = abs(top.value / bottom.value) * _HUNDRED
    return (half_of(top.value, top.unit) * _HUNDRED + half_of(bottom.value, bottom.unit) * share) / abs(bottom.value)


def _finding(
    ratio: Ratio, given: Figure, computed: Figure, rates: Ledger, confusions: tuple[Confusion, ...]
) -> Finding:
    place = given.provenance.place
    told = (
        f"{ratio.name}：直接填报{given.printed()}（{place}），"
        f"按{computed.provenance.formula}计算为{computed.printed()}{_places(ratio, rates)}"
    )
    other = next(_others(ratio.value, given, rates, confusions), "")
    if other:
        message = f"{told}。{other}，与填报的{given.printed()}一致：口径不同。报告采用计算值，请更正填报值或说明口径。"
        return Finding("reconcile", "warning", message, quote=place, expected=computed.printed())
    step = Decimal(1).scaleb(-given.places)
    if abs(given.value - round_half_up(computed.value, step)) <= step:
        message = f"{told}，只差末位。报告采用计算值；请更正填报值。"
        return Finding("reconcile", "warning", message, quote=place, expected=computed.printed())
    pair = [Amount(f"填报的{ratio.name}", given.value, 1, step / 2, "%"), Amount("计算值", computed.value, -1)]
    slip = [s.words for s in slips(pair, given.value - computed.value, step) if s.at == 0]
    why = f"判断：{slip[0]}" if slip else "换用其他口径也算不出填报的值，填报值更可能有误"
    message = f"{told}；{why}。报告采用计算值；请核对分子、分母或更正填报值。"
    return Finding("reconcile", "error", message, quote=place, expected=computed.printed())


def _places(ratio: Ratio, rates: Ledger) -> str:
    """Where the inputs stand."""
    figures = (rates.get(id) for id in ratio.value.inputs)
    told = [f.provenance.place for f in figures if f and f.provenance.source == "cell"]
    return f"（{'、'.join(told)}）" if told else ""


def _others(value: Value, given: Figure, rates: Ledger, confusions: tuple[Confusion, ...]) -> Iterator[str]:
    """The same rate with another numerator or denominator, turned round, or both changed, that gives what was handed in."""
    pair = value.ratio or value.change
    if pair is None or given.value == 0:
        return
    tops, bottoms = _confused(pair[0], confusions), _confused(pair[1], confusions)
    for bottom in bottoms:
        yield from _swapped(value, given, rates, pair, (pair[0], bottom))
    for top in tops:
        yield from _swapped(value, given, rates, pair, (top, pair[1]))
    yield from _turned(value, given, rates)
    if given.places:
        for top in tops:
            for bottom in bottoms:
                yield from _swapped(value, given, rates, pair, (top, bottom))


def _swapped(
    value: Value, given: Figure, rates: Ledger, pair: tuple[str, str], tried: tuple[str, str]
) -> Iterator[str]:
    top, bottom = rates.get(tried[0]), rates.get(tried[1])
    if top is None or bottom is None or not bottom.value or len({*tried}) < 2 or set(tried) == set(pair):
        return
    rate = base(top.value, top.unit)[0] / base(bottom.value, bottom.unit)[0] * _HUNDRED
    if value.change:
        rate = abs(rate - _HUNDRED) if value.absolute else rate - _HUNDRED
    if value.per is not None:
        rate = rate / value.per * _HUNDRED
    if _exactly(given, rate):
        changed = [f"分子改按{top.label}{top.printed()}"] if tried[0] != pair[0] else []
        changed += [f"分母改按{bottom.label}{bottom.printed()}"] if tried[1] != pair[1] else []
        yield f"{'、'.join(changed)}计算为{printed(rate)}%"


def _turned(value: Value, given: Figure, rates: Ledger) -> Iterator[str]:
    figures = [figure for id in value.ratio or () if (figure := rates.get(id)) and figure.value]
    if len(figures) < 2:
        return
    rate = figures[0].base[0] / figures[1].base[0] * _HUNDRED
    ways = (
        (_HUNDRED * _HUNDRED / rate, "分子分母颠倒"),
        (_HUNDRED - rate, "用100%减去比率"),
        (rate - _HUNDRED, "按增减率"),
    )
    yield from (
        f"{words}计算为{printed(turned)}%" for turned, words in ways if turned != rate and _exactly(given, turned)
    )


def _exactly(given: Figure, rate: Decimal) -> bool:
    return to_places(rate, given.places) == given.value


def _confused(id: str, confusions: tuple[Confusion, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for c in confusions if id in c.ids for other in c.ids if other != id))
