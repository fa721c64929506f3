"""不适用 that the unit's own data speak against: a reason is no reason where the sheet beside it says that there is something to mark."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.frameworks import Framework, Indicator, Part
from assistant.intake.case import Case
from assistant.ledger import Ledger

_MOST = 4
_NOT_HERE = ("不适用", "没有", "无")
"""How an answer begins that itself says there is nothing to mark."""


def against(node: Indicator, case: Case, ledger: Ledger) -> str:
    """What the data say against 不适用 of this leaf; "" where they say nothing, or 0 throughout.

    A rate that was handed in without its figures is no such data. `ledger` may hold rates and marks besides.
    """
    said = (text for number, part in enumerate(node.parts, 1) for text in _of_part(node, number, part, case, ledger))
    return next(said, "")


def _of_part(node: Indicator, number: int, part: Part, case: Case, ledger: Ledger) -> Iterator[str]:
    key = f"{node.id}.{number}"
    if part.rule.kind == "target":
        yield from _reached(part.measure, ledger)
    elif part.measure:
        yield from _measured(part, case.framework, ledger)
    elif part.rule.kind == "checklist":
        answers = ((n, case.text(f"answer.{key}.{n}")) for n in range(1, len(part.rule.items) + 1))
        told = [f"第{n}项{answer}" for n, answer in answers if answer and answer != "不适用"]
        yield from ([f"评价要点{'、'.join(told)}"] if told else [])
    elif part.rule.kind == "violations":
        entry = case.entries.get(f"answer.{key}")
        if entry is not None and entry.number:
            yield f"{part.rule.item}{entry.text}项"
    elif part.rule.kind == "grades":
        answer = case.text(f"answer.{key}")
        yield from ([f"回答“{answer}”"] if answer and not answer.startswith(_NOT_HERE) else [])


def _measured(part: Part, framework: Framework, ledger: Ledger) -> Iterator[str]:
    """The figures of a measure that can be worked out from them, unless all are 0, or x ÷ 0 is nothing to mark by the rule."""
    ratio, ids = framework.by_ratio.get(part.measure), tuple(dict.fromkeys(_inputs(part.measure, framework)))
    figures = [figure for id in ids if (figure := ledger.get(id)) is not None]
    if len(figures) < len(ids) or not any(figure.value > 0 for figure in figures):
        return
    worth = part.when_unbudgeted or part.when_undefined
    if ratio is not None and part.measure not in ledger and worth in ("ask", "not_applicable"):
        return
    tail = "等" if len(figures) > _MOST else ""
    yield "、".join(f"{figure.label}{figure.printed()}" for figure in figures[:_MOST]) + tail


def _inputs(measure: str, framework: Framework) -> Iterator[str]:
    ratio = framework.by_ratio.get(measure)
    if ratio is None:
        yield measure
    else:
        for name in ratio.value.inputs:
            yield from _inputs(name, framework)


def _reached(measure: str, ledger: Ledger) -> Iterator[str]:
    row = ledger.target(measure)
    if row is None:
        return
    got = ledger.get(row.achieved)
    if got is not None and got.value > 0:
        yield f"实际完成值{got.printed()}"
    elif row.sign == "定性" and row.state:
        yield f"完成程度“{row.state}”"
