"""测算，不改数据: a case with some entries changed, and what moved. Nothing is written, and nothing looks for a wanted total."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from assistant.catalogue import FigureSpec
from assistant.errors import UsageError
from assistant.intake import Case, Entry
from assistant.intake.inputs import cells
from assistant.ledger import Figure, Ledger, Provenance, Scope
from assistant.numbers import base, compatible_units
from assistant.patterns import regex
from assistant.rules import show
from assistant.scorecard import Scorecard, score, what_if

_AMOUNT = regex(r"([+-]?(?:\d[\d,]*)?\.?\d+)\s*(\D*)")
_TRIED = Provenance("given", formula="测算假设")
_TARGET_ID = regex(r"(targets\.\d+)\.(target|achieved|marks|state)")


@dataclass(frozen=True, slots=True)
class Move:
    """Something that is no longer what it was; `reason` is why it now is."""

    id: str
    name: str
    before: str
    after: str
    reason: str = ""

    def to_json(self) -> dict[str, str]:
        """As in `score --json`."""
        return {"id": self.id, "name": self.name, "before": self.before, "after": self.after} | (
            {"reason": self.reason} if self.reason else {}
        )


@dataclass(frozen=True)
class Trial:
    """A what-if: what was set, what followed from it, what moved. `notes` are for the person who set it."""

    before: Scorecard
    after: Scorecard
    case: Case
    settings: tuple[Move, ...]
    figures: tuple[Move, ...]
    ratios: tuple[Move, ...]
    leaves: tuple[Move, ...]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As in `score --set … --json`."""
        return {
            "before": {"marks": show(self.before.marks), "grade": self.before.grade},
            "after": {"marks": show(self.after.marks), "grade": self.after.grade},
            **{name: [move.to_json() for move in getattr(self, name)] for name in ("settings", "figures", "ratios", "leaves")},
            "notes": list(self.notes),
        }  # fmt: skip


def try_out(case: Case, settings: Sequence[str]) -> Trial:
    """What `--set 编号=值` would change, figures and totals that follow included.

    Raises:
        UsageError: an unknown id, a text, or a value that this entry cannot hold.
    """
    before, tried, told = score(case), case, []
    specs = {spec.id: spec for spec in cells(case.framework)}
    for setting in settings:
        id, sign, value = (part.strip() for part in setting.partition("="))
        if not sign or not id or not value:
            raise UsageError(f"--set {setting}：要写成 编号=值，编号见 jiping figures。")
        tried, move = _set(tried, id, unicodedata.normalize("NFKC", value), specs)
        told.append(move)
    tried = what_if(tried, {move.id: tried.ledger[move.id].value for move in told if move.id in tried.ledger})
    after = score(tried, {move.id: move.after for move in told})
    set_ids = {move.id for move in told}
    figures = [
        Move(f.id, f.label, old.printed(), f.printed(), f.provenance.formula)
        for f in tried.ledger
        if f.id not in set_ids and (old := case.ledger.get(f.id)) is not None and old.value != f.value
    ]
    return Trial(
        before, after, tried, tuple(told), tuple(figures), tuple(_ratios(before, after)), tuple(_leaves(before, after)),
        tuple(_notes(tried, after, set_ids, specs)),
    )  # fmt: skip


def _ratios(before: Scorecard, after: Scorecard) -> list[Move]:
    found = []
    for ratio in after.framework.ratios:
        old, new = before.measures.results[ratio.id], after.measures.results[ratio.id]
        if (old.value, old.undefined) != (new.value, new.undefined):
            formula = after.ledger[ratio.id].provenance.formula if new.value is not None else ""
            found.append(Move(ratio.id, ratio.name, old.shown or "无法计算", new.shown or "无法计算", formula))
    return found


def _leaves(before: Scorecard, after: Scorecard) -> list[Move]:
    old = {leaf.id: leaf for leaf in before.leaves}
    return [
        Move(leaf.id, leaf.called, _marks(old[leaf.id].marks), _marks(leaf.marks), leaf.reason)
        for leaf in after.leaves
        if old[leaf.id].marks != leaf.marks
    ]


def _marks(marks: Decimal | None) -> str:
    return "待补" if marks is None else f"{show(marks)}分"


def _set(case: Case, id: str, value: str, specs: dict[str, FigureSpec]) -> tuple[Case, Move]:
    """The case with one entry changed."""
    figure, spec = case.ledger.get(id), specs.get(id)
    if figure is not None and figure.provenance.source != "paragraph":
        number = _number(id, value, figure.unit, spec is not None and spec.type == "count")
        if (spec is None or not id.startswith("given.")) and number < 0:
            raise UsageError(f"--set {id}={value}：“{figure.label}”不能是负数。")
        moved = replace(figure, value=number)
        return replace(case, ledger=case.ledger.replaced(moved)), Move(
            id, figure.label, figure.printed(), moved.printed()
        )
    if match := _TARGET_ID.fullmatch(id):
        return _set_target(case, match[1], match[2], value)
    if spec is None:
        raise UsageError(f"--set {id}：{_unknown(case, id)}")
    if spec.is_figure:
        number = _number(id, value, spec.unit, spec.type == "count")
        if number < 0:
            raise UsageError(f"--set {id}={value}：“{spec.label}”不能是负数。")
        if not id.startswith("answer."):
            period = str(case.year - (spec.period == "prior"))
            added = Figure(id, spec.label, number, spec.unit, period, _TRIED, Scope(stage=spec.stage),
                           items=spec.items, aspects=spec.aspects)  # fmt: skip
            ledger = _joined(case.ledger.add([added]), id, specs)
            return replace(case, ledger=ledger), Move(id, spec.label, "没有填报", added.printed())
        return _set_entry(case, spec, show(number), number)
    if spec.type == "mark" and not id.startswith("stated."):
        number = _number(id, value, "分", whole=False)
        if number < 0 or (spec.most is not None and number > spec.most):
            raise UsageError(f"--set {id}={value}：“{spec.label}”应在0至{show(spec.most or number)}分之间。")
        return _set_entry(case, spec, show(number), number)
    if spec.type == "choice" and id.startswith("answer."):
        if value not in spec.choices:
            raise UsageError(f"--set {id}={value}：“{spec.label}”只能是{'、'.join(spec.choices)}。")
        return _set_entry(case, spec, value, None)
    if id.startswith("not_applicable."):
        return _set_entry(case, spec, value, None)
    raise UsageError(f"--set {id}：“{spec.label}”是文字或只供核对，不参与计分，不能测算。")


def _joined(ledger: Ledger, id: str, specs: dict[str, FigureSpec]) -> Ledger:
    """The ledger in which totals that were added up count a newly given part as well."""
    for spec in specs.values():
        total = ledger.get(spec.id)
        if total is not None and id in spec.sum and total.provenance.source == "formula":
            parts = tuple(part for part in spec.sum if part in ledger)
            ledger = ledger.replaced(replace(total, provenance=replace(total.provenance, inputs=parts)))
    return ledger


def _set_entry(case: Case, spec: FigureSpec, text: str, number: Decimal | None) -> tuple[Case, Move]:
    entries = {**case.entries, spec.id: Entry(spec.id, text, _TRIED, number)}
    return replace(case, entries=entries), Move(spec.id, spec.label, case.text(spec.id) or "没有填报", text)


def _set_target(case: Case, row: str, column: str, value: str) -> tuple[Case, Move]:
    """A cell of a row of targets that holds no number yet, or is none of the ledger's."""
    target = case.ledger.target(row)
    if target is None:
        raise UsageError(f"--set {row}.{column}：绩效目标表没有第{row.partition('.')[2]}行。")
    if column in ("marks", "state"):
        marks = _number(f"{row}.marks", value, "分", whole=False) if column == "marks" else target.marks
        moved = replace(target, marks=marks, state=value if column == "state" else target.state)
        old = target.state if column == "state" else "" if target.marks is None else show(target.marks)
        added: list[Figure] = []
    else:
        unit = next((r.text("unit") for r in case.rows("targets") if f"targets.{r.number}" == row), "")
        if target.sign == "定性" or not unit:
            raise UsageError(f"--set {row}.{column}：“{target.name}”是定性指标或没有填计量单位，不能按数测算。")
        number = _number(f"{row}.{column}", value, unit, whole=False)
        label = "年度指标值" if column == "target" else "实际完成值"
        added = [Figure(f"{row}.{column}", f"{target.name}{label}", number, unit, str(case.year), _TRIED)]
        moved = replace(target, target=added[0].id) if column == "target" else replace(target, achieved=added[0].id)
        old = ""
    targets = tuple(moved if t.id == row else t for t in case.ledger.targets)
    ledger = replace(case.ledger, targets=targets).add(added)
    return replace(case, ledger=ledger), Move(f"{row}.{column}", target.name, old or "没有填报", value)


def _number(id: str, text: str, unit: str, whole: bool) -> Decimal:
    """A value as people type it: 1,200.5, 97.87%, 1200000元 for a figure in 万元."""
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise UsageError(f"--set {id}={text}：“{text}”不是数。")
    number, said = Decimal(match[1].replace(",", "")), match[2].strip()
    if said and said != unit:
        if not compatible_units(base(Decimal(1), said)[1], base(Decimal(1), unit)[1]):
            raise UsageError(f"--set {id}={text}：单位“{said}”与这个数据项的单位“{unit}”不同。")
        number = number * base(Decimal(1), said)[0] / base(Decimal(1), unit)[0]
    if whole and number != number.to_integral_value():
        raise UsageError(f"--set {id}={text}：应是整数。")
    return number


def _unknown(case: Case, id: str) -> str:
    """Why an id cannot be set, and what to set instead."""
    if id in case.ledger:
        return "是材料里的数，不参与计分。"
    ratio = case.framework.by_ratio.get(id)
    if ratio is not None:
        given = f"；没有分子、分母数据的用 given.{id}" if ratio.value.is_rate else ""
        return f"“{ratio.name}”是计算出来的，请改它的数据项（{'、'.join(ratio.value.inputs)}）{given}。"
    return "没有这个编号，可用的见 jiping figures。"


def _notes(case: Case, after: Scorecard, set_ids: set[str], specs: dict[str, FigureSpec]) -> list[str]:
    """Where what was set does not reach what a person may expect."""
    told = []
    for id in sorted(set_ids):
        figure = case.ledger.get(id)
        for spec in specs.values():
            total = case.ledger.get(spec.id)
            if total is not None and id in spec.sum and total.provenance.source == "cell" and spec.id not in set_ids:
                told.append(f"“{total.label}”是直接填报的合计，没有随“{specs[id].label}”变动。")
        if figure is not None and figure.provenance.inputs and id in specs:
            told.append(f"“{figure.label}”是合计，只改了合计，分项没有变动。")
        ratio = case.framework.by_ratio.get(id.removeprefix("given."))
        if id.startswith("given.") and ratio is not None and not after.measures.results[ratio.id].given:
            told.append(f"“{ratio.name}”有分子、分母，按数据计算，直接填报的值不影响得分。")
    return told
