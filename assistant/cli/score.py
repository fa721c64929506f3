"""score, reconcile."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

from assistant.cli.show import Printer
from assistant.errors import UsageError
from assistant.intake import Case
from assistant.ledger import Ledger
from assistant.marking import LeafMarks
from assistant.rules import show


def score(folder: Path, settings: list[str], json: str) -> int:
    """Marks with their reasons; with --set a labelled sandbox."""
    from assistant.intake import load_case
    from assistant.pipeline import data_findings
    from assistant.scorecard import BASIS_NAMES, what_if
    from assistant.scorecard import score as marks_of

    out = Printer(json)
    case = load_case(folder)
    changed = dict(_setting(text, case) for text in settings)
    case = what_if(case, changed)
    card = marks_of(case, {id: show(value) for id, value in changed.items()})
    if changed:
        out.say(
            f"【测算，不改数据】{'，'.join(f'{case.ledger[id].label}＝{show(value)}' for id, value in changed.items())}"
        )
    out.say(f"{card.unit} {card.year}年度 {card.framework.name}")
    for leaf in card.leaves:
        _tell(leaf, card.ledger, out)
    counts = "，".join(f"{BASIS_NAMES[basis]}{n}项" for basis, n in card.counts().items())
    out.say(
        f"\n总得分 {format(card.marks, 'f')}分，满分{show(card.framework.full_marks)}分"
        + (f"，{card.grade}" if card.grade else "")
    )
    out.say(f"得分依据：{counts}。" + ("" if card.complete else "有指标待补，总分不完整。"))
    findings = data_findings(case, card)
    if findings:
        out.say("\n数据中的问题：")
        out.findings(findings)
    out.json(card.to_json() | {"findings": [finding.to_json() for finding in findings]})
    return 0 if card.complete else 1


def _tell(leaf: LeafMarks, ledger: Ledger, out: Printer) -> None:
    """One indicator: what went in, the formula with its numbers, why it has these marks, the words of the rule."""
    from assistant.scorecard import BASIS_NAMES

    marks = "待补" if leaf.marks is None else f"{show(leaf.marks)}分"
    out.say(f"\n{'／'.join(leaf.path)}  {marks}（满分{show(leaf.full_marks)}分，{BASIS_NAMES[leaf.basis]}）")
    for id, value in leaf.inputs.items():
        figure = ledger[id]
        out.say(f"    数据  {figure.label}：{show(value)}{figure.unit}（{figure.provenance}）")
    for part in leaf.parts:
        rate = ledger.get(part.measure) if part.value is not None else None
        if rate is not None:
            out.say(f"    算式  {rate.label}＝{rate.provenance.formula}＝{rate.printed()}")
    out.say(f"    得分  {leaf.reason}")
    if leaf.formula:
        out.say(f"    合计  {leaf.formula}")
    out.say("    标准  " + leaf.standard.replace("\n", "\n          "))


def _setting(text: str, case: Case) -> tuple[str, Decimal]:
    id, sign, value = text.partition("=")
    if not sign or id not in case.ledger:
        raise UsageError(f"--set {text}：要写成 编号=值，编号须是已填报的数据项（见 jiping figures）。")
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        raise UsageError(f"--set {text}：“{value}”不是数。") from None
    if not number.is_finite():
        raise UsageError(f"--set {text}：“{value}”不是有限的数。")
    return id, number


def reconcile(folder: Path, json: str) -> int:
    """The data's own contradictions; exit 1 where one of them is an error."""
    from assistant.intake import load_case
    from assistant.pipeline import data_findings
    from assistant.scorecard import score as marks_of

    out = Printer(json)
    case = load_case(folder)
    findings = data_findings(case, marks_of(case))
    errors = sum(finding.severity == "error" for finding in findings)
    out.say(f"{case.unit} {case.year}年度：勾稽发现{len(findings)}处，其中错误{errors}处。")
    out.findings(findings, most=200)
    out.json({"unit": case.unit, "year": case.year, "findings": [finding.to_json() for finding in findings]})
    return 1 if errors else 0
