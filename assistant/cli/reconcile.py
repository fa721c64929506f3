"""reconcile."""

from __future__ import annotations

from pathlib import Path

from assistant.cli.show import Printer

_MOST_NAMED = 8


def reconcile(folder: Path, json: str) -> int:
    """The data's own contradictions and what could not be checked; exit 1 where one of them is an error."""
    from assistant.findings import numbered
    from assistant.intake import load_case
    from assistant.reconcile import reconcile as held_against
    from assistant.scorecard import score

    out = Printer(json)
    case = load_case(folder)
    result = held_against(case, score(case).ledger)
    findings = numbered([*case.findings, *result.findings])
    errors = sum(finding.severity == "error" for finding in findings)
    out.say(f"{case.unit} {case.year}年度：勾稽发现{len(findings)}处，其中错误{errors}处。")
    out.findings(findings, most=200)
    held = sum(holds for _, holds in result.checked)
    out.say(
        f"\n核对了{len(result.checked)}条勾稽关系，{held}条成立；{len(result.unchecked)}条没有核对（不等于没有问题）："
    )
    begun = [one for one in result.unchecked if not one.empty]
    for one in begun[:_MOST_NAMED]:
        out.say(f"  {one.name}：{one.reason}")
    if len(begun) > _MOST_NAMED:
        out.say(f"  ……另有 {len(begun) - _MOST_NAMED} 条缺部分数据，用 --json 文件 查看。")
    empty = [one.name for one in result.unchecked if one.empty]
    if empty:
        out.say(
            f"  所涉数据都没有填：{'；'.join(empty[:_MOST_NAMED])}{f'等{len(empty)}条' if len(empty) > _MOST_NAMED else ''}"
        )
    listed = [finding.to_json() for finding in findings]
    out.json({"unit": case.unit, "year": case.year, "findings": listed, **result.to_json()})
    return 1 if errors else 0
