"""frameworks: list the shipped ones, check a file, import a bureau's own 评分表."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.show import Printer
from assistant.errors import FrameworkError, InputError, UsageError
from assistant.findings import Finding, Severity
from assistant.rules import show

if TYPE_CHECKING:
    from assistant.frameworks import Framework

_ACTIONS = "jiping frameworks，jiping frameworks check 文件，jiping frameworks import 评分表 -o 文件.yaml"


def frameworks(action: str, file: Path | None, output: Path | None, json: str) -> int:
    """List the shipped frameworks, check one file, or draft one from a form."""
    out = Printer(json)
    if not action:
        return _list(out)
    if action not in ("check", "import"):
        raise UsageError(f"frameworks 没有“{action}”这个动作。可用：{_ACTIONS}。")
    if file is None:
        what = "指标体系的 .yaml 文件" if action == "check" else "评分表的 .xlsx 或 .docx 文件"
        raise UsageError(f"frameworks {action} 要给出{what}。")
    if not file.is_file():
        raise UsageError(f"找不到文件 {file}。请核对路径。")
    return _check(file, out) if action == "check" else _import(file, output or Path(f"{file.stem}.yaml"), out)


def _list(out: Printer) -> int:
    from assistant.frameworks import framework_ids, load_framework

    rows = [load_framework(id) for id in framework_ids()]
    for framework in rows:
        out.say(
            f"{framework.id}  {framework.name}（{framework.place}，{framework.year}年度，满分{show(framework.full_marks)}分）"
        )
    out.json([
        {"id": f.id, "name": f.name, "place": f.place, "year": f.year, "full_marks": show(f.full_marks), "source": f.source}
        for f in rows
    ])  # fmt: skip
    return 0


def _check(file: Path, out: Printer) -> int:
    """Refused with every fault and its line (exit 2); warnings about its wording leave it usable (exit 0)."""
    from assistant.data_files import line_of
    from assistant.frameworks import assumed, bare_shares, differences, faults
    from assistant.frameworks.load import read_text, with_outline_beside

    text = read_text(file)
    framework, found = faults(text, file.name)
    if framework is not None and not found:
        line = line_of(text, ("outline",))
        beside = with_outline_beside(framework, file)
        found += [FrameworkError(f"{file.name} {line}", *said) for said in _outline(beside)]
    findings = [Finding("rule", "error", str(error), quote=error.where) for error in found]
    if framework is None or found:
        if len(found) > 1:
            out.findings(findings, most=200)
        out.json({"framework": "", "leaves": 0, "findings": [finding.to_json() for finding in findings]})
        first, more = found[0], f"（共{len(found)}处，已全部列出）" if len(found) > 1 else ""
        raise FrameworkError(first.where, first.reason + more, first.remedy)
    findings = [_said("warning", file, line_of(text, place), said) for place, said in differences(framework)]
    told = f"没有错误，评分标准原文与规则有{len(findings)}处不同" if findings else "没有问题"
    shares = [_said("warning", file, line_of(text, place), said) for place, said in bare_shares(framework, text)]
    if shares:
        told = f"没有错误，{'' if not findings else f'评分标准原文与规则有{len(findings)}处不同，'}有{len(shares)}处界限请核对"
    findings += shares
    findings += [_said("info", file, line_of(text, place), said) for place, said in assumed(framework)]
    leaves = len(framework.leaves())
    out.say(f"{file.name}：{told}。{framework.name}，满分{show(framework.full_marks)}分，计分的指标{leaves}项。")
    out.findings(findings, most=200)
    told_json = [finding.to_json() for finding in findings]
    out.json({"framework": framework.id, "leaves": leaves, "findings": told_json})
    return 0


def _outline(framework: Framework) -> list[tuple[str, str]]:
    """What is wrong with the outline that the framework names, and what to do."""
    from assistant.outlines import load_outline

    try:
        load_outline(framework.outline)
    except (InputError, UsageError) as error:
        return [(f"提纲 {framework.outline} 不能使用（{str(error).rstrip('。')}）", "改好 outline 后再检查")]
    return []


def _said(severity: Severity, file: Path, line: str, said: str) -> Finding:
    place = f"{file.name} {line}".strip()
    return Finding("wording" if severity == "warning" else "rule", severity, f"{place}：{said}。", quote=place)


def _import(file: Path, output: Path, out: Printer) -> int:
    from assistant.intake.forms import import_form

    if output.suffix not in (".yaml", ".yml"):
        raise UsageError(f"{output} 不是 .yaml 文件名。请用 -o 给出 .yaml 文件。")
    if output.exists():
        raise UsageError(f"{output} 已经存在，没有覆盖。请用 -o 换一个文件名。")
    if not output.parent.is_dir():
        raise UsageError(f"目录 {output.parent} 不存在，请先建立。")
    draft = import_form(file)
    output.write_text(draft.text, "utf-8")
    framework = draft.framework
    out.say(
        f"已导入：{output}（{framework.name}，满分{show(framework.full_marks)}分，计分的指标{len(framework.leaves())}项）。"
    )
    out.say(
        "名称、分值和评分标准是原文；每项由填报人评分，直到在文件里写成规则。请先核对下列各处："
        if draft.told
        else "每项由填报人评分，直到在文件里写成规则。"
    )
    findings = [
        Finding("rule", "warning", f"{file.name} {told}。", quote=told.partition("：")[0]) for told in draft.told
    ]
    out.findings(findings, most=200)
    out.json({"framework": framework.id, "file": str(output), "leaves": len(framework.leaves()),
              "findings": [finding.to_json() for finding in findings]})  # fmt: skip
    return 0
