"""figures, template."""

from __future__ import annotations

from pathlib import Path

from assistant.cli.show import Printer
from assistant.errors import UsageError


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
        out.say(f"表 {table['name']}\t{columns}\t{'必填' if table['required'] else ''}")
    for answer in listed["answers"]:
        out.say(f"{answer['id']}\t{answer['indicator']}\t{answer['text']}")
    for ratio in listed["ratios"]:
        out.say(f"{ratio['id']}\t{ratio['label']}\t{ratio['unit']}\t由数据计算")
    for kind, how in (("counts", "按行数计算"), ("given", "没有分子分母时直接填报"), ("stated", "只用来核对")):
        for entry in listed[kind]:
            out.say(f"{entry['id']}\t{entry['label']}\t{entry['unit']}\t{how}")
    out.json(listed)
    return 0


def template(framework: str, output: Path, prior: Path | None = None) -> int:
    """An empty workbook, or one that begins with what last year's case gives it."""
    from assistant.frameworks import load_framework
    from assistant.intake import load_case, write_template
    from assistant.outlines import load_outline, outline_ids

    loaded = load_framework(framework)
    if output.suffix.lower() != ".xlsx":
        raise UsageError(f"{output} 不是 .xlsx 文件名。填报工作簿是 .xlsx，请用 -o 给出以 .xlsx 结尾的文件名。")
    if output.exists():
        raise UsageError(f"{output} 已经存在，没有覆盖。请换一个文件名。")
    if not output.parent.is_dir():
        raise UsageError(f"目录 {output.parent} 不存在，请先建立。")
    known = loaded.outline in outline_ids() or Path(loaded.outline).is_file()  # an outline may still have to be written
    needed = load_outline(loaded.outline).required_of(loaded) if known else ()
    before = load_case(prior) if prior is not None else None
    write_template(loaded, output, prior=before, needed=needed)
    out = Printer("")
    out.say(f"已生成填报工作簿：{output}（{loaded.name}）。填好后与 case.yaml 放在同一文件夹。")
    if before is not None:
        out.say(f"已带上{before.year}年度“{before.unit}”可沿用的内容，标有底色和批注，请逐项核对；本年的数都还空着。")
    return 0
