"""score: marks with their reasons, where they were lost, and the labelled sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from assistant.cli.show import Printer
from assistant.frameworks import Indicator
from assistant.losses import Loss, Losses
from assistant.marking import LeafMarks
from assistant.rules import show
from assistant.sandbox import Trial
from assistant.scorecard import Scorecard

_NAME_WIDTH = 34
_MOST = 12


def score(folder: Path, settings: list[str], json: str, full: bool = False) -> int:
    """Marks with their reasons, by first-level indicator; with `settings` a labelled sandbox that changes nothing."""
    from assistant.intake import load_case
    from assistant.losses import split_losses
    from assistant.outlines import load_outline
    from assistant.pipeline import data_findings, required_missing
    from assistant.sandbox import try_out
    from assistant.scorecard import score as marks_of

    out = Printer(json)
    case = filed = load_case(folder)
    trial = try_out(case, settings) if settings else None
    if trial is not None:
        case = trial.case
    card = trial.after if trial is not None else marks_of(case)
    losses = split_losses(case, card)
    out.say(f"{card.unit} {card.year}年度 {card.framework.name}")
    if trial is not None:
        _tell_trial(trial, out)
    else:
        _tell_marks(card, out, full)
        _tell_losses(losses, out, full)
    findings = data_findings(case, card)
    if trial is not None:
        old = {finding.message for finding in data_findings(filed, trial.before)}
        out.findings([finding for finding in findings if finding.message not in old])
    elif findings:
        out.say("\n数据中的问题（详见 jiping reconcile）：")
        out.findings(findings)
    lacking = required_missing(case, card, load_outline(case.framework.outline)) if trial is None else []
    if lacking:
        out.say(f"\n缺少必填数据 {len(lacking)} 项：")
        out.findings(lacking)
    findings = [*findings, *lacking]
    told = card.to_json() | {"lost": losses.to_json(), "findings": [finding.to_json() for finding in findings]}
    out.json(told | ({"sandbox": trial.to_json()} if trial is not None else {}))
    return 0 if card.complete and not lacking else 1


def _tell_marks(card: Scorecard, out: Printer, full: bool) -> None:
    from assistant.scorecard import BASIS_NAMES

    leaves = {leaf.id: leaf for leaf in card.leaves}
    for node in card.framework.indicators:
        mine = [leaves[leaf.id] for leaf in node.leaves()]
        worth = sum((leaf.full_marks for leaf in mine), start=mine[0].full_marks * 0)
        got = card.ledger.get(f"marks.{node.id}")
        open_marks = sum(leaf.marks is None for leaf in mine)
        tail = f"，{open_marks}项待补" if open_marks else ""
        out.say(f"\n【{node.name}】{show(got.value) if got else '0'}分（满分{show(worth)}分{tail}）")
        _tell_below(node, leaves, card, out, full, 1)
    counts = "，".join(f"{BASIS_NAMES[basis]}{n}项" for basis, n in card.counts().items())
    grade = f"，{card.grade}" if card.grade else ""
    out.say(f"\n总得分 {show(card.marks)}分，满分{show(card.framework.full_marks)}分{grade}")
    out.say(f"得分依据：{counts}。" + ("" if card.complete else "有指标待补，总分不完整。"))


def _tell_below(
    node: Indicator, leaves: dict[str, LeafMarks], card: Scorecard, out: Printer, full: bool, depth: int
) -> None:
    """The leaves under a node; a level between is a line of its own."""
    for child in node.children or (node,):
        if child.is_leaf:
            _tell_leaf(leaves[child.id], card, out, full, "  " * depth)
        else:
            out.say(f"{'  ' * depth}{child.name}")
            _tell_below(child, leaves, card, out, full, depth + 1)


def _tell_leaf(leaf: LeafMarks, card: Scorecard, out: Printer, full: bool, margin: str) -> None:
    """One indicator: marks and basis, the rates with their numbers, the reason; with `full` inputs and standard as well."""
    from assistant.scorecard import BASIS_NAMES

    marks = "待补" if leaf.marks is None else show(leaf.marks)
    worth = "加减分" if leaf.bonus else show(leaf.full_marks)
    lost = f"  扣{show(leaf.lost)}分" if leaf.lost else ""
    name = _padded(f"{margin}{leaf.name}")
    out.say(f"{name}  {marks:>6}／{worth:<5} {BASIS_NAMES[leaf.basis]}{lost}")
    inner = margin + "    "
    if full:
        for id, value in leaf.inputs.items():
            figure = card.ledger[id]
            out.say(f"{inner}数据  {figure.label}：{show(value)}{figure.unit}（{figure.provenance}）")
    for part in leaf.parts:
        rate = card.ledger.get(part.measure) if part.value is not None else None
        if rate is not None and rate.provenance.formula and rate.provenance.inputs:
            out.say(f"{inner}算式  {rate.label}＝{rate.provenance.formula}＝{rate.printed()}")
    out.say(f"{inner}理由  {leaf.reason}")
    if full and leaf.formula:
        out.say(f"{inner}合计  {leaf.formula}")
    if full:
        out.say(f"{inner}标准  " + leaf.standard.replace("\n", f"\n{inner}      "))


def _padded(text: str) -> str:
    """A name filled up with spaces to one width; a Chinese character takes two columns."""
    from rich.cells import cell_len

    return text + " " * max(_NAME_WIDTH - cell_len(text), 0)


def _tell_losses(losses: Losses, out: Printer, full: bool) -> None:
    if losses.total:
        out.say(f"\n没有得到的{show(losses.total)}分：")
    if losses.recoverable:
        out.say(f"  可补证 {show(_sum(losses.recoverable))}分（数据、回答或佐证还没有给出，补齐后按实际计分）")
        _tell_each(losses.recoverable, out, full)
    if losses.factual:
        out.say(f"  事实扣分 {show(_sum(losses.factual))}分（由数据或回答决定，不能改变；请写扣分说明或列为问题）")
        _tell_each(losses.factual, out, full)
    if losses.unproven:
        names = [f"{loss.name}（{show(loss.marks)}分）" for loss in losses.unproven]
        shown = names if full else names[:_MOST]
        rest = f"等{len(names)}项" if len(names) > len(shown) else ""
        out.say(
            f"\n缺佐证：下列指标自评满分，但没有写理由，也没有佐证编号，抽查时最先核减。\n  {'、'.join(shown)}{rest}"
        )


def _sum(losses: Sequence[Loss]) -> Decimal:
    return sum((loss.marks for loss in losses), Decimal(0))


def _tell_each(losses: Sequence[Loss], out: Printer, full: bool) -> None:
    for loss in losses:
        out.say(f"    {loss.name}  {show(loss.marks)}分：{loss.why}")
        shown = loss.bring if full else loss.bring[:4]
        for bring in shown:
            out.say(f"        要补  {bring.what}（“{bring.sheet}”，{bring.department or '责任科室未写'}）")
        if len(loss.bring) > len(shown):
            out.say(f"        ……共{len(loss.bring)}处，用 --full 全部列出")


def _tell_trial(trial: Trial, out: Printer) -> None:
    """Before and after, by what was set, what followed, rates, leaves and the total."""
    out.say("【测算，不改数据】")
    groups = (
        ("假设", trial.settings),
        ("随之变动的合计", trial.figures),
        ("比率", trial.ratios),
        ("得分", trial.leaves),
    )
    for title, moves in groups:
        for move in moves:
            out.say(f"  {title}  {move.name}：{move.before} → {move.after}")
            if move.reason:
                out.say(f"        {move.reason}")
    if not trial.leaves:
        out.say("  各项得分没有变动。")
    for note in trial.notes:
        out.say(f"  注意  {note}")
    before, after = trial.before, trial.after
    gap = after.marks - before.marks
    way = f"（{'＋' if gap > 0 else '－'}{show(abs(gap))}分）" if gap else "（不变）"
    grade = f"，{before.grade} → {after.grade}" if before.grade != after.grade else ""
    out.say(f"  总得分 {show(before.marks)}分 → {show(after.marks)}分{way}{grade}")
    if not after.complete:
        out.say("  有指标待补，总分不完整。")
