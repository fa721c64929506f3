"""The genre's own wording, which is nobody's: stock phrases, official titles, what the rubrics and our own templates print."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from assistant.catalogue import load_catalogue
from assistant.patterns import regex
from assistant.similarity.pieces import NUMBER, OWN

_FOLDERS = (("knowledge_base", "phrases"), ("knowledge_base", "frameworks"), ("knowledge_base", "outlines"))
_TEMPLATES = "prompts"
_SPEAKING = ("briefs", "drafting", "marking", "report", "rules", "synth")
"""Packages of the program whose words stand in drafts, of real cases or of made-up ones."""
_MADE_UP = "synth.yaml"
"""The words of made-up cases are the program's own too."""
_RANGE = regex(r"\{[^{}]{1,30}:[\d.\-]{1,20}\}")
_PHRASES = ("stock.yaml", "common.yaml")
_NAME = regex(r"\bname:\s{0,3}[\"“]?([\u3400-\u9fff]+)")
_HAN = regex(r"[\u3400-\u9fff]+")
_SHORTEST_TERM, _SHORTEST_PHRASE, LONGEST_TERM = 3, 4, 14
_BARE = regex(r"[\u3400-\u9fff#@$]+")
_SLOT = regex(r"\[\[([A-Za-z0-9_.]{1,80})(:value)?\]\]")
_NUMBER, _OWN = (
    regex(r"\{\{-?\s*report\.(?:year|score|marks|count|total)\w*[^{}]{0,120}\}\}"),
    regex(r"\{\{-?\s*report\.(?:unit|short_name|name)\s*-?\}\}"),
)
_FILLED = regex(r"\{\{[^{}]{0,300}\}\}")
_BRANCH = regex(r"\{%[^%]{0,300}%\}")
_PUNCTUATION = regex(r"[\s，。；：、“”‘’（）()《》！？,;:\-—·…|*>≥≤%％/／]+")


def stock_lines() -> Iterator[str]:
    """Every stretch of Chinese in the data and the templates as bare words, a figure where a template has one."""
    for package, folder in _FOLDERS:
        for file in _sorted(files(package) / folder, ".yaml"):
            yield from _of_data(file.read_text("utf-8"))
    yield from _of_data((files("knowledge_base") / _MADE_UP).read_text("utf-8"))
    yield from _of_the_drafter()


@cache
def _of_the_drafter() -> tuple[str, ...]:
    """The sentences of the offline drafter, and of who makes up cases, cut where a case fills them in."""
    found: list[str] = []
    for file in _sorted(files(_TEMPLATES), ".jinja"):
        found += _of_template(file.read_text("utf-8"))
    for package in _SPEAKING:
        for file in _sorted(files("assistant") / package, ".py"):
            found += _of_code(file.read_text("utf-8"))
    return tuple(dict.fromkeys(found))


def _sorted(folder: Traversable, suffix: str) -> list[Traversable]:
    return sorted((file for file in folder.iterdir() if file.name.endswith(suffix)), key=lambda one: one.name)


@cache
def terms() -> frozenset[str]:
    """What is too short for `stock_lines`: the names of the accounts (基本支出, 核定编制 …) and of indicators, stock phrases, the words of made-up
    cases and of the drafter between two blanks."""
    accounts = (
        _PUNCTUATION.sub("", name)
        for spec in load_catalogue().specs.values()
        for name in (spec.label, *spec.items, *spec.aspects)
    )
    folder = files("knowledge_base")
    indicators = (
        name
        for file in (folder / "frameworks").iterdir()
        if file.name.endswith(".yaml")
        for name in _NAME.findall(file.read_text("utf-8"))
    )
    phrases = (
        words
        for file in (*(folder / "phrases" / name for name in _PHRASES), folder / _MADE_UP)
        for words in _HAN.findall(file.read_text("utf-8"))
        if len(words) >= _SHORTEST_PHRASE
    )
    frames = (words for line in _of_the_drafter() for words in _HAN.findall(line) if len(words) >= _SHORTEST_PHRASE)
    named = (*accounts, *indicators, *phrases, *frames)
    return frozenset(words for words in named if _SHORTEST_TERM <= len(words) <= LONGEST_TERM)


def _of_data(text: str) -> Iterator[str]:
    filled = _RANGE.sub(NUMBER, text.replace(NUMBER, "\n"))
    yield from _words(filled.replace("{", "\n").replace("}", "\n"))


def _of_code(text: str) -> Iterator[str]:
    """The Chinese words in the strings of a module; what a string is filled with may be a number or words."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _of_data(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else NUMBER for part in node.values)
            yield from _words("".join(map(str, parts)))


def _of_template(text: str) -> Iterator[str]:
    """The lines as they are printed: with all that stands under a condition, and cut at it."""
    specs = load_catalogue().specs

    def printed(slot: re.Match[str]) -> str:
        spec = specs.get(slot[1])
        return f"{'' if slot[2] or spec is None else spec.label}{NUMBER}{spec.unit if spec else ''}"

    filled = _SLOT.sub(printed, text.replace(NUMBER, "\n"))
    filled = _FILLED.sub("\n", _OWN.sub(OWN, _NUMBER.sub(NUMBER, filled)))
    for branches in ("", "\n"):
        yield from _words(_BRANCH.sub(branches, filled))


def _words(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from _BARE.findall(_PUNCTUATION.sub("", line))
