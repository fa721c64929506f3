"""Rates from the ledger. Every result is a figure that knows its formula; one that cannot be computed says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from assistant.catalogue import load_catalogue
from assistant.frameworks import Framework, Ratio
from assistant.intake import Case
from assistant.ledger import Figure, Ledger, Provenance
from assistant.numbers import base, to_places

_HUNDRED = Decimal(100)
_PRINT_PLACES = 2
_MOST_PLACES = 6


class Measure(NamedTuple):
    """What a rule gets to see: an exact value (rates in %), or why there is none.

    `undefined` is said of x ÷ 0 (`unbudgeted` where x is not 0); `missing` are the ids that were not given. `given` marks a rate handed in without its inputs.
    """

    id: str
    value: Decimal | None = None
    shown: str = ""
    undefined: str = ""
    unbudgeted: bool = False
    missing: tuple[str, ...] = ()
    missing_labels: tuple[str, ...] = ()
    given: bool = False


@dataclass(frozen=True, slots=True)
class Measures:
    """Every measure of a case, and the ledger with those that have a value."""

    framework: Framework
    ledger: Ledger
    results: dict[str, Measure]

    def of(self, id: str) -> Measure:
        """The measure of that id; a plain figure of the ledger is one too."""
        if id in self.results:
            return self.results[id]
        figure = self.ledger.get(id)
        if figure is None:
            return Measure(id, missing=(id,), missing_labels=(label_of(id, self.framework),))
        return Measure(id, figure.value, figure.printed())

    def inputs(self, id: str) -> tuple[str, ...]:
        """The ids that it is computed from, named measures followed down to figures."""
        ratio = self.framework.by_ratio.get(id)
        if ratio is None or (result := self.results.get(id)) is None:
            return (id,)
        if result.given:
            return (f"given.{id}",)
        return tuple(dict.fromkeys(name for part in ratio.value.inputs for name in self.inputs(part)))

    @property
    def fractions(self) -> dict[str, Decimal | None]:
        """Ratio id -> fraction rounded half up to four places (0.9787), None where it has no value."""
        return {
            ratio.id: None if (value := self.results[ratio.id].value) is None
            else to_places(value / _HUNDRED, 4)
            for ratio in self.framework.ratios
            if ratio.value.is_rate
        }  # fmt: skip


def label_of(id: str, framework: Framework) -> str:
    """How people call what an id stands for, whether it was given or not."""
    if spec := load_catalogue().specs.get(id):
        return spec.label
    names = framework.ratio_names | {"count.key_tasks.incomplete": "每项重点工作的完成情况"}
    if id in names:
        return names[id]
    leaves = {leaf.indicator.id: framework.called[leaf.indicator.id] for leaf in framework.leaves()}
    kind, _, rest = id.partition(".")
    leaf = leaves.get(rest.split(".")[0], "")
    return f"{leaf}的{'自评得分' if kind == 'marks' else '问答'}" if leaf else id


def measure(case: Case) -> Measures:
    """Every ratio of the case's framework, in the order of the file (a mean may use ratios named before it)."""
    figures, results = dict(case.ledger.figures), dict[str, Measure]()
    decided = case.framework.edges
    for ratio in case.framework.ratios:
        result, figure = _measure(
            ratio, case.framework, figures, results, str(case.year), decided.get(ratio.id, frozenset())
        )
        results[ratio.id] = result
        if figure is not None:
            figures[figure.id] = figure
    return Measures(case.framework, Ledger(MappingProxyType(figures), case.ledger.targets), results)


def _measure(
    ratio: Ratio,
    framework: Framework,
    ledger: Mapping[str, Figure],
    results: dict[str, Measure],
    period: str,
    at: frozenset[Decimal],
) -> tuple[Measure, Figure | None]:
    names = ratio.value.inputs
    figures = [ledger[name] for name in names if name in ledger]
    if len(figures) < len(names):
        return _without(ratio, framework, ledger, results, period, at)
    value, formula, undefined = _value(ratio, figures)
    if undefined:
        return Measure(ratio.id, undefined=undefined, unbudgeted=figures[0].value != 0), None
    unit = "%" if ratio.value.is_rate else figures[0].unit
    of = figures[0] if ratio.value.ratio or ratio.aspects else None
    figure = _figure(ratio, value, unit, period, formula, names, at, of)
    if not ratio.value.is_rate and figures[0].print_places:
        figure = replace(figure, print_places=figures[0].print_places)
    if ratio.value.absolute:
        figure = replace(figure, direction=_way(*figures))
    return Measure(ratio.id, value, figure.printed()), figure


def _without(
    ratio: Ratio,
    framework: Framework,
    ledger: Mapping[str, Figure],
    results: dict[str, Measure],
    period: str,
    at: frozenset[Decimal],
) -> tuple[Measure, Figure | None]:
    """A ratio that lacks an input: it has no value because the input has none, or it was handed in, or it is missing."""
    absent = [name for name in ratio.value.inputs if name not in ledger]
    barred = next((results[n] for n in absent if n in results and results[n].undefined), None)
    if barred is not None:
        return Measure(ratio.id, undefined=barred.undefined, unbudgeted=barred.unbudgeted), None
    given = ledger.get(f"given.{ratio.id}")
    if given is not None:
        figure = _figure(ratio, given.value, "%", period, f"直接填报（{given.provenance}）", (given.id,), at)
        return Measure(ratio.id, given.value, figure.printed(), given=True), figure
    missing = tuple(dict.fromkeys(
        lack for name in absent
        for lack in (results[name].missing if name in results and results[name].missing else (name,))
    ))  # fmt: skip
    return Measure(ratio.id, missing=missing, missing_labels=tuple(label_of(n, framework) for n in missing)), None


def _value(ratio: Ratio, figures: list[Figure]) -> tuple[Decimal, str, str]:
    """Value, formula with the numbers put in, and why there is no value."""
    if ratio.value.sum:
        return (
            sum((f.value for f in figures), Decimal(0)),
            "＋".join(f"{f.label}{f.printed()}" for f in figures),
            "",
        )
    if ratio.value.mean:
        total = sum((f.value for f in figures), Decimal(0))
        return total / len(figures), f"（{'＋'.join(f.printed() for f in figures)}）÷{len(figures)}", ""
    top, bottom = figures
    if top.base[1] != bottom.base[1]:
        return Decimal(0), "", f"{top.label}的单位{top.unit}与{bottom.label}的单位{bottom.unit}不同，无法计算"
    if ratio.value.difference:
        gap = top.value - bottom.base[0] / base(Decimal(1), top.unit)[0]
        return (
            abs(gap) if ratio.value.absolute else gap,
            f"{top.label}{top.printed()}－{bottom.label}{bottom.printed()}",
            "",
        )
    if bottom.value == 0:
        return Decimal(0), "", f"{bottom.label}为0，{ratio.name}无法计算"
    if ratio.value.change:
        moved = (top.base[0] - bottom.base[0]) / bottom.base[0] * _HUNDRED
        told = f"（{top.label}{top.printed()}－{bottom.label}{bottom.printed()}）÷{bottom.label}{bottom.printed()}×100%"
        return (abs(moved), f"{told}，取绝对值", "") if ratio.value.absolute else (moved, told, "")
    value = top.base[0] / bottom.base[0] * _HUNDRED
    formula = f"{top.label}{top.printed()}÷{bottom.label}{bottom.printed()}×100%"
    if ratio.value.per is not None and ratio.value.per != _HUNDRED:
        return value / ratio.value.per * _HUNDRED, f"{formula}÷序时进度{ratio.value.per.normalize():f}%", ""
    return value, formula, ""


def _figure(
    ratio: Ratio,
    value: Decimal,
    unit: str,
    period: str,
    formula: str,
    inputs: tuple[str, ...],
    at: frozenset[Decimal],
    of: Figure | None = None,
) -> Figure:
    """`of` is the first input: a text may also speak of the rate by its item and a short name (基本支出 … 执行率)."""
    places = _places(value, at) if unit == "%" else 0
    short = ratio.name[-3:] if of is not None and ratio.name.endswith("率") and len(ratio.name) > 3 else ""
    aspects = ratio.aspects or ((short, ratio.name) if short else ())
    return Figure(
        ratio.id, ratio.name, value, unit, period, Provenance("formula", formula=formula, inputs=inputs),
        aliases=ratio.terms, items=(ratio.name, *ratio.terms, *(of.items if of is not None and aspects else ())),
        aspects=aspects, print_places=places,
    )  # fmt: skip


def _way(now: Figure, before: Figure) -> str:
    """In which direction a change went whose sign was dropped."""
    return "up" if now.base[0] > before.base[0] else "down" if now.base[0] < before.base[0] else ""


def _places(value: Decimal, at: frozenset[Decimal]) -> int:
    """Two decimal places, or as many more as it takes for printing not to cross an edge of a band (design §5)."""
    for places in range(_PRINT_PLACES, _MOST_PLACES + 1):
        printed = to_places(value, places)
        if all((printed > edge) == (value > edge) and (printed < edge) == (value < edge) for edge in at):
            return places
    return _MOST_PLACES
