"""What the data say of one indicator, whatever it is called: its figures, its target, its answers, each as a statement with slots."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.briefs import phrases
from assistant.briefs.answers import LeafView, clean
from assistant.briefs.written import written_cell
from assistant.frameworks import Indicator, Policy
from assistant.indicators import label_of
from assistant.intake import Case
from assistant.ledger import Target
from assistant.rules import met
from assistant.scorecard import Scorecard

_STATES = {"达成": "达到目标", "部分达成": "部分达到目标", "未达成": "没有达到目标"}
_PART_FATE: dict[Policy, str] = {"full": "视同满分", "pro_rata": "不计分", "siblings": "分值并入该指标的其余部分"}
_WANTED = {"≥": "不低于", "≤": "不超过", "=": ""}


def evidence(case: Case, card: Scorecard, node: Indicator, view: LeafView) -> list[str]:
    """Statements in the order of the leaf's parts, without their full stops; none where people gave marks alone."""
    if case.text(f"not_applicable.{node.id}") and not card.leaf(node.id).refused:
        return []
    told: list[str] = []
    for part in node.parts:
        target = next((row for row in case.ledger.targets if row.id == part.measure), None)
        told += [_target(case, card, target)] if target is not None else _measured(part.measure, card)
    told += _answered(node, view)
    leaf = card.leaf(node.id)
    gone = [part.name for part in leaf.parts if part.waived]
    if gone and not leaf.waived:
        told.append(f"“{'”“'.join(map(phrases.inner, gone))}”不适用，{_PART_FATE[card.framework.not_applicable]}")
    if any(part.rule.kind == "bonus" for part in node.parts):
        items = [item for row in case.rows("awards") if (item := written_cell(case, "awards", row, "item"))]
        told.append(f"加减分事项：{'；'.join(items)}" if items else "没有加减分事项")
        if f"limit.{node.id}" in card.ledger:
            told.append(f"加减分事项合计[[claimed.{node.id}:value]]，以[[limit.{node.id}:value]]为限")
    return list(dict.fromkeys(text for text in told if text))


def _measured(measure: str, card: Scorecard) -> Iterator[str]:
    """The figures that a measure is computed from, then the measure; that it has no value, where there is nothing to divide by."""
    if not measure:
        return
    result = card.measures.of(measure)
    inputs = [
        id for id in card.measures.inputs(measure) if id in card.ledger and id not in (measure, f"given.{measure}")
    ]
    if result.undefined and all(card.ledger[id].value == 0 for id in inputs):
        yield f"当年没有发生数，{label_of(measure, card.framework)}无法计算"
    elif result.undefined or measure in card.ledger:
        came_to = f"{label_of(measure, card.framework)}无法计算" if result.undefined else f"[[{measure}]]"
        yield "，".join([*(f"[[{id}]]" for id in inputs), came_to])


def _target(case: Case, card: Scorecard, row: Target) -> str:
    """年度指标值 against what was reached; of a miss also why."""
    number = int(row.id.rpartition(".")[2])
    cells = next((r for r in case.rows("targets") if r.number == number), None)
    wanted, got = card.ledger.get(row.target), card.ledger.get(row.achieved)
    if row.sign == "定性" or wanted is None or got is None:
        aim, done = (written_cell(case, "targets", cells, name) if cells else "" for name in ("target", "achieved"))
        told = [f"年度目标为“{phrases.inner(aim)}”" if aim and aim != done else "", done, _STATES.get(row.state, "")]
        text, missed = "，".join(piece for piece in told if piece), row.state in ("部分达成", "未达成")
    else:
        reached = met(row.sign, wanted.base[0], got.base[0])
        aim = f"年度指标值{_WANTED[row.sign]}[[{wanted.id}:value]]"
        text, missed = f"{aim}，实际完成[[{got.id}:value]]，{'达到目标' if reached else '没有达到目标'}", not reached
    why = written_cell(case, "targets", cells, "variance_reason") if cells else ""
    return f"{text}，原因是{why}" if missed and why else text


def _answered(node: Indicator, view: LeafView) -> Iterator[str]:
    """Checklists, grades, counted violations and vetoes."""
    if view.met and not phrases.said(view):
        yield f"经对照检查，{'；'.join(text.rstrip('。；') for text in view.met)}"
    if view.partly:
        yield f"“{'”“'.join(map(phrases.inner, view.partly))}”部分符合要求"
    if view.unmet:
        yield f"“{'”“'.join(map(phrases.inner, view.unmet))}”不符合要求"
    if view.violated:
        yield f"有{'、'.join(view.violated)}"
    for text, part in zip(view.grades.values(), (p for p in node.parts if p.rule.kind == "grades"), strict=True):
        yield from clean([text if part.text else f"{node.name}{text}"] if text else [])
    if view.vetoes:
        yield f"没有发生{view.vetoes}的情况"
    if view.vetoed:
        yield f"发生了{view.vetoed}的情况，按标准该指标不得分"
