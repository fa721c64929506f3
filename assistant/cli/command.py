"""A command of the line: its help in Chinese, its arguments taken without loading what they do not need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

from assistant.patterns import regex

_WORDS = {
    "Usage: ": "用法：",
    " <path>": "",
    " <text>": "", " <list[str]>": "", " <str>": "", " <int>": "", " <float>": "", "Options:": "选项：", "Commands:": "命令：", "Arguments:": "参数：",
    "Show this message and exit.": "显示这份帮助。", "[required]": "［必填］", "COMMAND [ARGS]...": "命令 [参数]…",
    "[OPTIONS]": "[选项]", "TEXT": "文本", "PATH": "路径", "DIRECTORY": "目录", "FILE": "文件",
}  # fmt: skip


_DEFAULT = regex(r"\[default: ([^\]]*)\]")
_CHOSEN = regex(r"\{([A-Z]+)\}")


def in_chinese(text: str) -> str:
    """What typer says in English, as our help says it."""
    text = _CHOSEN.sub(r"\1", _DEFAULT.sub(r"［默认 \1］", text))
    for word, said in _WORDS.items():
        text = text.replace(word, said)
    return text


class _AsGiven:
    """Words, paths and flags need no conversion by typer, which would load pydantic for it, a fifth of the time to start."""

    def __init__(self, kind: type[str] | type[Path] | type[bool]) -> None:
        self._kind = kind

    def coerce(self, value: str | Path | None, **_: Any) -> str | Path | bool | None:
        """In place of typer's own; whether a value must be given it still sees to itself."""
        return None if value is None else self._kind(value)


def _unconverted(params: list[Any]) -> list[Any]:
    """The same parameters; under a typer that has no such attributes each is converted as it always was."""
    for param in params:
        kind = getattr(getattr(param, "type_descriptor", None), "annotation", None)
        if kind in (str, Path, bool):
            param._runtime_param = _AsGiven(kind)
    return params


class Command(TyperCommand):
    """A command with Chinese help, quick to start."""

    def get_params(self, ctx: Any) -> list[Any]:
        """As declared, and --help."""
        return _unconverted(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        """As typer makes it, in Chinese."""
        return in_chinese(super().get_help(ctx))


class Group(TyperGroup):
    """The commands, in the order in which they are written, with Chinese help."""

    def get_help(self, ctx: Any) -> str:
        """As typer makes it, in Chinese."""
        return in_chinese(super().get_help(ctx))

    def get_params(self, ctx: Any) -> list[Any]:
        """As declared, and --help."""
        return _unconverted(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """As declared; typer would sort them."""
        return list(self.commands)
