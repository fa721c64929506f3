"""Strict YAML: a key given twice is refused, a decimal stays the text it was written in, a fault names its line."""

from __future__ import annotations

import re
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.errors import FrameworkError

_Base: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # libyaml where PyYAML was built with it: ten times the speed


class _Loader(_Base):  # type: ignore[misc]
    """YAML that refuses a key given twice, and keeps a decimal as the text it was written in."""


class Strict(BaseModel):
    """What a data file holds: an unknown key is refused, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _mapping(loader: Any, node: Any, deep: bool = False) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=deep)
        if key in seen:
            raise yaml.MarkedYAMLError(problem=f"键 {key} 重复", problem_mark=key_node.start_mark)
        seen.add(key)
    return {loader.construct_object(k, deep=True): loader.construct_object(v, deep=True) for k, v in node.value}


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
for _tag in ("float", "value"):  # 0.5 as it was written, and a bare = (the sign of a target)
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", lambda loader, node: loader.construct_scalar(node))


_FAULTS = (
    (r"tab character|'\\t'", "缩进用了制表符（Tab），请改用空格"),
    (r"mapping values are not allowed", "这里不该有冒号：值里有冒号的要加引号，或上一行缩进没有对齐"),
    (r"expected ',' or '[\]}]'", "方括号或花括号没有配对，或缺少逗号"),
    (r"unexpected end of stream", "引号没有配对"),
    (r"could not find expected ':'", "键后面缺少冒号"),
    (r"expected '-' indicator|expected key|expected <block end>|block sequence entries|block mapping|indentation", "缩进没有对齐"),
    (r"cannot start any token", "值的开头有特殊符号（如 @ % `），请给这个值加引号"),
    (r"alias|anchor|alphabetic or numeric", "以 * 或 & 开头的值要加引号"),
    (r"tag|constructor", "以 ! 开头的值要加引号"),
    (r"escape", "双引号里的反斜杠写法不对，请改用单引号"),
    (r"document start|document", "文件里有多余的内容"),
)  # fmt: skip


def _in_chinese(problem: str) -> str:
    """What the YAML parser complains of, in words for people who never heard of it."""
    if not problem.isascii():
        return problem
    found = next((said for words, said in _FAULTS if re.search(words, problem)), None)
    return found or "请核对缩进、冒号和引号"


def parse_yaml(text: str, name: str) -> Any:
    """YAML without duplicate keys; decimals stay text.

    Raises:
        FrameworkError: with the line.
    """
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = f"第{error.problem_mark.line + 1}行" if error.problem_mark else ""
        reason = f"YAML 写法有误：{_in_chinese(error.problem or '')}"
        raise FrameworkError(f"{name} {line}".strip(), reason, "改好后再运行一次") from error
    except yaml.YAMLError as error:  # a character that no YAML may hold
        raise FrameworkError(name, "YAML 写法有误：文件里有控制字符", "请另存为纯文本后再运行一次") from error


def line_of(text: str, location: tuple[str | int, ...]) -> str:
    """第n行 of the node that a validation error points to, by walking the YAML tree as far as it goes."""
    node = yaml.compose(text, Loader=_Base)
    for step in location:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            found = next((v for k, v in node.value if k.value == step), None)
            node = found if found is not None else node
    return f"第{node.start_mark.line + 1}行" if node is not None else ""
