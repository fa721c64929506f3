"""Run folders for the tests of the morning list: the keys that are summed up, as `draft` writes them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

DATA_ERROR = {
    "severity": "error", "code": "reconcile", "quote": "7 三公经费!D6",
    "message": "“三公”经费＝出国＋公务用车＋接待：0＋2＋4＝6万元，填10万元，相差4万元；请核对原始数据后更正。",
}  # fmt: skip
REPORT_ERROR = {
    "severity": "error", "code": "mismatch", "quote": "12万元",
    "message": "“（二）“三公”经费支出”一节第5段写12万元，应为10万元。请改正。",
}  # fmt: skip
REQUIRED = {
    "severity": "error", "code": "missing", "quote": "annual_budget.total",
    "message": "缺少必填数据“部门支出合计全年预算数”（annual_budget.total），报告中已标【待补】。请在工作簿中填写。",
}  # fmt: skip
OPEN = {
    "severity": "warning", "code": "missing", "quote": "【待补：“甲事项”的完成情况】",
    "message": "“二、履职情况”一节第9段还没有填写：“甲事项”的完成情况。请补充后再定稿。",
}  # fmt: skip
WARNING = {"severity": "warning", "code": "tone", "quote": "良好", "message": "“一、概况”一节第2段用词偏高。请核对。"}
INFO = {"severity": "info", "code": "arithmetic", "quote": "1", "message": "尾差。"}


def leaf(name: str, full: str, marks: str | None, *, part: str = "投入", bonus: bool = False) -> dict[str, Any]:
    return {
        "id": name, "name": name, "path": [part, name], "full_marks": full, "marks": marks, "reason": "按数据计算",
        "basis": "computed" if marks else "missing", "bonus": bonus, "a key of a newer program": 1,
    }  # fmt: skip


def run_folder(
    root: Path, name: str, *, unit: str = "示例区甲局", check: Any = (), data: Any = (), marks: str = "90", **card: Any
) -> Path:
    """A run folder as `draft` leaves it, with the keys that are summed up."""
    folder = root / name
    folder.mkdir(parents=True)
    leaves = card.pop("leaves", [leaf("执行率", "40", str(Decimal(marks) - 60)), leaf("产出", "60", "60", part="产出")])
    total = {"full_marks": "100", "marks": marks, "grade": "优", "complete": True}
    put(folder, "scorecard.json", {"unit": unit, "year": 2023, "framework": "a-city", "total": total,
                                   "indicators": leaves, "findings": list(data)} | card)  # fmt: skip
    put(folder, "check.json", {"findings": list(check), "mentions": [], "summary": {}})
    put(folder, "draft.json", {"sections": [], "todo": []})
    put(folder, "run.json", {"model": "offline", "section": ""})
    (folder / "report.docx").write_bytes(b"docx")
    return folder


def put(folder: Path, name: str, data: Any) -> None:
    (folder / name).write_text(json.dumps(data, ensure_ascii=False), "utf-8")
