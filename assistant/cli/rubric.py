"""frameworks, figures, template."""

from __future__ import annotations

from pathlib import Path

from assistant.cli.show import Printer
from assistant.errors import UsageError
from assistant.rules import show


def frameworks(action: str, file: Path | None, json: str) -> int:
    """List the shipped frameworks, or check one file."""
    from assistant.frameworks import framework_ids, load_framework, read_framework

    out = Printer(json)
    if action and action != "check":
        raise UsageError(f"frameworks 没有“{action}”这个动作。可用：jiping frameworks，jiping frameworks check 文件。")
    if action == "check":
        if file is None:
            raise UsageError("frameworks check 要给出指标体系的 .yaml 文件。")
        if not file.is_file():
            raise UsageError(f"找不到文件 {file}。请核对路径。")
        framework = read_framework(file.read_text("utf-8"), file.name)
        leaves = list(framework.leaves())
        out.say(
            f"{file.name}：没有问题。{framework.name}，满分{show(framework.full_marks)}分，三级指标{len(leaves)}项。"
        )
        out.json({"framework": framework.id, "leaves": len(leaves), "findings": []})
        return 0
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


def figures(framework: str, json: str) -> int:
    """The ids, labels and units that a framework and its outline use."""
    from assistant.frameworks import load_framework
    from assistant.intake import list_figures
    from assistant.outlines import load_outline

    out = Printer(json)
    loaded = load_framework(framework)
    listed = list_figures(loaded, load_outline(loaded.outline).required_of(loaded))
    for figure in listed["figures"]:
        out.say(f"{figure['id']}\t{figure['label']}\t{figure['unit']}\t{'必填' if figure['required'] else ''}")
    for table in listed["tables"]:
        columns = "、".join(f"{column['label']}（{column['id']}）" for column in table["columns"])
        out.say(f"表 {table['name']}\t{columns}")
    for answer in listed["answers"]:
        out.say(f"{answer['id']}\t{answer['indicator']}\t{answer['text']}")
    for ratio in listed["ratios"]:
        out.say(f"{ratio['id']}\t{ratio['label']}\t{ratio['unit']}\t由数据计算")
    out.json(listed)
    return 0


def template(framework: str, output: Path) -> int:
    """An empty workbook."""
    from assistant.frameworks import load_framework
    from assistant.intake import write_template

    loaded = load_framework(framework)
    if output.exists():
        raise UsageError(f"{output} 已经存在，没有覆盖。请换一个文件名。")
    if not output.parent.is_dir():
        raise UsageError(f"目录 {output.parent} 不存在，请先建立。")
    write_template(loaded, output)
    Printer("").say(f"已生成填报工作簿：{output}（{loaded.name}）。填好后与 case.yaml 放在同一文件夹。")
    return 0
