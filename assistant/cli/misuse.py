"""A misuse of the command line, told in one Chinese line."""

from __future__ import annotations

import re
from typing import Any

from assistant.cli.command import in_chinese
from assistant.patterns import regex

_TYPES = {"valid integer": "，应是整数", "valid number": "，应是数"}
_EXTRA = regex(r"unexpected extra arguments?(?:\(s\))? \((.*)\)")
_OPTION = regex(r"--?[a-z][\w-]*")


def usage_error(error: Any) -> str:
    """A misuse of the command line in one Chinese line."""
    kind, tail = type(error).__name__, "用 jiping --help 或 jiping 命令 --help 看用法。"
    param = _param(getattr(error, "param", None))
    match kind:
        case "NoArgsIsHelpError":
            return in_chinese(str(error.message))
        case "MissingParameter":
            return f"错误：缺少参数 {param}。{tail}"
        case "NoSuchOption" if re.fullmatch(r"-\d+", error.option_name):
            return f"错误：{error.option_name} 不能用{_count_words(error)}。{tail}"
        case "NoSuchOption":
            return f"错误：没有选项 {error.option_name}。{tail}"
        case "BadParameter":
            wanted = next((said for words, said in _TYPES.items() if words in str(error.message)), "")
            return f"错误：参数 {param} 的值不对{wanted}。{tail}"
        case "BadOptionUsage":
            lacking = "requires" in str(error.message)
            what = "后面要给出值" if lacking else "后面不能带值"
            return f"错误：选项 {error.option_name} {what}。{tail}"
    message = str(getattr(error, "message", error))
    if message.startswith("No such command"):
        return f"错误：没有这个命令：{message.removeprefix('No such command').split('.')[0].strip()}。{tail}"
    if extra := _EXTRA.search(message):
        return f"错误：多出了参数 {extra[1]}。{tail}"
    if option := _OPTION.search(message):
        return f"错误：选项 {option[0]} 的写法不对。{tail}"
    return f"错误：命令写法不对。{tail}"


def _count_words(error: Any) -> str:
    """For a negative number where `synth` takes how many cases to make."""
    if getattr(error.ctx, "info_name", "") != "synth":
        return "作参数，应是不小于0的数"
    from assistant.synth.write import MOST

    return f"作份数：份数应在1至{MOST}之间"


def _param(param: Any) -> str:
    """How a parameter is written on the command line: --out 目录, or CASE."""
    options = [name for name in getattr(param, "opts", ()) if name.startswith("-")]
    metavar = getattr(param, "metavar", None) or getattr(param, "name", "") or ""
    return f"{options[-1]} {metavar}" if options else metavar
