"""Patterns that wait: they answer as `re` does, and a start compiles none of them before a text is there."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import assistant
from assistant.patterns import regex

ROOT = Path(assistant.__file__).parent


def test_it_answers_as_the_compiled_pattern_does() -> None:
    source, flags, text = r"(?P<sign>[+-])?(\d+)", re.IGNORECASE, "收入+12，支出-7，共5"
    waiting, compiled = regex(source, flags), re.compile(source, flags)
    assert waiting.pattern == source
    for _ in range(2):  # the first use and those after it
        assert waiting.sub(r"<\2>", text) == compiled.sub(r"<\2>", text)
        assert waiting.subn("", text) == compiled.subn("", text)
        assert waiting.findall(text) == compiled.findall(text)
        assert waiting.split(text) == compiled.split(text)
        assert [m.span() for m in waiting.finditer(text, 4, 9)] == [m.span() for m in compiled.finditer(text, 4, 9)]
        for name in ("search", "match", "fullmatch"):
            found, due = (getattr(one, name)("-7") for one in (waiting, compiled))
            assert (found.groupdict(), found.lastgroup, found.span()) == (due.groupdict(), due.lastgroup, due.span())
        assert (waiting.flags, waiting.groups, waiting.groupindex) == (
            compiled.flags,
            compiled.groups,
            compiled.groupindex,
        )


def test_what_a_pattern_has_not_it_has_neither_before_nor_after() -> None:
    waiting = regex("年")
    for _ in range(2):
        assert not hasattr(waiting, "serch")
        assert waiting.search("2022年") is not None


def test_a_fault_shows_at_the_first_use() -> None:
    with pytest.raises(re.error):
        regex("(").search("")


WAITING = "type(one).__module__ == 'assistant.patterns'"


def python(code: str) -> str:
    """What a fresh interpreter prints: here some patterns have been used, and the collector may have been told to leave them."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def test_every_pattern_of_the_modules_compiles() -> None:
    users = [path.relative_to(ROOT.parent) for path in ROOT.rglob("*.py") if "import regex" in path.read_text("utf-8")]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in users]
    told = python(
        f"import gc, importlib\nfor name in {names}: importlib.import_module(name)\n"
        f"print(sum(bool(one.flags) for one in gc.get_objects() if {WAITING}))"
    )
    assert int(told) > 500


def test_loading_the_checker_compiles_none() -> None:
    told = python(
        "import assistant.cli.app, assistant.documents, assistant.verify, gc\n"
        f"print(*(one for one in gc.get_objects() if {WAITING} and type(one).__name__ == '_Compiled'))"
    )
    assert told == ""


def compiled_at_import(node: ast.AST) -> Iterator[int]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and ast.unparse(child.func) == "re.compile":
            yield child.lineno
        if not isinstance(child, ast.FunctionDef | ast.Lambda):
            yield from compiled_at_import(child)


def test_no_module_compiles_a_pattern_when_it_is_loaded() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in ROOT.rglob("*.py")
        for line in compiled_at_import(ast.parse(path.read_text("utf-8")))
    ]
    assert found == [], "write regex(…) of assistant.patterns"
