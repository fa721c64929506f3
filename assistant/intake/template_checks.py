"""What an input cell asks for, and what Excel checks while it is typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistant.catalogue import FigureSpec
from assistant.rules import show


def check_of(spec: FigureSpec) -> dict[str, Any]:
    """The number check of an input; it warns and lets a person keep what was typed."""
    soft = {"error_type": "warning", "error_title": "请核对"}
    whole = {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "这里要填不小于 0 的整数。"}
    match spec.type:
        case "amount":
            told = "这里填不小于 0 的数。确为负数，或在数后写明单位（如 83577200元）的，选“是”保留。"
            return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": told, **soft}
        case "percent":
            return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1000,
                    "error_message": "写成 97.87 或 97.87%，不要写 0.9787。", **soft}  # fmt: skip
        case "count":
            return {**whole, **soft}
        case "year":
            return {"validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2100,
                    "error_message": "这里要填四位年份。", **soft}  # fmt: skip
        case "mark":
            most = show(Decimal(100) if spec.most is None else spec.most)
            return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": most,
                    "error_message": f"得分要在 0 和 {most} 分之间。", **soft}  # fmt: skip
    return {}


_ASKS: dict[str, str] = {
    "amount": "填数字；没有发生的填 0，没有数据的留空",
    "count": "填整数；没有发生的填 0，没有数据的留空",
    "percent": "写成 97.87 或 97.87%",
    "choice": "从下拉表中选择",
    "year": "填四位年份",
    "mark": "填得分",
    "number_or_text": "填数，或填一句话；数的单位写在“计量单位”",
    "text": "据实填写，没有的留空",
    "long_text": "据实填写，可以分段；没有的留空",
}


def help_of(spec: FigureSpec) -> str:
    """What an input asks for."""
    if spec.sum:
        return "合计格，可留空：按分项自动合计；填了的按填的数"
    asked = f"0 至 {show(spec.most)} 分" if spec.type == "mark" and spec.most is not None else _ASKS[spec.type]
    return f"{spec.help.rstrip('。')}。{asked}" if spec.help and spec.is_figure else spec.help or asked
