"""check."""

from __future__ import annotations

from pathlib import Path

from assistant.cli.show import STATUS_NAMES, Printer


def check(report: Path, folder: Path | None, text_out: Path | None, json: str) -> int:
    """Every number of a report; exit 1 where something is wrong with it."""
    from assistant.documents import read_document

    out = Printer(json)
    text = read_document(report)
    if text_out is not None:
        text_out.write_text(text.text, "utf-8", newline="\n")
    if folder is None:
        from assistant.verify import check_alone

        result = check_alone(text)
        out.say(f"{report.name}：没有给出 --case，只用报告自身核对，各数未与填报数据核对。")
        for line in result.coverage.lines() if result.coverage else ():
            out.say(f"  {line}")
    else:
        from assistant.intake import load_case
        from assistant.scorecard import score
        from assistant.verify import check_against_case

        case = load_case(folder)
        result = check_against_case(text, score(case), case=case)
        told = "，".join(f"{STATUS_NAMES.get(status, status)}{n}" for status, n in result.summary()["mentions"].items())
        out.say(f"{report.name}：共{len(result.mentions)}个数：{told}。")
    out.json(result.to_json())
    if result.findings:
        out.findings(result.findings, most=50)
    elif folder is None:
        out.say("文本自身没有发现问题。要与填报数据逐数核对，请加 --case。")
    else:
        out.say("没有发现问题。")
    return 1 if result.errors else 0
