"""Templates of prompts/: `<task>.v<N>.jinja`, front matter with purpose and variables, plain text, nothing undefined.

    ---
    purpose: what it is for, one line
    variables: [report, year]
    ---
    the template

A template may use exactly the variables it declares, and it gets exactly those. The environment is sandboxed and never
meets text from a user as a template.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.errors import FrameworkError, UsageError
from assistant.patterns import regex

_NAME = regex(r"^(?P<task>[a-z0-9-]+)\.v(?P<version>\d+)\.jinja$")
_FRONT = regex(r"\A---\n(.*?)\n---\n", re.DOTALL)
_KEYS = {"purpose", "variables"}
_REMEDY = "按 assistant/prompts.py 开头的说明改正"


@dataclass(frozen=True)
class Prompt:
    """A template, its version, and the digest of its file: a run records which words it was made with."""

    task: str
    version: int
    purpose: str
    variables: frozenset[str]
    digest: str
    template: Template = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """As in run.json: report-budget.v1."""
        return f"{self.task}.v{self.version}"

    def render(self, **given: Any) -> str:
        """The text.

        Raises:
            UsageError: a declared variable was not given, one too many was, or the template met something undefined.
        """
        if given.keys() != self.variables:
            lacking, spare = sorted(self.variables - given.keys()), sorted(given.keys() - self.variables)
            told = [f"缺少变量 {'、'.join(lacking)}"] * bool(lacking) + [f"多出变量 {'、'.join(spare)}"] * bool(spare)
            raise UsageError(f"模板 {self.name}：{'；'.join(told)}。")
        try:
            return self.template.render(**given)
        except TemplateError as error:
            raise UsageError(f"模板 {self.name} 无法生成文本：{error.message}。") from error


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    # Plain text, not HTML: whoever puts it on a page escapes it there.
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


def read_prompt(text: str, file: str) -> Prompt:
    """A prompt from the text of its file.

    Raises:
        FrameworkError: its name, front matter, syntax or variables are not as they must be.
    """
    name, front = _NAME.match(file), _FRONT.match(text)
    if name is None:
        raise FrameworkError(file, "文件名应为“任务.v版本.jinja”", _REMEDY)
    if front is None:
        raise FrameworkError(file, "开头没有 --- 之间的说明", _REMEDY)
    head = yaml.safe_load(front[1])
    if not isinstance(head, dict) or set(head) != _KEYS or not isinstance(head["variables"], list):
        raise FrameworkError(file, "说明只能有 purpose 和 variables 两项，variables 是列表", _REMEDY)
    body = text[front.end() :]
    try:
        used = meta.find_undeclared_variables(_environment().parse(body))
        template = _environment().from_string(body)
    except TemplateError as error:
        raise FrameworkError(file, f"模板写法有误：{error.message}", _REMEDY) from error
    declared = frozenset(map(str, head["variables"]))
    if used != declared:
        undeclared, unused = sorted(used - declared), sorted(declared - used)
        raise FrameworkError(file, f"变量与说明不符：未声明 {undeclared}，未使用 {unused}", _REMEDY)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Prompt(name["task"], int(name["version"]), str(head["purpose"]), declared, digest, template)


@cache
def _latest() -> dict[str, str]:
    """Task -> file of its highest version."""
    found: dict[str, tuple[int, str]] = {}
    for entry in files("prompts").iterdir():
        if match := _NAME.match(entry.name):
            found[match["task"]] = max(found.get(match["task"], (0, "")), (int(match["version"]), entry.name))
    return {task: file for task, (_, file) in found.items()}


def prompt_names() -> list[str]:
    """The tasks that have a template."""
    return sorted(_latest())


@cache
def load_prompt(task: str) -> Prompt:
    """The latest version of a task's template.

    Raises:
        UsageError: there is none of that name.
        FrameworkError: the file is not as it must be.
    """
    if task not in _latest():
        raise UsageError(f"没有模板“{task}”。可用的有：{'、'.join(prompt_names())}。")
    file = _latest()[task]
    return read_prompt((files("prompts") / file).read_text("utf-8"), file)
