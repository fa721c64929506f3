"""One YAML file -> Framework; whatever breaks its own rules is refused, naming file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.data_files import line_of, parse_yaml
from assistant.errors import FrameworkError, InputError, UsageError
from assistant.frameworks.checks import complaints
from assistant.frameworks.model import Framework

_MOST = 3
_DONE = "改好后再运行 jiping frameworks check"
_REASONS = {
    "extra_forbidden": "不认识的键",
    "missing": "缺少必填的键",
    "string_type": "应是文字，纯数字要加引号",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "decimal_type": "应是数",
    "decimal_parsing": "应是数",
    "tuple_type": "应是列表，如 [甲, 乙]",
    "model_type": "应是“键: 值”的形式",
    "model_attributes_type": "应是“键: 值”的形式",
    "union_tag_not_found": "没有写规则的种类 kind",
}


def faults(text: str, name: str) -> tuple[Framework | None, list[FrameworkError]]:
    """The framework where it can be read at all, and everything that is wrong with it, from the top of the file."""
    try:
        raw = parse_yaml(text, name)
    except FrameworkError as error:
        return None, [error]
    try:
        framework = Framework.model_validate(raw)
    except ValidationError as error:
        found = [(line_of(text, e["loc"]), _told(e, _place(raw, e["loc"]))) for e in error.errors()]
        return None, _errors(name, found)
    found = [(line_of(text, place), said) for place, said in complaints(framework)]
    return framework.model_copy(update={"digest": hashlib.sha256(text.encode()).hexdigest()}), _errors(name, found)


def _errors(name: str, found: list[tuple[str, str]]) -> list[FrameworkError]:
    ordered = sorted(dict.fromkeys(found), key=lambda fault: int(fault[0].strip("第行") or 0))
    return [FrameworkError(f"{name} {line}".strip(), said, _DONE) for line, said in ordered]


def _place(raw: Any, location: tuple[str | int, ...]) -> str:
    """The path to a key as people see it: from the nearest entry that has a name (“预算编制”的 parts 第2项 rule)."""
    words: list[str] = []
    for number, step in enumerate(location):
        if isinstance(step, int):
            raw = raw[step] if isinstance(raw, list | tuple) and step < len(raw) else None
            name = (raw.get("name") or raw.get("id")) if isinstance(raw, dict) else None
            words = [f"“{name}”的"] if name and number + 1 < len(location) else [*words, f"第{step + 1}项"]
        else:
            raw = raw.get(step) if isinstance(raw, dict) else raw
            words.append(step)
    return " ".join(words)


def _told(error: Mapping[str, Any], place: str) -> str:
    """A fault of shape in Chinese, with the key it concerns."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _REASONS:
        return f"{place}：{_REASONS[kind]}"
    match kind:
        case "value_error":
            return f"{place}：{context['error']}"
        case "literal_error":
            return f"{place}：“{error['input']}”不可用，可用的有 {context['expected'].replace(' or ', '、')}"
        case "union_tag_invalid":
            return f"{place}：没有“{context['tag']}”这种规则，可用的有 {context['expected_tags']}"
        case "too_short" | "string_too_short":
            return f"{place}：不能为空，至少要有 {context.get('min_length', 1)} 个"
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            words = {"gt": "大于", "ge": "不小于", "lt": "小于", "le": "不大于"}
            key = next(key for key in words if key in context)
            return f"{place}：要{words[key]} {context[key]}"
    return f"{place}：{error['msg']}"


def read_framework(text: str, name: str) -> Framework:
    """A framework from the text of its file.

    Raises:
        FrameworkError: naming file, line and what is wrong, and more faults where there are.
    """
    framework, found = faults(text, name)
    if framework is None or found:
        first, *others = found
        told = "；".join(f"{other.where.removeprefix(name).strip()}：{other.reason}" for other in others[:_MOST])
        more = f"（另有 {len(others)} 处：{told}{'……' if len(others) > _MOST else ''}）" if others else ""
        raise FrameworkError(first.where, first.reason + more, first.remedy)
    return framework


def framework_ids() -> list[str]:
    """The shipped frameworks."""
    return sorted(
        entry.name.removesuffix(".yaml")
        for entry in (files("knowledge_base") / "frameworks").iterdir()
        if entry.name.endswith(".yaml")
    )


def read_text(path: Path) -> str:
    """The text of a framework's file.

    Raises:
        InputError: it is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path.name, "不是 UTF-8 文本", "请另存为 UTF-8 编码的 .yaml 文件") from error


@cache
def _shipped(id: str) -> Framework:
    resource = files("knowledge_base") / "frameworks" / f"{id}.yaml"
    return read_framework(resource.read_text("utf-8"), resource.name)


def with_outline_beside(framework: Framework, path: Path) -> Framework:
    """The framework with its outline as a full path, where it names a file that lies beside its own or below."""
    beside = (path.parent / framework.outline).resolve()
    if framework.outline.endswith((".yaml", ".yml")) and beside.is_relative_to(path.resolve().parent):
        return framework.model_copy(update={"outline": str(beside)})
    return framework


def load_framework(id: str) -> Framework:
    """A shipped framework by id, or one of the user's by the path of its file (its outline may lie beside it).

    Raises:
        UsageError: there is none of that name.
        FrameworkError: the file breaks its own rules.
    """
    path = Path(id)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        return with_outline_beside(read_framework(read_text(path), path.name), path)
    if id not in framework_ids():
        raise UsageError(f"没有指标体系“{id}”。可用的有：{'、'.join(framework_ids())}；也可以给出 .yaml 文件的路径。")
    return _shipped(id)
